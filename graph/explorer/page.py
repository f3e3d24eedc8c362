"""The explorer page: a view of the graph as one HTML file that asks for nothing else; or the same page without data.

pyvis holds the network and fills our own template; vis-network, which draws it, is
the vendored one. Whatever comes from the data is escaped by Jinja or set
as text, and a content security policy admits only the scripts and styles given here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from graph import vendor
from graph.explorer.drawing import draw
from graph.explorer.pack import pack
from graph.explorer.view import TITLE, View, check, say
from graph.files import write_bytes

SCRIPTS = (
    "words", "dom", "moment", "door", "room", "data", "state", "store", "visible", "labels", "graph", "search",
    "legend", "panel", "time", "table", "timeline", "geometry", "map", "mapview", "picture", "share", "story", "app",
)  # fmt: skip
"""The parts of the page's script, in order: they make one."""

STYLES = ("style", "map")
"""The parts of its style."""


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
    from markupsafe import Markup
    from pyvis.network import Network

    check(view)
    parts = files()
    policy = (
        "default-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        f" script-src {_hash(parts['library.js'])} {_hash(parts['script.js'])}; style-src {_hash(parts['style.css'])}"
    )
    environment = _environment()
    environment.globals.update(
        language=view["language"],
        coverage=say(view["coverage"], view["language"]),
        data=pack(view),
        policy=policy,
        addresses={},
        inline={name: Markup(text) for name, text in parts.items()},
    )
    network = Network(directed=True, heading=view["title"])
    network.templateEnv, network.path = environment, "explorer.html.j2"
    _fill(network, view)
    return str(network.generate_html())


def shell(addresses: dict[str, str]) -> str:
    """The page without data, which asks the server for them; `addresses` of `files`, by their names."""
    return str(
        _environment().get_template("explorer.html.j2").render(heading=TITLE, language="en", addresses=addresses)
    )


@cache
def files() -> dict[str, str]:
    """The scripts and the style of the page by the names of their files: others' library, and our own."""
    return {
        "library.js": vendor.library(),
        "script.js": "'use strict';\n"
        + "".join(re.sub("^ +", "", _read(f"{name}.js"), flags=re.M) for name in SCRIPTS),
        "style.css": "".join(_read(f"{name}.css") for name in STYLES),
    }


def _environment() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "allow_nan": False, "separators": (",", ":"),
    }  # fmt: skip
    environment.filters["node_row"] = lambda node: [node["x"], node["y"], node["size"]]
    environment.filters["edge_row"] = lambda edge: [edge["from"], edge["to"], edge["bend"], edge["facts"]]
    return environment


def _fill(network: Any, view: View) -> None:
    """Put things into a pyvis network by their numbers, and one edge for all facts of a relation between two."""
    drawing = draw(view)
    for number, (node, (x, y, size)) in enumerate(zip(view["nodes"], drawing["nodes"], strict=True)):
        shape = view["types"][node["type"]]["shape"]
        network.add_node(number, label=say(node["label"], view["language"]), shape=shape, x=x, y=y, size=size)
    for source, target, bend, facts in drawing["edges"]:
        network.add_edge(source, target, bend=bend, facts=facts)


def _hash(text: str) -> str:
    """Return the source expression that admits an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    """Read a file of this package."""
    return (resources.files("graph.explorer") / name).read_text("utf-8")
