"""Steps on money: big tech among the investors of startups, bought traffic, and the investors of those that moved."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from graph import dates
from graph.dates import Span
from graph.drawing.charts import Mark, Row, counts, spans, stack, year
from graph.report.columns import WORDS
from graph.report.parts import Part
from graph.report.tell import Teller, filled
from graph.writers import Table
from ontology import Labels, expand

_GROUPS = 15
"""How many groups a chart names."""

_SAID: dict[str, Labels] = {
    "inside": {"en": "Groups among the investors of startups", "zh-hans": "创业公司投资方中的集团"},
    "inside-text": {
        "en": "Startups in which a group is said to have invested. Filled: a source calls the group big tech. "
        "Hatched: no source says whether it is.",
        "zh-hans": "据称获某集团投资的创业公司数。实心：有来源称该集团为大厂。斜线：没有来源说明是否为大厂。",
    },
    "yes": {"en": "called big tech by a source", "zh-hans": "有来源称为大厂"},
    "undecidable": {"en": "no source says", "zh-hans": "来源未说明"},
    "inside-base": {
        "en": "{all:startup|startups} of which a source tells that they raised a round; {n:link|links} between a "
        "group and a startup",
        "zh-hans": "有来源述及其融资的{all}家创业公司；集团与创业公司之间的{n}条联系",
    },
    "inside-found": {
        "en": "Of {all:organization|organizations} of which sources tell that they raised a round, {sure:one has|* "
        "have} an investor that a source calls big tech; {most} have, if every group that may be big tech is.",
        "zh-hans": "来源述及其融资的{all}家组织中，{sure}家的投资方里有被来源称为大厂者；若可能是大厂的都算上，"
        "则为{most}家。",
    },
    "inside-none": {
        "en": "No source here names an investor that is or may be big tech.",
        "zh-hans": "此处没有来源提到是或可能是大厂的投资方。",
    },
    "inside-reach": {
        "en": "An investor that no source names is not in the graph: with it both numbers could only be higher. An "
        "investment says nothing on control.",
        "zh-hans": "来源未提到的投资方不在图谱中：若有之，两数只会更高。投资不等于控制。",
    },
    "inside-lack": {
        "en": "whether {n:group|groups} among the investors of startups are big tech: {who}",
        "zh-hans": "创业公司投资方中的{n}个集团是否为大厂：{who}",
    },
    "inside-settles": {
        "en": "a threshold and the market value of each on one day, or a source that calls them so",
        "zh-hans": "门槛值与各集团在同一日的市值，或明确如此称之的来源",
    },
    "traffic-lack": {
        "en": "what {n:campaign|campaigns} of bought traffic cost, and how many users came with them",
        "zh-hans": "{n}次投流花费多少、随之而来的用户有多少",
    },
    "traffic-settles": {
        "en": "advertising spending by campaign, and active users of the app before and after by one metric",
        "zh-hans": "每次投流的广告支出，以及按同一指标计的投流前后活跃用户数",
    },
    "capital-lack": {
        "en": "where the capital of {n:company|companies} in mainland China came from: no leader told, or not placed",
        "zh-hans": "中国大陆{n}家公司的资金来自何处：领投方未述或未定位",
    },
    "capital-settles": {
        "en": "every round with its lead investor, and the headquarters of each investor on that day",
        "zh-hans": "每一轮及其领投方，以及各投资方当日的总部",
    },
    "traffic": {"en": "Bought traffic, by who bought it", "zh-hans": "投流：谁在何时"},
    "traffic-text": {
        "en": "One bar for each campaign that a source tells of; it ran at some time within the bar.",
        "zh-hans": "来源述及的每次投流一条；在条内某时进行。",
    },
    "traffic-base": {
        "en": "campaigns that sources report as facts; {n:campaign|campaigns}",
        "zh-hans": "来源作为事实报道的投流；{n}次",
    },
    "traffic-found": {
        "en": "Sources tell of {n:campaign|campaigns} by {who:buyer|buyers}; {dated:one is|* are} dated. "
        "{amounts:None of them has|One of them has|* of them have} a sum of money in a source.",
        "zh-hans": "来源述及{who}家的{n}次投流，其中{dated}次有日期；来源给出金额的有{amounts}次。",
    },
    "traffic-none": {"en": "No source here tells of bought traffic.", "zh-hans": "此处没有来源述及投流。"},
    "traffic-reach": {
        "en": "Without sums, and without users counted before and after by one metric, it cannot be said how much "
        "of an app's use goes with its advertising.",
        "zh-hans": "没有金额，也没有按同一指标在前后计得的用户数，便无法说应用的使用量与其广告有多大关联。",
    },
    "capital": {"en": "Lead investors and moves", "zh-hans": "领投方与迁移"},
    "capital-text": {
        "en": "Companies that once had their headquarters in mainland China, by where those who led one of their "
        "rounds are. Filled: of which a source tells that they moved out.",
        "zh-hans": "总部曾在中国大陆的公司，按其某轮领投方所在地分列。实心：有来源述及其迁出。",
    },
    "moved": {"en": "moved out", "zh-hans": "已迁出"},
    "stayed": {"en": "no move told", "zh-hans": "来源未述迁移"},
    "capital-base": {
        "en": "companies with a headquarters in mainland China at some time and an investor or round in a source; "
        "{n:company|companies}",
        "zh-hans": "总部曾在中国大陆、且来源述及其投资方或轮次的公司；{n}家",
    },
    "capital-found": {
        "en": "Of {n:company|companies} with a headquarters in mainland China at some time, {moved:one|*} moved "
        "out. {foreign:company has|companies have} a lead investor that sources place outside mainland China, and "
        "{both:none|one|*} of these moved; {first:none|one|*} surely after the round was led. For "
        "{open:company|companies} nobody is said to have led, or where the leader is based is not known.",
        "zh-hans": "总部曾在中国大陆的{n}家公司中，{moved}家迁出。领投方被来源定在中国大陆以外的有{foreign}家，"
        "其中{both}家迁出，确定在领投之后迁出的{first}家。另有{open}家无领投方的记述，或其所在地不详。",
    },
    "capital-none": {
        "en": "No source here tells of a company in mainland China and of who invested in it.",
        "zh-hans": "此处没有来源述及中国大陆的公司及其投资方。",
    },
    "shared": {
        "en": "{n:investor is|investors are} named in more than one of the companies that moved out: {who}.",
        "zh-hans": "在不止一家迁出公司中被提到的投资方有{n}个：{who}。",
    },
    "capital-reach": {
        "en": "Which came first is a lag and no cause, and companies that moved are written about more than "
        "companies that stayed.",
        "zh-hans": "先后只是时间差，不是因果；迁走的公司也比留下的更常被报道。",
    },
}  # fmt: skip


def inside(t: Teller) -> list[Part]:
    """Groups that are or may be big tech, by the startups that they invested in."""
    _, rows = t.ask("startups-with-big-tech-investors")
    raised = {s for node in t.nodes("FundingRound") for s in t.reader.node(node).get("organization", ())}
    links = {(row["group"], row["startup"]): row["bigTech"] for row in rows}
    if not links:
        return [t.finding(_SAID["inside-none"])]
    startups: dict[str, set[str]] = defaultdict(set)
    verdict = {}
    for (group, startup), big in links.items():
        startups[group].add(startup)
        verdict[group] = big
    order = sorted(startups, key=lambda group: (-len(startups[group]), group))
    table = Table(
        ["group", "bigTech", "startups"], [[NamedNode(expand(g)), verdict[g], len(startups[g])] for g in order]
    )
    sources = {s for row in rows for s in t.between(row["investor"], row["startup"])}
    base = filled(_SAID["inside-base"], all=len(raised), n=len(links))
    section = t.section("inside", _SAID["inside"], table, base, sources, words=WORDS)
    drawn = [
        Row(
            t.label(g),
            (Mark("sure" if verdict[g] == "yes" else "maybe", 0, len(startups[g])),),
            f"{len(startups[g]):,}",
        )
        for g in order[:_GROUPS]
    ]
    legend = [("sure", t.say(_SAID["yes"])), ("maybe", t.say(_SAID["undecidable"]))]
    sure = {startup for (_, startup), big in links.items() if big == "yes"}
    most = {startup for _, startup in links}
    unsettled = [group for group in order if verdict[group] != "yes"]
    t.lack(_SAID["inside-lack"], _SAID["inside-settles"], len(unsettled), who=t.labels(unsettled))
    return [
        t.finding(_SAID["inside-found"], all=len(raised), sure=len(sure), most=len(most)),
        t.figure(
            section, "chuhai query startups-with-big-tech-investors", counts(drawn, legend), t.say(_SAID["inside-text"])
        ),
        t.reach(_SAID["inside-reach"]),
    ]


def traffic(t: Teller) -> list[Part]:
    """Campaigns of bought traffic in time."""
    table, rows = t.ask("paid-acquisition")
    if not rows:
        return [t.finding(_SAID["traffic-none"])]
    events = {(r["who"], r["notBefore"], r["notAfter"]) for r in rows}
    drawn = []
    for who, first, last in sorted(events, key=lambda e: (e[1] or "9999", e)):
        marks = (Mark("maybe", year(first), year(last) + 1 / 366),) if first and last else ()
        drawn.append(
            Row(t.label(who), marks, dates.show(Span(first or None, last or None), t.language) if marks else "")
        )
    base = filled(_SAID["traffic-base"], n=len(events))
    section = t.section("traffic", _SAID["traffic"], table, base, {r["source"] for r in rows}, words=WORDS)
    chart = spans([row for row in drawn if row.marks]) if any(row.marks for row in drawn) else None
    spent = sum("amount" in t.reader.node(node) for node in t.nodes("PaidAcquisition"))
    t.lack(_SAID["traffic-lack"], _SAID["traffic-settles"], len(events) - spent)
    return [
        t.finding(
            _SAID["traffic-found"], n=len(events), who=len({e[0] for e in events}),
            dated=sum(bool(row.marks) for row in drawn), amounts=spent,
        ),
        t.figure(section, "chuhai query paid-acquisition", chart, t.say(_SAID["traffic-text"])),
        t.reach(_SAID["traffic-reach"]),
    ]  # fmt: skip


def capital(t: Teller) -> list[Part]:
    """Companies by where their lead investors are, and how many of them moved."""
    table, rows = t.ask("moves-by-lead-investor")
    if not rows:
        return [t.finding(_SAID["capital-none"])]
    found = {r["lead"]: (int(r["companies"]), int(r["moved"]), int(r["leadFirst"])) for r in rows}
    drawn = [
        Row(
            t.say(WORDS[lead]) if lead in WORDS else lead,
            stack([("sure", moved), ("open", n - moved)]),
            f"{moved:,} / {n:,}",
        )
        for lead, (n, moved, _) in sorted(found.items())
    ]
    n = sum(companies for companies, _, _ in found.values())
    foreign = found.get("outside the area", (0, 0, 0))
    _, shared = t.ask("investors-in-movers")
    sources = {s for row in shared for s in t.between(row["investor"], row["organization"])}
    base = filled(_SAID["capital-base"], n=n)
    section = t.section("lead-investors", _SAID["capital"], table, base, sources, words=WORDS)
    legend = [("sure", t.say(_SAID["moved"])), ("open", t.say(_SAID["stayed"]))]
    both = list(dict.fromkeys(row["investor"] for row in shared))
    unled = sum(found.get(lead, (0, 0, 0))[0] for lead in ("none told", "not known"))
    t.lack(_SAID["capital-lack"], _SAID["capital-settles"], unled)
    moved = sum(moved for _, moved, _ in found.values())
    said = {"n": n, "moved": moved, "foreign": foreign[0], "both": foreign[1], "first": foreign[2], "open": unled}
    parts: list[Part] = [t.finding(_SAID["capital-found"], **said)]
    if both:
        parts.append(t.finding(_SAID["shared"], n=len(both), who=t.labels(both)))
    figure = t.figure(
        section, "chuhai query moves-by-lead-investor", counts(drawn, legend), t.say(_SAID["capital-text"])
    )
    return [*parts, figure, t.reach(_SAID["capital-reach"])]
