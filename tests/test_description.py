"""The description of the dataset: terms of DCAT and VoID used as they say, counts that the graph confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
import shell
from click.testing import Result
from folders import Statement, cut, folder, moved, raised, said, sat, source
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, parse
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, URIRef
from shell import failure

from graph.dataset import FILE, read
from graph.description import describe
from graph.folder import FOLDER
from graph.store import Graph, in_memory
from graph.validate import validate
from graph.writers import write
from ontology import PREFIXES

Run = Callable[..., Result]

VERSION = "2026-11-28"
THIS = URIRef(f"https://w3id.org/chuhai/dataset/{VERSION}")
NEW_IN_DCAT_3 = {DCAT._NS[name] for name in ("version", "isVersionOf")}
"""Terms of DCAT that rdflib's list does not have yet."""
GOOD = (FOLDER / FILE).read_text(encoding="utf-8")
OWN = GOOD.replace("organization/chuhai", "organization/daily")


@pytest.fixture(scope="module")
def opened(facts: Path) -> Iterator[Graph]:
    graph = in_memory(facts)
    yield graph
    graph.index.close()


@pytest.fixture(scope="module")
def described(opened: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=write(describe(opened), "turtle"), format="turtle")


def ask(graph: Graph, text: str) -> list[tuple[str, ...]]:
    found = graph.quads.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(term.value if term is not None else "" for term in row) for row in found]  # type: ignore[union-attr]


def number(described: rdflib.Graph, subject: URIRef, name: str) -> int:
    (value,) = described.objects(subject, VOID[name])
    assert isinstance(value, rdflib.Literal) and value.datatype == XSD.integer
    return int(value)


def table(path: Path, *statements: Statement, **head: Any) -> dict[str, object]:
    """The description of a made-up folder as a mapping."""
    small = folder(path, source("a", *statements, **head))
    (small / FILE).write_text(OWN, encoding="utf-8")
    graph = in_memory(small)
    rows = {str(row[0]): row[1] for row in describe(graph).rows}
    graph.index.close()
    return rows


def test_every_term_is_one_of_its_vocabulary(described: rdflib.Graph) -> None:
    known = {str(n): n for n in (DCAT, DCTERMS, VOID, FOAF, RDF, rdflib.RDFS)}
    used = {*described.predicates(), *described.objects(predicate=RDF.type)}
    for term in used - NEW_IN_DCAT_3:
        assert isinstance(term, URIRef)
        namespace = next(n for prefix, n in known.items() if term.startswith(prefix))
        assert term in namespace, term


def test_json_ld_and_turtle_say_the_same(opened: Graph) -> None:
    turtle, json_ld = (
        {str(quad) for quad in parse(write(describe(opened), name), format=form)}
        for name, form in (("turtle", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD))
    )
    assert turtle == json_ld


def test_there_are_no_blank_nodes(described: rdflib.Graph) -> None:
    assert not [term for triple in described for term in triple if isinstance(term, rdflib.BNode)]


def test_it_is_one_version_of_one_dataset(described: rdflib.Graph) -> None:
    assert set(described.subjects(RDF.type, DCAT.Dataset)) == {THIS}
    assert (THIS, RDF.type, VOID.Dataset) in described
    assert described.value(THIS, DCAT._NS["isVersionOf"]) == URIRef("https://w3id.org/chuhai/dataset")
    assert str(described.value(THIS, DCAT._NS["version"])) == VERSION
    issued = described.value(THIS, DCTERMS.issued)
    assert isinstance(issued, rdflib.Literal)
    assert (str(issued), issued.datatype) == (VERSION, XSD.date)


def test_titles_keywords_licence_publisher_and_languages_are_there(described: rdflib.Graph) -> None:
    for term in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        assert {word.language for word in described.objects(THIS, term)} == {"en", "zh-hans"}  # type: ignore[attr-defined]
    assert described.value(THIS, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    publisher = described.value(THIS, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in described
    assert {str(name) for name in described.objects(publisher, FOAF.name)} == {"Chuhai", "出海"}
    languages = {str(language) for language in described.objects(THIS, DCTERMS.language)}
    assert languages >= {f"http://id.loc.gov/vocabulary/iso639-1/{tag}" for tag in ("en", "zh")}


def test_the_licence_is_that_of_the_licence_file(described: rdflib.Graph) -> None:
    text = (FOLDER.parents[1] / "LICENSE-DATA").read_text(encoding="utf-8")
    assert str(described.value(THIS, DCTERMS.license)) in text


def test_nothing_is_promised_that_is_not_there(described: rdflib.Graph) -> None:
    for term in (VOID.sparqlEndpoint, VOID.dataDump, DCAT.distribution, DCAT.accessURL, DCAT.landingPage):
        assert (None, term, None) not in described


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        (
            "entities",
            "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://w3id.org/chuhai/')) }",
        ),
    ],
)
def test_a_count_is_what_the_graph_has(opened: Graph, described: rdflib.Graph, name: str, query: str) -> None:
    ((count,),) = ask(opened, query)
    assert number(described, THIS, name) == int(count) > 0


