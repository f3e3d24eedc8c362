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
    """The things of a page, the first to be drawn first; how many of them are drawn at first; every degree."""

    things: list[str]
    drawn: frozenset[str]
    degree: Mapping[str, int]


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
    near: dict[str, set[str]] = {root: set() for root in roots}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    degree = {thing: len(ends - {thing}) for thing, ends in near.items()}
    begun = sorted(set(roots))
    if begun:
        far = _distances(near, begun, depth)
        ranked = sorted(far, key=lambda thing: (far[thing], -degree[thing], thing))[: limits.EXPLORER_NODES]
        return Chosen(ranked, frozenset(ranked[: limits.EXPLORER_DRAWN]), degree)
    moved = {end for edge in edges if edge.relation == MOVE for end in (edge.source, edge.target)}
    ranked = sorted(degree, key=lambda thing: (thing not in moved, -degree[thing], thing))
    firm = [thing for thing in ranked if thing in moved or not _is_hub(thing) or _is_city(thing, degree)]
    first = {*moved, *firm[: limits.EXPLORER_DRAWN]}
    first = {thing for thing in first if near[thing] & first - {thing}}
    extra = sorted(set(wanted) & degree.keys())
    kept = list(dict.fromkeys([*sorted(moved), *extra, *ranked]))[: limits.EXPLORER_NODES]
    return Chosen(kept, frozenset(first & set(kept)), degree)


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
