"""The views of the explorer page: through time, as graph, map, timeline, table and picture, on every screen."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from browsing import Visit
from pages import LANTERN, mock, state

from graph import moment
from graph.moment import Telling, certainty
from ontology import CONCEPT


def test_time_narrows_graph_panel_table_and_histogram(explorer: Visit) -> None:
    page = explorer(mock(), f"#rows=facts&at={LANTERN}")
    lit = "[...document.querySelectorAll('.bar.lit')].reduce((sum, bar) => sum + Number(bar.getAttribute('height')), 0)"
    bars, edges, lines = page.evaluate(lit), page.evaluate("edgeSet.length"), page.locator("#panel .fact").count()
    page.locator("#asOf").focus()
    page.keyboard.press("ArrowLeft")
    last = page.locator("#asOf").get_attribute("aria-valuetext")
    page.keyboard.press("ArrowLeft")
    assert "2024-12-31" < page.locator("#asOf").get_attribute("aria-valuetext") < last
    page.locator("#day").fill("2024-12-31")
    assert page.locator("#asOf").get_attribute("aria-valuetext") == "2024-12-31"
    assert page.evaluate(lit) < bars and page.evaluate("edgeSet.length") < edges
    assert page.locator("#panel .fact").count() < lines
    assert "not on 2024-12-31" in page.locator("#panel").inner_text()
    page.get_by_role("tab", name="Table").click()
    whens = page.locator("#table td:nth-child(4)").all_inner_texts()
    assert whens.count("2025") == 1, "announced, so that the day it was meant for says nothing"
    assert "2025-2026" not in whens
    page.locator("#no-time").click()
    page.locator("#from").focus()
    page.keyboard.press("End")
    whens = page.locator("#table td:nth-child(4)").all_inner_texts()
    assert whens and all(when.endswith(("2025", "2026")) for when in whens)
    assert "1 undated left out" in page.locator("#range").inner_text()


def test_a_day_means_the_same_on_the_page_as_in_the_graph(explorer: Visit) -> None:
    """moment.js against moment.py on the same cases: classes, bounds known or not, tellings with statuses, days."""
    dice = random.Random(11)
    days = ["", "2024-01-01", "2024-06-30", "2024-12-31", "2025-06-30"]
    statuses = ["", "planned", "completed", "blocked", "in-progress"]
    cases = []
    for time, first, last, day in itertools.product(("event", "situation", "record"), days, days, days[1:]):
        told = [
            [dice.choice(days), dice.choice(days), f"s{i}", dice.choice(statuses)] for i in range(dice.randrange(4))
        ]
        told = [[published, reached or published, *rest] for published, reached, *rest in told]
        held = (dice.choice(days), dice.choice(days)) if time == "situation" else (first, last)
        bounds = (first, *held, last) if time == "situation" else (first, last, first, last)
        cases.append((time, bounds, told, day))
    names = ("validFrom", "heldFrom", "heldTo", "validTo")
    expected = []
    for time, bounds, told, day in cases:
        keys = names if time == "situation" else ("notBefore", "notAfter")
        values = {key: (bound,) for key, bound in zip(keys, bounds, strict=False) if bound}
        tellings = [Telling(p, r, s, CONCEPT + status if status else "") for p, r, s, status in told]
        if status := moment.status_on(tellings, day):
            values["status"] = (status,)
        name = {"event": "HeadquartersMove", "situation": "Membership", "record": "Observation"}[time]
        expected.append(certainty(name, values, tellings, day))
    page = explorer(mock())
    found = page.evaluate(
        """cases => { const n = day => Number(day.replaceAll('-', '')); return cases.map(([time, bounds, told, day]) =>
           certainty(time, bounds.map(n), told.map(([published, reached, , status]) =>
             ({ published: n(published), reached: n(reached), status })), n(day))); }""",
        json.loads(json.dumps(cases)),
    )
    assert found == expected
    assert {"certainly", "possibly", ""} == set(expected)


def test_the_table_sorts_and_saves_what_it_shows(explorer: Visit, tmp_path: Path) -> None:
    view = mock()
    view["nodes"][1]["label"]["en"] = '=2+3,"x"'
    page = explorer(view, "#view=table")
    page.get_by_role("button", name="Sort by Name").click()
    names = page.locator("#table tbody th button").all_inner_texts()
    assert names[1:] == sorted(names[1:], key=str.lower)
    assert page.locator("#table thead th").first.get_attribute("aria-sort") == "ascending"
    with page.expect_download() as download:
        page.locator(".tablebar").get_by_role("button", name="Save as CSV").click()
    download.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "id,Name,Other names,Type,Headquarters,Neighbours"
    assert len(lines) == 33
    assert 'organization/paper-crane-ai,"\'=2+3,""x""",纸鹤智能,Organization,Shenzhen,3' in lines


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_pictures_carry_date_coverage_and_sources(explorer: Visit, tmp_path: Path, kind: str) -> None:
    page = explorer(mock(), "#asOf=2024-12-31")
    page.locator("#share summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save as {kind.upper()}").click()
    download.value.save_as(tmp_path / "picture")
    saved = (tmp_path / "picture").read_bytes()
    if kind == "png":
        assert saved.startswith(b"\x89PNG") and len(saved) > 20_000
        return
    text = saved.decode()
    assert "As of 2024-12-31" in text and "4 made-up sources" in text and "Example Gazette" in text
    assert "Lantern Forge" in text and text.count("<path") == page.evaluate("seen.edges.length")


