"""Cleans the cells of a table: what is no part of the text goes, what says that there is nothing becomes nothing.

Each cleaning has a name, so that a row can say how it was repaired. Nothing is guessed here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from graph import limits
from graph.sources.reasons import Reason

MISSING = frozenset((
    *("-", "--", "–", "—", "?", "n/a", "na", "n.a.", "#n/a", "nan", "none", "null", "nil", "tbd", "tba"),
    *("unknown", "undisclosed", "unspecified", "confidential", "未披露", "不详", "未知", "无", "暂无", "未公开"),
    *("保密", "待定", "未透露", "not available", "not disclosed", "not applicable", "to be announced", "\\n"),
))  # fmt: skip
"""What cells say, in lower case, when they say that nothing is known."""

_BROKEN = re.compile(r"#(REF|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC)[!?]", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_PLAIN = re.compile(r"[!-%'-~]+(?: [!-%'-~]+)*", re.ASCII)
"""Nothing of it needs a repair: no entities, no two spaces."""

_SPACES = re.compile(r"\s+")
_LEGAL = re.compile(
    r"(?:inc|ltd|llc|llp|lp|plc|co|corp|gmbh|ag|sa|sas|srl|spa|bv|nv|oy|ab|pte|pty|pvt|kk|limited|company|incorporated|"
    r"corporation|jr|sr|[il]{1,3}|iv)\.?(?: ?ltd\.?)?",
    re.IGNORECASE,
)
_TRUTHS = dict.fromkeys(("true", "yes", "y", "t", "1", "是", "有", "√", "✓"), "true") | dict.fromkeys(
    ("false", "no", "n", "f", "0", "否", "×", "✗"), "false"
)


class CellError(Exception):
    """A cell that cannot be read as what the mapping takes it for; its reason says why."""

    def __init__(self, key: str, /, **values: str) -> None:
        super().__init__(key)
        self.reason = Reason(key, tuple(values.items()))

    def __str__(self) -> str:
        return self.reason.of("en")


def text_of(value: Any) -> str:
    """A cell of any reader as text: numbers without a false fraction, days without a false hour.

    >>> text_of(2019.0), text_of(datetime(2021, 3, 5)), text_of(True), text_of(None)
    ('2019', '2021-03-05', 'true', '')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f"{value:f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def clean(text: str, missing: frozenset[str] = MISSING) -> tuple[str, tuple[str, ...]]:
    """The text of a cell, and what was repaired.

    Args:
        text: as it was read.
        missing: words that mean nothing, in lower case.

    Returns:
        The text, "" where the cell says nothing, and the names of the repairs.

    Raises:
        CellError: for a cell that is too long, or that holds an error of a spreadsheet.

    >>> clean("  Ｏｐｅｎ &amp; shut ")
    ('Open & shut', ('HTML entities', 'full-width characters', 'stray spaces'))
    >>> clean("undisclosed")
    ('', ())
    """
    if len(text) > limits.IMPORT_CELL_CHARACTERS:
        raise CellError("long cell", length=f"{len(text):,}", most=f"{limits.IMPORT_CELL_CHARACTERS:,}")
    done: list[str] = []
    if text and not _PLAIN.fullmatch(text):
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
            done.append("HTML entities")
        if not text.isascii():
            text = _characters(text, done)
        elif not text.isprintable():
            text = _visible(text, done)
        bare = _SPACES.sub(" ", text).strip()
        if bare != text:
            text = bare
            done.append("stray spaces")
    if text.lower() in missing:
        return "", ()
    if text.startswith("#") and _BROKEN.fullmatch(text):
        raise CellError("error of a spreadsheet", error=text)
    return text, tuple(done)


def _characters(text: str, done: list[str]) -> str:
    text = _visible(text, done)
    narrow = "".join(_narrow(c) for c in text)
    if narrow != text:
        done.append("full-width characters")
    composed = unicodedata.normalize("NFC", narrow)
    if composed != narrow:
        done.append("decomposed characters")
    return composed


def _visible(text: str, done: list[str]) -> str:
    """Without what cannot be seen: controls, marks of direction, zero-width and soft characters, half pairs."""
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))
    if kept != text:
        done.append("invisible characters")
    return kept


def _narrow(character: str) -> str:
    """Full-width letters, digits and signs of amounts as ordinary ones; Chinese punctuation stays."""
    code = ord(character)
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A or character in "％＄－．＆／":
        return chr(code - 0xFEE0)
    return character


def truth(text: str) -> str:
    """A yes or no as true or false.

    Raises:
        CellError: if it is neither.
    """
    if (found := _TRUTHS.get(text.lower())) is None:
        raise CellError("neither yes nor no", text=text)
    return found


def split(text: str, separators: tuple[str, ...]) -> list[str]:
    """Several values of one cell. A comma before a legal form separates nothing.

    >>> split("Tide Capital, Inc., Harbour LLC, Acme Co., Ltd.", (",",))
    ['Tide Capital, Inc.', 'Harbour LLC', 'Acme Co., Ltd.']
    """
    found = [text]
    for separator in separators:
        pieces: list[str] = []
        for part in found:
            for piece in part.split(separator):
                if separator in (",", "，") and pieces and _LEGAL.fullmatch(piece.strip()):
                    pieces[-1] += separator + piece
                else:
                    pieces.append(piece)
        found = pieces
    return list(dict.fromkeys(stripped for piece in found if (stripped := piece.strip())))
