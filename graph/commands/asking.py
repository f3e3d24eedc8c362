"""Commands that ask of things: what is known, how it hangs together, why it holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from graph.commands.options import format_option, language_option, meant, offer, on_graph, print_table

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@click.argument("name", shell_complete=offer("thing"))
@click.option("--sources", is_flag=True, help="Every line, and every source with address and added words.")
@format_option
@on_graph()
def lookup(opened: Opened, name: str, sources: bool, form: str) -> None:
    """What is known of a thing, who says so, and where sources differ.

    NAME is a name in English, Simplified or Traditional Chinese, in pinyin, or an identifier such as
    product/manus; the nearest name will do. Marked and kept apart are rumours (?), denials (✗), other
    figures that can be true beside the one above (≈) and values that cannot (≠).

    \b
    chuhai lookup 智谱
    chuhai lookup Manus --sources
    chuhai lookup Manus --as-of 2026-01 --known-by 2026-01
    chuhai lookup product/kimi --format json
    """
    from graph.lookup import lookup as look_up

    click.echo(look_up(opened, meant(opened, name), form, sources), nl=False)


@click.command()
@click.argument("start", shell_complete=offer("thing"))
@click.argument("end", shell_complete=offer("thing"))
@click.option("--steps", default=4, show_default=True, type=click.IntRange(1, 8), help="How long a path may be.")
@click.option("--count", default=3, show_default=True, type=click.IntRange(1, 50), help="How many paths.")
@click.option("--through-hubs", is_flag=True, help="Also through places, rankings and criteria.")
@click.option("--sources", is_flag=True, help="Every source with its address.")
@format_option
@on_graph()
def path(
    opened: Opened, start: str, end: str, steps: int, count: int, through_hubs: bool, sources: bool, form: str
) -> None:
    """How two things hang together: the shortest paths, each step with its sources.

    \b
    chuhai path Manus HeyGen
    chuhai path HeyGen 蝴蝶效应 --steps 5 --count 5
    """
    from graph import reports

    found = opened.paths(meant(opened, start), meant(opened, end), steps, count, through_hubs)
    if form == "table":
        click.echo(reports.path_screen(opened.reader, found, sources), nl=False)
    else:
        print_table(reports.path_table(opened.reader, found), form)


@click.command()
@click.argument("names", nargs=-1, required=True, shell_complete=offer("thing"))
@format_option
@on_graph()
def compare(opened: Opened, names: tuple[str, ...], form: str) -> None:
    """Put two things or more side by side.

    \b
    chuhai compare Manus Genspark
    chuhai compare 智谱 MiniMax Kimi --lang zh
    """
    from graph import reports

    profiles = opened.compare([meant(opened, name) for name in names])
    if form == "table":
        click.echo(reports.compare_screen(profiles, opened.language), nl=False)
    else:
        print_table(reports.compare_table(profiles, opened.language), form)


@click.command()
@click.argument("name", required=False, shell_complete=offer("thing"))
@click.option("--place", shell_complete=offer("place"), help="What happened in a place, and in the places within it.")
@click.option("--sources", is_flag=True, help="Every source with its address.")
@format_option
@on_graph()
def timeline(opened: Opened, name: str | None, place: str | None, sources: bool, form: str) -> None:
    """What happened to a thing, or in a place, in order of time; undated events are left out.

    \b
    chuhai timeline Manus
    chuhai timeline --place Singapore
    """
    from graph import reports

    if (name is None) == (place is None):
        raise click.UsageError("give a NAME, or --place PLACE")
    lines, cited = opened.timeline(meant(opened, name)) if name else opened.timeline_of_place(str(place))
    if form == "table":
        click.echo(reports.timeline_screen(lines, cited, opened.language, sources), nl=False)
    else:
        print_table(reports.timeline_table(lines, cited, opened.language), form)


@click.command()
@click.argument("subject", shell_complete=offer("subject"))
@click.argument("name", metavar="PROPERTY", shell_complete=offer("property"))
@click.option("--sources", is_flag=True, help="Every source with its address.")
@format_option
@on_graph()
def why(opened: Opened, subject: str, name: str, sources: bool, form: str) -> None:
    """Why a value holds: what every source says, and by which rule one was chosen.

    SUBJECT is a thing by any name, or an event or situation such as event/manus-hq-to-singapore. PROPERTY
    is one of theirs (amount, place, when …), or a kind of event or situation (headquarters, acquisition …).

    \b
    chuhai why Manus workforce
    chuhai why event/manus-hq-to-singapore when
    """
    from graph import reports

    reasons = opened.why(meant(opened, subject), name)
    if form == "table":
        click.echo(reports.why_screen(opened.reader, reasons, sources), nl=False)
    else:
        print_table(reports.why_table(reasons, opened.language), form)


@click.command()
@click.argument("request", shell_complete=offer("request"))
@click.argument("parameters", nargs=-1, shell_complete=offer("parameter"))
@format_option
@on_graph()
def query(opened: Opened, request: str, parameters: tuple[str, ...], form: str) -> None:
    """Answer a SPARQL query: a named one, a file, standard input (-), or a text.

    PARAMETERS of a named query are written name=value; an organization, product or place may be given
    by name. A text or file sees the resolved graph as default graph and may use the project's prefixes
    (chuhai:, concept:, id:, source:, graph: and the usual ones) without declaring them.

    \b
    chuhai query headquarters-moves
    chuhai query departures organization=智谱
    chuhai query rumours-and-denials --known-by 2025-07
    chuhai query 'SELECT ?p WHERE { ?p a chuhai:Product }' --format csv
    chuhai query questions.rq --format json
    """
    from graph import answers

    text = sys.stdin.read() if request == "-" else request
    print_table(answers.query(opened, text, parameters, request == "-"), form)


@click.command()
@click.argument("name", required=False, shell_complete=offer("query"))
@language_option
@format_option
def queries(name: str | None, language: str, form: str) -> None:
    """List the named queries; with NAME, show one with its parameters and text.

    \b
    chuhai queries
    chuhai queries headquarters-on
    """
    from graph import answers

    if name:
        click.echo(answers.query_text(name), nl=False)
    else:
        print_table(answers.queries_table(language), form)
