"""What a report consists of, in order and in one language; the writers make a page or Markdown of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph import dates
from graph.drawing.charts import Chart
from graph.reading import Source
from graph.writers import Table
from ontology import in_language


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; `key` is unique in the report."""

    key: str
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with the numbers of the sources it cites.

    `role` is "claim" for what the article says, "finding" for what the graph gives, "reach" for how far that
    carries, "lead" for what stands before the steps.
    """

    text: str
    role: str = "lead"
    cites: tuple[int, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Items of a list, each with the numbers of the sources that it cites."""

    items: tuple[tuple[str, tuple[int, ...]], ...]
    role: str = "lead"


@dataclass(frozen=True)
class Figure:
    """A figure, or a table where there is no chart, with all that a reader needs to check it.

    `shown` is the table as people read it and `data` as machines do; `command` gives the same rows; `footer` holds
    lines on base, limits and disputed values; `covered` says how many sources are behind the rows and of when the
    latest is, and `cites` are their numbers.
    """

    key: str
    title: str
    description: str
    shown: Table
    data: Table
    chart: Chart | None
    command: str
    footer: tuple[str, ...]
    covered: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Sources:
    """The source documents that the report cites, numbered from 1."""

    items: tuple[Source, ...]


Part = Heading | Paragraph | Listing | Figure | Sources


@dataclass(frozen=True)
class Report:
    """A report: its parts in order. `words` are the fixed words of the writers."""

    title: str
    language: str
    parts: tuple[Part, ...]
    words: dict[str, str]

    def figures(self) -> list[Figure]:
        """The figures and tables, in order."""
        return [part for part in self.parts if isinstance(part, Figure)]

    def sources(self) -> list[Source]:
        """The source documents that are cited, in order of their numbers."""
        return [source for part in self.parts if isinstance(part, Sources) for source in part.items]

    def day(self, source: Source) -> str:
        """When a source was published, in words."""
        return dates.show(dates.parse(source.published), self.language) if source.published else self.words["undated"]

    def name(self, source: Source) -> str:
        """The title of a source, or its address where it has none."""
        return in_language(source.title, self.language) or source.url or source.iri

    def _repr_html_(self) -> str:
        """The page in a frame of its own, for notebooks."""
        from html import escape

        from graph.report.page import render

        return f'<iframe srcdoc="{escape(render(self))}" width="100%" height="640"></iframe>'


def ranges(numbers: tuple[int, ...]) -> str:
    """Numbers in a short form.

    >>> ranges((1, 2, 3, 7, 9))
    '1–3, 7, 9'
    """
    found: list[Any] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)
