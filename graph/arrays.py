"""The edges of the resolved graph as integer-coded arrays, read once by SPARQL.

Everything else is made from these: networkx graphs, igraph graphs, scipy matrices; none of them from another.
The scans are plain (no OPTIONAL, no GROUP BY); what is disputed or did not happen are small sets beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions

from graph.moment import NOT_HAPPENED
from graph.store import Graph
from ontology import ID, PREFIXES, RESOLVED, compact, vocabulary

if TYPE_CHECKING:
    from graph.kernels import Codes, Mask

_ENDS = "SELECT ?n ?s ?t WHERE {{ ?n a chuhai:{relation} ; chuhai:{source} ?s ; chuhai:{target} ?t }}"
_DENIED = "SELECT ?n WHERE { ?n chuhai:deniedIn ?by }"
_DIFFERING = "SELECT ?n ?p WHERE { ?n chuhai:disputed ?p }"
_KIND = "SELECT ?n WHERE {{ ?n chuhai:subtype concept:{kind} }}"
_LAPSED = """SELECT ?n WHERE {{
  VALUES ?status {{ {statuses} }}
  {{ ?n chuhai:status ?status }}
  UNION {{ ?r chuhai:status ?status . ?n chuhai:round ?r FILTER NOT EXISTS {{ ?n chuhai:status ?own }} }}
}}"""


class Pattern(NamedTuple):
    """A class of nodes that are edges, the properties that lead to their ends, and the kinds that are left out."""

    relation: str
    source: str
    target: str
    without: tuple[str, ...] = ()

    @property
    def properties(self) -> tuple[str, str]:
        """The properties of the ends, in the short form in which values are read."""
        return f"chuhai:{self.source}", f"chuhai:{self.target}"


@dataclass(frozen=True, eq=False)
class Edges:
    """Edges, one for each resolved node that stands for one; parallel ones are apart.

    `names` are the things at their ends, sorted; `source` and `target` are places in it, `relation` is a place in
    `relations`. `events` are the nodes behind the edges. Things and nodes are written `kind/slug`.
    """

    names: Sequence[str]
    relations: Sequence[str]
    events: Sequence[str]
    source: Codes
    target: Codes
    relation: Codes
    disputed: Mask
    """Where a source denies the node, or sources differ on one of its ends."""
    happened: Mask
    """Where the status is none of moment.NOT_HAPPENED; an investment without one has that of its round."""

    def keep(self, kept: Mask) -> Edges:
        """The edges that a mask marks, and the things at their ends."""
        source, target = self.source[kept], self.target[kept]
        used = np.zeros(len(self.names), bool)
        used[source] = used[target] = True
        code = np.cumsum(used) - 1
        return replace(
            self,
            names=[*compress(self.names, used.tolist())],
            events=[*compress(self.events, kept.tolist())],
            source=code[source],
            target=code[target],
            relation=self.relation[kept],
            disputed=self.disputed[kept],
            happened=self.happened[kept],
        )


def every() -> list[Pattern]:
    """The patterns of all classes that the ontology marks as edges."""
    classes = sorted(vocabulary().classes.items())
    return [Pattern(name, cls.edge.source, cls.edge.target) for name, cls in classes if cls.edge is not None]


def read(graph: Graph, patterns: Iterable[Pattern], apart: str = "") -> Edges:
    """Every edge of some patterns.

    Args:
        graph: an open graph.
        patterns: which nodes are edges.
        apart: if given, sources and targets are two sides: a thing that stands on both is two nodes, and the
            one among the sources is called `kind/slug as <apart>`.

    Returns:
        Edges in the order of the patterns, within one in the order of the store.
    """
    chosen = list(patterns)
    events: list[str] = []
    sources: list[str] = []
    targets: list[str] = []
    relation: list[Codes] = []
    doubted: list[Mask] = []
    marks = _marks(graph)
    for number, pattern in enumerate(chosen):
        cells = _column(graph, _ENDS.format(**pattern._asdict()))
        nodes, starts, ends = cells[0::3], cells[1::3], cells[2::3]
        if left_out := _left_out(graph, pattern):
            kept = [place for place, node in enumerate(nodes) if node not in left_out]
            nodes, starts, ends = ([column[place] for place in kept] for column in (nodes, starts, ends))
        doubted.append(_among(nodes, marks.doubted(pattern)))
        relation.append(np.full(len(nodes), number))
        events += nodes
        sources += starts
        targets += ends
    if apart:
        both = set(sources) & set(targets)
        sources = [f"{name} as {apart}" if name in both else name for name in sources] if both else sources
    names, codes = _coded(sources + targets)
    return Edges(
        names=names,
        relations=[pattern.relation for pattern in chosen],
        events=events,
        source=codes[: len(sources)],
        target=codes[len(sources) :],
        relation=np.concatenate([*relation, np.zeros(0, np.int64)]),
        disputed=np.concatenate([*doubted, np.zeros(0, bool)]) | _among(targets, marks.denied),
        happened=~_among(events, marks.lapsed),
    )


def stream(graph: Graph, patterns: Iterable[Pattern]) -> Iterator[tuple[str, str, bool, bool]]:
    """The same edges one after another, for networks larger than memory: ends, whether disputed, whether it happened.

    Only the nodes that are disputed, denied or did not happen are held in memory.
    """
    marks = _marks(graph)
    for pattern in patterns:
        doubted, left_out = marks.doubted(pattern), _left_out(graph, pattern)
        for solution in _answer(graph, _ENDS.format(**pattern._asdict())):
            node, start, end = (compact(term.value) for term in solution)
            if node not in left_out:
                yield start, end, node in doubted or end in marks.denied, node not in marks.lapsed


class _Marks(NamedTuple):
    """What is told of few nodes: those denied, those of which sources differ on a property, those that lapsed."""

    denied: set[str]
    differing: list[tuple[str, str]]
    lapsed: set[str]

    def doubted(self, pattern: Pattern) -> set[str]:
        """Nodes that are disputed as edges of a pattern."""
        return self.denied | {node for node, name in self.differing if name in pattern.properties}


def _marks(graph: Graph) -> _Marks:
    cells = _column(graph, _DIFFERING)
    return _Marks(set(_column(graph, _DENIED)), list(zip(cells[0::2], cells[1::2], strict=True)), _lapsed(graph))


def _left_out(graph: Graph, pattern: Pattern) -> set[str]:
    return set().union(*(_column(graph, _KIND.format(kind=kind)) for kind in pattern.without))


def rounds(graph: Graph) -> dict[str, str]:
    """The funding round of each investment that is part of one."""
    cells = _column(graph, "SELECT ?n ?r WHERE { ?n chuhai:round ?r }")
    return dict(zip(cells[0::2], cells[1::2], strict=True))


def _lapsed(graph: Graph) -> set[str]:
    """Nodes that did not happen, or did not last."""
    statuses = " ".join(f"concept:{status}" for status in sorted(NOT_HAPPENED))
    return set(_column(graph, _LAPSED.format(statuses=statuses)))


def _column(graph: Graph, query: str) -> list[str]:
    """The cells of an answer of IRIs, row by row, as `kind/slug`."""
    data = (_answer(graph, query).serialize(format=QueryResultsFormat.TSV) or b"").partition(b"\n")[2]
    # IRIs hold neither blanks nor angle brackets, so the short form can be cut out of all of them at once.
    short = data.replace(b"<" + ID.encode(), b"").replace(b">", b"")
    cells = short.decode().split()
    return [compact(cell[1:]) if cell[0] == "<" else cell for cell in cells] if b"<" in short else cells


def _answer(graph: Graph, query: str) -> QuerySolutions:
    result = graph.quads.query(query, prefixes=PREFIXES, default_graph=NamedNode(RESOLVED))
    assert isinstance(result, QuerySolutions)
    return result


def _coded(column: Sequence[str]) -> tuple[list[str], Codes]:
    """The distinct texts, sorted, and the place of each text among them."""
    names = sorted(set(column))
    place = dict(zip(names, range(len(names)), strict=True))
    return names, np.fromiter(map(place.__getitem__, column), np.int64, len(column))


def _among(column: Sequence[str], some: set[str]) -> Mask:
    if not some:
        return np.zeros(len(column), bool)
    return np.fromiter(map(some.__contains__, column), bool, len(column))
