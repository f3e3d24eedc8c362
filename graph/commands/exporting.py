"""The command that takes the graph out."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.options import meant, offer, on_graph

if TYPE_CHECKING:
    from graph.opened import Opened

_FORMATS = ("turtle", "trig", "n-quads", "json-ld", "graphml", "gexf", "csv", "parquet", "markdown")


@click.command()
@click.argument("out", default="-", type=click.Path(path_type=Path))
@click.option("--format", "-f", "written_as", type=click.Choice(_FORMATS), help="By the ending of OUT when left out.")
@click.option("--query", "asked", default="", metavar="NAME", shell_complete=offer("query"),
              help="Only what this named query answers, and what is told of that.")  # fmt: skip
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option("--focus", multiple=True, metavar="NAME", shell_complete=offer("thing"),
              help="Only this thing, and what is told of it; may be repeated.")  # fmt: skip
@click.option("--steps", default=1, show_default=True, type=click.IntRange(0, 4), help="How far around these.")
@click.option("--evidence", is_flag=True, help="In Turtle also what the documents say, without their graphs.")
@click.option("--for-spreadsheet", is_flag=True, help="CSV that a spreadsheet opens without running formulas.")
@on_graph()
def export(
    opened: Opened, out: Path, written_as: str | None, asked: str, given: tuple[str, ...], focus: tuple[str, ...],
    steps: int, evidence: bool, for_spreadsheet: bool,
) -> None:  # fmt: skip
    """Take the graph out: as RDF, as a network, as tables, or as pages.

    OUT is a file, or - for standard output; for csv, parquet and markdown it is a folder. TriG, N-Quads and JSON-LD
    hold every graph, Turtle what is held to be so; docs/export.md says what each format holds. A part says of what
    it is a part, and nothing is there until all of it is.

    \b
    chuhai export graph.nq
    chuhai export manus.ttl --focus Manus --steps 2
    chuhai export tables --format csv --as-of 2025-06
    chuhai export moves.gexf --query headquarters-moves
    """
    from graph import answers
    from graph.sinks.export import Choice, write

    signal.signal(signal.SIGINT, signal.default_int_handler)  # so that an interrupt takes away what was begun
    choice = Choice([meant(opened, name) for name in focus], asked, answers.values_of(given), steps)
    if done := write(opened, out, written_as or "", choice, evidence, for_spreadsheet):
        click.echo(done)
