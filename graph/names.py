"""Names, as people type them: which thing is meant, by which of its names, and how surely.

A name is looked up under its key (compatibility-normalized, case-folded, without spaces, punctuation and
the accents of Latin letters): as written, without legal form, as pinyin, or as several names of one thing side
by side; where none is found, by its words in another order, as the beginning of a name, by sound, within one or
two typing errors, and by the names in it. Every step reads a few rows of the index that `graph.naming` writes;
none scans it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from graph import limits, spelling
from graph.errors import AmbiguousNameError, NotFoundError
from ontology import compact, expand

if TYPE_CHECKING:
    import sqlite3

_ROLES = {"label": 0, "alias": 1, "formerName": 2}
_WAYS = ("written", "short", "pinyin", "order", "reading")
"""How a key stands for a name, the plainest first: in full, without legal form, in pinyin, family name last, in
pinyin with a character read otherwise."""

NEAR_WAYS = ("words", "beginning", "sound", "spelling", "part")
"""How a text may only be near a name: its words turned, its beginning, its sound, its spelling, a name in it."""

_COLUMNS = "SELECT name, language, role, thing, mentions, way FROM names"
_TONES = r"(?<=[a-z])[1-5](?=[^0-9]|$)"
_LEGAL = (
    r"(?i)(股份有限公司|有限责任公司|有限公司|股份公司|集團有限公司|股份有限公司|有限責任公司|株式会社|公司|集团|集團)$"
    r"|[\s,.]+(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|pte|pty|s\.?a\.?s?|k\.?k)\.?$"
)
_LAST = "\U0010ffff"
_WORD = "[\u3400-\u9fff]|[^\\W\u3400-\u9fff]+"
"""A Chinese character or a word of another script."""

_TRADE = r"(网络|信息|智能|人工智能|數據|数据|資訊|網絡|智慧)?(科技|技术|技術)$"


class Name(NamedTuple):
    """One name of a thing: `role` is label, alias or formerName; `thing` is `kind/slug`.

    `way` says how the text that was looked up stands for it: one of _WAYS, or of NEAR_WAYS where it is only near.
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
    folded = name.lower()
    if not name.isascii():
        folded = unicodedata.normalize("NFKC", name).casefold()
        folded = folded if folded.isascii() else "".join(map(_plain, folded))
    return "".join(filter(str.isalnum, folded))


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
    while (shorter := re.sub(_LEGAL, "", name).strip(" ,.")) and shorter != name:
        name = shorter
    return name


