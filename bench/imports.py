"""What it costs to bring tables into the graph, beside the bare loading of its quads, and how answers grow with it.

    python bench/imports.py [--quads 100000 1000000] [--tables FOLDER] [--charts FOLDER] [--figure docs/growth.svg]

Tables are imported by the ready mappings beside the packaged register, as `chuhai import` does, and built into a store
and an index: read, checked, made one with one another, resolved. They are made up (imported.py), of each size that is
asked for, and the real ones of `--tables` (state_hq.csv, techstars.json) and `--charts` (the unpacked npm package
app-store-top-apps). In the same run Oxigraph alone loads the finished N-Quads, and rdflib parses a part of them, scaled
to the whole. Then every named query, lookups and two measures are asked of the graph. What a user waits for counts, the
seconds of the clock, since a build does other things while Oxigraph loads; the same by those of the processor stands
beside it, in which answers are given too. Where the loading takes few seconds, all steps run several times in turn, and
medians count. Exit code 1 when import and build handle less than AIM of the quads per second of the bare loading.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from shutil import copytree
from statistics import median
from typing import Any

import asked
import drawing
import imported
import steps
from imported import Table
from timing import judged

AIM = 0.25
"""An import with its build handles at least this part of the quads per second that Oxigraph loads."""

SIZES = (100_000, 1_000_000, 10_000_000)
ENOUGH = 3.0
"""The steps run in turn, again and again, until so many seconds of the bare loading were measured."""

PARSED = 50_000
"""Of how many quads rdflib's time is taken."""

_FILER, _COMPANY, _CHART = "organization/sec-0000066382", "organization/techstars-0xbridge", "it-free-lifestyle"
REAL = {
    "state_hq.csv": ("state-hq", {"organization": _FILER, "thing": _FILER}),
    "techstars.json": ("techstars", {"organization": _COMPANY, "thing": _COMPANY}),
    "data/apps.json": ("app-store-top-apps", {"product": "product/app-store-1000", "thing": "product/app-store-1000",
                       "ranking": f"ranking/app-store-{_CHART}", "list": f"ranking/app-store-{_CHART}"}),
}  # fmt: skip
"""Files of others, the mapping of each, and what is asked about afterwards."""


def bring(facts: str, tables: str) -> dict[str, Any]:
    """Import tables; what became of their rows."""
    from graph import sources

    rows: Counter[str] = Counter()
    for file, mapping, source in json.loads(tables):
        rejects = Path(facts).parent / "rejects"
        rows.update(
            sources.bring_file(Path(file), mapping, Path(facts), source=source, rejects=rejects).manifest["rows"]
        )
    return {"rows": rows}


def build(facts: str) -> dict[str, Any]:
    """Build the store of a folder."""
    from graph import store

    return {"place": str(store.build(Path(facts)))}


def dump(place: str, file: str) -> dict[str, Any]:
    """Write the quads of a build as N-Quads, and count them."""
    from pyoxigraph import RdfFormat

    from graph import store

    graph = store.open_build(Path(place))
    graph.store.dump(file, RdfFormat.N_QUADS)
    return {"quads": len(graph.store), "bytes": steps.size(Path(place))}


def bare(file: str) -> dict[str, Any]:
    """Load N-Quads into a new store, and do nothing else."""
    from pyoxigraph import RdfFormat, Store

    with tempfile.TemporaryDirectory(dir=Path(file).parent) as room:
        Store(room).bulk_load(path=file, format=RdfFormat.N_QUADS)
    return {}


def rdflib(file: str) -> dict[str, Any]:
    """Parse the first quads with rdflib."""
    from itertools import islice

    from rdflib import Dataset

    with open(file, encoding="utf-8") as lines:
        part = [*islice(lines, PARSED)]
    Dataset().parse(data="".join(part), format="nquads")
    return {"parsed": len(part)}


STEPS: dict[str, steps.Step] = {f.__name__: f for f in (bring, build, dump, bare, rdflib)}


def measure(results: dict[str, Any], name: str, one: Table | int, about: dict[str, str]) -> bool:
    """Add to the results what all steps find on a table, or made-up ones of so many quads; whether the aim is met."""
    with tempfile.TemporaryDirectory() as folder:
        tables = imported.write(Path(folder) / "tables", one) if isinstance(one, int) else [one]
        rounds: list[dict[str, Any]] = []
        while sum(each["bare"]["seconds"] for each in rounds) < ENOUGH:
            rounds.append(once(Path(folder) / str(len(rounds)), tables))
        found = results[name] = rounds[-1]
        for step in ("bring", "build", "bare"):
            found[step] |= {of: median(each[step][of] for each in rounds) for of in ("seconds", "wall")}
        found["answers"] = asked.answers(Path(found["build"]["place"]), asked.ANYWHERE | about)
    what = f"import and build of {name}, quads per second"
    return judged(what, "Oxigraph's bulk load alone", ratio(found), least=AIM)


def once(room: Path, tables: list[Table]) -> dict[str, Any]:
    """What each step finds in a folder of its own."""
    from graph.folder import FOLDER

    os.environ["CHUHAI_DATA"] = str(room / "data")
    facts, whole = room / "facts", room / "whole.nq"
    (facts / "sources").mkdir(parents=True)
    copytree(FOLDER / "register", facts / "register")
    listed = json.dumps([[str(file.absolute()), *rest] for file, *rest in tables])
    run = partial(steps.run, __file__, room)
    found = {"bring": run("bring", facts, listed), "build": run("build", facts)}
    found |= {"dump": run("dump", found["build"]["place"], whole), "bare": run("bare", whole)}
    found |= {"rdflib": run("rdflib", whole)}
    whole.unlink()
    return found


