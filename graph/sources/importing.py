"""Brings a table in: every row is read, checked and accounted for, and the import is put in place whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from graph import load
from graph.entries import SLUG
from graph.errors import ChuhaiError, DataError, Finding, UsageError
from graph.folder import FOLDER, MANIFEST, imports_folder
from graph.sources import folder as kept
from graph.sources.cells import CellError, text_of
from graph.sources.folder import STATEMENTS, TERMS, Change
from graph.sources.mapping import Mapping
from graph.sources.rows import Rows
from graph.sources.spool import Spool
from graph.sources.tables import REASON, Options, Row, Table
from ontology import ALT_LABEL, CHUHAI, ID, PREF_LABEL, SOURCE, vocabulary

_SPOOL = "spool.sqlite"
_EVERY = 0.2
"""Seconds between two lines of progress."""


class Outcome(NamedTuple):
    """What an import did.

    `manifest` is what it says of itself; `change` what it changes of the import before, None where there was none;
    `reasons` are outcome, why and how many rows; `rejects` the file of the rejected rows; `how` the table was read.
    """

    manifest: dict[str, Any]
    change: Change | None
    reasons: list[tuple[str, str, int]]
    rejects: Path | None
    how: str


def bring(
    file: Path,
    mapping: Mapping,
    facts: Path = FOLDER,
    source: str = "",
    rejects: Path | None = None,
    account: Path | None = None,
    options: Options | None = None,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda text: None,
) -> Outcome:
    """Import a table; an import of the same slug is replaced whole.

    Args:
        file: the table.
        mapping: what a row of it becomes.
        facts: the folder of facts beside which it is put.
        source: its slug; that of the mapping unless given. Rows that were rejected, mended and fed again get one of
            their own beside it.
        rejects: where rejected rows go; SLUG.rejects.csv (or .jsonl) in this folder unless given.
        account: where every row that was not plainly imported is told of, if anywhere.
        options: how to read the table, where the mapping does not say or says otherwise.
        dry_run: do all but write.
        tell: is told of progress.

    Raises:
        DataError: if the facts or the description of the document are wrong.
        ChuhaiError: if the table cannot be read, or changed while it was read.
        OSError: if something cannot be written; what stood there before stays.
    """
    place = imports_folder(facts)
    table = Table(file, _merged(mapping.options, options))
    seal = fingerprint(file)
    rows = iter(table)
    first = next(rows, None)
    _check_columns(mapping, table)
    slug = source or _slug(mapping, table, place, seal)
    if not SLUG.fullmatch(slug):
        raise UsageError(f"'{slug}' is no slug; use lower-case letters, digits and hyphens")
    with _room(place, dry_run) as room, _full(place), closing(Spool(room / _SPOOL)) as spool:
        spool.elsewhere(known(facts, slug))
        _read(chain([first] if first else [], rows), table, mapping, slug, spool, tell)
        if reason := spool.why_not():
            raise DataError([Finding(mapping.file, mapping.head.line, "source", reason, "mend the mapping")])
        tell("writing …")
        manifest = _write(room, slug, mapping, spool, file.name, seal)
        told = _tell_rejects(table, spool, slug, rejects, dry_run)
        if account is not None and not dry_run:
            _tell_all(account, spool)
        if fingerprint(file) != seal:
            raise ChuhaiError(f"{file} changed while it was read; nothing was imported, try again")
        old = place / slug
        change = kept.compare(old, room) if (old / MANIFEST).is_file() else None
        if change is not None:
            kept.check_unused(place, slug, {i for i, _ in kept.terms(old)} - {i for i, _ in kept.terms(room)})
        reasons = spool.reasons()
        if not dry_run:
            (room / _SPOOL).unlink()
            kept.put(place, room, slug)
    tell("")
    return Outcome(manifest, change, reasons, told, table.how)


def fingerprint(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    digest = sha256()
    with open(file, "rb") as opened:
        while data := opened.read(1 << 20):
            digest.update(data)
        return opened.tell(), digest.hexdigest()


def known(facts: Path, slug: str) -> Iterator[tuple[str, str]]:
    """What the graph holds apart from one import, by the facts and by other imports: IRIs with their class.

    Raises:
        DataError: if the facts are wrong.
        UsageError: if a source of the facts bears the slug.
    """
    found = load.load(facts)
    if SOURCE + slug in found.origin:
        raise UsageError(f"the facts have a source '{slug}' already; give another --source")
    for document in found.documents:
        for node in document["@graph"]:
            yield node["id"], ""
            if isinstance(node.get("about"), str):
                yield node["about"], node.get("aboutType", "").removeprefix(CHUHAI)
    yield from ((f"{ID}place/{name}", "Place") for name in vocabulary().places)
    place = imports_folder(facts)
    for other in kept.slugs(place):
        if other != slug:
            yield SOURCE + other, ""
            yield from kept.terms(place / other)


@contextmanager
def _room(place: Path, dry_run: bool) -> Iterator[Path]:
    """Where the import is written: beside the others, or, for a dry run, nowhere that lasts."""
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="chuhai-") as room:
            yield Path(room)
    else:
        with kept.writing(place) as room:
            yield room


@contextmanager
def _full(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ChuhaiError(f"{place}: {error}; imports stand as before") from None


def _merged(ours: Options, theirs: Options | None) -> Options:
    """The options of a mapping, and over them those that were asked for."""
    given = {name: value for name, value in vars(theirs).items() if value} if theirs else {}
    return replace(ours, **{**given, "records": ours.records if not given.get("records") else given["records"]})


def _check_columns(mapping: Mapping, table: Table) -> None:
    """Check that a table with a header has the columns that the mapping names.

    Raises:
        DataError: with all that are missing.
    """
    from difflib import get_close_matches

    findings = []
    for column, (record, key) in mapping.columns.items() if table.columns else ():
        if column not in table.columns and column not in mapping.optional:
            near = get_close_matches(column, table.columns, 1)
            remedy = f"did you mean '{near[0]}'?" if near else "name another, or list it under table: optional:"
            line = record.lines.get(key, record.line)
            findings.append(Finding(mapping.file, line, "", f"the table has no column '{column}'", remedy))
    if findings:
        raise DataError(findings)


def _slug(mapping: Mapping, table: Table, place: Path, seal: tuple[int, str]) -> str:
    """The slug of the mapping; for mended rows one beside it: the one that the same file has, or the next free one."""
    slug = str(mapping.head.get("id") or mapping.name)
    if not table.is_mended:
        return slug
    number = 1
    while (path := place / (mended := f"{slug}-mended-{number}") / MANIFEST).is_file():
        if json.loads(path.read_bytes())["file"]["sha256"] == seal[1]:
            break
        number += 1
    return mended


def _read(
    rows: Iterator[Row], table: Table, mapping: Mapping, slug: str, spool: Spool, tell: Callable[[str], None]
) -> None:
    """Every row into the spool, and what is settled about them."""
    giving = Rows(mapping, slug)
    begun = told = monotonic()
    try:
        spool.add(giving.first(mapping.head))
    except CellError as error:
        spool.reject(0, str(error))
    for row in rows:
        try:
            spool.add(giving.given(row))
        except CellError as error:
            spool.reject(row.number, str(error))
        if row.number % 200 == 0 and (now := monotonic()) - told > _EVERY:
            told = now
            tell(_progress(row.number, table.done, now - begun))
    tell("checking …")
    spool.settle()


def _progress(rows: int, done: float, seconds: float) -> str:
    """A bar, rows, rate, and time left.

    >>> _progress(12000, 0.25, 4.0)
    '━━━━━               25%  12,000 rows  3,000 a second  0:12 left'
    """
    left = round(seconds / done - seconds) if done else 0
    bar = ("━" * round(done * 20)).ljust(20)
    return f"{bar[:18]}{done:5.0%}  {rows:,} rows  {rows / seconds:,.0f} a second  {left // 60}:{left % 60:02} left"


def _write(room: Path, slug: str, mapping: Mapping, spool: Spool, name: str, seal: tuple[int, str]) -> dict[str, Any]:
    """Write the import's files; gives its manifest."""
    digest, statements, quads = sha256(), 0, 0
    with open(room / STATEMENTS, "wb") as file:
        for subject, lines in spool.blocks():
            data = "".join(f"{line}\n" for line in _one_label(lines)).encode()
            digest.update(data)
            file.write(data)
            statements += "#" in subject
            quads += len(lines)
    with open(room / TERMS, "w", encoding="utf-8", newline="\n") as terms:
        terms.writelines(f"{iri}\t{name}\n" for iri, name in spool.terms())
    manifest = {
        "source": slug,
        "file": {"name": name, "bytes": seal[0], "sha256": seal[1]},
        "mapping": {"name": mapping.name, "sha256": mapping.digest},
        "statements": {"sha256": digest.hexdigest(), "count": statements, "quads": quads},
        "rows": spool.counts(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (room / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


def _one_label(lines: list[str]) -> list[str]:
    """One label in each language: of several that rows give to one thing the first stays, the others become aliases."""
    seen: set[str] = set()
    found = []
    for line in lines:
        if f"> <{PREF_LABEL}> " in line:
            language = line[: line.rindex(" <")].rpartition("@")[2]
            if language in seen:
                line = line.replace(f"> <{PREF_LABEL}> ", f"> <{ALT_LABEL}> ", 1)
            seen.add(language)
        found.append(line)
    return sorted(set(found))


def _tell_rejects(table: Table, spool: Spool, slug: str, path: Path | None, dry_run: bool) -> Path | None:
    """Write the rejected rows as they stand, with the reason beside each, to be mended and fed again."""
    reasons = {number: reason for number, outcome, reason in spool.outs() if outcome == "rejected"}
    if not reasons:
        return None
    is_flat = bool(table.columns)
    path = path or Path(f"{slug}.rejects.{'csv' if is_flat else 'jsonl'}")
    if dry_run:
        return path
    columns = [column for column in table.columns if column != REASON]
    with open_whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_flat:
            writer.writerow([REASON, *columns])
        for row in Table(table.path, table.options):
            if (reason := reasons.get(row.number)) is None:
                continue
            if is_flat:
                cells = row.raw or [row.cells[column] for column in columns]
                writer.writerow([reason, *map(text_of, cells)])
            else:
                file.write(json.dumps({**row.cells, REASON: reason}, ensure_ascii=False, default=text_of) + "\n")
    return path


def _tell_all(path: Path, spool: Spool) -> None:
    """Write what became of every row that was not plainly imported."""
    with open_whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "outcome", "why"])
        writer.writerows(spool.outs(also_repaired=True))


@contextmanager
def open_whole(path: Path) -> Iterator[Any]:
    """A text file that is put in place when it is complete."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
