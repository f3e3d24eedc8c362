"""Names, as people type them: which thing is meant, by which of its names, and how surely.

A name is looked up under its key (compatibility-normalized, case-folded, without spaces, punctuation and
the accents of Latin letters): as written, without legal form, as pinyin; then by sound, and within one or
two typing errors. Every step reads a few rows of the index that `graph.naming` writes; none scans it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from graph import limits
from graph.errors import AmbiguousNameError, NotFoundError

if TYPE_CHECKING:
    import sqlite3

_ROLES = {"label": 0, "alias": 1, "formerName": 2}
_WAYS = ("written", "short", "pinyin", "order")
"""How a key stands for a name, the plainest first: in full, without legal form, in pinyin, family name last."""

_COLUMNS = "SELECT name, language, role, thing, mentions, way FROM names"
_TONES = re.compile(r"(?<=[a-z])[1-5](?=[^0-9]|$)")
_LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|股份公司|集團有限公司|股份有限公司|有限責任公司|株式会社|公司|集团|集團)$"
    r"|[\s,.]+(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|pte|pty|s\.?a\.?s?|k\.?k)\.?$",
    re.IGNORECASE,
)
_TRADE = re.compile(r"(网络|信息|智能|人工智能|數據|数据|資訊|網絡|智慧)?(科技|技术|技術)$")


class Name(NamedTuple):
    """One name of a thing: `role` is label, alias or formerName; `thing` is `kind/slug`.

    `way` says how the text that was looked up stands for it: one of _WAYS, or "sound" or "spelling" where
    it is only near.
    """

    name: str
    language: str
    role: str
    thing: str
    mentions: int = 0
    way: str = "written"

    @property
    def certain(self) -> bool:
        """Whether the text is a form of this name, and not only near it."""
        return self.way in _WAYS


def key(name: str) -> str:
    """The key under which a name is found.

    >>> key("Character.AI") == key("character ai") == key("ＣＨＡＲＡＣＴＥＲ　ＡＩ")
    True
    >>> key("zhì pǔ")
    'zhipu'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if not folded.isascii():
        folded = "".join(_plain(c) for c in folded)
    return "".join(c for c in folded if c.isalnum())


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def without_legal_form(name: str) -> str:
    """The name of a company without its legal form; the same name where it has none.

    >>> without_legal_form("Butterfly Effect Pte. Ltd.")
    'Butterfly Effect'
    >>> without_legal_form("北京智谱华章科技股份有限公司")
    '北京智谱华章科技'
    """
    name = name.strip()
    while (shorter := _LEGAL.sub("", name).strip(" ,.")) and shorter != name:
        name = shorter
    return name


