"""Bad facts: each mistake gives one finding that says where it is, what is wrong and how to mend it."""

from __future__ import annotations

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
    with_text,
)

from graph.errors import Finding

REASON = {"reason": {"en": "The filing is later."}, "decided": "2025-11-01"}
CHOICE = {"choose": "a#one", "on": "event/acme-move", "property": "toPlace", **REASON}


def check(finding: Finding, problem: str, remedy: str, key: str = "one", line: int = FIRST_LINE) -> None:
    """The finding is about this statement of sources/a.yaml, and says this."""
    assert (finding.file, finding.line, finding.statement) == ("sources/a.yaml", line, key)
    assert problem in finding.problem
    assert remedy in finding.remedy


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
