"""Commands that measure the structure of the ecosystem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.commands.options import format_option, offer, on_graph, print_table

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@click.argument("projection", default="whole", shell_complete=offer("projection"))
@click.option(
    "--measure",
    "-m",
    default="degree",
    show_default=True,
    shell_complete=offer("measure"),
    help="degree, betweenness, pagerank, components, communities.",
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many rows.")
@format_option
@on_graph()
def network(opened: Opened, projection: str, measure: str, top: int, form: str) -> None:
    """Measure a network: whole, ownership, employment, product-parent, product-market or headquarters-flow.

    The second score leaves disputed edges out: what differs hangs on them. Communities are numbered, the
    largest first.

    \b
    chuhai network whole --measure betweenness
    chuhai network headquarters-flow --measure pagerank --format csv
    chuhai network whole --measure communities
    """
    from graph import answers

    print_table(answers.network(opened, projection, measure, top), form)
