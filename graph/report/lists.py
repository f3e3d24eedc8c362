"""Steps on lists: what sources report of domestic and worldwide lists, by the criteria that the article counts by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pyoxigraph import NamedNode

from graph import figures, phrases
from graph.drawing.charts import Mark, Row, shares
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled
from graph.values import Values, figure, text
from graph.writers import Cell, Table
from ontology import CHUHAI, Labels, expand

_TITLES: dict[str, Labels] = {
    "home-lists": {
        "en": "Reported shares of lists, by the criteria of this step",
        "zh-hans": "按本节标准报道的榜单占比",
    },
    "world-lists": {
        "en": "Reported counts of worldwide lists, by the criteria of this step",
        "zh-hans": "按本节标准报道的全球榜单计数",
    },
    "markets-of-lists": {
        "en": "Chinese products in lists, as sources count them",
        "zh-hans": "各来源所计：榜单中的中国产品",
    },
}
_SAID: dict[str, Labels] = {
    "description": {
        "en": "Each bar is one reported figure: the counted part is filled, the rest of the list or population "
        "outlined; hatched where only a share is printed.",
        "zh-hans": "每一条为一个报道数：实心为所计部分，虚框为榜单或总体的其余部分；只印占比者以斜线表示。",
    },
    "counted": {"en": "counted", "zh-hans": "所计部分"},
    "rest": {"en": "the rest", "zh-hans": "其余"},
    "printed": {"en": "share as printed, no count", "zh-hans": "仅印占比，无计数"},
    "found": {
        "en": "Sources report {n:figure|figures} by these criteria, of {lists:list|lists}; {told:one is|* are} told "
        "by the article. {full:None names|One names|* name} as many members as are counted; the others cannot be "
        "counted again here.",
        "zh-hans": "按这些标准，来源共报道{n}个数，涉及{lists}份榜单；其中{told}个见于文章。"
        "列出的成员与所计一样多的有{full}个；其余在此无法重新点数。",
    },
    "nothing": {
        "en": "No source here reports a figure by these criteria.",
        "zh-hans": "此处没有来源按这些标准报道数值。",
    },
    "base": {
        "en": "the list, or the part of it that the source counts from; {n:figure|figures} of {lists:list|lists}",
        "zh-hans": "榜单，或来源据以计数的部分；{lists}份榜单中的{n}个数",
    },
    "lack": {
        "en": "who is counted in {n:reported figure|reported figures} of {lists:list|lists} ({title}): the sources "
        "do not name all",
        "zh-hans": "{lists}份榜单的{n}个报道数（{title}）所计为谁：来源未一一列名",
    },
    "lack-settles": {
        "en": "the lists themselves, with every entry and the criterion applied to each",
        "zh-hans": "榜单本身，含全部条目及逐条适用的标准",
    },
    "own": {
        "en": "A figure holds for its own list, day and criterion; lists by different metrics are not added up.",
        "zh-hans": "每个数只对其榜单、时点与标准成立；不同指标的榜单不相加。",
    },
    "apart": {
        "en": "Of the counts that the article sets side by side, {n:pair differs|pairs differ} in what is counted: "
        "{most}. Their difference is no measure of a difference between markets.",
        "zh-hans": "文章并列的计数中，有{n}对所计不同：{most}。其差值不能当作市场之间的差别。",
    },
}
_DIFFERENCES: dict[str, Labels] = {
    "criterion": {"en": "criterion ({n:pair|pairs})", "zh-hans": "标准（{n}对）"},
    "metric": {"en": "metric ({n:pair|pairs})", "zh-hans": "指标（{n}对）"},
    "scope": {"en": "market area ({n:pair|pairs})", "zh-hans": "市场范围（{n}对）"},
    "period": {"en": "period ({n:pair|pairs})", "zh-hans": "时期（{n}对）"},
    "population": {"en": "population ({n:pair|pairs})", "zh-hans": "总体（{n}对）"},
}


def reported(t: Teller, key: str, claims: Sequence[str], without: Sequence[str] = ()) -> list[Part]:
    """Every reported figure by one of the criteria that these claims of the article count by.

    Lists of which the claims `without` speak belong to another step.
    """
    others = {ranking for s in t.statements(without) for ranking in s.values.get("ranking", ())}
    wanted = {criterion for s in t.statements(claims) for criterion in s.values.get("criterion", ())}
    found = sorted(
        {node for criterion in wanted for name, node in t.reader.neighbours(criterion) if name == "criterion"}
    )
    aggregates = {n: v for n in found if (v := t.reader.node(n)).get("type") == (CHUHAI + "ReportedAggregate",)}
    aggregates = {
        node: values
        for node, values in aggregates.items()
        if "ranking" in values and values["ranking"][0] not in others
    }
    if not aggregates:
        return [t.finding(_SAID["nothing"])]
    lists = {values["ranking"] for values in aggregates.values()}
    told = sum(any(s.source == t.article for s in t.reader.told(node)) for node in aggregates)
    short = [v for v in aggregates.values() if not _complete(v)]
    t.lack(
        _SAID["lack"],
        _SAID["lack-settles"],
        len(short),
        lists=len({v["ranking"] for v in short}),
        title=t.say(_TITLES[key]),
    )
    rows = [_row(t, values) for values in aggregates.values()]
    order = sorted(range(len(rows)), key=lambda i: (rows[i].group, -max((m.end for m in rows[i].marks), default=0), i))
    table = Table(["ranking", "criterion", "count", "outOf", "printed"], [_cells(v) for v in aggregates.values()])
    base = filled(_SAID["base"], n=len(rows), lists=len(lists))
    section = t.section(key, _TITLES[key], table, base, t.told(aggregates), words=WORDS)
    kinds = {mark.kind for row in rows for mark in row.marks}
    legend = [(kind, t.say(_SAID[word])) for kind, word in _LEGEND.items() if kind in kinds]
    chart = shares([rows[i] for i in order if rows[i].marks], legend)
    drawn = chart if chart.rows else None
    return [
        t.finding(_SAID["found"], n=len(rows), lists=len(lists), told=told, full=len(rows) - len(short)),
        t.figure(section, "chuhai query reported-aggregates", drawn, t.say(_SAID["description"]) if drawn else ""),
        t.reach(_SAID["own"]),
    ]


_LEGEND = {"sure": "counted", "open": "rest", "maybe": "printed"}


def _cells(values: Values) -> list[Cell]:
    numbers = [figure(values, name) if name in values else None for name in ("count", "outOf", "share")]
    things: list[Cell] = [NamedNode(values[name][0]) for name in ("ranking", "criterion") if name in values]
    return [*things, *(float(n.number) if n and n.number % 1 else int(n.number) if n else None for n in numbers)]


def _row(t: Teller, values: Values) -> Row:
    """A bar for one reported figure; without marks where neither count nor share can be drawn."""
    population = f" · {t.label(values['population'][0])}" if "population" in values else ""
    label = t.label(values["criterion"][0]) + population
    group = t.label(values["ranking"][0])
    said = phrases.describe({k: v for k, v in values.items() if k in _FIGURES}, t.reader)
    count, size = (
        _exact(values, "count"),
        _exact(values, "outOf") or _exact(t.reader.node(values["ranking"][0]), "size"),
    )
    if count is not None and size:
        part = float(count / size)
        return Row(label, (Mark("sure", 0, part), Mark("open", part, 1)), said, group)
    if "share" in values:
        part = float(figure(values, "share").number)
        return Row(label, (Mark("maybe", 0, part), Mark("open", part, 1)), said, group)
    return Row(label, (), said, group)


_FIGURES = frozenset(f"{name}{tail}" for name in ("count", "outOf", "share") for tail in ("", "Qualifier"))


def _complete(values: Values) -> bool:
    """Whether the source names as many members as it counts."""
    return "count" in values and len(values.get("member", ())) >= figure(values, "count").number


def _exact(values: Values, name: str) -> Decimal | None:
    if name == "size":
        size = text(values, name)
        return figures.parse(size).number if size else None
    return figure(values, name).number if name in values else None


def apart(t: Teller) -> list[Part]:
    """How many pairs of counts that the article gives are of lists that measure different things, and in what."""
    if not t.has_article():
        return []
    _, rows = t.ask("incomparable-counts")
    own = [row for row in rows if expand(row["source"]) == t.article]
    if not own:
        return []
    parts = [part for row in own for part in row["differs"].split()]
    said = [t.say(words, n=parts.count(name)) for name, words in _DIFFERENCES.items() if name in parts]
    most = ("、" if t.language == "zh-hans" else ", ").join(said)
    return [t.reach(_SAID["apart"], n=len(own), most=most)]
