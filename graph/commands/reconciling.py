"""The command that decides which things of an import are things that are known already."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.options import facts_option, format_option, language_option, print_table

if TYPE_CHECKING:
    from graph.linkage.decisions import Decisions
    from graph.linkage.proposals import Proposal
    from graph.opened import Opened

_PAIR = click.Tuple([str, str])


@click.command()
@click.argument("import_", metavar="IMPORT", default="")
@click.option("--kind", default="", help="Only things of this kind, such as organization.")
@click.option(
    "--least", default=0.1, show_default=True, type=click.FloatRange(0, 1), help="Probability from which to propose."
)
@click.option("--decide", is_flag=True, help="Go through them one by one, in a terminal.")
@click.option("--same", type=_PAIR, multiple=True, metavar="THING KNOWN", help="The first is the second.")
@click.option("--different", type=_PAIR, multiple=True, metavar="THING OTHER", help="They are two.")
@click.option("--undo", type=_PAIR, multiple=True, metavar="THING OTHER", help="Take back what was decided of them.")
@click.option("--apply", "file", type=click.Path(path_type=Path, dir_okay=False), help="Take over a file of decisions.")
@click.option("--decisions", "listed", is_flag=True, help="List what was decided instead.")
@language_option
@format_option
@facts_option
def reconcile(
    import_: str, kind: str, least: float, decide: bool, same: tuple[tuple[str, str], ...],
    different: tuple[tuple[str, str], ...], undo: tuple[tuple[str, str], ...], file: Path | None, listed: bool,
    language: str, form: str, facts: Path | None,
) -> None:  # fmt: skip
    """Which things of an import may be things that the graph knows already, and why.

    Things with one identifier of elsewhere (Wikidata, a register, a web address) are one by themselves; all others a
    person decides on. Each proposal says what speaks for and against it, in bits; no word that many names share makes
    a proposal. Decisions are kept in imports/identities.json, and can be undone and applied again.

    \b
    chuhai reconcile fund-2025
    chuhai reconcile fund-2025 --decide
    chuhai reconcile --same organization/fund-2025-kimi organization/moonshot-ai
    chuhai reconcile --undo organization/fund-2025-kimi organization/moonshot-ai
    """
    from graph import store
    from graph.folder import FOLDER
    from graph.linkage import telling
    from graph.linkage.decisions import Decisions
    from graph.opened import open_graph
    from graph.profile import find

    folder = facts or FOLDER
    decisions = Decisions(folder)
    if same or different or undo or file:
        with closing(store.open_graph(folder)) as graph:
            same, different = (
                tuple((find(graph, one).thing, find(graph, other).thing) for one, other in pairs)
                for pairs in (same, different)
            )
        for pair in undo:
            decisions.undo(*pair)
        if file is not None:
            decisions.add(Decisions(folder, file))
        for pair in same:
            decisions.settle(*pair, same=True)
        for pair in different:
            decisions.settle(*pair, same=False)
        decisions.write()
        store.build(folder)
    if listed or same or different or undo or file:
        print_table(telling.decisions_table(decisions, language), form)
        return
    opened = open_graph(folder, lang=language)
    click.get_current_context().call_on_close(opened.close)
    found = telling.proposals(opened, folder, import_, kind, least, decisions)
    if not decide:
        print_table(telling.table(found, opened), form)
    elif _decided(found, decisions, opened):
        store.build(folder)


def _decided(found: list[Proposal], decisions: Decisions, opened: Opened) -> int:
    """Ask about each proposal in turn, keep each answer at once, and say how many were given."""
    from graph.linkage import telling

    done: list[Proposal] = []
    place = 0
    while place < len(found):
        pair = found[place]
        click.echo(telling.screen(pair, f"{place + 1}/{len(found)}", opened), err=True)
        words = (
            "same, different, later, back, quit"
            if opened.language == "en"
            else "s 相同，d 不同，l 以后，b 返回，q 结束"
        )
        answer = click.prompt(words, type=click.Choice(list("sdlbq")), show_choices=False, err=True)
        if answer == "q":
            break
        if answer == "b":
            if done:
                last = done.pop()
                decisions.undo(last.new, last.known)
                decisions.write()
                place = found.index(last)
            continue
        if answer != "l":
            decisions.settle(pair.new, pair.known, same=answer == "s")
            decisions.write()
            done.append(pair)
        place += 1
    return len(done)
