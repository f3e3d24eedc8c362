"""The folder of imports: what was brought in, each whole under its slug, put in place and taken out by renames.

    imports/SLUG/import.json      the manifest: file, mapping, counts
    imports/SLUG/statements.nq    N-Quads sorted by subject: the source graph of the import, and the register
    imports/SLUG/terms.tsv        what it brings: IRI, class

Of all imports only an export of ours, and a table that describes documents, have source graphs beside that of their
slug: a statement stands in the graph of the document that tells it.

`imports/SLUG` is a symbolic link into `imports/.kept/`: turning a link is one rename, so that a reader sees the one
import or the other. Whoever writes holds a lock, which ends with its process; what a killed one left is taken away
by the next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from graph.errors import ChuhaiError, NotFoundError, UsageError
from graph.folder import MANIFEST
from ontology import compact

STATEMENTS, TERMS = "statements.nq", "terms.tsv"
_KEPT, _LOCK = ".kept", ".lock"


class Change(NamedTuple):
    """How many statements an import has that the one before had not, how many it lacks and how many say otherwise."""

    new: int
    gone: int
    changed: int


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """An empty folder to write an import in, beside the others; it is gone afterwards unless `put` took it.

    Raises:
        ChuhaiError: if another process is writing there, or the folder cannot be made.
        OSError: if the folder cannot be written.
    """
    import fcntl  # late: only who writes needs it

    kept = folder / _KEPT
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ChuhaiError(
            f"{folder}: no import can be kept there ({error.strerror}); mend that, or set CHUHAI_DATA to another folder"
        ) from None
    with open(folder / _LOCK, "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ChuhaiError(f"{folder}: another import is being written there; wait for it") from None
        _clean(folder)
        room = Path(tempfile.mkdtemp(prefix=".new-", dir=kept))
        try:
            yield room
        finally:
            _clean(folder)


def _clean(folder: Path) -> None:
    """Take away what no import's link leads to."""
    used = {os.readlink(path) for path in folder.iterdir() if path.is_symlink()}
    for path in (folder / _KEPT).iterdir():
        if f"{_KEPT}/{path.name}" not in used:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(".link-*"):
        path.unlink(missing_ok=True)


def put(folder: Path, room: Path, slug: str) -> None:
    """Put the import that was written in `room` in place of the one before, by one rename."""
    for path in room.iterdir():
        _sync(path)
    room.chmod(0o755)
    _sync(room)
    place = folder / slug
    link = folder / f".link-{slug}"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{_KEPT}/{room.name}", target_is_directory=True)
    if place.is_dir() and not place.is_symlink():  # somebody copied it there
        place.rename(folder / _KEPT / f".old-{slug}")
    link.rename(place)
    _sync(folder)


def slugs(folder: Path) -> list[str]:
    """The slugs of all imports, sorted."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(e.name for e in entries if e.name[0] != "." and os.path.isfile(f"{e.path}/{MANIFEST}"))


def drop(folder: Path, slug: str) -> None:
    """Take one import out.

    Raises:
        NotFoundError: if there is none of that slug.
        UsageError: if other imports speak of what only this one brings.
    """
    if slug not in slugs(folder):
        raise NotFoundError(f"no import '{slug}'; there is: {', '.join(slugs(folder)) or 'none'}")
    place = folder / slug
    with writing(folder):
        check_unused(folder, slug, {iri for iri, _ in terms(place)})
        if place.is_symlink():
            place.unlink()
        else:
            place.rename(folder / _KEPT / f".old-{slug}")
        _sync(folder)


def check_unused(folder: Path, slug: str, gone: set[str]) -> None:
    """Check that no other import speaks of what goes.

    Raises:
        UsageError: naming one that does.
    """
    for other in [name for name in slugs(folder) if name != slug] if gone else []:
        gone -= {iri for iri, _ in terms(folder / other)}
        for line in open_statements(folder / other):
            _, _, begun, rest = line.split(" ", 3)
            used = gone.intersection((begun[1:-1], rest.rsplit(" ", 2)[-2][1:-1]))
            if used:
                what = compact(used.pop())
                raise UsageError(f"the import '{other}' speaks of {what}, which '{slug}' brings; drop '{other}' first")


def terms(place: Path) -> Iterator[tuple[str, str]]:
    """What an import brings: things, events and situations by IRI, with the name of their class."""
    with suppress(FileNotFoundError), open(place / TERMS, encoding="utf-8") as file:
        for line in file:
            iri, _, name = line.rstrip("\n").partition("\t")
            yield iri, name


def gone(old: Path, new: Path) -> set[str]:
    """What one state of an import brings or tells of and the next does not; both lists are sorted, and read along."""
    found: set[str] = set()
    after = (iri for iri, _ in terms(new))
    there = next(after, None)
    for iri, _ in terms(old):
        while there is not None and there < iri:
            there = next(after, None)
        if there != iri:
            found.add(iri)
    return found


def open_statements(place: Path) -> Iterator[str]:
    """The lines of an import's N-Quads."""
    with open(place / STATEMENTS, encoding="utf-8", newline="\n") as file:
        yield from file


def compare(old: Path | None, new: Path) -> Change:
    """What tells two states of an import apart, read along in step."""
    before = _statements(old) if old is not None and (old / STATEMENTS).is_file() else iter(())
    after = _statements(new)
    counts = [0, 0, 0]
    a, b = next(before, None), next(after, None)
    while a is not None or b is not None:
        if a is not None and b is not None and a[0] == b[0]:
            counts[2] += a[1] != b[1]
            a, b = next(before, None), next(after, None)
        elif b is not None and (a is None or b[0] < a[0]):
            counts[0] += 1
            b = next(after, None)
        else:
            counts[1] += 1
            a = next(before, None)
    return Change(*counts)


def _statements(place: Path) -> Iterator[tuple[str, list[str]]]:
    for subject, found in groupby(open_statements(place), key=lambda line: line.partition("> ")[0]):
        if "#" in subject:
            yield subject, list(found)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
