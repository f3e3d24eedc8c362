"""What it costs to build a graph of imports, beside the bare loading of the same quads, and how answers grow with it.

    python bench/imports.py [--quads 100000 1000000] [--figure docs/growth.svg] [--keep FOLDER]

Made-up imports (imported.py) beside the packaged register are built into a store and an index: read, checked, made one
with one another, resolved. In the same run Oxigraph alone loads the finished N-Quads, and rdflib parses a part of
them, scaled to the whole. Then every named query, lookups and two measures are asked of the graph, by a process that
is ended when an answer takes longer than PATIENCE. Exit code 1 when a build is slower than AIM of the bare loading.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from select import select
from shutil import copytree
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.opened import Opened

AIM = 0.25
"""A build handles at least this part of the quads per second that Oxigraph loads."""

SIZES = (100_000, 1_000_000)
PATIENCE = 60
"""Seconds that an answer is waited for."""

PARSED = 50_000
"""Of how many quads rdflib's time is taken."""

THING, PERSON = "organization/made-up-0-0", "person/made-up-0-0"
ASKED = {
    "organization": THING, "thing": THING, "node": "event/made-up-24", "product": "product/made-up-0-0",
    "ranking": "ranking/made-up-0-0", "list": "ranking/made-up-0-0", "category": "concept/productivity",
    "day": "2024-06-30",
}  # fmt: skip
"""What is asked about, by the name of a parameter."""


def build(facts: Path) -> dict[str, Any]:
    """Build the store of a folder."""
    from graph import store

    start = perf_counter()
    place = store.build(facts)
    return {"seconds": perf_counter() - start, "place": str(place)}


def dump(place: Path) -> dict[str, Any]:
    """Write the quads of a build as N-Quads, and count them."""
    from pyoxigraph import RdfFormat

    from graph import store

    graph = store.open_build(place)
    graph.store.dump(str(place.parent / "whole.nq"), RdfFormat.N_QUADS)
    return {"quads": len(graph.store), "bytes": sum(path.stat().st_size for path in place.rglob("*") if path.is_file())}


def bare(file: Path) -> dict[str, Any]:
    """Load N-Quads into a new store, and do nothing else."""
    from pyoxigraph import RdfFormat, Store

    with tempfile.TemporaryDirectory(dir=file.parent) as room:
        start = perf_counter()
        Store(room).bulk_load(path=str(file), format=RdfFormat.N_QUADS)
        return {"seconds": perf_counter() - start}


def rdflib(file: Path) -> dict[str, Any]:
    """Parse the first quads with rdflib."""
    from itertools import islice

    from rdflib import Dataset

    with file.open(encoding="utf-8") as lines:
        part = [*islice(lines, PARSED)]
    start = perf_counter()
    Dataset().parse(data="".join(part), format="nquads")
    return {"seconds": perf_counter() - start, "quads": len(part)}


def answer(opened: Opened, what: str) -> int:
    """Answer a query, a lookup or a measure; how many rows or sources there are."""
    import queries

    kind, _, name = what.partition(" ")
    if kind == "query":
        needed = {p.name for p in queries.named(name).parameters} - queries.named(name).defaults.keys()
        return len(opened.query(name, {each: ASKED[each] for each in needed}).rows)
    if kind == "lookup":
        return len(opened.lookup(name).sources)
    network, _, measure = name.partition(" ")
    return len(opened.measure(network, measure, top=20, draws=0).rows)


def ask(place: Path, *asked: str) -> None:
    """Open a build and answer one thing after another, each on a line of its own."""
    from graph import store
    from graph.opened import Opened

    opened = Opened(store.open_build(place))
    for what in asked:
        start = perf_counter()
        found = answer(opened, what)
        memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": perf_counter() - start, "found": found, "memory": memory}), flush=True)


