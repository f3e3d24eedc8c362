"""The server as an ASGI application: which address answers what, and what holds for every answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph import limits
from graph.errors import ChuhaiError
from graph.server import api, description, negotiation, parts, requests, routes, sparql, things
from graph.server.answer import Answer, failure, problem
from graph.server.editor import routes as editor
from graph.server.pages import named
from graph.server.worker import Job
from graph.server.workers import Workers

_LOG = logging.getLogger("chuhai.server")
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After",
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
}
_COME_AGAIN = {"retry-after": "5"}

TURNED_AWAY = "turned away"
"""Stands in the state of a request on a connection beyond the limit."""

_PAGES = ("/id/", "/source/", "/concept/", "/ontology", "/queries", "/find", "/explore", editor.PATH)
"""What the paths of pages begin with, beside that of the first."""

_LONG = frozenset({sparql.answer, api.named_query, api.path, named.one, parts.begin, parts.more})
"""Jobs that may take long."""


class Service:
    """What every endpoint answers with: the workers, and the version of the graph that they read.

    Args:
        workers: that answer.
        version: of the graph; as long as it is the same, so is every answer. "" where that cannot be told.
    """

    def __init__(self, workers: Workers, version: str) -> None:
        self.workers, self.version = workers, version

    async def ask(self, request: Request, job: Job, **given: Any) -> Response:
        """The answer of a job; 304 where the client has it already."""
        validity = self._validity()  # taken before the answer, which is of this version, whatever comes meanwhile
        if request.method in ("GET", "HEAD") and validity.get("etag") in _tags(request):
            return Response(status_code=304, headers=validity)
        answer = await self._answer(job, given, request.is_disconnected)
        return response(answer, validity if answer.status == 200 else None)

    async def answer(self, job: Job, **given: Any) -> Answer:
        """What a job answers."""
        return await self._answer(job, given)

    def plain(self, answer: Answer) -> Response:
        """An answer as a response, with the version that it is of."""
        return response(answer, self._validity() if answer.status == 200 else None)

    async def _answer(
        self, job: Job, given: dict[str, Any], gone: Callable[[], Awaitable[bool]] | None = None
    ) -> Answer:
        when = given.get("when", {})
        long = job in _LONG or "as_of" in when or "known_by" in when
        return await self.workers.ask(job, long, gone, **given)

    def _validity(self) -> dict[str, str]:
        tag = {"etag": f'W/"{self.version}"'} if self.version else {}
        return {**tag, "cache-control": "no-cache", "vary": "Accept, Accept-Language"}


def _tags(request: Request) -> list[str]:
    return [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


def response(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    """An answer as a response."""
    more = _COME_AGAIN if answer.status == 503 else {}
    return Response(answer.body, answer.status, {**(headers or {}), **more, "content-type": answer.media_type})


def application(service: Service, log_queries: bool = False, language: str = "en") -> ASGIApp:
    """The whole application.

    Args:
        service: that answers.
        log_queries: whether the log holds what addresses ask after their "?".
        language: of pages whose address names none, "en" or "zh".
    """

    async def query(request: Request) -> Response:
        asked = await requests.asked(request)
        accept = requests.accept(request)
        if asked is None:
            if negotiation.best(accept, [*sparql.RDF, things.HTML]) == things.HTML:
                return RedirectResponse(editor.PATH, 303, {"vary": "Accept"})
            return await service.ask(
                request, description.answer, endpoint=str(request.url).partition("?")[0], accept=accept
            )
        return await service.ask(
            request, sparql.answer, text=asked.query, default=asked.default, named=asked.named, accept=accept
        )

    everything = [Route("/sparql", query, methods=["GET", "POST"]), *routes.routes(service)]
    handlers: dict[Any, Any] = {ChuhaiError: _failed, HTTPException: _no_route, Exception: _broken}
    return _Guard(Starlette(routes=everything, exception_handlers=handlers), log_queries, language)


async def _failed(_: Request, error: Exception) -> Response:
    assert isinstance(error, ChuhaiError)
    return response(failure(error))


async def _no_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = {404: f"nothing is at {request.url.path}", 405: f"{request.method} is not answered here"}
    return response(problem(error.status_code, what.get(error.status_code, error.detail)), error.headers)


async def _broken(_: Request, error: Exception) -> Response:
    return response(problem(500, f"the request failed ({type(error).__name__})"))


class _Guard:
    """Limits the address, answers preflights, gives pages a language, and puts the headers that hold everywhere."""

    def __init__(self, app: ASGIApp, log_queries: bool, language: str) -> None:
        self.app = app
        self.log_queries = log_queries
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                asked = b"?" + scope["query_string"] if self.log_queries and scope["query_string"] else b""
                path = (scope["raw_path"] + asked).decode("latin-1")
                _LOG.info("%s %s %d", scope["method"], path, message["status"])
            await send(message)

        answer = self.app
        if TURNED_AWAY in scope.get("state", {}):
            answer = _refusal(503, "too many connections at once; come again in a few seconds")
        elif len(scope["raw_path"]) + len(scope["query_string"]) > limits.SERVE_URL_BYTES:
            answer = _refusal(414, f"the address has over {limits.SERVE_URL_BYTES:,} bytes; use POST")
        elif scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers=_PREFLIGHT)
        elif self.language != "en" and _is_page_without_language(Request(scope)):
            address = Request(scope).url.include_query_params(lang=self.language)
            answer = RedirectResponse(f"{address.path}?{address.query}", 303, {"vary": "Accept"})
        await answer(scope, receive, send_with_headers)


def _is_page_without_language(request: Request) -> bool:
    """Whether a reader asks for a page whose address does not say in which language."""
    is_page = request.url.path == "/" or request.url.path.startswith(_PAGES)
    is_read = request.method in ("GET", "HEAD") and "text/html" in requests.accept(request)
    return is_page and is_read and "lang" not in request.query_params


def _refusal(status: int, words: str) -> Response:
    return response(problem(status, words), {"connection": "close"})
