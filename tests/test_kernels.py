"""Kernels give what networkx gives, and what a hand computes."""

from __future__ import annotations

from itertools import pairwise

import igraph
import networkx as nx
import numpy as np
import pytest
from networkx.algorithms import bipartite

from graph import kernels
from graph.kernels import Codes, Floats


def arrays(graph: nx.Graph[int]) -> tuple[Codes, Codes, Floats]:
    """The ends and weights of a networkx graph on 0 to n - 1."""
    rows = list(graph.edges(data="weight", default=1.0))
    source, target, weight = zip(*rows, strict=True)
    return np.array(source), np.array(target), np.array(weight, np.float64)


def weighted(graph: nx.Graph[int]) -> nx.Graph[int]:
    for number, (one, other) in enumerate(graph.edges):
        graph[one][other]["weight"] = 1.0 + number % 4
    return graph


def tailed(nodes: int, directed: bool = False) -> nx.Graph[int]:
    """A weighted graph with a heavy tail, some nodes without ties, and, if directed, some without way out."""
    graph = nx.barabasi_albert_graph(nodes, 2, seed=7)
    if directed:
        graph = nx.DiGraph((one, other) if (one + other) % 3 else (other, one) for one, other in graph.edges)
    graph.add_nodes_from(range(nodes + 5))
    return weighted(graph)


def in_order(scores: dict[int, float]) -> list[float]:
    return [scores[node] for node in range(len(scores))]


@pytest.mark.parametrize("nodes", [50, 5_000])
def test_pagerank_and_cheirank_are_those_of_networkx(nodes: int) -> None:
    graph = tailed(nodes, directed=True)
    source, target, weight = arrays(graph)
    count = len(graph)
    pagerank = nx.pagerank(graph, tol=1e-14, max_iter=1000)
    cheirank = nx.pagerank(graph.reverse(), tol=1e-14, max_iter=1000)
    for ends, expected in (((source, target), pagerank), ((target, source), cheirank)):
        found = kernels.pagerank(count, *ends, weight, tolerance=1e-14)
        assert found == pytest.approx(in_order(expected), rel=1e-9, abs=1e-15)


def test_pagerank_adds_parallel_edges_up_and_sums_to_one() -> None:
    once = kernels.pagerank(3, np.array([0, 0]), np.array([1, 2]), np.array([2.0, 1.0]))
    twice = kernels.pagerank(3, np.array([0, 0, 0]), np.array([1, 1, 2]), np.array([1.0, 1.0, 1.0]))
    assert once == pytest.approx(twice)
    assert once.sum() == pytest.approx(1)
    assert kernels.pagerank(0, np.zeros(0, int), np.zeros(0, int), np.zeros(0)).size == 0


@pytest.mark.parametrize("directed", [False, True])
def test_betweenness_and_harmonic_closeness_are_those_of_networkx(directed: bool) -> None:
    graph = tailed(300, directed)
    source, target, _ = arrays(graph)
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert kernels.betweenness(len(graph), source, target, directed) == pytest.approx(in_order(expected), abs=1e-8)
    closeness = nx.harmonic_centrality(graph)
    assert kernels.harmonic(len(graph), source, target, directed) == pytest.approx(in_order(closeness), abs=1e-9)


def test_estimates_of_betweenness_from_all_pivots_in_turn_have_the_exact_mean() -> None:
    source, target, _ = arrays(tailed(40))
    exact = kernels.betweenness(45, source, target, False)
    drawn = [kernels.betweenness(45, source, target, False, pivots=44, seed=seed) for seed in range(300)]
    assert np.mean(drawn, axis=0) == pytest.approx(exact, rel=0.02, abs=0.5)
    assert kernels.betweenness(45, source, target, False, pivots=60).tolist() == exact.tolist()
    assert drawn[0] != pytest.approx(exact, abs=1e-6)
    again = kernels.betweenness(45, source, target, False, pivots=10, seed=4)
    assert again.tolist() == kernels.betweenness(45, source, target, False, pivots=10, seed=4).tolist()


def test_coreness_constraint_and_components_are_those_of_networkx() -> None:
    graph = tailed(5_000)
    source, target, weight = arrays(graph)
    assert kernels.coreness(len(graph), source, target).tolist() == in_order(nx.core_number(graph))
    parts = kernels.components(len(graph), source, target)
    assert {frozenset(np.flatnonzero(parts == part).tolist()) for part in set(parts.tolist())} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    small = tailed(200)
    source, target, weight = arrays(small)
    expected = in_order(nx.constraint(small, weight="weight"))
    assert kernels.constraint(len(small), source, target, weight) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("sides", [(5, 3), (40, 25), (7, 7)])
def test_the_most_betweenness_of_a_side_is_that_of_networkx(sides: tuple[int, int]) -> None:
    graph = bipartite.gnmk_random_graph(*sides, 2 * sides[0], seed=3)
    raw = nx.betweenness_centrality(graph, normalized=False)
    normalized = bipartite.betweenness_centrality(graph, range(sides[0]))
    for node in graph:
        own, other = sides if node < sides[0] else sides[::-1]
        assert raw[node] / kernels.most_betweenness(own, other) == pytest.approx(normalized[node])


