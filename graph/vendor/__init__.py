"""What our pages have from others: the vendored files, and the hashes that they are held to.

vendor.toml names each package as npm does, with version, integrity and licence. Its files stand in a folder of
its name; `python -m graph.vendor` checks them. Nothing here needs node, but for fetching anew.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from pathlib import Path
from typing import TypedDict

FOLDER = Path(__file__).parent


class Package(TypedDict):
    """One package of vendor.toml.

    `integrity` is that of its npm tarball, as in npm's lock. `files` and `made` give the hash of each vendored
    file: `files` by its path in the tarball, of which the last part is its name here; `made` by the name of a file
    that `graph.vendor.topology` makes from `source`, a path in the tarball. `kept` are files that no tarball
    brings.
    """

    name: str
    version: str
    integrity: str
    licence: str
    source: str
    files: dict[str, str]
    made: dict[str, str]
    kept: dict[str, str]


def packages(folder: Path = FOLDER) -> list[Package]:
    """The packages of the vendor.toml in a folder."""
    found = tomllib.loads((folder / "vendor.toml").read_text(encoding="utf-8"))["package"]
    return [Package(**{"source": "", "made": {}, "kept": {}, **package}) for package in found]  # type: ignore[typeddict-item]


def expected(package: Package) -> dict[str, str]:
    """The vendored files of a package: the hash of each by its name."""
    files = {path.rpartition("/")[2]: value for path, value in package["files"].items()}
    return {**files, **package["made"], **package["kept"]}


def folder_of(package: Package) -> str:
    """The name of the folder with the files of a package: its own, without the scope."""
    return package["name"].rpartition("/")[2]


def integrity(content: bytes) -> str:
    """The hash of a file in the form of Subresource Integrity, as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def problems(folder: Path = FOLDER) -> list[str]:
    """What is not as vendor.toml says: a file that is missing, has changed, or is not named there."""
    found = []
    wanted = {f"{folder_of(p)}/{name}": value for p in packages(folder) for name, value in expected(p).items()}
    there = {path.relative_to(folder).as_posix(): path for path in folder.glob("*/*") if path.suffix != ".pyc"}
    for name, value in sorted(wanted.items()):
        if name not in there:
            found.append(f"{name} is missing")
        elif (held := integrity(there[name].read_bytes())) != value:
            found.append(f"{name} is not the file of vendor.toml; its hash is {held}")
    return found + [f"{name} is not in vendor.toml" for name in sorted(there.keys() - wanted.keys())]


def script(*names: str) -> str:
    """Vendored scripts as one, each by folder and name, such as "yasqe/yasqe.min.js"."""
    # The last line of each names a source map, which a browser would ask for.
    texts = ((FOLDER / name).read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0] for name in names)
    return "".join(texts)


def library() -> str:
    """The script that draws the graph: vis-data and vis-network, which find each other in the global `vis`."""
    return script("vis-data/vis-data.min.js", "vis-network/vis-network.min.js")


def land() -> str:
    """SVG path data of all land but Antarctica, in the units of graph.drawing.projection."""
    return (FOLDER / "world-atlas" / "land.txt").read_text(encoding="utf-8")
