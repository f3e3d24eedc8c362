"""Checks beyond single entries: SHACL shapes over what sources say and over the resolved graph, and doubles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph import dataset
from graph.build import Built, build
from graph.doubles import doubles
from graph.errors import DataError, Finding
from graph.folder import FOLDER
from graph.terms import iri
from ontology import CHUHAI, ONTOLOGY, REGISTER, RESOLVED, SOURCE, compact
from ontology import FOLDER as ONTOLOGY_FOLDER

SHAPES = ONTOLOGY_FOLDER / "shapes.ttl"


def validate(folder: Path = FOLDER) -> list[Finding]:
    """Every finding about a folder of facts: from the loader, else from the shapes and for doubles.

    Args:
        folder: of facts.

    Returns:
        Findings, sorted; empty when all is well.
    """
    found: list[Finding] = []
    try:
        if (folder / dataset.FILE).exists():
            dataset.read(folder)
    except DataError as error:
        found += error.findings
    try:
        built = build(folder)
    except DataError as error:
        return sorted({*found, *error.findings})
    return sorted({*found, *_shapes(built), *doubles(built)})


def graphs(built: Built) -> dict[str, bytes]:
    """What the shapes are applied to, as N-Triples: all source graphs together, and the resolved graph.

    The first carries the register for the things that statements name, both carry the ontology.
    """

    def of(*names: str) -> list[Quad]:
        return [q for q in built.quads if iri(q.graph_name) in names]

    told = [q for q in built.quads if iri(q.graph_name).startswith(SOURCE)]
    return {
        "sources": _n_triples([*told, *of(REGISTER, ONTOLOGY)]),
        "resolved": _n_triples(of(RESOLVED, ONTOLOGY)),
    }


def _n_triples(quads: Iterable[Quad]) -> bytes:
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads]
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _shapes(built: Built) -> Iterable[Finding]:
    import shacl

    shapes = shacl.Shapes.from_file(str(SHAPES))
    about: dict[str, str] = {}
    for quad in built.quads:
        if quad.predicate.value == CHUHAI + "about" and isinstance(quad.object, NamedNode):
            about.setdefault(quad.object.value, iri(quad.subject))
    for data in graphs(built).values():
        for result in shapes.validate_text(data.decode(), format="ntriples").results:
            focus = result.focus_node.strip("<>")
            place = built.facts.origin.get(focus) or built.facts.origin.get(about.get(focus, ""))
            file, line, statement = place or (compact(focus), 0, "")
            message, _, remedy = (result.message or result.component).partition(" | ")
            problem = f"{compact(focus)}: {message}"
            if result.value_plain:
                problem += f" (here {compact(result.value_plain)})"
            severity = "error" if result.severity == "Violation" else "warning"
            yield Finding(file, line, statement, problem, remedy or "mend the entry", severity)
