"""Figures of ranks in networks: each rank with its interval, its tier, and the rank without disputed edges."""

from __future__ import annotations

from graph.drawing.charts import Mark, Row, ranks
from graph.report.measured import Record
from graph.report.parts import Part
from graph.report.tell import Teller
from graph.writers import Cell, Table, plain
from ontology import Labels

_TOP = 12
"""How many ranks a figure shows."""

_SAID: dict[str, Labels] = {
    "investors": {"en": "Investors by the number of their companies", "zh-hans": "投资方：按所投公司数"},
    "employers": {"en": "Organizations that people go to: PageRank", "zh-hans": "人员流向的组织：PageRank"},
    "text": {
        "en": "A dot is the rank, the line its interval from resampled deals, a ring the rank without disputed edges. "
        "Organizations of one tier cannot be told apart.",
        "zh-hans": "圆点为名次，线段为对交易重抽样所得区间，圆环为不计有分歧之边的名次。同一层级者不能分出先后。",
    },
    "found": {
        "en": "Of the {n:organization|organizations} ranked first, {first:one stands|* stand} in the first tier and "
        "cannot be told apart by rank.",
        "zh-hans": "名次居前的{n}个组织中，{first}个同在第一层级，凭名次不能分出先后。",
    },
    "tier": {"en": "tier {n}", "zh-hans": "第{n}层级"},
    "untiered": {"en": "no tier drawn", "zh-hans": "未分层级"},
    "rank": {"en": "rank", "zh-hans": "名次"},
    "interval": {"en": "its interval", "zh-hans": "其区间"},
    "settled": {"en": "rank without disputed edges", "zh-hans": "不计有分歧之边的名次"},
}
_COLUMNS: dict[str, Labels] = {
    "thing": {"en": "organization or person", "zh-hans": "组织或个人"},
    "rank": {"en": "rank", "zh-hans": "名次"},
    "degree": {"en": "companies", "zh-hans": "公司数"},
    "pagerank": {"en": "PageRank", "zh-hans": "PageRank"},
    "undisputed": {"en": "without disputed edges", "zh-hans": "不计有分歧之边"},
    "undisputed_rank": {"en": "rank without disputed edges", "zh-hans": "不计有分歧之边的名次"},
    "rank_low": {"en": "rank from", "zh-hans": "名次自"},
    "rank_high": {"en": "rank to", "zh-hans": "名次至"},
    "tier": {"en": "tier", "zh-hans": "层级"},
}


def investors(t: Teller) -> list[Part]:
    """Investors by degree, with intervals."""
    return _ranked(t, "investors", "investment", "degree", "investor")


def employers(t: Teller) -> list[Part]:
    """Organizations by PageRank in the flow of people, with intervals."""
    return _ranked(t, "employers", "personnel-flow", "pagerank", "organization")


def _ranked(t: Teller, key: str, network: str, measure: str, side: str) -> list[Part]:
    from graph.networks import found

    edges = found(t.opened.whole, network)
    if not len(edges.events):
        return []
    table = t.opened.measure(network, measure, side, _TOP)
    rows: list[Record] = [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
    kept = [name for name in table.columns if name != "side"]
    cells: list[list[Cell]] = [[row[list(table.columns).index(name)] for name in kept] for row in table.rows]
    _, base, *notes = table.caption.split("\n")
    section = t.section(
        key, _SAID[key], Table(kept, cells), {t.language: base}, t.told(edges.events),
        tuple({t.language: note} for note in notes), _COLUMNS,
    )  # fmt: skip
    legend = [("dot", t.say(_SAID["rank"])), ("range", t.say(_SAID["interval"])), ("ring", t.say(_SAID["settled"]))]
    first = sum(row.get("tier") == 1 for row in rows)
    command = f"chuhai network {network} --measure {measure} --side {side} --top {_TOP}"
    figure = t.figure(section, command, ranks([_row(t, row) for row in rows], legend), t.say(_SAID["text"]))
    return [t.finding(_SAID["found"], n=len(rows), first=first), figure] if first else [figure]


def _row(t: Teller, row: Record) -> Row:
    rank, settled = row["rank"], row["undisputed_rank"]
    low, high, tier = row.get("rank_low"), row.get("rank_high"), row.get("tier")
    marks: list[Mark] = []
    said = str(rank)
    if low is not None and high is not None:
        marks.append(Mark("range", low, high))
        said = f"{rank} ({low}–{high})"
    if settled is not None:
        marks.append(Mark("ring", settled, settled))
    marks.append(Mark("dot", rank, rank))
    group = t.say(_SAID["tier"], n=tier) if tier else t.say(_SAID["untiered"])
    return Row(t.label(row["thing"]), tuple(marks), said, group)
