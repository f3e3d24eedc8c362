"""The terms of the ontology and their names for Python.

The Turtle files beside this module are the only place where a class, a property, a concept or a place
is defined; `vocabulary()` reads them once. The namespaces below cost nothing to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ontology.records import Vocabulary

FOLDER = Path(__file__).parent

SPACE = "https://w3id.org/chuhai/"
"""What every identifier of the project begins with."""

CHUHAI = SPACE + "ontology#"
CONCEPT = SPACE + "concept/"
SCHEME = SPACE + "concept/scheme/"
ID = SPACE + "id/"
SOURCE = SPACE + "source/"
GRAPH = SPACE + "graph/"

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
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREF_LABEL = PREFIXES["skos"] + "prefLabel"
ALT_LABEL = PREFIXES["skos"] + "altLabel"
EXACT_MATCH = PREFIXES["skos"] + "exactMatch"
RDF_TYPE = PREFIXES["rdf"] + "type"

Labels = Mapping[str, str]


def local(iri: str) -> str:
    """The last part of an IRI, after '#' or '/'."""
    return iri.rpartition("#" if "#" in iri else "/")[2]


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
