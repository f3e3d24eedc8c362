"""Where organizations had their headquarters, and when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from folders import folder, sat, source

from graph.dates import Span, parse
from graph.reading import Reader
from graph.seats import Seats, Tenure
from graph.store import in_memory
from ontology import expand

ACME, BOLT, DAILY, GAZETTE, HERALD, NOBODY = (
    expand(f"organization/{name}") for name in ("acme", "bolt", "daily", "gazette", "herald", "nobody")
)
TOLD = {
    "bolt": [("tokyo", {"since": "2020", "until": "2022"}), ("japan", {"since": "2020", "until": "2023"}),
             ("paris", {"attested": "2024-06"})],
    "acme": [("beijing", {"attested": "2021-03"}), ("shanghai", {"attested": "2024-03"})],
    "daily": [("london", {})],
    "gazette": [("paris", {"attested": "2022"}), ("london", {"attested": "2022"})],
    "herald": [("london", {"attested": "2022-05-31"}), ("paris", {"attested": "2022-06-01"})],
}  # fmt: skip
"""The headquarters of organizations, and when."""


@pytest.fixture(scope="module")
def seats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    stated = [
        sat(f"{name}-{place}", about=f"tenure/{number}-{place}", organization=f"organization/{name}",
            place=f"place/{place}", **when)
        for number, (name, tenures) in enumerate(TOLD.items())
        for place, when in tenures
    ]  # fmt: skip
    graph = in_memory(folder(tmp_path_factory.mktemp("seats"), source("one", *stated, published="2026-01-01")))
    yield Seats(Reader(graph))
    graph.index.close()


def places(tenures: list[Tenure]) -> list[str]:
    return [tenure.place.rpartition("/")[2] for tenure in tenures]


def test_organizations_stand_in_order_and_their_tenures_by_node(seats: Seats) -> None:
    assert seats.organizations == [ACME, BOLT, DAILY, GAZETTE, HERALD]
    assert places([*seats.of(BOLT)]) == ["japan", "paris", "tokyo"]
    assert list(seats.of(NOBODY)) == []


def test_a_tenure_has_its_node_its_place_and_both_spans(seats: Seats) -> None:
    tenure = seats.of(BOLT)[2]
    assert (tenure.node, tenure.place) == (expand("tenure/0-tokyo"), expand("place/tokyo"))
    assert tenure.possibly == Span("2020-01-01", "2022-12-31")
    assert tenure.surely == Span("2020-12-31", "2022-01-01")


@pytest.mark.parametrize(
    ("surely", "when", "held"),
    [
        (Span("2020-01-01", "2022-12-31"), parse("2020/2022"), True),
        (Span("2020-01-01", "2022-12-31"), parse("2019-12-31/2022"), False),
        (Span("2020-01-01", "2022-12-31"), parse("2020/2023-01-01"), False),
        (Span(None, "2022-12-31"), parse("2021"), False),
        (Span("2020-01-01", None), parse("2021"), False),
        (Span("2020-01-01", "2022-12-31"), Span(None, "2021-12-31"), False),
        (Span("2020-01-01", "2022-12-31"), Span("2021-01-01", None), False),
    ],
)
def test_a_tenure_held_all_through_a_span_within_what_is_sure(surely: Span, when: Span, held: bool) -> None:
    assert Tenure("x:t", "x:p", Span(None, None), surely).held(when) is held


@pytest.mark.parametrize(
    ("organization", "when", "found"),
    [
        (BOLT, "2019", ["paris"]),
        (BOLT, "2021", ["japan", "paris", "tokyo"]),
        (BOLT, "2023", ["japan", "paris"]),
        (DAILY, "1999", ["london"]),
        (NOBODY, "2021", []),
    ],
)
def test_tenures_of_a_time_are_those_that_can_have_held(
    seats: Seats, organization: str, when: str, found: list[str]
) -> None:
    assert places(seats.during(organization, parse(when))) == found


@pytest.mark.parametrize(
    ("organization", "when", "place"),
    [
        (BOLT, "2021", "tokyo"),  # more precise than japan
        (BOLT, "2023", "japan"),
        (BOLT, "2024", "paris"),
        (ACME, "2021", "beijing"),
        (ACME, "2022-09-01", "beijing"),
        (ACME, "2022-09-30", "shanghai"),
        (ACME, "2020", "beijing"),
        (ACME, "2025", "shanghai"),
        (GAZETTE, "2022", "london"),  # by name, where both are as near
        (DAILY, "2022", "london"),
        (HERALD, "2022-05-31", "london"),
        (HERALD, "2022-06-01", "paris"),
        (ACME, "../2020", "beijing"),
        (ACME, "2025/..", "shanghai"),
        (NOBODY, "2022", ""),
    ],
)
def test_the_place_at_a_time_is_the_most_precise_and_the_nearest_attested(
    seats: Seats, organization: str, when: str, place: str
) -> None:
    assert seats.nearest(organization, parse(when)) == (place and expand(f"place/{place}"))
