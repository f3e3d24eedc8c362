"""Quads as lines of N-Quads, one a line, single spaces between the terms: read subject by subject, and written.

A term is kept as it stands on its line, `<…>` or `"…"`, so that what is only handed on is never taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from sqlite3 import connect
from typing import NamedTuple

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPED = {'"': '\\"', "\\": "\\\\", **{sign: f"\\{letter}" for letter, sign in _SHORT.items()}}

Terms = dict[str, list[str]]
"""The objects of a subject by predicate."""


class Subject(NamedTuple):
    """What one graph holds of one subject: IRIs, objects by predicate, and the lines on which they stood."""

    graph: str
    iri: str
    terms: Terms
    lines: Sequence[str]


def subjects(lines: Iterable[str]) -> Iterator[Subject]:
    """The subjects of lines of N-Quads, where all lines of one stand together; none is a blank node."""
    head, own = "", list[str]()
    for line in lines:
        if own and line.startswith(head):
            own.append(line)
        else:
            if own:
                yield _subject(head, own)
            head, own = line[: line.index(">") + 2], [line]
    if own:
        yield _subject(head, own)


def _subject(head: str, own: list[str]) -> Subject:
    """A subject from its lines; `head` is what all of them begin with, up to the predicate."""
    end = own[0].rindex(" <")
    graph, start, stop = own[0][end + 2 : own[0].rindex(">")], len(head) + 1, end - len(own[0])
    terms: Terms = {}
    for line in own:
        predicate, _, term = line[start:stop].partition("> ")
        if predicate in terms:
            terms[predicate].append(term)
        else:
            terms[predicate] = [term]
    return Subject(graph, head[1:-2], terms, own)


def value(term: str) -> str:
    """The IRI, or the text of a literal."""
    return term[1:-1] if term[0] == "<" else literal(term)[0]


def literal(term: str) -> tuple[str, str]:
    """The text of a literal, and its language or ""."""
    end = term.rindex('"')
    text, language = term[1:end], term[end + 2 :] if term[end + 1 : end + 2] == "@" else ""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text, language


def has_language(term: str) -> bool:
    """Whether a term is a text in a language."""
    return term[-1] not in '">'


def _meant(escape: re.Match[str]) -> str:
    short, long, one = escape.groups()
    return chr(int(short or long, 16)) if one is None else _SHORT.get(one, one)


def escaped(text: str) -> str:
    """A text as it stands between the quotation marks of a literal."""
    return _TO_ESCAPE.sub(_escape, text) if _TO_ESCAPE.search(text) else text


def _escape(sign: re.Match[str]) -> str:
    return _ESCAPED.get(sign[0]) or f"\\u{ord(sign[0]):04X}"


def written(graph: str, iri: str, terms: Terms) -> list[str]:
    """The lines of a subject."""
    return [f"<{iri}> <{name}> {term} <{graph}> .\n" for name, each in terms.items() for term in each]


def ordered(lines: Iterable[str]) -> Iterator[str]:
    """Lines in order, each once; what memory cannot hold is sorted on disk."""
    with closing(connect("")) as waiting:
        waiting.execute("CREATE TABLE lines (line TEXT)")
        waiting.executemany("INSERT INTO lines VALUES (?)", ((line,) for line in lines))
        for (line,) in waiting.execute("SELECT DISTINCT line FROM lines ORDER BY line"):
            yield line
