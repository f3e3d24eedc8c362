"""Checks one entry of a fact file and turns it into a JSON-LD node.

The JSON-LD parser forgives too much (unknown keys vanish, impossible dates pass), so every key, type,
reference, date and figure is checked here first, and the short forms that people write are spelled
out: `when: 2025-06` becomes two bounds, `count: over 60` a number and its qualifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from graph import dates, figures
from graph.errors import Finding
from graph.values import ARGUMENTS
from graph.yamlfile import Record
from ontology import CHUHAI, CONCEPT, SOURCE, expand
from ontology.records import Property, Vocabulary

Node = dict[str, Any]

SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?")
_COMMON = ("key", "about", "type", "kind", "at", "by", "speaker", "paraphrase", "denies", "ref")
SPANS = {"when": ("notBefore", "notAfter"), "since": ("validFrom", "heldFrom"), "until": ("heldTo", "validTo")}
FIGURES = {"amount", "count", "outOf", "share", "position", "threshold"}
_NO_KEYS = {
    "notBefore", "notAfter", "validFrom", "heldFrom", "heldTo", "validTo", "currency", "dateText", "statusBy",
    "formerName",
}  # fmt: skip
"""Properties that other keys give, and names, which stand in the register."""

TOGETHER = (("since", "until", "attested"), ("status", "statusOn"), ("amount", "threshold"))
"""Keys whose values bear on one another; what other keys say of a thing is checked for each by itself.

