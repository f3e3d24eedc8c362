"""Reads the ontology's Turtle files, and derives the JSON-LD context from them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology import CHUHAI, ID, PREFIXES, Labels, local
from ontology.records import Class, Concept, Edge, Place, Property, Vocabulary

TURTLE = ("chuhai.ttl", "concepts.ttl", "places.ttl")
_OWL, _RDFS, _SKOS, _SCHEMA = (PREFIXES[p] for p in ("owl", "rdfs", "skos", "schema"))

_Values = dict[str, list[NamedNode | Literal]]


def read(folder: Path) -> Vocabulary:
    """Build the vocabulary from the Turtle files in `folder`; raises OSError or SyntaxError."""
    subjects: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
    for name in TURTLE:
        for quad in parse(path=folder / name, format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                subjects[quad.subject.value][quad.predicate.value].append(quad.object)

    classes: dict[str, Class] = {}
    properties: dict[str, Property] = {}
    concepts: dict[str, Concept] = {}
    schemes: dict[str, Labels] = {}
    places: dict[str, Place] = {}
    for iri, values in subjects.items():
        types = {local(t.value) for t in values[PREFIXES["rdf"] + "type"]}
        name = local(iri)
        if "Class" in types:
            classes[name] = _class(name, values)
        elif types & {"ObjectProperty", "DatatypeProperty"}:
            properties[name] = _property(name, types, values)
        elif "Concept" in types:
            concepts[name] = _concept(name, values)
        elif "ConceptScheme" in types:
            schemes[name] = _labels(values, _SKOS + "prefLabel")
        elif "Place" in types:
            within = tuple(sorted(local(o.value) for o in values[CHUHAI + "within"]))
            latitude, longitude = (_number(values, _SCHEMA + end) for end in ("latitude", "longitude"))
            code = _one(values, _SKOS + "notation") or ""
            places[name] = Place(name, _labels(values, _SKOS + "prefLabel"), within, latitude, longitude, code)
    return Vocabulary(classes, properties, concepts, schemes, places)


def derive_context() -> dict[str, Any]:
    """The JSON-LD context that follows from the properties: term, IRI, type of value."""
    from ontology import vocabulary

    terms: dict[str, Any] = {
        "@version": 1.1,
        "@base": ID,
        **{prefix: PREFIXES[prefix] for prefix in ("chuhai", "dcterms", "prov", "schema", "skos", "xsd")},
        "id": "@id",
        "Statement": "chuhai:Statement",
        "Source": "chuhai:Source",
        "Decision": "chuhai:Decision",
        "label": {"@id": "skos:prefLabel", "@container": "@language"},
        "alias": {"@id": "skos:altLabel", "@container": "@language"},
        "note": {"@id": "skos:editorialNote", "@container": "@language"},
        "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
        "title": {"@id": "dcterms:title", "@container": "@language"},
        "url": {"@id": "schema:url", "@type": "xsd:anyURI"},
        "author": {"@id": "schema:author"},
        "language": {"@id": "schema:inLanguage"},
        "published": {"@id": "schema:datePublished"},
        "copyOf": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
        "by": {"@id": "prov:wasAttributedTo", "@type": "@id"},
        "ref": {"@id": "dcterms:identifier"},
        "reason": {"@id": "skos:note", "@container": "@language"},
        "decided": {"@id": "dcterms:date", "@type": "xsd:date"},
        "sourceKind": {"@id": "dcterms:type", "@type": "@id"},
    }
    for name, prop in sorted(vocabulary().properties.items()):
        if prop.is_object or prop.scheme is not None or prop.range in ("owl:Class", "rdf:Property"):
            terms[name] = {"@id": f"chuhai:{name}", "@type": "@id"}
        elif prop.range == "rdf:langString":
            terms[name] = {"@id": f"chuhai:{name}", "@container": "@language"}
        else:
            terms[name] = {"@id": f"chuhai:{name}", "@type": prop.range}
    return terms


def _labels(values: _Values, predicate: str) -> Labels:
    return {o.language or "": o.value for o in values.get(predicate, []) if isinstance(o, Literal)}


def _one(values: _Values, predicate: str) -> str | None:
    found = values.get(predicate)
    return found[0].value if found else None


def _number(values: _Values, predicate: str) -> float | None:
    found = _one(values, predicate)
    return float(found) if found is not None else None


def _own(values: _Values, predicate: str) -> str | None:
    found = _one(values, predicate)
    return local(found) if found is not None else None


def _class(name: str, values: _Values) -> Class:
    source, target = _own(values, CHUHAI + "edgeSource"), _own(values, CHUHAI + "edgeTarget")
    caption = _labels(values, CHUHAI + "edgeCaption")
    parents = (o.value for o in values.get(_RDFS + "subClassOf", []))
    return Class(
        name=name,
        parents=tuple(sorted(local(p) for p in parents if p.startswith(CHUHAI))),
        label=_labels(values, _RDFS + "label"),
        definition=_labels(values, _SKOS + "definition"),
        caption=_labels(values, CHUHAI + "caption") or _labels(values, _RDFS + "label"),
        slug_kind=_one(values, CHUHAI + "slugKind"),
        edge=Edge(source, target, caption) if source is not None and target is not None else None,
        shape=_one(values, CHUHAI + "shape"),
        color=_one(values, CHUHAI + "color"),
    )


def _property(name: str, types: set[str], values: _Values) -> Property:
    domains = values.get(_RDFS + "domain", []) + values.get(_SCHEMA + "domainIncludes", [])
    ranges = values.get(_RDFS + "range", []) + values.get(_SCHEMA + "rangeIncludes", [])
    foreign = [_curie(r.value) for r in ranges if not r.value.startswith(CHUHAI)]
    return Property(
        name=name,
        is_object="ObjectProperty" in types,
        functional="FunctionalProperty" in types,
        domains=frozenset(local(d.value) for d in domains),
        range=foreign[0] if foreign else None,
        targets=frozenset(local(r.value) for r in ranges if r.value.startswith(CHUHAI)),
        label=_labels(values, _RDFS + "label"),
        definition=_labels(values, _SKOS + "definition"),
        scheme=_own(values, CHUHAI + "scheme"),
        resolved_with=_own(values, CHUHAI + "resolvedWith"),
    )


def _concept(name: str, values: _Values) -> Concept:
    return Concept(
        name=name,
        scheme=_own(values, _SKOS + "inScheme") or "",
        label=_labels(values, _SKOS + "prefLabel"),
        applies_to=_own(values, CHUHAI + "appliesTo"),
        official=_one(values, CHUHAI + "official") == "true",
    )


def _curie(iri: str) -> str:
    prefix, namespace = next((p, n) for p, n in PREFIXES.items() if iri.startswith(n))
    return f"{prefix}:{iri[len(namespace) :]}"
