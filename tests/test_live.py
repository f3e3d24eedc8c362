"""The live explorer in a browser: what is not on the page comes from the store, whole and counted right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import Visit, barriers, watched
from folders import folder, invested, moved, raised, sat, source
from serving import served

from graph.networks import every_edge
from graph.store import Graph, in_memory

BUTTERFLY, HEYGEN = "organization/butterfly-effect", "organization/heygen"
HOSTILE = "</script><script>hit()</script><img src=x onerror=hit()>'\""
FUNDS = [f"organization/fund-{number:02}" for number in range(70)]


@pytest.fixture(scope="module")
def funded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts of a company with 70 investors, each with a hostile name, that moved to Singapore in 2025."""
    deals = [
        invested(f"deal-{number}", fund.partition("/")[2], when=str(2016 + number % 9))
        for number, fund in enumerate(FUNDS)
    ]
    things = [{"id": name, "label": {"en": f"{HOSTILE} {name}"}} for name in ("organization/acme", *FUNDS)]
    told = [moved("move", when="2025-05"), raised("round"), sat("seat", since="2025"), *deals]
    written = source("one", *told, title={"en": HOSTILE})
    return folder(tmp_path_factory.mktemp("funded"), written, things=[*things, "organization/daily", "person/ada"])


@pytest.fixture
def visit(chromium: Any) -> Iterator[Visit]:
    """Opens pages of a server."""
    own = ("http://127.0.0.1:", "data:", "blob:")
    with watched(chromium, *own, unheard=("Failed to load resource",)) as visit:
        yield lambda base, address="/explore", **options: visit(str(base).rstrip("/") + address, **options)


def things(page: Any) -> set[str]:
    return set(page.evaluate("data.things.map(({ id }) => id)"))


def shown(page: Any) -> set[str]:
    return set(page.evaluate("nodeSet.getIds().map(number => data.things[number].id)"))


def neighbours(graph: Graph, thing: str) -> set[str]:
    """The other ends of all edges of a thing."""
    ends = [{edge.source, edge.target} for edge in every_edge(graph)]
    return set().union(*(each for each in ends if thing in each)) - {thing}


def edges(graph: Graph, among: set[str]) -> set[str]:
    """The nodes of all edges between things."""
    found = (edge for edge in every_edge(graph) if edge.source != edge.target)
    return {edge.node for edge in found if {edge.source, edge.target} <= among}


def search(page: Any, words: str, found: str) -> None:
    """Type a name, wait until a thing is offered, and take it."""
    page.locator("#search").fill(words)
    page.locator("#found li", has_text=found).first.click()
    page.locator("#panel h2", has_text=found).wait_for()


def test_from_a_neighbourhood_to_all_of_the_store(client: httpx.Client, visit: Visit, graph: Graph) -> None:
    page = visit(client.base_url, f"/explore?focus={BUTTERFLY}")
    page.locator("#panel h2", has_text="Butterfly Effect").wait_for()
    assert things(page) == {BUTTERFLY} | neighbours(graph, BUTTERFLY) == shown(page)
    assert HEYGEN not in things(page)
    before = page.evaluate("data.things.map(({ id, x, y }) => [id, x, y])")
    search(page, "heyg", "HeyGen")
    assert page.locator("#panel .said a").count() > 3
    assert page.locator("#panel .fact.move").count() == 1
    near, there = neighbours(graph, HEYGEN), things(page)
    counted = page.locator(".actions p")
    assert counted.inner_text().startswith(f"{len(near & there)} of {len(near)} neighbours shown")
    page.get_by_role("button", name=f"Show {len(near - there)} more").click()
    counted.get_by_text(f"{len(near)} of {len(near)} neighbours shown").wait_for()
    assert near <= shown(page) and things(page) == there | near
    drawn = set(page.evaluate("data.edges.flatMap(({ facts }) => facts).map(number => data.facts[number].id)"))
    assert edges(graph, things(page)) <= drawn
    rumoured = set(page.evaluate("data.facts.filter(({ rumoured }) => rumoured).map(({ id }) => id)"))
    assert drawn - rumoured == edges(graph, things(page))
    after = page.evaluate("data.things.map(({ id, x, y }) => [id, x, y])")
    assert after[: len(before)] == before
    spots = [tuple(spot) for _, *spot in after]
    assert len(set(spots)) == len(spots)
    profile = page.get_by_role("link", name="All that is known")
    assert client.get(profile.get_attribute("href")).status_code == 200


def test_an_address_brings_back_what_was_opened_and_the_way_back_leads_to_it(
    client: httpx.Client, visit: Visit, graph: Graph
) -> None:
    far = visit(client.base_url, f"/explore?focus={BUTTERFLY}#at=place/mainland-china")
    far.locator("#panel .fact span").get_by_role("button", name="HeyGen", exact=True).first.click()
    far.locator("#panel h2", has_text="HeyGen").wait_for()
    box = far.locator("#canvas").bounding_box()
    spot = far.evaluate(f"network.canvasToDOM(network.getPosition(data.thing('{HEYGEN}')))")
    far.mouse.dblclick(box["x"] + spot["x"], box["y"] + spot["y"])
    far.get_by_role("button", name="Fold").wait_for()
    assert neighbours(graph, HEYGEN) <= shown(far)
    page = visit(client.base_url, f"/explore?focus={BUTTERFLY}#at={HEYGEN}&open={HEYGEN}&language=zh-hans")
    page.locator("#panel h2", has_text="HeyGen").wait_for()
    assert neighbours(graph, HEYGEN) <= shown(page)
    assert page.locator(".actions p").inner_text().startswith("已显示")
    other = visit(client.base_url, f"/explore?focus={BUTTERFLY}#at=event/heygen-hq-to-los-angeles")
    other.locator("#panel h2", has_text="HeyGen → Los Angeles").wait_for()
    search(other, "智谱", "Zhipu AI")
    other.go_back()
    other.locator("#panel h2", has_text="HeyGen → Los Angeles").wait_for()
    lost = visit(client.base_url, "/explore#at=organization/nobody")
    lost.get_by_role("heading", name="Headquarters moves").wait_for()


