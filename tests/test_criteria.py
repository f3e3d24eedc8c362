"""Reported counts and shares beside the members of the list that meet the criterion by what the graph holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from counts import BIG, OVER, checked, counted, defined, fired, listed, ranked, worth
from folders import Statement, based, moved, said
from lists import made

from graph.findings import AGREES, DIFFERS, UNCHECKED

ACME_MAKES = defined(maker="organization/acme")


def main_market(product: str, place: str, primary: str = "true") -> Statement:
    """A statement of the main market of a product."""
    about = f"presence/{product}-{place.partition('/')[2]}"
    held = {"product": f"product/{product}", "place": place, "primary": primary, "metric": "users"}
    return said(f"market-{product}-{place.partition('/')[2]}", type="MarketPresence", about=about, **held)


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
    makers = (made("widget", "acme"), made("gadget", "acme"), made("gizmo", "bolt"))
    claim, reader = checked(
        tmp_path, ACME_MAKES, ranked(), counted(count=count), *listed("widget", "gadget", "gizmo"), *makers
    )
    said_of = {f.rule.name: f.say(reader) for f in claim.findings}
    assert (claim.verdict, claim.bounds) == (verdict, (2, 2))
    assert says in said_of.values()
    assert said_of["meeting"] == "meeting it here: product/gadget, product/widget"


@pytest.mark.parametrize(("count", "verdict"), [("0", DIFFERS), ("1", UNCHECKED), ("4", UNCHECKED), ("5", DIFFERS)])
def test_what_is_not_known_is_a_bound_and_never_a_no(tmp_path: Path, count: str, verdict: str) -> None:
    statements = (*listed("widget", "gadget", "gizmo"), made("widget", "acme"), made("gizmo", "bolt"))
    claim, reader = checked(tmp_path, ACME_MAKES, ranked(5), counted(count=count), *statements)
    found = {f.rule.name: f.say(reader) for f in claim.findings}
    assert (claim.verdict, claim.bounds) == (verdict, (1, 4))
    assert found["lacking"] == "not known of product/gadget: who makes it"
    assert found["unnamed"] == "missing: the members at 2 of 5 places"
    if verdict == UNCHECKED:
        assert found["undecided"] == "of the members known here 1 meet it, 1 do not: so between 1 and 4"


def test_a_list_of_unknown_size_has_no_upper_bound(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(None), *listed("widget"), made("widget", "acme"))
    claim, reader = checked(tmp_path, *statements, counted(count="9"))
    assert (claim.verdict, claim.bounds) == (UNCHECKED, (1, None))
    assert "missing: how many places the list has" in [f.say(reader) for f in claim.findings]


def test_a_share_without_a_count_is_counted_too(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(2), *listed("widget", "gizmo"), made("widget", "acme"), made("gizmo", "bolt"))
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
        *(made("widget", "acme"), made("gadget", "acme")),
        *(main_market("widget", "place/singapore"), main_market("gadget", "place/japan")),
        counted(count=count, population="criterion/here"),
    )
    assert (claim.verdict, claim.bounds) == (verdict, (1, 1))


@pytest.mark.parametrize(("ranks", "verdict"), [(True, AGREES), (False, UNCHECKED)])
def test_fewer_places_than_the_list_has_are_its_first(tmp_path: Path, ranks: bool, verdict: str) -> None:
    statements = (
        *listed("widget", "gizmo", "gadget", ranks=ranks),
        made("widget", "acme"),
        made("gizmo", "bolt"),
        made("gadget", "acme"),
    )
    claim, reader = checked(tmp_path, ACME_MAKES, ranked(3), counted(count="1", outOf="2"), *statements)
    assert claim.verdict == verdict
    assert "out of 2 of the 3 places, read as the first 2" in [f.say(reader) for f in claim.findings]


def test_a_named_member_that_does_not_meet_the_criterion_differs(tmp_path: Path) -> None:
    statements = (ACME_MAKES, ranked(), made("widget", "acme"), made("gizmo", "bolt"))
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


@pytest.mark.parametrize(
    ("definition", "facts", "bounds"),
    [
        ({"basedIn": "place/mainland-china"}, [based("acme", "beijing")], (1, 1)),
        ({"basedIn": "place/beijing"}, [based("acme", "mainland-china")], (0, 1)),
        ({"basedIn": "place/beijing"}, [based("acme", "singapore")], (0, 0)),
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
    statements = (defined(**definition), ranked(1), *listed("widget"), made("widget", "acme"), counted(count="1"))
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
    statements = (*listed("widget", "gizmo", "gadget"), made("widget", "acme"), made("gizmo", "bolt"))
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
    statements = (ACME_MAKES, ranked(size=size), *listed("widget"), made("widget", "acme"))
    claim, _ = checked(tmp_path, *statements, counted(count="99999999999999"))
    assert claim.verdict == (DIFFERS if size == "3" else UNCHECKED)
