"""RDF that goes out is read back by pyoxigraph and rdflib and found the same."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from exports import HOSTILE, PARTS, exported, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from graph.build import build, n_quads
from graph.opened import Opened
from graph.sinks import jsonld, rdf
from graph.sinks.about import About, Export
from graph.sinks.jsonld import terms
from graph.store import Graph
from ontology import CHUHAI, CONCEPT, EDITORIAL, ID, PREFIXES, REGISTER, RESOLVED, SOURCE


def quads_of(opened: Opened) -> set[pyoxigraph.Quad]:
    return set(opened.whole.quads)


def plain(term: Any) -> tuple[str, str, str]:
    """A term of either library: its text, its datatype, its language."""
    if isinstance(term, pyoxigraph.Literal):
        return term.value, "" if term.language else term.datatype.value, term.language or ""
    if isinstance(term, rdflib.Literal):
        kind = "" if term.language else str(term.datatype or rdflib.XSD.string)
        return str(term), kind, term.language or ""
    return (term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)), "IRI", ""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", ["n-quads", "trig", "json-ld"])
def test_the_whole_is_read_back_quad_for_quad_by_two_libraries(acme: Opened, tmp_path: Path, form: str) -> None:
    out = exported(acme, tmp_path, form)
    rdf = {"n-quads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "json-ld": RdfFormat.JSON_LD}[form]
    assert set(pyoxigraph.parse(path=out, format=rdf)) == quads_of(acme)
    read = rdflib.Dataset()
    read.parse(out, format={"n-quads": "nquads"}.get(form, form))
    found = {(*map(plain, quad[:3]), str(quad[3])) for quad in read.quads()}
    assert found == {(*map(plain, (q.subject, q.predicate, q.object)), q.graph_name.value) for q in quads_of(acme)}


@pytest.mark.parametrize("form", ["n-quads", "trig", "json-ld"])
def test_all_the_packaged_facts_of_some_sources_go_out(graph: Graph, tmp_path: Path, form: str) -> None:
    out = exported(Opened(graph), tmp_path, form)
    rdf = {"n-quads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "json-ld": RdfFormat.JSON_LD}[form]
    assert set(pyoxigraph.parse(path=out, format=rdf)) == set(graph.quads)


def test_n_quads_of_the_whole_are_those_of_the_build(acme: Opened, tmp_path: Path) -> None:
    assert acme.graph.facts
    built = [*n_quads(build(acme.graph.facts).quads)]
    held = [*n_quads(acme.graph.quads)]  # where 2.50 is 2.5
    assert len(held) == len(built)
    assert exported(acme, tmp_path, "n-quads").read_bytes() == b"".join(held)


def test_turtle_holds_what_is_held_and_the_evidence_where_wanted(acme: Opened, tmp_path: Path) -> None:
    def triples(*graphs: str) -> set[pyoxigraph.Triple]:
        held = (q for q in quads_of(acme) if q.graph_name.value.startswith(graphs))
        return {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in held}

    for evidence, graphs in ((False, (RESOLVED, REGISTER)), (True, (RESOLVED, REGISTER, EDITORIAL, SOURCE))):
        out = exported(acme, tmp_path, "turtle", evidence=evidence)
        parsed = pyoxigraph.parse(path=out, format=RdfFormat.TURTLE)
        found = {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in parsed}
        assert found > triples(*graphs)
        beside = {triple.subject.value for triple in found - triples(*graphs)}
        assert len(beside) == 1 and "/graph/export/" in beside.pop()  # what the part says of itself
        assert len(rdflib.Graph().parse(out)) == len(found)
        assert out.read_text(encoding="utf-8").splitlines()[2].startswith(f"# {PARTS[0]}")


_RESTS = ("", "a", "a/b", "organization/a", "a:b", "a/../b", "/a", "//a", "?a", "@id", "a.b")
_SPACES = (ID, SOURCE, CHUHAI, CONCEPT, *PREFIXES.values(), "http://other.example/", "http://other.example/a#")
_IRIS = st.builds(str.__add__, st.sampled_from(_SPACES), st.sampled_from(_RESTS)).map(pyoxigraph.NamedNode)
_WORDS = st.sampled_from(sorted(terms())).map(pyoxigraph.NamedNode)
_KINDS = st.sampled_from(("string", "date", "integer", "decimal", "boolean", "anyURI"))
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_LITERALS = st.one_of(
    st.builds(lambda text, tag: pyoxigraph.Literal(text, language=tag), _TEXTS, st.sampled_from(["en", "zh-hans"])),
    st.builds(
        lambda text, kind: pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(PREFIXES["xsd"] + kind)),
        _TEXTS, _KINDS,
    ),
)  # fmt: skip
_QUADS = st.builds(pyoxigraph.Quad, _IRIS, st.one_of(_WORDS, _IRIS), st.one_of(_IRIS, _LITERALS), _IRIS)


@settings(max_examples=60, deadline=None)
@given(st.lists(_QUADS, max_size=6))
def test_any_quads_are_read_back_from_every_format_with_graphs(quads: list[pyoxigraph.Quad]) -> None:
    store = pyoxigraph.Store()
    store.extend(quads)
    unread: Any = None
    export = Export(Graph(unread, store, None), unread, About({}, "", "", "", "en"))
    for writer, form in (
        (rdf.n_quads, RdfFormat.N_QUADS), (rdf.trig, RdfFormat.TRIG), (jsonld.write, RdfFormat.JSON_LD),
    ):  # fmt: skip
        out = io.BytesIO()
        writer(export, out)
        assert set(pyoxigraph.parse(out.getvalue(), format=form)) == set(store)


def test_json_ld_reads_like_the_facts(acme: Opened, tmp_path: Path) -> None:
    graphs = {g["id"]: g["@graph"] for g in json.loads(text_of(exported(acme, tmp_path, "json-ld")))["@graph"]}
    held = {node["id"]: node for node in graphs["graph:resolved"]}
    assert held["event/acme-round"] == {
        "id": "event/acme-round", "@type": "chuhai:FundingRound", "organization": "organization/acme",
        "amount": "2500000.5", "currency": "USD", "amountQualifier": "concept:about", "notBefore": "2024-01-01",
        "notAfter": "2024-12-31",
    }  # fmt: skip
    assert held["organization/acme"]["label"] == {"en": HOSTILE, "zh-hans": "艾克|米"}
    (statement,) = (node for node in graphs["source:four"] if "#" in node["id"])
    assert (statement["aboutType"], statement["statementKind"]) == ("chuhai:WorkforceChange", "concept:fact")
