"""Writes files whole or not at all, and copies them without copying where that can be."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that no reader sees half of it.

    Raises:
        OSError: naming `path`, if it cannot be written; what stood there before stays.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".chuhai-", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
        try:
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def link(origin: str | Path, target: str | Path) -> None:
    """Give a file that nobody writes to a second name; where that cannot be, copy it.

    Raises:
        OSError: if neither can be done.
    """
    try:
        os.link(origin, target)
    except OSError:
        shutil.copy2(origin, target)
