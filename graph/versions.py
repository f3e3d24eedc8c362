"""A version of the facts as a folder: a folder as it is, or a revision of the git repository that holds one."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from graph.errors import ChuhaiError, NotFoundError
from graph.folder import files

_ROOMS = ("sources", "register")


@contextmanager
def opened(name: str, facts: Path) -> Iterator[Path]:
    """A version of the facts as a folder, for as long as it is used.

    Args:
        name: a folder of facts; else a revision (commit, tag, branch) of the repository of `facts`.
        facts: a folder of facts.

    Raises:
        NotFoundError: if `name` is neither, or that revision has no facts there.
        ChuhaiError: if there are no facts in `facts`, or git is not installed.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    files(facts)
    archive = _archive(name, facts)
    with tempfile.TemporaryDirectory(prefix="chuhai-") as room:
        _unpack(archive, Path(room))
        yield Path(room)


def _archive(revision: str, facts: Path) -> bytes:
    """The folder of facts at a revision, as a tar archive."""
    top = _git(facts, "rev-parse", "--show-toplevel")
    prefix = _git(facts, "rev-parse", "--show-prefix")
    if top is None or prefix is None:
        raise NotFoundError(f"'{revision}' is no folder, and no git repository holds {facts}; name two folders")
    commit = _git(facts, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit is None:
        raise NotFoundError(
            f"'{revision}' is neither a folder nor a revision of the repository of {facts}; see `git log --oneline`"
        )
    where = prefix.decode().strip().rstrip("/")
    found = _git(Path(top.decode().strip()), "archive", "--format=tar", f"{commit.decode().strip()}:{where}")
    if found is None:
        raise NotFoundError(f"'{revision}' has no folder {where}; name a later revision, or a folder")
    return found


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers in a folder; None where it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise ChuhaiError("git is not installed, and revisions need it; name two folders of facts") from None
    return done.stdout if done.returncode == 0 else None


def _unpack(archive: bytes, room: Path) -> None:
    """Write the YAML files of an archive and nothing else of it."""
    for name in _ROOMS:
        (room / name).mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            file = tar.extractfile(member) if member.isfile() and path.suffix == ".yaml" else None
            if file is not None and (str(path.parent) in (*_ROOMS, ".")):
                (room / path).write_bytes(file.read())
