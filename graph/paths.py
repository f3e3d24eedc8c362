"""Paths between two things through what happened and what held, the shortest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from graph import limits, phrases
from graph.errors import NotFoundError, UsageError
from graph.reading import Reader
from ontology import ID, compact, local

HUBS = frozenset({"place", "ranking", "criterion", "case"})
"""Kinds of things that join what has little to do with one another; paths lead through them only when asked."""

_NO_LINKS = frozenset({"Rivalry", "ReportedAggregate", "RankingEntry", "CriterionAssessment", "Observation"})
"""Classes of nodes that compare or count things and do not join them."""

_TELLING = ("Control", "Operation", "Acquisition", "Investment", "FundingRound", "Membership", "PersonnelMove")
"""Classes of the nodes that say most of how two things belong together."""


class Step(NamedTuple):
    """From one thing to the next: IRIs, and the nodes that join them."""

    start: str
    end: str
    nodes: tuple[str, ...]


def paths(
    reader: Reader, start: str, end: str, steps: int = limits.PATH_STEPS, count: int = 3, hubs: bool = False
) -> list[list[Step]]:
    """The shortest and next-shortest simple paths between two things.

    Args:
        reader: of an open graph, at any moment.
        start, end: IRIs of things.
        steps: how long a path may be.
        count: how many paths to give at most.
        hubs: whether places, rankings and criteria may lie on a path.

    Returns:
        Paths by length, then by identifiers.

    Raises:
        NotFoundError: if there is none of that length.
        UsageError: if both are the same, or more than limits.PATH_THINGS things would have to be read.
    """
    if start == end:
        raise UsageError("both names mean the same thing; a path needs two")
    walk = _Walk(reader, hubs, {start, end})
    far = walk.distances(end, steps)
    if start not in far:
        raise NotFoundError(
            f"no path of {steps} steps or fewer from {compact(start)} to {compact(end)}; allow more, or --through-hubs"
        )
    found: list[list[Step]] = []
    for length in range(far[start], steps + 1):
        for things in walk.simple_paths([start], end, length, far):
            found.append([Step(a, b, walk.near(a)[b]) for a, b in pairwise(things)])
            if len(found) == count:
                return found
    return found


class _Walk:
    def __init__(self, reader: Reader, hubs: bool, ends: set[str]) -> None:
        self.reader = reader
        self.hubs = hubs
        self.ends = ends
        self._near: dict[str, dict[str, tuple[str, ...]]] = {}

    def near(self, thing: str) -> dict[str, tuple[str, ...]]:
        """The things joined to a thing, each with the nodes that join them; sorted."""
        if thing not in self._near:
            if len(self._near) >= limits.PATH_THINGS:
                raise UsageError(f"over {limits.PATH_THINGS:,} things lie within reach; ask for fewer --steps")
            found: dict[str, set[str]] = {}
            for node in dict.fromkeys(node for _, node in self.reader.neighbours(thing)):
                values = self.reader.node(node)
                if local(values["type"][0]) in _NO_LINKS:
                    continue
                ends = {node} if self._is_thing(node) else set()
                ends |= {value for name in values if name != "type" for value in values[name] if self._is_thing(value)}
                for end in ends - {thing}:
                    found.setdefault(end, set()).add(node)
            for name in ("entityOf", "unitOf"):
                for end in self.reader.node(thing).get(name, ()):
                    found.setdefault(end, set()).add(thing)
            self._near[thing] = {end: tuple(sorted(nodes, key=self._telling)) for end, nodes in sorted(found.items())}
        return self._near[thing]

    def _telling(self, node: str) -> tuple[int, str]:
        """Sorts what says most of how two things belong together first."""
        name = local(self.reader.node(node)["type"][0])
        return _TELLING.index(name) if name in _TELLING else len(_TELLING), node

    def _is_thing(self, iri: str) -> bool:
        kind = iri[len(ID) :].partition("/")[0] if iri.startswith(ID) else ""
        if kind in HUBS:
            return self.hubs or iri in self.ends
        return kind in ("organization", "person", "product", "legal-entity")

    def distances(self, origin: str, steps: int) -> dict[str, int]:
        """How many steps each thing within reach is away; nothing is looked at beyond the other end."""
        found = {origin: 0}
        edge = [origin]
        for step in range(1, steps + 1):
            self.reader.graph.fetch_around(edge)
            edge = sorted({end for thing in edge for end in self.near(thing) if end not in found})
            found |= dict.fromkeys(edge, step)
        return found

    def simple_paths(self, things: list[str], end: str, length: int, far: dict[str, int]) -> Iterator[list[str]]:
        """Paths of exactly so many steps that visit nothing twice."""
        left = length - len(things) + 1
        if things[-1] == end:
            if left == 0:
                yield things
            return
        for thing in self.near(things[-1]):
            if thing not in things and far.get(thing, left) < left and (thing != end or left == 1):
                yield from self.simple_paths([*things, thing], end, length, far)


def words(reader: Reader, step: Step, node: str) -> str:
    """What one node says of a step, without its two ends: its caption, what more it holds, its time and status."""
    values = reader.node(node)
    type_name = local(values["type"][0])
    holds = phrases.describe(values, reader, known=(step.start, step.end))
    tail = (phrases.when(values, reader.language), phrases.status(values, reader))
    said = " — ".join(part for part in (holds, *tail) if part)
    return f"{reader.caption(type_name)}: {said}" if said else reader.caption(type_name)


def near(reader: Reader, thing: str) -> dict[str, tuple[str, ...]]:
    """The things joined to a thing, hubs too, each with the nodes that join them.

    Args:
        reader: of an open graph, at any moment.
        thing: an IRI.
    """
    return _Walk(reader, True, {thing}).near(thing)
