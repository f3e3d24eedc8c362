"""The processes that answer requests: each works within limits of time and memory, and is replaced once it is ended.

What a stranger asks runs in none of the server's own threads: a native query cannot be interrupted, only killed.
"""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import sqlite3
import tempfile
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Thread
from typing import Any

from graph import limits
from graph.errors import ServiceError
from graph.files import link
from graph.server import worker
from graph.server.answer import Answer, problem
from graph.server.worker import Job
from graph.store import INDEX, QUADS, Graph

_START_SECONDS = 60
_GRACE = 1.0
"""Seconds after which a process that did not end itself in time is ended."""


class Workers:
    """A fixed number of worker processes behind a bounded queue.

    Args:
        graph: to answer from; it is read from a copy of its files, so that it may be replaced meanwhile.
        count: how many processes.
        waiting: how many jobs may wait for one.
        seconds, memory: what one job may take; bytes of memory beyond those of an idle process.
    """

    def __init__(
        self,
        graph: Graph,
        count: int = limits.SERVE_WORKERS,
        waiting: int = limits.SERVE_WAITING,
        seconds: float = limits.SERVE_SECONDS,
        memory: int = limits.SERVE_MEMORY_BYTES,
    ) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="chuhai-")
        self._given = (_files(graph, Path(self._room.name)), graph.facts, seconds, memory)
        self.seconds = seconds
        self._jobs: Queue[tuple[Future[Answer], Job, dict[str, Any]] | None] = Queue(waiting)
        self._closed = False
        self._processes: set[SpawnProcess] = set()
        self._threads = [Thread(target=self._work, name=f"worker {n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def ask(self, job: Job, **given: Any) -> Future[Answer]:
        """Have a job answered; the future is never left open.

        Raises:
            ServiceError: 503 if too many jobs wait already, or the server is closing.
        """
        if self._closed:
            raise ServiceError(503, "the server is closing")
        future: Future[Answer] = Future()
        try:
            self._jobs.put_nowait((future, job, given))
        except Full:
            raise ServiceError(503, "too many requests at once; come again in a few seconds") from None
        return future

    def pids(self) -> list[int]:
        """The processes that are there now."""
        return sorted(process.pid or 0 for process in self._processes)

    def close(self) -> None:
        """End every process; what waits is answered that the server is closing."""
        self._closed = True
        with suppress(Empty):
            while waiting := self._jobs.get_nowait():
                waiting[0].set_result(self._why(None))
        for process in list(self._processes):
            process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._room.cleanup()

    def _work(self) -> None:
        """One thread, one process: it is started anew where it has ended."""
        current: tuple[SpawnProcess, Connection] | None = None
        while not self._closed:
            with suppress(OSError):  # it is tried again for the next job
                current = current or self._start()
            if (next_job := self._jobs.get()) is None:
                break
            future, job, given = next_job
            if future.set_running_or_notify_cancel():
                try:
                    current = current or self._start()
                    answer = self._answer(*current, job, given)
                except OSError as error:
                    answer = problem(503, f"no process to answer with ({error}); come again")
                if current is not None and not current[0].is_alive():
                    self._end(*current)
                    current = None
                future.set_result(answer)
        if current is not None:
            self._end(*current)

    def _start(self) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=worker.run, args=(theirs, *self._given), daemon=True)
        process.start()
        self._processes.add(process)
        theirs.close()
        if not self._closed and ours.poll(_START_SECONDS):
            with suppress(EOFError):
                ours.recv()
                return process, ours
        self._end(process, ours)
        raise OSError("a worker did not start")

    def _end(self, process: SpawnProcess, connection: Connection) -> None:
        connection.close()
        process.kill()
        process.join()
        process.close()
        self._processes.discard(process)

    def _answer(self, process: SpawnProcess, connection: Connection, job: Job, given: dict[str, Any]) -> Answer:
        """What a process says, or why it said nothing; it has ended then."""
        try:
            connection.send((job, given))
            if connection.poll(self.seconds + _GRACE):
                answer: Answer = connection.recv()
                return answer
            process.kill()
            process.join()
            code: int | None = -signal.SIGALRM
        except (EOFError, OSError):
            process.join()
            code = process.exitcode
        return self._why(code)

    def _why(self, code: int | None) -> Answer:
        """Why a job was not answered, by the exit code of the process."""
        if self._closed:
            return problem(503, "the server is closing")
        if code == -signal.SIGALRM:
            return problem(504, f"the request took longer than {self.seconds:g} seconds; ask for less")
        if code == -signal.SIGABRT:
            return problem(500, worker.out_of_memory())
        return problem(500, f"the process that worked on the request ended (exit code {code})")


def _files(graph: Graph, room: Path) -> Path:
    """The files of a graph in a folder of their own: linked where that can be, copied elsewhere."""
    if isinstance(graph.place, Path):
        for name in (INDEX, QUADS):
            _copy(graph.place.parent / name, room / name)
        return room
    from pyoxigraph import Store

    quads = Store(str(room / QUADS))
    quads.bulk_extend(graph.store)
    quads.flush()
    del quads
    with sqlite3.connect(room / INDEX) as copy:
        graph.index.backup(copy)
    copy.close()
    return room


def _copy(origin: Path, target: Path) -> None:
    if origin.is_dir():
        shutil.copytree(origin, target, copy_function=link)
    else:
        link(origin, target)
