"""Measures of concentration, variety and turnover, against hand-made sums and every way to fill what is unknown."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import concentration as measure
from graph.concentration import Bounds

COUNTS = st.lists(st.integers(1, 4), min_size=0, max_size=3)
WEIGHTS = st.lists(st.floats(0.1, 50), min_size=1, max_size=8)


def test_shares_of_five_three_and_two_places_by_hand() -> None:
    assert measure.herfindahl_hirschman([2, 5, 3]) == Bounds(3800, 3800)
    assert measure.concentration_ratio([2, 5, 3], 1) == Bounds(0.5, 0.5)
    assert measure.concentration_ratio([2, 5, 3], 2) == Bounds(0.8, 0.8)
    assert measure.concentration_ratio([2, 5, 3], 10) == Bounds(1, 1)


def test_four_unknown_places_of_ten_leave_bounds_by_hand() -> None:
    assert measure.herfindahl_hirschman([4, 2], 4) == Bounds(2400, 6800)
    assert measure.concentration_ratio([4, 2], 1, 4) == Bounds(0.4, 0.8)
    assert measure.concentration_ratio([4, 2], 3, 4) == Bounds(0.7, 1)


def test_three_of_twenty_with_fourteen_unknown_are_three_to_seventeen() -> None:
    assert measure.share(3, 14, 20) == Bounds(0.15, 0.85)


def test_of_a_list_of_which_nothing_is_known_all_is_possible() -> None:
    assert measure.herfindahl_hirschman([], 4) == Bounds(2500, 10_000)
    assert measure.concentration_ratio([], 1, 4) == Bounds(0.25, 1)


def test_twelve_unknown_places_of_thirty_cannot_swell_groups_that_a_source_counts_by_hand() -> None:
    assert measure.herfindahl_hirschman([], 12, [11, 7]) == pytest.approx((10_000 * 182 / 900, 10_000 * 314 / 900))
    assert measure.concentration_ratio([], 1, 12, [11, 7]) == pytest.approx((11 / 30, 12 / 30))


def test_variety_of_two_one_and_one_by_hand() -> None:
    assert measure.shannon([2, 1, 1]) == pytest.approx(1.5 * log(2))
    assert measure.pielou([2, 1, 1]) == pytest.approx(1.5 * log(2) / log(3))
    assert measure.hill_number([2, 1, 1]) == pytest.approx(2**1.5)


def test_a_single_category_has_no_evenness() -> None:
    assert (measure.shannon([3]), measure.pielou([3]), measure.hill_number([3])) == (0, None, 1)


def test_turnover_of_two_complete_lists_by_hand() -> None:
    assert measure.kept(4, 4, 1, 1, 3) == (3, 3)
    assert measure.turnover(4, 4, (3, 3)) == Bounds(0.25, 0.25)


def test_unknown_places_may_have_kept_what_is_known_of_the_other_edition() -> None:
    assert measure.kept(4, 4, 2, 0, 2) == (2, 4)
    assert measure.turnover(4, 4, (2, 4)) == Bounds(0, 0.5)


@given(COUNTS, COUNTS, st.integers(0, 3), st.integers(1, 4))
def test_bounds_are_the_least_and_the_greatest_over_every_way_to_fill_the_list(
    counts: list[int], closed: list[int], unknown: int, k: int
) -> None:
    if not counts and not closed and not unknown:
        return
    found = []
    for filling in product(range(len(counts) + unknown), repeat=unknown):
        filled = Counter(filling) + Counter(dict(enumerate(counts)))
        values = sorted([*filled.values(), *closed], reverse=True)
        total = sum(values)
        found.append((10_000 * sum(v * v for v in values) / total**2, sum(values[:k]) / total))
    index, ratio = zip(*found, strict=True)
    assert measure.herfindahl_hirschman(counts, unknown, closed) == pytest.approx((min(index), max(index)))
    assert measure.concentration_ratio(counts, k, unknown, closed) == pytest.approx((min(ratio), max(ratio)))


@given(
    st.sets(st.integers(0, 5), max_size=3), st.sets(st.integers(0, 5), max_size=3), st.integers(0, 2), st.integers(0, 2)
)
def test_what_two_lists_share_is_bounded_by_every_way_to_fill_both(
    one: set[int], two: set[int], more: int, others: int
) -> None:
    names = range(10)
    ones = {frozenset(one | set(extra)) for extra in product(names, repeat=more)}
    twos = {frozenset(two | set(extra)) for extra in product(names, repeat=others)}
    ones, twos = ({s for s in ones if len(s) == len(one) + more}, {s for s in twos if len(s) == len(two) + others})
    common = [len(a & b) for a in ones for b in twos]
    sizes = (len(one) + more, len(two) + others)
    assert measure.kept(*sizes, len(one - two), len(two - one), len(one & two)) == (min(common), max(common))


@given(WEIGHTS, st.randoms(), st.floats(0.5, 20))
def test_variety_depends_on_shares_alone(weights: list[float], random: object, scale: float) -> None:
    shuffled = [w * scale for w in weights]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert measure.shannon(shuffled) == pytest.approx(measure.shannon(weights), abs=1e-9)
    assert 0 <= measure.shannon(weights) <= log(len(weights)) + 1e-9


@pytest.mark.parametrize("categories", range(2, 10))
def test_equal_shares_are_wholly_even(categories: int) -> None:
    assert measure.pielou([1.5] * categories) == pytest.approx(1)
    evenness = measure.pielou([1.0] * categories)
    assert evenness is not None and evenness <= 1  # though H' of five comes out above log 5
    assert measure.hill_number([1.5] * categories) == pytest.approx(categories)
