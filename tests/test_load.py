"""Folders of facts: which files can be read, and what the loader hands on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from folders import FIRST_LINE, argued, cut, findings, folder, moved, only_finding, raised, sat, source, told, with_text

from graph import limits
from graph.errors import ChuhaiError, DataError
from graph.load import load
from ontology import ID, SOURCE

WITHDRAWN = {"withdrawals": [{"withdraw": "a#one", "reason": {"en": "The filing is later."}, "decided": "2025-11-01"}]}


def test_sound_facts_load_without_a_finding(tmp_path: Path) -> None:
    assert findings(folder(tmp_path, source("a", moved(), raised("two", amount="USD 5"), argued("three")))) == ()


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("source:\n  id: a\n  title: 'open\n", 4, "malformed YAML"),
        ("source:\n\tid: a\n", 2, "malformed YAML"),
        ("source:\n  id: a\n kind: b\n", 3, "malformed YAML"),
        ("source:\n  id: [a\n  kind: b\n", 3, "malformed YAML"),
        ("source: a: b\n", 1, "malformed YAML"),
        ("source:\n  id: a\n  kind: \x07\n", 3, "malformed YAML"),
        ("source:\n  id: a\n---\nsource:\n  id: b\n", 3, "a second document"),
        ("source:\n  id: &name a\n  kind: *name\n", 2, "anchors and aliases are not allowed"),
        ("source: &head\n  id: a\nstatements: [*head]\n", 1, "anchors and aliases are not allowed"),
        ("source:\n  id: *name\n", 2, "anchors and aliases are not allowed"),
        ("source:\n  id: a\n  kind: b\n  id: c\n", 4, "the key 'id' stands twice"),
        ("source:\n  ? [a, b]\n  : c\n", 2, "a key that is no plain word"),
        ("source:\n  ? {a: b}\n  : c\n", 2, "a key that is no plain word"),
        ("- a\n- b\n", 1, "no mapping at the top"),
        ("words\n", 1, "no mapping at the top"),
        ("", 1, "no mapping at the top"),
        ("# nothing\n", 1, "no mapping at the top"),
    ],
)
def test_unreadable_yaml_is_named_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    finding = only_finding(with_text(tmp_path, text))
    assert (finding.file, finding.line) == ("sources/a.yaml", line)
    assert problem in finding.problem


def test_a_file_that_is_not_utf_8_is_named_with_line_and_byte(tmp_path: Path) -> None:
    finding = only_finding(with_text(tmp_path, "source:\n  title: 出海\n".encode("gb18030")))
    assert (finding.file, finding.line) == ("sources/a.yaml", 2)
    assert "not UTF-8 at byte 17" in finding.problem
    assert "UTF-8" in finding.remedy


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FACT_FILE_BYTES", 2_000)
    finding = only_finding(with_text(tmp_path, "a: [" * 1_000))
    assert finding.file == "sources/a.yaml"
    assert "too large" in finding.problem
    assert "2,000 bytes" in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        "source: " + "[" * 10_000 + "]" * 10_000,
        "source: " + "[" * 1_000_000,
        "source:\n" + "- " * 1_000_000 + "a",
        "source: " + "{a: " * 100_000 + "b" + "}" * 100_000,
        "? " * 10_000 + "a",
    ],
    ids=["lists", "open lists", "block lists", "mappings", "keys"],
)
def test_deep_nesting_is_refused_and_exhausts_nothing(tmp_path: Path, text: str) -> None:
    finding = only_finding(with_text(tmp_path, text))
    assert "nested too deep" in finding.problem
    assert str(limits.FACT_FILE_DEPTH) in finding.remedy


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    _, text = source("a", moved())
    assert findings(with_text(tmp_path, b"\xef\xbb\xbf" + text.encode())) == ()


def test_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    _, text = source("a", moved(when="2025-13"))
    finding = only_finding(with_text(tmp_path, text.replace("\n", "\r\n")))
    assert (finding.line, finding.problem) == (FIRST_LINE, "'2025-13' has no month 13")


@pytest.mark.skipif(os.name != "posix", reason="a directory in the place of a file")
def test_a_directory_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    folder(tmp_path, source("sound", moved()))
    (tmp_path / "sources" / "a.yaml").mkdir()
    assert "cannot be read" in only_finding(tmp_path).problem


def test_an_unreadable_register_does_not_blame_those_who_refer_to_it(tmp_path: Path) -> None:
    folder(tmp_path, source("a", moved()))
    (tmp_path / "register" / "things.yaml").write_text("things: [", encoding="utf-8")
    assert only_finding(tmp_path).file == "register/things.yaml"


@pytest.mark.parametrize("made", ["", "sources.txt", "register"])
def test_a_folder_without_sources_is_no_folder_of_facts(tmp_path: Path, made: str) -> None:
    if made:
        (tmp_path / made).mkdir()
    with pytest.raises(ChuhaiError, match=r"no facts there; a folder of facts holds sources/\*\.yaml"):
        load(tmp_path if made else tmp_path / "missing")


def test_findings_of_all_files_come_in_one_error_sorted(tmp_path: Path) -> None:
    two, three = cut("two", count="USD 5"), sat("three", at=None)
    folder(tmp_path, source("b", moved(when="2025-13")), source("a", moved(), two, three))
    (tmp_path / "sources" / "c.yaml").write_text("a: b: c", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [(f.file, f.line, f.statement) for f in caught.value.findings] == [
        ("sources/a.yaml", 4, "two"),
        ("sources/a.yaml", 5, "three"),
        ("sources/b.yaml", 3, "one"),
        ("sources/c.yaml", 1, ""),
    ]
    assert len(str(caught.value).splitlines()) == 4


def test_a_finding_is_one_printable_line(tmp_path: Path) -> None:
    finding = only_finding(folder(tmp_path, source("a", moved(to="place/a\nb\x1b[31m"))))
    assert str(finding).startswith("sources/a.yaml:3: [one] ")
    assert str(finding).isprintable()


def test_a_withdrawn_statement_leaves_the_graph(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(), raised("two")), editorial=WITHDRAWN)
    subjects = {quad.subject.value for quad in built.quads}
    assert SOURCE + "a#one" not in subjects
    assert SOURCE + "a#two" in subjects
    assert ID + "event/acme-move" not in subjects
    assert ID + "event/acme-round" in subjects


def test_a_withdrawal_keeps_its_reason_and_date_in_the_editorial_graph(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(), raised("two")), editorial=WITHDRAWN)
    kept = {str(quad.object) for quad in built.quads if quad.graph_name.value.endswith("/editorial")}
    assert {'"The filing is later."@en', f"<{SOURCE}a#one>"} <= kept
    assert any(text.startswith('"2025-11-01"') for text in kept)


def test_only_named_sources_are_read(tmp_path: Path) -> None:
    path = folder(tmp_path, source("a", moved()), source("b", moved(when="2025-13")))
    assert SOURCE + "a#one" in load(path, only={"a"}).origin


def test_a_source_read_alone_may_refer_to_one_left_out(tmp_path: Path) -> None:
    path = folder(tmp_path, source("a", moved()), source("b", moved(kind="denial", denies="a#one"), copyOf="source/a"))
    assert SOURCE + "b#one" in load(path, only={"b"}).origin


def test_origin_leads_to_file_line_and_key(tmp_path: Path) -> None:
    origin = load(folder(tmp_path, source("a", moved(), raised("two")))).origin
    assert origin[SOURCE + "a#two"] == ("sources/a.yaml", 4, "two")
    assert origin[SOURCE + "a"] == ("sources/a.yaml", 1, "source/a")
    assert origin[ID + "organization/acme"] == ("register/things.yaml", 2, "organization/acme")
