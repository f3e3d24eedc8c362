"""What becomes of each kind of dirt in the cells of a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import cells

from graph import dates, figures
from graph.sources import amounts, days
from graph.sources.cells import CellError, clean, split
from graph.sources.places import Places
from graph.sources.values import slug
from ontology import vocabulary


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1.234.567,89", "XXX 1234567.89"),
        ("1,234,567.89", "XXX 1234567.89"),
        ("1 234 567", "XXX 1234567"),
        ("1’234’567", "XXX 1234567"),
        ("12,34,567", "XXX 1234567"),
        ("USD 1.2M", "USD 1200000"),
        ("US$75 million", "USD 75000000"),
        ("€ 3,5 bn", "EUR 3500000000"),
        ("5000万人民币", "CNY 50000000"),
        ("约3.2亿美元", "about USD 320000000"),
        ("over INR 40 crore", "over INR 400000000"),
        ("超过100万美元", "over USD 1000000"),
        ("数千万元", ""),
        ("several million dollars", ""),
    ],
)
def test_an_amount_of_any_country_is_one_figure(text: str, read: str) -> None:
    assert amounts.read(text) == read


@pytest.mark.parametrize(
    "text", ["1,234", "1.234", "$100", "¥100", "1,23,4", "12..5", "USD", "10-20", "(500)", "5 apples"]
)
def test_an_amount_that_is_not_one_figure_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        amounts.read(text)


@pytest.mark.parametrize("read", [amounts.read, amounts.count])
@pytest.mark.parametrize("text", ["1234567890123456789", "1" * 30, "12345678901 亿"])
def test_a_figure_that_no_store_holds_is_refused(read: Callable[[str], str], text: str) -> None:
    with pytest.raises(CellError, match="more than 18 digits"):
        read(text)


def test_a_share_that_no_store_holds_is_refused() -> None:
    assert amounts.count("0.123456789012345%") == "0.00123456789012345"
    with pytest.raises(CellError, match="more than 18 digits"):
        amounts.count("0.1234567890123456%")


def test_what_a_mapping_declares_makes_an_amount_one_figure() -> None:
    assert amounts.read("1,234", "USD", "1,234.56") == "USD 1234"
    assert amounts.read("1,234", "USD", "1.234,56") == "USD 1.234"
    assert amounts.read("$1.5m", symbols={"$": "USD"}) == "USD 1500000"
    with pytest.raises(CellError, match="the table says USD"):
        amounts.read("EUR 5", "USD")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2021", "2021"),
        ("2021年", "2021"),
        ("2021-3", "2021-03"),
        ("2021/03/05", "2021-03-05"),
        ("2021-03-05T00:00:00Z", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("2021年3月5日", "2021-03-05"),
        ("2021年第一季度", "2021-Q1"),
        ("2021年下半年", "2021-H2"),
        ("Q3 2021", "2021-Q3"),
        ("March 2021", "2021-03"),
        ("Mar. 5th, 2021", "2021-03-05"),
        ("5 September 2021", "2021-09-05"),
        ("31/12/2020", "2020-12-31"),
        ("12/31/2020", "2020-12-31"),
        ("2023-10/2024-03", "2023-10/2024-03"),
    ],
)
def test_a_date_keeps_the_precision_it_has(text: str, read: str) -> None:
    assert days.read(text) == read


@pytest.mark.parametrize(
    "text", ["3/4/2020", "3/4/20", "31/12/99", "44197", "2021-13-01", "2021-02-30", "soon", "Maruary 2021"]
)
def test_a_date_that_is_not_one_day_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        days.read(text)


def test_what_a_mapping_declares_makes_a_date_one_day() -> None:
    assert days.read("3/4/2020", "day-month") == "2020-04-03"
    assert days.read("3/4/2020", "month-day") == "2020-03-04"
    assert days.read("31/12/99", century=1950) == "1999-12-31"
    assert days.read("31/12/49", century=1950) == "2049-12-31"
    assert days.read("44197", serial=True) == "2021-01-01"


@pytest.mark.parametrize(("precision", "read"), [("day", "2021-01-01"), ("month", "2021-01"), ("year", "2021")])
def test_a_stated_precision_outranks_the_digits(precision: str, read: str) -> None:
    assert days.read("2021-01-01", precision=precision) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Boston, Massachusetts, United States", ("boston", False)),
        ("Greater Noida, Uttar Pradesh, India", ("india", True)),
        ("深圳市", ("shenzhen", False)),
        ("US-CA", ("california", False)),
        ("USA", ("united-states", False)),
        ("New York", ("new-york-state", True)),
        ("New York City, New York, United States", ("new-york", False)),
        ("Albany, New York, United States", ("new-york-state", True)),
        ("Georgia", None),
        ("Cambridge", None),
        ("Atlantis", None),
        ("China", None),
    ],
)
def test_a_place_is_found_by_name_or_code_and_never_guessed(text: str, read: tuple[str, bool] | None) -> None:
    assert Places(vocabulary(), {}).find(text) == read


def test_codes_of_states_count_within_their_area_only() -> None:
    places = Places(vocabulary(), {"cn": "mainland-china"})
    assert places.find("MI", "united-states") == ("michigan", False)
    assert places.find("MI") is None
    assert places.find("CN") == ("mainland-china", False)


def test_legal_forms_do_not_part_a_name() -> None:
    names = ["Tide Capital, Inc.", "Harbour LLC", "Acme Co., Ltd.", "Bolt"]
    assert split("Tide Capital, Inc., Harbour LLC,Acme Co., Ltd., Bolt", (",",)) == names
    assert split("Tide Capital, Inc.; Bolt", (";",)) == ["Tide Capital, Inc.", "Bolt"]


def test_dirt_in_cells_is_repaired_and_told_of(tmp_path: Path) -> None:
    texts = [
        "2021",
        " 2021 ",
        "2\u200b021",
        "２０２１",
        "2021&#160;",
        "n/a",
        "未披露",
        "",
        "March 2021",
        "3/4/20",
        "#REF!",
    ]
    found = cells(tmp_path, *texts, column="day")
    year = "2021-01-01 2021-12-31"
    assert found[:5] == [("imported", year), *[("repaired", year)] * 4]
    assert found[5:9] == [*[("imported", "")] * 3, ("repaired", "2021-03-01 2021-03-31")]
    assert [outcome for outcome, _ in found[9:]] == ["rejected"] * 2


def test_words_without_a_number_are_kept_as_words(tmp_path: Path) -> None:
    assert cells(tmp_path, "数千万元", "CNY 50000000") == [
        ("repaired", "amount: 数千万元"),
        ("imported", "50000000 CNY"),
    ]


def test_a_huge_cell_and_hostile_ones_stay_out_or_stay_text(tmp_path: Path) -> None:
    found = cells(tmp_path, "x" * 30_000, "../../etc/passwd", "<a>\"'\\ \n}", column="place")
    assert [outcome for outcome, _ in found] == ["rejected"] * 3


def test_two_names_never_become_one_slug() -> None:
    names = ["Acme", "acme", "Acme!", "ACME", "a cme", "灯坊", "灯 坊", "../acme", "acme\n", "a" * 100, "a" * 101]
    assert len({slug(name) for name in names}) == len(names)


TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.from_regex(
    r"[$€¥]?[0-9.,' ]{1,12} ?(M|bn|万|亿)?", fullmatch=True
)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_no_cell_breaks_a_reader_and_what_is_read_is_a_value_of_the_facts(text: str) -> None:
    try:
        cleaned, _ = clean(text)
    except CellError:
        return
    for read, check in ((amounts.read, figures.parse), (amounts.count, figures.parse), (days.read, dates.parse)):
        try:
            found = read(cleaned)
        except CellError:
            continue
        if found:
            check(found)
    Places(vocabulary(), {}).find(cleaned)
    assert clean(cleaned)[0] in (cleaned, "")
