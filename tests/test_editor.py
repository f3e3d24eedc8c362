"""The SPARQL editor in a browser: examples, parameters, answers and refusals, within its own server alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import Visit, barriers, watched

import queries
from graph.server.editor.page import POLICY, fixed
from ontology import ID

HEYGEN = "organization/heygen"


@pytest.fixture
def visit(chromium: Any, client: httpx.Client) -> Iterator[Visit]:
    """Opens the editor, with fields in its address."""
    editor = client.base_url.join("/sparql/editor")
    with watched(chromium, str(client.base_url), "blob:", unheard=("Failed to load resource",)) as visit:

        def open_page(fields: dict[str, str] | None = None, width: int = 1300, **options: Any) -> Any:
            return visit(str(editor.copy_merge_params(fields or {})), width, **options)

        yield open_page


def text_of(page: Any) -> str:
    return str(page.evaluate("editor.getValue()"))


def write(page: Any, text: str) -> None:
    page.evaluate("text => editor.setValue(text)", text)


def answer(page: Any, query: str) -> Any:
    """The part of the page with the answer, once a query is answered."""
    write(page, query)
    page.get_by_role("button", name="Run").click()
    shown = page.locator("#answer")
    shown.locator("table, pre, .truth, .refusal").wait_for()
    return shown


# Served


def test_a_browser_that_asks_for_the_endpoint_comes_to_the_editor(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", headers={"accept": accept})
    assert (response.status_code, response.headers["location"]) == (303, "/sparql/editor")
    assert client.get("/sparql", headers={"accept": "*/*"}).headers["content-type"] == "text/turtle"
    assert f"{client.base_url.join('/sparql/editor')}" in client.get("/sparql").text


def test_the_page_may_load_from_its_server_alone_and_write_no_code(client: httpx.Client) -> None:
    response = client.get("/sparql/editor")
    assert response.headers["content-security-policy"] == POLICY
    assert "unsafe-eval" not in POLICY and "unsafe-inline" not in POLICY and "http" not in POLICY
    assert "unsafe" not in POLICY.replace("'unsafe-hashes'", "")
    for language, lang in (("en", "en"), ("zh", "zh-Hans")):
        assert f'<html lang="{lang}">' in client.get("/sparql/editor", params={"lang": language}).text
    assert client.get("/sparql/editor", params={"lang": "xx"}).status_code == 400


def test_files_are_kept_under_their_hash_and_nothing_else_is_there(client: httpx.Client) -> None:
    for file in fixed().values():
        response = client.get(file.path)
        assert (response.status_code, response.content) == (200, file.content)
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-type"].startswith(file.media_type)
        assert file.path in client.get("/sparql/editor").text
        for path in (file.path.replace("/fixed/", "/fixed/0"), f"{file.path}/../../../vendor.toml", f"{file.path}%00"):
            assert client.get(path).status_code == 404
    assert b"sourceMappingURL" not in fixed()["yasqe.js"].content


def test_every_named_query_without_needs_runs_as_it_stands(client: httpx.Client) -> None:
    kind = {"content-type": "application/sparql-query"}
    for query in queries.catalogue().values():
        response = client.get("/sparql/editor/text", params={"named": query.name})
        if missing := [p.name for p in query.parameters if p.name not in query.defaults]:
            assert response.status_code == 400 and f"'{missing[0]}'" in response.json()["detail"]
            continue
        assert response.status_code == 200 and not response.text.startswith("#+")
        assert client.post("/sparql", content=response.content, headers=kind).status_code == 200, query.name


def test_values_are_put_in_by_the_binder_and_refused_by_it(client: httpx.Client) -> None:
    def text(**given: str) -> httpx.Response:
        return client.get("/sparql/editor/text", params={"named": "headquarters-on", **given})

    assert f"<{ID}{HEYGEN}>" in text(organization="HeyGen", day="2023-01-01").text
    assert text(organization="> } #", day="2023-01-01").status_code == 404
    assert text(organization="HeyGen", day="yesterday").status_code == 400
    assert text(organization="HeyGen", day="2023-01-01", more="x").status_code == 400
    assert client.get("/sparql/editor/text", params={"named": "../setup"}).status_code == 404


def test_labels_are_told_of_identifiers_of_ours_alone(client: httpx.Client) -> None:
    def post(body: str, **headers: str) -> httpx.Response:
        sent = {"content-type": "application/json", **headers}
        return client.post("/sparql/editor/labels", params={"lang": "zh"}, content=body, headers=sent)

    told = post(json.dumps([ID + "place/singapore", "http://a.example/"]))
    assert told.json() == {ID + "place/singapore": "新加坡"}
    for body in ("[1]", "{}", "no", "[" * 100_000):
        assert post(body).status_code == 400
    assert post("[]", **{"content-type": "text/plain"}).status_code == 400


# Used


def test_an_example_is_found_opened_and_run(visit: Visit) -> None:
    page = visit()
    before = text_of(page)
    page.get_by_role("searchbox", name="Filter the named queries").fill("moves dates sources")
    page.get_by_role("link", name="Headquarters moves, with places").click()
    page.locator(".cm-keyword", has_text="GRAPH").first.wait_for()
    assert "?_" not in text_of(page)
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+Enter")
    link = page.get_by_role("region", name="Rows of the answer").get_by_role("link", name="HeyGen")
    link.wait_for()
    assert link.get_attribute("href") == f"/id/{HEYGEN}"
    assert re.match(r"\d rows, [\d.]+ s", page.locator("#answer .count").inner_text())
    page.get_by_label("Names in place of identifiers").uncheck()
    assert page.locator("#answer tbody").get_by_text("id:place/singapore", exact=True).count() > 0
    page.get_by_role("button", name="Link to this query").click()
    page.get_by_role("status").get_by_text("leads to this query").wait_for()
    assert page.url.endswith("?named=headquarters-moves")
    page.get_by_role("button", name="Query 1", exact=True).click()
    page.locator("#example").wait_for(state="hidden")
    assert text_of(page) == before and page.locator("table").count() == 0
    page.get_by_role("button", name="headquarters-moves", exact=True).click()
    link.wait_for()
    page.reload()
    assert page.locator("#tabs li").count() == 3
    page.get_by_role("button", name="Close headquarters-moves").click()
    page.get_by_role("button", name="Close Query 1").click()
    assert page.locator("#tabs li").count() == 2 and text_of(page) == before


def test_a_parameter_without_default_is_asked_for_with_names_on_offer(visit: Visit) -> None:
    page = visit({"named": "headquarters-on"})
    assert "Needs a value in the form above: organization, day" in text_of(page)
    organization = page.get_by_label("organization")
    assert organization.evaluate("input => document.activeElement === input")
    assert page.locator(".needed").count() == 2
    page.keyboard.type("HeyG")
    page.locator(f"option[value='{HEYGEN}']").wait_for(state="attached")
    organization.fill("HeyGen")
    page.get_by_label("day").fill("2023-01-01")
    page.get_by_role("button", name="Put into the query").click()
    page.locator(".cm-variable-3, .cm-string-2", has_text=HEYGEN).first.wait_for()
    page.get_by_role("button", name="Run").click()
    page.get_by_role("link", name="Los Angeles").first.wait_for()
    page.get_by_role("button", name="Link to this query").click()
    page.get_by_role("status").get_by_text("leads to this query").wait_for()
    assert page.url.endswith("?named=headquarters-on&organization=HeyGen&day=2023-01-01")
    other = visit(dict(httpx.URL(page.url).params))
    other.locator(".CodeMirror", has_text=HEYGEN).wait_for()
    assert text_of(other) == text_of(page)


def test_what_cannot_be_put_in_is_told(visit: Visit) -> None:
    page = visit({"named": "headquarters-on", "organization": "no such thing", "day": "2023-01-01"})
    refusal = page.get_by_role("alert")
    refusal.wait_for()
    assert "404 Not Found" in refusal.inner_text() and "no such thing" in refusal.inner_text()


def test_a_link_leads_to_the_same_query_in_either_language(visit: Visit) -> None:
    page = visit()
    query = "ASK { FILTER('&+%23 <智谱>' != '') } # 1"
    write(page, query)
    page.get_by_role("button", name="Link to this query").click()
    page.get_by_role("status").get_by_text("leads to this query").wait_for()
    page.reload()
    assert text_of(page) == query
    page.get_by_role("link", name="中文").click()
    page.get_by_role("button", name="运行").wait_for()
    assert text_of(page) == query
    assert page.get_by_role("heading", name="总部与搬迁").count() == 1
    page.get_by_role("button", name="运行").click()
    page.locator(".truth", has_text="是").wait_for()
    write(page, "ASK {} #" + "x" * 20_000)
    page.get_by_role("button", name="此查询的链接").click()
    page.get_by_role("status").get_by_text("过长").wait_for()


def test_answers_of_every_kind_are_shown_and_saved(visit: Visit) -> None:
    page = visit()
    assert answer(page, "ASK { ?s a chuhai:Event . FILTER(false) }").inner_text() == "No"
    assert "skos:prefLabel" in answer(page, "CONSTRUCT WHERE { ?s skos:prefLabel ?l }").locator("pre").inner_text()
    many = answer(page, "SELECT ?s ?p { ?s ?p ?o } LIMIT 750")
    assert many.locator("tbody tr").count() == 500 and "The first 500 of 750 rows" in many.inner_text()
    many.get_by_role("button", name="Show 250 more").click()
    assert many.locator("tbody tr").count() == 750
    with page.expect_download() as begun:
        many.get_by_role("button", name="CSV").click()
    assert begun.value.suggested_filename == "answer.csv"
    assert Path(begun.value.path()).read_text(encoding="utf-8").count("\n") == 751


HOSTILE = "<img src=x onerror=hit()><script>hit()</script>{{x}}"


def test_whatever_stands_in_an_answer_is_text(visit: Visit) -> None:
    page = visit()
    literal = json.dumps(HOSTILE)
    values = f"VALUES (?a ?b ?c ?d) {{ ({literal} <javascript:hit()> <https://w3id.org/chuhai/id//a.example/> 1) }}"
    shown = answer(page, f"SELECT ?a ?b ?c ?d {{ {values} }}")
    cells = shown.locator("td")
    assert cells.nth(0).inner_text() == HOSTILE
    assert cells.nth(1).locator("a").count() == 0 and cells.nth(1).inner_text() == "javascript:hit()"
    assert cells.nth(2).locator("a").evaluate("link => link.origin") == page.evaluate("location.origin")
    answer(page, f"CONSTRUCT {{ <http://a.example/> rdfs:label {literal} }} {{}}")
    answer(page, f"SELECT ?{'x' * 40} {{ {HOSTILE} }}")
    page.goto(page.url.partition("?")[0] + "?" + str(httpx.QueryParams({"query": HOSTILE, "named": HOSTILE})))
    page.get_by_role("alert").wait_for()
    assert page.evaluate("hits") == 0 and page.locator("main img").count() == 0


@pytest.mark.parametrize(
    ("query", "title", "words"),
    [
        ("SELECT * { SERVICE <http://a.example/> {} }", "403 Forbidden", "SERVICE is refused"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "413", "LIMIT"),
        ("INSERT DATA { <http://a.example/> a 1 }", "400 Bad Request", "syntax error"),
    ],
)
def test_what_the_server_refuses_is_told_in_its_words(visit: Visit, query: str, title: str, words: str) -> None:
    refusal = answer(visit(), query).get_by_role("alert")
    assert refusal.get_by_role("heading").inner_text().startswith(title) and words in refusal.inner_text()


def test_a_syntax_error_leads_to_its_line(visit: Visit) -> None:
    page = visit()
    refusal = answer(page, "SELECT *\nWHERE {\n  ?s ?p ) \n}")
    assert "line 3, column 11" in refusal.inner_text()
    assert page.locator(".wrong").count() == 1
    page.locator(".parseErrorIcon").hover()
    page.locator(".yasqe_tooltip strong").first.wait_for()
    refusal.get_by_role("button", name="Go to line 3").click()
    assert page.evaluate("[editor.hasFocus(), editor.getCursor().line]") == [True, 2]
    page.keyboard.type("#")
    assert page.locator(".wrong").count() == 0


def test_a_busy_slow_or_missing_server_is_told_of(visit: Visit) -> None:
    page = visit()
    busy = {"title": "Service Unavailable", "status": 503, "detail": "too many requests at once"}
    headers = {"content-type": "application/problem+json", "retry-after": "5"}
    page.route("**/sparql", lambda route: route.fulfill(status=503, body=json.dumps(busy), headers=headers))
    assert answer(page, "ASK {}").inner_text().split("\n\n") == [
        "503 Service Unavailable", "too many requests at once", "It may be asked again in 5 seconds.",
    ]  # fmt: skip
    page.route("**/sparql", lambda route: route.fulfill(status=504, body="<h1>of a gateway</h1>"))
    assert answer(page, "ASK {}").inner_text().split("\n\n") == ["504 Gateway Timeout", "<h1>of a gateway</h1>"]
    page.route("**/sparql", lambda route: route.abort())
    assert "cannot be reached" in answer(page, "ASK {}").inner_text()
    page.unroute_all()
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("status").get_by_text("Stopped.").wait_for()


def test_terms_of_the_ontology_are_completed_with_their_prefix(visit: Visit) -> None:
    page = visit({"lang": "zh"})
    write(page, "SELECT * { ?x a }")
    page.evaluate("editor.focus(); editor.setCursor(0, 15)")
    page.keyboard.type(" headquartersm")
    hints = page.locator(".CodeMirror-hints li")
    hints.first.wait_for()
    assert hints.all_inner_texts() == ["chuhai:HeadquartersMove  总部迁移"]
    page.keyboard.press("Enter")
    page.keyboard.type(" ; chuhai:toPl")
    hints.first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type(" ?y")
    assert "chuhai:HeadquartersMove ; chuhai:toPlace ?y" in text_of(page)
    assert text_of(page).startswith("PREFIX chuhai: <https://w3id.org/chuhai/ontology#>\n")


def test_the_keyboard_leads_into_the_text_and_out_of_it(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "share"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("editor.hasFocus()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1300), ("dark", 1300), ("light", 390)])
def test_the_page_is_accessible_and_fits(visit: Visit, scheme: str, width: int) -> None:
    page = visit({"named": "headquarters-moves"}, width, color_scheme=scheme)
    page.locator(".cm-keyword", has_text="GRAPH").first.wait_for()
    page.get_by_role("button", name="Run").click()
    page.get_by_role("link", name="HeyGen").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page, context={"exclude": [[".CodeMirror"]]}) == []
