"""Answers a query of the SPARQL 1.1 Protocol in one of the formats that its kind of answer has."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph import limits
from graph.asking import syntax
from graph.errors import ServiceError, UsageError
from graph.server import checks, negotiation
from graph.server.answer import Answer
from graph.server.worker import nothing_opened
from graph.store import Graph
from ontology import PREFIXES, RESOLVED

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Formats of the answers to SELECT and ASK, by media type."""

RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Formats of the answers to CONSTRUCT and DESCRIBE, and of data, by media type."""

_ENDS_ROW = {
    QueryResultsFormat.JSON: b'}},{"',
    QueryResultsFormat.XML: b"</result>",
    QueryResultsFormat.CSV: b"\n",
    QueryResultsFormat.TSV: b"\n",
}
"""What stands once a row and, quotes and brackets being escaped, nowhere else; in CSV, texts may hold it too."""


class _Sink(io.BytesIO):
    """Takes what is written up to the limit of an answer."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > limits.SERVE_ANSWER_BYTES:
            raise ServiceError(413, _too_large(limits.SERVE_ANSWER_BYTES, "bytes"))
        return super().write(data)


def answer(graph: Graph, text: str, default: Sequence[str], named: Sequence[str], accept: str) -> Answer:
    """Answer a query.

    Args:
        graph: the open graph.
        text: of the query; the prefixes of the project need no declaration.
        default, named: the graphs of the dataset as the protocol names them, which hold against FROM. Without any,
            and without FROM, the default graph is the resolved graph, and every graph has its name.
        accept: the header of the request.

    Raises:
        UsageError: for a query that is wrong, or names graphs that are not here.
        ServiceError: 403 for SERVICE, 406 for a format that there is none of, 413 for too large an answer.
    """
    text = checks.plain_lines(text)

    def holds(name: str) -> bool:
        try:
            return graph.quads.contains_named_graph(NamedNode(name))
        except ValueError:
            return False

    checks.require(holds, [*default, *named])
    own = checks.names_graphs(text, holds)
    dataset: dict[str, Any] = {}
    if default or named:
        dataset = {"default_graph": list(map(NamedNode, default)), "named_graphs": list(map(NamedNode, named))}
    elif not own:
        dataset = {"default_graph": NamedNode(RESOLVED)}
    try:
        is_here = isinstance(graph.quads, Store)
        if not is_here:
            empty = Store()
            with nothing_opened():
                empty.query(text, prefixes=PREFIXES)  # what is no query is sent to no other service
        with nothing_opened() if is_here else nullcontext():
            return _written(graph.quads.query(text, prefixes=PREFIXES, **dataset), accept)
    except SyntaxError as error:
        raise UsageError(syntax(str(error))) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise UsageError(f"the query failed: {(str(error).splitlines() or [''])[0]}") from None


def _written(result: QuerySolutions | QueryBoolean | Iterable[Triple], accept: str) -> Answer:
    sink = _Sink()
    if not isinstance(result, QuerySolutions | QueryBoolean):
        media = negotiation.best(accept, RDF)
        prefixes = PREFIXES if media == "text/turtle" else None
        serialize(result, sink, format=RDF[media], prefixes=prefixes)
        return Answer(200, media, sink.getvalue())
    media = negotiation.best(accept, RESULTS)
    result.serialize(sink, format=RESULTS[media])
    body = sink.getvalue()
    if body.count(_ENDS_ROW[RESULTS[media]]) > limits.SERVE_ANSWER_ROWS:
        raise ServiceError(413, _too_large(limits.SERVE_ANSWER_ROWS, "rows"))
    return Answer(200, f"{media}; charset=utf-8" if media.startswith("text/") else media, body)


def _too_large(most: int, what: str) -> str:
    return f"the answer has over {most:,} {what}; ask for less, or with LIMIT"
