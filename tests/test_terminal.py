"""Terminals: nothing that the data holds steers them, and what is shown fits their width."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import shell
from folders import folder, said, source
from shell import steering

from graph import terminal

HOSTILE = "\x1b[31mred\x07 \x9b2J\u202eevil\u2066 \u200f\nchuhai: forged\r line\u2028third\u2029\x00\x7f"
LINK = re.compile(r"\033\]8;;([^\033]+)\033\\([^\033]*)\033\]8;;\033\\")
WORDS = [f"word{number}" for number in range(30)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts whose every text tries to steer the terminal."""
    things = [
        {"id": f"organization/{slug}", "label": {"en": f"{slug} {HOSTILE}"}, "alias": {"en": [f"{slug}{HOSTILE}"]}}
        for slug in ("acme", "daily")
    ]
    words = {"en": HOSTILE, "zh-hans": HOSTILE}
    cut = {"about": "event/acme-cut", "type": "WorkforceChange", "organization": "organization/acme"}
    path = folder(
        tmp_path_factory.mktemp("hostile"),
        source(
            "one",
            said(**cut, subtype="layoff", words=HOSTILE, paraphrase=words),
            said("two", kind="rumour", speaker=HOSTILE, paraphrase=words, at=HOSTILE, **cut),
            said("three", about="organization/acme", type="Organization", paraphrase=words),
            said("four", kind="opinion", about="organization/acme", speaker=HOSTILE, paraphrase=words),
            title={"en": HOSTILE},
        ),
        things=things,
    )
    for file in path.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text("".join(c if c < "\x7f" else f"\\u{ord(c):04x}" for c in text), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("command", [("lookup", "organization/acme"), ("sources",), ("network", "whole")])
def test_data_cannot_steer_a_terminal(hostile: Path, command: tuple[str, ...], form: str) -> None:
    result = shell.invoke(hostile, *command, "--format", form)
    assert result.exit_code == 0
    assert steering(result.stdout) == []
    assert not re.search(r"^chuhai: forged", result.stdout, re.MULTILINE)


def test_data_cannot_steer_a_terminal_by_the_list_of_sources(hostile: Path) -> None:
    text = shell.invoke(hostile, "lookup", "organization/acme", "--sources", "--lang", "zh").stdout
    assert steering(text) == []
    assert max(map(terminal.width, text.splitlines())) <= 80


def test_data_cannot_steer_a_terminal_by_a_suggestion(hostile: Path) -> None:
    message = shell.failure(shell.invoke(hostile, "lookup", "acme 31mred 2Jevils chuhai"), 3)
    assert "did you mean acme" in message
    assert steering(message) == []


def test_what_a_terminal_would_act_upon_reaches_machines_escaped(hostile: Path) -> None:
    data = json.loads(shell.invoke(hostile, "lookup", "organization/acme", "-f", "json").stdout)
    assert data["label"] == f"acme {HOSTILE}"


def test_a_terminal_gets_colours_and_80_columns(facts: Path) -> None:
    text = shell.on_terminal(facts, "lookup", "Manus", CHUHAI_LANG="zh")
    assert "\033[33m" in text and "\033[31m" in text and "\033[35m" in text
    plain = re.sub(r"\033\[\d+m", "", LINK.sub("\\2", text))
    assert max(map(terminal.width, plain.splitlines())) <= 80
    assert plain == shell.invoke(facts, "lookup", "Manus", "--lang", "zh").stdout


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=lambda setting: next(iter(setting)))
def test_a_terminal_that_wants_no_colours_gets_no_links_either(facts: Path, setting: dict[str, str]) -> None:
    assert "\033" not in shell.on_terminal(facts, "lookup", "Manus", **setting)


