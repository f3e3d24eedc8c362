"""Flows between areas out of rows of queries, on rows made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from abroad import went

from graph import flows
from graph.dates import Span, parse
from graph.flows import GONE, HOME, Areas, Flow
from ontology import ID, vocabulary

AREAS = Areas(vocabulary())
YEAR = parse("2024")
ACME, GADGET = f"{ID}organization/acme", f"{ID}product/gadget"


def place(slug: str) -> str:
    return slug and f"{ID}place/{slug}"


def event(what: str, start: str = "", to: str = "", status: str = "completed", **values: str) -> dict[str, str]:
    """A row of events-between-places in 2024."""
    return {
        "event": "x:e",
        "what": f"{ID}x/{what}",
        "organization": ACME,
        "from": place(start),
        "to": place(to),
        "notBefore": "2024-01-01",
        "notAfter": "2024-12-31",
        "status": status and f"http://x/{status}",
        **values,
    }


def seat(organization: str, when: Span) -> str:
    """The headquarters of Acme went from Japan to France in 2025."""
    if organization != ACME:
        return {"x:bolt": "canada"}.get(organization, "")
    return "japan" if (when.first or "") < "2025" else "france"


@pytest.mark.parametrize(
    ("slug", "area", "outside"),
    [
        ("beijing", HOME, False),
        (HOME, HOME, False),
        ("tokyo", "japan", True),
        ("japan", "japan", True),
        ("hong-kong", "hong-kong", True),
        ("outside-mainland-china", "", True),
        ("global", "", None),
        ("", "", None),
    ],
)
def test_a_place_lies_in_one_area_at_home_or_outside(slug: str, area: str, outside: bool | None) -> None:
    assert AREAS.of(place(slug)) == area
    if slug:
        assert AREAS.outside(place(slug)) is outside


def test_from_another_home_the_rest_of_the_world_is_abroad_only_where_its_area_is_known() -> None:
    areas = Areas(vocabulary(), "japan")
    assert [areas.outside(place(p)) for p in ("tokyo", "beijing", "outside-mainland-china")] == [False, True, None]


def test_areas_are_the_top_level_places_that_have_a_point() -> None:
    words = vocabulary()
    turned = replace(words, places=dict(reversed(words.places.items())))
    assert Areas(turned).names == AREAS.names == sorted(AREAS.names)
    assert {HOME, "japan", "hong-kong", "taiwan", "united-states"} <= set(AREAS.names)
    assert {"tokyo", "outside-mainland-china", "global"}.isdisjoint(AREAS.names)
    latitude, longitude = AREAS.point("japan")
    assert (round(latitude), round(longitude)) == (36, 140)


@pytest.mark.parametrize(
    ("origin", "goal", "placed", "between"),
    [
        ("japan", "france", True, True),
        ("japan", "japan", True, False),
        ("", "japan", False, False),
        ("japan", "", False, False),
        ("", "", False, False),
    ],
)
def test_a_flow_is_placed_by_both_ends_and_between_by_two(origin: str, goal: str, placed: bool, between: bool) -> None:
    flow = went(origin, goal)
    assert (flow.is_placed, flow.is_between) == (placed, between)


@pytest.mark.parametrize(
    ("when", "years"), [("2023-05/2025-02", [2023, 2024, 2025]), ("2024", [2024]), ("../2024", []), ("2024/..", [])]
)
def test_a_flow_can_have_been_in_each_year_between_its_bounds(when: str, years: list[int]) -> None:
    assert list(went("japan", "france", when=parse(when)).years) == years


@pytest.mark.parametrize(
    ("when", "since", "until", "within"),
    [
        ("2024", None, None, True),
        ("2024", 2024, 2024, True),
        ("2024", 2025, None, False),
        ("2024", None, 2023, False),
        ("2023/2025", 2024, 2024, True),
        ("2024-12-31", 2024, 2024, True),
        ("2024-01-01", 2024, 2024, True),
        ("../2024", 2025, None, False),
        ("2024/..", 2025, None, True),
        (None, None, None, True),
        (None, 2024, None, False),
        (None, None, 2024, False),
    ],
)
def test_a_flow_is_within_a_period_in_which_it_can_have_been(
    when: str | None, since: int | None, until: int | None, within: bool
) -> None:
    flow = went("japan", "france", when=parse(when) if when else None)
    assert flow.within(since, until) is within


def test_what_did_not_happen_is_left_out_but_for_what_is_let_pass() -> None:
    rows = [{"status": status and f"http://x/{status}"} for status in ("", "completed", "announced", "cancelled")]
    assert flows.happened(rows) == rows[:2]
    assert flows.happened(rows, but=["announced"]) == rows[:3]


def test_bounds_are_open_where_nothing_is_told() -> None:
    assert flows.span({"notBefore": "", "notAfter": "2024-12-31"}) == Span(None, "2024-12-31")
    assert flows.span({"a": "2024-01-01", "b": ""}, "a", "b") == Span("2024-01-01", None)


def test_headquarters_flow_from_place_to_place() -> None:
    rows = [
        event("HeadquartersMove", "beijing", "tokyo"),
        event("HeadquartersMove", "beijing", "tokyo", "planned"),
        event("incorporation", to="tokyo"),
    ]
    assert flows.of_headquarters(rows, AREAS) == [Flow("headquarters", "x:e", ACME, HOME, "japan", YEAR)]


def test_legal_entities_come_from_the_seat_or_go_nowhere_or_come_from_where_nobody_tells() -> None:
    rows = [
        event("incorporation", to="paris"),
        event("deregistration", "tokyo"),
        event("redomiciliation", to="singapore"),
        event("HeadquartersMove", "beijing", "tokyo"),
        event("incorporation", to="paris", status="cancelled"),
    ]
    assert flows.of_legal_entities(rows, AREAS, seat) == [
        Flow("legal-entities", "x:e", ACME, origin, to, YEAR)
        for origin, to in (("japan", "france"), ("japan", GONE), ("", "singapore"))
    ]


def test_people_flow_between_the_seats_at_that_time() -> None:
    row = {**event(""), "person": "x:ada", "from": ACME, "to": "x:other"}
    later = {**row, "from": "x:other", "to": ACME, "notBefore": "2025-01-01", "notAfter": "2025-12-31"}
    never = {**row, "status": "http://x/cancelled"}
    assert flows.of_people([row, later, never], seat) == [
        Flow("people", "x:e", "x:ada", "japan", "", YEAR),
        Flow("people", "x:e", "x:ada", "", "france", parse("2025")),
    ]


def presence(thing: str, where: str, node: str = "x:p", primary: str = "true", **held: str) -> dict[str, str]:
    told = {"presence": node, "thing": thing, "place": place(where), "primary": primary}
    return {**told, "heldFrom": "2024-01-01", "heldTo": "2024-12-31", **held}


@pytest.mark.parametrize(
    ("thing", "makers", "origin"),
    [
        (GADGET, {GADGET: [ACME]}, "japan"),
        (GADGET, {GADGET: [ACME, "x:bolt"]}, ""),
        (GADGET, {}, ""),
        (ACME, {}, "japan"),
    ],
)
def test_a_market_is_reached_from_the_only_seat_of_the_makers(
    thing: str, makers: Mapping[str, list[str]], origin: str
) -> None:
    expected = [Flow("markets", "x:p", thing, origin, "united-states", YEAR)]
    assert flows.of_markets([presence(thing, "new-york")], makers, AREAS, seat) == expected


def test_main_markets_of_a_thing_flow_once_into_each_area_or_place_of_none() -> None:
    rows = [
        presence(ACME, "new-york", "x:1"),
        presence(ACME, "united-states", "x:2"),
        presence(ACME, "paris", "x:3", primary="false"),
        presence(ACME, "global", "x:4"),
        presence(ACME, "outside-mainland-china", "x:5"),
        presence(GADGET, "new-york", "x:6"),
    ]
    assert [flow.node for flow in flows.of_markets(rows, {}, AREAS, seat)] == ["x:1", "x:4", "x:5", "x:6"]


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        ("2024-12-31", "2024-01-01", YEAR),
        ("", "2024-12-31", Span(None, "2024-12-31")),
        ("2024-01-01", "", Span(None, "2024-01-01")),
        ("", "", Span(None, None)),
    ],
)
def test_a_market_was_reached_when_it_was_attested(first: str, last: str, when: Span) -> None:
    [flow] = flows.of_markets([presence(ACME, "paris", heldFrom=first, heldTo=last)], {}, AREAS, seat)
    assert flow.when == when


def test_a_matrix_counts_what_leads_between_areas_and_turnover_adds_it_up() -> None:
    found = [
        went("japan", "france"),
        went("france", "japan"),
        went("japan", "france"),
        went("france", "canada"),
        went("japan", "japan"),
        went("", "japan"),
        went("japan", GONE),
    ]
    counted = flows.matrix(found)
    assert list(counted.items()) == [(("france", "canada"), 1), (("france", "japan"), 1), (("japan", "france"), 2)]
    assert list(flows.turnover(counted).items()) == [("canada", (1, 0)), ("france", (2, 2)), ("japan", (1, 2))]
