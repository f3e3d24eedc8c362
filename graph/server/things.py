"""Linked data: what is known of a thing, event, source, concept or the ontology, as RDF or as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Quad, Triple, serialize

from graph import lookup
from graph.errors import NotFoundError
from graph.moment import TOLD
from graph.reading import Reader
from graph.server import negotiation
from graph.server.answer import Answer
from graph.server.api import opened
from graph.server.pages import event, profile, source, terms
from graph.server.pages.page import Site, page
from graph.server.sparql import RDF
from graph.store import Graph
from ontology import CONCEPT, ID, ONTOLOGY, PREFIXES, SOURCE, SPACE, local

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
    triples = _triples(found.reader, iri)
    prefixes = PREFIXES if media == "text/turtle" else None
    return Answer(200, media, serialize(triples, format=RDF[media], prefixes=prefixes) or b"")


def _page(reader: Reader, iri: str, site: Site) -> Answer:
    """The page of an IRI, with the same facts as JSON-LD in it: of another moment those that held then."""
    if iri.startswith(ID):
        reader.read_ahead([iri])
    triples = _triples(reader, iri)
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


def _triples(reader: Reader, iri: str) -> Sequence[Triple]:
    """What is held of an IRI, sorted; of what only rumours and denials tell of, their statements."""
    graph = reader.graph
    if iri.startswith(ID):
        found = lookup.description(reader, iri).triples or sorted(map(_triple, _statements(reader, iri)), key=str)
    else:
        is_source = iri.startswith(SOURCE)
        name = NamedNode(iri if is_source else ONTOLOGY)
        subject = NamedNode(iri) if iri.startswith(CONCEPT) else None
        found = sorted({_triple(q) for q in graph.quads.quads_for_pattern(subject, None, None, name)}, key=str)
        if is_source and not reader.known(iri):
            found = []
    if not found:
        raise _missing(iri)
    return found


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _statements(reader: Reader, iri: str) -> Iterator[Quad]:
    """What the statements say that tell of a node, as far as they are known at the moment."""
    for said in reader.statements(iri):
        yield from reader.graph.quads.quads_for_pattern(NamedNode(said.iri), None, None, None)
