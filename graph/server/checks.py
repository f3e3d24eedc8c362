"""Refuses what a stranger's query may not do: call other services, or name graphs that are not here.

Loading, like every update, is no query and fails to parse. A worker can open no connection while it answers, so a
query of another's making that slipped through would fail too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph.errors import ServiceError, UsageError
from ontology import PREFIXES
from queries.binder import TOKENS

_CALLS = re.compile("service", re.IGNORECASE)
"""A query without these letters anywhere calls no service, since keywords are written as they are."""

_NAMES = re.compile(r"(?<![\w:?$])from", re.IGNORECASE)
"""A query without these, beside strings and comments, names no dataset."""

_ESCAPE = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)

_HASH = "\ue000"
"""Stands for # in an IRI while it is parsed."""


def plain_lines(text: str) -> str:
    """The text with every line ended by a line feed, so that all parsers agree on where a comment ends."""
    return re.sub(r"\r\n?", "\n", text)


def names_graphs(text: str, holds: Callable[[str], bool]) -> bool:
    """Whether a query names its own dataset with FROM.

    Args:
        text: a query, as `plain_lines` gives it.
        holds: tells whether the store holds the graph with an IRI.

    Raises:
        ServiceError: 403 for SERVICE.
        UsageError: for FROM of a graph that is not held, and what cannot be told.
    """
    bare = TOKENS.sub(_without_words, text)
    if not _CALLS.search(text) and not _NAMES.search(bare):
        return False
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    if _ESCAPE.search(bare):  # rdflib resolves these before it parses, Oxigraph does not
        raise UsageError("a query with SERVICE or FROM in it may hold no \\u escapes; write the characters themselves")
    try:
        parsed = parseQuery(bare)
        if any(node.name == "ServiceGraphPattern" for node in _nodes(parsed)):
            raise ServiceError(403, "SERVICE is refused here: a query is answered from this graph alone")
        clauses = translateQuery(parsed, initNs=PREFIXES).algebra.datasetClause or ()
    except ServiceError:
        raise
    except RecursionError:
        raise UsageError("the query is nested too deeply") from None
    except Exception as error:  # rdflib raises whatever its parts do
        raise UsageError(f"SPARQL syntax error: {' '.join(str(error).split())[:200]}") from None
    require(holds, (str(clause.default or clause.named).replace(_HASH, "#") for clause in clauses))
    return bool(clauses)


def _without_words(token: re.Match[str]) -> str:
    """Nothing for a comment, an empty string for a string, an IRI without #, which rdflib may take for a comment."""
    return {"#": " ", '"': '""', "'": '""'}.get(token[0][0], token[0].replace("#", _HASH))


def require(holds: Callable[[str], bool], graphs: Iterable[str]) -> None:
    """Raises UsageError for the first graph that is not held."""
    for graph in graphs:
        if not holds(graph):
            raise UsageError(f"there is no graph <{graph}> here; see the service description at /sparql")


def _nodes(parsed: Any) -> Iterator[Any]:
    """Every named node of a parse tree."""
    from rdflib.plugins.sparql.parserutils import CompValue

    todo = [parsed]
    while todo:
        each = todo.pop()
        if isinstance(each, CompValue):
            yield each
            todo.extend(each.values())
        elif not isinstance(each, str) and isinstance(each, Iterable):
            todo.extend(each)
