"""Where organizations had their headquarters, and when: what every part that places an organization asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from graph.arrays import Pattern
from graph.dates import Span
from graph.networks import listed
from graph.reading import Reader
from graph.values import text
from ontology import expand


class Tenure(NamedTuple):
    """A headquarters at a place: IRIs of its node and of the place, when it can have lasted, when it surely did."""

    node: str
    place: str
    possibly: Span
    surely: Span

    def held(self, when: Span) -> bool:
        """Whether a source has the headquarters there all through a span of days; not known of an open span."""
        first, last = self.surely
        return bool(first and last and when.first and when.last) and first <= when.first and when.last <= last  # type: ignore[operator]


class Seats:
    """The headquarters tenures of a graph, read once.

    Args:
        reader: of the graph, as it is at present.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tenures: dict[str, list[Tenure]] = defaultdict(list)
        for edge in listed(reader.graph, [Pattern("HeadquartersTenure", "organization", "place")]):
            values = reader.node(expand(edge.node))
            possibly, surely = (
                Span(text(values, first), text(values, last))
                for first, last in (("validFrom", "validTo"), ("heldFrom", "heldTo"))
            )
            tenure = Tenure(expand(edge.node), expand(edge.target), possibly, surely)
            self._tenures[expand(edge.source)].append(tenure)

    @property
    def organizations(self) -> list[str]:
        """The IRI of every organization of which some source places the headquarters, sorted."""
        return sorted(self._tenures)

    def of(self, organization: str) -> Sequence[Tenure]:
        """The tenures of an organization (an IRI), by node."""
        return self._tenures.get(organization, ())

    def during(self, organization: str, when: Span) -> list[Tenure]:
        """The tenures that can have held on some day of a span."""
        return [tenure for tenure in self.of(organization) if tenure.possibly.overlaps(when)]

    def nearest(self, organization: str, when: Span) -> str:
        """The IRI of the place at a time, the most precise and the nearest attested; "" if none is known."""
        there = self.during(organization, when)
        wider = {outer for t in there for outer in self._reader.containing(t.place) - {t.place}}
        near = sorted((_apart(t.surely, when), t.place) for t in there if t.place not in wider)
        return near[0][1] if near else ""


def _apart(one: Span, other: Span) -> int:
    """Days between two spans; 0 where they can touch."""
    if one.overlaps(other):
        return 0
    earlier, later = sorted((one, other), key=lambda span: span.first or "")
    assert earlier.last is not None
    assert later.first is not None
    return (date.fromisoformat(later.first) - date.fromisoformat(earlier.last)).days
