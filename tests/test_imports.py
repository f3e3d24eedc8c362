"""Imports beside the facts: built with them, made one with their things, and never in their way."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import shell
from folders import THINGS, folder, imported, moved, raised, said, sat, source
from shell import ROOT

from graph import names, rows, store
from graph.changes import compare, read
from graph.errors import DataError
from graph.folder import content_key, stamp
from graph.imports import imports, left_out
from graph.load import KEPT
from graph.moment import Moment
from graph.reading import Reader
from graph.store import Graph
from graph.whole import past
from ontology import CHUHAI, EXACT_MATCH, SOURCE, expand

ELSEWHERE = "https://example.org/id/7"
NEW = {"id": "organization/new", "label": {"en": "New"}}


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, with a data folder of its own."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    return folder(tmp_path / "facts", source("a", moved()))


def held(graph: Graph, reference: str) -> dict[str, tuple[str, ...]]:
    return dict(Reader(graph).node(expand(reference)))


def lines(graph: Graph) -> set[str]:
    return {str(quad) for quad in graph.quads}


def known_elsewhere(reference: str, label: str, **more: Any) -> dict[str, Any]:
    return {"id": reference, "label": {"en": label}, "exactMatch": [ELSEWHERE], **more}


def test_an_import_is_built_with_the_facts(facts: Path) -> None:
    key = content_key(facts)
    place = imported(facts, "table", sat(organization="organization/new"), things=[NEW])
    assert [each.folder for each in imports(facts)] == [place]
    assert content_key(facts) != key
    graph = store.open_graph(facts)
    assert [n.thing for n in names.find(graph.index, "New")] == ["organization/new"]
    assert held(graph, "tenure/acme")["organization"] == (expand("organization/new"),)
    assert [s.source for s in Reader(graph).statements(expand("tenure/acme"))] == [SOURCE + "table"]
    graph.close()


def test_in_memory_and_on_disk_the_same_is_built(facts: Path) -> None:
    imported(
        facts, "table", sat(organization="organization/new", since="2020"), moved("two", when="2021"), things=[NEW]
    )
    kept, made = store.open_graph(facts), store.in_memory(facts)
    tables = [name for (name,) in made.index.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert lines(kept) == lines(made)
    for table in tables:
        rows = [graph.index.execute(f"SELECT * FROM {table}").fetchall() for graph in (kept, made)]
        assert rows[0] == rows[1], table
    kept.close()


def test_tables_and_facts_are_weighed_together(facts: Path) -> None:
    imported(facts, "later", moved(to="place/tokyo"), published="2025-02-01", publisher="organization/gazette")
    graph = store.open_graph(facts)
    assert held(graph, "event/acme-move")["toPlace"] == (expand("place/tokyo"),)
    assert "disputed" in held(graph, "event/acme-move")
    graph.close()


def test_at_another_moment_an_import_is_known_from_the_day_of_its_document(facts: Path) -> None:
    told = said("two", about="organization/acme", type="Organization")
    folder(facts, source("a", moved(), told), things=[known_elsewhere("organization/acme", "Acme"), *_others()])
    before = store.in_memory(facts)
    imported(facts, "late", moved(to="place/tokyo", when="2021"), sat("two", since="2022"), published="2025-02-01")
    imported(facts, "undated", moved("x", when="2020"), told, published="undated")
    now = store.open_graph(facts)
    then = past(now, Moment(None, "2025-01-31"))
    assert lines(then) == lines(before) != lines(now)
    for table in rows.TABLES:
        asked = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert then.index.execute(asked).fetchall() == before.index.execute(asked).fetchall(), table
    assert held(then, "organization/acme")["exactMatch"] == (ELSEWHERE,)
    later = past(now, Moment(None, "2025-02-01"))
    assert held(later, "event/acme-move")["toPlace"] == (expand("place/tokyo"),)
    for graph in (then, later, now):
        graph.close()


# Things that are one


def test_things_with_an_identifier_of_elsewhere_in_common_are_one(facts: Path) -> None:
    folder(facts, things=[known_elsewhere("organization/acme", "Acme"), *_others()])
    brought = known_elsewhere("organization/table-1", "ACME Holdings", alias={"en": ["Acme", "AcmeCo"]})
    imported(facts, "table", sat(organization="organization/table-1"), things=[brought])
    graph = store.open_graph(facts)
    assert held(graph, "tenure/acme")["organization"] == (expand("organization/acme"),)
    assert Reader(graph).labels(expand("organization/acme")) == {"en": "Acme"}
    assert names.other_names(graph.index, "organization/acme") == ["AcmeCo", "ACME Holdings"]
    assert [n.thing for n in names.find(graph.index, "organization/table-1")] == ["organization/acme"]
    assert held(graph, "organization/acme")["exactMatch"] == (ELSEWHERE, expand("organization/table-1"))
    told = {line for line in lines(graph) if expand("organization/table-1") in line}
    assert {line.split(" ")[1] for line in told} == {f"<{EXACT_MATCH}>"}
    assert not [*left_out(graph.index)]
    graph.close()


def test_of_things_of_two_imports_the_first_by_name_stays(facts: Path) -> None:
    for slug in ("y", "x"):
        thing = known_elsewhere(f"organization/{slug}-1", slug.upper())
        imported(facts, slug, sat(about=f"tenure/{slug}", organization=f"organization/{slug}-1"), things=[thing])
    graph = store.open_graph(facts)
    for slug in ("y", "x"):
        assert held(graph, f"tenure/{slug}")["organization"] == (expand("organization/x-1"),)
    assert Reader(graph).labels(expand("organization/x-1")) == {"en": "X"}
    graph.close()


def test_what_people_decide_to_be_one_is_one(facts: Path) -> None:
    imported(facts, "table", sat(organization="organization/new"), things=[NEW])
    same = {"organization/new": "organization/acme", "organization/gone": "organization/acme"}
    (facts / "imports" / "identities.json").write_text(json.dumps({"same": same}), encoding="utf-8")
    graph = store.open_graph(facts)
    assert held(graph, "tenure/acme")["organization"] == (expand("organization/acme"),)
    assert [n.thing for n in names.find(graph.index, "organization/new")] == ["organization/acme"]
    graph.close()
    (facts / "imports" / "identities.json").unlink()
    graph = store.open_graph(facts)
    assert held(graph, "tenure/acme")["organization"] == (expand("organization/new"),)
    graph.close()


@pytest.mark.parametrize(
    "text", ["[]", '{"same": {"organization/new": "person/ada"}}', "{", '{"organization/new": "organization/acme"}']
)
def test_decisions_that_cannot_be_meant_are_refused(facts: Path, text: str) -> None:
    imported(facts, "table", sat())
    (facts / "imports" / "identities.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"identities\.json"):
        store.build(facts)


# What does not fit any more


def test_what_does_not_fit_any_more_is_left_out_and_the_facts_stand(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acme = "organization/acme"
    imported(
        facts, "table", sat(), raised("two", about="event/deal", organization="organization/gone"),
        said("three", about="event/part", type="Investment", organization=acme, investor=acme, round="event/deal"),
        raised("four", about="event/acme-move"), known=["organization/gone"],
    )  # fmt: skip
    graph = store.open_graph(facts)
    assert [(left.statement.partition("#")[2], left.problem) for left in left_out(graph.index)] == [
        ("four", "'event/acme-move' is a FundingRound here and a HeadquartersMove in source/a#one"),
        ("three", "'event/deal' is not there any more"),
        ("two", "'organization/gone' is not there any more"),
    ]
    assert held(graph, "tenure/acme")
    assert held(graph, "event/acme-move")["type"] == (CHUHAI + "HeadquartersMove",)
    assert not held(graph, "event/deal")
    told = {quad.partition("#")[2].partition(">")[0] for quad in lines(graph) if quad.startswith(f"<{SOURCE}table#")}
    assert told == {"one"}
    (own,) = names.find(graph.index, acme)
    assert own.mentions == 2  # by the facts, and by the one statement of the table that is there
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("chuhai: import table: 3 statements left out, such as four: 'event/acme-move'")
    graph.close()


def _tell_in(place: Path, document: str) -> None:
    """Let a document of another import tell the statements of an import."""
    path, manifest = place / "statements.nq", place / "import.json"
    old = path.read_bytes()
    new = old.replace((SOURCE + place.name).encode(), document.encode())
    path.write_bytes(new)
    told = manifest.read_text().replace(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest())
    manifest.write_text(told)


def test_stats_and_imports_say_how_much_was_left_out_of_which_import(facts: Path) -> None:
    imported(facts, "documents", sat(), things=[NEW])
    table = imported(facts, "table", raised("two", organization="organization/gone"), known=["organization/gone"])
    _tell_in(table, SOURCE + "documents")
    imported(facts, "damaged", moved())
    (facts / "imports/damaged/statements.nq").unlink()
    listed = shell.invoke(facts, "imports").stdout
    assert "chuhai validate" not in listed  # nothing was built yet
    told = shell.invoke(facts, "stats", "--format", "csv")
    assert told.stdout.splitlines()[-2:] == ["imports left out: damaged,1", "statements of the import table left out,1"]
    assert "chuhai: import table: 1 statement left out, such as two" in told.stderr
    rows = json.loads(shell.invoke(facts, "imports", "--format", "json").stdout)
    assert [(row["import"], row["left_out"]) for row in rows] == [("damaged", 1), ("documents", 0), ("table", 1)]
    assert shell.invoke(facts, "imports").stdout.startswith("which are left out, and why: chuhai validate\n")
    (facts / "imports/damaged/import.json").write_text("{")
    assert shell.invoke(facts, "imports", "--format", "csv").stdout.splitlines()[1] == "damaged" + 8 * ","
    assert shell.invoke(facts, "imports", "--drop", "damaged").stdout == "damaged dropped: ? statements\n"


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lambda place: (place / "statements.nq").write_bytes(b"<a> <b> <c> <d> .\n"), "is damaged"),
        (lambda place: (place / "statements.nq").unlink(), "cannot be read"),
        (lambda place: (place / "import.json").write_text("{}"), "cannot be read"),
        (lambda place: folder(place.parents[1], source("table", moved("own"))), "a source of the facts has its name"),
    ],
)
def test_an_import_that_cannot_be_read_is_left_out_whole(
    facts: Path, harm: Callable[[Path], object], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    harm(imported(facts, "table", sat()))
    graph = store.open_graph(facts)
    (left,) = left_out(graph.index)
    assert problem in left.problem
    assert held(graph, "event/acme-move")
    assert not held(graph, "tenure/acme")
    assert capsys.readouterr().err.startswith("chuhai: import table: left out: ")
    graph.close()


def test_a_conflict_within_the_facts_is_an_error_though_imports_agree_with_one_side(facts: Path) -> None:
    folder(facts, source("b", raised(about="event/acme-move")))
    imported(facts, "table", raised(about="event/acme-move"))
    with pytest.raises(DataError, match="is a FundingRound here and a HeadquartersMove in source/a#one"):
        store.build(facts)


def test_an_import_that_is_replaced_or_dropped_changes_the_stamp(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.folder.time_ns", lambda: time.time_ns() + 10**9)
    stamps = [stamp(facts)]
    for statements in ([sat()], [sat(place="place/tokyo")]):
        imported(facts, "table", *statements)
        stamps.append(stamp(facts))
    (facts / "imports" / "table").rename(facts / "imports" / "other")
    stamps.append(stamp(facts))
    shutil.rmtree(facts / "imports" / "other")
    assert stamp(facts) == stamps[0] or stamp(facts) not in stamps
    assert len(set(stamps)) == len(stamps)


# Processes that are ended, disks that are full

_IMPORTING = """
import os, signal, sys
from pathlib import Path
from graph import sources, store
at, facts, table = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
seen = 0
def count(*_):
    global seen
    seen += 1
    if seen == at:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(count)
