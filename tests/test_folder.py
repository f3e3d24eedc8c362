"""A folder of facts: no answer from a store that is older than an edit, however the edit was made."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import folder, moved, source

from graph import folder as facts_folder
from graph import limits, load, names, store
from graph.errors import ChuhaiError
from graph.folder import content_key, files, stamp


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder, with a data folder of its own, whose files count as settled."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(facts_folder, "time_ns", lambda: time.time_ns() + 10**9)
    return folder(tmp_path / "facts", source("one", moved()), source("two", moved()))


def renamed(path: Path) -> None:
    register = path / "register" / "things.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace('"en": "organization/acme"', '"en": "organization/acne"'), encoding="utf-8")


def renamed_with_the_old_time(path: Path) -> None:
    register = path / "register" / "things.yaml"
    before = register.stat()
    renamed(path)
    os.utime(register, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced_by_a_file_of_the_same_time(path: Path) -> None:
    register = path / "register" / "things.yaml"
    shutil.copytree(path, path.parent / "other")
    renamed_with_the_old_time(path.parent / "other")
    os.replace(path.parent / "other" / "register" / "things.yaml", register)


@pytest.mark.parametrize("edit", [renamed, renamed_with_the_old_time, replaced_by_a_file_of_the_same_time])
def test_an_edit_of_the_same_length_is_answered_from_at_once(facts: Path, edit: Callable[[Path], None]) -> None:
    def found() -> list[names.Name]:
        opened = store.open_graph(facts)
        try:
            return names.find(opened.index, "organization acne")
        finally:
            opened.index.close()

    assert found() == []
    edit(facts)
    assert [n.thing for n in found()] == ["organization/acme"]


@pytest.mark.parametrize("change", ["added", "removed", "moved", "editorial", "register"])
def test_files_that_come_and_go_change_the_stamp(facts: Path, change: str) -> None:
    before = stamp(facts)
    one = facts / "sources" / "one.yaml"
    if change == "added":
        shutil.copy(one, facts / "sources" / "three.yaml")
    elif change == "removed":
        one.unlink()
    elif change == "moved":
        one.rename(facts / "sources" / "first.yaml")
    else:
        (facts / {"editorial": "editorial.yaml", "register": "register/more.yaml"}[change]).write_text("things: []\n")
    assert stamp(facts) != before != ""


@pytest.mark.parametrize("change", ["added", "removed", "replaced", "register"])
def test_of_very_many_sources_the_folder_tells_that_they_changed(
    facts: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(limits, "WATCHED_FILES", 1)
    one = facts / "sources" / "one.yaml"
    before = stamp(facts)
    assert stamp(facts, before) == before != ""
    assert one.name not in before
    if change == "added":
        shutil.copy(one, facts / "sources" / "three.yaml")
    elif change == "removed":
        one.unlink()
    elif change == "replaced":
        os.replace(shutil.copy(one, facts / "new"), one)
    else:
        renamed(facts)
    assert stamp(facts, before) != before


def test_files_that_are_no_facts_count_for_nothing(facts: Path) -> None:
    before, key = stamp(facts), content_key(facts)
    for name in ("notes.txt", "my-editorial.yaml", "sources/one.yaml~"):
        (facts / name).write_text("...", encoding="utf-8")
    assert (stamp(facts), content_key(facts)) == (before, key)
    assert [path.name for path in files(facts)] == ["things.yaml", "one.yaml", "two.yaml"]


def test_a_change_just_made_leaves_no_stamp(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = (facts / "sources" / "one.yaml").stat().st_ctime_ns
    monkeypatch.setattr(facts_folder, "time_ns", lambda: settled)
    assert stamp(facts) == ""
    store.build(facts)
    assert not list((facts.parent / "data").glob("stores/*/.stamp"))


def test_a_build_leaves_a_stamp_by_which_the_next_opening_reads_no_fact(
    facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = store.build(facts)
    monkeypatch.setattr(store, "content_key", None)
    opened = store.open_graph(facts)
    assert opened.place == place / "quads"
    opened.index.close()


def test_facts_that_change_while_they_are_read_are_read_again(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, edits = load.load, [renamed]

    def interrupted(path: Path, *rest: Any) -> load.Facts:
        while edits:
            edits.pop()(path)
        return reading(path, *rest)

    monkeypatch.setattr(load, "load", interrupted)
    place = store.build(facts)
    assert place.name == content_key(facts)
    assert [path.name for path in place.parent.glob("[!.]*")] == [place.name]


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    for refused in (files, content_key):
        with pytest.raises(ChuhaiError, match="no facts there"):
            refused(tmp_path)


def test_the_content_key_changes_with_the_facts_and_only_then(tmp_path: Path) -> None:
    path = folder(tmp_path, source("a", moved()))
    first = content_key(path)
    assert content_key(path) == first
    assert content_key(folder(tmp_path / "copy", source("a", moved()))) == first
    assert content_key(folder(tmp_path, source("a", moved(when="2025")))) != first
