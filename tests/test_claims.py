"""Reported counts and shares among themselves: every rule on facts made for it, firing and not firing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import shell
from counts import BIG, LIST, MORE, OVER, checked, counted, defined, fired, listed, ranked, worth
from folders import THINGS, Statement, folder, said, source
from lists import made

from graph.aggregates import share_fits
from graph.claims import RULES, claims
from graph.figures import parse
from graph.findings import AGREES, DIFFERS, NOTE, UNCHECKED, UNFIT, WRONG
from graph.reading import Reader
from graph.store import in_memory


@pytest.mark.parametrize(
    ("count", "whole", "share", "fits"),
    [
        (14, 20, "0.7", True),
        (7, 20, "about 0.333", False),
        (5, 34, "about 0.15", True),
        (5, 34, "0.15", True),
        (5, 34, "0.16", False),
        (5, 34, "0.147", True),
        (5, 34, "0.148", False),
        (24, 50, "about 0.5", True),
        (22, 50, "about 0.5", False),
        (18, 30, "over 0.5", True),
        (15, 30, "over 0.5", False),
        (14, 30, "under 0.5", True),
        (15, 30, "under 0.5", False),
        (1, 8, "0.13", True),
        (1, 1, "1", True),
    ],
)
def test_a_share_fits_at_the_precision_to_which_it_is_printed(count: int, whole: int, share: str, fits: bool) -> None:
    assert share_fits(Decimal(count), whole, parse(share)) is fits


def test_a_share_that_is_not_count_by_whole_is_wrong_arithmetic(tmp_path: Path) -> None:
    claim, reader = checked(tmp_path, counted(count="7", outOf="20", share="about 0.333"))
    assert claim.verdict == WRONG
    assert claim.findings[0].say(reader) == "7 of 20 is 35 %, printed as about 33.3 %: 1.7 points apart"


def test_a_share_that_is_count_by_whole_is_remarked_on(tmp_path: Path) -> None:
    found = fired(tmp_path, counted(count="14", outOf="20", share="0.7"))
    assert found["share-kept"] == "14 of 20 is 70 %, as printed"
    assert "share-off" not in found


@pytest.mark.parametrize(("out_of", "size", "says"), [("20", 10, "20 are counted out of 10"), ("10", 10, "")])
def test_more_cannot_be_counted_from_than_the_list_has(tmp_path: Path, out_of: str, size: int, says: str) -> None:
    assert fired(tmp_path, ranked(size), counted(count="5", outOf=out_of)).get("over-whole", "") == says


@pytest.mark.parametrize(
    ("count", "rule", "verdict"),
    [("1", "members-over", WRONG), ("2", "", UNCHECKED), ("3", "members-under", UNCHECKED)],
)
def test_members_are_as_many_as_are_counted(tmp_path: Path, count: str, rule: str, verdict: str) -> None:
    claim, _ = checked(tmp_path, counted(count=count, member=["product/widget", "product/gadget"]))
    assert {f.rule.name for f in claim.findings} & {"members-over", "members-under"} == ({rule} if rule else set())
    assert claim.verdict == verdict


@pytest.mark.parametrize(("out_of", "says"), [("9", "out of 9, while the same document counts 8"), ("8", "")])
def test_a_population_is_as_large_as_the_same_document_counts_it(tmp_path: Path, out_of: str, says: str) -> None:
    whole = counted("whole", about="aggregate/whole", criterion="criterion/small", count="8")
    found = fired(tmp_path, whole, counted(count="5", outOf=out_of, population="criterion/small"))
    assert says in found.get("population-off", "")
    assert bool(says) == ("population-off" in found)


@pytest.mark.parametrize(("other", "off"), [("4", False), ("5", True), ("3", True)])
def test_a_criterion_and_its_complement_make_up_the_whole(tmp_path: Path, other: str, off: bool) -> None:
    rest = counted("rest", about="aggregate/rest", criterion="criterion/small", count=other, outOf="10")
    statements = (defined("criterion/small", complementOf=BIG), counted(count="6", outOf="10"), rest)
    found = fired(tmp_path, *statements)
    assert ("parts-off" in found) is off
    assert ("parts-kept" in found) is not off
    assert "parts-off" in fired(tmp_path / "b", *statements, about="aggregate/rest") or not off


@pytest.mark.parametrize(
    ("figures", "off"),
    [({"count": "5"}, False), ({"count": "6"}, True), ({"share": "over 0.4"}, False), ({"share": "over 0.5"}, True)],
)
def test_products_of_two_makers_are_those_of_each_together(tmp_path: Path, figures: dict[str, str], off: bool) -> None:
    statements = [
        defined("criterion/here", "a", maker="organization/acme"),
        defined("criterion/there", "b", maker="organization/bolt"),
        defined("criterion/both", "c", maker=["organization/acme", "organization/bolt"]),
        counted("a-count", about="aggregate/a", criterion="criterion/here", count="3", outOf="10"),
        counted("b-count", about="aggregate/b", criterion="criterion/there", count="2", outOf="10"),
        counted(criterion="criterion/both", outOf="10", **figures),
    ]
    assert ("parts-off" in fired(tmp_path, *statements)) is off


@pytest.mark.parametrize(
    ("place", "off"),
    [("place/singapore", True), ("place/mainland-china", False)],
    ids=["apart", "one within the other"],
)
def test_parts_that_exclude_one_another_are_no_more_than_the_whole(tmp_path: Path, place: str, off: bool) -> None:
    found = fired(
        tmp_path,
        defined("criterion/here", "a", basedIn="place/beijing"),
        defined("criterion/there", "b", basedIn=place),
        counted("other", about="aggregate/b", criterion="criterion/there", count="6", outOf="10"),
        counted(criterion="criterion/here", count="5", outOf="10"),
    )
    assert ("parts-off" in found) is off


def test_counts_of_two_documents_are_not_added_up(tmp_path: Path) -> None:
    rest = counted("rest", about="aggregate/rest", criterion="criterion/small", count="9", outOf="10")
    one = source("one", defined("criterion/small", complementOf=BIG), counted(count="6", outOf="10"))
    small = in_memory(folder(tmp_path, one, source("two", rest), things=(*THINGS, *MORE)))
    assert not [f for c in claims(small, Reader(small)) for f in c.findings if f.rule.name.startswith("parts")]


@pytest.mark.parametrize(
    ("told", "rules", "verdict"),
    [
        ({"subtype": "label"}, {"label-undefined"}, UNFIT),
        ({"subtype": "label", "maker": "organization/acme"}, set(), UNCHECKED),
        (None, {"no-definition"}, UNCHECKED),
    ],
)
def test_a_label_without_a_definition_does_not_fit(
    tmp_path: Path, told: dict[str, str] | None, rules: set[str], verdict: str
) -> None:
    claim, _ = checked(tmp_path, *([defined(**told)] if told else []), ranked(), counted(count="2"))
    assert {f.rule.name for f in claim.findings} & {"label-undefined", "no-definition"} == rules
    assert claim.verdict == verdict


def test_the_definition_of_another_document_is_named(tmp_path: Path) -> None:
    two = source("two", defined(maker="organization/acme"), publisher="organization/herald")
    small = in_memory(folder(tmp_path, source("one", ranked(), counted(count="2")), two, things=(*THINGS, *MORE)))
    reader = Reader(small)
    (claim,) = claims(small, reader)
    assert "no definition of its own; counted by that of source/two" in [f.say(reader) for f in claim.findings]


@pytest.mark.parametrize(("when", "undated"), [(None, True), ("2025-06", False)])
def test_a_threshold_needs_a_day(tmp_path: Path, when: str | None, undated: bool) -> None:
    claim, _ = checked(tmp_path, defined(**OVER), ranked(when=when), counted(count="2"))
    assert ("threshold-undated" in {f.rule.name for f in claim.findings}) is undated
    assert claim.verdict == (UNFIT if undated else UNCHECKED)


@pytest.mark.parametrize(
    ("values", "unlisted"),
    [
        ([worth("valuation", "USD 9000000000")], True),
        ([worth("valuation", "USD 9000000000"), worth("market-value", "CNY 60000000000")], False),
        ([], False),
    ],
)
def test_a_company_that_is_not_listed_has_no_market_value(
    tmp_path: Path, values: list[Statement], unlisted: bool
) -> None:
    found = fired(
        tmp_path, defined(**OVER), ranked(), counted(count="1"), *listed("widget"), made("widget", "acme"), *values
    )
    assert found.get("threshold-on-unlisted", "") == (
        "not listed, so without a market value: organization/acme" if unlisted else ""
    )


def test_of_a_list_without_members_those_of_other_lists_of_the_market_are_in_question(tmp_path: Path) -> None:
    other = said("other", type="Ranking", about="ranking/other", scope="place/mainland-china", size="9")
    facts = (
        made("widget", "acme"),
        worth("valuation", "USD 9000000000"),
        *listed("widget", ranking="ranking/other"),
        other,
    )
    near = ranked(scope="place/mainland-china")
    far = ranked(scope="place/singapore")
    assert "threshold-on-unlisted" in fired(tmp_path / "a", defined(**OVER), near, counted(count="1"), *facts)
    assert "threshold-on-unlisted" not in fired(tmp_path / "b", defined(**OVER), far, counted(count="1"), *facts)


@pytest.mark.parametrize(
    ("other", "unlike"),
    [
        ({"ranking": "ranking/other", "criterion": BIG}, "metric"),
        ({"ranking": "ranking/other", "criterion": "criterion/small"}, "criterion, metric"),
        ({"ranking": LIST, "criterion": "criterion/small"}, ""),
    ],
)
def test_a_share_is_not_compared_with_one_of_another_list(tmp_path: Path, other: dict[str, str], unlike: str) -> None:
    found = fired(
        tmp_path,
        ranked(metric="downloads", scope="place/singapore"),
        said("b", type="Ranking", about="ranking/other", metric="revenue", scope="place/singapore", when="2025-06"),
        counted(count="1", outOf="2", share="0.5"),
        counted("other", about="aggregate/two", count="1", outOf="4", share="0.25", **other),
    )
    assert found.get("compared-unlike", "").endswith(f"not alike, or not stated: {unlike}" if unlike else "")
    assert ("compared-unlike" in found) is bool(unlike)


def test_a_count_on_which_sources_differ_differs(tmp_path: Path) -> None:
    two = source("two", counted(count="5"), publisher="organization/herald")
    small = in_memory(folder(tmp_path, source("one", counted(count="4")), two, things=(*THINGS, *MORE)))
    reader = Reader(small)
    (claim,) = claims(small, reader)
    assert (claim.verdict, claim.findings[0].say(reader)) == (DIFFERS, "sources give 4 / 5")


def test_every_rule_has_words_in_both_languages_and_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.summary and rule.words.keys() == {"en", "zh-hans"} for rule in RULES)
    assert {rule.verdict for rule in RULES} == {WRONG, UNFIT, DIFFERS, AGREES, UNCHECKED, NOTE}


def test_a_hostile_name_steers_no_terminal(tmp_path: Path) -> None:
    things = [*THINGS, {"id": "criterion/evil", "label": {"en": "\x1b[31mred\u202e{0}%s"}}]
    facts = folder(tmp_path, source("one", ranked(), counted(count="1", criterion="criterion/evil")), things=things)
    result = shell.invoke(facts, "claims")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "{0}%s" in result.stdout
