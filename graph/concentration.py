"""Published measures of concentration, variety and turnover of a list, exact or as bounds.

A list of which only a part is known leaves a measure open. Each bound is then reached by one way to fill the
unknown places: each with a group of its own, or all with the largest one that is open. Of a list they are descriptive:
places are counted alike, and no market is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple


class Bounds(NamedTuple):
    """The least and the greatest value that a measure can have; equal where it is exact."""

    low: float
    high: float


def share(certain: int, unknown: int, total: int) -> Bounds:
    """The share of places that meet something, 0 to 1, when so many certainly do and of so many it is not known."""
    return Bounds(certain / total, (certain + unknown) / total)


def concentration_ratio(counts: Sequence[int], k: int, unknown: int = 0, closed: Sequence[int] = ()) -> Bounds:
    """CR-k: the share of the k largest groups, 0 to 1.

    Args:
        counts: places by group.
        k: how many groups.
        unknown: places whose group is not known.
        closed: places of further groups that hold none of the unknown ones.

    Source: United States Department of Justice and Federal Trade Commission, Merger Guidelines (1968 ff.); for
    the measure, Bain, Barriers to New Competition (1956).
    """
    scattered, fullest = _fillings(counts, unknown, closed)
    total = sum(scattered)
    return Bounds(sum(scattered[:k]) / total, sum(fullest[:k]) / total)


def herfindahl_hirschman(counts: Sequence[int], unknown: int = 0, closed: Sequence[int] = ()) -> Bounds:
    """The Herfindahl-Hirschman index: the sum of squared percentage shares, over 0 to 10,000.

    Args:
        counts: places by group.
        unknown: places whose group is not known.
        closed: places of further groups that hold none of the unknown ones.

    Source: Hirschman, National Power and the Structure of Foreign Trade (1945); Herfindahl, Concentration in
    the U.S. Steel Industry (1950); scaled as in the Merger Guidelines of the DOJ and FTC (2023), 2.1.
    """
    low, high = (
        10_000 * sum(count**2 for count in filled) / sum(filled) ** 2 for filled in _fillings(counts, unknown, closed)
    )
    return Bounds(low, high)


def _fillings(counts: Sequence[int], unknown: int, closed: Sequence[int]) -> tuple[list[int], list[int]]:
    """Places by group, largest first, with each unknown place a group of its own, and with all in the largest."""
    ordered = sorted(counts, reverse=True) or [0]
    together = [ordered[0] + unknown, *ordered[1:], *closed]
    return sorted([*counts, *[1] * unknown, *closed], reverse=True), sorted(together, reverse=True)


def shannon(weights: Sequence[float]) -> float:
    """Shannon's H' of shares by category, in nats; 0 for a single category.

    Args:
        weights: positive numbers, by category.

    Source: Shannon, A Mathematical Theory of Communication (1948).
    """
    total = sum(weights)
    return sum(w / total * log(total / w) for w in weights)


def pielou(weights: Sequence[float]) -> float | None:
    """Pielou's evenness J': H' by its greatest value, 0 to 1; None for fewer than two categories.

    Source: Pielou, The Measurement of Diversity in Different Types of Biological Collections (1966).
    """
    return min(1.0, shannon(weights) / log(len(weights))) if len(weights) > 1 else None


def hill_number(weights: Sequence[float]) -> float:
    """The Hill number of order 1, exp(H'): how many equally common categories would give this H'.

    Source: Hill, Diversity and Evenness: A Unifying Notation and Its Consequences (1973).
    """
    return exp(shannon(weights))


def kept(before: int, after: int, only_before: int, only_after: int, both: int) -> tuple[int, int]:
    """The least and the greatest number of entries that two editions share.

    Args:
        before, after: places of the two lists.
        only_before, only_after: known entries of one that are not among the known ones of the other.
        both: entries known of both.
    """
    free_before, free_after = before - only_before - both, after - only_after - both
    stayed, came = min(only_before, free_after), min(only_after, free_before)
    return both, both + stayed + came + min(free_before - came, free_after - stayed)


def turnover(before: int, after: int, common: tuple[int, int]) -> Bounds:
    """The relative turnover between two lists: entries that left or came, of the entries of both; 0 to 1.

    Args:
        before, after: places of the two lists.
        common: the least and the greatest number of entries that both hold.

    Source: Diamond, Avifaunal Equilibria and Species Turnover Rates on the Channel Islands of California (1969).
    """
    least, greatest = common
    return Bounds(1 - 2 * greatest / (before + after), 1 - 2 * least / (before + after))
