"""Answers a SPARQL query over an open graph: a named one with parameters, or a text.

A text sees the resolved graph as its default graph unless it says FROM, the other graphs by GRAPH, and the
project's prefixes without declaring them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

import queries
from graph import names
from graph.columns import answered
from graph.errors import NotFoundError, UsageError
from graph.profile import find
from graph.reading import Reader
from graph.store import Graph
from graph.writers import Cell, Table
from ontology import ID, PREFIXES, RESOLVED, compact, expand, in_language, vocabulary
from queries.binder import words

_TYPES_OF_PARAMETERS = {"area": "place"}


def ask_named(graph: Graph, name: str, values: Mapping[str, str], language: str = "en") -> Table:
    """Answer a named query.

    Args:
        graph: an open graph.
        name: of the query.
        values: texts by parameter name, as for `bound`.
        language: of labels.

    Raises:
        UsageError, NotFoundError, AmbiguousNameError: as `bound` does.
    """
    answer = answered(_answer(graph, bound(graph, name, values), language), language, name)
    if not answer.rows:
        summary = in_language(queries.named(name).summaries, language)
        answer.caption = (
            f"no rows: no source here states any ({summary[0].lower()}{summary[1:]})"
            if language == "en"
            else f"没有结果：此处没有来源述及（{summary}）"
        )
    return answer


def bound(graph: Graph, name: str, values: Mapping[str, str]) -> str:
    """The text of a named query with its parameters filled in.

    Args:
        graph: an open graph.
        name: of the query.
        values: texts by parameter name; where an IRI is wanted, a name in any script will do.

    Raises:
        UsageError: for an unknown query, or a missing, unknown or mistyped parameter.
        NotFoundError, AmbiguousNameError: for a name that means nothing, or several things.
    """
    query = queries.named(name)
    graph.engine.check_named(name)
    wanted = {p.name: p for p in query.parameters}
    given, references = dict(values), []
    for key, text in values.items():
        if key not in wanted or wanted[key].type != "iri" or "://" in text:
            continue
        if _is_reference(text):
            references.append(text)
        elif kind := kind_of(key):
            given[key] = ID + names.resolve(graph.index, text, frozenset({kind})).thing
        else:
            given[key] = ID + find(graph, text).thing
    filled = query.bind(given)
    for reference in references:
        _check(graph, reference)
    return filled


def kind_of(parameter: str) -> str:
    """The kind of things that a parameter of that name takes, such as place; "" for any."""
    kind = _TYPES_OF_PARAMETERS.get(parameter, parameter)
    return kind if kind in vocabulary().slug_kinds.values() else ""


def ask(graph: Graph, text: str, language: str = "en") -> Table:
    """Answer a query text.

    Raises:
        UsageError: with line and column of a syntax error.
        ChuhaiError: where the engine behind a store is known to answer wrongly.
    """
    bare = words(text)
    graph.engine.check_text(bare)
    says_which = re.search(r"\bFROM\b", bare, re.IGNORECASE)
    return _answer(graph, text, language, None if says_which else NamedNode(RESOLVED))


def records(graph: Graph, name: str, values: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The rows of a named query for further work: short texts by column, "" for what is missing.

    Raises:
        UsageError: for an unknown query, or a missing, unknown or mistyped parameter.
    """
    query = queries.named(name)
    graph.engine.check_named(name)
    answer = _answer(graph, query.bind(values or {}), "en")
    return [dict(zip(answer.columns, map(_short, row), strict=True)) for row in answer.rows]


def _check(graph: Graph, reference: str) -> None:
    """A reference that the graph nowhere mentions is a mistake, not an empty answer."""
    iri = NamedNode(expand(reference))
    patterns = ((iri, None), (None, iri))
    if not any(True for s, o in patterns for _ in graph.quads.quads_for_pattern(s, None, o, None)):
        near = names.suggest(graph.index, reference.partition("/")[2])
        hint = "did you mean " + ", ".join(near) + "?" if near else "check the slug"
        raise NotFoundError(f"the graph has no '{reference}'; {hint}")


def _is_reference(text: str) -> bool:
    kind, _, slug = text.partition("/")
    return bool(slug) and kind in {*vocabulary().slug_kinds.values(), "source", "concept"}


def _answer(graph: Graph, text: str, language: str, default: NamedNode | None = None) -> Table:
    try:
        result = graph.quads.query(text, prefixes=PREFIXES, default_graph=default)
        label = Reader(graph, language).label
        if isinstance(result, QuerySolutions):
            columns = [variable.value for variable in result.variables]
            rows: list[list[Cell]] = [[_cell(term) for term in solution] for solution in result]
            return Table(columns, rows, label=label)
        if isinstance(result, QueryBoolean):
            return Table(["answer"], [[bool(result)]])
        triples: list[Triple] = list(result)
        rows = [[_cell(t.subject), t.predicate, _cell(t.object)] for t in triples]
        return Table(["subject", "predicate", "object"], rows, triples=triples, label=label)
    except SyntaxError as error:
        raise UsageError(syntax(str(error))) from None
    except (RuntimeError, OSError) as error:
        raise UsageError(f"the query failed: {str(error).splitlines()[0]}") from None


def _cell(term: object) -> Cell:
    return term if term is None or isinstance(term, Cell) else str(term)


def _short(cell: Cell) -> str:
    if isinstance(cell, NamedNode):
        return compact(cell.value)
    return cell.value if isinstance(cell, Literal) else str(cell or "")


def syntax(message: str) -> str:
    """What Oxigraph says of a syntax error, as one line with its place."""
    match = re.search(r"at (\d+):(\d+): (.*)", message, re.DOTALL)
    if match is None:
        return f"SPARQL syntax error: {message.splitlines()[0]}"
    expected = " ".join(match[3].split())
    return f"SPARQL syntax error in line {match[1]}, column {match[2]}: {expected[:200]}"
