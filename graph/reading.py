"""Reads nodes, statements and sources out of an open graph, by patterns and without SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from graph.store import Graph
from graph.values import Value
from graph.values import iri as term
from ontology import (
    CHUHAI,
    ONTOLOGY,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    RESOLVED,
    SOURCE,
    Labels,
    compact,
    in_language,
    local,
)

_RESOLVED = NamedNode(RESOLVED)
_ONTOLOGY = NamedNode(ONTOLOGY)
_CAPTION, _LABEL = NamedNode(CHUHAI + "caption"), NamedNode(PREFIXES["rdfs"] + "label")
_WITHIN = NamedNode(CHUHAI + "within")
_ABOUT = NamedNode(CHUHAI + "about")
_BY = PREFIXES["prov"] + "wasAttributedTo"

Values = dict[str, tuple[Value, ...]]


@dataclass(eq=False, repr=False)
class Source:
    """A source document as citations show it."""

    iri: str
    title: Labels
    url: str
    publisher: str
    publisher_label: str
    published: str
    kind: str
    language: str
    repost: bool


class Statement(NamedTuple):
    """What one source says of one node; `values` by property name, `paraphrase` by language."""

    iri: str
    source: str
    kind: str
    locator: str
    about: tuple[str, ...]
    about_type: str
    values: Values
    paraphrase: Labels
    speaker: str
    by: str
    denies: tuple[str, ...] = ()


@dataclass(eq=False, repr=False)
class Reader:
    """Reads from one graph and remembers the labels it has met."""

    graph: Graph
    language: str = "en"
    _labels: dict[str, str] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """The label of a thing or concept in the reader's language, else its short form."""
        if iri not in self._labels:
            found = self.labels(iri)
            self._labels[iri] = in_language(found, self.language) or compact(iri)
        return self._labels[iri]

    def labels(self, iri: str) -> Labels:
        """Labels by language."""
        quads = self.graph.quads.quads_for_pattern(NamedNode(iri), NamedNode(PREF_LABEL), None, _RESOLVED)
        return {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}

    def kind(self, type_name: str) -> str:
        """The label of a class in the reader's language."""
        return self._of_class(type_name, _LABEL)

    def caption(self, type_name: str) -> str:
        """The short word under which nodes of a class are listed, in the reader's language."""
        return self._of_class(type_name, _CAPTION) or self.kind(type_name)

    def _of_class(self, type_name: str, predicate: NamedNode) -> str:
        quads = self.graph.quads.quads_for_pattern(NamedNode(CHUHAI + type_name), predicate, None, _ONTOLOGY)
        found = {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}
        return in_language(found, self.language)

    def containing(self, place: str) -> frozenset[str]:
        """The IRIs of the place and of every place that it lies within."""
        found: set[str] = set()
        todo = [place]
        while todo:
            iri = todo.pop()
            if iri not in found:
                found.add(iri)
                quads = self.graph.quads.quads_for_pattern(NamedNode(iri), _WITHIN, None, _RESOLVED)
                todo.extend(term(q.object) for q in quads)
        return frozenset(found)

    def node(self, iri: str) -> Values:
        """The resolved values of a node, by property name; its class under "type"."""
        values: dict[str, list[Value]] = defaultdict(list)
        for quad in self.graph.quads.quads_for_pattern(NamedNode(iri), None, None, _RESOLVED):
            predicate = quad.predicate.value
            if isinstance(quad.object, NamedNode | Literal):
                values["type" if predicate == RDF_TYPE else local(predicate)].append(quad.object)
        return _sorted(values)

    def neighbours(self, iri: str) -> list[tuple[str, str]]:
        """Resolved nodes that point at `iri`: pairs of property name and node IRI, sorted."""
        quads = self.graph.quads.quads_for_pattern(None, None, NamedNode(iri), _RESOLVED)
        return sorted({(local(q.predicate.value), q.subject.value) for q in quads if isinstance(q.subject, NamedNode)})

    def statements(self, iri: str) -> list[Statement]:
        """Every statement about a node, by source and key."""
        quads = self.graph.quads.quads_for_pattern(None, _ABOUT, NamedNode(iri), None)
        pairs = sorted({(term(q.subject), term(q.graph_name)) for q in quads})
        return [self._statement(s, g) for s, g in pairs if g.startswith(SOURCE)]

    def told_with(self, iri: str) -> list[str]:
        """What the statements are about that name a thing in one of their values, by source and key."""
        quads = self.graph.quads.quads_for_pattern(None, None, NamedNode(iri), None)
        found = sorted({(term(q.subject), term(q.graph_name)) for q in quads if q.predicate != _ABOUT})
        return [
            about
            for s, g in found
            if g.startswith(SOURCE) and "#" in s
            for about in sorted(
                term(q.object) for q in self.graph.quads.quads_for_pattern(NamedNode(s), _ABOUT, None, NamedNode(g))
            )
        ]

    def _statement(self, iri: str, graph: str) -> Statement:
        values: dict[str, list[Value]] = defaultdict(list)
        by = ""
        for quad in self.graph.quads.quads_for_pattern(NamedNode(iri), None, None, NamedNode(graph)):
            if isinstance(quad.object, NamedNode | Literal):
                if quad.predicate.value == _BY:
                    by = quad.object.value
                elif quad.predicate.value.startswith(CHUHAI):
                    values[local(quad.predicate.value)].append(quad.object)

        def take(name: str) -> tuple[str, ...]:
            return tuple(sorted(v.value for v in values.pop(name, ())))

        paraphrase = {v.language or "": v.value for v in values.pop("paraphrase", ()) if isinstance(v, Literal)}
        return Statement(
            iri=iri,
            source=graph,
            kind=local(next(iter(take("statementKind")), "")),
            locator=next(iter(take("locator")), ""),
            about=take("about"),
            about_type=local(next(iter(take("aboutType")), "")),
            denies=take("denies"),
            speaker=next(iter(take("speaker")), ""),
            by=by,
            paraphrase=paraphrase,
            values=_sorted(values),
        )

    def source(self, iri: str) -> Source:
        """One source document."""
        words: dict[str, str] = {}
        title: dict[str, str] = {}
        for quad in self.graph.quads.quads_for_pattern(NamedNode(iri), None, None, NamedNode(iri)):
            name = quad.predicate.value
            if isinstance(quad.object, Literal) and name == PREFIXES["dcterms"] + "title":
                title[quad.object.language or ""] = quad.object.value
            elif isinstance(quad.object, NamedNode | Literal):
                words[name] = quad.object.value
        schema = PREFIXES["schema"]
        return Source(
            iri=compact(iri),
            title=title,
            url=words.get(schema + "url", ""),
            publisher=compact(words.get(CHUHAI + "publisher", "")),
            publisher_label=self.label(words.get(CHUHAI + "publisher", "")),
            published=words.get(schema + "datePublished", ""),
            kind=local(words.get(PREFIXES["dcterms"] + "type", "")),
            language=words.get(schema + "inLanguage", ""),
            repost=words.get(CHUHAI + "repost") == "true",
        )

    def sources(self) -> Iterator[Source]:
        """Every source document, by IRI."""
        kind = NamedNode(CHUHAI + "Source")
        quads = self.graph.quads.quads_for_pattern(None, NamedNode(RDF_TYPE), kind, None)
        for iri in sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)}):
            yield self.source(iri)


def _sorted(values: dict[str, list[Value]]) -> Values:
    return {name: tuple(f if len(f) == 1 else sorted(f, key=str)) for name, f in sorted(values.items())}
