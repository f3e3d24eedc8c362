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

# The room of one node, in pixels at zoom 1; labels are laid out by the page, at any zoom.
WIDTH, HEIGHT = 76.0, 50.0
SPARSENESS = 1.9  # area of a drawing over the area of its boxes
ASPECT = 1.3  # its width over its height
MARGIN = 30.0  # between two components
STEP = 11.0  # by which overlapping boxes are moved
RADIUS = 20.0  # of a node, with some air
TRIES = 16  # drawings of a component of up to 60 nodes, of which one is kept; fewer of a larger one


def positions(
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str]],
    seed: int = 1,
    first: Sequence[str] | None = None,
    tries: int = TRIES,
) -> dict[str, Point]:
    """Place nodes by a seeded force layout, so that no two boxes overlap.

    nodes: ids, in any order. edges: pairs of those ids; direction, repetition and
    loops make no difference. seed: another one gives another drawing. first: ids of
    the nodes that make a drawing of their own, by default all; the others then take
    the free places nearest to their neighbours. tries: as TRIES; fewer take less time.
    Returns the centre of every node in pixels at zoom 1, by id in sorted order;
    two centres are WIDTH apart across or HEIGHT apart down, or more.
    Raises KeyError if an edge names an id that is not among the nodes.
    """
    import igraph

    names = sorted(set(nodes))
    index = {name: number for number, name in enumerate(names)}
    pairs = {(index[a], index[b]) for a, b in edges}
    links = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    whole = igraph.Graph(n=len(names), edges=links)
    begun = sorted(index[name] for name in (names if first is None else set(first)))
    graph = whole.induced_subgraph(begun)
    components = sorted(map(sorted, graph.connected_components()), key=lambda c: (-len(c), c))
    igraph.set_random_number_generator(random.Random(seed))
    try:
        drawings = [_draw(graph.induced_subgraph(component), tries) for component in components]
    finally:
        igraph.set_random_number_generator(random)  # igraph's own default
    placed: dict[int, Point] = {}
    for component, points in zip(components, _pack(drawings), strict=True):
        placed.update(zip((begun[i] for i in component), points, strict=True))
    _add(placed, whole)
    return {name: placed[number] for number, name in enumerate(names)}


def _add(placed: dict[int, Point], graph: Any) -> None:
    """Give every node without a place the free one nearest to the middle of its placed neighbours."""
    room = _Room()
    for point in placed.values():
        room.take(point)
    waiting = set(range(graph.vcount())) - placed.keys()
    while waiting:
        near = {i: [placed[n] for n in graph.neighbors(i) if n in placed] for i in waiting}
        ready = sorted((i for i in waiting if near[i]), key=lambda i: (-len(near[i]), i)) or sorted(waiting)
        for i in ready:
            points = near[i] or [(0.0, 0.0)]
            middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
            placed[i] = room.take(room.nearest(middle))
        waiting -= set(ready)


def _draw(graph: Any, tries: int) -> list[Point]:
    """Lay out one connected component: of some drawings, the one with the fewest hidden edges."""
    links = graph.get_edgelist()
    degree = graph.degree()
    # An edge to a hub says little on where its other end belongs.
    weights = [1 / math.sqrt(max(degree[a], degree[b])) for a, b in links]
    count = max(1, min(tries, tries * 60 // graph.vcount()))
    drawings = [
        _separate(_spread(graph.layout_fruchterman_reingold(weights=weights, niter=1500))) for _ in range(count)
    ]
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
    room = _Room()
    for i in order:
        result[i] = room.take(room.nearest(points[i]))
    return result


class _Room:
    """Which places are taken."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def take(self, point: Point) -> Point:
        self._taken[int(point[0] // WIDTH), int(point[1] // HEIGHT)].append(point)
        return point

    def nearest(self, wanted: Point) -> Point:
        """The nearest place where a box is free."""
        x, y = wanted
        places = ((round(x + dx), round(y + dy)) for dx, dy in _offsets())
        return next(place for place in places if self._is_free(*place))

    def _is_free(self, x: int, y: int) -> bool:
        column, row = int(x // WIDTH), int(y // HEIGHT)
        for cell in ((column + i, row + j) for i in (0, -1, 1) for j in (0, -1, 1)):
            for a, b in self._taken.get(cell, ()):
                if abs(x - a) < WIDTH and abs(y - b) < HEIGHT:
                    return False
        return True


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
