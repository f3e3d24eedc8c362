"""A section of a measured answer: one table with what a careful reader needs beside it.

Commands and the report show the same sections, so each is data here and words only when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal

from graph import dates, screen
from graph.writers import Cell, Table, write
from ontology import Labels, in_language

_WORDS: Mapping[str, Labels] = {
    "base": {"en": "base", "zh-hans": "口径"},
    "coverage": {"en": "sources: {count}, the latest of {day}", "zh-hans": "来源：{count}个，最新{day}"},
    "undated": {"en": "sources: {count}, none dated", "zh-hans": "来源：{count}个，均无日期"},
    "queries": {"en": "queries", "zh-hans": "查询"},
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
        coverage: the day of the latest of them, YYYY-MM-DD; "" where none is dated.
        words: column names, and texts in cells, as people read them; what is missing is shown as it is.
    """

    key: str
    title: Labels
    table: Table
    base: Labels
    notes: tuple[Labels, ...] = ()
    queries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coverage: str = ""
    words: Mapping[str, Labels] = field(default_factory=dict)

    def for_people(self, language: str) -> Table:
        """The table with its columns and the texts in its cells in a language."""

        def said(text: str) -> str:
            return in_language(self.words[text], language) if text in self.words else text

        def cell(value: Cell) -> Cell:
            if isinstance(value, Literal):
                value = value.value
            return said(value) if isinstance(value, str) else value

        rows = [[cell(value) for value in row] for row in self.table.rows]
        return replace(self.table, columns=[said(name) for name in self.table.columns], rows=rows)

    def covered(self, language: str) -> str:
        """How many documents are behind it and of when the latest is, in words."""
        form = in_language(_WORDS["coverage" if self.coverage else "undated"], language)
        day = dates.show(dates.parse(self.coverage), language) if self.coverage else ""
        return form.format(count=len(self.sources), day=day)


def show(sections: Sequence[Section], language: str) -> str:
    """Sections as text, one below the other, as wide as the terminal."""
    return "\n".join(_shown(section, language) for section in sections)


def _shown(section: Section, language: str) -> str:
    columns = min(screen.columns(), 100)
    base = f"{in_language(_WORDS['base'], language)}: {in_language(section.base, language)}"
    lines = [screen.paint(in_language(section.title, language), "1"), *screen.wrap(base, columns), ""]
    if section.table.rows:
        lines += [write(section.for_people(language), "table").rstrip("\n"), ""]
    for note in section.notes:
        first, *rest = screen.wrap(in_language(note, language), columns - 2)
        lines += ["· " + first, *("  " + more for more in rest)]
    behind = f"{section.covered(language)}; {in_language(_WORDS['queries'], language)}: {', '.join(section.queries)}"
    return "\n".join([*lines, *(screen.paint(row, "2") for row in screen.wrap(behind, columns))]) + "\n"
