"""Code goes one way through the house: no module needs one that needs it, and doors are opened from outside alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOORS = ("commands", "explorer", "linkage", "overseas", "rankings", "report", "server", "sinks", "sources", "spark")
"""Rooms of graph/ in which something is done with the graph that is built."""

FACADES = {"cli", "graph", "graph.opened", "graph.answers"}
"""What opens every door: `graph.open()` in Python and the command line."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path
    for path in (*ROOT.glob("graph/**/*.py"), *ROOT.glob("ontology/*.py"), *ROOT.glob("queries/*.py"), ROOT / "cli.py")
}


def imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """What a module imports, also late; not for types alone, nor to show an object in a notebook."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.FunctionDef) and child.name == "_repr_html_":
            continue
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        yield from imports(child)


def needed(name: str) -> set[str]:
    found: set[str] = set()
    for node in imports(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {each if each in MODULES else str(node.module) for each in whole}
    return (found & MODULES.keys()) - {name}


NEEDED = {name: needed(name) for name in MODULES}


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
