"""How long a cold `chuhai lookup` takes: against a process that only imports click, and as the graph grows.

    python bench/cold_lookup.py [--rounds N] [--parts 100] [--keep FOLDER]

Five lookups, each by a process of its own with a built store: a full profile by exact name, in Traditional Chinese,
in pinyin, with a typing error, and a name that several things bear (exit code 4). They run on the packaged facts,
and on a made-up ecosystem of as many parts as asked for. Each part is as large as the packaged facts, with an
organization as well documented as Manus, and is built from YAML as any facts are; the indexes of the parts are then
put together table by table, and their quads, which a lookup does not open, are let go. Both folders of facts stand
there in full, since an opening asks whether they have changed. A hundred parts take some ten minutes of a core to
make and 2 GB; `--keep` names a folder in which they stay for the next run.

The peer answers the same questions the usual way: rdflib parses the packaged graph as N-Quads, a file that at a
hundred times the size is out of its reach, and looks through the labels, by OpenCC, pypinyin and difflib where need
be. Times are those of the processor: a cold process whose files are in memory does nothing but compute, and what
else the machine does then counts for little. Exit code 1 when a lookup takes more than AIM times the import, or more
than GROWTH times the same lookup on the packaged facts, or loads a package that it should not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter

from generate import generate, names
from timing import judged, medians, of_processes

AIM = 2.5
"""A cold lookup may take this many times a process that imports click."""

GROWTH = 1.2
"""A lookup in the made-up ecosystem may take this many times the same one on the packaged facts."""

SIZE = {"sources": 815, "statements": 7, "things": 2_050}
"""What a part has; the packaged facts are as large."""

KINDS = ("exact", "Traditional", "pinyin", "typo", "ambiguous")
PACKAGED = dict(zip(KINDS, ("Manus", "蝴蝶效應", "hudie xiaoying", "Buterfly Effect", "Meitu"), strict=True))
HEAVY = ("opencc", "pyoxigraph", "pypinyin", "rdflib", "yaml")
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
import difflib, sys, unicodedata
from rdflib import Dataset
from rdflib.namespace import SKOS
graph, kind = Dataset(default_union=True), sys.argv[2]
def key(text):
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
graph.parse(sys.argv[1], format="nquads")
written, wanted = key, key(sys.argv[3])
if kind == "Traditional":
    from opencc import OpenCC
    wanted = key(OpenCC("t2s").convert(wanted))
elif kind == "pinyin":
    from pypinyin import lazy_pinyin
    written = lambda text: key("".join(lazy_pinyin(text)))
named = {}
for role in (SKOS.prefLabel, SKOS.altLabel):
    for thing, name in graph.subject_objects(role):
        named.setdefault(written(name), {})[thing] = name
if kind == "typo":
    wanted = difflib.get_close_matches(wanted, named, 1)[0]
for thing, name in sorted(named[wanted].items()):
    print(thing, name)
    for node, told in sorted(graph.subject_predicates(thing)):
        print(told, *sorted(graph.predicate_objects(node)))
"""


