"""The documents say everything that the code has: commands, options, queries, terms, formats, limits, claims."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import shell

import queries
from graph import limits, yamlfile
from graph.folder import FOLDER
from graph.measures import MEASURES
from graph.projections import PROJECTIONS
from graph.writers import FORMATS
from ontology import vocabulary

DOCS = Path(__file__).parent.parent / "docs"
WORDS = vocabulary()
CLAIMS = [f"S{number:03}" for number in range(1, 190)]


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shell.COMMANDS)
def test_a_command_and_its_options_are_documented(name: str) -> None:
    text = read("cli.md")
    assert f"## chuhai {name}\n" in text
    section = text.split(f"## chuhai {name}\n")[1].split("\n## ")[0]
    for parameter in shell.COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in section
            assert parameter.help


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_query_is_documented_with_its_parameters(name: str) -> None:
    section = read("queries.md").split(f"## {name}\n")[1].split("\n## ")[0]
    query = queries.named(name)
    assert query.summary in section
    assert all(f"`{p.name}` ({p.type})" in section for p in query.parameters)


@pytest.mark.parametrize("name", [*WORDS.classes, *WORDS.properties])
def test_a_term_is_documented(name: str) -> None:
    assert f"| `{name}` |" in read("ontology.md")


@pytest.mark.parametrize("name", WORDS.concepts)
def test_a_concept_is_documented(name: str) -> None:
    assert f"`{name}`" in read("ontology.md")


@pytest.mark.parametrize("name", [*PROJECTIONS, *MEASURES])
def test_a_network_and_a_measure_are_documented(name: str) -> None:
    assert f"| `{name}` |" in read("networks.md")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_documented_and_offered(name: str) -> None:
    assert f"`{name}`" in read("cli.md")
    offered = next(p for p in shell.COMMANDS["lookup"].params if p.name == "form")
    assert isinstance(offered.type, click.Choice)
    assert name in offered.type.choices


def test_every_limit_is_documented_with_its_value() -> None:
    for name, value in vars(limits).items():
        if name.isupper():
            assert f"| `{name}` | {value:,} |" in read("cli.md")


def test_every_claim_of_the_seed_became_something() -> None:
    record = yamlfile.read(FOLDER / "sources" / "seed-2025-10-24.yaml", "seed")
    became = set(record["source"]["ref"])
    for statement in record["statements"]:
        refs = statement.get("ref", [])
        became.update(refs if isinstance(refs, list) else [refs])
    assert sorted(became) == CLAIMS
    assert re.findall(r"^\| (S\d{3}) \|", read("seed-claims.md"), re.MULTILINE) == CLAIMS


def test_every_competency_question_has_a_query() -> None:
    answered = {n for q in queries.catalogue().values() for n in re.split(r",\s*", q.question) if n.isdigit()}
    by_changes = {"48"}
    assert answered == {str(n) for n in range(1, 56)} - by_changes


def test_the_page_of_the_ontology_by_pylode_names_every_term(tmp_path: Path) -> None:
    page = tmp_path / "ontology.html"
    ontology = DOCS.parent / "ontology" / "chuhai.ttl"
    subprocess.run([sys.executable, "-m", "pylode", "-s", ontology, "-o", page], check=True, capture_output=True)
    html = page.read_text(encoding="utf-8")
    assert all(WORDS.classes[name].label["en"] in html for name in WORDS.classes)
    assert all(f"#{name}" in html for name in WORDS.properties)


PAGES = sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"])
_BLOCK = re.compile(r"^ *```(sh|console)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def shown(page: Path) -> Iterator[list[str]]:
    """The words of every call of `chuhai` that a page shows in a block of commands, up to a pipe or a redirection."""
    for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            typed = line.removeprefix("$ ") if language == "console" and line.startswith("$ ") else line
            if language == "console" and typed == line:
                continue  # what a command printed
            for call in re.findall(r"(?:^|&& *|bin/)(chuhai (?:'[^']*'|\"[^\"]*\"|[^|>&])*)", typed.strip()):
                yield shlex.split(call, comments=True)[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS.parent)))
def test_every_command_that_a_page_shows_is_one_with_its_options(page: Path) -> None:
    for words in shown(page):
        name, *given = words
        if name == "--version":
            continue
        shell.COMMANDS[name].make_context(name, given)


def test_pages_show_commands() -> None:
    assert sum(1 for page in PAGES for _ in shown(page)) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS.parent)))
def test_the_modules_that_a_page_names_are_there(page: Path) -> None:
    named = set(
        re.findall(
            r"\b(?:graph|ontology|queries|tests|bench)/[\w/]+\.(?:py|ttl|jsonld)\b", page.read_text(encoding="utf-8")
        )
    )
    assert {name for name in named if not (DOCS.parent / name).exists()} == set()


def test_every_guide_and_the_tour_have_both_languages() -> None:
    for page in ("index.md", "tour.md", *(f"howto/{path.name}" for path in (DOCS / "howto").glob("*.md"))):
        assert f"zh/{page})" in read(page).replace("../", "")
        assert f"../{page})" in read(f"zh/{page}").replace("../../", "../")


def test_the_tests_that_the_security_page_names_are_there() -> None:
    named = set(re.findall(r"test_\w+\.py", read("security.md")))
    assert named
    assert named <= {path.name for path in Path(__file__).parent.glob("test_*.py")}
