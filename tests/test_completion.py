"""Completion in the shells: what is offered, that a name arrives as one word, and that typing stays light."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import shell
from click import Choice
from click.shell_completion import ShellComplete
from folders import folder, moved, raised, source

import queries
from cli import commands
from graph import completion, limits, opened, overseas, projections, shells, store
from graph.measures import MEASURES, PARTITIONS

NAMES = {
    "organization/spaces": "Acme Toys (Asia) & Sons",
    "person/apostrophe": "Ada O'Neil-Lovo",
    "organization/quotes": 'Kimi "best" \\ app',
    "product/chinese": "清言智能",
    "product/colon": "Fly:Into/Orbit=1",
    "organization/hostile": "Zap $(touch x) `touch y` ; touch z > w",
    "organization/star": "Quick * ~ !1 {a,b} #c",
    "product/newline": "Low\nrm -r here",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of things with names that a shell could trip over."""
    things = [{"id": thing, "label": {"en": name}} for thing, name in NAMES.items()]
    path = folder(tmp_path_factory.mktemp("names"), things=[*things, "organization/daily"])
    assert shell.invoke(path, "build").exit_code == 0
    return path


@pytest.fixture(scope="module")
def built(facts: Path) -> Path:
    assert shell.invoke(facts, "build").exit_code == 0
    return facts


def offered(facts: Path, line: str, monkeypatch: pytest.MonkeyPatch, name: str = "zsh") -> list[str]:
    """What click's class for a shell offers for the last word of a line."""
    monkeypatch.setenv("CHUHAI_FACTS", str(facts))
    monkeypatch.setenv("_CHUHAI_LINE", line)
    completer: ShellComplete = shells.SHELLS[name](commands, {}, "chuhai", "_CHUHAI_COMPLETE")
    args, begun = completer.get_completion_args()
    return [item.value for item in completer.get_completions(args, begun)]


def test_names_come_from_the_store_that_is_named(room: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (build,) = [path for path in store.folder_for(room).iterdir() if path.name[0] != "."]
    assert offered(built, f"chuhai lookup --store {build} 清", monkeypatch) == ["清言智能"]
    assert offered(built, f"chuhai lookup --store {build} Manu", monkeypatch) == []
    assert offered(built, f"chuhai lookup --store {room} Manu", monkeypatch) == []
    assert offered(built, "chuhai lookup --store http://127.0.0.1:9/query Manu", monkeypatch) == []
    monkeypatch.setenv("CHUHAI_STORE", str(build))
    assert "Manus" in offered(room, f"chuhai lookup --facts {built} Manu", monkeypatch)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("chuhai look", ["lookup"]),
        ("chuhai network headq", ["headquarters-flow"]),
        ("chuhai network whole --measure p", ["pagerank"]),
        ("chuhai lookup Manus --format js", ["json", "jsonl", "jsonld"]),
        ("chuhai lookup Manus --format=md", []),
        ("chuhai lookup Manus --format=js", ["--format=json", "--format=jsonl", "--format=jsonld"]),
        ("chuhai lookup --lang z", ["zh"]),
        ("chuhai lookup product/manu", ["product/manus"]),
        ("chuhai lookup legal-e", ["legal-entity/"]),
        ("chuhai lookup butterfly\\ eff", ["Butterfly Effect"]),
        ("chuhai lookup 'butterfly eff", ["Butterfly Effect"]),
        ("chuhai lookup 智谱产", ["智谱产研中心"]),
        ("chuhai lookup 智譜產", ["智譜產研中心"]),
        ("chuhai lookup yuezhi", ["月之暗面"]),
        ("chuhai lookup 'xiao h", ["Xiao Hong"]),
        ("chuhai lookup 'hong xi", ["Xiao Hong"]),
        ("chuhai lookup nobodyatall", []),
        ("chuhai lookup Manus ", []),
        ("chuhai path Manus heyg", ["HeyGen"]),
        ("chuhai compare Manus HeyGen 'butterfly ef", ["Butterfly Effect"]),
        ("chuhai timeline --place Los", ["Los Angeles"]),
        ("chuhai timeline --place butterf", []),
        ("chuhai why event/manus-hq", ["event/manus-hq-to-singapore"]),
        ("chuhai why event/manus-hq-to-singapore toP", ["toPlace"]),
        ("chuhai why Manus workf", ["workforce"]),
        ("chuhai why Manus --lang zh 人", ["人员"]),
        ("chuhai why nobodyatall work", []),
        ("chuhai queries headquarters-o", ["headquarters-on"]),
        ("chuhai query headquarters-o", ["headquarters-on", "file"]),
        ("chuhai query headquarters-on ", ["organization=", "day="]),
        ("chuhai query headquarters-on organization=HeyGen ", ["day="]),
        ("chuhai query headquarters-on day=20", []),
        ("chuhai query departures organization=organization/zhipu", ["organization=organization/zhipu"]),
        ("chuhai query departures organization=智谱", ["organization=智谱"]),
        ("chuhai query exits-around-moves months=", ["months=12"]),
        ("chuhai query headquarters-in area=Sing", ["area=Singapore"]),
        ("chuhai query threshold-moved metric=concept/market-v", ["metric=concept/market-value"]),
        ("chuhai query nothing-of-the-kind org", []),
    ],
)
def test_a_word_is_completed(built: Path, monkeypatch: pytest.MonkeyPatch, line: str, values: list[str]) -> None:
    assert offered(built, line, monkeypatch)[: len(values) or None] == values