def find(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Every name that a text is a form of, the best first: labels before aliases, the often-told first.

    The first way that finds something decides; the others are not tried.
    """
    if "/" in text and (own := _of_thing(connection, text)):
        return own[:1]
    short = without_legal_form(text)
    for wanted in dict.fromkeys((key(text), key(short), key(_TRADE.sub("", short)))):
        if wanted and (found := _with_key(connection, wanted)):
            return found
    without_tones = _TONES.sub("", key(text))
    return [n for n in _with_key(connection, without_tones, ("pinyin",)) if without_tones != key(text)]


def _with_key(connection: sqlite3.Connection, wanted: str, ways: tuple[str, ...] = _WAYS) -> list[Name]:
    """Names with a key, as written or without legal form; where there are none, those for which it stands otherwise."""
    found = sorted(
        (Name(*row) for row in connection.execute(f"{_COLUMNS} WHERE key = ?", (wanted,))),
        key=lambda n: (_WAYS.index(n.way), _ROLES[n.role], -n.mentions, n.thing, n.language, n.name),
    )
    found = [n for n in found if n.way in ways]
    return [n for n in found if n.way in ("written", "short")] or found


def near(connection: sqlite3.Connection, text: str) -> list[tuple[int, Name]]:
    """Names that sound or are spelt nearly like a text.

    Returns:
        Pairs of the number of errors and a name, the nearest first; each thing once.
    """
    wanted = key(text)
    if len(wanted) < 2:
        return []
    found: list[tuple[int, Name]] = []
    sound = _sound(connection, wanted)
    if sound and sound != wanted:
        found += [(0, n._replace(way="sound")) for n in _with_key(connection, sound)]
    for errors, other in _near_keys(connection, wanted):
        found += [(errors, n._replace(way="spelling")) for n in _with_key(connection, other)]
    found.sort(key=lambda p: (p[0], _ROLES[p[1].role], -p[1].mentions, p[1].thing, p[1].language, p[1].name))
    first: dict[str, tuple[int, Name]] = {}
    for errors, name in found:
        first.setdefault(name.thing, (errors, name))
    return list(first.values())


def _sound(connection: sqlite3.Connection, wanted: str) -> str:
    """The key with each Chinese character read in pinyin; "" where one cannot be read or none is there."""
    if wanted.isascii():
        return ""
    read = dict(
        connection.execute(
            f"SELECT character, reading FROM readings WHERE character IN ({', '.join('?' * len(wanted))})",
            tuple(wanted),
        )
    )
    sounds = [c if c.isascii() else read.get(c, "") for c in wanted]
    return "".join(sounds) if all(sounds) else ""


def allowed_errors(wanted: str) -> int:
    """How many typing errors a key bears: none when it is short, two when it is long."""
    weight = len(wanted) if wanted.isascii() else sum(1 if c.isascii() else 2 for c in wanted)
    return 0 if weight < 4 or len(wanted) < 3 else 1 if weight < 8 else 2


def pieces(name_key: str) -> Iterator[tuple[int, str]]:
    """A key cut into one piece more than it bears errors: one of them is then untouched (Li et al., Pass-Join, 2011).

    Returns:
        Pairs of the position of a piece and the piece.
    """
    count = allowed_errors(name_key) + 1
    size, longer = divmod(len(name_key), count)
    start = 0
    for number in range(count):
        end = start + size + (number >= count - longer)
        yield start, name_key[start:end]
        start = end


def _near_keys(connection: sqlite3.Connection, wanted: str) -> list[tuple[int, str]]:
    """Keys within the errors allowed, with their distances."""
    errors = allowed_errors(wanted)
    if not errors:
        return []
    swapped = {f"{wanted[:i]}{wanted[i + 1]}{wanted[i]}{wanted[i + 2 :]}" for i in range(len(wanted) - 1)}
    candidates = set(_existing(connection, swapped))
    probes = [
        (length, start, wanted[start + shift : start + shift + size])
        for length in range(len(wanted) - errors, len(wanted) + errors + 1)
        for start, size in _cuts(length, wanted)
        for shift in range(-errors, errors + 1)
        if start + shift >= 0 and start + shift + size <= len(wanted)
    ]
    query = "SELECT key FROM pieces WHERE length = ? AND start = ? AND piece = ? LIMIT ?"
    for probe in dict.fromkeys(probes):
        candidates.update(row[0] for row in connection.execute(query, (*probe, limits.NEAR_NAMES)))
    found = ((distance(wanted, other, errors), other) for other in candidates if other != wanted)
    return sorted((far, other) for far, other in found if far <= min(errors, allowed_errors(other)))


def _cuts(length: int, wanted: str) -> list[tuple[int, int]]:
    """Where keys of a length and of the script of `wanted` are cut, and how long the pieces are."""
    model = "a" * length if wanted.isascii() else "中" * length
    found = {(start, len(piece)) for start, piece in pieces(model)}
    if not wanted.isascii():
        found |= {(start, len(piece)) for start, piece in pieces("a" * length)}
    return sorted(found)


def _existing(connection: sqlite3.Connection, keys: Iterable[str]) -> list[str]:
    found = (connection.execute("SELECT key FROM names WHERE key = ? LIMIT 1", (each,)).fetchone() for each in keys)
    return [row[0] for row in found if row]


def distance(one: str, other: str, most: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string alignment).

    Returns:
        The number, or `most` + 1 as soon as it is surely larger.

    >>> distance("manus", "mnaus", 2)
    1
    >>> distance("manus", "venus", 1)
    2
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def _of_thing(connection: sqlite3.Connection, thing: str) -> list[Name]:
    rows = connection.execute(f"{_COLUMNS} WHERE thing = ? AND way = 'written' ORDER BY role DESC, language", (thing,))
    return [Name(*row) for row in rows]


def other_names(connection: sqlite3.Connection, thing: str) -> list[str]:
    """Every name of a thing but its labels in English and Simplified Chinese."""
    found = (n for n in _of_thing(connection, thing) if n.role != "label" or n.language == "zh-hant")
    return list(dict.fromkeys(n.name for n in found))


def suggest(connection: sqlite3.Connection, text: str) -> list[str]:
    """Names most like `text`, for "did you mean": near ones, else those that begin with it or with which it begins."""
    wanted = key(text)
    found = [name for _, name in near(connection, text)]
    if not found and len(wanted) > 1:
        query = f"{_COLUMNS} WHERE key >= ? AND key < ? AND way = 'written' ORDER BY mentions DESC, name LIMIT ?"
        bounds = (wanted, wanted + "\U0010ffff", limits.SUGGESTIONS)
        found = [Name(*row) for row in connection.execute(query, bounds)]
    if not found:
        parts = text.split()[: limits.SUGGESTIONS]
        found = [n for part in parts for n in find(connection, part) or [n for _, n in near(connection, part)]]
    starts = (wanted[:end] for end in range(min(len(wanted), 40) - 1, 1, -1))
    while not found and (start := next(starts, "")):
        found = _with_key(connection, start)
    return list(dict.fromkeys(" ".join(n.name.split()) for n in found))[: limits.SUGGESTIONS]


def candidates(connection: sqlite3.Connection, text: str, surely: bool = True) -> list[Name]:
    """The names that a text is a form of; where there are none and that will do, those nearest to it."""
    found = find(connection, text)
    if found or surely:
        return found
    close = near(connection, text)
    return [name for errors, name in close if errors == close[0][0]]


def resolve(
    connection: sqlite3.Connection, text: str, kinds: frozenset[str] = frozenset(), surely: bool = True
) -> Name:
    """The one thing that a name means.

    Args:
        connection: the index.
        text: a name in any script, or `kind/slug`.
        kinds: words such as "organization"; any when empty.
        surely: whether only a form of a name will do; else the one name that is nearest will.

    Raises:
        NotFoundError: with suggestions, if nothing has that name.
        AmbiguousNameError: if several things bear it as their label, or none does and several as alias.
    """
    found = candidates(connection, text, surely)
    found = [n for n in found if not kinds or n.thing.partition("/")[0] in kinds]
    if not found:
        like = suggest(connection, text)
        hint = "did you mean " + ", ".join(like) + "?" if like else "try another spelling, or a part of the name"
        raise NotFoundError(f"nothing here is named '{text}'; {hint}")
    best = [n for n in found if (n.role, n.way) == (found[0].role, found[0].way)]
    things = sorted({n.thing for n in best})
    if len(things) > 1:
        raise AmbiguousNameError(f"'{text}' names several things: " + ", ".join(things) + "; name one of them", things)
    return best[0]
