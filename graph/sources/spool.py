"""What the rows of a table give, kept on disk until all are read, and settled as a whole.

Which row is a duplicate, which rows contradict one another and which refer to nothing is decided when all rows are
known, by what they hold and never by their order; then all is written sorted. SQLite does it within a bounded memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from graph.moment import TOLD
from graph.sources import known
from graph.sources.reasons import Reason, in_english
from ontology import ALT_LABEL, ID, PREF_LABEL, SOURCE

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;
CREATE TABLE rows (number INTEGER PRIMARY KEY, content INTEGER, key INTEGER, repaired TEXT);
CREATE TABLE blocks (subject TEXT, row INTEGER, lines TEXT);
CREATE TABLE told (iri TEXT, class TEXT, row INTEGER, brings INTEGER);
CREATE TABLE needs (iri TEXT, row INTEGER);
CREATE TABLE out (row INTEGER PRIMARY KEY, outcome TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE own (slug TEXT);
CREATE TEMP VIEW elsewhere AS
  SELECT iri, source, class, source = '' AS is_fact FROM known.terms WHERE source <> (SELECT slug FROM own);
"""
_BATCH = 20_000


class Given(NamedTuple):
    """What one row gives.

    `blocks` are subjects with their lines; `told` is what there is by this row, with its class and whether it brings it
    to the register; `needs` is what it refers to; `key` is "" where the row has no key of its own; `repaired` is what
    was repaired.
    """

    number: int
    content: str
    key: str
    repaired: tuple[Reason, ...]
    blocks: list[tuple[str, str]]
    told: list[tuple[str, str, bool]]
    needs: list[str]

    def tells_of(self, iri: str, name: str) -> None:
        """Add what a statement tells of, by its class: an event is there by being told, a thing has to be brought."""
        if name in TOLD:
            self.told.append((iri, name, False))
        else:
            self.needs.append(iri)


def digest(text: str) -> int:
    """A number of 64 bits that stands for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


class Spool:
    """Collects rows, settles them, and gives what is left in order of subject."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(_TABLES)
        self._rows: list[tuple[int, int, int | None, str]] = []
        self._blocks: list[tuple[str, int, str]] = []
        self._told: list[tuple[str, str, int, bool]] = []
        self._needs: list[tuple[str, int]] = []

    def close(self) -> None:
        """Forget everything."""
        self._base.close()
        self._path.unlink(missing_ok=True)

    def elsewhere(self, facts: Path, slug: str) -> None:
        """Make known what a folder of facts tells of apart from the import of a slug; after that rows may be added.

        Raises:
            DataError: if the facts are wrong.
        """
        self._base.execute("INSERT INTO own VALUES (?)", (slug,))
        known.attach(self._base, facts)
        self._base.execute("BEGIN")

    def holder(self, iri: str) -> str | None:
        """Who else tells of something: the slug of an import, "" for the facts, None for nobody."""
        found = self._base.execute("SELECT min(source) FROM elsewhere WHERE iri = ?", (iri,)).fetchone()
        return None if found[0] is None else str(found[0])

    def add(self, given: Given) -> None:
        """Take what a row gives."""
        number = given.number
        key = digest(given.key) if given.key else None
        self._rows.append((number, digest(given.content), key, _kept(given.repaired)))
        self._blocks += [(subject, number, lines) for subject, lines in given.blocks]
        self._told += [(iri, name, number, brings) for iri, name, brings in given.told]
        self._needs += [(iri, number) for iri in given.needs]
        if len(self._rows) >= _BATCH:
            self._flush()

    def reject(self, number: int, reason: Reason) -> None:
        """Take note of a row that cannot enter."""
        self._base.execute("INSERT INTO out VALUES (?, 'rejected', ?)", (number, _kept((reason,))))

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", self._rows)
        self._base.executemany("INSERT INTO blocks VALUES (?, ?, ?)", self._blocks)
        self._base.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", self._told)
        self._base.executemany("INSERT INTO needs VALUES (?, ?)", self._needs)
        for batch in (self._rows, self._blocks, self._told, self._needs):
            batch.clear()

    def settle(self) -> None:
        """Decide which rows are duplicates, and which cannot enter."""
        self._flush()
        run = self._base.execute
        run("CREATE INDEX by_told ON told (iri, class)")
        run(f"INSERT OR IGNORE INTO out {_DUPLICATES}")
        run(f"INSERT OR IGNORE INTO out {_CONTRADICTIONS}")
        run(f"INSERT OR IGNORE INTO out {_CLASSES}")
        run(f"CREATE TABLE open AS SELECT DISTINCT iri, row FROM needs WHERE {_NOWHERE}")
        while run(f"INSERT OR IGNORE INTO out {_UNKNOWN}", (len(ID) + 1,)).rowcount:
            pass

    def outs(self, also_repaired: bool = False) -> Iterator[tuple[int, str, tuple[Reason, ...]]]:
        """The rows that do not enter, in their order: number, outcome, why; with those repaired, and how, if asked."""
        repaired = (
            "SELECT number, 'repaired', repaired FROM rows WHERE repaired <> '' AND number NOT IN (SELECT row FROM out)"
        )
        query = "SELECT row, outcome, reason FROM out WHERE row > 0"
        found = self._base.execute(f"{query} {f'UNION ALL {repaired}' if also_repaired else ''} ORDER BY 1")
        yield from ((number, outcome, _told(kept)) for number, outcome, kept in found)

    def why_not(self) -> str:
        """Why the description of the document cannot enter, in English; "" if it can."""
        found = self._base.execute("SELECT reason FROM out WHERE row = 0").fetchone()
        return in_english(_told(found[0])) if found else ""

    def counts(self) -> dict[str, int]:
        """How many rows were read, and how many came to each outcome."""
        found = dict(self._base.execute("SELECT outcome, count(*) FROM out WHERE row > 0 GROUP BY outcome"))
        ((repaired, whole),) = self._base.execute(
            "SELECT coalesce(sum(repaired <> ''), 0), count(*) FROM rows"
            " WHERE number > 0 AND number NOT IN (SELECT row FROM out)"
        )
        ends = {"imported": whole - repaired, "repaired": repaired}
        ends |= {"rejected": found.get("rejected", 0), "duplicate": found.get("duplicate", 0)}
        return {"read": sum(ends.values()), **ends}

    def reasons(self) -> list[tuple[str, Reason, int]]:
        """What became of rows and why, with how many: the most frequent first."""
        found = Counter((outcome, reason.kind()) for _, outcome, why in self.outs(also_repaired=True) for reason in why)
        lines = [(outcome, reason, count) for (outcome, reason), count in found.items()]
        return sorted(lines, key=lambda line: (-line[2], line[0], line[1].of("en")))

    def terms(self) -> Iterator[tuple[str, str]]:
        """What the rows that enter bring or tell of, sorted; documents that the graph has already are not brought."""
        yield from self._base.execute(
            f"SELECT iri, min(class) FROM told WHERE row NOT IN (SELECT row FROM out)"
            f" AND NOT (brings AND {_DOCUMENT.format('told.iri')}) GROUP BY iri ORDER BY iri"
        )

    def blocks(self) -> Iterator[tuple[str, str]]:
        """What the rows that enter say: subjects, sorted, each with its lines, sorted."""
        found = self._base.execute(
            f"SELECT DISTINCT subject, lines FROM blocks WHERE row NOT IN (SELECT row FROM out)"
            f" AND NOT {_DOCUMENT.format('blocks.subject')} ORDER BY subject, lines"
        )
        for subject, group in groupby(found, key=itemgetter(0)):
            blocks = [lines for _, lines in group]
            yield subject, blocks[0] if len(blocks) == 1 else "\n".join(_one_label(blocks))


