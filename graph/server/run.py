"""Runs the server: listens, says where, takes a newer state of the graph when told to, and stops cleanly."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn

from graph import limits
from graph.errors import ChuhaiError
from graph.server import copies
from graph.server.app import Service, application
from graph.server.protocol import Protocol
from graph.server.workers import Workers
from graph.store import Graph

_LOG = logging.getLogger("chuhai.server")


def serve(
    graph: Graph, host: str, port: int, say: Callable[[str], None], log_queries: bool = False, language: str = "en"
) -> None:
    """Serve a graph until a signal says to stop; SIGHUP has the newest state of it served, where no terminal is.

    Args:
        graph: an open graph.
        host, port: where to listen; port 0 is any that is free.
        say: is told the address once it is listened at.
        log_queries: whether the log, at INFO, holds what the addresses ask after their "?".
        language: of pages whose address names none, "en" or "zh".

    Raises:
        ChuhaiError: if the address cannot be listened at, or there is no room for a copy of the graph.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sets no delay
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        try:
            listening.bind((host, port))
            listening.listen(limits.SERVE_CONNECTIONS)
        except OSError as error:
            raise ChuhaiError(f"cannot listen at {host}:{port} ({error.strerror}); choose another --port") from None
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        asyncio.run(_serve(graph, listening, lambda: say(address), log_queries, language))


async def _serve(
    graph: Graph, listening: socket.socket, ready: Callable[[], None], log_queries: bool, language: str
) -> None:
    copy = copies.copy(graph)
    service = Service(Workers(copy), copy.version)
    config = uvicorn.Config(
        application(service, log_queries, language), http=Protocol, ws="none", lifespan="off", log_config=None,
        access_log=False, server_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn stops at them, and raises them again at the end
        signal.signal(number, lambda *_: None)
    loop, renewal = asyncio.get_running_loop(), asyncio.Lock()
    renewals: set[asyncio.Task[None]] = set()

    def hang_up() -> None:
        if sys.stdin is not None and sys.stdin.isatty():  # the terminal is gone
            server.should_exit = True
            return
        task = loop.create_task(_renew(service, graph, renewal))
        renewals.add(task)
        task.add_done_callback(renewals.discard)

    loop.add_signal_handler(signal.SIGHUP, hang_up)
    try:
        ready()
        await server.serve(sockets=[listening])
    finally:
        for task in renewals:
            task.cancel()
        await service.workers.close()


async def _renew(service: Service, graph: Graph, renewal: asyncio.Lock) -> None:
    """Have the newest state of the graph served; without one, or if it cannot be read, all stays as it is."""
    async with renewal:
        try:
            newest = await asyncio.to_thread(copies.newest, graph)
        except (ChuhaiError, OSError) as error:
            _LOG.error("the graph that was opened before is served on: %s", " ".join(str(error).split()))
            return
        if newest.version == service.version != "":
            newest.room.cleanup()
            _LOG.info("there is no newer state of the graph")
            return
        before, service.workers = service.workers, Workers(newest)
        service.version = newest.version
        _LOG.info("a newer state of the graph is served")
        await before.retire()
