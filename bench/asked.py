"""Asks a build everything: named queries, lookups and measures, by a process that is ended when one takes too long.

python bench/asked.py BUILD WHAT ...        one line of JSON for each: seconds of the processor, rows, peak memory
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from signal import ITIMER_PROF, SIGPROF, setitimer
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.opened import Opened

PATIENCE = 300
"""Seconds of the processor that an answer is given."""

ANYWHERE = {"category": "concept/productivity", "day": "2024-06-30"}
MADE_UP = ANYWHERE | {
    "organization": "organization/own-0-0", "thing": "organization/own-0-0", "node": "event/own-round-25",
    "product": "product/own-app-0", "ranking": "ranking/own-list-0", "list": "ranking/own-list-0",
    "person": "person/own-0-0",
}  # fmt: skip
"""What is asked about, of any graph and of made-up tables (imported.py), by the name of a parameter."""


def everything(about: Mapping[str, str]) -> list[str]:
    """All that is asked of a graph: queries for which it is known what to ask about, and the rest."""
    import queries

    named = [f"query {name}" for name in queries.names() if needed(name) <= about.keys()]
    looked_up = [f"lookup {about[kind]}" for kind in ("thing", "person") if kind in about]
    return [*named, *looked_up, "measure whole degree", "measure whole pagerank"]


def needed(name: str) -> set[str]:
    """The parameters of a query that have no default."""
    import queries

    return {each.name for each in queries.named(name).parameters} - queries.named(name).defaults.keys()


def answers(place: Path, about: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What each answer takes; nothing for what takes longer than PATIENCE, after which another process goes on."""
    found: dict[str, dict[str, Any]] = {}
    while todo := [what for what in everything(about) if what not in found]:
        command = [sys.executable, __file__, str(place), json.dumps(about), *todo]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        found.update(zip(todo, told, strict=False))
        if done.returncode == -SIGPROF:
            found[todo[len(told)]] = {}
        elif done.returncode:
            raise SystemExit(f"what was asked of {place} could not be answered")
    return found


def answer(opened: Opened, what: str, about: Mapping[str, str]) -> int:
    """Answer a query, a lookup or a measure; how many rows or sources there are."""
    kind, _, name = what.partition(" ")
    if kind == "query":
        return len(opened.query(name, {each: about[each] for each in needed(name)}).rows)
    if kind == "lookup":
        return len(opened.lookup(name).sources)
    network, _, measure = name.partition(" ")
    return len(opened.measure(network, measure, top=20, draws=0).rows)


def main(place: str, about: str, *asked: str) -> None:
    from graph import store
    from graph.opened import Opened

    opened = Opened(store.open_build(Path(place)))
    for what in asked:
        setitimer(ITIMER_PROF, PATIENCE)  # its signal ends the process
        start = process_time()
        rows = answer(opened, what, json.loads(about))
        memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": process_time() - start, "rows": rows, "memory": memory}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
