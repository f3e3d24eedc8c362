"""Measures on networks small enough for a hand, their ranks, intervals and z; what changes nothing, and what must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shell
from click.testing import Result
from folders import Statement, bought, controls, folder, invested, raised, source, went
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graph import measured, measures, resampling
from graph.arrays import Edges
from graph.errors import UsageError
from graph.measures import MEASURES, PARTITIONS
from graph.networks import shape
from graph.projections import PROJECTIONS
from graph.store import Graph, in_memory

ASKED = [(p.name, m.name) for p in PROJECTIONS.values() for m in MEASURES.values() if m.fits(p)]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Acme controls Bolt, Bolt controls Daily, and nobody else anybody."""
    statements = (controls("ab", "acme", "bolt"), controls("bd", "bolt", "daily"))
    return in_memory(folder(tmp_path_factory.mktemp("chain"), source("one", *statements)))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts without any edge."""
    return folder(tmp_path_factory.mktemp("bare"), source("one", controls("ab", "acme", "bolt", kind="rumour")))


def told(tmp_path: Path, *statements: Statement) -> Graph:
    return in_memory(folder(tmp_path, source("one", *statements)))


def scores(graph: Graph, projection: str, name: str) -> dict[tuple[str, str], float]:
    rows = measured.measure(graph, projection, name, draws=0).rows()
    return {(row.side, row.node.partition("/")[2]): row.score for row in rows}


def made(projection: str, pairs: list[tuple[int, int]], names: list[str] | None = None) -> Edges:
    """Edges between numbered things, of one class; each event stands for one pair."""
    things = names or [f"organization/{number:02}" for number in range(1 + max(max(pair) for pair in pairs))]
    order = np.argsort(np.argsort(things))
    source, target = (order[np.array(ends)] for ends in zip(*pairs, strict=True))
    no = np.zeros(len(pairs), bool)
    edges = Edges(sorted(things), ["Control"], [f"event/{n:03}" for n in range(len(pairs))], source, target, source * 0,
                  no, ~no)  # fmt: skip
    return edges.keep(edges.happened)


@pytest.mark.parametrize(
    ("name", "acme", "bolt", "daily"),
    [
        ("degree", 1, 2, 1),
        ("indegree", 0, 1, 1),
        ("outdegree", 1, 1, 0),
        ("betweenness", 0, 1 / 2, 0),
        ("harmonic", 0, 1 / 2, (1 + 1 / 2) / 2),
        ("pagerank", 1 / 5.4225, 1.85 / 5.4225, 2.5725 / 5.4225),
        ("cheirank", 2.5725 / 5.4225, 1.85 / 5.4225, 1 / 5.4225),
        ("coreness", 1, 1, 1),
    ],
)
def test_a_measure_of_a_chain_is_what_the_hand_computes(
    chain: Graph, name: str, acme: float, bolt: float, daily: float
) -> None:
    expected = {("organization", slug): each for slug, each in (("acme", acme), ("bolt", bolt), ("daily", daily))}
    assert scores(chain, "ownership", name) == pytest.approx(expected, abs=1e-10)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Bolt, Daily and Gazette are in Acme's round, Bolt and Daily in its next one, Daily alone in one of Herald."""
    return told(
        tmp_path_factory.mktemp("rounds"),
        raised(),
        raised("later", about="event/acme-later"),
        raised("other", about="event/herald-round", organization="organization/herald"),
        *(invested(f"first-{name}", name) for name in ("bolt", "daily", "gazette")),
        *(invested(f"later-{name}", name, round="event/acme-later") for name in ("bolt", "daily")),
        invested("other-daily", "daily", round="event/herald-round", organization="organization/herald"),
    )


def test_the_sides_of_a_bipartite_network_are_normalized_and_ranked_apart(rounds: Graph) -> None:
    # Acme lies on 5 of the pairs: those of its 3 investors, and Herald's with Bolt and Gazette. With one more
    # company at 3 investors it could lie on 5 (its 3 investors' pairs, and the other's with 2 of them).
    assert scores(rounds, "investment", "betweenness") == pytest.approx(
        {
            ("investor", "daily"): 3 / 4,
            ("investor", "bolt"): 0,
            ("investor", "gazette"): 0,
            ("company", "acme"): 1,
            ("company", "herald"): 0,
        }
    )
    assert [(r.side, r.rank) for r in measured.measure(rounds, "investment", "degree").rows()] == [
        ("investor", 1),
        ("investor", 2),
        ("investor", 3),
        ("company", 1),
        ("company", 2),
    ]


