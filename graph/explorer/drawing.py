"""The drawing of a view as numbers: where things stand, how large, and which facts share a line."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TypedDict

from graph.explorer.view import View

LANE = 0.22
"""The roundness by which edges that share both ends lie apart."""

_SMALLEST, _LARGEST = 4.0, 18.0


class Drawing(TypedDict):
    """Things and edges by their numbers in the view.

    A thing has x, y and its size; an edge the things that it comes from and goes to, how far it bends, and all
    facts of one relation between the two.
    """

    nodes: list[tuple[int, int, float]]
    edges: list[tuple[int, int, float, list[int]]]


def draw(view: View) -> Drawing:
    """The drawing of a view.

    Raises:
        ValueError: if a position is not finite.
    """
    numbers = {node["id"]: number for number, node in enumerate(view["nodes"])}
    bundles: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, fact in enumerate(view["facts"]):
        if fact["target"] and fact["source"] != fact["target"]:
            bundles[numbers[fact["source"]], numbers[fact["target"]], fact["relation"]].append(number)
    lanes: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
    for source, target, relation in bundles:
        lanes[min(source, target), max(source, target)].append((source, target, relation))
    edges = []
    for pair, sharing in sorted(lanes.items()):
        for place, bundle in enumerate(sorted(sharing)):
            bend = LANE * (place - (len(sharing) - 1) / 2)
            source, target, _ = bundle
            edges.append((source, target, round(bend if source == pair[0] else -bend, 3), bundles[bundle]))
    return Drawing(nodes=[(round(n["x"]), round(n["y"]), _size(n["degree"])) for n in view["nodes"]], edges=edges)


def _size(degree: int) -> float:
    return round(min(_LARGEST, _SMALLEST + 2.1 * math.log2(1 + degree)), 1)
