"""What goes out is read back by the tools that it is for, and found the same; a part says that it is one."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import markdown
import networkx as nx
import pyoxigraph
import pytest
import rdflib
import shell
from folders import argued, cut, folder, invested, moved, raised, said, source
from pyarrow import parquet
from pyoxigraph import RdfFormat

from graph import limits
from graph.build import build, n_quads
from graph.commands import exporting
from graph.errors import NotFoundError, UsageError
from graph.files import replacing, replacing_folder
from graph.moment import Moment
from graph.opened import Opened
from graph.sinks.export import FORMATS, Choice, File, write
from graph.sinks.part import things
from graph.store import Graph, in_memory
from ontology import EDITORIAL, ID, ONTOLOGY, REGISTER, RESOLVED, SOURCE, expand

HOSTILE = "<img src=x onerror=hit()> | [a](javascript:hit()) \u202e=1+1"
DATASET = {
    "dataset": {
        "id": "https://data.example/acme", "title": {"en": "All of Acme"}, "description": {"en": "Made up."},
        "version": "2025-03-01", "licence": "https://licence.example/", "publisher": "organization/daily",
    }
}  # fmt: skip
PARTS = ("This is a part of it: ", "2025-03-01")
NAMES = {"graphml": "a.graphml", "gexf": "a.gexf", "turtle": "a.ttl", "trig": "a.trig", "n-quads": "a.nq"}


def made(path: Path) -> Path:
    """A folder of facts with a dispute, a denial, an opinion, a decision, a date of each kind, and a hostile label."""
    told = (
        source(
            "one",
            moved(when="2025-05"),
            raised("two", when="2024", amount="about USD 2500000.5", about="event/acme-round"),
            invested("three", "bolt"),
            said("four", about="membership/ada", type="Membership", person="person/ada",
                 organization="organization/acme", role=["founder", "chair"], since="2021"),
        ),
        source("two", moved(to="place/japan", when="2025-05"), argued("two"), publisher="organization/herald"),
        source("three", moved(kind="denial", denies="one#one"), published="2025-02-01", publisher="organization/bolt"),
        source("four", cut(when="2025-06"), published="undated", copyOf="source/one"),
    )  # fmt: skip
    entries: list[Any] = [
        {"id": "organization/acme", "label": {"en": HOSTILE, "zh-hans": "艾克|米"}, "alias": {"en": ["A|B", "C\\D"]}},
        *("organization/bolt", "organization/daily", "organization/gazette", "organization/herald", "person/ada"),
    ]
    facts = folder(path, *told, things=entries)
    (facts / "dataset.yaml").write_text(json.dumps(DATASET), encoding="utf-8")
    return facts


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    opened = Opened(in_memory(made(tmp_path_factory.mktemp("small") / "facts")))
    yield opened
    opened.close()


def quads_of(opened: Opened) -> set[pyoxigraph.Quad]:
    return set(opened.whole.quads)


def exported(opened: Opened, room: Path, form: str, choice: Choice = Choice(), **wishes: bool) -> Path:  # noqa: B008
    """The file or folder that an export wrote."""
    out = room / NAMES.get(form, form)
    assert write(opened, out, form, choice, **wishes).startswith(f"{out}: ")
    return out


def text_of(out: Path) -> str:
    """All that an export says of itself and holds, as a text."""
    if out.is_dir():
        out /= "datapackage.json"
    return out.read_text(encoding="utf-8")


def plain(term: Any) -> tuple[str, str, str]:
    """A term of either library: its text, its datatype, its language."""
    if isinstance(term, pyoxigraph.Literal):
        return term.value, "" if term.language else term.datatype.value, term.language or ""
    if isinstance(term, rdflib.Literal):
        kind = "" if term.language else str(term.datatype or rdflib.XSD.string)
        return str(term), kind, term.language or ""
    return (term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)), "IRI", ""


# RDF


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", ["n-quads", "trig", "json-ld"])
def test_the_whole_is_read_back_quad_for_quad_by_two_libraries(small: Opened, tmp_path: Path, form: str) -> None:
    out = exported(small, tmp_path, form)
    rdf = {"n-quads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "json-ld": RdfFormat.JSON_LD}[form]
    assert set(pyoxigraph.parse(path=out, format=rdf)) == quads_of(small)
    read = rdflib.Dataset()
    read.parse(out, format={"n-quads": "nquads"}.get(form, form))
    found = {(*map(plain, quad[:3]), str(quad[3])) for quad in read.quads()}
    assert found == {(*map(plain, (q.subject, q.predicate, q.object)), q.graph_name.value) for q in quads_of(small)}


@pytest.mark.parametrize("form", ["n-quads", "trig", "json-ld"])
def test_all_the_packaged_facts_of_some_sources_go_out(graph: Graph, tmp_path: Path, form: str) -> None:
    out = exported(Opened(graph), tmp_path, form)
    rdf = {"n-quads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "json-ld": RdfFormat.JSON_LD}[form]
    assert set(pyoxigraph.parse(path=out, format=rdf)) == set(graph.quads)


def test_n_quads_of_the_whole_are_those_of_the_build_however_they_are_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = made(tmp_path / "facts")
    opened, built = Opened(in_memory(facts)), n_quads(build(facts).quads)
    held = n_quads(opened.graph.quads)  # where 2.50 is 2.5
    assert held.count(b"\n") == built.count(b"\n")
    for lines in (limits.EXPORT_LINES, 100, held.count(b"\n")):
        monkeypatch.setattr(limits, "EXPORT_LINES", lines)
        assert exported(opened, tmp_path, "n-quads").read_bytes() == held


def test_turtle_holds_what_is_held_and_the_evidence_where_wanted(small: Opened, tmp_path: Path) -> None:
    def triples(*graphs: str) -> set[pyoxigraph.Triple]:
        held = (q for q in quads_of(small) if q.graph_name.value.startswith(graphs))
        return {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in held}

    for evidence, graphs in ((False, (RESOLVED, REGISTER)), (True, (RESOLVED, REGISTER, EDITORIAL, SOURCE))):
        out = exported(small, tmp_path, "turtle", evidence=evidence)
        parsed = pyoxigraph.parse(path=out, format=RdfFormat.TURTLE)
        found = {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in parsed}
        assert found > triples(*graphs)
        beside = {triple.subject.value for triple in found - triples(*graphs)}
        assert len(beside) == 1 and "/graph/export/" in beside.pop()  # what the part says of itself
        assert len(rdflib.Graph().parse(out)) == len(found)
        assert out.read_text(encoding="utf-8").splitlines()[2].startswith(f"# {PARTS[0]}")


def test_json_ld_reads_like_the_facts(small: Opened, tmp_path: Path) -> None:
    graphs = {g["id"]: g["@graph"] for g in json.loads(text_of(exported(small, tmp_path, "json-ld")))["@graph"]}
    held = {node["id"]: node for node in graphs["graph:resolved"]}
    assert held["event/acme-round"] == {
        "id": "event/acme-round", "@type": "chuhai:FundingRound", "organization": "organization/acme",
        "amount": "2500000.5", "currency": "USD", "amountQualifier": "concept:about", "notBefore": "2024-01-01",
        "notAfter": "2024-12-31",
    }  # fmt: skip
    assert held["organization/acme"]["label"] == {"en": HOSTILE, "zh-hans": "艾克|米"}
    (statement,) = (node for node in graphs["source:four"] if "#" in node["id"])
    assert (statement["aboutType"], statement["statementKind"]) == ("chuhai:WorkforceChange", "concept:fact")


# Networks


def read_network(out: Path) -> Any:
    return nx.read_gexf(out) if out.suffix == ".gexf" else nx.read_graphml(out, edge_key_type=str)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_has_every_thing_and_every_edge_of_the_ontology(small: Opened, tmp_path: Path, form: str) -> None:
    read = read_network(exported(small, tmp_path, form))
    assert set(read.nodes) == {iri.removeprefix(ID) for iri in things(small.graph)}
    assert sorted(read.edges(keys=True)) == [
        ("organization/acme", "place/beijing", "tenure/acme-move-origin"),  # derived
        ("organization/acme", "place/japan", "event/acme-move"),
        ("organization/acme", "place/japan", "tenure/acme-move-destination"),
        ("organization/bolt", "organization/acme", "event/three"),
        ("person/ada", "organization/acme", "membership/ada"),
    ]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_nodes_and_edges_of_a_network_say_what_is_known(small: Opened, tmp_path: Path, form: str) -> None:
    read = read_network(exported(small, tmp_path, form))
    acme = {
        name: value for name, value in read.nodes["organization/acme"].items() if name not in ("node_default", "spells")
    }
    assert acme.pop("label_en") == acme.pop("label") == HOSTILE.replace("\u202e", "")
    assert acme == {
        "type": "Organization", "label_zh": "艾克|米", "not_before": "2021-01-01", "not_after": "2025-06-30",
        "sources": 3,
    }  # fmt: skip
    move = read.edges["organization/acme", "place/japan", "event/acme-move"]
    assert {name: move[name] for name in ("type", "node", "not_before", "not_after", "sources", "disputed")} == {
        "type": "HeadquartersMove", "node": "event/acme-move", "not_before": "2025-05-01", "not_after": "2025-05-31",
        "sources": 2, "disputed": True,
    }  # fmt: skip
    post = read.edges["person/ada", "organization/acme", "membership/ada"]
    assert (post["label"], post["not_before"], post["disputed"]) == ("holds or held a role at", "2021-01-01", False)
    if form == "gexf":
        assert move["spells"] == [("2025-05-01", "2025-05-31")]
        assert post["spells"] == [("2021-01-01", "None")]  # as networkx reads an open end


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_of_the_packaged_facts_is_what_the_networks_are_made_of(
    graph: Graph, tmp_path: Path, form: str
) -> None:
    from graph.networks import every_edge

    read = read_network(exported(Opened(graph), tmp_path, form))
    edges = every_edge(graph)
    assert len(edges) == read.number_of_edges() > 50
    found = {(one, other, values["node"], values["disputed"]) for one, other, values in read.edges(data=True)}
    assert found == {(edge.source, edge.target, edge.node, edge.disputed) for edge in edges}


# Tables


def listed(cell: str) -> list[str]:
    """The values of a list in a cell of CSV, by the documented rule."""
    return [re.sub(r"\\(.)", r"\1", each) for each in re.findall(r"(?:\\.|[^|\\])+", cell)]


def rows_of(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, read by the tool for its format; cells of CSV by the fields of the data package."""
    if (path := out / f"{name}.parquet").exists():
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
        return rows
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def package_of(out: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((out / "datapackage.json").read_bytes())
    return package


def test_a_table_has_the_properties_of_its_class(small: Opened, tmp_path: Path) -> None:
    out = exported(small, tmp_path, "parquet")
    (row,) = rows_of(out, "funding-round")
    assert row.pop("notBefore").isoformat() == "2024-01-01" and row.pop("notAfter").isoformat() == "2024-12-31"
    held = {name: value for name, value in row.items() if value not in (None, [])}
    assert held == {
        "id": "event/acme-round", "organization": "organization/acme", "amount": Decimal("2500000.5"),
        "currency": "USD", "amountQualifier": "about", "sources": ["source/one"],
    }  # fmt: skip
    (move,) = rows_of(out, "headquarters-move")
    assert (move["toPlace"], move["disputed"]) == ("place/japan", ["toPlace"])
    assert (move["deniedIn"], move["sources"]) == (["source/three#one"], ["source/one", "source/two"])
    acme = next(row for row in rows_of(out, "organization") if row["id"] == "organization/acme")
    assert (acme["label_en"], acme["label_zh_hans"]) == (HOSTILE, "艾克|米")
    assert acme["alias_en"] == ["A|B", "C\\D"]
    assert next(row for row in rows_of(out, "source") if row["id"] == "source/four")["derivedFrom"] == ["source/one"]
    assert {row["source"]: row["statementKind"] for row in rows_of(out, "statement")}["source/three"] == "denial"


@pytest.mark.parametrize("packaged", [False, True])
def test_csv_and_parquet_say_the_same_and_lose_no_value(
    small: Opened, graph: Graph, tmp_path: Path, packaged: bool
) -> None:
    opened = Opened(graph) if packaged else small
    comma, columns = exported(opened, tmp_path, "csv"), exported(opened, tmp_path, "parquet")
    values = 0
    for table in package_of(comma)["resources"]:
        fields = [field["name"] for field in table["schema"]["fields"]]
        of_property = {field["name"] for field in table["schema"]["fields"] if "rdfType" in field}
        rows = rows_of(columns, table["name"])
        for one, other in zip(rows_of(comma, table["name"]), rows, strict=True):
            assert list(one) == list(other) == fields
            for name in fields:
                assert same(one[name], other[name]), (one["id"], name)
                found = other[name] if isinstance(other[name], list) else [other[name]]
                values += sum(value is not None for value in found) if name in of_property else 0
    quads = (q for q in opened.graph.quads if q.predicate != pyoxigraph.NamedNode(str(rdflib.RDF.type)))
    held = [q for q in quads if q.graph_name.value not in (ONTOLOGY, REGISTER) and "/concept/" not in q.subject.value]
    assert values == len(held)


def same(text: str, value: Any) -> bool:
    if isinstance(value, list):
        return listed(text) == [str(each) for each in value]
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    return Decimal(text) == value if isinstance(value, Decimal) else text == ("" if value is None else str(value))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_data_package_says_what_its_tables_hold(small: Opened, tmp_path: Path, form: str) -> None:
    out = exported(small, tmp_path, form)
    package = package_of(out)
    assert (package["version"], package["licenses"]) == ("2025-03-01", [{"path": "https://licence.example/"}])
    assert {path.name for path in out.iterdir()} == {"datapackage.json", *(r["path"] for r in package["resources"])}
    ids = {table["name"]: [row["id"] for row in rows_of(out, table["name"])] for table in package["resources"]}
    keys = 0
    for table in package["resources"]:
        assert table["bytes"] == (out / table["path"]).stat().st_size
        assert len(set(ids[table["name"]])) == len(ids[table["name"]]) > 0
        for key in table["schema"].get("foreignKeys", []):
            known = ids[key["reference"]["resource"] or table["name"]]
            for row in rows_of(out, table["name"]):
                keys += bool(row[key["fields"][0]])
                assert row[key["fields"][0]] in (None, "", *known)
    assert keys > 10


def test_a_spreadsheet_gets_no_formula_and_others_every_character(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@a", "\ta", "\ra", 'a"b,\nc', "a\rb", "'=1"]
    entries = [{"id": f"organization/a{n}", "label": {"en": text}} for n, text in enumerate(texts)]
    beside = {"id": "organization/daily", "label": {"en": "Daily"}}
    opened = Opened(in_memory(folder(tmp_path / "facts", source("one", argued(about="organization/a1")),
                                     things=[*entries, beside])))  # fmt: skip
    kept = [row["label_en"] for row in rows_of(exported(opened, tmp_path, "csv"), "organization")]
    assert kept == [*texts, "Daily"]
    out = exported(opened, tmp_path, "csv", for_spreadsheet=True)
    assert (out / "organization.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    shown = [row["label_en"] for row in rows_of(out, "organization")]
    assert shown == ["'=1+1", "'+1", "'-1", "'@a", "'\ta", "'\ra", 'a"b,\nc', "a\rb", "'=1", "Daily"]
    assert "apostrophe" in package_of(out)["description"]


# Pages


def links_of(html: str) -> list[str]:
    return [unquote(address) for address in re.findall(r'href="([^"]*)"', html)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_of_a_page_leads_somewhere(small: Opened, tmp_path: Path, language: str) -> None:
    out = exported(Opened(small.graph, language), tmp_path, "markdown")
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.md"))}
    assert len(pages) == len(things(small.graph)) + 1
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


def test_a_hostile_label_stays_text_on_a_page(small: Opened, tmp_path: Path) -> None:
    text = (exported(small, tmp_path, "markdown") / "organization" / "acme.md").read_text(encoding="utf-8")
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
    out = exported(Opened(Graph(index.write(held, ":memory:"), store, None)), tmp_path, "markdown")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.md"))
    assert found[0] == "index.md" and found[1] == "organization/a.md"
    assert all(re.fullmatch(r"other/[0-9a-f]{16}\.md", path) for path in found[2:]) and len(found) == 5


# Parts


@pytest.mark.parametrize("form", FORMATS)
def test_a_part_says_of_what_it_is_a_part(small: Opened, tmp_path: Path, form: str) -> None:
    choice = Choice(focus=["organization/bolt"], steps=2)
    out = exported(Opened(small.graph, at=Moment("2025-06-30", "2025-01-31")), tmp_path, form, choice)
    said = text_of(out)
    for words in (*PARTS, "bolt and what is told of it (--steps 2)", "as of 2025-06-30", "published by 2025-01-31"):
        assert words in said
    if out.suffix == ".md" or form == "markdown":
        assert all(PARTS[0] in path.read_text(encoding="utf-8") for path in out.rglob("*.md"))
    if form in ("turtle", "trig", "n-quads", "json-ld"):
        assert "https://data.example/acme/2025-03-01" in said and "isPartOf" in said


@pytest.mark.parametrize("form", ["trig", "n-quads", "json-ld", "csv", "parquet"])
def test_the_whole_does_not_say_that_it_is_a_part(small: Opened, tmp_path: Path, form: str) -> None:
    said = text_of(exported(small, tmp_path, form))
    assert PARTS[0] not in said and "isPartOf" not in said and "partOf" not in said


def nodes_in(opened: Opened, room: Path, choice: Choice) -> set[str]:
    """What the resolved graph of a part holds that sources tell of."""
    parsed = pyoxigraph.parse(path=exported(opened, room, "n-quads", choice), format=RdfFormat.N_QUADS)
    held = {q.subject.value for q in parsed if q.graph_name.value == RESOLVED}
    return {iri.removeprefix(ID) for iri in held if re.search("/id/(event|tenure|membership)/", iri)}


def test_a_part_is_what_is_told_of_its_things_so_many_steps_far(small: Opened, tmp_path: Path) -> None:
    bolt = ["organization/bolt"]
    assert nodes_in(small, tmp_path, Choice(bolt, steps=0)) == set()
    assert nodes_in(small, tmp_path, Choice(bolt)) == {"event/three", "event/acme-round"}
    of_acme = {"event/three", "event/acme-round", "event/acme-move", "event/acme-cut", "membership/ada"}
    derived = {"tenure/acme-move-origin", "tenure/acme-move-destination"}
    assert nodes_in(small, tmp_path, Choice(bolt, steps=2)) == of_acme | derived
    assert nodes_in(small, tmp_path, Choice(query="headquarters-moves", steps=0)) == set()
    assert nodes_in(small, tmp_path, Choice(query="headquarters-moves")) == of_acme | derived
    with pytest.raises(NotFoundError, match="names nothing"):
        exported(small, tmp_path, "n-quads", Choice(query="acquisitions"))


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


def test_an_export_is_of_its_moment(small: Opened, tmp_path: Path) -> None:
    then = Opened(small.graph, at=Moment("2024-12-31"))
    rows = rows_of(exported(then, tmp_path, "csv"), "headquarters-tenure")
    assert [row["place"] for row in rows] == ["place/beijing"]
    assert not (tmp_path / "csv" / "headquarters-move.csv").exists()


# Files


def test_every_format_is_offered() -> None:
    assert tuple(FORMATS) == exporting._FORMATS


def test_the_ending_says_the_format(small: Opened, tmp_path: Path) -> None:
    for form, writer in FORMATS.items():
        if isinstance(writer, File):
            write(small, tmp_path / f"guessed{writer.ending}")
            assert (tmp_path / f"guessed{writer.ending}").read_bytes() == exported(small, tmp_path, form).read_bytes()


def test_a_pipe_gets_the_export_and_nothing_else(small: Opened, tmp_path: Path) -> None:
    assert small.graph.facts
    result = shell.invoke(small.graph.facts, "export", "--format", "trig")
    assert result.stdout_bytes == exported(small, tmp_path, "trig").read_bytes()


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


def test_files_are_the_same_each_time_and_a_full_disk_leaves_what_was_there(small: Opened, tmp_path: Path) -> None:
    program = """
import resource, sys
from pathlib import Path
import graph
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
    command = [sys.executable, "-c", program, str(small.graph.facts), str(one)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True, cwd=shell.ROOT, capture_output=True
    )
    assert done.stdout.decode().splitlines() == [f"{form} File too large True" for form in FORMATS]
    for form in FORMATS:
        write(small, two / form, form, Choice(["organization/bolt"], steps=2))
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


def test_a_folder_is_replaced_only_if_all_in_it_is_an_export(small: Opened, tmp_path: Path) -> None:
    out = exported(small, tmp_path, "markdown")
    write(small, out, "csv")
    assert not (out / "index.md").exists()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.txt: no export wrote this"):
        write(small, out, "csv")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there is a file of that name"):
        write(small, tmp_path / "file", "csv")
