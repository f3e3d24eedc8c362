"""How much speaks for two records being of one thing, field by field, in bits.

After Fellegi and Sunter, "A theory for record linkage", JASA 64 (1969): a field that agrees weighs log2(m / u), one
that does not log2((1 - m) / (1 - u)), m being how often it agrees between records of one thing and u between those of
two. Agreement on a word is worth more the rarer the word: Newcombe, Kennedy, Axford and James, "Automatic linkage of
vital records", Science 130 (1959).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import log2
from typing import NamedTuple

from graph import spelling
from graph.linkage.words import joined, words

SHARED = 0.95
"""How often two names of one thing, in one script, have a word in common that is in few other names (m)."""

MISSPELT = 0.02
"""How often a name of one thing is another one of its names within a typing error or two."""

LEVELS = {"same": (0.4, 0.03), "contained": (0.5, 0.3), "otherwise": (0.1, 0.67)}
"""Two names that share a word are the same, or one is the other with more words, or both have words of their own: how
often, of names of one thing and of names of two. Chosen by hand; bench/linkage.py shows what comes of it."""

PLACE, PLACE_BY_CHANCE = 0.9, 0.3
"""How often records of one organization, and of two, lie in the same area."""

TOGETHER, TOGETHER_BY_CHANCE = 0.5, 0.001
"""How often records of one thing, and of two, share a person, organization or product that they name."""

SITE, SITE_BY_CHANCE = 0.9, 0.0001
"""How often records of one thing, and of two, name a web site on the same host."""

_COUNTED = 3


class Evidence(NamedTuple):
    """What one field says: its name, what stands in the one and in the other record, its weight in bits."""

    field: str
    one: str
    other: str
    bits: float


@dataclass(frozen=True)
class Record:
    """What is known of a thing for comparing it.

    `areas` are those of its seats, `beside` the things it is joined with, such as people, by field: from the key of a
    name to the name; `sites` the hosts of its web sites.
    """

    thing: str
    names: Sequence[str]
    areas: frozenset[str] = frozenset()
    beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sites: frozenset[str] = frozenset()


Share = Callable[[Collection[str]], float]
"""Gives how many things of their kind bear all of some words in their names, 0 to 1."""


def compare(one: Record, other: Record, share: Share) -> list[Evidence]:
    """Everything that speaks for or against two records being of one thing."""
    shared = (_shared(name, one.beside[name], other.beside[name]) for name in one.beside if name in other.beside)
    return [_names(one, other, share), *_areas(one, other), *_sites(one, other), *chain.from_iterable(shared)]


def _names(one: Record, other: Record, share: Share) -> Evidence:
    """Of all pairs of names the two that agree best."""
    pairs = (Evidence("names", a, b, weight(a, b, share)) for a in one.names for b in other.names)
    return max(pairs, key=lambda each: each.bits, default=Evidence("names", "", "", 0.0))


def weight(one: str, other: str, share: Share) -> float:
    """The weight of two names, in bits: by the words that they share, and by those that they do not."""
    if joined(one) == joined(other):
        return log2(SHARED / min(share(words(one)), share(words(other)))) + _level("same")
    first, second = set(words(one)), set(words(other))
    both = first & second
    near = _alike(first - both, second - both)
    if not (both or near):
        return _level("otherwise")
    left, right = (side - both - {pair[at] for pair in near} for at, side in enumerate((first, second)))
    level = "otherwise" if left and right and not _within(one, other) else "contained" if left or right else "same"
    if near:
        by_chance = share(both) * max(share([word]) + share([alike]) for word, alike in near)
        return log2(MISSPELT / min(by_chance, MISSPELT)) + _level(level)
    return log2(SHARED / share(both)) + _level(level)


def _level(name: str) -> float:
    of_one, of_two = LEVELS[name]
    return log2(of_one / of_two)


def _within(one: str, other: str) -> bool:
    """Whether a name in Chinese, which has no spaces, is part of another."""
    short, long = sorted((joined(one), joined(other)), key=len)
    return not short.isascii() and short in long


def _alike(left: Collection[str], right: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of words within a typing error or two of one another."""
    return [
        (word, other)
        for word in sorted(left)
        for other in sorted(right)
        if spelling.distance(word, other) <= min(map(spelling.allowed_errors, (word, other)))
    ]


def _areas(one: Record, other: Record) -> list[Evidence]:
    """Where both have a seat: whether in one area."""
    if not (one.areas and other.areas):
        return []
    agree = bool(one.areas & other.areas)
    bits = log2(PLACE / PLACE_BY_CHANCE) if agree else log2((1 - PLACE) / (1 - PLACE_BY_CHANCE))
    return [Evidence("places", ", ".join(sorted(one.areas)), ", ".join(sorted(other.areas)), bits)]


def _sites(one: Record, other: Record) -> list[Evidence]:
    """Addresses of one host: of the web site that both name."""
    both = sorted(one.sites & other.sites)
    return [Evidence("site", both[0], both[0], log2(SITE / SITE_BY_CHANCE))] if both else []


def _shared(name: str, one: Mapping[str, str], other: Mapping[str, str]) -> list[Evidence]:
    """Things that both name; that they name none in common says nothing, since neither names all."""
    both = sorted(one.keys() & other.keys())[:_COUNTED]
    if not both:
        return []
    first, second = (", ".join(side[key] for key in both) for side in (one, other))
    return [Evidence(name, first, second, len(both) * log2(TOGETHER / TOGETHER_BY_CHANCE))]
