"""What goes out comes in again: an export, imported into an empty folder of facts, gives the same graph."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from folders import Statement, cut, folder, invested, moved, raised, sat, source
from pyoxigraph import NamedNode
from shell import invoke

from graph import store
from ontology import RESOLVED

DRAWN = [
    lambda n: moved(f"m{n}", when=f"{2019 + n % 5}"),
    lambda n: sat(f"s{n}", since=f"{2018 + n % 4}"),
    lambda n: raised(f"r{n}", amount=f"USD {n + 1}000000", when="2024"),
    lambda n: invested(f"i{n}", "bolt"),
    lambda n: cut(f"c{n}", place="place/beijing", kind="rumour"),
]


def held(facts: Path) -> set[str]:
    """The quads of the resolved graph."""
    graph = store.open_graph(facts)
    quads = graph.quads.quads_for_pattern(None, None, None, NamedNode(RESOLVED))
    found = {str(quad) for quad in quads}
    graph.close()
    return found


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
@pytest.mark.parametrize("seed", [1, 2])
def test_an_export_imported_gives_the_same_graph_and_twice_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, ending: str
) -> None:
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    draw = random.Random(seed)
    statements: list[list[Statement]] = [
        [raised("round", when="2024"), *(make(n) for n, make in enumerate(draw.sample(DRAWN, 3)))] for _ in range(3)
    ]
    names = [f"doc-{n}" for n in range(3)]
    facts = folder(tmp_path / "facts", *(source(n, *told) for n, told in zip(names, statements, strict=True)))
    out = tmp_path / f"out.{ending}"
    assert invoke(facts, "export", str(out)).exit_code == 0
    empty = tmp_path / "empty"
    for name in ("sources", "register"):
        (empty / name).mkdir(parents=True)
    for _ in range(2):
        result = invoke(empty, "import", str(out), "--source", "theirs")
        assert result.exit_code == 0, result.output
        assert held(empty) == held(facts)
