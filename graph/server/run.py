"""Runs the server: listens, says where, and stops cleanly."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph import limits
from graph.errors import ChuhaiError
from graph.server.app import Service, application
from graph.server.workers import Workers
from graph.store import Graph


class _Protocol(H11Protocol):
    """Leaves a client that sends no request, or does not read its answer, instead of waiting for ever."""

    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(limits.SERVE_STALLED_SECONDS, self._leave_silent)

    def _leave_silent(self) -> None:
        if self.cycle is None:
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(limits.SERVE_STALLED_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
        super().connection_lost(exc)


def serve(graph: Graph, host: str, port: int, say: Callable[[str], None], log_queries: bool = False) -> None:
    """Serve a graph until a signal says to stop.

    Args:
        graph: an open graph.
        host, port: where to listen; port 0 is any that is free.
        say: is told the address once it is listened at.
        log_queries: whether the log, at INFO, holds what the addresses ask after their "?".

    Raises:
        ChuhaiError: if the address cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sets no delay
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(limits.SERVE_CONNECTIONS)
    except OSError as error:
        listening.close()
        raise ChuhaiError(f"cannot listen at {host}:{port} ({error.strerror}); choose another --port") from None
    version = graph.place.parent.name if isinstance(graph.place, Path) else token_hex(8)
    workers = Workers(graph)
    try:
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            application(Service(workers, version), log_queries), http=_Protocol, ws="none", lifespan="off",
            log_config=None, access_log=False, server_header=False, limit_concurrency=limits.SERVE_CONNECTIONS,
            timeout_graceful_shutdown=2,
        )  # fmt: skip
        for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn stops at them, and raises them again at the end
            signal.signal(number, lambda *_: None)
        say(f"http://{shown}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        workers.close()
        listening.close()
