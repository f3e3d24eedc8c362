"""Steps on relocation: the facets of each case in time, the article's dates beside other sources, and flows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pyoxigraph import NamedNode

from graph import dates
from graph.dates import Span
from graph.drawing.charts import Flows, Mark, Row, spans, year
from graph.moment import NOT_HAPPENED
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled
from graph.resolve import groups
from graph.values import SPANS, Values, text
from graph.why import why
from graph.writers import Cell, Table
from ontology import CHUHAI, Labels, compact, expand, local, vocabulary

_SAID: dict[str, Labels] = {
    "facets": {"en": "Facets of relocation cases in time", "zh-hans": "各出走案例诸方面的时间"},
    "facets-text": {
        "en": "One bar for each facet. Filled: the words of the sources fix it to within a month. Hatched: it "
        "happened at some time within the bar. A facet without a bar has no first and last day in any source.",
        "zh-hans": "每一方面一条。实心：来源用语将其定在一个月之内。斜线：发生于条内某时。无条者："
        "没有来源给出其最早与最晚之日。",
    },
    "month": {"en": "dated to within a month", "zh-hans": "定在一个月之内"},
    "within": {"en": "at some time within the bar", "zh-hans": "条内某时"},
    "facets-base": {
        "en": "facets that sources report as facts; {n:facet|facets} of {cases:case|cases}",
        "zh-hans": "来源作为事实报道的方面；{cases}个案例的{n}个方面",
    },
    "facets-found": {
        "en": "Sources tell of {cases:relocation case|relocation cases} with {n:facet|facets}: headquarters, legal "
        "entity, workforce or market, each with dates of its own. {month:facet is|facets are} dated to within a "
        "month, {open:none has|one has|* have} no first and last day.",
        "zh-hans": "来源述及{cases}个出走案例、{n}个方面（总部、法律主体、人员、市场），各有其日期。"
        "其中{month}个定在一个月之内，{open}个没有最早与最晚之日。",
    },
    "flows-lack": {
        "en": "from where or to where {n:headquarters move|headquarters moves} went",
        "zh-hans": "{n}次总部迁移从何处来或往何处去",
    },
    "flows-settles": {"en": "a source that names both places", "zh-hans": "同时述明两地的来源"},
    "rate-lack": {
        "en": "the rate of leaving behind {n:move|moves} out of mainland China",
        "zh-hans": "{n}次迁出中国大陆背后的离开率",
    },
    "rate-settles": {
        "en": "a list, drawn up before anybody moved, of all startups that could have moved, with the headquarters "
        "of each by year",
        "zh-hans": "在任何迁移之前列出的、所有可能迁移的创业公司名单，及其逐年总部",
    },
    "facets-none": {"en": "No source here tells of a relocation case.", "zh-hans": "此处没有来源述及出走案例。"},
    "facets-reach": {
        "en": "Where two bars overlap, which of the two came first is not known. Cases enter the graph because they "
        "were written about; stories about leavers give no rate of leaving.",
        "zh-hans": "两条重叠之处，孰先孰后不得而知。案例因有报道才进入图谱；关于离开者的报道给不出离开率。",
    },
    "undated": {"en": "no date", "zh-hans": "无日期"},
    "differences": {
        "en": "Where the article and other sources differ on these events",
        "zh-hans": "文章与其他来源在这些事件上的不同",
    },
    "differences-base": {
        "en": "{n:value|values} that the article gives of these events, beside {m:document|documents}",
        "zh-hans": "文章就这些事件给出的{n}个值，对照{m}份文献",
    },
    "differences-found": {
        "en": "Of {n:value|values} that the article gives of the events it tells of here and that other documents "
        "give too, {disputed:none is|one is|* are} disputed, {coarse:none is|one is|* are} less precise.",
        "zh-hans": "文章就此处事件给出、其他文献亦有的{n}个值中，{disputed}个有分歧，{coarse}个较不精确。",
    },
    "date": {"en": "date", "zh-hans": "日期"},
    "flows": {"en": "Headquarters moves from place to place", "zh-hans": "总部迁移：从何地到何地"},
    "flows-text": {
        "en": "Lines are as broad as the number of moves; a dashed line holds a move that a source denies or whose "
        "ends are disputed.",
        "zh-hans": "线宽表示迁移数；虚线含有来源否认或起讫有分歧的迁移。",
    },
    "flows-base": {
        "en": "headquarters moves that happened or are under way and of which both places are known; {n:move|moves}",
        "zh-hans": "已发生或进行中、且两地皆知的总部迁移；{n}次",
    },
    "flows-found": {
        "en": "The graph holds {n:headquarters move that happened or is|headquarters moves that happened or are} "
        "under "
        "way and of which both places are known; without disputed ones {settled:one remains|* remain}. {out:move "
        "leads|moves lead} "
        "from inside mainland China to outside it, {back:move leads|moves lead} the other way.",
        "zh-hans": "图谱中已发生或进行中、且两地皆知的总部迁移有{n}次；不计有分歧者为{settled}次。"
        "其中{out}次由中国大陆以内迁往以外，{back}次方向相反。",
    },
    "flows-none": {
        "en": "No source here tells of a headquarters move of which both places are known.",
        "zh-hans": "此处没有来源述及两地皆知的总部迁移。",
    },
    "overseas": {
        "en": "“Outside mainland China” counts Hong Kong, Macao and Taiwan as outside; it is a statistical area and "
        "says nothing on sovereignty.",
        "zh-hans": "“中国大陆以外”把香港、澳门、台湾计为以外；这是统计区域，不表示主权。",
    },
    "disputed": {"en": "without disputed moves: {n}", "zh-hans": "不计有分歧的迁移：{n}"},
    "origins": {"en": "from", "zh-hans": "迁出"},
    "destinations": {"en": "to", "zh-hans": "迁入"},
}  # fmt: skip


def facets(t: Teller) -> list[Part]:
    """Every facet of every case, as a span of days."""
    table, rows = t.ask("relocation-facets")
    if not rows:
        return [t.finding(_SAID["facets-none"])]
    found = [_facet(t, row) for row in rows]
    kinds = [mark.kind for row in found for mark in row.marks]
    cases = len({row["case"] for row in rows})
    base = filled(_SAID["facets-base"], n=len(rows), cases=cases)
    section = t.section("facet-spans", _SAID["facets"], table, base, t.told(r["event"] for r in rows), words=WORDS)
    legend = [("sure", t.say(_SAID["month"])), ("maybe", t.say(_SAID["within"]))]
    chart = spans(found, [item for item in legend if item[0] in kinds]) if kinds else None
    counted = {"month": kinds.count("sure"), "open": sum(not row.marks for row in found)}
    return [
        t.finding(_SAID["facets-found"], n=len(rows), cases=cases, **counted),
        t.figure(section, "chuhai query relocation-facets", chart, t.say(_SAID["facets-text"])),
        t.reach(_SAID["facets-reach"]),
    ]


def _facet(t: Teller, row: dict[str, str]) -> Row:
    first, last = row["notBefore"], row["notAfter"]
    what = t.label(row["subtype"] or row["facet"])
    where = " → ".join(t.label(place) for place in (row["from"], row["to"]) if place) or (
        t.label(row["place"]) if row["place"] else ""
    )
    span = Span(first or None, last or None)
    said = dates.show(span, t.language) if first or last else t.say(_SAID["undated"])
    if row["status"] and local(row["status"]) != "completed":
        said += f" · {t.label(row['status'])}"
    marks: tuple[Mark, ...] = ()
    if first and last:
        marks = (Mark("sure" if span.days() <= 31 else "maybe", year(first), year(last) + 1 / 366),)
    return Row(" · ".join(part for part in (what, where) if part), marks, said, t.label(row["case"]))


def differences(t: Teller, claims: Sequence[str]) -> list[Part]:
    """What the article says of the events of these claims, where another document says it otherwise."""
    rows: list[list[Cell]] = []
    compared = disputed = coarse = 0
    first = ""
    nodes: set[str] = set()
    for statement in t.statements(claims):
        for node in statement.about:
            accounts = t.reader.accounts(node)
            if not any(account.statement == statement.iri for account in accounts):
                continue
            for head in groups(accounts, vocabulary()):
                told = [
                    r for r in why(t.reader, [node], head) if (r.node, r.name) == (node, head) and r.rule != _NO_FACT
                ]
                own = [r for r in told if r.statement == statement.iri]
                others = [r for r in told if r.statement.partition("#")[0] != t.article]
                if head == "status" or not own or not others:
                    continue
                compared += 1
                nodes.add(node)
                disputed += own[0].disputed
                coarse += not own[0].held and not own[0].disputed
                if own[0].disputed or not own[0].held:
                    first = first or f"chuhai why {compact(node)} {head}"
                    name = t.say(_SAID["date"]) if head in SPANS else t.label(CHUHAI + head)
                    elsewhere = "; ".join(dict.fromkeys(r.value for r in others))
                    rows.append([t.event(node), name, own[0].value, elsewhere, "no" if own[0].disputed else "yes"])
    if not compared:
        return []
    sources = t.told(nodes)
    base = filled(_SAID["differences-base"], n=compared, m=len(sources))
    table = Table(["event", "property", "article", "others", "agrees"], rows)
    section = t.section("differences", _SAID["differences"], table, base, sources, words=WORDS)
    said = t.finding(_SAID["differences-found"], n=compared, disputed=disputed, coarse=coarse)
    return [said, t.figure(section, first)] if rows else [said]


_NO_FACT = "no fact: never chosen"


def flows(t: Teller) -> list[Part]:
    """Headquarters moves by origin and destination."""
    begun = {
        n: v
        for n in t.nodes("HeadquartersMove")
        if local(text(v := t.reader.node(n), "status") or "") not in NOT_HAPPENED
    }
    moves = {n: (v["fromPlace"][0], v["toPlace"][0]) for n, v in begun.items() if "fromPlace" in v and "toPlace" in v}
    t.lack(_SAID["flows-lack"], _SAID["flows-settles"], len(begun) - len(moves))
    if not moves:
        return [t.finding(_SAID["flows-none"])]
    count = Counter(moves.values())
    settled = Counter(ends for node, ends in moves.items() if not _is_disputed(begun[node]))
    table = Table(
        ["from", "to", "moves", "undisputed"],
        [[NamedNode(a), NamedNode(b), n, settled[a, b]] for (a, b), n in sorted(count.items())],
    )
    base = filled(_SAID["flows-base"], n=len(moves))
    section = t.section("moves", _SAID["flows"], table, base, t.told(moves), words=WORDS)
    links = tuple((t.label(a), t.label(b), n, settled[a, b]) for (a, b), n in sorted(count.items()))
    sides = [tuple(_MAINLAND in t.reader.containing(place) for place in ends) for ends in moves.values()]
    chart = Flows(links, (t.say(_SAID["origins"]), t.say(_SAID["destinations"])))
    without = t.say(_SAID["disputed"], n=sum(settled.values()))
    t.lack(_SAID["rate-lack"], _SAID["rate-settles"], sides.count((True, False)))
    return [
        t.finding(
            _SAID["flows-found"], n=len(moves), settled=sum(settled.values()),
            out=sides.count((True, False)), back=sides.count((False, True)),
        ),
        t.figure(section, "chuhai network headquarters-flow", chart, t.say(_SAID["flows-text"]), without),
        t.reach(_SAID["overseas"]),
    ]  # fmt: skip


def _is_disputed(values: Values) -> bool:
    """Whether a source denies the move, or sources differ on where it led from or to."""
    return "deniedIn" in values or any(local(name) in ("fromPlace", "toPlace") for name in values.get("disputed", ()))


_MAINLAND = expand("place/mainland-china")
