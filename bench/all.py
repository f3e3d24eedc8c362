"""Runs the benchmarks one after another, and writes one page of their aims and of what was measured.

    python bench/all.py [--page docs/figures.md] [--tables FOLDER] [--charts FOLDER] [BENCH ...]

Without names all of them run; `--tables` and `--charts` are those of imports.py. On the page the sections of what ran
are written anew, and what is drawn stands beside it. Exit code 1 when a bench misses an aim or fails.
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

_HEAD = """# Figures

What `python bench/all.py --page docs/figures.md` measured, bench by bench, with the day and the machine. Ratios are to
the peer in the same run; see [benchmarks](benchmarks.md).
"""

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


def section(bench: str, figures: list[dict[str, Any]], well: bool) -> str:
    """What one bench measured, as Markdown."""
    on = f"{datetime.now(UTC).date()}, {os.cpu_count()} cores of {processor()}, Python {platform.python_version()}"
    lines = [f"## {bench}", "", on, "", "| measured | beside | ratio | aim | |", "|---|---|---:|---|---|"]
    for each in figures:
        met = "met" if each["met"] else "**missed**"
        lines.append(f"| {each['what']} | {each['peer']} | {each['ratio']:.3g} | {each['aim']} | {met} |")
    if not well and all(each["met"] for each in figures):
        lines.append("| failed | | | | **missed** |")
    return "\n".join(lines) + "\n"


def page(before: str, sections: Mapping[str, str]) -> str:
    """A page of sections by their bench; those of a page before stay where there is no newer one."""
    stood = {text.partition("\n")[0]: f"## {text.rstrip()}\n" for text in before.split("\n## ")[1:]}
    shown = stood | dict(sections)
    return "\n".join([_HEAD, *(shown[bench] for bench in BENCHES if bench in shown)])


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
    sections, missed = {}, False
    for bench, more in options.items():
        figures, well = measured(bench, *more)
        missed |= not well
        sections[bench] = section(bench, figures, well)
        if given.page:
            before = given.page.read_text(encoding="utf-8") if given.page.exists() else ""
            given.page.write_text(page(before, sections), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
