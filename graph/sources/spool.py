"""What the rows of a table give, kept on disk until all are read, and settled as a whole.

Which row is a duplicate, which rows contradict one another and which refer to nothing is decided when all rows are
known, by what they hold and never by their order; then all is written sorted. SQLite does it within a bounded memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;
CREATE TABLE rows (number INTEGER PRIMARY KEY, content INTEGER, key INTEGER, repaired INTEGER);
CREATE TABLE blocks (subject TEXT, row INTEGER, lines TEXT);
CREATE TABLE told (iri TEXT, class TEXT, row INTEGER);
CREATE TABLE needs (iri TEXT, row INTEGER);
CREATE TABLE out (row INTEGER PRIMARY KEY, outcome TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE elsewhere (iri TEXT PRIMARY KEY, class TEXT) WITHOUT ROWID;
"""
_BATCH = 20_000


class Given(NamedTuple):
    """What one row gives.

    `blocks` are subjects with their lines, `told` what it brings or tells of with its class, `needs` what it refers
    to and does not bring; `key` is "" where the row has no key of its own.
    """

    number: int
    content: str
    key: str
    repaired: bool
    blocks: list[tuple[str, str]]
    told: list[tuple[str, str]]
    needs: list[str]


def digest(text: str) -> int:
    """A number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


class Spool:
    """Collects rows, settles them, and gives what is left in order of subject."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")
        self._rows: list[tuple[int, int, int | None, bool]] = []
        self._blocks: list[tuple[str, int, str]] = []
        self._told: list[tuple[str, str, int]] = []
        self._needs: list[tuple[str, int]] = []

    def close(self) -> None:
        """Forget everything."""
        self._base.close()
        self._path.unlink(missing_ok=True)

    def elsewhere(self, terms: Iterable[tuple[str, str]]) -> None:
        """Make known what the graph holds apart from this import: IRIs with their class."""
        self._base.executemany("INSERT OR IGNORE INTO elsewhere VALUES (?, ?)", terms)

    def add(self, given: Given) -> None:
        """Take what a row gives."""
        number = given.number
        self._rows.append((number, digest(given.content), digest(given.key) if given.key else None, given.repaired))
        self._blocks += [(subject, number, lines) for subject, lines in given.blocks]
        self._told += [(iri, name, number) for iri, name in given.told]
        self._needs += [(iri, number) for iri in given.needs]
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", self._rows)
        self._base.executemany("INSERT INTO blocks VALUES (?, ?, ?)", self._blocks)
        self._base.executemany("INSERT INTO told VALUES (?, ?, ?)", self._told)
        self._base.executemany("INSERT INTO needs VALUES (?, ?)", self._needs)
        for batch in (self._rows, self._blocks, self._told, self._needs):
            batch.clear()

    def settle(self) -> None:
        """Decide which rows are duplicates, and which cannot enter."""
        self._flush()
        run = self._base.execute
        run(
            "INSERT OR IGNORE INTO out SELECT number, 'duplicate', 'the same as row ' || first FROM"
            " (SELECT number, min(number) OVER (PARTITION BY content) AS first FROM rows) WHERE number > first"
        )
        run(
            "INSERT OR IGNORE INTO out SELECT number, 'rejected', 'another row says otherwise under the same key: row '"
            " || CASE number WHEN first THEN last ELSE first END FROM (SELECT number, min(number) OVER w AS first,"
            " max(number) OVER w AS last FROM rows WHERE key IS NOT NULL AND number NOT IN (SELECT row FROM out)"
            " WINDOW w AS (PARTITION BY key)) WHERE first < last"
        )
        run("CREATE INDEX by_told ON told (iri, class)")
        run(
            "INSERT OR IGNORE INTO out SELECT row, 'rejected', 'it takes ' || iri || ' for a ' || class ||"
            " ', and something else takes it for a ' || other FROM (SELECT told.row, told.iri, told.class, coalesce("
            " (SELECT class FROM elsewhere e WHERE e.iri = told.iri AND e.class <> told.class),"
            " (SELECT class FROM told t WHERE t.iri = told.iri AND t.class < told.class ORDER BY class LIMIT 1),"
            " (SELECT class FROM told t WHERE t.iri = told.iri AND t.class > told.class ORDER BY class LIMIT 1))"
            " AS other FROM told) WHERE other IS NOT NULL"
        )
        run("CREATE TABLE open AS SELECT iri, row FROM needs WHERE iri NOT IN (SELECT iri FROM elsewhere)")
        while run(
            "INSERT OR IGNORE INTO out SELECT row, 'rejected', 'nothing is known of ' || min(iri) FROM open"
            " WHERE row NOT IN (SELECT row FROM out) AND NOT EXISTS (SELECT 1 FROM told WHERE told.iri = open.iri"
            " AND told.row NOT IN (SELECT row FROM out)) GROUP BY row"
        ).rowcount:
            pass

    def outs(self) -> Iterator[tuple[int, str, str]]:
        """The rows that do not enter, in their order: number, duplicate or rejected, why."""
        yield from self._base.execute("SELECT row, outcome, reason FROM out ORDER BY row")

    def counts(self) -> dict[str, int]:
        """How many rows came to each outcome."""
        found = dict(self._base.execute("SELECT outcome, count(*) FROM out GROUP BY outcome"))
        (repaired, whole), = self._base.execute(
            "SELECT coalesce(sum(repaired), 0), count(*) FROM rows WHERE number NOT IN (SELECT row FROM out)"
        )
        done = {"imported": whole - repaired, "repaired": repaired}
        return {**done, "rejected": found.get("rejected", 0), "duplicate": found.get("duplicate", 0)}

    def terms(self) -> Iterator[tuple[str, str]]:
        """What the rows that enter bring or tell of, sorted."""
        yield from self._base.execute(
            "SELECT DISTINCT iri, class FROM told WHERE row NOT IN (SELECT row FROM out) ORDER BY iri"
        )

    def blocks(self) -> Iterator[tuple[str, str]]:
        """What the rows that enter say, by subject."""
        yield from self._base.execute(
            "SELECT DISTINCT subject, lines FROM blocks WHERE row NOT IN (SELECT row FROM out) ORDER BY subject, lines"
        )
