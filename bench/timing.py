"""Times of steps that are compared with one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def medians(steps: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each step.

    Every round runs each step once, in turn, so that a busy machine slows all of them alike; the first
    round, which warms the caches, is left out.
    """
    times: dict[str, list[float]] = {label: [] for label in steps}
    for number in range(rounds + 1):
        for label, step in steps.items():
            start = perf_counter()
            step()
            if number:
                times[label].append(perf_counter() - start)
    return {label: median(found) for label, found in times.items()}
