"""The editors' guide: its examples are one folder of facts, and do what the guide says that they do."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import shell
from folders import node

from graph import dates, names, yamlfile
from graph.build import Built, build
from graph.store import Graph, in_memory
from graph.validate import validate
from ontology import EDITORIAL, SOURCE, expand

GUIDE = Path(__file__).parent.parent / "docs" / "editors-guide.md"
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
GAZETTE = "gazette-2025-07-09-lantern-moves-office"
MOVE = "event/lantern-hq-to-singapore"


def blocks(language: str) -> list[str]:
    return [
        "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))
        for indent, found, body in BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
        if found == language
    ]


def write(path: Path, without: str = "") -> Path:
    """Write the examples into a folder, block after block; leave out the file `without`."""
    for block in blocks("yaml"):
        first, _, body = block.partition("\n")
        name = first.removeprefix("# ")
        if name == without:
            continue
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(body)
    return path


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def built(examples: Path) -> Built:
    return build(examples)


@pytest.fixture(scope="module")
def opened(examples: Path) -> Iterator[Graph]:
    graph = in_memory(examples)
    yield graph
    graph.index.close()


def test_the_examples_have_no_findings(examples: Path) -> None:
    assert len(blocks("yaml")) > 12
    assert validate(examples) == []


def test_the_command_begins_the_file_that_the_guide_goes_on_with(tmp_path: Path) -> None:
    folder = write(tmp_path)
    file = folder / "sources" / f"{GAZETTE}.yaml"
    shown = yamlfile.read(file, file.name)["source"]
    file.unlink()
    command = shlex.split(blocks("sh")[0])
    assert shell.invoke(folder, *command[1:]).exit_code == 0
    begun = yamlfile.read(file, file.name)["source"]
    assert (shown.pop("title"), begun.pop("title")) == ({"en": "Lantern moves office"}, {"en": "lantern moves office"})
    assert begun == shown


def test_the_commands_work(examples: Path) -> None:
    commands = [line for block in blocks("sh")[1:] for line in block.splitlines()]
    assert commands
    for line in commands:
        assert shell.invoke(examples, *shlex.split(line)[1:]).exit_code == 0


def test_a_rumour_and_an_argument_become_no_value(built: Built) -> None:
    assert expand("event/lantern-layoff-2025") not in {n.iri for n in built.nodes}


def test_a_denial_marks_and_removes_nothing(examples: Path) -> None:
    text = shell.invoke(examples, "lookup", "Lantern").stdout
    assert "? layoff · over 80" in text
    assert "✗ The company says that nobody was dismissed." in text


def test_a_disagreement_is_marked_and_decided_as_the_editors_say(tmp_path: Path, built: Built) -> None:
    undecided = node(build(write(tmp_path, without="editorial.yaml")), MOVE)
    decided = node(built, MOVE)
    assert undecided.disputed == decided.disputed == ("toPlace",)
    assert decided.values["toPlace"] == (expand("place/singapore"),)


def test_a_coarser_date_is_no_disagreement(built: Built) -> None:
    move = node(built, MOVE)
    assert [move.values[name][0] for name in ("notBefore", "notAfter")] == ["2025-06-01", "2025-06-30"]


def test_a_copy_is_no_second_witness(tmp_path: Path) -> None:
    """The Gazette and its copy stand against the Herald as one against one; the later document holds."""
    folder = write(tmp_path, without="editorial.yaml")
    herald = folder / "sources" / "herald-lantern-denies.yaml"
    text = herald.read_text(encoding="utf-8").replace("published: undated", "published: 2025-08-01")
    herald.write_text(text, encoding="utf-8")
    assert node(build(folder), MOVE).values["toPlace"][0] == expand("place/los-angeles")
    digest = folder / "sources" / "digest-2025-07-10-lantern.yaml"
    lines = digest.read_text(encoding="utf-8").splitlines(keepends=True)
    digest.write_text("".join(line for line in lines if "copyOf" not in line), encoding="utf-8")
    assert node(build(folder), MOVE).values["toPlace"][0] == expand("place/singapore")


def test_a_withdrawn_statement_is_gone_and_its_reason_kept(built: Built) -> None:
    subjects = {quad.subject.value for quad in built.quads if hasattr(quad.subject, "value")}
    assert f"{SOURCE}herald-2025-08-lantern-kite#kite" not in subjects
    reasons = {str(quad.object) for quad in built.quads if quad.graph_name.value == EDITORIAL}
    assert any("corrected itself" in reason for reason in reasons)


@pytest.mark.parametrize("name", ["燈坊", "余萬里", "Lantern AI", "明坊科技"])
def test_every_name_is_found(opened: Graph, name: str) -> None:
    assert names.resolve(opened.index, name).thing in ("organization/lantern", "person/yu-wanli")


def test_every_date_of_the_table_is_one() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("| the document says |")[2].partition("\n\n")[0]
    expressions = re.findall(r"`([^`]+)`", table)
    assert len(expressions) == 8
    for expression in expressions:
        dates.parse(expression)
