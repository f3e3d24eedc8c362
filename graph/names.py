"""The index of names: a small SQLite table, built with the graph, so that a lookup never scans it.

Every name is stored under a key: compatibility-normalized, case-folded, without spaces and
punctuation. Traditional forms of Chinese names are indexed too (OpenCC, at build time only).
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from graph import limits
from graph.errors import AmbiguousNameError, NotFoundError

_SCHEMA = """
CREATE TABLE names (key TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
                    role TEXT NOT NULL, thing TEXT NOT NULL, mentions INTEGER NOT NULL);
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_thing ON names (thing);
"""
_ROLES = {"label": 0, "alias": 1, "formerName": 2}


class Name(NamedTuple):
    """One name of a thing: `role` is label, alias or formerName; `thing` is `kind/slug`."""

    name: str
    language: str
    role: str
    thing: str
    mentions: int = 0


def key(name: str) -> str:
    """The key under which a name is found.

    >>> key("Character.AI") == key("character ai") == key("ＣＨＡＲＡＣＴＥＲ　ＡＩ")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


def build(names: Iterable[Name], path: str) -> sqlite3.Connection:
    """Write the index to a new SQLite file (or ":memory:") and return the connection."""
    connection = sqlite3.connect(path)
    connection.executescript(_SCHEMA)
    rows = sorted({(key(n.name), n.name, n.language, n.role, n.thing, n.mentions) for n in _with_traditional(names)})
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    return connection


def _with_traditional(names: Iterable[Name]) -> Iterator[Name]:
    from opencc import OpenCC

    converters = [OpenCC(variant) for variant in ("s2t", "s2tw", "s2hk")]
    for name in names:
        yield name
        if name.language == "zh-hans":
            for text in sorted({c.convert(name.name) for c in converters} - {name.name}):
                yield Name(text, "zh-hant", name.role, name.thing, name.mentions)


def open_index(path: Path) -> sqlite3.Connection:
    """Open an index for reading only."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def find(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Every name with the key of `text`, the best first: labels before aliases, the often-told first."""
    if "/" in text and (own := _of_thing(connection, text)):
        return own[:1]
    if not (wanted := key(text)):
        return []
    rows = connection.execute("SELECT name, language, role, thing, mentions FROM names WHERE key = ?", (wanted,))
    found = [Name(*row) for row in rows]
    return sorted(found, key=lambda n: (_ROLES[n.role], -n.mentions, n.thing, n.language))


def _of_thing(connection: sqlite3.Connection, thing: str) -> list[Name]:
    rows = connection.execute(
        "SELECT name, language, role, thing, mentions FROM names WHERE thing = ? ORDER BY role DESC, language",
        (thing,),
    )
    return [Name(*row) for row in rows]


def other_names(connection: sqlite3.Connection, thing: str) -> list[str]:
    """Every name of a thing but its labels in English and Simplified Chinese."""
    found = (n for n in _of_thing(connection, thing) if n.role != "label" or n.language == "zh-hant")
    return list(dict.fromkeys(n.name for n in found))


def suggest(connection: sqlite3.Connection, text: str) -> list[str]:
    """Names most like `text`, for "did you mean"."""
    from difflib import get_close_matches

    keys: dict[str, str] = {}
    for found, name in connection.execute("SELECT key, name FROM names ORDER BY key, name"):
        keys.setdefault(found, name)
    near = get_close_matches(key(text), list(keys), limits.SUGGESTIONS, 0.6)
    return [" ".join(keys[found].split()) for found in near]


def resolve(connection: sqlite3.Connection, text: str, kinds: frozenset[str] = frozenset()) -> Name:
    """The one thing that a name means.

    Args:
        connection: the index.
        text: a name in any script, or `kind/slug`.
        kinds: words such as "organization"; any when empty.

    Raises:
        NotFoundError: with suggestions, if nothing has that name.
        AmbiguousNameError: if several things bear it as their label, or none does and several as alias.
    """
    found = [n for n in find(connection, text) if not kinds or n.thing.partition("/")[0] in kinds]
    if not found:
        near = suggest(connection, text)
        hint = "did you mean " + ", ".join(near) + "?" if near else "try another spelling, or a part of the name"
        raise NotFoundError(f"nothing here is named '{text}'; {hint}")
    best = [n for n in found if n.role == found[0].role]
    things = sorted({n.thing for n in best})
    if len(things) > 1:
        raise AmbiguousNameError(f"'{text}' names several things: " + ", ".join(things) + "; name one of them", things)
    return best[0]
