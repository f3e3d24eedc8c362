"""Commands that show the graph as pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.options import on_graph

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@click.option(
    "--output", "-o", default="chuhai.html", show_default=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the layout.")
@on_graph()
def explore(opened: Opened, output: Path, seed: int) -> None:
    """Write the graph explorer: one HTML file that works without a network.

    \b
    chuhai explore --output chuhai.html
    chuhai explore --lang zh
    """
    from graph import answers

    click.echo(answers.explore(opened, output, seed))
