"""A folder of facts: its files, and what tells one state of them from another.

Apart from the loader, so that an answer from a finished build imports neither loader nor YAML parser.
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import ChuhaiError
from ontology import FOLDER as ONTOLOGY_FOLDER

FOLDER = Path(__file__).parent / "facts"


def files(folder: Path) -> list[Path]:
    """Every fact file of a folder, sorted.

    Raises:
        ChuhaiError: if there is no folder with sources.
    """
    if not (folder / "sources").is_dir():
        raise ChuhaiError(f"{folder}: no facts there; a folder of facts holds sources/*.yaml and register/*.yaml")
    found = [*(folder / "register").glob("*.yaml"), *(folder / "sources").glob("*.yaml")]
    if (folder / "editorial.yaml").exists():
        found.append(folder / "editorial.yaml")
    return sorted(found)


def _depended_on(folder: Path) -> list[Path]:
    """Every file that a build depends on: the facts, the ontology, and the code."""
    code = [*ONTOLOGY_FOLDER.glob("*.*"), *Path(__file__).parent.glob("*.py")]
    return [*files(folder), *sorted(code)]


def stamp(folder: Path) -> str:
    """Sizes and times of all that a build depends on: as long as it is the same, so is the content key."""
    return "\n".join(f"{p.name} {s.st_size} {s.st_mtime_ns}" for p in _depended_on(folder) for s in [p.stat()])


def content_key(folder: Path) -> str:
    """A short hash of everything that a build depends on, the version of the store among it."""
    from hashlib import blake2b

    import pyoxigraph

    digest = blake2b(pyoxigraph.__version__.encode(), digest_size=10)
    for path in _depended_on(folder):
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
