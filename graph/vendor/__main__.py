"""Checks the vendored files, or fetches them anew: `python -m graph.vendor [--fetch]`.

To take another version, change version and integrity in vendor.toml, fetch, and copy the hashes that are printed.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

import click

from graph.vendor import FOLDER, Package, expected, folder_of, integrity, packages, problems


def fetch(package: Package, folder: Path) -> None:
    """Write the files of one package, out of the tarball that `npm pack` gives; needs npm and a network.

    Raises SystemExit if npm fails or the tarball is not the one of vendor.toml.
    """
    from graph.vendor.topology import path

    name = f"{package['name']}@{package['version']}"
    with tempfile.TemporaryDirectory() as room:
        try:
            subprocess.run(["npm", "pack", "--silent", name], cwd=room, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(f"npm could not fetch {name}: {error}") from None
        (tarball,) = Path(room).glob("*.tgz")
        if (held := integrity(tarball.read_bytes())) != package["integrity"]:
            raise SystemExit(f"{name} is not the package of vendor.toml; its integrity is {held}")
        with tarfile.open(tarball) as packed:

            def content(inside: str) -> bytes:
                member = packed.extractfile(f"package/{inside}")
                assert member is not None
                return member.read()

            room_for = folder / folder_of(package)
            room_for.mkdir(exist_ok=True)
            for inside in package["files"]:
                (room_for / inside.rpartition("/")[2]).write_bytes(content(inside))
            for made in package["made"]:
                (room_for / made).write_text(path(content(package["source"]).decode()), "utf-8")


@click.command()
@click.option("--fetch", "anew", is_flag=True, help="Bring the files anew, by npm pack.")
def main(anew: bool) -> None:
    """Check that every vendored file is the one of vendor.toml; exit code 1 when not."""
    if anew:
        for package in packages():
            fetch(package, FOLDER)
    found = problems()
    click.echo(
        "\n".join(found) or f"{sum(len(expected(p)) for p in packages())} vendored files are as vendor.toml says"
    )
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