@pytest.mark.parametrize("options", [[], ["--sources"]], ids=["short", "whole"])
@pytest.mark.parametrize("columns", [60, 100])
def test_on_a_terminal_each_source_is_a_link_to_its_document(facts: Path, columns: int, options: list[str]) -> None:
    text = shell.on_terminal(facts, "lookup", "Manus", *options, columns=columns)
    data = json.loads(shell.invoke(facts, "lookup", "Manus", "-f", "json").stdout)
    linked: dict[str, str] = {}
    for address, shown in LINK.findall(text):
        linked[address] = f"{linked.get(address, '')} {shown}".strip()
    listed = text[text.index("\n\n" + "\033[2m\033]8" if not options else "\n\n\033]8") :]
    cited = {int(number) for number in re.findall(r"\[(\d+)\](?:\xa0| )", LINK.sub("\\2", listed))}
    assert len(cited) >= 5
    assert set(linked) == {data["sources"][number - 1]["url"] for number in cited}
    for number in cited:
        source = data["sources"][number - 1]
        shown = " ".join(linked[source["url"]].split())
        assert shown.startswith(f"[{number}] {source['publisher_label']}")
        assert shown.count("[") == 1 or options
        assert "·" not in shown or options


def test_an_address_cannot_steer_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "colored", lambda: True)
    for address in (HOSTILE, f"javascript:{HOSTILE}", "file:///etc/passwd", " https://example.org"):
        assert terminal.link("text", address) == "text"
    shown = terminal.link("智谱", f"https://example.org/智 谱;a=b{HOSTILE}")
    ((address, text),) = LINK.findall(shown)
    assert (text, steering(LINK.sub("\\2", shown))) == ("智谱", [])
    assert address.startswith("https://example.org/%E6%99%BA%20%E8%B0%B1;a=b%1B[31mred%07%20%C2%9B2J")
    assert address.isascii() and address.isprintable()


@pytest.mark.parametrize("columns", [32, 60, 120])
def test_a_screen_fits_the_terminal_it_is_on(facts: Path, columns: int) -> None:
    text = shell.on_terminal(facts, "lookup", "智谱", columns=columns, NO_COLOR="1")
    assert max(map(terminal.width, text.splitlines())) <= columns


@pytest.mark.parametrize(("columns", "beside"), [(80, True), (24, False)])
def test_a_table_fits_the_terminal_it_is_on_and_loses_nothing(facts: Path, columns: int, beside: bool) -> None:
    values = f"VALUES (?first ?second ?third) {{ ('{' '.join(WORDS)}' 'x' 'unbreakable') }}"
    text = shell.on_terminal(facts, "query", f"SELECT ?first ?second ?third {{ {values} }}", columns=columns)
    assert max(map(terminal.width, text.splitlines())) <= columns
    assert [word for word in text.split() if word in WORDS] == WORDS
    assert "unbreakable" in text
    assert bool(re.search("first +second +third", text)) is beside


def test_a_table_without_columns_or_rows_is_shown_on_a_terminal(facts: Path) -> None:
    assert shell.on_terminal(facts, "query", "SELECT * {}").strip() == ""
    assert shell.on_terminal(facts, "query", "SELECT ?p { ?p a chuhai:Nothing }").split() == ["p", "─"]


def test_a_pipe_gets_no_colours_and_whole_cells(facts: Path) -> None:
    done = shell.start(facts, "lookup", "智谱")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == shell.invoke(facts, "lookup", "智谱").stdout
    assert b"\033" not in done.stdout
    assert "…" not in shell.start(facts, "query", "rumours-and-denials").stdout.decode()


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("智谱", 4), ("ｗ", 2), ("e\u0301", 1), ("\u200b", 0), ("✗≠→", 3), ("❤\ufe0f", 1)],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert terminal.width(text) == columns


@pytest.mark.parametrize("columns", [8, 10, 13, 20])
def test_wrapping_keeps_every_character_and_no_line_begins_with_a_stop(columns: int) -> None:
    text = "公司没跑路，业务正常。The company, 智谱 AI：said（so）。"
    lines = terminal.wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[0] in "，。：）"]


def test_a_word_wider_than_the_screen_is_broken() -> None:
    lines = terminal.wrap("see https://example.org/" + "x" * 90 + " there", 40)
    assert all(terminal.width(line) <= 40 for line in lines)
    assert lines[0] == "see"
    assert lines[-1].endswith("x there")


@pytest.mark.parametrize("columns", range(1, 9))
def test_cutting_never_gets_wider_than_asked(columns: int) -> None:
    assert terminal.width(terminal.cut("智谱 AI 出海", columns)) <= columns
