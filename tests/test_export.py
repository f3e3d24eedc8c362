"""What goes out is whole or is not there; a part says of what it is a part; every link of a page leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import markdown
import pyoxigraph
import pytest
import rdflib
import shell
from exports import PARTS, exported, made, rows_of, text_of
from folders import folder, moved, source
from pyoxigraph import RdfFormat

from graph.commands import exporting
from graph.errors import NotFoundError, UsageError
from graph.files import replacing, replacing_folder
from graph.moment import Moment
from graph.opened import Opened
from graph.sinks.export import FORMATS, Choice, File, write
from graph.sinks.part import things
from graph.store import Graph, in_memory
from ontology import ID, RESOLVED, SOURCE, expand

# Pages


def links_of(html: str) -> list[str]:
    return [unquote(address) for address in re.findall(r'href="([^"]*)"', html)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_of_a_page_leads_somewhere(acme: Opened, tmp_path: Path, language: str) -> None:
    out = exported(Opened(acme.graph, language), tmp_path, "markdown")
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.md"))}
    assert len(pages) == len(things(acme.graph)) + 1
    for path, text in pages.items():
        html = markdown.markdown(text, extensions=["footnotes"])
        assert "[^" not in html
        for address in links_of(html):
            if address.startswith("#"):
                assert f'id="{address[1:]}"' in html
            elif not address.startswith("https://"):
                assert (path.parent / address).resolve() in pages
    index = links_of(markdown.markdown(pages[out / "index.md"]))
    assert {out / address for address in index} == set(pages) - {out / "index.md"}
    acme = pages[out / "organization" / "acme.md"]
    assert re.search({"en": r"— 2024 \[\^\d\] ¶1", "zh": r"— 2024年 \[\^\d\] ¶1"}[language], acme)
    assert "../organization/bolt.md" in acme and "艾克" in acme


def test_a_hostile_label_stays_text_on_a_page(acme: Opened, tmp_path: Path) -> None:
    text = (exported(acme, tmp_path, "markdown") / "organization" / "acme.md").read_text(encoding="utf-8")
    html = markdown.markdown(text, extensions=["footnotes", "tables"])
    assert "<img" not in html and "javascript:" not in " ".join(links_of(html))
    assert "&#60;img src=x onerror=hit()&#62;" in html


def test_a_page_has_a_plain_name_whatever_the_thing_is_called(tmp_path: Path) -> None:
    names = ("organization/../../../evil", "organization/A%2F", "organization/a", "organization/" + 300 * "a")
    kind = pyoxigraph.NamedNode(str(rdflib.RDF.type))
    held = [
        pyoxigraph.Quad(pyoxigraph.NamedNode(expand(name)), kind, quad.object, quad.graph_name)
        for quad in in_memory(folder(tmp_path / "facts", source("one", moved()))).quads
        if quad.predicate == kind and quad.graph_name.value == RESOLVED and "/organization/acme" in quad.subject.value
        for name in names
    ]
    from graph import index

    store = pyoxigraph.Store()
    store.extend(held)
    out = exported(Opened(Graph(index.write(held), store, None)), tmp_path, "markdown")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.md"))
    assert found[0] == "index.md" and found[1] == "organization/a.md"
    assert all(re.fullmatch(r"other/[0-9a-f]{16}\.md", path) for path in found[2:]) and len(found) == 5


# Parts


@pytest.mark.parametrize("form", FORMATS)
def test_a_part_says_of_what_it_is_a_part(acme: Opened, tmp_path: Path, form: str) -> None:
    choice = Choice(focus=["organization/bolt"], steps=2)
    out = exported(Opened(acme.graph, at=Moment("2025-06-30", "2025-01-31")), tmp_path, form, choice)
    said = text_of(out)
    for words in (*PARTS, "bolt and what is told of it (--steps 2)", "as of 2025-06-30", "published by 2025-01-31"):
        assert words in said
    if out.suffix == ".md" or form == "markdown":
        assert all(PARTS[0] in path.read_text(encoding="utf-8") for path in out.rglob("*.md"))
    if form in ("turtle", "trig", "n-quads", "json-ld"):
        assert "https://data.example/acme/2025-03-01" in said and "isPartOf" in said


@pytest.mark.parametrize("form", ["trig", "n-quads", "json-ld", "csv", "parquet"])
def test_the_whole_does_not_say_that_it_is_a_part(acme: Opened, tmp_path: Path, form: str) -> None:
    said = text_of(exported(acme, tmp_path, form))
    assert PARTS[0] not in said and "isPartOf" not in said and "partOf" not in said


def nodes_in(opened: Opened, room: Path, choice: Choice) -> set[str]:
    """What the resolved graph of a part holds that sources tell of."""
    parsed = pyoxigraph.parse(path=exported(opened, room, "n-quads", choice), format=RdfFormat.N_QUADS)
    held = {q.subject.value for q in parsed if q.graph_name.value == RESOLVED}
    return {iri.removeprefix(ID) for iri in held if re.search("/id/(event|tenure|membership)/", iri)}


def test_a_part_is_what_is_told_of_its_things_so_many_steps_far(acme: Opened, tmp_path: Path) -> None:
    bolt = ["organization/bolt"]
    assert nodes_in(acme, tmp_path, Choice(bolt, steps=0)) == set()
    assert nodes_in(acme, tmp_path, Choice(bolt)) == {"event/three", "event/acme-round"}
    of_acme = {"event/three", "event/acme-round", "event/acme-move", "event/acme-cut", "membership/ada"}
    derived = {"tenure/acme-move-origin", "tenure/acme-move-destination"}
    assert nodes_in(acme, tmp_path, Choice(bolt, steps=2)) == of_acme | derived
    assert nodes_in(acme, tmp_path, Choice(query="headquarters-moves", steps=0)) == set()
    assert nodes_in(acme, tmp_path, Choice(query="headquarters-moves")) == of_acme | derived
    with pytest.raises(NotFoundError, match="names nothing"):
        exported(acme, tmp_path, "n-quads", Choice(query="acquisitions"))


def test_a_part_of_the_packaged_facts_is_closed_and_of_the_whole(graph: Graph, tmp_path: Path) -> None:
    out = exported(Opened(graph), tmp_path, "n-quads", Choice(["Manus"], steps=1))
    parsed = list(pyoxigraph.parse(path=out, format=RdfFormat.N_QUADS))
    own = [q for q in parsed if not q.graph_name.value.endswith("/graph/export")]
    assert set(own) < set(graph.quads) and 0 < len(parsed) - len(own) < 10
    told = {q.subject.value for q in own}
    named = {q.object.value for q in own if isinstance(q.object, pyoxigraph.NamedNode)}
    wanted = {iri for iri in named if iri.startswith((ID, SOURCE)) and "/event/" not in iri}
    assert wanted <= told
    assert {q.graph_name.value for q in own if q.graph_name.value.startswith(SOURCE)} <= told


def test_an_export_is_of_its_moment(acme: Opened, tmp_path: Path) -> None:
    then = Opened(acme.graph, at=Moment("2024-12-31"))
    rows = rows_of(exported(then, tmp_path, "csv"), "headquarters-tenure")
    assert [row["place"] for row in rows] == ["place/beijing"]
    assert not (tmp_path / "csv" / "headquarters-move.csv").exists()


# Files


def test_every_format_is_offered() -> None:
    assert tuple(FORMATS) == exporting._FORMATS


def test_the_ending_says_the_format(acme: Opened, tmp_path: Path) -> None:
    for form, writer in FORMATS.items():
        if isinstance(writer, File):
            write(acme, tmp_path / f"guessed{writer.ending}")
            assert (tmp_path / f"guessed{writer.ending}").read_bytes() == exported(acme, tmp_path, form).read_bytes()


def test_a_pipe_gets_the_export_and_nothing_else(acme: Opened, tmp_path: Path) -> None:
    assert acme.graph.facts
    result = shell.invoke(acme.graph.facts, "export", "--format", "trig")
    assert result.stdout_bytes == exported(acme, tmp_path, "trig").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["out.rdf"], 2, "--format, one of: turtle, trig"),
        (["-", "--format", "csv"], 2, "csv is a folder"),
        (["no/out.nq"], 1, "no/out.nq: No such file"),
        (["out.nq", "--focus", "nobody"], 3, "nobody"),
        (["out.nq", "--query", "headquarters-moves", "--param", "x"], 2, "'x' is no parameter"),
        (["/dev/full", "--format", "trig"], 1, "/dev/full: No space left on device"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    facts = made(tmp_path / "facts")
    monkeypatch.chdir(tmp_path)
    assert words in shell.failure(shell.invoke(facts, "export", *arguments), code)
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_files_are_the_same_each_time_and_a_full_disk_leaves_what_was_there(acme: Opened, tmp_path: Path) -> None:
    program = """
