"""HTTP by uvicorn's h11, with limits of its own: nobody holds a connection, or an answer, without going on."""

from __future__ import annotations

import asyncio
import logging

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from graph import limits
from graph.server.app import TURNED_AWAY

_LOG = logging.getLogger("chuhai.server")


class Protocol(H11Protocol):
    """Leaves a client that sends no whole request, or does not read its answer, instead of waiting for ever.

    Beyond limits.SERVE_CONNECTIONS connections requests are told to come again; beyond twice as many, connections
    are not held at all.
    """

    _watch: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _last: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > limits.SERVE_CONNECTIONS:
            self.app_state = {**self.app_state, TURNED_AWAY: True}
        if len(self.connections) > 2 * limits.SERVE_CONNECTIONS:
            self.transport.abort()
        self._look()

    def _look(self) -> None:
        """Leave the client if it has asked nothing since the last look; what is worked on has its own time."""
        is_waited_for = self.cycle is None or self.cycle.response_complete
        if is_waited_for and self.cycle is self._last and self._watch is not None and self._stalled is None:
            self.transport.abort()
            return
        self._last = self.cycle
        self._watch = self.loop.call_later(limits.SERVE_STALLED_SECONDS, self._look)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(limits.SERVE_STALLED_SECONDS, self._leave_stalled)
        deaf = [each for each in self.connections if isinstance(each, Protocol) and each._stalled is not None]
        if sum(each.transport.get_write_buffer_size() for each in deaf) > limits.SERVE_UNREAD_BYTES:
            min(deaf, key=lambda each: each._stalled.when() if each._stalled else 0.0)._leave_stalled()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _leave_stalled(self) -> None:
        _LOG.warning("a client that did not read its answer was left")
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._watch, self._stalled):
            if timer is not None:
                timer.cancel()
        self._watch = self._stalled = None
        super().connection_lost(exc)
