"""The explorer page: a view of the graph as one HTML file that asks for nothing else.

pyvis holds the network and fills our own template; vis-network, which draws it, is
the vendored one. Whatever comes from the data is escaped by Jinja or set
as text, and a content security policy admits only the scripts and styles given here.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph import vendor
from graph.explorer.pack import pack
from graph.explorer.view import View, check, say
from graph.files import write_bytes

SCRIPTS = (
    "words", "dom", "moment", "data", "state", "visible", "labels", "graph", "search", "legend", "panel", "time",
    "table", "timeline", "geometry", "map", "mapview", "picture", "share", "story", "app",
)  # fmt: skip
"""The parts of the page's script, in order: they make one."""

STYLES = ("style", "map")
"""The parts of its style."""

LANE = 0.22
"""The roundness by which edges that share both ends lie apart."""

_SMALLEST, _LARGEST = 4.0, 18.0


def write(view: View, path: Path) -> int:
    """Write the page of a view to path in UTF-8, whole or not at all, and return how many bytes it has.

    Raises ValueError as render does, and OSError if the file cannot be written.
    """
    page = render(view).encode()
    write_bytes(path, page)
    return len(page)


def render(view: View) -> str:
    """Return the complete HTML page of a view; equal views give equal pages.

    Raises ValueError if an id is given twice, if a type, relation, node, statement or
    source is named but not there, or if a position is not finite.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup
    from pyvis.network import Network

    check(view)
    library = vendor.library()
    script = "'use strict';\n" + "".join(_read(f"{name}.js") for name in SCRIPTS)
    style = "".join(_read(f"{name}.css") for name in STYLES)
    policy = (
        "default-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        f" script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}"
    )

    environment = Environment(autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "allow_nan": False, "separators": (",", ":"),
    }  # fmt: skip
    environment.filters["node_row"] = lambda node: [node["x"], node["y"], node["size"]]
    environment.filters["edge_row"] = lambda edge: [edge["from"], edge["to"], edge["bend"], edge["facts"]]
    environment.globals.update(
        language=view["language"],
        coverage=say(view["coverage"], view["language"]),
        data=pack(view),
        policy=policy,
        library=Markup(library),
        script=Markup(script),
        style=Markup(style),
    )
    network = Network(directed=True, heading=view["title"])
    network.templateEnv, network.path = environment, "explorer.html.j2"
    _fill(network, view)
    return str(network.generate_html())


def _fill(network: Any, view: View) -> None:
    """Put things into a pyvis network by their numbers, and one edge for all facts of a relation between two."""
    numbers = {node["id"]: number for number, node in enumerate(view["nodes"])}
    for node in view["nodes"]:
        size = min(_LARGEST, _SMALLEST + 2.1 * math.log2(1 + node["degree"]))
        network.add_node(
            numbers[node["id"]],
            label=say(node["label"], view["language"]),
            shape=view["types"][node["type"]]["shape"],
            x=round(node["x"]),
            y=round(node["y"]),
            size=round(size, 1),
        )
    bundles: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, fact in enumerate(view["facts"]):
        if fact["target"] and fact["source"] != fact["target"]:
            bundles[numbers[fact["source"]], numbers[fact["target"]], fact["relation"]].append(number)
    lanes: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
    for source, target, relation in bundles:
        lanes[min(source, target), max(source, target)].append((source, target, relation))
    for pair, sharing in sorted(lanes.items()):
        for place, bundle in enumerate(sorted(sharing)):
            bend = LANE * (place - (len(sharing) - 1) / 2)
            source, target, _ = bundle
            bend = round(bend if source == pair[0] else -bend, 3)
            network.add_edge(source, target, bend=bend, facts=bundles[bundle])


def _hash(text: str) -> str:
    """Return the source expression that admits an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    """Read a file of this package."""
    return (files("graph.explorer") / name).read_text("utf-8")
