"""From a folder of facts to quads: statements by source, register, decisions, and the resolved graph.

`build` is pure: the same facts give the same quads in the same order, whatever the hash seed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import load as loading
from graph.derive import derive
from graph.errors import DataError, Finding
from graph.evidence import Account, read_evidence
from graph.folder import FOLDER
from graph.garbage import uncollected
from graph.imports import imports
from graph.load import Facts
from graph.resolve import Node, resolve
from graph.terms import iri, typed
from ontology import (
    CHUHAI,
    CONCEPT,
    ID,
    ONTOLOGY,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    REGISTER,
    RESOLVED,
    compact,
    context,
    vocabulary,
)
from ontology import FOLDER as ONTOLOGY_FOLDER
from ontology.reader import TURTLE
from ontology.records import Vocabulary

_GRAPH = NamedNode(RESOLVED)


@dataclass(frozen=True)
class Built:
    """The outcome of a build: every quad, the resolved nodes, and the facts they came from."""

    quads: list[Quad]
    nodes: list[Node]
    facts: Facts


def build(folder: Path = FOLDER, only: Collection[str] | None = None) -> Built:
    """Build the graph in memory.

    Args:
        folder: of facts.
        only: slugs of the sources to use; all when None.

    Returns:
        Quads of source, register, editorial, ontology and resolved graphs.

    Raises:
        DataError: if any fact is wrong.
    """
    with uncollected():
        return _build(folder, only)


def _build(folder: Path, only: Collection[str] | None) -> Built:
    words = vocabulary()
    facts = loading.load(folder, only)
    stated = _parse(facts)
    if only is None:
        for each in imports(folder):
            stated += parse(path=each.statements, format=RdfFormat.N_QUADS)
    told = [q for q in stated if iri(q.graph_name) != REGISTER]
    evidence = read_evidence(told, words)
    _check_types(evidence.accounts, facts)
    nodes = resolve(evidence, words)
    nodes += derive(nodes, words)
    quads = [*stated, *_ontology()]
    quads += resolved_quads(nodes, [q for q in stated if iri(q.graph_name) == REGISTER], words)
    return Built(quads, nodes, facts)


def _parse(facts: Facts) -> list[Quad]:
    document = {"@context": context(), "@graph": facts.documents}
    data = json.dumps(document, ensure_ascii=False).encode()
    return list(parse(data, format=RdfFormat.JSON_LD))


def _check_types(accounts: Iterable[Account], facts: Facts) -> None:
    """Statements about one node have to take it for one class."""
    first: dict[str, Account] = {}
    findings = []
    for account in accounts:
        earlier = first.setdefault(account.about, account)
        if earlier.type != account.type:
            file, line, key = facts.origin[account.statement]
            other = compact(earlier.statement)
            problem = f"'{compact(account.about)}' is a {account.type} here and a {earlier.type} in {other}"
            findings.append(Finding(file, line, key, problem, "use one type, or another slug"))
    if findings:
        raise DataError(findings)


def _ontology() -> list[Quad]:
    graph = NamedNode(ONTOLOGY)
    return [
        Quad(q.subject, q.predicate, q.object, graph)
        for name in TURTLE
        for q in parse(path=ONTOLOGY_FOLDER / name, format=RdfFormat.TURTLE)
    ]


def resolved_quads(nodes: Iterable[Node], register: Iterable[Quad], words: Vocabulary) -> list[Quad]:
    """The resolved graph: nodes, and the register's names, places and concepts beside them."""
    quads = [q for node in nodes for q in _node(node, words)]
    quads += [Quad(q.subject, q.predicate, q.object, _GRAPH) for q in register]
    for place in words.places.values():
        subject = NamedNode(f"{ID}place/{place.name}")
        quads.append(Quad(subject, NamedNode(RDF_TYPE), NamedNode(CHUHAI + "Place"), _GRAPH))
        quads += _labels(subject, place.label)
        within = NamedNode(CHUHAI + "within")
        quads += [Quad(subject, within, NamedNode(f"{ID}place/{w}"), _GRAPH) for w in place.within]
    for concept in words.concepts.values():
        quads += _labels(NamedNode(CONCEPT + concept.name), concept.label)
    return quads


def _node(node: Node, words: Vocabulary) -> Iterator[Quad]:
    subject = NamedNode(node.iri)
    yield Quad(subject, NamedNode(RDF_TYPE), NamedNode(CHUHAI + node.type), _GRAPH)
    for name, values in node.values.items():
        for value in values:
            yield Quad(subject, NamedNode(CHUHAI + name), typed(value, words.properties[name]), _GRAPH)
    marks = (
        (CHUHAI + "disputed", [CHUHAI + name for name in node.disputed]),
        (CHUHAI + "deniedIn", node.denied_in),
        (PREFIXES["prov"] + "wasDerivedFrom", node.derived_from),
        (CHUHAI + "boundedBy", node.bounded_by),
    )
    for predicate, objects in marks:
        for target in objects:
            yield Quad(subject, NamedNode(predicate), NamedNode(target), _GRAPH)


def _labels(subject: NamedNode, labels: object) -> list[Quad]:
    assert isinstance(labels, dict)
    return [
        Quad(subject, NamedNode(PREF_LABEL), Literal(text, language=language), _GRAPH)
        for language, text in labels.items()
    ]


def n_quads(quads: Iterable[Quad]) -> bytes:
    """The quads as sorted N-Quads: the same graph gives the same bytes."""
    lines = sorted({f"{q} .\n" for q in quads})
    return "".join(lines).encode()
