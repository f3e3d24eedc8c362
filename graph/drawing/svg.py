"""Elements of SVG as text, and how wide a text is at most, in any of the usual fonts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape
from itertools import accumulate

from graph import terminal

SIZE, LINE = 13.0, 17.0
"""Size of the letters and distance of two lines, in pixels of the page."""

_NARROW = frozenset("iljtfrI.,:;'|!()[]/-· ")
_BROAD = frozenset("mwMW%@&+=<>~")
_CLOSING = "，。、；：！？）」』》”’…"
_WORD = re.compile(r"\s*(?:[⺀-鿿＀-￯豈-﫿、-〿][，。、；：！？）」』》”’…]*|[^\s⺀-鿿＀-￯豈-﫿、-〿]+)")


def tag(name: str, *inner: str, **attributes: str | float) -> str:
    """An element; a trailing underscore of an attribute's name is dropped, other underscores are hyphens.

    >>> tag("text", text("a<b"), x=1.50, class_="label")
    '<text x="1.5" class="label">a&lt;b</text>'
    """
    written = "".join([f' {_key(key)}="{_value(v)}"' for key, v in attributes.items()])
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


@cache
def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return attribute(value) if isinstance(value, str) else number(value)


def attribute(value: str) -> str:
    """A text as it stands in an attribute, escaped, without control characters."""
    return escape(terminal.clean(value))


@lru_cache(10_000)
def number(value: float) -> str:
    """A number as attributes have it, to two places.

    >>> number(1.50), number(2.0), number(0.333)
    ('1.5', '2', '0.33')
    """
    return f"{round(value, 2):g}"


def text(value: str) -> str:
    """A text, escaped, without control characters."""
    return escape(terminal.clean(value), quote=False)


@lru_cache(10_000)
def width(value: str, size: float = SIZE) -> float:
    """How many pixels a text takes at most: measured for the wider of the usual fonts, 1 em a Chinese character."""
    return sum(map(_em, value)) * size


class _Ems(dict[str, float]):
    """How wide characters are in em, at most."""

    def __missing__(self, character: str) -> float:
        is_broad = not character.isascii() or character in _BROAD
        narrow = 0.42 if character in _NARROW else 0.78 if character.isupper() else 0.65
        self[character] = found = 1.0 if is_broad else narrow
        return found


_em = _Ems().__getitem__


@lru_cache(10_000)
def wrap(value: str, room: float, lines: int = 2, size: float = SIZE) -> tuple[str, ...]:
    """A text in lines that fit `room` pixels; what does not fit the last line is cut with an ellipsis.

    >>> wrap("Mainland China", 80)
    ('Mainland', 'China')
    >>> wrap("中国大陆以外", 52)
    ('中国大陆', '以外')
    """
    whole = terminal.clean(value).strip()
    if width(whole, size) <= room:
        return (whole,)
    found, taken = [""], 0.0
    for word in _WORD.findall(whole):
        longer = sum(map(_em, word), taken)
        if found[-1] and longer * size > room:
            found.append(word.lstrip())
            taken = width(found[-1], 1)
        else:
            found[-1] += word
            taken = longer
    if len(found) > lines:
        found[lines - 1 :] = [" ".join(found[lines - 1 :])]
    return tuple([_cut(line, room, size) for line in found])


def _cut(value: str, room: float, size: float) -> str:
    if width(value, size) <= room:
        return value
    fitting = [taken for taken in accumulate(map(_em, value)) if (taken + _em("…")) * size <= room]
    return value[: len(fitting)].rstrip() + "…"


def lines(found: Sequence[str], x: float, y: float, class_: str, anchor: str = "start") -> str:
    """A text element of several lines; `y` is the base of the first."""
    left = number(x)
    spans = [f'<tspan x="{left}" y="{number(y + n * LINE)}">{text(line)}</tspan>' for n, line in enumerate(found)]
    return f'<text class="{class_}" text-anchor="{anchor}">{"".join(spans)}</text>'


def linked(address: str, *inner: str) -> str:
    """Elements that lead to an address of the same site, where there is one."""
    drawn = "".join(inner)
    return f'<a href="{attribute(address)}">{drawn}</a>' if address.startswith("/") else drawn
