"""Draws lines over editions, and flows from places to places."""

from __future__ import annotations

from collections import Counter

from graph.drawing.charts import Flows, Slope
from graph.drawing.svg import LINE, SIZE, lines, tag, width, wrap

_THICK = 12.0
"""Pixels of the broadest flow."""


def spread(wanted: list[float], distance: float) -> list[float]:
    """Positions near the wanted ones, in their order, that keep a distance; equal ones go apart evenly.

    >>> spread([10, 10, 50], 8)
    [6.0, 14.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, list[int]]] = []
    for item in order:
        block = (wanted[item], [item])
        while blocks and blocks[-1][0] + (len(blocks[-1][1]) + len(block[1])) * distance / 2 > block[0]:
            middle, items = blocks.pop()
            total = len(items) + len(block[1])
            block = ((middle * len(items) + block[0] * len(block[1])) / total, items + block[1])
        blocks.append(block)
    found = [0.0] * len(wanted)
    for middle, items in blocks:
        for number, item in enumerate(items):
            found[item] = middle + (number - (len(items) - 1) / 2) * distance
    return found


def slope(chart: Slope, room: float) -> tuple[list[str], float]:
    """Lines over editions: the first and the last value of each named at its side; what was drawn, and its height."""
    shown = dict(chart.values)
    side = room * 0.36
    sides = side, room - side
    step = (sides[1] - sides[0]) / max(1, len(chart.editions) - 1)
    heads = [wrap(name, step if 0 < i < len(chart.editions) - 1 else side, 3) for i, name in enumerate(chart.editions)]
    top = max((len(head) for head in heads), default=0) * LINE + 14
    points = [value for _, values in chart.lines for value in values if value is not None]
    low, high = min(points, default=0), max(points, default=1)
    tall = max(120.0, len(chart.lines) * LINE * 3.4)

    def y(value: float) -> float:
        return top + 2.5 * LINE + tall * (1 - (value - low) / ((high - low) or 1))

    drawn = []
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        anchor = "end" if number == 0 else "start" if last else "middle"
        drawn.append(lines(head, sides[0] + number * step, SIZE, "label", anchor))
    bottom = y(low)
    for last in (False, True):
        named = []
        for name, values in chart.lines:
            known = [
                (value, edition) for value, edition in zip(values, chart.editions, strict=True) if value is not None
            ]
            value, edition = known[-1 if last else 0]
            aside = "" if edition == chart.editions[-1 if last else 0] else f" ({edition})"
            named.append((f"{shown[value]} {name}{aside}" if last else f"{name}{aside} {shown[value]}", y(value)))
        texts = [wrap(said, side - 12, 3) for said, _ in named]
        for said, at in zip(texts, spread([at for _, at in named], 3 * LINE + 2), strict=True):
            first = at + SIZE * 0.36 - (len(said) - 1) * LINE / 2
            drawn.append(lines(said, sides[last] + (8 if last else -8), first, "value", "start" if last else "end"))
            bottom = max(bottom, at + 1.5 * LINE)
    for number, (_, values) in enumerate(chart.lines):
        dots = [(sides[0] + i * step, y(value)) for i, value in enumerate(values) if value is not None]
        path = "M" + "L".join(f"{x:.5g} {at:.5g}" for x, at in dots)
        drawn.append(tag("path", d=path, class_=f"line line-{number % 3}"))
        drawn += [tag("circle", cx=x, cy=at, r=4, class_="ring" if number % 2 else "dot") for x, at in dots]
    return drawn, bottom + LINE


def flows(chart: Flows, room: float) -> tuple[list[str], float]:
    """Origins at the left, destinations at the right, each with its count; a line as broad as its flow between.

    A flow of which part is disputed is dashed.
    """
    side = room * 0.34
    sides = side, room - side
    columns: list[list[tuple[str, int]]] = []
    for ends in ([link[0] for link in chart.links], [link[1] for link in chart.links]):
        total: Counter[str] = Counter()
        for name, link in zip(ends, chart.links, strict=True):
            total[name] += link[2]
        columns.append(sorted(total.items(), key=lambda item: (-item[1], item[0])))
    most = max((link[2] for link in chart.links), default=1)
    row = 2 * LINE + 10
    top = LINE + 14
    tall = max(map(len, columns)) * row
    heads = zip(chart.heads, (side - 8, sides[1] + 8), ("end", "start"), strict=True)
    drawn = [lines(wrap(head, side - 8, 1), x, SIZE, "group", anchor) for head, x, anchor in heads]
    free: list[dict[str, float]] = []
    for end, column in enumerate(columns):
        gap = tall / len(column) if column else 0
        middles = {name: top + gap * (n + 0.5) for n, (name, _) in enumerate(column)}
        free.append({name: middles[name] - _THICK * count / most / 2 for name, count in column})
        for name, count in column:
            said = [*wrap(name, side - 20 - width(f" {count:,}"), 2)]
            said[-1] += f" {count:,}"
            first = middles[name] + SIZE * 0.36 - (len(said) - 1) * LINE / 2
            drawn.append(lines(said, sides[end] + (8 if end else -8), first, "label", "start" if end else "end"))
    order = [[name for name, _ in column] for column in columns]
    for start, target, count, settled in sorted(
        chart.links, key=lambda k: (order[0].index(k[0]), order[1].index(k[1]))
    ):
        thick = _THICK * count / most
        one, other = free[0][start] + thick / 2, free[1][target] + thick / 2
        free[0][start] += thick
        free[1][target] += thick
        middle = room / 2
        path = f"M{side:.5g} {one:.5g}C{middle:.5g} {one:.5g} {middle:.5g} {other:.5g} {sides[1]:.5g} {other:.5g}"
        part = "" if settled == count else " disputed"
        drawn.append(tag("path", d=path, class_="flow" + part, stroke_width=max(1.5, thick)))
    return drawn, top + tall
