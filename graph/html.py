"""Answers as HTML for notebooks: everything escaped, links to http(s) addresses only, and no script or style sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from graph import dates, limits, screen, terminal
from graph.names import NEAR_WAYS
from graph.profile import Line, Profile
from graph.reading import Source
from ontology import SPACE, in_language

if TYPE_CHECKING:
    from graph.writers import Table

_MARKS = {
    "en": {"≈": "can be true beside it", "≠": "cannot be true beside it", "?": "rumour", "✗": "denial"},
    "zh-hans": {"≈": "可与之并存", "≠": "与之矛盾", "?": "传闻", "✗": "否认"},
}


def text(value: str, title: str = "") -> str:
    """A text as HTML shows it: escaped, and without what steers the direction of writing; with a hint where given.

    >>> text("<b>&\\u202e'")
    '&lt;b&gt;&amp;&#x27;'
    """
    shown = escape(terminal.clean(value))
    return f'<span title="{escape(terminal.clean(title))}">{shown}</span>' if title else shown


def link(value: str, address: str, title: str = "") -> str:
    """A text that leads to an address of the web; any other address leads nowhere."""
    if not address.startswith(("http://", "https://")):
        return text(value, title)
    hint = f' title="{escape(terminal.clean(title))}"' if title else ""
    return f'<a href="{escape(terminal.clean(address))}"{hint} rel="noopener noreferrer">{text(value)}</a>'


def profile(found: Profile) -> str:
    """A profile: every line with its marks and sources, then the sources."""
    language = found.language
    names = dict.fromkeys([found.label, *found.labels.values()])
    parts = [f"<h3>{text('  '.join(names))} <small>{text(found.type_label)}</small></h3>"]
    parts += [f"<p>{note}</p>" for note in notes(found)]
    if found.with_things:
        parts.append(f"<p>{text(screen.title('with', language))} {text(', '.join(found.with_things.values()))}</p>")
    shown = {**found.sections, "unsettled": found.unsettled, "arguments": found.arguments}
    for name, lines in shown.items():
        if lines:
            rows = "".join(_rows(lines, found.sources, language))
            parts.append(f"<h4>{text(screen.title(name, language))}</h4><table>{rows}</table>")
    if not found.sources:
        parts.append(f"<p>{text(screen.title('none', language))}</p>")
    if found.disputed:
        parts.append(f"<p>{text(screen.title('disputed', language))}: {text(', '.join(found.disputed))}</p>")
    return "".join([*parts, sources(found.sources, language)])


def notes(found: Profile) -> Iterator[str]:
    """By which name a thing was found, and the moment, as HTML."""
    language = found.language
    if found.way in NEAR_WAYS:
        near = f"{screen.title('nearest', language)} “{found.matched}”: {screen.title(found.way, language)}"
        yield f"<b>{text(near)}</b>"
    for word, day in zip(("as_of", "known_by"), found.moment, strict=True):
        if day:
            yield text(f"{screen.title(word, language)} {dates.show(dates.parse(day), language)}")


def _rows(lines: Iterable[Line], cited: Sequence[Source], language: str) -> Iterator[str]:
    for caption, same in groupby(lines, lambda line: line.caption):
        first = caption
        for line in same:
            yield _row(line, first, cited, language)
            yield from (_row(other, "", cited, language) for other in line.others)
            first = ""


def _row(line: Line, caption: str, cited: Sequence[Source], language: str) -> str:
    numbers = [
        link(f"[{c.source}]", source.url, f"{source.publisher_label} {c.locator}".strip())
        for c in sorted(line.citations)
        for source in [cited[c.source - 1]]
    ]
    left = 'style="text-align: left"'
    return (
        f"<tr><td {left}>{text(caption)}</td><td {left}>{told(line, language)}</td>"
        f"<td {left}>{' '.join(numbers)}</td></tr>"
    )


def told(line: Line, language: str, linked: Callable[[str], str] = text) -> str:
    """What a line of a profile says, with its mark, time, status and note.

    Args:
        line: of a profile.
        language: of that profile.
        linked: writes its words as HTML, as a link for instance.
    """
    mark = f"<b>{text(line.mark, _MARKS[language][line.mark])}</b> " if line.mark else ""
    speaker = f" ({line.speaker})" if line.speaker else ""
    notes = [screen.title(word, language) for word in ("derived", "possibly") if getattr(line, word)]
    tail = " · ".join([part for part in (line.when, line.status, *notes) if part])
    words = (linked(line.words) if line.words else "") + (text(speaker) if speaker else "")
    said = " — ".join([part for part in (words, text(tail) if tail else "") if part]) or "·"
    note = f"<br><small>“{text(line.note)}”</small>" if line.note else ""
    return f"{mark}{said}{note}"


def sources(cited: Sequence[Source], language: str) -> str:
    """Source documents, numbered from 1, each linked to its address."""
    items = "".join(f"<li>{document(source, language)}</li>" for source in cited)
    return f"<ol>{items}</ol>" if items else ""


def document(source: Source, language: str) -> str:
    """A source document: its publisher, its date, and its title linked to its address."""
    day = dates.show(dates.parse(source.published), language) if source.published else ""
    repost = f" ({screen.title('repost', language)})" if source.repost else ""
    title = in_language(source.title, language) or source.url
    when = day or screen.title("undated", language)
    return f"{text(source.publisher_label)}, {text(when)}: {link(title, source.url)}{text(repost)}"


def table(found: Table, own: Callable[[str, str], str] = lambda iri, label: text(label, iri)) -> str:
    """A table: things by their labels with the identifier as a hint; at most limits.HTML_ROWS rows.

    Args:
        found: the table.
        own: writes an IRI of ours with its label as HTML, as a link for instance.
    """
    from pyoxigraph import NamedNode

    from graph.writers import Cell, plain, shown

    def cell(value: Cell) -> str:
        if isinstance(value, NamedNode):
            label = shown(value, found)
            return own(value.value, label) if value.value.startswith(SPACE) else link(label, value.value, value.value)
        return link(shown(value, found), str(plain(value) or ""))

    head = "".join(f"<th>{text(head)}</th>" for head in found.heads())
    rows = [f"<tr>{''.join(f'<td>{cell(c)}</td>' for c in row)}</tr>" for row in found.rows[: limits.HTML_ROWS]]
    rest = len(found.rows) - len(rows)
    caption = "<br>".join(text(line) for line in found.caption.splitlines())
    parts = [f"<p>{caption}</p>" if caption else "", f"<table><thead><tr>{head}</tr></thead>"]
    return "".join([*parts, f"<tbody>{''.join(rows)}</tbody></table>", f"<p>… {rest:,}</p>" if rest else ""])