import resource, sys
from pathlib import Path
import graph
from graph.sinks import jsonld, rdf
from graph.sinks.about import About, Export
from graph.sinks.export import FORMATS, Choice, write
opened, room, choice = graph.open(sys.argv[1]), Path(sys.argv[2]), Choice(["organization/bolt"], steps=2)
for form in FORMATS:
    write(opened, room / form, form, choice)
resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
for form in FORMATS:
    try:
        write(opened, room / form, form)
    except OSError as error:
        print(form, error.strerror, error.filename == str(room / form))
"""
    one, two = tmp_path / "one", tmp_path / "two"
    for room in (one, two):
        room.mkdir()
    command = [sys.executable, "-c", program, str(acme.graph.facts), str(one)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True, cwd=shell.ROOT, capture_output=True
    )
    assert done.stdout.decode().splitlines() == [f"{form} File too large True" for form in FORMATS]
    for form in FORMATS:
        write(acme, two / form, form, Choice(["organization/bolt"], steps=2))
    files, others = ([path.relative_to(room) for path in sorted(room.rglob("*"))] for room in (one, two))
    assert files == others and len(files) > 40
    for path in files:
        assert (one / path).is_dir() or (one / path).read_bytes() == (two / path).read_bytes()


def test_what_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def half_a_file() -> None:
        with replacing(tmp_path / "a.nq") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    def half_a_folder() -> None:
        with replacing_folder(tmp_path / "tables") as room:
            (room / "half.csv").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    for half in (half_a_file, half_a_folder):
        with pytest.raises(KeyboardInterrupt):
            half()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_replaced_only_if_all_in_it_is_an_export(acme: Opened, tmp_path: Path) -> None:
    out = exported(acme, tmp_path, "markdown")
    write(acme, out, "csv")
    assert not (out / "index.md").exists()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.txt: no export wrote this"):
        write(acme, out, "csv")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there is a file of that name"):
        write(acme, tmp_path / "file", "csv")
