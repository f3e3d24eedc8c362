"""Reads tables row by row: CSV and TSV, JSON, JSON Lines, workbooks and Parquet, the text ones also in gzip.

Rows are counted from 1, without the header and without rows in which nothing stands.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from graph import limits
from graph.errors import ChuhaiError, UsageError
from graph.sources import encoding, rdf
from graph.sources.reasons import Reason

REASON = "chuhai_reason"
"""The column in which rejected rows say why; when they are fed again, it is ignored."""

FORMATS = {
    **dict.fromkeys((".csv", ".txt"), "csv"),
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "workbook"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys(rdf.FORMATS, "rdf"),
}
_DELIMITERS = ",;\t|"
_UNPACKED = ("workbook", "parquet", "rdf")
_END = "end"
_LINES = 2_000
"""A row over more lines has lost a quotation mark."""


class Row(NamedTuple):
    """One row: its number, its cells by column, and what is wrong with it as a whole.

    `raw` are its cells as they stand where they do not fit the columns.
    """

    number: int
    cells: dict[str, Any]
    problem: Reason | None = None
    raw: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Options:
    """How to read a table, where it is not to be told from the file.

    `sheet` names one of a workbook; `records` leads to the rows of a JSON file: `[]` for an array, `companies.[]` for
    one under a key, `{app}.[]` for arrays under keys that become the column `app`; `skip` lines stand above the header;
    `rdf_class` is the class of which an RDF file has one thing a row.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    records: str = "[]"
    skip: int = 0
    rdf_class: str = ""


