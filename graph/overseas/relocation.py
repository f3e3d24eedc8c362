"""Relocations one by one: money raised before and after a move, and the order of the facets of a case."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from math import ceil, floor

from pyoxigraph import NamedNode

from graph import dates, flows
from graph.dates import Span
from graph.flows import Flow, Row
from graph.overseas.facts import Facts
from graph.overseas.words import WORDS
from graph.section import Section
from graph.writers import Cell
from ontology import local

_MONTH = 30.436875
"""Days in a mean month of the Gregorian calendar."""

_FACETS = {
    "HeadquartersMove": "headquarters",
    "LegalEntityChange": "legal",
    "WorkforceChange": "workforce",
    "MarketChange": "market",
}


def order(one: Span, other: Span) -> str:
    """Whether the first is surely "before" the other or "after" it; "" where that cannot be told."""
    if one.last and other.first and one.last < other.first:
        return "before"
    if other.last and one.first and other.last < one.first:
        return "after"
    return ""


def lag(move: Span, event: Span) -> tuple[int | None, int | None]:
    """The bounds of the months from a move to an event, rounded outwards; negative where the event came first."""
    return (
        floor(_days(move.last, event.first) / _MONTH) if move.last and event.first else None,
        ceil(_days(move.first, event.last) / _MONTH) if move.first and event.last else None,
    )


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def capital(facts: Facts) -> Section:
    """Rounds of each that may have left its area: before or after the move, the lag, and where its investors are."""
    moves = [flow for flow in facts.flows("headquarters") if flow.is_between or not flow.is_placed]
    told: dict[str, list[Row]] = defaultdict(list)
    for row in flows.happened(facts.rows("investments-in-movers"), but=["announced"]):
        if local(row["part"]) != "exit":
            told[row["organization"]].append(row)
    rows: list[list[Cell]] = []
    for move in sorted(moves, key=lambda move: (move.mover, move.when.first or "", move.node)):
        rounds: dict[str, list[Row]] = defaultdict(list)
        for row in told[move.mover]:
            rounds[row["round"]].append(row)
        mover, when = NamedNode(move.mover), dates.expression(move.when) or None
        rows.append([mover, "move", NamedNode(move.node), when, *[None] * 6])
        found = [_round(facts, move, event, same) for event, same in rounds.items()]
        rows += sorted(found, key=lambda row: [(cell is None, str(cell)) for cell in (row[3], row[2])])
    counted = Counter(str(row[4]) for row in rows if row[4])
    named, unknown = (sum(int(str(row[i] or 0)) for row in rows for i in where) for where in ((7, 8, 9), (9,)))
    loose = len({row[0] for row in rows if row[1] == "no round"})
    return facts.section(
        "capital",
        {"en": "Capital raised before and after a move", "zh-hans": "迁移前后的融资"},
        ["organization", "what", "event", "when", "order", "months_low", "months_high", "abroad", "home", "unknown"],
        rows,
        {
            "en": f"headquarters moves not known to be within one area: {len(moves)}; rounds of the movers: "
            f"{sum(counted.values())}, {counted['before']} before, {counted['after']} after, {counted['unclear']} "
            f"unclear; investors named, round by round: {named}, not placed: {unknown}",
            "zh-hans": f"{len(moves)}次总部迁移（不含已知在同一区域内者），迁移者轮次{sum(counted.values())}："
            f"迁移前{counted['before']}，迁移后{counted['after']}，不明{counted['unclear']}；"
            f"各轮具名投资方（含未归轮次者）{named}，其中{unknown}未能定位",
        },
        [
            {
                "en": "Lags, not causes. Lag: months from the move to the round, as bounds where dates are vague; "
                "negative before the move. Unclear: the dates overlap, or one is not told. Abroad, home, unknown: "
                "investors named, by their own headquarters at that time.",
                "zh-hans": "仅为时间间隔，并非因果。间隔：自迁移至该轮的月数，日期含糊时给出上下限；负数为迁移之前。"
                "不明：日期重叠，或其一未见记载。海外、本土、未知：具名投资方，按其当时总部。",
            },
            {
                "en": f"No round: investors whom no source ties to a round ({loose} of the movers have such). Exits "
                "are left out, announced rounds counted. Movers have been looked up more closely than others, so "
                "that their rounds cannot be held against those of others.",
                "zh-hans": f"无轮次：来源未归入任何轮次的投资方（{loose}个迁移者有之）。退出不计，已宣布的轮次计入。"
                "迁移者较其他组织查得更细，故不可与其他组织的融资相比。",
            },
        ],
        ("events-between-places", "investments-in-movers", "headquarters-tenures"),
        {
            "HeadquartersMove": [move.node for move in moves],
            "Investment": [row["event"] for move in moves for row in told[move.mover]],
            "FundingRound": [row["round"] for move in moves for row in told[move.mover]],
        },
        WORDS,
        frozenset({"event"}),
    )


def _round(facts: Facts, move: Flow, event: str, same: list[Row]) -> list[Cell]:
    when = min((flows.span(row) for row in same), key=Span.days) if event else Span(None, None)
    stage = next((row["stage"] for row in same if row["stage"]), "")
    low, high = lag(move.when, when)
    investors = {row["investor"]: facts.seat(row["investor"], when) for row in same if row["investor"]}
    places = Counter("home" if a == facts.areas.home else "abroad" if a else "unknown" for a in investors.values())
    return [
        NamedNode(move.mover),
        "no round" if not event else NamedNode(stage) if stage else "round",
        NamedNode(event) if event else None,
        dates.expression(when) or None,
        (order(when, move.when) or "unclear") if event else None,
        low,
        high,
        *(places[where] for where in ("abroad", "home", "unknown")),
    ]


def facets(facts: Facts) -> Section:
    """For each two facets of a relocation case, which surely came first."""
    cases: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in flows.happened(facts.rows("relocation-facets")):
        if (facet := _FACETS.get(local(row["facet"]))) and Flow("", "", "", "", "", flows.span(row)).within(
            facts.since, facts.until
        ):
            cases[row["case"]][facet].append(row)
    rows: list[list[Cell]] = []
    for case, found in sorted(cases.items()):
        begun = {facet: _begun(found[facet]) for facet in _FACETS.values() if facet in found}
        for one, other in combinations(begun, 2):
            verdict = {"before": "first", "after": "later"}.get(order(begun[one], begun[other]), "not told")
            when = [dates.expression(begun[facet]) or None for facet in (one, other)]
            rows.append([NamedNode(case), one, when[0], verdict, other, when[1]])
    sure = sum(row[3] != "not told" for row in rows)
    several = sum(len(found) > 1 for found in cases.values())
    by_class = {name: [r["event"] for found in cases.values() for r in found[facet]] for name, facet in _FACETS.items()}
    return facts.section(
        "facets",
        {"en": "The order of facets in relocation cases", "zh-hans": "迁移案例中各方面的先后"},
        ["case", "facet", "one_when", "order", "other", "other_when"],
        rows,
        {
            "en": f"{len(cases)} cases, {several} with two facets or more: {len(rows)} pairs of facets, {sure} in a "
            "sure order",
            "zh-hans": f"{len(cases)}个案例，其中{several}个有两个或以上方面：{len(rows)}对，先后确定者{sure}对",
        },
        [
            {
                "en": "A facet begins with the earliest of its events; the order is sure only where the spans of "
                "days do not overlap. An order in time is no cause.",
                "zh-hans": "一个方面以其最早事件为始；仅当日期区间不相重叠时，先后方可确定。时间先后并非因果。",
            }
        ],
        ("relocation-facets",),
        by_class,
        WORDS,
    )


def _begun(rows: list[Row]) -> Span:
    """The bounds of the day on which the first of some events was."""
    spans = [flows.span(row) for row in rows]
    first, lasts = min(span.first or "" for span in spans), [span.last for span in spans if span.last]
    return Span(first or None, min(lasts, default=None))
