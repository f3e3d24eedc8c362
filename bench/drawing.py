"""Draws what grows, as SVG: lines on two logarithmic scales."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

COLORS = ("#000000", "#D55E00", "#009E73", "#0072B2", "#CC79A7", "#E69F00", "#56B4E9")
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 440, 64, 28, 250, 52


class Line(NamedTuple):
    """A line through points; the legend tells each name once, and nothing where it is empty."""

    name: str
    color: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False
    stroke: float = 2


def growth(title: str, across: str, up: str, lines: Sequence[Line], least: float) -> str:
    """The text of an SVG file.

    Args:
        title: what it shows, in a line.
        across, up: what the axes measure.
        lines: what is drawn, the first below the others; all numbers above 0.
        least: smaller numbers are drawn as this one, a power of ten.
    """
    spots = [spot for line in lines for spot in line.points]
    x0, x1 = math.floor(math.log10(min(a for a, _ in spots))), math.ceil(math.log10(max(a for a, _ in spots)))
    y0, y1 = round(math.log10(least)), math.ceil(math.log10(max(b for _, b in spots)))

    def x(number: float) -> float:
        return _LEFT + (math.log10(number) - x0) / (x1 - x0) * (_WIDTH - _LEFT - _RIGHT)

    def y(number: float) -> float:
        return _HEIGHT - _BOTTOM - (math.log10(max(number, least)) - y0) / (y1 - y0) * (_HEIGHT - _TOP - _BOTTOM)

    frame = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}" font-family="sans-serif" font-size="12"'
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(x0, x1 + 1):
        at = x(10.0**power)
        drawn.append(f'<path d="M{at:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{at:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(y0, y1 + 1):
        at = y(10.0**power)
        drawn.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{_HEIGHT - 12}" text-anchor="middle">{across}</text>')
    drawn.append(f'<text x="{_LEFT}" y="{_TOP - 10}">{up}</text>')
    for line in lines:
        route = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in sorted(line.points))
        dash = ' stroke-dasharray="5 4"' if line.dashed else ""
        style = f'fill="none" stroke="{line.color}" stroke-width="{line.stroke:g}"{dash}'
        drawn.append(f'<polyline points="{route}" {style}/>')
    legend = {line.name: line for line in lines if line.name}
    for number, line in enumerate(legend.values()):
        at = _TOP + 14 + 20 * number
        drawn.append(f'<path d="M{_WIDTH - _RIGHT + 14} {at - 4}h22" stroke="{line.color}" stroke-width="2"/>')
        drawn.append(f'<text x="{_WIDTH - _RIGHT + 42}" y="{at}">{line.name}</text>')
    return "\n".join([*drawn, "</svg>"]) + "\n"