class Table:
    """An open table: iterate over its rows. `how` says how it was read; `done` is the part that was, 0 to 1."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.options = options
        self.columns: list[str] = []
        self.how = ""
        self.is_mended = False
        self._is_open = False
        """Whether the row that was read last ends within quotation marks."""
        self._done: Callable[[], float] = lambda: 0.0
        name = path.name.lower().removesuffix(".gz")
        self.format = FORMATS.get(Path(name).suffix, "")
        if not self.format or (path.name.lower().endswith(".gz") and self.format in _UNPACKED):
            known = " ".join(sorted(FORMATS))
            raise UsageError(f"{path}: a table ends in one of {known}, the text ones also in .gz")

    @property
    def done(self) -> float:
        return min(self._done(), 1.0)

    def __iter__(self) -> Generator[Row]:
        """The rows.

        Raises:
            ChuhaiError: if the file is not what it seems.
            OSError: if it cannot be read.
        """
        read = {
            "json": self._json,
            "jsonl": self._jsonl,
            "workbook": self._workbook,
            "parquet": self._parquet,
            "rdf": self._rdf,
        }
        try:
            yield from read.get(self.format, self._csv)()
        except UnicodeDecodeError as error:
            remedy = "name another --encoding"
            raise ChuhaiError(f"{self.path}: not {self.how} at byte {error.start}; {remedy}") from None
        except (EOFError, gzip.BadGzipFile) as error:
            raise ChuhaiError(f"{self.path}: broken gzip ({error}); fetch the file again") from None

    def _open(self) -> BinaryIO:
        file = open(self.path, "rb")  # noqa: SIM115  # closed by whoever asked for it
        size = max(self.path.stat().st_size, 1)
        self._done = lambda: 1.0 if file.closed else file.tell() / size
        if not self.path.name.lower().endswith(".gz"):
            return file
        packed = gzip.GzipFile(fileobj=file)
        packed.myfileobj = file  # type: ignore[assignment]  # so that it is closed with it
        return cast(BinaryIO, packed)

    def _text(self) -> io.TextIOWrapper:
        """The file as text, in the encoding that is asked for or told from it."""
        if self.options.encoding:
            self.how = encoding.check(self.options.encoding)
        else:
            with closing(self._open()) as file:
                self.how = encoding.encoding_of(file, str(self.path))
        return io.TextIOWrapper(self._open(), self.how, newline="")

    def _csv(self) -> Iterator[Row]:
        csv.field_size_limit(limits.IMPORT_QUOTED_CHARACTERS)
        with self._text() as file:
            for _ in range(self.options.skip):
                file.readline()
            sample = file.read(limits.IMPORT_SAMPLE_BYTES)
            delimiter = self.options.delimiter or ("\t" if self.format == "tsv" else sniff(sample))
            lines = chain(_joined(sample, file), self._end())
            reader = csv.reader(lines, delimiter=delimiter)
            names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
            self.how += f", {names.get(delimiter, repr(delimiter))}"
            yield from self._listed(self._closed(_whole(reader, self.path)))

    def _end(self) -> Iterator[str]:
        """A line after the last one: a row of its own, unless a quotation mark is still open."""
        self._is_open = True
        yield _END

    def _closed(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """The rows before the end; a last one that runs on into it is told of by `_is_open`."""
        for row in rows:
            if self._is_open:
                if row != [_END]:
                    yield [*row[:-1], row[-1].removesuffix(_END)]
                return
            yield row

    def _listed(self, rows: Iterator[list[Any]]) -> Iterator[Row]:
        """Rows under a header."""
        header = next((row for row in rows if any(cell not in ("", None) for cell in row)), None)
        if header is None:
            raise ChuhaiError(f"{self.path}: no header; the first row names the columns")
        if self._is_open:
            raise ChuhaiError(f"{self.path}: a quotation mark of the header is not closed; close it")
        self.columns = _named(header)
        width, number = len(self.columns), 0
        self.is_mended = REASON in self.columns
        for found in rows:
            if not (found and found[0]) and not any(cell not in ("", None) for cell in found):
                continue
            number += 1
            cells = found
            problem, raw = None, ()
            if len(cells) != width or self._is_open:
                raw = tuple(cells)
                key = "ragged lines" if any("\n" in str(cell) for cell in cells) else "ragged"
                problem = Reason(key, (("cells", str(len(cells))), ("columns", str(width))))
                if self._is_open:
                    problem = Reason("open quotation")
                cells = [*cells, *[""] * (width - len(cells))]
            yield Row(number, dict(zip(self.columns, cells, strict=False)), problem, raw)

    def _objects(self, objects: Iterable[Any]) -> Iterator[Row]:
        """Rows that name their columns themselves."""
        for number, value in enumerate(objects, 1):
            if not isinstance(value, dict):
                yield Row(number, {"value": value}, Reason("no object"))
                continue
            cells = flat(value)
            self.is_mended = self.is_mended or REASON in cells
            yield Row(number, cells)

    def _jsonl(self) -> Iterator[Row]:
        with self._text() as file:
            yield from self._objects(_parsed(line, self.path, at) for at, line in enumerate(file, 1) if line.strip())

    def _json(self) -> Iterator[Row]:
        try:
            import ijson
        except ModuleNotFoundError:
            raise ChuhaiError(_MISSING.format("ijson")) from None
        self.how = "utf-8"
        with closing(self._open()) as file:
            try:
                yield from self._objects(_records(ijson, file, self.options.records))
            except ijson.JSONError as error:
                raise ChuhaiError(f"{self.path}: malformed JSON ({' '.join(str(error).split())[:120]})") from None

    def _workbook(self) -> Iterator[Row]:
        try:
            from python_calamine import CalamineError, CalamineWorkbook
        except ModuleNotFoundError:
            raise ChuhaiError(_MISSING.format("python-calamine")) from None
        _check_size(self.path)
        try:
            with CalamineWorkbook.from_path(str(self.path)) as book:
                names = book.sheet_names
                name = self.options.sheet or (names[0] if names else "")
                if name not in names:
                    raise UsageError(f"{self.path} has no sheet '{name}'; there is: {', '.join(names)}")
                sheet = book.get_sheet_by_name(name)
                height = max(sheet.total_height, 1)
                self.how = f"sheet {name}"
                yield from self._listed(self._counted(sheet.iter_rows(), height))
        except CalamineError as error:
            raise ChuhaiError(f"{self.path}: no workbook that can be read ({error})") from None

    def _counted(self, rows: Iterable[list[Any]], height: int) -> Iterator[list[Any]]:
        for at, row in enumerate(rows):
            if at % 500 == 0:
                self._done = lambda at=at: at / height  # type: ignore[misc]
            if at >= self.options.skip:
                yield row

    def _rdf(self) -> Iterator[Row]:
        self.how = f"RDF, {self.options.rdf_class}"
        yield from self._objects(rdf.objects(self.path, self.options.rdf_class))

    def _parquet(self) -> Iterator[Row]:
        try:
            from pyarrow import ArrowInvalid, parquet
        except ModuleNotFoundError:
            raise ChuhaiError(_MISSING.format("pyarrow")) from None
        self.how = "parquet"
        try:
            with parquet.ParquetFile(self.path) as file:
                height = max(file.metadata.num_rows, 1)
                rows = (row for batch in file.iter_batches(2_000) for row in batch.to_pylist())
                for row in self._objects(rows):
                    self._done = lambda at=row.number: at / height  # type: ignore[misc]
                    yield row
        except ArrowInvalid as error:
            raise ChuhaiError(f"{self.path}: no Parquet file that can be read ({str(error).splitlines()[0]})") from None


_MISSING = "this needs {}; install it with: pip install 'chuhai[tables]'"


def sniff(sample: str) -> str:
    """The delimiter by which the first lines of a table fall into most columns, the same number in each."""
    best, most = ",", 1
    whole = sample[: sample.rfind("\n") + 1] or sample
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter) if row][:50]
        width = len(rows[0]) if rows else 0
        even = sum(len(row) == width for row in rows)
        if width > most and even * 2 > len(rows):
            best, most = delimiter, width
    return best


def flat(value: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Nested objects as one, with dotted names; lists stay.

    >>> flat({"a": 1, "b": {"c": 2, "d": [3]}})
    {'a': 1, 'b.c': 2, 'b.d': [3]}
    """
    found: dict[str, Any] = {}
    for name, item in value.items():
        if isinstance(item, dict):
            found |= flat(item, f"{before}{name}.")
        else:
            found[before + name] = item
    return found


