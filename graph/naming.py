"""Writes the names of things into the index, in every form under which they may be looked up.

What is slow to start or to compute (OpenCC for Traditional Chinese, pinyin) happens here, at build time,
so that a lookup only reads rows.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from graph.names import Name, key, without_legal_form
from graph.spelling import allowed_errors, pieces

_SCHEMA = """
CREATE TABLE names (key TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL, role TEXT NOT NULL,
                    thing TEXT NOT NULL, mentions INTEGER NOT NULL, way TEXT NOT NULL);
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_thing ON names (thing);
CREATE TABLE pieces (length INTEGER, start INTEGER, piece TEXT, key TEXT,
                     PRIMARY KEY (length, start, piece, key)) WITHOUT ROWID;
CREATE TABLE readings (character TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID;
"""
_UMLAUT = re.compile("(?<=[ln])v")
_SEVERAL_READINGS = 4
"""In names of up to so many characters each of them may be read otherwise: family names often are."""


def write(connection: sqlite3.Connection, names: Iterable[Name]) -> None:
    """Write the tables of names.

    Args:
        connection: to the index, in which they do not stand yet.
        names: labels, aliases and former names as the register gives them.
    """
    connection.executescript(_SCHEMA)
    written = sorted(set(_with_traditional(names)))
    rows = set()
    for name in written:
        for way, form in _forms(name):
            rows.add((form, name.name, name.language, name.role, name.thing, name.mentions, way))
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(rows))
    cut = {
        (len(k), start, piece, k) for k in {row[0] for row in rows} if allowed_errors(k) for start, piece in pieces(k)
    }
    connection.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?)", sorted(cut))
    characters = sorted({c for row in rows for c in row[0] if _is_chinese(c)})
    connection.executemany("INSERT INTO readings VALUES (?, ?)", [(c, _otherwise(c)[0]) for c in characters])


def simplified(text: str) -> str:
    """A text in Simplified characters."""
    return _to_simplified()(text)


@cache
def _to_simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _forms(name: Name) -> Iterator[tuple[str, str]]:
    """Ways and keys under which a name is found."""
    own = key(name.name)
    if not own:
        return
    yield "written", own
    short = key(without_legal_form(name.name))
    if short and short != own:
        yield "short", short
    if any(_is_chinese(c) for c in own):
        if name.language != "zh-hant":
            likely, *others = _readings(own)
            yield from (("pinyin", form) for form in likely)
            yield from (("reading", form) for form in {form for forms in others for form in forms} - set(likely))
    elif name.thing.startswith("person/") and (words := name.name.split())[1:]:
        yield "order", key(" ".join([words[-1], *words[:-1]]))


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _readings(text: str) -> list[list[str]]:
    """Keys of pinyin without tones, with ü as v and as u: of the likeliest, then with one character read otherwise."""
    from pypinyin import lazy_pinyin

    likely = lazy_pinyin(text)
    found = [likely]
    if len(likely) == len(text) <= _SEVERAL_READINGS:
        found += [[*likely[:i], r, *likely[i + 1 :]] for i, c in enumerate(text) for r in _otherwise(c)]
    keys = [key("".join(reading)) for reading in found]
    return [list(dict.fromkeys((form, _UMLAUT.sub("u", form)))) for form in keys]


@cache
def _otherwise(character: str) -> list[str]:
    """Every reading of a character."""
    from pypinyin import Style, pinyin

    return pinyin(character, style=Style.NORMAL, heteronym=True)[0]


def _with_traditional(names: Iterable[Name]) -> Iterator[Name]:
    """The names, and their Traditional forms by the three variants of OpenCC.

    A Traditional label given by hand stands instead of those of the label: the owner of a name may write it otherwise.
    """
    from opencc import OpenCC

    converters = [OpenCC(variant) for variant in ("s2t", "s2tw", "s2hk")]
    given = list(names)
    by_hand = {n.thing for n in given if (n.role, n.language) == ("label", "zh-hant")}
    for name in given:
        yield name
        if name.language == "zh-hans" and not (name.role == "label" and name.thing in by_hand):
            for text in sorted({c.convert(name.name) for c in converters} - {name.name}):
                yield Name(text, "zh-hant", name.role, name.thing, name.mentions)