def test_the_strength_of_a_co_investor_is_the_number_of_rounds_that_it_shared(rounds: Graph) -> None:
    expected = {("investor", "bolt"): 2, ("investor", "daily"): 2, ("investor", "gazette"): 1}
    assert scores(rounds, "co-investment", "degree") == expected


def test_constraint_is_what_the_hand_computes_and_the_lowest_ranks_first(rounds: Graph) -> None:
    # Shares of Bolt's ties: Daily 3/4, Gazette 1/4; of Gazette's: 1/2 and 1/2.
    bolt = (3 / 4 + 1 / 4 * 1 / 2) ** 2 + (1 / 4 + 3 / 4 * 1 / 4) ** 2
    gazette = 2 * (1 / 2 + 1 / 2 * 3 / 4) ** 2
    rows = measured.measure(rounds, "co-investment", "constraint").rows()
    assert [row.score for row in rows] == pytest.approx([bolt, bolt, gazette])
    assert [row.rank for row in rows] == [1, 1, 3]


def test_rows_are_sorted_by_rank_and_then_by_name_and_equal_scores_share_a_rank(chain: Graph) -> None:
    rows = measured.measure(chain, "ownership", "degree").rows()
    assert [(row.rank, row.node) for row in rows] == [
        (1, "organization/bolt"),
        (2, "organization/acme"),
        (2, "organization/daily"),
    ]


def test_a_score_and_rank_without_disputed_edges_stand_beside_it(graph: Graph) -> None:
    found = measured.measure(graph, "headquarters-flow", "degree")
    rows = {row.node: row for row in found.rows()}
    assert rows["place/shenzhen"][3:6] == (1.0, 1.0, 1)
    assert rows["place/singapore"][3:6] == (1.0, None, None)
    assert (found.base.disputed, found.base.events) == (1, 2)


def test_two_cliques_with_one_bridge_are_two_communities() -> None:
    pairs = [(a + side, b + side) for side in (0, 4) for a in range(4) for b in range(a + 1, 4)]
    network = shape(PROJECTIONS["ownership"], made("ownership", [*pairs, (0, 4)]))
    parts, modularity = measured._parts(network, "communities", 1.0, 1)
    assert parts.tolist() == [0] * 4 + [1] * 4
    assert modularity == pytest.approx(12 / 13 - 2 * (13 / 26) ** 2)


def test_components_and_communities_are_numbered_by_size(graph: Graph) -> None:
    for kind in PARTITIONS:
        rows = measured.divide(graph, "whole", kind).rows
        assert [part for part, *_ in rows] == sorted(part for part, *_ in rows)
        assert [size for _, size, *_ in rows] == sorted((size for _, size, *_ in rows), reverse=True)
        assert sum(part == 1 for part, *_ in rows) == rows[0][1]


def test_where_all_deals_are_alike_every_rank_is_possible_and_all_are_of_one_tier() -> None:
    pairs = [(0, 4), (1, 5), (2, 6), (3, 7)]
    edges = made("ownership", pairs)
    low, high = resampling.intervals(
        PROJECTIONS["ownership"], edges, np.arange(4), MEASURES["outdegree"], draws=400, seed=3
    )
    assert low[:4].tolist() == [1, 1, 1, 1]
    assert (high[:4] >= 3).all()
    assert resampling.tiers(low[:4].tolist(), high[:4].tolist()) == [1, 1, 1, 1]


