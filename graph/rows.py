"""What the tables of the index hold, as rows: of a node, of a statement, of a document, of a decision."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from orjson import dumps

from graph.lines import Terms, has_language, literal, value
from graph.names import Name
from ontology import (
    ALT_LABEL,
    CHUHAI,
    ID,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    compact,
    local,
    vocabulary,
)

TABLES = {
    "nodes": "(iri TEXT PRIMARY KEY, held TEXT NOT NULL)",
    "labels": "(iri TEXT, role TEXT, texts TEXT NOT NULL, PRIMARY KEY (iri, role))",
    "links": "(target TEXT, property TEXT, node TEXT, PRIMARY KEY (target, property, node))",
    "statements": "(about TEXT, iri TEXT, said TEXT NOT NULL, PRIMARY KEY (about, iri))",
    "mentions": "(thing TEXT, statement TEXT, about TEXT, PRIMARY KEY (thing, statement, about))",
    "decisions": "(about TEXT, property TEXT, statement TEXT, reasons TEXT, PRIMARY KEY (about, property))",
    "sources": "(iri TEXT PRIMARY KEY, document TEXT NOT NULL)",
}
"""The tables that are read by their keys, with their columns."""

Row = tuple[str, ...]
"""The name of a table, and what stands in its columns."""

_ABOUT, _DENIES, _CHOSEN, _PARAPHRASE = (CHUHAI + name for name in ("about", "denies", "chosen", "paraphrase"))
_KIND, _ABOUT_TYPE, _LOCATOR, _SPEAKER = (
    CHUHAI + name for name in ("statementKind", "aboutType", "locator", "speaker")
)
_APART = frozenset({_ABOUT, _DENIES, _KIND, _ABOUT_TYPE, _LOCATOR, _SPEAKER})
"""What a statement says of itself."""

_LABELS = {PREF_LABEL: "label", PREFIXES["rdfs"] + "label": "label", CHUHAI + "caption": "caption"}
_NAMES = {PREF_LABEL: "label", ALT_LABEL: "alias", CHUHAI + "formerName": "formerName"}
_BY, _DERIVED = PREFIXES["prov"] + "wasAttributedTo", PREFIXES["prov"] + "wasDerivedFrom"
_NOTE = PREFIXES["skos"] + "note"
_THING = f"<{ID}"


def dump(held: object) -> str:
    """What a column holds that is more than a text."""
    return dumps(held).decode()


def insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Put rows into an index, where there is none with their key."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for table, *row in rows:
        tables[table].append(tuple(row))
    for table, found in tables.items():
        holes = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT OR IGNORE INTO main.{table} VALUES ({holes})", found)


def node(iri: str, held: Mapping[str, Iterable[str]]) -> Iterator[Row]:
    """Of a node with its values by property name, and of what it points at."""
    yield "nodes", iri, dump(held)
    for target, name in links(held):
        yield "links", target, name, iri


def links(held: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """What the values of a node point at: targets and property names."""
    edges = _edges()
    for name, values in held.items():
        for target in values:
            if target.startswith(ID) and name in edges:
                yield target, name


@cache
def _edges() -> frozenset[str]:
    own = (p.name for p in vocabulary().properties.values() if p.is_object)
    return frozenset({*own, "wasDerivedFrom", "exactMatch"})


def held(terms: Terms) -> dict[str, list[str]]:
    """The values of a node of the resolved graph by property name, sorted; texts in a language are left out."""
    values = {"type" if p == RDF_TYPE else local(p): _plain(terms[p]) for p in sorted(terms)}
    return {name: each for name, each in values.items() if each}


def labels(iri: str, terms: Terms) -> Iterator[Row]:
    """Of the labels of a thing, a concept or a term."""
    for predicate, role in _LABELS.items():
        if texts := _texts(terms.get(predicate, ())):
            yield "labels", iri, role, dump(texts)


def names(iri: str, terms: Terms, mentions: int) -> list[Name]:
    """All names of a thing, of which statements speak so often."""
    return [
        Name(text, language, role, compact(iri), mentions)
        for predicate, role in _NAMES.items()
        for text, language in map(literal, terms.get(predicate, ()))
    ]


def statement(iri: str, terms: Terms) -> Iterator[Row]:
    """Of what a statement says, and of the things that it names."""
    about = _plain(terms.get(_ABOUT, ()))
    said: dict[str, Any] = {
        "values": {name: v for p in sorted(terms) if (name := _value_name(p)) and (v := _plain(terms[p]))},
        "paraphrase": _texts(terms.get(_PARAPHRASE, ())),
        "by": _first(terms, _BY),
        "about": about,
        "denies": _plain(terms.get(_DENIES, ())),
        "statementKind": local(_first(terms, _KIND)),
        "aboutType": local(_first(terms, _ABOUT_TYPE)),
        "locator": _first(terms, _LOCATOR),
        "speaker": _first(terms, _SPEAKER),
    }
    dumped = dump(said)
    for each in about:
        yield "statements", each, iri, dumped
    for predicate, objects in terms.items():
        if predicate != _ABOUT:
            for term in objects:
                if term.startswith(_THING):
                    for each in about:
                        yield "mentions", term[1:-1], iri, each


def mentioned(said: Mapping[str, Any]) -> Iterator[str]:
    """The things of which a statement of the index speaks, once for each time."""
    for values in (*said["values"].values(), said["about"], said["denies"], [said["by"]]):
        yield from (value for value in values if value.startswith(ID))


def decision(terms: Terms) -> Iterator[Row]:
    """Of what the editors chose."""
    for chosen in terms.get(_CHOSEN, ()):
        name = local(_first(terms, CHUHAI + "decidedProperty"))
        yield "decisions", _first(terms, _ABOUT), name, value(chosen), dump(_texts(terms.get(_NOTE, ())))


def document(iri: str, terms: Terms) -> Row:
    """Of the head of a source document."""
    schema, dcterms = PREFIXES["schema"], PREFIXES["dcterms"]
    kind = local(_first(terms, dcterms + "type"))
    concept = vocabulary().concepts.get(kind)
    told = {
        "title": _texts(terms.get(dcterms + "title", ())),
        "url": _first(terms, schema + "url"),
        "publisher": _first(terms, CHUHAI + "publisher"),
        "published": _first(terms, schema + "datePublished"),
        "published_by": _first(terms, CHUHAI + "notAfter"),
        "kind": kind,
        "official": concept is not None and concept.official,
        "language": _first(terms, schema + "inLanguage"),
        "repost": _first(terms, CHUHAI + "repost") == "true",
        "copies": sorted(map(value, terms.get(_DERIVED, ()))),
    }
    return "sources", iri, dump(told)


@lru_cache(1_000)
def _value_name(predicate: str) -> str:
    """The name of a property of what a statement tells; "" for others."""
    return predicate[len(CHUHAI) :] if predicate.startswith(CHUHAI) and predicate not in _APART else ""


def _plain(terms: Sequence[str]) -> list[str]:
    """IRIs and texts without a language, sorted."""
    if len(terms) == 1:
        return [] if has_language(terms[0]) else [value(terms[0])]
    return sorted({value(term) for term in terms if not has_language(term)})


def _texts(terms: Iterable[str]) -> dict[str, str]:
    """Texts by language."""
    return dict(sorted((language, text) for text, language in map(literal, terms)))


def _first(terms: Terms, predicate: str) -> str:
    return value(terms[predicate][0]) if predicate in terms else ""