def test_each_class_and_each_property_has_its_part(opened: Graph, described: rdflib.Graph) -> None:
    parts = {
        (str(described.value(part, VOID["class"])), number(described, part, "entities"))  # type: ignore[arg-type]
        for part in described.objects(THIS, VOID.classPartition)
    }
    counted = ask(opened, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert parts == {(name, int(count)) for name, count in counted}
    names = ("triples", "distinctSubjects", "distinctObjects")
    parts_of_properties = {
        (str(described.value(part, VOID.property)), *(number(described, part, name) for name in names))  # type: ignore[arg-type]
        for part in described.objects(THIS, VOID.propertyPartition)
    }
    text = "(COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?x) (COUNT(DISTINCT ?o) AS ?y)"
    counted = ask(opened, f"SELECT ?p {text} {{ {{ SELECT DISTINCT * {{ ?s ?p ?o }} }} }} GROUP BY ?p")
    assert parts_of_properties == {(row[0], *map(int, row[1:])) for row in counted}
    assert sum(part[1] for part in parts_of_properties) == number(described, THIS, "triples")


def test_a_part_is_a_graph_or_all_that_sources_say(opened: Graph, described: rdflib.Graph) -> None:
    parts = {str(part).partition("#")[2]: part for part in described.objects(THIS, VOID.subset)}
    assert set(parts) == {"resolved", "register", "ontology", "sources"}
    for name in ("resolved", "register", "ontology"):
        graph = NamedNode(f"https://w3id.org/chuhai/graph/{name}")
        part = parts[name]
        assert isinstance(part, URIRef)
        assert number(described, part, "triples") == sum(
            1 for _ in opened.quads.quads_for_pattern(None, None, None, graph)
        )
        assert (part, RDF.type, VOID.Dataset) in described


def test_every_vocabulary_is_one_in_use(opened: Graph, described: rdflib.Graph) -> None:
    named = {str(name) for name in described.objects(THIS, VOID.vocabulary)}
    used = {name for (name,) in ask(opened, "SELECT DISTINCT ?p { { ?s ?p ?o } UNION { ?s a ?p } }")}
    assert all(any(term.startswith(name) for term in used) for name in named)
    assert all(any(term.startswith(name) for name in named) for term in used)


def test_counts_for_people_agree_with_those_of_stats(run: Run) -> None:
    stats = dict(line.rsplit(",", 1) for line in run("stats", "-f", "csv").stdout.splitlines())
    told = dict(line.rsplit(",", 1) for line in run("describe", "-f", "csv").stdout.splitlines())
    assert told["source documents"] == stats["source documents"]
    assert told["publishers"] == stats["publishers"]


# What it covers


def test_the_first_and_last_event_keep_their_precision(tmp_path: Path) -> None:
    told = table(tmp_path, moved(when="2021"), raised("two", when="2023-04"), cut("three", when="../2025-06"))
    assert (told["first event"], told["last event"]) == ("2021", "April 2023")


def test_a_rumoured_event_and_a_situation_are_no_events_that_were(tmp_path: Path) -> None:
    users = {"subject": "organization/acme", "metric": "monthly-active-users", "count": "5"}
    figure = said("four", about="observation/acme", type="Observation", when="1997", **users)
    rumour, tenure = raised("two", when="1999", kind="rumour"), sat("three", since="1998")
    told = table(tmp_path, moved(when="2021"), rumour, tenure, figure)
    assert (told["first event"], told["last event"]) == ("2021", "2021")


def test_an_event_that_may_have_been_later_is_not_the_first(tmp_path: Path) -> None:
    told = table(tmp_path, moved(when="2021"), raised("two", when="2019/.."))
    assert (told["first event"], told["last event"]) == ("2021", "2021")


def test_languages_are_those_of_names_and_paraphrases_not_of_titles(tmp_path: Path) -> None:
    told = table(tmp_path, moved(), title={"fr": "Acme part"}, language="fr")
    assert (told["languages"], told["languages of the sources"]) == ("en", "fr")


def test_without_dates_nothing_is_said_of_them(tmp_path: Path) -> None:
    told = table(tmp_path, moved(), published="undated")
    assert not {"first event", "last event", "first publication", "last publication"} & set(told)


def test_a_year_does_not_make_the_last_publication_later(tmp_path: Path) -> None:
    folder(tmp_path, source("b", raised(), published="2025"), source("c", raised("x"), published="2024-12-30"))
    told = table(tmp_path, moved(), published="2025-07-09")
    assert (told["first publication"], told["last publication"]) == ("30 December 2024", "9 July 2025")


def test_the_period_in_rdf_has_the_outer_bounds(tmp_path: Path) -> None:
    small = folder(tmp_path, source("a", moved(when="2021"), raised("two", when="2023-04")))
    (small / FILE).write_text(OWN, encoding="utf-8")
    graph = in_memory(small)
    found = rdflib.Graph().parse(data=write(describe(graph), "turtle"), format="turtle")
    graph.index.close()
    period = found.value(THIS, DCTERMS.temporal)
    assert (period, RDF.type, DCTERMS.PeriodOfTime) in found
    ends = [found.value(period, term) for term in (DCAT.startDate, DCAT.endDate)]
    assert ends == [rdflib.Literal(day, datatype=XSD.date) for day in ("2021-01-01", "2023-04-30")]


def test_the_description_is_the_same_every_time(run: Run, facts: Path) -> None:
    once = run("describe", "-f", "turtle").stdout
    again = shell.start(facts, "describe", "-f", "turtle", environment={"PYTHONHASHSEED": "7"}).stdout.decode()
    assert once == again


def test_people_read_it_in_their_language(run: Run) -> None:
    assert "出海：有据可查的 AI 创业生态" in run("describe", "--lang", "zh").stdout
    assert run("describe", "-f", "markdown").stdout.startswith("| what | value |\n")


# dataset.yaml


def test_the_packaged_dataset_is_described() -> None:
    about = read(FOLDER)
    assert about.iri == "https://w3id.org/chuhai/dataset"
    assert {"en", "zh-hans"} <= set(about.title) & set(about.description) & set(about.keywords)


def test_the_publisher_has_to_be_registered(tmp_path: Path) -> None:
    small = folder(tmp_path, source("a", moved()))
    (small / FILE).write_text(GOOD, encoding="utf-8")
    assert "'organization/chuhai' is not in the register" in failure(shell.invoke(small, "describe"), 3)


def test_a_folder_without_a_description_is_told_what_to_write(tmp_path: Path) -> None:
    small = folder(tmp_path, source("a", moved()))
    assert "dataset.yaml: no such file; write there id, title" in failure(shell.invoke(small, "describe"), 3)
    assert validate(small) == []


@pytest.mark.parametrize(
    ("good", "bad", "problem", "remedy"),
    [
        (f"  version: {VERSION}", "  version: 2026-11", "'2026-11' is no day", "the day of the release"),
        (f"  version: {VERSION}", "  version: soon", "'soon' is no date", "write 2025"),
        (f"  version: {VERSION}\n", "", "'version' is missing", "add 'version: …'"),
        ("  licence: https:", "  licence: ftp:", "is no web address", "write https://…"),
        ("  licence:", "  license:", "unknown key 'license'", "did you mean 'licence'?"),
        ("organization/chuhai", "person/chuhai", "'publisher' is a person", "a reference to organization"),
        ("organization/chuhai", "Chuhai", "'Chuhai' is no reference", "write kind/slug"),
        ("  publisher: organization/chuhai\n", "", "'publisher' is missing", "add 'publisher: …'"),
        ("  title: {en: ", "  title: {fr: ", "'title' has no en", "add 'en: …'"),
        ("dataset:\n", "data:\n", "'dataset' is missing", "under 'dataset:'"),
    ],
)
def test_a_mistake_in_the_description_is_named(tmp_path: Path, good: str, bad: str, problem: str, remedy: str) -> None:
    small = folder(tmp_path, source("a", moved()))
    assert good in GOOD
    (small / FILE).write_text(GOOD.replace(good, bad), encoding="utf-8")
    finding = next(f for f in validate(small) if problem in f.problem)
    assert finding.file == FILE
    assert finding.line > 0
    assert remedy in finding.remedy
    assert problem in shell.invoke(small, "describe").stderr
