"""Loads quads into a store in a thread of its own, while others are still being made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from queue import Queue
from threading import Thread
from types import TracebackType

from pyoxigraph import RdfFormat, Store

_BYTES = 64_000_000
"""How much text is loaded at once; twice as much waits at most. Smaller parts make more files, to be merged again."""


class Loader:
    """Takes lines of N-Quads; when the block ends after `end` and without an error, all of them are in the store.

    What is in the lines was checked when it entered: IRIs are not checked again.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._text = BytesIO()
        self._parts: Queue[bytes | None] = Queue(maxsize=1)
        self._error: BaseException | None = None
        self._given_up = False
        self._thread = Thread(target=self._load, name="chuhai-loader")

    def add(self, lines: Iterable[str]) -> None:
        """Take some lines.

        Raises:
            OSError: if lines that were taken before could not be stored.
        """
        self._text.write("".join(lines).encode())
        if self._text.tell() > _BYTES:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._error is not None:
            raise self._error
        text, self._text = self._text, BytesIO()
        self._parts.put(text.getvalue())

    def _load(self) -> None:
        while (part := self._parts.get()) is not None:
            self._try(partial(self.store.bulk_load, part, RdfFormat.N_QUADS, lenient=True))
        self._try(self.store.optimize)

    def _try(self, step: Callable[[], None]) -> None:
        if self._error is None and not self._given_up:
            try:
                step()
            except BaseException as error:
                self._error = error

    def end(self) -> None:
        """No more lines come: what is left is loaded, and the store put in order, while others go on."""
        self._hand_over()
        self._parts.put(None)

    def __enter__(self) -> Loader:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is not None:
            self._given_up = True
            self._parts.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error
