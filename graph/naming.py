"""Writes the names of things into the index, in every form under which they may be looked up.

What is slow to start or to compute (OpenCC for Traditional Chinese, pinyin) happens here, at build time,
so that a lookup only reads rows.
"""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from graph.names import Name, key, without_legal_form
from graph.spelling import allowed_errors, pieces

if TYPE_CHECKING:
    from pypinyin.core import Pinyin

_SCHEMA = """
CREATE TABLE names (key TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL, role TEXT NOT NULL,
                    thing TEXT NOT NULL, mentions INTEGER NOT NULL, way TEXT NOT NULL);
CREATE TABLE pieces (length INTEGER, start INTEGER, piece TEXT, key TEXT,
                     PRIMARY KEY (length, start, piece, key)) WITHOUT ROWID;
CREATE TABLE readings (character TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE staged.keys (key TEXT, errors INTEGER);
CREATE TABLE staged.cuts (length INTEGER, errors INTEGER, start INTEGER, size INTEGER,
                          PRIMARY KEY (length, errors, start)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_thing ON names (thing);
"""
_CUT = """
INSERT INTO main.pieces SELECT length, start, substr(key, start + 1, size), key
FROM staged.keys CROSS JOIN staged.cuts ON length = length(key) AND cuts.errors = keys.errors ORDER BY 1, 2, 3, 4
"""
_ROWS = 5_000
"""How many rows wait until they are written."""

_UMLAUT = re.compile("(?<=[ln])v")
_SEVERAL_READINGS = 4
"""In names of up to so many characters each of them may be read otherwise: family names often are."""


class Names:
    """Writes the tables of names, thing by thing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin in an index in which they do not stand yet, with a database `staged` beside it for what is sorted."""
        self._connection = connection
        self._characters: set[str] = set()
        self._rows: list[tuple[str | int, ...]] = []
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)

    def add(self, names: Sequence[Name]) -> None:
        """Take all names of a thing: labels, aliases and former names as the register gives them."""
        rows = {
            (form, n.name, n.language, n.role, n.thing, n.mentions, way)
            for n in _with_traditional(names)
            for way, form in _forms(n)
        }
        self._rows += sorted(rows)
        self._characters.update(c for row in rows if not row[0].isascii() for c in row[0] if _is_chinese(c))
        if len(self._rows) > _ROWS:
            self._write()

    def _write(self) -> None:
        self._connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def close(self) -> None:
        """All were given: write what follows from them."""
        self._write()
        for statement in _INDEXES.split(";"):
            self._connection.execute(statement)
        self._cut()
        readings = [(c, _otherwise(c)[0]) for c in sorted(self._characters)]
        self._connection.executemany("INSERT INTO readings VALUES (?, ?)", readings)

    def _cut(self) -> None:
        """Cut every key that bears errors; keys of one length that bear as many are cut in the same places."""
        keys = self._connection.execute("SELECT DISTINCT key FROM names")
        bearing = ((key, errors) for (key,) in keys if (errors := allowed_errors(key)))
        self._connection.executemany("INSERT INTO staged.keys VALUES (?, ?)", bearing)
        alike = self._connection.execute("SELECT length(key), errors, min(key) FROM staged.keys GROUP BY 1, 2")
        cuts = ((length, errors, start, len(piece)) for length, errors, key in alike for start, piece in pieces(key))
        self._connection.executemany("INSERT INTO staged.cuts VALUES (?, ?, ?, ?)", cuts)
        self._connection.execute(_CUT)


def simplified(text: str) -> str:
    """A text in Simplified characters."""
    return _converter("t2s")(text)


def _traditional(text: str) -> set[str]:
    """A text in Traditional characters: by the standard of OpenCC, and in the variants of Taiwan and Hong Kong."""
    standard = _converter("s2t")(text)
    return {standard, _converter("t2tw")(standard), _converter("t2hk")(standard)}


@cache
def _converter(name: str) -> Callable[[str], str]:
    """A conversion of OpenCC; the variants by themselves are small, s2tw and s2hk would load all of s2t again."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def _forms(name: Name) -> Iterator[tuple[str, str]]:
    """Ways and keys under which a name is found."""
    own = key(name.name)
    if not own:
        return
    yield "written", own
    if (shorter := without_legal_form(name.name)) != name.name and (short := key(shorter)) and short != own:
        yield "short", short
    if not own.isascii() and any(map(_is_chinese, own)):
        if name.language != "zh-hant":
            likely, *others = _readings(own)
            yield from (("pinyin", form) for form in likely)
            yield from (("reading", form) for form in {form for forms in others for form in forms} - set(likely))
    elif name.thing.startswith("person/") and (words := name.name.split())[1:]:
        yield "order", key("".join([words[-1], *words[:-1]]))


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _readings(text: str) -> list[list[str]]:
    """Keys of pinyin without tones, with ü as v and as u: of the likeliest, then with one character read otherwise."""
    likely = _pinyin().lazy_pinyin(text)
    found = [likely]
    if len(likely) == len(text) <= _SEVERAL_READINGS:
        found += [[*likely[:i], r, *likely[i + 1 :]] for i, c in enumerate(text) for r in _otherwise(c)]
    keys = [key("".join(syllables)) for syllables in found]
    return [list(dict.fromkeys((form, _UMLAUT.sub("u", form)))) for form in keys]


@cache
def _otherwise(character: str) -> list[str]:
    """Every reading of a character."""
    from pypinyin import Style

    readings: list[str] = _pinyin().pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return readings


@cache
def _pinyin() -> Pinyin:
    """What reads Chinese; its dictionaries stay, so the garbage collector need not look at them again."""
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin

    class Remembering(DefaultConverter):
        convert_style = cache(DefaultConverter.convert_style)

    gc.freeze()
    return Pinyin(Remembering())


def _with_traditional(names: Sequence[Name]) -> Iterator[Name]:
    """The names of a thing, and their Traditional forms.

    A Traditional label given by hand stands instead of those of the label: the owner of a name may write it otherwise.
    """
    by_hand = any((n.role, n.language) == ("label", "zh-hant") for n in names)
    for name in names:
        yield name
        if name.language == "zh-hans" and not (name.role == "label" and by_hand):
            for text in _traditional(name.name) - {name.name}:
                yield Name(text, "zh-hant", name.role, name.thing, name.mentions)
