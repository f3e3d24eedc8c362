"""One list: its groups, its concentration, what meets which criterion, and what changed since the edition before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph import concentration as measure
from graph.concentration import Bounds
from graph.lists import Entry, Ranked
from graph.rankings.facts import Facts, behind, bounded, ends, thing, told
from graph.rankings.overview import measures, met
from graph.rankings.words import BOUNDS, DESCRIPTIVE, GROUP
from graph.section import Section
from graph.writers import Cell
from ontology import Labels, expand, in_language

_RATIOS = (1, 3, 5, 10)


def known(ranked: Ranked) -> Labels:
    """How much of a list is known, in words."""
    entries, group = len(ranked.entries), ranked.by_group().total()
    if not ranked.size:
        return {
            "en": f"{entries} known entries of a list of unknown size; the group can be told of {group}; shares are "
            "of the known",
            "zh-hans": f"已知条目{entries}个，榜单席位数不明；{group}个可判定所属集团；占比以已知条目为分母",
        }
    part = "" if entries == ranked.size else "; the list is known in part"
    partly = "" if entries == ranked.size else "；榜单仅知一部分"
    return {
        "en": f"{entries} known entries of {ranked.size} places; the group can be told of {group}{part}",
        "zh-hans": f"{ranked.size}席中已知条目{entries}个，{group}个可判定所属集团{partly}",
    }


def groups(facts: Facts, ranked: Ranked) -> Section:
    """The share of each group, and what it holds in the list."""
    listed: dict[str, list[str]] = defaultdict(list)
    for entry in ranked.entries:
        if entry.belonging.group:
            listed[entry.belonging.group].append(facts.opened.reader.label(expand(entry.listed)))
    rows: list[list[Cell]] = [
        [thing(group), count, *bounded(_share(ranked, group)), ", ".join(listed[group])]
        for group, count in _largest_first(ranked.by_group())
    ]
    return facts.section(
        "groups",
        {"en": "Groups", "zh-hans": "所属集团"},
        ["group", "entries", *ends("share"), "listed"],
        rows,
        known(ranked),
        [GROUP, *_missing(facts, ranked), DESCRIPTIVE],
        ("lists", "ranking-entries", "attributions", "counts-in-ranking"),
        behind([ranked]),
    )


def _largest_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _share(ranked: Ranked, group: str) -> Bounds | None:
    """The share of a group: at most with all that is unknown and all entries that may be its own."""
    places, certain = ranked.size or len(ranked.entries), ranked.by_group()[group]
    if group in ranked.counted or not places:
        return measure.share(certain, 0, places) if places else None
    may = sum(not e.belonging.group and group in (*e.belonging.groups, *_nobody(e, group)) for e in ranked.entries)
    return measure.share(certain, min(may + ranked.unknown, ranked.open), places)


def _nobody(entry: Entry, group: str) -> tuple[str, ...]:
    """The group itself for an entry without a maker, which may be anyone's."""
    return () if entry.belonging.groups else (group,)


def _missing(facts: Facts, ranked: Ranked) -> list[Labels]:
    """What keeps groups from being told, by name."""
    notes: list[Labels] = []
    label = facts.opened.reader.label

    def names(entries: Iterable[Entry]) -> str:
        return ", ".join(label(expand(entry.listed)) for entry in entries)

    nobody = [e for e in ranked.entries if not e.belonging.groups]
    several = [e for e in ranked.entries if e.belonging.groups and not e.belonging.group]
    said = [e for e in ranked.entries if e.belonging.said]
    if nobody:
        notes.append(
            {
                "en": f"No source names a maker of: {names(nobody)}.",
                "zh-hans": f"无来源记载开发方：{names(nobody)}。",
            }
        )
    if several:
        told = "; ".join(
            f"{label(expand(e.listed))}: {' / '.join(label(expand(g)) for g in e.belonging.groups)}" for e in several
        )
        notes.append({"en": f"Group left open: {told}.", "zh-hans": f"所属集团未定：{told}。"})
    if said:
        told = "; ".join(
            f"{label(expand(e.listed))}: {' / '.join(label(expand(g)) for g in e.belonging.said)}" for e in said
        )
        notes.append(
            {
                "en": f"Contested or only said to belong, and not counted so: {told}.",
                "zh-hans": f"归属有争议或仅属据称，未计入：{told}。",
            }
        )
    return notes


