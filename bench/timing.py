"""Times of steps that are compared with one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter


def of_processes() -> float:
    """Seconds that the processor spent on finished child processes."""
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def medians(
    steps: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = perf_counter
) -> dict[str, float]:
    """The median seconds of each step, by a clock.

    Every round runs each step once, in turn, so that a busy machine slows all of them alike; the first
    round, which warms the caches, is left out.
    """
    times: dict[str, list[float]] = {label: [] for label in steps}
    for number in range(rounds + 1):
        for label, step in steps.items():
            start = clock()
            step()
            if number:
                times[label].append(clock() - start)
    return {label: median(found) for label, found in times.items()}
