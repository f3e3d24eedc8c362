"""The command line: its examples work, each format is what it says, and what fails fails in one line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shell
from click import Command, Option
from click.testing import Result
from extras import needs
from folders import folder, said, source
from pyoxigraph import RdfFormat, parse
from shell import failure
from tables import HEAD, empty_import

from cli import commands
from graph import writers
from graph.quads import lines
from ontology import ID, REGISTER

Run = Callable[..., Result]

COMMANDS: dict[str, Command] = {"": commands, **shell.COMMANDS}
EXAMPLES = [
    line
    for command in COMMANDS.values()
    if command.name not in ("serve", "import", "imports", "reconcile")  # of which the first ends only when told to
    for line in shell.examples(command)
    if "://localhost" not in line
]
"""What help shows. With a service that has to run first, commands are called in test_stores.py, with tables in
test_bringing.py."""
TABLES = {
    "lookup": ("lookup", "HeyGen"),
    "query": ("query", "headquarters-moves"),
    "queries": ("queries",),
    "network": ("network", "ownership"),
    "validate": ("validate",),
    "sources": ("sources",),
}
KITE = {"id": f"{ID}product/kite", "@type": "chuhai:Product", "label": {"en": "Kite"}}
CONSTRUCT = "CONSTRUCT { ?p a chuhai:Product } WHERE { ?p a chuhai:Product }"
EVERYTHING = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def room(tmp_path: Path, facts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the files that the examples speak of."""
    shutil.copytree(facts, tmp_path / "my-facts")
    shell.commit(tmp_path / "my-facts")
    (tmp_path / "questions.rq").write_text("SELECT ?p WHERE { ?p a chuhai:Product }", encoding="utf-8")
    (tmp_path / "people.csv").write_text("id,name_en\nada,Ada Lin\n", encoding="utf-8")
    (tmp_path / "investors.jsonl").write_text('{"id": "tide", "name": "Tide Capital"}\n', encoding="utf-8")
    thing = {"id": "organization/{prefix}-{id}", "label": {"en": "{name}"}}
    head = {**HEAD, "publisher": "organization/technode"}
    (tmp_path / "mine.yaml").write_text(json.dumps({"prefix": "mine", "source": head, "things": [thing]}))
    (tmp_path / "graph.nq").write_text("".join(f"{line}\n" for line in lines(KITE, REGISTER)), encoding="utf-8")
    empty_import(tmp_path / "my-facts", "fund-2025")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_can_be_called_from_here() -> None:
    assert set(TABLES) | {"explore", "build"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_gives_an_example(run: Run, name: str) -> None:
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert re.search(rf"^  +chuhai {name}", result.stdout, re.MULTILINE)
    assert run(*name.split(), "-h").stdout == result.stdout
    assert all(parameter.help for parameter in COMMANDS[name].params if isinstance(parameter, Option))


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_works(run: Run, room: Path, example: str) -> None:
    result = run(*shlex.split(example)[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()
    assert result.stderr == ""


@pytest.mark.parametrize("command", TABLES.values(), ids=TABLES)
def test_csv_and_tsv_and_json_say_the_same(run: Run, command: tuple[str, ...]) -> None:
    records = json.loads(run(*command, "-f", "json").stdout) if command[0] != "lookup" else None
    lines = [json.loads(line) for line in run(*command, "-f", "jsonl").stdout.splitlines()]
    comma = list(csv.DictReader(io.StringIO(run(*command, "-f", "csv").stdout)))
    tab = list(csv.DictReader(io.StringIO(run(*command, "-f", "tsv").stdout), dialect="excel-tab"))
    assert comma == tab
    assert records in (None, lines)
    assert [list(row) for row in comma] == [list(row) for row in lines]
    assert len(comma) == len(lines)
    for row, line in zip(comma, lines, strict=True):
        assert [cell for cell, value in zip(row.values(), line.values(), strict=True) if isinstance(value, str)] == [
            value for value in line.values() if isinstance(value, str)
        ]


@pytest.mark.parametrize("command", TABLES.values(), ids=TABLES)
def test_markdown_has_as_many_cells_in_each_row(run: Run, command: tuple[str, ...]) -> None:
    rows = run(*command, "-f", "markdown").stdout.splitlines()
    assert set(rows[1]) <= set("| -")
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {rows[0].count("|")}


@pytest.mark.parametrize("command", [c for c in TABLES.values() if c[0] != "lookup"], ids=lambda c: c[0])
@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_a_table_is_no_rdf(run: Run, command: tuple[str, ...], form: str) -> None:
    message = failure(run(*command, "-f", form), 2)
    assert f"this answer is a table and no RDF; {form} is for" in message


@pytest.mark.parametrize(("form", "rdf"), [("turtle", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)])
def test_a_constructed_graph_is_rdf(run: Run, form: str, rdf: RdfFormat) -> None:
    text = run("query", CONSTRUCT, "-f", form).stdout
    rows = run("query", CONSTRUCT, "-f", "csv").stdout.splitlines()
    assert len(list(parse(text, format=rdf))) == len(rows) - 1 > 20


def test_every_format_is_offered_and_known() -> None:
    offered = {c: p.type.choices for c, cmd in COMMANDS.items() for p in cmd.params if p.name == "form"}
    assert set(TABLES) <= set(offered)
    assert all(set(choices) == set(writers.FORMATS) for choices in offered.values())


def test_a_person_reads_labels_and_a_machine_identifiers(run: Run) -> None:
    assert "Los Angeles" in run("query", "headquarters-moves").stdout
    assert "洛杉矶" in run("query", "headquarters-moves", "--lang", "zh").stdout
    machine = run("query", "headquarters-moves", "-f", "csv").stdout
    assert "https://w3id.org/chuhai/id/place/los-angeles" in machine
    assert machine == run("query", "headquarters-moves", "-f", "csv", "--lang", "zh").stdout


def test_an_unbound_cell_is_empty_or_null(run: Run) -> None:
    assert run("query", "SELECT ?x ?y WHERE { VALUES (?x ?y) { (1 UNDEF) } }", "-f", "csv").stdout == "x,y\n1,\n"
    assert json.loads(run("query", "SELECT ?x WHERE { }", "-f", "json").stdout) == [{"x": None}]


@pytest.mark.parametrize("value", ["1e0/0e0", "'NaN'^^xsd:double"])
def test_a_number_that_json_does_not_know_is_a_text(run: Run, value: str) -> None:
    text = run("query", f"SELECT ({value} AS ?x) WHERE {{ }}", "-f", "json").stdout
    assert json.loads(text, parse_constant=lambda constant: pytest.fail(constant)) != [{"x": None}]


def test_a_cell_with_separators_survives(run: Run) -> None:
    text = """SELECT ("a,b\\t\\"c\\"\\n|d\\\\" AS ?x) WHERE { }"""
    assert list(csv.reader(io.StringIO(run("query", text, "-f", "csv").stdout)))[1] == ['a,b\t"c"\n|d\\']
    assert list(csv.reader(io.StringIO(run("query", text, "-f", "tsv").stdout), "excel-tab"))[1] == ['a,b\t"c"\n|d\\']
    assert run("query", text, "-f", "markdown").stdout.splitlines()[2] == '| a,b "c" \\|d\\\\ |'


def test_ask_is_answered(run: Run) -> None:
    assert json.loads(run("query", "ASK { ?p a chuhai:Product }", "-f", "json").stdout) == [{"answer": True}]


def test_a_query_comes_from_a_text_a_file_or_standard_input(run: Run, room: Path) -> None:
    text = (room / "questions.rq").read_text(encoding="utf-8")
    asked = run("query", text, "-f", "csv").stdout
    assert asked.count("\n") > 20
    assert run("query", "questions.rq", "-f", "csv").stdout == asked
    assert run("query", "-", "-f", "csv", stdin=text).stdout == asked


def test_a_text_knows_the_prefixes_and_sees_the_resolved_graph(run: Run) -> None:
    text = """SELECT ?name ?url ?kind WHERE {
      <https://w3id.org/chuhai/id/product/manus> rdf:type chuhai:Product ; skos:prefLabel ?name .
      GRAPH source:seed-2025-10-24 { source:seed-2025-10-24 schema:url ?url ; dcterms:type ?kind }
      FILTER(?kind = concept:commentary)
    }"""
    assert run("query", text, "-f", "tsv").stdout.splitlines()[1].startswith("Manus\thttp://www.3188025.com.cn/")


def test_a_text_may_declare_prefixes_itself(run: Run) -> None:
    text = "PREFIX c: <https://w3id.org/chuhai/ontology#> SELECT (COUNT(*) AS ?n) WHERE { ?p a c:Product }"
    assert int(run("query", text, "-f", "csv").stdout.splitlines()[1]) > 20


def test_a_syntax_error_names_line_and_column(run: Run) -> None:
    message = failure(run("query", "SELECT ?x\nWHERE { ?x a chuhai:Product\n  FILTER(?x = }"), 2)
    assert "SPARQL syntax error in line 3, column " in message
    assert len(message) < 400


def test_an_update_is_no_query(run: Run) -> None:
    failure(run("query", "DELETE WHERE { ?s ?p ?o }"), 2)
    failure(run("query", "DROP ALL # { }"), 2)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("lookup", "Nobody Inc."), 3, "nothing here is named 'Nobody Inc.'"),
        (("lookup", "Kimmi Chat"), 3, "did you mean Kimi"),
        (("lookup", ""), 3, "nothing here is named ''"),
        (("query", "headquarters-mover"), 2, "did you mean headquarters-moves"),
        (("query", "zzz"), 2, "see `chuhai queries`"),
        (("query", "nowhere.rq"), 1, "nowhere.rq: No such file or directory"),
        (("query", "departures"), 2, "needs the parameter 'organization'; give organization=… (iri)"),
        (("query", "departures", "智谱"), 2, "'智谱' is no parameter; write name=value"),
        (("query", "departures", "year=2025"), 2, "has no parameter 'year'; it takes organization (iri)"),
        (("query", "departures", "organization=Nobody Inc."), 3, "nothing here is named 'Nobody Inc.'"),
        (("query", "departures", "organization=organization/a b"), 2, "is no absolute IRI"),
        (("query", "departures", "organization=Kimi"), 3, "nothing here is named 'Kimi'"),
        (("query", "headquarters-on", "organization=HeyGen", "day=June"), 2, "'June' is no day, such as"),
        (("query", "SELECT * WHERE { }", "x=1"), 2, "only named queries take parameters"),
        (("queries", "headquarters-mover"), 2, "did you mean headquarters-moves"),
        (("network", "friendship"), 2, "one of: whole, ownership"),
        (("network", "whole", "-m", "fame"), 2, "one of: degree, indegree"),
        (("lookup", "Manus", "--facts", "nowhere"), 1, "nowhere: no facts there"),
        (("sources", "--facts", "nowhere"), 1, "a folder of facts holds sources/*.yaml"),
        (("validate", "--facts", "nowhere"), 1, "nowhere: no facts there"),
        (("build", "--facts", "nowhere"), 1, "nowhere: no facts there"),
        (("explore", "-o", "no/such/folder/x.html"), 1, "no/such/folder/x.html: No such file or directory"),
        (("explore", "-o", "my-facts"), 1, "my-facts: Is a directory"),
        (("build", "-o", "no/such/folder/x.nq"), 1, "no/such/folder/x.nq: No such file or directory"),
        (("build", "-o", "my-facts"), 1, "my-facts: Is a directory"),
    ],
)
def test_what_fails_says_why_in_one_line_and_leaves_nothing_behind(
    run: Run, room: Path, arguments: tuple[str, ...], exit_code: int, words: str
) -> None:
    before = sorted(room.rglob("*"))
    assert words in failure(run(*arguments), exit_code)
    assert sorted(room.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("looku",),
        ("lookup",),
        ("lookup", "Manus", "--format", "xml"),
        ("lookup", "Manus", "--nothing"),
        ("network", "whole", "--top", "0"),
        ("network", "whole", "--top", "many"),
        ("explore", "--seed", "x"),
    ],
)
def test_a_wrong_call_is_a_usage_error(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_an_ambiguous_name_is_answered_with_its_candidates(tmp_path: Path) -> None:
    twins = [{"id": f"organization/{slug}", "label": {"en": "Acme"}} for slug in ("acme-beijing", "acme-boston")]
    small = folder(tmp_path, things=twins)
    message = failure(shell.invoke(small, "lookup", "acme"), 4)
    assert "organization/acme-beijing, organization/acme-boston" in message
    assert shell.invoke(small, "lookup", "organization/acme-boston").exit_code == 0


def test_broken_facts_are_named_with_file_and_line(tmp_path: Path) -> None:
    small = folder(tmp_path, source("one", said(about="organization/acme", type="Organisation")))
    message = failure(shell.invoke(small, "lookup", "acme"), 5)
    assert "sources/one.yaml:3: [one] unknown type 'Organisation'; did you mean 'Organization'?" in message
    assert failure(shell.invoke(small, "build"), 5) == message
    checked = shell.invoke(small, "validate", "-f", "json")
    assert (checked.exit_code, json.loads(checked.stdout)[0]["line"]) == (5, 3)


def test_a_clean_folder_has_no_findings(tmp_path: Path) -> None:
    small = folder(tmp_path, source("one", said(about="organization/acme", type="Organization")))
    result = shell.invoke(small, "validate")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no findings\n", "")


@pytest.mark.parametrize("arguments", [("lookup", "智谱"), ("query", "headquarters-moves"), ("sources",)])
def test_without_a_place_for_the_store_there_is_an_answer_all_the_same(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    answered = run(*arguments, CHUHAI_DATA=str(tmp_path / "file"))
    assert answered.exit_code == 0
    assert answered.stdout == run(*arguments).stdout
    assert re.fullmatch(
        r"chuhai: no store can be kept \(.*\); building in memory each time; .*CHUHAI_DATA.*\n", answered.stderr
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_build_without_a_place_for_the_store_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = failure(run("build", CHUHAI_DATA=str(tmp_path / "file")), 1)
    assert "Not a directory" in line and "set CHUHAI_DATA" in line


def test_a_build_writes_sorted_n_quads_and_counts_them(run: Run, room: Path) -> None:
    said_so = re.fullmatch(
        r"built: ([\d,]+) statements, ([\d,]+) resolved nodes, ([\d,]+) quads\n", run("build", "-o", "g.nq").stdout
    )
    lines = (room / "g.nq").read_text(encoding="utf-8").splitlines()
    assert said_so and said_so[3] == f"{len(lines):,}"
    assert lines == sorted(set(lines))
    assert sum(1 for _ in parse(path=room / "g.nq", format=RdfFormat.N_QUADS)) == len(lines)


@needs("explorer")
def test_an_explorer_is_written_whole_and_says_what_is_in_it(run: Run, room: Path) -> None:
    (room / "chuhai.html").write_text("before", encoding="utf-8")
    result = run("explore")
    assert re.fullmatch(r"chuhai\.html: \d+ things, \d+ facts, \d+ statements, \d+\.\d+ MB\n", result.stdout)
    assert (room / "chuhai.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert not [path for path in room.iterdir() if path.name.startswith(".")]


def test_the_version_is_printed(run: Run) -> None:
    assert re.fullmatch(r"chuhai, version \d+\.\d+\.\d+\n", run("--version").stdout)


def test_the_facts_may_be_named_on_the_command_line(tmp_path: Path, facts: Path) -> None:
    small = folder(tmp_path, source("one", said(about="organization/acme", type="Organization")))
    assert shell.invoke(facts, "sources", "--facts", str(small), "-f", "csv").stdout.count("\n") == 2


@pytest.mark.parametrize("form", ["csv", "table", "json"])
def test_a_closed_pipe_is_no_error(facts: Path, form: str) -> None:
    command = shlex.join([*shell.CHUHAI, "query", EVERYTHING, "-f", form])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} | head -1"],
        env={**os.environ, "CHUHAI_FACTS": str(facts)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["C", "C and no UTF-8 mode"],
)
@needs("explorer")
def test_an_ascii_locale_changes_nothing(facts: Path, tmp_path: Path, locale: dict[str, str]) -> None:
    done = shell.start(facts, "lookup", "智谱", environment=locale)
    assert done.stdout.decode().startswith("Zhipu AI  智谱 ")
    assert (done.returncode, done.stderr) == (0, b"")
    written = shell.start(facts, "explore", "-o", "智谱.html", environment=locale, cwd=tmp_path)
    assert (written.returncode, written.stderr) == (0, b"")
    assert "智谱" in (tmp_path / "智谱.html").read_text(encoding="utf-8")


def test_a_chinese_question_on_standard_input_is_read_in_an_ascii_locale(facts: Path) -> None:
    asked = 'SELECT ?x { ?x skos:prefLabel "智谱"@zh-hans }'.encode()
    done = shell.start(facts, "query", "-", "-f", "csv", input=asked, environment={"LC_ALL": "C"})
    assert done.stdout.decode().splitlines() == ["x", "https://w3id.org/chuhai/id/organization/zhipu"]


def test_a_stream_that_cannot_hold_chinese_is_named(facts: Path) -> None:
    asked = ("query", "headquarters-in", "--lang", "zh")
    done = shell.start(facts, *asked, environment={"PYTHONIOENCODING": "latin-1"})
    assert "set PYTHONIOENCODING=utf-8" in failure(done, 2)
    assert shell.start(facts, *asked, environment={"PYTHONIOENCODING": "utf-8"}).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ((b"lookup", b"\xff\xfe"), b""),
        ((b"query", b"SELECT \xff {}"), b""),
        ((b"query", b"departures", b"organization=\xff"), b""),
        ((b"query", b"-"), b'SELECT ("\xff" AS ?x) {}'),
        ((b"query", b"latin.rq"), b""),
    ],
)
def test_bytes_that_are_no_text_are_refused(
    facts: Path, tmp_path: Path, arguments: tuple[bytes, ...], given: bytes
) -> None:
    (tmp_path / "latin.rq").write_bytes('SELECT ("é" AS ?x) {}'.encode("latin-1"))
    done = shell.start(facts, *arguments, input=given, cwd=tmp_path)  # type: ignore[arg-type]
    assert failure(done, done.returncode) and done.returncode in (2, 3)


def test_the_file_cli_py_is_the_command_too(facts: Path) -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "lookup", "Manus"],
        cwd=shell.ROOT,
        env={**os.environ, "CHUHAI_FACTS": str(facts)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == shell.invoke(facts, "lookup", "Manus").stdout
