"""Typed networks out of the resolved graph, read once by SPARQL.

Which classes are edges, and between what, stands in the ontology (chuhai:edgeSource and edgeTarget).
Graphs are networkx graphs and frozen: a changed graph would silently keep results of the old one in
converted copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph.errors import UsageError
from graph.moment import NOT_HAPPENED
from graph.store import Graph
from graph.terms import iri
from ontology import PREFIXES, RESOLVED, compact, vocabulary

if TYPE_CHECKING:
    import networkx as nx

_QUERY = """
SELECT ?node ?source ?target ?status (COUNT(?mark) AS ?disputed)
WHERE {{
  ?node a chuhai:{name} ; chuhai:{source} ?source ; chuhai:{target} ?target .
  OPTIONAL {{ ?node chuhai:status ?status }}
  OPTIONAL {{
    {{ ?node chuhai:disputed ?mark FILTER(?mark IN (chuhai:{source}, chuhai:{target})) }}
    UNION {{ ?node chuhai:deniedIn ?mark }}
  }}
}}
GROUP BY ?node ?source ?target ?status
ORDER BY ?node ?source ?target
"""
_NOT_HAPPENED = frozenset(f"concept:{status}" for status in NOT_HAPPENED)


@dataclass(frozen=True)
class Edge:
    """One edge: the resolved node it stands for, its ends as `kind/slug`, its class, whether it is disputed.

    Disputed means that a source denies the node, or that sources differ on one of its ends.
    """

    node: str
    source: str
    target: str
    relation: str
    status: str
    disputed: bool


@dataclass(frozen=True)
class Projection:
    """One way to see the graph as a network; `build` makes it from edges."""

    name: str
    summary: str
    relations: frozenset[str] | None
    build: Callable[[list[Edge]], nx.Graph[str]]
    ends: tuple[str, str] | None = None
    """Properties to use instead of the edge hints of the ontology."""


def edges(graph: Graph, relations: frozenset[str] | None = None, ends: tuple[str, str] | None = None) -> list[Edge]:
    """Every edge of the resolved graph.

    Args:
        graph: an open graph.
        relations: names of classes; all that are edges when None.
        ends: properties that lead to source and target, instead of the ontology's hints.

    Returns:
        Edges sorted by class and node.
    """
    found = []
    for name, cls in sorted(vocabulary().classes.items()):
        if cls.edge is None or (relations is not None and name not in relations):
            continue
        source, target = ends or (cls.edge.source, cls.edge.target)
        query = _QUERY.format(name=name, source=source, target=target)
        result = graph.quads.query(query, prefixes=PREFIXES, default_graph=NamedNode(RESOLVED))
        assert isinstance(result, QuerySolutions)
        for node, start, end, status, disputed in result:
            one, other = compact(iri(start)), compact(iri(end))
            marked = isinstance(disputed, Literal) and disputed.value != "0"
            found.append(Edge(compact(iri(node)), one, other, name, compact(iri(status)), marked))
    return found


def _whole(found: list[Edge]) -> nx.Graph[str]:
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _nodes(network, found)
    for edge in found:
        network.add_edge(edge.source, edge.target, key=edge.node, relation=edge.relation, disputed=edge.disputed)
    nx.freeze(network)
    return network


def _simple(found: list[Edge]) -> nx.Graph[str]:
    """Directed, parallel edges merged: `weight` counts them, `distance` is its inverse."""
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph()
    _nodes(network, found)
    for (source, target), weight in sorted(Counter((e.source, e.target) for e in found).items()):
        network.add_edge(source, target, weight=weight, distance=1 / weight)
    nx.freeze(network)
    return network


def _nodes(network: nx.Graph[str], found: list[Edge]) -> None:
    for name in sorted({end for edge in found for end in (edge.source, edge.target)}):
        network.add_node(name, kind=name.partition("/")[0])


def _happened(found: list[Edge]) -> nx.Graph[str]:
    return _simple([e for e in found if e.status not in _NOT_HAPPENED])


PROJECTIONS = {
    projection.name: projection
    for projection in (
        Projection(
            "whole",
            "every edge of the ontology: a directed multigraph of things, one edge for each event or situation",
            None,
            _whole,
        ),
        Projection(
            "ownership",
            "controller to controlled, acquirer to acquired: control, also where only said, and acquisitions",
            frozenset({"Control", "Acquisition"}),
            _simple,
        ),
        Projection(
            "employment", "person to organization: posts held, a bipartite graph", frozenset({"Membership"}), _simple
        ),
        Projection(
            "product-parent",
            "organization to product: what it makes or operates",
            frozenset({"Operation"}),
            _simple,
        ),
        Projection(
            "product-market",
            "product to place: where it is offered or used",
            frozenset({"MarketPresence"}),
            _simple,
        ),
        Projection(
            "headquarters-flow",
            "place to place: headquarters moves that happened or are under way, weighted by their number",
            frozenset({"HeadquartersMove"}),
            _happened,
            ("fromPlace", "toPlace"),
        ),
    )
}


def project(graph: Graph, name: str, disputed: bool = True) -> nx.Graph[str]:
    """A network by the name of its projection.

    Args:
        graph: an open graph.
        name: a key of PROJECTIONS.
        disputed: whether disputed edges are kept.

    Returns:
        A frozen networkx graph; nodes are `kind/slug` with an attribute `kind`.

    Raises:
        UsageError: for an unknown projection.
    """
    if name not in PROJECTIONS:
        raise UsageError(f"there is no network named '{name}'; one of: {', '.join(PROJECTIONS)}")
    projection = PROJECTIONS[name]
    found = edges(graph, projection.relations, projection.ends)
    return projection.build([e for e in found if disputed or not e.disputed])
