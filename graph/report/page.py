"""A report as one HTML page that asks for nothing else: no script, one hashed style, figures as inline SVG.

The data of each figure stand behind a `data:` address to be saved as CSV, so that the page stays one file and needs
no script for it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from urllib.parse import quote

from graph import html, writers
from graph.drawing.draw import NARROW, WIDE, draw
from graph.report.parts import Figure, Report, ranges


def render(report: Report) -> str:
    """The page; equal reports give equal pages."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    style = (files("graph.drawing") / "figures.css").read_text("utf-8") + _read("report.css")
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src {_hash(style)}"
    environment = Environment(
        autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["link"] = lambda url, title: Markup(html.link(title, url))
    environment.filters["ranges"] = ranges
    environment.filters["safe_text"] = lambda value: Markup(html.text(value))
    return environment.get_template("report.html.j2").render(
        report=report,
        policy=policy,
        style=Markup(style),
        kind=lambda part: type(part).__name__,
        drawings=lambda figure: [Markup(text) for text in _drawings(figure)],
        csv=lambda figure: "data:text/csv;charset=utf-8," + quote(writers.write(figure.data, "csv")),
        rows=lambda figure: [[writers.shown(cell, figure.shown) for cell in row] for row in figure.shown.rows],
    )


def _drawings(figure: Figure) -> list[str]:
    """The figure for wide and for narrow screens; the style sheet shows the one that fits."""
    if figure.chart is None:
        return []
    names = {"wide": WIDE, "narrow": NARROW}
    return [
        draw(figure.chart, f"{figure.key}-{name}", figure.title, figure.description, room)
        for name, room in names.items()
    ]


def _hash(text: str) -> str:
    """The source expression that admits an inline style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    """A file of this package."""
    return (files("graph.report") / name).read_text("utf-8")
