"""What the editor's page asks of the graph: each a job that a worker does."""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph import asking, limits
from graph.errors import UsageError
from graph.server.answer import Answer, in_json
from graph.server.api import opened
from graph.store import Graph
from ontology import SPACE


def text(graph: Graph, query: str, parameters: Mapping[str, str]) -> Answer:
    """The text of a named query with its parameters filled in, without its decorators."""
    lines = asking.bound(graph, query, parameters).splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("#+")).strip()
    return Answer(200, "application/sparql-query; charset=utf-8", f"{kept}\n".encode())


def labels(graph: Graph, when: Mapping[str, str], iris: str) -> Answer:
    """The labels of identifiers of ours, by IRI.

    Args:
        graph: the open graph.
        when: lang.
        iris: a JSON list.

    Raises:
        UsageError: if it is none of at most SERVE_ANSWER_ROWS texts.
    """
    try:
        wanted = json.loads(iris)
    except (ValueError, RecursionError):
        raise UsageError("send a list of IRIs as JSON") from None
    if not isinstance(wanted, list) or not all(isinstance(iri, str) for iri in wanted):
        raise UsageError("send a list of IRIs as JSON")
    if len(wanted) > limits.SERVE_ANSWER_ROWS:
        raise UsageError(f"a list has at most {limits.SERVE_ANSWER_ROWS:,} IRIs")
    reader = opened(graph, when).reader
    return in_json({iri: reader.label(iri) for iri in wanted if iri.startswith(SPACE)})
