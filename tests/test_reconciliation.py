"""The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), asked as OpenRefine asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from folders import THINGS, folder, invested, moved, raised, sat, source
from jsonschema import Draft202012Validator
from serving import served

from graph import limits

TEXT, MANY = {"type": "string"}, {"type": "array"}
TYPE = {"type": "object", "properties": {"id": TEXT, "name": TEXT}, "required": ["id", "name"]}
SERVICE = {"service_url": {"pattern": "^http"}, "service_path": {"pattern": "^/"}}
SUGGESTS = {
    "type": "object",
    "properties": {**SERVICE, "flyout_service_path": {"pattern": r"\$\{id\}"}},
    "required": ["service_url", "service_path", "flyout_service_path"],
}
ON_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "suggest", "preview", "extend"],
    "properties": {
        "versions": {**MANY, "contains": {"const": "0.2"}},
        **dict.fromkeys(("name", "identifierSpace", "schemaSpace", "documentation"), TEXT),
        "defaultTypes": {**MANY, "items": TYPE, "uniqueItems": True, "minItems": 1},
        "view": {"type": "object", "properties": {"url": ON_ID}, "required": ["url"]},
        "suggest": {
            "type": "object",
            "properties": dict.fromkeys(("entity", "type", "property"), SUGGESTS),
            "required": ["entity", "type", "property"],
        },
        "preview": {
            "type": "object",
            "properties": {"url": ON_ID, "width": {"type": "integer"}, "height": {"type": "integer"}},
            "required": ["url", "width", "height"],
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": {"type": "object", "properties": SERVICE}, "property_settings": MANY},
        },
        "batchSize": {"type": "integer"},
    },
}
CANDIDATE = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("id", "name", "description"), TEXT),
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {**MANY, "items": TYPE},
        "features": {**MANY, "items": {"properties": {"id": TEXT, "value": {"type": ["number", "boolean"]}}}},
    },
    "required": ["id", "name", "score"],
}
RESULTS = {
    "type": "object",
    "additionalProperties": {"properties": {"result": {**MANY, "items": CANDIDATE}}, "required": ["result"]},
}
DATE = r"^\d{4}-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12]\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)?$"
CELLS = [
    {"id": TEXT, "name": TEXT},
    {"str": TEXT},
    {"float": {"type": "number"}},
    {"int": {"type": "integer"}},
    {"date": {"type": "string", "pattern": DATE}},
]
CELL = {"oneOf": [{"properties": c, "required": list(c), "additionalProperties": False} for c in CELLS]}
EXTENDED = {
    "type": "object",
    "required": ["rows", "meta"],
    "properties": {
        "meta": {**MANY, "items": {"properties": {"id": TEXT, "name": TEXT, "type": TYPE}, "required": ["id", "name"]}},
        "rows": {"additionalProperties": {"type": "object", "additionalProperties": {**MANY, "items": CELL}}},
    },
}
ACME, BOLT = "organization/acme", "organization/bolt"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    things = [
        {"id": ACME, "label": {"en": "Acme", "zh-hans": "顶点"}, "alias": {"en": ["<b>Apex</b>"]}},
        {"id": "product/acme", "label": {"en": "Acme Chat"}},
        {"id": "organization/other", "label": {"en": "Acme"}},
        *(thing for thing in THINGS if thing != ACME),
    ]
    told = [
        moved(when="2025-06-01"),
        sat("seat"),
        raised("round", amount="about USD 5000000"),
        invested("stake", "bolt"),
        sat("away", about="tenure/other", organization="organization/other", place="place/tokyo"),
    ]
    with served(folder(tmp_path_factory.mktemp("facts"), source("one", *told), things=things)) as (found, _):
        yield found


def checked(response: httpx.Response, schema: dict[str, Any]) -> Any:
    """The answer, if it is what the specification says and any site may read it."""
    assert response.status_code == 200, response.text
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"] == "application/json"
    Draft202012Validator(schema).validate(response.json())
    return response.json()


def match(client: httpx.Client, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The candidates for each query of a batch."""
    batch = {f"q{n}": query for n, query in enumerate(queries)}
    found = checked(client.post("/reconcile", data={"queries": json.dumps(batch)}), RESULTS)
    assert list(found) == list(batch)
    for each in found.values():
        scores = [candidate["score"] for candidate in each["result"]]
        assert scores == sorted(scores, reverse=True)
    return [each["result"] for each in found.values()]


