"""A folder of facts: its files, and a hash of what a build of it depends on.

Apart from the loader, so that an answer from a finished build imports neither loader nor YAML parser.
"""

from __future__ import annotations

from hashlib import blake2b
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


def content_key(folder: Path) -> str:
    """A short hash of everything a build depends on: the facts, the ontology, and the code."""
    code = [*ONTOLOGY_FOLDER.glob("*.*"), *Path(__file__).parent.glob("*.py")]
    digest = blake2b(digest_size=10)
    for path in [*files(folder), *sorted(code)]:
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
