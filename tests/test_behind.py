"""`chuhai serve` before a store that someone else runs: its answers, and what it says when that store fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import services
import shell
from serving import served

from ontology import RESOLVED

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


class Relay:
    """Stands between the server and the store; passes on, or fails as told."""

    def __init__(self, store: str) -> None:
        self.store = store
        self.fails = ""
        self.asked: list[str] = []

    def __call__(self, handler: Any) -> None:
        if self.fails == "500":
            services.send(handler, 500, b"out of memory")
            return
        if self.fails == "silence":
            handler.server.released.wait(60)
            return
        query = handler.path.partition("?")[2]
        body = handler.server.requests[-1][3]
        self.asked.append(query + body.decode())
        headers = {k: v for k, v in handler.headers.items() if k in ("Accept", "Content-Type")}
        found = httpx.request(handler.command, f"{self.store}?{query}", content=body, headers=headers, timeout=60)
        cut = found.content[: len(found.content) // 2] if self.fails == "cut" else found.content
        length = len(found.content) if self.fails == "cut" else None
        services.send(handler, found.status_code, cut, length, content_type=found.headers["content-type"])


@pytest.fixture(scope="module")
def behind(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Relay]]:
    with services.oxigraph(tmp_path_factory.mktemp("store")) as store:
        assert shell.invoke(facts, "publish", "--store", store).exit_code == 0
        relay = Relay(store)
        with services.scripted(relay) as front, served(None, "--store", front.address, SERVE_SECONDS=6) as (client, _):
            yield client, relay


def test_every_door_answers_from_the_store(behind: tuple[httpx.Client, Relay], run: Any) -> None:
    client, _ = behind
    here = json.loads(run("query", COUNT, "--format", "json").stdout)[0]["n"]
    for more in ({}, {"default-graph-uri": RESOLVED}):
        found = client.get("/sparql", params={"query": COUNT, **more})
        assert int(found.json()["results"]["bindings"][0]["n"]["value"]) == int(here)
        assert "etag" not in found.headers  # it may change at any time
    turtle = client.get("/sparql", params={"query": "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3"})
    assert turtle.text.count(" a ") >= 1
    assert b"sd:namedGraph" in client.get("/sparql", headers={"accept": "text/turtle"}).content
    assert client.get("/id/organization/heygen", headers={"accept": "text/html"}).status_code == 200
    assert client.get("/api/profile", params={"name": "HeyGen"}).status_code == 200
    assert client.get("/api/queries/counts").json()["rows"]


@pytest.mark.parametrize("text", ["CLEAR ALL", "INSERT DATA { <http://a.example/> a 1 }", "SELECT * { SERVICE ?s {} }"])
def test_nothing_but_queries_is_passed_on(behind: tuple[httpx.Client, Relay], text: str) -> None:
    client, relay = behind
    relay.asked.clear()
    assert client.get("/sparql", params={"query": text}).status_code in (400, 403)
    assert relay.asked == []


@pytest.mark.parametrize(("fails", "words"), [("500", "out of memory"), ("cut", "cut short"), ("silence", "no answer")])
def test_a_store_that_fails_is_told_of_and_nothing_of_it_shown(
    behind: tuple[httpx.Client, Relay], fails: str, words: str
) -> None:
    client, relay = behind
    relay.fails = fails
    try:
        found = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 500"})
        named = found if fails == "silence" else client.get("/api/queries/headquarters-moves")
        page = client.get("/api/profile", params={"name": "HeyGen"})
    finally:
        relay.fails = ""
    for each in (found, named):
        assert each.status_code == 502 and words in each.json()["detail"], each.text
        assert relay.store not in each.text and "etag" not in each.headers
    assert page.status_code == 200  # lookups read the index
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_store_that_fails_at_the_start_is_one_line() -> None:
    with services.scripted(lambda handler: services.send(handler, 500, b"no")) as server:
        line = shell.failure(shell.invoke(Path(), "serve", "--port", "0", "--store", server.address), 1)
    assert "500" in line
