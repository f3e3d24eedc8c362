"""What is known apart from the rows of a table: what the facts and the imports tell of, in an index of its own.

The index is derived and lies beside the stores. Whoever imports brings it up to date: by sizes and times of their
files only what changed is read again, the facts as a whole and each import by itself. Where it cannot be kept or read,
one is made for the moment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from graph import load
from graph.folder import imports_folder, stamp_of_facts, stamp_of_file
from graph.sources import folder as kept
from graph.store import folder_for
from ontology import CHUHAI, ID, SOURCE, vocabulary

FILE = ".known.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS known.stamps (source TEXT PRIMARY KEY, stamp TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS known.terms (iri TEXT, source TEXT, class TEXT, PRIMARY KEY (iri, source)) WITHOUT ROWID;
"""
_FACTS = ""
"""Stands for the facts where an import has its slug: it sorts before all of them."""


def attach(base: sqlite3.Connection, facts: Path) -> None:
    """Attach the index of a folder of facts and its imports as `known`, up to date.

    Its table `terms` holds IRIs with the name of their class, if they have one, and the slug of the import that tells
    of them, "" for the facts; a source that tells of one as several things counts by the first.

    Raises:
        DataError: if the facts are wrong.
    """
    path = folder_for(facts) / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        base.execute("ATTACH ? AS known", (str(path),))
        base.execute("PRAGMA known.journal_mode = WAL")  # who reads it does not wait for who writes it
        base.execute("PRAGMA known.synchronous = NORMAL")  # what a loss of power takes is read again
        _update(base, facts)
    except (OSError, sqlite3.Error) as error:
        forget_damaged(facts, error)
        with suppress(sqlite3.Error):
            base.execute("DETACH known")
        base.execute("ATTACH '' AS known")
        _update(base, facts)


def forget_damaged(facts: Path, error: Exception) -> bool:
    """Take the index away if an error says that it is damaged: the next import makes it anew. Gives whether it did."""
    is_damaged = type(error) is sqlite3.DatabaseError  # what is locked, full or read-only has classes of its own
    if is_damaged:
        (folder_for(facts) / FILE).unlink(missing_ok=True)
    return is_damaged


def _update(base: sqlite3.Connection, facts: Path) -> None:
    """Read what changed; all or nothing."""
    base.execute("BEGIN IMMEDIATE")
    try:
        for statement in _TABLES.split(";"):
            base.execute(statement)
        before = dict(base.execute("SELECT source, stamp FROM known.stamps"))
        place = imports_folder(facts)
        now = {_FACTS: stamp_of_facts(facts)}
        now |= {slug: stamp_of_file(place / slug / kept.TERMS) for slug in kept.slugs(place)}
        for source in sorted(before.keys() | now.keys()):
            if source in before and before[source] == now.get(source) != "":
                continue
            if source in before:
                base.execute("DELETE FROM known.terms WHERE source = ?", (source,))
                base.execute("DELETE FROM known.stamps WHERE source = ?", (source,))
            if source in now:
                told = _of_facts(facts) if source == _FACTS else _of_import(place, source)
                rows = ((iri, source, name) for iri, name in told)
                base.executemany("INSERT OR IGNORE INTO known.terms VALUES (?, ?, ?)", rows)
                base.execute("INSERT INTO known.stamps VALUES (?, ?)", (source, now[source]))
        base.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise


def _of_facts(facts: Path) -> Iterator[tuple[str, str]]:
    for document in load.load_kept(facts, folder_for(facts) / load.KEPT).documents:
        for node in document["@graph"]:
            yield node["id"], ""
            if isinstance(node.get("about"), str):
                yield node["about"], node.get("aboutType", "").removeprefix(CHUHAI)
    yield from ((f"{ID}place/{name}", "Place") for name in vocabulary().places)


def _of_import(place: Path, slug: str) -> Iterator[tuple[str, str]]:
    yield SOURCE + slug, ""
    yield from kept.terms(place / slug)
