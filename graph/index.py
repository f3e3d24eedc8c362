"""The index: one SQLite file, written with each build, out of which lookups are answered.

It holds what the resolved graph holds of each node, which nodes point at which, what each source says of
them, and the names of things. Everything in it also stands in the quads; reading it costs a fraction.

Rows are given in any order and put into that of their keys by SQLite, which sorts on disk what memory cannot hold:
first what is said, which is all that the rules of resolution need, then what holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.imports import LeftOut
from graph.lines import Subject, Terms, has_language, literal, value
from graph.moment import TOLD
from graph.names import Name
from graph.naming import Names
from ontology import (
    ALT_LABEL,
    CHUHAI,
    EDITORIAL,
    EXACT_MATCH,
    ID,
    PREF_LABEL,
    PREFIXES,
    REGISTER,
    compact,
    local,
    vocabulary,
)

_SCHEMA = """
CREATE TABLE nodes (iri TEXT PRIMARY KEY, held TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE labels (iri TEXT, role TEXT, texts TEXT NOT NULL, PRIMARY KEY (iri, role)) WITHOUT ROWID;
CREATE TABLE links (target TEXT, property TEXT, node TEXT, PRIMARY KEY (target, property, node)) WITHOUT ROWID;
CREATE TABLE statements (about TEXT, iri TEXT, said TEXT NOT NULL, PRIMARY KEY (about, iri)) WITHOUT ROWID;
CREATE TABLE mentions (thing TEXT, statement TEXT, about TEXT, PRIMARY KEY (thing, statement, about)) WITHOUT ROWID;
CREATE TABLE decisions (about TEXT, property TEXT, statement TEXT, reasons TEXT, PRIMARY KEY (about, property))
    WITHOUT ROWID;
CREATE TABLE sources (iri TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE left_out (statement TEXT PRIMARY KEY, problem TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE staged.register (iri TEXT, terms TEXT);
"""
_COLUMNS = {"nodes": 2, "labels": 3, "links": 3, "statements": 3, "mentions": 3, "decisions": 4, "sources": 2}
_ROWS = 5_000
"""How many rows of a table wait until they are written."""

_CACHE_KIB = 64_000

_ABOUT, _DENIES, _CHOSEN, _PARAPHRASE = (CHUHAI + name for name in ("about", "denies", "chosen", "paraphrase"))
_ONE = ("statementKind", "aboutType", "locator", "speaker")
_APART = frozenset({_ABOUT, _DENIES, *(CHUHAI + name for name in _ONE)})
"""What a statement says of itself."""

_LABELS = {PREF_LABEL: "label", PREFIXES["rdfs"] + "label": "label", CHUHAI + "caption": "caption"}
_NAMES = {PREF_LABEL: "label", ALT_LABEL: "alias", CHUHAI + "formerName": "formerName"}
_BY, _DERIVED = PREFIXES["prov"] + "wasAttributedTo", PREFIXES["prov"] + "wasDerivedFrom"
_NOTE = PREFIXES["skos"] + "note"

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Index:
    """Writes the index of a build.

    `connection` is to what was written; `kinds` is a JSON list of the kinds of things, which stand in the register, and
    `things` are the beginnings of their identifiers.
    """

    def __init__(self, path: str, beside: str = ":memory:") -> None:
        """Begin a new SQLite file (or ":memory:"); `beside` is one for rows that wait for their order."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        self._run = self.connection.execute
        self._run("ATTACH ? AS staged", (beside,))
        for name in ("main", "staged"):  # a build that breaks off is thrown away
            self._run(f"PRAGMA {name}.journal_mode = OFF")
            self._run(f"PRAGMA {name}.synchronous = OFF")
            self._run(f"PRAGMA {name}.cache_size = -{_CACHE_KIB}")
        self._run("BEGIN")
        for statement in _SCHEMA.split(";"):
            self._run(statement)
        for table, columns in _COLUMNS.items():
            self._run(f"CREATE TABLE staged.{table} ({', '.join('abcd'[:columns])})")
        self._waiting: dict[str, list[tuple[str, ...]]] = {table: [] for table in ("register", *_COLUMNS)}
        kinds_of = vocabulary().slug_kinds
        kinds = {*kinds_of.values()} - {kinds_of[name] for name in TOLD}
        self.kinds = _dump(sorted(kinds))
        self.things = tuple(f"{ID}{kind}/" for kind in sorted(kinds))
        self._named = tuple(f"<{thing}" for thing in self.things)
        self._edges = {p.name for p in vocabulary().properties.values() if p.is_object} | {
            "wasDerivedFrom",
            "exactMatch",
        }
        self._mentioned: Counter[str] = Counter()
        self._names = Names(self.connection)

    def _add(self, table: str, *row: str) -> None:
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _ROWS:
            self._write(table)

    def _write(self, table: str) -> None:
        if waiting := self._waiting[table]:
            self.connection.executemany(
                f"INSERT INTO staged.{table} VALUES ({', '.join('?' * len(waiting[0]))})", waiting
            )
            waiting.clear()

    def _settle(self, *tables: str) -> None:
        """Put the rows of tables in order; of two with one key the first stays."""
        for table in tables:
            self._write(table)
            self._run(
                f"INSERT OR IGNORE INTO main.{table} SELECT * FROM staged.{table} ORDER BY {self._key(table)}, rowid"
            )
            self._run(f"DROP TABLE staged.{table}")

    def _key(self, table: str) -> str:
        columns = self._run(f"PRAGMA main.table_info({table})").fetchall()
        return ", ".join("abcd"[place] for place, *_, key in columns if key)

    # What is said

    def tell(self, subject: Subject) -> None:
        """Take what a source graph, the register or the editors say of a subject."""
        if subject.graph == REGISTER:
            self.thing(subject.iri, subject.terms)
        elif subject.graph == EDITORIAL:
            self._decision(subject.terms)
        elif subject.iri == subject.graph:
            self._add("sources", subject.iri, _dump(_document(subject.terms)))
        else:
            self._statement(subject.iri, subject.terms)

    def thing(self, iri: str, terms: Terms) -> None:
        """Take what is held of a thing without any source."""
        self._add("register", iri, _dump(terms))

    def told(self, places: Iterable[tuple[str, Terms]]) -> None:
        """All was said, and this is held of places: what is read of it from now on stands in order."""
        for iri, terms in places:
            self.thing(iri, terms)
        self._settle("statements", "mentions", "decisions", "sources")
        self._write("register")
        self._run("CREATE INDEX staged.register_by_iri ON register (iri)")

    def leave_out(self, statements: Sequence[LeftOut]) -> None:
        """Take statements out again, and keep on record why."""
        if statements:
            self.connection.executemany("INSERT OR IGNORE INTO left_out VALUES (?, ?)", statements)
            for table, column in (("statements", "iri"), ("mentions", "statement")):
                self._run(f"DELETE FROM {table} WHERE {column} IN (SELECT statement FROM left_out)")

    def _statement(self, iri: str, terms: Terms) -> None:
        about = _plain(terms.get(_ABOUT, ()))
        said: dict[str, Any] = {
            "values": {p[len(CHUHAI) :]: v for p in sorted(terms) if _is_value(p) and (v := _plain(terms[p]))},
            "paraphrase": _texts(terms.get(_PARAPHRASE, ())),
            "by": _first(terms, _BY),
            "about": about,
            "denies": _plain(terms.get(_DENIES, ())),
        }
        for name in _ONE:
            said[name] = _first(terms, CHUHAI + name)
        dumped = _dump(said)
        for each in about:
            self._add("statements", each, iri, dumped)
        for predicate, objects in terms.items():
            for term in objects:
                if term.startswith(_THING):
                    thing = term[1:-1]
                    if term.startswith(self._named):
                        self._mentioned[thing] += 1
                    if predicate != _ABOUT:
                        for each in about:
                            self._add("mentions", thing, iri, each)

    def _decision(self, terms: Terms) -> None:
        for chosen in terms.get(_CHOSEN, ()):
            name = local(_first(terms, CHUHAI + "decidedProperty"))
            self._add("decisions", _first(terms, _ABOUT), name, value(chosen), _dump(_texts(terms.get(_NOTE, ()))))

    # What holds

    def registered(self, iri: str) -> Terms:
        """What is held of a thing without any source."""
        rows = self._run("SELECT terms FROM register WHERE iri = ? ORDER BY rowid", (iri,))
        return _joined([json.loads(terms) for (terms,) in rows])

    def register(self) -> Iterator[tuple[str, Terms]]:
        """Every thing, and what is held of it without any source."""
        rows = self._run("SELECT iri, terms FROM register ORDER BY iri, rowid")
        for iri, group in groupby(rows, itemgetter(0)):
            yield iri, _joined([json.loads(terms) for _, terms in group])

    def hold(self, iri: str, held: Mapping[str, list[str]]) -> None:
        """Take the values of a node by property name; of two nodes with one IRI the first stays."""
        self._add("nodes", iri, _dump(held))
        for name, values in held.items():
            for target in values:
                if target.startswith(ID) and name in self._edges:
                    self._add("links", target, name, iri)

    def label(self, iri: str, terms: Terms) -> None:
        """Take the labels of a thing, a concept or a term."""
        for predicate, role in _LABELS.items():
            if texts := _texts(terms.get(predicate, ())):
                self._add("labels", iri, role, _dump(texts))

    def name(self, iri: str, terms: Terms) -> None:
        """Take all names of a thing."""
        self._names.add([
            Name(text, language, role, compact(iri), self._mentioned[iri])
            for predicate, role in _NAMES.items()
            for text, language in map(literal, terms.get(predicate, ()))
        ])  # fmt: skip

    def finish(self) -> None:
        """All was given: put it in order."""
        self._settle("nodes", "links", "labels")
        self._names.close()

    def commit(self) -> None:
        """Make it a file that others can read."""
        self._run("COMMIT")
        self._run("DETACH staged")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


_THING = f"<{ID}"


def _is_value(predicate: str) -> bool:
    return predicate.startswith(CHUHAI) and predicate not in _APART


def _plain(terms: Iterable[str]) -> list[str]:
    """IRIs and texts without a language, sorted."""
    return sorted({value(term) for term in terms if not has_language(term)})


def _texts(terms: Iterable[str]) -> dict[str, str]:
    """Texts by language."""
    return dict(sorted((language, text) for text, language in map(literal, terms)))


def _first(terms: Terms, predicate: str) -> str:
    return value(terms[predicate][0]) if predicate in terms else ""


def _joined(parts: Sequence[Terms]) -> Terms:
    """What several registers say of one thing: the labels of its own first entry stay, others are aliases."""
    if len(parts) < 2:
        return parts[0] if parts else {}
    first, *others = sorted(parts, key=lambda terms: any(t.startswith(_THING) for t in terms.get(EXACT_MATCH, ())))
    found = {predicate: [*objects] for predicate, objects in first.items()}
    for other in others:
        for predicate, objects in other.items():
            found.setdefault(ALT_LABEL if predicate == PREF_LABEL else predicate, []).extend(objects)
    labels = set(found.get(PREF_LABEL, ()))
    return {
        predicate: [t for t in dict.fromkeys(objects) if predicate != ALT_LABEL or t not in labels]
        for predicate, objects in found.items()
    }


def _document(terms: Terms) -> dict[str, Any]:
    schema, dcterms = PREFIXES["schema"], PREFIXES["dcterms"]
    kind = local(_first(terms, dcterms + "type"))
    concept = vocabulary().concepts.get(kind)
    return {
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
