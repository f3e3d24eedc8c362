"""Imports beside the facts: built with them, and told from one another by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import folder, imported, moved, sat, source

from graph import names, store
from graph.folder import content_key
from graph.imports import imports
from ontology import expand


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, with a data folder of its own."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    return folder(tmp_path / "facts", source("a", moved()))


def test_an_import_is_built_with_the_facts(facts: Path) -> None:
    key = content_key(facts)
    place = imported(facts, "table", sat(organization="organization/new"), things=["organization/new"])
    assert [each.folder for each in imports(facts)] == [place]
    assert content_key(facts) != key
    opened = store.open_graph(facts)
    assert names.find(opened.index, "organization/new")
    (held,) = opened.index.execute("SELECT held FROM nodes WHERE iri = ?", (expand("tenure/acme"),)).fetchone()
    assert expand("organization/new") in held
    opened.close()
