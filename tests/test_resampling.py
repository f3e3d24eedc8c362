"""Draws and rewiring on edges made by hand, with scores that are told where only the draws matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pytest
from folders import folder, invested, moved, raised, source

from graph import measured, resampling
from graph.arrays import Edges
from graph.kernels import Floats
from graph.measures import Measure, outdegree
from graph.networks import Network, told
from graph.projections import PROJECTIONS, Words
from graph.store import Graph, in_memory

OWNERSHIP = PROJECTIONS["ownership"]
Pairs = Iterable[tuple[str, str]]


def made(*relations: Pairs) -> Edges:
    """Edges between things by their names: the pairs of each relation."""
    pairs = [pair for each in relations for pair in each]
    names = sorted({name for pair in pairs for name in pair})
    source, target = (np.array([names.index(pair[side]) for pair in pairs], np.int64) for side in (0, 1))
    relation = np.array([number for number, each in enumerate(relations) for _ in each], np.int64)
    no = np.zeros(len(pairs), bool)
    labels = [f"relation-{number}" for number in range(len(relations))]
    return Edges(names, labels, [f"event/{n}" for n in range(len(pairs))], source, target, relation, no, ~no)


def by(function: Callable[[Network, int], Floats], lowest: bool = False) -> Measure:
    return Measure("told", function, Words("", ""), "", lowest=lowest)


def telling(scores: Iterable[Iterable[float]]) -> Callable[[Network, int], Floats]:
    """A measure that gives one list of scores after another."""
    each: Iterator[Iterable[float]] = iter(scores)
    return lambda network, seed: np.array([*next(each)], np.float64)


def ties(network: Network) -> dict[str, float]:
    """The weights of the ties of a network, by the names of their ends."""
    rows = zip(network.source.tolist(), network.target.tolist(), network.weight.tolist(), strict=True)
    return {network.names[one] + network.names[other]: weight for one, other, weight in rows}


# Deals


@pytest.fixture(scope="module")
def invested_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Two investors of one round, and one of another."""
    later = invested("later", "daily", round="event/later-round")
    rounds = raised("round"), raised("next", about="event/later-round")
    facts = source("a", *rounds, invested("one", "gazette"), later, invested("two", "bolt"))
    built = in_memory(folder(tmp_path_factory.mktemp("deals") / "facts", facts))
    yield built
    built.index.close()


@pytest.mark.parametrize("name", ["investment", "co-investment"])
def test_investments_are_numbered_by_their_round(invested_in: Graph, name: str) -> None:
    edges = told(invested_in, name)
    numbers = resampling.deals(invested_in, edges)
    assert dict(zip(edges.events, numbers.tolist(), strict=True)) == {
        "event/one": 0, "event/two": 0, "event/later": 1,
    }  # fmt: skip


def test_any_other_edge_is_a_deal_by_itself(invested_in: Graph) -> None:
    edges = made([("a", "b"), ("a", "b"), ("b", "c")])
    assert resampling.deals(invested_in, edges).tolist() == [0, 1, 2]


# Intervals


def test_an_interval_leaves_out_a_twentieth_of_the_draws_on_each_side() -> None:
    edges = made([("a", "b")])
    for first, low, high in ((4, [2, 1], [2, 1]), (5, [1, 1], [2, 2])):
        scores = chain(repeat([1.0, 0], first), repeat([0, 1.0], 100 - first))
        found = resampling.intervals(OWNERSHIP, edges, np.array([0]), by(telling(scores)), 100, 1)
        assert [each.tolist() for each in found] == [low, high]


def test_the_lowest_score_ranks_first_where_the_measure_says_so() -> None:
    edges = made([("a", "b")])
    for lowest, ranks in ((False, [2, 1]), (True, [1, 2])):
        low, high = resampling.intervals(
            OWNERSHIP, edges, np.array([0]), by(telling(repeat([0, 1.0])), lowest), draws=3, seed=1
        )
        assert low.tolist() == high.tolist() == ranks


def test_what_never_had_a_score_has_no_interval_and_a_draw_without_one_counts_for_nothing() -> None:
    edges = made([("a", "b"), ("a", "c")])
    scores = [[1, np.nan, np.nan], [1, np.nan, 2], [1, np.nan, np.nan]]
    low, high = resampling.intervals(OWNERSHIP, edges, np.arange(2), by(telling(scores)), 3, 1)
    assert [low[[0, 2]].tolist(), high[[0, 2]].tolist()] == [[1, 1], [2, 1]]
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def drawn(edges: Edges, deal: list[int], draws: int, seed: int) -> list[dict[str, float]]:
    """The ties of each drawn network."""
    met = []

    def note(network: Network, own: int) -> Floats:
        assert own == seed
        met.append(ties(network))
        return outdegree(network)

    resampling.intervals(OWNERSHIP, edges, np.array(deal, np.int64), by(note), draws, seed)
    return met