def test_a_one_mode_projection_is_that_of_networkx() -> None:
    graph = bipartite.gnmk_random_graph(400, 150, 1_200, seed=5)
    source, deal = (np.array(ends) for ends in zip(*(sorted(edge) for edge in graph.edges), strict=True))
    found = kernels.one_mode(400, source, deal - 400, np.ones(len(source)))
    expected = bipartite.collaboration_weighted_projected_graph(graph, range(400))
    assert {(one, other): weight for one, other, weight in zip(*(each.tolist() for each in found), strict=True)} == (
        pytest.approx({tuple(sorted(ends)): expected.edges[ends]["weight"] for ends in expected.edges})
    )


def test_newmans_weights_of_two_shared_deals_are_added() -> None:
    source, deal = np.array([0, 1, 2, 0, 1]), np.array([0, 0, 0, 1, 1])
    once = kernels.one_mode(3, source, deal, np.ones(5))
    assert [each.tolist() for each in once] == [[0, 0, 1], [1, 2, 2], [1.5, 0.5, 0.5]]
    twice = kernels.one_mode(3, source, deal, np.array([0.0, 0, 0, 2, 2]))
    assert [each.tolist() for each in twice] == [[0], [1], [2.0]]


def test_a_deal_of_one_investor_joins_nobody() -> None:
    found = kernels.one_mode(4, np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2]), np.ones(4))
    assert [each.tolist() for each in found] == [[0], [1], [1.0]]
    nothing = kernels.one_mode(4, np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    assert [each.tolist() for each in nothing] == [[], [], []]


def test_an_investor_that_is_told_twice_of_one_deal_counts_once() -> None:
    found = kernels.one_mode(2, np.array([0, 0, 1]), np.array([0, 0, 0]), np.ones(3))
    assert [each.tolist() for each in found] == [[0], [1], [1.0]]


@pytest.mark.parametrize("graph", [tailed(500), nx.karate_club_graph(), nx.caveman_graph(10, 6)])
def test_leiden_is_not_below_louvain_and_says_its_modularity(graph: nx.Graph[int]) -> None:
    source, target, weight = arrays(graph)
    parts, modularity = kernels.leiden(len(graph), source, target, weight)
    louvain = nx.community.louvain_communities(graph, weight="weight", seed=1)
    assert modularity >= nx.community.modularity(graph, louvain, weight="weight") - 1e-9
    found = [set(np.flatnonzero(parts == part).tolist()) for part in range(parts.max() + 1)]
    assert modularity == pytest.approx(nx.community.modularity(graph, found, weight="weight"))
    sizes = [len(part) for part in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_higher_resolution_gives_more_communities_and_its_own_modularity() -> None:
    graph = nx.karate_club_graph()
    coarse, fine = (kernels.leiden(len(graph), *arrays(graph), resolution=r) for r in (1.0, 2.0))
    assert fine[0].max() > coarse[0].max()
    found = [set(np.flatnonzero(fine[0] == part).tolist()) for part in range(fine[0].max() + 1)]
    assert fine[1] == pytest.approx(nx.community.modularity(graph, found, weight="weight", resolution=2))


def test_without_edges_each_node_is_a_community_of_its_own() -> None:
    parts, modularity = kernels.leiden(3, np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    assert (parts.tolist(), modularity) == ([0, 1, 2], 0)


def test_partitions_agree_with_themselves_and_not_with_their_opposite() -> None:
    halves, stripes = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert kernels.agreement(halves, 1 - halves) == pytest.approx(1)
    assert kernels.agreement(halves, stripes) == pytest.approx(-0.5)


def test_swapped_edges_keep_every_degree_and_every_side() -> None:
    graph = bipartite.gnmk_random_graph(60, 40, 200, seed=2)
    source, target = (np.array(ends) for ends in zip(*(sorted(edge) for edge in graph.edges), strict=True))
    one, other = kernels.swapped(100, source, target, seed=1)
    for before, after in ((source, one), (target, other)):
        assert np.bincount(before, minlength=100).tolist() == np.bincount(after, minlength=100).tolist()
    assert len(set(zip(one.tolist(), other.tolist(), strict=True))) == 200
    assert set(zip(one.tolist(), other.tolist(), strict=True)) != set(
        zip(source.tolist(), target.tolist(), strict=True)
    )
    again = kernels.swapped(100, source, target, seed=1)
    assert (one.tolist(), other.tolist()) == (again[0].tolist(), again[1].tolist())


def test_draws_of_python_are_as_they_would_be_without_kernels() -> None:
    import random

    random.seed(5)
    expected = [random.random() for _ in range(2)]
    random.seed(5)
    first = random.random()
    kernels.leiden(4, np.array([0, 1, 2]), np.array([1, 2, 3]), np.ones(3), seed=9)
    assert [first, random.random()] == expected
    drawn = []
    for _ in range(2):
        random.seed(5)
        drawn.append(igraph.Graph.Barabasi(50, 2).get_edgelist())
    assert drawn[0] == drawn[1]


def test_opposite_and_parallel_edges_become_one_and_loops_none() -> None:
    source, target = np.array([2, 0, 1, 1]), np.array([0, 2, 1, 2])
    found = kernels.undirected(3, source, target, np.array([1.0, 2.0, 5.0, 1.0]))
    assert [each.tolist() for each in found] == [[0, 1], [2, 2], [3.0, 1.0]]
    path = list(pairwise(range(4)))
    assert [each.tolist() for each in kernels.merge(4, *np.array(path).T, np.array([1.0, 0, 1]))] == [
        [0, 2], [1, 3], [1.0, 1.0],
    ]  # fmt: skip
