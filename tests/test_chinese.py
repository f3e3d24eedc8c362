"""The command line in Chinese: what a person reads is translated and aligned, what a machine reads is as in English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import shell
from click.testing import Result
from folders import folder, raised, source
from pyoxigraph import Store
from serving import served
from tables import empty_import

import queries
from graph import terminal
from graph.columns import called
from ontology import PREFIXES
from queries import NamedQuery

Run = Callable[..., Result]

_VALUES = {
    "iri": "https://w3id.org/chuhai/id/place/x", "string": "x", "integer": "1", "number": "1", "date": "2025-01-01",
    "boolean": "true",
}  # fmt: skip
_QUERIES = [pytest.param(query, id=name) for name, query in queries.catalogue().items()]
_TABLES = [
    ("stats",), ("sources",), ("imports",), ("mappings",), ("queries",), ("describe",), ("query", "headquarters-moves"),
    ("network", "ownership"), ("claims",), ("reconcile",), ("lookup", "HeyGen"), ("timeline", "HeyGen"),
    ("compare", "HeyGen", "Manus"), ("path", "HeyGen", "Manus"), ("why", "HeyGen", "headquarters"),
    ("overseas", "rates"), ("rankings", "--section", "lists"),
]  # fmt: skip


def _is_chinese(text: str) -> bool:
    return re.search("[\u3400-\u9fff]", text) is not None or text in ("PageRank", "CheiRank", "sha256", "z")


@pytest.mark.parametrize("query", _QUERIES)
def test_every_column_of_a_named_query_has_a_chinese_name(query: NamedQuery) -> None:
    bound = query.bind({parameter.name: _VALUES[parameter.type] for parameter in query.parameters})
    answer = Store().query(bound, prefixes=PREFIXES)
    assert [v.value for v in answer.variables if not _is_chinese(called(v.value, "zh-hans"))] == []  # type: ignore[union-attr]


@pytest.mark.parametrize("query", _QUERIES)
def test_every_word_that_a_named_query_puts_into_a_cell_has_a_chinese_one(query: NamedQuery) -> None:
    told = re.findall(r'BIND\((.*)\)|SELECT \("\d\d ([^"]+)"', query.text)
    words = {word for bound, counted in told for word in [counted, *re.findall(r'(?:\(|, )"([a-z\' ]+)"', bound)]}
    assert [word for word in words - {""} if not _is_chinese(called(word, "zh-hans"))] == []


@pytest.mark.parametrize("command", _TABLES, ids=" ".join)
def test_a_person_reads_chinese_heads_and_a_machine_the_same_as_in_english(run: Run, command: tuple[str, ...]) -> None:
    shown = run(*command, "--format", "markdown", "--lang", "zh").stdout.splitlines()
    heads = next(line for line in shown if line.startswith("| "))[2:-2].split(" | ")
    named = {"compare": 2}.get(command[0], len(heads))
    assert [head for head in heads[:named] if not _is_chinese(head)] == []
    first = {lang: run(*command, "--format", "csv", "--lang", lang).stdout.split("\n")[0] for lang in ("en", "zh")}
    assert first["zh"] == first["en"] and first["en"].isascii()


@pytest.mark.parametrize("command", ["stats", "sources", "query headquarters-moves", "queries"])
def test_chinese_columns_stand_below_one_another_on_a_terminal(facts: Path, command: str) -> None:
    lines = shell.on_terminal(facts, *command.split(), "--lang", "zh", NO_COLOR="1").splitlines()
    assert max(map(terminal.width, lines)) <= 80
    rule = next(line for line in lines if set(line) == {"─", " "})
    gaps = [match.span() for match in re.finditer("  (?=─)", rule)]
    for line in lines[lines.index(rule) - 1 :]:
        on_screen = "".join(character.ljust(terminal.width(character), "_") for character in line)
        assert all(not on_screen[slice(*gap)].strip() for gap in gaps), line


def test_what_was_left_out_of_an_import_is_told_of_in_chinese(tmp_path: Path, facts: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(facts, mine)
    empty_import(mine, "fund-2025")
    (mine / "imports" / "fund-2025" / "import.json").write_text("{}")
    shown, data = (shell.invoke(mine, "stats", "--lang", "zh", "-f", form).stdout for form in ("markdown", "csv"))
    assert "略去的导入：fund-2025" in shown and "imports left out: fund-2025" in data


def test_those_who_keep_facts_are_told_in_chinese(tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", source("one", raised()))
    build, clean = (shell.invoke(mine, command, "--lang", "zh").stdout for command in ("build", "validate"))
    assert re.fullmatch("已构建：1 条陈述、[0-9,]+ 个归并后的节点、[0-9,]+ 个四元组\n", build)
    assert clean == "没有发现问题\n"
    (mine / "sources" / "broken.yaml").write_text("source: {}\n", encoding="utf-8")
    heads = shell.invoke(mine, "validate", "--lang", "zh").stdout.splitlines()[0]
    assert heads.split() == ["轻重", "文件", "行号", "陈述", "问题", "补救"]


def test_a_server_has_its_language_where_an_address_names_none(facts: Path) -> None:
    html = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    with served(facts, "--lang", "zh") as (client, _):
        for path in ("/", "/id/product/manus", "/queries", "/explore", "/sparql/editor"):
            led = client.get(path, headers=html)
            assert (led.status_code, led.headers["location"]) == (303, f"{path}?lang=zh")
            assert client.get(path, params={"lang": "en"}, headers=html).status_code == 200
        assert (
            client.get("/id/product/manus?as_of=2025", headers=html).headers["location"].endswith("?as_of=2025&lang=zh")
        )
        assert 'href="/queries?lang=en"' in client.get("/?lang=en", headers=html).text
        assert (
            client.get("/api/profile?name=Manus", headers=html).json() == client.get("/api/profile?name=Manus").json()
        )
        assert client.get("/id/product/manus", headers={"accept": "text/turtle"}).status_code == 200
    with served(facts) as (client, _):
        assert client.get("/", headers=html).status_code == 200
