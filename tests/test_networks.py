"""Networks and measures: which edges there are, which are disputed, and what the scores must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
import shell
from click.testing import Result
from folders import folder, moved, said, source

from graph import measures, networks
from graph.errors import UsageError
from graph.store import Graph, in_memory


def controls(key: str, controller: str, organization: str) -> dict[str, object]:
    return said(
        key,
        about=f"control/{key}",
        type="Control",
        controller=f"organization/{controller}",
        organization=f"organization/{organization}",
    )


def bought(key: str, acquirer: str, organization: str, **values: str) -> dict[str, object]:
    ends = {"acquirer": f"organization/{acquirer}", "organization": f"organization/{organization}"}
    return said(key, about=f"event/{key}", type="Acquisition", **ends, **values)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Acme controls Bolt, Bolt controls Daily, and nobody else anybody."""
    statements = (controls("ab", "acme", "bolt"), controls("bd", "bolt", "daily"))
    return in_memory(folder(tmp_path_factory.mktemp("chain"), source("one", *statements)))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts without any edge."""
    return folder(tmp_path_factory.mktemp("bare"), source("one", said(about="organization/acme", type="Organization")))


def moves(tmp_path: Path, *statements: dict[str, object]) -> Graph:
    return in_memory(folder(tmp_path, source("one", *statements)))


def test_the_first_sources_tell_of_these_edges(graph: Graph) -> None:
    assert Counter(edge.relation for edge in networks.edges(graph)) == {
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
    found = [edge for edge in networks.edges(graph) if edge.node == node]
    assert [{edge.source, edge.target} for edge in found] == [{source, target}]


def test_edges_are_sorted_and_no_statement_is_an_edge(graph: Graph) -> None:
    found = networks.edges(graph)
    assert found == sorted(found, key=lambda e: (e.relation, e.node, e.source, e.target))
    assert not [edge for edge in found if "#" in edge.node]


def test_an_edge_is_disputed_where_its_existence_is_denied(graph: Graph) -> None:
    assert [edge.node for edge in networks.edges(graph) if edge.disputed] == [
        "event/manus-hq-to-singapore",
        "event/manus-left-mainland-china",
    ]


def test_an_edge_with_a_disputed_figure_is_not_disputed(graph: Graph) -> None:
    found = [edge for edge in networks.edges(graph) if edge.node == "event/manus-china-layoffs-2025"]
    assert [edge.disputed for edge in found] == [False]


def test_an_edge_is_disputed_where_its_ends_are(tmp_path: Path) -> None:
    two = (source("one", moved()), source("two", moved(to="place/japan"), publisher="organization/herald"))
    small = in_memory(folder(tmp_path, *two))
    assert [(e.relation, e.disputed) for e in networks.edges(small, frozenset({"HeadquartersMove"}))] == [
        ("HeadquartersMove", True)
    ]
    assert networks.project(small, "headquarters-flow").number_of_edges() == 1
    assert networks.project(small, "headquarters-flow", disputed=False).number_of_edges() == 0


def test_an_edge_whose_date_is_disputed_is_not_disputed(tmp_path: Path) -> None:
    two = (source("one", moved(when="2024")), source("two", moved(when="2025"), publisher="organization/herald"))
    assert not any(edge.disputed for edge in networks.edges(in_memory(folder(tmp_path, *two))))


def test_a_rumour_makes_no_edge(tmp_path: Path) -> None:
    assert networks.edges(moves(tmp_path, moved(kind="rumour"))) == []


@pytest.mark.parametrize("name", networks.PROJECTIONS)
def test_a_projection_is_frozen_and_knows_the_kinds_of_its_nodes(graph: Graph, name: str) -> None:
    network = networks.project(graph, name)
    assert nx.is_frozen(network)
    with pytest.raises(nx.NetworkXError):
        network.add_edge("a", "b")
    assert all(kind == node.partition("/")[0] for node, kind in network.nodes(data="kind"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ownership", {("organization/google", "organization/character-ai")}),
        (
            "headquarters-flow",
            {("place/shenzhen", "place/los-angeles"), ("place/mainland-china", "place/singapore")},
        ),
        (
            "employment",
            {
                ("person/ji-yichao", "organization/butterfly-effect"),
                ("person/joshua-xu", "organization/heygen"),
                ("person/wayne-liang", "organization/heygen"),
                ("person/xiao-hong", "organization/butterfly-effect"),
                ("person/zhang-peng-zhipu", "organization/zhipu"),
                ("person/zhang-tao", "organization/butterfly-effect"),
            },
        ),
    ],
)
def test_a_projection_has_these_edges(graph: Graph, name: str, expected: set[tuple[str, str]]) -> None:
    assert set(networks.project(graph, name).edges()) == expected


def test_the_whole_keeps_parallel_edges_apart(graph: Graph) -> None:
    network = networks.project(graph, "whole")
    assert (network.number_of_nodes(), network.number_of_edges()) == (49, 53)
    assert network.number_of_edges("product/lovart", "place/united-states") == 2


def test_what_is_left_out_as_disputed_may_take_nodes_with_it(graph: Graph) -> None:
    settled = networks.project(graph, "headquarters-flow", disputed=False)
    assert sorted(settled) == ["place/los-angeles", "place/shenzhen"]


@pytest.mark.parametrize(
    ("status", "edges"),
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
def test_a_move_that_did_not_happen_does_not_flow(tmp_path: Path, status: str, edges: int) -> None:
    small = moves(tmp_path, moved(status=status))
    assert networks.project(small, "headquarters-flow").number_of_edges() == edges


def test_parallel_edges_are_merged_into_a_weight(tmp_path: Path) -> None:
    small = moves(tmp_path, controls("ab", "acme", "bolt"), bought("buy", "acme", "bolt"))
    network = networks.project(small, "ownership")
    assert list(network.edges(data=True)) == [
        ("organization/acme", "organization/bolt", {"weight": 2, "distance": 0.5})
    ]
    measured = measures.measure(small, "ownership", "degree")
    assert (measured.edges, [row[2] for row in measured.rows]) == (2, [2.0, 2.0])


@pytest.mark.parametrize(
    ("name", "acme", "bolt", "daily"),
    [
        ("degree", 1, 2, 1),
        ("betweenness", 0, 1, 0),
        ("components", 3, 3, 3),
        ("pagerank", 1 / 5.4225, 1.85 / 5.4225, 2.5725 / 5.4225),
    ],
)
def test_a_measure_of_a_chain_is_what_the_hand_computes(
    chain: Graph, name: str, acme: float, bolt: float, daily: float
) -> None:
    scores = {node: score for node, _, score, _ in measures.measure(chain, "ownership", name).rows}
    expected = {"organization/acme": acme, "organization/bolt": bolt, "organization/daily": daily}
    assert scores == pytest.approx(expected, abs=1e-8)


def test_rows_are_sorted_by_score_and_then_by_name(chain: Graph) -> None:
    measured = measures.measure(chain, "ownership", "degree")
    assert [row[0] for row in measured.rows] == ["organization/bolt", "organization/acme", "organization/daily"]
    assert measured.caption() == "degree in ownership: 3 nodes, 2 edges (0 disputed), 1 components; all dates"


def test_a_score_without_disputed_edges_stands_beside_it(graph: Graph) -> None:
    rows = {row[0]: row[2:] for row in measures.measure(graph, "headquarters-flow", "degree").rows}
    assert rows["place/shenzhen"] == (1.0, 1.0)
    assert rows["place/singapore"] == (1.0, None)


def test_a_disputed_move_that_did_not_happen_is_not_counted(tmp_path: Path) -> None:
    denial = moved("no", kind="denial", denies="event/acme-move", from_=None, to=None, organization=None)
    small = moves(tmp_path, moved(status="blocked"), denial)
    measured = measures.measure(small, "headquarters-flow", "degree")
    assert (measured.edges, measured.disputed) == (0, 0)


@pytest.mark.parametrize("name", networks.PROJECTIONS)
@pytest.mark.parametrize("measure", measures.MEASURES)
def test_a_graph_without_edges_is_measured(bare: Path, name: str, measure: str) -> None:
    measured = measures.measure(in_memory(bare), name, measure)
    assert (measured.nodes, measured.edges, measured.components, measured.rows) == (0, 0, 0, [])


@pytest.mark.parametrize("name", networks.PROJECTIONS)
def test_a_command_measures_a_graph_without_edges(bare: Path, name: str) -> None:
    for measure in measures.MEASURES:
        result = shell.invoke(bare, "network", name, "--measure", measure)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "0 nodes, 0 edges" in result.stdout


def test_an_unknown_projection_or_measure_is_answered_with_the_known_ones(graph: Graph) -> None:
    with pytest.raises(UsageError, match=f"one of: {', '.join(networks.PROJECTIONS)}"):
        networks.project(graph, "friends")
    with pytest.raises(UsageError, match="one of: degree, betweenness, pagerank, components"):
        measures.measure(graph, "whole", "fame")


@pytest.mark.parametrize("measure", measures.MEASURES)
def test_scores_do_not_depend_on_the_hash_seed(facts: Path, measure: str) -> None:
    command = ("network", "whole", "--measure", measure, "--top", "100", "--format", "json")
    one, two = (shell.start(facts, *command, environment={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2"))
    assert one == two
    assert one.count(b'"thing"') == 49


def test_top_limits_the_rows(run: Callable[..., Result]) -> None:
    assert run("network", "--top", "3", "-f", "csv").stdout.count("\n") == 4


def test_communities_are_numbered_by_size_and_say_their_modularity(graph: Graph) -> None:
    measured = measures.measure(graph, "whole", "communities")
    numbers = [score for _, _, score, _ in measured.rows]
    sizes = [numbers.count(number) for number in sorted(set(numbers))]
    assert numbers == sorted(numbers)
    assert sizes == sorted(sizes, reverse=True)
    assert "Louvain, seed 1, resolution 1, modularity 0." in measured.caption()


def test_two_cliques_with_one_bridge_are_two_communities() -> None:
    cliques = [[f"{side}{n}" for n in range(4)] for side in "ab"]
    network: nx.Graph[str] = nx.Graph()
    for clique in cliques:
        network.add_edges_from((one, other) for one in clique for other in clique if one < other)
    network.add_edge("a0", "b0")
    found = measures.communities(network)
    assert [sorted(n for n in found if found[n] == number) for number in (1.0, 2.0)] == cliques
    assert measures.modularity(network) == pytest.approx(12 / 13 - 2 * (13 / 26) ** 2)


def test_a_product_leads_to_its_parent_and_its_markets(graph: Graph) -> None:
    assert ("organization/tencent", "product/qq-music") in networks.project(graph, "product-parent").edges
    assert ("product/lovart", "place/united-states") in networks.project(graph, "product-market").edges
