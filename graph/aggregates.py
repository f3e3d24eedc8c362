"""Reported aggregates: counts and shares of the members of a list as sources print them, and counted by the graph."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from typing import NamedTuple

from graph import asking
from graph.criteria import Judge, named
from graph.figures import Figure
from graph.reading import Reader, Statement
from graph.store import Graph
from graph.values import Values, figure, text
from ontology import expand


class Aggregate(NamedTuple):
    """One reported aggregate: what is held to be so of it, and the statements that report it; IRIs throughout."""

    iri: str
    values: Values
    told: tuple[Statement, ...]

    @property
    def criterion(self) -> str:
        return self.values["criterion"][0]

    @property
    def ranking(self) -> str:
        """The list; "" where the sources count in no list."""
        return text(self.values, "ranking") or ""

    @property
    def population(self) -> str:
        """The criterion that delimits what is counted from; "" for the whole list."""
        return text(self.values, "population") or ""

    @property
    def members(self) -> tuple[str, ...]:
        return self.values.get("member", ())

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(statement.source for statement in self.told)

    def figure(self, name: str) -> Figure | None:
        """The figure "count", "outOf" or "share", where one is held to."""
        return figure(self.values, name) if name in self.values else None

    def exact(self, name: str) -> int | None:
        """The figure as a whole number, where it is printed as one without about, over or under."""
        found = self.figure(name)
        return int(found.number) if found and not found.qualifier else None

    def allows(self, count: int) -> bool:
        """Whether so many members agree with what is printed."""
        counted, share, whole = self.figure("count"), self.figure("share"), self.exact("outOf")
        if counted is not None:
            return Figure(Decimal(count)).compatible(counted)
        return share is None or not whole or share_fits(count, whole, share)


class Recount(NamedTuple):
    """The members of a list that meet a criterion, that do not, and that are undecided, and how many are not named.

    `unnamed` is None where the size of the list is not known.
    """

    meeting: tuple[str, ...]
    failing: tuple[str, ...]
    undecided: tuple[str, ...]
    unnamed: int | None

    @property
    def low(self) -> int:
        return len(self.meeting)

    @property
    def high(self) -> int | None:
        return None if self.unnamed is None else self.low + len(self.undecided) + self.unnamed


class Known:
    """Every reported aggregate of a graph, and what decides them; `rows` gives those of a named query, read once."""

    def __init__(self, graph: Graph, reader: Reader) -> None:
        self.graph = graph
        self.reader = reader
        self.judge = Judge(graph, reader)
        self.rows = cache(lambda name: asking.records(graph, name))
        self._recounts: dict[str, Recount] = {}

    @cached_property
    def aggregates(self) -> list[Aggregate]:
        """All of them, by list and criterion; read once."""
        iris = [expand(row["aggregate"]) for row in self.rows("reported-aggregates")]
        return [Aggregate(iri, self.reader.node(iri), tuple(self.reader.told(iri))) for iri in iris]

    def beside(self, aggregate: Aggregate) -> list[Aggregate]:
        """The others of the same list and population that one document with it reports."""
        return [
            other
            for other in self.aggregates
            if other.iri != aggregate.iri
            and (other.ranking, other.population) == (aggregate.ranking, aggregate.population)
            and other.sources & aggregate.sources
        ]

    def size(self, ranking: str) -> int | None:
        """The number of places of a list."""
        found = text(self.reader.node(ranking), "size")
        return int(found) if found else None

    def recount(self, aggregate: Aggregate) -> Recount:
        """Count the members of the list that meet the criterion, out of the same population; counted once.

        Without a population, fewer places than the list has are read as its first places.
        """
        if aggregate.iri not in self._recounts:
            self._recounts[aggregate.iri] = self._recount(aggregate)
        return self._recounts[aggregate.iri]

    def _recount(self, aggregate: Aggregate) -> Recount:
        ranking, population = aggregate.ranking, aggregate.population
        entries = list(self.judge.entries(ranking)) if ranking else []
        size, whole = self.size(ranking), aggregate.exact("outOf")
        uncertain: set[str] = set()
        if size is not None and whole is not None and whole < size and not population:
            unplaced = [e for e in entries if "position" not in e or "positionQualifier" in e]
            entries = [e for e in entries if e not in unplaced and int(e["position"][0]) <= whole]
            if len(entries) < whole:
                uncertain = {named(e) for e in unplaced}
                entries += unplaced
            size = whole
        found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
        for thing in sorted(named(entry) for entry in entries):
            found[self._counts(thing, aggregate, thing in uncertain)].append(thing)
        places = size if size is not None or population else whole
        named_here = sum(map(len, found.values()))
        unnamed = None if places is None else max(0, places - named_here)
        if population and whole is not None:
            room = max(0, whole - len(found[True]))
            unnamed = room if unnamed is None else min(unnamed, room)
        return Recount(tuple(found[True]), tuple(found[False]), tuple(found[None]), unnamed)

    def _counts(self, thing: str, aggregate: Aggregate, uncertain: bool) -> bool | None:
        meets = self.judge.meets(thing, aggregate.ranking, aggregate.criterion)
        if aggregate.population and meets is not False:
            within = self.judge.meets(thing, aggregate.ranking, aggregate.population)
            meets = False if within is False else meets if within else None
        return None if uncertain and meets else meets


def share_fits(count: int | Decimal, whole: int, share: Figure) -> bool:
    """Whether count / whole is the printed share, at the precision to which it is printed.

    A share is taken to be printed in whole per cent, or to as many digits more as it shows; "about" goes by
    the digits it shows.
    """
    exact = Decimal(count) / Decimal(whole)
    if share.qualifier == "over":
        return exact > share.number
    if share.qualifier == "under":
        return exact < share.number
    shown = share.number.normalize().as_tuple().exponent
    digits = max(-int(shown), 1 if share.qualifier == "about" else 2)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) == share.number
