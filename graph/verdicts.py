"""What `claims` shows: a screen by verdict, a table for machines, and sections for the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from graph import phrases, screen
from graph.findings import NOTE, VERDICTS, Checked
from graph.profile import Line
from graph.reading import Reader
from graph.reports import Numbers
from graph.section import Section
from graph.writers import Cell, Table
from ontology import Labels, compact, in_language, local

QUERIES = (
    *("reported-aggregates", "incomparable-counts", "attributions", "date-conflicts", "disputed-values"),
    *("order-reversed", "order-claims", "facets-of-one-date", "ranks-in-conflict", "thresholds-not-applied"),
    "claims-of-order-without-dates",
)
"""The named queries from which claims are checked."""

_WORDS: dict[str, Labels] = {
    "none": {"en": "no claim of that kind", "zh-hans": "没有这样的说法"},
    "claims": {"en": "Reported counts and shares, checked", "zh-hans": "报道的计数与占比：核对"},
    "against": {
        "en": "What cannot all be true, or is compared but unlike",
        "zh-hans": "不能同时为真者，与口径不同的比较",
    },
    "base": {"en": "{} claims, each listed once", "zh-hans": "{} 条说法，每条一次"},
    "note": {
        "en": "A member that no source here decides is undecided, never a no: bounds run from those that meet a "
        "criterion to those that may.",
        "zh-hans": "来源未能判定的成员为未定，不作否定：区间下限为确知满足者，上限为可能满足者。",
    },
}

_COLUMNS: dict[str, Labels] = {
    "verdict": {"en": "verdict", "zh-hans": "判定"},
    "claim": {"en": "claim", "zh-hans": "说法"},
    "says": {"en": "says", "zh-hans": "所称"},
    "reported": {"en": "reported", "zh-hans": "报道数"},
    "low": {"en": "at least", "zh-hans": "至少"},
    "high": {"en": "at most", "zh-hans": "至多"},
    "members": {"en": "members", "zh-hans": "成员"},
    "why": {"en": "why", "zh-hans": "理由"},
    "rules": {"en": "rules", "zh-hans": "规则"},
    "sources": {"en": "sources", "zh-hans": "来源"},
}


def says(claim: Checked, reader: Reader) -> str:
    """The claim in words: what each of its nodes holds, and arguments as they are put."""
    if paraphrases := [s.paraphrase for s in claim.told if s.kind in ("opinion", "causal", "forecast")]:
        return " / ".join(in_language(paraphrase, reader.language) for paraphrase in paraphrases)
    return " ↔ ".join(_holds(node, reader) for node in claim.nodes)


def claims_screen(checked: Sequence[Checked], reader: Reader, whole: bool) -> str:
    """Claims by verdict, each with who says it and where, and what the rules find."""
    if not checked:
        return in_language(_WORDS["none"], reader.language) + "\n"
    numbers = Numbers(reader)
    parts: dict[str, list[Line]] = {}
    for verdict, heading in VERDICTS.items():
        same = [claim for claim in checked if claim.verdict == verdict]
        lines = [line for claim in same for line in _lines(claim, reader, numbers)]
        if lines:
            parts[f"{in_language(heading, reader.language)} · {len(same)}"] = lines
    return screen.show_lines(parts, numbers.sources(), reader.language, whole, every_row=True)


def claims_table(checked: Sequence[Checked], reader: Reader) -> Table:
    """One row for each claim: verdict, what is printed, what the graph allows, and why."""
    rows: list[list[Cell]] = [
        [
            claim.verdict,
            NamedNode(claim.nodes[0]),
            says(claim, reader),
            claim.reported,
            *(claim.bounds or (None, None)),
            "; ".join(compact(member) for member in claim.members),
            "; ".join(finding.say(reader) for finding in claim.findings),
            "; ".join(dict.fromkeys(finding.rule.name for finding in claim.findings)),
            "; ".join(f"{compact(s.source)} {s.locator}" for s in claim.told),
        ]
        for claim in checked
    ]
    columns = ["verdict", "claim", "says", "reported", "low", "high", "members", "why", "rules", "sources"]
    return Table(columns, rows, label=reader.label, words={**_COLUMNS, **VERDICTS}, language=reader.language)


def sections(checked: Sequence[Checked], reader: Reader) -> list[Section]:
    """The aggregates, and what is set against what, as two sections of the report."""
    whole = claims_table(checked, reader)
    found = []
    for key, is_aggregate in (("claims", True), ("against", False)):
        kept = [n for n, claim in enumerate(checked) if ("/aggregate/" in claim.nodes[0]) is is_aggregate]
        told = [s.source for n in kept for s in checked[n].told]
        documents = sorted(set(told))
        found.append(
            Section(
                key="claims" if is_aggregate else "contradictions",
                title=_WORDS[key],
                table=replace(whole, rows=[whole.rows[n] for n in kept]),
                base={language: form.format(len(kept)) for language, form in _WORDS["base"].items()},
                notes=(_WORDS["note"],) if is_aggregate else (),
                queries=QUERIES[:3] if is_aggregate else QUERIES[3:],
                sources=tuple(map(compact, documents)),
                coverage=reader.latest(documents),
            )
        )
    return found


def _holds(node: str, reader: Reader) -> str:
    """What a node holds; of a thing, its label."""
    values = reader.node(node)
    kind = local(values["type"][0]) if "type" in values else ""
    if kind in ("Ranking", "Criterion", "Organization", "Product", "Person", ""):
        return reader.label(node)
    return phrases.describe(values, reader) or reader.caption(kind)


def _lines(claim: Checked, reader: Reader, numbers: Numbers) -> list[Line]:
    places = ", ".join(dict.fromkeys(s.locator for s in claim.told if s.locator))
    speakers = {reader.label(s.by) if s.by else s.speaker for s in claim.told} - {""}
    comma = "、" if reader.language == "zh-hans" else ", "
    cited = numbers.cite([s.iri for s in claim.told], {s.iri: s.locator for s in claim.told})
    first = Line("", says(claim, reader), when=places, speaker=comma.join(sorted(speakers)), mark="▪", citations=cited)
    graver = [f for f in claim.findings if f.rule.verdict != NOTE] + [
        f for f in claim.findings if f.rule.verdict == NOTE
    ]
    return [first, *(Line("", finding.say(reader), mark="  –") for finding in graver)]
