"""Linked data: what is known of a thing, event, source, concept or the ontology, as RDF or as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple, serialize

from graph import lookup
from graph.errors import NotFoundError
from graph.moment import NOW, TOLD
from graph.reading import Reader
from graph.server import negotiation
from graph.server.answer import Answer
from graph.server.api import opened
from graph.server.pages import event, profile, source, terms
from graph.server.pages.page import Site, page
from graph.server.sparql import RDF
from graph.store import Graph
from graph.terms import typed
from ontology import CHUHAI, CONCEPT, ID, ONTOLOGY, PREF_LABEL, PREFIXES, RDF_TYPE, SOURCE, SPACE, local, vocabulary

HTML = "text/html"


def answer(graph: Graph, when: Mapping[str, str], iri: str, accept: str) -> Answer:
    """What is known under an IRI of the project, in the format that is liked best.

    Args:
        graph: the open graph.
        when: lang, as_of, known_by.
        iri: of a thing, an event, a source, a concept, or of the ontology.
        accept: the header of the request.

    Raises:
        NotFoundError: if the graph holds nothing under it.
        ServiceError: 406 for a format that there is none of.
    """
    media = negotiation.best(accept, [HTML, *RDF])
    found = opened(graph, when)
    if media == HTML:
        return _page(found.reader, iri, Site(iri.removeprefix(SPACE), when))
    triples = _triples(found.whole, iri)
    prefixes = PREFIXES if media == "text/turtle" else None
    return Answer(200, media, serialize(triples, format=RDF[media], prefixes=prefixes) or b"")


def _page(reader: Reader, iri: str, site: Site) -> Answer:
    """The page of an IRI, with the same facts as JSON-LD in it: of another moment those that held then."""
    now = reader.moment == NOW or not iri.startswith(ID)
    triples = _triples(reader.graph, iri) if now else _then(reader, iri)
    if iri.startswith(SOURCE):
        title, body = source.source(reader, iri, site)
    elif iri.startswith(CONCEPT):
        title, body = terms.concept(reader, iri, site)
    elif iri.startswith(ID):
        held = reader.node(iri)
        told = reader.statements(iri)
        if not held and not told:
            raise _missing(iri)
        is_thing = "type" in held and local(held["type"][0]) not in TOLD
        title, body = profile.thing(reader, iri, site) if is_thing else event.event(reader, iri, told, site)
    else:
        title, body = terms.ontology(site)
    return Answer(200, "text/html; charset=utf-8", page(site, title, body, triples, formats=True))


def _missing(iri: str) -> NotFoundError:
    return NotFoundError(f"the graph has no <{iri}>")


def _triples(graph: Graph, iri: str) -> Sequence[Triple]:
    """What the graph holds of an IRI, sorted; of what only rumours and denials tell of, their statements."""
    if iri.startswith(ID):
        found = lookup.description(graph, iri).triples or sorted(map(_triple, _statements(graph, iri)), key=str)
    else:
        is_source = iri.startswith(SOURCE)
        name = NamedNode(iri if is_source else ONTOLOGY)
        subject = NamedNode(iri) if iri.startswith(CONCEPT) else None
        found = sorted({_triple(q) for q in graph.quads.quads_for_pattern(subject, None, None, name)}, key=str)
    if not found:
        raise _missing(iri)
    return found


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _statements(graph: Graph, iri: str) -> Iterator[Quad]:
    for about in graph.quads.quads_for_pattern(None, NamedNode(CHUHAI + "about"), NamedNode(iri), None):
        yield from graph.quads.quads_for_pattern(about.subject, None, None, None)


def _then(reader: Reader, iri: str) -> list[Triple]:
    """What held of a thing and of the nodes in which it takes part, at the moment of a reader."""
    known = vocabulary().properties
    found = []
    for node in dict.fromkeys([iri, *(node for _, node in reader.neighbours(iri))]):
        subject = NamedNode(node)
        labels = reader.labels(node).items()
        found += [Triple(subject, NamedNode(PREF_LABEL), Literal(label, language=tag)) for tag, label in labels if tag]
        for name, values in reader.node(node).items():
            own = {"type": RDF_TYPE, "wasDerivedFrom": PREFIXES["prov"] + "wasDerivedFrom"}.get(name, CHUHAI + name)
            for value in values:
                term = typed(value, known[name]) if name in known else NamedNode(value)
                found.append(Triple(subject, NamedNode(own), term))
    return sorted(set(found), key=str)
