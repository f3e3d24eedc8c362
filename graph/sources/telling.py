"""What the commands say of imports and mappings, in two languages."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from graph import store
from graph.columns import translated
from graph.counts import counted
from graph.errors import ChuhaiError, UsageError
from graph.folder import FOLDER, imports_folder
from graph.imports import counts_left_out, imports
from graph.sources import folder, mapping
from graph.sources.importing import Outcome
from graph.sources.tables import REASON
from graph.writers import Cell, Table
from ontology import SOURCE

_COLUMNS = ("import", "file", "sha256", "mapping", "rows", "rejected", "duplicate", "statements", "left_out")
_ENDS = {
    "imported": "收录",
    "repaired": "修正后收录",
    "rejected": "退回",
    "duplicate": "重复",
}
_REASONS = 12
"""How many reasons are shown; the account tells of every row."""


def outcome(done: Outcome, dry_run: bool, language: str) -> str:
    """What an import did, in a few lines: rows by what became of them and why, statements, and what changed."""
    chinese = language.startswith("zh")
    manifest, rows = done.manifest, done.manifest["rows"]
    file = manifest["file"]
    lines = [f"{file['name']} ({done.how}) → {manifest['source']}"]
    ends = [f"{_ENDS[end]} {rows[end]:,}" if chinese else f"{rows[end]:,} {end}" for end in _ENDS if rows[end]]
    read = counted({"row": rows["read"]}, language) + ("：" if chinese else ": ")
    lines.append(read + ("、" if chinese else ", ").join(ends))
    for end, reason, count in done.reasons[:_REASONS]:
        lines.append(f"  {count:>9,}  {f'{_ENDS[end]}：' if chinese else f'{end}: '}{reason.of(language)}")
    if rest := len(done.reasons) - _REASONS:
        more = (
            f"另有 {rest} 种原因；--account 逐行说明" if chinese else f"{rest} more reasons; --account tells row by row"
        )
        lines += [f"{'':>9}  {more}"] if rest > 0 else []
    held = manifest["statements"]
    lines.append(counted({"statement": held["count"], "quad": held["quads"]}, language))
    if done.change is not None:
        new, gone, changed = (f"{number:,}" for number in done.change)
        if chinese:
            lines.append(f"替换先前的导入：新增 {new} 条，移除 {gone} 条，改动 {changed} 条")
        else:
            lines.append(f"in place of the import before: {new} statements new, {gone} gone, {changed} changed")
    if done.rejects is not None:
        fed = f"chuhai import {done.rejects} --mapping {(manifest['mapping'] or {}).get('name')}"
        if dry_run:
            lines.append(f"退回的行会写入 {done.rejects}" if chinese else f"rejected rows would go to {done.rejects}")
        else:
            told = (
                f"退回的行在 {done.rejects}；改好后：{fed}"
                if chinese
                else f"rejected rows: {done.rejects}; mend them, then: {fed}"
            )
            lines.append(told)
    if dry_run:
        lines.append("试运行：什么也没有写入" if chinese else "dry run: nothing was written")
    return "\n".join(lines)


def imports_table(facts: Path | None, language: str) -> Table:
    """The imports beside the facts: slug, file, its hash, mapping, rows, statements, and what the last build left out.

    The last is empty for an import that the build did not see, all but the slug for one that says nothing of itself.
    """
    rows: list[list[Cell]] = []
    left = _left_out(facts or FOLDER)
    for each in imports(facts or FOLDER):
        try:
            said = each.manifest
        except ChuhaiError:
            rows.append([each.slug, *[None] * (len(_COLUMNS) - 1)])
            continue
        file, count = said["file"], said["statements"]["count"]
        rows.append(
            [
                each.slug,
                file["name"],
                file["sha256"][:12],
                (said["mapping"] or {}).get("name"),
                *(said["rows"][end] for end in ("read", "rejected", "duplicate")),
                count,
                count if each.slug in left and left[each.slug] is None else left.get(each.slug),
            ]
        )
    which = (
        "哪些被略去，为何：chuhai validate"
        if language.startswith("zh")
        else "which are left out, and why: chuhai validate"
    )
    caption = which if any(count != 0 for count in left.values()) else ""
    return translated(Table(_COLUMNS, rows, caption), language)


def _left_out(facts: Path) -> dict[str, int | None]:
    """How many statements of each import the last build left out, by slug; None for all of them."""
    graph = store.latest(facts)
    if graph is None:
        return {}
    with closing(graph), suppress(sqlite3.OperationalError):  # a build of an earlier version knows less
        seen = (iri.removeprefix(SOURCE) for (iri,) in graph.index.execute("SELECT iri FROM sources"))
        return {**dict.fromkeys(seen, 0), **counts_left_out(graph.index)}
    return {}


def drop(facts: Path | None, slug: str, language: str) -> str:
    """Take an import out and say so.

    Raises:
        NotFoundError, UsageError: as graph.sources.folder.drop.
    """
    place = imports_folder(facts or FOLDER)
    try:
        told = sum(e.manifest["statements"]["count"] for e in imports(facts or FOLDER) if e.slug == slug)
        count = counted({"statement": told}, language)
    except ChuhaiError:
        count = "? 条陈述" if language.startswith("zh") else "? statements"
    folder.drop(place, slug)
    return f"已移除 {slug}：{count}" if language.startswith("zh") else f"{slug} dropped: {count}"


def mappings_table(language: str) -> Table:
    """The ready mappings: name, what they are for, the columns that they read."""
    rows: list[list[Cell]] = []
    for name in mapping.names():
        found = mapping.read(name)
        rows.append([name, found.about, " ".join(found.columns)])
    return translated(Table(["mapping", "for", "columns"], rows), language)


def template(name: str) -> str:
    """The header of a table for a mapping, as CSV.

    Raises:
        UsageError: for a mapping of files that are no table with a header.
    """
    found = mapping.read(name)
    if not found.template:
        raise UsageError(f"the mapping '{name}' is for files of others; templates: {', '.join(templates())}")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([column for column in found.columns if column != REASON])
    return text.getvalue()


def templates() -> list[str]:
    """The names of the mappings that have a template."""
    return [name for name in mapping.names() if mapping.read(name).template]
