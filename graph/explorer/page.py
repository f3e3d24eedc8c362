"""The explorer page: a view of the graph as one HTML file that asks for nothing else.

pyvis holds the network and fills our own template; vis-network, which draws it, is
the vendored one. Whatever comes from the data is escaped by Jinja or set
as text, and a content security policy admits only the scripts and styles given here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.explorer import vendor
from graph.explorer.view import (
    Edge,
    Kind,
    Label,
    Language,
    Node,
    Relation,
    Source,
    Statement,
    Type,
    View,
    check,
    ends,
    say,
)
from graph.files import write_bytes

__all__ = [
    "Edge",
    "Kind",
    "Label",
    "Language",
    "Node",
    "Relation",
    "Source",
    "Statement",
    "Type",
    "View",
    "render",
    "write",
]

BEND, LANE = 0.08, 0.25  # roundness of every edge, and between those that share both ends


def write(view: View, path: Path) -> None:
    """Write the page of a view to path in UTF-8, whole or not at all.

    Raises ValueError as render does, and OSError if the file cannot be written.
    """
    write_bytes(path, render(view).encode())


def render(view: View) -> str:
    """Return the complete HTML page of a view; equal views give equal pages.

    Raises ValueError if an id is given twice, if a type, relation, node, statement or
    source is named but not there, or if a position is not finite.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup
    from pyvis.network import Network

    check(view)
    library, script, style = vendor.library(), _read("app.js"), _read("style.css")
    policy = (
        "default-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        f" script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}"
    )

    environment = Environment(autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "allow_nan": False}
    environment.filters["say"] = lambda label: say(label, view["language"])
    environment.tests["web"] = lambda url: url.lower().startswith(("https://", "http://"))
    environment.globals.update(
        view=view,
        things={node["id"]: node for node in view["nodes"]},
        rest={key: value for key, value in view.items() if key not in ("nodes", "edges")},
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
    """Put nodes and edges into a pyvis network, with our own data under one key each."""
    for node in view["nodes"]:
        look = view["types"][node["type"]]
        network.add_node(
            node["id"],
            label=say(node["label"], view["language"]),
            shape=look["shape"],
            color=look["color"],
            x=node["x"],
            y=node["y"],
            size=node["size"],
            entity=node,
        )
    lanes = Counter(map(ends, view["edges"]))
    used: Counter[tuple[str, str]] = Counter()
    for edge in view["edges"]:
        pair = ends(edge)
        bend = BEND + LANE * (used[pair] - (lanes[pair] - 1) / 2)
        used[pair] += 1
        clockwise = (bend > 0) == (pair[0] == edge["source"])
        network.add_edge(
            edge["source"],
            edge["target"],
            id=edge["id"],
            smooth={"type": "curvedCW" if clockwise else "curvedCCW", "roundness": abs(bend)},
            fact=edge,
        )


def _hash(text: str) -> str:
    """Return the source expression that admits an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    """Read a file of this package."""
    return (files("graph.explorer") / name).read_text("utf-8")
