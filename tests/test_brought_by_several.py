"""What several imports bring: one of them has it written down, and the others lean on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import folder, raised, source
from tables import mapping, statements, write

from graph import sources, store
from graph.errors import UsageError
from graph.sources import folder as kept

COLUMNS = ["ranking", "position", "product"]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return folder(tmp_path / "facts", source("old", raised()))


def listed(facts: Path, slug: str, product: str) -> None:
    """Import a table of one list, which tells of the list and of one place in it."""
    table = write(facts.parent / f"{slug}.csv", COLUMNS, ["top", "1", product])
    assert sources.bring_file(table, "rankings", facts, source=slug).manifest["rows"]["imported"] == 1


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


def test_an_import_that_brings_what_another_tells_of_stays(facts: Path) -> None:
    listed(facts, "first", "lantern")
    listed(facts, "second", "kite")
    with pytest.raises(UsageError, match="'second' speaks of ranking/own-top"):
        kept.drop(facts / "imports", "first")
    kept.drop(facts / "imports", "second")
    kept.drop(facts / "imports", "first")


def test_what_an_import_no_longer_brings_and_another_tells_of_is_not_taken_away(facts: Path) -> None:
    listed(facts, "first", "lantern")
    listed(facts, "second", "kite")
    table = write(facts.parent / "other.csv", COLUMNS, ["bottom", "1", "lantern"])
    with pytest.raises(UsageError, match="'second' speaks of ranking/own-top"):
        sources.bring_file(table, "rankings", facts, source="first")


def test_a_statement_about_a_thing_that_nobody_brings_is_rejected(tmp_path: Path, facts: Path) -> None:
    told = {"name": "unit", "about": "organization/{org}", "type": "Organization", "unitOf": "organization/daily"}
    table = write(tmp_path / "table.csv", ["org"], ["acme"], ["nobody"])
    done = sources.bring_file(table, mapping(tmp_path, told), facts, source="mine", rejects=tmp_path / "rejects.csv")
    assert done.manifest["rows"] == {"read": 2, "imported": 1, "repaired": 0, "rejected": 1, "duplicate": 0}
    assert "nothing is known of organization/nobody" in (tmp_path / "rejects.csv").read_text(encoding="utf-8")
