"""Published measures on a network, each with its source, by the names that networkx gives them.

Ranks are within one side of a bipartite network, or one kind of a mixed one: the two sides of a bipartite
network have different denominators, and no list has both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph import kernels, limits
from graph.errors import UsageError
from graph.networks import Network
from graph.projections import Projection, Words

if TYPE_CHECKING:
    from graph.kernels import Floats

SEED = 1
"""Of every measure that draws lots, unless another is given."""


def degree(network: Network, seed: int = SEED) -> Floats:
    """The sum of the weights of a node's ties: its strength, and the degree where every weight is 1.

    Barrat, Barthélemy, Pastor-Satorras and Vespignani, "The architecture of complex weighted networks", PNAS 101
    (2004), 3747-3752.
    """
    return indegree(network) + outdegree(network)


def indegree(network: Network, seed: int = SEED) -> Floats:
    """The sum of the weights of the ties that lead to a node."""
    return kernels.strength(network.count, network.target, network.weight)


def outdegree(network: Network, seed: int = SEED) -> Floats:
    """The sum of the weights of the ties that lead from a node."""
    return kernels.strength(network.count, network.source, network.weight)


def betweenness(network: Network, seed: int = SEED) -> Floats:
    """Betweenness centrality from 0 to 1: the share of shortest paths between others that lead through a node.

    Each tie is one step. Along the direction in a directed network of one kind. Divided by the number of pairs of
    others; in a bipartite network by the most that a node of the side can have (Borgatti and Everett 1997).
    Exact up to limits.NETWORK_EXACT ties, from limits.NETWORK_PIVOTS drawn nodes above. See
    kernels.betweenness for the sources.
    """
    directed = _directed(network)
    source, target, _ = _distinct(network) if directed else network.simple()
    pivots = limits.NETWORK_PIVOTS if len(source) > limits.NETWORK_EXACT else None
    raw = kernels.betweenness(network.count, source, target, directed, pivots, seed)
    return _divided(raw, _per_side(network, kernels.most_betweenness, _pairs(network, directed)))


def harmonic(network: Network, seed: int = SEED) -> Floats:
    """Harmonic closeness from 0 to 1: the mean inverse distance from all others, 0 where there is no path.

    Each tie is one step. From others to the node in a directed network of one kind. In a bipartite network divided
    by the most that a node of the side can have. Rochat 2009; see kernels.harmonic.

    Raises:
        UsageError: above limits.NETWORK_HARMONIC ties, where it takes too long.
    """
    directed = _directed(network)
    source, target, _ = _distinct(network) if directed else network.simple()
    if len(source) > limits.NETWORK_HARMONIC:
        raise UsageError(f"harmonic closeness takes too long above {limits.NETWORK_HARMONIC:,} ties; use degree")
    raw = kernels.harmonic(network.count, source, target, directed)
    return _divided(raw, _per_side(network, lambda own, other: other + (own - 1) / 2, network.count - 1))


def pagerank(network: Network, seed: int = SEED) -> Floats:
    """PageRank along the ties, damping 0.85, weight as strength, tolerance 1e-12. See kernels.pagerank."""
    return kernels.pagerank(network.count, network.source, network.target, network.weight)


def cheirank(network: Network, seed: int = SEED) -> Floats:
    """CheiRank: PageRank against the direction of the ties, high where much flows out. See kernels.pagerank."""
    return kernels.pagerank(network.count, network.target, network.source, network.weight)


def coreness(network: Network, seed: int = SEED) -> Floats:
    """The largest k such that a node is in the k-core, without direction and weight. See kernels.coreness."""
    source, target, _ = network.simple()
    return kernels.coreness(network.count, source, target)


def constraint(network: Network, seed: int = SEED) -> Floats:
    """Burt's constraint: low where a node's contacts are not tied to one another; none where it has no contact.

    Weights as strength. See kernels.constraint.
    """
    source, target, weight = network.simple()
    return kernels.constraint(network.count, source, target, weight)


def _directed(network: Network) -> bool:
    return network.projection.directed and len(network.projection.sides) == 1


def _distinct(network: Network) -> tuple[kernels.Codes, kernels.Codes, Floats]:
    apart = network.source != network.target
    return network.source[apart], network.target[apart], network.weight[apart]


def _pairs(network: Network, directed: bool) -> float:
    return (network.count - 1) * (network.count - 2) / (1 if directed else 2)


def _per_side(network: Network, most: Callable[[int, int], float], otherwise: float) -> Floats:
    """The most that each node can have, by its side in a bipartite network."""
    if not network.projection.bipartite or not network.count:
        return np.full(network.count, float(otherwise))
    sizes = np.bincount(network.side).tolist()
    return np.array([most(sizes[0], sizes[1]), most(sizes[1], sizes[0])], np.float64)[network.side]


def _divided(scores: Floats, most: Floats) -> Floats:
    return np.divide(scores, most, out=np.zeros(len(scores)), where=most > 0)


@dataclass(frozen=True)
class Measure:
    """One measure: its function, what it is divided by in words, what it needs, and how its cost grows.

    `steep` is whether the cost grows with nodes times ties; `lowest` whether low scores rank first. `fits` says of
    which networks it can be asked.
    """

    name: str
    function: Callable[[Network, int], Floats]
    scale: Words
    package: str
    steep: bool = False
    lowest: bool = False
    fits: Callable[[Projection], bool] = lambda _: True


def _is_directed(projection: Projection) -> bool:
    return projection.directed


def _is_shared(projection: Projection) -> bool:
    return projection.shared


_RAW = Words("not normalized", "未归一化")
_MOST = Words("divided by the most possible, each tie one step", "除以可能的最大值，每条联系为一步")
_SHARE = Words("scores sum to 1, damping 0.85, tolerance 1e-12", "得分之和为 1，阻尼 0.85，容差 1e-12")
_LOWEST = Words("the lowest first, weight as strength", "低者在前，权重为强度")

MEASURES = {
    measure.name: measure
    for measure in (
        Measure("degree", degree, _RAW, "numpy"),
        Measure("indegree", indegree, _RAW, "numpy", fits=_is_directed),
        Measure("outdegree", outdegree, _RAW, "numpy", fits=_is_directed),
        Measure("betweenness", betweenness, _MOST, "igraph", steep=True),
        Measure("harmonic", harmonic, _MOST, "igraph", steep=True),
        Measure("pagerank", pagerank, _SHARE, "scipy", fits=_is_directed),
        Measure("cheirank", cheirank, _SHARE, "scipy", fits=_is_directed),
        Measure("coreness", coreness, Words("the k of the innermost k-core", "所在最内层 k-核的 k"), "igraph"),
        Measure("constraint", constraint, _LOWEST, "igraph", lowest=True, fits=_is_shared),
    )
}
"""Every measure that ranks, by its name on the command line."""

PARTITIONS = ("components", "communities")
"""What divides a network into parts instead of ranking it."""


def chosen(name: str, projection: Projection) -> Measure:
    """A measure that ranks, by its name.

    Raises:
        UsageError: for an unknown one, or one that does not fit the projection.
    """
    if name not in MEASURES:
        raise UsageError(f"there is no measure named '{name}'; one of: {', '.join((*MEASURES, *PARTITIONS))}")
    if not MEASURES[name].fits(projection):
        fitting = [each.name for each in MEASURES.values() if each.fits(projection)]
        raise UsageError(f"{name} does not fit {projection.name}; one of: {', '.join((*fitting, *PARTITIONS))}")
    return MEASURES[name]


def ranks(network: Network, scores: Floats, lowest: bool = False) -> Floats:
    """The rank of each node within its side, 1 for the best; ties share the best rank; NaN where there is no score.

    Scores that differ by less than 1e-12 are equal.
    """
    found = np.full(network.count, np.nan)
    keys = np.round(scores if lowest else -scores, 12)
    for side in range(len(network.sides)):
        members = np.flatnonzero((network.side == side) & ~np.isnan(scores))
        found[members] = np.searchsorted(np.sort(keys[members]), keys[members]) + 1
    return found
