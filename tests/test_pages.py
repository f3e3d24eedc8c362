"""The pages of the server: what they say, that their links and anchors lead somewhere, and how a browser takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import barriers, watched
from folders import THINGS, argued, bought, folder, invested, moved, raised, sat, source
from pyoxigraph import RdfFormat, parse
from serving import served

from graph import limits
from graph.drawing.charts import Mark
from graph.reading import Reader
from graph.server.pages.figures import _marks
from graph.server.pages.page import Site
from graph.server.pages.profile import thing
from graph.store import in_memory
from ontology import ID, SOURCE, vocabulary

HOSTILE = "</script><img src=x onerror=hit()>\"'&\u202e"
ACME = {"id": "organization/acme", "label": {"en": "Acme", "zh-hans": "顶点"}, "alias": {"en": ["Apex " + HOSTILE]}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    first = source(
        "first",
        moved("move", when="2025-06", status="completed"),
        sat("seat"),
        raised("round", when="2024-03-05", amount="USD 5000000", paraphrase={"en": HOSTILE, "zh-hans": HOSTILE}),
        invested("stake", "bolt"),
        argued("view", speaker=HOSTILE),
        title={"en": "First " + HOSTILE},
        url="https://first.example/?a=1&b=2",
    )
    rumour = bought("sale", "bolt", "acme", kind="rumour", when="2025", status="planned")
    told = {"en": "No.", "zh-hans": "没有。"}
    denial = bought("no-sale", "bolt", "acme", kind="denial", denies="second#sale", paraphrase=told)
    second = source(
        "second",
        moved("move", when="2024", from_="place/shenzhen"),
        {**rumour, "about": "event/sale"},
        {**denial, "about": "event/sale"},
        {**rumour, "key": "talk", "about": "event/talk"},
        published="undated",
        publisher="organization/gazette",
    )
    things = [ACME, *(thing for thing in THINGS if thing != "organization/acme")]
    facts = folder(tmp_path_factory.mktemp("pages"), first, second, things=things)
    with served(facts) as (client, _):
        yield client


def page(site: httpx.Client, path: str, status: int = 200) -> str:
    found = site.get(path, headers={"accept": "text/html"}, follow_redirects=True)
    assert found.status_code == status, found.text
    assert found.headers["content-type"].startswith("text/html")
    return found.text


def anchors(text: str) -> set[str]:
    return set(re.findall(r' id="([^"]*)"', text))


def data(text: str) -> str:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    return found[1]


def test_every_number_leads_to_its_source_and_back(site: httpx.Client) -> None:
    text = page(site, "/id/organization/acme")
    inside = set(re.findall(r'href="#([^"]+)"', text))
    assert {"source-1", "cite-1", "source-2", "cite-2"} <= inside <= anchors(text)
    assert 'href="/source/first"' in text and 'href="https://first.example/?a=1&amp;b=2"' in text


def test_a_page_says_every_name_and_what_is_joined_to_the_thing(site: httpx.Client) -> None:
    text = page(site, "/id/organization/acme")
    assert "<h1>Acme</h1>" in text and "顶点" in text and "Apex" in text
    drawn = text[text.index('<figure id="graph">') : text.index('<figure id="time">')]
    assert {"/id/organization/bolt", "/id/place/singapore"} <= set(re.findall(r'href="([^"]+)"', drawn))
    assert vocabulary().classes["Investment"].color in drawn
    assert 'href="/explore?focus=organization%2Facme"' in drawn
    assert re.search(r'<svg class="wide" role="group"[^>]* aria-labelledby="graph-wide-title"', drawn)


def test_the_page_of_a_place_says_how_its_name_is_used(site: httpx.Client) -> None:
    assert "来源所称“海外”的市场区域" in page(site, "/id/place/outside-mainland-china?lang=zh")


def test_the_timeline_marks_what_is_disputed_and_what_is_rumour(site: httpx.Client) -> None:
    text = page(site, "/id/organization/acme")
    drawn = text[text.index('<figure id="time">') :]
    drawn = drawn[: drawn.index("</figure>")]
    order = [drawn.index(f'href="/id/event/{name}"') for name in ("acme-round", "sale", "acme-move")]
    assert order == sorted(order)
    assert 'class="other"' in drawn and 'class="rumour"' in drawn and 'class="dot"' in drawn


@pytest.mark.parametrize(
    ("bounds", "lasting", "kinds"),
    [
        (("2025-01-01", "2025-12-31", "2025-01-01", "2025-12-31"), False, ["maybe"]),
        (("2025-03-05", "2025-03-05", "2025-03-05", "2025-03-05"), False, ["dot"]),
        (("", "2025-03-05", "", "2025-03-05"), False, ["open"]),
        (("2020-01-01", "2020-12-31", "2022-01-01", "2022-12-31"), True, ["maybe", "sure", "maybe"]),
        (("2020-01-01", "2020-12-31", "", ""), True, ["maybe", "open"]),
        (("", "2024-12-31", "2024-01-01", ""), True, ["maybe", "open"]),
        (("", "", "", ""), True, []),
    ],
)
def test_a_bar_is_as_wide_as_its_date_is_vague(
    bounds: tuple[str, str, str, str], lasting: bool, kinds: list[str]
) -> None:
    found = _marks(bounds, lasting)
    assert [mark.kind for mark in found] == kinds
    if kinds == ["maybe"]:
        assert found == (Mark("maybe", 2025.0, pytest.approx(2026, abs=0.01)),)


def test_what_only_rumours_and_denials_tell_of_has_a_page_that_says_so(site: httpx.Client) -> None:
    text = page(site, "/id/event/sale")
    assert "Only rumours and denials tell of this" in text
    assert "Only rumours tell of this" in page(site, "/id/event/talk")
    assert "仅有传闻述及此事" in page(site, "/id/event/talk?lang=zh")
    assert 'href="/source/second#no-sale"' in text
    turtle = site.get("/id/event/sale", headers={"accept": "text/turtle"})
    assert {q.subject.value for q in parse(turtle.content, RdfFormat.TURTLE)} == {
        SOURCE + "second#sale",
        SOURCE + "second#no-sale",
    }
    missing = site.get("/id/event/nothing")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


def test_a_wrong_address_leads_on_to_what_may_be_meant(site: httpx.Client) -> None:
    text = page(site, "/id/company/acme", 404)
    assert "Nothing is at id/company/acme" in text and 'href="/id/organization/acme"' in text


def test_an_event_shows_what_is_held_and_each_account_of_it(site: httpx.Client) -> None:
    text = page(site, "/id/event/acme-move")
    assert "Sources disagree on: from place, when." in text
    assert 'href="/source/first#move"' in text and 'href="/source/second#move"' in text
    assert 'href="/id/organization/acme"' in text


def test_a_source_page_resolves_the_iri_of_each_statement(site: httpx.Client) -> None:
    text = page(site, "/source/first")
    assert {"move", "seat", "round", "stake", "view"} <= anchors(text)
    assert 'href="/id/event/acme-move"' in text and 'href="https://first.example/?a=1&amp;b=2"' in text
    second = page(site, "/source/second?lang=zh")
    assert "传闻" in second and "无日期" in second and "lang=zh#sale" in second


def test_the_ontology_page_has_an_anchor_for_every_term(site: httpx.Client) -> None:
    text = page(site, "/ontology")
    words = vocabulary()
    assert {*words.classes, *words.properties} <= anchors(text)
    assert words.properties["toPlace"].definition["en"] in text
    assert set(re.findall(r'href="#([^"]+)"', text)) <= anchors(text)


def test_a_concept_page_counts_what_bears_it(site: httpx.Client) -> None:
    text = page(site, "/concept/completed")
    assert "1 times as status" in text and 'href="/id/event/acme-move"' in text
    assert 'href="/concept/scheme/status"' in text
    assert 'href="/concept/completed"' in page(site, "/concept/scheme/status")


def test_a_page_keeps_the_language_and_the_moment_that_were_asked_for(site: httpx.Client) -> None:
    text = page(site, "/id/organization/acme?lang=zh&as_of=2024-04&known_by=")
    assert 'lang="zh-Hans"' in text and "截至 2024年4月30日" in text
    assert 'href="/id/organization/bolt?lang=zh&amp;as_of=2024-04"' in text
    assert 'href="/id/organization/acme?lang=en&amp;as_of=2024-04"' in text  # the same in English
    assert 'href="/id/event/acme-move' not in text
    held = {q.subject.value for q in parse(data(text).encode(), RdfFormat.JSON_LD)}
    assert ID + "event/acme-round" in held and ID + "event/acme-move" not in held


def test_the_facts_in_a_page_are_those_of_its_data(site: httpx.Client) -> None:
    text = data(page(site, "/id/organization/acme"))
    turtle = site.get("/id/organization/acme", params={"format": "turtle"}).content
    assert {str(q) for q in parse(text.encode(), RdfFormat.JSON_LD)} == {
        str(q) for q in parse(turtle, RdfFormat.TURTLE)
    }


def test_a_search_leads_to_the_thing_or_to_what_may_be_meant(site: httpx.Client) -> None:
    found = site.get("/find", params={"name": "dingdian", "lang": "zh"})
    assert (found.status_code, found.headers["location"]) == (303, "/id/organization/acme?lang=zh")
    assert 'href="/id/organization/acme"' in page(site, "/find?name=ac")
    assert "<img" not in page(site, "/find?name=%3Cimg%20src%3Dx%3E", 404)


def test_a_named_query_is_asked_by_its_form_and_answered_with_links(site: httpx.Client) -> None:
    assert 'href="/queries/moves-by-place?lang=zh"' in page(site, "/queries?lang=zh")
    form = page(site, "/queries/investors-of")
    assert re.search(r'<input name="organization" type="text" value="" required>', form) and "<tbody>" not in form
    asked = page(site, "/queries/investors-of?organization=Acme")
    assert 'href="/id/organization/bolt"' in asked and 'href="/api/queries/investors-of?organization=Acme"' in asked
    unknown = page(site, "/queries/investors-of?organization=%3Cimg%3E", 404)
    assert "nothing here is named" in unknown and "<img" not in unknown
    assert site.get("/queries/none").status_code == 404


def test_the_start_page_counts_what_there_is(site: httpx.Client) -> None:
    text = page(site, "/")
    assert "2 sources make 9 statements." in text
    assert 'href="/id/organization/acme"' in text
    assert "2 个来源共 9 条陈述" in page(site, "/?lang=zh")


def test_more_neighbours_than_are_drawn_are_counted_and_listed(tmp_path: Path) -> None:
    many = [f"organization/fund-{n:02}" for n in range(limits.PAGE_NEIGHBOURS + 3)]
    stakes = [invested(f"stake-{n:02}", f"fund-{n:02}") for n in range(len(many))]
    twice = source("two", invested("stake-14", "fund-14"))
    small = in_memory(folder(tmp_path, source("one", raised("round"), *stakes), twice, things=[*THINGS, *many]))
    _, text = thing(Reader(small), ID + "organization/acme", Site("id/organization/acme", {}))
    assert "12 of the 15 things" in text and "3 more things" in text
    assert all(f'href="/id/{each}"' in text for each in many)
    order = sorted(many, key=lambda each: text.index(f'href="/id/{each}"'))
    assert order[0] == "organization/fund-14"  # two sources tell of it


ASKED = "/queries/investors-of?organization=Acme"
PATHS = ("/id/organization/acme", "/source/first", "/", "/id/event/sale?lang=zh")


@pytest.mark.parametrize(
    ("scheme", "width", "paths"),
    [("light", 1500, (*PATHS, "/ontology", ASKED)), ("dark", 390, PATHS)],
    ids=["desk", "phone"],
)
def test_pages_are_accessible_fit_their_screen_and_hold_hostile_text_as_text(
    site: httpx.Client, chromium: Any, scheme: str, width: int, paths: tuple[str, ...]
) -> None:
    with watched(chromium, str(site.base_url)) as visit:
        for path in paths:
            shown = visit(str(site.base_url).rstrip("/") + path, width, color_scheme=scheme)
            assert barriers(shown) == [], path
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert shown.locator("img").count() == 0
            assert path != PATHS[0] or json.loads(shown.locator("script").text_content())
