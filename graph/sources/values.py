"""The values of a mapping: what is written in it, and how a row fills it.

A value is a text with columns in braces, or `{column: …}` with how to read it. A text that begins with a kind of
identifiers, such as `organization/{prefix}-{uuid}`, makes identifiers: what stands in the columns becomes part of a
slug, and what is no slug gets a number of its own, so that two names never become one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from graph.entries import SLUG
from graph.sources.cells import MISSING, CellError, clean, split, text_of

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
Value = Callable[["Cells"], Any]
"""Gives a text, a list of texts, or None where the row says nothing."""


class Cells:
    """The cells of one row as a mapping sees them, and what was repaired in them."""

    __slots__ = ("_clean", "_missing", "_raw", "repairs", "words")

    def __init__(self, raw: Mapping[str, Any], missing: frozenset[str] = MISSING) -> None:
        self._raw = raw
        self._missing = missing
        self._clean: dict[str, str] = {}
        self.repairs: dict[tuple[str, str], None] = {}
        """Keys of reasons, each with the column that was repaired."""
        self.words: list[str] = []
        """What was said in place of a number."""

    def text(self, column: str) -> str:
        """The clean text of a column, "" where it says nothing.

        Raises:
            CellError: if it is none.
        """
        found = self._clean.get(column)
        if found is None:
            value = self._raw.get(column)
            found = self._clean[column] = "" if value is None or value == "" else self._cleaned(column, value)
        return found

    def _cleaned(self, column: str, value: Any) -> str:
        if isinstance(value, (list, dict)):
            raise CellError("several values", column=column)
        text, repairs = clean(text_of(value), self._missing)
        for repair in repairs:
            self.repairs[repair, column] = None
        return text

    def several(self, column: str, separators: tuple[str, ...]) -> list[Any]:
        """The values of a column: those of a list, or of a text set apart by separators."""
        value = self._raw.get(column)
        if isinstance(value, list):
            return [item for item in value if item not in ("", None)]
        text = self.text(column)
        parts = split(text, separators) if text else []
        return [part for part in parts if part.lower() not in self._missing]

    def with_one(self, name: str, value: Any) -> Cells:
        """The same row with one more column."""
        own = {f"{name}.{key}": item for key, item in value.items()} if isinstance(value, dict) else {name: value}
        found = Cells({**self._raw, **own}, self._missing)
        found._clean = {key: text for key, text in self._clean.items() if key not in own}
        found.repairs, found.words = self.repairs, self.words
        return found


@lru_cache(50_000)
def slug(text: str) -> str:
    """A part of an identifier for any text: itself where it is one, else what is left of it and a number of its own.

    >>> slug("0000066382"), slug("Tide Capital, Inc."), slug("红杉中国")
    ('0000066382', 'tide-capital-inc-9cc6dd51', '1ff057f7')
    """
    if len(text) <= 80 and SLUG.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    number = blake2b(text.encode(), digest_size=4).hexdigest()
    return f"{stem}-{number}" if stem else number


def template(text: str, is_identifier: bool) -> Value:
    """A text with columns in braces, as parts of a slug or as they are; None where one of them says nothing."""
    parts = PLACEHOLDER.split(text)
    if len(parts) == 1:
        return lambda cells: text
    part = slug if is_identifier else str
    if len(parts) == 3:
        before, column, after = parts
        return lambda cells: before + part(found) + after if (found := cells.text(column)) else None
    columns, pieces = parts[1::2], parts[::2]
    return lambda cells: _filled(pieces, [part(text) if (text := cells.text(column)) else "" for column in columns])


def _filled(pieces: list[str], values: list[str]) -> str | None:
    if "" in values:
        return None
    return pieces[0] + "".join([value + piece for value, piece in zip(values, pieces[1:], strict=True)])
