"""Proposals and decisions as people see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from graph.columns import translated
from graph.errors import NotFoundError
from graph.imports import imports
from graph.linkage.comparing import Evidence
from graph.linkage.decisions import Decisions
from graph.linkage.proposals import Proposal, propose
from graph.opened import Opened
from graph.store import progress
from graph.writers import Cell, Table
from ontology import compact, expand

_FIELDS = {
    "names": "名称",
    "places": "总部",
    "site": "网站",
    "people": "人物",
    "organizations": "组织",
    "products": "产品",
}


def proposals(opened: Opened, facts: Path, slug: str, kind: str, least: float, decisions: Decisions) -> list[Proposal]:
    """What looks like one, of the things of one import or of all, and is not decided yet.

    Args:
        opened: the graph of these facts and their imports.
        slug: of the import; all when "".
        kind: of the things; every kind when "".
        least: the probability from which on a pair is proposed, 0 to 1.

    Raises:
        NotFoundError: if there is no such import.
    """
    brought = {each.slug: each for each in imports(facts)}
    if slug and slug not in brought:
        raise NotFoundError(f"no import '{slug}'; there is: {', '.join(brought) or 'none'}")
    chosen = [brought[slug]] if slug else [*brought.values()]
    new = {compact(match.thing): each.slug for each in chosen for match in each.matches()}
    kinds = [kind] if kind else sorted({thing.partition("/")[0] for thing in new})
    found = []
    for each in kinds:

        def tell(done: int, of: int, each: str = each) -> None:
            if done % 50 == 0 or done == of:
                progress(f"{each}: {done:,} of {of:,} compared" if done < of else "")

        found += propose(opened.graph, each, new, least, decisions.different, tell)
    return sorted(found, key=lambda pair: (-pair.probability, pair.new, pair.known))


def table(found: Sequence[Proposal], opened: Opened) -> Table:
    """Proposals as a table, a row each: how likely, the two things, and what speaks for and against it."""
    rows: list[list[Cell]] = [
        [pair.probability, pair.new, opened.label(pair.new), pair.known, opened.label(pair.known),
         "; ".join(_said(each, opened.language) for each in pair.evidence)]
        for pair in found
    ]  # fmt: skip
    columns = ["probability", "new", "new_label", "known", "known_label", "evidence"]
    return translated(Table(columns, rows), opened.language)


def screen(pair: Proposal, place: str, opened: Opened) -> str:
    """One proposal, to decide on: both things, and what speaks for and against it, in bits."""
    from graph.terminal import clean

    lines = [f"{place}  {pair.probability:.2f}"]
    for thing in (pair.new, pair.known):
        names = ", ".join(dict.fromkeys(opened.reader.labels(expand(thing)).values()))
        lines.append(f"  {thing}  {names}")
    lines += [f"    {_said(each, opened.language)}" for each in pair.evidence]
    return "\n".join(clean(line) for line in lines)


def _said(each: Evidence, language: str) -> str:
    name = each.field if language == "en" else _FIELDS[each.field]
    return f"{name}: {each.one or '–'} | {each.other or '–'} ({each.bits:+.1f})"


def decisions_table(decisions: Decisions, language: str) -> Table:
    """Every decision, a row each."""
    rows: list[list[Cell]] = [["same", NamedNode(expand(new)), NamedNode(expand(known))]
                              for new, known in sorted(decisions.same.items())]  # fmt: skip
    rows += [["different", *(NamedNode(expand(thing)) for thing in sorted(pair))]
             for pair in sorted(decisions.different, key=sorted)]  # fmt: skip
    table = Table(["decision", "thing", "other"], rows, label=compact)
    return translated(table, language, "same", "different")
