"""Flows by year and rates of migration, from flows and tenures made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from abroad import Sat, check, rows, told, went

from graph.dates import Span, parse
from graph.flows import GONE, Flow
from graph.migration import net_interval, poisson_interval
from graph.overseas.facts import Facts
from graph.overseas.movement import by_year, rates
from graph.seats import Tenure
from graph.section import Section
from ontology import ID

HOME = "mainland-china"
OPEN = Span(None, None)


def moved(when: str | None = "2024", start: str = HOME, to: str = "japan", node: str = "node:a", by: str = "") -> Flow:
    return went(start, to, node, by or "x:y", parse(when) if when else None)


# Flows by year


def of(*found: Flow, **period: int) -> Section:
    return by_year(told(**period, flows={"headquarters": list(found)}))


@pytest.mark.parametrize(
    ("when", "counted"),
    [
        ("2024-03", [[2024, 1, 0]]),
        ("2022-12/2024-01", [[2022, 0, 1], [2023, 0, 1], [2024, 0, 1]]),
        ("../2024", [[None, 1, 0]]),
        (None, [[None, 1, 0]]),
    ],
)
def test_a_flow_counts_in_its_year_or_possibly_in_each_or_in_none(when: str | None, counted: list[list[Any]]) -> None:
    assert rows(of(moved(when))) == [["headquarters", HOME, "japan", *row] for row in counted]


def test_flows_of_the_same_ends_and_year_are_added_up_and_stand_in_order() -> None:
    found = [moved(), moved("2023"), moved("2023/2024"), moved(), moved(to="france"), moved(start="france"),
             moved(None)]  # fmt: skip
    assert [row[1:] for row in rows(of(*found))] == [
        ["france", "japan", 2024, 1, 0],
        [HOME, "france", 2024, 1, 0],
        [HOME, "japan", None, 1, 0],
        [HOME, "japan", 2023, 1, 1],
        [HOME, "japan", 2024, 2, 1],
    ]


@pytest.mark.parametrize(
    ("period", "years"),
    [({"since": 2023}, [2023, 2024]), ({"until": 2023}, [2022, 2023]), ({"since": 2023, "until": 2023}, [2023])],
)
def test_only_years_of_the_period_are_shown_and_a_vague_flow_stays_vague(
    period: dict[str, int], years: list[int]
) -> None:
    assert [row[3:] for row in rows(of(moved("2022/2024"), **period))] == [[year, 0, 1] for year in years]


def test_kinds_stand_one_below_the_other_with_what_is_within_an_area_or_not_placed() -> None:
    section = by_year(
        told(
            flows={
                "headquarters": [moved(), moved(), moved(to=HOME, node="node:b"), moved(to="", node="node:c")],
                "people": [moved(node="node:d"), moved(start="", node="node:e"), moved(start="", to="")],
                "legal-entities": [moved(to=GONE, node="node:f")],
                "markets": [moved(start="japan", to="japan", node="node:g"), moved(node="node:h")],
            }
        )
    )
    assert [[row[0], row[2], row[4]] for row in rows(section)] == [
        ["headquarters", "japan", 2],
        ["people", "japan", 1],
        ["legal-entities", GONE, 1],
        ["markets", "japan", 1],
    ]
    assert section.base == {
        "en": "headquarters: 4 told, 2 between areas, 1 within one, 1 not placed; "
        "people: 3 told, 1 between areas, 0 within one, 2 not placed; "
        "legal entities: 1 told, 1 between areas, 0 within one, 0 not placed; "
        "main markets: 2 told, 1 between areas, 1 within one, 0 not placed",
        "zh-hans": "总部：所述4，跨区域2，区域内1，未能定位1；人员：所述3，跨区域1，区域内0，未能定位2；"
        "法律主体：所述1，跨区域1，区域内0，未能定位0；主要市场：所述2，跨区域1，区域内1，未能定位0",
    }
    assert section.table.rows[2][2] == GONE  # and no place
    sources = "HeadquartersMove a, LegalEntityChange f, MarketPresence h, PersonnelMove d"
    check(section, "flows", "flow origin destination year count possibly", sources)


# Rates


def sat(*places: str, since: str | None = None, node: str = "node:z") -> list[Tenure]:
    """A tenure in each place, attested from a day on."""
    held = Span(parse(since).first, "2030-01-01") if since else OPEN
    return [Tenure(node, f"{ID}place/{place}", held, held) for place in places]


def seated(count: int, place: str, **values: Any) -> dict[str, list[Tenure]]:
    """So many organizations in a place, named after it."""
    return {f"{place}-{number}": sat(place, **values) for number in range(count)}


def facts(tenures: dict[str, list[Tenure]], *moves: Flow, members: list[str] | None = None, **period: int) -> Facts:
    listed = [{"organization": member} for member in members or []]
    return told(**period, flows={"headquarters": list(moves)}, seats=Sat(**tenures), members_of=listed)


def rated(facts: Facts, cohort: str | None = None) -> dict[tuple[str, str], list[Any]]:
    return {(row[0], row[1]): row[2:] for row in rows(rates(facts, cohort))}


def test_rates_are_moves_per_thousand_of_those_who_were_there_with_intervals() -> None:
    moves = [
        *[moved(by=f"{HOME}-{number}") for number in range(15)],
        *[moved(start="japan", to=HOME, by=f"japan-{number}") for number in range(5)],
    ]
    section = rates(facts({**seated(50, HOME, since="2020"), **seated(20, "japan")}, *moves), None)
    expected = []
    for area, base, sure, come, gone in ((HOME, 50, 50, 5, 15), ("japan", 20, 0, 15, 5)):
        for measure, number, interval in (
            ("in rate", come, poisson_interval(come)),
            ("out rate", gone, poisson_interval(gone)),
            ("net rate", come - gone, net_interval(come, gone)),
        ):
            low, high = (pytest.approx(1000 * end / base) for end in interval)
            expected.append([area, measure, number, base, sure, pytest.approx(1000 * number / base), low, high, None])
        ratio = 100 * (come - gone) / 20
        expected.append([area, "effectiveness", 20, None, None, ratio, None, None, None])
    expected.append(["system", "effectiveness", 20, None, None, 50, None, None, None])
    expected.append(["system", "aggregate", 20, 70, 50, pytest.approx(100 * 10 / 70), None, None, None])
    assert rows(section) == expected
    assert section.base["en"] == (
        "all organizations whose headquarters some source places, n = 70; in one area at the start of 2024: 70 at "
        "most, 50 surely; their moves between areas from 2024 to 2024: 20"
    )
    assert section.base["zh-hans"] == (
        "有来源说明总部的全部组织，n = 70；2024年初位于单一区域者至多70，确定50；2024年至2024年其跨区域迁移：20"
    )


def test_under_twenty_nothing_is_given() -> None:
    tenures = {**seated(20, HOME), **seated(19, "japan")}
    moves = [moved(by=f"{HOME}-{number}") for number in range(19)]
    found = rated(facts(tenures, *moves))
    assert [*found] == [
        *[(HOME, measure) for measure in ("in rate", "out rate", "net rate")],
        *[("japan", "in rate"), ("japan", "out rate"), ("system", "effectiveness"), ("system", "aggregate")],
    ]
    assert found["japan", "in rate"] == [19, 19, 0, None, None, None, "small base"]
    assert found["japan", "out rate"] == [0, 19, 0, None, None, None, "small base"]
    assert found["system", "effectiveness"] == [19, None, None, None, None, None, "few moves"]
    assert found["system", "aggregate"] == [19, 39, 0, pytest.approx(100 * 19 / 39), None, None, None]
    assert rated(facts(seated(19, HOME)))["system", "aggregate"] == [0, 19, 0, None, None, None, "small base"]
    assert rated(facts({}))["system", "aggregate"] == [0, 0, 0, None, None, None, "small base"]
    assert rated(facts(seated(20, HOME)))["system", "aggregate"] == [0, 20, 0, 0, None, None, None]


def test_areas_stand_by_the_size_of_their_base_after_the_home_and_small_ones_without_moves_do_not() -> None:
    tenures = {**seated(20, HOME), **seated(22, "japan"), **seated(21, "france"), **seated(21, "singapore"),
               **seated(2, "canada"), **seated(19, "germany"), **seated(1, "india")}  # fmt: skip
    moves = [
        moved(by=f"{HOME}-0", to="canada"),
        moved(by="canada-0", start="canada"),
        moved(by="india-0", start="india"),
    ]
    section = rates(facts(tenures, *moves), None)
    areas = [HOME, "japan", "france", "singapore", "canada", "india", "system"]
    assert [*dict.fromkeys(row[0] for row in rows(section))] == areas
    assert "under 20 and no move (1)." in section.notes[3]["en"]
    assert "且无迁移的区域（1个）" in section.notes[3]["zh-hans"]


def test_the_base_is_of_the_eve_of_the_first_move_unless_a_year_is_given() -> None:
    tenures = {
        **seated(20, HOME),
        "late": sat(HOME, since="2023"),
        "early": sat(HOME, since="2022-12-31"),
    }
    moves = [moved("2025", by=f"{HOME}-1"), moved("2023/2024", by=f"{HOME}-0"), moved("2021", to=HOME)]
    assert rated(facts(tenures, *moves))[HOME, "out rate"][:3] == [2, 21, 1]
    assert rated(facts(tenures, *moves, since=2022))[HOME, "out rate"][:3] == [2, 20, 0]
    section = rates(facts(tenures, *moves, until=2026), None)
    assert "in one area at the start of 2023: 21 at most, 1 surely" in section.base["en"]
    assert section.base["en"].endswith("their moves between areas from 2023 to 2026: 2")
    assert section.base["zh-hans"].endswith("2023年至2026年其跨区域迁移：2")


def test_who_may_have_been_in_two_areas_is_in_no_base() -> None:
    within = [*sat(HOME, since="2020"), *sat("beijing")]
    tenures = {**seated(20, HOME), "within": within, "both": sat(HOME, "japan"), "nowhere": sat("global")}
    section = rates(facts(tenures, moved(by="both"), moved(by=f"{HOME}-0"), moved(by="nowhere", to="")), None)
    assert [row[3] for row in rows(section) if row[0] == HOME] == [21, 21, 21]
    assert "n = 23; in one area at the start of 2024: 21 at most, 1 surely" in section.base["en"]
    assert "not placed at its start (1)." in section.notes[3]["en"]


@pytest.mark.parametrize(
    ("when", "moves", "vague"),
    [
        ("2024-01-01/2024-12-31", 1, 0),
        ("2023-12-31/2024", 0, 1),
        ("2024/2025-01-01", 0, 1),
        ("2024-05/..", 0, 1),
        ("../2024-05", 0, 1),
    ],
)
def test_a_move_counts_when_it_is_all_within_the_period(when: str | None, moves: int, vague: int) -> None:
    section = rates(facts(seated(20, HOME), moved(when, by=f"{HOME}-0"), since=2024, until=2024), None)
    assert section.table.rows[1][2] == moves
    assert f"reach beyond the period or lack a bound ({vague})," in section.notes[3]["en"]
    assert f"日期越出期间或缺界限的迁移（{vague}次）" in section.notes[3]["zh-hans"]


def test_moves_within_an_area_or_not_placed_are_neither_counted_nor_left_out() -> None:
    moves = [moved(by=by, to=to) for by in (f"{HOME}-0", "other") for to in (HOME, "")]
    section = rates(facts(seated(20, HOME), *moves, since=2024), None)
    assert [row[2] for row in rows(section)] == [0] * 5
    assert (
        "or lack a bound (0), and of organizations outside the cohort or not placed at its start (0)."
        in (section.notes[3]["en"])
    )


def test_a_period_without_moves_is_open_at_its_end() -> None:
    base = rates(facts(seated(1, HOME), since=2024), None).base
    assert base["en"].endswith(
        "in one area at the start of 2024: 1 at most, 0 surely; their moves between areas from 2024 on: 0"
    )
    assert base["zh-hans"].endswith("；2024年起其跨区域迁移：0")


def test_without_any_dated_move_the_base_is_of_all_time() -> None:
    section = rates(
        facts({**seated(1, HOME, since="2020"), "moved": sat(HOME, "japan")}, moved(None, by=f"{HOME}-0"), until=2024),
        None,
    )
    assert section.base["en"] == "no dated move of headquarters between areas is told of in this period; give --since"
    assert section.base["zh-hans"].startswith("此期间未见有日期的跨区域总部迁移")
    assert "lack a bound (1)" in section.notes[3]["en"]
    assert rows(section)[-1] == ["system", "aggregate", 0, 1, 0, None, None, None, "small base"]


def test_a_cohort_is_named_and_only_its_members_count() -> None:
    members = [f"{HOME}-{number}" for number in range(20)]
    tenures = seated(25, HOME, node="node:y")
    moves = [moved(by=f"{HOME}-0"), moved(by=f"{HOME}-24", node="node:b")]
    section = rates(facts(tenures, *moves, members=members), "ranking/top")
    assert [row[2] for row in rows(section) if row[1] == "out rate"] == [1, 0]
    assert section.base["en"].startswith("ranking/top, n = 20; in one area at the start of 2024: 20 at most")
    assert section.base["zh-hans"].startswith("ranking/top，n = 20；")
    assert "or not placed at its start (1)." in section.notes[3]["en"]
    assert section.notes[4]["en"].startswith("A cohort that was chosen because its members moved")
    columns = "area measure moves base surely value value_low value_high withheld"
    check(section, "rates", columns, "HeadquartersMove a, HeadquartersTenure y")
    assert "members-of" in section.queries


def test_without_a_cohort_a_better_one_is_named() -> None:
    section = rates(facts(seated(20, HOME), moved(by=f"{HOME}-0")), None)
    assert "--cohort ranking/" in section.notes[4]["en"] and len(section.notes) == 5
    check(section, "rates", " ".join(section.table.columns), "HeadquartersMove a, HeadquartersTenure z")
    assert "members-of" not in section.queries


@pytest.mark.parametrize(("count", "withheld"), [(20, "all moved"), (21, None)])
def test_where_every_member_moved_there_is_no_rate(count: int, withheld: str | None) -> None:
    moves = [moved(by=f"{HOME}-{number}") for number in range(20)]
    section = rates(facts(seated(count, HOME), *moves), None)
    assert {row[-1] for row in rows(section) if row[0] == HOME or row[1] == "aggregate"} == {withheld}
    assert section.notes[4]["en"].startswith("Every member moved") is bool(withheld)
    assert all(note["zh-hans"] for note in section.notes)
    if withheld:
        assert [row[1:] for row in rows(section)[:2]] == [
            ["in rate", 0, 20, 0, None, None, None, withheld],
            ["out rate", 20, 20, 0, None, None, None, withheld],
        ]
        assert rows(section)[-1][5] is None
