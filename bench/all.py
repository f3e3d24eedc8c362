"""Runs the benchmarks one after another, and writes one page of their aims and of what was measured.

    python bench/all.py [--page docs/figures.md] [--tables FOLDER] [--charts FOLDER] [BENCH ...]

Without names all of them run; `--tables` and `--charts` are those of imports.py. Where a page is written, what benches
draw is drawn beside it. Exit code 1 when a bench misses an aim or fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timing import FIGURES

BENCHES = ("build", "cold_lookup", "names", "linkage", "networks", "explorer", "serve", "imports")
DRAWN = {"networks": "network-cost.svg", "imports": "growth.svg"}
"""What a bench draws, by the name of its file."""

_FOLDER = Path(__file__).parent


def known_bench(name: str) -> str:
    """The name of a bench.

    Raises:
        argparse.ArgumentTypeError: if there is none of that name.
    """
    if name not in BENCHES:  # argparse takes no choices where there need not be any
        raise argparse.ArgumentTypeError(f"no bench is called {name}; there are: {', '.join(BENCHES)}")
    return name


def measured(bench: str, *options: str) -> tuple[list[dict[str, Any]], bool]:
    """What a bench measured, and whether it ended well."""
    print(f"\n== bench/{bench}.py", flush=True)
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "figures"
        file.touch()
        command = [sys.executable, str(_FOLDER / f"{bench}.py"), *options]
        code = subprocess.run(command, env={**os.environ, FIGURES: str(file)}, check=False).returncode
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()], code == 0


def processor() -> str:
    """The name of the processor."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def page(found: Mapping[str, tuple[list[dict[str, Any]], bool]]) -> str:
    """The page, as Markdown."""
    day = datetime.now(UTC).date()
    machine = f"{os.cpu_count()} cores of {processor()}, Python {platform.python_version()}"
    lines = [
        "# Figures",
        "",
        f"What `python bench/all.py` measured on {day}, on {machine}.",
        "Ratios are to the peer in the same run; see [benchmarks](benchmarks.md).",
        "",
        "| bench | measured | beside | ratio | aim | |",
        "|---|---|---|---:|---|---|",
    ]
    for bench, (figures, well) in found.items():
        for each in figures:
            cells = (
                each["what"],
                each["peer"],
                f"{each['ratio']:.3g}",
                each["aim"],
                "met" if each["met"] else "missed",
            )
            lines.append(f"| {bench} | {' | '.join(cells)} |")
        if not well and all(each["met"] for each in figures):
            lines.append(f"| {bench} | failed | | | | missed |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Run benchmarks and write a page of their figures.")
    parser.add_argument("benches", nargs="*", type=known_bench, metavar="BENCH", help=", ".join(BENCHES))
    parser.add_argument("--page", type=Path, help="where to write the page")
    parser.add_argument("--tables", help="of imports.py")
    parser.add_argument("--charts", help="of imports.py")
    given = parser.parse_args()
    options: dict[str, list[str]] = {bench: [] for bench in given.benches or BENCHES}
    if given.page:
        for bench in options.keys() & DRAWN.keys():
            options[bench].append(f"--figure={given.page.parent / DRAWN[bench]}")
    if "imports" in options:
        options["imports"] += [
            f"--{name}={folder}" for name in ("tables", "charts") if (folder := getattr(given, name))
        ]
    found = {bench: measured(bench, *more) for bench, more in options.items()}
    if given.page:
        given.page.write_text(page(found), encoding="utf-8")
    return 0 if all(well for _, well in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