def ratio(found: dict[str, Any], seconds: str = "wall") -> float:
    """The quads per second of import and build, as a part of those of the bare loading."""
    return float(found["bare"][seconds] / (found["bring"][seconds] + found["build"][seconds]))


def costs(found: dict[str, Any]) -> dict[str, str]:
    """What was measured of some tables but the answers, in words."""
    bring, build, bare, rdflib = (found[step] for step in ("bring", "build", "bare", "rdflib"))
    quads, both = found["dump"]["quads"], bring["wall"] + build["wall"]
    return {
        **{f"rows {what}": f"{bring['rows'][what]:,}" for what in ("read", "repaired", "rejected")},
        "quads": f"{quads:,}",
        "import, s": f"{bring['wall']:.1f}",
        "build, s": f"{build['wall']:.1f}",
        "Oxigraph alone, s": f"{bare['wall']:.1f}",
        "quads/s of import and build": f"{quads / both:,.0f}",
        "ratio to Oxigraph alone": f"{ratio(found):.2f}",
        "by the processor": f"{ratio(found, 'seconds'):.2f}",
        "ratio of the build alone": f"{bare['wall'] / build['wall']:.2f}",
        "rdflib’s parsing (scaled), to import and build": f"{rdflib['wall'] / rdflib['parsed'] * quads / both:.1f}",
        "peak memory, MB": f"{max(bring['memory'], build['memory']):.0f}",
        "of Oxigraph alone, MB": f"{bare['memory']:.0f}",
        "files at the peak, MB": f"{max(bring['disk'], build['disk']) / 1e6:,.0f}",
        "files of the build, MB": f"{found['dump']['bytes'] / 1e6:,.0f}",
    }


def table(results: dict[str, dict[str, Any]]) -> None:
    """Print what was measured: the costs, and the seconds of each answer, with rows and memory of the last."""
    each = {name: costs(found) for name, found in results.items()}
    print(f"\n| | {' | '.join(each)} |")
    print("|---|" + "---:|" * len(each))
    for what in next(iter(each.values())):
        print(f"| {what} | {' | '.join(found[what] for found in each.values())} |")
    print(f"\n| asked | {' | '.join(f'{name}, s' for name in results)} | rows of the last | MB at most so far |")
    print("|---|" + "---:|" * (len(results) + 2))
    for what in dict.fromkeys(what for found in results.values() for what in found["answers"]):
        took = [found["answers"].get(what, {"seconds": math.nan}) for found in results.values()]
        cells = (f"{each['seconds']:.3f}" if each else f"over {asked.PATIENCE}" for each in took)
        print(f"| {what} | {' | '.join(cells)} | {took[-1].get('rows', '')} | {took[-1].get('memory', 0):.0f} |")


def figure(results: list[dict[str, Any]]) -> str:
    """Draw the seconds of everything against the quads of the graph."""

    def points(*keys: str) -> list[tuple[float, float]]:
        spots = []
        for found in results:
            each = found
            for key in keys:
                each = each.get(key, {})
            if each:
                spots.append((found["dump"]["quads"], each["seconds"]))
        return spots

    both = [(a, b + c) for (a, b), (_, c) in zip(points("bring"), points("build"), strict=True)]
    named = [what for what in results[0]["answers"] if what.startswith("query ")]
    legend = f"each of {len(named)} named queries"
    lines = [drawing.Line(legend, "#bbbbbb", points("answers", query), stroke=1) for query in named]
    shown = {
        "import and build": both,
        "Oxigraph’s loading alone": points("bare"),
        "a lookup": points("answers", f"lookup {asked.MADE_UP['thing']}"),
        "PageRank of the whole network": points("answers", "measure whole pagerank"),
    }
    lines += [drawing.Line(n, color, s) for (n, s), color in zip(shown.items(), drawing.COLORS, strict=False)]
    title = "Processor seconds of every named query, a lookup, a measure and imports, against the quads of the graph"
    return drawing.growth(title, "quads of the graph", "processor seconds", lines, 0.001)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time imports and their build beside Oxigraph's loading alone.")
    parser.add_argument("--quads", type=int, nargs="*", default=SIZES, help="sizes of the made-up ones")
    parser.add_argument("--tables", type=Path, help="folder that holds state_hq.csv and techstars.json")
    parser.add_argument("--charts", type=Path, help="folder of the unpacked npm package app-store-top-apps")
    parser.add_argument("--figure", type=Path, help="where to draw how answers grow")
    parser.add_argument("--step", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        steps.tell(STEPS, *given.step)
        return 0
    results: dict[str, dict[str, Any]] = {}
    met = True
    for file, (mapping, about) in REAL.items():
        if folder := given.charts if mapping == "app-store-top-apps" else given.tables:
            met &= measure(results, file, Table(folder / file, mapping), about)
        else:
            print(f"{file} is left out: see --tables and --charts")
    for quads in given.quads:
        met &= measure(results, f"{quads:,} quads", quads, asked.MADE_UP)
    table(results)
    if given.figure:
        grown = [found for name, found in results.items() if name.endswith(" quads")]
        given.figure.write_text(figure(grown), encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
