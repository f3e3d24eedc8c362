"""Steps on lists as they are measured: how concentrated they are, as far as is known, and what changed by edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph import phrases
from graph.drawing.charts import Mark, Row, Slope, shares
from graph.report import measured
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled, percent
from graph.values import text
from graph.writers import plain
from ontology import Labels, expand

_SAID: dict[str, Labels] = {
    "sure": {"en": "certainly held by the largest group", "zh-hans": "确属最大集团"},
    "maybe": {"en": "may be held by it", "zh-hans": "可能属之"},
    "top-text": {
        "en": "Share of the places that the largest group holds: filled as far as entries are known, hatched as far "
        "as the unknown ones may all be its own.",
        "zh-hans": "最大集团所占席位的比例：已知条目所及为实心；未知条目若全属之，则及于斜线。",
    },
    "top-found": {
        "en": "Of {all:list|lists} that sources tell of for this market area, {n:one is|* are} of known size with a "
        "known entry; in {exact:none|one|*} the share of the largest group is known exactly. Whether a group is big "
        "tech by market value is decided for every entry in {met:none|one|*}.",
        "zh-hans": "来源述及的此类市场范围的榜单有{all}份，其中席位数已知且有已知条目的有{n}份；"
        "最大集团占比确知的有{exact}份，逐条判定其集团是否为市值意义上的大厂的有{met}份。",
    },
    "top-none": {
        "en": "No list for this market area has a known size and a known entry.",
        "zh-hans": "此类市场范围没有席位数已知且有已知条目的榜单。",
    },
    "home": {"en": "Largest group in lists for mainland China", "zh-hans": "中国大陆榜单中的最大集团"},
    "world": {"en": "Largest group in other lists", "zh-hans": "其他榜单中的最大集团"},
    "top-base": {
        "en": "lists of known size with a known entry, by the market area that the source names; {n:list|lists} of "
        "{all}",
        "zh-hans": "席位数已知且有已知条目的榜单，按来源所述市场范围；{all}份中的{n}份",
    },
    "top-lack": {
        "en": "what share of the places the largest group holds in {n:list|lists} ({title})",
        "zh-hans": "{n}份榜单（{title}）中最大集团占多少席位",
    },
    "met-lack": {
        "en": "what share of the places big tech by market value holds in {n:list|lists} ({title})",
        "zh-hans": "{n}份榜单（{title}）中市值意义上的大厂占多少席位",
    },
    "top-settles": {
        "en": "every entry of each list, and who makes it, on the day of the list",
        "zh-hans": "各榜单全部条目及其当时的运营方",
    },
    "met-settles": {
        "en": "every entry of each list, and the market value of its group on that day",
        "zh-hans": "各榜单全部条目及其集团当日市值",
    },
    "change": {"en": "Reported shares from one edition to the next", "zh-hans": "相邻两版之间的报道占比"},
    "change-text": {
        "en": "Drawn: {who}, the list with the most editions that can be compared; the table holds all.",
        "zh-hans": "图为可比版次最多的榜单：{who}；表中为全部。",
    },
    "change-base": {
        "en": "pairs of editions of one publisher, metric and market area that report a share by one criterion; "
        "{n:pair|pairs}",
        "zh-hans": "同一发布方、指标与市场范围、按同一标准报道占比的相邻两版；{n}对",
    },
    "change-found": {
        "en": "{n:pair of editions lets|pairs of editions let} one reported share be followed; it fell in "
        "{fell:one|*} and rose in {rose:one|*}.",
        "zh-hans": "可据以追踪同一报道占比的相邻两版有{n}对；其中下降{fell}对，上升{rose}对。",
    },
    "change-none": {
        "en": "No two editions of a list report a share by one criterion.",
        "zh-hans": "没有同一榜单的两版按同一标准报道占比。",
    },
    "change-reach": {
        "en": "Lists grow and change their rules; a share of a list is no share of a market.",
        "zh-hans": "榜单会扩大、会改规则；榜单占比不是市场占比。",
    },
}  # fmt: skip
_COLUMNS: dict[str, Labels] = {
    "earlier": {"en": "earlier edition", "zh-hans": "前一版"},
    "later": {"en": "later edition", "zh-hans": "后一版"},
    "earlierCount": {"en": "count", "zh-hans": "数量"},
    "laterCount": {"en": "count then", "zh-hans": "其后数量"},
    "earlierOutOf": {"en": "out of", "zh-hans": "总数"},
    "laterOutOf": {"en": "out of then", "zh-hans": "其后总数"},
    "earlierShare": {"en": "share", "zh-hans": "占比"},
    "laterShare": {"en": "share then", "zh-hans": "其后占比"},
    "change": {"en": "change", "zh-hans": "变化"},
}


def largest(t: Teller, key: str, at_home: bool) -> list[Part]:
    """Bounds of the share of the largest group, in the lists for mainland China or in the others."""
    if not t.rankings:
        return [t.finding(_SAID["top-none"])]
    concentration, scopes = t.rankings["concentration"], _scopes(t)
    rows = [row for row in measured.records(concentration) if _is_home(t, scopes[row["list"]]) == at_home]
    told = sum(_is_home(t, scope) == at_home for scope in scopes.values())
    known = [row for row in rows if _bounds(row, "cr1")]
    if not known:
        return [t.finding(_SAID["top-none"])]
    open_top = [row for row in known if row["cr1"] is None]
    open_met = [row for row in known if row["met"] is None]
    title = t.say(_SAID["home" if at_home else "world"])
    t.lack(_SAID["top-lack"], _SAID["top-settles"], len(open_top), title=title)
    t.lack(_SAID["met-lack"], _SAID["met-settles"], len(open_met), title=title)
    chosen = {row["list"] for row in known}
    column = list(concentration.table.columns).index("list")
    cells = [row for row in concentration.table.rows if plain(row[column]) in chosen]
    part = replace(
        concentration,
        key=key,
        title=_SAID["home" if at_home else "world"],
        table=replace(concentration.table, rows=cells),
        base=filled(_SAID["top-base"], n=len(known), all=told),
        sources=tuple(sorted(_sources(t, chosen))),
    )
    legend = [("sure", t.say(_SAID["sure"])), ("maybe", t.say(_SAID["maybe"]))]
    drawn = [_bar(t, row) for row in sorted(known, key=lambda row: (-(_bounds(row, "cr1") or (0, 0))[0], row["list"]))]
    exact, met = len(known) - len(open_top), len(known) - len(open_met)
    return [
        t.finding(_SAID["top-found"], all=told, n=len(known), exact=exact, met=met),
        t.figure(part, "chuhai rankings --section concentration", shares(drawn, legend), t.say(_SAID["top-text"])),
    ]


def _scopes(t: Teller) -> dict[str, str]:
    return {row["list"]: row["scope"] or "" for row in measured.records(t.rankings["lists"])}


def _is_home(t: Teller, scope: str) -> bool:
    return bool(scope) and expand("place/mainland-china") in t.reader.containing(scope)


def _sources(t: Teller, lists: set[str]) -> set[str]:
    """The sources, in short form, that tell of lists and of their entries."""
    nodes = {node for one in lists for name, node in t.reader.neighbours(one) if name == "ranking"}
    return {"source/" + s.rpartition("/")[2] for s in t.told(lists | nodes)}


def _bounds(row: measured.Record, name: str) -> tuple[float, float] | None:
    """The ends between which a value lies; None where nothing is known of it."""
    if row[name] is not None:
        return row[name], row[name]
    return None if row[f"{name}_low"] is None else (row[f"{name}_low"], row[f"{name}_high"])


def _bar(t: Teller, row: measured.Record) -> Row:
    low, high = _bounds(row, "cr1") or (0.0, 1.0)
    marks = tuple(mark for mark in (Mark("sure", 0, low), Mark("maybe", low, high)) if mark.end > mark.start)
    return Row(t.label(row["list"]), marks, percent(low) if low == high else f"{percent(low)} – {percent(high)}")


def change(t: Teller) -> list[Part]:
    """Reported shares by edition; those of the publisher with the most are drawn as a slope chart."""
    table, rows = t.ask("shares-by-edition")
    if not rows:
        return [t.finding(_SAID["change-none"])]
    lists = {row[end] for row in rows for end in ("earlier", "later")}
    base = filled(_SAID["change-base"], n=len(rows))
    section = t.section("editions", _SAID["change"], table, base, _sources(t, lists), words=WORDS | _COLUMNS)
    by_series: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_series.setdefault(_series(t, row["earlier"]), []).append(row)
    chosen = max(by_series.values(), key=lambda found: (len(found), found[0]["earlier"]))
    who = t.labels(sorted({row[end] for row in chosen for end in ("earlier", "later")}))
    moved = [float(row["change"]) for row in rows]
    return [
        t.finding(_SAID["change-found"], n=len(rows), fell=sum(c < 0 for c in moved), rose=sum(c > 0 for c in moved)),
        t.figure(section, "chuhai query shares-by-edition", _slope(t, chosen), t.say(_SAID["change-text"], who=who)),
        t.reach(_SAID["change-reach"]),
    ]


def _slope(t: Teller, chosen: Sequence[dict[str, str]]) -> Slope:
    """Reported shares of one list by criterion over its editions, which are named by their dates."""
    editions = sorted({row[end] for row in chosen for end in ("earlier", "later")}, key=lambda e: (_day(t, e), e))
    values: dict[str, dict[str, float]] = {}
    for row in chosen:
        for end in ("earlier", "later"):
            values.setdefault(row["criterion"], {})[row[end]] = float(row[f"{end}Share"])
    lines = tuple((t.label(c), tuple(held.get(e) for e in editions)) for c, held in sorted(values.items()))
    shown = sorted({value for held in values.values() for value in held.values()})
    names = tuple(phrases.when(t.reader.node(edition), t.language) or t.label(edition) for edition in editions)
    return Slope(names, lines, tuple((value, percent(value)) for value in shown))


def _series(t: Teller, ranking: str) -> str:
    """What the editions of one list have in common: publisher, metric and market area."""
    values = t.reader.node(ranking)
    return " ".join(text(values, name) or "" for name in ("publisher", "metric", "scope"))


def _day(t: Teller, ranking: str) -> str:
    return text(t.reader.node(ranking), "notAfter") or ""
