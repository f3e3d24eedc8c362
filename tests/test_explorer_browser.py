"""The explorer page in a browser: found, read, followed through time, shared, by mouse, by keyboard and by ear."""

from __future__ import annotations

import functools
import itertools
import json
import random
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import shell
from browsing import Visit, barriers
from pages import EVERY_KIND, HOSTILE, LANTERN, SOURCES, hostile, mock, visits

from graph import moment
from graph.explorer.page import write
from graph.moment import Telling, certainty
from ontology import CONCEPT


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Visit]:
    with visits(chromium, tmp_path) as open_page:
        yield open_page


def shown(page: Any) -> list[str]:
    """The ids of the things in the drawing."""
    return list(page.evaluate("nodeSet.getIds().map(number => data.things[number].id)"))


def state(page: Any, key: str) -> Any:
    return page.evaluate(f"state.{key}")


def until(page: Any, condition: str) -> None:
    """Wait, some seconds at most, until an expression is true of the page; its policy forbids the usual way."""
    page.evaluate(
        f"""async () => {{ for (let frames = 0; !({condition}); frames += 1) {{
          if (frames > 300) throw new Error('it never came to be'); await new Promise(requestAnimationFrame); }} }}"""
    )


def click(page: Any, place: str, **how: Any) -> None:
    """Click the canvas where an expression says, in the coordinates of the drawing."""
    box = page.locator("#canvas").bounding_box()
    at = page.evaluate(f"network.canvasToDOM({place})")
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"], **how)


def spot(thing: str) -> str:
    return f"network.getPosition(data.thing('{thing}'))"


def test_a_walk_through_the_page_and_back(visit: Visit) -> None:
    """Search, select, expand, path, time, map, table, language, share; then back, with each state restored."""
    page = visit(mock())
    page.keyboard.press("/")
    page.keyboard.insert_text("灯坊")
    page.keyboard.press("Enter")
    heading = page.locator("#panel h2")
    assert heading.inner_text() == "Lantern Forge"
    assert page.locator(".actions p").inner_text() == "4 of 5 neighbours shown"
    before = len(shown(page))
    page.get_by_role("button", name="Show 1 more").click()
    assert len(shown(page)) == before + 1
    assert page.locator(".actions p").inner_text() == "5 of 5 neighbours shown"
    page.get_by_role("button", name="Path to…").click()
    page.locator("#search").fill("Tin Sparrow")
    page.keyboard.press("Enter")
    assert "Shortest path: Lantern Forge – Tin Sparrow · 2 steps" in page.locator("#bar").inner_text()
    assert len(shown(page)) == 3
    page.locator("#day").fill("2021-06-30")
    assert state(page, "asOf") == 20210630
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("tab", name="Timeline").click()
    page.locator("#language").click()
    assert page.get_by_role("tab", name="时间线").get_attribute("aria-selected") == "true"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    for key, value in (("view", "table"), ("view", ""), ("asOf", 0), ("path", []), ("open", [])):
        page.go_back()
        until(page, f"String(state.{key}) === String({json.dumps(value)})")
    assert heading.inner_text() == "Lantern Forge"
    assert len(shown(page)) == before
    page.go_forward()
    until(page, "state.open.length === 1")


def test_an_address_gives_the_same_page_again(visit: Visit) -> None:
    page = visit(mock())
    given = {"view": "table", "at": LANTERN, "rows": "facts", "sort": "-from", "asOf": 20240630, "from": 20200101}
    given |= {"language": "zh-hans", "types": ["ranking"], "open": [LANTERN], "hide": ["place/tokyo"], "theme": "dark"}
    page.evaluate("changes => go(changes)", given)
    rows = page.locator("#table tbody tr").all_inner_texts()
    other = visit(mock(), page.evaluate("location.hash"))
    assert {key: state(other, key) for key in given} == given
    assert other.locator("#table tbody tr").all_inner_texts() == rows
    assert other.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(
    "hash", ["#organization/nobody", "#at=%E0%A4%A&view=x&asOf=1&depth=-3", "#path=a,b&at=x", "#=&&"]
)
def test_an_address_of_nothing_chooses_nothing(visit: Visit, hash: str) -> None:
    page = visit(mock(), hash)
    page.get_by_role("heading", name="Headquarters moves").wait_for()
    assert len(shown(page)) == 32


