"""A folder of facts: its files, and what tells one state of them from another.

Apart from the loader, so that an answer from a finished build imports neither loader nor YAML parser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import time_ns

from graph import limits
from graph.errors import ChuhaiError
from ontology import FOLDER as ONTOLOGY_FOLDER

FOLDER = Path(__file__).parent / "facts"

MANIFEST = "import.json"
"""What an import says of itself; it changes with everything in it."""

IDENTITIES = "identities.json"
"""Beside the imports: which identifiers people hold to be of one thing, each with the one that stays."""

_SETTLED = 20_000_000
"""After so many nanoseconds a further change bears another time, on the file systems that tell them finely."""

_MANY = "!sources"
"""What a stamp begins with that does not tell of single sources."""


def data_folder() -> Path:
    """Where stores are kept, and the imports beside the packaged facts: CHUHAI_DATA, or the user's data folder."""
    if chosen := os.environ.get("CHUHAI_DATA"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("chuhai", appauthor=False))


def imports_folder(folder: Path) -> Path:
    """Where the imports of a folder of facts lie: within it; those of the packaged facts in the user's data folder."""
    return (data_folder() if folder.resolve() == FOLDER else folder) / "imports"


def files(folder: Path) -> list[Path]:
    """Every fact file of a folder, sorted.

    Raises:
        ChuhaiError: if there is no folder with sources.
    """
    if not (folder / "sources").is_dir():
        raise ChuhaiError(
            f"{folder}: no facts there; a folder of facts holds sources/*.yaml and register/*.yaml, as {FOLDER} does"
        )
    return sorted(Path(entry.path) for found in (_register(folder), _sources(folder)) for entry in found)


def _sources(folder: Path) -> Iterator[os.DirEntry[str]]:
    return _entries(folder / "sources", ".yaml")


def _register(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The register and the decisions of the editors."""
    yield from _entries(folder / "register", ".yaml")
    yield from _entries(folder, f"{os.sep}editorial.yaml")


def _manifests(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The manifests of the imports, which stand for them, and which of their things are one."""
    place = imports_folder(folder)
    yield from _entries(place, f"{os.sep}{IDENTITIES}")
    for name in sorted(entry.name for entry in _entries(place, "") if not entry.name.startswith(".")):
        yield from _entries(place / name, f"{os.sep}{MANIFEST}")


def _entries(place: Path, ending: str | tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as entries:
        yield from (entry for entry in entries if entry.path.endswith(ending))


def _code() -> Iterator[os.DirEntry[str]]:
    """The ontology, and what reads facts by it."""
    yield from _entries(ONTOLOGY_FOLDER, (".ttl", ".jsonld", ".py"))
    yield from _entries(Path(__file__).parent, ".py")


def _beside_sources(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Every file but the sources that a build depends on: register, decisions, imports, the ontology, and the code."""
    yield from _register(folder)
    yield from _manifests(folder)
    yield from _code()


def stamp(folder: Path, before: str = "") -> str:
    """Sizes and times of all that a build depends on: as long as it is the same, so is the content key.

    It costs one look at each file. The time of a change counts beside that of the content, which a copy can bring
    along; and while a change is so fresh that a second one could bear the same time, there is no stamp. Of more than
    limits.WATCHED_FILES sources only the folder is looked at, which tells of those that come, go or are replaced.

    Args:
        folder: of facts.
        before: an earlier stamp, which tells without counting whether the sources were so many.

    Returns:
        One line a file, or "" where the content itself has to be looked at.
    """
    named = [(entry.path if entry.name == MANIFEST else entry.name, entry) for entry in _beside_sources(folder)]
    looked_at = [(name, entry.stat()) for name, entry in named]
    many = before.startswith(_MANY)
    if not many:
        entries = list(_sources(folder))
        many = len(entries) > limits.WATCHED_FILES
        looked_at += [] if many else [(entry.name, entry.stat()) for entry in entries]
    return _stamp([*looked_at, *([(_MANY, (folder / "sources").stat())] if many else [])])


def stamp_of_facts(folder: Path) -> str:
    """A stamp of the facts without their imports, by every single file.

    Raises:
        ChuhaiError: if there is no folder with sources.
    """
    own = [(str(path), path.stat()) for path in files(folder)]
    return _stamp([*own, *_running_code()])


@cache
def _running_code() -> list[tuple[str, os.stat_result]]:
    """The code as it stands when it is first asked for: what a process runs does not change."""
    return [(entry.path, entry.stat()) for entry in _code()]


def stamp_of_file(path: Path) -> str:
    """A stamp of one file, also of one that is not there."""
    try:
        return _stamp([("", path.stat())])
    except FileNotFoundError:
        return "-"


def _stamp(looked_at: list[tuple[str, os.stat_result]]) -> str:
    lines = [f"{name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns}" for name, s in looked_at]
    latest = max(s.st_ctime_ns for _, s in looked_at)
    return "\n".join(sorted(lines)) if time_ns() - latest > _SETTLED else ""


def content_key(folder: Path) -> str:
    """A short hash of everything that a build depends on, the version of the store among it.

    Raises:
        ChuhaiError: if there is no folder with sources.
    """
    from hashlib import blake2b

    import pyoxigraph

    files(folder)
    digest = blake2b(pyoxigraph.__version__.encode(), digest_size=10)
    found = [*_sources(folder), *_beside_sources(folder)]
    for name, path in sorted((entry.name, entry.path) for entry in found):
        digest.update(name.encode() + b"\0")
        digest.update(Path(path).read_bytes() + b"\0")
    return digest.hexdigest()
