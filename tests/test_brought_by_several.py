"""What several imports bring: each brings all that its table has, whoever came first."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import folder, raised, source
from tables import mapping, statements, write

from graph import names, sources, store
from graph.reading import Reader
from graph.sources import folder as kept
from ontology import expand

COLUMNS = ["ranking", "position", "product"]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return folder(tmp_path / "facts", source("old", raised()))


def listed(facts: Path, slug: str, product: str) -> None:
    """Import a table of one list, which tells of the list and of one place in it."""
    table = write(facts.parent / f"{slug}.csv", COLUMNS, ["top", "1", product])
    assert sources.bring_file(table, "rankings", facts, source=slug).manifest["rows"]["imported"] == 1


def called(facts: Path, thing: str) -> tuple[str, list[str]]:
    """The label of a thing, and its other names."""
    graph = store.in_memory(facts)
    return Reader(graph).labels(expand(thing))["en"], names.other_names(graph.index, thing)


def test_what_one_import_brings_and_another_tells_of_is_brought_again(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(facts, "first", "lantern")
    listed(facts, "second", "kite")
    before = {slug: statements(facts, slug) for slug in ("first", "second")}
    listed(facts, "first", "lantern")
    assert {slug: statements(facts, slug) for slug in before} == before
    store.build(facts)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_every_name_stays_whatever_comes_first(facts: Path, order: tuple[str, str]) -> None:
    named = {"first": "Lantern", "second": "Lantern Labs"}
    for slug in order:
        table = write(facts.parent / f"{slug}.csv", ["id", "name_en"], ["lantern", named[slug]])
        sources.bring_file(table, "organizations", facts, source=slug)
    assert called(facts, "organization/own-lantern") == ("Lantern", ["Lantern Labs"])
    kept.drop(facts / "imports", "first")
    assert called(facts, "organization/own-lantern") == ("Lantern Labs", [])


def test_a_thing_of_the_facts_keeps_its_label_and_gets_the_names_of_an_import(tmp_path: Path, facts: Path) -> None:
    label, _ = called(facts, "organization/acme")
    brought = {"id": "organization/{id}", "label": {"en": "{name}"}}
    table = write(tmp_path / "table.csv", ["id", "name"], ["acme", "ACME Holdings"])
    sources.bring_file(table, mapping(tmp_path, things=[brought]), facts, source="mine")
    assert called(facts, "organization/acme") == (label, ["ACME Holdings"])


def test_a_statement_about_a_thing_that_nobody_brings_is_rejected(tmp_path: Path, facts: Path) -> None:
    told = {"name": "unit", "about": "organization/{org}", "type": "Organization", "unitOf": "organization/daily"}
    table = write(tmp_path / "table.csv", ["org"], ["acme"], ["nobody"])
    done = sources.bring_file(table, mapping(tmp_path, told), facts, source="mine", rejects=tmp_path / "rejects.csv")
    assert done.manifest["rows"] == {"read": 2, "imported": 1, "repaired": 0, "rejected": 1, "duplicate": 0}
    assert "nothing is known of organization/nobody" in (tmp_path / "rejects.csv").read_text(encoding="utf-8")
