"""Dates as sources give them: spans of days instead of false precision.

A date expression is what a fact file holds: `2023`, `2025-06`, `2025-06-18`, `2025-H1`, `2025-Q3`, and
intervals in the manner of ISO 8601-2 (EDTF): `2023-10/2024-03`, `../2025-06`, `2025-06/..`.
ISO days compare correctly as strings, so a span holds strings.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_PERIODS = {
    "H1": ("01-01", "06-30"),
    "H2": ("07-01", "12-31"),
    "Q1": ("01-01", "03-31"),
    "Q2": ("04-01", "06-30"),
    "Q3": ("07-01", "09-30"),
    "Q4": ("10-01", "12-31"),
}
_FORM = re.compile(r"([12]\d{3})(?:-(H[12]|Q[1-4])|-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Span(NamedTuple):
    """The first and the last day that an expression allows; None where a side is open."""

    first: str | None
    last: str | None

    def overlaps(self, other: Span) -> bool:
        """Whether some day lies in both, so that both can be true of one event."""
        return (self.first or "") <= (other.last or "9999-12-31") and (other.first or "") <= (self.last or "9999-12-31")

    def days(self) -> int:
        """How many days the span covers; a very large number when a side is open."""
        if self.first is None or self.last is None:
            return 10_000_000 if self.first or self.last else 20_000_000
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


@lru_cache(50_000)
def parse(expression: str) -> Span:
    """Read a date expression.

    Args:
        expression: such as "2023", "2025-06", "2025-H1", "2023-10/2024-03" or "../2025-06-18".

    Returns:
        The span of days it allows.

    Raises:
        ValueError: with a message that says what is wrong.

    >>> parse("2025-06")
    Span(first='2025-06-01', last='2025-06-30')
    >>> parse("../2025-06-18")
    Span(first=None, last='2025-06-18')
    """
    if "/" not in expression:
        return Span(*_parse_one(expression))
    start, _, end = expression.partition("/")
    first = None if start == ".." else _parse_one(start)[0]
    last = None if end == ".." else _parse_one(end)[1]
    if first is None and last is None:
        raise ValueError(f"'{expression}' is open on both sides")
    if first is not None and last is not None and first > last:
        raise ValueError(f"'{expression}' ends before it begins")
    return Span(first, last)


def _parse_one(text: str) -> tuple[str, str]:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no date such as 2025, 2025-06, 2025-06-18, 2025-H1 or 2025-Q3")
    year, period, month, day = match.groups()
    if period is not None:
        first, last = _PERIODS[period]
        return f"{year}-{first}", f"{year}-{last}"
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        raise ValueError(f"'{text}' has no month {month}")
    days = (date(int(year), int(month) % 12 + 1, 1) - timedelta(1)).day  # any December has as many
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{days:02}"
    if not 1 <= int(day) <= days:
        raise ValueError(f"'{text}' has no day {day}")
    return text, text


def expression(span: Span) -> str:
    """The shortest date expression that `parse` reads as the span; "" for a span open on both sides.

    >>> expression(parse("2023"))
    '2023'
    >>> expression(parse("2023-10/2024-03"))
    '2023-10/2024-03'
    >>> expression(Span(None, "2025-06-18"))
    '../2025-06-18'
    """
    if span.first is None or span.last is None:
        return "/".join(day or ".." for day in span) if span.first or span.last else ""
    first, last = span.first, span.last
    for text in (first[:4], first[:7], first):
        if _parse_one(text) == span:
            return text
    starts = next(text for text in (first[:7], first) if _parse_one(text)[0] == first)
    ends = next(text for text in (last[:7], last) if _parse_one(text)[1] == last)
    return f"{starts}/{ends}"


@lru_cache(50_000)
def show(span: Span, language: str = "en") -> str:
    """The span in words, at the precision that it has and no finer.

    >>> show(parse("2023"))
    '2023'
    >>> show(parse("2025-06"))
    'June 2025'
    >>> show(parse("2023-10/2024-03"))
    'October 2023 to March 2024'
    >>> show(parse("../2025-06-18"), "zh-hans")
    '2025年6月18日或之前'
    """
    chinese = language.startswith("zh")
    if span.first is None:
        if span.last is None:
            return ""
        last = _name(span, span.last, chinese)
        return f"{last}或之前" if chinese else f"by {last}"
    if span.last is None:
        first = _name(span, span.first, chinese)
        return f"{first}或之后" if chinese else f"{first} or later"
    for suffix, (start, end) in _PERIODS.items():
        year = span.first[:4]
        if span == (f"{year}-{start}", f"{year}-{end}"):
            return _period(year, suffix, chinese)
    first, last = _name(span, span.first, chinese), _name(span, span.last, chinese)
    if first == last:
        return first
    return f"{first}至{last}" if chinese else f"{first} to {last}"


def _name(span: Span, day: str, chinese: bool) -> str:
    """The coarsest year, month or day within the span that holds one of its ends."""
    for text in (day[:4], day[:7]):
        first, last = _parse_one(text)
        if (span.first or "") <= first and last <= (span.last or "9999-12-31"):
            return _words(text, chinese)
    return _words(day, chinese)


def _words(text: str, chinese: bool) -> str:
    year, *rest = text.split("-")
    numbers = [int(part) for part in rest]
    if chinese:
        return "".join(f"{n}{unit}" for n, unit in zip([int(year), *numbers], "年月日", strict=False))
    if not numbers:
        return year
    month = MONTHS[numbers[0] - 1]
    return f"{numbers[1]} {month} {year}" if len(numbers) == 2 else f"{month} {year}"


def _period(year: str, suffix: str, chinese: bool) -> str:
    number = int(suffix[1])
    if suffix[0] == "H":
        if chinese:
            return f"{year}年{'上' if number == 1 else '下'}半年"
        return f"{'first' if number == 1 else 'second'} half of {year}"
    if chinese:
        return f"{year}年第{'一二三四'[number - 1]}季度"
    return f"{('first', 'second', 'third', 'fourth')[number - 1]} quarter of {year}"
