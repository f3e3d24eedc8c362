"""Which things a page shows: the most central ones, or those near what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph import limits
from graph.paths import HUBS

if TYPE_CHECKING:
    from graph.networks import Edge

MOVE = "HeadquartersMove"


class Chosen(NamedTuple):
    """The things of a page, the first to be drawn first; which of them are drawn at first; every degree.

    `told` are those whose facts are told, all of them unless some are on the page already; `whole` those of which
    more is told than of the others.
    """

    things: list[str]
    drawn: frozenset[str]
    degree: Mapping[str, int]
    told: frozenset[str]
    whole: frozenset[str] = frozenset()


def choose(edges: Sequence[Edge], roots: Iterable[str] = (), depth: int = 1, wanted: Iterable[str] = ()) -> Chosen:
    """Choose the things of a page.

    Without roots, those that moved and where to come first, then all by their degree: the number of their
    neighbours in the undirected simple graph (Freeman, "Centrality in social networks", 1978). With roots, those
    within `depth` steps of one of them, the near ones first; a place or a list is reached and not passed through.

    Args:
        edges: of the network.
        roots: things as `kind/slug`, whether or not they have an edge.
        depth: of the neighbourhood, 0 or more.
        wanted: things to be on the page in any case, not drawn at first for that.

    Returns:
        At most limits.EXPLORER_NODES things, and limits.EXPLORER_DRAWN of them to be drawn at first.
    """
    begun = sorted(set(roots))
    near, degree = _neighbours(edges, begun)
    if begun:
        far = _distances(near, begun, depth)
        ranked = sorted(far, key=lambda thing: (far[thing], -degree[thing], thing))[: limits.EXPLORER_NODES]
        return Chosen(ranked, frozenset(ranked[: limits.EXPLORER_DRAWN]), degree, frozenset(ranked))
    moved = {end for edge in edges if edge.relation == MOVE for end in (edge.source, edge.target)}
    ranked = sorted(degree, key=lambda thing: (thing not in moved, -degree[thing], thing))
    firm = [thing for thing in ranked if thing in moved or not _is_hub(thing) or _is_city(thing, degree)]
    first = {*moved, *firm[: limits.EXPLORER_DRAWN]}
    first = {thing for thing in first if near[thing] & first - {thing}}
    extra = sorted(set(wanted) & degree.keys())
    kept = list(dict.fromkeys([*sorted(moved), *extra, *ranked]))[: limits.EXPLORER_NODES]
    return Chosen(kept, frozenset(first & set(kept)), degree, frozenset(kept))


def core(edges: Sequence[Edge], rumoured: Sequence[Edge], roots: Sequence[str], depth: int) -> Chosen:
    """Of the things of a page those that are drawn at first; the degrees count rumoured edges too."""
    chosen = choose(edges, roots, depth)
    kept = [thing for thing in chosen.things if thing in chosen.drawn]
    degree = _neighbours([*edges, *rumoured], roots)[1]
    return Chosen(kept, chosen.drawn, degree, chosen.drawn, frozenset(roots))


def coming(edges: Sequence[Edge], asked: Sequence[str], count: int, there: Iterable[str]) -> Chosen:
    """Choose what comes to a page: things that were asked for, and neighbours of theirs.

    Args:
        edges: of the network.
        asked: things as `kind/slug`.
        count: how many neighbours of each that are not on the page, those with the most neighbours first.
        there: the things that are on the page.
    """
    near, degree = _neighbours(edges, asked)
    page = set(there)
    come = set(asked)
    for thing in asked:
        ranked = sorted(near[thing] - page - {thing}, key=lambda end: (-degree[end], end))
        come |= set(ranked[:count])
    return Chosen(sorted(page | come), frozenset(), degree, frozenset(come), frozenset(asked))


def _neighbours(edges: Iterable[Edge], more: Iterable[str]) -> tuple[dict[str, set[str]], dict[str, int]]:
    """The neighbours of each thing that has an edge, and of some more; and how many there are besides itself."""
    near: dict[str, set[str]] = {thing: set() for thing in more}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    return near, {thing: len(ends - {thing}) for thing, ends in near.items()}


def _is_hub(thing: str) -> bool:
    return thing.partition("/")[0] in HUBS


def _is_city(thing: str, degree: Mapping[str, int]) -> bool:
    return thing.startswith("place/") and degree[thing] >= limits.EXPLORER_PLACE_NEIGHBOURS


def _distances(near: Mapping[str, set[str]], roots: Sequence[str], depth: int) -> dict[str, int]:
    """How many steps each thing within reach is away from the nearest root."""
    found = dict.fromkeys(roots, 0)
    edge = list(roots)
    for step in range(1, depth + 1):
        passed = [thing for thing in edge if thing in roots or not _is_hub(thing)]
        edge = sorted({end for thing in passed for end in near[thing] if end not in found})
        found |= dict.fromkeys(edge, step)
    return found
