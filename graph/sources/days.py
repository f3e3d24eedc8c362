"""Reads dates as tables write them and gives them as fact files do: at the precision that they have and no finer."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph import dates
from graph.sources.cells import CellError

_MONTHS = {month.lower(): number for number, month in enumerate(dates.MONTHS, 1)}
_MONTHS |= {month[:3]: number for month, number in _MONTHS.items()} | {"sept": 9}
_MONTH = r"([A-Za-z]{3,9})\.?"
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:[-/.月](\d{1,2})?)?日?号?")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
_PERIOD = re.compile(r"([QH][1-4])[ -]?(\d{4})|(\d{4})[ -]?([QH][1-4])|(\d{4})年(上半年|下半年|第?[一二三四1-4]季度)")
_WORDS = re.compile(
    rf"{_MONTH} (?:(\d{{1,2}})(?:st|nd|rd|th)?,? )?(\d{{4}})"
    rf"|(\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ -](\d{{4}}|\d{{2}})"
)
_CHINESE = {"上半年": "H1", "下半年": "H2", **{f"{n}季度": f"Q{i}" for i, n in enumerate("一二三四", 1)}}
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as it counts from March 1900 on."""

ORDERS = ("day-month", "month-day")
PRECISIONS = {"day": 10, "month": 7, "year": 4}


def read(text: str, order: str = "", century: int | None = None, serial: bool = False, precision: str = "") -> str:
    """A date as a fact file writes it.

    Args:
        text: a clean cell.
        order: "day-month" or "month-day" where the table writes 3/4/2020; "" where it is not said.
        century: the first of the hundred years that two digits stand for; None refuses them.
        serial: whether bare numbers count the days of a spreadsheet.
        precision: "day", "month" or "year" where the table states it beside the date; "" for what is written.

    Raises:
        CellError: if it cannot be read in one way.

    >>> read("2021-01-01", precision="year"), read("March 2021"), read("2021年3月5日"), read("31/12/2020")
    ('2021', '2021-03', '2021-03-05', '2020-12-31')
    """
    found = _read(_CLOCK.sub("", text), text, order, century, serial)
    if precision:
        if precision not in PRECISIONS:
            raise CellError("no precision", text=precision)
        found = found[: PRECISIONS[precision]]
    try:
        dates.parse(found)
    except ValueError as error:
        raise CellError("finding", finding=str(error)) from None
    return found


def _read(text: str, whole: str, order: str, century: int | None, serial: bool) -> str:
    if serial and re.fullmatch(r"\d{5}", text):
        return (_EPOCH + timedelta(int(text))).isoformat()
    if re.fullmatch(r"\d{4}年?", text):
        return text[:4]
    if re.fullmatch(r"(19|20)\d{6}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if match := _PERIOD.fullmatch(text):
        first, year, later, second, chinese_year, chinese = match.groups()
        name = first or second or _CHINESE.get(chinese.removeprefix("第")) or f"Q{chinese.removeprefix('第')[0]}"
        return f"{year or later or chinese_year}-{name}"
    if match := _WORDS.fullmatch(text):
        month, day, year, other_day, other_month, other_year = match.groups()
        number = _MONTHS.get((month or other_month).lower())
        if number is not None:
            stem = f"{_year(year or other_year, whole, century)}-{number:02}"
            return stem + (f"-{int(day or other_day):02}" if day or other_day else "")
    if match := _MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _NUMBERS.fullmatch(text):
        return _ordered(int(match[1]), int(match[3]), _year(match[4], whole, century), whole, order)
    if re.fullmatch(r"\d{5}", text):
        raise CellError("days of a spreadsheet", text=whole)
    if dates_like(text):
        return text
    raise CellError("no date", text=whole)


def dates_like(text: str) -> bool:
    """Whether a text is a date expression of the fact files already."""
    try:
        dates.parse(text)
    except ValueError:
        return False
    return True


def _ordered(first: int, second: int, year: str, whole: str, order: str) -> str:
    """Day and month, by their size or by what the mapping declares."""
    if first > 12 >= second:
        day, month = first, second
    elif second > 12 >= first or (first == second):
        month, day = first, second
    elif not order:
        raise CellError("two readings", text=whole, one="dates: day-month", other="dates: month-day")
    else:
        day, month = (first, second) if order == "day-month" else (second, first)
    return f"{year}-{month:02}-{day:02}"


def _year(text: str, whole: str, century: int | None) -> str:
    if len(text) == 4:
        return text
    if century is None:
        raise CellError("short year", text=whole)
    year = century // 100 * 100 + int(text)
    return str(year if year >= century else year + 100)
