"""What each operation of /api answers with, in JSON Schema; more keys may come with time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
_BOOLEAN: Schema = {"type": "boolean"}
_OBJECT: Schema = {"type": "object"}
_REFERENCE: Schema = {"type": "string", "pattern": "^[a-z-]+/.", "description": "kind/slug"}


def of(**properties: Schema) -> Schema:
    """An object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def several(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


PROBLEM = of(title=TEXT, status=COUNT, detail=TEXT)
"""Problem details (RFC 9457): why there is no answer."""

_CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
TABLE = of(
    columns=several(TEXT),
    rows=several(several(_CELL)),
    labels={"type": "object", "additionalProperties": TEXT, "description": "of the things in the rows, by IRI"},
)
"""The rows of a named query."""

ANSWERS: Mapping[str, Schema] = {
    "search": of(
        results=several(of(id=_REFERENCE, iri=TEXT, name=TEXT, role=TEXT, sure=_BOOLEAN, label=TEXT)),
    ),
    "profile": {
        **of(thing=_REFERENCE, type=TEXT, label=TEXT, labels=_OBJECT, sections=_OBJECT, sources=several(_OBJECT)),
        "description": "The whole schema is docs/lookup.schema.json.",
    },
    "neighbours": of(
        id=_REFERENCE, count=COUNT, offset=COUNT,
        neighbours=several(
            of(id=_REFERENCE, label=TEXT, through=several(of(id=_REFERENCE, type=TEXT, sources=COUNT)))
        ),
    ),
    "path": of(paths=several(several(of(start=_REFERENCE, end=_REFERENCE, through=several(_REFERENCE))))),
    "queries": of(
        queries=several(of(
            name=TEXT, summary=TEXT, description=TEXT,
            parameters=several(of(name=TEXT, type=TEXT, default={"type": ["string", "null"]})),
        )),
    ),
}  # fmt: skip
"""By the path of the operation."""
