"""The index: one SQLite file, written with each build, out of which lookups are answered.

It holds what the resolved graph holds of each node, which nodes point at which, what each source says of
them, and the names of things. Everything in it also stands in the quads; reading it costs a fraction.

Rows are given in any order and put into that of their keys by SQLite, which sorts on disk what memory cannot hold:
first what is said, which is all that the rules of resolution need, then what holds.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from orjson import loads
from pyoxigraph import Literal, NamedNode, Quad

from graph import rows
from graph.garbage import uncollected
from graph.imports import LeftOut
from graph.lines import Subject, Terms, ordered, subjects
from graph.moment import TOLD
from graph.naming import Names
from graph.rows import TABLES, Row, dump
from graph.terms import iri as iri_of
from ontology import (
    ALT_LABEL,
    EDITORIAL,
    EXACT_MATCH,
    ID,
    ONTOLOGY,
    PREF_LABEL,
    REGISTER,
    RESOLVED,
    SOURCE,
    compact,
    vocabulary,
)

_OTHERS = """
CREATE TABLE left_out (statement TEXT PRIMARY KEY, problem TEXT NOT NULL, import TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE staged.register (iri TEXT, terms TEXT);
"""
_ROWS = 5_000
"""How many rows of a table wait until they are written."""

_CACHE_KIB = {"main": 32_000, "staged": 16_000}
"""The pages that stay in memory: rows come and go in order, so that more of them would not be read again."""


def write(quads: Iterable[Quad], path: str = ":memory:") -> sqlite3.Connection:
    """Write the index of a graph as it stands: nothing is resolved anew.

    Args:
        quads: the whole graph, in any order; those with a blank node are passed over.
        path: of a new SQLite file, or ":memory:".

    Returns:
        The open connection.
    """
    with uncollected():
        index = Index(path)
        for subject in subjects(line.partition("\t")[2] for line in ordered(_in_turn(quads))):
            if subject.graph not in (RESOLVED, ONTOLOGY):
                index.tell(subject)
                continue
            index.label(subject.iri, subject.terms)
            if subject.graph == RESOLVED:
                if held := rows.held(subject.terms):
                    index.hold(subject.iri, held)
                if subject.iri.startswith(ID):
                    index.name(subject.iri, subject.terms)
        index.told(())
        index.finish()
        index.commit()
        return index.connection


def _in_turn(quads: Iterable[Quad]) -> Iterator[str]:
    """What an index is written from, each line after its turn: first what is said, then what holds."""
    turns = {EDITORIAL: "0", RESOLVED: "1", ONTOLOGY: "2"}
    for quad in quads:
        name = iri_of(quad.graph_name)
        turn = turns.get(name, "0" if name.startswith(SOURCE) else "")
        if turn and isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            yield f"{turn}{name}\t{quad} .\n"


def beginnings_of_things() -> tuple[str, ...]:
    """How the IRIs of things begin, which stand in the register: kind by kind."""
    kinds_of = vocabulary().slug_kinds
    kinds = {*kinds_of.values()} - {kinds_of[name] for name in TOLD}
    return tuple(f"{ID}{kind}/" for kind in sorted(kinds))


def make_room(connection: sqlite3.Connection, tables: Iterable[str] = TABLES) -> None:
    """Make tables that are read by their keys, without a row."""
    for table in tables:
        connection.execute(f"CREATE TABLE main.{table} {TABLES[table]} WITHOUT ROWID")


def revise(
    connection: sqlite3.Connection,
    nodes: Mapping[str, Mapping[str, Iterable[str]]],
    unlinked: Iterable[Row],
    linked: Iterable[Row],
) -> None:
    """Put other values of nodes into an index.

    Args:
        connection: to the index, which is written to.
        nodes: the values of those that change, by IRI and property name; without values a node goes.
        unlinked, linked: target, property name and node of the links that go and come.
    """
    connection.executemany("DELETE FROM nodes WHERE iri = ?", [(node,) for node in nodes])
    connection.executemany("INSERT INTO nodes VALUES (?, ?)", [(i, dump(held)) for i, held in nodes.items() if held])
    connection.executemany("DELETE FROM links WHERE target = ? AND property = ? AND node = ?", unlinked)
    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", linked)
    connection.commit()


def take_out(connection: sqlite3.Connection, sources: Iterable[str]) -> None:
    """Take sources, by IRI, and what they say out of an index."""
    connection.execute("CREATE TEMP TABLE gone (iri TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO gone VALUES (?)", [(source,) for source in sources])
    said = "substr({0}, 1, instr({0}, '#') - 1) IN (SELECT iri FROM gone)"
    mentions = _mentioned(connection, said.format("iri"))
    connection.execute(f"DELETE FROM statements WHERE {said.format('iri')}")
    connection.execute(f"DELETE FROM mentions WHERE {said.format('statement')}")
    connection.execute("DELETE FROM sources WHERE iri IN (SELECT iri FROM gone)")
    less = [(count, compact(thing)) for thing, count in mentions.items()]
    connection.executemany("UPDATE names SET mentions = mentions - ? WHERE thing = ?", less)
    connection.commit()


class Index:
    """Writes the index of a build.

    `connection` is to what was written; `kinds` is a JSON list of the kinds of things, which stand in the register,
    `things` are the beginnings of their identifiers, and `mentioned` is how often statements speak of each, by IRI.
    """

    def __init__(self, path: str, beside: str = "") -> None:
        """Begin a new SQLite file (or ":memory:"); `beside` is one for rows that wait for their order."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        self._run = self.connection.execute
        self._run("ATTACH ? AS staged", (beside,))
        for name, cache in _CACHE_KIB.items():  # a build that breaks off is thrown away
            self._run(f"PRAGMA {name}.journal_mode = OFF")
            self._run(f"PRAGMA {name}.synchronous = OFF")
            self._run(f"PRAGMA {name}.cache_size = -{cache}")
        self._run("BEGIN")
        make_room(self.connection)
        for statement in _OTHERS.split(";"):
            self._run(statement)
        for table in TABLES:
            self._run(f"CREATE TABLE staged.{table} AS SELECT * FROM main.{table}")
        self._waiting: dict[str, list[Row]] = {table: [] for table in ("register", *TABLES)}
        self.things = beginnings_of_things()
        self.kinds = dump([beginning.removeprefix(ID)[:-1] for beginning in self.things])
        self._named = tuple(f"<{thing}" for thing in self.things)
        self.mentioned: Counter[str] = Counter()
        self._names = Names(self.connection)

    def _add(self, found: Iterable[Row]) -> None:
        for row in found:
            waiting = self._waiting[row[0]]
            waiting.append(row[1:])
            if len(waiting) >= _ROWS:
                self._write(row[0])

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
        return ", ".join(name for _, name, *_, key in columns if key)

    # What is said

    def tell(self, subject: Subject) -> None:
        """Take what a source graph, the register or the editors say of a subject."""
        if subject.graph == REGISTER:
            self.thing(subject.iri, subject.terms)
        elif subject.graph == EDITORIAL:
            self._add(rows.decision(subject.terms))
        elif subject.iri == subject.graph:
            self._add([rows.document(subject.iri, subject.terms)])
        else:
            self._add(rows.statement(subject.iri, subject.terms))
            for objects in subject.terms.values():
                for term in objects:
                    if term.startswith(self._named):
                        self.mentioned[term[1:-1]] += 1

    def thing(self, iri: str, terms: Terms) -> None:
        """Take what is held of a thing without any source."""
        self._add([("register", iri, dump(terms))])

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
            self.connection.executemany("INSERT OR IGNORE INTO left_out VALUES (?, ?, ?)", statements)
            self.mentioned.subtract(_mentioned(self.connection, "iri IN (SELECT statement FROM left_out)"))
            for table, column in (("statements", "iri"), ("mentions", "statement")):
                self._run(f"DELETE FROM {table} WHERE {column} IN (SELECT statement FROM left_out)")

    def credit(self, slug: str, statements: Iterable[str]) -> None:
        """Keep on record with which import statements came that were left out."""
        rows = ((slug, statement) for statement in statements)
        self.connection.executemany("UPDATE left_out SET import = ? WHERE statement = ?", rows)

    # What holds

    def registered(self, iri: str) -> Terms:
        """What is held of a thing without any source."""
        found = self._run("SELECT terms FROM register WHERE iri = ? ORDER BY rowid", (iri,))
        return _joined([loads(terms) for (terms,) in found])

    def register(self) -> Iterator[tuple[str, Terms]]:
        """Every thing, and what is held of it without any source."""
        found = self._run("SELECT iri, terms FROM register ORDER BY iri, rowid")
        for iri, group in groupby(found, itemgetter(0)):
            yield iri, _joined([loads(terms) for _, terms in group])

    def hold(self, iri: str, held: Mapping[str, Iterable[str]]) -> None:
        """Take the values of a node by property name; of two nodes with one IRI the first stays."""
        self._add(rows.node(iri, held))

    def label(self, iri: str, terms: Terms) -> None:
        """Take the labels of a thing, a concept or a term."""
        self._add(rows.labels(iri, terms))

    def name(self, iri: str, terms: Terms) -> None:
        """Take all names of a thing."""
        self._names.add(rows.names(iri, terms, self.mentioned[iri]))

    def finish(self) -> None:
        """All was given: put it in order, and add the names of the things of the register.

        What is slow about names is left for now, when the quads are being loaded beside it.
        """
        self._settle("nodes", "links", "labels")
        for iri, terms in self.register():
            self.name(iri, terms)
        self._names.close()

    def commit(self) -> None:
        """Make it a file that others can read."""
        self._run("COMMIT")
        self._run("DETACH staged")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def _mentioned(connection: sqlite3.Connection, condition: str) -> Counter[str]:
    """How often the statements of an index that meet a condition speak of each thing."""
    told = connection.execute(f"SELECT DISTINCT iri, said FROM statements WHERE {condition}")
    return Counter(thing for _, said in told for thing in rows.mentioned(loads(said)))


def _joined(parts: Sequence[Terms]) -> Terms:
    """What several registers say of one thing: the labels of its own first entry stay, others are aliases."""
    if len(parts) < 2:
        return parts[0] if parts else {}
    first, *others = sorted(parts, key=lambda terms: any(t.startswith(f"<{ID}") for t in terms.get(EXACT_MATCH, ())))
    found = {predicate: [*objects] for predicate, objects in first.items()}
    for other in others:
        for predicate, objects in other.items():
            found.setdefault(ALT_LABEL if predicate == PREF_LABEL else predicate, []).extend(objects)
    labels = set(found.get(PREF_LABEL, ()))
    return {
        predicate: [t for t in dict.fromkeys(objects) if predicate != ALT_LABEL or t not in labels]
        for predicate, objects in found.items()
    }
