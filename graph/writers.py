"""The one registry of output formats: tables as text, CSV, TSV, JSON, JSON Lines or Markdown; RDF as
Turtle or JSON-LD.

For people (table, markdown) identifiers are shown by their labels, and names of columns in their language; for
machines they stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import isfinite
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph import terminal
from graph.errors import ChuhaiError, UsageError
from ontology import PREFIXES, Labels, in_language

if TYPE_CHECKING:
    from pandas import DataFrame

Cell = NamedNode | Literal | str | int | float | bool | None

_XSD = PREFIXES["xsd"]
_INTEGER, _BOOLEAN = _XSD + "integer", _XSD + "boolean"
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}


@dataclass(eq=False, repr=False)
class Table:
    """Rows under named columns; `triples` is set where the answer is RDF.

    For people are `caption`, the lines above; `label`, which names an IRI; `words`, how names of columns and texts in
    cells are said in each language, those without an entry as they are; and `language`, which of these is theirs.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    triples: Sequence[Triple] | None = None
    label: Callable[[str], str] = field(default=str)
    words: Mapping[str, Labels] = field(default_factory=dict)
    language: str = "en"

    def said(self, text: str) -> str:
        """The name of a column, or the text of a cell, as people read it."""
        return in_language(self.words[text], self.language) if text in self.words else text

    def heads(self) -> list[str]:
        """The names of the columns as people read them."""
        return [self.said(name) for name in self.columns]

    def to_pandas(self) -> DataFrame:
        """The rows as a pandas DataFrame: IRIs, numbers and truth values as in CSV, what is missing as NA.

        Raises:
            ChuhaiError: if pandas is not installed.
        """
        try:
            from pandas import DataFrame
        except ModuleNotFoundError:
            raise ChuhaiError("this needs pandas; install it with: pip install 'chuhai[notebook]'") from None
        rows = [list(map(plain, row)) for row in self.rows]
        return DataFrame(rows, columns=list(self.columns), dtype=object).convert_dtypes()

    def __repr__(self) -> str:
        return f"<table of {len(self.rows)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from graph import html

        return html.table(self)


def write(table: Table, name: str) -> str:
    """The table in a format.

    Args:
        table: what to write.
        name: a key of FORMATS.

    Raises:
        UsageError: if the format is RDF and the answer is not.
    """
    return FORMATS[name](table)


def plain(cell: Cell) -> str | int | float | bool | None:
    """A cell as plain data: an IRI as text, finite numbers and truth values as such."""
    if isinstance(cell, NamedNode):
        return cell.value
    if not isinstance(cell, Literal):
        return cell
    kind = cell.datatype.value
    try:
        if kind == _INTEGER:
            return int(cell.value)
        if kind in _NUMBERS:
            number = float(cell.value)
            return number if isfinite(number) else cell.value
    except ValueError:
        return cell.value
    return cell.value in ("true", "1") if kind == _BOOLEAN else cell.value


def shown(cell: Cell, table: Table) -> str:
    """A cell as people read it: the label of an IRI, without control characters."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        return terminal.clean(table.label(cell.value))
    if isinstance(cell, bool):
        return table.said("true" if cell else "false")
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return terminal.clean(table.said(cell.value if isinstance(cell, Literal) else str(cell)))


_NARROWEST = 8
"""Columns of the screen below which no column of a table is narrowed."""


def _text(table: Table) -> str:
    rows = [[shown(cell, table) for cell in row] for row in table.rows]
    lines = [table.caption] if table.caption else []
    heads = table.heads()
    widths = _widths([*zip(heads, *rows, strict=True)])
    if widths is not None:
        for row in [heads, ["─" * w for w in widths], *rows]:
            lines += _side_by_side(row, widths)
        return "\n".join(lines) + "\n"
    names = max(map(terminal.width, heads))
    for row in rows:
        lines += [line for pair in zip(heads, row, strict=True) for line in _below(pair, names)] + [""]
    return "\n".join(lines) + "\n"


def _widths(columns: Sequence[Sequence[str]]) -> list[int] | None:
    """Columns of the screen for each column of a table; none where they cannot stand side by side on a terminal.

    What is too wide for the terminal is taken from the widest, first where no word has to be broken for it. In a pipe
    every row stays on one line.
    """
    widths = [max(map(terminal.width, column)) for column in columns]
    if not terminal.is_terminal():
        return widths
    room = terminal.columns() - 2 * (len(widths) - 1)
    if room < _NARROWEST * len(widths) and room < sum(widths):
        return None
    words = [max(terminal.width(word) for text in column for word in text.split() or [""]) for column in columns]
    least = [max(_NARROWEST, min(word, room // 3)) for word in words]
    while sum(widths) > room:
        loose = [number for number, width in enumerate(widths) if width > least[number]]
        widths[max(loose or range(len(widths)), key=widths.__getitem__)] -= 1
    return widths


def _side_by_side(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = (terminal.wrap(text, width) for text, width in zip(row, widths, strict=True))
    for texts in zip_longest(*wrapped, fillvalue=""):
        yield "  ".join(terminal.pad(text, width) for text, width in zip(texts, widths, strict=True)).rstrip()


def _below(pair: tuple[str, str], names: int) -> Iterator[str]:
    """A cell in a row of its own, behind the name of its column."""
    return _side_by_side(pair, (names, max(_NARROWEST, terminal.columns() - names - 2))) if pair[1] else iter(())


def _markdown(table: Table) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(c.replace("\\", "\\\\").replace("|", "\\|") for c in cells) + " |"

    rows = [line([shown(cell, table) for cell in row]) for row in table.rows]
    return "\n".join([line(table.heads()), line(["---"] * len(table.columns)), *rows]) + "\n"


def _delimited(dialect: str) -> Callable[[Table], str]:
    def convert(table: Table) -> str:
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, dialect=dialect, lineterminator="\n")
        writer.writerow(table.columns)
        for row in table.rows:
            values = (plain(cell) for cell in row)
            writer.writerow(["true" if v is True else "false" if v is False else v for v in values])
        return out.getvalue()

    return convert


def _records(table: Table) -> list[dict[str, str | int | float | bool | None]]:
    return [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]


def _json(table: Table) -> str:
    import json

    return json.dumps(_records(table), ensure_ascii=False, indent=2) + "\n"


def _json_lines(table: Table) -> str:
    import json

    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(table))


def _rdf(form: RdfFormat, name: str) -> Callable[[Table], str]:
    def convert(table: Table) -> str:
        if table.triples is None:
            raise UsageError(f"this answer is a table and no RDF; {name} is for CONSTRUCT, DESCRIBE and lookups")
        used = {p: n for p, n in PREFIXES.items() if form == RdfFormat.TURTLE}
        triples = sorted(set(table.triples), key=str)
        return (serialize(triples, format=form, prefixes=used or None) or b"").decode()

    return convert


FORMATS: dict[str, Callable[[Table], str]] = {
    "table": _text,
    "csv": _delimited("excel"),
    "tsv": _delimited("excel-tab"),
    "json": _json,
    "jsonl": _json_lines,
    "markdown": _markdown,
    "turtle": _rdf(RdfFormat.TURTLE, "turtle"),
    "jsonld": _rdf(RdfFormat.JSON_LD, "jsonld"),
}
"""Every format by its name on the command line."""
