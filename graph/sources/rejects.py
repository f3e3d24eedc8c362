"""Writes what did not enter: the rejected rows, to be mended and fed again, and the account of all rows."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.sources.cells import text_of
from graph.sources.reasons import in_english
from graph.sources.spool import Spool
from graph.sources.tables import REASON, Table


def write(table: Table, spool: Spool, slug: str, path: Path | None, dry_run: bool) -> Path | None:
    """Write the rejected rows as they stand, with the reason beside each, to be mended and fed again."""
    reasons = {number: in_english(why) for number, outcome, why in spool.outs() if outcome == "rejected"}
    if not reasons:
        return None
    is_flat = bool(table.columns)
    path = path or Path(f"{slug}.rejects.{'csv' if is_flat else 'jsonl'}")
    if dry_run:
        return path
    columns = [column for column in table.columns if column != REASON]
    with _whole(path) as file:
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


def account(path: Path, spool: Spool) -> None:
    """Write what became of every row that was not plainly imported."""
    with _whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "outcome", "why"])
        writer.writerows([number, outcome, in_english(why)] for number, outcome, why in spool.outs(also_repaired=True))


@contextmanager
def _whole(path: Path) -> Iterator[Any]:
    """A text file that is put in place when it is complete."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