def test_a_leader_that_no_sample_displaces_has_a_tier_of_its_own() -> None:
    pairs = [(0, n) for n in range(10, 60)] + [(1, 60), (2, 61)]
    edges = made("ownership", pairs)
    deal = np.arange(len(pairs))
    low, high = resampling.intervals(PROJECTIONS["ownership"], edges, deal, MEASURES["outdegree"], 100, 1)
    best = [place for place, name in enumerate(edges.names) if name == "organization/00"]
    assert (low[best].tolist(), high[best].tolist()) == ([1.0], [1.0])
    assert resampling.tiers([1, 2, 2], [1, 3, 4]) == [1, 2, 2]


def test_investments_of_one_round_are_drawn_together(rounds: Graph) -> None:
    for name in ("investment", "co-investment"):
        edges = measured.told(rounds, name)
        deal = dict(zip(edges.events, resampling.deals(rounds, edges).tolist(), strict=True))
        assert len(set(deal.values())) == 3
        assert deal["event/first-bolt"] == deal["event/first-gazette"] != deal["event/later-bolt"]


def test_who_joins_two_dense_groups_that_chance_would_mix_is_a_broker() -> None:
    groups = [[(a + side, b + side) for a in range(8) for b in range(a + 1, 8)] for side in (0, 8)]
    pairs = [*groups[0], *groups[1], (16, 0), (8, 16)]
    edges = made("ownership", [pair for one, other in pairs for pair in ((one, other), (other, one))])
    projection = PROJECTIONS["ownership"]
    observed = measures.betweenness(shape(projection, edges))
    z, chance = resampling.z_scores(projection, edges, measures.betweenness, observed, 50, 1, measured.BROKER)
    assert z[16] > measured.BROKER
    assert np.nanmax(z[1:8]) < measured.BROKER
    assert 0 <= chance < 17


def test_a_z_is_none_where_no_rewiring_is_possible() -> None:
    star = made("ownership", [(0, n) for n in range(1, 6)])
    observed = measures.betweenness(shape(PROJECTIONS["ownership"], star))
    z, chance = resampling.z_scores(PROJECTIONS["ownership"], star, measures.betweenness, observed, 10, 1, 2.0)
    assert np.isnan(z).all()
    assert chance == 0


@pytest.mark.parametrize(("name", "measure"), [*ASKED, *((p, part) for p in PROJECTIONS for part in PARTITIONS)])
def test_a_command_measures_a_graph_without_edges(bare: Path, name: str, measure: str) -> None:
    result = shell.invoke(bare, "network", name, "--measure", measure)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 nodes" in result.stdout


def test_a_measure_that_does_not_fit_a_network_is_answered_with_those_that_do(graph: Graph) -> None:
    with pytest.raises(UsageError, match="one of: degree, indegree, outdegree, betweenness"):
        measured.measure(graph, "whole", "fame")
    with pytest.raises(UsageError, match="pagerank does not fit investment; one of: degree, betweenness, harmonic"):
        measured.measure(graph, "investment", "pagerank")
    with pytest.raises(UsageError, match="one of: investor, company"):
        measured.measure(graph, "investment", "degree").rows("persons")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_result_says_what_was_measured_and_how(facts: Path, language: str) -> None:
    shown = shell.invoke(facts, "network", "investment", "-m", "betweenness", "--lang", language).stdout
    said = {
        "en": ("betweenness in investment", "undisputed_rank", "\ninvestor  1",
               "5 nodes (3 investor, 2 company), 6 ties of 6 events", "1 component, 100% of nodes", "undirected",
               "left out: 0 that did not happen", "all dates", "exact; igraph ", "seed 1", "100 bootstrap samples",
               "double edge swaps", "without disputed edges 0 of 5"),
        "zh": ("investment 的介数", "去争议名次", "\n投资方  1",
               "5 个节点（3 投资方、2 公司），6 条联系", "1 个连通分量", "无向", "不计：0 个未发生", "全部日期",
               "精确值；igraph ", "100 次按交易自助抽样", "双边交换",
               "去掉有争议的边后，5 个节点中有 0 个"),
    }  # fmt: skip
    assert [words for words in said[language] if words not in shown] == []
    by_year = shell.invoke(facts, "network", "investment", "--by-year", "--lang", language).stdout
    assert ("截至 20" in by_year, "\n投资方 " in by_year) == ((language == "zh"),) * 2
    table = ("network", "investment", "--lang", language, "--format")
    assert shell.invoke(facts, *table, "csv").stdout.startswith("side,rank,thing,degree,undisputed,undisputed_rank,")
    assert ("| 名次 |" in shell.invoke(facts, *table, "markdown").stdout) == (language == "zh")


