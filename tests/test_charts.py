"""Figures as SVG: well-formed, and within their frame."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from reported import FIGURES, HOSTILE, LONG

from graph.drawing import draw
from graph.drawing.svg import width, wrap

TAGS = {"svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "text", "tspan", "a"}


@pytest.mark.parametrize("room", [draw.WIDE, draw.NARROW])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_an_svg_whose_parts_stand_within_it(name: str, room: float) -> None:
    root = ET.fromstring(draw.draw(FIGURES[name], "k", HOSTILE, "", room))
    height = float((root.get("viewBox") or "").split()[3])
    for element in root.iter():
        assert element.tag in TAGS
        if element.tag == "rect":
            x, y, length = (float(element.get(key) or 0) for key in ("x", "y", "width"))
            assert x >= 0 and x + length <= room + 0.5 and 0 <= y <= height
        if element.tag == "circle":
            assert 0 <= float(element.get("cx") or -1) <= room and 0 <= float(element.get("cy") or -1) <= height


def test_a_text_is_never_taken_for_narrower_than_it_is() -> None:
    assert width("中文，") == 39
    assert width("iii") < width("MMM")
    assert all(width(line) <= 60 for line in wrap(LONG + "中国大陆以外的榜单", 60, 9))
    assert wrap("Antidisestablishmentarianism", 60)[0].endswith("…")
