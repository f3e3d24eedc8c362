"""Step on the article's own figures: each with the verdict of its check, and what is set against what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from graph.drawing.charts import Mark, Row, counts
from graph.findings import NOTE, UNCHECKED, VERDICTS
from graph.report.measured import records
from graph.report.parts import Part
from graph.report.tell import Teller
from graph.section import Section
from graph.verdicts import says, sections
from ontology import Labels, compact, in_language

_HIDDEN = frozenset({"claim", "members", "rules", "sources", "reported", "low", "high"})
"""Columns that only the CSV has."""

_SAID: dict[str, Labels] = {
    "found": {
        "en": "{n:figure or comparison|figures and comparisons} of the article can be put to a check: {verdicts}.",
        "zh-hans": "文章中可付诸核对的数值与比较有{n}项：{verdicts}。",
    },
    "none": {
        "en": "The article reports no figure here that could be checked.",
        "zh-hans": "文章在此没有可核对的报道数。",
    },
    "text": {
        "en": "How many came to each verdict; one may meet several findings and stands under the gravest.",
        "zh-hans": "各得何种判定；一项可能有多项发现，归入最重的一项。",
    },
    "unchecked": {
        "en": "Not known: whether it holds: {says}. The check says: {why}.",
        "zh-hans": "未知：此数是否成立：{says}。核对所示：{why}。",
    },
    "reach": {
        "en": "That a figure cannot be checked says nothing against it; that it adds up says nothing for the list "
        "behind it.",
        "zh-hans": "无法核对并不说明数值有误；相加无误也不说明其所据榜单可靠。",
    },
}


def article(t: Teller) -> list[Part]:
    """The article's figures by verdict, and its comparisons."""
    slug = compact(t.article).removeprefix("source/")
    checked = t.opened.claims(source=slug) if t.has_article() else []
    if not checked:
        return [t.finding(_SAID["none"])]
    found = Counter(claim.verdict for claim in checked)
    named = [(in_language(VERDICTS[v], t.language), found[v]) for v in VERDICTS if found[v]]
    comma = "；" if t.language == "zh-hans" else "; "
    colon = "：" if t.language == "zh-hans" else ": "
    for claim in checked:
        if claim.verdict == UNCHECKED:
            why = comma.join(f.say(t.reader) for f in claim.findings if f.rule.verdict != NOTE)
            t.lacks.append(t.say(_SAID["unchecked"], says=says(claim, t.reader).rstrip(".。"), why=why))
    command = f"chuhai claims --source {slug}"
    figures = [_figure(t, replace(section, machine_only=_HIDDEN), command) for section in sections(checked, t.reader)]
    verdicts = comma.join(f"{words}{colon}{n}" for words, n in named)
    return [t.finding(_SAID["found"], n=len(checked), verdicts=verdicts), *figures, t.reach(_SAID["reach"])]


def _figure(t: Teller, section: Section, command: str) -> Part:
    """A section on checked claims, drawn as how many came to each verdict."""
    found = Counter(row["verdict"] for row in records(section))
    rows = [
        Row(t.say(words), (Mark("sure", 0, found[v]),), f"{found[v]:,}") for v, words in VERDICTS.items() if found[v]
    ]
    return t.figure(section, command, counts(rows), t.say(_SAID["text"]) if rows else "")
