"""Which address of pages, data and interface is answered by which job."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import queries
from graph import limits
from graph.errors import NotFoundError, UsageError
from graph.server import api, explore, extension, operations, reconciliation, requests, suggestion, things
from graph.server.answer import in_json
from graph.server.editor import routes as editor
from graph.server.pages import named, start
from graph.server.pages.page import Site
from graph.server.worker import Job
from ontology import SPACE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.server.app import Service

_FORMATS = {"html": things.HTML, "turtle": "text/turtle", "ntriples": "application/n-triples",
            "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml"}  # fmt: skip
_PATH = re.compile(r"[a-z0-9.-]+(/[a-z0-9.-]+)*")


def routes(service: Service) -> list[Route]:
    """The routes beside /sparql."""
    styles = (files("graph.drawing") / "figures.css", files("graph.server") / "style.css")
    style = b"".join(sheet.read_bytes() for sheet in styles)

    async def thing(request: Request) -> Response:
        path = request.url.path.strip("/")
        if not _PATH.fullmatch(path):
            raise NotFoundError(f"nothing is at {request.url.path}")
        form = operations.Parameter("format", "of the answer", choices=tuple(_FORMATS))
        when, given = operations.arguments([form], requests.fields(request.url.query))
        accept = _FORMATS[given["format"]] if given else requests.accept(request)
        found = await service.ask(request, things.answer, when=when, iri=SPACE + path, accept=accept)
        if found.status_code != 404 or things.HTML not in accept:
            return found
        name = path.rpartition("/")[2].replace("-", " ")
        return service.plain(await service.answer(start.results, when=when, name=name, path=path))

    async def call(request: Request) -> Response:
        fields = requests.fields(request.url.query)
        found = next((o for o in operations.OPERATIONS if o.path == request.path_params["operation"]), None)
        if found is None:
            raise NotFoundError(f"there is no {request.url.path}; see /api/openapi.json")
        when, given = operations.arguments(found.parameters, fields)
        return await service.ask(request, found.job, when=when, **given)

    def of_query(job: Job) -> Callable[[Request], Awaitable[Response]]:
        async def ask(request: Request) -> Response:
            name = request.path_params["query"]
            if name not in queries.names():
                raise NotFoundError(f"there is no query named '{name}'; see /queries")
            own = [p.name for p in queries.named(name).parameters]
            when, given = operations.arguments((), requests.fields(request.url.query), own)
            return await service.ask(request, job, when=when, query=name, parameters=given)

        return ask

    async def every(request: Request) -> Response:
        when, _ = operations.arguments((), requests.fields(request.url.query))
        return await service.ask(request, named.every, when=when)

    async def openapi(_: Request) -> Response:
        return service.plain(in_json(operations.openapi(version("chuhai"))))

    async def reconcile(request: Request) -> Response:
        fields = requests.fields(request.url.query)
        if request.method == "POST":
            if requests.media_type(request) != requests.FORM:
                raise UsageError(f"send 'queries' or 'extend' as {requests.FORM}")
            fields = requests.fields(await requests.body(request))
        asked = [(name, value) for name, value in fields if name in ("queries", "extend")]
        if not asked and not fields:
            return service.plain(in_json(reconciliation.manifest(str(request.base_url).rstrip("/"))))
        if len(asked) != 1 or len(fields) != 1:
            raise UsageError("send 'queries' or 'extend' and nothing else; there is no JSONP, any site may read (CORS)")
        return await service.ask(request, reconciliation.answer, name=asked[0][0], text=asked[0][1])

    async def suggest(request: Request) -> Response:
        given = _given(request)
        cursor = operations.Parameter("cursor", "How many to pass over.", "integer").read(given.get("cursor") or "0")
        what, prefix = _what(request), given.get("prefix", "")
        return await service.ask(request, suggestion.suggest, what=what, prefix=prefix, cursor=cursor)

    async def flyout(request: Request) -> Response:
        name = _given(request).get("id", "")
        return await service.ask(request, suggestion.flyout, what=_what(request), name=name)

    async def preview(request: Request) -> Response:
        found = await service.ask(request, suggestion.preview, name=_given(request).get("id", ""))
        found.headers["content-security-policy"] = "default-src 'none'; style-src 'self'; frame-ancestors *"
        return found

    async def proposed(request: Request) -> Response:
        limit = operations.Parameter("limit", "How many at most.", "integer", least=1, most=limits.SERVE_LISTED)
        most = limit.read(_given(request).get("limit") or str(limits.SERVE_LISTED))
        return await service.ask(request, extension.proposed, type_name=_given(request).get("type", ""), limit=most)

    async def find(request: Request) -> Response:
        name = operations.Parameter("name", "A name in any script.", required=True)
        when, given = operations.arguments([name], requests.fields(request.url.query))
        found = await service.answer(api.found, name=given["name"])
        if found.status != 200:
            return service.plain(await service.answer(start.results, when=when, name=given["name"]))
        return RedirectResponse(Site("", when).to("id/" + json.loads(found.body)["id"]), 303)

    async def show_limits(_: Request) -> Response:
        return service.plain(in_json({n: {"value": v, "meaning": words} for n, v, words in limits.table()}))

    async def home(request: Request) -> Response:
        when, _ = operations.arguments((), requests.fields(request.url.query))
        return await service.ask(request, start.start, when=when)

    async def sheet(_: Request) -> Response:
        return Response(style, media_type="text/css")

    linked = [Route(path, thing) for path in ("/id/{path:path}", "/source/{slug}", "/concept/{path:path}", "/ontology")]
    return [
        *linked,
        *editor.routes(service),
        Route("/", home),
        Route("/find", find),
        Route("/style.css", sheet),
        Route("/limits", show_limits),
        Route("/api/openapi.json", openapi),
        Route("/api/queries/{query}", of_query(api.named_query)),
        Route("/queries", every),
        Route("/queries/{query}", of_query(named.one)),
        Route("/api/{operation}", call),
        Route("/reconcile", reconcile, methods=["GET", "POST"]),
        Route("/reconcile/suggest/{what}", suggest),
        Route("/reconcile/flyout/{what}", flyout),
        Route("/reconcile/properties", proposed),
        Route("/reconcile/preview", preview),
        *explore.routes(service),
    ]


def _given(request: Request) -> dict[str, str]:
    """The fields of an address, the last of each; others than are known do not matter."""
    return dict(requests.fields(request.url.query))


def _what(request: Request) -> str:
    """What is suggested, as the path says."""
    what: str = request.path_params["what"]
    if what not in reconciliation.KINDS:
        raise NotFoundError(f"nothing is at {request.url.path}")
    return what
