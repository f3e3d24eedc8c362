"""Steps on products: when super-apps were born, which categories are said to be served, and where main markets are."""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph import dates
from graph.dates import Span
from graph.drawing.charts import Mark, Row, spans, year
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled
from graph.writers import Cell, Table
from ontology import Labels, expand, local

_SAID: dict[str, Labels] = {
    "births": {"en": "Births of products that sources call super-apps", "zh-hans": "被称为超级 APP 的产品的诞生"},
    "births-text": {"en": "Each was born at some time within its bar.", "zh-hans": "各诞生于条内某时。"},
    "births-base": {
        "en": "products that a source calls a super-app; {n:product|products}",
        "zh-hans": "有来源称为超级 APP 的产品；{n}个",
    },
    "births-found": {
        "en": "Sources call {n:product a super-app|products super-apps}; the birth of {dated:one|*} is dated. "
        "{gaps} between births can be computed.",
        "zh-hans": "来源称为超级 APP 的产品有{n}个，其中{dated}个的诞生有日期。可计算的诞生间隔：{gaps}。",
    },
    "births-none": {"en": "No source here calls a product a super-app.", "zh-hans": "此处没有来源称某产品为超级 APP。"},
    "no-gap": {"en": "No interval", "zh-hans": "无"},
    "some-gaps": {"en": "{n:interval|intervals}", "zh-hans": "{n}个"},
    "births-lack": {
        "en": "when {n:product that a source calls a super-app was born|* products that sources call super-apps "
        "were born}: {who}",
        "zh-hans": "{n}个被称为超级 APP 的产品诞生于何时：{who}",
    },
    "births-settles": {"en": "a dated document on the launch of each", "zh-hans": "关于各产品上线的有日期文献"},
    "supply-lack": {
        "en": "how many products a market holds in a category: {n:statement gives|statements give} no count",
        "zh-hans": "某市场某品类有多少产品：{n}条陈述未给出数目",
    },
    "supply-settles": {
        "en": "one list of each market by one metric and day, every entry with its category",
        "zh-hans": "各市场按同一指标与时点的榜单，逐条注明品类",
    },
    "markets-lack": {
        "en": "where {n:product of the graph has its|products of the graph have their} main market",
        "zh-hans": "图谱中{n}个产品的主要市场在何处",
    },
    "markets-settles": {
        "en": "users or revenue by country, for each product on one day",
        "zh-hans": "各产品在同一时点按国家或地区分的用户数或收入",
    },
    "births-reach": {
        "en": "Whether intervals grow needs several dated births, and a list of super-apps drawn up by one "
        "rule.",
        "zh-hans": "间隔是否变长，要有若干个有日期的诞生，以及按同一规则列出的超级 APP 名单。",
    },
    "supply": {
        "en": "Categories in which a market is said to hold many products, or few",
        "zh-hans": "据称某市场产品多或少的品类",
    },
    "supply-base": {
        "en": "statements on supply by category; {n:statement|statements} of {sources:source|sources}",
        "zh-hans": "关于品类供给的陈述；{sources}个来源的{n}条",
    },
    "supply-found": {
        "en": "{many:category is|categories are} said to hold many products and {few:category|categories} few, by "
        "{sources:source|sources}.",
        "zh-hans": "据{sources}个来源，产品多的品类有{many}个，产品少的有{few}个。",
    },
    "supply-none": {
        "en": "No source here says how well a market is supplied in a category.",
        "zh-hans": "此处没有来源说明某市场在某品类的供给。",
    },
    "supply-reach": {
        "en": "“Many” and “few” are words of the sources and no counts; a comparison of markets needs the "
        "categories of two lists drawn up by one rule.",
        "zh-hans": "“多”与“少”是来源用语，并非计数；比较市场需要按同一规则列出的两份榜单的品类。",
    },
    "markets": {"en": "Main markets of products, by the stated metric", "zh-hans": "产品的主要市场，按所述指标"},
    "markets-base": {
        "en": "products of which a source names the main market by a metric; {n:product|products}",
        "zh-hans": "来源按某一指标指明主要市场的产品；{n}个",
    },
    "markets-found": {
        "en": "Of {n:product|products} of which a source names the main market, {abroad:none has|one has|* have} it "
        "outside mainland China by at least one metric. Of those whose maker's headquarters are known too, "
        "{away:none has|one has|* have} them outside that market.",
        "zh-hans": "来源指明主要市场的产品有{n}个，其中{abroad}个按至少一个指标在中国大陆以外。运营方总部亦知者中，"
        "{away}个的总部不在该市场。",
    },
    "markets-none": {
        "en": "No source here names the main market of a product.",
        "zh-hans": "此处没有来源指明某产品的主要市场。",
    },
    "markets-reach": {
        "en": "A main market is always one by a metric: most users, most revenue, most downloads. Products of which "
        "nobody named the main market are not in the base, so this is no share of all products.",
        "zh-hans": "主要市场总是就某一指标而言：用户最多、收入最多、下载最多。无人指明主要市场的产品不在口径之内，"
        "故这不是全部产品中的占比。",
    },
}  # fmt: skip


