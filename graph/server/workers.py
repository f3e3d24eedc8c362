"""The processes that answer requests: each works within limits of time and memory, and is replaced once it is ended.

What a stranger asks runs in none of the server's own threads: a native query cannot be interrupted, only killed.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio import Future, get_running_loop
from collections.abc import Awaitable, Callable
from typing import Any

from graph import limits
from graph.errors import ServiceError
from graph.server.answer import Answer
from graph.server.copies import Copy
from graph.server.process import Process
from graph.server.worker import Job

_LOG = logging.getLogger("chuhai.server")
_PAUSE = 1.0
"""Seconds until a process that did not start is started again."""


class Workers:
    """A fixed number of worker processes behind a bounded queue; made, used and closed within one event loop.

    Args:
        copy: of the graph to answer from; its room is cleaned up in the end.
        count: how many processes; one of them is kept from jobs that may take long, so that others find one.
        waiting: how many jobs may wait for one.
        seconds, memory: what one job may take; bytes of memory beyond those of an idle process.
        patience: how many seconds a job waits at most.
    """

    def __init__(
        self,
        copy: Copy,
        count: int = limits.SERVE_WORKERS,
        waiting: int = limits.SERVE_WAITING,
        seconds: float = limits.SERVE_SECONDS,
        memory: int = limits.SERVE_MEMORY_BYTES,
        patience: float = limits.SERVE_WAITING_SECONDS,
    ) -> None:
        self._room, self._given = copy.room, (copy.opener, seconds, memory)
        self._most_waiting, self._patience, self._most_long = waiting, patience, max(1, count - 1)
        self._waiting: dict[Future[Process], bool] = {}
        self._idle: list[Process] = []
        self._long: set[Process] = set()
        self._processes: set[Process] = set()
        self._closed = False
        self._starts: set[Future[None]] = {asyncio.ensure_future(self._start()) for _ in range(count)}

    async def ask(
        self, job: Job, long: bool = False, gone: Callable[[], Awaitable[bool]] | None = None, **given: Any
    ) -> Answer:
        """Have a job answered.

        Args:
            job: what to do.
            long: whether it may take long.
            gone: tells whether nobody wants the answer any more; asked where the job had to wait.
            given: arguments of the job.

        Raises:
            ServiceError: 503 if too many jobs wait already, it waited too long, or the server is closing.
        """
        if self._may_start(long):
            process = self._take(long)
        else:
            process = await self._wait(long)
            if gone is not None and await gone():
                self._free(process)
                raise ServiceError(503, "the client has left")
        return await process.ask(job, given)

    def pids(self) -> list[int]:
        """The processes that are there now."""
        return sorted(process.pid for process in self._processes)

    async def retire(self) -> None:
        """Close once everything asked so far is answered."""
        while self._waiting or any(process.is_busy for process in self._processes):
            await asyncio.sleep(0.1)
        await self.close()

    async def close(self) -> None:
        """End every process; what waits, or is worked on, is answered that the server is closing."""
        if self._closed:
            return
        self._closed = True
        for start in self._starts:
            start.cancel()
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(_closing())
        await asyncio.gather(*self._starts, return_exceptions=True)
        while self._processes:
            self._processes.pop().end()
        await asyncio.sleep(0)
        self._room.cleanup()

    async def _wait(self, long: bool) -> Process:
        if self._closed:
            raise _closing()
        if len(self._waiting) >= self._most_waiting:
            raise ServiceError(503, "too many requests at once; come again in a few seconds")
        turn: Future[Process] = get_running_loop().create_future()
        self._waiting[turn] = long
        try:
            async with asyncio.timeout(self._patience):
                return await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._free(turn.result())
            if isinstance(error, TimeoutError):
                raise ServiceError(503, f"no turn came within {self._patience:g} seconds; come again") from None
            raise
        finally:
            self._waiting.pop(turn, None)

    def _take(self, long: bool) -> Process:
        process = self._idle.pop()
        if long:
            self._long.add(process)
        return process

    def _may_start(self, long: bool) -> bool:
        return bool(self._idle) and (not long or len(self._long) < self._most_long)

    def _free(self, process: Process) -> None:
        """A process has nothing to do any more: who waits longest takes it."""
        self._long.discard(process)
        self._idle.append(process)
        for turn, long in self._waiting.items():
            if not turn.done() and self._may_start(long):
                turn.set_result(self._take(long))

    def _lost(self, process: Process) -> None:
        """A process has ended: another one takes its place."""
        self._processes.discard(process)
        self._long.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        if not self._closed:
            start = asyncio.ensure_future(self._start())
            self._starts.add(start)
            start.add_done_callback(self._starts.discard)

    async def _start(self) -> None:
        """Start a process, again and again until that succeeds."""
        while True:
            try:
                process = Process(*self._given, self._free, self._lost)
                self._processes.add(process)
                try:
                    return await process.start()
                except BaseException:
                    self._processes.discard(process)
                    raise
            except (OSError, TimeoutError) as error:
                _LOG.error("a process did not start (%s)", error or type(error).__name__)
                await asyncio.sleep(_PAUSE)


def _closing() -> ServiceError:
    return ServiceError(503, "the server is closing")
