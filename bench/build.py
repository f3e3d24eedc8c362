"""What a build costs beside the work that no build can leave out.

    python bench/build.py [--rounds N]

The build is `graph.build.write`: a store and an index, on disk. The floor is three
steps on the same data: PyYAML's C parser on every fact file, Oxigraph's JSON-LD parser on the checked
documents, and Oxigraph's writing of the same quads. Both are measured in turn, on the packaged facts and
on made-up ones. Exit code 1 when a build takes more than AIM times the floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import yaml
from generate import generate
from pyoxigraph import Quad, RdfFormat, Store, parse
from timing import judged, medians

from graph import load
from graph.build import build, write
from graph.folder import FOLDER, files
from graph.index import Index
from ontology import context

AIM = 2.5
"""A build may take this many times the floor."""

FLOOR = ("yaml", "json-ld", "write")


def make(facts: Path) -> None:
    """Build a store and an index."""
    with tempfile.TemporaryDirectory() as folder, closing(Index(f"{folder}/index", f"{folder}/waiting")) as index:
        store = Store(f"{folder}/quads")
        write(facts, store, index)
        store.flush()
        index.commit()
        del store


def write_alone(quads: Sequence[Quad]) -> None:
    """Write quads to a new store and let go of it."""
    with tempfile.TemporaryDirectory() as folder:
        written = Store(folder)
        written.bulk_extend(quads)
        written.flush()
        del written


def measure(facts: Path, rounds: int) -> dict[str, float]:
    """Median seconds of every step."""
    built = build(facts)
    texts = [path.read_text(encoding="utf-8") for path in files(facts)]
    document = {"@context": context(), "@graph": load.load(facts).documents}
    data = json.dumps(document, ensure_ascii=False).encode()
    steps = {
        "build": lambda: make(facts),
        "yaml": lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts],
        "json-ld": lambda: list(parse(data, format=RdfFormat.JSON_LD)),
        "write": lambda: write_alone(built.quads),
    }
    return medians(steps, rounds)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time a build against parsing and writing alone.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        made_up = Path(folder) / "facts"
        generate(made_up, sources=200, statements=40, things=2_000)
        found = {"packaged": measure(FOLDER, rounds), "made-up": measure(made_up, rounds)}
    print(f"| facts, median of {rounds}, ms | build | {' | '.join(FLOOR)} | floor | ratio |")
    print("|---|" + "---:|" * (len(FLOOR) + 3))
    ratios = {}
    for label, seconds in found.items():
        total, floor = seconds["build"], sum(seconds[step] for step in FLOOR)
        cells = [total, *(seconds[step] for step in FLOOR), floor]
        print(f"| {label} | {' | '.join(f'{cell * 1000:.0f}' for cell in cells)} | {total / floor:.2f} |")
        ratios[label] = total / floor
    print()
    met = [
        judged(f"build of the {name} facts", "parsing and writing", ratio, most=AIM) for name, ratio in ratios.items()
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
