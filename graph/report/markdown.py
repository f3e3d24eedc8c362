"""A report as Markdown: the same parts in the same order, figures as tables."""

from __future__ import annotations

import re

from graph import terminal, writers
from graph.reading import Source
from graph.report.parts import Figure, Heading, Listing, Paragraph, Part, Report, Sources, ranges
from graph.writers import Table

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_ESCAPED = frozenset("\\`*_{}[]#")
"""What a backslash escapes in every Markdown; the rest is written as a character reference."""


def render(report: Report) -> str:
    """The report in CommonMark with tables; equal reports give equal texts."""
    blocks = [f"# {text(report.title)}", *(_part(part, report) for part in report.parts)]
    return "\n\n".join(blocks) + "\n"


def _part(part: Part, report: Report) -> str:
    if isinstance(part, Heading):
        return f"{'#' * part.level} {text(part.text)}"
    if isinstance(part, Paragraph):
        name = report.words.get(part.role)
        said = text(part.text) + _cited(part.cites)
        return f"**{text(name)}** {said}" if name else said
    if isinstance(part, Listing):
        name = report.words.get(part.role)
        items = "\n".join(f"- {text(said)}{_cited(cites)}" for said, cites in part.items)
        return f"**{text(name)}**\n\n{items}" if name else items
    if isinstance(part, Sources):
        return "\n".join(_source(number, source, report) for number, source in enumerate(part.items, 1))
    return _figure(part, report)


def _figure(figure: Figure, report: Report) -> str:
    lines = [*map(text, figure.footer), f"{text(report.words['same'])} `{figure.command}`"]
    numbers = f"; {text(report.words['sources'])} {ranges(figure.cites)}" if figure.cites else ""
    lines.append(text(figure.covered) + numbers)
    said = "\n".join(f"- {line}" for line in lines)
    table = _table(figure.shown) if figure.shown.rows else ""
    return "\n\n".join(part for part in (f"**{text(figure.title)}**", text(figure.description), table, said) if part)


def _table(table: Table) -> str:
    rows = [[writers.shown(cell, table) for cell in row] for row in table.rows]
    ruled = [table.heads(), ["---"] * len(table.columns), *rows]
    lines = [row if number == 1 else list(map(text, row)) for number, row in enumerate(ruled)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _source(number: int, source: Source, report: Report) -> str:
    title = link(report.name(source), source.url)
    return f"{number}. {text(source.publisher_label)}, {text(report.day(source))}: {title}"


def _cited(cites: tuple[int, ...]) -> str:
    return f" \\[{ranges(cites)}\\]" if cites else ""


def text(value: str) -> str:
    """A text in which nothing steers Markdown or is taken for HTML.

    >>> text("[a](b) <i>")
    '\\\\[a\\\\](b) &#60;i&#62;'
    """
    return _SPECIAL.sub(_escaped, terminal.clean(value))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] in _ESCAPED else f"&#{ord(match[0])};"


def link(title: str, address: str) -> str:
    """A text that leads to an address of the web; any other address leads nowhere."""
    if not address.startswith(("http://", "https://")):
        return text(title)
    address = terminal.clean(address).replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return f"[{text(title)}](<{address}>)"