def answers(place: Path) -> dict[str, dict[str, Any]]:
    """What each answer takes; nothing for what takes longer than PATIENCE, after which another process goes on."""
    found: dict[str, dict[str, Any]] = {}
    while todo := [what for what in asked() if what not in found]:
        command = [sys.executable, __file__, "--step", "ask", str(place), *todo]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for what in todo:
                ready, _, _ = select([process.stdout], [], [], PATIENCE)
                found[what] = json.loads(process.stdout.readline()) if ready else {}
                if not ready:
                    process.kill()
                    break
    return found


STEPS: dict[str, Callable[..., dict[str, Any]]] = {f.__name__: f for f in (build, dump, bare, rdflib)}


def run(step: str, *arguments: object) -> dict[str, Any]:
    """A step in a process of its own: what it found, and its peak memory in MB."""
    command = [sys.executable, __file__, "--step", step, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def asked() -> list[str]:
    """Everything that is asked of a graph."""
    import queries

    named = [f"query {name}" for name in queries.names()]
    return [*named, f"lookup {THING}", f"lookup {PERSON}", "measure whole degree", "measure whole pagerank"]


def measure(room: Path, quads: int) -> dict[str, Any]:
    """All steps at one size."""
    import imported

    from graph.folder import FOLDER

    facts = room / "facts"
    if not facts.exists():
        (facts / "sources").mkdir(parents=True)
        copytree(FOLDER / "register", facts / "register")
        imported.write(facts / "imports", quads)
    built = run("build", facts)
    place = Path(built["place"])
    dumped = run("dump", place)
    file = place.parent / "whole.nq"
    found = {"build": built, "size": dumped, "bare": run("bare", file), "rdflib": run("rdflib", file)}
    file.unlink()
    return {**found, "answers": answers(place)}


def figure(results: dict[int, dict[str, Any]], path: Path) -> None:
    """Draw the seconds of each answer against the quads of the graph, both on logarithmic scales."""
    width, height, left, top, right, bottom = 760, 440, 64, 28, 250, 52
    sizes = [found["size"]["quads"] for found in results.values()]
    x0, x1, y0, y1 = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes))), -3, 3

    def x(quads: float) -> float:
        return left + (math.log10(quads) - x0) / (x1 - x0) * (width - left - right)

    def y(seconds: float) -> float:
        power = min(max(math.log10(max(seconds, 1e-9)), y0), y1)
        return height - bottom - (power - y0) / (y1 - y0) * (height - top - bottom)

    def points(seconds: Callable[[dict[str, Any]], float | None]) -> list[tuple[float, float]]:
        pairs = ((found["size"]["quads"], seconds(found)) for found in results.values())
        return [(x(size), y(each)) for size, each in sorted(pairs) if each is not None]

    def line(spots: list[tuple[float, float]], color: str, stroke: float) -> str:
        drawn = " ".join(f"{a:.1f},{b:.1f}" for a, b in spots)
        return f'<polyline points="{drawn}" fill="none" stroke="{color}" stroke-width="{stroke}"/>'

    label = "Seconds of every named query, of lookups, measures and builds, against the quads of the graph"
    frame = f'viewBox="0 0 {width} {height}" role="img" aria-label="{label}" font-family="sans-serif" font-size="12"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>',
        f"<title>{label}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for power in range(x0, x1 + 1):
        at = x(10**power)
        lines.append(f'<path d="M{at:.1f} {top}V{height - bottom}" stroke="#dddddd"/>')
        lines.append(f'<text x="{at:.1f}" y="{height - bottom + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(y0, y1 + 1):
        at = y(10.0**power)
        lines.append(f'<path d="M{left} {at:.1f}H{width - right}" stroke="#dddddd"/>')
        lines.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    middle = (left + width - right) / 2
    lines.append(f'<text x="{middle}" y="{height - 12}" text-anchor="middle">quads of the graph</text>')
    lines.append(f'<text x="{left}" y="{top - 10}">seconds</text>')
    whats = [*next(iter(results.values()))["answers"]]
    queries = [what for what in whats if what.startswith("query ")]
    for what in queries:
        lines.append(line(points(lambda found, what=what: found["answers"][what].get("seconds")), "#bbbbbb", 1))  # type: ignore[misc]
    shown: list[tuple[str, str, Callable[[dict[str, Any]], float | None]]] = [
        ("build", "#000000", lambda found: found["build"]["seconds"]),
        ("Oxigraph's loading alone", "#D55E00", lambda found: found["bare"]["seconds"]),
        (f"lookup of {THING}", "#009E73", lambda found: found["answers"][f"lookup {THING}"].get("seconds")),
        (
            "PageRank of the whole network",
            "#0072B2",
            lambda found: found["answers"]["measure whole pagerank"].get("seconds"),
        ),
    ]
    for number, (name, color, seconds) in enumerate(shown):
        lines.append(line(points(seconds), color, 2))
        at = top + 14 + 20 * number
        lines.append(f'<path d="M{width - right + 14} {at - 4}h22" stroke="{color}" stroke-width="2"/>')
        lines.append(f'<text x="{width - right + 42}" y="{at}">{name}</text>')
    at = top + 14 + 20 * len(shown)
    lines.append(f'<path d="M{width - right + 14} {at - 4}h22" stroke="#bbbbbb"/>')
    lines.append(f'<text x="{width - right + 42}" y="{at}">each of {len(queries)} named queries</text>')
    path.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


def table(results: dict[int, dict[str, Any]]) -> float:
    """Print what was measured; the smallest ratio of a build to the bare loading."""
    print("| quads | build, s | quads/s | MB | Oxigraph alone, s | ratio | rdflib, s (scaled) | MB of files |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    ratios = []
    for found in results.values():
        size, seconds, alone = found["size"]["quads"], found["build"]["seconds"], found["bare"]["seconds"]
        ratios.append(alone / seconds)
        peer = found["rdflib"]["seconds"] / found["rdflib"]["quads"] * size
        cells = (
            f"{seconds:.0f} | {size / seconds:,.0f} | {found['build']['memory']:.0f} | {alone:.0f} | {ratios[-1]:.2f}"
        )
        print(f"| {size:,} | {cells} | {peer:.0f} | {found['size']['bytes'] / 1e6:,.0f} |")
    sizes = " | ".join(f"{found['size']['quads']:,} quads, s" for found in results.values())
    print(f"\n| asked | {sizes} | rows | MB |")
    print("|---|" + "---:|" * (len(results) + 2))
    for what in asked():
        answers = [found["answers"][what] for found in results.values()]
        cells = " | ".join(f"{each['seconds']:.3f}" if each else f"over {PATIENCE}" for each in answers)
        last = answers[-1]
        print(f"| {what} | {cells} | {last.get('found', '')} | {last.get('memory', 0):.0f} |")
    return min(ratios)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time a build of imports beside Oxigraph's loading alone.")
    parser.add_argument("--quads", type=int, nargs="*", default=SIZES)
    parser.add_argument("--figure", type=Path, help="where to draw how answers grow")
    parser.add_argument("--keep", type=Path, help="where the imports and their builds are kept, or were")
    parser.add_argument("--step", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        name, place, *rest = given.step
        if name == "ask":
            ask(Path(place), *rest)
            return 0
        found = STEPS[name](Path(place))
        print(json.dumps({**found, "memory": getrusage(RUSAGE_SELF).ru_maxrss / 1024}))
        return 0
    results: dict[int, dict[str, Any]] = {}
    for quads in given.quads:
        with tempfile.TemporaryDirectory() as folder:
            room = given.keep / str(quads) if given.keep else Path(folder)
            os.environ["CHUHAI_DATA"] = str(room / "data")
            results[quads] = measure(room, quads)
    ratio = table(results)
    print(f"\nslowest build: {ratio:.2f} of the quads per second of Oxigraph alone; aim: at least {AIM}")
    if given.figure:
        figure(results, given.figure)
    return 0 if ratio >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
