"""What the SPARQL endpoint says of itself, in the terms of SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple, serialize

from graph.server import negotiation
from graph.server.answer import Answer
from graph.server.sparql import RDF
from graph.store import Graph
from ontology import PREFIXES, RDF_TYPE, RESOLVED

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITES = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
           "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip


def answer(graph: Graph, endpoint: str, accept: str) -> Answer:
    """The description of the endpoint with that address, in a format of RDF.

    Raises:
        ServiceError: 406 for a format that there is none of.
    """
    media = negotiation.best(accept, RDF)
    prefixes = {**PREFIXES, "sd": _SD} if media == "text/turtle" else None
    triples = sorted(set(_triples(graph, endpoint)), key=str)
    return Answer(200, media, serialize(triples, format=RDF[media], prefixes=prefixes) or b"")


def _triples(graph: Graph, endpoint: str) -> Iterator[Triple]:
    service, dataset = NamedNode(endpoint), NamedNode(endpoint + "#dataset")
    kind = NamedNode(RDF_TYPE)

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    yield Triple(service, kind, sd("Service"))
    yield Triple(service, sd("endpoint"), service)
    yield Triple(service, NamedNode(PREFIXES["foaf"] + "page"), NamedNode(endpoint + "/editor"))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in _WRITES:
        yield Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, kind, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), NamedNode(RESOLVED))
    yield Triple(NamedNode(RESOLVED), kind, sd("Graph"))
    for graph_name in graph.quads.named_graphs():
        here = NamedNode(f"{endpoint}#{graph_name.value}")
        yield Triple(dataset, sd("namedGraph"), here)
        yield Triple(here, kind, sd("NamedGraph"))
        yield Triple(here, sd("name"), graph_name)
