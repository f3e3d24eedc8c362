"""A thing in the middle and its neighbours around it, each named, with what joins them."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

from graph.drawing.charts import Around, Neighbour
from graph.drawing.svg import LINE, SIZE, attribute, lines, linked, tag, wrap

_HALF = 76.0
"""Half the width of the box in the middle."""

_REACH = 128.0, 152.0
"""How far from the middle the outermost and the innermost neighbours of a side stand."""

_GAP = 12.0
_DOT = 7.0


def _corners(count: int, turn: float, *far: float) -> tuple[tuple[float, float], ...]:
    """The corners of a shape around its middle, from an angle off the top on; `far` are distances in radii, in turn."""
    at = [(turn + 2 * pi * n / count, _DOT * far[n % len(far)]) for n in range(count)]
    return tuple((length * sin(angle), -length * cos(angle)) for angle, length in at)


_SHAPES = {
    "square": _corners(4, pi / 4, 1.25),
    "box": _corners(4, pi / 4, 1.25),
    "diamond": _corners(4, 0, 1.25),
    "triangle": _corners(3, 0, 1.25),
    "triangleDown": _corners(3, pi, 1.25),
    "hexagon": _corners(6, 0, 1.1),
    "star": _corners(10, 0, 1.3, 0.6),
}
"""Corners by the shapes of vis-network that the ontology names."""


def around(chart: Around, room: float, narrow: bool) -> tuple[list[str], float]:
    """The figure: two sides of neighbours, or a list of them on a narrow screen; what was drawn, and its height."""
    return _listed(chart, room) if narrow else _two_sides(chart, room)


def _two_sides(chart: Around, room: float) -> tuple[list[str], float]:
    count = len(chart.neighbours)
    sides = chart.neighbours[: (count + 1) // 2], chart.neighbours[(count + 1) // 2 :]
    free = room / 2 - _REACH[1] - _DOT - 8
    texts = [[_texts(each, free) for each in side] for side in sides]
    tall = [sum(len(text) * LINE + _GAP for text in side) for side in texts]
    title = wrap(chart.label, 2 * _HALF - 16, 3)
    height = max(*tall, len(title) * LINE + 24) + 4
    middle = room / 2, height / 2
    edges, nodes = [], []
    for side, found, own, sign in zip(sides, texts, tall, (1, -1), strict=True):
        y = middle[1] - own / 2
        for each, text in zip(side, found, strict=True):
            deep = len(text) * LINE + _GAP
            at = y + deep / 2
            off = (at - middle[1]) / (height / 2)
            x = middle[0] + sign * (_REACH[0] + (_REACH[1] - _REACH[0]) * sqrt(max(0.0, 1 - off * off)))
            start = middle[0] + sign * _HALF
            bend = (start + x) / 2
            path = f"M{start:.5g} {middle[1]:.5g}C{bend:.5g} {middle[1]:.5g} {bend:.5g} {at:.5g} {x:.5g} {at:.5g}"
            edges.append(_edge(each, path))
            nodes.append(_named(each, text, x, at, sign))
            y += deep
    return [*edges, _box(title, middle[0] - _HALF, middle[1], 2 * _HALF), *nodes], height


def _listed(chart: Around, room: float) -> tuple[list[str], float]:
    title = wrap(chart.label, room - 24, 3)
    top = len(title) * LINE + 16
    edges, nodes = [], []
    y, stem = top + _GAP, top
    for each in chart.neighbours:
        text = _texts(each, room - 60)
        deep = len(text) * LINE + _GAP
        at = y + deep / 2
        edges.append(_edge(each, f"M16 {at - 14:.5g}Q16 {at:.5g} 30 {at:.5g}H40"))
        stem = at - 14
        nodes.append(_named(each, text, 40, at, 1))
        y += deep
    trunk = tag("path", d=f"M16 {top:.5g}V{stem:.5g}", class_="grid")
    return [trunk, *edges, _box(title, 1, top / 2, room - 2), *nodes], y + 4


def _texts(each: Neighbour, free: float) -> list[str]:
    """The lines of a neighbour: its label, then what joins it."""
    return [*wrap(each.label, free, 2), *wrap(each.caption, free, 1)]


def _edge(each: Neighbour, path: str) -> str:
    kind = "tie disputed" if each.disputed else "tie"
    return f'<path d="{path}" class="{kind}" stroke="{attribute(each.edge_color)}"/>'


def _named(each: Neighbour, text: list[str], x: float, y: float, sign: int) -> str:
    beside = x + sign * (_DOT + 7)
    first = y + SIZE * 0.36 - (len(text) - 1) * LINE / 2
    anchor = "start" if sign > 0 else "end"
    label = lines(text[:-1], beside, first, "label", anchor)
    caption = lines(text[-1:], beside, first + (len(text) - 1) * LINE, "legend", anchor)
    return linked(each.address, _shape(each.shape, each.color, x, y), label, caption)


def _shape(name: str, color: str, x: float, y: float) -> str:
    if name not in _SHAPES:
        return tag("circle", cx=x, cy=y, r=_DOT, fill=color, class_="node")
    path = "L".join([f"{x + right:.5g} {y + down:.5g}" for right, down in _SHAPES[name]])
    return f'<path d="M{path}Z" fill="{attribute(color)}" class="node"/>'


def _box(title: tuple[str, ...], x: float, middle: float, length: float) -> str:
    deep = len(title) * LINE + 14
    frame = tag("rect", x=x, y=middle - deep / 2, width=length, height=deep, rx=8, class_="middle")
    first = middle + SIZE * 0.36 - (len(title) - 1) * LINE / 2
    return frame + lines(title, x + length / 2, first, "group", "middle")
