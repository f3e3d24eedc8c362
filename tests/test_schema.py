"""The JSON of a lookup is what its schema says, for everything in the packaged facts."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import folder, raised, source
from jsonschema import Draft202012Validator

import graph as chuhai
from graph.moment import Moment
from graph.profile import SECTIONS, Citation, Line, Profile
from graph.reading import Source
from ontology import vocabulary

SCHEMA = json.loads((shell.ROOT / "docs" / "lookup.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one_and_describes_every_field() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    parts = SCHEMA["$defs"]
    fields = {field.name for field in dataclasses.fields(Profile)}
    assert set(SCHEMA["properties"]) == fields - {"with_things"} | {"with"}
    assert set(parts["line"]["properties"]) == {field.name for field in dataclasses.fields(Line)}
    assert set(parts["citation"]["properties"]) == set(Citation._fields)
    assert set(parts["source"]["properties"]) == set(Source._fields)
    assert set(SCHEMA["properties"]["moment"]["properties"]) == set(Moment._fields)
    assert list(SCHEMA["properties"]["sections"]["properties"]) == list(SECTIONS)
    kinds = {c.name for c in vocabulary().concepts.values() if c.scheme == "statement-kind"}
    assert set(parts["line"]["properties"]["kind"]["enum"]) == {"", *kinds}


@pytest.mark.parametrize(
    "asked",
    [{}, {"lang": "zh"}, {"as_of": "2025-06", "known_by": "2025-09"}],
    ids=["now", "in Chinese", "at another moment"],
)
def test_everything_in_the_packaged_facts_is_valid(asked: dict[str, str]) -> None:
    opened = chuhai.open(**asked)
    things = [row[0] for row in opened.graph.index.execute("SELECT DISTINCT thing FROM names ORDER BY thing")]
    assert len(things) > 500
    for thing in things[:: 5 if asked else 1]:
        data = json.loads(json.dumps(opened.lookup(thing).as_dict()))
        errors = [f"{thing} {error.json_path}: {error.message}" for error in VALID.iter_errors(data)]
        assert errors == []
    opened.close()


def test_a_thing_of_which_nothing_is_told_is_valid(tmp_path: Path) -> None:
    small = folder(tmp_path, source("one", raised(when="2025")))
    for thing in ("organization/acme", "place/singapore", "person/ada", "case/acme", "legal-entity/acme-ltd"):
        data = json.loads(shell.invoke(small, "lookup", thing, "--format", "json").stdout)
        VALID.validate(data)
        assert (data["sources"] == []) == (thing != "organization/acme")


@pytest.fixture(scope="module")
def data(facts: Path) -> Any:
    found = json.loads(shell.invoke(facts, "lookup", "Manus", "--as-of", "2026-01", "-f", "json").stdout)
    VALID.validate(found)
    return found


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """One object of each shape in the data, and one line with other values under it."""
    lines = [line for found in data["sections"].values() for line in found]
    line = next(line for line in lines if line["others"])
    yield from (data, data["moment"], data["sections"], line, line["others"][0], line["citations"][0])
    yield from (data["unsettled"][0], data["arguments"][0], data["sources"][0])


def test_an_unknown_key_is_invalid_anywhere(data: Any) -> None:
    for number, _ in enumerate(objects(data)):
        changed = copy.deepcopy(data)
        list(objects(changed))[number]["unknown"] = ""
        assert not VALID.is_valid(changed)


def test_a_key_that_is_missing_or_of_another_type_is_invalid(data: Any) -> None:
    for number, part in enumerate(objects(data)):
        for key in part:
            changed = copy.deepcopy(data)
            del list(objects(changed))[number][key]
            assert VALID.is_valid(changed) == (part is data["sections"]), key
            changed = copy.deepcopy(data)
            list(objects(changed))[number][key] = object()
            assert not VALID.is_valid(changed), key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing", "Manus"),
        ("role", "nickname"),
        ("way", "guessed"),
        ("moment", {"as_of": "2025-13-01", "known_by": None}),
    ],
)
def test_a_value_outside_of_what_is_listed_is_invalid(data: Any, key: str, value: object) -> None:
    assert not VALID.is_valid({**data, key: value})
