"""Networks out of the edges of the resolved graph, as arrays and as networkx graphs.

Graphs are frozen: a changed graph would silently keep results of the old one in converted copies.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph import kernels
from graph.arrays import Edges, every, read
from graph.errors import UsageError
from graph.projections import PROJECTIONS, Projection
from graph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

    from graph.kernels import Codes, Floats


class Edge(NamedTuple):
    """One edge: its class, the resolved node behind it, its ends as `kind/slug`, whether it is disputed."""

    relation: str
    node: str
    source: str
    target: str
    disputed: bool


@dataclass(frozen=True, eq=False)
class Network:
    """A projection applied to edges: things, and weighted ties between them, parallel ones added up.

    `source`, `target` and `weight` are aligned, as are `names` and `side`, a place in `sides`. Ties of a network
    that is neither directed nor bipartite are given once; those of a bipartite one lead from the first side.
    """

    projection: Projection
    names: Sequence[str]
    sides: Sequence[str]
    side: Codes
    source: Codes
    target: Codes
    weight: Floats

    @property
    def count(self) -> int:
        """The number of nodes."""
        return len(self.names)

    def simple(self) -> tuple[Codes, Codes, Floats]:
        """Ties without direction, given once, loops dropped."""
        return kernels.undirected(self.count, self.source, self.target, self.weight)


def every_edge(graph: Graph) -> list[Edge]:
    """Every edge of the ontology, also of what did not happen, sorted by class and node."""
    edges = read(graph, every())
    names, relations = edges.names, edges.relations
    columns = (column.tolist() for column in (edges.relation, edges.source, edges.target, edges.disputed))
    return sorted(
        Edge(relations[relation], node, names[source], names[target], disputed)
        for node, relation, source, target, disputed in zip(edges.events, *columns, strict=True)
    )


def found(graph: Graph, name: str, disputed: bool = True) -> Edges:
    """The edges of a projection that happened.

    Args:
        graph: an open graph.
        name: a key of PROJECTIONS.
        disputed: whether disputed edges are kept.

    Raises:
        UsageError: for an unknown projection.
    """
    edges = told(graph, name)
    return edges.keep(edges.happened if disputed else edges.happened & ~edges.disputed)


def told(graph: Graph, name: str) -> Edges:
    """The edges of a projection, with those that did not happen.

    Raises:
        UsageError: for an unknown projection.
    """
    projection = projected(name)
    return read(graph, projection.ties(), projection.sides[0] if projection.bipartite else "")


def projected(name: str) -> Projection:
    """A projection by its name.

    Raises:
        UsageError: for an unknown one.
    """
    if name not in PROJECTIONS:
        raise UsageError(f"there is no network named '{name}'; one of: {', '.join(PROJECTIONS)}")
    return PROJECTIONS[name]


def shape(projection: Projection, edges: Edges, times: Floats | None = None) -> Network:
    """The network that edges make.

    Args:
        projection: of which the edges are.
        edges: the nodes of the network are all things at their ends.
        times: how often each edge counts, 0 leaves it out; once each when None.
    """
    often = np.ones(len(edges.events)) if times is None else times
    names, source, target = edges.names, edges.source, edges.target
    if projection.shared:
        members, code = np.unique(source, return_inverse=True)
        deal = np.unique(target, return_inverse=True)[1]
        names = [names[place] for place in members.tolist()]
        source, target, weight = kernels.one_mode(len(names), code, deal, often)
    else:
        source, target, weight = kernels.merge(len(names), source, target, often)
    if projection.bipartite:
        side = np.zeros(len(names), np.int64)
        side[edges.target] = 1
        return Network(projection, names, projection.sides, side, source, target, weight)
    if projection.sides:
        return Network(projection, names, projection.sides, np.zeros(len(names), np.int64), source, target, weight)
    return Network(projection, names, *_kinds(names), source, target, weight)


def _kinds(names: Sequence[str]) -> tuple[list[str], Codes]:
    """The kinds of sorted names, and the place of each name's kind among them."""
    kinds, starts = [], []
    at = 0
    while at < len(names):
        kind = names[at].partition("/")[0]
        kinds.append(kind)
        starts.append(at)
        at = bisect_left(names, f"{kind}0")  # "0" comes right after "/"
    return kinds, np.searchsorted(starts, np.arange(len(names)), side="right") - 1


def project(graph: Graph, name: str, disputed: bool = True) -> nx.Graph[str]:
    """A network by the name of its projection.

    Args:
        graph: an open graph.
        name: a key of PROJECTIONS.
        disputed: whether disputed edges are kept.

    Returns:
        A frozen networkx graph, as `drawn` makes it.

    Raises:
        UsageError: for an unknown projection.
    """
    return drawn(projected(name), found(graph, name, disputed))


def drawn(projection: Projection, edges: Edges) -> nx.Graph[str]:
    """The networkx graph of a projection of edges, frozen.

    Returns:
        A MultiDiGraph of the whole, whose keys are the nodes behind the edges; a DiGraph where the projection is
        directed; else a Graph. Nodes are `kind/slug` with attributes `kind` and `side`, of a bipartite network
        also `bipartite`, 0 or 1. Edges have `weight` and `disputed`: whether they hang on disputed nodes alone; of the
        whole also `relation`.
    """
    import networkx as nx

    network = shape(projection, edges)
    whole = not projection.sides
    graph: nx.Graph[str] = nx.MultiDiGraph() if whole else nx.DiGraph() if projection.directed else nx.Graph()
    nodes = list(zip(network.names, network.side.tolist(), strict=True))
    for name, side in sorted(nodes, key=itemgetter(1)) if projection.bipartite else nodes:
        graph.add_node(name, kind=name.partition("/")[0], side=network.sides[side])
        if projection.bipartite:
            graph.nodes[name]["bipartite"] = side
    if whole:
        rows = zip(*(column.tolist() for column in (edges.source, edges.target, edges.relation, edges.disputed)),
                   edges.events, strict=True)  # fmt: skip
        for source, target, relation, disputed, event in sorted(rows):
            values = {"relation": edges.relations[relation], "weight": 1.0, "disputed": disputed}
            graph.add_edge(network.names[source], network.names[target], key=event, **values)
    else:
        settled = shape(projection, edges.keep(~edges.disputed))
        kept, behind = set(_named(settled)), nodes_behind(projection, edges)
        for ends, weight in zip(_named(network), network.weight.tolist(), strict=True):
            graph.add_edge(*ends, weight=weight, disputed=ends not in kept, nodes=" ".join(behind[ends]))
    nx.freeze(graph)
    return graph


def _named(network: Network) -> list[tuple[str, str]]:
    ends = zip(network.source.tolist(), network.target.tolist(), strict=True)
    return [(network.names[source], network.names[target]) for source, target in ends]


def nodes_behind(projection: Projection, edges: Edges) -> dict[tuple[str, str], list[str]]:
    """The nodes behind each tie, sorted; of a one-mode projection what the two share."""
    behind: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = sorted(zip(edges.source.tolist(), edges.target.tolist(), edges.events, strict=True))
    if not projection.shared:
        for source, target, event in rows:
            behind[edges.names[source], edges.names[target]].append(event)
        return behind
    members: dict[str, list[str]] = defaultdict(list)
    for source, target in dict.fromkeys((source, target) for source, target, _ in rows):
        members[edges.names[target]].append(edges.names[source])
    for deal, names in sorted(members.items()):
        for ends in combinations(names, 2):
            behind[ends].append(deal)
    return behind
