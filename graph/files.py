"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_bytes(path: Path, *parts: Iterable[bytes] | bytes) -> None:
    """Write a file beside its place and move it there, so that no reader sees half of it.

    Args:
        path: of the file.
        parts: what stands in it, whole or piece by piece.

    Raises:
        OSError: naming `path`, if it cannot be written; what stood there before stays.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".chuhai-", delete=False) as file:
            temporary = Path(file.name)
            for part in parts:
                file.writelines([part] if isinstance(part, bytes) else part)
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
