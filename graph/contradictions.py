"""Statements that are set against one another: what cannot all be true, and what is compared but unlike.

Each rule reads one named query and gives pairs: what the claim is about with the statements behind it, and the
values that the words of the rule name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from graph import dates, phrases
from graph.aggregates import Known
from graph.dates import Span
from graph.definitions import ASPECTS
from graph.findings import AGREES, CONTRADICTION, UNCHECKED, UNLIKE, Checked, Finding, Rule, Value
from graph.reading import Statement
from graph.values import SPANS, Values, span
from ontology import CONCEPT, Labels, compact, expand, in_language, vocabulary

_Row = dict[str, str]


class Set(NamedTuple):
    """What is set against what: the IRIs it is about, the statements behind it, and the values for the words."""

    nodes: tuple[str, ...]
    told: tuple[Statement, ...]
    values: Mapping[str, Value]


def dates_apart(known: Known) -> Iterator[Set]:
    """Documents date the same stage of one event to periods that do not overlap."""
    for event, each in groupby(known.rows("date-conflicts"), key=lambda row: row["event"]):
        sources = {row[name] for row in each for name in ("earlierSource", "laterSource")}
        told = [s for s in known.reader.told(expand(event)) if compact(s.source) in sources]
        dated = tuple(s for s in told if "notBefore" in s.values or "notAfter" in s.values)
        spans = sorted(
            {span(s.values, "notBefore") for s in dated}, key=lambda days: (days.first or "", days.last or "")
        )
        yield Set((expand(event),), dated, {"days": _joined([_day(each) for each in spans])})


def values_apart(known: Known) -> Iterator[Set]:
    """Documents give values of one property of one thing or event that cannot both be true."""
    for (node, curie), each in groupby(known.rows("disputed-values"), key=lambda row: (row["node"], row["property"])):
        name = curie.partition(":")[2]
        iris = {expand(row["statement"]) for row in each}
        if name in SPANS or node.startswith("aggregate/"):
            continue
        told = tuple(s for s in known.reader.told(expand(node)) if s.iri in iris)
        shown = sorted({phrases.describe(_of(name, s.values), known.reader) for s in told})
        values: dict[str, Value] = {"property": vocabulary().properties[name].label, "values": " / ".join(shown)}
        yield Set((expand(node),), told, values)


def effect_before_cause(known: Known) -> Iterator[Set]:
    """An event is dated before what it follows from, or a part outside of its whole."""
    for row in known.rows("order-reversed"):
        nodes = (expand(row["effect"]), expand(row["cause"]))
        told = tuple(s for node in nodes for s in known.reader.told(node) if "notBefore" in s.values)
        yield Set(nodes, told, {"effect": _held(nodes[0], known), "cause": _held(nodes[1], known)})


def order_refuted(known: Known) -> Iterator[Set]:
    """A source places one event before another, and the dates say the reverse."""
    return _orders(known, "refuted")


def order_kept(known: Known) -> Iterator[Set]:
    """A source places one event before another, and the dates agree."""
    return _orders(known, "kept")


def order_untold(known: Known) -> Iterator[Set]:
    """A source places one event before another, and the dates overlap or are missing."""
    return _orders(known, "untold")


def one_date_for_two(known: Known) -> Iterator[Set]:
    """One document dates two facets of a relocation by the same words, and the facets are held to lie apart."""
    return _facets(known, "true")


def one_date_untold(known: Known) -> Iterator[Set]:
    """One document dates two facets of a relocation by the same words: which of them it dates is not known."""
    return _facets(known, "false")


def ranks_apart(known: Known) -> Iterator[Set]:
    """Two members of a list stand at one rank, a rank lies beyond the list, or one is said to lead who ranks behind."""
    for row in known.rows("ranks-in-conflict"):
        nodes = tuple(expand(row[name]) for name in ("entry", "other") if row[name])
        told = tuple(s for node in nodes for s in known.reader.told(node))
        against = int(row["otherPosition"]) if row["other"] else int(row["size"])
        yield Set(nodes, told, {"position": int(row["position"]), "against": against})


def lists_unlike(known: Known) -> Iterator[Set]:
    """One document gives shares of two lists that differ in criterion, metric, market, period or population."""
    for row in known.rows("incomparable-counts"):
        ends = {(row["ranking"], row["criterion"]), (row["otherRanking"], row["otherCriterion"])}
        source = expand(row["source"])
        told = tuple(
            statement
            for claim in known.aggregates
            if (compact(claim.ranking), compact(claim.criterion)) in ends
            for statement in claim.told
            if statement.source == source and "share" in statement.values
        )
        both = [_measured(known, told, row[ranking], row[by]) for ranking, by in _ENDS]
        differs = {
            language: {"en": "; ", "zh-hans": "；"}[language].join(
                f"{ASPECTS[name][language]} {_against(both, name, known, language)}" for name in row["differs"].split()
            )
            for language in ("en", "zh-hans")
        }
        yield Set((expand(row["ranking"]), expand(row["otherRanking"])), told, {"differs": differs})


def label_beside_threshold(known: Known) -> Iterator[Set]:
    """A document draws a line by a value and labels a thing on one side of it without giving its value."""
    for row in known.rows("thresholds-not-applied"):
        label, definition, source = (expand(row[name]) for name in ("label", "definition", "source"))
        near = [node for name, node in known.reader.neighbours(expand(row["thing"])) if name == "subject"]
        assessments = tuple(node for node in near if known.reader.node(node).get("criterion") == (label,))
        told = (s for node in (*assessments, definition) for s in known.reader.told(node) if s.source == source)
        values = {"definition": definition, "metric": CONCEPT + row["metric"].partition(":")[2]}
        yield Set((*assessments, definition), tuple(told), values)


def order_of_undated(known: Known) -> Iterator[Set]:
    """An argument speaks of an order in time among things of which fewer than two have a date."""
    for row in known.rows("claims-of-order-without-dates"):
        about = known.reader.statements(expand(row["criterion"]))
        told = tuple(s for s in about if s.paraphrase.get("en") == row["paraphrase"])
        yield Set((expand(row["criterion"]),), told, {"bearers": row["bearers"], "dated": row["dated"]})


def contradictions(known: Known) -> Iterator[Checked]:
    """Everything that the rules find, rule by rule."""
    for rule in RULES:
        for nodes, told, values in rule.find(known):
            yield Checked(nodes, told, (Finding(rule, values),))


def _facets(known: Known, apart: str) -> Iterator[Set]:
    for row in known.rows("facets-of-one-date"):
        if row["apart"] == apart:
            nodes = (expand(row["facet"]), expand(row["otherFacet"]))
            iris = (expand(row["statement"]), expand(row["otherStatement"]))
            told = tuple(s for node in nodes for s in known.reader.told(node) if s.iri in iris)
            day = row["words"] or _day(Span(row["notBefore"], row["notAfter"]))
            first, then = (_held(node, known) for node in nodes)
            yield Set(nodes, told, {"day": day, "first": first, "then": then})


def _orders(known: Known, wanted: str) -> Iterator[Set]:
    for row in known.rows("order-claims"):
        first = Span(row["notBefore"] or None, row["notAfter"] or None)
        then = Span(row["laterNotBefore"] or None, row["laterNotAfter"] or None)
        kept = first.last and then.first and first.last < then.first
        refuted = first.first and then.last and then.last < first.first
        if wanted == ("kept" if kept else "refuted" if refuted else "untold"):
            nodes = (expand(row["event"]), expand(row["later"]))
            told = tuple(s for s in known.reader.told(nodes[0]) if s.iri == expand(row["statement"]))
            yield Set(nodes, told, {"first": _day(first), "then": _day(then)})


_UNSTATED: Labels = {"en": "not stated", "zh-hans": "未说明"}
_WHOLE: Labels = {"en": "the whole list", "zh-hans": "全榜"}
_ENDS = (("ranking", "criterion"), ("otherRanking", "otherCriterion"))


def _measured(known: Known, told: Iterable[Statement], ranking: str, criterion: str) -> Mapping[str, str | Labels]:
    """What one share measures: IRIs of criterion, population, metric and market, and the period in words."""
    held = known.reader.node(expand(ranking))
    said = next((s.values for s in told if s.values.get("ranking") == (expand(ranking),)), {})
    found: dict[str, str | Labels] = {"criterion": expand(criterion)}
    found |= {
        name: values[name][0] for values in (held, said) for name in ("metric", "scope", "population") if name in values
    }
    period = span(held, "notBefore")
    return {**found, "period": _day(period)} if period.first or period.last else found


def _against(both: Sequence[Mapping[str, str | Labels]], name: str, known: Known, language: str) -> str:
    shown = []
    for each in both:
        value = each.get(name)
        if value is None:
            shown.append((_WHOLE if name == "population" else _UNSTATED)[language])
        else:
            shown.append(
                in_language(known.reader.labels(value), language) if isinstance(value, str) else value[language]
            )
    return " / ".join(shown)


def _day(days: Span) -> Labels:
    undated = {"en": "undated", "zh-hans": "无日期"}
    return {language: dates.show(days, language) or undated[language] for language in undated}


def _held(node: str, known: Known) -> Labels:
    return _day(span(known.reader.node(node), "notBefore"))


def _joined(several: Sequence[Labels]) -> Labels:
    return {language: " / ".join(each[language] for each in several) for language in ("en", "zh-hans")}


def _of(name: str, values: Values) -> Values:
    return {key: held for key, held in values.items() if key in (name, f"{name}Qualifier", "currency")}


RULES = (
    Rule("dates-apart", CONTRADICTION, dates_apart, {
        "en": "dated {days}: these do not overlap", "zh-hans": "所记时间 {days}，互不重叠",
    }),
    Rule("values-apart", CONTRADICTION, values_apart, {
        "en": "{property}: {values} cannot all be true", "zh-hans": "{property}：{values}不能同时为真",
    }),
    Rule("effect-before-cause", CONTRADICTION, effect_before_cause, {
        "en": "dated {effect}, what it follows from or is part of {cause}",
        "zh-hans": "记于{effect}，而其前因或所属整体记于{cause}",
    }),
    Rule("order-refuted", CONTRADICTION, order_refuted, {
        "en": "said to come first, but dated {first} against {then}",
        "zh-hans": "称前者在先，而所记时间为{first}与{then}",
    }),
    Rule("one-date-for-two", CONTRADICTION, one_date_for_two, {
        "en": "one date ({day}) covers both facets, which lie apart: {first} and {then}",
        "zh-hans": "同一时间（{day}）兼指两个方面，而二者并不同时：{first}与{then}",
    }),
    Rule("ranks-apart", CONTRADICTION, ranks_apart, {
        "en": "rank {position} against {against}", "zh-hans": "第 {position} 名，与 {against} 相抵",
    }),
    Rule("lists-unlike", UNLIKE, lists_unlike, {
        "en": "unlike: {differs}", "zh-hans": "口径不同：{differs}",
    }),
    Rule("label-beside-threshold", UNLIKE, label_beside_threshold, {
        "en": "the document draws the line at “{definition}” and gives no {metric} here",
        "zh-hans": "同文以“{definition}”划线，此处却未给出{metric}",
    }),
    Rule("one-date-untold", UNCHECKED, one_date_untold, {
        "en": "one date ({day}) for both facets; nothing here tells them apart",
        "zh-hans": "两个方面同用一个时间（{day}），此处无从区分",
    }),
    Rule("order-untold", UNCHECKED, order_untold, {
        "en": "said to come first; the dates ({first}; {then}) do not tell",
        "zh-hans": "称前者在先；所记时间（{first}；{then}）无从判断",
    }),
    Rule("order-of-undated", UNCHECKED, order_of_undated, {
        "en": "it speaks of an order in time; of {bearers} such things {dated} have a date",
        "zh-hans": "论及先后，而此类 {bearers} 个中仅 {dated} 个有日期",
    }),
    Rule("order-kept", AGREES, order_kept, {
        "en": "said to come first, and dated so: {first}, then {then}",
        "zh-hans": "称前者在先，所记时间相符：{first}，{then}",
    }),
)  # fmt: skip
"""The rules on statements that are set against one another."""
