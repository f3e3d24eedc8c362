"""The interface keeps what its OpenAPI description says, whatever it is asked (Schemathesis)."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from graph.server.operations import OPERATIONS

CHECKS = [
    not_a_server_error,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.status_code_conformance,
]
PATHS = [*(o.path for o in OPERATIONS), "queries/headquarters-on", "queries/departures", "queries/births"]
NAMES = st.sampled_from(["Manus", "智谱", "organization/heygen", "HeyGne", "place/singapore", "event/manus-launch"])
NAMED = ("name", "q", "start", "end", "organization")


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_the_answer_is_as_described(
    client: httpx.Client, described: dict[str, Any], path: str
) -> None:
    only = {where: item for where, item in described["paths"].items() if where == f"/api/{path}"}
    operation = schemathesis.openapi.from_dict({**described, "paths": only})[f"/api/{path}"]["GET"]

    @settings(
        max_examples=40, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(), st.none() | NAMES, st.none() | NAMES)
    def ask(case: Any, first: str | None, second: str | None) -> None:
        for key in set(NAMED) & set(case.query or {}):
            case.query[key] = (second if key == "end" else first) or case.query[key]
        case.call_and_validate(base_url=str(client.base_url), checks=CHECKS)

    ask()


def test_every_answer_has_a_schema_that_says_more_than_object(described: dict[str, Any]) -> None:
    for path, item in described["paths"].items():
        for status, answer in item["get"]["responses"].items():
            for content in answer.get("content", {}).values():
                assert content["schema"]["required"], (path, status)
    assert json.dumps(described)
