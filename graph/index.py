"""The index: one SQLite file, written with each build, out of which lookups are answered.

It holds what the resolved graph holds of each node, which nodes point at which, what each source says of
them, and the names of things. Everything in it also stands in the quads; reading it costs a fraction.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph import naming
from graph.garbage import uncollected
from graph.names import Name
from graph.terms import iri
from ontology import (
    ALT_LABEL,
    CHUHAI,
    EDITORIAL,
    ID,
    ONTOLOGY,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    RESOLVED,
    SOURCE,
    compact,
    local,
)

_NAMED = """
CREATE TABLE labels (iri TEXT, role TEXT, texts TEXT NOT NULL, PRIMARY KEY (iri, role)) WITHOUT ROWID;
CREATE TABLE decisions (about TEXT, property TEXT, statement TEXT, reasons TEXT, PRIMARY KEY (about, property))
    WITHOUT ROWID;
"""
_SCHEMA = """
CREATE TABLE nodes (iri TEXT PRIMARY KEY, held TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE links (target TEXT, property TEXT, node TEXT, PRIMARY KEY (target, property, node)) WITHOUT ROWID;
CREATE TABLE statements (about TEXT, iri TEXT, said TEXT NOT NULL, PRIMARY KEY (about, iri)) WITHOUT ROWID;
CREATE TABLE mentions (thing TEXT, statement TEXT, about TEXT, PRIMARY KEY (thing, statement, about)) WITHOUT ROWID;
CREATE TABLE sources (iri TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
"""
_TYPE, _ABOUT = NamedNode(RDF_TYPE), CHUHAI + "about"
_LABELS = {PREF_LABEL: "label", PREFIXES["rdfs"] + "label": "label", CHUHAI + "caption": "caption"}
_NAMES = {PREF_LABEL: "label", ALT_LABEL: "alias", CHUHAI + "formerName": "formerName"}
_BY, _DERIVED = PREFIXES["prov"] + "wasAttributedTo", PREFIXES["prov"] + "wasDerivedFrom"
_NOTE = PREFIXES["skos"] + "note"

_Terms = Mapping[str, list[Any]]


def write(quads: Iterable[Quad], path: str) -> sqlite3.Connection:
    """Write the index of a build to a new SQLite file (or ":memory:").

    Args:
        quads: the whole graph, as `graph.build` gives it.
        path: of the file.

    Returns:
        The open connection.
    """
    with uncollected():
        return _write(quads, sqlite3.connect(path))


def revise(
    connection: sqlite3.Connection,
    sources: Iterable[str],
    nodes: Mapping[str, Mapping[str, Iterable[str]]],
    unlinked: Iterable[tuple[str, str, str]],
    linked: Iterable[tuple[str, str, str]],
) -> None:
    """Take sources out of an index, and put other values of nodes into it.

    Args:
        connection: to the index, which is written to.
        sources: by IRI.
        nodes: the values of those that change, by IRI and property name; without values a node goes.
        unlinked, linked: target, property name and node of the links that go and come.
    """
    connection.execute("CREATE TEMP TABLE gone (iri TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO gone VALUES (?)", [(source,) for source in sources])
    said = "substr({0}, 1, instr({0}, '#') - 1) IN (SELECT iri FROM gone)"
    told = connection.execute(f"SELECT DISTINCT iri, said FROM statements WHERE {said.format('iri')}")
    mentions = Counter(thing for _, statement in told for thing in _mentioned(json.loads(statement)))
    connection.execute(f"DELETE FROM statements WHERE {said.format('iri')}")
    connection.execute(f"DELETE FROM mentions WHERE {said.format('statement')}")
    connection.execute("DELETE FROM sources WHERE iri IN (SELECT iri FROM gone)")
    less = [(count, compact(thing)) for thing, count in mentions.items() if thing.startswith(ID)]
    connection.executemany("UPDATE names SET mentions = mentions - ? WHERE thing = ?", less)
    held = {node: {name: list(values[name]) for name in sorted(values, key=_order)} for node, values in nodes.items()}
    connection.executemany("DELETE FROM nodes WHERE iri = ?", [(node,) for node in held])
    connection.executemany("INSERT INTO nodes VALUES (?, ?)", [(i, _dump(each)) for i, each in held.items() if each])
    connection.executemany("DELETE FROM links WHERE target = ? AND property = ? AND node = ?", unlinked)
    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", linked)
    connection.commit()


def _write(quads: Iterable[Quad], connection: sqlite3.Connection) -> sqlite3.Connection:
    told: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        told[quad.graph_name.value, quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[union-attr]
    resolved = {subject: found for (graph, subject), found in told.items() if graph == RESOLVED}
    terms = {subject: found for (graph, subject), found in told.items() if graph == ONTOLOGY}
    stated = {s: found for (g, s), found in told.items() if g.startswith(SOURCE) and is_statement(s)}
    documents = {s: found for (g, s), found in told.items() if s == g and g.startswith(SOURCE)}
    decided = [found for (graph, _), found in told.items() if graph == EDITORIAL]
    connection.executescript(_NAMED + _SCHEMA)
    for table, rows in (
        ("nodes", _nodes(resolved)),
        ("labels", _label_rows(resolved, terms)),
        ("links", _links(resolved)),
        ("statements", _statements(stated)),
        ("mentions", _mentions(stated)),
        ("sources", _documents(documents, terms)),
        ("decisions", _decisions(decided)),
    ):
        _insert(connection, table, rows)
    mentions = Counter(
        o.value for f in stated.values() for each in f.values() for o in each if isinstance(o, NamedNode)
    )
    naming.write(connection, _names(resolved, mentions))
    connection.commit()
    return connection


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[str, ...]]) -> None:
    found = sorted(set(rows))
    if found:
        holes = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({holes})", found)


def is_statement(iri: str) -> bool:
    """Whether an IRI is that of a statement of a source."""
    return iri.startswith(SOURCE) and "#" in iri


def write_names(
    path: str,
    named: Mapping[str, _Terms],
    terms: Mapping[str, _Terms],
    decided: Iterable[_Terms],
    mentions: Counter[str],
) -> sqlite3.Connection:
    """Write an index of names, labels and decisions only.

    Args:
        path: of a new SQLite file, or ":memory:".
        named: what the resolved graph says of each thing with a name, by IRI and predicate.
        terms: the same of the ontology.
        decided: the same of the decisions of the editors.
        mentions: how often statements speak of each thing, by IRI.
    """
    connection = sqlite3.connect(path)
    connection.executescript(_NAMED)
    _insert(connection, "labels", _label_rows(named, terms))
    _insert(connection, "decisions", _decisions(decided))
    naming.write(connection, _names(named, mentions))
    connection.commit()
    return connection


def make_room(connection: sqlite3.Connection) -> None:
    """Make the tables for what is read of single nodes, beside those of names."""
    connection.executescript(_SCHEMA)


def add(
    connection: sqlite3.Connection,
    resolved: Mapping[str, _Terms],
    links: Iterable[tuple[str, str, str]],
    stated: Mapping[str, _Terms],
    mentions: Iterable[tuple[str, str, str]],
) -> None:
    """Add to an index all that there is to read of some nodes.

    Args:
        connection: to the index.
        resolved: what the resolved graph holds of them, by IRI and predicate.
        links: target, property name and node of what points at them.
        stated: what sources say of them, by IRI of the statement and predicate.
        mentions: thing, statement, and what that is about, of what names them.
    """
    _insert(connection, "nodes", _nodes(resolved))
    _insert(connection, "links", (link for link in links if link[2].startswith(ID)))
    _insert(connection, "statements", _statements(stated))
    _insert(connection, "mentions", mentions)


def add_documents(connection: sqlite3.Connection, documents: Mapping[str, _Terms], terms: Mapping[str, _Terms]) -> None:
    """Add the heads of sources to an index; `terms` is what the ontology says of their kinds."""
    _insert(connection, "sources", _documents(documents, terms))


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _texts(objects: Iterable[Any]) -> dict[str, str]:
    """Texts by language."""
    return dict(sorted((o.language or "", o.value) for o in objects if isinstance(o, Literal)))


def _values(found: _Terms) -> dict[str, list[str]]:
    """Values by property name, sorted; texts in a language are left out."""
    values = {
        "type" if predicate == RDF_TYPE else local(predicate): sorted(
            {o.value for o in objects if not (isinstance(o, Literal) and o.language)}
        )
        for predicate, objects in sorted(found.items())
    }
    return {name: each for name, each in values.items() if each}


def _mentioned(said: Mapping[str, Any]) -> Iterator[str]:
    """What a statement speaks of, as `_names` counts it."""
    yield from (value for values in said["values"].values() for value in values)
    yield from (*said["about"], *said["denies"], said["by"])


def _order(name: str) -> tuple[bool, str]:
    """The order of property names by their IRIs, in which they stand in the index."""
    return name not in ("type", "wasDerivedFrom"), name


def _nodes(resolved: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    for subject, found in resolved.items():
        if values := _values(found):
            yield subject, _dump(values)


def _label_rows(*graphs: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    for graph in graphs:
        for subject, found in graph.items():
            for predicate, role in _LABELS.items():
                if texts := _texts(found.get(predicate, ())):
                    yield subject, role, _dump(texts)


def _links(resolved: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    for subject, found in resolved.items():
        for predicate, objects in found.items():
            for target in objects:
                if isinstance(target, NamedNode) and target.value.startswith(ID):
                    yield target.value, local(predicate), subject


def _statements(stated: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    for subject, found in stated.items():
        own = {predicate: objects for predicate, objects in found.items() if predicate.startswith(CHUHAI)}
        said: dict[str, Any] = {"values": _values(own)}
        said["paraphrase"] = _texts(found.get(CHUHAI + "paraphrase", ()))
        said["by"] = next((o.value for o in found.get(_BY, ())), "")
        for name in ("about", "denies"):
            said[name] = said["values"].pop(name, [])
        for name in ("statementKind", "aboutType", "locator", "speaker"):
            said[name] = next(iter(said["values"].pop(name, [])), "")
        for about in said["about"]:
            yield about, subject, _dump(said)


def _mentions(stated: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    for subject, found in stated.items():
        for predicate, objects in found.items():
            for thing in objects:
                if predicate != _ABOUT and iri(thing).startswith(ID):
                    for about in found.get(_ABOUT, ()):
                        yield thing.value, subject, about.value


def _documents(documents: Mapping[str, _Terms], terms: Mapping[str, _Terms]) -> Iterator[tuple[str, ...]]:
    schema, dcterms = PREFIXES["schema"], PREFIXES["dcterms"]
    for subject, found in documents.items():

        def one(predicate: str, found: _Terms = found) -> str:
            return next((o.value for o in found.get(predicate, ())), "")

        document = {
            "title": _texts(found.get(dcterms + "title", ())),
            "url": one(schema + "url"),
            "publisher": one(CHUHAI + "publisher"),
            "published": one(schema + "datePublished"),
            "published_by": one(CHUHAI + "notAfter"),
            "kind": local(one(dcterms + "type")),
            "official": CHUHAI + "official" in terms.get(one(dcterms + "type"), {}),
            "language": one(schema + "inLanguage"),
            "repost": one(CHUHAI + "repost") == "true",
            "copies": sorted(o.value for o in found.get(_DERIVED, ())),
        }
        yield subject, _dump(document)


def _decisions(decided: Iterable[_Terms]) -> Iterator[tuple[str, ...]]:
    for found in decided:
        for chosen in found.get(CHUHAI + "chosen", ()):
            name = local(found[CHUHAI + "decidedProperty"][0].value)
            yield found[_ABOUT][0].value, name, chosen.value, _dump(_texts(found.get(_NOTE, ())))


def _names(resolved: Mapping[str, _Terms], mentions: Counter[str]) -> Iterator[Name]:
    """Names of things in the resolved graph, with how often statements speak of each."""
    for subject, found in resolved.items():
        if subject.startswith(ID):
            for predicate, role in _NAMES.items():
                for text in found.get(predicate, ()):
                    if isinstance(text, Literal):
                        yield Name(text.value, text.language or "", role, compact(subject), mentions[subject])
