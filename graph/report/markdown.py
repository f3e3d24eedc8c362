"""A report as Markdown: the same parts in the same order, figures as tables."""

from __future__ import annotations

import re

from graph import screen, writers
from graph.reading import Source
from graph.report.parts import Figure, Heading, Listing, Paragraph, Part, Report, Sources, ranges
from graph.writers import Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render(report: Report) -> str:
    """The report in CommonMark with tables; equal reports give equal texts."""
    blocks = [f"# {_text(report.title)}", *(_part(part, report) for part in report.parts)]
    return "\n\n".join(blocks) + "\n"


def _part(part: Part, report: Report) -> str:
    if isinstance(part, Heading):
        return f"{'#' * part.level} {_text(part.text)}"
    if isinstance(part, Paragraph):
        name = report.words.get(part.role)
        said = _text(part.text) + _cited(part.cites)
        return f"**{_text(name)}** {said}" if name else said
    if isinstance(part, Listing):
        name = report.words.get(part.role)
        items = "\n".join(f"- {_text(text)}{_cited(cites)}" for text, cites in part.items)
        return f"**{_text(name)}**\n\n{items}" if name else items
    if isinstance(part, Sources):
        return "\n".join(_source(number, source, report) for number, source in enumerate(part.items, 1))
    return _figure(part, report)


def _figure(figure: Figure, report: Report) -> str:
    lines = [*map(_text, figure.footer), f"{_text(report.words['same'])} `{figure.command}`"]
    numbers = f"; {_text(report.words['sources'])} {ranges(figure.cites)}" if figure.cites else ""
    lines.append(_text(figure.covered) + numbers)
    said = "\n".join(f"- {line}" for line in lines)
    table = _table(figure.shown) if figure.shown.rows else ""
    return "\n\n".join(part for part in (f"**{_text(figure.title)}**", _text(figure.description), table, said) if part)


def _table(table: Table) -> str:
    rows = [[writers.shown(cell, table) for cell in row] for row in table.rows]
    ruled = [list(table.columns), ["---"] * len(table.columns), *rows]
    lines = [row if number == 1 else list(map(_text, row)) for number, row in enumerate(ruled)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _source(number: int, source: Source, report: Report) -> str:
    title = _text(report.name(source))
    if source.url.startswith(("http://", "https://")):
        address = screen.clean(source.url).replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        title = f"[{title}](<{address}>)"
    return f"{number}. {_text(source.publisher_label)}, {_text(report.day(source))}: {title}"


def _cited(cites: tuple[int, ...]) -> str:
    return f" \\[{ranges(cites)}\\]" if cites else ""


def _text(value: str) -> str:
    """A text in which nothing steers Markdown."""
    return _SPECIAL.sub(r"\\\1", screen.clean(value))