def test_the_map_and_the_timeline_follow_the_state(explorer: Visit) -> None:
    view = mock()
    view["moves"] = {
        "land": "M0 0h9v9z",
        "points": [
            {"id": "place/beijing", "label": {"en": "Beijing", "zh-hans": "北京"}, "x": 0.0, "y": 0.0, "area": False},
            {"id": "place/singapore", "label": {"en": "Singapore"}, "x": 90.0, "y": 90.0, "area": False},
        ],
        "arcs": [
            {"layer": "headquarters", "source": 0, "target": 1, "moves": [{"id": "event/0", "things": [LANTERN]}]}
        ],  # type: ignore[typeddict-item]
        "unplaced": {"headquarters": 0, "people": 0, "capital": 0},
    }
    page = explorer(view, "#view=map")
    arc = page.locator(".moves .arc.headquarters")
    assert "Lantern Forge" in arc.get_attribute("aria-label")
    page.locator("#language").click()
    assert "灯坊科技" in arc.get_attribute("aria-label")
    arc.focus()
    page.keyboard.press("Enter")
    assert state(page, "at") == "event/0"
    page.evaluate("go({ from: 20260101 })")
    assert arc.get_attribute("display") == "none"
    page.evaluate("go({ from: 0, view: 'timeline', language: 'en' })")
    page.get_by_role("heading", name="Timeline of Lantern Forge").wait_for()
    assert page.locator("#timeline .row").count() == page.evaluate(
        "data.things[data.thing(state.at) ?? data.facts[0].source].facts.length"
    )


def test_a_story_leads_through_its_views(explorer: Visit) -> None:
    page = explorer(mock())
    page.get_by_role("button", name="▸ A made-up story").click()
    assert "First look here." in page.locator("#story").inner_text()
    assert page.locator("#panel h2").inner_text() == "Lantern Forge"
    page.get_by_role("button", name="Next").click()
    assert page.locator("#table").is_visible() and "2 of 2" in page.locator("#story").inner_text()
    page.go_back()
    page.locator("#story", has_text="First look here.").wait_for()
    page.get_by_role("button", name="Leave").click()
    assert page.locator("#story").is_hidden()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_labels_overlap_at_any_zoom(explorer: Visit, language: str) -> None:
    page = explorer(mock(), f"#all=1&language={language}")
    for zoom in (0.3, 0.6, 1.0, 2.0):
        page.evaluate("scale => { network.moveTo({ scale }); network.redraw(); }", zoom)
        boxes = page.evaluate("labels.boxes.map(({ box }) => box)")
        assert boxes
        for a, b in itertools.combinations(boxes, 2):
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_window(explorer: Visit, width: int, scheme: str) -> None:
    page = explorer(mock(), f"#at={LANTERN}", width, color_scheme=scheme)
    for view in ("graph", "timeline", "table"):
        page.evaluate("view => go({ view })", view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= 860
        box = page.locator(".views").bounding_box()
        assert box["width"] >= min(width, 600) and box["height"] > 400


def test_a_phone_opens_on_the_table_with_the_panel_as_a_sheet(explorer: Visit) -> None:
    page = explorer(mock(), width=390, height=844)
    assert page.locator("#table").is_visible() and page.locator("#panel").is_hidden()
    page.get_by_role("button", name="Lantern Forge").click()
    assert page.locator("#panel").is_visible()
    page.get_by_role("button", name="Close").click()
    assert page.locator("#panel").is_hidden()
