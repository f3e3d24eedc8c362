"""A measure on a network with all that a reader needs to judge it: ranks, their intervals, and what hangs on disputes.

`measure` answers by what ranks nodes, `divide` by what divides the network into parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph import kernels, limits, measures, resampling
from graph.arrays import Edges
from graph.errors import UsageError
from graph.measures import SEED, Measure
from graph.networks import Network, projected, shape, told
from graph.projections import Projection
from graph.store import Graph

if TYPE_CHECKING:
    from graph.kernels import Codes, Floats


BROKER = 2.0
"""Above how many standard deviations betweenness is called that of a broker."""


class Row(NamedTuple):
    """One node in one list; what was not drawn, or does not exist, is None.

    `settled` and `settled_rank` are those without disputed edges; `low` and `high` bound 90 % of the ranks.
    """

    side: str
    rank: int
    node: str
    score: float
    settled: float | None
    settled_rank: int | None
    low: int | None
    high: int | None
    tier: int | None
    z: float | None


@dataclass(frozen=True)
class Base:
    """What was measured: the network, in numbers.

    `sizes` are the nodes of each side; `events` the resolved nodes behind the ties, `disputed` of them disputed;
    `lapsed` those left out since they did not happen; `giant` the share of nodes in the largest component, 0 to 1.
    """

    projection: Projection
    sizes: dict[str, int]
    ties: int
    events: int
    disputed: int
    lapsed: int
    components: int
    giant: float

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return sum(self.sizes.values())


@dataclass(frozen=True, eq=False)
class Measured:
    """The ranks of nodes by one measure; `draws` is how many samples stand behind the intervals, 0 for none."""

    base: Base
    measure: Measure
    seed: int
    draws: int
    pivots: int | None
    network: Network = field(repr=False)
    scores: Floats = field(repr=False)
    settled: Floats = field(repr=False)
    ranks: Floats = field(repr=False)
    settled_ranks: Floats = field(repr=False)
    low: Floats | None = field(repr=False)
    high: Floats | None = field(repr=False)
    z: Floats | None = field(repr=False)
    by_chance: float
    """How many nodes of a rewired network have a z above BROKER, on average."""

    @property
    def moved(self) -> int:
        """How many nodes have another rank, or none, without disputed edges."""
        return sum(row.settled_rank != row.rank for row in self.rows())

    @property
    def kernel(self) -> str:
        """The package that counted, and the seed."""
        return f"{self.measure.package} {version(self.measure.package)}, seed {self.seed}"

    def rows(self, side: str = "", top: int | None = None) -> list[Row]:
        """The lists of all sides one after another, or of one side, each best first and then by name.

        Args:
            side: a name of the network's sides; all when "".
            top: how many rows of each side at most.

        Raises:
            UsageError: for an unknown side.
        """
        if side and side not in self.network.sides:
            raise UsageError(f"there is no side '{side}' here; one of: {', '.join(self.network.sides)}")
        return [row for name in self.network.sides if side in ("", name) for row in self._listed(name, top)]

    def _listed(self, side: str, top: int | None) -> list[Row]:
        members = np.flatnonzero((self.network.side == self.network.sides.index(side)) & ~np.isnan(self.ranks))
        members = members[np.argsort(self.ranks[members], kind="stable")][:top]
        tier: list[int] = []
        if self.low is not None and self.high is not None:
            tier = resampling.tiers(self.low[members].tolist(), self.high[members].tolist())
        return [
            Row(
                side,
                int(self.ranks[node]),
                _bare(self.network.names[node]),
                float(self.scores[node]),
                _some(self.settled[node]),
                _whole(self.settled_ranks[node]),
                None if self.low is None else _whole(self.low[node]),
                None if self.high is None else _whole(self.high[node]),
                tier[place] if tier else None,
                None if self.z is None else _some(self.z[node]),
            )
            for place, node in enumerate(members.tolist())
        ]


@dataclass(frozen=True, eq=False)
class Divided:
    """The parts of a network: `rows` are the number of the part, its size, side and node, the largest part first.

    `modularity` and `agreement` (the mean adjusted Rand index of ten seeds, pair by pair) are of communities;
    `settled` and `settled_parts` are the modularity and the number of parts without disputed edges.
    """

    base: Base
    kind: str
    seed: int
    resolution: float
    parts: int
    settled_parts: int
    modularity: float | None
    settled: float | None
    agreement: float | None
    kernel: str
    rows: list[tuple[int, int, str, str]]


def measure(
    graph: Graph, projection: str, name: str = "degree", draws: int | None = None, seed: int = SEED
) -> Measured:
    """Rank the nodes of a network.

    Args:
        graph: an open graph.
        projection: a key of projections.PROJECTIONS.
        name: a key of measures.MEASURES.
        draws: bootstrap samples behind the rank intervals, and rewired networks behind z of betweenness; 0 for
            neither; when None, limits.NETWORK_DRAWS unless the network is so large that it would take long.
        seed: of all that is drawn.

    Raises:
        UsageError: for an unknown projection or measure, or one that does not fit the other.
    """
    chosen = measures.chosen(name, projected(projection))
    edges = told(graph, projection)
    return ranked(graph, projected(projection), edges, chosen, draws, seed)


def ranked(
    graph: Graph, projection: Projection, edges: Edges, chosen: Measure, draws: int | None, seed: int
) -> Measured:
    """The same, on edges that are read already, with those that did not happen among them."""
    kept = edges.keep(edges.happened)
    network = shape(projection, kept)
    undisputed = shape(projection, kept.keep(~kept.disputed)) if kept.disputed.any() else network
    scores = chosen.function(network, seed)
    settled = scores if undisputed is network else _aligned(network, undisputed, chosen.function(undisputed, seed))
    if draws is None:
        draws = limits.NETWORK_DRAWS if _soon(network, chosen) else 0
    draws = draws if len(kept.events) else 0
    low = high = z = None
    by_chance = 0.0
    if draws:
        deal = resampling.deals(graph, kept)
        low, high = resampling.intervals(projection, kept, deal, chosen, draws, seed)
        if chosen.name == "betweenness" and draws > 1:
            z, by_chance = resampling.z_scores(projection, kept, chosen.function, scores, draws, seed, BROKER)
    exact = chosen.name != "betweenness" or len(network.source) <= limits.NETWORK_EXACT
    return Measured(
        base=_base(projection, edges, kept, network),
        measure=chosen,
        seed=seed,
        draws=draws,
        pivots=None if exact else min(limits.NETWORK_PIVOTS, network.count),
        network=network,
        scores=scores,
        settled=settled,
        ranks=measures.ranks(network, scores, chosen.lowest),
        settled_ranks=measures.ranks(network, settled, chosen.lowest),
        low=low,
        high=high,
        z=z,
        by_chance=by_chance,
    )


def divide(
    graph: Graph,
    projection: str,
    kind: str = "communities",
    resolution: float = 1.0,
    draws: int | None = None,
    seed: int = SEED,
) -> Divided:
    """Divide a network into its components, or into communities by the Leiden algorithm.

    Args:
        graph: an open graph.
        projection: a key of projections.PROJECTIONS.
        kind: one of measures.PARTITIONS.
        resolution: of communities, above 1 for more and smaller ones.
        draws: 0 to leave out the agreement over ten seeds; when None, it is left out above limits.NETWORK_EXACT
            ties.
        seed: of communities; the agreement is over it and the nine that follow.

    Raises:
        UsageError: for an unknown projection.
    """
    edges = told(graph, projection)
    kept = edges.keep(edges.happened)
    network = shape(projected(projection), kept)
    undisputed = shape(projected(projection), kept.keep(~kept.disputed)) if kept.disputed.any() else network
    parts, modularity = _parts(network, kind, resolution, seed)
    settled_parts, settled = (
        (parts, modularity) if undisputed is network else _parts(undisputed, kind, resolution, seed)
    )
    agreement = None
    if (
        kind == "communities"
        and network.count > 1
        and draws != 0
        and (draws or len(network.source) <= limits.NETWORK_EXACT)
    ):
        several = [parts, *(_parts(network, kind, resolution, seed + number)[0] for number in range(1, 10))]
        pairs = [kernels.agreement(one, other) for n, one in enumerate(several) for other in several[:n]]
        agreement = float(np.mean(pairs))
    size = np.bincount(parts, minlength=1)
    order = np.lexsort((-measures.degree(network), parts))
    return Divided(
        base=_base(projected(projection), edges, kept, network),
        kind=kind,
        seed=seed,
        resolution=resolution,
        parts=len(np.unique(parts)),
        settled_parts=len(np.unique(settled_parts)),
        modularity=modularity,
        settled=settled,
        agreement=agreement,
        kernel=f"igraph {version('igraph')}, seed {seed}" if kind == "communities" else f"scipy {version('scipy')}",
        rows=[
            (
                int(parts[node]) + 1,
                int(size[parts[node]]),
                network.sides[network.side[node]],
                _bare(network.names[node]),
            )
            for node in order.tolist()
        ],
    )


def _parts(network: Network, kind: str, resolution: float, seed: int) -> tuple[Codes, float | None]:
    source, target, weight = network.simple()
    if kind == "communities":
        return kernels.leiden(network.count, source, target, weight, resolution, seed)
    found = kernels.components(network.count, source, target)
    _, first, size = np.unique(found, return_index=True, return_counts=True)
    return np.argsort(np.lexsort((first, -size)))[found] if network.count else found, None


def _base(projection: Projection, edges: Edges, kept: Edges, network: Network) -> Base:
    size = np.bincount(kernels.components(network.count, network.source, network.target), minlength=1)
    members = np.bincount(network.side, minlength=len(network.sides)).tolist()
    return Base(
        projection=projection,
        sizes=dict(zip(network.sides, members, strict=True)),
        ties=len(network.source) if projection.sides else len(kept.events),
        events=len(kept.events),
        disputed=int(kept.disputed.sum()),
        lapsed=len(edges.events) - len(kept.events),
        components=int((size > 0).sum()),
        giant=float(size.max() / network.count) if network.count else 0.0,
    )


def _soon(network: Network, chosen: Measure) -> bool:
    ties = len(network.source)
    return network.count * ties <= limits.NETWORK_DRAWN if chosen.steep else ties <= limits.NETWORK_EXACT


def _aligned(network: Network, other: Network, scores: Floats) -> Floats:
    """Scores of a part of the network, in the order of the whole; NaN for nodes that are not in it."""
    place = {name: number for number, name in enumerate(network.names)}
    found = np.full(network.count, np.nan)
    found[[place[name] for name in other.names]] = scores
    return found


def _bare(name: str) -> str:
    """The thing, without the side that tells two nodes of one thing apart."""
    return name.partition(" ")[0]


def _some(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