def test_many_neighbours_come_some_at_a_time_and_hostile_names_stay_text(funded: Path, visit: Visit) -> None:
    graph = in_memory(funded)
    near = neighbours(graph, "organization/acme")
    with served(funded) as (client, _):
        page = visit(client.base_url, "/explore?focus=person/ada")
        search(page, "organization/acme", "organization/acme")
        for before, count in pairwise((0, 30, 60, len(near))):
            page.get_by_role("button", name=f"Show {count - before} more").click()
            page.locator(".actions p", has_text=f"{count} of {len(near)} neighbours shown").wait_for()
            assert len(things(page) & near) == count
        again = visit(client.base_url, f"/explore?focus=person/ada{page.evaluate('location.hash')}")
        again.locator(".actions p", has_text=f"{len(near)} of {len(near)} neighbours shown").wait_for()
        for view in ("map", "timeline", "table", "graph"):
            page.evaluate("view => go({ view, rows: 'facts' })", view)
        assert page.locator("#told img, #told script").count() == 0 == page.evaluate("hits")
        page.evaluate(f"choose('{FUNDS[3]}')")
        page.locator("#panel h2", has_text=FUNDS[3]).wait_for()
        assert HOSTILE in page.locator("#panel h2").inner_text()


def test_at_a_moment_only_what_held_then_comes(funded: Path, visit: Visit) -> None:
    with served(funded) as (client, _):
        page = visit(client.base_url, "/explore?focus=organization/acme&as_of=2019&lang=zh")
        page.locator("#panel h2").wait_for()
        asked = {"of": "organization/acme", "as_of": "2019", "count": "100"}
        answer = client.post("/explore/more", data=asked)
        assert answer.status_code == 200, answer.text
        then = {row[0] for row in answer.json()["packed"]["things"]}
        assert things(page) == then and 20 < len(then) < 50
        assert page.evaluate("state.asOf") == 20191231
        link = page.get_by_role("link", name="全部已知信息")
        assert link.get_attribute("href") == "/id/organization/acme?as_of=2019&lang=zh"


def test_a_server_that_is_busy_or_gone_costs_nothing_and_is_asked_again(facts: Path, visit: Visit) -> None:
    with served(facts) as (client, _):
        page = visit(client.base_url, f"/explore?focus={BUTTERFLY}")
        search(page, "HeyGen", "HeyGen")
        page.route("**/explore/more", lambda route: route.fulfill(status=503, body="no"))
        page.locator(".actions button", has_text="Show").click()
        trouble = page.locator("#trouble")
        trouble.get_by_text("too much to do").wait_for()
        page.unroute("**/explore/more")
        port = str(client.base_url.port)
    before = page.evaluate("JSON.stringify([state, data.things.length, location.hash])")
    trouble.get_by_role("button", name="Try again").click()
    trouble.get_by_text("cannot be reached").wait_for()
    page.locator("#search").fill("Zhip")
    page.locator("#found", has_text="cannot be reached").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("JSON.stringify([state, data.things.length, location.hash])") == before
    with served(facts, "--port", port):
        trouble.get_by_role("button", name="Try again").click()
        page.get_by_role("button", name="Fold").wait_for()
        assert trouble.is_hidden() and page.evaluate("data.things.length") > json.loads(before)[1]


def test_a_name_of_nothing_or_of_a_graph_that_was_renewed_is_told(
    client: httpx.Client, visit: Visit, graph: Graph
) -> None:
    page = visit(client.base_url, "/explore?focus=nothing+of+that+name&lang=zh")
    page.locator("#trouble", has_text="nothing here is named").wait_for()
    assert "未得到" in page.locator("#trouble").inner_text()
    page = visit(client.base_url, f"/explore?focus={BUTTERFLY}")
    page.locator("#panel h2").wait_for()
    page.route("**/explore/search*", lambda route: route.fulfill(json={"found": []}, headers={"etag": 'W/"other"'}))
    page.locator("#search").fill("Zhip")
    page.locator("#found", has_text="renewed").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_live_page_has_no_issue_of_access(client: httpx.Client, visit: Visit, scheme: str) -> None:
    page = visit(client.base_url, f"/explore?focus={BUTTERFLY}", color_scheme=scheme)
    page.locator("#panel h2").wait_for()
    page.evaluate("pending.failed.push({ why: 'made up', action() {} }); followPending()")
    assert barriers(page) == []
    page.locator("#search").focus()
    page.keyboard.insert_text("智谱")
    page.get_by_role("option", name="Zhipu AI").wait_for()
    page.keyboard.press("Enter")
    page.locator("#panel h2", has_text="Zhipu AI").wait_for()
    assert page.evaluate("document.activeElement.id") == "panel"
