"""What a request asks, read within limits and checked before anything is done for it."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from graph import limits
from graph.errors import ServiceError, UsageError

FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


class Asked(NamedTuple):
    """A query of the SPARQL 1.1 Protocol, with the graphs of its dataset."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


def accept(request: Request) -> str:
    """The Accept header, several of them as one."""
    return ", ".join(request.headers.getlist("accept"))


def media_type(request: Request) -> str:
    """The media type of the body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body(request: Request) -> str:
    """The text of the body.

    Raises:
        ServiceError: 413 if it is too large, 408 if it does not come, 415 if it is not UTF-8.
    """
    charset = request.headers.get("content-type", "").lower().partition("charset=")[2].strip(' "') or "utf-8"
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ServiceError(415, f"the body is in {charset}; send UTF-8")
    data = b""
    try:
        async with asyncio.timeout(limits.SERVE_STALLED_SECONDS):
            async for part in request.stream():
                data += part
                if len(data) > limits.SERVE_BODY_BYTES:
                    raise ServiceError(413, f"the body has over {limits.SERVE_BODY_BYTES:,} bytes")
    except TimeoutError:
        raise ServiceError(408, "the body did not come in time") from None
    except ClientDisconnect:
        raise ServiceError(400, "the request was not sent to its end") from None
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ServiceError(415, "the body is not UTF-8") from None


def fields(text: str) -> list[tuple[str, str]]:
    """The fields of a query string or form.

    Raises:
        UsageError: for what is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=limits.SERVE_LISTED)
    except ValueError as error:
        raise UsageError(f"the parameters cannot be read: {error}") from None


async def asked(request: Request) -> Asked | None:
    """What is asked by the SPARQL 1.1 Protocol, by GET or either way of POST; None by a GET without any query.

    Raises:
        UsageError: for none or several queries.
        ServiceError: 403 for an update, 415 for a body of another kind, and as `body` does.
    """
    given = fields(request.url.query)
    if request.method == "POST":
        kind = media_type(request)
        if kind == FORM:
            given += fields(await body(request))
        elif kind == _QUERY:
            given.append(("query", await body(request)))
        elif kind == _UPDATE:
            raise ServiceError(403, "updates are refused: the graph is only read here")
        else:
            raise ServiceError(415, f"'{kind}' is no way to send a query; send {_QUERY} or {FORM}")
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise ServiceError(403, "updates are refused: the graph is only read here")
    queries = [value for name, value in given if name == "query"]
    default = tuple(value for name, value in given if name == "default-graph-uri")
    named = tuple(value for name, value in given if name == "named-graph-uri")
    if not queries and request.method != "POST" and not default and not named:
        return None
    if len(queries) != 1:
        raise UsageError(f"exactly one 'query' is needed, not {len(queries)}")
    return Asked(queries[0], default, named)
