"""Draws which rooms the code has and which imports which: docs/rooms.svg.

    PYTHONPATH=.:tests python docs/rooms.py [--check | -r]

The packages of graph/ are rooms. Its other modules are told apart by who needs them first on the way that data takes.
"""

from __future__ import annotations

import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

from modules import MODULES, NEEDED

from graph.drawing.svg import tag, text

OUTPUT = Path(__file__).with_name("rooms.svg")

STATIONS = {
    "graph.build": "facts and build",
    "graph.store": "store",
    "graph.profile": "lookup",
    "graph.asking": "asking",
    "graph.networks": "networks",
    "graph.measured": "measures",
    "graph.claims": "claims",
    "graph.remote": "remote stores",
    "graph.opened": "answers",
}
"""Modules along the way that data takes: what one of them needs, and none before it, is in its room."""

OPEN = "graph.open"
"""The room of `graph.open()` and of what works on an open graph."""

TENDING = "tending"
"""The room of what is left: for those who edit, publish and describe the graph."""

WIDTH, HEIGHT, GAP, ROW = 124, 40, 14, 74


def reached(name: str, seen: set[str]) -> set[str]:
    """All that a module needs, itself among it."""
    if name not in seen:
        seen.add(name)
        for each in NEEDED[name]:
            reached(each, seen)
    return seen


def rooms() -> dict[str, str]:
    """The room of each module."""
    found = {}
    for name, path in MODULES.items():
        if not name.startswith("graph."):
            found[name] = OPEN if name == "graph" else name.partition(".")[0]
        elif path.parent.name != "graph":
            found[name] = name.split(".")[1]
    for station, room in STATIONS.items():
        for name in reached(station, set()) - {"graph.opened"}:
            found.setdefault(name, room)
    for name in MODULES.keys() - found:
        found[name] = OPEN if "graph.opened" in reached(name, set()) else TENDING
    return found


def ways(room: dict[str, str]) -> dict[str, set[str]]:
    """Which rooms each room imports, without what follows from two of these ways."""
    direct: dict[str, set[str]] = {each: set() for each in room.values()}
    for name, each in room.items():
        direct[each] |= {room[n] for n in NEEDED[name]} - {each}
    direct["cli"].add("commands")  # which it imports by their names
    every: dict[str, set[str]] = {}
    for each in TopologicalSorter(direct).static_order():
        every[each] = direct[each].union(*(every[other] for other in direct[each]))
    return {each: {o for o in found if not any(o in every[p] for p in found)} for each, found in direct.items()}


def drawing() -> str:
    """The rooms as boxes, each below all that it imports, and the ways as lines."""
    room = rooms()
    needs = ways(room)
    level: dict[str, int] = {}
    for each in TopologicalSorter(needs).static_order():
        level[each] = 1 + max((level[other] for other in needs[each]), default=-1)
    rows = [sorted(each for each in level if level[each] == n) for n in range(max(level.values()) + 1)]
    wide = max(map(len, rows)) * (WIDTH + GAP) + GAP
    place: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows):
        above = {each: sum(place[o][0] for o in needs[each]) / max(len(needs[each]), 1) for each in row}
        left = (wide - len(row) * (WIDTH + GAP) + GAP) / 2
        for index, each in enumerate(sorted(row, key=lambda each: (above[each], each))):
            place[each] = (left + index * (WIDTH + GAP), GAP + number * ROW)
    lines = [
        tag("path", d=_way(place[each], place[other]), class_="way")
        for each in sorted(needs)
        for other in sorted(needs[each])
    ]
    sizes = Counter(room.values())
    boxes = [_box(each, sizes[each], *place[each]) for each in sorted(place)]
    style = (
        "svg{background:#fff}rect{fill:#eef4fa;stroke:#0072b2}text{font:13px sans-serif;text-anchor:middle;fill:#111}"
        ".small{font-size:10px;fill:#555}.way{fill:none;stroke:#8a8a8a}"
    )
    tall = len(rows) * ROW - ROW + HEIGHT + 2 * GAP
    words = tag("title", text("Rooms of the code; each imports those above it to which a line leads"))
    return tag(
        "svg", words, tag("style", style), *lines, *boxes,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {wide} {tall}", role="img",
    ) + "\n"  # fmt: skip


def _way(start: tuple[float, float], end: tuple[float, float]) -> str:
    x, y, to_x, to_y = start[0] + WIDTH / 2, start[1], end[0] + WIDTH / 2, end[1] + HEIGHT
    bend = (y + to_y) / 2
    return f"M{x:g} {y:g}C{x:g} {bend:g} {to_x:g} {bend:g} {to_x:g} {to_y:g}"


def _box(name: str, modules: int, x: float, y: float) -> str:
    counted = f"{modules} module{'s' if modules > 1 else ''}"
    return "".join((
        tag("rect", x=x, y=y, width=WIDTH, height=HEIGHT, rx=5),
        tag("text", text(name), x=x + WIDTH / 2, y=y + 18),
        tag("text", text(counted), x=x + WIDTH / 2, y=y + 32, class_="small"),
    ))  # fmt: skip


def main() -> int:
    drawn = drawing()
    if "--check" not in sys.argv:
        OUTPUT.write_text(drawn, encoding="utf-8")
    elif not OUTPUT.exists() or OUTPUT.read_text(encoding="utf-8") != drawn:
        print(f"{OUTPUT.name} is behind the imports", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
