"""Measures on small networks made by hand give what networkx gives, on either side of a bipartite one too."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms import bipartite

from graph import limits, measures
from graph.errors import UsageError
from graph.networks import Network
from graph.projections import PROJECTIONS

PAIRS = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 4), (5, 3), (0, 3)]
MIXED = [(0, 5), (0, 6), (1, 6), (2, 6), (2, 7), (3, 7), (4, 7)]
"""Ties between five nodes of the first side and three of the second."""


def network(name: str, count: int, pairs: list[tuple[int, int]], first: int = 0) -> Network:
    """Ties of weight 1 between numbered nodes, of which so many are of the first of two sides."""
    projection = PROJECTIONS[name]
    source, target = np.array(pairs, np.int64).reshape(-1, 2).T
    side = np.where(np.arange(count) < first, 0, 1) if first else np.zeros(count, np.int64)
    return Network(
        projection, [str(n) for n in range(count)], projection.sides, side, source, target, np.ones(len(pairs))
    )


def in_order(scores: dict[int, float]) -> list[float]:
    return [scores[node] for node in sorted(scores)]


def simple(kind: type[nx.Graph[int]], count: int, pairs: list[tuple[int, int]]) -> nx.Graph[int]:
    graph = kind((one, other) for one, other in pairs if one != other)
    graph.add_nodes_from(range(count))
    return graph


@pytest.mark.parametrize(
    ("name", "kind"),
    [("ownership", nx.DiGraph), ("co-investment", nx.Graph), ("whole", nx.Graph)],
)
def test_betweenness_and_harmonic_closeness_follow_directions_where_there_is_one_kind(
    name: str, kind: type[nx.Graph[int]]
) -> None:
    pairs = PAIRS if name == "co-investment" else [*PAIRS, (1, 0)]  # ties without direction are given once
    made, graph = network(name, 7, pairs), simple(kind, 7, pairs)
    assert measures.betweenness(made) == pytest.approx(in_order(nx.betweenness_centrality(graph)))
    closeness = {node: score / 6 for node, score in nx.harmonic_centrality(graph).items()}
    assert measures.harmonic(made) == pytest.approx(in_order(closeness))


def test_a_side_is_divided_by_the_most_that_its_nodes_can_have() -> None:
    made, graph = network("investment", 8, MIXED, first=5), simple(nx.Graph, 8, MIXED)
    expected = bipartite.betweenness_centrality(graph, range(5))
    assert measures.betweenness(made) == pytest.approx(in_order(expected))
    # the most of one of 5: 3 at one step and 4 at two; of one of 3: 5 at one step and 2 at two
    raw = nx.harmonic_centrality(graph)
    most = {node: 3 + 4 / 2 if node < 5 else 5 + 2 / 2 for node in graph}
    assert measures.harmonic(made) == pytest.approx([raw[node] / most[node] for node in range(8)])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_network_of_hardly_a_node_has_no_score(count: int) -> None:
    for name in ("ownership", "co-investment") + ("investment",) * (count == 0):
        made = network(name, count, [])
        assert measures.betweenness(made).tolist() == measures.harmonic(made).tolist() == [0] * count


def test_who_lies_between_the_only_two_others_has_all() -> None:
    assert measures.betweenness(network("co-investment", 3, [(0, 1), (1, 2)])).tolist() == [0, 1, 0]


def test_above_a_size_betweenness_is_drawn_and_harmonic_closeness_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    path = [(node, node + 1) for node in range(30)]
    made = network("ownership", 31, path)
    exact = measures.betweenness(made)
    monkeypatch.setattr(limits, "NETWORK_PIVOTS", 5)
    for most, drawn in ((30, False), (29, True)):
        monkeypatch.setattr(limits, "NETWORK_EXACT", most)
        assert (measures.betweenness(made).tolist() != exact.tolist()) is drawn
    monkeypatch.setattr(limits, "NETWORK_HARMONIC", 30)
    assert measures.harmonic(made)[1] == pytest.approx(1 / 30)
    monkeypatch.setattr(limits, "NETWORK_HARMONIC", 29)
    with pytest.raises(UsageError, match="harmonic closeness takes too long above 29 ties; use degree"):
        measures.harmonic(made)


def test_strength_coreness_and_flow_are_of_their_own_direction() -> None:
    made = network("ownership", 6, PAIRS)
    assert measures.indegree(made).tolist() == [1, 1, 1, 3, 2, 0]
    assert measures.outdegree(made).tolist() == [2, 1, 2, 1, 1, 1]
    assert measures.degree(made).tolist() == [3, 2, 3, 4, 3, 1]
    assert measures.coreness(made).tolist() == in_order(nx.core_number(simple(nx.Graph, 6, PAIRS)))
    graph = nx.DiGraph(PAIRS)
    assert measures.pagerank(made) == pytest.approx(in_order(nx.pagerank(graph, tol=1e-12, max_iter=1_000)), abs=1e-9)
    assert measures.cheirank(made) == pytest.approx(
        in_order(nx.pagerank(graph.reverse(), tol=1e-12, max_iter=1_000)), abs=1e-9
    )
    ties = simple(nx.Graph, 6, PAIRS)
    assert measures.constraint(made) == pytest.approx(in_order(nx.constraint(ties)))


def test_ranks_are_within_a_side_ties_share_the_best_and_no_score_has_none() -> None:
    made = network("investment", 8, MIXED, first=5)
    scores = np.array([1.0, 3, 3 + 3e-13, np.nan, 2, 7, 9, 8])
    assert measures.ranks(made, scores)[[0, 1, 2, 4, 5, 6, 7]].tolist() == [4, 1, 1, 3, 3, 1, 2]
    assert np.isnan(measures.ranks(made, scores)[3])
    assert measures.ranks(network("ownership", 3, []), np.array([1.0, 3, 2])).tolist() == [3, 1, 2]
    assert measures.ranks(made, scores, lowest=True)[[0, 1, 2, 4]].tolist() == [1, 3, 3, 2]


@pytest.mark.parametrize(
    ("name", "projection", "refusal"),
    [
        ("nothing", "ownership", "there is no measure named 'nothing'; one of: degree, indegree, .*, communities"),
        (
            "pagerank",
            "co-investment",
            "pagerank does not fit co-investment; one of: degree, betweenness, .*, communities",
        ),
        ("constraint", "ownership", "constraint does not fit ownership; one of: degree, indegree, .*, communities"),
    ],
)
def test_a_measure_that_does_not_fit_is_answered_with_those_that_do(name: str, projection: str, refusal: str) -> None:
    with pytest.raises(UsageError, match=refusal):
        measures.chosen(name, PROJECTIONS[projection])
    assert measures.chosen("degree", PROJECTIONS[projection]).function is measures.degree
