"""What a lookup does not load: it answers before the slow libraries would have started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import shell
from extras import needs

SLOW = {"igraph", "jinja2", "networkx", "numpy", "opencc", "pypinyin", "pyvis", "rdflib", "scipy", "shacl", "yaml"}
LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


def loaded(facts: Path, code: str) -> set[str]:
    """The packages that a piece of code leaves loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"],
        env={**os.environ, "CHUHAI_FACTS": str(facts)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return set(done.stderr.decode().split())


@pytest.fixture(scope="module")
def built(facts: Path) -> Path:
    assert shell.invoke(facts, "build").exit_code == 0
    return facts


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup", "Manus"],
        ["lookup", "智譜", "--lang", "zh", "--format", "json"],
        ["query", "headquarters-moves"],
        ["sources"],
        ["queries"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_answer_from_a_built_store_loads_nothing_slow(built: Path, arguments: list[str]) -> None:
    found = loaded(built, f"import cli; cli.commands({arguments!r}, standalone_mode=False)")
    assert "sqlite3" in found or arguments == ["queries"]
    assert found & SLOW == set()


@pytest.mark.parametrize("name", ["Manus", "智譜", "zhipu", "Mnaus", "智普"])
def test_a_profile_on_the_screen_needs_no_triple_store(built: Path, name: str) -> None:
    found = loaded(built, f"import cli; cli.commands(['lookup', {name!r}], standalone_mode=False)")
    assert found & {*SLOW, "pyoxigraph"} == set()


def test_the_command_line_itself_loads_only_click(facts: Path) -> None:
    assert loaded(facts, "import cli") & {*SLOW, "pyoxigraph", "graph", "ontology", "queries"} == set()


@pytest.mark.parametrize(
    ("line", "unneeded"),
    [
        ("chuhai lo", {"graph.completion", "graph.store", "sqlite3"}),
        ("chuhai lookup Man", {"graph.reading", "queries"}),
        ("chuhai query departures organization=智", {"graph.reading"}),
        ("chuhai why Manus w", {"queries"}),
    ],
)
def test_a_word_is_completed_without_anything_slow(
    built: Path, monkeypatch: pytest.MonkeyPatch, line: str, unneeded: set[str]
) -> None:
    monkeypatch.setenv("_CHUHAI_COMPLETE", "zsh_complete")
    monkeypatch.setenv("_CHUHAI_LINE", line)
    complete = "import cli, contextlib\nwith contextlib.suppress(SystemExit): cli.commands(prog_name='chuhai')"
    whole = "import sys; print(*sys.modules, file=sys.stderr)"
    assert loaded(built, complete) & {*SLOW, "pyoxigraph"} == set()
    assert loaded(built, f"{complete}\n{whole}") & unneeded == set()


def test_the_query_catalogue_loads_without_the_graph_being_opened(facts: Path) -> None:
    found = loaded(facts, "import queries; queries.catalogue()")
    assert found & {*SLOW, "sqlite3", "pyoxigraph"} == set()


@pytest.mark.parametrize("missing", ["igraph", "networkx", "numpy", "pyvis", "scipy"])
@needs("explorer")
def test_a_library_that_is_not_installed_is_named(facts: Path, missing: str, tmp_path: Path) -> None:
    command = {
        "igraph": ["network", "-m", "betweenness"],
        "networkx": ["network", "-o", str(tmp_path / "x.gexf")],
        "numpy": ["network"],
        "pyvis": ["explore", "-o", str(tmp_path / "x.html")],
        "scipy": ["network", "-m", "pagerank"],
    }[missing]
    code = f"import sys; sys.modules[{missing!r}] = None; import cli; cli.commands({command!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "CHUHAI_FACTS": str(facts)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    message = shell.failure(done, 1)
    assert f"this needs {missing}; install it with: pip install 'chuhai[all]'" in message