Without `attested`, `since` and `until` have only to be in order.
"""

ENDS = {"from": ("fromPlace", "fromOrganization"), "to": ("toPlace", "toOrganization")}


@dataclass
class Reference:
    """A mention of something else, to be looked up when every file has been read."""

    iri: str
    report: Callable[[str, str], None]


@dataclass
class Checker:
    """Collects the findings and the references of one file."""

    file: str
    vocabulary: Vocabulary
    findings: list[Finding] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """What statements with findings are about, and they themselves: missing only until they are mended."""

    def report(self, record: Record, key: str, problem: str, remedy: str, line: int = 0) -> None:
        """Add a finding at the line of a key of a record, or at a line further in."""
        line = line or record.lines.get(key, record.line)
        statement = record.get("key") or record.get("id") or ""
        self.findings.append(Finding(self.file, line, str(statement), problem, remedy))

    def taken(self) -> tuple[list[Finding], list[str]]:
        """The findings so far and the IRIs of the references, which are forgotten."""
        findings, references = self.findings, [reference.iri for reference in self.references]
        self.findings, self.references = [], []
        self.broken.clear()
        return findings, references

    def text(self, record: Record, key: str, required: bool = False) -> str | None:
        """The value of a key as one non-empty string."""
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None:
            self.report(record, key, f"'{key}' is no text", f"write '{key}: …' on one line")
        elif required:
            self.report(record, "", f"'{key}' is missing", f"add '{key}: …'")
        return None

    def languages(self, record: Record, key: str, required: tuple[str, ...] = ()) -> Node | None:
        """A mapping from language tags to texts, or to lists of texts."""
        value = record.get(key)
        if not isinstance(value, Record):
            if value is not None or required:
                self.report(record, key, f"'{key}' has no languages", f"write '{key}: {{en: …, zh-hans: …}}'")
            return None
        for language, texts in value.items():
            several = texts if isinstance(texts, list) else [texts]
            line = value.lines[language]
            if not LANGUAGE.fullmatch(language):
                self.report(record, key, f"'{language}' is no language tag", "use en, zh-hans or zh-hant", line)
            elif not several or not all(isinstance(t, str) and t.strip() for t in several):
                self.report(record, key, f"'{language}' is empty", "write the text or leave the line out", line)
        for language in required:
            if language not in value:
                self.report(record, key, f"'{key}' has no {language}", f"add '{language}: …'")
        return dict(value)

    def numbers(self, record: Record, key: str = "ref") -> list[str] | None:
        """The numbers under which other lists know an entry: one text or several."""
        value = record.get(key)
        several: list[Any] = value if isinstance(value, list) else [value]
        if all(isinstance(item, str) and item.strip() for item in several):
            return several
        self.report(record, key, f"'{key}' is no text", f"write '{key}: S001' or '{key}: [S001, S002]'")
        return None

    def unknown(self, record: Record, key: str, known: list[str]) -> None:
        """Report a key that is not known there, with the nearest one that is."""
        near = get_close_matches(key, known, 1)
        remedy = f"did you mean '{near[0]}'?" if near else "known here: " + ", ".join(sorted(known))
        self.report(record, key, f"unknown key '{key}'", remedy)

    def reference(self, record: Record, key: str, value: Any, targets: frozenset[str] = frozenset()) -> str | None:
        """Check the form of `kind/slug` (or `source/slug`) and remember it for the look-up.

        Returns:
            The IRI, or None after a finding.
        """
        kind, _, slug = value.partition("/") if isinstance(value, str) else ("", "", "")
        kinds = self.vocabulary.slug_kinds
        if kind not in kinds.values() or not SLUG.fullmatch(slug):
            remedy = "write kind/slug, such as organization/heygen"
            self.report(record, key, f"'{value}' is no reference", remedy)
            return None
        if targets and not any(kinds[target] == kind for target in targets):
            words = " or ".join(sorted({kinds[target] for target in targets}))
            self.report(record, key, f"'{key}' is a {kind}", f"it takes a reference to {words}")
            return None
        iri = expand(value)
        self.mention(record, key, iri)
        return iri

    def mention(self, record: Record, key: str, iri: str) -> None:
        """Remember an IRI for the look-up."""
        self.references.append(Reference(iri, lambda problem, remedy: self.report(record, key, problem, remedy)))

    def concept(self, record: Record, key: str, value: Any, scheme: str, applies_to: str | None = None) -> str | None:
        """Check that a value is a concept of a scheme, and usable for a class.

        Returns:
            The IRI, or None after a finding.
        """
        known = self.vocabulary.concepts_of(scheme, applies_to)
        if isinstance(value, str) and value in known:
            return CONCEPT + value
        near = get_close_matches(str(value), sorted(known), 1)
        remedy = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(sorted(known))
        self.report(record, key, f"'{value}' is no {scheme} known here", remedy)
        return None

    def span(self, record: Record, key: str) -> dates.Span | None:
        """Read a date expression."""
        text = self.text(record, key)
        if text is None:
            return None
        try:
            return dates.parse(text)
        except ValueError as error:
            self.report(record, key, str(error), "write 2025, 2025-06, 2025-06-18, or a span a/b")
            return None

    def figure(self, record: Record, key: str) -> figures.Figure | None:
        """Read a figure."""
        text = self.text(record, key)
        if text is None:
            return None
        try:
            return figures.parse(text)
        except ValueError as error:
            self.report(record, key, str(error), "write 60, over 60, or USD 75000000")
            return None


def statement(record: Record, slug: str, checker: Checker) -> Node | None:
    """Check one statement of the source `slug`.

    Returns:
        Its JSON-LD node, or None when findings keep it out.
    """
    before = len(checker.findings)
    key = checker.text(record, "key", required=True) or ""
    if key and not SLUG.fullmatch(key):
        checker.report(record, "key", f"'{key}' is no key", "use lower-case letters, digits and hyphens")
    kind = concept = None
    if "kind" in record:
        concept = checker.concept(record, "kind", record["kind"], "statement-kind")
        kind = record["kind"] if concept is not None else None
    else:
        checker.report(record, "", "'kind' is missing", "add 'kind: fact' or rumour, denial, opinion …")
    node: Node = {"id": f"{SOURCE}{slug}#{key}", "@type": "Statement", "statementKind": concept}
    node["locator"] = checker.text(record, "at", required=True)
    _speaker(record, checker, node)
    if "ref" in record:
        node["ref"] = checker.numbers(record)
    argued = kind in ARGUMENTS
    if "paraphrase" in record or argued:
        node["paraphrase"] = checker.languages(record, "paraphrase", ("en", "zh-hans") if argued else ())
    _denial(record, checker, node, kind)
    if argued:
        _argument(record, checker, node)
    elif kind is not None or "type" in record:
        _account(record, checker, node)
    if len(checker.findings) == before:
        return {k: v for k, v in node.items() if v is not None}
    checker.broken.add(node["id"])
    if isinstance(record.get("about"), str):
        checker.broken.add(expand(record["about"]))
    return None


def _speaker(record: Record, checker: Checker, node: Node) -> None:
    if "by" in record:
        targets = frozenset({"Organization", "Person"})
        node["by"] = checker.reference(record, "by", record["by"], targets)
    if "speaker" in record:
        node["speaker"] = checker.text(record, "speaker")


def _denial(record: Record, checker: Checker, node: Node, kind: str | None) -> None:
    denied = record.get("denies")
    if denied is None:
        if kind == "denial":
            checker.report(record, "kind", "the denial denies nothing", "add 'denies: source-slug#key' or an event")
        return
    if kind != "denial":
        checker.report(record, "denies", "only a denial denies", "set 'kind: denial' or drop 'denies'")
    found = []
    for item in denied if isinstance(denied, list) else [denied]:
        if isinstance(item, str) and "#" in item:
            checker.mention(record, "denies", SOURCE + item)
            found.append(SOURCE + item)
        else:
            found.append(checker.reference(record, "denies", item) or "")
    node["denies"] = found


def _argument(record: Record, checker: Checker, node: Node) -> None:
    about = record.get("about")
    several = about if isinstance(about, list) else [about]
    if not about:
        checker.report(record, "", "'about' is missing", "name what the argument is about")
    else:
        node["about"] = [checker.reference(record, "about", item) for item in several]
    for key in record:
        if key not in _COMMON or key == "type":
            remedy = "an argument has a paraphrase and no values; state facts in a statement of their own"
            checker.report(record, key, f"'{key}' in an argument", remedy)


def _account(record: Record, checker: Checker, node: Node) -> None:
    vocabulary = checker.vocabulary
    type_name = checker.text(record, "type", required=True)
    if type_name is None:
        return
    if type_name not in vocabulary.classes or type_name not in vocabulary.slug_kinds:
        near = get_close_matches(type_name, list(vocabulary.slug_kinds), 1)
        remedy = f"did you mean '{near[0]}'?" if near else "see the list of types in docs/ontology.md"
        checker.report(record, "type", f"unknown type '{type_name}'", remedy)
        return
    node["aboutType"] = CHUHAI + type_name
    about = checker.text(record, "about", required=True)
    if about is not None:
        node["about"] = checker.reference(record, "about", about, frozenset({type_name}))
    told(record, type_name, checker, node)


def told(record: Record, type_name: str, checker: Checker, node: Node) -> None:
    """Check what a record tells of an event, situation or thing, and put it into a node.

    Args:
        record: a statement, or such of its keys that no others bear on them (TOGETHER).
        type_name: the class of what it tells of.
        checker: takes the findings and the references.
        node: to which the properties are added.
    """
    allowed = checker.vocabulary.properties_of(type_name)
    for key in record:
        if key not in _COMMON:
            _value(record, key, allowed, type_name, checker, node)
    if "attested" in record:
        _attest(record, checker, node)
    for first, last in (("validFrom", "heldFrom"), ("heldTo", "validTo")):
        if node.get(first) and node.get(last) and node[first] > node[last]:
            checker.report(record, "", f"{first} lies after {last}", "mend 'since', 'until' or 'attested'")
    if node.get("validFrom") and node.get("validTo") and node["validFrom"] > node["validTo"]:
        checker.report(record, "until", "it ends before it begins", "mend 'since' or 'until'")


def _value(
    record: Record, key: str, allowed: dict[str, Property], type_name: str, checker: Checker, node: Node
) -> None:
    if key in SPANS and SPANS[key][0] in allowed:
        if (span := checker.span(record, key)) is not None:
            node.update(zip(SPANS[key], span, strict=True))
    elif key == "attested" and "heldTo" in allowed:
        pass
    elif key == "statusOn" and "statusBy" in allowed:
        _status_on(record, checker, node)
    elif key == "words" and "dateText" in allowed:
        node["dateText"] = checker.text(record, key)
    elif key in FIGURES and key in allowed:
        _figure(record, key, allowed, checker, node)
    elif key in ENDS and (prop := next((p for p in ENDS[key] if p in allowed), None)):
        node[prop] = _plain(record, key, allowed[prop], type_name, checker)
    elif key in allowed and key not in _NO_KEYS and not key.endswith("Qualifier"):
        node[key] = _plain(record, key, allowed[key], type_name, checker)
    else:
        checker.unknown(record, key, keys_of(allowed))


def keys_of(allowed: Mapping[str, Property]) -> list[str]:
    """The keys of a statement whose type has these properties, as fact files write them."""
    known = [n for n in allowed if n not in _NO_KEYS and not n.endswith("Qualifier")]
    known += [k for k, (first, _) in SPANS.items() if first in allowed]
    known += [k for k, ends in ENDS.items() if any(e in allowed for e in ends)]
    known += ["statusOn"] * ("statusBy" in allowed) + ["words"] * ("dateText" in allowed)
    return [*known, *["attested"] * ("heldTo" in allowed), *_COMMON]


def _figure(record: Record, key: str, allowed: dict[str, Property], checker: Checker, node: Node) -> None:
    figure = checker.figure(record, key)
    if figure is None:
        return
    has_currency = key in {"amount", "threshold"}
    if bool(figure.currency) != has_currency:
        remedy = "write the ISO 4217 code first: USD 75000000" if has_currency else "leave the currency out"
        checker.report(record, key, f"'{record[key]}' as {key}", remedy)
        return
    if allowed[key].range == "xsd:integer" and figure.number != int(figure.number):
        checker.report(record, key, f"'{record[key]}' is no whole number", "a count is a whole number")
        return
    node[key] = f"{figure.number:f}"
    if figure.currency:
        node["currency"] = figure.currency
    if figure.qualifier and f"{key}Qualifier" in allowed:
        node[f"{key}Qualifier"] = CONCEPT + figure.qualifier
    elif figure.qualifier:
        checker.report(record, key, f"'{figure.qualifier}' with {key}", "write the plain number")


def _status_on(record: Record, checker: Checker, node: Node) -> None:
    """The day of a status apart from the event's own: that a deal was blocked, not that it was agreed."""
    if "status" not in record:
        checker.report(record, "statusOn", "a day without its status", "add the status that was reached then")
    elif (span := checker.span(record, "statusOn")) is not None:
        node["statusBy"] = span.last or span.first


