"""Commands that show the graph as pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.options import meant, offer, on_graph

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@click.option(
    "--output", "-o", default="chuhai.html", show_default=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option(
    "--focus", multiple=True, metavar="NAME", shell_complete=offer("thing"), help="Begin from this; may be repeated."
)
@click.option("--depth", default=1, show_default=True, type=click.IntRange(0, 4), help="How many steps from there.")
@click.option(
    "--network", default="whole", show_default=True, shell_complete=offer("projection"), help="Edges of this network."
)
@click.option(
    "--query", "asked", metavar="NAME", shell_complete=offer("query"), help="Begin from what this named query answers."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the layout.")
@on_graph()
def explore(
    opened: Opened, output: Path, focus: tuple[str, ...], depth: int, network: str, asked: str | None, seed: int
) -> None:
    """Write the graph explorer: one HTML file that works without a network.

    The most central things go in, and whoever moved; or what lies near the things you name.

    \b
    chuhai explore --output chuhai.html
    chuhai explore --lang zh
    chuhai explore --focus Manus --depth 2 --as-of 2025-06
    """
    from graph import answers

    names = [meant(opened, name) for name in focus]
    click.echo(answers.explore(opened, output, seed, names, depth, network, asked))


@click.command()
@click.option(
    "--output", "-o", default="report.html", show_default=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option(
    "--format",
    "-f",
    "markup",
    default=None,
    type=click.Choice(["html", "md"]),
    help="Format of the file; by its name when left out.",
)
@on_graph()
def report(opened: Opened, output: Path, markup: str | None) -> None:
    """Write the report: the article's argument step by step, beside what the graph gives.

    One HTML file that works without a network, each figure with its data to save as CSV; or Markdown.

    \b
    chuhai report -o report.html
    chuhai report -o report.md --lang zh
    chuhai report -o then.html --as-of 2025
    """
    from graph import answers

    click.echo(answers.report(opened, output, markup or ("md" if output.suffix == ".md" else "html")))
