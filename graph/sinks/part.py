"""A part of a graph, chosen by some of its nodes: what is told of them and of the things around them.

A part is a graph by itself: whatever its quads name has its labels, and every statement its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graph import index
from graph.loader import Loader
from graph.moment import TOLD
from graph.paths import HUBS
from graph.reading import Reader
from graph.store import INDEX, QUADS, Graph
from graph.terms import iri
from ontology import CHUHAI, CONCEPT, EDITORIAL, ID, ONTOLOGY, RDF_TYPE, RESOLVED, SOURCE, expand, vocabulary


def kinds() -> dict[str, str]:
    """The classes of things, as opposed to what is told of them, each with the word in its identifiers."""
    words = vocabulary()
    told = TOLD | {"Event", "Situation", "Source"}
    return {name: kind for name, kind in words.slug_kinds.items() if name not in told}


def members(graph: Graph, name: str) -> list[str]:
    """The IRIs of all that is held to be of a class, and of statements, documents and decisions; sorted."""
    where = None if name in ("Statement", "Source", "Decision") else NamedNode(RESOLVED)
    found = graph.quads.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(CHUHAI + name), where)
    return sorted({iri(quad.subject) for quad in found})


def things(graph: Graph) -> list[str]:
    """The IRIs of all things, sorted."""
    return sorted(each for name in kinds() for each in members(graph, name))


def part(graph: Graph, roots: Iterable[str], steps: int, room: Path) -> Graph:
    """The part of a graph around some nodes, in a folder; memory holds their identifiers.

    Args:
        graph: an open graph.
        room: an empty folder, for as long as the part is open.
        roots: things, events and the like, as `kind/slug`.
        steps: how far from them: 0 for them alone, 1 for all that is told of them and the things that this names,
            and so on. A place, a list, a criterion or a case is reached and not passed, unless it is the only root.

    Returns:
        An open graph: of the resolved graph, the register and the sources what is told of these nodes, and the whole
        ontology.
    """
    return _Part(graph).graph(sorted(set(map(expand, roots))), steps, room)


class _Part:
    def __init__(self, graph: Graph) -> None:
        self.whole = graph
        self.reader = Reader(graph)
        self.kinds = set(kinds().values())
        self.nodes: set[str] = set()
        self.things: set[str] = set()
        self.passed: set[str] = set()

    def graph(self, roots: list[str], steps: int, room: Path) -> Graph:
        self._reach(roots, steps)
        store = Store(str(room / QUADS))
        with Loader(store) as loader:
            for quad in self._quads():
                loader.add((f"{quad} .\n",))
            loader.end()
        return Graph(index.write(store, str(room / INDEX)), store, self.whole.facts)

    # Which nodes

    def _reach(self, roots: list[str], steps: int) -> None:
        edge = [root for root in roots if self._is_thing(root)]
        self.passed.update(edge)
        self.things.update(edge)
        edge += self._take(root for root in roots if not self._is_thing(root))
        for _ in range(steps):
            passed = [thing for thing in edge if (len(roots) == 1 and thing in roots) or not self._is_hub(thing)]
            self.passed.update(passed)
            edge = self._take(node for thing in passed for node in self._around(thing))

    def _take(self, nodes: Iterable[str]) -> list[str]:
        """Take nodes in, with those that they lead to; the things that are new by them."""
        todo, new = list(nodes), set()
        while todo:
            if (node := todo.pop()) in self.nodes:
                continue
            if self._is_thing(node):
                new.add(node)
                continue
            self.nodes.add(node)
            told = [self.reader.node(node), *(s.values for s in self.reader.statements(node))]
            todo += [v for values in told for found in values.values() for v in found if v.startswith(ID)]
        new -= self.things
        self.things |= new
        return sorted(new)

    def _around(self, thing: str) -> set[str]:
        return {node for _, node in self.reader.neighbours(thing)} | set(self.reader.told_with(thing))

    def _is_thing(self, node: str) -> bool:
        return _kind(node) in self.kinds

    def _is_hub(self, node: str) -> bool:
        return _kind(node) in HUBS

    # What is told of them

    def _quads(self) -> Iterator[Quad]:
        yield from self.whole.quads.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY))
        told = [s.iri for node in sorted(self.nodes | self.passed) for s in self.reader.statements(node)]
        todo = [*sorted(self.nodes | self.things), *told, *self._decisions()]
        seen: set[str] = set()
        while todo:
            if (subject := todo.pop()) in seen:
                continue
            seen.add(subject)
            for quad in self.whole.quads.quads_for_pattern(NamedNode(subject), None, None, None):
                if iri(quad.graph_name) != ONTOLOGY:
                    yield quad
                    todo += [each for each in (iri(quad.object), iri(quad.graph_name)) if self._is_described(each)]

    def _decisions(self) -> Iterator[str]:
        """The decisions of the editors on these nodes."""
        graph, about = NamedNode(EDITORIAL), NamedNode(CHUHAI + "about")
        for quad in self.whole.quads.quads_for_pattern(None, about, None, graph):
            if iri(quad.object) in self.nodes:
                yield iri(quad.subject)

    def _is_described(self, node: str) -> bool:
        """Whether what a quad names has to be described: all but events and the like, which were chosen."""
        return node.startswith((CONCEPT, SOURCE)) or (node.startswith(ID) and self._is_thing(node))


def _kind(node: str) -> str:
    return node[len(ID) :].partition("/")[0] if node.startswith(ID) else ""