sources.bring_file(table, "organizations", facts)
store.build(facts)
sys.setprofile(None)
print(seen)
"""
"""Imports a table and builds; the process is ended at a given one of its calls of functions."""

_FULL = """
import resource, signal, sys
from pathlib import Path
from graph import store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
store.open_graph(Path(sys.argv[2])).close()
store.build(Path(sys.argv[2]))
"""
"""Opens and builds where no file may be longer than some bytes."""


def python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_process_ended_at_any_moment_loses_nothing_and_the_next_one_completes(facts: Path, tmp_path: Path) -> None:
    moments = int(os.environ.get("CHUHAI_TEST_KILLS", "3"))
    table = tmp_path / "table.csv"
    table.write_text("id,name_en\n" + "".join(f"t{n},Thing {n}\n" for n in range(50)), encoding="utf-8")
    data, kept = tmp_path / "data", tmp_path / "kept"
    store.build(facts)
    before = lines(store.open_graph(facts))
    for path in (facts, data):
        shutil.copytree(path, kept / path.name)
    calls = int(python(_IMPORTING, 0, facts, table).stdout)
    after = lines(store.open_graph(facts))
    assert len(after) > len(before)
    for number in Random(1).sample(range(calls), moments):
        for path in (facts, data):
            shutil.rmtree(path)
            shutil.copytree(kept / path.name, path)
        assert python(_IMPORTING, number, facts, table).returncode == -signal.SIGKILL
        found = store.latest(facts)
        assert found is not None
        assert lines(found) in (before, after), number
        found.close()
        for left in data.glob("stores/*/.new-*"):
            for path in (left, left / "waiting.sqlite"):
                if path.exists():
                    os.utime(path, (1, 1))  # as if it had been a while ago
        assert python(_IMPORTING, 0, facts, table).returncode == 0, number
        assert lines(store.open_graph(facts)) == after, number
        assert not [*data.glob("stores/*/.new-*"), *facts.glob("imports/.link-*")], number
        assert len([*(facts / "imports" / ".kept").iterdir()]) == 1, number


@pytest.mark.parametrize("size", [3_000, 200_000])
def test_a_full_disk_is_told_of_and_leaves_the_graph_before(facts: Path, tmp_path: Path, size: int) -> None:
    previous = store.build(facts)
    imported(facts, "table", sat(organization="organization/new"), things=[NEW])
    done = python(_FULL, size, facts)
    first, *_, last = done.stderr.splitlines()
    assert "no space left on the disk" in first
    assert first.endswith("(answering from the previous build)")
    assert last.startswith("OSError: [Errno 28] no space left on the disk")
    assert [path for path in previous.parent.iterdir() if path.name not in (".stamp", KEPT)] == [previous]
    graph = store.open_graph(facts)
    assert held(graph, "tenure/acme")
    graph.close()


def test_changes_tell_of_imports_as_wholes(facts: Path, tmp_path: Path) -> None:
    for slug in ("same", "gone", "other"):
        imported(facts, slug, sat())
    old = shutil.copytree(facts, tmp_path / "old")
    shutil.rmtree(facts / "imports" / "gone")
    imported(facts, "other", sat(), sat("two"))
    imported(facts, "fresh", sat())
    found = [(c.change, c.of, c.old, c.new) for c in compare(read(old, "old"), read(facts, "new"))]
    assert found == [
        ("new", SOURCE + "fresh", (), ("1 statements",)),
        ("removed", SOURCE + "gone", ("1 statements",), ()),
        ("changed", SOURCE + "other", ("1 statements",), ("2 statements",)),
    ]


def _others() -> list[str]:
    return [thing for thing in THINGS if thing != "organization/acme"]
