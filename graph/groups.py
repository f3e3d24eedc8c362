"""Which group a product or an organization belongs to: who makes it, what that is a unit of, who controls it.

A group is the organization at the top: no source tells of one above it. What is only said, denied or disputed
joins nothing and is given apart; what leaves the time open gives several groups, and none of them is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from graph import asking
from graph.moment import CERTAINLY, NOT, POSSIBLY
from graph.store import Graph


class Link(NamedTuple):
    """That a part belongs to a whole, and the bounds of the days on which it begins and ends.

    Part, whole and the `node` that tells of it are `kind/slug`. A bound is YYYY-MM-DD, or "" where no source gives
    one; what has no dates is taken to have held all along.
    """

    part: str
    whole: str
    begins: tuple[str, str] = ("", "")
    ends: tuple[str, str] = ("", "")
    contested: bool = False
    node: str = ""

    def holds(self, first: str = "", last: str = "") -> bool | None:
        """Whether it holds on every day of a period (True), on none (False), or that cannot be told (None)."""
        (earliest, by), (until, latest) = self.begins, self.ends
        if (earliest and last and earliest > last) or (latest and first and latest < first):
            return False
        began = not (earliest or by) or bool(by and first and by <= first)
        lasted = not latest or bool(until and last and last <= until)
        return True if began and lasted else None


class Belonging(NamedTuple):
    """The groups that a thing may belong to in a period, sorted.

    `certainty` is CERTAINLY where it is the one group, POSSIBLY where several may be meant or the time leaves it
    open, NOT where no source names a maker. `chain` holds the thing and all that it surely belongs to, `said` the
    groups to which it is only said to belong, `nodes` what tells so.
    """

    groups: tuple[str, ...]
    certainty: str
    chain: frozenset[str]
    said: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    @property
    def group(self) -> str | None:
        """The group, where it can be told."""
        return self.groups[0] if self.certainty == CERTAINLY else None


class Groups:
    """Every attribution of a graph; read once."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._links: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.part].append(link)

    def group_of(self, thing: str, first: str = "", last: str = "") -> Belonging:
        """The group of a product or an organization.

        Args:
            thing: as `kind/slug`.
            first, last: the days of a period, as YYYY-MM-DD; the same for one day; "" for an open end.
        """
        chain = self._above([thing], first, last, (True,))
        reach = self._above([thing], first, last, (True, None))
        groups = self._tops(reach, first, last)
        links = [link for part in reach for link in self._links.get(part, ()) if link.holds(first, last) is not False]
        wholes = [link.whole for link in links if link.contested]
        said = self._tops(self._above(wholes, first, last, (True, None)), first, last) - groups
        made = not thing.startswith("product/") or len(chain) > 1
        certainty = NOT if not groups else CERTAINLY if made and len(groups) == 1 else POSSIBLY
        nodes = sorted({link.node for link in links})
        return Belonging(tuple(sorted(groups)), certainty, frozenset(chain), tuple(sorted(said)), tuple(nodes))

    def _wholes(self, part: str, first: str, last: str, wanted: tuple[bool | None, ...]) -> list[str]:
        links = [link for link in self._links.get(part, ()) if not link.contested]
        return [link.whole for link in links if link.holds(first, last) in wanted]

    def _above(self, things: list[str], first: str, last: str, wanted: tuple[bool | None, ...]) -> set[str]:
        """The things and all that they belong to."""
        found: set[str] = set()
        todo = list(things)
        while todo:
            if (part := todo.pop()) not in found:
                found.add(part)
                todo.extend(self._wholes(part, first, last, wanted))
        return found

    def _tops(self, things: set[str], first: str, last: str) -> set[str]:
        """The organizations with nothing surely above them but what may be below them in turn."""
        return {
            thing
            for thing in things
            if not thing.startswith("product/")
            and all(
                thing in self._above([above], first, last, (True, None))
                for above in self._above([thing], first, last, (True,))
            )
        }


def groups(graph: Graph) -> Groups:
    """Read the attributions of a graph, by the named query `attributions`."""
    return Groups(
        Link(
            row["part"],
            row["whole"],
            (row["notBefore"], row["by"]),
            (row["until"], row["notAfter"]),
            row["contested"] == "true",
            row["node"],
        )
        for row in asking.records(graph, "attributions")
    )
