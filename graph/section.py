"""A section of a measured answer: one table with what a careful reader needs beside it.

Commands and the report show the same sections, so each is data here and words only when it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph import dates, terminal
from graph.errors import UsageError
from graph.writers import Cell, Table, plain, write
from ontology import Labels, in_language

_WORDS: Mapping[str, Labels] = {
    "base": {"en": "base: ", "zh-hans": "口径："},
    "coverage": {"en": "sources: {count}, the latest of {day}", "zh-hans": "来源：{count}个，最新{day}"},
    "undated": {"en": "sources: {count}, none dated", "zh-hans": "来源：{count}个，均无日期"},
    "to": {"en": " to ", "zh-hans": "至"},
    "queries": {"en": "; queries: ", "zh-hans": "；查询："},
}


@dataclass(frozen=True)
class Section:
    """One table, and what it rests on.

    Args:
        key: the name on the command line and in JSON; lower-case words with hyphens.
        title: in each language.
        table: things are NamedNode cells, so that they are shown by their labels; columns are the keys
            of machine formats.
        base: what is counted out of what, with n, in each language.
        notes: definitions and limits of the figures, in each language.
        queries: names of the queries of the catalogue that the table was made from.
        sources: the documents behind the rows, as `source/slug`, sorted.
        coverage: the date of the latest of them, at the precision it has; "" where none is dated.
        machine_only: columns that screens leave out.
    """

    key: str
    title: Labels
    table: Table
    base: Labels
    notes: tuple[Labels, ...] = ()
    queries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coverage: str = ""
    machine_only: frozenset[str] = frozenset()

    def for_people(self, language: str) -> Table:
        """The table in a language, without columns for machines, and with `x`, `x_low` and `x_high` in one cell."""
        columns = list(self.table.columns)
        ends = {name.removesuffix("_low") for name in columns if name.endswith("_low")}
        wholes = (name.removesuffix("_low").removesuffix("_high") for name in columns)
        merged = (whole if whole in ends else name for name, whole in zip(columns, wholes, strict=True))
        shown = [name for name in dict.fromkeys(merged) if name not in self.machine_only]

        def row(values: Sequence[Cell]) -> list[Cell]:
            by_name = dict(zip(columns, values, strict=True))
            return [_bounded(by_name, name, language) if name in ends else by_name[name] for name in shown]

        return replace(self.table, columns=shown, rows=[row(values) for values in self.table.rows], language=language)

    def data(self) -> dict[str, object]:
        """Everything in it as plain data for JSON; IRIs as text."""
        records = [dict(zip(self.table.columns, map(plain, row), strict=True)) for row in self.table.rows]
        return {
            "title": dict(self.title),
            "base": dict(self.base),
            "notes": [dict(note) for note in self.notes],
            "coverage": self.coverage,
            "queries": list(self.queries),
            "sources": list(self.sources),
            "rows": records,
        }

    def covered(self, language: str) -> str:
        """How many documents are behind it and of when the latest is, in words."""
        form = in_language(_WORDS["coverage" if self.coverage else "undated"], language)
        day = dates.show(dates.parse(self.coverage), language) if self.coverage else ""
        return form.format(count=len(self.sources), day=day)


def _bounded(row: Mapping[str, Cell], name: str, language: str) -> str:
    """A value with the ends of its interval, as far as there are any."""
    value, low, high = (_number(row.get(key)) for key in (name, f"{name}_low", f"{name}_high"))
    between = f"{low}{in_language(_WORDS['to'], language)}{high}" if low and high else f"≥ {low}" if low else ""
    between = between or (f"≤ {high}" if high else "")
    return f"{value} ({between})" if value and between else value or between


def _number(value: Cell) -> str:
    """A number to two digits or, from 10, to the unit; "" where there is none."""
    if value is None or not isinstance(value, float):
        return "" if value is None else str(value)
    if value == 0:
        return "0"
    return f"{value:.{2 if abs(value) < 1 else 1 if abs(value) < 10 else 0}f}"


def show(sections: Sequence[Section], language: str) -> str:
    """Sections as text, one below the other, as wide as the terminal."""
    return "\n".join(_shown(section, language) for section in sections)


def _shown(section: Section, language: str) -> str:
    columns = min(terminal.columns(), 100)
    base = f"{in_language(_WORDS['base'], language)}{in_language(section.base, language)}"
    lines = [terminal.paint(in_language(section.title, language), "1"), *terminal.wrap(base, columns), ""]
    if section.table.rows:
        lines += [write(section.for_people(language), "table").rstrip("\n"), ""]
    for note in section.notes:
        first, *rest = terminal.wrap(in_language(note, language), columns - 2)
        lines += ["· " + first, *("  " + more for more in rest)]
    behind = f"{section.covered(language)}{in_language(_WORDS['queries'], language)}{', '.join(section.queries)}"
    return "\n".join([*lines, *(terminal.paint(row, "2") for row in terminal.wrap(behind, columns))]) + "\n"


def write_sections(sections: Mapping[str, Section], form: str, language: str) -> str:
    """Sections in a format: as screens for people; the table of the only one; or, for machines, in JSON all by key.

    Raises:
        UsageError: for several sections in a format of one table.
    """
    if form == "table":
        return show(list(sections.values()), language)
    if len(sections) == 1:
        (section,) = sections.values()
        return write(section.for_people(language) if form == "markdown" else section.table, form)
    if form != "json":
        raise UsageError(f"{form} takes one table; name a section: {', '.join(sections)}")
    return json.dumps({key: section.data() for key, section in sections.items()}, ensure_ascii=False, indent=2) + "\n"
