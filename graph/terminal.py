"""Text for a terminal: widths of Chinese characters, wrapping, colours, links, and nothing that could steer it."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for wide characters, none for combining and invisible ones."""
    return len(text) if text.isascii() else sum(map(_width, text))


@cache
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if _is_wide(character) else 1


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def clean(text: str) -> str:
    """The text without control characters and direction overrides, so that data cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if c not in _STEERING)


_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_terminal() -> bool:
    """Whether a person reads the output as it comes."""
    return sys.stdout.isatty()


def columns() -> int:
    """Columns of the terminal; 80 where there is none."""
    if not is_terminal():
        return 80
    return shutil.get_terminal_size((80, 24)).columns


def colored() -> bool:
    """Whether to use colours and links: on a terminal, unless NO_COLOR is set or TERM is dumb."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def pad(text: str, columns: int) -> str:
    """The text filled up with spaces to a number of columns."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text, shortened to a number of columns with an ellipsis."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`; breaks at spaces, between wide characters, and in longer words."""
    lines, line, taken = [], "", 0
    for word in _words(text, columns):
        if line and taken + width(word.rstrip()) > columns:
            lines.append(line.rstrip())
            line = word.lstrip()
            taken = width(line)
        else:
            line += word
            taken += width(word)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = frozenset("，。、；：！？）」』》”’…")
"""What never begins a line in Chinese."""


def _words(text: str, columns: int) -> Iterator[str]:
    word, taken = "", 0
    for character, following in zip_longest(text, text[1:], fillvalue=" "):
        if word and taken + _width(character) > columns:
            yield word
            word, taken = "", 0
        word += character
        taken += _width(character)
        if character == " " or (_is_wide(character) and following not in _CLOSING):
            yield word
            word, taken = "", 0
    if word:
        yield word


def paint(text: str, code: str) -> str:
    """The text in a colour (an SGR code), where colours are used."""
    return f"\033[{code}m{text}\033[0m" if colored() and code else text


def link(text: str, address: str) -> str:
    """The text as a hyperlink (OSC 8), where colours are used and the address is one of the web."""
    if not (text and colored() and address.startswith(("http://", "https://"))):
        return text
    plain = "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode()) for c in address)
    return f"\033]8;;{plain}\033\\{text}\033]8;;\033\\"
