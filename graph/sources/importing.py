"""Brings a table in: every row is read, checked and accounted for; the import is put in place whole or not at all."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from graph.entries import SLUG
from graph.errors import ChuhaiError, DataError, Finding, UsageError
from graph.folder import FOLDER, MANIFEST, imports_folder
from graph.garbage import uncollected
from graph.sources import folder as kept
from graph.sources import known, own, rdf
from graph.sources import rejects as rejected
from graph.sources.cells import CellError
from graph.sources.folder import STATEMENTS, TERMS, Change
from graph.sources.mapping import Mapping
from graph.sources.reasons import Reason
from graph.sources.rows import Rows
from graph.sources.spool import Given, Spool
from graph.sources.tables import Options, Row, Table
from graph.terms import iri
from ontology import SOURCE, compact

_SPOOL = "spool.sqlite"
_EVERY = 0.2
"""Seconds between two lines of progress."""


Give = Callable[[Spool], None]


class Outcome(NamedTuple):
    """What an import did.

    `manifest` is what it says of itself; `change` what it changes of the import before, None where there was none;
    `reasons` are outcome, why and how many rows; `rejects` the file of the rejected rows; `how` the table was read.
    """

    manifest: dict[str, Any]
    change: Change | None
    reasons: list[tuple[str, Reason, int]]
    rejects: Path | None
    how: str


def bring(
    file: Path,
    mapping: Mapping | None,
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
        mapping: what a row of it becomes; None for RDF of our own model.
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
        ChuhaiError: if the table cannot be read, has no rows, or changed while it was read.
        OSError: if something cannot be written; what stood there before stays.
    """
    place = imports_folder(facts)
    table = Table(file, _merged(mapping.options if mapping else Options(), options))
    seal = fingerprint(file)
    with ExitStack() as stack:
        stack.enter_context(uncollected())
        rows = stack.enter_context(closing(iter(table)))
        if mapping is None:
            slug = source or file.stem.lower()
            give: Give = partial(_read_own, file)
        else:
            first = next(rows, None)
            _check_columns(mapping, table)
            slug = source or _slug(mapping, table, place, seal)
            every = chain([first] if first else [], rows)
            give = partial(_read, every, table, mapping, slug, tell)
        if not SLUG.fullmatch(slug):
            raise UsageError(f"'{slug}' is no slug; use lower-case letters, digits and hyphens: --source my-table")
        room = stack.enter_context(_room(place, dry_run))
        stack.enter_context(_explained(place, facts))
        spool = stack.enter_context(closing(Spool(room / _SPOOL)))
        spool.elsewhere(facts, slug)
        if spool.holder(SOURCE + slug) == "":
            raise UsageError(f"the facts have a source '{slug}' already; give another --source")
        give(spool)
        tell("checking …")
        spool.settle()
        if mapping and (reason := spool.why_not()):
            raise DataError([Finding(mapping.file, mapping.head.line, "source", reason, "mend the mapping")])
        if not spool.counts()["read"]:
            remedy = f"give it rows, or take the import out: chuhai imports --drop {slug}"
            raise ChuhaiError(f"{file}: no rows ({table.how or 'RDF'}); nothing was imported; {remedy}")
        tell("writing …")
        manifest = _write(room, slug, mapping, spool, file.name, seal)
        told = rejected.write(table, spool, slug, rejects, dry_run)
        if account is not None and not dry_run:
            rejected.account(account, spool)
        if fingerprint(file) != seal:
            raise ChuhaiError(f"{file} changed while it was read; nothing was imported, try again")
        change = _change(place, slug, room)
        reasons = spool.reasons()
        if not dry_run:
            (room / _SPOOL).unlink()
            kept.put(place, room, slug)
    tell("")
    return Outcome(manifest, change, reasons, told, table.how or "RDF")


def _change(place: Path, slug: str, room: Path) -> Change | None:
    """What a new import changes of the one before; None where there was none.

    Raises:
        UsageError: if others speak of what it no longer brings.
    """
    old = place / slug
    if not (old / MANIFEST).is_file():
        return None
    kept.check_unused(place, slug, kept.gone(old, room))
    return kept.compare(old, room)


