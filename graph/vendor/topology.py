"""Turns the land shapes of world-atlas (Natural Earth, 1:110m) into the path data of an SVG, once at vendoring.

Land only: no borders. Antarctica is left out. Rings are made continuous across the antimeridian, cut at the edge
of the map, and written in whole units of the map, each point relative to the one before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import Any

from graph.drawing.projection import CENTRE, project, turn

Point = tuple[float, float]
Ring = list[Point]

SOUTH = -60.0
"""Land that lies wholly south of this latitude is left out."""

STEP = 4.0
"""Degrees between the points of an edge that runs along the cut, which the projection bends."""


def path(topology: str) -> str:
    """The path data of all land, in the units of graph.drawing.projection.

    Args:
        topology: the text of a TopoJSON file with an object "land" of polygons.
    """
    rings = [ring for ring in _rings(json.loads(topology)) if max(latitude for _, latitude in ring) > SOUTH]
    return "".join(filter(None, (_written(part) for ring in rings for part in _cut(_continuous(ring)))))


def _rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """The rings of the object "land" in degrees; the TopoJSON specification, sections 2.1.3 and 2.1.4."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        places = accumulate(deltas, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        arcs.append([(x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in places])
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points: Ring = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def _continuous(ring: Ring) -> Ring:
    """The ring with longitudes relative to the middle meridian that never jump by half a turn."""
    steps = [turn(ring[0][0] - CENTRE), *(turn(b[0] - a[0]) for a, b in pairwise(ring))]
    return [(east, latitude) for east, (_, latitude) in zip(accumulate(steps), ring, strict=True)]


def _cut(ring: Ring) -> Iterator[Ring]:
    """The parts of a continuous ring that lie on each turn of the globe, brought back to -180 to 180."""
    for whole in (-360.0, 0.0, 360.0):
        part = [(east - whole, latitude) for east, latitude in ring]
        part = _half(_half(part, lambda p: p[0] + 180, -180.0), lambda p: 180 - p[0], 180.0)
        if part:
            yield part


def _half(ring: Ring, inside: Callable[[Point], float], edge: float) -> Ring:
    """The part of a ring on one side of a meridian, by the algorithm of Sutherland & Hodgman (1974)."""
    kept: Ring = []
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if inside(a) >= 0:
            kept.append(a)
        if (inside(a) >= 0) != (inside(b) >= 0):
            kept.append((edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])))
    return kept


def _written(ring: Ring) -> str:
    """Path data of one ring; "" for one that is less than a unit wide or high."""
    points: list[tuple[int, int]] = []
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        parts = max(1, int(abs(b[1] - a[1]) // STEP)) if abs(a[0]) == abs(b[0]) == 180 else 1
        for i in range(parts):
            x, y = project(a[0], a[1] + (b[1] - a[1]) * i / parts)
            if not points or points[-1] != (round(x), round(y)):
                points.append((round(x), round(y)))
    if len(set(points)) < 3:
        return ""
    deltas = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(deltas)}z".replace(" -", "-")
