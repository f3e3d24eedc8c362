"""How far ranks can be trusted: bootstrap intervals, tiers, and betweenness against chance.

All is drawn from a seed and from sorted names, so that neither the order of the store nor the hash seed matters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from graph import kernels
from graph.arrays import Edges, rounds
from graph.measures import Measure, ranks
from graph.networks import Network, shape
from graph.projections import Projection
from graph.store import Graph

if TYPE_CHECKING:
    from graph.kernels import Codes, Floats


def deals(graph: Graph, edges: Edges) -> Codes:
    """Which edges are resampled together, numbered by name: investments of one round; any other edge by itself."""
    of = rounds(graph) if "Investment" in edges.relations else {}
    found = [of.get(event, event) for event in edges.events]
    number = {name: place for place, name in enumerate(sorted(set(found)))}
    return np.array([number[name] for name in found], np.int64)


def intervals(
    projection: Projection, edges: Edges, deal: Codes, measure: Measure, draws: int, seed: int
) -> tuple[Floats, Floats]:
    """The 5th and 95th percentile of each node's rank when the deals are drawn anew, with replacement.

    Args:
        projection, edges: of the network.
        deal: of each edge, as `deals` numbers them.
        measure: by which nodes are ranked within their side.
        draws: how many samples; each has as many deals as there are. A node of no drawn deal keeps its place in the
            network, with the score of a node without ties.
        seed: of the draws.

    Returns:
        Whole ranks, 1 for the best, aligned with the names of the network; NaN where there never was a score.

    Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979), 1-26.
    """
    random = np.random.default_rng(seed)
    count = int(deal.max(initial=-1)) + 1
    drawn = []
    for _ in range(draws):
        times = np.bincount(random.integers(0, max(count, 1), count), minlength=count)[deal]
        network = shape(projection, edges, times.astype(np.float64))
        drawn.append(ranks(network, measure.function(network, seed), measure.lowest))
    every = np.array(drawn)
    low, high = np.full((2, every.shape[1]), np.nan)
    met = ~np.isnan(every).all(axis=0)
    low[met] = np.nanpercentile(every[:, met], 5, axis=0, method="lower")
    high[met] = np.nanpercentile(every[:, met], 95, axis=0, method="higher")
    return low, high


def tiers(low: Sequence[float], high: Sequence[float]) -> list[int]:
    """The tier of each node of one side, given best first.

    The first node opens tier 1. A node opens the next tier when its interval lies wholly below that of the node
    that opened the present one: when its best rank is worse than the other's worst. All others join.

    >>> tiers([1, 2, 2, 4], [1, 3, 5, 6])
    [1, 2, 2, 3]
    """
    found: list[int] = []
    worst = np.nan
    for best, last in zip(low, high, strict=True):
        if not found or best > worst:
            found.append(len(set(found)) + 1)
            worst = last
        else:
            found.append(found[-1])
    return found


def z_scores(
    projection: Projection,
    edges: Edges,
    score: Callable[[Network, int], Floats],
    observed: Floats,
    draws: int,
    seed: int,
    above: float,
) -> tuple[Floats, float]:
    """How many standard deviations each score lies above its mean in rewired networks.

    Args:
        projection, edges: of the network; edges are swapped within each of their classes, before any one-mode
            projection, so that every node keeps its ties of each class and each round its size.
        score: what is measured.
        observed: its value on the network as it is.
        draws: how many rewired networks.
        seed: of the first; the others have the ones that follow.
        above: a z.

    Returns:
        z aligned with the names of the network, NaN where rewiring never changes the score; and how many nodes of a
        rewired network have a z above the given one, on average: what chance alone would show.

    Maslov and Sneppen 2002; see kernels.swapped.
    """
    found = []
    for number in range(draws):
        network = shape(projection, _rewired(edges, seed + number))
        found.append(score(network, seed))
    sample = np.array(found)
    mean, deviation = sample.mean(axis=0), sample.std(axis=0, ddof=1)
    away = np.full(len(observed), np.nan)
    varied = deviation > 1e-12
    away[varied] = (observed - mean)[varied] / deviation[varied]
    chance = (sample[:, varied] - mean[varied]) / deviation[varied] > above
    return away, float(chance.sum() / draws)


def _rewired(edges: Edges, seed: int) -> Edges:
    count = len(edges.names)
    ends = []
    for number in range(len(edges.relations)):
        chosen = (edges.relation == number) & (edges.source != edges.target)
        keys = np.unique(edges.source[chosen] * count + edges.target[chosen])
        ends.append(kernels.swapped(count, keys // count, keys % count, seed))
    source, target = (np.concatenate([pair[side] for pair in ends]) for side in (0, 1))
    return replace(edges, source=source, target=target, events=[""] * len(source))