def concentration(facts: Facts, ranked: Ranked) -> Section:
    """CR-k as far as the list goes, and the Herfindahl-Hirschman index."""
    rows: list[list[Cell]] = [
        [name, *bounded(bounds, 0 if name == "HHI" else 3)] for name, bounds in measures(ranked, _RATIOS)
    ]
    return facts.section(
        "concentration",
        {"en": "Concentration by group", "zh-hans": "按集团的集中度"},
        ["measure", *ends("value")],
        rows,
        known(ranked),
        [
            {
                "en": "CR-k: share of the k largest groups, where the list has more than k places. HHI: sum of "
                "squared percentage shares, 0 to 10,000 (Hirschman 1945, Herfindahl 1950). Nothing is given where the "
                "size of the list or all of its entries are unknown.",
                "zh-hans": "CR-k：最大k个集团占比，仅在席位多于k时给出；HHI：百分比占比的平方和，0至10,000（Hirschman "
                "1945、Herfindahl 1950）。席位数不明或无已知条目者不给出。",
            },
            BOUNDS,
            DESCRIPTIVE,
        ],
        ("lists", "ranking-entries", "attributions", "counts-in-ranking"),
        behind([ranked]),
    )


def criteria(facts: Facts, ranked: Ranked) -> Section:
    """How many entries meet the criterion, and every count that a source gives of the list."""
    name = in_language(facts.names, facts.opened.language)
    least = sum(entry.meets is True for entry in ranked.entries)
    most = least + sum(entry.meets is None for entry in ranked.entries) + ranked.unknown
    share = met(ranked)
    count: list[Cell] = [None, least, most] if share and least < most else [least, None, None]
    rows: list[list[Cell]] = [[name, None, "these entries", *count, ranked.size, *bounded(share)]]
    reported = facts.counted(ranked.ranking)
    for row in reported:
        counted = _qualified(row["count"], row["qualifier"])
        printed = _qualified(row["share"], row["shareQualifier"])
        out_of = int(row["outOf"]) if row["outOf"] else None
        rows.append([thing(row["criterion"]), thing(row["population"]), "a source", *counted, out_of, *printed])
    label = facts.opened.reader.label
    valueless = {e.belonging.group for e in ranked.entries if e.meets is None and e.belonging.group}
    notes: list[Labels] = [
        {
            "en": "Of these entries: by a source's own judgement or a value in that currency within a year of the "
            "list; what is neither above nor below counts as open. Of a source: its count and share as printed.",
            "zh-hans": "已知条目：依来源判定或榜单前后一年内该币种的数值；无法判定者视为未定。来源所述："
            "照录其计数与占比。",
        }
    ]
    if valueless:
        names = ", ".join(sorted(label(expand(group)) for group in valueless))
        notes.append(
            {
                "en": f"No source gives {facts.names['en'].split(' over ')[0]} in {facts.by.currency} near that time "
                f"of: {names}.",
                "zh-hans": f"该时间前后无来源以{facts.by.currency}给出数值者：{names}。",
            }
        )
    return facts.section(
        "criteria",
        {"en": "Share by criterion", "zh-hans": "按标准的占比"},
        ["criterion", "population", "by", *ends("count"), "of", *ends("share")],
        rows,
        known(ranked),
        notes,
        ("ranking-entries", "attributions", "judged-by-threshold", "counts-in-ranking"),
        behind([ranked]) | {row["aggregate"] for row in reported},
    )


def _qualified(figure: str, qualifier: str) -> list[Cell]:
    """A printed figure: over is a lower bound, under an upper one."""
    value: Cell = None
    if figure:
        value = float(figure) if "." in figure else int(figure)
    kind = qualifier.removeprefix("concept:")
    return [None, value, None] if kind == "over" else [None, None, value] if kind == "under" else [value, None, None]


def _before(facts: Facts, ranked: Ranked) -> Ranked | None:
    return next((earlier for earlier, later in facts.editions if later is ranked), None)


