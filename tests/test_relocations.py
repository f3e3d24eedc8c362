"""Relocations one by one: capital around a move, facets of a case, on facts small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import based, cut, invested, moved, raised
from sections import built, entity, rows

from graph.dates import Span, parse
from graph.overseas.relocation import lag, order


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("2023", "2024", "before"), ("2024-02", "2024-01", "after"), ("2024", "2024-06", ""), ("../2024", "2024-06", "")],
)
def test_an_order_is_sure_only_where_spans_do_not_overlap(one: str, other: str, expected: str) -> None:
    assert order(parse(one), parse(other)) == expected


def test_a_lag_is_bounded_by_the_nearest_and_the_farthest_days() -> None:
    assert lag(parse("2024-01-01"), parse("2024-03-01")) == (1, 2)  # 60 days: 1.97 months
    assert lag(parse("2024"), parse("2024-06")) == (-7, 6)  # -213 and +181 days
    assert lag(parse("2024"), Span("2025-01-01", None)) == (0, None)
    assert lag(Span(None, None), parse("2024")) == (None, None)


def test_capital_before_and_after_a_move_with_the_places_of_investors(tmp_path: Path) -> None:
    opened = built(
        tmp_path,
        moved(when="2024-06", status="completed"),
        raised("seed", about="event/seed", when="2023-01", subtype="seed-round", status="completed"),
        invested("bolt-in", "bolt", round="event/seed"),
        invested("daily-in", "daily", round="event/seed"),
        raised("next", about="event/next", when="2025-01", status="announced"),
        raised("never", about="event/never", when="2025-02", status="cancelled"),
        invested("gazette-in", "gazette", round=None),
        invested("herald-out", "herald", round=None, subtype="exit", when="2024-07"),
        based("bolt", "shanghai"),
        based("daily", "hong-kong"),
    )
    section = opened.overseas("capital")["capital"]
    assert section.base["en"].endswith(
        "2, 1 before, 1 after, 0 unclear; investors named, round by round: 3, not placed: 1"
    )
    assert rows(section) == [
        ["organization/acme", "move", "event/acme-move", "2024-06", *[None] * 6],
        ["organization/acme", "concept:seed-round", "event/seed", "2023-01", "before", -18, -16, 1, 1, 0],
        ["organization/acme", "round", "event/next", "2025-01", "after", 6, 9, 0, 0, 0],
        ["organization/acme", "no round", None, None, None, None, None, 0, 0, 1],
    ]


def test_facets_of_a_case_stand_in_a_sure_order_or_in_none(tmp_path: Path) -> None:
    case = {"case": "case/acme"}
    opened = built(
        tmp_path,
        moved(when="2024", status="completed", **case),
        entity("set-up", "incorporation", "place/singapore", when="2023-08", **case),
        entity("closed", "deregistration", "place/beijing", when="2024-03", **case),
        cut("cut", when="2024-05", status="completed", **case),
    )
    assert [row[1:] for row in rows(opened.overseas("facets")["facets"])] == [
        ["headquarters", "2024", "later", "legal", "2023-08"],
        ["headquarters", "2024", "not told", "workforce", "2024-05"],
        ["legal", "2023-08", "first", "workforce", "2024-05"],
    ]
