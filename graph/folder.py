"""A folder of facts: its files, and what tells one state of them from another.

Apart from the loader, so that an answer from a finished build imports neither loader nor YAML parser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import time_ns

from graph.errors import ChuhaiError
from ontology import FOLDER as ONTOLOGY_FOLDER

FOLDER = Path(__file__).parent / "facts"

_SETTLED = 20_000_000
"""After so many nanoseconds a further change bears another time, on the file systems that tell them finely."""


def files(folder: Path) -> list[Path]:
    """Every fact file of a folder, sorted.

    Raises:
        ChuhaiError: if there is no folder with sources.
    """
    if not (folder / "sources").is_dir():
        raise ChuhaiError(f"{folder}: no facts there; a folder of facts holds sources/*.yaml and register/*.yaml")
    return sorted(Path(entry.path) for place in _fact_places(folder) for entry in _entries(*place))


def _fact_places(folder: Path) -> list[tuple[Path, str]]:
    """Folders and how the paths of the fact files in them end."""
    return [(folder / "register", ".yaml"), (folder / "sources", ".yaml"), (folder, f"{os.sep}editorial.yaml")]


def _entries(place: Path, ending: str | tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(place) as entries:
        yield from (entry for entry in entries if entry.path.endswith(ending))


def _depended_on(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Every file that a build depends on: the facts, the ontology, and the code."""
    for place in _fact_places(folder):
        yield from _entries(*place)
    yield from _entries(ONTOLOGY_FOLDER, (".ttl", ".jsonld", ".py"))
    yield from _entries(Path(__file__).parent, ".py")


def stamp(folder: Path) -> str:
    """Sizes and times of all that a build depends on: as long as it is the same, so is the content key.

    It costs one look at each file. The time of a change counts beside that of the content, which a copy can bring
    along; and while a change is so fresh that a second one could bear the same time, there is no stamp.

    Returns:
        One line a file, or "" where the content itself has to be looked at.
    """
    lines, latest = [], 0
    for entry in _depended_on(folder):
        s = entry.stat()
        lines.append(f"{entry.name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns}")
        latest = max(latest, s.st_ctime_ns)
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
    for name, path in sorted((entry.name, entry.path) for entry in _depended_on(folder)):
        digest.update(name.encode() + b"\0")
        digest.update(Path(path).read_bytes() + b"\0")
    return digest.hexdigest()
