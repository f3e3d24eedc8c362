"""What an import takes for known is read once, and again where it changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from time import time_ns

import pytest
from folders import folder, raised, source
from tables import ROUND, mapping, write

from graph import folder as facts_folder
from graph import load, sources, store
from graph.errors import ChuhaiError, UsageError
from graph.folder import FOLDER
from graph.sources import folder as kept
from graph.sources import known
from graph.sources.spool import Spool
from graph.store import folder_for
from ontology import expand

Speak = Callable[[str], str]

THING = """  - {"id": "organization/harbour", "label": {"en": "Harbour"}}\n"""


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, written long ago, with a data folder of its own."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(facts_folder, "time_ns", lambda: time_ns() + 10**9)
    return folder(tmp_path / "facts", source("old", raised()))


@pytest.fixture
def speak(tmp_path: Path, facts: Path, monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Imports one row that speaks of an organization, and says what became of it."""
    monkeypatch.chdir(tmp_path)
    statement = {key: value for key, value in ROUND.items() if key not in ("amount", "when")}
    mine = mapping(tmp_path, {**statement, "organization": "organization/{of}"}, key=["id"])

    def speak(of: str) -> str:
        done = sources.bring_file(write(tmp_path / "rounds.csv", ["id", "of"], ["a", of]), mine, facts)
        (reason,) = done.reasons or [("imported", "", 1)]
        return reason[0]

    return speak


def brought(facts: Path) -> None:
    table = write(facts.parent / "organizations.csv", ["id", "name_en"], ["harbour", "Harbour"])
    sources.bring_file(table, "organizations", facts)


def index(facts: Path) -> Path:
    return folder_for(facts) / known.FILE


def test_facts_that_did_not_change_are_read_once(facts: Path, speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    assert speak("acme") == "imported"
    monkeypatch.setattr(load, "load", None)
    assert (speak("acme"), speak("harbour")) == ("imported", "rejected")
    with pytest.raises(UsageError, match="the facts have a source 'old'"):
        sources.bring_file(facts.parent / "rounds.csv", str(facts.parent / "mine.yaml"), facts, source="old")


def test_what_comes_into_the_facts_or_goes_is_seen_by_the_next_import(facts: Path, speak: Speak) -> None:
    register = facts / "register" / "things.yaml"
    before = register.read_text(encoding="utf-8")
    assert speak("harbour") == "rejected"
    register.write_text(before + THING, encoding="utf-8")
    assert speak("harbour") == "imported"
    register.write_text(before, encoding="utf-8")
    assert speak("harbour") == "rejected"


def test_what_another_import_brings_is_known_until_it_goes(facts: Path, speak: Speak) -> None:
    assert speak("organizations-harbour") == "rejected"
    brought(facts)
    name = next(iri for iri, _ in kept.terms(facts / "imports" / "organizations")).rpartition("/")[2]
    assert speak(name) == "imported"
    kept.drop(facts / "imports", "mine")
    kept.drop(facts / "imports", "organizations")
    assert speak(name) == "rejected"


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"no index" * 1000)])
def test_an_index_that_is_lost_or_damaged_is_made_again(
    facts: Path, speak: Speak, harm: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert speak("acme") == "imported"
    harm(index(facts))
    assert speak("harbour") == "rejected"
    speak("acme")
    monkeypatch.setattr(load, "load", None)
    assert speak("acme") == "imported"


def test_damage_that_lies_outside_of_what_says_that_the_index_is_up_to_date_is_found(facts: Path) -> None:
    table = write(facts.parent / "organizations.csv", ["id", "name_en"], ["harbour", "Harbour"])
    sources.bring_file(table, "organizations", facts, dry_run=True)
    path = index(facts)
    with closing(connect(path)) as base:
        (page,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'terms'").fetchone()
        (size,) = base.execute("PRAGMA page_size").fetchone()
    data = path.read_bytes()
    path.write_bytes(data[: size * (page - 1)] + b"\xff" * size + data[size * page :])
    with pytest.raises(ChuhaiError, match="import again"):
        sources.bring_file(table, "organizations", facts)
    assert sources.bring_file(table, "organizations", facts).manifest["rows"]["imported"] == 1


def test_where_no_index_can_be_kept_everything_is_read(facts: Path, speak: Speak) -> None:
    index(facts).mkdir(parents=True)
    assert (speak("acme"), speak("harbour")) == ("imported", "rejected")


def test_what_changed_just_now_is_read_again(facts: Path, speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_folder, "time_ns", lambda: 0)
    assert speak("acme") == "imported"
    monkeypatch.setattr(load, "load", None)
    with pytest.raises(TypeError):
        speak("acme")


def test_an_import_that_is_reading_keeps_none_from_bringing_the_index_up_to_date(facts: Path, speak: Speak) -> None:
    with closing(Spool(facts.parent / "spool.sqlite")) as reading:
        reading.elsewhere(facts, "other")
        assert reading.holder(expand("organization/acme")) == ""
        register = facts / "register" / "things.yaml"
        register.write_text(register.read_text(encoding="utf-8") + THING, encoding="utf-8")
        assert speak("harbour") == "imported"
        assert reading.holder(expand("organization/harbour")) is None
        with closing(connect(index(facts))) as base:
            assert base.execute("SELECT count(*) FROM terms WHERE iri LIKE '%/harbour'").fetchone() == (1,)


def test_a_build_takes_the_facts_as_an_import_checked_them(
    facts: Path, speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert speak("acme") == "imported"
    with monkeypatch.context() as patch:
        patch.setattr(load, "load", None)
        kept = store.build(facts)
    monkeypatch.setenv("CHUHAI_DATA", str(facts.parent / "anew"))
    anew = store.build(facts)
    assert quads(kept) == quads(anew) != []


def test_a_build_sees_facts_that_changed(facts: Path) -> None:
    assert not any("harbour" in quad for quad in quads(store.build(facts)))
    with (facts / "register" / "things.yaml").open("a", encoding="utf-8") as register:
        register.write(THING)
    assert any("harbour" in quad for quad in quads(store.build(facts)))


@pytest.mark.parametrize("text", ["", "{}", "[1, 2", '["", [], {}, []]', "[1, 2, 3, 4]"])
def test_kept_facts_that_are_damaged_are_read_again(facts: Path, text: str) -> None:
    path = facts.parent / load.KEPT
    path.write_text(text, encoding="utf-8")
    assert load.load_kept(facts, path) == load.load(facts)


def test_facts_are_kept_as_they_were_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_folder, "time_ns", lambda: time_ns() + 10**9)
    facts = load.load_kept(FOLDER, tmp_path / load.KEPT)
    monkeypatch.setattr(load, "load", None)
    kept = load.load_kept(FOLDER, tmp_path / load.KEPT)
    assert kept == facts


def quads(built: Path) -> list[str]:
    return sorted(map(str, store.open_build(built).store))
