"""The rules by which sources become what the project holds to be so, save for the fourth and the seventh."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import cut, iris, moved, one, raised, resolved, said, sat, source, told

from graph.errors import DataError
from ontology import SOURCE, expand, local

MOVE, TENURE, ROUND, CUT = "event/acme-move", "tenure/acme", "event/acme-round", "event/acme-cut"

# Rule 1: only facts and reported figures enter


@pytest.mark.parametrize("kind", ["fact", "reported-figure"])
def test_facts_and_reported_figures_enter(tmp_path: Path, kind: str) -> None:
    assert one(resolved(tmp_path, MOVE, source("a", moved(kind=kind))), "toPlace") == "singapore"


def test_an_event_that_only_a_rumour_tells_of_does_not_enter(tmp_path: Path) -> None:
    assert iris(told(tmp_path, source("a", moved(kind="rumour"), raised("two")))) == {ROUND}


def test_an_event_that_is_only_denied_does_not_enter(tmp_path: Path) -> None:
    assert iris(told(tmp_path, source("a", moved(kind="denial", denies=MOVE), raised("two")))) == {ROUND}


def test_a_rumour_adds_no_value_to_an_event_that_facts_tell_of(tmp_path: Path) -> None:
    found = resolved(
        tmp_path, MOVE, source("a", moved()), source("b", moved(kind="rumour", to="place/tokyo", when="2025"))
    )
    assert one(found, "toPlace") == "singapore"
    assert one(found, "notBefore") is None
    assert found.disputed == ()


def test_a_denial_adds_no_value(tmp_path: Path) -> None:
    denial = cut("two", kind="denial", denies=CUT, count="over 10")
    assert one(resolved(tmp_path, CUT, source("a", cut(count="100"), denial)), "count") == "100"


@pytest.mark.parametrize("target", [MOVE, "a#one"])
def test_a_denial_marks_the_event_and_removes_nothing(tmp_path: Path, target: str) -> None:
    denial = source("b", moved(kind="denial", denies=target, when="2020"))
    found = resolved(tmp_path, MOVE, source("a", moved(when="2025")), denial)
    assert found.denied_in == (SOURCE + "b#one",)
    assert (one(found, "toPlace"), one(found, "notBefore")) == ("singapore", "2025-01-01")
    assert found.disputed == ()


def test_a_denial_of_a_rumour_marks_the_event_that_facts_tell_of_too(tmp_path: Path) -> None:
    rumour, denial = moved("two", kind="rumour"), moved("three", kind="denial", denies="a#two")
    assert resolved(tmp_path, MOVE, source("a", moved(), rumour, denial)).denied_in == (SOURCE + "a#three",)


def test_every_denial_of_an_event_is_marked_in_order(tmp_path: Path) -> None:
    denials = [moved(key, kind="denial", denies=MOVE) for key in ("e", "c", "f", "b", "d")]
    found = resolved(tmp_path, MOVE, source("a", moved(), *denials))
    assert found.denied_in == tuple(f"{SOURCE}a#{key}" for key in "bcdef")


def test_a_denied_argument_marks_no_event(tmp_path: Path) -> None:
    words = {"en": "It fled.", "zh-hans": "跑路。"}
    why = said("two", kind="causal", about=MOVE, paraphrase=words)
    denial = moved("three", kind="denial", denies="a#two")
    assert resolved(tmp_path, MOVE, source("a", moved(), why, denial)).denied_in == ()


# Rule 2: what belongs together is resolved together


def test_both_bounds_and_the_words_of_a_date_come_from_one_statement(tmp_path: Path) -> None:
    coarse = source("a", moved(when="2025", words="last year"), published="2026-01-01")
    found = resolved(tmp_path, MOVE, coarse, source("b", moved(when="2025-06", words="in June")))
    assert (one(found, "notBefore"), one(found, "notAfter")) == ("2025-06-01", "2025-06-30")
    assert one(found, "dateText") == "in June"


def test_words_of_another_date_are_not_lent(tmp_path: Path) -> None:
    found = resolved(
        tmp_path, MOVE, source("a", moved(when="2025", words="this year")), source("b", moved(when="2025-06"))
    )
    assert one(found, "notBefore") == "2025-06-01"
    assert one(found, "dateText") is None


def test_of_equal_dates_the_one_with_words_is_kept(tmp_path: Path) -> None:
    later = source("b", moved(when="2025-06"), published="2025-12-01")
    assert one(resolved(tmp_path, MOVE, source("a", moved(when="2025-06", words="June")), later), "dateText") == "June"


def test_words_alone_give_way_to_a_date(tmp_path: Path) -> None:
    found = resolved(
        tmp_path, MOVE, source("a", moved(when="2025")), source("b", moved(words="lately"), published="2026")
    )
    assert (one(found, "notBefore"), one(found, "dateText")) == ("2025-01-01", None)


def test_an_amount_keeps_its_own_currency_and_qualifier(tmp_path: Path) -> None:
    dollars = source("a", raised(amount="about USD 70000000"), kind="exchange-filing")
    found = resolved(tmp_path, ROUND, dollars, source("b", raised(amount="CNY 500000000"), published="2026-01-01"))
    assert one(found, "amount") == "70000000"
    assert (one(found, "currency"), one(found, "amountQualifier")) == ("USD", "about")
    assert found.disputed == ()


def test_a_plain_amount_takes_no_qualifier_from_another(tmp_path: Path) -> None:
    found = resolved(
        tmp_path, ROUND, source("a", raised(amount="about USD 75000000")), source("b", raised(amount="USD 75000000"))
    )
    assert (one(found, "amount"), one(found, "amountQualifier")) == ("75000000", None)


def test_the_words_of_a_tenure_go_with_its_start(tmp_path: Path) -> None:
    found = resolved(
        tmp_path,
        TENURE,
        source("a", sat(since="2024", words="in 2024")),
        source("b", sat(since="2024-05", words="May")),
    )
    assert (one(found, "validFrom"), one(found, "heldFrom")) == ("2024-05-01", "2024-05-31")
    assert one(found, "dateText") == "May"


def test_start_and_end_of_a_tenure_may_come_from_two_sources(tmp_path: Path) -> None:
    found = resolved(tmp_path, TENURE, source("a", sat(since="2020")), source("b", sat(until="2024")))
    assert (one(found, "validFrom"), one(found, "validTo")) == ("2020-01-01", "2024-12-31")


def test_a_threshold_keeps_its_own_currency(tmp_path: Path) -> None:
    about = {"type": "Criterion", "about": "criterion/big"}
    yuan = source("a", said(**about, threshold="CNY 50000000000"), kind="exchange-filing")
    dollars = source("b", said(**about, threshold="USD 7000000000"), published="2026-01-01")
    found = resolved(tmp_path, "criterion/big", yuan, dollars)
    assert (one(found, "threshold"), one(found, "currency")) == ("50000000000", "CNY")
    assert found.disputed == ()


# Rule 3: compatible values are no dispute, and the most precise wins


def test_a_rounding_that_the_finest_figure_meets_is_no_dispute(tmp_path: Path) -> None:
    fine, coarse, coarsest = ("USD 4348100000", "USD 4350000000", "about USD 4300000000")
    told = [source(slug, raised(amount=text)) for slug, text in zip("abc", (fine, coarse, coarsest), strict=True)]
    found = resolved(tmp_path, ROUND, *told)
    assert (one(found, "amount"), found.disputed) == ("4348100000", ())


def test_a_round_sum_and_more_than_it_are_no_dispute(tmp_path: Path) -> None:
    told = (source("a", raised(amount="USD 2000000000")), source("b", raised(amount="over USD 2000000000")))
    assert resolved(tmp_path, ROUND, *told).disputed == ()


@pytest.mark.parametrize(
    ("coarse", "fine", "first"),
    [
        ("2025", "2025-06", "2025-06-01"),
        ("2025-06", "2025-06-18", "2025-06-18"),
        ("../2025-07-10", "2025-06", "2025-06-01"),
        ("2024/2025", "2025-H1", "2025-01-01"),
    ],
)
def test_of_nested_dates_the_shorter_holds(tmp_path: Path, coarse: str, fine: str, first: str) -> None:
    later = source("b", moved(when=coarse), kind="exchange-filing", published="2026-01-01")
    found = resolved(tmp_path, MOVE, source("a", moved(when=fine)), later)
    assert (one(found, "notBefore"), found.disputed) == (first, ())


def test_of_places_within_one_another_the_inner_holds(tmp_path: Path) -> None:
    outer = source("b", moved(to="place/united-states"), kind="court-filing", published="2026-01-01")
    found = resolved(tmp_path, MOVE, source("a", moved(to="place/los-angeles")), outer)
    assert (one(found, "toPlace"), found.disputed) == ("los-angeles", ())


@pytest.mark.parametrize(
    ("coarse", "fine", "kept"),
    [("about 100", "97", "97"), ("2000", "1950", "1950"), ("over 40", "46", "46"), ("about 120", "118", "118")],
)
def test_of_figures_equal_at_the_coarser_rounding_the_finer_holds(
    tmp_path: Path, coarse: str, fine: str, kept: str
) -> None:
    later = source("b", cut(count=coarse), kind="exchange-filing", published="2026-01-01")
    found = resolved(tmp_path, CUT, source("a", cut(count=fine)), later)
    assert (one(found, "count"), one(found, "countQualifier"), found.disputed) == (kept, None, ())


def test_equal_values_are_no_dispute(tmp_path: Path) -> None:
    found = resolved(tmp_path, MOVE, source("a", moved(when="2025")), source("b", moved(when="2025")))
    assert found.disputed == ()


def test_a_property_that_may_have_several_values_keeps_them_all(tmp_path: Path) -> None:
    about = {
        "type": "Membership",
        "about": "membership/ada",
        "person": "person/ada",
        "organization": "organization/acme",
    }
    roles = source("a", said(**about, role=["founder", "chair"])), source("b", said(**about, role="chief-executive"))
    found = resolved(tmp_path, "membership/ada", *roles)
    assert {local(value) for value in found.values["role"]} == {"founder", "chair", "chief-executive"}
    assert found.disputed == ()


# Rule 5: status is a history


def test_the_status_of_the_latest_document_holds(tmp_path: Path) -> None:
    early = [
        source(s, moved(status="planned"), publisher=f"organization/{s}", published="2025-01")
        for s in ("daily", "gazette", "herald")
    ]
    found = resolved(tmp_path, MOVE, *early, source("a", moved(status="completed"), published="2025-06"))
    assert (one(found, "status"), found.disputed) == ("completed", ())


def test_a_later_reversal_holds_against_an_official_completion(tmp_path: Path) -> None:
    filing = source("b", moved(status="completed"), kind="exchange-filing", published="2025-01")
    found = resolved(tmp_path, MOVE, filing, source("a", moved(status="reversed"), published="2025-02"))
    assert (one(found, "status"), found.disputed) == ("reversed", ())


# Rule 6: disputed marks one property of one node


def test_a_dispute_marks_its_property_and_no_other(tmp_path: Path) -> None:
    sources = source("a", moved(when="2024"), raised("two")), source("b", moved(when="2025"), raised("two"))
    built = told(tmp_path, *sources)
    assert {n.iri: n.disputed for n in built.nodes if n.disputed} == {expand(MOVE): ("notBefore",)}
    marks = [q for q in built.quads if q.predicate.value.endswith("#disputed") and q.subject.value == expand(MOVE)]
    assert [local(q.object.value) for q in marks] == ["notBefore"]


def test_two_disputes_of_one_node_are_both_marked(tmp_path: Path) -> None:
    sources = source("a", moved(when="2024")), source("b", moved(when="2025", to="place/tokyo"))
    assert resolved(tmp_path, MOVE, *sources).disputed == ("notBefore", "toPlace")


def test_losing_values_stay_in_the_graph_of_their_source(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo")))
    places = {
        quad.graph_name.value: local(quad.object.value)
        for quad in built.quads
        if quad.predicate.value.endswith("#toPlace") and quad.graph_name.value.startswith(SOURCE)
    }
    assert places == {SOURCE + "a": "singapore", SOURCE + "b": "tokyo"}


# Types


def test_two_types_for_one_node_are_an_error_that_names_both(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        told(tmp_path, source("a", moved()), source("b", raised(about=MOVE)))
    (finding,) = caught.value.findings
    assert (finding.file, finding.line, finding.statement) == ("sources/b.yaml", 3, "one")
    assert "'event/acme-move' is a FundingRound here and a HeadquartersMove in source/a#one" in finding.problem
    assert "another slug" in finding.remedy


def test_a_rumour_that_takes_a_node_for_another_type_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        told(tmp_path, source("a", moved()), source("b", raised(about=MOVE, kind="rumour")))
