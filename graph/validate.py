"""Checks beyond single entries: what of the imports is left out, doubles, and SHACL shapes over the whole graph.

The shapes are applied part by part: each looks at one node and the classes of what it names, so some nodes at a time
with the things that they name are enough, and memory does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from graph import dataset, limits, load, store
from graph.doubles import doubles
from graph.errors import DataError, Finding
from graph.folder import FOLDER
from graph.imports import imports, left_out
from graph.index import beginnings_of_things
from graph.load import Facts
from graph.store import Graph
from graph.terms import iri
from ontology import FOLDER as ONTOLOGY_FOLDER
from ontology import PREFIXES, RDF_TYPE, RESOLVED, SOURCE, compact

SHAPES = ONTOLOGY_FOLDER / "shapes.ttl"

_NODES = 2_000
"""How many nodes the shapes are applied to at once."""

_TYPE, _RESOLVED = NamedNode(RDF_TYPE), NamedNode(RESOLVED)
_TOLD = """
SELECT iri FROM statements WHERE about = ? OR about IN (
    SELECT value FROM nodes, json_each(held, '$.wasDerivedFrom') WHERE nodes.iri = ?
) ORDER BY iri
"""
_AGAIN = "import its table again, or drop it"


class _Breach(NamedTuple):
    """What is wrong with a statement, a document, a thing or what is told of; `slug` of its import, if known."""

    node: str
    problem: str
    remedy: str
    severity: str = "error"
    slug: str = ""


def validate(folder: Path = FOLDER) -> list[Finding]:
    """Every finding about a folder of facts and its imports, which are built where that was not done yet.

    Args:
        folder: of facts.

    Returns:
        Findings, sorted: from the loader, else what of the imports is left out, what the shapes find, and doubles;
        empty when all is well. Of imports limits.FINDINGS_LISTED are told, and how many more there are.
    """
    found: list[Finding] = []
    try:
        if (folder / dataset.FILE).exists():
            dataset.read(folder)
    except DataError as error:
        found += error.findings
    try:
        graph = store.open_graph(folder, previous=False)
    except DataError as error:
        return sorted({*found, *error.findings})
    with closing(graph):
        facts = load.load(folder)
        brought: list[_Breach] = []
        more = 0
        for breach in chain(_left_out(graph), _breaches(graph)):
            told = [] if breach.slug else _statements(graph, breach.node)
            if not breach.slug and (place := _place(facts, breach.node, told)):
                found.append(Finding(*place, breach.problem, breach.remedy, breach.severity))
            elif len(brought) < limits.FINDINGS_LISTED:
                brought.append(breach._replace(node=told[0] if told else breach.node))
            else:
                more += 1
        return sorted({*found, *doubles(facts), *_of_imports(folder, brought, more)})


def _left_out(graph: Graph) -> Iterator[_Breach]:
    """What of the imports is not in the graph."""
    for left in left_out(graph.index):
        yield _Breach(left.statement, f"left out: {left.problem}", _AGAIN, slug=left.slug)


def _statements(graph: Graph, node: str) -> list[str]:
    """What tells of a node or of those from which it was derived, sorted."""
    return [row[0] for row in graph.index.execute(_TOLD, (node, node))]


def _place(facts: Facts, node: str, told: Iterable[str]) -> tuple[str, int, str] | None:
    """Where a node stands in the facts: its own entry, else the first that tells of it."""
    own = facts.origin.get(node)
    return own or min((facts.origin[each] for each in told if each in facts.origin), default=None)


def _of_imports(folder: Path, breaches: Iterable[_Breach], more: int) -> Iterator[Finding]:
    """Findings at the imports in which they stand."""
    found = list(breaches)
    wanted = {breach.node for breach in found if not breach.slug}
    whose: dict[str, str] = {}
    for each in imports(folder) if wanted else ():
        with suppress(OSError):
            whose |= dict.fromkeys(each.told(wanted), each.slug)
    for node, problem, remedy, severity, known in found:
        slug = known or whose.get(node)
        file = f"imports/{slug}" if slug else compact(node)
        key = node.partition("#")[2] or ("" if node == SOURCE + known else compact(node))
        yield Finding(file, 0, key, problem, remedy, severity)
    if more:
        yield Finding("imports", 0, "", f"{more:,} more findings", "mend these first")


def parts(graph: Graph) -> Iterator[tuple[set[str], str]]:
    """What the shapes are applied to: some nodes, and as N-Triples all that is held of them and of things they name."""
    quads, things = graph.quads, beginnings_of_things()
    classes = "".join(
        _line(q) for q in quads.quads_for_pattern(None, NamedNode(PREFIXES["rdfs"] + "subClassOf"), None, None)
    )
    names = [name for name in sorted(map(iri, quads.named_graphs())) if name.startswith(SOURCE) or name == RESOLVED]
    typed = chain.from_iterable(quads.quads_for_pattern(None, _TYPE, None, NamedNode(name)) for name in names)
    nodes: set[str] = set()
    named: set[str] = set()
    lines: list[str] = [classes]
    for each in typed:
        if iri(each.subject) in nodes:
            continue
        nodes.add(iri(each.subject))
        for quad in quads.quads_for_pattern(each.subject, None, None, each.graph_name):  # type: ignore[arg-type]
            lines.append(_line(quad))
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(things):
                named.add(quad.object.value)
        if len(nodes) >= _NODES:
            yield nodes, "".join(chain(lines, _things(graph, named - nodes)))
            nodes, named, lines = set(), set(), [classes]
    if nodes:
        yield nodes, "".join(chain(lines, _things(graph, named - nodes)))


def _things(graph: Graph, named: set[str]) -> Iterator[str]:
    for thing in sorted(named):
        yield from map(_line, graph.quads.quads_for_pattern(NamedNode(thing), None, None, _RESOLVED))


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _breaches(graph: Graph) -> Iterator[_Breach]:
    """What the shapes find."""
    import shacl

    shapes = shacl.Shapes.from_file(str(SHAPES))
    for nodes, text in parts(graph):
        for result in shapes.validate_text(text, format="ntriples").results:
            if (focus := result.focus_node.strip("<>")) not in nodes:
                continue
            message, _, remedy = (result.message or result.component).partition(" | ")
            problem = f"{compact(focus)}: {message}"
            if result.value_plain:
                problem += f" (here {compact(result.value_plain)})"
            severity = "error" if result.severity == "Violation" else "warning"
            yield _Breach(focus, problem, remedy or "mend the entry", severity)
