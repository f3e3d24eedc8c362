"""Runs steps in processes of their own, and tells what each cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

Step = Callable[..., dict[str, Any]]


def tell(steps: Mapping[str, Step], name: str, *arguments: str) -> None:
    """Take a step, and print what it found and cost as JSON.

    `seconds` are those of the processor, also of finished child processes, `wall` those of the clock; `memory` is the
    peak of the largest process in MB.
    """
    before, start = sum(os.times()[:4]), perf_counter()
    found = steps[name](*arguments)
    wall, seconds = perf_counter() - start, sum(os.times()[:4]) - before
    memory = max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"seconds": seconds, "wall": wall, "memory": memory, **found}))


def run(script: str, room: Path, step: str, *arguments: object) -> dict[str, Any]:
    """What a step of a script tells, and `disk`: the peak of the files in a folder while it ran, in bytes."""
    command = [sys.executable, script, "--step", step, *map(str, arguments)]
    disk = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while True:
            try:
                told, _ = process.communicate(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                disk = max(disk, size(room))
    if process.returncode:
        raise SystemExit(f"the step '{step}' failed")
    found: dict[str, Any] = json.loads(told)
    return {**found, "disk": max(disk, size(room))}


def size(room: Path) -> int:
    """The bytes of the files in a folder, some of which may go meanwhile."""
    total = 0
    for folder, _, files in os.walk(room):
        for file in files:
            try:
                total += os.lstat(f"{folder}/{file}").st_size
            except FileNotFoundError:
                continue
    return total
