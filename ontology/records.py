"""What the ontology defines, as plain records by local name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ontology import Labels


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
    """One place: slug, labels, slugs of the places it lies within, coordinates in degrees (WGS 84), ISO 3166 code.

    A city has its own coordinates, an area those of its capital or seat of government; None for a market
    area without one.
    """

    name: str
    label: Labels
    within: tuple[str, ...]
    latitude: float | None = None
    longitude: float | None = None
    code: str = ""


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
    def classes_of_kinds(self) -> dict[str, str]:
        """The class of each word in identifiers that names one class of its own."""
        return {c.slug_kind: c.name for c in self.classes.values() if c.slug_kind}

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
