"""The drawn map of moves, in a real browser under the page's own kind of policy: what is seen, reached and told."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, watched

from graph import vendor
from graph.explorer import moves
from graph.explorer.moves import Arc, Map, Move
from ontology import vocabulary

FOLDER = Path(moves.__file__).parent
HOSTILE = "</script><img src=x onerror=hit()>\"'\u202e{{7*7}}"
PLACES = ("beijing", "shenzhen", "singapore", "paris", "new-york", "san-francisco", "palo-alto", "san-jose")


def move(name: str, when: str = "2024", **values: Any) -> Move:
    """One move of a made-up organization in a year."""
    told = {
        "id": f"event/{name}",
        "things": [f"organization/{name}"],
        "first": f"{when}-01-01",
        "last": f"{when}-12-31",
    }
    return Move(**{**told, "status": "completed", "disputed": False, "rumoured": False, **values})  # type: ignore[typeddict-item]


def made_up(places: tuple[str, ...] = PLACES) -> Map:
    """A map of eight places and seven arcs, one of them over the edge of the map and one within a place."""

    def arc(layer: Any, source: str, target: str, *told: Move) -> Arc:
        return Arc(layer=layer, source=places.index(source), target=places.index(target), moves=list(told))

    return Map(
        land=vendor.land(),
        points=[moves._point(name) for name in places],
        arcs=[
            arc("headquarters", "beijing", "singapore", move("lantern"), move("crane", "2025", disputed=True)),
            arc("headquarters", "shenzhen", "san-francisco", move("sparrow", "2022")),
            arc("people", "beijing", "san-francisco", move("harbour", "2023")),
            arc("people", "palo-alto", "san-jose", move("river", first="", last="", rumoured=True)),
            arc("capital", "beijing", "beijing", move("kite"), move("ferry")),
            arc("capital", "new-york", "paris", move("salt", "2025")),
        ],
        unplaced={"headquarters": 0, "people": 3, "capital": 0},
    )


def page_of(shown: Map, names: dict[str, str]) -> str:
    """A page with nothing but the map, under a policy that admits only its own script and style."""

    def held(value: object) -> str:
        return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")

    def admitted(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    def read(*files: str) -> str:
        return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in files)

    style = read("style.css", "map.css") + "body { display: block } #map { height: 100vh }"
    script = read("geometry.js", "map.js") + (
        "const given = id => JSON.parse(document.getElementById(id).textContent), names = given('names');"
        "const picked = [], switched = [];"
        "const map = Moves.map(document.getElementById('map'), given('data'), { onPick: ids => picked.push(ids),"
        " onLayers: layers => switched.push(layers), name: id => names[id] || id });"
    )
    policy = f"default-src 'none'; script-src {admitted(script)}; style-src {admitted(style)}"
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Map</title>'
        f'<link rel="icon" href="data:,"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<style>{style}</style><svg id="map"></svg>'
        f'<script type="application/json" id="data">{held(shown)}</script>'
        f'<script type="application/json" id="names">{held(names)}</script><script>{script}</script>'
    )


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Visit]:
    """Opens pages with a map."""
    path = tmp_path / "map.html"
    with watched(chromium, path.as_uri()) as visit:

        def open_page(shown: Map | None = None, names: dict[str, str] | None = None, width: int = 1200) -> Any:
            path.write_text(page_of(shown or made_up(), names or {}), encoding="utf-8")
            page = visit(path.as_uri(), width, 700)
            page.locator(".land[transform]").wait_for()
            return page

        yield open_page


def labels(page: Any, kind: str) -> list[str]:
    """The accessible names of the marks of a kind that are to be seen."""
    found: list[str] = page.evaluate(
        "kind => [...document.querySelectorAll(`.${kind}:not([display])`)].map(e => e.getAttribute('aria-label'))", kind
    )
    return sorted(found)


def view(page: Any) -> str:
    """How far the land is moved and enlarged."""
    return str(page.locator(".land").get_attribute("transform"))


def redrawn(page: Any, before: str) -> None:
    """Wait until the view is another."""
    page.locator(f'.land:not([transform="{before}"])').wait_for()


def press(page: Any, label: str) -> None:
    """Click in the middle of the line of an arc, or on a point, by the beginning of its accessible name."""
    x, y = page.evaluate(
        """label => {
          const mark = document.querySelector(`[aria-label^="${label}"]`);
          const line = mark.querySelector('.line');
          if (!line) { const { x, y, width } = mark.getBoundingClientRect(); return [x + width / 2, y + width / 2]; }
          const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
          const at = line.getScreenCTM();
          return [x + at.e, y + at.f];
        }""",
        label,
    )
    page.mouse.click(x, y)


def test_arcs_and_points_say_what_they_are(visit: Visit) -> None:
    page = visit(names={"organization/lantern": "Lantern Forge"})
    assert labels(page, "arc") == [
        "Capital: New York → Paris, 1 move, 2025: organization/salt",
        "Capital: within Beijing, 2 moves, 2024: organization/kite, organization/ferry",
        "Headquarters: Beijing → Singapore, 2 moves, 2024–2025, disputed: Lantern Forge, organization/crane",
        "Headquarters: Shenzhen → San Francisco, 1 move, 2022: organization/sparrow",
        "People: Beijing → San Francisco, 1 move, 2023: organization/harbour",
        "People: Palo Alto → San Jose, 1 move, no date, rumour: organization/river",
    ]
    assert "Beijing: 0 in, 3 out, 2 within" in labels(page, "point")
    assert page.get_by_text("Not drawn, as a place is not known: People 3").count() == 1


def test_a_click_tells_which_moves_or_which_place(visit: Visit) -> None:
    page = visit()
    press(page, "Headquarters: Beijing")
    press(page, "Singapore")
    assert page.evaluate("picked") == [["event/lantern", "event/crane"], ["place/singapore"]]


def test_the_arrow_keys_reach_every_mark_and_enter_picks_it(visit: Visit) -> None:
    page = visit()
    page.locator('.mark[tabindex="0"]').focus()
    seen = []
    for _ in range(14):
        seen.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
    assert sorted(seen) == sorted([*labels(page, "arc"), *labels(page, "point")])
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == seen[0]
    picked = page.evaluate("picked")
    assert len(picked) == 14
    assert ["event/salt"] in picked
    assert page.locator('.mark[tabindex="0"]').count() == 1


def test_a_range_of_time_leaves_what_can_have_happened_in_it(visit: Visit) -> None:
    page = visit()
    page.evaluate("map.update({ from: '2025', to: '2025' })")
    assert labels(page, "arc") == [
        "Capital: New York → Paris, 1 move, 2025: organization/salt",
        "Headquarters: Beijing → Singapore, 1 move, 2025, disputed: organization/crane",
        "People: Palo Alto → San Jose, 1 move, no date, rumour: organization/river",
    ]
    page.evaluate("map.update({ from: '2023-02-01', to: '2023-03-01', visible: id => id !== 'event/river' })")
    assert labels(page, "arc") == ["People: Beijing → San Francisco, 1 move, 2023: organization/harbour"]
    page.evaluate("map.update({ from: '1999', to: '1999' })")
    assert page.get_by_text("No moves to show here").is_visible()
    page.evaluate("map.update({ from: '', to: '', visible: () => true })")
    assert len(labels(page, "arc")) == 6


def test_layers_are_switched_by_click_and_key_and_the_page_is_told(visit: Visit) -> None:
    page = visit()
    page.get_by_role("switch", name="Capital 3").click()
    page.get_by_role("switch", name="People 2").press("Enter")
    assert page.evaluate("switched") == [["headquarters", "people"], ["headquarters"]]
    assert {label.partition(":")[0] for label in labels(page, "arc")} == {"Headquarters"}
    assert page.get_by_role("switch", name="People 2").get_attribute("aria-checked") == "false"
    assert page.evaluate("picked") == []


def test_the_map_speaks_chinese(visit: Visit) -> None:
    page = visit()
    page.evaluate("map.update({ language: 'zh-hans' })")
    assert "总部：北京 → 新加坡，2 次，2024–2025，有争议：organization/lantern，organization/crane" in labels(
        page, "arc"
    )
    assert page.locator("text.name").filter(has_text="旧金山").count() == 1
    assert page.locator(".note").nth(1).text_content() == "因地点不详未绘出：人员 3"


def test_direction_count_and_certainty_are_drawn(visit: Visit) -> None:
    page = visit()
    drawn = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.arc')].map(arc => {
          const [line, head] = [arc.querySelector('.line'), arc.querySelector('.head')];
          return [arc.getAttribute('aria-label').split(',')[0], {
            d: line.getAttribute('d'), width: +line.getAttribute('stroke-width'),
            dashes: getComputedStyle(line).strokeDasharray,
            head: head.hasAttribute('d') && !head.hasAttribute('display'),
          }];
        }))"""
    )
    one, two = drawn["Headquarters: Shenzhen → San Francisco"], drawn["Headquarters: Beijing → Singapore"]
    assert two["width"] > one["width"]
    assert one["dashes"] == "none" != drawn["People: Palo Alto → San Jose"]["dashes"]
    assert drawn["Capital: New York → Paris"]["d"].count("M") == 2, "it leaves over one edge and comes in at the other"
    assert one["d"].count("M") == 1
    assert [name for name, arc in drawn.items() if not arc["head"]] == ["Capital: within Beijing"]


