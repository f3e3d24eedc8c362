"""What a request is answered with, as plain data that passes between processes."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, NamedTuple

from graph.errors import AmbiguousNameError, ChuhaiError, NotFoundError, ServiceError, StoreError, UsageError

_STATUS = {UsageError: 400, NotFoundError: 404, AmbiguousNameError: 300}


class Answer(NamedTuple):
    """The status of HTTP, the media type, and the whole body."""

    status: int
    media_type: str
    body: bytes


def in_json(data: Any, media_type: str = "application/json") -> Answer:
    """Plain data as JSON."""
    return Answer(200, media_type, json.dumps(data, ensure_ascii=False, allow_nan=False).encode())


def problem(status: int, detail: str, **more: Any) -> Answer:
    """Why a request is not answered, as problem details (RFC 9457)."""
    data = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return in_json(data, "application/problem+json")._replace(status=status)


def failure(error: ChuhaiError) -> Answer:
    """An error of ours as an answer."""
    if isinstance(error, ServiceError):
        return problem(error.status, str(error))
    if isinstance(error, StoreError):
        return problem(502, f"the store behind this server: {error.problem}")
    more = {"candidates": list(error.candidates)} if isinstance(error, AmbiguousNameError) else {}
    return problem(_STATUS.get(type(error), 500), str(error), **more)