def births(t: Teller) -> list[Part]:
    """Births of super-apps in time."""
    table, rows = t.ask("births", criterion="criterion/super-app") if t.reader.labels(_SUPER) else (None, [])
    if table is None or not rows:
        return [t.finding(_SAID["births-none"])]
    drawn = [
        Row(
            t.label(r["product"]),
            (Mark("maybe", year(r["notBefore"]), year(r["notAfter"]) + 1 / 366),)
            if r["notBefore"] and r["notAfter"]
            else (),
            dates.show(Span(r["notBefore"], r["notAfter"]), t.language) if r["notBefore"] and r["notAfter"] else "",
        )
        for r in rows
    ]
    dated = sum(bool(row.marks) for row in drawn)
    undated = [r["product"] for r, row in zip(rows, drawn, strict=True) if not row.marks]
    t.lack(_SAID["births-lack"], _SAID["births-settles"], len(undated), who=t.labels(undated))
    gaps = t.say(_SAID["some-gaps"], n=dated - 1) if dated > 1 else t.say(_SAID["no-gap"])
    assessed = [node for _, node in t.reader.neighbours(_SUPER)]
    base = filled(_SAID["births-base"], n=len(rows))
    section = t.section("births", _SAID["births"], table, base, t.told(assessed), words=WORDS)
    chart = spans([row for row in drawn if row.marks]) if dated else None
    return [
        t.finding(_SAID["births-found"], n=len(rows), dated=dated, gaps=gaps),
        t.figure(section, "chuhai query births", chart, t.say(_SAID["births-text"]) if chart else ""),
        t.reach(_SAID["births-reach"]),
    ]


_SUPER = expand("criterion/super-app")


def supply(t: Teller) -> list[Part]:
    """Categories by how well sources say they are served."""
    table, rows = t.ask("supply")
    if not rows:
        return [t.finding(_SAID["supply-none"])]
    sources = {row["source"] for row in rows}
    levels = {(row["category"], local(row["level"])) for row in rows}
    t.lack(_SAID["supply-lack"], _SAID["supply-settles"], len(rows))
    base = filled(_SAID["supply-base"], n=len(rows), sources=len(sources))
    section = t.section("supply", _SAID["supply"], table, base, sources, words=WORDS)
    counted = {level: sum(held == level for _, held in levels) for level in ("many", "few")}
    return [
        t.finding(_SAID["supply-found"], sources=len(sources), **counted),
        t.figure(section, "chuhai query supply"),
        t.reach(_SAID["supply-reach"]),
    ]


def markets(t: Teller) -> list[Part]:
    """Main markets by metric, beside the headquarters of the makers."""
    _, rows = t.ask("primary-markets")
    known = {row["product"] for row in rows}
    offered = {p for node in t.nodes("Operation") for p in t.reader.node(node).get("product", ())}
    t.lack(_SAID["markets-lack"], _SAID["markets-settles"], len(offered - known))
    if not rows:
        return [t.finding(_SAID["markets-none"])]
    found = sorted({(r["product"], r["place"], r["metric"]) for r in rows})
    away = {r["product"] for r in t.ask("markets-away-from-base")[1] if r["fits"] == "based elsewhere"}
    abroad = {
        p for p, place, _ in found if expand("place/outside-mainland-china") in t.reader.containing(expand(place))
    }
    cells: list[list[Cell]] = [
        [NamedNode(expand(p)), NamedNode(expand(place)), NamedNode(expand(metric)) if metric else None]
        for p, place, metric in found
    ]
    n = len(known)
    base = filled(_SAID["markets-base"], n=n)
    table = Table(["product", "place", "metric"], cells)
    section = t.section("main-markets", _SAID["markets"], table, base, {r["source"] for r in rows}, words=WORDS)
    return [
        t.finding(_SAID["markets-found"], n=n, abroad=len(abroad), away=len(away)),
        t.figure(section, "chuhai query primary-markets"),
        t.reach(_SAID["markets-reach"]),
    ]
