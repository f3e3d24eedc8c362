"""How much a graph holds, and what it covers: counts as VoID names them, first and last days, languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, Quad

from graph import dates
from graph.dates import Span
from graph.terms import iri
from ontology import CHUHAI, PREFIXES, RDF_TYPE, REGISTER, RESOLVED, SOURCE, SPACE, vocabulary

_TITLE, _SCHEMA = PREFIXES["dcterms"] + "title", PREFIXES["schema"]
_Pairs = set[tuple[str, str]]


@dataclass
class Counts:
    """Distinct triples, and what they are about; terms in their N-Triples form, IRIs of predicates and classes."""

    triples: set[tuple[str, str, str]] = field(default_factory=set)
    by_property: dict[str, _Pairs] = field(default_factory=lambda: defaultdict(set))
    by_class: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, quad: Quad) -> None:
        """Count the triple of a quad."""
        subject, predicate, value = str(quad.subject), quad.predicate.value, str(quad.object)
        self.triples.add((subject, predicate, value))
        self.by_property[predicate].add((subject, value))
        if predicate == RDF_TYPE:
            self.by_class[iri(quad.object)].add(subject)

    def numbers(self) -> dict[str, int]:
        """The counts by their VoID names."""
        subjects = {s for s, _, _ in self.triples}
        return {
            "triples": len(self.triples),
            "entities": sum(s.startswith("<" + SPACE) for s in subjects),
            "classes": len(self.by_class),
            "properties": len(self.by_property),
            "distinctSubjects": len(subjects),
            "distinctObjects": len({o for _, _, o in self.triples}),
        }

    def sources(self) -> int:
        """How many source documents there are."""
        return len(self.by_class.get(CHUHAI + "Source", ()))

    def publishers(self) -> int:
        """How many publishers the source documents have."""
        documents = self.by_class.get(CHUHAI + "Source", set())
        return len({value for subject, value in self.by_property.get(CHUHAI + "publisher", ()) if subject in documents})

    def vocabularies(self) -> list[str]:
        """Namespaces of the properties and classes in use."""
        return sorted({re.sub(r"[^/#]*$", "", name) for name in (*self.by_property, *self.by_class)})


@dataclass
class Coverage:
    """First and last of events and of dated documents; languages of names and paraphrases, and of the sources."""

    events: tuple[Span, Span] | None
    documents: tuple[Span, Span] | None
    languages: list[str]
    languages_of_sources: list[str]


def coverage(quads: Iterable[Quad]) -> Coverage:
    """What the quads of a graph cover."""
    words = vocabulary()
    bounds: dict[str, dict[str, str]] = defaultdict(dict)
    events: set[str] = set()
    published: list[Span] = []
    tags: set[str] = set()
    spoken: set[str] = set()
    for quad in quads:
        name, value, where = quad.predicate.value, quad.object, iri(quad.graph_name)
        if isinstance(value, Literal):
            if value.language and name != _TITLE and where.startswith((SOURCE, REGISTER)):
                tags.add(value.language)
            elif name in (CHUHAI + "notBefore", CHUHAI + "notAfter") and where == RESOLVED:
                bounds[iri(quad.subject)][name] = value.value
            elif name == _SCHEMA + "datePublished":
                published.append(dates.parse(value.value))
            elif name == _SCHEMA + "inLanguage":
                spoken.add(value.value)
        elif name == RDF_TYPE and where == RESOLVED:
            kind = iri(value).removeprefix(CHUHAI)
            if kind in words.classes and words.is_a(kind, "Event"):
                events.add(iri(quad.subject))
    told = (bounds[event] for event in events & bounds.keys())
    spans = [Span(b.get(CHUHAI + "notBefore"), b.get(CHUHAI + "notAfter")) for b in told]
    return Coverage(_ends(spans), _ends(published), sorted(tags), sorted(spoken))


def _ends(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """The span that has surely ended first and the one that has surely begun last."""
    found = sorted(spans, key=str)
    if not found:
        return None
    ended = [s for s in found if s.last is not None] or found
    begun = [s for s in found if s.first is not None] or found
    return min(ended, key=lambda s: s.last or ""), max(begun, key=lambda s: s.first or "")
