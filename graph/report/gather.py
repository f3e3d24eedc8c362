"""Gathers the report of an open graph: a lead, the steps, what cannot be known yet, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import dates
from graph.reading import latest
from graph.report import steps
from graph.report.parts import Heading, Listing, Paragraph, Part, Report, Sources
from graph.report.tell import Teller
from ontology import Labels, in_language

if TYPE_CHECKING:
    from graph.opened import Opened

_SAID: dict[str, Labels] = {
    "title": {
        "en": "AI, big tech and the pull overseas: an argument retold by the data",
        "zh-hans": "AI、大厂与出海：用数据重述一个论证",
    },
    "lead": {
        "en": "An article argues that AI in China is becoming a game of big tech and that this sends startups "
        "abroad. This report takes its argument step by step: what the article says, what the graph gives, and how "
        "far that carries. What stands side by side here is no cause of one another.",
        "zh-hans": "一篇文章认为，国内 AI 正成为大厂主导的游戏，创业公司因而出走海外。本报告逐步检视其论证："
        "文章怎么说、图谱给出什么、能说明到哪一步。并列的事项之间不含因果。",
    },
    "no-article": {
        "en": "The article is not among the sources of this graph, so its claims are left out.",
        "zh-hans": "该文章不在此图谱的来源之中，故略去其说法。",
    },
    "coverage": {
        "en": "The graph rests on {sources:source document|source documents} with "
        "{statements:statement|statements}{day}.",
        "zh-hans": "图谱依据{sources}份来源文献、{statements}条陈述{day}。",
    },
    "day": {"en": ", the latest document of {day}", "zh-hans": "，最新文献为{day}"},
    "held": {
        "en": " It is read as of {day}, with what only possibly held.",
        "zh-hans": "所述为截至{day}的情形，含仅可能成立者。",
    },
    "known": {
        "en": " Only documents published by {day} are heard.",
        "zh-hans": "只采用{day}及以前发表的文献。",
    },
    "unknown": {"en": "What cannot be known yet", "zh-hans": "尚不能知道的"},
    "unknown-lead": {
        "en": "The steps above left {n:question|questions} open. Each stands with what would settle it.",
        "zh-hans": "以上各步留下{n}个未决问题，各附可据以判定之物。",
    },
    "nothing-lacks": {
        "en": "No step left a question open: this graph tells of nothing that they ask about, or settles it.",
        "zh-hans": "各步均无未决问题：此图谱未述及所问之事，或已有定论。",
    },
    "sources": {"en": "Sources", "zh-hans": "来源"},
}
_WORDS: dict[str, Labels] = {
    "claim": {"en": "The article says:", "zh-hans": "文章称："},
    "short": {"en": "In short:", "zh-hans": "概要："},
    "finding": {"en": "The graph gives:", "zh-hans": "图谱给出："},
    "reach": {"en": "How far that carries:", "zh-hans": "能说明到哪一步："},
    "table": {"en": "As a table", "zh-hans": "表格"},
    "same": {"en": "query:", "zh-hans": "查询："},
    "sources": {"en": "as numbered at the end:", "zh-hans": "编号见文末："},
    "undated": {"en": "undated", "zh-hans": "无日期"},
}


def gather(opened: Opened) -> Report:
    """The report of an open graph, in its language and at its moment."""
    t = Teller(opened, steps.ARTICLE)
    parts: list[Part] = [Paragraph(t.say(_SAID["lead"])), Paragraph(_coverage(t))]
    if not t.has_article():
        parts.append(Paragraph(t.say(_SAID["no-article"])))
    parts += [*_joined(steps.told(t), " " if t.language == "en" else ""), *_unknown(t)]
    if cited := t.cited():
        parts += [Heading("sources", t.say(_SAID["sources"])), Sources(tuple(map(t.reader.source, cited)))]
    words = {key: in_language(labels, t.language) for key, labels in _WORDS.items()}
    return Report(t.say(_SAID["title"]), t.language, tuple(parts), words)


def _joined(parts: list[Part], space: str) -> list[Part]:
    """Paragraphs of one role that follow one another, as one."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, Paragraph) and isinstance(last, Paragraph) and part.role == last.role:
            found[-1] = Paragraph(f"{last.text}{space}{part.text}", part.role, (*last.cites, *part.cites))
        else:
            found.append(part)
    return found


def _unknown(t: Teller) -> list[Part]:
    """What no step could say, and what would settle it."""
    heading = Heading("unknown", t.say(_SAID["unknown"]))
    if not t.lacks:
        return [heading, Paragraph(t.say(_SAID["nothing-lacks"]))]
    lines = list(dict.fromkeys(t.lacks))
    return [
        heading,
        Paragraph(t.say(_SAID["unknown-lead"], n=len(lines))),
        Listing(tuple((line, ()) for line in lines)),
    ]


def _coverage(t: Teller) -> str:
    sources = list(t.reader.sources())
    newest = latest(sources)
    (statements,) = t.reader.graph.index.execute("SELECT COUNT(DISTINCT iri) FROM statements").fetchone()
    until = t.say(_SAID["day"], day=dates.show(dates.parse(newest), t.language)) if newest else ""
    said = t.say(_SAID["coverage"], sources=len(sources), statements=statements, day=until)
    for key, day in zip(("held", "known"), t.opened.moment, strict=True):
        if day:
            said += t.say(_SAID[key], day=dates.show(dates.parse(day), t.language))
    return said
