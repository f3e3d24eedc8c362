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
from graph.server import api, explore, operations, reconciliation, requests, things
from graph.server.answer import in_json
from graph.server.pages import start
from graph.server.pages.page import Site
from ontology import SPACE

if TYPE_CHECKING:
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
        return await service.ask(request, things.answer, when=when, iri=SPACE + path, accept=accept)

    async def call(request: Request) -> Response:
        fields = requests.fields(request.url.query)
        found = next((o for o in operations.OPERATIONS if o.path == request.path_params["operation"]), None)
        if found is None:
            raise NotFoundError(f"there is no {request.url.path}; see /api/openapi.json")
        when, given = operations.arguments(found.parameters, fields)
        return await service.ask(request, found.job, when=when, **given)

    async def named(request: Request) -> Response:
        name = request.path_params["query"]
        if name not in queries.names():
            raise NotFoundError(f"there is no query named '{name}'; see /api/queries")
        own = [p.name for p in queries.named(name).parameters]
        when, given = operations.arguments((), requests.fields(request.url.query), own)
        return await service.ask(request, api.named_query, when=when, query=name, parameters=given)

    async def openapi(_: Request) -> Response:
        return service.plain(in_json(operations.openapi(version("chuhai"))))

    async def reconcile(request: Request) -> Response:
        fields = requests.fields(request.url.query)
        if request.method == "POST":
            if requests.media_type(request) != requests.FORM:
                raise UsageError(f"send 'queries' as {requests.FORM}")
            fields = requests.fields(await requests.body(request))
        batches = [value for name, value in fields if name == "queries"]
        if not batches:
            return service.plain(in_json(reconciliation.manifest(str(request.base_url).rstrip("/"))))
        return await service.ask(request, reconciliation.reconcile, text=batches[0])

    async def suggest(request: Request) -> Response:
        prefix = dict(requests.fields(request.url.query)).get("prefix", "")
        return await service.ask(request, reconciliation.suggest, prefix=prefix)

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
        Route("/", home),
        Route("/find", find),
        Route("/style.css", sheet),
        Route("/limits", show_limits),
        Route("/api/openapi.json", openapi),
        Route("/api/queries/{query}", named),
        Route("/api/{operation}", call),
        Route("/reconcile", reconcile, methods=["GET", "POST"]),
        Route("/reconcile/suggest", suggest),
        *explore.routes(service),
    ]
