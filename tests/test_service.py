"""Pages and data for every thing, the interface for programs, and reconciliation."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from browsing import Tags
from folders import folder, moved, said, source
from pyoxigraph import parse
from serving import served

import queries
from graph import limits
from graph.server.operations import OPERATIONS
from graph.server.sparql import RDF
from ontology import ID

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>'\""


def get(client: httpx.Client, path: str, **params: Any) -> Any:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


DESCRIBED = ("/id/product/manus", "/id/organization/butterfly-effect", "/source/seed-2025-10-24", "/ontology")
NOTHING = (
    *("/id/organization/nobody", "/id/x", "/source/none", "/concept/none", "/id/../../etc/passwd"),
    *("/id/%2e%2e/%2e%2e/etc/passwd", "/id/%00", "/id/a'b", "/api/none", "/api/queries/none"),
)


@pytest.mark.parametrize("path", DESCRIBED)
def test_what_is_known_comes_as_data_in_every_format(client: httpx.Client, path: str) -> None:
    found = set()
    for media in RDF:
        response = client.get(path, headers={"accept": media})
        assert (response.status_code, response.headers["content-type"]) == (200, media)
        found.add(len(set(map(str, parse(response.content, format=RDF[media])))))
    assert len(found) == 1 and found.pop() > 0


def test_a_browser_gets_a_page_with_sources_disagreements_and_the_same_facts(client: httpx.Client) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    response = client.get("/id/organization/butterfly-effect", headers=browser)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Tags(response.text)
    assert "≠" in response.text or "≈" in response.text
    assert any(link.startswith("https://") for link in page.values("href"))
    assert "/id/product/manus" in page.values("href")
    told = client.get("/id/organization/butterfly-effect", params={"format": "ntriples"}).content
    (data,) = page.texts["script"]
    assert set(map(str, parse(data, format=RDF["application/ld+json"]))) == set(
        map(str, parse(told, format=RDF["application/n-triples"]))
    )


def test_every_link_of_ours_on_a_page_leads_somewhere(client: httpx.Client) -> None:
    for start in ("/", "/id/product/manus", "/source/seed-2025-10-24", "/concept/fact"):
        page = Tags(client.get(start, headers={"accept": "text/html"}).text)
        ours = sorted({link.partition("#")[0] for link in page.values("href") if link.startswith("/")})[:40]
        assert ours
        for link in ours:
            assert client.get(link, follow_redirects=True).status_code == 200, (start, link)


def test_a_page_in_chinese_and_at_a_moment(client: httpx.Client) -> None:
    page = client.get("/id/product/manus", params={"lang": "zh", "as_of": "2025-01", "format": "html"}).text
    assert 'lang="zh-Hans"' in page and "总部" in page and "as_of=2025-01" in page


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    thing = {"id": "organization/acme", "label": {"en": HOSTILE}}
    things = [thing, *(f"organization/{slug}" for slug in ("bolt", "daily"))]
    written = folder(tmp_path, source("one", moved(), said("two", about="event/x", type="HeadquartersMove",
        organization="organization/bolt", to="place/singapore"), title={"en": HOSTILE}), things=things)  # fmt: skip
    with served(written) as (client, _):
        for path in ("/id/organization/acme", "/source/one", "/id/event/acme-move", "/id/place/singapore"):
            response = client.get(path, headers={"accept": "text/html"})
            assert response.status_code == 200
            page = Tags(response.text)
            assert "img" not in page.names()
            (data,) = page.texts["script"]
            json.loads(data)
        assert client.get("/api/search", params={"q": HOSTILE}).json()["results"][0]["label"] == HOSTILE


@pytest.mark.parametrize("path", NOTHING)
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers={"accept": "text/html"}).status_code == 404


def test_a_name_leads_to_its_page(client: httpx.Client) -> None:
    response = client.get("/find", params={"name": "蝴蝶效应"})
    assert (response.status_code, response.headers["location"]) == (303, "/id/organization/butterfly-effect")
    assert client.get("/find", params={"name": "qqqqzzzz"}).status_code == 404


# /api


def test_names_in_every_script_are_found(client: httpx.Client) -> None:
    for name in ("HeyGen", "heygen", "诗云科技", "HeyGne"):
        assert get(client, "/api/search", q=name)["results"][0]["id"] == "organization/heygen", name
    assert all(r["id"].startswith("place/") for r in get(client, "/api/search", q="Singapore", kind="place")["results"])


def test_a_profile_is_as_its_schema_says(client: httpx.Client) -> None:
    schema = json.loads((Path(__file__).parents[1] / "docs" / "lookup.schema.json").read_text(encoding="utf-8"))
    for more in ({}, {"lang": "zh"}, {"as_of": "2025-01", "known_by": "2025-12"}):
        jsonschema.validate(get(client, "/api/profile", name="Manus", **more), schema)


def test_neighbours_come_page_by_page(client: httpx.Client) -> None:
    whole = get(client, "/api/neighbours", name="HeyGen", limit=200)
    assert whole["count"] == len(whole["neighbours"]) > 2
    pages = [get(client, "/api/neighbours", name="HeyGen", limit=1, offset=n) for n in range(whole["count"])]
    assert [n for page in pages for n in page["neighbours"]] == whole["neighbours"]
    assert all(n["through"] for n in whole["neighbours"])


def test_a_path_leads_from_one_end_to_the_other_through_nodes_that_have_pages(client: httpx.Client) -> None:
    first, *_ = get(client, "/api/path", start="product/manus", end="HeyGen", steps=5)["paths"]
    assert (first[0]["start"], first[-1]["end"]) == ("product/manus", "organization/heygen")
    assert all(a["end"] == b["start"] for a, b in pairwise(first))
    for node in (node for step in first for node in step["through"]):
        assert client.get(f"/id/{node}", params={"format": "turtle"}).status_code == 200


@pytest.mark.parametrize("name", ["headquarters-moves", "headquarters-on", "counts"])
def test_a_named_query_gives_the_rows_of_the_command(client: httpx.Client, run: Any, name: str) -> None:
    given = {"organization": "HeyGen", "day": "2025-01-01"} if name == "headquarters-on" else {}
    found = get(client, f"/api/queries/{name}", **given)
    told = json.loads(run("query", name, *(f"{k}={v}" for k, v in given.items()), "--format", "json").stdout)
    assert [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]] == told


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("profile", {}, 400),
        ("profile", {"name": ""}, 400),
        ("profile", {"name": "qqqqzzzz"}, 404),
        ("profile", {"name": "Manus", "lang": "fr"}, 400),
        ("profile", {"name": "Manus", "as_of": "yesterday"}, 400),
        ("profile", {"name": "Manus", "unknown": "1"}, 400),
        ("search", {"q": "a", "limit": "0"}, 400),
        ("search", {"q": "a", "limit": "٣"}, 400),
        ("search", {"q": "a", "limit": str(limits.SERVE_LISTED + 1)}, 400),
        ("neighbours", {"name": "Manus", "offset": "-1"}, 400),
        ("path", {"start": "Manus", "end": "Manus"}, 400),
        ("path", {"start": "Manus", "end": "HeyGen", "hubs": "yes"}, 400),
        ("queries/headquarters-on", {"day": "soon"}, 400),
        ("queries/headquarters-on", {"day": "2025-01-01", "x": "1"}, 400),
    ],
)
def test_a_wrong_call_has_its_status(client: httpx.Client, path: str, params: dict[str, str], status: int) -> None:
    response = client.get(f"/api/{path}", params=params)
    assert (response.status_code, response.json()["status"]) == (status, status)


def test_the_interface_describes_all_of_itself(client: httpx.Client) -> None:
    described = get(client, "/api/openapi.json")
    expected = {o.path for o in OPERATIONS} | {f"queries/{name}" for name in queries.catalogue()}
    assert set(described["paths"]) == {f"/api/{path}" for path in expected}
    for path, item in described["paths"].items():
        given = {p["name"]: p["schema"].get("default", _EXAMPLES.get(p["name"])) for p in item["get"]["parameters"] if
                 p.get("required")}  # fmt: skip
        if None not in given.values():
            assert client.get(path, params=given).status_code in (200, 404), path


_EXAMPLES = {"name": "Manus", "q": "Manus", "start": "Manus", "end": "Singapore", "day": "2025-01-01", "year": "2025",
             "organization": "HeyGen", "place": "Singapore", "product": "Manus"}  # fmt: skip


def test_every_limit_is_shown(client: httpx.Client) -> None:
    found = get(client, "/limits")
    assert {name for name in vars(limits) if name.isupper()} == set(found)
    assert found["SERVE_SECONDS"]["value"] == limits.SERVE_SECONDS and found["SERVE_SECONDS"]["meaning"]


# Reconciliation, as OpenRefine asks


def test_a_column_of_names_is_reconciled(client: httpx.Client) -> None:
    manifest = get(client, "/reconcile")
    assert manifest["versions"] == ["0.2"] and manifest["identifierSpace"] == ID and manifest["name"]
    assert {"id": "Organization", "name": "organization"}.keys() == manifest["defaultTypes"][0].keys()
    batch = {
        "q0": {"query": "HeyGen", "type": "Organization", "limit": 3},
        "q1": {"query": "蝴蝶效应", "type_strict": "should"},
        "q2": {"query": "HeyGne"},
        "q3": {"query": "qqqqzzzz"},
        "q4": {"query": "HeyGen", "type": "Person"},
    }
    found = client.post("/reconcile", data={"queries": json.dumps(batch)}).json()
    assert found == client.get("/reconcile", params={"queries": json.dumps(batch)}).json()
    assert set(found) == set(batch)
    assert (found["q0"]["result"][0]["id"], found["q0"]["result"][0]["match"]) == ("organization/heygen", True)
    assert found["q1"]["result"][0]["id"] == "organization/butterfly-effect"
    assert (found["q2"]["result"][0]["id"], found["q2"]["result"][0]["match"]) == ("organization/heygen", False)
    assert found["q3"]["result"] == [] == found["q4"]["result"]
    view = manifest["view"]["url"].replace("{{id}}", found["q0"]["result"][0]["id"])
    assert httpx.get(view).status_code == 200
    suggest = manifest["suggest"]["entity"]
    shown = httpx.get(suggest["service_url"] + suggest["service_path"], params={"prefix": "HeyG"}).json()
    assert shown["result"][0]["id"] == "organization/heygen"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"q": 1}', '{"q": {"query": 5}}', '{"q": {"query": "a", "limit": 0}}', "[" * 9999]
)
def test_a_wrong_batch_is_refused(client: httpx.Client, text: str) -> None:
    response = client.post("/reconcile", data={"queries": text})
    assert response.status_code == 400 and re.search("quer", response.json()["detail"])