def test_the_names_most_often_told_of_come_first(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = offered(built, "chuhai lookup ", monkeypatch)
    assert len(found) == limits.COMPLETIONS
    assert {"Butterfly Effect", "HeyGen", "Singapore"} <= set(found[:20])


def test_what_is_offered_is_understood(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = opened.open_graph(built)
    for begun in ("", "a", "智", "m", "b", "h", "xiao"):
        for name in offered(built, f"chuhai lookup {begun}", monkeypatch):
            if not name.endswith("/"):
                assert completion._names(asked.graph.index, name, ""), name
    for subject in ("Manus", "event/manus-hq-to-singapore", "智谱", "HeyGen"):
        names = offered(built, f"chuhai why {subject} ", monkeypatch)
        assert len(names) > 5
        assert all(asked.why(subject, name) for name in names)


def test_the_registries_that_are_slow_to_load_are_repeated_faithfully() -> None:
    assert tuple(projections.PROJECTIONS) == completion.PROJECTIONS
    assert (*MEASURES, *PARTITIONS) == completion.MEASURES
    assert overseas.SECTIONS == completion.SECTIONS
    assert queries.names() == list(queries.catalogue())
    (choice,) = (p.type for p in shell.COMMANDS["completion"].params)
    assert isinstance(choice, Choice)
    assert list(choice.choices) == list(shells.SHELLS)


def test_without_a_build_no_names_are_offered_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = folder(tmp_path / "facts", source("one", moved()))
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    assert offered(facts, "chuhai lookup ac", monkeypatch) == []
    assert offered(facts, "chuhai loo", monkeypatch) == ["lookup"]
    assert not (tmp_path / "data").exists()
    store.build(facts)
    assert offered(facts, "chuhai lookup organization/ac", monkeypatch) == ["organization/acme"]
    (index,) = (tmp_path / "data").rglob("index.sqlite")
    index.write_bytes(b"broken")
    assert offered(facts, "chuhai lookup organization/ac", monkeypatch) == []


def test_the_facts_that_the_line_names_are_the_ones_asked(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = folder(tmp_path, source("one", raised()), things=["organization/acme", "organization/daily"])
    store.build(small)
    assert offered(built, f"chuhai lookup --facts {small} organization/", monkeypatch) == [
        "organization/acme", "organization/daily"
    ]  # fmt: skip


def test_a_script_is_what_a_shell_can_read(built: Path) -> None:
    for name in shells.SHELLS:
        result = shell.invoke(built, "completion", name)
        assert (result.exit_code, result.stderr) == (0, "")
        if shutil.which(name):
            subprocess.run([name, "-n"], input=result.stdout.encode(), check=True, capture_output=True)
    for line in re.findall(
        r"^ +(\w+):  chuhai completion (\w+) >", shell.invoke(built, "completion", "-h").stdout, re.M
    ):
        assert line[0] == line[1] in shells.SHELLS


TYPED = [
    ("chuhai lookup Acme\t", "Acme Toys (Asia) & Sons"),
    ("chuhai lookup Acme\\ To\t", "Acme Toys (Asia) & Sons"),
    ('chuhai lookup "acme to\t', "Acme Toys (Asia) & Sons"),
    ("chuhai lookup 'acme to\t", "Acme Toys (Asia) & Sons"),
    ("chuhai lookup Ada\t", "Ada O'Neil-Lovo"),
    ("chuhai lookup 'Ada\t", "Ada O'Neil-Lovo"),
    ("chuhai lookup \"Ada O'\t", "Ada O'Neil-Lovo"),
    ("chuhai lookup Kim\t", 'Kimi "best" \\ app'),
    ("chuhai lookup 'Kim\t", 'Kimi "best" \\ app'),
    ('chuhai lookup "Kim\t', 'Kimi "best" \\ app'),
    ("chuhai lookup 清\t", "清言智能"),
    ("chuhai lookup qingy\t", "清言智能"),
    ("chuhai lookup Fly\t", "Fly:Into/Orbit=1"),
    ("chuhai lookup Fly:In\t", "Fly:Into/Orbit=1"),
    ("chuhai lookup Fly:Into/Orbit=\t", "Fly:Into/Orbit=1"),
    ("chuhai lookup Zap\t", NAMES["organization/hostile"]),
    ('chuhai lookup "Zap\t', NAMES["organization/hostile"]),
    ("chuhai lookup 'Zap\t", NAMES["organization/hostile"]),
    ("chuhai lookup Qui\t", NAMES["organization/star"]),
    ("chuhai lookup Low\t", "Low rm -r here"),
    ("chuhai lookup product/new\t", "product/newline"),
    ("chuhai query departures organ\tZap\t", "organization=" + NAMES["organization/hostile"]),
    ("chuhai query departures organization=acm\t", "organization=Acme Toys (Asia) & Sons"),
    ('chuhai query departures "organization=acm\t', "organization=Acme Toys (Asia) & Sons"),
    ('chuhai query departures organization="acm\t', "organization=Acme Toys (Asia) & Sons"),
    ("true && chuhai lookup Low\t", "Low rm -r here"),
    ("CHUHAI_LANG=zh chuhai lookup --format=markd\t Low\t", "Low rm -r here"),
]


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_a_name_arrives_whole_in_a_real_shell_and_nothing_in_it_runs(name: str, room: Path, tmp_path: Path) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    got = shell.typed(name, tmp_path, room, *(line for line, _ in TYPED))
    assert [arguments[-1] for arguments in got] == [name for _, name in TYPED]
    assert list((tmp_path / "here").iterdir()) == []


def test_a_line_that_nothing_completes_fails_with_what_the_shell_shows(room: Path, tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="after 'chuhai lookup \"Nobody"):
        shell.typed("bash", tmp_path, room, 'chuhai lookup "Nobody\t', patience=3)


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_offers_whole_names_and_runs_nothing(room: Path, tmp_path: Path) -> None:
    stub = shell.stub(tmp_path)
    script = shell.invoke(room, "completion", "fish").stdout
    for line, wanted in TYPED:
        words = line.partition("\t")[0]
        if not words.startswith("chuhai lookup") or "qingy" in words:
            continue
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"{script}\ncomplete -C $LINE"],
            env={
                **os.environ,
                "CHUHAI_FACTS": str(room),
                "LINE": words,
                "PATH": f"{stub.parent}:{os.environ['PATH']}",
                "HOME": str(tmp_path),
                "LC_ALL": "C.UTF-8",
            },
            cwd=tmp_path / "here",
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert wanted in [row.partition("\t")[0] for row in done.stdout.decode().splitlines()], (words, done.stdout)
    assert list((tmp_path / "here").iterdir()) == []


@pytest.mark.parametrize("signs", ["$(", "`", "\\;", "'\"", "\\\\", "%", "*"])
def test_signs_alone_are_no_beginning_of_every_name(room: Path, monkeypatch: pytest.MonkeyPatch, signs: str) -> None:
    assert offered(room, f"chuhai lookup {signs}", monkeypatch) == []
