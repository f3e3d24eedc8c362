"""Whether a group exceeds a threshold: by values near in time, by judgements of sources, or not known."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from folders import Statement, said
from lists import ONE, listed, made, opened, ranking, worth

from graph.errors import UsageError
from graph.groups import Belonging
from graph.lists import read
from graph.moment import CERTAINLY
from graph.thresholds import BIG_TECH, Criterion, Judgement, Judgements, criterion

BIG = said("big", about="criterion/big", type="Criterion", metric="market-value", threshold="CNY 90000000000")


def meets(path: Path, *statements: Statement, by: Criterion = BIG_TECH) -> bool | None:
    told = (ranking(), listed("anchor"), made("anchor", "acme"))
    return read(opened(path, *told, *statements), by)[0].entries[0].meets


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        ("CNY 50000000001", True),
        ("CNY 50000000000", False),
        ("over CNY 50000000000", True),
        ("under CNY 50000000000", False),
        ("over CNY 40000000000", None),
        ("under CNY 60000000000", None),
        ("about CNY 50000000000", None),
        ("about CNY 60000000000", True),
        ("USD 90000000000", None),
    ],
)
def test_a_value_exceeds_a_threshold_or_not_or_leaves_it_open(tmp_path: Path, amount: str, found: bool | None) -> None:
    assert meets(tmp_path, worth("acme", amount)) is found


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2024", True),
        ("2022-12-31", True),
        ("2022-12-30", None),
        ("2026-01-01", True),
        ("2026-01-02", None),
        (None, None),
    ],
)
def test_a_value_counts_within_a_year_of_the_list(tmp_path: Path, when: str | None, found: bool | None) -> None:
    assert meets(tmp_path, worth("acme", "CNY 90000000000", when)) is found


def test_the_value_of_what_controls_the_maker_counts(tmp_path: Path) -> None:
    control = said("held", type="Control", about="control/x", organization="organization/acme",
                   controller="organization/bolt", subtype="majority-ownership")  # fmt: skip
    assert meets(tmp_path / "a", control, worth("bolt", "CNY 90000000000")) is True
    assert meets(tmp_path / "b", control, worth("bolt", "CNY 1000000")) is False
    assert meets(tmp_path / "c", control, worth("acme", "CNY 1000000")) is None


def test_values_on_both_sides_leave_it_open(tmp_path: Path) -> None:
    low = worth("acme", "CNY 1000000", "2025", key="low", about="observation/acme-low")
    assert meets(tmp_path, worth("acme", "CNY 90000000000"), low) is None


@pytest.mark.parametrize(("satisfied", "found"), [("true", True), ("false", None)])
def test_a_judgement_by_a_higher_threshold_holds_of_a_lower_one_only_when_met(
    tmp_path: Path, satisfied: str, found: bool | None
) -> None:
    judged = said("judged", type="CriterionAssessment", about="assessment/acme", subject="organization/acme",
                  criterion="criterion/big", satisfied=satisfied)  # fmt: skip
    assert meets(tmp_path, BIG, judged) is found


def test_a_member_that_a_source_names_in_its_count_of_the_list_meets_it(tmp_path: Path) -> None:
    counted = said("counted", type="ReportedAggregate", about="aggregate/big", criterion="criterion/big", ranking=ONE,
                   count=1, member=["product/anchor"], kind="reported-figure")  # fmt: skip
    assert meets(tmp_path, BIG, counted) is True


def test_a_judgement_of_another_list_says_nothing_of_this_one() -> None:
    belonging = Belonging(("organization/acme",), CERTAINLY, frozenset({"organization/acme"}))
    judged = Judgements([Judgement("organization/acme", True, "aggregate/x", ranking="ranking/other")])
    assert judged.of(belonging, "2024-01-01", "2024-12-31", ONE) == (None, [])
    assert judged.of(belonging, "2024-01-01", "2024-12-31", "ranking/other") == (True, ["aggregate/x"])


def test_a_criterion_is_read_as_a_user_gives_it() -> None:
    assert criterion("valuation", "1,000,000,000", "usd") == Criterion("valuation", Decimal(10**9), "USD")
    assert BIG_TECH.words("en") == "market value over CNY 50 billion"
    assert BIG_TECH.words("zh-hans") == "市值超过CNY 500亿"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("worth", "1", "USD"), "'worth' is no metric; one of: market-value, valuation"),
        (("valuation", "much", "USD"), "'much' in 'USD' is no threshold; write such as --threshold 50000000000"),
        (("valuation", "1", "dollars"), "'1' in 'dollars' is no threshold"),
    ],
)
def test_what_is_no_criterion_is_refused_in_one_line(given: tuple[str, str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        criterion(*given)
