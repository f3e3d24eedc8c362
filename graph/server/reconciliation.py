"""The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), over the names of things.

OpenRefine and others send names, and get the things that may be meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph import limits
from graph.errors import UsageError
from graph.names import NEAR_WAYS, Name
from graph.reading import Reader
from graph.server.answer import Answer, in_json
from graph.server.api import candidates
from graph.store import Graph
from ontology import ID, SPACE, expand, local, vocabulary

_SCORES = {"label": 100, "alias": 90, "formerName": 80}
_NEAR = 50
"""The most that a name scores that the text only comes near to."""


def manifest(base: str) -> dict[str, Any]:
    """What the service says of itself; `base` is the address of the server, without a slash at its end."""
    suggest = {"service_url": base, "service_path": "/reconcile/suggest"}
    return {
        "versions": ["0.2"],
        "name": "Chuhai",
        "identifierSpace": ID,
        "schemaSpace": SPACE + "ontology#",
        "view": {"url": base + "/id/{{id}}"},
        "defaultTypes": [_type(name) for name in sorted(vocabulary().slug_kinds)],
        "suggest": {"entity": suggest},
    }


def reconcile(graph: Graph, text: str) -> Answer:
    """Candidates for a batch of queries, a JSON object by the keys of the caller.

    Raises:
        UsageError: if the text is no such batch, or too large a one.
    """
    try:
        batch = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError("'queries' is no JSON") from None
    if not isinstance(batch, dict) or not all(isinstance(q, dict) for q in batch.values()):
        raise UsageError("'queries' is a JSON object of queries by key")
    if len(batch) > limits.SERVE_LISTED:
        raise UsageError(f"a batch has at most {limits.SERVE_LISTED} queries")
    reader = Reader(graph)
    return in_json({key: {"result": _candidates(reader, query)} for key, query in batch.items()})


def suggest(graph: Graph, prefix: str) -> Answer:
    """Things for the beginning of a name that is being typed."""
    reader = Reader(graph)
    found = candidates(graph, prefix)[: limits.SUGGESTIONS]
    shown = [{"id": n.thing, "name": reader.label(expand(n.thing)), "description": n.name} for n in found]
    return in_json({"result": shown})


def _candidates(reader: Reader, query: Mapping[str, Any]) -> list[dict[str, Any]]:
    text, wanted, most = query.get("query"), query.get("type") or [], query.get("limit", limits.SUGGESTIONS)
    if not isinstance(text, str) or not isinstance(most, int) or most < 1:
        raise UsageError("a query has a text under 'query', and a 'limit' of 1 or more")
    types = {local(t) for t in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(t, str)}
    found = [(name, _types(reader, name)) for name in candidates(reader.graph, text)]
    kept = [(name, own) for name, own in found if not types or types & set(own)][: min(most, limits.SERVE_LISTED)]
    best = [name for name, _ in kept if _score(name) == max(_score(n) for n, _ in kept)]
    return [
        {
            "id": name.thing,
            "name": reader.label(expand(name.thing)),
            "score": _score(name),
            "match": best == [name] and name.way not in NEAR_WAYS,
            "type": [_type(t) for t in own],
        }
        for name, own in sorted(kept, key=lambda each: -_score(each[0]))
    ]


def _score(name: Name) -> int:
    return _NEAR if name.way in NEAR_WAYS else _SCORES[name.role] - 5 * (name.way != "written")


def _types(reader: Reader, name: Name) -> list[str]:
    return [local(t) for t in reader.node(expand(name.thing)).get("type", ())]


def _type(name: str) -> dict[str, str]:
    words = vocabulary().classes.get(name)
    return {"id": name, "name": words.label["en"] if words else name}
