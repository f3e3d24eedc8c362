"""The tables of the graph as CSV or Parquet, in a folder with a description.

Nothing is changed in a text of CSV unless it is for a spreadsheet: then an apostrophe stands before each text that
begins with = + - @, a tab or a carriage return, which spreadsheets take for formulas.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from graph.counts import counted
from graph.errors import ChuhaiError
from graph.sinks import package
from graph.sinks.about import Export
from graph.sinks.tables import Cell, Column, Sheet, rows, sheets

_ROWS = 10_000
"""How many rows of a table are held in memory at once for Parquet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARDED = "An apostrophe stands before each text that a spreadsheet would take for a formula."


def csv_tables(export: Export, folder: Path) -> str:
    """Every table as CSV: RFC 4180 in UTF-8, with a byte order mark where it is for a spreadsheet."""
    found = list(sheets(export.graph))
    count = 0
    for sheet in found:
        encoding = "utf-8-sig" if export.for_spreadsheet else "utf-8"
        with (folder / f"{sheet.name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow([column.name for column in sheet.columns])
            for row in rows(export.graph, sheet):
                writer.writerow([_shown(cell, export.for_spreadsheet) for cell in row])
                count += 1
    notes = [package.LISTS, *([_GUARDED] if export.for_spreadsheet else [])]
    package.describe(folder, export.about, [package.resource(s, "csv", found) for s in found], notes)
    return counted({"table": len(found), "row": count}, export.about.language)


def _shown(cell: Cell, for_spreadsheet: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list):
        cell = "|".join(_shown(each, False).replace("\\", "\\\\").replace("|", "\\|") for each in cell)
    guarded = for_spreadsheet and isinstance(cell, str) and cell.startswith(_FORMULA)
    return f"'{cell}" if guarded else str(cell)


def parquet_tables(export: Export, folder: Path) -> str:
    """Every table as Parquet: lists as lists, dates as dates, decimals exact to 18 places.

    Raises:
        ChuhaiError: if pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise ChuhaiError("this needs pyarrow; install it with: pip install 'chuhai[tables]'") from None
    found = list(sheets(export.graph))
    count = 0
    for sheet in found:
        schema = _schema(sheet, "\n".join(export.about.lines()))
        with parquet.ParquetWriter(folder / f"{sheet.name}.parquet", schema) as writer:
            for batch in _batches(rows(export.graph, sheet), schema):
                writer.write_batch(batch)
                count += batch.num_rows
    package.describe(folder, export.about, [package.resource(s, "parquet", found) for s in found])
    return counted({"table": len(found), "row": count}, export.about.language)


def _schema(sheet: Sheet, about: str) -> Any:
    import pyarrow as pa

    kinds = {
        "string": pa.string(), "integer": pa.int64(), "decimal": pa.decimal128(38, 18), "boolean": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip

    def field(column: Column) -> Any:
        kind = kinds[column.kind]
        return pa.field(column.name, pa.list_(kind) if column.many else kind)

    return pa.schema([field(column) for column in sheet.columns], metadata={"description": about})


def _batches(found: Iterable[list[Cell]], schema: Any) -> Iterator[Any]:
    import pyarrow as pa

    waiting = iter(found)
    while some := list(islice(waiting, _ROWS)):
        columns = zip(*some, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
