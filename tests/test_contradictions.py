"""What is set against what: every rule on facts made for it, firing and not firing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from folders import THINGS, Statement, cut, folder, moved, raised, said, source

from graph.aggregates import Known
from graph.contradictions import RULES, contradictions
from graph.findings import AGREES, CONTRADICTION, UNCHECKED, UNLIKE, Checked
from graph.reading import Reader
from graph.store import in_memory

CASE = {"case": "case/acme"}


def found(path: Path, *sources: Iterable[Statement]) -> list[tuple[str, str, Checked]]:
    """Rule, words and claim of everything that is found in documents of different publishers."""
    publishers = ("organization/daily", "organization/herald", "organization/gazette")
    files = [
        source(f"source-{n}", *statements, publisher=publishers[n]) for n, statements in enumerate(sources)
    ]  # fmt: skip
    small = in_memory(folder(path, *files, things=(*THINGS, "ranking/other", "criterion/startup", "product/gizmo")))
    reader = Reader(small)
    checked = list(contradictions(Known(small, reader)))
    return [(f.rule.name, f.say(reader), claim) for claim in checked for f in claim.findings]


def rules(path: Path, *sources: Iterable[Statement]) -> dict[str, str]:
    return {name: words for name, words, _ in found(path, *sources)}


@pytest.mark.parametrize(("other", "apart"), [("2025-03", True), ("2024-05", False), ("2024", False)])
def test_dates_of_two_documents_overlap_or_cannot_both_be_true(tmp_path: Path, other: str, apart: bool) -> None:
    words = rules(tmp_path, [moved(when="2024-05")], [moved(when=other)]).get("dates-apart")
    assert words == ("dated May 2024 / March 2025: these do not overlap" if apart else None)


@pytest.mark.parametrize(("other", "apart"), [("USD 90000000", True), ("about USD 50000000", False)])
def test_values_of_two_documents_agree_or_cannot_both_be_true(tmp_path: Path, other: str, apart: bool) -> None:
    words = rules(tmp_path, [raised(amount="USD 50000000")], [raised(amount=other)]).get("values-apart")
    assert words == ("amount: USD 50 million / USD 90 million cannot all be true" if apart else None)


def milestone(subtype: str, when: str) -> Statement:
    """A statement of a milestone of the widget."""
    about = {"about": f"event/widget-{subtype}", "product": "product/widget", "subtype": subtype}
    return said(subtype, type="ProductMilestone", when=when, **about)


@pytest.mark.parametrize(
    ("first", "then", "reversed_"),
    [
        (("creation", "2024"), ("public-launch", "2023"), True),
        (("creation", "2024"), ("public-launch", "2024-03"), False),
        (("public-launch", "2025"), ("shutdown", "2024"), True),
        (("closed-beta", "2025"), ("public-launch", "2024"), False),
    ],
)
def test_a_product_is_made_before_it_is_launched_and_launched_before_it_is_shut_down(
    tmp_path: Path, first: tuple[str, str], then: tuple[str, str], reversed_: bool
) -> None:
    words = rules(tmp_path, [milestone(*first), milestone(*then)]).get("effect-before-cause")
    assert words == (f"dated {then[1]}, what it follows from or is part of {first[1]}" if reversed_ else None)


@pytest.mark.parametrize(("when", "outside"), [("2024-01", True), ("2024-05", False), ("2024-09", True)])
def test_an_investment_is_made_within_its_round(tmp_path: Path, when: str, outside: bool) -> None:
    held = {"organization": "organization/acme", "investor": "organization/bolt", "round": "event/acme-round"}
    part = said("part", type="Investment", about="event/bolt-in-acme", when=when, **held)
    assert ("effect-before-cause" in rules(tmp_path, [raised(when="2024-05"), part])) is outside


@pytest.mark.parametrize(("gone", "is_reversed"), [("2022", True), ("2025", False)])
def test_a_legal_entity_is_formed_before_it_is_deregistered(tmp_path: Path, gone: str, is_reversed: bool) -> None:
    held = {"type": "LegalEntityChange", "organization": "organization/acme", "legalEntity": "legal-entity/acme-ltd"}
    formed = said("formed", about="event/formed", subtype="incorporation", when="2023", **held)
    ended = said("ended", about="event/ended", subtype="deregistration", when=gone, **held)
    assert ("effect-before-cause" in rules(tmp_path, [formed, ended])) is is_reversed


@pytest.mark.parametrize(
    ("when", "rule", "verdict"),
    [
        ("2024-05", "order-kept", AGREES),
        ("2025-05", "order-refuted", CONTRADICTION),
        ("2024", "order-untold", UNCHECKED),
        (None, "order-untold", UNCHECKED),
    ],
)
def test_an_order_that_a_source_claims_is_held_against_the_dates(
    tmp_path: Path, when: str | None, rule: str, verdict: str
) -> None:
    claims = found(tmp_path, [moved(when=when, before="event/acme-cut"), cut("two", when="2024-07")])
    assert [(name, claim.verdict) for name, _, claim in claims] == [(rule, verdict)]
    assert [s.iri.rpartition("/")[2] for s in claims[0][2].told] == ["source-0#one"]


@pytest.mark.parametrize(
    ("first", "then", "others", "expected"),
    [
        ("2023", "2023", [], {"one-date-untold"}),
        ("2023", "2024", [], set()),
        ("2023", "2023", [moved(when="2023-02"), cut("two", when="2023-11")], {"one-date-for-two"}),
    ],
)
def test_one_date_does_not_cover_two_facets(
    tmp_path: Path, first: str, then: str, others: list[Statement], expected: set[str]
) -> None:
    told = [moved(when=first, **CASE), cut("two", when=then, **CASE)]
    assert set(rules(tmp_path, told, others) if others else rules(tmp_path, told)) == expected


def test_facets_dated_by_other_words_are_told_apart(tmp_path: Path) -> None:
    told = [moved(when="2023", words="that year", **CASE), cut("two", when="2023", words="after the move", **CASE)]
    assert rules(tmp_path, told) == {}


def entry(product: str, **values: object) -> Statement:
    about = {"about": f"entry/{product}", "ranking": "ranking/top", "product": f"product/{product}"}
    return said(product, type="RankingEntry", **about, **values)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry("widget", position="2"), entry("gadget", position="2")], "rank 2 against 2"),
        ([entry("widget", position="2"), entry("gadget", position="3")], None),
        ([entry("widget", position="11")], "rank 11 against 10"),
        ([entry("widget", position="over 10")], None),
        (
            [entry("widget", position="5", aheadOf="product/gadget"), entry("gadget", position="3")],
            "rank 5 against 3",
        ),
        ([entry("widget", position="2", aheadOf="product/gadget"), entry("gadget", position="3")], None),
    ],
)
def test_ranks_of_one_list_can_all_be_true(tmp_path: Path, entries: list[Statement], words: str | None) -> None:
    size = said("list", type="Ranking", about="ranking/top", size="10")
    assert rules(tmp_path, [size, *entries]).get("ranks-apart") == words


def test_lists_of_one_document_that_measure_different_things_are_unlike(tmp_path: Path) -> None:
    def share(key: str, ranking: str) -> Statement:
        counted = {"criterion": "criterion/big", "count": "1", "outOf": "2", "share": "0.5"}
        return said(key, type="ReportedAggregate", about=f"aggregate/{key}", ranking=ranking, **counted)

    def ranking(about: str, metric: str) -> Statement:
        return said(
            about.rpartition("/")[2], type="Ranking", about=about, metric=metric, scope="place/japan", when="2025"
        )

    shares = (share("one", "ranking/top"), share("two", "ranking/other"))
    unlike = [ranking("ranking/top", "downloads"), ranking("ranking/other", "revenue"), *shares]
    alike = [ranking("ranking/top", "downloads"), ranking("ranking/other", "downloads"), *shares]
    ((name, words, claim),) = found(tmp_path / "a", unlike)
    assert (name, words, claim.verdict) == ("lists-unlike", "unlike: metric revenue / downloads", UNLIKE)
    assert rules(tmp_path / "b", alike) == {}
    assert rules(tmp_path / "c", unlike[:3], [unlike[1], unlike[3]]) == {}


@pytest.mark.parametrize(("amount", "fires"), [(None, True), ("CNY 60000000000", True), ("CNY 40000000000", False)])
def test_a_label_beside_a_threshold_needs_the_value(tmp_path: Path, amount: str | None, fires: bool) -> None:
    line = {"subtype": "threshold", "metric": "market-value", "threshold": "CNY 50000000000"}
    called = {"criterion": "criterion/startup", "subject": "organization/acme", "satisfied": "true"}
    told = [
        said("line", type="Criterion", about="criterion/big", **line),
        said("called", type="CriterionAssessment", about="assessment/a", **called),
    ]
    if amount is not None:
        worth = {"subject": "organization/acme", "metric": "market-value", "amount": amount, "when": "2025"}
        told.append(said("worth", type="Observation", about="observation/a", **worth))
    assert ("label-beside-threshold" in rules(tmp_path, told)) is fires


def test_an_order_among_undated_things_cannot_be_checked(tmp_path: Path) -> None:
    words = {"en": "They come ever later.", "zh-hans": "间隔越来越长。"}
    argued = said("argued", kind="opinion", about="criterion/big", paraphrase=words)
    called = {"type": "CriterionAssessment", "criterion": "criterion/big", "satisfied": "true"}
    two = [said(p, about=f"assessment/{p}", subject=f"product/{p}", **called) for p in ("widget", "gadget")]
    dated = [
        said(
            f"born-{p}", type="ProductMilestone", about=f"event/{p}", product=f"product/{p}", subtype="creation", when=y
        )
        for p, y in (("widget", "2020"), ("gadget", "2021"))
    ]
    assert "of 2 such things 1 have a date" in rules(tmp_path / "a", [argued, *two, dated[0]])["order-of-undated"]
    assert rules(tmp_path / "b", [argued, *two, *dated]) == {}


def test_every_rule_has_words_in_both_languages_and_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.summary and rule.words.keys() == {"en", "zh-hans"} for rule in RULES)
    assert {rule.verdict for rule in RULES} == {CONTRADICTION, UNLIKE, UNCHECKED, AGREES}
