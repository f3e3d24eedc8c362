"""The index holds what the quads hold: every node, link, statement and source, and nothing else."""

from __future__ import annotations

from collections import defaultdict

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.reading import Reader
from graph.store import Graph
from ontology import CHUHAI, ID, PREF_LABEL, RDF_TYPE, RESOLVED, SOURCE, local

ABOUT = CHUHAI + "about"


@pytest.fixture(scope="module")
def quads(graph: Graph) -> list[Quad]:
    return list(graph.quads)


def value(quad: Quad) -> str:
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object.value


def subjects(quads: list[Quad], graph_name: str) -> dict[str, dict[str, set[str]]]:
    """Values by subject and property name, texts in a language left out."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        spoken = isinstance(quad.object, Literal) and quad.object.language
        if quad.graph_name.value.startswith(graph_name) and not spoken:
            name = "type" if quad.predicate.value == RDF_TYPE else local(quad.predicate.value)
            found[quad.subject.value][name].add(value(quad))
    return found


def same(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    """Whether both hold the same, decimals as numbers: a store writes 0.70 as 0.7."""
    figures = {"share", "amount", "threshold"}
    plain = [{n: v for n, v in each.items() if n not in figures} for each in (one, other)]
    numbers = [{n: set(map(float, v)) for n, v in each.items() if n in figures} for each in (one, other)]
    return plain[0] == plain[1] and numbers[0] == numbers[1]


def test_every_resolved_node_is_read_as_it_stands(graph: Graph, quads: list[Quad]) -> None:
    reader = Reader(graph)
    resolved = subjects(quads, RESOLVED)
    assert len(resolved) > 500
    for iri, held in resolved.items():
        assert same({name: set(found) for name, found in reader.node(iri).items()}, dict(held)), iri


def test_what_points_at_a_thing_is_read_as_it_stands(graph: Graph, quads: list[Quad]) -> None:
    reader = Reader(graph)
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for quad in quads:
        if quad.graph_name.value == RESOLVED and isinstance(quad.object, NamedNode) and value(quad).startswith(ID):
            links[value(quad)].add((local(quad.predicate.value), quad.subject.value))
    assert links
    for iri, found in links.items():
        assert reader.neighbours(iri) == sorted(found)


def test_every_statement_is_read_as_it_stands(graph: Graph, quads: list[Quad]) -> None:
    reader = Reader(graph)
    said = {iri: held for iri, held in subjects(quads, SOURCE).items() if "#" in iri}
    read = {s.iri: s for iri in {a for held in said.values() for a in held["about"]} for s in reader.statements(iri)}
    assert read.keys() == said.keys()
    for iri, held in said.items():
        statement = read[iri]
        assert set(statement.about) == held["about"]
        assert {statement.kind} == set(map(local, held["statementKind"]))
        assert {statement.locator} == held["locator"]
        own = {name: set(found) for name, found in statement.values.items()}
        assert all(own[name] == held[name] or name in ("share", "amount", "threshold") for name in own), iri


def test_labels_are_read_as_they_stand(graph: Graph, quads: list[Quad]) -> None:
    reader = Reader(graph)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if quad.graph_name.value == RESOLVED and quad.predicate.value == PREF_LABEL:
            assert isinstance(quad.object, Literal)
            labels[quad.subject.value][quad.object.language or ""] = quad.object.value
    for iri, found in labels.items():
        assert reader.labels(iri) == found


def test_every_source_is_read(graph: Graph, quads: list[Quad]) -> None:
    kind = CHUHAI + "Source"
    stated = {q.subject.value for q in quads if q.predicate.value == RDF_TYPE and value(q) == kind}
    assert {SOURCE + source.iri.removeprefix("source/") for source in Reader(graph).sources()} == stated
