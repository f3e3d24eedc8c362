"""Reported counts and shares beside what the graph gives: every rule on facts made for it, firing and not firing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from folders import THINGS, Statement, folder, moved, said, sat, source

from graph.aggregates import share_fits
from graph.claims import RULES, claims
from graph.figures import parse
from graph.findings import AGREES, DIFFERS, NOTE, UNCHECKED, UNFIT, WRONG, Checked
from graph.reading import Reader
from graph.store import Graph, in_memory

LIST, BIG, COUNT = "ranking/top", "criterion/big", "aggregate/one"
MORE = (
    *("criterion/small", "criterion/here", "criterion/there", "criterion/both", "criterion/listed"),
    *("ranking/other", "ranking/before", "product/gizmo", "product/doodad"),
)


def counted(key: str = "count", **values: object) -> Statement:
    """A statement of a count in the list."""
    told = {"type": "ReportedAggregate", "about": COUNT, "ranking": LIST, "criterion": BIG, "kind": "reported-figure"}
    return said(key, **{**told, **values})


def ranked(size: int | None = 3, **values: object) -> Statement:
    """A statement of the list, of June 2025 unless told otherwise."""
    told = {"type": "Ranking", "about": LIST, "size": str(size) if size else None, "when": "2025-06"}
    return said("list", **{**told, **values})


def defined(about: str = BIG, key: str = "definition", **values: object) -> Statement:
    """A statement that says how a criterion is decided."""
    return said(key, type="Criterion", about=about, **values)


def listed(*products: str, ranking: str = LIST, ranks: bool = True) -> list[Statement]:
    """Entries of the list, from the first place on."""
    slug = ranking.partition("/")[2]
    return [
        said(
            f"entry-{slug}-{p}", type="RankingEntry", about=f"entry/{slug}-{p}", ranking=ranking,
            product=f"product/{p}", position=str(number) if ranks else None,
        )
        for number, p in enumerate(products, 1)
    ]  # fmt: skip


def made(product: str, organization: str = "acme") -> Statement:
    """A statement that an organization makes a product."""
    about = f"operation/{organization}-{product}"
    ends = {"organization": f"organization/{organization}", "product": f"product/{product}"}
    return said(f"made-{product}", type="Operation", about=about, **ends)


def graph_of(path: Path, *statements: Statement) -> Graph:
    return in_memory(folder(path, source("one", *statements), things=(*THINGS, *MORE)))


def checked(path: Path, *statements: Statement, about: str = COUNT) -> tuple[Checked, Reader]:
    """The claim about one aggregate."""
    small = graph_of(path, *statements)
    reader = Reader(small)
    return next(c for c in claims(small, reader) if c.nodes[0].endswith(f"/{about}")), reader


def fired(path: Path, *statements: Statement, about: str = COUNT) -> dict[str, str]:
    """What each rule that fires on an aggregate says."""
    claim, reader = checked(path, *statements, about=about)
    return {finding.rule.name: finding.say(reader) for finding in claim.findings}


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


OVER = {"subtype": "threshold", "metric": "market-value", "threshold": "CNY 50000000000"}


def worth(metric: str, amount: str, organization: str = "acme", when: str | None = "2025-05") -> Statement:
    """A statement of what an organization is worth."""
    about = f"observation/{organization}-{metric}"
    ends = {"subject": f"organization/{organization}", "metric": metric, "amount": amount, "when": when}
    return said(f"worth-{organization}-{metric}", type="Observation", about=about, **ends)


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
    found = fired(tmp_path, defined(**OVER), ranked(), counted(count="1"), *listed("widget"), made("widget"), *values)
    assert found.get("threshold-on-unlisted", "") == (
        "not listed, so without a market value: organization/acme" if unlisted else ""
    )


def test_of_a_list_without_members_those_of_other_lists_of_the_market_are_in_question(tmp_path: Path) -> None:
    other = said("other", type="Ranking", about="ranking/other", scope="place/mainland-china", size="9")
    facts = (made("widget"), worth("valuation", "USD 9000000000"), *listed("widget", ranking="ranking/other"), other)
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


ACME_MAKES = defined(maker="organization/acme")


@pytest.mark.parametrize(
    ("count", "verdict", "says"),
    [
        ("2", AGREES, "every place is decided, and 2 meet it"),
        ("3", DIFFERS, "printed 3, the graph allows 2 to 2: off by 1"),
        ("4", DIFFERS, "printed 4, the graph allows 2 to 2: off by 2"),
        ("1", DIFFERS, "printed 1, the graph allows 2 to 2: off by 1"),
        ("over 2", DIFFERS, "printed over 2, the graph allows 2 to 2: off by 1"),
        ("over 1", AGREES, "every place is decided, and 2 meet it"),
        ("under 3", AGREES, "every place is decided, and 2 meet it"),
    ],
)
def test_a_list_that_is_known_whole_is_counted(tmp_path: Path, count: str, verdict: str, says: str) -> None:
    makers = (made("widget"), made("gadget"), made("gizmo", "bolt"))
    claim, reader = checked(
        tmp_path, ACME_MAKES, ranked(), counted(count=count), *listed("widget", "gadget", "gizmo"), *makers
    )
    said_of = {f.rule.name: f.say(reader) for f in claim.findings}
    assert (claim.verdict, claim.bounds) == (verdict, (2, 2))
    assert says in said_of.values()
    assert said_of["meeting"] == "meeting it here: product/gadget, product/widget"


@pytest.mark.parametrize(("count", "verdict"), [("0", DIFFERS), ("1", UNCHECKED), ("4", UNCHECKED), ("5", DIFFERS)])
def test_what_is_not_known_is_a_bound_and_never_a_no(tmp_path: Path, count: str, verdict: str) -> None:
    statements = (*listed("widget", "gadget", "gizmo"), made("widget"), made("gizmo", "bolt"))
    claim, reader = checked(tmp_path, ACME_MAKES, ranked(5), counted(count=count), *statements)
    found = {f.rule.name: f.say(reader) for f in claim.findings}
    assert (claim.verdict, claim.bounds) == (verdict, (1, 4))
    assert found["lacking"] == "not known of product/gadget: who makes it"
    assert found["unnamed"] == "missing: the members at 2 of 5 places"
    if verdict == UNCHECKED:
        assert found["undecided"] == "of the members known here 1 meet it, 1 do not: so between 1 and 4"


def test_a_list_of_unknown_size_has_no_upper_bound(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(None), *listed("widget"), made("widget"))
    claim, reader = checked(tmp_path, *statements, counted(count="9"))
    assert (claim.verdict, claim.bounds) == (UNCHECKED, (1, None))
    assert "missing: how many places the list has" in [f.say(reader) for f in claim.findings]


def test_a_share_without_a_count_is_counted_too(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(2), *listed("widget", "gizmo"), made("widget"), made("gizmo", "bolt"))
    assert checked(tmp_path / "a", *statements, counted(share="0.5", outOf="2"))[0].verdict == AGREES
    claim, reader = checked(tmp_path / "b", *statements, counted(share="over 0.5", outOf="2"))
    assert claim.verdict == DIFFERS
    assert claim.findings[0].say(reader) == "printed over 50 % of 2, the graph allows 1 to 1: off by 1"


@pytest.mark.parametrize(("count", "verdict"), [("1", AGREES), ("2", DIFFERS)])
def test_only_those_of_the_population_are_counted(tmp_path: Path, count: str, verdict: str) -> None:
    claim, _ = checked(
        tmp_path,
        ACME_MAKES,
        defined("criterion/here", "p", mainMarketIn="place/singapore"),
        ranked(2),
        *listed("widget", "gadget"),
        *(made("widget"), made("gadget")),
        *(main_market("widget", "place/singapore"), main_market("gadget", "place/japan")),
        counted(count=count, population="criterion/here"),
    )
    assert (claim.verdict, claim.bounds) == (verdict, (1, 1))


@pytest.mark.parametrize(("ranks", "verdict"), [(True, AGREES), (False, UNCHECKED)])
def test_fewer_places_than_the_list_has_are_its_first(tmp_path: Path, ranks: bool, verdict: str) -> None:
    statements = (
        *listed("widget", "gizmo", "gadget", ranks=ranks),
        made("widget"),
        made("gizmo", "bolt"),
        made("gadget"),
    )
    claim, reader = checked(tmp_path, ACME_MAKES, ranked(3), counted(count="1", outOf="2"), *statements)
    assert claim.verdict == verdict
    assert "out of 2 of the 3 places, read as the first 2" in [f.say(reader) for f in claim.findings]


def test_a_named_member_that_does_not_meet_the_criterion_differs(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(), made("widget"), made("gizmo", "bolt"))
    claim, reader = checked(tmp_path, *statements, counted(count="2", member=["product/widget", "product/gizmo"]))
    assert claim.verdict == DIFFERS
    assert claim.findings[0].say(reader) == (
        "named as a member, but does not meet it by what the graph holds: product/gizmo"
    )


def test_without_a_number_nothing_can_be_checked(tmp_path: Path) -> None:
    claim, reader = checked(tmp_path, ranked(), counted(member=["product/widget"]))
    assert claim.verdict == UNCHECKED
    assert "the source gives no number" in [f.say(reader) for f in claim.findings]


def test_a_count_of_no_list_says_so(tmp_path: Path) -> None:
    found = fired(tmp_path, counted(ranking=None, population="criterion/small", count="1", outOf="2"))
    assert found["unnamed"] == "missing: whom it counts: there is no list of them"


def main_market(product: str, place: str, primary: str = "true") -> Statement:
    """A statement of the main market of a product."""
    about = f"presence/{product}-{place.partition('/')[2]}"
    held = {"product": f"product/{product}", "place": place, "primary": primary, "metric": "users"}
    return said(f"market-{product}-{place.partition('/')[2]}", type="MarketPresence", about=about, **held)


def seat(organization: str, place: str, **values: object) -> Statement:
    """A statement of headquarters."""
    about = f"tenure/{organization}-{place.partition('/')[2]}"
    told = {"about": about, "organization": f"organization/{organization}", "place": place, **values}
    return sat(f"seat-{about.partition('/')[2]}", **told)


@pytest.mark.parametrize(
    ("definition", "facts", "bounds"),
    [
        ({"basedIn": "place/mainland-china"}, [seat("acme", "place/beijing")], (1, 1)),
        ({"basedIn": "place/beijing"}, [seat("acme", "place/mainland-china")], (0, 1)),
        ({"basedIn": "place/beijing"}, [seat("acme", "place/singapore")], (0, 0)),
        ({"basedIn": "place/beijing"}, [], (0, 1)),
        ({"basedIn": "place/singapore"}, [moved(when="2025-01")], (1, 1)),
        ({"basedIn": "place/singapore"}, [moved(when="2025-09")], (0, 0)),
        ({"basedIn": "place/singapore"}, [moved()], (0, 1)),
        ({"mainMarketIn": "place/singapore"}, [main_market("widget", "place/singapore")], (1, 1)),
        ({"mainMarketIn": "place/singapore"}, [main_market("widget", "place/japan")], (0, 0)),
        ({"mainMarketIn": "place/singapore"}, [main_market("widget", "place/singapore", "false")], (0, 1)),
        (OVER, [worth("market-value", "CNY 60000000000")], (1, 1)),
        (OVER, [worth("market-value", "CNY 50000000000")], (0, 0)),
        (OVER, [worth("market-value", "over CNY 50000000000")], (1, 1)),
        (OVER, [worth("market-value", "under CNY 60000000000")], (0, 1)),
        (OVER, [worth("market-value", "CNY 60000000000", when="2025-07")], (0, 1)),
        (OVER, [worth("market-value", "USD 60000000000")], (0, 1)),
        (OVER, [worth("valuation", "CNY 60000000000")], (0, 1)),
    ],
)  # fmt: skip
def test_a_criterion_is_decided_as_it_says(
    tmp_path: Path, definition: dict[str, str], facts: list[Statement], bounds: tuple[int, int]
) -> None:
    statements = (defined(**definition), ranked(1), *listed("widget"), made("widget"), counted(count="1"))
    assert checked(tmp_path, *statements, *facts)[0].bounds == bounds


@pytest.mark.parametrize(("satisfied", "bounds"), [("true", (1, 1)), ("false", (0, 0)), (None, (0, 1))])
def test_an_assessment_by_a_source_decides_first(
    tmp_path: Path, satisfied: str | None, bounds: tuple[int, int]
) -> None:
    judged = said(
        "judged", type="CriterionAssessment", about="assessment/a", criterion=BIG, subject="product/widget",
        satisfied=satisfied,
    )  # fmt: skip
    statements = (defined(mainMarketIn="place/japan"), ranked(1), *listed("widget"), judged, counted(count="1"))
    assert checked(tmp_path, *statements)[0].bounds == bounds


@pytest.mark.parametrize(
    ("size", "earlier", "when", "bounds"),
    [
        (1, "widget", "2025-01", (0, 0)),
        (1, "gizmo", "2025-01", (1, 1)),
        (2, "gizmo", "2025-01", (0, 1)),
        (1, "widget", "2025-09", (0, 1)),
    ],
    ids=["was on it", "was not", "not known whole", "no earlier edition"],
)
def test_what_is_new_on_a_list_was_not_on_the_edition_before(
    tmp_path: Path, size: int, earlier: str, when: str, bounds: tuple[int, int]
) -> None:
    publisher = {"publisher": "organization/daily", "metric": "users"}
    before = said("before", type="Ranking", about="ranking/before", size=str(size), when=when, **publisher)
    statements = (defined(subtype="first-listing"), ranked(1, **publisher), before, *listed("widget"))
    more = (*listed(earlier, ranking="ranking/before"), counted(count="1"))
    assert checked(tmp_path, *statements, *more)[0].bounds == bounds


def test_a_complement_counts_the_others(tmp_path: Path) -> None:
    statements = (*listed("widget", "gizmo", "gadget"), made("widget"), made("gizmo", "bolt"))
    rest = defined("criterion/small", "rest", complementOf=BIG)
    claim, reader = checked(
        tmp_path, ACME_MAKES, rest, ranked(), *statements, counted(criterion="criterion/small", count="1")
    )
    assert claim.bounds == (1, 2)
    assert "not known of product/gadget: who makes it" in [f.say(reader) for f in claim.findings]


def test_complements_of_one_another_define_nothing(tmp_path: Path) -> None:
    one, other = defined(complementOf="criterion/small"), defined("criterion/small", "rest", complementOf=BIG)
    assert "no-definition" in fired(tmp_path, one, other, ranked(), counted(count="1"), *listed("widget"))


@pytest.mark.parametrize("size", ["3", "999999999999999999"])
def test_numbers_beyond_measure_are_checked_at_once(tmp_path: Path, size: str) -> None:
    statements = (ACME_MAKES, ranked(size=size), *listed("widget"), made("widget"))
    claim, _ = checked(tmp_path, *statements, counted(count="99999999999999"))
    assert claim.verdict == (DIFFERS if size == "3" else UNCHECKED)


def test_every_rule_has_words_in_both_languages_and_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.summary and rule.words.keys() == {"en", "zh-hans"} for rule in RULES)
    assert {rule.verdict for rule in RULES} == {WRONG, UNFIT, DIFFERS, AGREES, UNCHECKED, NOTE}


def test_a_hostile_name_steers_no_terminal(tmp_path: Path) -> None:
    import shell

    things = [*THINGS, {"id": "criterion/evil", "label": {"en": "\x1b[31mred\u202e{0}%s"}}]
    facts = folder(tmp_path, source("one", ranked(), counted(count="1", criterion="criterion/evil")), things=things)
    result = shell.invoke(facts, "claims")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "{0}%s" in result.stdout
