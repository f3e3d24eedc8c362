"""Files that never change under their address: it holds the hash of what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HEADERS = {"cache-control": "public, max-age=31536000, immutable"}


class Fixed(NamedTuple):
    """A file that pages load: its name, its media type, what it holds."""

    name: str
    media_type: str
    content: bytes

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/fixed/{hashlib.sha256(self.content).hexdigest()[:16]}/{self.name}"


def route(file: Fixed) -> Route:
    """The route of a file; only what was given to it is ever read."""

    async def serve(_: Request) -> Response:
        return Response(file.content, headers=_HEADERS, media_type=file.media_type)

    return Route(file.path, serve)


def routes(files: Iterable[Fixed]) -> list[Route]:
    """The routes of some files."""
    return list(map(route, files))