def fingerprint(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    digest = sha256()
    with open(file, "rb") as opened:
        while data := opened.read(1 << 20):
            digest.update(data)
        return opened.tell(), digest.hexdigest()


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
def _explained(place: Path, facts: Path) -> Iterator[None]:
    """Errors of SQLite, such as a full disk, in a line of ours."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = "; the index of what is known was damaged and is gone: import again, which makes it anew"
        raise ChuhaiError(
            f"{place}: {error}; imports stand as before{remedy * known.forget_damaged(facts, error)}"
        ) from None


def _merged(ours: Options, theirs: Options | None) -> Options:
    """The options of a mapping, and over them those that were asked for."""
    plain = Options()
    return replace(
        ours, **{name: value for name, value in vars(theirs or plain).items() if value != getattr(plain, name)}
    )


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
    rows: Iterator[Row], table: Table, mapping: Mapping, slug: str, tell: Callable[[str], None], spool: Spool
) -> None:
    """Every row into the spool, and what is settled about them."""
    giving = Rows(mapping, slug)
    begun = told = monotonic()
    try:
        spool.add(giving.first(mapping.head))
    except CellError as error:
        spool.reject(0, error.reason)
    for row in rows:
        try:
            spool.add(giving.given(row))
        except CellError as error:
            spool.reject(row.number, error.reason)
        if row.number % 200 == 0 and (now := monotonic()) - told > _EVERY:
            told = now
            tell(_progress(row.number, table.done, now - begun))


def _read_own(file: Path, spool: Spool) -> None:
    """Every entry of an export of ours into the spool.

    It keeps the graphs of its sources, so that what comes back is what went out: of all imports only such a one has
    source graphs beside that of its own slug.
    """
    if not rdf.is_rdf(file):
        raise UsageError(f"{file}: a table needs a mapping: --mapping NAME (`chuhai mappings` lists them) or FILE.yaml")
    with rdf.loaded(file) as store:
        for graph in store.named_graphs():
            if iri(graph).startswith(SOURCE) and spool.holder(iri(graph)) is not None:
                remedy = "import into other --facts, or drop what has it"
                raise UsageError(f"{file}: {compact(iri(graph))} is in the graph already; {remedy}")
        for given in own.entries_of(store):
            if isinstance(given, Given):
                spool.add(given)
            else:
                spool.reject(*given)


def _progress(rows: int, done: float, seconds: float) -> str:
    """A bar, rows, rate, and time left.

    >>> _progress(12000, 0.25, 4.0)
    '━━━━━               25%  12,000 rows  3,000 a second  0:12 left'
    """
    left = round(seconds / done - seconds) if done else 0
    bar = ("━" * round(done * 20)).ljust(20)
    return f"{bar[:18]}{done:5.0%}  {rows:,} rows  {rows / seconds:,.0f} a second  {left // 60}:{left % 60:02} left"


def _write(
    room: Path, slug: str, mapping: Mapping | None, spool: Spool, name: str, seal: tuple[int, str]
) -> dict[str, Any]:
    """Write the import's files; gives its manifest."""
    digest, statements, quads = sha256(), 0, 0
    with open(room / STATEMENTS, "wb") as file:
        for subject, lines in spool.blocks():
            data = f"{lines}\n".encode()
            digest.update(data)
            file.write(data)
            statements += "#" in subject
            quads += lines.count("\n") + 1
    with open(room / TERMS, "w", encoding="utf-8", newline="\n") as terms:
        terms.writelines(f"{iri}\t{name}\n" for iri, name in spool.terms())
    manifest = {
        "source": slug,
        "file": {"name": name, "bytes": seal[0], "sha256": seal[1]},
        "mapping": {"name": mapping.name, "sha256": mapping.digest} if mapping else None,
        "statements": {"sha256": digest.hexdigest(), "count": statements, "quads": quads},
        "rows": spool.counts(),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (room / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest
