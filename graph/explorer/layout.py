"""Where the nodes of a drawing stand, the same for the same graph."""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

Point = tuple[float, float]

# The room of one node with its label below it, in pixels at zoom 1.
WIDTH, HEIGHT = 168.0, 68.0
SPARSENESS = 1.6  # area of a drawing over the area of its boxes
ASPECT = 1.0  # its width over its height
MARGIN = 24.0  # between two components
STEP = 12.0  # by which overlapping boxes are moved
RADIUS = 26.0  # of a node, with some air
TRIES = 16  # drawings of a component of up to 60 nodes; fewer of a larger one


def positions(nodes: Sequence[str], edges: Sequence[tuple[str, str]], seed: int = 1) -> dict[str, Point]:
    """Place nodes by a seeded force layout, so that no two boxes overlap.

    nodes: ids, in any order. edges: pairs of those ids; direction, repetition and
    loops make no difference. seed: another one gives another drawing.
    Returns the centre of every node in pixels at zoom 1, by id in sorted order;
    two centres are WIDTH apart across or HEIGHT apart down, or more.
    Raises KeyError if an edge names an id that is not among the nodes.
    """
    import igraph

    names = sorted(set(nodes))
    index = {name: number for number, name in enumerate(names)}
    pairs = {(index[a], index[b]) for a, b in edges}
    links = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    graph = igraph.Graph(n=len(names), edges=links)
    components = sorted(map(sorted, graph.connected_components()), key=lambda c: (-len(c), c))
    igraph.set_random_number_generator(random.Random(seed))
    try:
        drawings = [_draw(graph.induced_subgraph(component)) for component in components]
    finally:
        igraph.set_random_number_generator(random)  # igraph's own default
    placed: dict[int, Point] = {}
    for component, points in zip(components, _pack(drawings), strict=True):
        placed.update(zip(component, points, strict=True))
    return {name: placed[number] for number, name in enumerate(names)}


def _draw(graph: Any) -> list[Point]:
    """Lay out one connected component: of some drawings, the one with the fewest hidden edges."""
    tries = max(1, min(TRIES, TRIES * 60 // graph.vcount()))
    links = graph.get_edgelist()
    drawings = [_separate(_spread(graph.layout_fruchterman_reingold())) for _ in range(tries)]
    return min(drawings, key=lambda points: _hidden(points, links))


def _spread(layout: Any) -> list[Point]:
    """Scale a layout to the area that its boxes need."""
    points = [(float(x), float(y)) for x, y in layout]
    height = math.sqrt(len(points) * WIDTH * HEIGHT * SPARSENESS / ASPECT)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across = height * ASPECT / (max(xs) - min(xs) or 1)
    down = height / (max(ys) - min(ys) or 1)
    return [(x * across, y * down) for x, y in points]


def _hidden(points: Sequence[Point], links: Sequence[tuple[int, int]]) -> int:
    """Count how often an edge runs behind a node that is not its end."""
    count = 0
    for a, b in links:
        (ax, ay), (bx, by) = points[a], points[b]
        dx, dy = bx - ax, by - ay
        for i, (x, y) in enumerate(points):
            along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
            off = abs((x - ax) * dy - (y - ay) * dx) / math.hypot(dx, dy)
            count += 0 < along < 1 and off < RADIUS and i not in (a, b)
    return count


def _separate(points: Sequence[Point]) -> list[Point]:
    """Move each point to the nearest place where its box is free, the middle ones first."""
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    order = sorted(range(len(points)), key=lambda i: (math.dist(points[i], middle), i))
    result = list(points)
    taken: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for i in order:
        for dx, dy in _offsets():
            x, y = round(points[i][0] + dx) + 0.0, round(points[i][1] + dy) + 0.0
            column, row = int(x // WIDTH), int(y // HEIGHT)
            near = (
                other
                for c in (column - 1, column, column + 1)
                for r in (row - 1, row, row + 1)
                for other in taken[c, r]
            )
            if all(abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT for a, b in near):
                break
        taken[column, row].append((x, y))
        result[i] = (x, y)
    return result


def _offsets() -> Iterator[Point]:
    """Points of a lattice around the origin, ring by ring outwards, without end."""
    return itertools.chain.from_iterable(map(_ring, itertools.count()))


@functools.cache
def _ring(radius: int) -> list[Point]:
    """The points of one ring, the nearest first."""
    square = range(-radius, radius + 1)
    steps = [(i, j) for i in square for j in square if radius - 1 < math.hypot(i, j) <= radius]
    return [(i * STEP, j * STEP) for i, j in sorted(steps, key=lambda s: (math.hypot(*s), s))]


def _pack(drawings: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Set drawings side by side in rows, as text is set in lines."""
    sizes = [
        (
            max(x for x, _ in points) - min(x for x, _ in points) + WIDTH + MARGIN,
            max(y for _, y in points) - min(y for _, y in points) + HEIGHT + MARGIN,
        )
        for points in drawings
    ]
    line = max(
        max((width for width, _ in sizes), default=0.0),
        math.sqrt(ASPECT * sum(width * height for width, height in sizes)),
    )
    left = top = tallest = 0.0
    packed = []
    for points, (width, height) in zip(drawings, sizes, strict=True):
        if left and left + width > line:
            left, top, tallest = 0.0, top + tallest, 0.0
        x0, y0 = min(x for x, _ in points), min(y for _, y in points)
        packed.append([(left + x - x0, top + y - y0) for x, y in points])
        left, tallest = left + width, max(tallest, height)
    return packed
