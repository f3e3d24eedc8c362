"""Figures as data: rows of marks over one axis, values over editions, flows from places to places, neighbours.

`graph.drawing.draw` draws each kind, with `links` and `around` beside it. Whatever a colour says is also said by a form
(filled, hatched, outlined, a dot, a ring) and in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

KINDS = ("sure", "other", "maybe", "open", "rumour", "range", "dot", "ring")
"""Kinds of marks: filled, filled in a second colour, hatched, outlined, outlined in a second colour; whiskers, a dot,
a ring."""


@dataclass(frozen=True)
class Mark:
    """A mark of one of KINDS from `start` to `end` in units of the axis; a dot or ring stands at its start."""

    kind: str
    start: float
    end: float


@dataclass(frozen=True)
class Row:
    """One line of a figure: what it is about, its marks, the value in words; rows of one group stand together.

    The label leads to `address`, where there is one: a path on the same site.
    """

    label: str
    marks: tuple[Mark, ...]
    value: str = ""
    group: str = ""
    address: str = ""


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, with labels at some positions."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Rows:
    """Rows of marks over one axis; the legend gives the meaning of each kind of mark."""

    rows: tuple[Row, ...]
    axis: Axis
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Slope:
    """Lines over editions: each has a value, or None, for each edition; values are shown by `values`."""

    editions: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float | None, ...]], ...]
    values: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Flows:
    """Flows between places: origin, destination, how many in all, and how many without disputed ones."""

    links: tuple[tuple[str, str, int, int], ...]
    heads: tuple[str, str]


@dataclass(frozen=True)
class Neighbour:
    """A neighbour of a thing: its label, shape and colour; what joins them, in which colour; a path on the site."""

    label: str
    shape: str
    color: str
    caption: str
    edge_color: str
    disputed: bool = False
    address: str = ""


@dataclass(frozen=True)
class Around:
    """A thing, by its label, and its neighbours."""

    label: str
    neighbours: tuple[Neighbour, ...]


Chart = Rows | Slope | Flows | Around


def counts(rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Rows:
    """Bars of counts from 0, over an axis of whole numbers."""
    return Rows(tuple(rows), whole(max((m.end for row in rows for m in row.marks), default=0)), tuple(legend))


def shares(rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Rows:
    """Bars of shares, 0 to 1, over an axis of percent."""
    ticks = tuple((part / 4, f"{part * 25}%") for part in range(5))
    return Rows(tuple(rows), Axis(0, 1, ticks), tuple(legend))


def spans(rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Rows:
    """Spans of time over an axis of years; positions are years with a fraction."""
    first = int(min((m.start for row in rows for m in row.marks), default=0))
    last = int(max((m.end for row in rows for m in row.marks), default=0)) + 1
    step = max(1, -(-(last - first) // 10))
    ticks = tuple((year, str(year)) for year in range(first, last + 1, step))
    return Rows(tuple(rows), Axis(first, last, ticks), tuple(legend))


def ranks(rows: Sequence[Row], legend: Sequence[tuple[str, str]] = ()) -> Rows:
    """Dots with intervals over an axis of ranks, the first at the left."""
    axis = whole(max((m.end for row in rows for m in row.marks), default=1))
    ticks = ((1.0, "1"), *(tick for tick in axis.ticks if tick[0] > 1))
    return Rows(tuple(rows), Axis(1, max(axis.high, 2), ticks), tuple(legend))


def stack(parts: Sequence[tuple[str, float]]) -> tuple[Mark, ...]:
    """Marks one after the other, from 0: pairs of kind and length; those of no length are left out.

    >>> stack([("sure", 2), ("maybe", 0), ("open", 1)])
    (Mark(kind='sure', start=0, end=2), Mark(kind='open', start=2, end=3))
    """
    ends = [0.0 if any(isinstance(n, float) for _, n in parts) else 0]
    for _, length in parts:
        ends.append(ends[-1] + length)
    return tuple(Mark(kind, *ends) for (kind, n), ends in zip(parts, pairwise(ends), strict=True) if n)


def whole(high: float) -> Axis:
    """An axis from 0 that holds `high`, with five or six whole numbers on it.

    >>> whole(7).ticks
    ((0, '0'), (2, '2'), (4, '4'), (6, '6'), (8, '8'))
    """
    step = next(s * 10**power for power in range(12) for s in (1, 2, 5) if s * 10**power * 5 >= high)
    count = max(1, -(-int(-(-high // 1)) // step))
    return Axis(0, count * step, tuple((n * step, f"{n * step:,}") for n in range(count + 1)))


def about(low: float, high: float) -> Axis:
    """An axis that holds 0, `low` and `high`, with whole numbers on it.

    >>> about(-4, 33).ticks
    ((-10.0, '-10'), (0.0, '0'), (10.0, '10'), (20.0, '20'), (30.0, '30'), (40.0, '40'))
    """
    step = int(whole(max(abs(low), abs(high), 1)).ticks[1][0])
    first, last = floor(min(low, 0) / step), max(ceil(max(high, 0) / step), 1)
    ticks = tuple((float(n * step), f"{n * step:,}") for n in range(first, last + 1))
    return Axis(first * step, last * step, ticks)


@lru_cache(50_000)
def year(day: str) -> float:
    """A day as a year with a fraction, for an axis of time.

    >>> year("2025-07-02")
    2025.499
    """
    from datetime import date

    found = date.fromisoformat(day)
    first, following = date(found.year, 1, 1), date(found.year + 1, 1, 1) if found.year < 9999 else date.max
    return round(found.year + (found - first).days / (following - first).days, 3)
