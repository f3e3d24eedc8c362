"""Rounds before and after a move, and the order of facets in a relocation case, from rows made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from abroad import check, rows, told, went

from graph.dates import Span, parse
from graph.flows import Flow
from graph.overseas.facts import Facts
from graph.overseas.relocation import capital, facets, lag, order

HOME = "mainland-china"
ACME, BOLT = "x:acme", "x:bolt"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023", "2024", "before"),
        ("2024-02", "2024-01", "after"),
        ("2024-06-01", "2024-06-01", ""),
        ("2024", "2024-06", ""),
        ("../2024", "2024-06", ""),
    ],
)
def test_an_order_is_sure_only_where_spans_do_not_overlap(one: str, other: str, expected: str) -> None:
    assert order(parse(one), parse(other)) == expected


def test_a_lag_is_bounded_by_the_nearest_and_the_farthest_days() -> None:
    assert lag(parse("2024-01-01"), parse("2024-03-01")) == (1, 2)  # 60 days: 1.97 months
    assert lag(parse("2024"), parse("2024-06")) == (-7, 6)  # -213 and +181 days
    assert lag(parse("2024"), Span("2025-01-01", None)) == (0, None)
    assert lag(Span(None, None), parse("2024")) == (None, None)


# Rounds


def moved(when: str | None = "2024-06", node: str = "node:a", mover: str = ACME, start: str = HOME, **to: str) -> Flow:
    return went(start, to.get("to", "singapore"), node, mover, parse(when) if when else None)


def raised(event: str, when: str | None = None, **values: str) -> dict[str, str]:
    """A row of a round, or of the stake of an investor in a round or in none."""
    first, last = parse(when) if when else (None, None)
    row = {"organization": ACME, "event": event, "round": event, "stage": "", "investor": "", "part": "", "status": ""}
    return {**row, "notBefore": first or "", "notAfter": last or "", **values}


def money(moves: list[Flow], *told_of: dict[str, str]) -> Facts:
    return told(flows={"headquarters": moves}, investments_in_movers=told_of)


def order_of(facts: Facts) -> list[Any]:
    return [row[2] for row in rows(capital(facts))]


def test_a_round_is_before_or_after_a_move_or_unclear_with_its_lag() -> None:
    facts = money(
        [moved()],
        raised("node:e"),
        raised("node:b", "2023-01", stage="x:seed"),
        raised("node:d", "2024"),
        raised("node:c", "2025-01"),
    )
    section = capital(facts)
    assert rows(section) == [
        [ACME, "move", "node:a", "2024-06", *[None] * 6],
        [ACME, "x:seed", "node:b", "2023-01", "before", -18, -16, 0, 0, 0],
        [ACME, "round", "node:d", "2024", "unclear", -6, 7, 0, 0, 0],
        [ACME, "round", "node:c", "2025-01", "after", 6, 9, 0, 0, 0],
        [ACME, "round", "node:e", None, "unclear", None, None, 0, 0, 0],
    ]
    assert section.base["en"].startswith(
        "headquarters moves not known to be within one area: 1; rounds of the movers: 4, 1 before, 1 after, 2 unclear;"
    )
    assert section.base["zh-hans"].startswith("1次总部迁移（不含已知在同一区域内者），迁移者轮次4：")
    assert "迁移前1，迁移后1，不明2；" in section.base["zh-hans"]


def test_investors_of_a_round_are_counted_once_by_the_side_of_their_headquarters() -> None:
    def stake(event: str, investor: str, when: str | None = None, **values: str) -> dict[str, str]:
        return raised(event, when, **{"round": "node:b", "investor": investor, **values})

    facts = money(
        [moved(), moved(node="node:z", mover=BOLT)],
        stake("node:c", "japan-1", "2023"),
        stake("node:d", f"{HOME}-1", "2023-05", stage="x:seed"),
        stake("node:e", "france-1", "2023"),
        stake("node:f", "france-1", "2023"),
        stake("node:g", "-1", "2023"),
        stake("node:h", "-2", "2023", round=""),
        stake("node:i", "-3", round=""),
        stake("node:j", f"{HOME}-2", round="", part="http://x/exit"),
    )
    section = capital(facts)
    assert rows(section) == [
        [ACME, "move", "node:a", "2024-06", *[None] * 6],
        [ACME, "x:seed", "node:b", "2023-05", "before", -14, -12, 2, 1, 1],
        [ACME, "no round", None, None, None, None, None, 0, 0, 2],
        [BOLT, "move", "node:z", "2024-06", *[None] * 6],
    ]
    assert section.base["en"].endswith(
        "1, 1 before, 0 after, 0 unclear; investors named, round by round: 6, not placed: 3"
    )
    assert section.base["zh-hans"].endswith("各轮具名投资方（含未归轮次者）6，其中3未能定位")
    assert "(1 of the movers have such)" in section.notes[2]["en"]


def test_a_mover_with_investors_of_no_round_counts_once_whatever_it_moved() -> None:
    stakes = [raised("node:c", investor="japan-1", round="", organization=mover) for mover in (ACME, BOLT)]
    section = capital(money([moved("2020"), moved("2024", "node:b"), moved(mover=BOLT)], *stakes))
    assert [row[1] for row in rows(section)] == ["move", "no round"] * 3
    assert "(2 of the movers have such)" in section.notes[2]["en"]
    assert "（2个迁移者有之）" in section.notes[2]["zh-hans"]


def test_announced_rounds_count_and_cancelled_ones_do_not() -> None:
    assert order_of(money([moved("2020")], raised("node:b", status="http://x/announced"))) == ["node:a", "node:b"]
    assert order_of(money([moved("2020")], raised("node:b", status="http://x/cancelled"))) == ["node:a"]


def test_moves_stand_by_mover_and_day_and_rounds_by_day_and_name() -> None:
    moves = [
        moved("2020", "node:a", BOLT),
        moved("2024", "node:b"),
        moved("2023", "node:d"),
        moved("2023", "node:c"),
        moved(None, "node:e"),
    ]
    assert [row[2:4] for row in rows(capital(money(moves)))] == [
        ["node:e", None],
        ["node:c", "2023"],
        ["node:d", "2023"],
        ["node:b", "2024"],
        ["node:a", "2020"],
    ]
    rounds = [raised("node:c", "2020"), raised("node:d"), raised("node:f", "2019"), raised("node:b", "2020")]
    assert order_of(money([moved()], *rounds)) == ["node:a", "node:f", "node:b", "node:c", "node:d"]


@pytest.mark.parametrize(
    ("start", "goal", "seen"),
    [(HOME, "japan", 1), (HOME, HOME, 0), ("", "japan", 1), (HOME, "", 1), ("", "", 1)],
)
def test_only_a_move_known_to_be_within_one_area_is_left_out(start: str, goal: str, seen: int) -> None:
    section = capital(money([moved(start=start, to=goal)]))
    assert len(section.table.rows) == seen
    assert section.base["en"].startswith(f"headquarters moves not known to be within one area: {seen};")


def test_capital_rests_on_the_moves_and_on_the_money_of_movers() -> None:
    stake = raised("node:c", investor="japan-1", round="node:d")
    other = raised("node:e", investor="japan-1", round="node:f", organization=BOLT)
    section = capital(money([moved()], stake, other))
    columns = "organization what event when order months_low months_high abroad home unknown"
    check(section, "capital", columns, "FundingRound d, HeadquartersMove a, Investment c")
    assert section.machine_only == {"event"}


# Facets


def facet(name: str, event: str, when: str | None, case: str = "x:case", status: str = "") -> dict[str, str]:
    first, last = parse(when) if when else (None, None)
    return {
        "case": case,
        "event": event,
        "facet": f"http://x/{name}",
        "status": status,
        "notBefore": first or "",
        "notAfter": last or "",
    }


def cases(*facets_told: dict[str, str], **period: int) -> Facts:
    return told(**period, relocation_facets=facets_told)


def test_each_two_facets_of_a_case_are_set_against_one_another() -> None:
    facts = cases(
        facet("MarketChange", "node:d", "2022"),
        facet("WorkforceChange", "node:c", None),
        facet("HeadquartersMove", "node:a", "2024"),
        facet("LegalEntityChange", "node:b", "2024-05"),
        facet("FundingRound", "node:e", "2024"),
        facet("HeadquartersMove", "node:f", "2023", case="x:alone"),
        facet("MarketChange", "node:g", "2024", case="x:after"),
        facet("HeadquartersMove", "node:h", "2023", case="x:after"),
    )
    section = facets(facts)
    assert rows(section) == [
        ["x:after", "headquarters", "2023", "first", "market", "2024"],
        ["x:case", "headquarters", "2024", "not told", "legal", "2024-05"],
        ["x:case", "headquarters", "2024", "not told", "workforce", None],
        ["x:case", "headquarters", "2024", "later", "market", "2022"],
        ["x:case", "legal", "2024-05", "not told", "workforce", None],
        ["x:case", "legal", "2024-05", "later", "market", "2022"],
        ["x:case", "workforce", None, "not told", "market", "2022"],
    ]
    assert section.base["en"] == "3 cases, 2 with two facets or more: 7 pairs of facets, 3 in a sure order"
    assert section.base["zh-hans"] == "3个案例，其中2个有两个或以上方面：7对，先后确定者3对"
    sources = "HeadquartersMove a, HeadquartersMove f, HeadquartersMove h, LegalEntityChange b"
    check(
        section,
        "facets",
        "case facet one_when order other other_when",
        f"{sources}, MarketChange d, MarketChange g, WorkforceChange c",
    )


@pytest.mark.parametrize(
    ("whens", "begun"),
    [
        (["2023", "2024"], "2023"),
        (["2024-02", "2024"], "2024-01/2024-02"),
        (["2024", "../2024-02"], "../2024-02-29"),
        (["2024", "2023-05/.."], "2023-05/2024-12"),
        (["2023-05/..", None], None),
    ],
)
def test_a_facet_begins_with_the_first_of_its_events(whens: list[str | None], begun: str | None) -> None:
    several = [facet("HeadquartersMove", f"node:{number}", when) for number, when in enumerate(whens)]
    [row] = rows(facets(cases(*several, facet("MarketChange", "node:a", "2025"))))
    assert row[2] == begun


def test_only_facets_that_happened_in_the_period_are_set_in_order() -> None:
    stated = [
        facet("HeadquartersMove", "node:a", "2023"),
        facet("LegalEntityChange", "node:b", "2024"),
        facet("MarketChange", "node:c", "2025", status="http://x/planned"),
    ]
    assert [row[1::3] for row in rows(facets(cases(*stated)))] == [["headquarters", "legal"]]
    assert rows(facets(cases(*stated, since=2024))) == rows(facets(cases(*stated, until=2023))) == []
