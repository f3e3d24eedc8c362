"""Code goes one way through the house: no module needs one that needs it, and doors are opened from outside alone."""

from __future__ import annotations

from graphlib import TopologicalSorter

from modules import MODULES, NEEDED

DOORS = ("commands", "explorer", "linkage", "overseas", "rankings", "report", "server", "sinks", "sources", "spark")
"""Rooms of graph/ in which something is done with the graph that is built."""

FACADES = {"cli", "graph", "graph.opened", "graph.answers"}
"""What opens every door: `graph.open()` in Python and the command line."""


def test_no_module_needs_one_that_needs_it() -> None:
    rooms = {name: "ontology" if name.startswith("ontology") else name for name in MODULES}
    ways = {
        rooms[name]: {rooms[each] for n, found in NEEDED.items() if rooms[n] == rooms[name] for each in found}
        - {rooms[name]}
        for name in MODULES
    }
    assert len([*TopologicalSorter(ways).static_order()]) == len(ways)


def test_the_ontology_stands_before_all_and_the_command_line_after_all() -> None:
    assert not {each for name in MODULES if name.startswith("ontology") for each in NEEDED[name]} - {
        name for name in MODULES if name.startswith("ontology")
    }
    assert not [name for name, found in NEEDED.items() if "cli" in found]


def test_no_room_before_the_doors_goes_through_one() -> None:
    def door(name: str) -> str:
        parts = name.split(".")
        return parts[1] if len(parts) > 1 and parts[0] == "graph" and parts[1] in DOORS else ""

    through = [(name, each) for name, found in NEEDED.items() for each in found if not door(name) and door(each)]
    assert [pair for pair in through if pair[0] not in FACADES] == []
