"""Figures: what is read, what is refused, what is compatible, how they are shown."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.figures import Figure, parse, show

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

numbers = st.one_of(
    st.integers(0, 10**15).map(str),
    st.tuples(st.integers(1, 999), st.integers(0, 12)).map(lambda pair: str(pair[0] * 10 ** pair[1])),
    st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False).map("{:f}".format),
)
prefixes = st.sampled_from(("", "about ", "over ", "under "))
expressions = st.tuples(prefixes, st.sampled_from(("", "USD ", "CNY ")), numbers).map("".join)


@pytest.mark.parametrize(
    ("text", "number", "qualifier", "currency"),
    [
        ("60", "60", "", ""),
        ("over 60", "60", "over", ""),
        ("under 1", "1", "under", ""),
        ("about 0.33", "0.33", "about", ""),
        ("0", "0", "", ""),
        ("USD 75000000", "75000000", "", "USD"),
        ("about CNY 500000000", "500000000", "about", "CNY"),
        ("XXX 5", "5", "", "XXX"),
        ("0.70", "0.70", "", ""),
    ],
)
def test_a_figure_is_read(text: str, number: str, qualifier: str, currency: str) -> None:
    assert parse(text) == Figure(Decimal(number), qualifier, currency)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "sixty",
            "60 people",
            "-5",
            "+5",
            "1e6",
            "1,000",
            "1.",
            ".5",
            "1.2.3",
            "60%",
            "USD",
            "usd 5",
            "USD5",
        ),
        *("5 USD", "US 5", "USDT 5", "USD about 5", "roughly 5", "over  60", "over", " 60", "60\n", "６０", "NaN", "∞"),
    ],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no figure such as"):
        parse(text)


def test_a_number_too_long_for_the_stores_is_refused() -> None:
    assert parse("9" * 18).number == 10**18 - 1
    assert parse("9" * 17 + ".9").number == 10**17 - Decimal("0.1")
    with pytest.raises(ValueError, match="more than 18 digits"):
        parse("9" * 19)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("60", "60", "60"),
        ("over 60", "over 60", "超过60"),
        ("under 1", "under 1", "不足1"),
        ("about 0.33", "about 0.33", "约0.33"),
        ("0.70", "0.70", "0.70"),
        ("9999", "9999", "9999"),
        ("10000", "10,000", "1万"),
        ("12345", "12,345", "12,345"),
        ("12345.5", "12345.5", "12345.5"),
        ("USD 1000000", "USD 1 million", "USD 100万"),
        ("123456", "123,456", "123,456"),
        ("USD 75000000", "USD 75 million", "USD 7500万"),
        ("about USD 500000000", "about USD 500 million", "约USD 5亿"),
        ("CNY 100000", "CNY 100,000", "CNY 10万"),
        ("over CNY 40000000000", "over CNY 40 billion", "超过CNY 400亿"),
        ("USD 1234567", "USD 1,234,567", "USD 1,234,567"),
        ("USD 1234000", "USD 1.234 million", "USD 123.4万"),
    ],
)
def test_a_figure_is_shown_without_losing_a_digit(text: str, english: str, chinese: str) -> None:
    assert show(parse(text)) == english
    assert show(parse(text), "zh-hans") == chinese


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("19", "19"),
        ("14", "14.0"),
        ("about 100", "97"),
        ("about 0.33", "0.333"),
        ("about 0.3", "about 0.33"),
        ("about USD 500000000", "USD 512000000"),
        ("USD 500000000", "USD 512345678"),
        ("1000", "1400"),
        ("over 60", "61"),
        ("over 140", "about 100"),
        ("under 60", "about 100"),
        ("over 1000", "1000"),
        ("over USD 2000000000", "USD 2000000000"),
        ("over 60", "over 40"),
        ("under 1", "0.5"),
        ("over 40", "under 120"),
    ],
)
def test_figures_that_can_be_prints_of_one_value_are_compatible(one: str, other: str) -> None:
    assert parse(one).compatible(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("USD 2000000000", "USD 2500000000"),  # a half is rounded up
        ("19", "20"),
        ("19", "19.5"),
        ("100", "97"),
        ("about 100", "160"),
        ("about 0.33", "0.4"),
        ("USD 500000000", "USD 400000000"),
        ("over 60", "60"),
        ("over 60", "12"),
        ("over 160", "about 100"),
        ("under 40", "about 100"),
        ("999", "1000.5"),
        ("under 1", "1"),
        ("over 120", "under 40"),
    ],
)
def test_figures_that_cannot_both_be_true_are_incompatible(one: str, other: str) -> None:
    assert not parse(one).compatible(parse(other))


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        ("97", "about 97"),
        ("97", "about 100"),
        ("USD 512000000", "USD 500000000"),
        ("about 0.33", "about 0.3"),
        ("about 1000", "over 5"),
        ("over 60", "over 40"),
        ("under 40", "under 120"),
    ],
)
def test_the_finer_figure_sorts_first(fine: str, coarse: str) -> None:
    assert parse(fine).precision() < parse(coarse).precision()


@given(expressions, st.sampled_from(("en", "zh-hans", "zh-hant")))
def test_whatever_is_read_can_be_shown(text: str, language: str) -> None:
    assert show(parse(text), language)


@given(st.text())
def test_any_text_is_a_figure_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert parse(text).number >= 0


@given(expressions, expressions)
def test_compatibility_is_symmetric(one: str, other: str) -> None:
    assert parse(one).compatible(parse(other)) == parse(other).compatible(parse(one))


@given(expressions)
def test_every_figure_is_compatible_with_itself(text: str) -> None:
    assert parse(text).compatible(parse(text))


@given(numbers, st.sampled_from(("USD ", "CNY ", "")))
def test_different_currencies_never_contradict_one_another(number: str, currency: str) -> None:
    assert parse("EUR 5").compatible(parse(currency + number))


@given(st.integers(0, 10**15))
def test_english_display_keeps_every_digit(number: int) -> None:
    text, _, unit = show(Figure(Decimal(number))).replace(",", "").partition(" ")
    assert Decimal(text) * {"": 1, "million": 10**6, "billion": 10**9}[unit] == number
