"""Main markets abroad by the origin of the maker, and what makers of an area specialize in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial

from pyoxigraph import NamedNode

from graph import migration
from graph.dates import Span
from graph.flows import Row
from graph.overseas.facts import Facts
from graph.overseas.words import WORDS
from graph.section import Section
from graph.writers import Cell

EXPECTED = 5
"""The smallest expected count of a cell for which a location quotient is given: Cochran, "Some methods for
strengthening the common chi-squared tests", Biometrics 10 (1954)."""

_ALWAYS = Span(None, None)


def _origin(facts: Facts, makers: Iterable[str]) -> str:
    """The one area in which all makers have had their headquarters, else ""."""
    found = {facts.seat(maker, _ALWAYS) for maker in makers}
    return found.pop() if len(found) == 1 else ""


def markets(facts: Facts) -> Section:
    """By origin of the maker: how many things have their main market abroad, of those with one stated."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in facts.presences:
        told[row["thing"]].append(row)
    things = {*facts.makers, *told}
    places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    undecided = 0
    for thing in things:
        kind = "product" if "/product/" in thing else "company"
        counted = places[kind, _origin(facts, facts.makers.get(thing, [thing]))]
        main = {facts.areas.outside(row["place"]) for row in told[thing] if row["primary"] == "true"}
        decided = main in ({True}, {False})
        undecided += bool(main) and not decided
        counted["outside"] += main == {True}
        counted["stated"] += decided
        counted["not_stated"] += not decided
        counted["presences"] += len(told[thing])
        counted["presences_outside"] += sum(facts.areas.outside(row["place"]) is True for row in told[thing])
    rows: list[list[Cell]] = []
    for kind, origin in sorted(places, key=partial(_rank, facts.areas.home)):
        counted = places[kind, origin]
        if counted["presences"]:
            rows.append([kind, facts.area(origin) if origin else "unknown", *_share(counted)])
    products, companies = (
        sum(counted["stated"] for (kind, _), counted in places.items() if kind == wanted)
        for wanted in ("product", "company")
    )
    total = sum("/product/" in thing for thing in things)
    return facts.section(
        "markets",
        {"en": "Main markets abroad, by origin of the maker", "zh-hans": "按开发方来源地的海外主要市场"},
        ["kind", "origin", "outside", "stated", "share", "share_low", "share_high", "not_stated", "presences",
         "presences_outside"],
        rows,
        {
            "en": f"{products} products of {total} with a maker or a market have a stated main "
            f"market that is at home or abroad; companies: {companies}",
            "zh-hans": f"有开发方或市场记载的{total}个产品中，"
            f"{products}个所述主要市场可判为本土或海外；公司：{companies}个",
        },
        [
            {
                "en": "Origin: the area in which every maker's headquarters has been; unknown where it moved "
                f"between areas or none is told. Main by a stated metric; {undecided} with main markets on both "
                "sides or in none of one side count as not stated. Interval: Wilson, 95 %; the share itself is "
                f"withheld under {migration.LEAST}.",
                "zh-hans": "来源地：各开发方总部一直所在的区域；曾跨区域迁移或未见记载者为未知。主要市场依所述指标；"
                f"两侧皆有或无法归于一侧的{undecided}个计为未述。区间：Wilson，95%；"
                f"不足{migration.LEAST}者不给出占比本身。",
            },
            {
                "en": "Not stated says nothing on where a product sells: sources name a main market where it is "
                "news, which is more often abroad or at the top of a list.",
                "zh-hans": "未述不代表产品销往何处：来源多在有新闻价值时（如在海外、居榜首）才提及主要市场。",
            },
        ],
        ("market-presences", "makers-of-products", "headquarters-tenures"),
        {
            "MarketPresence": [row["presence"] for row in facts.presences],
            "Operation": [row["operation"] for row in facts.products],
        },
        WORDS,
    )  # fmt: skip


def _rank(home: str, place: tuple[str, str]) -> tuple[bool, bool, bool, str]:
    """Sorts products before companies, the home area first and the unknown last."""
    kind, origin = place
    return kind != "product", origin != home, not origin, origin


def _share(counted: Counter[str]) -> list[Cell]:
    outside, stated = counted["outside"], counted["stated"]
    low, high = migration.wilson_interval(outside, stated) if stated else (None, None)
    share = outside / stated if stated >= migration.LEAST else None
    rest = [counted[name] for name in ("not_stated", "presences", "presences_outside")]
    return [outside, stated, share, low, high, *rest]


def specialization(facts: Facts) -> Section:
    """Location quotient of each category of product and area of the maker."""
    categories: dict[str, set[str]] = defaultdict(set)
    for row in facts.products:
        if row["category"]:
            categories[row["product"]].add(row["category"])
    origins = {product: _origin(facts, facts.makers[product]) for product in categories}
    units = [(category, origins[p]) for p, found in categories.items() for category in found if origins[p]]
    row_sums, column_sums = Counter(area for _, area in units), Counter(category for category, _ in units)
    rows: list[list[Cell]] = []
    for (category, area), both in sorted(Counter(units).items()):
        expected = row_sums[area] * column_sums[category] / len(units)
        few = expected < EXPECTED
        quotient = migration.location_quotient(both, row_sums[area], column_sums[category], len(units))
        cells: list[Cell] = [NamedNode(category), facts.area(area), both, row_sums[area], column_sums[category]]
        rows.append([*cells, None if few else quotient, "few cases" if few else None])
    placed = sum(bool(area) for area in origins.values())
    return facts.section(
        "specialization",
        {"en": "Location quotient by category of product and area", "zh-hans": "按产品类别与区域的区位商"},
        ["category", "area", "both", "row", "column", "quotient", "withheld"],
        rows,
        {
            "en": f"{placed} products with a category and a placed maker, of {len(facts.makers)} with a maker; a "
            f"product counts once in each of its categories: n = {len(units)}",
            "zh-hans": f"有类别且开发方可定位的产品{placed}个（有开发方者共{len(facts.makers)}个）；"
            f"一个产品在其每个类别各计一次：n = {len(units)}",
        },
        [
            {
                "en": "Share of the category in the area by its share everywhere (Balassa 1965). Withheld where "
                f"fewer than {EXPECTED} are expected in the cell (Cochran 1954). It tells of the products in the "
                "graph, not of markets.",
                "zh-hans": "该区域中此类占比除以总体中此类占比（Balassa 1965）。"
                f"期望数不足{EXPECTED}者不予给出（Cochran 1954）。所述为图谱中的产品，而非市场。",
            }
        ],
        ("makers-of-products", "headquarters-tenures"),
        {"Operation": [row["operation"] for row in facts.products if origins.get(row["product"])]},
        WORDS,
    )
