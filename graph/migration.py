"""Published measures of migration statistics, on numbers alone.

`inflow` and `outflow` are counts of moves in a period, `base` the population at risk at its start. Nothing
here is rounded; every function says where its formula was published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from statistics import NormalDist
from typing import NamedTuple

LEAST = 20
"""The smallest base for which a rate, share or index is given: in a smaller one, one case is more than 5 in 100."""

EARTH = 6371.0088
"""Mean radius of the earth in kilometres: Moritz, "Geodetic Reference System 1980" (1980)."""


class Interval(NamedTuple):
    """Both ends of a confidence interval."""

    low: float
    high: float

    def times(self, factor: float) -> Interval:
        """Both ends multiplied by a factor of 0 or more."""
        return Interval(self.low * factor, self.high * factor)


def rate(events: float, base: float, per: float = 1000) -> float:
    """Events per `per` of the base: the crude rate of in-, out- or net migration (events may be negative).

    International Union for the Scientific Study of Population, "Multilingual Demographic Dictionary" (1982), 805.

    >>> rate(3, 150)
    20.0
    """
    return per * events / base


def effectiveness(inflow: float, outflow: float) -> float:
    """Migration effectiveness ratio of an area: net flow as a percentage of turnover, -100 to 100.

    Bell et al., "Cross-national comparison of internal migration", Journal of the Royal Statistical Society A
    165 (2002), 435-464. At least one of the two is above 0.

    >>> effectiveness(30, 10)
    50.0
    """
    return 100 * (inflow - outflow) / (inflow + outflow)


def system_effectiveness(inflows: Sequence[float], outflows: Sequence[float]) -> float:
    """Migration effectiveness index of a system of areas, 0 to 100 (Bell et al. 2002).

    Args:
        inflows, outflows: of the same areas in the same order; not all 0.

    >>> system_effectiveness([30, 10], [10, 30])
    50.0
    """
    return 100 * _redistributed(inflows, outflows) / (sum(inflows) + sum(outflows))


def aggregate_net_rate(inflows: Sequence[float], outflows: Sequence[float], base: float) -> float:
    """Aggregate net migration rate, per 100 of the base: half the sum of net flows without sign (Bell et al. 2002).

    Args:
        inflows, outflows: of the same areas in the same order.
        base: the population at risk of the whole system, above 0.

    >>> aggregate_net_rate([30, 10], [10, 30], 1000)
    2.0
    """
    return 100 * 0.5 * _redistributed(inflows, outflows) / base


def _redistributed(inflows: Sequence[float], outflows: Sequence[float]) -> float:
    return sum(abs(come - gone) for come, gone in zip(inflows, outflows, strict=True))


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a Poisson mean of which `count` events were seen.

    Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
    """
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low, float(gammaincinv(count + 1, 1 - tail)))


def net_interval(inflow: int, outflow: int) -> Interval:
    """An interval of the net flow that holds with at least 95 %: the ends of both exact Poisson intervals at 97.5 %.

    Bonferroni's inequality; the interval is wide rather than too narrow.
    """
    come, gone = (poisson_interval(count, 0.975) for count in (inflow, outflow))
    return Interval(come.low - gone.high, come.high - gone.low)


def wilson_interval(count: int, total: int, confidence: float = 0.95) -> Interval:
    """The score interval of a share, `count` of `total` (above 0).

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927).
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = count / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def reciprocity(flows: Mapping[tuple[str, str], float]) -> float:
    """The share of all flow that is answered by flow the other way, 0 to 1.

    Squartini, Picciolo, Ruzzenenti and Garlaschelli, "Reciprocity of weighted networks", Scientific Reports 3
    (2013). Flows by (origin, destination), origin unlike destination, not all 0.

    >>> reciprocity({("a", "b"): 3, ("b", "a"): 1})
    0.5
    """
    answered = sum(min(flow, flows.get((target, origin), 0)) for (origin, target), flow in flows.items())
    return answered / sum(flows.values())


def location_quotient(both: float, row: float, column: float, total: float) -> float:
    """How often a category occurs in an area, relative to its share everywhere; 1 is the average.

    Balassa, "Trade liberalisation and revealed comparative advantage", The Manchester School 33 (1965).

    Args:
        both: units of the category in the area; row: of the area; column: of the category; total: of all; row,
            column and total above 0.

    >>> location_quotient(6, 20, 30, 200)
    2.0
    """
    return (both / row) / (column / total)


def external_internal(external: float, internal: float) -> float:
    """E-I index: ties to the other group less ties within the own, by all ties, -1 to 1; at least one is above 0.

    Krackhardt and Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51 (1988).

    >>> external_internal(3, 1)
    0.5
    """
    return (external - internal) / (external + internal)


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points given as latitude and longitude in degrees, on a sphere (haversine).

    Sinnott, "Virtues of the haversine", Sky and Telescope 68 (1984).
    """
    (north, east), (north_2, east_2) = ((radians(a), radians(b)) for a, b in (one, other))
    chord = sin((north_2 - north) / 2) ** 2 + cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, chord)))
