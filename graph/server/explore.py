"""The live explorer: the page of `chuhai explore` without its data, its files, and where it asks for parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph import limits
from graph.errors import UsageError
from graph.explorer import page
from graph.server import fixed, operations, parts, requests
from graph.server.fixed import Fixed
from graph.server.operations import Parameter

if TYPE_CHECKING:
    from graph.server.app import Service

_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-cache",
}
_MEDIA = {"js": "text/javascript", "css": "text/css"}
_BEGIN = (
    Parameter("focus", "The name of a thing to begin from."),
    Parameter("depth", "How many steps from there.", "integer", 1, most=4),
)
_SEARCH = (Parameter("q", "A name in any script, or its beginning.", required=True),)
_MORE = (
    Parameter("of", "Things, or what happened or held, as kind/slug.", required=True),
    Parameter("count", "How many further neighbours of each.", "integer", 0, most=limits.SERVE_LISTED),
    Parameter("page", "Things that are on the page already."),
)


def routes(service: Service) -> list[Route]:
    """The routes under /explore."""
    files = {name: Fixed(f"explorer/{name}", _MEDIA[name.rpartition(".")[2]], text.encode())
             for name, text in page.files().items()}  # fmt: skip
    shell = page.shell({name: file.path for name, file in files.items()})

    async def explorer(request: Request) -> Response:
        return Response(shell, media_type="text/html", headers=_HEADERS)

    async def begin(request: Request) -> Response:
        when, given = operations.arguments(_BEGIN, requests.fields(request.url.query))
        return await service.ask(request, parts.begin, when=when, **given)

    async def search(request: Request) -> Response:
        when, given = operations.arguments(_SEARCH, requests.fields(request.url.query))
        return await service.ask(request, parts.search, when=when, **given)

    async def more(request: Request) -> Response:
        if requests.media_type(request) != requests.FORM:
            raise UsageError(f"send what is asked for as {requests.FORM}")
        when, given = operations.arguments(_MORE, requests.fields(await requests.body(request)))
        if given["of"].count(",") >= limits.SERVE_LISTED:
            raise UsageError(f"ask for {limits.SERVE_LISTED} things at most")
        return await service.ask(request, parts.more, when=when, **given)

    return [
        Route("/explore", explorer),
        Route("/explore/begin", begin),
        Route("/explore/search", search),
        Route("/explore/more", more, methods=["POST"]),
        *fixed.routes(files.values()),
    ]
