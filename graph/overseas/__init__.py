"""The pull overseas, measured: flows between areas, rates over a stated base, and what stands beside them.

Each section is a table with its base, its limits and its documents. Published measures stand side by side and are
never added up into one figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.overseas.facts import Facts
from graph.overseas.limits import limits
from graph.overseas.markets import markets, specialization
from graph.overseas.movement import by_year, rates
from graph.overseas.places import gravity, ranks
from graph.overseas.relocation import capital, facets
from graph.overseas.ties import ties
from graph.section import Section

if TYPE_CHECKING:
    from graph.opened import Opened

SECTIONS = ("flows", "rates", "ranks", "gravity", "markets", "specialization", "capital", "facets", "ties", "limits")
"""Every section by its key, in the order of reading."""


def overseas(
    opened: Opened,
    only: str | None = None,
    home: str = "place/mainland-china",
    since: int | None = None,
    until: int | None = None,
    cohort: str | None = None,
) -> dict[str, Section]:
    """The sections on the pull overseas, by key in the order of reading.

    Args:
        opened: an open graph, at its moment.
        only: the key of the one section that is wanted; all when None.
        home: a top-level area, by any name; what lies outside of it is overseas.
        since, until: years of the period, both within it; all dates when None.
        cohort: the base of rates: a ranking, a criterion, or the path of a file with an identifier of an organization
            a line; all organizations whose headquarters some source places when None.

    Raises:
        UsageError: for an unknown section, a home that is no top-level area, or years in the wrong order.
        NotFoundError, AmbiguousNameError: for a name that means nothing, or several things.
    """
    facts = Facts(opened, home, since, until)
    made: Mapping[str, Callable[[Facts], Section]] = {
        "flows": by_year,
        "rates": partial(rates, cohort=cohort),
        "ranks": ranks,
        "gravity": gravity,
        "markets": markets,
        "specialization": specialization,
        "capital": capital,
        "facets": facets,
        "ties": ties,
        "limits": limits,
    }
    if only is not None and only not in made:
        near = get_close_matches(only, SECTIONS, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(SECTIONS)}"
        raise UsageError(f"there is no section named '{only}'; {hint}")
    return {key: make(facts) for key, make in made.items() if only in (None, key)}