def test_a_click_on_a_node_shows_all_that_is_said_with_its_sources(visit: Visit) -> None:
    page = visit(mock())
    click(page, spot(LANTERN))
    panel = page.locator("#panel")
    panel.get_by_role("heading", name="Lantern Forge").wait_for()
    move = panel.locator(".fact.move").first
    assert "moved its headquarters to" in move.inner_text() and "≠ disputed" in move.inner_text()
    assert move.locator(".when").inner_text() == "2025 · announced"
    assert move.locator(".said").count() == len(EVERY_KIND)
    assert move.locator(".side:not(.against) .said").count() == 1
    against = move.locator(".side.against .said")
    assert "in Hong Kong" in against.inner_text()
    assert move.locator(".apart .said").count() == 2
    assert move.locator(".argued .said").count() == 3
    first = move.locator(".said").first
    assert "Made-up paraphrase 0." in first.inner_text() and "Example Gazette, 9 July 2025" in first.inner_text()
    link = first.locator("a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (SOURCES[0][1], "noopener noreferrer")
    assert "2 more statements are not on this page" in panel.inner_text()


def test_from_a_source_to_all_it_says(visit: Visit) -> None:
    page = visit(mock(), f"#at={LANTERN}")
    page.locator("#panel .cite", has_text="Example Gazette").first.click()
    page.get_by_role("heading", name="A made-up report").wait_for()
    told = page.evaluate("data.sources[0].statements.length")
    assert page.locator("#panel .fact").count() == told
    assert f"{told} of its 40 statements" in page.locator("#panel").inner_text()
    assert page.get_by_role("link", name="Open the document").get_attribute("href") == SOURCES[0][1]


def test_a_click_on_an_edge_shows_its_facts(visit: Visit) -> None:
    page = visit(mock())
    edge = "data.edges.find(edge => edge.facts.includes(0))"
    click(page, f"network.body.edges[{edge}.number].edgeType.getPoint(0.4)")
    page.get_by_role("heading", name="Lantern Forge → Singapore").wait_for()
    assert state(page, "at") == "event/0"


def test_a_second_click_with_shift_finds_the_path(visit: Visit) -> None:
    page = visit(mock())
    click(page, spot(LANTERN))
    page.keyboard.down("Shift")
    click(page, spot("organization/kite-loom"))
    page.keyboard.up("Shift")
    until(page, "state.path.length === 2")
    assert page.locator("#panel h2").inner_text() == "Shortest path: Lantern Forge – Kite Loom"
    assert page.locator("#panel .fact").count() >= 2


def test_focus_shows_a_neighbourhood_and_hide_takes_out(visit: Visit) -> None:
    page = visit(mock(), f"#at={LANTERN}")
    page.get_by_role("button", name="Focus").click()
    assert len(shown(page)) == 6
    page.get_by_role("button", name="2", exact=True).click()
    assert len(shown(page)) > 6
    page.evaluate("go({ at: 'product/lantern-studio' })")
    page.get_by_role("button", name="Hide").click()
    assert "product/lantern-studio" not in shown(page)
    assert "1 hidden by hand" in page.locator("#bar").inner_text()


@pytest.mark.parametrize("words", ["lantern f", "灯坊科", "燈坊", "DENGFANG L", "dengfangk"])
def test_search_by_keyboard_in_every_script(visit: Visit, words: str) -> None:
    page = visit(mock())
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    assert page.get_by_role("option").count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lantern Forge").wait_for()
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#found").is_hidden()


def test_arrow_keys_and_escape_in_search(visit: Visit) -> None:
    page = visit(mock())
    page.locator("#search").fill("on")
    options = page.get_by_role("option")
    count = options.count()
    assert count > 3
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert options.nth(count - 1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden() and page.locator("#search").input_value() == ""
    page.locator("#search").fill("nothing of that name")
    assert page.locator("#found").inner_text() == "Nothing of that name on this page"


def test_the_legend_counts_and_filters(visit: Visit) -> None:
    page = visit(mock())
    places = page.locator("#types li", has_text="Place")
    assert places.locator("small").inner_text() == "6"
    places.locator("input").uncheck()
    assert not any(id.startswith("place/") for id in shown(page))
    page.locator("#relations li", has_text="makes").locator("input").uncheck()
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("button", name="Relations").first.click()
    relations = page.locator("#table tbody td:nth-child(2)").all_inner_texts()
    assert relations and not {"makes", "has headquarters in"} & set(relations)
    assert page.locator("#table caption").inner_text() == f"26 things, {len(relations)} relations shown"


def test_time_narrows_graph_panel_table_and_histogram(visit: Visit) -> None:
    page = visit(mock(), f"#rows=facts&at={LANTERN}")
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


def test_a_day_means_the_same_on_the_page_as_in_the_graph(visit: Visit) -> None:
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
    page = visit(mock())
    found = page.evaluate(
        """cases => { const n = day => Number(day.replaceAll('-', '')); return cases.map(([time, bounds, told, day]) =>
           certainty(time, bounds.map(n), told.map(([published, reached, , status]) =>
             ({ published: n(published), reached: n(reached), status })), n(day))); }""",
        json.loads(json.dumps(cases)),
    )
    assert found == expected
    assert {"certainly", "possibly", ""} == set(expected)


def test_the_table_sorts_and_saves_what_it_shows(visit: Visit, tmp_path: Path) -> None:
    view = mock()
    view["nodes"][1]["label"]["en"] = '=2+3,"x"'
    page = visit(view, "#view=table")
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
def test_pictures_carry_date_coverage_and_sources(visit: Visit, tmp_path: Path, kind: str) -> None:
    page = visit(mock(), "#asOf=2024-12-31")
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


def test_the_map_and_the_timeline_follow_the_state(visit: Visit) -> None:
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
    page = visit(view, "#view=map")
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


def test_a_story_leads_through_its_views(visit: Visit) -> None:
    page = visit(mock())
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
def test_no_labels_overlap_at_any_zoom(visit: Visit, language: str) -> None:
    page = visit(mock(), f"#all=1&language={language}")
    for zoom in (0.3, 0.6, 1.0, 2.0):
        page.evaluate("scale => { network.moveTo({ scale }); network.redraw(); }", zoom)
        boxes = page.evaluate("labels.boxes.map(({ box }) => box)")
        assert boxes
        for a, b in itertools.combinations(boxes, 2):
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_window(visit: Visit, width: int, scheme: str) -> None:
    page = visit(mock(), f"#at={LANTERN}", width, color_scheme=scheme)
    for view in ("graph", "timeline", "table"):
        page.evaluate("view => go({ view })", view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= 860
        box = page.locator(".views").bounding_box()
        assert box["width"] >= min(width, 600) and box["height"] > 400


def test_a_phone_opens_on_the_table_with_the_panel_as_a_sheet(visit: Visit) -> None:
    page = visit(mock(), width=390, height=844)
    assert page.locator("#table").is_visible() and page.locator("#panel").is_hidden()
    page.get_by_role("button", name="Lantern Forge").click()
    assert page.locator("#panel").is_visible()
    page.get_by_role("button", name="Close").click()
    assert page.locator("#panel").is_hidden()


def test_hostile_text_stays_inert(visit: Visit) -> None:
    page = visit(hostile())
    scripts = page.evaluate("document.scripts.length")
    for chosen in ("a" + HOSTILE, HOSTILE, "source/0" + HOSTILE, "source/1" + HOSTILE):
        page.evaluate("id => choose(id)", chosen)
        assert "AT&T 中文 {{7*7}} <!--" in page.locator("#panel h2").inner_text()
        other = visit(hostile(), page.evaluate("location.hash"))
        assert state(other, "at") == chosen
    page.evaluate("id => choose(id)", HOSTILE)
    links = page.locator("#panel a")
    assert {link.get_attribute("href")[:18] for link in links.all()} == {"https://x.example/"}
    page.locator("#search").fill("AT&T")
    assert page.get_by_role("option").count() == 2
    page.keyboard.press("Escape")
    for view in ("map", "timeline", "table", "graph"):
        page.evaluate("view => go({ view, rows: 'facts' })", view)
    page.evaluate("go({ focus: data.things[0].id, depth: 2, asOf: 20250630 })")
    page.evaluate("go({ focus: '', path: data.things.map(({ id }) => id), hide: [], language: 'zh-hans' })")
    page.evaluate("openStory(0)")
    drawn = ElementTree.fromstring(page.evaluate("picture().shown"))
    assert not {"script", "image", "a", "foreignObject"} & {each.tag.rpartition("}")[2] for each in drawn.iter()}
    assert page.evaluate("csv()").count("\r\n=") == 0
    assert page.evaluate("document.scripts.length") == scripts
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.evaluate("hits") == 0


def test_the_policy_stops_what_is_injected(chromium: Any, tmp_path: Path) -> None:
    write(mock(), tmp_path / "page.html")
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate(
        """() => { window.hits = 0; const script = document.createElement('script'); script.textContent = 'hits += 1';
        document.body.append(script); document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="hits += 1">');
        return fetch('http://127.0.0.1:9/').catch(() => {}); }"""
    )
    assert page.evaluate("hits") == 0
    assert not any(address.startswith("http") for address in asked)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, scheme: str) -> None:
    for width, hashes in (
        (1400, ("", f"at={LANTERN}", "view=table&rows=facts", f"view=timeline&at={LANTERN}", "story=made-up&step=1")),
        (390, (f"at={LANTERN}",)),
    ):
        page = visit(mock(), "", width, color_scheme=scheme)
        for hash in hashes:
            page.evaluate("hash => go(decode(hash))", hash)
            assert barriers(page) == [], (hash, width)


def test_everything_is_reached_by_the_keyboard(visit: Visit) -> None:
    page = visit(mock(), f"#at={LANTERN}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.closest('[id]')?.id || ''"))
    assert {"search", "to-graph", "language", "theme", "types", "relations", "canvas", "fit", "told"} <= reached
    page.locator("#to-graph").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#to-table").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "to-table"
    page.locator("#table tbody button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#live").inner_text() == page.locator("#panel h2").inner_text()


def test_the_packaged_graph_in_a_browser(visit: Visit, facts: Path, tmp_path: Path) -> None:
    shell.start(facts, "explore", "-o", "page.html", cwd=tmp_path)
    page = visit(tmp_path / "page.html", "#at=event/manus-hq-to-singapore")
    assert page.locator("#panel .apart .kind").first.inner_text() == "denial"
    page.locator("#search").fill("zhipu")
    assert page.get_by_role("option").first.inner_text().startswith("Zhipu AI")
    page.evaluate("go({ view: 'map', at: '' })")
    page.locator(".moves .arc").first.wait_for()


def test_page_over_http(chromium: Any, tmp_path: Path) -> None:
    write(mock(), tmp_path / "explorer.html")
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/explorer.html#at={LANTERN}")
        page.get_by_role("heading", name="Lantern Forge").wait_for()
        page.close()
    finally:
        server.shutdown()
        server.server_close()
    assert asked == ["/explorer.html"]
