"""Pairs of things that are likely one: found by what they have in common that is rare, weighed, the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from graph import limits, spelling
from graph.linkage.comparing import Evidence, compare
from graph.linkage.records import Records
from graph.linkage.words import joined, words
from graph.store import Graph

KNOWN = 0.5
"""How many of the things of an import the graph is taken to know before they are looked at, 0 to 1."""


class Proposal(NamedTuple):
    """That a new thing may be one that is known (both `kind/slug`): how likely, 0 to 1, and what speaks for it."""

    new: str
    known: str
    probability: float
    evidence: tuple[Evidence, ...]


def propose(
    graph: Graph,
    kind: str,
    new: Mapping[str, str],
    least: float,
    apart: Collection[frozenset[str]] = (),
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> list[Proposal]:
    """Which new things may be known ones.

    Args:
        graph: an open graph, in which both stand.
        kind: of the things, such as "organization".
        new: those to find others for, as `kind/slug`, each with the slug of the import that brings it. Things of one
            import are told apart by it already.
        least: the probability below which a pair is not proposed, 0 to 1.
        apart: pairs that are two for certain.
        tell: is told how many new things are done, and of how many.

    Returns:
        The likeliest first, then by name.
    """
    records = Records(graph, kind)
    blocks = Blocks(graph, records)
    chosen = sorted(new.keys() & records.names.keys())
    odds = prior(len(records.names) - 1)
    found: dict[frozenset[str], Proposal] = {}
    for number, thing in enumerate(chosen):
        one = records.record(thing)
        for other in sorted(blocks.near(one.names) - {thing}):
            pair = frozenset((thing, other))
            if pair in found or pair in apart or new.get(other) == new[thing]:
                continue
            evidence = compare(one, records.record(other), records.share)
            likely = probability(sum(each.bits for each in evidence), odds)
            if likely >= least:
                found[pair] = Proposal(thing, other, likely, tuple(evidence))
        tell(number + 1, len(chosen))
    return sorted(found.values(), key=lambda each: (-each.probability, each.new, each.known))


def prior(others: int) -> float:
    """The odds that a new thing is one certain other, before they are compared."""
    return KNOWN / max(others, 1)


def probability(bits: float, odds: float) -> float:
    """The probability after evidence of so many bits, of the odds before."""
    return 1 - 1 / (1 + odds * 2 ** min(bits, 500.0))


class Blocks:
    """Finds the few things that are worth comparing with one: without them every pair would have to be."""

    def __init__(self, graph: Graph, records: Records) -> None:
        self._index = graph.index
        self._records = records
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for thing in records.names:
            for whole in set(map(joined, records.forms(thing))):
                self._by_name[whole].append(thing)

    def near(self, names: Iterable[str]) -> set[str]:
        """Things that share with these names a rare word, a whole name, or all but a typing error or two."""
        found: set[str] = set()
        for name in names:
            for bearing in map(self._records.bearing, words(name)):
                found.update(bearing if len(bearing) <= limits.LINKAGE_BEARERS else ())
            whole = joined(name)
            for near in (whole, *spelling.near_keys(self._index, whole)):
                found.update(self._by_name.get(near, ()))
        return found
