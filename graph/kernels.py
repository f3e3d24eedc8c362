"""Network kernels on integer-coded edge arrays: nodes are 0 to count - 1, an edge is a place in `source` and `target`.

Pure functions of arrays, without names, stores or networkx; each agrees with networkx and is tested so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def adjacency(count: int, source: Codes, target: Codes, weight: Floats) -> csr_array:
    """The count × count matrix of weights, row to column; parallel edges are added up."""
    from scipy.sparse import coo_array

    return coo_array((np.asarray(weight, np.float64), (source, target)), shape=(count, count)).tocsr()


def pagerank(
    count: int, source: Codes, target: Codes, weight: Floats, damping: float = 0.85, tolerance: float = 1e-12
) -> Floats:
    """PageRank along the edges, the weight of an edge as its strength; with the ends swapped, CheiRank.

    Power iteration until the scores of two rounds differ by less than count × tolerance in sum, as networkx
    counts it. A node without outgoing weight passes its score on to all nodes alike.

    Args:
        count: of nodes.
        source, target: ends of the edges, 0 to count - 1; parallel edges are added up.
        weight: of the edges, 0 or more.
        damping: share that follows edges, 0 to 1.
        tolerance: per node, above 1e-15.

    Returns:
        Scores of the nodes, which sum to 1; an empty array for no nodes.

    Page, Brin, Motwani and Winograd, "The PageRank citation ranking" (1999); Ermann, Frahm and Shepelyansky,
    "Google matrix analysis of directed networks", Reviews of Modern Physics 87 (2015), for CheiRank.
    """
    if count == 0:
        return np.zeros(0)
    matrix = adjacency(count, target, source, weight)
    out = np.bincount(source, np.asarray(weight, np.float64), count)
    dangling = out == 0
    share = np.divide(damping, out, out=np.zeros(count), where=~dangling)
    scores = np.full(count, 1 / count)
    while True:
        former = scores
        lost = damping * former[dangling].sum() + 1 - damping
        scores = np.asarray(matrix @ (former * share) + lost / count, np.float64)
        if np.abs(scores - former).sum() < count * tolerance:
            return scores


def merge(count: int, source: Codes, target: Codes, weight: Floats) -> tuple[Codes, Codes, Floats]:
    """Parallel edges added up, in order of their ends; those whose weights come to 0 are dropped."""
    keys, place = np.unique(source * count + target, return_inverse=True)
    total = np.bincount(place, weight, len(keys)).astype(np.float64)
    keys, total = keys[total != 0], total[total != 0]
    return keys // max(count, 1), keys % max(count, 1), total


def undirected(count: int, source: Codes, target: Codes, weight: Floats) -> tuple[Codes, Codes, Floats]:
    """Edges without their direction, opposite ones added up, loops dropped; source < target."""
    apart = source != target
    low, high = np.minimum(source, target)[apart], np.maximum(source, target)[apart]
    return merge(count, low, high, weight[apart])


def one_mode(count: int, source: Codes, deal: Codes, times: Floats) -> tuple[Codes, Codes, Floats]:
    """The one-mode projection of a bipartite graph with Newman's weights: B D B^T, above the diagonal.

    Two nodes are joined with the sum of times / (k - 1) over the deals that they share, k being the number of
    nodes in a deal; so the weights at a node add up to the number of its deals that it shared with anyone.

    Args:
        count: of nodes on the side that stays.
        source, deal: ends of the edges; an edge that is given twice counts once.
        times: how often the deal of each edge counts; 0 leaves it out.

    Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001), 016132.
    """
    from scipy.sparse import csr_array, diags_array, triu

    deals = int(deal.max(initial=-1)) + 1
    pairs = np.unique(source * max(deals, 1) + deal)
    member = csr_array((np.ones(len(pairs)), (pairs // max(deals, 1), pairs % max(deals, 1))), shape=(count, deals))
    size = np.bincount(pairs % max(deals, 1))
    often = np.zeros(deals)
    often[deal] = times
    weight = np.divide(often, size - 1, out=np.zeros(deals), where=size > 1)
    shared = triu(member @ diags_array(weight) @ member.T, k=1).tocoo()
    order = np.lexsort((shared.col, shared.row))
    kept = order[shared.data[order] != 0]
    return shared.row[kept].astype(np.int64), shared.col[kept].astype(np.int64), shared.data[kept]


def strength(count: int, ends: Codes, weight: Floats) -> Floats:
    """The sum of weights at each node, of edges given by one end."""
    return np.bincount(ends, weight, count).astype(np.float64)


def components(count: int, source: Codes, target: Codes) -> Codes:
    """The number of the weakly connected component of each node, 0 for that of node 0."""
    from scipy.sparse.csgraph import connected_components

    found = connected_components(adjacency(count, source, target, np.ones(len(source))), directed=False)[1]
    return np.asarray(found, np.int64)


def betweenness(
    count: int, source: Codes, target: Codes, directed: bool, pivots: int | None = None, seed: int = 1
) -> Floats:
    """Betweenness of nodes, not normalized, each edge one step; pairs are counted once where undirected.

    Args:
        pivots: from how many nodes paths are counted, drawn by `seed`; from all when None or at least `count`.
            The sums are scaled up, so they estimate the exact ones without bias.

    Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001), 163-177;
    Brandes and Pich, "Centrality estimation in large networks", International Journal of Bifurcation and Chaos 17
    (2007), 2303-2318.
    """
    graph = _igraph(count, source, target, directed)
    if pivots is None or pivots >= count:
        return np.asarray(graph.betweenness(), np.float64)
    drawn = np.sort(np.random.default_rng(seed).choice(count, pivots, replace=False)).tolist()
    found = graph.betweenness(sources=drawn)
    return np.asarray(found, np.float64) * (count / pivots)


def most_betweenness(own: int, other: int) -> float:
    """The highest betweenness that a node can have in a bipartite graph, by the sizes of its side and the other.

    Borgatti and Everett, "Network analysis of 2-mode data", Social Networks 19 (1997), 243-269.
    """
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def harmonic(count: int, source: Codes, target: Codes, directed: bool) -> Floats:
    """The sum of inverse distances from all other nodes, each edge one step; 0 from where there is no path.

    Rochat, "Closeness centrality extended to unconnected graphs: the harmonic centrality index" (2009).
    """
    graph = _igraph(count, source, target, directed)
    found = np.asarray(graph.harmonic_centrality(mode="in", normalized=False), np.float64)
    return np.nan_to_num(found)


def coreness(count: int, source: Codes, target: Codes) -> Floats:
    """The largest k such that a node is in the k-core, for undirected edges that are given once.

    Seidman, "Network structure and minimum degree", Social Networks 5 (1983), 269-287.
    """
    return np.asarray(_igraph(count, source, target, False).coreness(), np.float64)


def constraint(count: int, source: Codes, target: Codes, weight: Floats) -> Floats:
    """Burt's constraint on undirected edges that are given once; NaN where a node has none.

    Burt, "Structural holes and good ideas", American Journal of Sociology 110 (2004), 349-399.
    """
    graph = _igraph(count, source, target, False)
    return np.asarray(graph.constraint(weights=weight.tolist()), np.float64)


def leiden(
    count: int, source: Codes, target: Codes, weight: Floats, resolution: float = 1.0, seed: int = 1
) -> tuple[Codes, float]:
    """Communities by the Leiden algorithm for modularity, on undirected edges that are given once.

    Args:
        resolution: above 1 for more and smaller communities.
        seed: of the draws; iterated ten times, or until nothing changes.

    Returns:
        The number of each node's community, 0 for the largest, then by the first node; and the modularity of
        the partition at this resolution, -1/2 to 1, 0 where there are no edges.

    Traag, Waltman and van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific
    Reports 9 (2019), 5233; Newman and Girvan, Physical Review E 69 (2004), 026113, for modularity.
    """
    graph = _igraph(count, source, target, False)
    weights = weight.tolist()
    with _seeded(seed):
        found = graph.community_leiden("modularity", weights=weights, resolution=resolution, n_iterations=10)
    if not weights:
        return np.arange(count), 0.0
    given = np.asarray(found.membership, np.int64)
    _, first, size = np.unique(given, return_index=True, return_counts=True)
    number = np.argsort(np.lexsort((first, -size)))
    return number[given], float(graph.modularity(found, weights=weights, resolution=resolution))


def agreement(one: Codes, other: Codes) -> float:
    """The adjusted Rand index of two partitions: 1 where they are equal, about 0 where they agree by chance.

    Hubert and Arabie, "Comparing partitions", Journal of Classification 2 (1985), 193-218.
    """
    import igraph

    return float(igraph.compare_communities(one.tolist(), other.tolist(), method="adjusted_rand"))


def swapped(count: int, source: Codes, target: Codes, seed: int) -> tuple[Codes, Codes]:
    """Ends of directed edges after double edge swaps, ten trials an edge: every in- and out-degree stays.

    No loop or parallel edge arises, and edges between two sides stay between them.

    Maslov and Sneppen, "Specificity and stability in topology of protein networks", Science 296 (2002), 910-913.
    """
    graph = _igraph(count, source, target, True)
    with _seeded(seed):
        graph.rewire(10 * len(source))
    ends = np.asarray(graph.get_edgelist(), np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _igraph(count: int, source: Codes, target: Codes, directed: bool) -> Any:
    import igraph

    return igraph.Graph(count, np.column_stack((source, target)), directed=directed)


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """igraph draws from a generator of our own; elsewhere from Python's, as it does unless told."""
    import random

    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
