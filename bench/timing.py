"""Times of steps that are compared with one another, and whether their ratios meet the aims."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

FIGURES = "CHUHAI_BENCH_FIGURES"
"""The environment variable that names the file in which all.py gathers what benches measured."""


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


def judged(what: str, peer: str, ratio: float, *, least: float | None = None, most: float | None = None) -> bool:
    """Print whether a ratio to a peer meets its aim, and give it; where FIGURES names a file, add it there as JSON."""
    met = (least is None or ratio >= least) and (most is None or ratio <= most)
    aim = f"at least {least:g}" if least is not None else f"at most {most:g}"
    print(f"{what}, beside {peer}: {ratio:.3g}; aim: {aim}; {'met' if met else 'missed'}", flush=True)
    if file := os.environ.get(FIGURES):
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"what": what, "peer": peer, "ratio": ratio, "aim": aim, "met": met}) + "\n")
    return met
