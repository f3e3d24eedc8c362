"""Commands that measure the structure of the ecosystem."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.options import format_option, meant, offer, on_graph, print_table
from graph.findings import VERDICTS

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
    help="degree, indegree, outdegree, betweenness, harmonic, pagerank, cheirank, coreness, constraint, components, "
    "communities.",
)
@click.option("--side", default="", help="One side or kind of node only, such as investor; all by default.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many rows of each side.")
@click.option("--by-year", is_flag=True, help="How ranks changed: one column for the end of each year.")
@click.option("--draws", type=click.IntRange(0), help="Samples behind intervals and z; 0 for none.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of all that is drawn.")
@click.option(
    "--resolution", default=1.0, show_default=True, type=click.FloatRange(0, min_open=True), help="Of communities."
)
@click.option(
    "--engine",
    default="local",
    show_default=True,
    type=click.Choice(["local", "spark"]),
    help="Where to count: spark for a network larger than memory.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the network instead: .graphml, .gexf, .json (node-link) or .csv (edges).",
)
@format_option
@on_graph()
def network(
    opened: Opened, projection: str, measure: str, side: str, top: int, by_year: bool, draws: int | None, seed: int,
    resolution: float, engine: str, output: Path | None, form: str,
) -> None:  # fmt: skip
    """Measure a network: whole, ownership, investment, co-investment, employment, personnel-flow,
    headquarters-flow, product-market or product-parent.

    Ranks are within one side of a network. The undisputed score and rank leave disputed edges out: what differs
    hangs on them. The lines above the table say what was measured and how.

    \b
    chuhai network investment --measure betweenness --side investor
    chuhai network co-investment --measure communities
    chuhai network headquarters-flow --measure indegree --by-year
    chuhai network ownership --output ownership.graphml
    """
    if output is not None:
        from graph.sinks import networks

        click.echo(networks.write(opened, projection, output))
    elif by_year:
        print_table(opened.measure_by_year(projection, measure, side, top, seed), form)
    else:
        print_table(opened.measure(projection, measure, side, top, draws, seed, resolution, engine), form)


@click.command()
@click.argument("section", required=False, shell_complete=offer("section"))
@click.option(
    "--home",
    default="place/mainland-china",
    show_default=True,
    metavar="PLACE",
    shell_complete=offer("place"),
    help="The area that is home.",
)
@click.option("--since", type=click.IntRange(1, 9999), metavar="YEAR", help="First year of the period.")
@click.option("--until", type=click.IntRange(1, 9999), metavar="YEAR", help="Last year of the period.")
@click.option("--cohort", metavar="LIST", help="Base of rates: a ranking or criterion, or a file.")
@format_option
@on_graph()
def overseas(
    opened: Opened,
    section: str | None,
    home: str,
    since: int | None,
    until: int | None,
    cohort: str | None,
    form: str,
) -> None:
    """Measure the pull overseas: flows, rates, ranks, gravity, markets, specialization, capital, facets, ties, limits.

    Each section says its base, its documents and what counts as overseas. Rates need a base: by default all
    organizations whose headquarters some source places, with --cohort those of a list, such as
    ranking/forbes-ai-50-2025 or criterion/listed-in-awesome-llms-in-china, or of a file with an identifier
    a line. Formats for machines take one section; JSON takes all.

    \b
    chuhai overseas
    chuhai overseas rates --since 2022
    chuhai overseas flows --format csv
    """
    from graph.section import write_sections

    click.echo(write_sections(opened.overseas(section, home, since, until, cohort), form, opened.language), nl=False)


@click.command()
@click.argument("name", required=False, shell_complete=offer("ranking"))
@click.option("--section", metavar="KEY", help="One section, such as concentration, editions or entries.")
@click.option(
    "--threshold", default="50000000000", show_default=True, metavar="AMOUNT", help="What big tech has to exceed."
)
@click.option(
    "--currency", default="CNY", show_default=True, metavar="CUR", help="ISO 4217 code; nothing is converted."
)
@click.option("--metric", default="market-value", show_default=True, help="Whose value, such as valuation.")
@format_option
@on_graph()
def rankings(
    opened: Opened, name: str | None, section: str | None, threshold: str, currency: str, metric: str, form: str
) -> None:
    """Measure lists: who holds their places, how concentrated they are, what changed between editions.

    Without a name all lists side by side, with a publisher its own, with a list its details. What is not known
    of a list is given as bounds. Formats for machines take one section; JSON takes all.

    \b
    chuhai rankings
    chuhai rankings ranking/qimai-downloads-2025-08 --metric valuation --threshold 1000000000 --currency USD
    chuhai rankings a16z --section concentration --format csv
    """
    from graph.section import write_sections
    from graph.thresholds import criterion

    by = criterion(metric, threshold, currency)
    click.echo(write_sections(opened.rankings(name, section, by), form, opened.language), nl=False)


@click.command()
@click.argument("name", default="", shell_complete=offer("subject"))
@click.option("--source", default="", help="Only what this document says: its name in `chuhai sources`.")
@click.option(
    "--verdict",
    default="",
    type=click.Choice(["", *VERDICTS]),
    show_choices=False,
    help=f"Only these: {', '.join(VERDICTS)}.",
)
@click.option("--sources", is_flag=True, help="Every source with its address.")
@format_option
@on_graph()
def claims(opened: Opened, name: str, source: str, verdict: str, sources: bool, form: str) -> None:
    """Check reported counts and shares against the graph, and what is said against what.

    Each count or share of a list stands beside what the graph gives: it agrees, differs, is wrong in the source
    itself, goes by a definition that does not fit, or cannot be checked yet, and what is missing for it. Then what
    cannot all be true, and what is compared though it measures different things. NAME is a thing, a list or a
    criterion.

    \b
    chuhai claims
    chuhai claims --source seed-2025-10-24
    chuhai claims ByteDance --verdict unchecked --format csv
    """
    from graph import verdicts
    from graph.reading import Reader

    checked = opened.claims(meant(opened, name) if name else "", source, verdict)
    reader = Reader(opened.whole, opened.language)
    if form == "table":
        click.echo(verdicts.claims_screen(checked, reader, sources), nl=False)
    else:
        print_table(verdicts.claims_table(checked, reader), form)
