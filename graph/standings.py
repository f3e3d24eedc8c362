"""What is measured on a network as a table, and the lines above it that say what was measured and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import limits
from graph.columns import called, translated
from graph.counts import counted
from graph.errors import UsageError
from graph.measured import BROKER, Base, Divided, Measured
from graph.projections import Words
from graph.writers import Cell, Table
from ontology import expand

if TYPE_CHECKING:
    from graph.spark.ranking import Ranked


def ranking(measured: Measured | Ranked, language: str, moment: str, side: str = "", top: int | None = None) -> Table:
    """The ranks as a table.

    Args:
        measured: what was measured.
        language: "en" or "zh-hans", of the lines above.
        moment: which moment it is of, in words; "" for all dates.
        side: one side only.
        top: how many rows of each side at most.

    Raises:
        UsageError: for an unknown side.
    """
    rows: list[list[Cell]] = []
    for row in measured.rows(side, top):
        cells: list[Cell] = [row.side, row.rank, _thing(row.node), row.score, row.settled, row.settled_rank]
        if measured.draws:
            cells += [row.low, row.high, row.tier]
        if measured.z is not None:
            cells += [row.z, "broker" if row.z is not None and row.z > BROKER else ""]
        rows.append(cells)
    name = measured.measure.name
    columns = ["side", "rank", "thing", name, "undisputed", "undisputed_rank"]
    columns += ["rank_low", "rank_high", "tier"] if measured.draws else []
    columns += ["z", "broker"] if measured.z is not None else []
    lines = [*_base(name, measured.base, language, moment), _how(measured), _intervals(measured), _settled(measured)]
    if measured.z is not None:
        lines.append(_brokers(measured))
    return translated(Table(columns, rows, _said(lines, language)), language, *measured.base.sizes, "broker")


def parts(divided: Divided, language: str, moment: str, side: str = "", top: int | None = None) -> Table:
    """The parts of a network as a table: a row for each node, the largest part and its most tied nodes first.

    Raises:
        UsageError: for an unknown side.
    """
    if side and side not in divided.base.sizes:
        raise UsageError(f"there is no side '{side}' here; one of: {', '.join(divided.base.sizes)}")
    listed = [row for row in divided.rows if side in ("", row[2])]
    rows: list[list[Cell]] = [[part, size, of, _thing(node)] for part, size, of, node in listed[:top]]
    lines = _base(divided.kind, divided.base, language, moment)
    if divided.modularity is not None:
        lines.append(
            Words(
                f"Leiden, resolution {divided.resolution:g}, on ties without direction, weight as strength; "
                f"{divided.kernel}",
                f"Leiden 算法，分辨率 {divided.resolution:g}，不计方向，权重为强度；{divided.kernel}",
            )
        )
        lines.append(
            Words(
                f"{counted({'community': divided.parts}, 'en')}, modularity {divided.modularity:.3f}; without disputed "
                f"edges {divided.settled_parts}, {divided.settled or 0:.3f}",
                f"{divided.parts} 个社群，模块度 {divided.modularity:.3f}；去掉有争议的边为 "
                f"{divided.settled_parts} 个、{divided.settled or 0:.3f}",
            )
        )
        lines.append(_agreement(divided))
    else:
        lines.append(
            Words(
                f"weakly connected; {divided.kernel}; without disputed edges {divided.settled_parts}",
                f"弱连通；{divided.kernel}；去掉有争议的边为 {divided.settled_parts} 个",
            )
        )
    table = Table(["part", "size", "side", "thing"], rows, _said(lines, language))
    return translated(table, language, *divided.base.sizes, part="部分")


def by_year(
    series: Mapping[str, Measured], language: str, moment: str, side: str = "", top: int | None = None
) -> Table:
    """How ranks changed: a row for each node that is among the first in the last year, a column for each year."""
    found = {year: {(r.side, r.node): r for r in measured.rows(side)} for year, measured in series.items()}
    last = [*series.values()][-1]
    rows: list[list[Cell]] = []
    for row in last.rows(side, top):
        told = [found[year].get((row.side, row.node)) for year in series]
        rows.append([row.side, _thing(row.node), *(each and each.rank for each in told)])
    sizes = "; ".join(f"{year}: {m.base.nodes}, {m.base.ties}" for year, m in series.items())
    span = f"{min(series)}–{max(series)}"
    day = f"{max(series)}-12-31"
    moment = moment or Words(f"as of {day}", f"截至 {day}").of(language)
    lines = [
        *_base(last.measure.name, last.base, language, moment),
        _how(last),
        Words(
            f"rank at the end of each year, {span}, by what held then, also what only possibly held; an undated node "
            "possibly held in every year",
            f"各年年末的名次（{span}），按当时成立者，含仅可能成立者；无日期的节点在各年均算可能成立",
        ),
        Words(f"nodes, ties by year: {sizes}", f"各年节点数、联系数：{sizes}"),
    ]
    return translated(Table(["side", "thing", *series], rows, _said(lines, language)), language, *last.base.sizes)


def _thing(node: str) -> NamedNode:
    return NamedNode(expand(node))


def _said(lines: Sequence[Words], language: str) -> str:
    return "\n".join(line.of(language) for line in lines)


def _base(name: str, base: Base, language: str, moment: str) -> list[Words]:
    projection = base.projection
    comma = Words(", ", "、").of(language)
    sizes = comma.join(f"{count} {called(side, language)}" for side, count in base.sizes.items())
    direction = Words("directed", "有向") if projection.directed else Words("undirected", "无向")
    return [
        Words(
            f"{name} in {projection.name}: {projection.summary.en}",
            f"{projection.name} 的{called(name, language)}：{projection.summary.zh}",
        ),
        Words(
            f"{base.nodes} nodes ({sizes}), {base.ties} ties of {base.events} events or situations, {base.disputed} "
            f"disputed; {counted({'component': base.components}, 'en')}, {base.giant:.0%} of nodes in the largest; "
            f"{moment or 'all dates'}",
            f"{base.nodes} 个节点（{sizes}），{base.ties} 条联系，出自 {base.events} 个事件或状态，其中 "
            f"{base.disputed} 个有争议；{base.components} 个连通分量，最大者含 {base.giant:.0%} 节点；"
            f"{moment or '全部日期'}",
        ),
        Words(
            f"{direction.en}, weight: {projection.weight.en}; left out: {base.lapsed} that did not happen or did not "
            f"last, {projection.left_out.en}",
            f"{direction.zh}，权重：{projection.weight.zh}；不计：{base.lapsed} 个未发生或未持续者，"
            f"{projection.left_out.zh}",
        ),
    ]


def _how(measured: Measured | Ranked) -> Words:
    chosen = measured.measure
    exact = Words("exact", "精确值")
    if measured.pivots:
        exact = Words(f"estimated from {measured.pivots} nodes", f"由 {measured.pivots} 个节点估计")
    return Words(
        f"{chosen.scale.en}; ranks within each side; {exact.en}; {measured.kernel}",
        f"{chosen.scale.zh}；名次按各侧分别排；{exact.zh}；{measured.kernel}",
    )


def _intervals(measured: Measured | Ranked) -> Words:
    if not measured.draws:
        return Words(
            "no rank intervals: the network is empty or large; --draws N asks for them",
            "无名次区间：网络为空或过大；以 --draws N 索取",
        )
    return Words(
        f"rank_low to rank_high: 90 % of ranks in {measured.draws} bootstrap samples of deals; a tier ends where an "
        "interval lies wholly below that of the tier's first",
        f"名次下限至名次上限：{measured.draws} 次按交易自助抽样中 90% 的名次；某区间整个低于该档首位的区间时另起一档",
    )


def _settled(measured: Measured | Ranked) -> Words:
    return Words(
        f"without disputed edges {measured.moved} of {measured.base.nodes} nodes have another rank, or none",
        f"去掉有争议的边后，{measured.base.nodes} 个节点中有 {measured.moved} 个名次改变或不再在列",
    )


def _brokers(measured: Measured | Ranked) -> Words:
    tested = sum(r.z is not None for r in measured.rows())
    found = sum(r.z is not None and r.z > BROKER for r in measured.rows())
    return Words(
        f"z: against {measured.draws} networks rewired by double edge swaps; broker where z > {BROKER:g}: {found} of "
        f"{tested} tested, where {measured.by_chance:.0f} do in a rewired one",
        f"z：与 {measured.draws} 个经双边交换重连的网络相比；z > {BROKER:g} 者称为中介：{tested} 个中有 "
        f"{found} 个，重连网络中平均有 {measured.by_chance:.0f} 个",
    )


def _agreement(divided: Divided) -> Words:
    if divided.agreement is None:
        asked = f"{limits.NETWORK_EXACT:,}"
        return Words(
            f"agreement of seeds not computed: the network is empty or above {asked} ties; --draws 1 asks for it",
            f"未计算各种子间的一致程度：网络为空或联系多于 {asked}；以 --draws 1 索取",
        )
    return Words(
        f"stability: mean adjusted Rand index of ten seeds {divided.agreement:.2f}, pair by pair",
        f"稳定性：十个种子两两间调整兰德指数平均 {divided.agreement:.2f}",
    )