def _attest(record: Record, checker: Checker, node: Node) -> None:
    """An attested day is a day on which the situation held: it bounds the start and the end."""
    span = checker.span(record, "attested")
    if span is None:
        return
    if span.first is None or span.last is None:
        checker.report(record, "attested", f"'{record['attested']}' is open", "write the day or the days it held")
        return
    node["heldFrom"] = min(node.get("heldFrom") or span.last, span.last)
    node["heldTo"] = max(node.get("heldTo") or span.first, span.first)


def _plain(record: Record, key: str, prop: Property, type_name: str, checker: Checker) -> Any:
    value = record[key]
    if isinstance(value, list) and value:
        if prop.functional:
            checker.report(record, key, f"'{key}' has several values", "it takes one; add a second statement")
            return None
        return [_single(record, key, item, prop, type_name, checker) for item in value]
    return _single(record, key, value, prop, type_name, checker)


def _single(record: Record, key: str, value: Any, prop: Property, type_name: str, checker: Checker) -> Any:
    if prop.scheme is not None:
        return checker.concept(record, key, value, prop.scheme, type_name if key == "subtype" else None)
    if prop.is_object:
        return checker.reference(record, key, value, prop.targets)
    if not isinstance(value, str) or not value.strip():
        checker.report(record, key, f"'{key}' is empty", "write a value or leave the line out")
        return None
    forms = {"xsd:integer": "[0-9]+", "xsd:boolean": "true|false", "xsd:decimal": r"[0-9]+(\.[0-9]+)?"}
    form = forms.get(prop.range or "")
    if form is not None and not re.fullmatch(form, value):
        checker.report(record, key, f"'{value}' is no {prop.range}", "mend the value")
        return None
    return value