def _one_label(blocks: list[str]) -> list[str]:
    """The lines of several blocks, with one label in each language: the first stays, the others become aliases."""
    seen: set[str] = set()
    found = set()
    for line in sorted({line for lines in blocks for line in lines.split("\n")}):
        before, label, after = line.partition(f"> <{PREF_LABEL}> ")
        language = line[: line.rindex(" <")].rpartition("@")[2]
        found.add(f"{before}> <{ALT_LABEL}> {after}" if label and language in seen else line)
        if label:
            seen.add(language)
    return sorted(found)


@lru_cache(100)
def _kept(reasons: tuple[Reason, ...]) -> str:
    """Reasons as the database keeps them; "" for none."""
    return json.dumps(reasons, ensure_ascii=False) if reasons else ""


@lru_cache(100)
def _told(kept: str) -> tuple[Reason, ...]:
    return tuple(Reason(key, tuple((name, value) for name, value in values)) for key, values in json.loads(kept))


def _reason(key: str, **values: str) -> str:
    """A reason as SQL makes it, its values from expressions."""
    pairs = ", ".join(f"json_array('{name}', '' || {expression})" for name, expression in values.items())
    return f"json_array(json_array('{key}', json_array({pairs})))"


_DOCUMENT = f"""({{0}} GLOB '{SOURCE}*' AND EXISTS (
  SELECT 1 FROM elsewhere e WHERE e.iri = {{0}} AND (e.is_fact OR row > 0)))"""
"""Whether a column has a document, or a statement of one, that the graph has already."""

_DUPLICATES = f"""
SELECT number, 'duplicate', {_reason("same row", row="first")} FROM (
  SELECT number, min(number) OVER (PARTITION BY content) AS first FROM rows WHERE number > 0) WHERE number > first"""

_CONTRADICTIONS = f"""
SELECT number, 'rejected', {_reason("other under its key", row="CASE number WHEN first THEN last ELSE first END")}
FROM (
  SELECT number, min(number) OVER same AS first, max(number) OVER same AS last FROM rows
  WHERE key IS NOT NULL AND number NOT IN (SELECT row FROM out) WINDOW same AS (PARTITION BY key))
WHERE first < last"""

_CLASSES = f"""
SELECT row, 'rejected', {_reason("other class", here="class", elsewhere="other")} FROM (
  SELECT told.row, told.class, coalesce(
    (SELECT class FROM (SELECT class FROM elsewhere e WHERE e.iri = told.iri ORDER BY source LIMIT 1) first
     WHERE first.class <> told.class AND first.class <> ''),
    (SELECT min(class) FROM told t WHERE t.iri = told.iri AND t.class < told.class),
    (SELECT min(class) FROM told t WHERE t.iri = told.iri AND t.class > told.class)) AS other
  FROM told) WHERE other IS NOT NULL"""

_NOWHERE = "NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.iri = needs.iri)"

_UNKNOWN = f"""
SELECT row, 'rejected', {_reason("nothing known", thing="substr(min(iri), ?)")} FROM open
WHERE row NOT IN (SELECT row FROM out) AND NOT EXISTS (
  SELECT 1 FROM told WHERE told.iri = open.iri AND told.row NOT IN (SELECT row FROM out))
GROUP BY row"""
