"""Reads RDF of others as a table: one row for each thing of a class, its properties as columns.

A column is a property in its short form where its prefix is one of ours (`schema:name`), else its whole IRI; texts with
a language stand under `schema:name@en`. The column `id` holds the IRI of the thing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from graph.errors import ChuhaiError, UsageError
from graph.terms import iri
from ontology import PREFIXES, RDF_TYPE, compact

FORMATS = {
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}


def is_rdf(path: Path) -> bool:
    """Whether a file is RDF by its ending."""
    return path.suffix.lower() in FORMATS


@contextmanager
def loaded(path: Path) -> Iterator[Store]:
    """The quads of a file in a store on disk, for as long as it is used: a large file takes little memory.

    Raises:
        ChuhaiError: if it is not what its ending says.
    """
    with tempfile.TemporaryDirectory(prefix="chuhai-") as room:
        store = Store(room)
        try:
            store.bulk_load(path=str(path), format=FORMATS[path.suffix.lower()])
        except (SyntaxError, ValueError) as error:
            raise ChuhaiError(f"{path}: {' '.join(str(error).split())[:200]}; mend the file there") from None
        yield store
        del store


def objects(path: Path, class_name: str) -> Iterator[dict[str, Any]]:
    """The things of a class, each with its properties, in order of their IRIs.

    Args:
        path: an RDF file.
        class_name: CURIE or IRI of a class.

    Raises:
        UsageError: if no class is named, or the file has none of it.
    """
    if not class_name:
        raise UsageError(
            f"{path}: for RDF the mapping has to name the class of its rows: table: {{class: schema:Person}}"
        )
    kind = NamedNode(_whole(class_name))
    found = False
    with loaded(path) as store:
        subjects = {q.subject for q in store.quads_for_pattern(None, NamedNode(RDF_TYPE), kind, None)}
        for subject in sorted((s for s in subjects if isinstance(s, NamedNode | BlankNode)), key=str):
            found = True
            yield _row(store, subject)
    if not found:
        raise UsageError(f"{path}: nothing there is a {class_name}; name the class of its rows in the mapping")


def _row(store: Store, subject: NamedNode | BlankNode) -> dict[str, Any]:
    row: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(subject, None, None, None):
        name, term = compact(iri(quad.predicate)), quad.object
        if isinstance(term, Literal) and term.language:
            name = f"{name}@{term.language}"
        row.setdefault(name, []).append(term.value if isinstance(term, Literal | NamedNode) else str(term))
    cells: dict[str, Any] = {"id": iri(subject) or str(subject)}
    for name, values in sorted(row.items()):
        several = sorted(set(values))
        cells[name] = several[0] if len(several) == 1 else several
    return cells


def _whole(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES and not rest.startswith("//") else name
