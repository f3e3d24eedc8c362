"""Draws a figure as an SVG that a screen reader can read and a style sheet colours; no style and no script in it."""

from __future__ import annotations

from itertools import groupby, pairwise

from graph.drawing.charts import Around, Axis, Chart, Mark, Row, Rows, Slope
from graph.drawing.svg import LINE, SIZE, lines, linked, number, tag, text, width, wrap

WIDE, NARROW = 680.0, 340.0
"""Widths at which every figure is drawn, so that its letters are as large as those of the text on any screen."""

_BAR, _GAP, _EDGE = 15.0, 9.0, 6.0


def draw(chart: Chart, key: str, title: str, description: str, room: float) -> str:
    """A figure as one svg element.

    Args:
        chart: what it shows.
        key: unique on its page; of letters, digits and hyphens.
        title, description: what is read out in its place.
        room: its width in pixels, WIDE or NARROW.
    """
    if isinstance(chart, Rows):
        drawn, height = _rows(chart, key, room)
    elif isinstance(chart, Around):
        from graph.drawing.around import around

        drawn, height = around(chart, room, room == NARROW)
    else:
        from graph.drawing import links

        drawn, height = links.slope(chart, room) if isinstance(chart, Slope) else links.flows(chart, room)
    names = [tag("title", text(title), id=f"{key}-title"), tag("desc", text(description) or " ", id=f"{key}-desc")]
    role = "group" if any(part.startswith("<a") for part in drawn) else "img"  # what is in an image cannot be reached
    return tag(
        "svg", *names, *drawn, class_="narrow" if room == NARROW else "wide", role=role,
        viewBox=f"0 0 {room:g} {height:g}", aria_labelledby=f"{key}-title", aria_describedby=f"{key}-desc",
    )  # fmt: skip


def _rows(chart: Rows, key: str, room: float) -> tuple[list[str], float]:
    above = room == NARROW
    labels = [width(row.label) for row in chart.rows]
    left = 0.0 if above else min(230.0, max(labels, default=0)) + 10
    right = min(max((width(row.value) for row in chart.rows), default=0), room * 0.27) + 14
    ends = [width(label) / 2 for _, label in chart.axis.ticks]
    left, right = max(left, *ends[:1], _EDGE), max(right, *ends[-1:], _EDGE)
    place = _Place(chart.axis, left, room - right)
    drawn, y = _legend(chart.legend, key, room)
    top = y
    for group, rows in groupby(chart.rows, key=lambda row: row.group):
        if group:
            drawn.append(lines(wrap(group, room, 1), 1, y + SIZE, "group"))
            y += LINE + 4
        for row in rows:
            more, y = _row(row, key, place, room, y, above)
            drawn += more
    grid = [tag("path", d=f"M{place(at):.5g} {top:.5g}V{y:.5g}", class_="grid") for at, _ in chart.axis.ticks]
    return [_hatch(key), *grid, *drawn, *_ticks(chart.axis, place, y + SIZE)], y + LINE + 2


class _Place:
    """Where a value of the axis stands in the figure; what lies beyond the axis stands at its end."""

    def __init__(self, axis: Axis, left: float, right: float) -> None:
        self.axis, self.left, self.right = axis, left, right

    def __call__(self, at: float) -> float:
        axis = self.axis
        part = (min(max(at, axis.low), axis.high) - axis.low) / ((axis.high - axis.low) or 1)
        return self.left + part * (self.right - self.left)


def _row(row: Row, key: str, place: _Place, room: float, y: float, above: bool) -> tuple[list[str], float]:
    said = wrap(row.label, room if above else place.left - 10, 3)
    value = wrap(row.value, room - place.right - 8, 3)
    if above:
        drawn = [linked(row.address, lines(said, 1, y + SIZE, "label"))]
        y += len(said) * LINE + 2
        height = max(_BAR, (len(value) - 1) * LINE + _BAR)
    else:
        height = max(_BAR, (max(len(said), len(value)) - 1) * LINE + _BAR)
        first = y + height / 2 - (len(said) - 1) * LINE / 2 + SIZE * 0.36
        drawn = [linked(row.address, lines(said, place.left - 10, first, "label", "end"))]
    middle = y + height / 2
    drawn += [_mark(mark, key, place, middle) for mark in row.marks]
    if row.value:
        first = middle - (len(value) - 1) * LINE / 2 + SIZE * 0.36
        drawn.append(lines(value, place.right + 8, first, "value"))
    return drawn, y + height + _GAP


def _mark(mark: Mark, key: str, place: _Place, middle: float) -> str:
    start, end = place(mark.start), place(mark.end)
    if mark.kind in ("dot", "ring"):
        return f'<circle cx="{number(start)}" cy="{number(middle)}" r="4.5" class="{mark.kind}"/>'
    if mark.kind == "range":
        half = _BAR / 3
        caps = f"M{start:.5g} {middle - half:.5g}v{2 * half:.5g}M{end:.5g} {middle - half:.5g}v{2 * half:.5g}"
        return tag("path", d=f"M{start:.5g} {middle:.5g}H{end:.5g}{caps}", class_="range")
    start = min(start, place.right - 3)
    return _box(mark.kind, key, start, middle - _BAR / 2, max(end - start, 3.0))


def _box(kind: str, key: str, x: float, y: float, length: float) -> str:
    box = f'<rect x="{number(x)}" y="{number(y)}" width="{number(length)}" height="{number(_BAR)}"'
    hatched = f'{box} fill="url(#{key}-hatch)"/>' if kind == "maybe" else ""
    return f'{box} class="{kind}"/>{hatched}'


def _hatch(key: str) -> str:
    line = tag("path", d="M0 6L6 0", class_="hatch")
    return tag("defs", tag("pattern", line, id=f"{key}-hatch", width=6, height=6, patternUnits="userSpaceOnUse"))


def _legend(legend: tuple[tuple[str, str], ...], key: str, room: float) -> tuple[list[str], float]:
    drawn: list[str] = []
    x = y = 0.0
    for kind, words in legend:
        said = wrap(words, room - 32, 3)
        need = 28 + max(map(width, said))
        if x and x + need > room:
            x, y = 0.0, y + LINE + 4
        place = _Place(Axis(0, 1), x + _EDGE, x + 20)
        drawn.append(_mark(Mark(kind, 0.5 if kind in ("dot", "ring") else 0, 1), key, place, y + SIZE * 0.64))
        drawn.append(lines(said, x + 26, y + SIZE, "legend"))
        if len(said) > 1:
            x, y = 0.0, y + LINE * len(said) + 4
        else:
            x += need + 14
    return drawn, y + LINE + 10 if x else y + (6 if legend else 0)


def _ticks(axis: Axis, place: _Place, y: float) -> list[str]:
    """The labels of the axis: all, or every second, third … so that 0 or the first stands among them and none touch."""
    origin = next((n for n, (at, _) in enumerate(axis.ticks) if at == 0), 0)
    kept: tuple[tuple[float, str], ...] = ()
    for step in range(1, len(axis.ticks) + 1):
        kept = axis.ticks[origin % step :: step]
        ends = [(place(at) - width(label) / 2, place(at) + width(label) / 2) for at, label in kept]
        if all(end + 6 <= start for (_, end), (start, _) in pairwise(ends)):
            break
    return [tag("text", text(label), x=place(at), y=y, class_="tick", text_anchor="middle") for at, label in kept]
