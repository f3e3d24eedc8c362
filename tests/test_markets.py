"""Main markets by the origin of the maker, and what makers of an area specialize in, from rows made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from abroad import NODES, check, rows, told

from graph.migration import wilson_interval
from graph.overseas.facts import Facts
from graph.overseas.markets import markets, specialization
from ontology import ID

HOME = "mainland-china"
CHINESE, JAPANESE, UNPLACED = f"{HOME}-1", "japan-1", "-1"

Sold = tuple[str, str, str]
"""A thing, its market, and whether it is the main one."""


def facts(sold: Sequence[Sold] = (), made: Sequence[tuple[str, ...]] = (), home: str = HOME) -> Facts:
    """Presences of things in markets, and products with their makers and categories; nodes in their order."""
    presences = [
        {"presence": node, "thing": thing, "place": f"{ID}place/{place}", "primary": primary}
        for node, (thing, place, primary) in zip(NODES, sold, strict=False)
    ]
    products = [
        {"operation": node, "product": product, "maker": maker, "category": f"{ID}concept/{category}" * bool(category)}
        for node, (product, maker, category) in zip(NODES * 2, made, strict=False)
    ]
    return told(home, market_presences=presences, makers_of_products=products)


def product(number: int) -> str:
    return f"{ID}product/p{number}"


def main(number: int, *places: str) -> list[Sold]:
    return [(product(number), place, "true") for place in places]


def test_each_thing_counts_once_by_the_sides_of_its_main_markets() -> None:
    sold = [
        *main(1, "japan", "france"),
        *main(2, "beijing"),
        *main(3, "japan", "beijing"),
        *main(4, "global"),
        *main(5, "japan", "global"),
        (product(6), "japan", "false"),
        (product(7), "france", ""),
    ]
    section = markets(facts(sold, [(product(number), CHINESE, "") for number in range(1, 9)]))
    assert rows(section) == [["product", HOME, 1, 2, None, *wilson_interval(1, 2), 6, 10, 6]]
    assert section.base["en"].startswith("2 products of 8 with")
    assert section.base["en"].endswith("companies: 0")
    assert section.base["zh-hans"].startswith("有开发方或市场记载的8个产品中，2个")
    assert section.base["zh-hans"].endswith("公司：0个")
    assert "; 3 with main markets on both sides or in none" in section.notes[1]["en"]
    assert "无法归于一侧的3个计为未述" in section.notes[1]["zh-hans"]


@pytest.mark.parametrize(
    ("makers", "origin"),
    [
        ([JAPANESE, "japan-2"], "japan"),
        ([CHINESE, JAPANESE], "unknown"),
        ([UNPLACED], "unknown"),
        ([JAPANESE, UNPLACED], "unknown"),
        ([], "unknown"),
    ],
)
def test_the_origin_is_the_only_area_of_all_makers(makers: list[str], origin: str) -> None:
    section = markets(facts(main(1, "japan"), [(product(1), maker, "") for maker in makers]))
    assert [row[:2] for row in rows(section)] == [["product", origin]]


def test_products_come_before_companies_with_the_home_first_and_the_unknown_last() -> None:
    companies = [UNPLACED, "france-1", CHINESE, JAPANESE, "japan-2"]
    sold = [(thing, "japan", "true") for thing in [*companies, *map(product, (1, 2, 3))]]
    made = [(product(2), JAPANESE, ""), (product(3), CHINESE, ""), (product(4), "france-1", "")]
    section = markets(facts(sold, made))
    assert [row[:4] for row in rows(section)] == [
        ["product", HOME, 1, 1],
        ["product", "japan", 1, 1],
        ["product", "unknown", 1, 1],
        ["company", HOME, 1, 1],
        ["company", "france", 1, 1],
        ["company", "japan", 2, 2],
        ["company", "unknown", 1, 1],
    ]
    assert section.base["en"].startswith("3 products of 4 with") and section.base["en"].endswith("companies: 5")
    assert rows(markets(facts(sold, made, "japan")))[0][:4] == ["product", "japan", 0, 1]


def test_without_a_stated_main_market_no_share_is_bounded() -> None:
    section = markets(facts([(product(1), "japan", "")], [(product(1), CHINESE, "")]))
    assert rows(section) == [["product", HOME, 0, 0, None, None, None, 1, 1, 1]]


def test_a_share_is_given_from_twenty_on() -> None:
    sold = [one for number in range(20) for one in main(number, "japan" if number < 5 else "beijing")]
    made = [(product(number), CHINESE, "") for number in range(20)]
    [[*_, outside, stated, share, low, high, _, _, _]] = rows(markets(facts(sold, made)))
    assert (outside, stated, share, low, high) == (5, 20, 0.25, *wilson_interval(5, 20))
    [[*_, stated, share, _, _, _, _, _]] = rows(markets(facts(sold[1:], made)))
    assert (stated, share) == (19, None)


def test_markets_rest_on_presences_and_on_who_makes_each_product() -> None:
    section = markets(facts(main(1, "japan", "france"), [(product(1), CHINESE, ""), (product(2), CHINESE, "")]))
    check(
        section,
        "markets",
        "kind origin outside stated share share_low share_high not_stated presences presences_outside",
        "MarketPresence a, MarketPresence b, Operation a, Operation b",
    )


def test_a_quotient_sets_a_share_in_an_area_against_the_share_everywhere() -> None:
    made = [(product(n), JAPANESE if n < 10 else CHINESE, "search" if n < 8 else "code") for n in range(20)]
    several = [(product(0), JAPANESE, "code"), (product(1), "japan-2", "search")]
    section = specialization(facts(made=[*made, *several]))
    assert rows(section) == [
        ["concept/code", "japan", 3, 11, 13, pytest.approx((3 / 11) / (13 / 21)), None],
        ["concept/code", HOME, 10, 10, 13, pytest.approx(21 / 13), None],
        ["concept/search", "japan", 8, 11, 8, None, "few cases"],
    ]
    assert section.base["en"] == (
        "20 products with a category and a placed maker, of 20 with a maker; a product counts once in each of its "
        "categories: n = 21"
    )


def test_a_quotient_is_given_where_five_are_expected() -> None:
    made = [(product(n), JAPANESE if n < 10 else CHINESE, "search" if n % 2 else "code") for n in range(20)]
    assert [row[5:] for row in rows(specialization(facts(made=made)))] == [[1, None]] * 4


def test_only_products_with_a_category_and_an_origin_are_units() -> None:
    made = [
        (product(1), JAPANESE, "code"),
        (product(2), UNPLACED, "code"),
        (product(3), JAPANESE, ""),
        (product(4), JAPANESE, "code"),
        (product(4), CHINESE, "code"),
    ]
    section = specialization(facts(made=made))
    assert rows(section) == [["concept/code", "japan", 1, 1, 1, None, "few cases"]]
    assert section.base["en"].startswith("1 products with a category and a placed maker, of 4 with a maker")
    assert section.base["zh-hans"].startswith("有类别且开发方可定位的产品1个（有开发方者共4个）")
    check(section, "specialization", "category area both row column quotient withheld", "Operation a")
