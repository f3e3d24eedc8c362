"""The addresses of the SPARQL editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import queries
from graph.errors import NotFoundError, UsageError
from graph.server import fixed, operations, requests
from graph.server.editor import jobs, page

if TYPE_CHECKING:
    from graph.server.app import Service

PATH = "/sparql/editor"
_HEADERS = {"content-security-policy": page.POLICY, "cache-control": "no-cache"}
_LANGUAGE = operations.WHEN[0]


def routes(service: Service) -> list[Route]:
    """The routes of the page, of its files, and of what it asks for."""

    async def show(request: Request) -> Response:
        language = _LANGUAGE.read(request.query_params.get("lang", "en"))
        shown = page.page("en" if language == "en" else "zh-hans")
        return Response(shown, headers=_HEADERS, media_type="text/html")

    async def text(request: Request) -> Response:
        given = dict(requests.fields(request.url.query))
        name = given.pop("named", "")
        if name not in queries.names():
            raise NotFoundError(f"there is no query named '{name}'; see /api/queries")
        return await service.ask(request, jobs.text, query=name, parameters=given)

    async def labels(request: Request) -> Response:
        if requests.media_type(request) != "application/json":
            raise UsageError("send a list of IRIs as application/json")
        when, _ = operations.arguments((), requests.fields(request.url.query))
        return await service.ask(request, jobs.labels, when=when, iris=await requests.body(request))

    return [
        Route(PATH, show),
        Route(f"{PATH}/text", text),
        Route(f"{PATH}/labels", labels, methods=["POST"]),
        *fixed.routes(page.fixed().values()),
    ]