def _editions(facts: Facts, ranked: Ranked, earlier: Ranked | None) -> Labels:
    if earlier is None:
        return {"en": "no earlier edition of this list is known", "zh-hans": "未知此榜更早一期"}
    name = facts.opened.reader.label(expand(earlier.ranking))
    counts = [f"{len(r.entries)}/{r.size or '?'}" for r in (earlier, ranked)]
    return {
        "en": f"edition before: {name}; known entries of places: {counts[0]}, then {counts[1]}",
        "zh-hans": f"上期：{name}；已知条目/席位：上期{counts[0]}，本期{counts[1]}",
    }


def change(facts: Facts, ranked: Ranked) -> Section:
    """Each entry of this edition or the one before: kept, new or gone, and how its rank changed."""
    earlier = _before(facts, ranked)
    rows: list[list[Cell]] = []
    if earlier:
        was, now = ({entry.listed: entry for entry in r.entries} for r in (earlier, ranked))
        for listed in dict.fromkeys([*now, *was]):
            before, after = (each[listed].position if listed in each else None for each in (was, now))
            moved = before - after if before and after else None
            rows.append([thing(listed), before, after, moved, _status(listed, was, now, earlier, ranked)])
    return facts.section(
        "editions",
        {"en": "Since the edition before", "zh-hans": "与上期相比"},
        ["listed", "rank_before", "rank", "change", "status"],
        rows,
        _editions(facts, ranked, earlier),
        [
            {
                "en": "Change: places gained. Where the other edition is known in part, an entry that is missing "
                "there may still have been in it: that is not known.",
                "zh-hans": "升降：上升的名次数。另一期仅知一部分时，其中未见的条目仍可能在榜：记为不明。",
            }
        ],
        ("lists", "ranking-entries"),
        {node for each in (earlier, ranked) if each for node in told(each)},
    )


def _status(listed: str, was: dict[str, Entry], now: dict[str, Entry], earlier: Ranked, later: Ranked) -> str:
    if listed in was and listed in now:
        return "kept"
    if listed in now:
        return "new" if earlier.size and not earlier.unknown else "not known before"
    return "left" if later.size and not later.unknown else "not known after"


def shares(facts: Facts, ranked: Ranked) -> Section:
    """The share of each group in this edition and in the one before."""
    earlier = _before(facts, ranked)
    rows: list[list[Cell]] = []
    if earlier:
        counts = ranked.by_group() | earlier.by_group()
        rows = [
            [thing(group), *bounded(_share(earlier, group)), *bounded(_share(ranked, group))]
            for group, _ in _largest_first(counts)
        ]
    return facts.section(
        "shares",
        {"en": "Shares of groups, and in the edition before", "zh-hans": "集团占比与上期相比"},
        ["group", *ends("earlier"), *ends("later")],
        rows,
        _editions(facts, ranked, earlier),
        [GROUP, BOUNDS],
        ("lists", "ranking-entries", "attributions", "counts-in-ranking"),
        behind(r for r in (earlier, ranked) if r),
    )


def entries(facts: Facts, ranked: Ranked) -> Section:
    """Each known entry with its group, what it is only said to belong to, and whether it meets the criterion."""
    label = facts.opened.reader.label
    answers = {True: "yes", False: "no_", None: "not known"}
    rows: list[list[Cell]] = []
    for entry in ranked.entries:
        belonging = entry.belonging
        group: Cell = thing(belonging.group or "") or ("open" if belonging.groups else "no maker named")
        said = ", ".join(label(expand(each)) for each in belonging.said) or None
        rows.append([entry.position, thing(entry.listed), group, said, answers[entry.meets]])
    return facts.section(
        "entries",
        {"en": "Entries", "zh-hans": "条目"},
        ["rank", "listed", "group", "said", "meets"],
        rows,
        known(ranked),
        [
            {
                "en": f"Meets: whether the group is big tech by {facts.names['en']}.",
                "zh-hans": f"达标：所属集团是否{facts.names['zh-hans']}。",
            }
        ],
        ("ranking-entries", "attributions", "judged-by-threshold"),
        behind([ranked]),
    )
