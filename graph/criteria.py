"""Whether members of a list meet a criterion, as far as the graph can tell: yes, no, or undecided.

What a criterion says of itself decides, in this order: an assessment by a source of that very thing; the
criterion of which it is the complement; the makers whose products meet it; the place of the headquarters; the
place of the main market; the edition before; a threshold. A criterion that says none of these has no definition
that can be read, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.dates import Span
from graph.figures import Figure
from graph.groups import groups
from graph.moment import CERTAINLY
from graph.reading import Reader
from graph.seats import Seats
from graph.store import Graph
from graph.values import Values, figure, text
from ontology import compact, expand, local

READINGS = ("complementOf", "maker", "basedIn", "mainMarketIn", "first-listing", "threshold")
"""How a criterion may be decided: a property of it, or its subtype."""


class Judge:
    """Decides criteria on one graph; `reader` must be of that graph."""

    def __init__(self, graph: Graph, reader: Reader) -> None:
        self.reader = reader
        self.groups = groups(graph)
        self.seats = Seats(reader)
        self.entries = cache(self._entries)
        self.makers = cache(self._makers)

    def reading(self, criterion: str) -> str:
        """How a criterion is decided: one of READINGS, "" where it has no definition that can be read."""
        values = self.reader.node(criterion)
        subtype = local(text(values, "subtype") or "")
        found = next((name for name in READINGS if name in values or name == subtype), "")
        if found == "complementOf":
            other = self.reader.node(values[found][0])
            return found if "complementOf" not in other and self.reading(values[found][0]) else ""
        return found

    def meets(self, thing: str, ranking: str, criterion: str) -> bool | None:
        """Whether a member of a list meets a criterion in the period of the list.

        Args:
            thing, ranking, criterion: IRIs; the thing is a product or an organization.

        Returns:
            None where the graph cannot tell.
        """
        if (assessed := self._assessed(thing, criterion)) is not None:
            return assessed
        values = self.reader.node(criterion)
        how = self.reading(criterion)
        if how == "complementOf":
            other = self.meets(thing, ranking, values[how][0])
            return None if other is None else not other
        first, last = self.period(ranking)
        if how == "maker":
            return self._made_by(thing, values[how], first, last)
        if how == "basedIn":
            return self._based_in(thing, values[how][0], first, last)
        if how == "mainMarketIn":
            return self._main_market_in(thing, values[how][0])
        if how == "first-listing":
            return self._first_listed(thing, ranking)
        return self._exceeds(thing, values, first, last) if how == "threshold" else None

    def period(self, ranking: str) -> tuple[str, str]:
        """The first and the last day that a list covers, "" where no source gives one."""
        values = self.reader.node(ranking)
        return text(values, "notBefore") or "", text(values, "notAfter") or ""

    def _pointing(self, iri: str, name: str, type_name: str) -> list[Values]:
        """The nodes of a class that point at a thing by a property."""
        nodes = [self.reader.node(node) for property_name, node in self.reader.neighbours(iri) if property_name == name]
        return [values for values in nodes if "type" in values and local(values["type"][0]) == type_name]

    def _entries(self, ranking: str) -> tuple[Values, ...]:
        """What the graph holds of the entries of a list, one for each thing listed."""
        listed = self._pointing(ranking, "ranking", "RankingEntry")
        return tuple({named(entry): entry for entry in listed if named(entry)}.values())

    def _makers(self, thing: str) -> tuple[str, ...]:
        """The organizations that make or operate a product; an organization is its own."""
        if "/product/" not in thing:
            return (thing,)
        makers = [values["organization"][0] for values in self._pointing(thing, "product", "Operation")]
        return tuple(sorted(set(makers)))

    def _assessed(self, thing: str, criterion: str) -> bool | None:
        found = {
            values["satisfied"][0]
            for subject in (thing, *self.makers(thing))
            for values in self._pointing(subject, "subject", "CriterionAssessment")
            if values.get("criterion") == (criterion,) and "satisfied" in values
        }
        return found == {"true"} if len(found) == 1 else None

    def _made_by(self, thing: str, makers: Iterable[str], first: str, last: str) -> bool | None:
        belonging = self.groups.group_of(compact(thing), first, last)
        if belonging.chain & {compact(maker) for maker in makers}:
            return True
        return False if belonging.certainty == CERTAINLY and not belonging.said else None

    def _based_in(self, thing: str, place: str, first: str, last: str) -> bool | None:
        """By the headquarters of the thing or its makers, else of the group."""
        group = self.groups.group_of(compact(thing), first, last).group
        above = [iri for iri in self._organizations(thing, first, last) if group and compact(iri) == group]
        for owners in (self.makers(thing), above):
            seats = [seat for owner in owners for seat in self.headquarters(owner, first, last)]
            if seats:
                return self._all_within(seats, place)
        return None

    def headquarters(self, organization: str, first: str, last: str) -> list[str]:
        """The places where it may have had its headquarters in a period; those it surely had, where any are known."""
        when = Span(first or None, last or None)
        possible = self.seats.during(organization, when)
        return sorted({tenure.place for tenure in [t for t in possible if t.held(when)] or possible})

    def _main_market_in(self, thing: str, place: str) -> bool | None:
        markets = [
            values["place"][0]
            for values in self._pointing(thing, "product", "MarketPresence")
            if values.get("primary") == ("true",)
        ]
        return self._all_within(markets, place) if markets else None

    def _all_within(self, places: Iterable[str], area: str) -> bool | None:
        """True where all lie within the area, False where none does, None for some, or for one around the area."""
        found = {self._is_within(place, area) for place in places}
        return found.pop() if len(found) == 1 else None

    def _is_within(self, place: str, area: str) -> bool | None:
        if area in self.reader.containing(place):
            return True
        return None if place in self.reader.containing(area) else False

    def _first_listed(self, thing: str, ranking: str) -> bool | None:
        earlier = self.edition_before(ranking)
        if earlier is None:
            return None
        things = {named(entry) for entry in self.entries(earlier)}
        if thing in things:
            return False
        size = text(self.reader.node(earlier), "size")
        return True if size and len(things) >= int(size) else None

    def edition_before(self, ranking: str) -> str | None:
        """The last earlier list of the publisher by the same metric and of the same scope, both dated."""
        values = self.reader.node(ranking)
        publisher, begin = text(values, "publisher"), text(values, "notBefore")
        if publisher is None or begin is None:
            return None
        others = [node for name, node in self.reader.neighbours(publisher) if name == "publisher" and node != ranking]
        earlier = [
            (text(other, "notAfter") or "", node)
            for node in others
            if (other := self.reader.node(node))
            and all(other.get(name) == values.get(name) for name in ("type", "metric", "scope"))
            and (text(other, "notAfter") or "9") < begin
        ]
        return max(earlier)[1] if earlier else None

    def _exceeds(self, thing: str, criterion: Values, first: str, last: str) -> bool | None:
        """By the latest values of the thing and of what it surely belongs to."""
        values = [self.latest(owner, criterion, last) for owner in self._organizations(thing, first, last)]
        found = {_is_over(value, figure(criterion, "threshold")) for value in values if value is not None}
        return True if True in found else False if found == {False} else None

    def _organizations(self, thing: str, first: str, last: str) -> list[str]:
        return [expand(part) for part in sorted(self.groups.group_of(compact(thing), first, last).chain)]

    def latest(self, thing: str, criterion: Values, last: str) -> Figure | None:
        """The latest figure of a thing by the metric and in the currency of a criterion, by the end of a list."""
        found = [
            (text(values, "notAfter") or "", values)
            for values in self._pointing(thing, "subject", "Observation")
            if "amount" in values and all(values.get(name) == criterion.get(name) for name in ("metric", "currency"))
        ]
        dated = [(day, values) for day, values in found if not last or day <= last]
        return figure(max(dated, key=lambda each: (each[0], sorted(each[1].items())))[1], "amount") if dated else None


def named(entry: Values) -> str:
    """The IRI of what an entry lists; "" where it names nothing."""
    return text(entry, "product") or text(entry, "organization") or ""


def _is_over(value: Figure, threshold: Figure) -> bool | None:
    if value.qualifier == "over" and value.number <= threshold.number:
        return True if value.number == threshold.number else None
    if value.qualifier == "under" and value.number > threshold.number:
        return None
    return value.number > threshold.number
