"""What programs ask of the graph: each a job that a worker does, with plain JSON for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graph import asking, limits, names, paths, profile, writers
from graph.errors import ServiceError
from graph.moment import Moment, moment
from graph.names import Name
from graph.opened import Opened
from graph.server.answer import Answer, in_json
from graph.store import Graph
from ontology import ID, compact, expand, local


def opened(graph: Graph, when: Mapping[str, str]) -> Opened:
    """The graph in the language and at the moment that a request says: lang, as_of, known_by."""
    return _opened(graph, when.get("lang", "en"), moment(when.get("as_of") or None, when.get("known_by") or None))


@lru_cache(maxsize=2)
def _opened(graph: Graph, language: str, at: Moment) -> Opened:
    """The last ones are kept open."""
    return Opened(graph, language, at)


def search(graph: Graph, when: Mapping[str, str], q: str, kind: str = "", limit: int = 10) -> Answer:
    """Things by their names, the likeliest first."""
    found = candidates(graph, q, kind, limit)
    reader = opened(graph, when).reader
    return in_json({"results": [_hit(name) | {"label": reader.label(expand(name.thing))} for name in found]})


def candidates(graph: Graph, text: str, kind: str = "", most: int = limits.SERVE_LISTED) -> list[Name]:
    """Names that a text stands for or begins, and only where there are none those it comes near to; each thing once."""
    index = graph.index
    found = [*names.find(index, text), *names.beginning(index, text, limits.SERVE_LISTED)] or names.near(index, text)
    first: dict[str, Name] = {}
    for name in found:
        if not kind or name.thing.partition("/")[0] == kind:
            first.setdefault(name.thing, name)
    return list(first.values())[:most]


def _hit(name: Name) -> dict[str, Any]:
    """A name as it was found: `way` says how the text stands for it, `sure` whether it is a form of it."""
    said = {"name": name.name, "role": name.role, "way": name.way, "sure": name.certain}
    return {"id": name.thing, "iri": expand(name.thing), **said}


def found(graph: Graph, name: str) -> Answer:
    """Which thing a name means."""
    return in_json({"id": profile.find(graph, name).thing})


def look_up(graph: Graph, when: Mapping[str, str], name: str) -> Answer:
    """The profile of a thing; docs/lookup.schema.json describes it."""
    return in_json(opened(graph, when).lookup(name).as_dict())


def neighbours(graph: Graph, when: Mapping[str, str], name: str, limit: int = 50, offset: int = 0) -> Answer:
    """The things joined to a thing, in order of their identifiers, each with what joins them; how many there are."""
    reader = opened(graph, when).reader
    thing = profile.find(graph, name).thing
    found = sorted(paths.near(reader, expand(thing)).items())
    listed = [
        {
            "id": compact(end),
            "label": reader.label(end),
            "through": [
                {"id": compact(n), "type": local(reader.node(n)["type"][0]), "sources": len(reader.told(n))}
                for n in via
            ],
        }
        for end, via in found[offset : offset + limit]
    ]
    return in_json({"id": thing, "count": len(found), "offset": offset, "neighbours": listed})


def path(
    graph: Graph, when: Mapping[str, str], start: str, end: str, steps: int = 4, count: int = 3, hubs: bool = False
) -> Answer:
    """The shortest paths between two things."""
    found = opened(graph, when)
    told = [
        [
            {"start": compact(step.start), "end": compact(step.end), "through": list(map(compact, step.nodes))}
            for step in each
        ]
        for each in found.paths(start, end, steps, count, hubs)
    ]
    return in_json({"paths": told})


def catalogue(graph: Graph, when: Mapping[str, str]) -> Answer:
    """The named queries with their parameters."""
    import queries

    return in_json({"queries": [
        {
            "name": q.name, "summary": q.summary, "description": q.description,
            "parameters": [
                {"name": p.name, "type": p.type, "default": q.defaults.get(p.name)} for p in q.parameters
            ],
        }
        for q in queries.catalogue().values()
    ]})  # fmt: skip


def named_query(graph: Graph, when: Mapping[str, str], query: str, parameters: Mapping[str, str]) -> Answer:
    """The rows of a named query."""
    found = opened(graph, when)
    table = asking.ask_named(found.whole, query, parameters, found.language)
    if len(table.rows) > limits.SERVE_ANSWER_ROWS:
        raise ServiceError(413, f"the answer has over {limits.SERVE_ANSWER_ROWS:,} rows; ask for less")
    rows = [list(map(writers.plain, row)) for row in table.rows]
    labels = {cell: table.label(cell) for row in rows for cell in row if isinstance(cell, str) and cell.startswith(ID)}
    return in_json({"columns": list(table.columns), "rows": rows, "labels": labels})
