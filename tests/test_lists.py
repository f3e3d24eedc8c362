"""What is known of lists: entries, places, groups, editions, and counts that sources give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import Statement, said
from lists import ONE, TWO, listed, made, opened, ranking

from graph.lists import Ranked, by_category, editions, read
from graph.thresholds import BIG_TECH

COUNTED = {"type": "ReportedAggregate", "about": "aggregate/acme", "criterion": "criterion/acme-product"}
OF_ACME = said("of-acme", about="criterion/acme-product", type="Criterion", maker="organization/acme")


def lists(path: Path, *statements: Statement, **more: Any) -> list[Ranked]:
    return read(opened(path, *statements, **more), BIG_TECH)


def test_a_list_of_four_with_three_entries_of_two_groups_by_hand(tmp_path: Path) -> None:
    entries = [listed("brush", 2), listed("anchor", 1), listed("cart")]
    (found,) = lists(tmp_path, ranking(), *entries, made("anchor", "acme"), made("brush", "acme"), made("cart", "bolt"))
    assert [(e.listed, e.position) for e in found.entries] == [
        ("product/anchor", 1), ("product/brush", 2), ("product/cart", None),
    ]  # fmt: skip
    assert found.by_group() == {"organization/acme": 2, "organization/bolt": 1}
    assert (found.size, found.unknown, found.open, found.first, found.last) == (4, 1, 1, "2024-01-01", "2024-12-31")


def test_an_entry_without_a_maker_leaves_its_place_open(tmp_path: Path) -> None:
    (found,) = lists(tmp_path, ranking(size=2), listed("anchor"), listed("brush"), made("anchor", "acme"))
    assert (found.unknown, found.open) == (0, 1)


def test_a_size_that_is_too_small_is_not_taken(tmp_path: Path) -> None:
    assert lists(tmp_path / "a", ranking(size=1), listed("anchor"), listed("brush"))[0].size is None
    assert lists(tmp_path / "b", ranking(size=4), listed("anchor", 5))[0].size is None


def test_what_ranks_below_the_last_place_is_no_entry(tmp_path: Path) -> None:
    (found,) = lists(tmp_path, ranking(), listed("anchor", "over 4"), listed("brush", "over 2"))
    assert [(e.listed, e.position) for e in found.entries] == [("product/brush", None)]


def test_a_count_for_one_maker_holds_places_of_which_no_entry_is_known(tmp_path: Path) -> None:
    counted = said("counted", **COUNTED, ranking=ONE, count=3, outOf=4, kind="reported-figure")
    (found,) = lists(tmp_path, ranking(), listed("anchor"), made("anchor", "acme"), OF_ACME, counted)
    assert (found.counted, found.by_group(), found.open) == (
        {"organization/acme": 3}, {"organization/acme": 3}, 1,
    )  # fmt: skip
    assert found.nodes == (ONE, "aggregate/acme")


@pytest.mark.parametrize("count", [1, "over 3", 5])
def test_a_count_that_is_no_exact_number_or_does_not_fit_is_left_alone(tmp_path: Path, count: object) -> None:
    counted = said("counted", **COUNTED, ranking=ONE, count=count, kind="reported-figure")
    entries = (listed("anchor"), listed("brush"), made("anchor", "acme"), made("brush", "acme"))
    assert lists(tmp_path, ranking(), *entries, OF_ACME, counted)[0].counted == {}


def test_one_in_two_categories_counts_as_half_in_each(tmp_path: Path) -> None:
    coding = said("coding", about="product/anchor", type="Product", category="coding")
    entries = (listed("anchor", firstOfCategory="design"), listed("brush", firstOfCategory="design"))
    (found,) = lists(tmp_path, ranking(), *entries, coding)
    assert by_category(found.entries) == {"concept:coding": 0.5, "concept:design": 1.5}


def pairs(found: list[Ranked]) -> list[tuple[str, str]]:
    return [(earlier.ranking, later.ranking) for earlier, later in editions(found)]


def both(path: Path, **later: Any) -> list[tuple[str, str]]:
    return pairs(lists(path, ranking(), listed("anchor"), ranking(TWO, **later), listed("brush", about=TWO)))


def test_two_lists_of_one_kind_in_order_are_editions(tmp_path: Path) -> None:
    assert both(tmp_path) == [(ONE, TWO)]


@pytest.mark.parametrize(
    "other",
    [{"metric": "visits"}, {"scope": "place/japan"}, {"publisher": "organization/acme"}, {"when": "2024-06/2025-03"}],
)
def test_another_metric_scope_publisher_or_overlap_makes_no_edition(tmp_path: Path, other: dict[str, str]) -> None:
    assert both(tmp_path, **other) == []


@pytest.mark.parametrize(("size", "found"), [(4, [(ONE, TWO)]), (9, [])])
def test_without_a_period_the_first_document_tells_the_order_of_lists_of_one_size(
    tmp_path: Path, size: int, found: list[tuple[str, str]]
) -> None:
    later = (ranking(TWO, when=None, size=size), listed("brush", about=TWO))
    assert pairs(lists(tmp_path, ranking(), listed("anchor"), also=later)) == found


def test_a_second_source_of_the_same_facts_changes_no_figure(tmp_path: Path) -> None:
    told = (ranking(), listed("anchor", 1), made("anchor", "acme"))
    (one,), (two,) = lists(tmp_path / "a", *told), lists(tmp_path / "b", *told, also=told)
    assert one == two
