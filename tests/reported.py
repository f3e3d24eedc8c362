"""Reports of small folders of facts, and figures of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from folders import THINGS, cut, folder, moved, raised, said, source

from graph.drawing.charts import Around, Axis, Flows, Mark, Neighbour, Row, Rows, Slope, counts, ranks, shares, spans
from graph.opened import Opened
from graph.report.gather import gather
from graph.report.parts import Report
from graph.store import in_memory

HOSTILE = (
    "</title></svg></style><script>hit()</script><img src=x onerror=hit()>]]> \"'&amp; ) [a](javascript:hit()) {{7*7}}"
)
LONG = "A list with a long name that nobody would print on one line, third edition of the year 2025"
FIGURES = {
    "bars": counts(
        [Row(LONG, (Mark("sure", 0, 7), Mark("maybe", 7, 30)), "7 – 30", "第一组"), Row("b", (), "")], [("sure", LONG)]
    ),
    "shares": shares([Row("c", (Mark("sure", 0, 0.4), Mark("open", 0.4, 1)), "2 of 5 (about 40 %)", LONG)]),
    "spans": spans(
        [Row("d", (Mark("sure", 2025.1, 2025.2),), "一月", "", "/id/d"), Row("e", (Mark("maybe", 2016, 2024.9),), LONG)]
    ),
    "ranks": ranks(
        [Row("f", (Mark("range", 1, 33), Mark("dot", 3, 3), Mark("ring", 4, 4)), "3 (1–33)")], [("range", "x")]
    ),
    "slope": Slope(
        ("2020", "mid-2022 edition", "2024"),
        ((LONG, (0.4, None, 0.39)), ("b", (0.4, 0.41, None)), ("中", (None, 0.4, 0.4))),
        ((0.39, "39%"), (0.4, "40%"), (0.41, "41%")),
    ),
    "flows": Flows(
        (("Beijing", "Singapore", 30, 29), (LONG, "Singapore", 1, 1), ("Beijing", "新加坡" * 9, 2, 2)), ("from", "to")
    ),
    "nothing": Rows((), Axis(0, 1), ()),
    "around": Around(
        LONG,
        tuple(
            Neighbour(LONG if n % 2 else "b", shape, "#fff", "投资 · investor", "#000", n == 1, "/id/b")
            for n, shape in enumerate(("dot", "square", "star", "box", "triangle"))
        ),
    ),
    "alone": Around("中文", ()),
}
"""One of every kind, with long words and with nothing to show."""


def report_of(path: Path, *sources: tuple[str, str], **options: Any) -> Report:
    """The report of a small folder of facts."""
    return gather(Opened(in_memory(folder(path, *sources, **options))))


def hostile(path: Path) -> Report:
    """The report of facts with hostile text wherever text can stand."""
    label = {"en": HOSTILE, "zh-hans": "中文" + HOSTILE}
    things = [{"id": thing, "label": label} for thing in THINGS]
    facts = (moved(when="2025-06"), cut("b", when="2025"), raised("c"))
    listed = (
        said("d", about="ranking/top", type="Ranking", size="2", publisher="organization/daily"),
        said("e", about="entry/x", type="RankingEntry", ranking="ranking/top", product="product/gadget", position="1"),
        said("f", about="event/left", type="PersonnelMove", from_="organization/acme", person="person/ada"),
        said("g", about="event/case", type="MarketChange", subtype="market-exit", organization="organization/acme",
             case="case/acme", place="place/singapore", when="2025-07"),
    )  # fmt: skip
    head = {"title": {"en": HOSTILE}, "url": "https://one.example/?a='&b=%22"}
    return report_of(path, source("one", *facts, *listed, **head), things=things)
