"""The shapes: the packaged facts keep them, every breach is found, the fast engine agrees with the reference."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import THINGS, argued, cut, folder, imported, moved, raised, said, sat, source

from graph import limits
from graph.errors import Finding
from graph.folder import FOLDER
from graph.store import open_graph
from graph.validate import SHAPES, parts, validate
from ontology import EXACT_MATCH, REGISTER, expand

SH = "http://www.w3.org/ns/shacl#"

BROKEN: dict[str, tuple[list[dict[str, Any]], str, str, str]] = {
    "a move without a destination": (
        [moved(to=None)],
        "event/acme-move: exactly one toPlace of class Place",
        "state it once",
        "one",
    ),
    "a move to where it was": (
        [moved(to="place/beijing")],
        "event/acme-move: it moves to where it was",
        "mend from or to",
        "one",
    ),
    "a move of nobody": (
        [moved(organization=None)],
        "event/acme-move: exactly one organization",
        "state it once",
        "one",
    ),
    "a share above one": (
        [raised(), cut("two", share="15")],
        "event/acme-cut: a share lies between 0 and 1 (here 15)",
        "write 0.15 for 15 %",
        "two",
    ),
    "more counted than there are": (
        [cut(count="60", outOf="40")],
        "event/acme-cut: more counted than there are",
        "mend count or outOf",
        "one",
    ),
    "a workforce change of no kind": (
        [cut(subtype=None)],
        "event/acme-cut: exactly one subtype",
        "state it once",
        "one",
    ),
    "a round of nothing": (
        [raised(amount="USD 0")],
        "event/acme-round: an amount is more than nothing",
        "mend the amount",
        "one",
    ),
    "a tenure that ends before it begins, by two statements": (
        [sat(since="2025"), sat("two", until="2020")],
        "tenure/acme: it ends before it begins",
        "mend the dates of the statements",
        "one",
    ),
    "a rank before the first": (
        [said(type="RankingEntry", about="entry/a", ranking="ranking/top", product="product/gadget", position="0")],
        "entry/a: ranks begin at 1 (here 0)",
        "mend position",
        "one",
    ),
    "an entry of nobody": (
        [said(type="RankingEntry", about="entry/a", ranking="ranking/top", position="1")],
        "entry/a: neither product nor organization",
        "say whose it is",
        "one",
    ),
    "an organization that controls itself": (
        [
            said(
                type="Control",
                about="control/a",
                controller="organization/acme",
                organization="organization/acme",
            )
        ],
        "control/a: an organization that controls itself",
        "mend controller or organization",
        "one",
    ),
    "a membership without a person": (
        [said(type="Membership", about="membership/a", organization="organization/acme")],
        "membership/a: exactly one person of class Person",
        "state it once",
        "one",
    ),
    "a figure without a value": (
        [said(type="Observation", about="observation/a", subject="organization/acme", metric="valuation")],
        "observation/a: neither amount nor count",
        "say whose it is",
        "one",
    ),
    "a departure from nowhere to nowhere": (
        [said(type="PersonnelMove", about="event/left", fromRole="chair")],
        "event/left: neither fromOrganization nor toOrganization",
        "say whose it is",
        "one",
    ),
    "an aggregate without a criterion": (
        [said(type="ReportedAggregate", about="aggregate/a", ranking="ranking/top", count="3")],
        "aggregate/a: exactly one criterion of class Criterion",
        "state it once",
        "one",
    ),
    "an aggregate of nothing": (
        [said(type="ReportedAggregate", about="aggregate/a", criterion="criterion/big", count="3")],
        "aggregate/a: neither ranking nor population",
        "say whose it is",
        "one",
    ),
    "two paraphrases in one language": (
        [moved(paraphrase={"en": ["It moved.", "It went."]})],
        "source/a#one: one paraphrase a language",
        "keep one",
        "one",
    ),
}


def made(path: Path, name: str) -> Path:
    return folder(path, source("a", *BROKEN[name][0]))


def reference(data: str) -> set[str]:
    """The nodes of a graph on which pyshacl finds a breach."""
    pyshacl = pytest.importorskip("pyshacl")
    from rdflib import Graph, URIRef

    found = Graph().parse(data=data, format="nt")
    shapes = Graph().parse(SHAPES)
    _, results, _ = pyshacl.validate(found, shacl_graph=shapes, inference="none", advanced=False)
    return {str(node) for node in results.objects(None, URIRef(SH + "focusNode"))}


def fast(data: str) -> set[str]:
    """The same by the engine that the command line uses."""
    import shacl

    report = shacl.Shapes.from_file(str(SHAPES)).validate_text(data, format="ntriples")
    return {result.focus_node.strip("<>") for result in report.results}


def both(path: Path) -> tuple[set[str], set[str]]:
    """On which nodes of the graph of a folder the one and the other find a breach, in its first and its last part."""
    graph = open_graph(path)
    first, *others = parts(graph)
    ours, theirs = set[str](), set[str]()
    for nodes, data in (first, *others[-1:]):
        ours |= fast(data) & nodes
        theirs |= reference(data) & nodes
    graph.close()
    return ours, theirs


# Good facts


def test_the_packaged_facts_give_no_findings() -> None:
    assert validate() == []


def test_small_sound_facts_give_no_findings(tmp_path: Path) -> None:
    sound = [moved(when="2025"), raised("two", amount="USD 5"), cut("three", count="5", outOf="9"), argued("four")]
    assert validate(folder(tmp_path, source("a", *sound))) == []


def test_both_engines_accept_the_packaged_facts() -> None:
    assert both(FOLDER) == (set(), set())


# Broken facts


@pytest.mark.parametrize("name", BROKEN)
def test_a_breach_gives_a_finding_with_file_line_statement_and_remedy(tmp_path: Path, name: str) -> None:
    statements, problem, remedy, key = BROKEN[name]
    (finding,) = validate(made(tmp_path, name))
    line = 3 + [statement["key"] for statement in statements].index(key)
    assert (finding.file, finding.line, finding.statement) == ("sources/a.yaml", line, key)
    assert problem in finding.problem
    assert remedy in finding.remedy
    assert finding.severity == "error"


@pytest.mark.parametrize("name", BROKEN)
def test_both_engines_find_the_same_nodes_broken(tmp_path: Path, name: str) -> None:
    ours, theirs = both(made(tmp_path, name))
    assert ours == theirs
    assert len(ours) == 1


def test_breaches_of_several_files_come_together_and_sorted(tmp_path: Path) -> None:
    found = validate(folder(tmp_path, source("b", cut(share="2")), source("a", raised(amount="USD 0"))))
    assert [finding.file for finding in found] == ["sources/a.yaml", "sources/b.yaml"]


def test_what_one_source_leaves_out_another_may_supply(tmp_path: Path) -> None:
    parts = source("a", moved(to=None)), source("b", moved(organization=None))
    assert validate(folder(tmp_path, *parts)) == []


def test_a_breach_that_only_a_rumour_makes_is_none(tmp_path: Path) -> None:
    assert validate(folder(tmp_path, source("a", moved(), cut("two", kind="rumour", share="15")))) == []


def test_what_the_loader_finds_comes_before_the_shapes(tmp_path: Path) -> None:
    (finding,) = validate(folder(tmp_path, source("a", moved(when="2025-13"), raised("two", amount="USD 0"))))
    assert "no month 13" in finding.problem


# Doubles


def doubles(path: Path, *more: dict[str, Any]) -> list[Finding]:
    return validate(folder(path, source("a", moved()), things=[*THINGS, *more]))


def test_two_things_of_one_name_are_likely_entered_twice(tmp_path: Path) -> None:
    more = {"id": "organization/acme-inc", "label": {"en": "ORGANIZATION/ACME"}}
    (finding,) = doubles(tmp_path, more)
    assert (finding.file, finding.line) == ("register/things.yaml", 2 + len(THINGS))
    assert (finding.statement, finding.severity) == ("organization/acme-inc", "warning")
    assert finding.problem.startswith("'organization/acme-inc' has the name of 'organization/acme' (ORGANIZATION/ACME,")
    assert "merge them" in finding.remedy


def test_names_are_compared_without_case_width_and_punctuation(tmp_path: Path) -> None:
    one = {"id": "product/one", "label": {"en": "One", "zh-hans": "灯坊 AI"}}
    other = {"id": "product/other", "label": {"en": "Other", "zh-hans": "灯坊·ＡＩ"}}
    assert [finding.statement for finding in doubles(tmp_path, one, other)] == ["product/other"]


def test_things_of_different_kinds_may_share_a_name(tmp_path: Path) -> None:
    one = {"id": "product/lantern", "label": {"en": "Lantern"}}
    other = {"id": "organization/lantern", "label": {"en": "Lantern"}}
    assert doubles(tmp_path, one, other) == []


def test_one_name_in_two_languages_is_no_double(tmp_path: Path) -> None:
    assert doubles(tmp_path, {"id": "product/kite", "label": {"en": "Kite", "zh-hans": "Kite"}}) == []


def test_two_labels_in_one_language_are_found_once(tmp_path: Path) -> None:
    (finding,) = doubles(tmp_path, {"id": "product/kite", "label": {"en": ["Kite", "Dragon"]}})
    assert finding.statement == "product/kite"
    assert "one label a language" in finding.problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"en": "Lantern Works"}, {"en": "Lantern Works, Inc."}),
        ({"en": "Lantern Works Co., Ltd."}, {"en": "Lantern Works"}),
        ({"en": "Lantern Works Pte. Ltd"}, {"en": "Lantern-Works"}),
        ({"en": "One", "zh-hans": "灯坊科技"}, {"en": "Other", "zh-hans": "灯坊科技有限公司"}),
        ({"en": "One", "zh-hans": "灯坊发展"}, {"en": "Other", "zh-hant": "燈坊發展股份有限公司"}),
    ],
)
def test_legal_form_and_script_do_not_tell_two_organizations_apart(
    tmp_path: Path, one: dict[str, str], other: dict[str, str]
) -> None:
    things = ({"id": "organization/one", "label": one}, {"id": "organization/other", "label": other})
    (finding,) = doubles(tmp_path, *things)
    assert (finding.statement, finding.severity) == ("organization/other", "warning")
    assert "'organization/one'" in finding.problem


@pytest.mark.parametrize("role", ["alias", "formerName"])
def test_a_second_name_that_is_the_label_of_another_is_found_once(tmp_path: Path, role: str) -> None:
    one = {"id": "organization/one", "label": {"en": "Lantern", "zh-hans": "灯坊"}}
    other = {"id": "organization/other", "label": {"en": "Other"}, role: {"en": ["Lantern"], "zh-hans": ["灯坊"]}}
    assert [finding.statement for finding in doubles(tmp_path, one, other)] == ["organization/other"]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("legal-entity", "Lantern Inc.", "Lantern Ltd."),
        ("organization", "Lantern", "Lantern Cosa"),
        ("organization", "公司", "有限公司"),
    ],
)
def test_what_tells_two_things_apart_is_kept(tmp_path: Path, kind: str, one: str, other: str) -> None:
    things = [{"id": f"{kind}/x{n}", "label": {"en": name}} for n, name in enumerate((one, other))]
    assert doubles(tmp_path, *things) == []


def test_two_things_of_one_kind_with_one_identifier_are_told_of(tmp_path: Path) -> None:
    same = {"exactMatch": ["https://www.wikidata.org/entity/Q1"]}
    one, other, third = (
        {"id": thing, "label": {"en": thing}, **same} for thing in ("product/one", "product/other", "person/one")
    )
    (finding,) = doubles(tmp_path, one, other, third)
    assert (finding.statement, finding.severity) == ("product/other", "warning")
    problem = "'product/other' has the exactMatch of 'product/one' (https://www.wikidata.org/entity/Q1)"
    assert finding.problem == problem


# Imports


def test_what_a_build_leaves_out_of_imports_is_told_with_its_import(tmp_path: Path) -> None:
    facts = folder(tmp_path, source("a", moved()))
    imported(facts, "table", raised("two", organization="organization/gone"), known=["organization/gone"])
    imported(facts, "damaged", sat())
    (facts / "imports/damaged/statements.nq").write_bytes(b"")
    done = shell.invoke(facts, "validate", "--format", "json")
    assert done.exit_code == 5
    found = [(row["severity"], row["file"], row["statement"], row["problem"]) for row in json.loads(done.stdout)]
    assert found == [
        ("error", "imports/damaged", "", "left out: its statements.nq is damaged: it is not what was imported"),
        ("error", "imports/table", "two", "left out: 'organization/gone' is not there any more"),
    ]


def test_the_shapes_hold_for_imports_and_of_many_findings_some_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = folder(tmp_path, source("a", raised()))
    imported(facts, "table", cut("two", share="15"), moved("three", to="place/beijing", when="2025"))
    assert [(f.file, f.line, f.statement, f.problem) for f in validate(facts)] == [
        ("imports/table", 0, "three", "event/acme-move: it moves to where it was (here place/beijing)"),
        ("imports/table", 0, "two", "event/acme-cut: a share lies between 0 and 1 (here 15)"),
    ]
    monkeypatch.setattr(limits, "FINDINGS_LISTED", 1)
    assert [f.problem for f in validate(facts) if f.file == "imports"] == ["1 more findings"]


def test_an_identifier_of_elsewhere_is_a_web_address(tmp_path: Path) -> None:
    facts = folder(tmp_path, source("a", moved()))
    place = imported(facts, "table", sat(), things=[{"id": "product/x", "label": {"en": "X"}}])
    wrong = f"<{expand('product/x')}> <{EXACT_MATCH}> <urn:isbn:1> <{REGISTER}> .\n".encode()
    path, manifest = place / "statements.nq", place / "import.json"
    old = path.read_bytes()
    lines = old.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(f"<{expand('product/x')}>".encode()))
    new = b"".join([*lines[:at], wrong, *lines[at:]])
    path.write_bytes(new)
    manifest.write_text(manifest.read_text().replace(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()))
    (finding,) = validate(facts)
    assert (finding.file, finding.statement) == ("imports/table", "product/x")
    assert "an identifier of elsewhere that is no web address" in finding.problem
