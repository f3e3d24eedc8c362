"""Writes what holds: the resolved nodes, and the names of things, places and concepts beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from orjson import loads
from pyoxigraph import NamedNode, Quad, parse

from graph.derive import HEADQUARTERS, derive
from graph.evidence import Evidence
from graph.index import Index
from graph.lines import Terms, escaped, subjects, value, written
from graph.resolve import Node, resolve
from graph.rows import dump
from graph.terms import suffix
from graph.values import Values, text
from ontology import (
    CHUHAI,
    CONCEPT,
    EXACT_MATCH,
    ID,
    ONTOLOGY,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    REGISTER,
    RESOLVED,
    Labels,
    vocabulary,
)
from ontology import FOLDER as ONTOLOGY_FOLDER
from ontology.reader import TURTLE

Add = Callable[[Iterable[str]], None]
"""Takes lines of N-Quads."""

_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
_OWN = {"type": RDF_TYPE, "exactMatch": EXACT_MATCH, "within": CHUHAI + "within"}
"""What a thing holds without any source."""

_PLACE = ID + "place/"


def nodes(index: Index) -> Iterator[Node]:
    """Resolve all that is said, by rules 1 to 7; what follows from headquarters comes last."""
    run = index.connection.execute
    run("CREATE TABLE staged.headquarters (organization TEXT, node TEXT)")
    for node, _ in resolve(Evidence(index.connection), vocabulary()):
        if node.type in HEADQUARTERS and (organization := text(node.values, "organization")) is not None:
            run("INSERT INTO staged.headquarters VALUES (?, ?)", (organization, dump([*vars(node).values()])))
        else:
            yield node
    rows = run("SELECT * FROM staged.headquarters ORDER BY organization, rowid")
    for _, group in groupby(rows, itemgetter(0)):
        stated = [_read(node) for _, node in group]
        yield from stated + derive(stated, vocabulary())


def _read(dumped: str) -> Node:
    iri, type_name, values, *marks = loads(dumped)
    return Node(iri, type_name, {name: tuple(each) for name, each in values.items()}, *map(tuple, marks))


def write(index: Index, found: Iterable[Node], add: Add) -> None:
    """Write nodes, and what register and ontology hold without any source.

    Args:
        index: in which all is told.
        found: the nodes.
        add: takes the quads.
    """
    words = vocabulary()
    for node in found:
        held = node.held()
        add(written(RESOLVED, node.iri, terms(held)))
        if node.iri.startswith(index.things):
            held = {**held, **_own(index.registered(node.iri))}
        index.hold(node.iri, ordered(held))
    for iri, told in index.register():
        if not iri.startswith(_PLACE):
            add(written(REGISTER, iri, told))
        add(written(RESOLVED, iri, told))
        index.hold(iri, ordered(_own(told)))
        index.label(iri, told)
    for concept in words.concepts.values():
        add(written(RESOLVED, CONCEPT + concept.name, _labels(concept.label)))
    for subject in subjects(_ontology()):
        add(subject.lines)
        index.label(subject.iri, subject.terms)


def terms(held: Values) -> Terms:
    """The values of a node as terms by predicate."""
    found: Terms = {}
    for name, values in held.items():
        predicate, before, after = _form(name)
        found[predicate] = [f"{before}{each if before == '<' else escaped(each)}{after}" for each in values]
    return found


def ordered(held: Values) -> Values:
    """The values of a node in the order of their properties' IRIs."""
    return {name: held[name] for name in sorted(held, key=_predicate)}


@cache
def _predicate(name: str) -> str:
    return {"type": RDF_TYPE, "exactMatch": EXACT_MATCH, "wasDerivedFrom": _DERIVED}.get(name, CHUHAI + name)


@cache
def _form(name: str) -> tuple[str, str, str]:
    """The predicate of a property, and what encloses its values."""
    predicate = _predicate(name)
    prop = vocabulary().properties.get(name)
    if prop is None or prop.is_object:
        return predicate, "<", ">"
    return predicate, '"', f'"{suffix(prop)}'


def _own(terms: Terms) -> Values:
    return {name: tuple(sorted(map(value, terms[p]))) for name, p in _OWN.items() if terms.get(p)}


def _ontology() -> Iterator[str]:
    graph = NamedNode(ONTOLOGY)
    for name in TURTLE:
        for q in parse(path=ONTOLOGY_FOLDER / name):
            yield f"{Quad(q.subject, q.predicate, q.object, graph)} .\n"


def places() -> Iterator[tuple[str, Terms]]:
    """Every place, and what the ontology says of it."""
    for place in vocabulary().places.values():
        own = {RDF_TYPE: [f"<{CHUHAI}Place>"], CHUHAI + "within": [f"<{_PLACE}{name}>" for name in place.within]}
        yield f"{_PLACE}{place.name}", {**own, **_labels(place.label)}


def _labels(labels: Labels) -> Terms:
    return {PREF_LABEL: [f'"{escaped(text)}"@{language}' for language, text in labels.items()]}
