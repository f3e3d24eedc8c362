"""Flows between areas by year, and net migration rates over a stated cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph import flows, migration
from graph.dates import Span
from graph.flows import GONE, KINDS, Flow
from graph.overseas.facts import Facts
from graph.overseas.words import WORDS
from graph.section import Section
from graph.writers import Cell
from ontology import Labels

QUERIES = {
    "headquarters": ("events-between-places",),
    "people": ("personnel-flows", "headquarters-tenures"),
    "legal-entities": ("events-between-places", "headquarters-tenures"),
    "markets": ("market-presences", "makers-of-products", "headquarters-tenures"),
}
"""The named queries behind each kind of flow."""

CLASSES = {
    "headquarters": "HeadquartersMove",
    "people": "PersonnelMove",
    "legal-entities": "LegalEntityChange",
    "markets": "MarketPresence",
}
"""The class of the nodes that tell of each kind of flow."""


def by_year(facts: Facts) -> Section:
    """Flows of each kind by origin, destination and year."""
    rows: list[list[Cell]] = []
    english, chinese = [], []
    for kind in KINDS:
        found = facts.flows(kind)
        rows += _by_year(facts, kind, [f for f in found if f.is_between])
        between, same = sum(f.is_between for f in found), sum(f.is_placed and not f.is_between for f in found)
        name = WORDS[kind]
        unknown = len(found) - between - same
        english.append(
            f"{name['en']}: {len(found)} told, {between} between areas, {same} within one, {unknown} not placed"
        )
        chinese.append(f"{name['zh-hans']}：所述{len(found)}，跨区域{between}，区域内{same}，未能定位{unknown}")
    notes = [
        {
            "en": "count: in that year by every source; possibly: in it or another, as the dates are vague; without a "
            "year: not dated to any. What is not placed in an area is left out, not guessed.",
            "zh-hans": "数量：各来源均指该年；可能：日期含糊，可能在该年或他年；无年份：来源未定年。"
            "未能定位到区域者略去，不作推测。",
        },
        {
            "en": "People: moves between organizations, placed by the headquarters of both at that time, as far as "
            "told; no change of residence. Announced moves are not counted.",
            "zh-hans": "人员：在组织之间的流动，按当时双方总部（就所知）定位；并非迁居。仅宣布者不计。",
        },
        {
            "en": "Legal entities: an incorporation goes from the area of headquarters to that of registration; a "
            "deregistration has no destination. Markets: from the headquarters of the maker to the main market, in "
            "the year it was attested.",
            "zh-hans": "法律主体：设立按总部所在区域至注册地计；注销无目的地。市场：自开发方总部至主要市场，"
            "按见证年份计。",
        },
    ]  # fmt: skip
    return facts.section(
        "flows",
        {"en": "Flows by origin, destination and year", "zh-hans": "按来源地、目的地与年份的流动"},
        ["flow", "origin", "destination", "year", "count", "possibly"],
        rows,
        {"en": "; ".join(english), "zh-hans": "；".join(chinese)},
        notes,
        tuple(dict.fromkeys(query for kind in KINDS for query in QUERIES[kind])),
        {CLASSES[kind]: [f.node for f in facts.flows(kind) if f.is_between] for kind in KINDS},
        WORDS,
    )


def _by_year(facts: Facts, kind: str, found: Sequence[Flow]) -> list[list[Cell]]:
    surely: Counter[tuple[str, str, int]] = Counter()
    possibly: Counter[tuple[str, str, int]] = Counter()
    for flow in found:
        years = [y for y in flow.years if (facts.since or y) <= y <= (facts.until or y)]
        counted = surely if len(flow.years) <= 1 else possibly
        for year in years or [0]:
            counted[flow.origin, flow.destination, year] += 1
    return [
        [
            kind,
            facts.area(origin),
            GONE if destination == GONE else facts.area(destination),
            year or None,
            surely[origin, destination, year],
            possibly[origin, destination, year],
        ]
        for origin, destination, year in sorted({*surely, *possibly})
    ]


def rates(facts: Facts, cohort: str | None) -> Section:
    """In-, out- and net migration rates of headquarters, effectiveness, and the aggregate net migration rate."""
    between = [f for f in facts.flows("headquarters") if f.is_between]
    years = [year for f in between for year in f.years]
    first, last = facts.since or min(years, default=0), facts.until or max(years, default=0)
    eve = f"{first - 1:04}-12-31" if first else None
    day = Span(eve, eve)
    chosen = facts.seats.organizations if cohort is None else facts.members(cohort)
    placed = {one: area for one in chosen if (area := facts.seat(one, day))}
    base = Counter(placed.values())
    sure = Counter(area for one, area in placed.items() if any(t.held(day) for t in facts.seats.of(one)))
    told = [f for f in between if f.mover in placed]
    moves = [f for f in told if f.years and first <= f.years[0] and f.years[-1] <= last]
    turnover = flows.turnover(flows.matrix(moves))
    movers = {f.mover for f in moves}
    all_moved = bool(placed) and movers == set(placed)
    rows: list[list[Cell]] = []
    unlisted = 0
    for area in sorted({*base, *turnover}, key=lambda a: (a != facts.areas.home, -base[a], a)):
        come, gone = turnover.get(area, (0, 0))
        if base[area] < migration.LEAST and not come + gone:
            unlisted += 1
            continue
        rows += _rates_of(facts.area(area), come, gone, base[area], sure[area], all_moved)
    rows += _system(list(turnover.values()), sum(base.values()), sum(sure.values()), all_moved)
    return facts.section(
        "rates",
        {"en": "Migration rates of headquarters", "zh-hans": "总部迁移率"},
        ["area", "measure", "moves", "base", "surely", "value", "value_low", "value_high", "withheld"],
        rows,
        _base(cohort, first, last, len(chosen), len(placed), sum(sure.values()), len(moves)),
        _notes(cohort, (unlisted, len(told) - len(moves), len(between) - len(told)), all_moved),
        ("headquarters-tenures", "events-between-places", *(["members-of"] if cohort else [])),
        {
            "HeadquartersMove": [f.node for f in moves],
            "HeadquartersTenure": [t.node for one in placed for t in facts.seats.of(one)],
        },
        WORDS,
    )


def _rates_of(area: Cell, come: int, gone: int, base: int, sure: int, all_moved: bool) -> list[list[Cell]]:
    withheld = "all moved" if all_moved else "small base" if base < migration.LEAST else None
    if withheld:
        both = (("in rate", come), ("out rate", gone))
        return [[area, measure, moves, base, sure, None, None, None, withheld] for measure, moves in both]
    found: list[list[Cell]] = []
    for measure, moves, interval in (
        ("in rate", come, migration.poisson_interval(come)),
        ("out rate", gone, migration.poisson_interval(gone)),
        ("net rate", come - gone, migration.net_interval(come, gone)),
    ):
        low, high = interval.times(1000 / base)
        found.append([area, measure, moves, base, sure, migration.rate(moves, base), low, high, None])
    if come + gone >= migration.LEAST:
        ratio = migration.effectiveness(come, gone)
        found.append([area, "effectiveness", come + gone, None, None, ratio, None, None, None])
    return found


def _system(turnover: Sequence[tuple[int, int]], base: int, sure: int, all_moved: bool) -> list[list[Cell]]:
    come, gone = [i for i, _ in turnover], [o for _, o in turnover]
    few = sum(come) < migration.LEAST
    index = None if few else migration.system_effectiveness(come, gone)
    withheld = "all moved" if all_moved else "small base" if base < migration.LEAST else None
    net = None if withheld else migration.aggregate_net_rate(come, gone, base)
    return [
        ["system", "effectiveness", sum(come), None, None, index, None, None, "few moves" if few else None],
        ["system", "aggregate", sum(come), base, sure, net, None, None, withheld],
    ]


def _base(cohort: str | None, first: int, last: int, chosen: int, placed: int, sure: int, moves: int) -> Labels:
    """Says what is counted out of what; the years are 0 where neither a move nor the user tells them."""
    if not first:
        return {
            "en": "no dated move of headquarters between areas is told of in this period; give --since",
            "zh-hans": "此期间未见有日期的跨区域总部迁移；请用 --since 指定",
        }
    english = cohort or "all organizations whose headquarters some source places"
    chinese = cohort or "有来源说明总部的全部组织"
    return {
        "en": f"{english}, n = {chosen}; in one area at the start of {first}: {placed} at most, {sure} surely; "
        f"their moves between areas from {first} {f'to {last}' if last else 'on'}: {moves}",
        "zh-hans": f"{chinese}，n = {chosen}；{first}年初位于单一区域者至多{placed}，确定{sure}；"
        f"{first}年{f'至{last}年' if last else '起'}其跨区域迁移：{moves}",
    }


def _notes(cohort: str | None, left_out: tuple[int, int, int], all_moved: bool) -> list[Labels]:
    unlisted, vague, others = left_out
    notes: list[Labels] = [
        {
            "en": "Per 1,000 of the base over the whole period. base: those that can have been in the area at its "
            "start, surely: those attested there on that day. Many began later, so the base is at most that large "
            "and the rate at least that high.",
            "zh-hans": "每千个基数，按整个期间计。基数：期初前一日可能位于该区域者；确定：有来源证实当日在该区域者。"
            "不少组织成立较晚，故基数为上限，比率为下限。",
        },
        {
            "en": "Intervals of in and out rates: exact Poisson, 95 % (Garwood 1936); of the net rate: the ends of "
            "both at 97.5 %, so at least 95 %. Effectiveness per 100 of turnover, aggregate net rate per 100 of the "
            "base (Bell et al. 2002).",
            "zh-hans": "迁入率与迁出率区间：精确泊松，95%（Garwood 1936）；净迁移率区间：由二者97.5%端点合成，至少95%。"
            "效率为每百次迁移；总净迁移率为每百个基数（Bell 等 2002）。",
        },
        {
            "en": f"Withheld: rates on a base and effectiveness of moves under {migration.LEAST}, where one case "
            f"would decide the figure. Not listed: areas with a base under {migration.LEAST} and no move "
            f"({unlisted}). Left out: moves whose dates reach beyond the period or lack a bound ({vague}), and of "
            f"organizations outside the cohort or not placed at its start ({others}).",
            "zh-hans": f"不予给出：基数或迁移数不足{migration.LEAST}，一例即可左右数值。未列："
            f"基数不足{migration.LEAST}且无迁移的区域（{unlisted}个）。略去："
            f"日期越出期间或缺界限的迁移（{vague}次），及期初尚不在或不属此队列者的迁移（{others}次）。",
        },
    ]
    if all_moved:
        notes.append(
            {
                "en": "Every member moved: a cohort that was chosen because it moved cannot give a rate.",
                "zh-hans": "全部成员均已迁移：因迁移而被选入的队列不能得出比率。",
            }
        )
    elif cohort is None:
        notes.append(
            {
                "en": "The graph is made of stories, many of them about movers: what is chosen because it moved "
                "cannot give a rate of moving. A list drawn up for another reason is a better cohort: --cohort "
                "ranking/forbes-ai-50-2025.",
                "zh-hans": "本图谱由报道构成，其中不少正是关于迁移者：因迁移而被选入者不能得出迁移率。"
                "以其他理由编制的名单更宜作队列：--cohort ranking/forbes-ai-50-2025。",
            }
        )
    else:
        notes.append(
            {
                "en": "A cohort that was chosen because its members moved cannot give a rate; ask how this list was "
                "drawn up.",
                "zh-hans": "因成员迁移而选取的队列不能得出比率；期初之后编制的名单则漏去当时已消失者：请先查明其如何、"
                "何时编制。",
            }
        )
    return notes