def test_each_sample_has_as_many_deals_as_there_are_and_a_deal_comes_whole() -> None:
    edges = made([("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")])
    met = drawn(edges, [0, 1, 0, 2], 60, 1)
    assert len(met) == 60
    for weights in met:
        assert weights.get("ab") == weights.get("ef")
        assert sum(weights.get(tie, 0) for tie in ("ab", "cd", "gh")) == 3
    assert {weights.get(tie, 0) for weights in met for tie in ("ab", "cd", "gh")} == {0, 1, 2, 3}
    assert met == drawn(edges, [0, 1, 0, 2], 60, 1) != drawn(edges, [0, 1, 0, 2], 60, 2)


def test_the_only_deal_is_drawn_each_time() -> None:
    assert drawn(made([("a", "b"), ("a", "c")]), [0, 0], 20, 1) == [{"ab": 1, "ac": 1}] * 20


def test_without_a_deal_there_is_nothing_to_draw() -> None:
    edges = made([])
    low, high = resampling.intervals(OWNERSHIP, edges, np.zeros(0, np.int64), by(outdegree), 5, 1)
    assert low.tolist() == high.tolist() == []


# Tiers


@pytest.mark.parametrize(
    ("low", "high", "tiers"),
    [
        ([], [], []),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 3], [2, 2, 3], [1, 1, 2]),
        # all are held against the node that opened the tier, not against the one before
        ([1, 2, 4], [3, 5, 5], [1, 1, 2]),
        ([1, 1, 3], [1, 9, 9], [1, 1, 2]),
        ([0, 1], [0, 1], [1, 2]),
    ],
)
def test_a_tier_ends_where_the_best_rank_is_worse_than_the_worst_of_who_opened_it(
    low: list[float], high: list[float], tiers: list[int]
) -> None:
    assert resampling.tiers(low, high) == tiers


# Rewiring


def test_z_counts_standard_deviations_of_a_sample_and_chance_counts_who_is_above() -> None:
    edges = made([("a", "b"), ("b", "c")])
    scores = [[1, 5, 7], [2, 5, 1], [3, 5, 1]]
    observed = np.array([4.0, 5, 0])
    for above, chance in ((0.5, 2 / 3), (1.0, 1 / 3), (1.5, 0)):
        z, by_chance = resampling.z_scores(OWNERSHIP, edges, telling(scores), observed, 3, 1, above)
        assert z[[0, 2]].tolist() == pytest.approx([2, -3 / 12**0.5])
        assert np.isnan(z[1])
        assert by_chance == pytest.approx(chance)


def test_a_score_that_differs_by_rounding_alone_has_no_z() -> None:
    edges = made([("a", "b"), ("b", "c")])
    scores = [[0.3, 0.3, 0.0], [0.1 + 0.2, 0.3, 1e-6]]
    z, _ = resampling.z_scores(OWNERSHIP, edges, telling(scores), np.array([9.0, 9, 9]), 2, 1, 1.0)
    assert np.isnan(z).tolist() == [True, True, False]


def rewired(edges: Edges, draws: int, seed: int) -> list[dict[str, float]]:
    """The ties of each rewired network."""
    met = []

    def note(network: Network, own: int) -> Floats:
        assert (own, list(network.names)) == (seed, list(edges.names))
        met.append(ties(network))
        return outdegree(network)

    resampling.z_scores(OWNERSHIP, edges, note, np.zeros(len(edges.names)), draws, seed, 2.0)
    return met


def test_ends_are_swapped_within_a_relation_and_never_across() -> None:
    met = rewired(made([("a", "b"), ("c", "d"), ("e", "f")], [("g", "h"), ("i", "j"), ("k", "l")]), 60, 1)
    assert {tie for each in met for tie in each} == {one + other for one in "ace" for other in "bdf"} | {
        one + other for one in "gik" for other in "hjl"
    }
    for each in met:
        assert ("".join(sorted("".join(each))), set(each.values())) == ("abcdefghijkl", {1.0})


def test_a_tie_of_two_relations_is_kept_in_both_and_parallel_ones_and_loops_are_dropped() -> None:
    met = rewired(made([("a", "b"), ("a", "b"), ("c", "c")], [("a", "b"), ("d", "d")]), 3, 1)
    assert met == [{"ab": 2}] * 3


def test_each_draw_has_the_seed_that_follows() -> None:
    edges = made([*zip("abcde", "fghij", strict=True)])
    three, later = rewired(edges, 3, 1), rewired(edges, 2, 2)
    assert later == three[1:]
    assert three[0] != three[1]


def test_a_network_of_nothing_but_loops_is_measured(tmp_path: Path) -> None:
    facts = folder(tmp_path, source("a", moved(to="place/beijing")))
    found = measured.measure(in_memory(facts), "headquarters-flow", "betweenness")
    assert found.scores.tolist() == [0]
    assert found.z is not None
    assert np.isnan(found.z).tolist() == [True]
    assert found.by_chance == 0
