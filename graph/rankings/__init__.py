"""Lists measured: shares by group and by criterion, concentration, change between editions, variety of categories.

What a list does not let one know is given as bounds, and nothing is guessed. All is of lists and of no market.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from graph import names
from graph.errors import NotFoundError, UsageError
from graph.lists import Ranked
from graph.rankings import one, overview
from graph.rankings.facts import Facts
from graph.section import Section
from graph.thresholds import BIG_TECH, Criterion

if TYPE_CHECKING:
    from graph.opened import Opened

_Made = TypeVar("_Made")
_KINDS = frozenset({"ranking", "organization"})
_OF_MANY: Mapping[str, Callable[[Facts, list[Ranked]], Section]] = {
    "lists": overview.lists,
    "concentration": overview.concentration,
    "editions": overview.turnover,
    "variety": overview.variety,
}
_OF_ONE: Mapping[str, Callable[[Facts, Ranked], Section]] = {
    "groups": one.groups,
    "concentration": one.concentration,
    "criteria": one.criteria,
    "editions": one.change,
    "shares": one.shares,
    "variety": lambda facts, ranked: overview.variety(facts, [ranked]),
    "entries": one.entries,
}

SECTIONS = tuple(dict.fromkeys((*_OF_MANY, *_OF_ONE)))
"""Every section by its key; the first four are also of many lists."""


def rankings(
    opened: Opened, name: str | None = None, only: str | None = None, by: Criterion = BIG_TECH
) -> dict[str, Section]:
    """The sections on all lists, on those of a publisher, or on one, by key in the order of reading.

    Args:
        opened: an open graph, at its moment.
        name: a list or a publisher, by any name; all lists when None.
        only: the key of the one section that is wanted; all that have rows when None.
        by: what must exceed what, for the shares by criterion.

    Raises:
        UsageError: for an unknown section.
        NotFoundError, AmbiguousNameError: for a name that means nothing, several things, or no list.
    """
    facts = Facts(opened, by)
    thing = names.resolve(opened.graph.index, name, _KINDS, surely=False).thing if name else ""
    chosen = [ranked for ranked in facts.lists if thing in ("", ranked.ranking, ranked.publisher)]
    if not chosen:
        raise NotFoundError(f"no source names entries of '{name or 'any list'}' or counts them; see `chuhai rankings`")
    made = (
        {key: make(facts, chosen[0]) for key, make in _of(_OF_ONE, only)}
        if thing.startswith("ranking/")
        else {key: make(facts, chosen) for key, make in _of(_OF_MANY, only)}
    )
    return {key: section for key, section in made.items() if only or section.table.rows}


def _of(made: Mapping[str, _Made], only: str | None) -> list[tuple[str, _Made]]:
    if only is not None and only not in made:
        near = get_close_matches(only, list(made), 1, 0.7)
        hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(made)}"
        raise UsageError(f"there is no section named '{only}' here; {hint}")
    return [(key, make) for key, make in made.items() if only in (None, key)]
