"""Network kernels on integer-coded edge arrays: nodes are 0 to count - 1, an edge is a place in `source` and `target`.

Pure functions of arrays, without names, stores or networkx; each agrees with networkx and is tested so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Codes = NDArray[np.int64]
    Floats = NDArray[np.float64]


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