@pytest.mark.parametrize("measure", ["degree", "betweenness", "pagerank", "communities"])
def test_an_answer_does_not_depend_on_the_hash_seed(facts: Path, measure: str) -> None:
    command = ("network", "whole", "--measure", measure, "--draws", "5", "--top", "100", "--format", "json")
    one, two = (shell.start(facts, *command, environment={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2"))
    assert one == two
    assert one.count(b'"thing"') == 49


def test_top_limits_the_rows_of_each_side(run: Callable[..., Result]) -> None:
    assert run("network", "investment", "--top", "3", "-f", "csv").stdout.count("\n") == 1 + 3 + 2
    assert run("network", "investment", "--side", "investor", "--top", "2", "-f", "csv").stdout.count("\n") == 3


def test_from_python_the_same_table_is_had(graph: Graph) -> None:
    from graph.opened import Opened

    table = Opened(graph).measure("investment", "degree", side="investor", top=2, draws=0)
    assert list(table.columns) == ["side", "rank", "thing", "degree", "undisputed", "undisputed_rank"]
    assert [row[:2] for row in table.rows] == [["investor", 1], ["investor", 1]]


PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(8, 15)), min_size=1, max_size=30)


@given(PAIRS, st.permutations(range(16)), st.sampled_from(ASKED))
@examples(deadline=None, max_examples=60)
def test_other_names_for_things_change_no_score(
    pairs: list[tuple[int, int]], order: list[int], asked: tuple[str, str]
) -> None:
    projection, chosen = PROJECTIONS[asked[0]], MEASURES[asked[1]]
    kinds = ["investor"] * 8 + ["company"] * 8
    found = []
    for names in (range(16), order):
        edges = made(asked[0], pairs, [f"{kind}/{name:02}" for kind, name in zip(kinds, names, strict=True)])
        network = shape(projection, edges)
        by_name = dict(zip(network.names, chosen.function(network, 1).tolist(), strict=True))
        found.append({kind + str(n): by_name.get(f"{kind}/{name:02}", -1.0)
                      for n, (kind, name) in enumerate(zip(kinds, names, strict=True))})  # fmt: skip
    assert found[0] == pytest.approx(found[1], abs=1e-9, nan_ok=True)


TOLD = (
    controls("ab", "acme", "bolt"),
    controls("bd", "bolt", "daily"),
    bought("buy", "herald", "bolt"),
    went("move", "acme", "bolt"),
    raised("raised"),
    invested("part", "daily"),
    invested("more", "gazette"),
)


@given(again=st.lists(st.sampled_from(TOLD), min_size=1, unique_by=lambda s: s["key"]))
@examples(deadline=None, max_examples=8)
def test_a_second_source_of_the_same_facts_changes_nothing_and_without_it_all_is_as_before(
    again: list[Statement], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, alone = (tmp_path_factory.mktemp(name) for name in ("both", "alone"))
    first, second = source("one", *TOLD), source("two", *again, publisher="organization/herald")
    both, one, dropped = (
        in_memory(folder(path, first, second)),
        in_memory(folder(alone, first)),
        in_memory(path, only=["one"]),
    )
    for projection, name in ASKED:
        rows = [measured.measure(graph, projection, name, draws=3).rows() for graph in (both, one, dropped)]
        assert rows[0] == rows[1] == rows[2]


def test_ranks_of_a_network_hold_whatever_the_order_of_its_edges() -> None:
    edges = made("co-investment", [(a, b) for a in range(8) for b in range(8, 14) if (a * b) % 3])
    turned = replace(edges, source=edges.source[::-1], target=edges.target[::-1], events=edges.events[::-1])
    for projection, name in ASKED:
        one, other = (MEASURES[name].function(shape(PROJECTIONS[projection], e), 1) for e in (edges, turned))
        assert one.tolist() == pytest.approx(other.tolist(), abs=1e-12, nan_ok=True)
