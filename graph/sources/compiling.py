"""Turns the values of a mapping file into functions that fill them from a row, and finds what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from graph import figures
from graph.entries import ENDS, FIGURES, SPANS, Checker
from graph.sources import amounts, days
from graph.sources.cells import CellError, truth
from graph.sources.places import Places
from graph.sources.values import PLACEHOLDER, Cells, Value, slug, template
from graph.yamlfile import Record
from ontology.records import Property

Convert = Callable[[str, Cells, str], str | None]
"""Reads a clean text, with its row and the name of its column."""

_SPEC = ("column", "text", "as", "map", "default", "separator", "currency", "precision", "within", "unknown")
_READERS = ("text", "date", "amount", "number", "truth", "place")
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SEPARATORS = (";", "；", "|", "、")


class Compiler:
    """Compiles the values of one mapping. `columns` remembers which columns they use, and where."""

    def __init__(self, checker: Checker, table: Record, prefix: str, places: Places) -> None:
        self.checker = checker
        self.table = table
        self.prefix = prefix
        self.places = places
        self.columns: dict[str, tuple[Record, str]] = {}
        self.uses = 0
        self.kinds = frozenset(checker.vocabulary.slug_kinds.values())
        self.order = self._choice(table, "dates", days.ORDERS)
        self.style = self._choice(table, "numbers", ("1,234.56", "1.234,56"))
        century = table.get("century", "")
        if century and not re.fullmatch(r"[12]\d{3}", str(century)):
            checker.report(table, "century", f"'{century}' is no year", "write the first of a hundred years: 1950")
        self.century = int(century) if re.fullmatch(r"[12]\d{3}", str(century)) else None
        self.serial = self._choice(table, "serial", ("true", "false")) == "true"
        self.is_coarse = self._choice(table, "firsts", ("coarse",)) == "coarse"
        symbols = table.get("symbols")
        self.symbols = dict(symbols) if isinstance(symbols, Record) else {}

    def _choice(self, record: Record, key: str, known: tuple[str, ...]) -> str:
        value = record.get(key, "")
        if value and value not in known:
            self.checker.report(record, key, f"'{value}' as {key}", "one of: " + ", ".join(known))
        return str(value)

    def text(self, record: Record, key: str) -> str:
        """The text of a key, with the prefix filled in."""
        value = record.get(key)
        return value.replace("{prefix}", self.prefix) if isinstance(value, str) else ""

    def use(self, column: str, record: Record, key: str, own: frozenset[str]) -> None:
        """Remember that a column is used."""
        self.uses += 1
        if column.partition(".")[0] not in own:
            self.columns.setdefault(column, (record, key))

    def value(self, record: Record, key: str, reader: str = "text", own: frozenset[str] = frozenset()) -> Value:
        """The value under a key; `own` are the names that `each` gives."""
        return self._any(record, key, record[key], reader, own)

    def _any(self, record: Record, key: str, spec: Any, reader: str, own: frozenset[str]) -> Value:
        if isinstance(spec, str):
            return self._text(record, key, spec.replace("{prefix}", self.prefix), reader, own)
        if isinstance(spec, Record):
            return self._spec(spec, reader, own)
        several = [self._any(record, key, item, reader, own) for item in spec]
        return lambda cells: _flat(value(cells) for value in several)

    def _text(
        self, record: Record, key: str, text: str, reader: str, own: frozenset[str], convert: Convert | None = None
    ) -> Value:
        columns = PLACEHOLDER.findall(text)
        if not columns:
            return lambda cells: text
        for column in columns:
            self.use(column, record, key, own)
        if text.partition("/")[0] in self.kinds and not text.startswith("{"):
            return template(text, True)
        convert = convert or self._convert(record, reader, own)
        if text == f"{{{columns[0]}}}":
            column = columns[0]
            return lambda cells: convert(found, cells, column) if (found := cells.text(column)) else None
        filled = template(text, False)
        if reader == "date":
            parts = PLACEHOLDER.split(text)

            def dated(cells: Cells) -> str | None:
                if filled(cells) is None:
                    return None
                return "".join(
                    (convert(cells.text(part), cells, part) or "") if at % 2 else part for at, part in enumerate(parts)
                )

            return dated
        whole = ", ".join(columns)
        return lambda cells: convert(found, cells, whole) if (found := filled(cells)) else None

    def _spec(self, spec: Record, reader: str, own: frozenset[str]) -> Value:
        """A value with a way to read it."""
        report = self.checker.report
        for key in spec:
            if key not in _SPEC:
                self.checker.unknown(spec, key, list(_SPEC))
        reader = self.text(spec, "as") or reader
        if reader not in (*_READERS, *self.kinds):
            report(
                spec, "as", f"'{reader}' is no way to read", "one of: " + ", ".join((*_READERS, *sorted(self.kinds)))
            )
            return lambda cells: None
        if ("column" in spec) == ("text" in spec):
            report(spec, "", "neither column nor text, or both", "write 'column: name'")
            return lambda cells: None
        key = "column" if "column" in spec else "text"
        text = f"{{{self.text(spec, key)}}}" if key == "column" else self.text(spec, key)
        convert = self._mapped(spec, self._convert(spec, reader, own))
        default = self.text(spec, "default") if "default" in spec else None
        if "separator" in spec:
            return self._separated(spec, text[1:-1], convert, own)
        value = self._text(spec, key, text, reader, own, convert)
        return value if default is None or "map" in spec else lambda cells: value(cells) or default or None

    def _separated(self, spec: Record, column: str, convert: Convert, own: frozenset[str]) -> Value:
        self.use(column, spec, "column", own)
        given = spec["separator"]
        marks = tuple(given) if isinstance(given, list) else (str(given),)

        def several(cells: Cells) -> list[str] | None:
            return _flat(convert(str(item), cells, column) for item in cells.several(column, marks))

        return several

    def _mapped(self, spec: Record, convert: Convert) -> Convert:
        """A value looked up in a table of the mapping before it is read."""
        table = spec.get("map")
        if table is None:
            return convert
        if not isinstance(table, Record):
            self.checker.report(spec, "map", "'map' is no table", "write 'map: {their word: our-word}'")
            return convert
        known = {name.casefold(): value for name, value in table.items()}
        default = spec.get("default")
        is_place = spec.get("as") == "place"

        def mapped(text: str, cells: Cells, column: str) -> str | None:
            found = known.get(text.casefold(), default)
            if found is None:
                raise CellError("not mapped", text=text, column=column)
            return convert(found, cells, column) if is_place and found else str(found) or None

        return mapped

    def _convert(self, spec: Record, reader: str, own: frozenset[str]) -> Convert:
        extra = {
            key: self._any(spec, key, spec[key], "text", own)
            for key in ("currency", "precision", "within")
            if reader in ("amount", "date", "place") and key in spec
        }

        def given(key: str, cells: Cells) -> str:
            return str(extra[key](cells) or "") if key in extra else ""

        if reader == "date":

            def date(text: str, cells: Cells, column: str) -> str:
                precision = given("precision", cells)
                if _ISO_DATE.fullmatch(text) and not precision:
                    found = text
                else:
                    found = days.read(text, self.order, self.century, self.serial, precision)
                    if not text.startswith(found):
                        cells.repairs["date respelled", column] = None
                if self.is_coarse and not precision and len(found) == 10 and found.endswith("-01"):
                    cells.repairs["first day", column] = None
                    return found[:4] if found.endswith("-01-01") else found[:7]
                return found

            return date
        if reader == "amount":

            def amount(text: str, cells: Cells, column: str) -> str | None:
                found = amounts.read(text, given("currency", cells), self.style, self.symbols)
                return _respelled(found, text, cells, column)

            return amount
        if reader == "number":
            return lambda text, cells, column: _respelled(amounts.count(text, self.style), text, cells, column)
        if reader == "truth":
            return lambda text, cells, column: truth(text)
        if reader == "place":
            leave = self._choice(spec, "unknown", ("reject", "leave-out")) == "leave-out"
            return lambda text, cells, column: self._place(text, given("within", cells), leave, cells, column)
        if reader in self.kinds:
            return lambda text, cells, column: text if "/" in text else f"{reader}/{self.prefix}-{slug(text)}"
        return lambda text, cells, column: text

    def _place(self, text: str, within: str, leave: bool, cells: Cells, column: str) -> str | None:
        found = self.places.find(text, within.removeprefix("place/"))
        if found is None:
            if not leave:
                raise CellError("unknown place", text=text, column=column)
            cells.repairs["place left out", column] = None
            return None
        if found[1]:
            cells.repairs["place around", column] = None
        return f"place/{found[0]}"


def _respelled(found: str, text: str, cells: Cells, column: str) -> str | None:
    """A figure; words without a number are kept as words."""
    if not found:
        cells.words.append(f"{column}: {text}")
        cells.repairs["words kept", column] = None
        return None
    try:
        plain = figures.parse(text)
    except ValueError:
        plain = None
    if plain is None or plain.number != figures.parse(found).number:
        cells.repairs["figure respelled", column] = None
    return found


def _flat(values: Any) -> list[str] | None:
    found: list[str] = []
    for value in values:
        found += value if isinstance(value, list) else [value] if value else []
    return list(dict.fromkeys(found)) or None


def reader_of(key: str, allowed: dict[str, Property]) -> str:
    """How the value of a key is read where the mapping does not say."""
    if key in SPANS or key in ("attested", "statusOn"):
        return "date"
    if key in ("amount", "threshold"):
        return "amount"
    name = next((end for end in ENDS.get(key, (key,)) if end in allowed), key)
    if key in FIGURES or (name in allowed and allowed[name].range == "xsd:integer"):
        return "number"
    if name in allowed and allowed[name].targets == {"Place"}:
        return "place"
    return "truth" if name in allowed and allowed[name].range == "xsd:boolean" else "text"
