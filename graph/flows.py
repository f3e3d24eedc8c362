"""Flows between areas out of the rows of named queries: headquarters, people, legal entities, main markets.

An area is a top-level place of the ontology. A flow of which an end is not known at that level has "" there;
it is counted apart and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.dates import Span
from graph.moment import NOT_HAPPENED
from ontology import ID, local
from ontology.records import Vocabulary

ABROAD = "outside-mainland-china"
"""The market area of all areas but mainland China."""

HOME = "mainland-china"

KINDS = ("headquarters", "people", "legal-entities", "markets")

GONE = "none"
"""The destination of a legal entity that is deregistered: it departs and arrives nowhere."""

_PLACE = f"{ID}place/"

Row = Mapping[str, str]
"""A row of a named query: IRIs and literals as text by column, "" where unbound."""


class Areas:
    """Which area a place lies in, and whether it is outside the home area.

    The top-level areas are the places with a point on the map that lie in no other place but in the market area
    outside mainland China.
    """

    def __init__(self, vocabulary: Vocabulary, home: str = HOME) -> None:
        self._vocabulary = vocabulary
        self.home = home
        self.names = sorted(
            name
            for name, place in vocabulary.places.items()
            if place.latitude is not None and set(place.within) <= {ABROAD}
        )

    def of(self, place: str) -> str:
        """The slug of the area that a place (an IRI) lies in; "" where it is none of one area."""
        if not place:
            return ""
        found = self._vocabulary.containing(local(place)).intersection(self.names)
        return next(iter(found)) if len(found) == 1 else ""

    def outside(self, place: str) -> bool | None:
        """Whether a place (an IRI) is outside the home area; None where that cannot be told."""
        if area := self.of(place):
            return area != self.home
        return True if self.home == HOME and ABROAD in self._vocabulary.containing(local(place)) else None

    def point(self, area: str) -> tuple[float, float]:
        """Latitude and longitude of the capital of an area."""
        place = self._vocabulary.places[area]
        assert place.latitude is not None
        assert place.longitude is not None
        return place.latitude, place.longitude


Seat = Callable[[str, Span], str]
"""Gives the area in which an organization (an IRI) had its headquarters at a time; "" where that cannot be told."""


@dataclass(frozen=True)
class Flow:
    """One thing that went from an area to another.

    `node` is the IRI of the event or situation, `when` the bounds of its time; `origin` and `destination` are slugs
    of areas, "" where not known.
    """

    kind: str
    node: str
    mover: str
    origin: str
    destination: str
    when: Span

    @property
    def is_placed(self) -> bool:
        """Whether both ends are known."""
        return bool(self.origin and self.destination)

    @property
    def is_between(self) -> bool:
        """Whether it led from one area to another."""
        return self.is_placed and self.origin != self.destination

    @property
    def years(self) -> range:
        """The years in which it can have been; empty where a bound is missing."""
        first, last = self.when
        return range(int(first[:4]), int(last[:4]) + 1) if first and last else range(0)

    def within(self, since: int | None, until: int | None) -> bool:
        """Whether it can have been in a period of years; undated flows are in the period without bounds only."""
        if since is None and until is None:
            return True
        period = Span(f"{since:04}-01-01" if since else None, f"{until:04}-12-31" if until else None)
        return self.when != Span(None, None) and self.when.overlaps(period)


def happened(rows: Iterable[Row], but: Iterable[str] = ()) -> list[Row]:
    """The rows whose status does not say that the event did not take place; statuses in `but` are let pass."""
    left_out = NOT_HAPPENED.difference(but)
    return [row for row in rows if local(row["status"]) not in left_out]


def span(row: Row, first: str = "notBefore", last: str = "notAfter") -> Span:
    """The bounds of time in a row."""
    return Span(row[first] or None, row[last] or None)


def of_headquarters(rows: Iterable[Row], areas: Areas) -> list[Flow]:
    """Headquarters moves that happened, out of the rows of events-between-places."""
    return [
        Flow("headquarters", row["event"], row["organization"], areas.of(row["from"]), areas.of(row["to"]), span(row))
        for row in happened(rows)
        if local(row["what"]) == "HeadquartersMove"
    ]


def of_legal_entities(rows: Iterable[Row], areas: Areas, seat: Seat) -> list[Flow]:
    """Incorporations, deregistrations and redomiciliations, out of the rows of events-between-places.

    An incorporation comes from the area of the organization's headquarters at that time; a deregistration goes
    nowhere (GONE); of a redomiciliation only the place of arrival is known.
    """
    found = []
    for row in happened(rows):
        what, when = local(row["what"]), span(row)
        if what == "HeadquartersMove":
            continue
        origin, destination = areas.of(row["from"]), areas.of(row["to"])
        if what == "incorporation":
            origin = seat(row["organization"], when)
        elif what == "deregistration":
            destination = GONE
        found.append(Flow("legal-entities", row["event"], row["organization"], origin, destination, when))
    return found


def of_people(rows: Iterable[Row], seat: Seat) -> list[Flow]:
    """Moves of people between organizations, placed by the headquarters of both at that time."""
    return [
        Flow("people", row["event"], row["person"], seat(row["from"], when), seat(row["to"], when), when)
        for row in happened(rows)
        for when in [span(row)]
    ]


def of_markets(presences: Iterable[Row], makers: Mapping[str, Iterable[str]], areas: Areas, seat: Seat) -> list[Flow]:
    """From the headquarters of the maker to the main market, one flow for each thing and area.

    Args:
        presences: rows of market-presences; those that are primary are taken. A thing without a maker is itself
            an organization.
        makers: the makers of each product.
    """
    found: dict[tuple[str, str], Flow] = {}
    for row in presences:
        if row["primary"] == "true":
            when = Span(*sorted(span(row, "heldFrom", "heldTo"), key=lambda day: day or ""))
            origins = {seat(maker, when) for maker in makers.get(row["thing"], [row["thing"]])}
            origin = origins.pop() if len(origins) == 1 else ""
            market = areas.of(row["place"])
            flow = Flow("markets", row["presence"], row["thing"], origin, market, when)
            found.setdefault((row["thing"], market or row["place"]), flow)
    return list(found.values())


def matrix(found: Iterable[Flow]) -> dict[tuple[str, str], int]:
    """How many flows lead from each area to each other one, sorted by origin and destination."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for flow in found:
        if flow.is_between and flow.destination != GONE:
            counted[flow.origin, flow.destination] += 1
    return dict(sorted(counted.items()))


def turnover(flows: Mapping[tuple[str, str], int]) -> dict[str, tuple[int, int]]:
    """Inflow and outflow of each area that some flow touches, sorted by area."""
    come: dict[str, int] = defaultdict(int)
    gone: dict[str, int] = defaultdict(int)
    for (origin, destination), number in flows.items():
        gone[origin] += number
        come[destination] += number
    return {area: (come[area], gone[area]) for area in sorted({*come, *gone})}
