"""Step on people: who left, where to, and who links big tech and startups by career."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import NamedNode

from graph.drawing.charts import Mark, Row, counts
from graph.moment import NOT_HAPPENED
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled
from graph.values import Values, figure, text
from graph.writers import Cell, Table
from ontology import Labels, local

_LEFT = 15
"""How many organizations a chart names."""

_COMMAND = (
    'chuhai query "SELECT ?organization (COUNT(?move) AS ?moves) { ?move a chuhai:PersonnelMove ; '
    "chuhai:fromOrganization ?organization . OPTIONAL { ?move chuhai:status ?status } "
    'FILTER(COALESCE(?status IN (concept:completed, concept:in-progress), true)) } GROUP BY ?organization"'
)
"""What counts departures by organization on the command line."""

_SAID: dict[str, Labels] = {
    "left": {"en": "Departures that sources tell of, by organization", "zh-hans": "来源述及的离职，按组织"},
    "left-text": {
        "en": "Filled: departures of persons whom a source names. Hatched: departures of which no source names the "
        "person; "
        "one of them may be several people.",
        "zh-hans": "实心：来源提到姓名的离职。斜线：来源未提姓名的离职；其一可能不止一人。",
    },
    "named": {"en": "person named", "zh-hans": "有姓名"},
    "unnamed": {"en": "person not named", "zh-hans": "无姓名"},
    "left-base": {
        "en": "personnel moves that happened or are under way and name the organization left; {n:move|moves}. No "
        "source gives how many could have left.",
        "zh-hans": "已发生或进行中、且述明所离组织的人事变动；{n}次。没有来源给出可能离开者的总数。",
    },
    "left-found": {
        "en": "Sources tell of {n:departure|departures} from {organizations:organization|organizations}; in "
        "{named:one|*} "
        "the person is named, in {joined:one|*} a source links the departure to another organization.",
        "zh-hans": "来源述及{organizations}家组织的{n}次离职；其中{named}次有姓名，"
        "{joined}次有来源将其与另一组织相连。",
    },
    "left-none": {"en": "No source here tells of a departure.", "zh-hans": "此处没有来源述及离职。"},
    "cut-found": {
        "en": "Sources tell of {n:layoff or unit closure|layoffs and unit closures} as facts; for {sized:one|*} a "
        "source "
        "gives both how many went and out of how many.",
        "zh-hans": "来源作为事实述及的裁员与部门关闭有{n}次；同时给出人数与总数的有{sized}次。",
    },
    "between": {
        "en": "{people:person links|people link} a startup and a company that a source calls big tech by a dated or "
        "undated "
        "move or post; {in:of the linked moves leads|of the linked moves lead} into the startup, {out:one|*} into big "
        "tech, and for {open:one|*} sources tell of no move between the two.",
        "zh-hans": "有{people}人的经历连接创业公司与被来源称为大厂的公司；所连变动中{in}次进入创业公司，"
        "{out}次进入大厂，"
        "另有{open}次来源未述二者间的变动。",
    },
    "listing": {
        "en": "At {organizations:organization|organizations} that sources say took a step towards a listing, "
        "{n:departure of a role holder is|departures of role holders are} told of before it.",
        "zh-hans": "在来源称已迈向上市的组织中，有{organizations}家在此之前有{n}次任职者离职的记述。",
    },
    "left-lack": {
        "en": "the rate at which people leave {n:organization|organizations} of which departures are told",
        "zh-hans": "有离职记述的{n}家组织的离职率",
    },
    "left-settles": {
        "en": "headcount at the start of a period and every departure within it, for each organization",
        "zh-hans": "各组织期初人数及期内全部离职",
    },
    "cut-lack": {
        "en": "what part of the staff went in {n:layoff or closure|layoffs and closures}",
        "zh-hans": "{n}次裁员或关闭涉及多大比例的人员",
    },
    "cut-settles": {
        "en": "the number that went and the headcount before, from the company or a filing",
        "zh-hans": "离开人数与此前总人数，出自公司或申报文件",
    },
    "left-reach": {
        "en": "These are departures that somebody wrote about. They do not give a rate of leaving: nobody counted "
        "those "
        "who stayed, and well-known organizations are written about more.",
        "zh-hans": "这些是有人写到的离职，给不出离职率：留下的人没有人数过，而知名组织更常被写到。",
    },
}  # fmt: skip


def departures(t: Teller) -> list[Part]:
    """Departures by organization, the careers between big tech and startups, and departures before listings."""
    moves = {node: values for node in t.nodes("PersonnelMove") if _happened(values := t.reader.node(node))}
    left = {node: values for node, values in moves.items() if "fromOrganization" in values}
    if not left:
        return [t.finding(_SAID["left-none"]), *_cuts(t)]
    named = Counter(v["fromOrganization"][0] for v in left.values() if "person" in v)
    unnamed = Counter(v["fromOrganization"][0] for v in left.values() if "person" not in v)
    order = sorted(named | unnamed, key=lambda o: (-named[o] - unnamed[o], o))
    rows: list[list[Cell]] = [[NamedNode(o), named[o], unnamed[o]] for o in order]
    words = WORDS | {"named": _SAID["named"], "unnamed": _SAID["unnamed"]}
    base = filled(_SAID["left-base"], n=len(left))
    section = t.section(
        "left", _SAID["left"], Table(["organization", "named", "unnamed"], rows), base, t.told(left), words=words
    )
    drawn = [
        Row(
            t.label(o),
            tuple(
                m
                for m in (Mark("sure", 0, named[o]), Mark("maybe", named[o], named[o] + unnamed[o]))
                if m.end > m.start
            ),
            f"{named[o] + unnamed[o]:,}",
        )
        for o in order[:_LEFT]
    ]
    legend = [("sure", t.say(_SAID["named"])), ("maybe", t.say(_SAID["unnamed"]))]
    t.lack(_SAID["left-lack"], _SAID["left-settles"], len(order))
    joined = sum("toOrganization" in values for values in left.values())
    return [
        t.finding(
            _SAID["left-found"], n=len(left), organizations=len(order), named=sum(named.values()), joined=joined
        ),
        *_cuts(t), *_between(t), *_listings(t),
        t.figure(section, _COMMAND, counts(drawn, legend), t.say(_SAID["left-text"])),
        t.reach(_SAID["left-reach"]),
    ]  # fmt: skip


def _happened(values: Values) -> bool:
    return local(text(values, "status") or "") not in NOT_HAPPENED


def _cuts(t: Teller) -> list[Part]:
    found = [t.reader.node(node) for node in t.nodes("WorkforceChange")]
    found = [v for v in found if local(text(v, "subtype") or "") in ("layoff", "unit-closure") and _happened(v)]
    if not found:
        return []
    sized = sum("outOf" in v and ("count" in v or ("share" in v and figure(v, "share").number < 1)) for v in found)
    t.lack(_SAID["cut-lack"], _SAID["cut-settles"], len(found) - sized)
    return [t.finding(_SAID["cut-found"], n=len(found), sized=sized)]


def _between(t: Teller) -> list[Part]:
    rows = [row for row in t.ask("people-between-big-tech-and-startups")[1] if row["bigTech"] == "yes"]
    if not rows:
        return []
    links = {(r["person"], r["company"], r["startup"], r["to"]) for r in rows}
    ways = Counter("in" if to == startup else "out" if to else "open" for _, _, startup, to in links)
    people = len({person for person, *_ in links})
    return [t.finding(_SAID["between"], people=people, **{way: ways[way] for way in ("in", "out", "open")})]


def _listings(t: Teller) -> list[Part]:
    rows = t.ask("exits-before-listing")[1]
    if not rows:
        return []
    gone = {(r["organization"], r["person"], r["role"], r["leftNotBefore"], r["leftNotAfter"]) for r in rows}
    return [t.finding(_SAID["listing"], n=len(gone), organizations=len({g[0] for g in gone}))]