def _named(header: list[Any]) -> list[str]:
    """The names of the columns; a second one of a name gets a number."""
    found: list[str] = []
    for at, cell in enumerate(header, 1):
        name = " ".join(str(cell if cell is not None else "").replace("\ufeff", "").split()) or f"column {at}"
        count = sum(other == name or other.startswith(f"{name} (") for other in found)
        found.append(f"{name} ({count + 1})" if count else name)
    return found


def _joined(begin: str, file: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text of which the beginning has been read."""
    *lines, last = io.StringIO(begin, newline="").readlines() or [""]
    yield from lines
    following = iter(file)
    first = next(following, "")
    if last.endswith("\n") or (last.endswith("\r") and first != "\n"):
        yield last
        last = ""
    if last or first:
        yield last + first
    yield from following


def _whole(reader: Any, path: Path) -> Iterator[list[str]]:
    """The rows of a CSV reader, with its complaints in words."""
    before = 0
    try:
        for row in reader:
            if reader.line_num - before > _LINES:
                raise ChuhaiError(f"{path}: a cell from line {before + 1} on does not end; close its quotation mark")
            before = reader.line_num
            yield row
    except csv.Error as error:
        raise ChuhaiError(f"{path}: line {before + 1}: {error}; is a quotation mark not closed there?") from None


def _parsed(line: str, path: Path, at: int) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ChuhaiError(f"{path}: line {at} is no JSON ({str(error).splitlines()[0]})") from None


def _records(ijson: Any, file: BinaryIO, path: str) -> Iterator[Any]:
    """The objects to which a path of keys, `[]` and `{column}` leads."""
    parts = path.split(".") if path else []
    plain: list[str] = []
    while parts and parts[0] != "[]" and not parts[0].startswith("{"):
        plain.append(parts.pop(0))
    if not parts or parts == ["[]"]:
        yield from ijson.items(file, ".".join([*plain, "item"]))
    elif parts[0] == "[]":
        for item in ijson.items(file, ".".join([*plain, "item"])):
            yield from _within(item, parts[1:], {})
    else:
        column = parts[0][1:-1]
        for key, value in ijson.kvitems(file, ".".join(plain)):
            yield from _within(value, parts[1:], {column: key})


def _within(value: Any, parts: list[str], known: dict[str, Any]) -> Iterator[Any]:
    if not parts:
        yield {**known, **value} if isinstance(value, dict) else value
    elif parts[0] == "[]" and isinstance(value, list):
        for item in value:
            yield from _within(item, parts[1:], known)
    elif parts[0].startswith("{") and isinstance(value, dict):
        for key, item in value.items():
            yield from _within(item, parts[1:], {**known, parts[0][1:-1]: key})
    elif isinstance(value, dict) and parts[0] in value:
        yield from _within(value[parts[0]], parts[1:], known)
    else:
        yield value if not isinstance(value, dict) else None


def _check_size(path: Path) -> None:
    """A workbook is read whole, and a small file may unpack to a very large one."""
    import zipfile

    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    if size > limits.IMPORT_WORKBOOK_BYTES:
        raise UsageError(f"{path} unpacks to {size:,} bytes; save it as CSV, which is read row by row")
