"""The seventh rule, on sources: tenures follow from moves, and moves from tenures."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import iris, moved, node, one, resolved, sat, source, told

from ontology import expand

MOVE, TENURE = "event/acme-move", "tenure/acme"
NOT_HAPPENED = ("planned", "announced", "cancelled", "blocked", "reversed")


def test_a_move_gives_a_tenure_on_each_side(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025-06")))
    origin, destination = node(built, "tenure/acme-move-origin"), node(built, "tenure/acme-move-destination")
    assert (one(origin, "place"), one(destination, "place")) == ("beijing", "singapore")
    assert (one(origin, "heldTo"), one(origin, "validTo")) == ("2025-06-01", "2025-06-30")
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


def test_a_stated_tenure_is_completed_by_the_move_and_not_doubled(tmp_path: Path) -> None:
    built = told(tmp_path, source("a", moved(when="2025-06"), sat("two", attested="2025-07-10")))
    assert iris(built) == {MOVE, TENURE, "tenure/acme-move-origin"}
    stated = node(built, TENURE)
    assert (one(stated, "validFrom"), one(stated, "heldFrom")) == ("2025-06-01", "2025-06-30")
    assert one(stated, "heldTo") == "2025-07-10"
    assert (stated.bounded_by, stated.derived_from) == ((expand(MOVE),), ())


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
