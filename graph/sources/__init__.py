"""Brings tables and RDF of others into the graph: readers, mappings, and the folder of imports.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from graph import sources
>>> room = TemporaryDirectory()
>>> for name in ("sources", "register"):
...     (Path(room.name) / name).mkdir()
>>> table = Path(room.name) / "organizations.csv"
>>> _ = table.write_text("id,name_en,name_zh\\nlantern,Lantern,灯坊\\n", encoding="utf-8")
>>> [row.cells["name_zh"] for row in sources.read_table(table)]
['灯坊']
>>> done = sources.bring_file(table, "organizations", Path(room.name))
>>> done.manifest["rows"]
{'read': 1, 'imported': 1, 'repaired': 0, 'rejected': 0, 'duplicate': 0}
>>> room.cleanup()
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.folder import FOLDER

if TYPE_CHECKING:
    from graph.sources.importing import Outcome
    from graph.sources.tables import Row


def read_table(file: Path, encoding: str = "", sheet: str = "", records: str = "[]") -> Iterator[Row]:
    """The rows of a table, one after another, whatever its length.

    Args:
        file: CSV, TSV, JSON, JSON Lines, a workbook or Parquet, by its ending; the text ones also in gzip.
        encoding: of a text file; told from it unless given.
        sheet: of a workbook; the first unless given.
        records: where the rows of a JSON file stand, as in a mapping.

    Raises:
        ChuhaiError: if it is not what it seems.
        OSError: if it cannot be read.
    """
    from graph.sources.tables import Options, Table

    yield from Table(file, Options(encoding=encoding, sheet=sheet, records=records))


def bring_file(
    file: Path,
    mapping: str | None,
    facts: Path = FOLDER,
    *,
    source: str = "",
    rejects: Path | None = None,
    account: Path | None = None,
    encoding: str = "",
    sheet: str = "",
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda text: None,
) -> Outcome:
    """Import a file by a mapping, as `chuhai import` does; the store is not built.

    Args:
        mapping: the name of a ready one, or the path of a YAML file; None for RDF of our own model.

    The others, what is given back and what is raised: as graph.sources.importing.bring.
    """
    from graph.sources.importing import bring
    from graph.sources.mapping import read
    from graph.sources.tables import Options

    options = Options(encoding=encoding, sheet=sheet)
    return bring(file, read(mapping) if mapping else None, facts, source, rejects, account, options, dry_run, tell)
