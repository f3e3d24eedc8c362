"""Which address of pages, data and interface is answered by which job."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import queries
from graph import html, limits
from graph.errors import NotFoundError, UsageError
from graph.server import api, explore, operations, reconciliation, requests, things
from graph.server.answer import in_json
from ontology import SPACE

if TYPE_CHECKING:
    from graph.server.app import Service

_FORMATS = {"html": things.HTML, "turtle": "text/turtle", "ntriples": "application/n-triples",
            "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml"}  # fmt: skip
_PATH = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")


def routes(service: Service) -> list[Route]:
    """The routes beside /sparql."""
    style = (files("graph.server") / "style.css").read_bytes()

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
        name = dict(requests.fields(request.url.query)).get("name", "")
        found = await service.answer(api.found, name=name)
        if found.status != 200:
            return service.plain(found)
        return RedirectResponse("/id/" + quote(json.loads(found.body)["id"]), 303)

    async def show_limits(_: Request) -> Response:
        return service.plain(in_json({n: {"value": v, "meaning": words} for n, v, words in limits.table()}))

    async def home(_: Request) -> Response:
        places = ("explore", "sparql", "ontology", "api/openapi.json", "api/queries", "reconcile", "limits")
        links = "".join(f'<li><a href="/{place}">/{place}</a></li>' for place in places)
        body = f"<h3>{html.text('Chuhai 出海')}</h3><ul>{links}</ul>"
        return Response(things.page("Chuhai 出海", body), media_type=things.HTML)

    async def styles(_: Request) -> Response:
        return Response(style, media_type="text/css")

    linked = [Route(path, thing) for path in ("/id/{path:path}", "/source/{slug}", "/concept/{path:path}", "/ontology")]
    return [
        *linked,
        Route("/", home),
        Route("/find", find),
        Route("/style.css", styles),
        Route("/limits", show_limits),
        Route("/api/openapi.json", openapi),
        Route("/api/queries/{query}", named),
        Route("/api/{operation}", call),
        Route("/reconcile", reconcile, methods=["GET", "POST"]),
        Route("/reconcile/suggest", suggest),
        *explore.routes(service),
    ]
