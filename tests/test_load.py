"""Bad facts: each mistake gives one finding that says where it is, what is wrong and how to mend it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from folders import (
    FIRST_LINE,
    THINGS,
    argued,
    cut,
    findings,
    folder,
    moved,
    only_finding,
    raised,
    said,
    sat,
    source,
)

from graph import limits
from graph.build import build
from graph.errors import ChuhaiError, DataError, Finding
from graph.folder import FOLDER, content_key
from graph.load import load
from ontology import ID, SOURCE, context

REASON = {"reason": {"en": "The filing is later."}, "decided": "2025-11-01"}
CHOICE = {"choose": "a#one", "on": "event/acme-move", "property": "toPlace", **REASON}


def check(finding: Finding, problem: str, remedy: str, key: str = "one", line: int = FIRST_LINE) -> None:
    """The finding is about this statement of sources/a.yaml, and says this."""
    assert (finding.file, finding.line, finding.statement) == ("sources/a.yaml", line, key)
    assert problem in finding.problem
    assert remedy in finding.remedy


def with_text(path: Path, text: str | bytes) -> Path:
    """A sound folder with one more source file of this text."""
    folder(path, source("sound", moved()))
    data = text.encode() if isinstance(text, str) else text
    (path / "sources" / "a.yaml").write_bytes(data)
    return path


# Files


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
    check(only_finding(with_text(tmp_path, text.replace("\n", "\r\n"))), "no month 13", "write 2025")


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


# Statements


@pytest.mark.parametrize(
    ("statement", "problem", "remedy"),
    [
        (moved(organisation="organization/acme"), "unknown key 'organisation'", "did you mean 'organization'?"),
        (moved(wen="2025"), "unknown key 'wen'", "did you mean 'when'?"),
        (moved(since="2025"), "unknown key 'since'", ""),
        (moved(xyzzy="1"), "unknown key 'xyzzy'", "known here: about, "),
        (moved(notBefore="2025-01-01"), "unknown key 'notBefore'", ""),
        (cut(countQualifier="over"), "unknown key 'countQualifier'", "count, "),
        (
            said(type="Organization", about="organization/acme", formerName="Ajax"),
            "unknown key 'formerName'",
            "known here: about, ",
        ),
        (moved(type="HeadquartersMoves"), "unknown type 'HeadquartersMoves'", "did you mean 'HeadquartersMove'?"),
        (moved(type="Situation"), "unknown type 'Situation'", ""),
        (moved(type="Statement"), "unknown type 'Statement'", "docs/ontology.md"),
        (moved(type=None), "'type' is missing", "add 'type: …'"),
        (moved(about=None), "'about' is missing", "add 'about: …'"),
        (moved(about=["event/a", "event/b"]), "'about' is no text", "on one line"),
        (moved(about="tenure/acme-move"), "'about' is a tenure", "it takes a reference to event"),
        (moved(status="complete"), "'complete' is no status known here", "did you mean 'completed'?"),
        (cut(subtype="series-a"), "'series-a' is no subtype known here", "one of: hiring-drive, layoff"),
        (moved(organization="organization/nobody"), "'organization/nobody' is not in the register", "register/*.yaml"),
        (moved(to="place/nowhere"), "'place/nowhere' is not in the register", "mend the slug"),
        (moved(organization="person/ada"), "'organization' is a person", "it takes a reference to organization"),
        (moved(to="organization/acme"), "'to' is a organization", "it takes a reference to place"),
        (moved(organization="Acme"), "'Acme' is no reference", "write kind/slug"),
        (moved(organization="firm/acme"), "'firm/acme' is no reference", "write kind/slug"),
        (moved(organization="organization/Acme Inc"), "is no reference", "write kind/slug"),
        (moved(organization="https://evil.example/"), "is no reference", "write kind/slug"),
        (moved(organization={"id": "organization/acme"}), "is no reference", "write kind/slug"),
        (moved(by="product/gadget"), "'by' is a product", "organization or person"),
        (moved(to=["place/tokyo", "place/paris"]), "'to' has several values", "add a second statement"),
        (moved(status=["planned", "completed"]), "'status' has several values", "add a second statement"),
        (moved(organization=["organization/acme"]), "'organization' has several values", "it takes one"),
        (moved(when="2025-13"), "'2025-13' has no month 13", "write 2025, 2025-06"),
        (moved(when="2025-02-30"), "'2025-02-30' has no day 30", "write 2025, 2025-06"),
        (moved(when="2025-06/2024"), "ends before it begins", "a span a/b"),
        (moved(when="last year"), "'last year' is no date", "write 2025"),
        (moved(when="2025-０６"), "is no date", "write 2025"),
        (moved(when=["2025"]), "'when' is no text", "on one line"),
        (moved(words=""), "'words' is no text", "write 'words: …'"),
        (sat(since="2025", until="2024"), "it ends before it begins", "mend 'since' or 'until'"),
        (moved(statusOn="2025-01"), "a day without its status", "add the status that was reached then"),
        (moved(status="blocked", statusOn="2025-13"), "'2025-13' has no month 13", ""),
        (sat(since="2025", attested="2024-05"), "validFrom lies after heldFrom", "'attested'"),
        (sat(until="2024", attested="2025-05"), "heldTo lies after validTo", "'attested'"),
        (sat(attested="2025/.."), "'2025/..' is open", "the day or the days"),
        (cut(count="USD 60"), "'USD 60' as count", "leave the currency out"),
        (cut(count="1.5"), "'1.5' is no whole number", "whole number"),
        (cut(count="sixty"), "'sixty' is no figure", "write 60, over 60"),
        (cut(count="-1"), "'-1' is no figure", "write 60, over 60"),
        (cut(count="６０"), "'６０' is no figure", "write 60"),
        (raised(amount="75000000"), "'75000000' as amount", "write the ISO 4217 code first"),
        (raised(amount="USD " + "9" * 40), "more than 18 digits", "USD 75000000"),
        (
            said(type="Criterion", about="criterion/big", threshold="over CNY 5"),
            "'over' with threshold",
            "plain number",
        ),
        (said(type="Ranking", about="ranking/top", size="２０"), "'２０' is no xsd:integer", "mend the value"),
        (said(type="Ranking", about="ranking/top", size="over 20"), "'over 20' is no xsd:integer", "mend the value"),
        (
            said(
                type="MarketPresence", about="presence/a", product="product/gadget", place="place/japan", primary="yes"
            ),
            "'yes' is no xsd:boolean",
            "mend the value",
        ),
        (said(type="Product", about="product/gadget", category=[]), "is no category known here", "one of: agent"),
        (moved(at=None), "'at' is missing", "add 'at: …'"),
        (moved(at=""), "'at' is no text", "on one line"),
        (moved(kind=None), "'kind' is missing", "add 'kind: fact'"),
        (moved(kind="facts"), "'facts' is no statement-kind", "did you mean 'fact'?"),
        (argued(kind="opinon"), "'opinon' is no statement-kind", "did you mean 'opinion'?"),
        (moved(speaker=["a"]), "'speaker' is no text", "on one line"),
        (moved(ref={"a": "b"}), "'ref' is no text", "write 'ref: S001'"),
        (moved(ref=[{"a": "b"}]), "'ref' is no text", "write 'ref: S001'"),
        (moved(paraphrase="It moved."), "'paraphrase' has no languages", "en: …, zh-hans: …"),
        (moved(paraphrase={"EN": "It moved."}), "'EN' is no language tag", "use en, zh-hans"),
        (moved(paraphrase={"en": " "}), "'en' is empty", "write the text"),
        (moved(kind="denial"), "the denial denies nothing", "add 'denies: source-slug#key'"),
        (moved(denies="event/acme-move"), "only a denial denies", "set 'kind: denial'"),
        (moved(kind="denial", denies="a#nobody"), "'source/a#nobody' is no statement", "check the slug and the key"),
        (moved(kind="denial", denies="event/nothing"), "no statement tells of 'event/nothing'", "add a statement"),
        (argued(type="Organization"), "'type' in an argument", "no values"),
        (argued(kind="causal", organization="organization/acme"), "'organization' in an argument", "no values"),
        (argued(kind="forecast", when="2026"), "'when' in an argument", "no values"),
        (argued(paraphrase={"en": "It is said."}), "'paraphrase' has no zh-hans", "add 'zh-hans: …'"),
        (argued(paraphrase={"zh-hans": "据说。"}), "'paraphrase' has no en", "add 'en: …'"),
        (argued(paraphrase=None), "'paraphrase' has no languages", "zh-hans: …"),
        (argued(about=None), "'about' is missing", "what the argument is about"),
        (argued(about=[]), "'about' is missing", "what the argument is about"),
        (argued(about="event/nothing"), "no statement tells of 'event/nothing'", "add a statement about it"),
    ],
    ids=lambda value: None if isinstance(value, dict) else value[:30],
)
def test_a_mistake_in_a_statement_gives_one_finding(
    tmp_path: Path, statement: dict[str, Any], problem: str, remedy: str
) -> None:
    check(only_finding(folder(tmp_path, source("a", statement))), problem, remedy)


@pytest.mark.parametrize("key", ["a b", "Upper", "with/slash", "a#b", "-a", "出海"])
def test_a_key_is_a_slug(tmp_path: Path, key: str) -> None:
    check(only_finding(folder(tmp_path, source("a", moved(key)))), f"'{key}' is no key", "lower-case", key=key)


def test_a_statement_without_a_key_is_found_by_its_line(tmp_path: Path) -> None:
    statement = {name: value for name, value in moved().items() if name != "key"}
    check(only_finding(folder(tmp_path, source("a", statement))), "'key' is missing", "add 'key: …'", key="")


def test_the_same_key_twice_names_both_lines(tmp_path: Path) -> None:
    finding = only_finding(folder(tmp_path, source("a", moved(), raised())))
    check(finding, "'source/a#one' stands already in sources/a.yaml:3", "keep one of them", line=4)


def test_a_broken_statement_is_not_missed_by_those_who_refer_to_it(tmp_path: Path) -> None:
    broken, denying = raised(amount="5"), moved("two", kind="denial", denies="a#one")
    joined = said("three", type="Investment", about="event/i", investor="organization/bolt", round="event/acme-round")
    check(only_finding(folder(tmp_path, source("a", broken, denying, joined))), "'5' as amount", "ISO 4217")


def test_two_mistakes_in_one_statement_are_both_found(tmp_path: Path) -> None:
    found = findings(folder(tmp_path, source("a", moved(to="place/nowhere", when="2025-13"))))
    assert len(found) == 2


def test_statements_have_to_be_a_list_of_entries(tmp_path: Path) -> None:
    for text in ("statements: none", "statements: {key: one}", "statements: [one]"):
        head = source("a")[1].replace("statements:", text)
        assert "'statements' is no list of entries" in only_finding(with_text(tmp_path, head)).problem


# Sources


@pytest.mark.parametrize(
    ("head", "problem", "remedy"),
    [
        ({"id": "b"}, "'b' is not the file's name", "write 'id: a'"),
        ({"id": None}, "'id' is missing", "add 'id: …'"),
        ({"kind": None}, "'kind' is missing", "add 'kind: …'"),
        ({"kind": "news-reports"}, "'news-reports' is no source-kind", "did you mean 'news-report'?"),
        ({"title": None}, "'title' is missing", "add 'title: {en: …}'"),
        ({"title": {}}, "'title' is missing", "add 'title: {en: …}'"),
        ({"title": "A report"}, "'title' has no languages", "en: …"),
        ({"title": {"en": ""}}, "'en' is empty", "write the text"),
        ({"url": None}, "'url' is missing", "add 'url: …'"),
        ({"url": "javascript:alert(1)"}, "'javascript:alert(1)' is no web address", "write https://…"),
        ({"url": "data:text/html,x"}, "is no web address", "write https://…"),
        ({"url": "https://a b.example/"}, "is no web address", "write https://…"),
        ({"url": "https://a.example/\tb"}, "is no web address", "write https://…"),
        ({"url": 'https://a.example/"onclick="'}, "is no web address", "write https://…"),
        ({"url": "https://"}, "is no web address", "write https://…"),
        ({"url": "//a.example/"}, "is no web address", "write https://…"),
        ({"publisher": None}, "'publisher' is missing", "who published it first"),
        ({"publisher": "person/ada"}, "'publisher' is a person", "organization"),
        ({"publisher": "organization/nobody"}, "is not in the register", "register/*.yaml"),
        ({"published": None}, "'published' is missing", "add 'published: …'"),
        ({"published": "yesterday"}, "'yesterday' is no date", "write 2025"),
        ({"language": None}, "'language' is missing", "add 'language: …'"),
        ({"language": "English"}, "'English' is no language tag", "use en, zh-hans"),
        ({"repost": "yes"}, "'yes' is neither true nor false", "write true"),
        ({"note": "Seen."}, "'note' has no languages", "en: …"),
        ({"ref": {"a": "b"}}, "'ref' is no text", "write 'ref: S001'"),
        ({"copyOf": "source/nothing"}, "'source/nothing' is no statement or source here", "check the slug"),
        ({"copyOf": "organization/daily"}, "'copyOf' is a organization", "source"),
        ({"auther": "Ada"}, "unknown key 'auther'", "did you mean 'author'?"),
    ],
)
def test_a_mistake_in_the_head_of_a_source_gives_one_finding(
    tmp_path: Path, head: dict[str, Any], problem: str, remedy: str
) -> None:
    finding = only_finding(folder(tmp_path, source("a", moved(), **head)))
    assert (finding.file, finding.line) == ("sources/a.yaml", 1)
    assert problem in finding.problem
    assert remedy in finding.remedy


def test_a_source_without_a_head_is_found(tmp_path: Path) -> None:
    assert "'source' is missing" in only_finding(with_text(tmp_path, "statements: []\n")).problem


def test_a_third_group_in_a_source_is_found(tmp_path: Path) -> None:
    text = source("a", moved())[1] + "statments: []\n"
    assert only_finding(with_text(tmp_path, text)).remedy == "did you mean 'statements'?"


def test_the_name_of_a_source_file_is_a_slug(tmp_path: Path) -> None:
    finding = only_finding(folder(tmp_path, source("My Report", moved(), url="https://a.example/")))
    assert "'My Report' is no name for a file" in finding.problem
    assert "lower-case" in finding.remedy


def test_an_undated_source_loads(tmp_path: Path) -> None:
    assert findings(folder(tmp_path, source("a", moved(), published="undated"))) == ()


# The register


@pytest.mark.parametrize(
    ("thing", "problem", "remedy"),
    [
        ({"label": {"en": "X"}}, "'id' is missing", "add 'id: …'"),
        ({"id": "organization/X y", "label": {"en": "X"}}, "is no identifier", "write kind/slug"),
        ({"id": "place/x", "label": {"en": "X"}}, "'place/x' is no identifier", "organization, legal-entity"),
        ({"id": "event/x", "label": {"en": "X"}}, "'event/x' is no identifier", "organization, legal-entity"),
        ({"id": "organization/x"}, "'label' has no languages", "en: …"),
        ({"id": "organization/x", "label": "X"}, "'label' has no languages", "en: …"),
        ({"id": "organization/x", "label": {"zh-hans": "某"}}, "'label' has no en", "add 'en: …'"),
        ({"id": "organization/x", "label": {"en": "X"}, "alias": {"en": []}}, "'en' is empty", "leave the line out"),
        ({"id": "organization/x", "label": {"en": "X"}, "aliass": {"en": ["Y"]}}, "unknown key 'aliass'", "'alias'"),
        ({"id": "organization/acme", "label": {"en": "X"}}, "stands already in register/things.yaml:2", "keep one"),
    ],
)
def test_a_mistake_in_the_register_gives_one_finding(
    tmp_path: Path, thing: dict[str, Any], problem: str, remedy: str
) -> None:
    finding = only_finding(folder(tmp_path, source("a", moved()), things=[*THINGS, thing]))
    assert (finding.file, finding.line) == ("register/things.yaml", 2 + len(THINGS))
    assert finding.statement == thing.get("id", "")
    assert problem in finding.problem
    assert remedy in finding.remedy


# Decisions and withdrawals


@pytest.mark.parametrize(
    ("editorial", "problem", "remedy"),
    [
        ({"decisions": [{**CHOICE, "choose": "a#nobody"}]}, "'source/a#nobody' is no statement", "the key"),
        ({"decisions": [{**CHOICE, "choose": "a"}]}, "'a' is no statement", "write source-slug#key"),
        ({"decisions": [{**CHOICE, "on": "event/nothing"}]}, "no statement tells of 'event/nothing'", "mend the slug"),
        ({"decisions": [{**CHOICE, "property": "toPlac"}]}, "'toPlac' is no property", "did you mean 'toPlace'?"),
        ({"decisions": [{**CHOICE, "property": "notAfter"}]}, "'notAfter' is no property to decide on", ""),
        ({"decisions": [{**CHOICE, "becuase": "x"}]}, "unknown key 'becuase'", ""),
        ({"decisions": [{k: v for k, v in CHOICE.items() if k != "property"}]}, "'property' is missing", "add"),
        ({"decisions": [{k: v for k, v in CHOICE.items() if k != "on"}]}, "'on' is missing", "add"),
        ({"decisions": [{k: v for k, v in CHOICE.items() if k != "choose"}]}, "'choose' is missing", "add"),
        ({"decisions": [{k: v for k, v in CHOICE.items() if k != "reason"}]}, "'reason' has no languages", "en: …"),
        ({"decisions": [{**CHOICE, "decided": "2025-13"}]}, "no month 13", "write 2025"),
        ({"decisions": "none"}, "'decisions' is no list of entries", "- "),
        ({"withdrawals": [{"withdraw": "a#nobody", **REASON}]}, "'source/a#nobody' is no statement", "the key"),
        ({"withdrawals": [{"withdraw": "a", **REASON}]}, "'a' is no statement", "write source-slug#key"),
        ({"withdrawals": [REASON]}, "'withdraw' is missing", "add 'withdraw: …'"),
        ({"withdrawals": [{"withdraw": "a#one", "reason": {"en": "Wrong."}}]}, "'decided' is missing", "add"),
        ({"withdrawls": []}, "unknown key 'withdrawls'", "did you mean 'withdrawals'?"),
    ],
)
def test_a_mistake_of_the_editors_gives_one_finding(
    tmp_path: Path, editorial: dict[str, Any], problem: str, remedy: str
) -> None:
    finding = only_finding(folder(tmp_path, source("a", moved()), editorial=editorial))
    assert (finding.file, finding.line) == ("editorial.yaml", 1)
    assert problem in finding.problem
    assert remedy in finding.remedy


def test_a_withdrawn_statement_leaves_the_graph(tmp_path: Path) -> None:
    withdrawals = {"withdrawals": [{"withdraw": "a#one", **REASON}]}
    built = build(folder(tmp_path, source("a", moved(), raised("two")), editorial=withdrawals))
    subjects = {quad.subject.value for quad in built.quads}
    assert SOURCE + "a#one" not in subjects
    assert SOURCE + "a#two" in subjects
    assert ID + "event/acme-move" not in subjects
    assert ID + "event/acme-round" in subjects


def test_a_withdrawal_keeps_its_reason_and_date_in_the_editorial_graph(tmp_path: Path) -> None:
    withdrawals = {"withdrawals": [{"withdraw": "a#one", **REASON}]}
    built = build(folder(tmp_path, source("a", moved(), raised("two")), editorial=withdrawals))
    told = {str(quad.object) for quad in built.quads if quad.graph_name.value.endswith("/editorial")}
    assert '"The filing is later."@en' in told
    assert any(text.startswith('"2025-11-01"') for text in told)
    assert f"<{SOURCE}a#one>" in told


# What the loader hands on


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


def test_everything_that_is_handed_to_json_ld_is_a_term_of_the_context() -> None:
    terms = {*context(), "@id", "@type", "@graph"}
    keys = {key for document in load(FOLDER).documents for node in [document, *document["@graph"]] for key in node}
    assert keys <= terms


def test_every_statement_of_the_packaged_facts_reaches_the_quads() -> None:
    built = build(FOLDER)
    assert set(built.facts.origin) <= {quad.subject.value for quad in built.quads}


def test_the_content_key_changes_with_the_facts_and_only_then(tmp_path: Path) -> None:
    path = folder(tmp_path, source("a", moved()))
    first = content_key(path)
    assert content_key(path) == first
    assert content_key(folder(tmp_path / "copy", source("a", moved()))) == first
    assert content_key(folder(tmp_path, source("a", moved(when="2025")))) != first