def run(command: list[str], facts: Path | None = None, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a process with its output in pipes; it has to end with that exit code."""
    setting = {} if facts is None else {"CHUHAI_FACTS": str(facts)}
    done = subprocess.run(
        command, check=False, env={**os.environ, **setting}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == code, f"{command}: {done.stderr}"
    return done


def answer(kind: str, name: str, facts: Path | None) -> None:
    """Look a name up, and be sure of the answer."""
    done = run([CHUHAI, "lookup", name], facts, 4 if kind == "ambiguous" else 0)
    assert ("several things" in done.stderr) if kind == "ambiguous" else ("\n[1]" in done.stdout), (name, done.stdout)


def made_up() -> dict[str, str]:
    """The same five of the best documented organization of the first part."""
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    english, chinese, abbreviation = names("organization", 0)
    traditional = OpenCC("s2t").convert(chinese)
    assert traditional != chinese
    typo = english[:2] + english[3:]
    return dict(zip(KINDS, (english, traditional, " ".join(lazy_pinyin(chinese)), typo, abbreviation), strict=True))


def ecosystem(folder: Path, parts: int) -> Path:
    """Make a folder of facts of so many parts, and the index of its build, unless they are there; then install it.

    Returns:
        The folder of facts.
    """
    from pyoxigraph import Store

    from graph import store
    from graph.build import write
    from graph.folder import content_key
    from graph.index import Index

    folder.mkdir(parents=True, exist_ok=True)
    facts, made = folder / "facts", folder / f"{parts}.sqlite"
    if not made.exists():
        with tempfile.TemporaryDirectory(dir=folder) as room, closing(sqlite3.connect(f"{room}/whole")) as whole:
            for part in range(parts):
                generate(Path(room) / str(part), **SIZE, part=part)
                with closing(Index(f"{room}/part")) as index:
                    write(Path(room) / str(part), Store(), index)
                    index.commit()
                put_together(whole, f"{room}/part")
                Path(room, "part").unlink()
                for file in sorted((Path(room) / str(part)).glob("*/*.yaml")):
                    (facts / file.parent.name).mkdir(parents=True, exist_ok=True)
                    file.rename(facts / file.parent.name / file.name)
            whole.execute("VACUUM INTO ?", (str(made),))
    place = store.folder_for(facts) / content_key(facts)
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, place / "index.sqlite")
    return facts


def put_together(whole: sqlite3.Connection, path: str) -> None:
    """Add the index of a part; of what all parts share, such as places, the rows of the first stay."""
    whole.execute("ATTACH ? AS part", (path,))
    schema = whole.execute("SELECT type, name, sql FROM part.sqlite_master WHERE sql > ''").fetchall()
    for _, _, sql in schema:
        whole.execute(sql.replace("TABLE ", "TABLE IF NOT EXISTS ", 1).replace("INDEX ", "INDEX IF NOT EXISTS ", 1))
    for kind, name, _ in schema:
        if kind == "table":
            shared = "WHERE thing NOT LIKE 'place/%' OR NOT EXISTS (SELECT 1 FROM names WHERE thing = new.thing)"
            only = shared if name == "names" else ""
            whole.execute(f"INSERT OR IGNORE INTO {name} SELECT * FROM part.{name} AS new {only}")
    whole.commit()
    whole.execute("DETACH part")


def size(facts: Path | None) -> str:
    """How many statements, sources and names the index of a folder holds."""
    from graph.opened import open_graph

    opened = open_graph(facts)
    counts = [
        opened.graph.index.execute(f"SELECT count(DISTINCT {column}) FROM {table}").fetchone()[0]
        for column, table in (("iri", "statements"), ("iri", "sources"), ("name", "names"))
    ]
    opened.close()
    return "{:,} statements, {:,} sources, {:,} names".format(*counts)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time a cold lookup against a process that imports click.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--parts", type=int, default=100, help="of the made-up ecosystem, each as large as the facts")
    parser.add_argument("--keep", type=Path, help="where the ecosystem is kept, or was")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Modules stay compiled from one process to the next, as after an installation.
        os.environ |= {"CHUHAI_DATA": folder, "PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        for setting in ("CHUHAI_FACTS", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(setting, None)
        quads = Path(folder) / "graph.nq"
        run([CHUHAI, "build", "--output", str(quads)])
        start = perf_counter()
        large = ecosystem(given.keep or Path(folder), given.parts)
        print(f"packaged facts: {size(None)}")
        print(f"made-up ecosystem: {size(large)}, ready in {perf_counter() - start:.0f} s", flush=True)
        loaded = {
            package
            for kind, name in PACKAGED.items()
            if kind != "ambiguous"
            for package in run([sys.executable, "-c", LOADED, ",".join(HEAVY), "lookup", name]).stderr.split()
        }
        steps: dict[str, Callable[[], object]] = {"import click": partial(run, IMPORT)}
        for facts, asked in ((None, PACKAGED), (large, made_up())):
            steps |= {f"{kind} {facts}": partial(answer, kind, name, facts) for kind, name in asked.items()}
        found = medians(steps, given.rounds, of_processes)
        peers = medians({
            kind: partial(run, [sys.executable, "-c", PEER, str(quads), kind, name]) for kind, name in PACKAGED.items()
        }, 2, of_processes)  # fmt: skip
    base = found["import click"]
    print(f"\nprocessor times, medians of {given.rounds}; a process that imports click: {base * 1000:.0f} ms\n")
    print("| lookup | ms | ratio to click | made-up, ms | ratio to packaged | rdflib, ratio to click |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        own, grown = found[f"{kind} None"], found[f"{kind} {large}"]
        cells = (
            f"{own * 1000:.0f} | {own / base:.2f} | {grown * 1000:.0f} | {grown / own:.2f} | {peers[kind] / base:.0f}"
        )
        print(f"| {kind} | {cells} |")
    ratio = max(found[f"{kind} None"] / base for kind in KINDS)
    growth = max(found[f"{kind} {large}"] / found[f"{kind} None"] for kind in KINDS)
    print()
    met = [
        judged("slowest cold lookup", "a process that imports click", ratio, most=AIM),
        judged("the same in a made-up ecosystem", "the packaged graph", growth, most=GROWTH),
    ]
    if loaded:
        print(f"loaded without need: {', '.join(sorted(loaded))}")
    return 0 if all(met) and not loaded else 1


if __name__ == "__main__":
    sys.exit(main())