def test_a_project_is_matched_and_extended_as_openrefine_does_it(client: httpx.Client) -> None:
    manifest = checked(client.get("/reconcile"), MANIFEST)
    suggest, base = manifest["suggest"], str(client.base_url).rstrip("/")
    assert {service["service_url"] for service in suggest.values()} == {base}

    # It guesses the type from the first cells, and lets the person choose a column's property.
    guess = match(client, {"query": "Acme", "limit": 3}, {"query": "顶点", "limit": 3}, {"query": "Nobody", "limit": 3})
    assert {t["id"] for found in guess for each in found for t in each["type"]} == {"Organization", "Product"}
    types = client.get(suggest["type"]["service_path"], params={"prefix": "org"}).json()["result"]
    assert [t["id"] for t in types] == ["Organization"]
    assert [t["id"] for t in client.get("/reconcile/suggest/type", params={"prefix": "人"}).json()["result"]] == [
        "Person"
    ]
    offered = client.get(suggest["property"]["service_path"], params={"prefix": "invest"}).json()["result"]
    assert "investor" in [p["id"] for p in offered]

    # Then the rows, with another column as evidence.
    row = {"query": "Acme", "type": "Organization", "type_strict": "should", "limit": 5}
    plain, with_place, with_entity = match(
        client,
        row,
        {**row, "properties": [{"pid": "place", "v": "新加坡"}]},
        {
            **row,
            "properties": [
                {"pid": "investor", "v": {"id": BOLT, "name": "Bolt"}},
                {"pid": "place", "v": ["x", "Singapore"]},
            ],
        },
    )
    assert {c["id"] for c in plain} == {ACME, "organization/other"}
    assert not any(c["match"] for c in plain)
    for found in (with_place, with_entity):
        assert (found[0]["id"], found[0]["match"], found[0]["score"]) == (ACME, True, 100)
        assert found[1]["score"] < 100 and not found[1]["match"]

    # A person looks at what was found.
    preview = client.get(manifest["preview"]["url"].removeprefix(base).replace("{{id}}", "organization%2Facme"))
    assert preview.headers["content-type"].startswith("text/html") and "<h1>Acme</h1>" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    flyout = client.get(suggest["entity"]["flyout_service_path"].replace("${id}", "organization%2Facme")).json()
    assert flyout["id"] == ACME and "Singapore" in flyout["html"]
    view = manifest["view"]["url"].removeprefix(base).replace("{{id}}", "organization%2Facme")
    assert client.get(view, headers={"accept": "text/html"}).status_code == 200
    entities = client.get(suggest["entity"]["service_path"], params={"prefix": "dingd"}).json()["result"]
    assert [(e["id"], e["name"]) for e in entities] == [(ACME, "Acme")]

    # Columns are added from the matched cells.
    service = manifest["extend"]["propose_properties"]
    proposed = client.get(service["service_path"], params={"type": "Organization", "limit": 200}).json()
    asked = ["name", "place", "investor", "amount", "notBefore", "status"]
    assert proposed["type"] == "Organization" and set(asked) <= {p["id"] for p in proposed["properties"]}
    query = {"ids": [ACME, BOLT], "properties": [{"id": name} for name in asked]}
    found = checked(client.post("/reconcile", data={"extend": json.dumps(query)}), EXTENDED)
    assert [m["id"] for m in found["meta"]] == asked
    assert found["meta"][1]["type"] == {"id": "Place", "name": "place"}
    assert found["rows"][ACME] == {
        "name": [{"str": "<b>Apex</b>"}, {"str": "Acme"}, {"str": "頂點"}, {"str": "顶点"}],
        "place": [{"id": "place/beijing", "name": "Beijing"}, {"id": "place/singapore", "name": "Singapore"}],
        "investor": [{"id": BOLT, "name": "organization/bolt"}],
        "amount": [{"str": "about USD 5 million"}],
        "notBefore": [{"date": "2025-06-01T00:00:00Z"}],
        "status": [],
    }
    assert found["rows"][BOLT]["place"] == []


def test_an_identifier_an_iri_and_properties_alone_find_things(client: httpx.Client) -> None:
    by_id, by_iri, by_property = match(
        client,
        {"query": ACME},
        {"query": f"https://w3id.org/chuhai/id/{ACME}"},
        {"properties": [{"pid": "investor", "v": "organization/bolt"}], "type": ["Organization"]},
    )
    assert [found[0]["id"] for found in (by_id, by_iri, by_property)] == [ACME] * 3
    assert by_id[0]["match"] and not by_property[0]["match"]


@pytest.mark.parametrize(
    ("field", "text", "status"),
    [
        ("queries", "{", 400),
        ("queries", "[]", 400),
        ("queries", '{"q0": {"limit": 3}}', 400),
        ("queries", '{"q0": {"query": ""}}', 400),
        ("queries", '{"q0": {"query": "a", "limit": 0}}', 400),
        ("queries", '{"q0": {"query": "a", "properties": "place"}}', 400),
        ("queries", json.dumps({f"q{n}": {"query": "a"} for n in range(limits.SERVE_LISTED + 1)}), 413),
        ("extend", '{"ids": []}', 400),
        ("extend", '{"ids": ["organization/acme"], "properties": [{"id": "nonsense"}]}', 400),
        ("callback", "alert", 400),
    ],
)
def test_what_is_no_query_is_refused(client: httpx.Client, field: str, text: str, status: int) -> None:
    assert client.post("/reconcile", data={field: text}).status_code == status


def test_hostile_names_are_text_in_previews(client: httpx.Client) -> None:
    for path in ("/reconcile/preview", "/reconcile/flyout/entity"):
        assert "<b>Apex" not in client.get(path, params={"id": ACME}).text
    for path in ("/reconcile/preview?id=organization/none", "/reconcile/flyout/type?id=x", "/reconcile/suggest/other"):
        assert client.get(path).status_code == 404
