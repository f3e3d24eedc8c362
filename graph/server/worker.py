"""A process that answers requests, one at a time, from a graph that it can only read."""

from __future__ import annotations

import logging
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedRWPair
from pathlib import Path
from typing import Any

from graph import limits
from graph.errors import ChuhaiError
from graph.server.answer import Answer, failure, in_json, problem
from graph.store import Graph

SIZE = struct.Struct("!Q")
"""How many bytes follow, before each message in either direction."""

Job = Callable[..., Answer]
"""Answers a request from a graph and what was asked."""


def run(connection: socket.socket, opener: Callable[[], Graph], seconds: float, memory: int) -> None:
    """Answer jobs until the other side is gone.

    Args:
        connection: gives pairs of a Job and its arguments by name, pickled; takes for each the status and the media
            type on a line and the body, and such an answer at first, when the graph is open.
        opener: opens the graph.
        seconds: within which each job ends, or the process does.
        memory: how many bytes the process may take beyond those it has with the graph open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    graph = opener()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a native library says when it is out of memory
    _limit_memory(memory)
    with connection, connection.makefile("rwb") as stream, suppress(BrokenPipeError):
        _send(stream, in_json(None))
        while size := stream.read(SIZE.size):
            job, given = pickle.loads(stream.read(*SIZE.unpack(size)))  # noqa: S301 - the server's own
            signal.setitimer(signal.ITIMER_REAL, seconds)
            answer = _answer(job, graph, given)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _send(stream, answer)


def _send(stream: BufferedRWPair, answer: Answer) -> None:
    head = f"{answer.status} {answer.media_type}\n".encode()
    stream.write(SIZE.pack(len(head) + len(answer.body)) + head)
    stream.write(answer.body)
    stream.flush()


def _answer(job: Job, graph: Graph, given: dict[str, Any]) -> Answer:
    try:
        answer = job(graph, **given)
    except ChuhaiError as error:
        return failure(error)
    except MemoryError:
        return problem(500, out_of_memory())
    except Exception as error:
        logging.getLogger(__name__).exception("a request failed")
        return problem(500, f"the request failed ({type(error).__name__})")
    if len(answer.body) > limits.SERVE_ANSWER_BYTES:
        return problem(413, f"the answer has over {limits.SERVE_ANSWER_BYTES:,} bytes; ask for less, or with LIMIT")
    return answer


def out_of_memory() -> str:
    """Why a request was given up that took too much memory."""
    return f"the request took more than {limits.SERVE_MEMORY_BYTES:,} bytes of memory; ask for less"


def _limit_memory(memory: int) -> None:
    """Where it can be done: on Linux."""
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def nothing_opened() -> Iterator[None]:
    """No file and no connection can be opened meanwhile, by whatever code."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
