"""Writes files and folders whole or not at all, and copies files without copying where that can be."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def write_bytes(path: Path, *parts: Iterable[bytes] | bytes) -> None:
    """Write a file beside its place and move it there, so that no reader sees half of it.

    Args:
        path: of the file.
        parts: what stands in it, whole or piece by piece.

    Raises:
        OSError: naming `path`, if it cannot be written; what stood there before stays.
    """
    with replacing(path) as file:
        for part in parts:
            file.writelines([part] if isinstance(part, bytes) else part)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which stands at `path` once all is written, and nowhere if anything fails before.

    A device or a pipe is written to as it is.

    Raises:
        OSError: naming `path`, if it cannot be written; what stood there before stays.
    """
    with naming(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                yield file
            return
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".chuhai-", delete=False) as opened:
            temporary = Path(opened.name)
            try:
                yield opened
                opened.close()
                temporary.chmod(0o666 & ~_mask())
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """An empty folder to write to, which stands at `path` once all is written, and nowhere if anything fails before.

    Raises:
        OSError: naming `path`, if it cannot be written; what stood there before stays.
    """
    with naming(path):
        place = path.resolve()
        room = Path(tempfile.mkdtemp(prefix=".chuhai-", dir=place.parent))
        try:
            yield room
            room.chmod(0o777 & ~_mask())
            _put(room, place)
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _put(room: Path, path: Path) -> None:
    """Move a folder into its place; what stood there before is taken away, or put back where that fails."""
    if not path.exists():
        room.rename(path)
        return
    before = room.with_name(f"{room.name}-before")
    path.rename(before)
    try:
        room.rename(path)
    except OSError:
        before.rename(path)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Errors of the system about what is written here name the path that was asked for."""
    try:
        yield
    except OSError as error:
        if error.filename is None or ".chuhai-" in str(error.filename):
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise OSError(error.errno, reason, str(path)) from None
        raise


def link(origin: str | Path, target: str | Path) -> None:
    """Give a file that nobody writes to a second name; where that cannot be, copy it.

    Raises:
        OSError: if neither can be done.
    """
    try:
        os.link(origin, target)
    except OSError:
        shutil.copy2(origin, target)
