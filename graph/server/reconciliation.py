"""The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), over the names of things.

OpenRefine and others send names, and get the things that may be meant. There is no JSONP: every answer may be read
from any site (CORS), as the specification wants.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from graph import limits
from graph.errors import ServiceError, UsageError
from graph.names import Name
from graph.reading import Reader
from graph.server import extension
from graph.server.answer import Answer, in_json
from graph.server.api import candidates
from graph.store import Graph
from ontology import ID, SPACE, expand, local, vocabulary

_SCORES = {"label": 100, "alias": 90, "formerName": 80}
_NEAR = 50
"""The most that a name scores that the text only comes near to."""

_NAME_SHARE = 0.6
"""How much of the score is the name's where properties are given too."""

KINDS = ("entity", "type", "property")
"""What can be suggested."""

PREVIEW = 420, 220
"""Width and height of a preview, in pixels."""


def manifest(base: str) -> dict[str, Any]:
    """What the service says of itself; `base` is the address of the server, without a slash at its end."""
    suggest = {
        what: {
            "service_url": base,
            "service_path": f"/reconcile/suggest/{what}",
            "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
        }
        for what in KINDS
    }
    return {
        "versions": ["0.2"],
        "name": "Chuhai",
        "identifierSpace": ID,
        "schemaSpace": SPACE + "ontology#",
        "documentation": base + "/ontology",
        "view": {"url": base + "/id/{{id}}"},
        "defaultTypes": [typed(name) for name, cls in vocabulary().classes.items() if cls.shape],
        "suggest": suggest,
        "preview": {"url": base + "/reconcile/preview?id={{id}}", "width": PREVIEW[0], "height": PREVIEW[1]},
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
        "batchSize": limits.SERVE_LISTED,
    }


def answer(graph: Graph, name: str, text: str) -> Answer:
    """What is answered to a batch of queries, or to a query for values.

    Args:
        graph: the open graph.
        name: "queries" or "extend", the field in which it was sent.
        text: the query, in JSON.

    Raises:
        UsageError: if the text is no such query.
        ServiceError: 413 if the batch is too large.
    """
    try:
        query = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(f"'{name}' is no JSON") from None
    return extension.extend(graph, query) if name == "extend" else _batch(graph, query)


def _batch(graph: Graph, batch: Any) -> Answer:
    if not isinstance(batch, dict) or not all(isinstance(q, dict) for q in batch.values()):
        raise UsageError("'queries' is a JSON object of queries by key")
    if len(batch) > limits.SERVE_LISTED:
        raise ServiceError(413, f"a batch has at most {limits.SERVE_LISTED} queries")
    reader = Reader(graph)
    return in_json({key: {"result": _candidates(reader, _read(query))} for key, query in batch.items()})


class _Query(NamedTuple):
    text: str
    types: frozenset[str]
    all_types: bool
    given: list[tuple[str, list[Any]]]
    most: int


def _read(query: Mapping[str, Any]) -> _Query:
    text, most = query.get("query", ""), query.get("limit", limits.SUGGESTIONS)
    wanted, given = query.get("type") or [], query.get("properties") or []
    if not isinstance(text, str) or not (text.strip() or given):
        raise UsageError("a query has a text under 'query', or 'properties'")
    if not isinstance(most, int | float) or most < 1:
        raise UsageError("the 'limit' of a query is 1 or more")
    if not isinstance(given, list) or not all(isinstance(p, dict) and "pid" in p and "v" in p for p in given):
        raise UsageError("the 'properties' of a query are a list of objects with 'pid' and 'v'")
    known = [(p["pid"], p["v"] if isinstance(p["v"], list) else [p["v"]]) for p in given]
    kinds = [t.get("id") if isinstance(t, dict) else t for t in (wanted if isinstance(wanted, list) else [wanted])]
    types = frozenset(local(t) for t in kinds if isinstance(t, str))
    own = [(pid, v) for pid, v in known if isinstance(pid, str) and pid in extension.properties() and v]
    return _Query(text.removeprefix(ID), types, query.get("type_strict") == "all", own, int(most))


def _candidates(reader: Reader, query: _Query) -> list[dict[str, Any]]:
    if query.text:
        found = candidates(reader.graph, query.text)
    else:
        joined = dict.fromkeys(t for _, v in query.given for t in extension.things_joined(reader, v))
        found = [Name("", "", "label", thing, way="") for thing in joined][: limits.SERVE_LISTED]
    scored = []
    for name in found:
        own = {local(t) for t in reader.node(expand(name.thing)).get("type", ())}
        if query.types and not (query.types <= own if query.all_types else query.types & own):
            continue
        agreed = extension.agreement(reader, name.thing, query.given) if query.given else None
        scored.append((_total(name, agreed), name, agreed, sorted(own)))
    scored.sort(key=lambda each: -each[0])
    best = [each for each in scored if each[0] == scored[0][0]]
    return [
        {
            "id": name.thing,
            "name": reader.label(expand(name.thing)),
            "score": score,
            "match": len(best) == 1 and score == best[0][0] and name.certain and (agreed is None or agreed >= _HALF),
            "type": [typed(t) for t in own],
            "features": [{"id": "name", "value": _score(name)}]
            + ([{"id": "properties", "value": round(agreed, 3)}] if agreed is not None else []),
        }
        for score, name, agreed, own in scored[: min(query.most, limits.SERVE_LISTED)]
    ]


_HALF = 0.5


def _total(name: Name, agreed: float | None) -> float:
    if agreed is None:
        return _score(name)
    return round(_NAME_SHARE * _score(name) + (1 - _NAME_SHARE) * 100 * agreed, 1)


def _score(name: Name) -> int:
    """What a name scores by itself: 0 where the thing was not found by name."""
    if not name.certain:
        return _NEAR if name.way else 0
    return _SCORES[name.role] - 5 * (name.way != "written")


def typed(name: str) -> dict[str, str]:
    """A class as a type of the specification."""
    words = vocabulary().classes.get(name)
    return {"id": name, "name": words.label["en"] if words else name}
