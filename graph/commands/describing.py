"""Commands that say what is in the graph, and the completion of words in shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph.commands.options import format_option, on_graph, print_table

if TYPE_CHECKING:
    from graph.opened import Opened


@click.command()
@format_option
@on_graph(at_a_moment=False)
def describe(opened: Opened, form: str) -> None:
    """Describe the dataset: what it is, what it covers, how much it holds.

    Turtle and JSON-LD give the description in DCAT and VoID, with a count for each class and property.

    \b
    chuhai describe
    chuhai describe --format turtle
    """
    from graph import description

    print_table(description.describe(opened.graph, opened.language), form)


@click.command()
@format_option
@on_graph()
def stats(opened: Opened, form: str) -> None:
    """Count what is in the graph, kind by kind, and what the build left out of imports.

    \b
    chuhai stats
    chuhai stats --format csv
    """
    from graph import answers

    print_table(answers.stats(opened), form)


@click.command()
@format_option
@on_graph(at_a_moment=False)
def sources(opened: Opened, form: str) -> None:
    """List the source documents with publisher, date, kind and number of statements.

    \b
    chuhai sources
    chuhai sources --format csv
    """
    from graph import answers

    print_table(answers.sources(opened), form)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script with which a shell completes commands, names, queries and their parameters.

    Names are completed in every script, by pinyin too, out of the last build of the graph. Install it with
    one of these, then open a new shell:

    \b
    bash:  chuhai completion bash >> ~/.bashrc
    zsh:   chuhai completion zsh >> ~/.zshrc
    fish:  chuhai completion fish > ~/.config/fish/completions/chuhai.fish

    \b
    chuhai completion bash
    """
    from graph import shells

    click.echo(shells.script(shell), nl=False)
