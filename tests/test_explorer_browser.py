"""The explorer page in a browser: found, read, followed, shared, by mouse, by keyboard and by ear."""

from __future__ import annotations

import functools
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import shell
from browsing import Visit, barriers
from pages import EVERY_KIND, HOSTILE, LANTERN, SOURCES, hostile, mock, state

from graph.explorer.page import write


def shown(page: Any) -> list[str]:
    """The ids of the things in the drawing."""
    return list(page.evaluate("nodeSet.getIds().map(number => data.things[number].id)"))


def until(page: Any, condition: str) -> None:
    """Wait, some seconds at most, until an expression is true of the page; its policy forbids the usual way."""
    page.evaluate(
        f"""async () => {{ for (let frames = 0; !({condition}); frames += 1) {{
          if (frames > 300) throw new Error('it never came to be'); await new Promise(requestAnimationFrame); }} }}"""
    )


def click(page: Any, place: str) -> None:
    """Click the canvas where an expression says, in the coordinates of the drawing."""
    box = page.locator("#canvas").bounding_box()
    at = page.evaluate(f"network.canvasToDOM({place})")
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def spot(thing: str) -> str:
    return f"network.getPosition(data.thing('{thing}'))"


def test_a_walk_through_the_page_and_back(explorer: Visit) -> None:
    """Search, select, expand, path, time, map, table, language, share; then back, with each state restored."""
    page = explorer(mock())
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


def test_an_address_gives_the_same_page_again(explorer: Visit) -> None:
    page = explorer(mock())
    given = {"view": "table", "at": LANTERN, "rows": "facts", "sort": "-from", "asOf": 20240630, "from": 20200101}
    given |= {"language": "zh-hans", "types": ["ranking"], "open": [LANTERN], "hide": ["place/tokyo"], "theme": "dark"}
    page.evaluate("changes => go(changes)", given)
    rows = page.locator("#table tbody tr").all_inner_texts()
    other = explorer(mock(), page.evaluate("location.hash"))
    assert {key: state(other, key) for key in given} == given
    assert other.locator("#table tbody tr").all_inner_texts() == rows
    assert other.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(
    "hash", ["#organization/nobody", "#at=%E0%A4%A&view=x&asOf=1&depth=-3", "#path=a,b&at=x", "#=&&"]
)
def test_an_address_of_nothing_chooses_nothing(explorer: Visit, hash: str) -> None:
    page = explorer(mock(), hash)
    page.get_by_role("heading", name="Headquarters moves").wait_for()
    assert len(shown(page)) == 32


def test_a_click_on_a_node_shows_all_that_is_said_with_its_sources(explorer: Visit) -> None:
    page = explorer(mock())
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


def test_from_a_source_to_all_it_says(explorer: Visit) -> None:
    page = explorer(mock(), f"#at={LANTERN}")
    page.locator("#panel .cite", has_text="Example Gazette").first.click()
    page.get_by_role("heading", name="A made-up report").wait_for()
    told = page.evaluate("data.sources[0].statements.length")
    assert page.locator("#panel .fact").count() == told
    assert f"{told} of its 40 statements" in page.locator("#panel").inner_text()
    assert page.get_by_role("link", name="Open the document").get_attribute("href") == SOURCES[0][1]


def test_a_click_on_an_edge_shows_its_facts(explorer: Visit) -> None:
    page = explorer(mock())
    edge = "data.edges.find(edge => edge.facts.includes(0))"
    click(page, f"network.body.edges[{edge}.number].edgeType.getPoint(0.4)")
    page.get_by_role("heading", name="Lantern Forge → Singapore").wait_for()
    assert state(page, "at") == "event/0"


def test_a_second_click_with_shift_finds_the_path(explorer: Visit) -> None:
    page = explorer(mock())
    click(page, spot(LANTERN))
    page.keyboard.down("Shift")
    click(page, spot("organization/kite-loom"))
    page.keyboard.up("Shift")
    until(page, "state.path.length === 2")
    assert page.locator("#panel h2").inner_text() == "Shortest path: Lantern Forge – Kite Loom"
    assert page.locator("#panel .fact").count() >= 2


def test_focus_shows_a_neighbourhood_and_hide_takes_out(explorer: Visit) -> None:
    page = explorer(mock(), f"#at={LANTERN}")
    page.get_by_role("button", name="Focus").click()
    assert len(shown(page)) == 6
    page.get_by_role("button", name="2", exact=True).click()
    assert len(shown(page)) > 6
    page.evaluate("go({ at: 'product/lantern-studio' })")
    page.get_by_role("button", name="Hide").click()
    assert "product/lantern-studio" not in shown(page)
    assert "1 hidden by hand" in page.locator("#bar").inner_text()


@pytest.mark.parametrize("words", ["lantern f", "灯坊科", "燈坊", "DENGFANG L", "dengfangk"])
def test_search_by_keyboard_in_every_script(explorer: Visit, words: str) -> None:
    page = explorer(mock())
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    assert page.get_by_role("option").count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lantern Forge").wait_for()
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#found").is_hidden()


def test_arrow_keys_and_escape_in_search(explorer: Visit) -> None:
    page = explorer(mock())
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


def test_the_legend_counts_and_filters(explorer: Visit) -> None:
    page = explorer(mock())
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


def test_hostile_text_stays_inert(explorer: Visit) -> None:
    page = explorer(hostile())
    scripts = page.evaluate("document.scripts.length")
    for chosen in ("a" + HOSTILE, HOSTILE, "source/0" + HOSTILE, "source/1" + HOSTILE):
        page.evaluate("id => choose(id)", chosen)
        assert "AT&T 中文 {{7*7}} <!--" in page.locator("#panel h2").inner_text()
        other = explorer(hostile(), page.evaluate("location.hash"))
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
def test_axe_finds_nothing(explorer: Visit, scheme: str) -> None:
    for width, hashes in (
        (1400, ("", f"at={LANTERN}", "view=table&rows=facts", f"view=timeline&at={LANTERN}", "story=made-up&step=1")),
        (390, (f"at={LANTERN}",)),
    ):
        page = explorer(mock(), "", width, color_scheme=scheme)
        for hash in hashes:
            page.evaluate("hash => go(decode(hash))", hash)
            assert barriers(page) == [], (hash, width)


def test_everything_is_reached_by_the_keyboard(explorer: Visit) -> None:
    page = explorer(mock(), f"#at={LANTERN}")
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


def test_the_packaged_graph_in_a_browser(explorer: Visit, facts: Path, tmp_path: Path) -> None:
    shell.start(facts, "explore", "-o", "page.html", cwd=tmp_path)
    page = explorer(tmp_path / "page.html", "#at=event/manus-hq-to-singapore")
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
