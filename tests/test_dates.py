"""Date expressions: what they allow, what is refused, how they are shown."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dates import Span, expression, parse, show

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

PERIODS = ("H1", "H2", "Q1", "Q2", "Q3", "Q4")
days = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat)
points = st.one_of(
    days.map(lambda day: day[:4]),
    days.map(lambda day: day[:7]),
    days,
    st.tuples(days, st.sampled_from(PERIODS)).map(lambda pair: f"{pair[0][:4]}-{pair[1]}"),
)
intervals = (
    st.tuples(points, points)
    .map(lambda pair: sorted(pair, key=lambda p: (parse(p).first, parse(p).last)))
    .filter(lambda pair: parse(pair[0]).first <= parse(pair[1]).last)
    .map("/".join)
)
expressions = st.one_of(points, intervals, points.map("../{}".format), points.map("{}/..".format))
near = st.dates(date(2024, 12, 25), date(2025, 2, 5)).map(date.isoformat)
spans = st.tuples(near, near).map(sorted).map(lambda pair: Span(*pair))
languages = st.sampled_from(("en", "zh-hans", "zh-hant", "fr"))


@pytest.mark.parametrize(
    ("expression", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-06-18", "2025-06-18", "2025-06-18"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q2", "2025-04-01", "2025-06-30"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2023-10/2024-03", "2023-10-01", "2024-03-31"),
        ("2023/2024-03", "2023-01-01", "2024-03-31"),
        ("2025-06/2025", "2025-06-01", "2025-12-31"),
        ("../2025-06", None, "2025-06-30"),
        ("2025-06/..", "2025-06-01", None),
        ("../2025-Q2", None, "2025-06-30"),
    ],
)
def test_an_expression_allows_these_days(expression: str, first: str | None, last: str | None) -> None:
    assert parse(expression) == Span(first, last)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("2025-13", "no month 13"),
        ("2025-00", "no month 00"),
        ("2025-02-30", "no day 30"),
        ("2025-02-29", "no day 29"),
        ("2025-06-00", "no day 00"),
        ("2025-06/2024", "ends before it begins"),
        ("2025-06-18/2025-06-17", "ends before it begins"),
        ("../..", "open on both sides"),
        ("", "is no date"),
        ("/", "is no date"),
        ("2025/", "is no date"),
        ("/2025", "is no date"),
        ("2025/2026/2027", "is no date"),
        ("25", "is no date"),
        ("0999", "is no date"),
        ("3000", "is no date"),
        ("2025-6", "is no date"),
        ("2025-6-1", "is no date"),
        ("20250601", "is no date"),
        ("2025-H3", "is no date"),
        ("2025-Q0", "is no date"),
        ("2025-Q1-01", "is no date"),
        ("June 2025", "is no date"),
        ("2025-06-18T00:00", "is no date"),
        (" 2025", "is no date"),
        ("2025\n", "is no date"),
        ("2025-０６", "is no date"),
        ("2025年", "is no date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(expression: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse(expression)


@pytest.mark.parametrize(
    ("expression", "english", "chinese"),
    [
        ("2023", "2023", "2023年"),
        ("2025-06", "June 2025", "2025年6月"),
        ("2025-06-08", "8 June 2025", "2025年6月8日"),
        ("2025-H1", "first half of 2025", "2025年上半年"),
        ("2025-H2", "second half of 2025", "2025年下半年"),
        ("2025-Q1", "first quarter of 2025", "2025年第一季度"),
        ("2025-Q2", "second quarter of 2025", "2025年第二季度"),
        ("2025-Q3", "third quarter of 2025", "2025年第三季度"),
        ("2025-Q4", "fourth quarter of 2025", "2025年第四季度"),
        ("2023-10/2024-03", "October 2023 to March 2024", "2023年10月至2024年3月"),
        ("2023/2024", "2023 to 2024", "2023年至2024年"),
        ("2023/2024-03-05", "2023 to 5 March 2024", "2023年至2024年3月5日"),
        ("../2025-06-18", "by 18 June 2025", "2025年6月18日或之前"),
        ("../2025-06", "by June 2025", "2025年6月或之前"),
        ("../2025", "by 2025", "2025年或之前"),
        ("2025-06/..", "June 2025 or later", "2025年6月或之后"),
        ("2025-06-18/..", "18 June 2025 or later", "2025年6月18日或之后"),
    ],
)
def test_a_span_is_shown_at_its_own_precision(expression: str, english: str, chinese: str) -> None:
    assert show(parse(expression)) == english
    assert show(parse(expression), "zh-hans") == chinese


@pytest.mark.parametrize(
    ("expression", "english"),
    [
        ("2025-01/2025-02", "January 2025 to February 2025"),
        ("2025-11/2025-12", "November 2025 to December 2025"),
        ("2025-01-01/2025-01-15", "1 January 2025 to 15 January 2025"),
        ("2025-06-15/2025-06-30", "15 June 2025 to 30 June 2025"),
        ("2025-12-31/2026", "31 December 2025 to 2026"),
        ("2025-01-01", "1 January 2025"),
        ("2025-12-31", "31 December 2025"),
    ],
)
def test_an_end_is_never_shown_as_a_period_that_the_span_does_not_cover(expression: str, english: str) -> None:
    assert show(parse(expression)) == english


def test_a_year_is_never_shown_as_its_first_day() -> None:
    assert "January" not in show(parse("2023"))
    assert "月" not in show(parse("2023"), "zh-hans")


def test_a_span_open_on_both_sides_is_shown_as_nothing() -> None:
    assert show(Span(None, None)) == ""
    assert show(Span(None, None), "zh-hans") == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023", "2023-10", True),
        ("2023", "2024", False),
        ("../2025-06", "2025-06", True),
        ("../2025-05", "2025-06", False),
        ("2025-06/..", "2030", True),
        ("2025-06/..", "2025-05", False),
        ("../2020", "2021/..", False),
        ("2025-H1", "2025-06-30", True),
        ("2025-Q3", "2025-H1", False),
    ],
)
def test_spans_overlap_where_one_day_lies_in_both(one: str, other: str, expected: bool) -> None:
    assert parse(one).overlaps(parse(other)) is expected


def test_a_span_without_bounds_overlaps_everything() -> None:
    assert Span(None, None).overlaps(parse("2023"))


@pytest.mark.parametrize(("expression", "count"), [("2023", 365), ("2024", 366), ("2025-02", 28), ("2025-06-18", 1)])
def test_days_are_counted_with_both_ends(expression: str, count: int) -> None:
    assert parse(expression).days() == count


def test_open_spans_count_as_longer_than_any_closed_one() -> None:
    for half in ("../2025", "2025/.."):
        assert parse("1000/2999").days() < parse(half).days() < Span(None, None).days()


@given(expressions, languages)
def test_whatever_is_read_can_be_shown(expression: str, language: str) -> None:
    shown = show(parse(expression), language)
    assert shown
    assert "None" not in shown


@given(st.one_of(expressions.map(parse), spans))
def test_a_span_is_written_as_an_expression_that_reads_as_it(span: Span) -> None:
    assert parse(expression(span)) == span


@pytest.mark.parametrize(
    "text", ["2025", "2025-06", "2025-06-18", "2023-10/2024-03", "2025-06-15/2025-07", "../2025-06-18"]
)
def test_a_span_is_written_no_longer_than_need_be(text: str) -> None:
    assert expression(parse(text)) == text


def test_a_span_open_on_both_sides_is_written_as_nothing() -> None:
    assert expression(Span(None, None)) == ""


@given(points)
def test_a_point_is_shown_with_no_finer_unit_than_it_was_given(expression: str) -> None:
    shown = show(parse(expression), "zh-hans")
    assert ("日" in shown) == (len(expression) == 10)
    assert ("月" in shown) == (len(expression) > 5 and expression[5].isdigit())


@given(st.lists(spans, min_size=2, max_size=40, unique=True), languages)
def test_different_spans_have_different_words(several: list[Span], language: str) -> None:
    assert len({show(span, language) for span in several}) == len(several)


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert parse(text).days() > 0


@given(expressions, expressions)
def test_overlap_is_symmetric(one: str, other: str) -> None:
    assert parse(one).overlaps(parse(other)) == parse(other).overlaps(parse(one))


@given(days)
def test_a_day_overlaps_its_month_and_its_year(day: str) -> None:
    for coarse in (day[:4], day[:7], f"../{day}", f"{day}/.."):
        assert parse(day).overlaps(parse(coarse))


@given(points)
def test_bounds_are_days_of_the_calendar_in_order(expression: str) -> None:
    span = parse(expression)
    assert span.first is not None and span.last is not None
    assert date.fromisoformat(span.first) <= date.fromisoformat(span.last)
    assert span.days() == (date.fromisoformat(span.last) - date.fromisoformat(span.first)).days + 1