@pytest.mark.parametrize("width", [1200, 390])
def test_crowded_points_and_their_names_stand_apart(visit: Visit, width: int) -> None:
    places = tuple(sorted(name for name, place in vocabulary().places.items() if place.latitude is not None))
    shown = made_up(places)
    for number in range(len(places)):
        shown["arcs"].append(
            Arc(layer="people", source=number, target=(number + 7) % len(places), moves=[move("many")])
        )
    page = visit(shown, width=width)
    names = page.evaluate(
        """() => [...document.querySelectorAll('text.name:not([display])')].map(name => {
          const { left, top, right, bottom } = name.getBoundingClientRect();
          return [name.textContent, left, top + 2, right, bottom - 2];
        })"""
    )
    assert len(names) >= 8
    for (one, *a), (other, *b) in combinations(names, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), (one, other)
    assert all(left >= 0 and right <= width for _, left, _, right, _ in names)
    if width > 1000:
        dots = page.evaluate(
            "[...document.querySelectorAll('.point circle')].map(c => ['cx', 'cy', 'r'].map(k => +c.getAttribute(k)))"
        )
        assert not [1 for a, b in combinations(dots, 2) if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 < (a[2] + b[2]) ** 2]


def test_closer_and_back(visit: Visit) -> None:
    page = visit()
    before = view(page)
    page.mouse.move(600, 350)
    page.mouse.wheel(0, -300)
    redrawn(page, before)
    closer = view(page)
    page.mouse.down()
    page.mouse.move(700, 400, steps=4)
    page.mouse.up()
    redrawn(page, closer)
    assert page.evaluate("picked") == [], "what is dragged is not picked"
    page.locator('.mark[tabindex="0"]').focus()
    page.keyboard.press("0")
    assert view(page) == before


def test_the_map_fits_whatever_room_it_gets(visit: Visit) -> None:
    page = visit(width=390)
    before = view(page)
    page.set_viewport_size({"width": 1000, "height": 500})
    redrawn(page, before)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.point circle')].map(c => c.getBoundingClientRect()).map(b => [b.x, b.y])"
    )
    assert all(0 < x < 1000 and 30 < y < 470 for x, y in boxes)


def test_hostile_names_are_text(visit: Visit) -> None:
    shown = made_up()
    for point in shown["points"]:
        point["label"] = {"en": HOSTILE, "zh-hans": HOSTILE}
    for arc in shown["arcs"]:
        for each in arc["moves"]:
            each["id"] = each["things"][0] = each["status"] = HOSTILE
    page = visit(shown, {HOSTILE: HOSTILE * 3})
    page.locator('.mark[tabindex="0"]').press("Enter")
    page.evaluate("map.update({ language: 'zh-hans' })")
    assert page.locator("img").count() == 0
    assert page.locator("text.name").first.text_content() == HOSTILE
