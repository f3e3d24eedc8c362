"""The measures of migration, on numbers small enough to compute by hand or printed in tables."""

from __future__ import annotations

from math import e, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import gravity, migration

counts = st.integers(0, 10_000)


def test_a_rate_is_per_thousand_of_its_base_and_keeps_its_sign() -> None:
    assert migration.rate(3, 150) == 20
    assert migration.rate(-1, 500) == -2
    assert migration.rate(1, 50, per=100) == 2


def test_effectiveness_is_net_flow_by_turnover() -> None:
    assert migration.effectiveness(3, 1) == 50
    assert migration.effectiveness(0, 4) == -100


def test_a_system_is_measured_as_bell_and_others_do() -> None:
    # three areas: 6 in, 2 out; 3 in, 5 out; 1 in, 3 out: net 4, -2, -2; half of 8 is redistributed by 10 moves
    come, gone = [6, 3, 1], [2, 5, 3]
    assert migration.system_effectiveness(come, gone) == 40
    assert migration.aggregate_net_rate(come, gone, 400) == 1


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (20, 12.2165, 30.8884)]
)
def test_poisson_intervals_are_those_of_the_tables(count: int, low: float, high: float) -> None:
    assert migration.poisson_interval(count) == pytest.approx((low, high), abs=5e-4)


@given(counts, counts)
def test_a_net_interval_holds_the_net_flow(come: int, gone: int) -> None:
    low, high = migration.net_interval(come, gone)
    assert low < come - gone < high
    assert migration.net_interval(gone, come) == (-high, -low)
    assert migration.Interval(low, high).times(2) == (2 * low, 2 * high)


def test_a_net_interval_of_no_moves_has_the_ends_of_both_counts() -> None:
    # -log(0.0125) is the upper end of a count of 0 at 97.5 %
    assert migration.net_interval(0, 0) == pytest.approx((log(0.0125), -log(0.0125)))


def test_wilson_intervals_are_those_of_the_tables() -> None:
    assert migration.wilson_interval(0, 10) == pytest.approx((0, 0.2775), abs=5e-5)
    assert migration.wilson_interval(1, 4) == pytest.approx((0.0456, 0.6994), abs=5e-5)
    assert migration.wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_wilson_interval_holds_the_share_and_mirrors_its_complement(case: tuple[int, int]) -> None:
    count, total = case
    low, high = migration.wilson_interval(count, total)
    assert 0 <= low <= count / total + 1e-12 and count / total - 1e-12 <= high <= 1
    assert migration.wilson_interval(total - count, total) == pytest.approx((1 - high, 1 - low))


def test_reciprocity_is_the_answered_share() -> None:
    # 3 there and 1 back: one each way is answered, 2 of 4; the third area answers nothing
    assert migration.reciprocity({("a", "b"): 3, ("b", "a"): 1}) == 0.5
    assert migration.reciprocity({("a", "b"): 3, ("b", "a"): 1, ("a", "c"): 4}) == 0.25


def test_a_location_quotient_compares_shares() -> None:
    # 6 of 20 here, 30 of 200 everywhere: 0.30 by 0.15
    assert migration.location_quotient(6, 20, 30, 200) == 2


def test_ties_across_and_within_make_the_index() -> None:
    assert migration.external_internal(1, 3) == -0.5
    assert migration.external_internal(2, 2) == 0


def test_distances_are_those_on_a_sphere() -> None:
    quarter = 2 * np.pi * migration.EARTH / 4
    assert migration.great_circle((0, 0), (0, 90)) == pytest.approx(quarter)
    assert migration.great_circle((90, 0), (0, 17)) == pytest.approx(quarter)
    assert migration.great_circle((60, 0), (60, 180)) == pytest.approx(quarter * 2 / 3)  # over the pole
    # Beijing to Singapore: about 4,480 km
    assert migration.great_circle((39.9075, 116.3972), (1.2897, 103.8501)) == pytest.approx(4480, rel=0.01)


def test_a_gravity_model_finds_the_coefficients_that_made_the_flows() -> None:
    rng = np.random.default_rng(1)
    origin, destination, distance = (rng.uniform(1, 50, 60) for _ in range(3))
    fit = gravity.ppml(e * origin**0.7 * destination**0.4 * distance**-1.1, origin, destination, distance)
    assert fit.coefficients == pytest.approx([1, 0.7, 0.4, -1.1])
    assert fit.errors == pytest.approx([0, 0, 0, 0], abs=1e-6)


def test_a_gravity_model_meets_the_score_equations_with_zero_flows_in_it() -> None:
    rng = np.random.default_rng(2)
    origin, destination, distance = (rng.uniform(1, 50, 90) for _ in range(3))
    flows = rng.poisson(2 * origin / distance).astype(float)
    fit = gravity.ppml(flows, origin, destination, distance)
    assert (flows == 0).any()
    design = np.column_stack([np.ones(90), np.log(origin), np.log(destination), np.log(distance)])
    assert design.T @ (flows - fit.expected) == pytest.approx([0, 0, 0, 0], abs=1e-6)
    assert fit.expected.sum() == pytest.approx(flows.sum())
    bread = sum(mean * np.outer(x, x) for x, mean in zip(design, fit.expected, strict=True))
    meat = sum(off**2 * np.outer(x, x) for x, off in zip(design, flows - fit.expected, strict=True))
    sandwich = np.linalg.inv(bread) @ meat @ np.linalg.inv(bread)
    assert fit.errors == pytest.approx(np.sqrt(np.diag(sandwich)))


def test_a_gravity_model_without_a_solution_says_why() -> None:
    ones, rising = np.ones(6), np.arange(1.0, 7)
    with pytest.raises(ValueError, match="do not vary"):
        gravity.ppml(rising, ones, rising, rising[::-1])
    flows = np.array([0.0, 0, 0, 0, 0, 9])
    masses = np.array([1.0, 2, 3, 4, 5, 60])
    with pytest.raises(ValueError, match="do not exist"):
        gravity.ppml(flows, masses, np.array([3.0, 1, 2, 5, 2, 4]), np.array([2.0, 3, 1, 4, 2, 5]))
