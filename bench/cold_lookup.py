"""How long a cold `chuhai lookup` takes, against a process that only imports click.

    python bench/cold_lookup.py [--rounds N]

The peer answers the same question the usual way: rdflib parses the graph as sorted N-Quads and looks for
the name. Exit code 1 when a lookup takes more than AIM times the import, or loads a package that it should not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from timing import medians

AIM = 2.0
"""A cold lookup may take this many times a process that imports click."""

NAMES = ("Manus", "智譜", "HeyGen")
HEAVY = ("rdflib", "yaml")
"""Packages that a lookup has no use for."""

CHUHAI = str(Path(sys.executable).with_name("chuhai"))
IMPORT = [sys.executable, "-c", "import click"]

LOADED = """
import sys
from cli import commands
commands(sys.argv[2:], standalone_mode=False)
print(*sorted(set(sys.argv[1].split(",")) & sys.modules.keys()), file=sys.stderr)
"""
"""Runs the command line, then says which of the packages named first were loaded."""

PEER = """
import sys, unicodedata
from rdflib import Dataset
from rdflib.namespace import SKOS
graph, wanted = Dataset(default_union=True), unicodedata.normalize("NFKC", sys.argv[2]).casefold()
graph.parse(sys.argv[1], format="nquads")
for role in (SKOS.prefLabel, SKOS.altLabel):
    for thing, name in sorted(graph.subject_objects(role)):
        if unicodedata.normalize("NFKC", name).casefold() == wanted:
            print(thing, name)
"""


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a process with its output in pipes."""
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")


def answer(command: list[str]) -> None:
    """Run a process that has to print something."""
    assert run(command).stdout, f"{command}: no answer"


def heavy(name: str) -> list[str]:
    """Which of the HEAVY packages a lookup loads."""
    return run([sys.executable, "-c", LOADED, ",".join(HEAVY), "lookup", name]).stderr.split()


def main() -> int:
    parser = argparse.ArgumentParser(description="Time a cold lookup against a process that imports click.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        # Modules stay compiled from one process to the next, as after an installation.
        os.environ |= {"CHUHAI_DATA": folder, "PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": folder}
        for setting in ("CHUHAI_FACTS", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(setting, None)
        quads = Path(folder) / "graph.nq"
        run([CHUHAI, "build", "--output", str(quads)])
        loaded = {package for name in NAMES for package in heavy(name)}
        base, peer = "import click", f"rdflib, N-Quads, {NAMES[0]}"
        steps: dict[str, Callable[[], object]] = {base: partial(run, IMPORT)}
        steps |= {f"chuhai lookup {name}": partial(answer, [CHUHAI, "lookup", name]) for name in NAMES}
        steps[peer] = partial(answer, [sys.executable, "-c", PEER, str(quads), NAMES[0]])
        found = medians(steps, rounds)
    print(f"| process | median of {rounds}, ms | ratio |\n|---|---:|---:|")
    for label, seconds in found.items():
        print(f"| {label} | {seconds * 1000:.0f} | {seconds / found[base]:.2f} |")
    ratio = max(seconds for label, seconds in found.items() if label not in (base, peer)) / found[base]
    print(f"\nslowest lookup: {ratio:.2f} of the import; aim: at most {AIM}")
    if loaded:
        print(f"loaded without need: {', '.join(sorted(loaded))}")
    return 1 if loaded or ratio > AIM else 0


if __name__ == "__main__":
    sys.exit(main())
