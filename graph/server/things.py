"""Linked data: what is known of a thing, source, concept or the ontology, as RDF or as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from pyoxigraph import NamedNode, Triple, serialize

from graph import html, lookup, paths, profile
from graph.errors import NotFoundError
from graph.moment import NOW
from graph.names import Name
from graph.reading import Reader
from graph.server import negotiation
from graph.server.answer import Answer
from graph.server.api import opened
from graph.server.sparql import RDF
from graph.store import Graph
from ontology import CONCEPT, ID, ONTOLOGY, PREFIXES, SOURCE, SPACE, compact

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
    triples = _triples(Reader(graph) if media == HTML else found.reader, iri)
    if not triples:
        raise NotFoundError(f"the graph has no <{iri}>")
    if media == HTML:
        title, body = _body(found.reader, iri, triples)
        facts = triples if found.moment == NOW else ()
        return Answer(200, "text/html; charset=utf-8", page(title, body, facts, found.language).encode())
    prefixes = PREFIXES if media == "text/turtle" else None
    return Answer(200, media, serialize(triples, format=RDF[media], prefixes=prefixes) or b"")


def _triples(reader: Reader, iri: str) -> Sequence[Triple]:
    if iri.startswith(ID):
        return lookup.description(reader, iri).triples or ()
    is_source = iri.startswith(SOURCE)
    name = NamedNode(iri if is_source else ONTOLOGY)
    subject = NamedNode(iri) if iri.startswith(CONCEPT) else None
    quads = reader.graph.quads.quads_for_pattern(subject, None, None, name)
    found = sorted({Triple(q.subject, q.predicate, q.object) for q in quads}, key=str)
    return found if not is_source or (found and reader.known(iri)) else ()


def _body(reader: Reader, iri: str, triples: Sequence[Triple]) -> tuple[str, str]:
    """The title and the body of a page: a profile where there is one, else every triple."""
    if iri.startswith(ID) and "type" in reader.node(iri):
        label = reader.label(iri)
        body = html.profile(profile.profile(reader, Name(label, "", "label", compact(iri))))
        near = "".join(f"<li>{_link(end, reader.label(end))}</li>" for end in sorted(paths.near(reader, iri)))
        return label, f"{body}<h4>{'关联' if reader.language != 'en' else 'Next to it'}</h4><ul>{near}</ul>"
    cells = ([_term(part, reader) for part in (t.subject, t.predicate, t.object)] for t in triples)
    rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
    title = reader.label(iri)
    return title, f"<h3>{html.text(title)}</h3><table>{rows}</table>"


def _term(term: object, reader: Reader) -> str:
    if isinstance(term, NamedNode):
        return _link(term.value, reader.label(term.value))
    return html.text(str(getattr(term, "value", term)))


def _link(iri: str, label: str) -> str:
    """A link to the page of what is ours, to the web for the rest."""
    if not iri.startswith(SPACE):
        return html.link(label, iri, iri)
    return f'<a href="/{escape(iri.removeprefix(SPACE))}">{html.text(label)}</a>'


def page(title: str, body: str, triples: Sequence[Triple] = (), language: str = "en") -> str:
    """A whole page around a body that is escaped already, with the facts as JSON-LD in it."""
    facts = (serialize(triples, format=RDF["application/ld+json"]) or b"").decode() if triples else ""
    data = "".join(f"\\u{ord(c):04x}" if c in "<>&\u2028\u2029" else c for c in facts)
    script = f'<script type="application/ld+json">{data}</script>' if data else ""
    language = "en" if language == "en" else "zh-Hans"
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{html.text(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/style.css">{script}</head><body><header><a href="/">Chuhai 出海</a>'
        '<form action="/find"><input name="name" aria-label="name" type="search"><button>→</button></form></header>'
        f"<main>{body}</main></body></html>"
    )
