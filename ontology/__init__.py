"""The terms of the ontology and their names for Python.

The Turtle files beside this module are the only place where a class, a property, a concept or a place
is defined; `vocabulary()` reads them once. The namespaces below cost nothing to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent

CHUHAI = "https://w3id.org/chuhai/ontology#"
CONCEPT = "https://w3id.org/chuhai/concept/"
SCHEME = "https://w3id.org/chuhai/concept/scheme/"
ID = "https://w3id.org/chuhai/id/"
SOURCE = "https://w3id.org/chuhai/source/"
GRAPH = "https://w3id.org/chuhai/graph/"

RESOLVED = GRAPH + "resolved"
REGISTER = GRAPH + "register"
EDITORIAL = GRAPH + "editorial"
ONTOLOGY = GRAPH + "ontology"

PREFIXES = {
    "chuhai": CHUHAI,
    "concept": CONCEPT,
    "scheme": SCHEME,
    "id": ID,
    "source": SOURCE,
    "graph": GRAPH,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rov": "http://www.w3.org/ns/regorg#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREF_LABEL = PREFIXES["skos"] + "prefLabel"
ALT_LABEL = PREFIXES["skos"] + "altLabel"
RDF_TYPE = PREFIXES["rdf"] + "type"

Labels = Mapping[str, str]


class Edge(NamedTuple):
    """How an event or situation is drawn as one edge: two property names and a caption by language."""

    source: str
    target: str
    caption: Labels


class Class(NamedTuple):
    """One class of the ontology, named by the last part of its IRI."""

    name: str
    parents: tuple[str, ...]
    label: Labels
    definition: Labels
    caption: Labels
    slug_kind: str | None = None
    edge: Edge | None = None
    shape: str | None = None
    color: str | None = None


class Property(NamedTuple):
    """One property.

    `range` is its rdfs:range as a CURIE such as "xsd:date", or None for a class of ours; `targets` are
    the names of our classes that its values belong to, empty for any.
    """

    name: str
    is_object: bool
    functional: bool
    domains: frozenset[str]
    range: str | None
    targets: frozenset[str]
    label: Labels
    definition: Labels
    scheme: str | None = None
    resolved_with: str | None = None


class Concept(NamedTuple):
    """One concept: its slug, the slug of its scheme, its labels."""

    name: str
    scheme: str
    label: Labels
    applies_to: str | None = None
    official: bool = False


class Place(NamedTuple):
    """One place: its slug, its labels, the slugs of the places it lies within."""

    name: str
    label: Labels
    within: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Everything that the Turtle files of the ontology define, by local name."""

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    concepts: Mapping[str, Concept]
    schemes: Mapping[str, Labels]
    places: Mapping[str, Place]

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        def above(name: str) -> frozenset[str]:
            return frozenset({name}).union(*(above(parent) for parent in self.classes[name].parents))

        return {name: above(name) for name in self.classes}

    @cached_property
    def slug_kinds(self) -> dict[str, str]:
        """The word in the identifiers of each class, its own or inherited; statements have none."""
        return {
            name: kind
            for name, above in self._ancestors.items()
            for kind in (self.classes[ancestor].slug_kind for ancestor in sorted(above))
            if kind is not None
        }

    @cached_property
    def _properties_of(self) -> dict[str, dict[str, Property]]:
        return {
            name: {p.name: p for p in self.properties.values() if p.domains & above}
            for name, above in self._ancestors.items()
        }

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or below it."""
        return ancestor in self._ancestors[name]

    def properties_of(self, name: str) -> dict[str, Property]:
        """The properties that a node of class `name` may carry, by name."""
        return self._properties_of[name]

    @cached_property
    def _concepts_of(self) -> dict[tuple[str, str | None], frozenset[str]]:
        found: dict[tuple[str, str | None], set[str]] = {}
        for concept in self.concepts.values():
            found.setdefault((concept.scheme, concept.applies_to), set()).add(concept.name)
        return {key: frozenset(names) for key, names in found.items()}

    def concepts_of(self, scheme: str, applies_to: str | None = None) -> frozenset[str]:
        """Slugs of the concepts of a scheme; for subtypes, those of one class."""
        return self._concepts_of.get((scheme, applies_to), frozenset())

    def containing(self, place: str) -> frozenset[str]:
        """Slugs of the place and of every place that it lies within."""
        found: set[str] = set()
        todo = [place]
        while todo:
            slug = todo.pop()
            if slug not in found:
                found.add(slug)
                todo.extend(self.places[slug].within)
        return frozenset(found)


def local(iri: str) -> str:
    """The last part of an IRI, after '#' or '/'."""
    return iri.rsplit("#", 1)[-1] if "#" in iri else iri.rsplit("/", 1)[-1]


def compact(iri: str) -> str:
    """The short form used on screens and in fact files: `kind/slug`, else a CURIE, else the IRI."""
    if iri.startswith(ID):
        return iri[len(ID) :]
    if iri.startswith(SOURCE):
        return "source/" + iri[len(SOURCE) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(reference: str) -> str:
    """The IRI for `kind/slug`, `source/slug` or `concept/slug`; an absolute IRI is returned as it is."""
    if "://" in reference:
        return reference
    for word, namespace in (("source/", SOURCE), ("concept/", CONCEPT)):
        if reference.startswith(word):
            return namespace + reference[len(word) :]
    return ID + reference


def in_language(labels: Labels, language: str) -> str:
    """The label in a language, else in English, else any; "" when there is none."""
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), "")


@cache
def vocabulary() -> Vocabulary:
    """Read the ontology's Turtle files.

    Returns:
        The whole vocabulary; the same object on every call.
    """
    from ontology.reader import read

    return read(FOLDER)


@cache
def context() -> dict[str, Any]:
    """The JSON-LD context through which fact files are read, as in context.jsonld."""
    import json

    loaded: dict[str, Any] = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded
