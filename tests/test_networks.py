"""Networks: which nodes of the graph each is made of, what its ties weigh, and which of them are disputed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from folders import Statement, bought, controls, folder, invested, moved, raised, said, source, went

from graph import networks
from graph.arrays import every, read
from graph.errors import UsageError
from graph.networks import every_edge
from graph.projections import PROJECTIONS
from graph.store import Graph, in_memory


def told(tmp_path: Path, *statements: Statement) -> Graph:
    return in_memory(folder(tmp_path, source("one", *statements)))


def ties(graph: Graph, name: str, disputed: bool = True) -> dict[tuple[str, str], float]:
    """The weight of each tie of a network, by the slugs of its ends."""
    network = networks.project(graph, name, disputed)
    return {(s.partition("/")[2], t.partition("/")[2]): w for s, t, w in network.edges(data="weight")}


def test_the_first_sources_tell_of_these_edges(graph: Graph) -> None:
    assert Counter(edge.relation for edge in every_edge(graph)) == {
        "Control": 1,
        "HeadquartersMove": 2,
        "HeadquartersTenure": 5,
        "Investment": 6,
        "LegalEntityChange": 2,
        "MarketChange": 1,
        "MarketPresence": 2,
        "Membership": 6,
        "Operation": 11,
        "ProductMilestone": 1,
        "RankingEntry": 11,
        "Rivalry": 3,
        "WorkforceChange": 2,
    }


@pytest.mark.parametrize(
    ("node", "source", "target"),
    [
        ("event/heygen-hq-to-los-angeles", "organization/heygen", "place/los-angeles"),
        ("event/benchmark-in-heygen", "organization/benchmark", "organization/heygen"),
        ("control/google-character-ai", "organization/google", "organization/character-ai"),
        ("membership/xiao-hong-butterfly-effect", "person/xiao-hong", "organization/butterfly-effect"),
        ("operation/openai-chatgpt", "organization/openai", "product/chatgpt"),
        ("event/heygen-china-entity-deregistered", "organization/heygen", "legal-entity/heygen-china"),
        ("presence/lovart-united-states-users", "product/lovart", "place/united-states"),
        ("rivalry/kimi-doubao", "product/kimi", "product/doubao"),
        ("entry/lovable-a16z-top-100-5", "product/lovable", "ranking/a16z-top-100-5"),
    ],
)
def test_an_edge_leads_from_its_source_to_its_target(graph: Graph, node: str, source: str, target: str) -> None:
    found = [edge for edge in every_edge(graph) if edge.node == node]
    assert [{edge.source, edge.target} for edge in found] == [{source, target}]


def test_edges_are_sorted_and_no_statement_is_an_edge(graph: Graph) -> None:
    found = every_edge(graph)
    assert found == sorted(found)
    assert not [edge for edge in found if "#" in edge.node]


def test_an_edge_is_disputed_where_its_existence_is_denied(graph: Graph) -> None:
    assert [edge.node for edge in every_edge(graph) if edge.disputed] == [
        "event/manus-hq-to-singapore",
        "event/manus-left-mainland-china",
    ]


def test_an_edge_with_a_disputed_figure_is_not_disputed(graph: Graph) -> None:
    found = [edge for edge in every_edge(graph) if edge.node == "event/manus-china-layoffs-2025"]
    assert [edge.disputed for edge in found] == [False]


def test_an_edge_is_disputed_where_its_ends_are(tmp_path: Path) -> None:
    two = (source("one", moved()), source("two", moved(to="place/japan"), publisher="organization/herald"))
    small = in_memory(folder(tmp_path, *two))
    assert [(e.relation, e.disputed) for e in every_edge(small) if e.relation == "HeadquartersMove"] == [
        ("HeadquartersMove", True)
    ]
    assert len(ties(small, "headquarters-flow")) == 1
    assert ties(small, "headquarters-flow", disputed=False) == {}


def test_an_edge_whose_date_is_disputed_is_not_disputed(tmp_path: Path) -> None:
    two = (source("one", moved(when="2024")), source("two", moved(when="2025"), publisher="organization/herald"))
    assert not any(edge.disputed for edge in every_edge(in_memory(folder(tmp_path, *two))))


def test_a_rumour_makes_no_edge(tmp_path: Path) -> None:
    assert every_edge(told(tmp_path, moved(kind="rumour"))) == []


def test_edges_are_coded_by_the_sorted_names_of_their_ends(tmp_path: Path) -> None:
    edges = read(told(tmp_path, controls("ab", "acme", "bolt"), controls("db", "daily", "bolt")), every())
    assert edges.names == ["organization/acme", "organization/bolt", "organization/daily"]
    found = zip(edges.events, edges.source.tolist(), edges.target.tolist(), strict=True)
    assert sorted(found) == [("control/ab", 0, 1), ("control/db", 2, 1)]


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_network_is_frozen_and_knows_the_kinds_of_its_nodes(graph: Graph, name: str) -> None:
    network = networks.project(graph, name)
    assert nx.is_frozen(network)
    with pytest.raises(nx.NetworkXError):
        network.add_edge("a", "b")
    assert all(kind == node.partition("/")[0] for node, kind in network.nodes(data="kind"))


@pytest.mark.parametrize("name", [p.name for p in PROJECTIONS.values() if p.bipartite])
def test_every_tie_of_a_bipartite_network_joins_its_two_sides(graph: Graph, name: str) -> None:
    network = networks.project(graph, name)
    sides = nx.get_node_attributes(network, "side")
    bipartite = nx.get_node_attributes(network, "bipartite")
    assert set(sides.values()) <= set(PROJECTIONS[name].sides)
    assert all({bipartite[one], bipartite[other]} == {0, 1} for one, other in network.edges)


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_network_is_described_in_both_languages(name: str) -> None:
    projection = PROJECTIONS[name]
    for words in (projection.summary, projection.weight, projection.left_out):
        assert words.of("en").isascii()
        assert not words.of("zh-hans").isascii()


def test_the_whole_keeps_parallel_edges_apart(graph: Graph) -> None:
    network = networks.project(graph, "whole")
    assert (network.number_of_nodes(), network.number_of_edges()) == (49, 53)
    assert network.number_of_edges("product/lovart", "place/united-states") == 2


def test_what_is_left_out_as_disputed_may_take_nodes_with_it(graph: Graph) -> None:
    settled = networks.project(graph, "headquarters-flow", disputed=False)
    assert sorted(settled) == ["place/los-angeles", "place/shenzhen"]


@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("completed", 1),
        ("in-progress", 1),
        ("planned", 0),
        ("announced", 0),
        ("cancelled", 0),
        ("blocked", 0),
        ("reversed", 0),
    ],
)
@pytest.mark.parametrize("name", ["headquarters-flow", "whole"])
def test_a_move_that_did_not_happen_is_no_tie(tmp_path: Path, name: str, status: str, count: int) -> None:
    found = networks.found(told(tmp_path, moved(status=status)), name)
    assert sum(event == "event/acme-move" for event in found.events) == count


def test_control_and_purchases_between_the_same_two_weigh_two(tmp_path: Path) -> None:
    small = told(tmp_path, controls("ab", "acme", "bolt"), bought("buy", "acme", "bolt", subtype="purchase"))
    network = networks.project(small, "ownership")
    assert list(network.edges(data=True)) == [
        (
            "organization/acme",
            "organization/bolt",
            {"weight": 2.0, "disputed": False, "nodes": "control/ab event/buy"},
        )
    ]


def test_a_licence_and_hire_deal_is_no_ownership(tmp_path: Path) -> None:
    small = told(tmp_path, bought("hire", "acme", "bolt", subtype="licence-and-hire"), bought("buy", "acme", "daily"))
    assert ties(small, "ownership") == {("acme", "daily"): 1.0}


def test_an_investor_that_is_invested_in_stands_on_both_sides(tmp_path: Path) -> None:
    small = told(
        tmp_path,
        raised(),
        invested("first", "bolt"),
        invested("two", "daily", organization="organization/bolt", round=None),
        invested("three", "bolt", subtype="exit", organization="organization/gazette", round=None),
    )
    network = networks.project(small, "investment")
    assert dict(network.nodes(data="side")) == {
        "organization/acme": "company",
        "organization/bolt": "company",
        "organization/bolt as investor": "investor",
        "organization/daily": "investor",
    }
    assert list(network.edges) == [
        ("organization/bolt as investor", "organization/acme"),
        ("organization/daily", "organization/bolt"),
    ]


def test_investors_of_one_round_are_tied_by_newmans_weights(tmp_path: Path) -> None:
    later = {"round": "event/acme-later"}
    small = told(
        tmp_path,
        raised(),
        raised("later", about="event/acme-later"),
        *(invested(f"first-{name}", name) for name in ("bolt", "daily", "gazette")),
        *(invested(f"later-{name}", name, **later) for name in ("bolt", "daily")),
        invested("alone", "herald", round=None),
    )
    assert ties(small, "co-investment") == {
        ("bolt", "daily"): 1.5,
        ("bolt", "gazette"): 0.5,
        ("daily", "gazette"): 0.5,
    }
    rounds = networks.project(small, "co-investment").edges["organization/bolt", "organization/daily"]["nodes"]
    assert rounds == "event/acme-later event/acme-round"


def test_an_investment_in_an_announced_round_did_not_happen_unless_it_says_so(tmp_path: Path) -> None:
    small = told(
        tmp_path, raised(status="announced"), invested("first", "bolt"), invested("two", "daily", status="completed")
    )
    assert ties(small, "investment") == {("daily", "acme"): 1.0}
    assert sorted(networks.project(small, "co-investment")) == ["organization/daily"]


def test_moves_of_persons_are_counted_along_their_direction(tmp_path: Path) -> None:
    small = told(
        tmp_path,
        went("one", "acme", "bolt"),
        went("two", "acme", "bolt", person=None),
        went("three", "bolt", "acme"),
        {name: value for name, value in went("four", "acme", "daily").items() if name != "to"},
    )
    assert ties(small, "personnel-flow") == {("acme", "bolt"): 2.0, ("bolt", "acme"): 1.0}


def test_a_tie_is_disputed_when_all_that_is_behind_it_is(tmp_path: Path) -> None:
    no = controls("no", "acme", "bolt", kind="denial", denies="control/ab")
    denial = {**no, "about": "control/ab", "controller": None, "organization": None}
    denial = {name: value for name, value in denial.items() if value is not None}
    small = told(tmp_path, controls("ab", "acme", "bolt"), bought("buy", "acme", "bolt"), denial)
    network = networks.project(small, "ownership")
    assert network.edges["organization/acme", "organization/bolt"] == {
        "weight": 2.0,
        "disputed": False,
        "nodes": "control/ab event/buy",
    }
    assert ties(small, "ownership", disputed=False) == {("acme", "bolt"): 1.0}


def test_a_person_is_tied_to_the_organization_of_a_post(tmp_path: Path) -> None:
    post = {"about": "membership/ada-acme", "type": "Membership", "person": "person/ada"}
    assert ties(told(tmp_path, said(organization="organization/acme", **post)), "employment") == {("ada", "acme"): 1.0}


def test_a_product_leads_to_its_parent_and_its_markets(graph: Graph) -> None:
    assert ("organization/tencent", "product/qq-music") in networks.project(graph, "product-parent").edges
    assert ("product/lovart", "place/united-states") in networks.project(graph, "product-market").edges


def test_an_unknown_network_is_answered_with_the_known_ones(graph: Graph) -> None:
    with pytest.raises(UsageError, match=f"one of: {', '.join(PROJECTIONS)}"):
        networks.project(graph, "friends")
