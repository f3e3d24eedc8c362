"""What commands share: their options, the open graph that they are given, and how they ask and print."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from graph.opened import Opened
    from graph.writers import Table

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown", "turtle", "jsonld")


def offer(what: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]:
    """Completes an argument in a shell; `what` is a key of graph.completion.OFFERS."""

    def offer(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem[str]]:
        from graph import shells

        facts, store = _which(ctx, ctx.params.get("facts"), ctx.params.get("store"))
        return shells.items(what, {**ctx.params, "facts": facts, "store": store}, begun)

    return offer


facts_option = click.option(
    "--facts",
    type=click.Path(path_type=Path),
    envvar="CHUHAI_FACTS",
    help="Folder of facts; the packaged one by default.",
)
store_option = click.option(
    "--store",
    envvar="CHUHAI_STORE",
    help="Instead of facts: folder of a build, or address of a SPARQL 1.1 service.",
)
language_option = click.option(
    "--lang", "language", default="en", envvar="CHUHAI_LANG", show_default=True,
    type=click.Choice(["en", "zh"]), callback=lambda _context, _option, given: {"zh": "zh-hans"}.get(given, given),
    help="Language of labels and words.",
)  # fmt: skip
format_option = click.option(
    "--format",
    "-f",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(_FORMATS),
    help="Format of the output.",
)


def on_graph(at_a_moment: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an open graph, with the options that say which: facts or store, language, two days."""

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(
            facts: Path | None,
            store: str | None,
            language: str,
            as_of: str | None = None,
            known_by: str | None = None,
            **given: Any,
        ) -> None:
            from graph.opened import open_graph

            context = click.get_current_context()
            facts, store = _which(context, facts, store)
            opened = open_graph(facts, as_of, known_by, language, store)
            context.call_on_close(opened.close)
            command(opened, **given)

        for option in (store_option, facts_option, language_option, *(_MOMENT if at_a_moment else ())):
            run = option(run)
        return run

    return wrap


def _which(context: click.Context, facts: Path | None, store: str | None) -> tuple[Path | None, str | None]:
    """The facts or the store, where both are given: the command line outranks the environment."""
    told = {name: context.get_parameter_source(name) for name in ("facts", "store")}
    if facts and store and told["facts"] != told["store"]:
        return (facts, None) if told["facts"] is ParameterSource.COMMANDLINE else (None, store)
    return facts, store


_MOMENT = (
    click.option("--known-by", metavar="DATE", help="Hear only documents published by then."),
    click.option("--as-of", metavar="DATE", help="What held on that day, month or year (its last day)."),
)


def meant(opened: Opened, name: str) -> str:
    """The name; where it means several things and a person is there to ask, the one that is picked."""
    from graph.errors import AmbiguousNameError
    from graph.profile import find

    if "/" in name:
        return name
    try:
        find(opened.graph, name)
    except AmbiguousNameError as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        from graph.terminal import clean

        for number, candidate in enumerate(error.candidates, 1):
            click.echo(f"{number}  {candidate}  {clean(opened.label(candidate))}", err=True)
        picked = click.prompt(f"{name}: which one", type=click.IntRange(1, len(error.candidates)), err=True)
        return error.candidates[int(picked) - 1]
    return name


def print_table(table: Table, form: str) -> None:
    from graph import writers

    click.echo(writers.write(table, form), nl=False)
