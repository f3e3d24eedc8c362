"""How much a graph holds, and what it covers: counts as VoID names them, first and last days, languages.

What is distinct is counted along lines in order, which are sorted on disk: by subject for triples and subjects, by
object for objects. Memory holds the classes, the properties, and the days and publishers of documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pyoxigraph import Quad

from graph import dates
from graph.dates import Span
from graph.lines import has_language, literal, ordered, value
from graph.terms import iri
from ontology import CHUHAI, PREFIXES, RDF_TYPE, REGISTER, RESOLVED, SPACE, vocabulary

WHOLE = ""
"""The name of all parts together."""

_TITLE, _SCHEMA = PREFIXES["dcterms"] + "title", PREFIXES["schema"]
_BOUNDS = (CHUHAI + "notBefore", CHUHAI + "notAfter")


@dataclass
class Counts:
    """Distinct triples and what they are about; those of one property or class by its IRI."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    triples_of: Counter[str] = field(default_factory=Counter)
    subjects_of: Counter[str] = field(default_factory=Counter)
    objects_of: Counter[str] = field(default_factory=Counter)
    members_of: Counter[str] = field(default_factory=Counter)

    def numbers(self) -> dict[str, int]:
        """The counts by their VoID names."""
        return {
            "triples": self.triples,
            "entities": self.entities,
            "classes": len(self.members_of),
            "properties": len(self.triples_of),
            "distinctSubjects": self.subjects,
            "distinctObjects": self.objects,
        }

    def vocabularies(self) -> list[str]:
        """Namespaces of the properties and classes in use."""
        return sorted({re.sub(r"[^/#]*$", "", name) for name in (*self.triples_of, *self.members_of)})


@dataclass
class Coverage:
    """First and last of events and of dated documents; languages of names and paraphrases, and of the sources."""

    events: tuple[Span, Span] | None
    documents: tuple[Span, Span] | None
    languages: list[str]
    languages_of_sources: list[str]
    sources: int
    publishers: int


class Extent(NamedTuple):
    """Counts of each part and of the WHOLE by name, and what is covered."""

    counts: Mapping[str, Counts]
    covered: Coverage


class _Line(NamedTuple):
    """A triple and the part that holds it; terms as in N-Triples, the predicate without its brackets."""

    subject: str
    predicate: str
    object: str
    part: str


def extent(quads: Iterable[Quad], parts: Mapping[str, str], rest: str) -> Extent:
    """How much the quads of a graph are, and what they cover.

    Args:
        quads: of the whole graph, in any order.
        parts: a name for each graph that is a part by itself, by its IRI.
        rest: a name for all other graphs together, which are those of sources.
    """
    counts: dict[str, Counts] = defaultdict(Counts)
    told = _Told(parts[RESOLVED], {parts[REGISTER], rest})
    by_object = ordered(_by_subject(quads, parts, rest, counts, told))
    for _, group in groupby(map(_split, by_object), itemgetter(0)):
        seen: dict[str, set[str]] = defaultdict(set)
        for _, predicate, part in group:
            seen[part].add(predicate)
            seen[WHOLE].add(predicate)
        for part, predicates in seen.items():
            counts[part].objects += 1
            counts[part].objects_of.update(predicates)
    return Extent(counts, told.coverage())


def _by_subject(
    quads: Iterable[Quad], parts: Mapping[str, str], rest: str, counts: dict[str, Counts], told: _Told
) -> Iterator[str]:
    """Count what can be counted subject by subject; a line for each object, with predicate and part."""
    written = (f"{q.subject}\t{q.predicate.value}\t{q.object}\t{parts.get(iri(q.graph_name), rest)}\n" for q in quads)
    for subject, group in groupby((_Line(*_split(line)) for line in ordered(written)), itemgetter(0)):
        own = [*group]
        told.add(own)
        seen: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for line in own:
            seen[line.part][line.predicate, line.object] = None
            seen[WHOLE][line.predicate, line.object] = None
            yield f"{line.object}\t{line.predicate}\t{line.part}\n"
        for part, pairs in seen.items():
            found = counts[part]
            found.triples += len(pairs)
            found.subjects += 1
            found.entities += subject.startswith(f"<{SPACE}")
            found.triples_of.update(predicate for predicate, _ in pairs)
            found.subjects_of.update({predicate for predicate, _ in pairs})
            found.members_of.update(value(object_) for predicate, object_ in pairs if predicate == RDF_TYPE)


def _split(line: str) -> list[str]:
    return line[:-1].split("\t")


class _Told:
    """What is covered, told subject by subject; `resolved` is the part of what holds, `named` those with names."""

    def __init__(self, resolved: str, named: set[str]) -> None:
        self._resolved = resolved
        self._named = named
        self._events: set[Span] = set()
        self._published: set[Span] = set()
        self._tags: set[str] = set()
        self._spoken: set[str] = set()
        self._sources = 0
        self._publishers: set[str] = set()

    def add(self, lines: Sequence[_Line]) -> None:
        """Take all that is held of one subject."""
        bounds: dict[str, str] = {}
        is_event = is_source = False
        publishers: set[str] = set()
        for _, name, term, part in lines:
            if term[0] == '"' and has_language(term):
                if name != _TITLE and part in self._named:
                    self._tags.add(literal(term)[1])
            elif name == RDF_TYPE:
                is_source |= value(term) == f"{CHUHAI}Source"
                is_event |= part == self._resolved and _is_event(value(term))
            elif name in _BOUNDS and part == self._resolved:
                bounds[name] = value(term)
            elif name == f"{_SCHEMA}datePublished":
                self._published.add(dates.parse(value(term)))
            elif name == f"{_SCHEMA}inLanguage":
                self._spoken.add(value(term))
            elif name == f"{CHUHAI}publisher":
                publishers.add(term)
        if is_event and bounds:
            self._events.add(Span(*map(bounds.get, _BOUNDS)))
        if is_source:
            self._sources += 1
            self._publishers |= publishers

    def coverage(self) -> Coverage:
        spans = _ends(self._events), _ends(self._published)
        return Coverage(*spans, sorted(self._tags), sorted(self._spoken), self._sources, len(self._publishers))


def _is_event(kind: str) -> bool:
    name = kind.removeprefix(CHUHAI)
    return name in vocabulary().classes and vocabulary().is_a(name, "Event")


def _ends(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """The span that has surely ended first and the one that has surely begun last."""
    found = sorted(spans, key=str)
    if not found:
        return None
    ended = [s for s in found if s.last is not None] or found
    begun = [s for s in found if s.first is not None] or found
    return min(ended, key=lambda s: s.last or ""), max(begun, key=lambda s: s.first or "")
