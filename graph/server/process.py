"""One worker process, as the server sees it: it is given a job at a time, and ended where that takes too long."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import signal
import socket
from asyncio import Future, TimerHandle, Transport, get_running_loop
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnProcess
from typing import Any

from graph.server import worker
from graph.server.answer import Answer, problem
from graph.server.copies import Opener
from graph.server.worker import SIZE, Job

_START_SECONDS = 60
_GRACE = 1.0
"""Seconds after which a process that did not end itself in time is ended."""


class Process(asyncio.Protocol):
    """A process that is being started, and the connection to it.

    Args:
        opener, seconds, memory: as `worker.run` takes them.
        free: is called when it can be given a job: once it has started, and after each answer.
        lost: is called when it has ended after that, but not by `end`.

    Raises:
        OSError: if there can be no further process.
    """

    def __init__(
        self,
        opener: Opener,
        seconds: float,
        memory: int,
        free: Callable[[Process], None],
        lost: Callable[[Process], None],
    ) -> None:
        self._seconds, self._free, self._lost = seconds, free, lost
        self._data = bytearray()
        self._answer: Future[Answer] = get_running_loop().create_future()
        self._timer: TimerHandle | None = None
        self._transport: Transport | None = None
        self._is_ready = self._is_late = self._is_ended = False
        self._socket, theirs = socket.socketpair()
        with theirs:
            context = multiprocessing.get_context("spawn")
            self._process: SpawnProcess = context.Process(
                target=worker.run, args=(theirs, opener, seconds, memory), daemon=True
            )
            resource_tracker.ensure_running()  # otherwise started by the first process, which unblocks the signal again
            masked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # who starts up has no handler yet
            try:
                self._process.start()
            except BaseException:
                self._socket.close()
                raise
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        self.pid = self._process.pid or 0

    async def start(self) -> None:
        """Wait until it can be given jobs.

        Raises:
            OSError, TimeoutError: if it ends, or takes too long.
        """
        try:
            await get_running_loop().create_connection(lambda: self, sock=self._socket)
            await asyncio.wait_for(asyncio.shield(self._answer), _START_SECONDS)
        except BaseException:
            self.end()
            raise

    @property
    def is_busy(self) -> bool:
        """Whether it starts or works on a job."""
        return not self._answer.done()

    def ask(self, job: Job, given: dict[str, Any]) -> Future[Answer]:
        """Have a job done; the future is never left open, and a process that takes too long is ended."""
        assert self._transport is not None
        data = pickle.dumps((job, given))
        self._answer = get_running_loop().create_future()
        self._timer = get_running_loop().call_later(self._seconds + _GRACE, self._stop)
        self._transport.write(SIZE.pack(len(data)) + data)
        return asyncio.shield(self._answer)

    def _stop(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        """End it; what it works on is answered that the server is closing."""
        self._is_ended = True
        self._process.kill()
        if self._transport is None:
            self._socket.close()
            self._leave()
        else:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) >= SIZE.size and len(self._data) >= SIZE.size + SIZE.unpack_from(self._data)[0]:
            head, _, body = bytes(self._data[SIZE.size :]).partition(b"\n")
            status, _, media_type = head.decode().partition(" ")
            self._data = bytearray()
            self._is_ready = True
            self._settle(Answer(int(status), media_type, body))
            self._free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        code = self._leave()
        if self._is_ended and not self._is_ready:
            self._answer.cancel()
        elif not self._is_ready:
            self._answer.set_exception(OSError(f"exit code {code}"))
        elif not self._answer.done():
            self._settle(self._why(code))
        if self._is_ready and not self._is_ended:
            self._lost(self)

    def _settle(self, answer: Answer) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._answer.set_result(answer)

    def _leave(self) -> int | None:
        """Wait for the end of the process, which is near; its exit code, negative for a signal."""
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code

    def _why(self, code: int | None) -> Answer:
        """Why a job was not answered, by the exit code."""
        if self._is_ended:
            return problem(503, "the server is closing")
        if self._is_late or code == -signal.SIGALRM:
            return problem(504, f"the request took longer than {self._seconds:g} seconds; ask for less")
        if code == -signal.SIGABRT:
            return problem(500, worker.out_of_memory())
        return problem(500, f"the process that worked on the request ended (exit code {code})")
