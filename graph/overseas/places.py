"""Places in the flows between them: gravity residuals, PageRank beside CheiRank, reciprocity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph import flows, migration
from graph.overseas.facts import Facts
from graph.overseas.movement import CLASSES, QUERIES
from graph.overseas.words import WORDS
from graph.section import Section
from graph.writers import Cell
from ontology import Labels

_KINDS = ("headquarters", "people")


def _joined(parts: Sequence[Labels]) -> Labels:
    return {"en": "; ".join(p["en"] for p in parts), "zh-hans": "；".join(p["zh-hans"] for p in parts)}


def gravity(facts: Facts) -> Section:
    """Flows beside those that the sizes of both areas and their distance let expect, where there are enough."""
    from graph.gravity import AREAS, FLOWS, FLOWS_PER_COEFFICIENT, TERMS

    held = ({facts.areas.of(tenure.place) for tenure in facts.seats.of(one)} for one in facts.seats.organizations)
    mass = Counter(area for areas in held for area in areas if area)
    rows: list[list[Cell]] = []
    notes: list[Labels] = []
    bases: list[Labels] = []
    for kind in _KINDS:
        counted = {pair: n for pair, n in flows.matrix(facts.flows(kind)).items() if all(mass[end] for end in pair)}
        total, areas = sum(counted.values()), len(mass)
        name = WORDS[kind]
        bases.append({
            "en": f"{name['en']}: {total} flows, {areas} areas with headquarters",
            "zh-hans": f"{name['zh-hans']}：{total}次流动，{areas}个有总部的区域",
        })  # fmt: skip
        if total < FLOWS or areas < AREAS:
            notes.append(
                {
                    "en": f"{name['en']}: too few flows for a gravity model: {total}. It needs {FLOWS}, "
                    f"{FLOWS_PER_COEFFICIENT} for each of its {len(TERMS)} coefficients (after Peduzzi et al. 1996), "
                    f"and {AREAS} areas.",
                    "zh-hans": f"{name['zh-hans']}：流动过少，不足以估计引力模型：{total}次。至少需{FLOWS}次，"
                    f"即{len(TERMS)}个系数各{FLOWS_PER_COEFFICIENT}次（据 Peduzzi 等 1996），且须有{AREAS}个区域。",
                }
            )
            continue
        try:
            found, told = _residuals(facts, kind, counted, mass)
        except ValueError as error:
            notes.append(
                {
                    "en": f"{name['en']}: the model cannot be estimated: {error}.",
                    "zh-hans": f"{name['zh-hans']}：模型无法估计（{error}）。",
                }
            )
            continue
        rows += found
        notes.append(told)
    if rows:
        notes.append(
            {
                "en": "ratio: flows told by flows expected, given the number of organizations with headquarters in "
                "both areas and the great circle between their capitals (distcap, Mayer and Zignago 2011); Poisson "
                "pseudo maximum likelihood (Santos Silva and Tenreyro 2006), robust intervals. Pairs with no flow "
                "told are in the estimate and not listed. Who is told of depends on the sources: a ratio is no pull.",
                "zh-hans": "比值：所述流动除以期望流动；期望按两地总部组织数及首都间大圆距离（distcap，Mayer 与 "
                "Zignago 2011），以泊松伪极大似然（Santos Silva 与 Tenreyro 2006）估计，区间稳健。"
                "无所述流动的区域对参与估计而不列出。所述何人取决于来源：比值并非吸引力。",
            }
        )
    return facts.section(
        "gravity",
        {"en": "Flows beside a gravity model", "zh-hans": "流动与引力模型"},
        ["flow", "origin", "destination", "told", "expected", "ratio", "km"],
        rows,
        _joined(bases),
        notes,
        ("events-between-places", "personnel-flows", "headquarters-tenures"),
        {CLASSES[kind]: [f.node for f in facts.flows(kind) if f.is_between] for kind in _KINDS},
        WORDS,
    )


def _residuals(
    facts: Facts, kind: str, counted: dict[tuple[str, str], int], mass: Counter[str]
) -> tuple[list[list[Cell]], Labels]:
    """The rows of one kind, the largest ratio first, and the coefficients in words.

    Raises:
        ValueError: where the model cannot be estimated.
    """
    import numpy as np

    from graph.gravity import TERMS, ppml

    areas = sorted(mass)
    pairs = [(one, other) for one in areas for other in areas if one != other]
    away = [migration.great_circle(facts.areas.point(one), facts.areas.point(other)) for one, other in pairs]
    left, joined = (np.array([float(mass[pair[end]]) for pair in pairs]) for end in (0, 1))
    fit = ppml(np.array([float(counted.get(pair, 0)) for pair in pairs]), left, joined, np.array(away))
    rows: list[list[Cell]] = [
        [
            kind,
            facts.area(one),
            facts.area(other),
            counted[one, other],
            float(mean),
            counted[one, other] / mean,
            round(km),
        ]
        for (one, other), mean, km in zip(pairs, fit.expected, away, strict=True)
        if (one, other) in counted
    ]
    told = ", ".join(
        f"{term} {b:.2f} ({b - 1.96 * e:.2f} to {b + 1.96 * e:.2f})"
        for term, b, e in list(zip(TERMS, fit.coefficients, fit.errors, strict=True))[1:]
    )
    name = WORDS[kind]
    return sorted(rows, key=lambda row: -float(str(row[5]))), {
        "en": f"{name['en']}, elasticities with 95 % intervals over {len(pairs)} pairs: {told}.",
        "zh-hans": f"{name['zh-hans']}，{len(pairs)}个区域对的弹性与95%区间：{told}。",
    }


def ranks(facts: Facts) -> Section:
    """PageRank of areas by what flows in, beside CheiRank by what flows out, and how far flows are answered."""
    import numpy as np

    from graph.kernels import pagerank

    rows: list[list[Cell]] = []
    bases: list[Labels] = []
    few: list[Labels] = []
    for kind in _KINDS:
        counted = flows.matrix(facts.flows(kind))
        total = sum(counted.values())
        if total < migration.LEAST:
            few.append(WORDS[kind])
        answered = f"{migration.reciprocity(counted):.2f}" if total >= migration.LEAST else None
        mutual = sum(min(n, counted.get((b, a), 0)) for (a, b), n in counted.items())
        name = WORDS[kind]
        bases.append(
            {
                "en": f"{name['en']}: n = {total} flows, {mutual} answered by one the other way"
                + (f" (reciprocity {answered})" if answered else ""),
                "zh-hans": f"{name['zh-hans']}：n = {total}，其中{mutual}次有反向流动"
                + (f"（互惠度{answered}）" if answered else ""),
            }
        )
        turnover = flows.turnover(counted)
        areas = list(turnover)
        source, target = (np.array([areas.index(pair[end]) for pair in counted], np.int64) for end in (0, 1))
        weight = np.array(list(counted.values()), np.float64)
        arrival = pagerank(len(areas), source, target, weight)
        departure = pagerank(len(areas), target, source, weight)
        found: list[list[Cell]] = [
            [kind, facts.area(area), *turnover[area], float(page), float(chei)]
            for area, page, chei in zip(areas, arrival, departure, strict=True)
        ]
        rows += sorted(found, key=lambda row: -round(float(str(row[4])), 9))
    notes: list[Labels] = [
        {
            "en": "PageRank follows flows to where they go, CheiRank against their direction to where they come from; "
            "damping 0.85, each sums to 1 (Ermann and Shepelyansky 2012). Only read together. Reciprocity: Squartini "
            "et al. 2013.",
            "zh-hans": "PageRank 顺流动方向、CheiRank 逆流动方向计算；阻尼0.85，各自合计为1（Ermann 与 Shepelyansky "
            "2012）。二者须一并阅读。互惠度：Squartini 等 2013。",
        }
    ]
    if few:
        english, chinese = ", ".join(name["en"] for name in few), "、".join(name["zh-hans"] for name in few)
        notes.append(
            {
                "en": f"Under {migration.LEAST} flows ({english}) one flow moves a rank: go by the counts.",
                "zh-hans": f"流动不足{migration.LEAST}次（{chinese}）时，一次流动即改变名次：请以数量为准。",
            }
        )
    return facts.section(
        "ranks",
        {"en": "Places in the flows: PageRank beside CheiRank", "zh-hans": "流动中的地点：PageRank 与 CheiRank"},
        ["flow", "area", "inflow", "outflow", "pagerank", "cheirank"],
        rows,
        _joined(bases),
        notes,
        (*QUERIES["headquarters"], *QUERIES["people"]),
        {CLASSES[kind]: [f.node for f in facts.flows(kind) if f.is_between] for kind in _KINDS},
        WORDS,
    )
