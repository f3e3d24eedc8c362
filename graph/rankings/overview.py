"""Many lists side by side: what is known of them, concentration, change between editions, variety."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph import concentration as measure
from graph import dates
from graph.concentration import Bounds
from graph.dates import Span
from graph.lists import Ranked, by_category
from graph.rankings.facts import Facts, behind, bounded, ends, thing, told
from graph.rankings.words import BOUNDS, DESCRIPTIVE, GROUP
from graph.section import Section
from graph.writers import Cell


def lists(facts: Facts, chosen: list[Ranked]) -> Section:
    """What each list is, and how much of it is known."""
    rows: list[list[Cell]] = [
        [
            number, thing(r.ranking), thing(r.scope), dates.expression(Span(r.first or None, r.last or None)) or None,
            r.size, len(r.entries),
        ]
        for number, r in enumerate(chosen, 1)
    ]  # fmt: skip
    complete = sum(r.size == len(r.entries) for r in chosen)
    return facts.section(
        "lists",
        {"en": "Lists", "zh-hans": "榜单"},
        ["no", "list", "scope", "period", "places", "known"],
        rows,
        {
            "en": f"{len(chosen)} lists of which a source names entries or counts them; {complete} known in full",
            "zh-hans": f"有来源列出条目或计数的榜单{len(chosen)}个，其中{complete}个条目齐全",
        },
        [
            {
                "en": "Known: entries that sources name. A list with fewer known than places is known in part; "
                "without places its extent is not known.",
                "zh-hans": "已知：来源所列条目。已知少于席位者仅知其一部分；无席位数者不知其全貌。",
            }
        ],
        ("lists", "ranking-entries"),
        {node for ranked in chosen for node in told(ranked)},
    )


def concentration(facts: Facts, chosen: list[Ranked]) -> Section:
    """CR1, CR3, the Herfindahl-Hirschman index and the share that meets the criterion, for each list."""
    rows: list[list[Cell]] = []
    counted: set[str] = set()
    for number, ranked in enumerate(chosen, 1):
        reported = [row for row in facts.counted(ranked.ranking) if facts.is_criterion(row["criterion"])]
        whole = next((row for row in reported if not row["population"] and row["count"]), None)
        if whole:
            counted.add(whole["aggregate"])
        if not (whole or ranked.measurable):
            continue
        said = f"{whole['count']} / {whole['outOf'] or ranked.size or '?'}" if whole else None
        rows.append([number, thing(ranked.ranking), *_measures(ranked), *bounded(met(ranked)), said])
    return facts.section(
        "concentration",
        {"en": "Concentration by group", "zh-hans": "按集团的集中度"},
        ["no", "list", *ends("cr1"), *ends("cr3"), *ends("hhi"), *ends("met"), "reported"],
        rows,
        {
            "en": f"{len(rows)} of {len(chosen)} lists: those of known size with an entry, or with a count by the "
            "criterion",
            "zh-hans": f"{len(chosen)}个榜单中的{len(rows)}个：席位数已知且有条目者，或有来源按该标准计数者",
        },
        [
            {
                "en": "CR1, CR3: share of the largest and of the three largest groups; HHI: Herfindahl-Hirschman "
                f"index, 0 to 10,000. Met: share of entries whose group is big tech by {facts.names['en']}, by a "
                "source's own judgement or a value within a year of the list. Reported: what a source counts by this "
                "criterion.",
                "zh-hans": "CR1、CR3：最大与前三大集团占比；HHI：赫芬达尔—赫希曼指数，0至10,000。达标："
                f"所属集团{facts.names['zh-hans']}的条目占比，依来源判定或榜单前后一年内的数值。所报："
                "来源按此标准的计数。",
            },
            GROUP,
            BOUNDS,
            DESCRIPTIVE,
        ],
        ("lists", "ranking-entries", "attributions", "judged-by-threshold", "counts-in-ranking"),
        behind(r for r in chosen if r.measurable) | counted,
    )


def _measures(ranked: Ranked) -> list[Cell]:
    found = dict(measures(ranked, (1, 3)))
    ratios = [cell for name in ("CR1", "CR3") for cell in bounded(found.get(name))]
    return [*ratios, *bounded(found.get("HHI"), 0)]


def measures(ranked: Ranked, ratios: Sequence[int]) -> list[tuple[str, Bounds]]:
    """CR-k as far as the list goes, and the Herfindahl-Hirschman index; nothing where its extent is not known."""
    if not ranked.size or not ranked.measurable:
        return []
    places, closed = ranked.by_group(), list(ranked.counted.values())
    counts = [count for group, count in places.items() if group not in ranked.counted]
    found = [(f"CR{k}", measure.concentration_ratio(counts, k, ranked.open, closed)) for k in ratios if k < ranked.size]
    return [*found, ("HHI", measure.herfindahl_hirschman(counts, ranked.open, closed))]


def met(ranked: Ranked) -> Bounds | None:
    """The share of entries that meet the criterion; None where the extent of the list is not known."""
    if not ranked.size:
        return None
    certain = sum(entry.meets is True for entry in ranked.entries)
    open_entries = sum(entry.meets is None for entry in ranked.entries)
    return measure.share(certain, open_entries + ranked.unknown, ranked.size)


def turnover(facts: Facts, chosen: list[Ranked]) -> Section:
    """What each list kept of the edition before."""
    pairs = [(earlier, later) for earlier, later in facts.editions if later in chosen]
    rows: list[list[Cell]] = []
    for earlier, later in pairs:
        one, two = ({entry.listed for entry in r.entries} for r in (earlier, later))
        cells: list[Cell] = [None] * 6
        if earlier.size and later.size:
            common = measure.kept(earlier.size, later.size, len(one - two), len(two - one), len(one & two))
            cells = [*bounded(Bounds(*common)), *bounded(measure.turnover(earlier.size, later.size, common))]
        rows.append([thing(later.ranking), thing(earlier.ranking), len(one & two), *cells])
    return facts.section(
        "editions",
        {"en": "From one edition to the next", "zh-hans": "前后两期之间"},
        ["list", "before", "known", *ends("kept"), *ends("turnover")],
        rows,
        {
            "en": f"{len(rows)} pairs of editions: lists of one publisher, metric and scope, the periods apart",
            "zh-hans": f"前后两期{len(rows)}对：同一发布方、指标与范围，且期间不重叠",
        },
        [
            {
                "en": "Known: entries known of both. Kept: how many both hold; turnover: entries that left or came, "
                "of the entries of both (Diamond 1969), 0 to 1. Both have bounds where a list is known in part, and "
                "none where its size is not known. The graph tells lists of one publisher apart by metric and scope "
                "alone, and lists without a metric or a period by size; without a period the first documents tell the "
                "order.",
                "zh-hans": "已知：两期皆已知的条目。留榜：两期共有的条目数；更替率："
                "落榜与新上条目占两期条目总数之比（Diamond 1969），0至1。榜单仅知一部分时给出上下界，"
                "席位数不明时不给出。同一发布方的榜单仅凭指标与范围区分，无指标或期间者凭席位数；"
                "无期间者以最早文献定先后。",
            }
        ],
        ("lists", "ranking-entries"),
        {node for pair in pairs for ranked in pair for node in told(ranked)},
    )


def variety(facts: Facts, chosen: list[Ranked]) -> Section:
    """Variety of categories: of all lists of each scope together, and of each list."""
    scopes: dict[str, list[Ranked]] = defaultdict(list)
    for ranked in chosen:
        scopes[ranked.scope].append(ranked)
    rows: list[list[Cell]] = []
    if len(chosen) > 1:
        for scope, members in sorted(scopes.items(), key=lambda item: (not item[0], item[0])):
            rows.append([thing(scope), "all", *_variety(members)])
    for ranked in chosen:
        found = _variety([ranked])
        if found[1] or len(chosen) == 1:
            rows.append([thing(ranked.scope), thing(ranked.ranking), *found])
    distinct = {entry.listed: entry for ranked in chosen for entry in ranked.entries}
    sorted_in = sum(bool(entry.categories) for entry in distinct.values())
    return facts.section(
        "variety",
        {"en": "Variety of categories, by market scope", "zh-hans": "按市场范围的类别多样性"},
        ["scope", "list", "entries", "categorized", "categories", "h", "j", "hill"],
        rows,
        {
            "en": f"{sorted_in} of {len(distinct)} things in these lists have a category that a source gives",
            "zh-hans": f"这些榜单的{len(distinct)}个上榜者中，{sorted_in}个有来源给出的类别",
        },
        [
            {
                "en": "H': Shannon's index in nats (1948); J': Pielou's evenness, 0 to 1 (1966); N1: the Hill number "
                "of order 1 (1973). All: the distinct things of all lists of that scope together. One in several "
                "categories counts as a part in each. Withheld where fewer than half of the places, or of the known "
                "entries, have a category.",
                "zh-hans": "H'：香农指数（奈特，1948）；J'：Pielou 均匀度，0至1（1966）；N1：一阶 Hill 数（1973）。"
                "全部：该范围所有榜单的不重复上榜者合计。兼属多类者在每类各计一部分。有类别者不足席位（或已知条目）"
                "半数时不予给出。",
            }
        ],
        ("lists", "ranking-entries"),
        {node for ranked in chosen for entry in ranked.entries if entry.categories for node in entry.nodes},
    )


def _variety(members: Sequence[Ranked]) -> list[Cell]:
    """Distinct things, those with a category, categories, H', J', N1."""
    entries = {entry.listed: entry for ranked in members for entry in ranked.entries}
    categorized = [entry for entry in entries.values() if entry.categories]
    weights = list(by_category(categorized).values())
    places = max([len(entries), *(ranked.size or 0 for ranked in members)])
    if not weights or 2 * len(categorized) < places:
        return [len(entries), len(categorized), len(weights), None, None, None]
    even = measure.pielou(weights)
    figures = [round(measure.shannon(weights), 3), None if even is None else round(even, 3)]
    return [len(entries), len(categorized), len(weights), *figures, round(measure.hill_number(weights), 3)]