def find(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Every name that a text is a form of, the best first: labels before aliases, the often-told first.

    The first way that finds something decides; the others are not tried.
    """
    if "/" in text and (own := _of_thing(connection, text) or _of_other(connection, text)):
        return own[:1]
    for form in (text.strip, partial(without_legal_form, text)):  # expressions are compiled where they are needed
        if (wanted := key(form())) and (found := _with_key(connection, wanted)):
            return found
    without_tones = re.sub(_TONES, "", key(text))
    return _with_key(connection, without_tones, ("pinyin", "reading")) or _side_by_side(connection, text)


def _side_by_side(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names of which the text is made wholly, if some thing bears all of them: 阶跃星辰 StepFun."""
    runs, whole = _names_in(connection, text)
    things = _borne_by_all(runs)
    return [n for n in runs[0] if n.thing in things] if whole else []


def _borne_by_all(runs: list[list[Name]]) -> set[str]:
    return set.intersection(*({n.thing for n in run} for run in runs)) if runs else set()


def _names_in(connection: sqlite3.Connection, text: str) -> tuple[list[list[Name]], bool]:
    """The names of which a text is made, from the left, each as long as can be; and whether nothing else is in it."""
    words = [key(word) for word in re.findall(_WORD, unicodedata.normalize("NFKC", text))]
    if not 1 < len(words) <= limits.NAME_WORDS:
        return [], False
    runs, start, whole = [], 0, True
    while start < len(words):
        ends = range(len(words), start, -1)
        parts = ((end, "".join(words[start:end])) for end in ends)
        found = next(
            ((end, f) for end, part in parts if spelling.weight(part) > 2 and (f := _with_key(connection, part))), None
        )
        if found:
            runs.append(found[1])
        start, whole = (found[0], whole) if found else (start + 1, False)
    return runs, whole


def _with_key(connection: sqlite3.Connection, wanted: str, ways: tuple[str, ...] = _WAYS) -> list[Name]:
    """Names with a key, as written or without legal form; where there are none, those for which it stands otherwise."""
    found = sorted(
        (Name(*row) for row in connection.execute(f"{_COLUMNS} WHERE key = ?", (wanted,))),
        key=lambda n: (_WAYS.index(n.way), _ROLES[n.role], -n.mentions, n.thing, n.language, n.name),
    )
    found = [n for n in found if n.way in ways]
    return [n for n in found if n.way in ("written", "short")] or found


def near(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names that a text only comes near to; the first of NEAR_WAYS that finds something decides.

    Returns:
        The nearest first; each thing once.
    """
    if len(key(text)) < 2:
        return []
    steps = (_turned, _begun, _bare, _alike, _part)
    found = next((found for step in steps if (found := step(connection, text))), [])
    first: dict[str, Name] = {}
    for name in found:
        first.setdefault(name.thing, name)
    return list(first.values())


def _turned(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names whose words stand in another order: China mainland; De Freitas, Daniel."""
    words = text.split()
    turns = ("".join(words[at:] + words[:at]) for at in range(1, min(len(words), limits.NAME_WORDS)))
    found = (_with_key(connection, key(turn), ("written", "short")) for turn in turns)
    return [n._replace(way="words") for n in next(filter(None, found), [])]


def _begun(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names of which the text is the first words, if one thing alone bears them."""
    wanted = key(text)
    if spelling.weight(wanted) < 4:
        return []
    query = f"{_COLUMNS} WHERE key > ? AND key < ? AND way IN ('written', 'pinyin') LIMIT ?"
    rows = connection.execute(query, (wanted, wanted + _LAST, limits.BEGUN_NAMES))
    found = [n for row in rows if wanted in _beginnings(connection, n := Name(*row))]
    return [n._replace(way="beginning") for n in found] if len({n.thing for n in found}) == 1 else []


def _beginnings(connection: sqlite3.Connection, name: Name) -> Iterator[str]:
    """The keys of the first word, the first two words …, or of characters read in pinyin."""
    words = map(key, re.findall(_WORD, unicodedata.normalize("NFKC", name.name)))
    return accumulate(words if name.way == "written" else (_sound(connection, word) or word for word in words))


def _bare(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names with which the text agrees but for its trade: another may bear the same name in another one."""
    wanted = key(re.sub(_TRADE, "", without_legal_form(text)))
    return [n._replace(way="part") for n in _with_key(connection, wanted)]


def _part(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names in the text: what all of them mean, else what the last does that is enough of it, as in Google Gemini.

    Places do not count: many things have that of their seat in their names. Nor does a third of the text or less.
    """
    least = spelling.weight(key(text)) / 3
    runs = [[n for n in run if not n.thing.startswith("place/")] for run in _names_in(connection, text)[0]]
    things = _borne_by_all([run for run in runs if run])
    likely = [[n for n in run if n.thing in things] for run in runs] if things else reversed(runs)
    enough = ([n._replace(way="part") for n in run if spelling.weight(key(n.name)) > least] for run in likely)
    return next(filter(None, enough), [])


def _alike(connection: sqlite3.Connection, text: str) -> list[Name]:
    """Names that sound like the text, else those within the fewest typing errors."""
    wanted = key(text)
    if found := _with_key(connection, _sound(connection, wanted)):
        return [n._replace(way="sound") for n in found]
    found = [n for other in spelling.near_keys(connection, wanted) for n in _with_key(connection, other)]
    found.sort(key=lambda n: (_ROLES[n.role], -n.mentions, n.thing, n.language, n.name))
    return [n._replace(way="spelling") for n in found]


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


def _of_thing(connection: sqlite3.Connection, thing: str) -> list[Name]:
    query = f"{_COLUMNS} WHERE thing = ? AND way = 'written' ORDER BY role DESC, language"
    return [Name(*row) for row in connection.execute(query, (thing,))]


def _of_other(connection: sqlite3.Connection, thing: str) -> list[Name]:
    """Names of the thing that was found to be the same: its identifier is the one that stayed."""
    query = "SELECT node FROM links WHERE target = ? AND property = 'exactMatch'"
    found = connection.execute(query, (expand(thing),)).fetchone()
    return _of_thing(connection, compact(found[0])) if found else []


def other_names(connection: sqlite3.Connection, thing: str) -> list[str]:
    """Every name of a thing but its labels in English and Simplified Chinese."""
    found = (n for n in _of_thing(connection, thing) if n.role != "label" or n.language == "zh-hant")
    return list(dict.fromkeys(n.name for n in found))


def read_keys(connection: sqlite3.Connection, thing: str) -> list[str]:
    """The keys under which a thing is found that its names do not show: pinyin, family name last, no legal form."""
    query = "SELECT DISTINCT key FROM names WHERE thing = ? AND way <> 'written' ORDER BY key"
    return [wanted for (wanted,) in connection.execute(query, (thing,))]


def beginning(connection: sqlite3.Connection, text: str, most: int) -> list[Name]:
    """Names that begin with a text, as written or in pinyin: each thing once, the most often told of first."""
    wanted = key(text)
    query = """SELECT name, language, role, thing, mentions, 'beginning', MAX(role || way || name) FROM names
        WHERE key >= ? AND key < ? AND way IN ('written', 'pinyin')
        GROUP BY thing ORDER BY mentions DESC, name, thing LIMIT ?"""  # of a thing's names that with the last column
    rows = connection.execute(query, (wanted, wanted + _LAST, most)) if wanted else ()
    return [Name(*row[:-1]) for row in rows]


def suggest(connection: sqlite3.Connection, text: str) -> list[str]:
    """Names most like `text`, for "did you mean": near ones, else those that begin with it or with which it begins."""
    wanted = key(text)
    found = near(connection, text)
    if not found and len(wanted) > 1:
        found = beginning(connection, text, limits.SUGGESTIONS)
    if not found:
        parts = text.split()[: limits.SUGGESTIONS]
        found = [n for part in parts for n in find(connection, part) or near(connection, part)]
    starts = (wanted[:end] for end in range(min(len(wanted), 40) - 1, 1, -1))
    while not found and (start := next(starts, "")):
        found = _with_key(connection, start)
    return list(dict.fromkeys(" ".join(n.name.split()) for n in found))[: limits.SUGGESTIONS]


def candidates(connection: sqlite3.Connection, text: str, surely: bool = True) -> list[Name]:
    """The names that a text is a form of; where there are none and that will do, those nearest to it."""
    found = find(connection, text)
    if found or surely:
        return found
    return near(connection, text)


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
    found = [n for n in candidates(connection, text, surely) if not kinds or n.thing.partition("/")[0] in kinds]
    if not found:
        like = suggest(connection, text)
        hint = "did you mean " + ", ".join(like) + "?" if like else "try another spelling, or a part of the name"
        raise NotFoundError(f"nothing here is named '{text}'; {hint}")
    best = [n for n in found if (n.role, n.way) == (found[0].role, found[0].way)]
    things = sorted({n.thing for n in best})
    if len(things) > 1:
        raise AmbiguousNameError(f"'{text}' names several things: " + ", ".join(things) + "; name one of them", things)
    return best[0]
