"""A process that answers requests, one at a time, from a graph that it can only read."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from graph import limits
from graph.errors import ChuhaiError
from graph.server.answer import Answer, failure, problem
from graph.store import INDEX, QUADS, Graph

Job = Callable[..., Answer]
"""Answers a request from a graph and what was asked."""


def run(connection: Connection, folder: Path, facts: Path, seconds: float, memory: int) -> None:
    """Answer jobs until the other side is gone.

    Args:
        connection: gives pairs of a Job and its arguments by name, takes an Answer for each.
        folder: with INDEX and QUADS.
        facts: the folder of facts they come from.
        seconds: within which each job ends, or the process does.
        memory: how many bytes the process may take beyond those it has now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a native library says when it is out of memory
    index = sqlite3.connect(f"{(folder / INDEX).as_uri()}?mode=ro&immutable=1", uri=True)
    graph = Graph(index, folder / QUADS, facts)
    len(graph.store)
    _limit_memory(memory)
    connection.send(None)
    while True:
        try:
            job, given = connection.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(job, graph, given)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(answer)


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
