"""The vendored files are those of the manifest, and the land that is made of them is where it should be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import vendor
from graph.drawing.projection import CENTRE, HEIGHT, WIDTH, project, turn
from graph.vendor.__main__ import main
from graph.vendor.topology import path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(vendor.FOLDER, tmp_path / "vendor")


def test_every_vendored_file_has_the_hash_of_the_manifest() -> None:
    result = CliRunner().invoke(main)
    assert (result.exit_code, result.output) == (0, "11 vendored files are as vendor.toml says\n")


def test_a_file_that_changed_is_missing_or_is_not_named_is_told_of(copy: Path) -> None:
    (copy / "vis-data" / "vis-data.min.js").write_text("changed")
    (copy / "vis-network" / "LICENSE-MIT").unlink()
    (copy / "world-atlas" / "more.txt").touch()
    changed, missing, unnamed = vendor.problems(copy)
    assert changed.startswith("vis-data/vis-data.min.js is not the file of vendor.toml; its hash is sha512-")
    assert (missing, unnamed) == ("vis-network/LICENSE-MIT is missing", "world-atlas/more.txt is not in vendor.toml")


def test_every_package_says_its_version_integrity_and_licence_and_brings_its_text() -> None:
    for package in vendor.packages():
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"])
        assert package["licence"] in ("Apache-2.0 OR MIT", "ISC", "MIT")
        assert any("LICENSE" in name for name in vendor.expected(package))


def test_the_library_injects_no_styles_and_names_no_source_map() -> None:
    text = vendor.library()
    assert 'createElement("style")' not in text
    assert "sourceMappingURL" not in text


# The projection and the land


def test_the_map_is_symmetric_and_as_wide_as_it_says() -> None:
    for latitude in (-60.0, 0.0, 35.0):
        west, east = project(-180.0, latitude), project(180.0, latitude)
        assert west[0] + east[0] == pytest.approx(WIDTH)
        assert west[1] == east[1]
    assert project(0.0, 90.0)[1] == pytest.approx(0, abs=0.1)
    assert project(0.0, -90.0)[1] == pytest.approx(HEIGHT, abs=0.1)


def rings(text: str) -> list[list[tuple[int, int]]]:
    """The corners of each ring of path data that `vendor.topology.path` wrote."""
    found = []
    for part in text.rstrip("z").split("z"):
        numbers = [int(n) for n in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


LAND = rings(vendor.land())


def on_land(longitude: float, latitude: float) -> bool:
    """Whether a point lies inside an odd number of rings, counted along a line to its right."""
    x, y = project(turn(longitude - CENTRE), latitude)
    crossings = 0
    for ring in LAND:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("where", "longitude", "latitude", "land"),
    [
        ("Wuhan", 114.3, 30.6, True),
        ("Denver", -105.0, 39.7, True),
        ("Chukotka, beyond the antimeridian", -175.0, 66.8, True),
        ("Canberra", 149.1, -35.3, True),
        ("Madrid", -3.7, 40.4, True),
        ("Greenland, west of the cut", -45.0, 72.0, True),
        ("Greenland, east of the cut", -28.0, 72.0, True),
        ("the Pacific", -160.0, 30.0, False),
        ("the Atlantic, at the cut", -30.0, 40.0, False),
        ("the Caspian Sea", 51.0, 42.0, False),
        ("Antarctica, which is left out", 0.0, -80.0, False),
    ],
)
def test_land_is_land_and_sea_is_sea(where: str, longitude: float, latitude: float, land: bool) -> None:
    assert on_land(longitude, latitude) is land, where


def test_land_lies_within_the_map_and_is_small() -> None:
    assert len(vendor.land()) <= 55_000
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for ring in LAND for x, y in ring)


def square(west: float, east: float) -> str:
    """A TopoJSON square between two meridians and the parallels of 10 and 20 degrees north, of two arcs."""
    return json.dumps({
        "transform": {"scale": [1, 1], "translate": [0, 10]},
        "arcs": [[[west, 0], [east - west, 0], [0, 10]], [[west, 0], [0, 10], [east - west, 0]]],
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0, -2]]}]}},
    })  # fmt: skip


def test_land_away_from_the_cut_stays_whole() -> None:
    (ring,) = rings(path(square(100, 110)))
    assert sorted(set(ring)) == sorted(
        tuple(map(round, project(turn(east - CENTRE), north))) for east in (100, 110) for north in (10.0, 20.0)
    )


def test_land_across_the_cut_lies_on_both_edges_and_nowhere_between() -> None:
    left, right = sorted(rings(path(square(-40, -20))))
    assert max(x for x, _ in left) < 0.04 * WIDTH
    assert min(x for x, _ in right) > 0.96 * WIDTH
    edge = project(-180.0, 10.0), project(-180.0, 20.0)
    assert {tuple(map(round, corner)) for corner in edge} <= set(left)
