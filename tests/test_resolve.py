"""The seven rules by which sources become what the project holds to be so."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from folders import cut, folder, moved, node, raised, resolved, said, sat, source

from graph.build import Built, build
from graph.errors import DataError
from graph.resolve import Document, Node, independent
from ontology import SOURCE, expand, local

MOVE, TENURE, ROUND, CUT = "event/acme-move", "tenure/acme", "event/acme-round", "event/acme-cut"
NOT_HAPPENED = ("planned", "announced", "cancelled", "blocked", "reversed")


def one(found: Node, name: str) -> str | None:
    """The single value of a property, shortened; None when there is none."""
    values = found.values.get(name, ())
    assert len(values) <= 1
    return local(values[0]) if values else None


def iris(built: Built) -> set[str]:
    return {n.iri.removeprefix(expand("")) for n in built.nodes}


def told(path: Path, *sources: tuple[str, str], editorial: Any = None) -> Built:
    return build(folder(path, *sources, editorial=editorial))


def decided(choose: str, on: str, name: str) -> dict[str, Any]:
    decision = {"choose": choose, "on": on, "property": name, "reason": {"en": "Checked."}, "decided": "2025-11-01"}
    return {"decisions": [decision]}


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


def test_a_rounding_that_the_finest_figure_meets_is_no_dispute(tmp_path: Path) -> None:
    fine, coarse, coarsest = ("USD 4348100000", "USD 4350000000", "about USD 4300000000")
    told = [source(slug, raised(amount=text)) for slug, text in zip("abc", (fine, coarse, coarsest), strict=True)]
    found = resolved(tmp_path, ROUND, *told)
    assert (one(found, "amount"), found.disputed) == ("4348100000", ())


def test_a_round_sum_and_more_than_it_are_no_dispute(tmp_path: Path) -> None:
    told = (source("a", raised(amount="USD 2000000000")), source("b", raised(amount="over USD 2000000000")))
    assert resolved(tmp_path, ROUND, *told).disputed == ()


# Rule 3: compatible values are no dispute, and the most precise wins


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


# Rule 4: between incompatible values


def place_of(path: Path, *sources: tuple[str, str], editorial: Any = None) -> str | None:
    found = resolved(path, MOVE, *sources, editorial=editorial)
    assert found.disputed == ("toPlace",)
    return one(found, "toPlace")


def test_a_decision_goes_before_everything(tmp_path: Path) -> None:
    filing = source("a", moved(to="place/singapore"), kind="exchange-filing", published="2026-01-01")
    press = source("b", moved(to="place/tokyo"), publisher="organization/gazette")
    assert place_of(tmp_path, filing, press, editorial=decided("b#one", MOVE, "toPlace")) == "tokyo"


def test_a_decision_on_one_property_leaves_the_others(tmp_path: Path) -> None:
    filing = source("a", moved(to="place/singapore", when="2024"), kind="exchange-filing")
    press = source("b", moved(to="place/tokyo", when="2025"))
    found = resolved(tmp_path, MOVE, filing, press, editorial=decided("b#one", MOVE, "toPlace"))
    assert (one(found, "toPlace"), one(found, "notBefore")) == ("tokyo", "2024-01-01")


def test_a_decision_for_a_withdrawn_statement_is_void(tmp_path: Path) -> None:
    reason = {"reason": {"en": "Wrong."}, "decided": "2025-11-01"}
    editorial = {**decided("b#one", MOVE, "toPlace"), "withdrawals": [{"withdraw": "b#one", **reason}]}
    built = told(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo")), editorial=editorial)
    assert one(node(built, MOVE), "toPlace") == "singapore"
    assert node(built, MOVE).disputed == ()


@pytest.mark.parametrize("kind", ["exchange-filing", "court-filing", "registry-record", "regulator-notice"])
def test_an_official_document_goes_before_many_later_reports(tmp_path: Path, kind: str) -> None:
    press = [
        source(slug, moved(to="place/tokyo"), publisher=f"organization/{slug}", published="2026-01-01")
        for slug in ("daily", "gazette", "herald")
    ]
    official = source(
        "a", moved(to="place/singapore"), kind=kind, publisher="organization/bolt", published="2020-01-01"
    )
    assert place_of(tmp_path, official, *press) == "singapore"


def test_the_word_of_a_company_counts_as_press(tmp_path: Path) -> None:
    company = source("a", moved(to="place/singapore"), kind="company-statement", publisher="organization/acme")
    press = source("b", moved(to="place/tokyo"), published="2026-01-01")
    assert place_of(tmp_path, company, press) == "tokyo"


def test_more_independent_sources_go_before_a_later_one(tmp_path: Path) -> None:
    two = [source(slug, moved(), publisher=f"organization/{slug}") for slug in ("daily", "gazette")]
    late = source("herald", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *two, late) == "singapore"


def test_two_documents_of_one_publisher_count_once(tmp_path: Path) -> None:
    two = [source(slug, moved(), publisher="organization/daily") for slug in ("a", "b")]
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *two, late) == "tokyo"


def test_a_copy_counts_with_what_it_was_copied_from(tmp_path: Path) -> None:
    first = source("a", moved(), publisher="organization/daily")
    copy = source("b", moved(), publisher="organization/gazette", copyOf="source/a")
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, first, copy, late) == "tokyo"


def test_two_copies_of_a_third_document_count_once(tmp_path: Path) -> None:
    wire = source("wire", raised(), publisher="organization/bolt")
    copies = [source(s, moved(), publisher=f"organization/{s}", copyOf="source/wire") for s in ("daily", "gazette")]
    late = source("z", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, wire, *copies, late) == "tokyo"


def test_two_statements_of_one_document_count_once(tmp_path: Path) -> None:
    twice = source("a", moved(), moved("two"))
    late = source("b", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, twice, late) == "tokyo"


def test_sources_of_a_coarser_compatible_value_support_the_finer_one(tmp_path: Path) -> None:
    fine = source("a", moved(to="place/los-angeles"), publisher="organization/daily")
    coarse = source("b", moved(to="place/united-states"), publisher="organization/gazette")
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, fine, coarse, late) == "los-angeles"


def test_the_later_document_goes_before_the_earlier(tmp_path: Path) -> None:
    early = source("z", moved(), published="2025-05-31")
    assert place_of(tmp_path, early, source("a", moved(to="place/tokyo"), published="2025-06")) == "tokyo"


def test_an_undated_document_goes_behind_a_dated_one(tmp_path: Path) -> None:
    undated = source("z", moved(), published="undated")
    assert place_of(tmp_path, undated, source("a", moved(to="place/tokyo"), published="1999")) == "tokyo"


def test_last_the_slug_of_the_source_decides(tmp_path: Path) -> None:
    assert place_of(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo"))) == "tokyo"


def test_the_order_of_the_files_decides_nothing(tmp_path: Path) -> None:
    places = ("place/singapore", "place/tokyo", "place/paris")
    for number, order in enumerate(permutations(("daily", "gazette", "herald"))):
        dated = {slug: f"2025-0{i + 1}" for i, slug in enumerate(("daily", "gazette", "herald"))}
        sources = [
            source(s, moved(to=places[int(dated[s][-1]) - 1]), publisher=f"organization/{s}", published=dated[s])
            for s in order
        ]
        assert place_of(tmp_path / str(number), *sources) == "paris"


def document(slug: str, publisher: str, *parents: str) -> Document:
    return Document(slug, publisher, "2025-01-01", False, frozenset({slug, *parents}))


@pytest.mark.parametrize(
    ("documents", "count"),
    [
        ([], 0),
        ([document("a", "p")], 1),
        ([document("a", "p"), document("b", "q")], 2),
        ([document("a", "p"), document("b", "p")], 1),
        ([document("a", "p"), document("b", "q", "a")], 1),
        ([document("a", "p", "wire"), document("b", "q", "wire"), document("c", "r")], 2),
        ([document("a", "p"), document("b", "q"), document("c", "p", "b")], 1),
    ],
)
def test_independent_sources_share_neither_publisher_nor_ancestor(documents: list[Document], count: int) -> None:
    assert {independent(order) for order in permutations(documents)} == {count}


def test_documents_that_copy_one_another_are_one_source(tmp_path: Path) -> None:
    ring = [
        source("a", moved(), publisher="organization/daily", copyOf="source/b"),
        source("b", moved(), publisher="organization/gazette", copyOf="source/a"),
    ]
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *ring, late) == "tokyo"


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


# Rule 7: tenures follow from moves, and moves from tenures


def test_a_move_gives_a_tenure_on_each_side(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025-06")))
    origin, destination = node(built, "tenure/acme-move-origin"), node(built, "tenure/acme-move-destination")
    assert (one(origin, "place"), one(origin, "heldTo"), one(origin, "validTo")) == (
        "beijing",
        "2025-06-01",
        "2025-06-30",
    )
    assert one(destination, "place") == "singapore"
    assert (one(destination, "validFrom"), one(destination, "heldFrom")) == ("2025-06-01", "2025-06-30")
    assert one(origin, "validFrom") is one(destination, "validTo") is None
    for tenure in (origin, destination):
        assert one(tenure, "organization") == "acme"
        assert (tenure.derived_from, tenure.bounded_by) == ((expand(MOVE),), ())


def test_a_move_without_an_origin_gives_one_tenure(tmp_path: Path) -> None:
    assert iris(told(tmp_path, source("a", moved(from_=None)))) == {MOVE, "tenure/acme-move-destination"}


def test_a_move_without_a_date_gives_tenures_without_dates(tmp_path: Path) -> None:
    destination = resolved(tmp_path, "tenure/acme-move-destination", source("a", moved()))
    assert destination.values.keys() == {"organization", "place"}


@pytest.mark.parametrize("status", NOT_HAPPENED)
def test_a_move_that_did_not_happen_gives_no_tenure(tmp_path: Path, status: str) -> None:
    assert iris(told(tmp_path, source("a", moved(status=status, when="2025")))) == {MOVE}


@pytest.mark.parametrize("status", NOT_HAPPENED)
def test_a_move_that_did_not_happen_bounds_no_stated_tenure(tmp_path: Path, status: str) -> None:
    found = resolved(tmp_path, TENURE, source("a", moved(status=status, when="2025"), sat("two")))
    assert found.bounded_by == ()
    assert "validFrom" not in found.values


@pytest.mark.parametrize("status", ["completed", "in-progress", None])
def test_a_move_that_happens_gives_tenures(tmp_path: Path, status: str | None) -> None:
    assert len(iris(told(tmp_path, source("a", moved(status=status))))) == 3


def test_a_rumoured_move_gives_no_tenure(tmp_path: Path) -> None:
    assert iris(told(tmp_path, source("a", moved(kind="rumour"), raised("two")))) == {ROUND}


def test_a_stated_tenure_is_completed_by_the_move_and_not_doubled(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025-06"), sat("two", attested="2025-07-10")))
    assert iris(built) == {MOVE, TENURE, "tenure/acme-move-origin"}
    stated = node(built, TENURE)
    assert (one(stated, "validFrom"), one(stated, "heldFrom")) == ("2025-06-01", "2025-06-30")
    assert one(stated, "heldTo") == "2025-07-10"
    assert (stated.bounded_by, stated.derived_from) == ((expand(MOVE),), ())


def test_a_stated_tenure_in_a_city_is_completed_by_a_move_to_its_area(tmp_path: Path) -> None:
    sources = source("a", moved(to="place/united-states", when="2025"), sat("two", place="place/palo-alto"))
    built = told(tmp_path, sources)
    assert one(node(built, TENURE), "validFrom") == "2025-01-01"
    assert "tenure/acme-move-destination" not in iris(built)


def test_a_stated_start_is_not_replaced_by_that_of_the_move(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025"), sat("two", since="2025-03")))
    stated = node(built, TENURE)
    assert (one(stated, "validFrom"), one(stated, "heldFrom"), stated.bounded_by) == ("2025-03-01", "2025-03-31", ())
    assert "tenure/acme-move-destination" not in iris(built)


def test_a_move_never_loosens_what_a_tenure_attests(tmp_path: Path) -> None:
    sources = source(
        "a",
        moved(when="2025"),
        sat("two", attested="2025-03-01"),
        sat("three", about="tenure/old", place="place/beijing", attested="2025-02-01"),
    )
    built = told(tmp_path, sources)
    new, old = node(built, TENURE), node(built, "tenure/old")
    assert (one(new, "validFrom"), one(new, "heldFrom")) == ("2025-01-01", "2025-03-01")
    assert (one(old, "heldTo"), one(old, "validTo")) == ("2025-02-01", "2025-12-31")


def test_a_tenure_attested_after_the_move_away_is_not_ended_by_it(tmp_path: Path) -> None:
    old = sat("two", about="tenure/old", place="place/beijing", attested="2025-07-10")
    found = resolved(tmp_path, "tenure/old", source("a", moved(when="2025-06"), old))
    assert "validTo" not in found.values
    assert found.bounded_by == ()


def test_the_tenure_of_another_organization_is_left_alone(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025"), sat("two", organization="organization/bolt")))
    assert node(built, TENURE).bounded_by == ()
    assert "tenure/acme-move-destination" in iris(built)


def test_a_tenure_between_two_moves_has_both_bounds(tmp_path: Path) -> None:
    onward = moved("two", about="event/acme-onward", from_="place/singapore", to="place/tokyo", when="2024")
    built = told(tmp_path, source("a", moved(when="2020"), onward))
    between = node(built, "tenure/acme-move-destination")
    assert (one(between, "validFrom"), one(between, "validTo")) == ("2020-01-01", "2024-12-31")
    assert between.derived_from == (expand(MOVE), expand("event/acme-onward"))
    tenures = {"tenure/acme-move-origin", "tenure/acme-move-destination", "tenure/acme-onward-destination"}
    assert iris(built) == {MOVE, "event/acme-onward", *tenures}


def test_coming_back_begins_a_tenure_of_its_own(tmp_path: Path) -> None:
    back = moved("two", about="event/acme-back", from_="place/singapore", to="place/beijing", when="2024")
    home = sat("three", about="tenure/home", place="place/beijing")
    built = told(tmp_path, source("a", moved(when="2020"), back, home))
    assert (one(node(built, "tenure/home"), "validFrom"), one(node(built, "tenure/home"), "validTo")) == (
        None,
        "2020-12-31",
    )
    assert one(node(built, "tenure/acme-back-destination"), "validFrom") == "2024-01-01"


def test_two_tenures_give_the_move_between_them(tmp_path: Path) -> None:
    old = sat(about="tenure/old", place="place/beijing", until="2023")
    built = told(tmp_path, source("a", old, sat("two", since="2024-05")))
    move = node(built, "event/acme-arrival")
    assert (one(move, "fromPlace"), one(move, "toPlace"), one(move, "status")) == ("beijing", "singapore", "completed")
    assert (one(move, "notBefore"), one(move, "notAfter")) == ("2023-01-01", "2024-05-31")
    assert move.derived_from == (expand("tenure/old"), expand(TENURE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"until": "2023"}, {"since": "2023-06"}),
        ({"until": "2023"}, {}),
        ({"since": "2020"}, {"since": "2024"}),
        ({"until": "2023", "place": "place/singapore"}, {"since": "2024"}),
        ({"until": "2023", "organization": "organization/bolt"}, {"since": "2024"}),
    ],
)
def test_tenures_give_no_move_unless_one_surely_ended_before_the_other_began(
    tmp_path: Path, old: dict[str, str], new: dict[str, str]
) -> None:
    earlier = sat(**{"about": "tenure/old", "place": "place/beijing", **old})
    assert iris(told(tmp_path, source("a", earlier, sat("two", **new)))) == {"tenure/old", TENURE}


@pytest.mark.parametrize("status", ["completed", *NOT_HAPPENED])
def test_a_move_that_a_source_tells_of_is_not_derived_again(tmp_path: Path, status: str) -> None:
    old = sat(about="tenure/old", place="place/beijing", until="2023")
    built = told(tmp_path, source("a", old, sat("two", since="2024"), moved("three", status=status)))
    assert iris(built) == {MOVE, "tenure/old", TENURE}


def test_what_was_derived_says_so_in_the_resolved_graph(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved()))
    said_so = {q.subject.value for q in built.quads if q.predicate.value.endswith("prov#wasDerivedFrom")}
    assert said_so == {expand("tenure/acme-move-origin"), expand("tenure/acme-move-destination")}


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
