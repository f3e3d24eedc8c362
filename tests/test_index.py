"""The index holds what the quads hold: every node, link, statement and source, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from folders import THINGS, folder, invested, raised, source
from pyoxigraph import Literal, NamedNode, Quad

from graph import profile, reading, whole
from graph.moment import Moment
from graph.names import Name
from graph.past import PastReader
from graph.reading import Reader
from graph.store import Graph, in_memory
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


@pytest.mark.parametrize("at", [Moment(), Moment("2024-06-30", "2025-03-31")])
def test_what_is_read_ahead_is_what_is_read_one_by_one(graph: Graph, at: Moment) -> None:
    def reader() -> Reader:
        return Reader(graph) if at == Moment() else PastReader(graph, "en", at)

    ahead, single = reader(), reader()
    for thing in [row[0] for row in graph.index.execute("SELECT DISTINCT target FROM links ORDER BY 1")][::7]:
        ahead.read_ahead([thing])
        ahead.read_ahead(profile.circle(ahead, thing), further=True)
        assert ahead.neighbours(thing) == single.neighbours(thing), thing
        assert ahead.told_with(thing) == single.told_with(thing), thing
        for node in {thing, *ahead.told_with(thing), *(node for _, node in ahead.neighbours(thing))}:
            assert ahead.node(node) == single.node(node), node
            assert ahead.statements(node) == single.statements(node), node
            assert [ahead.source(s.source) for s in ahead.statements(node)] == [
                single.source(s.source) for s in single.statements(node)
            ]
            ends = {end for values in ahead.node(node).values() for end in values}
            assert [ahead.label(end) for end in ends] == [single.label(end) for end in ends]


@pytest.mark.parametrize(("kept", "again"), [(1_000_000, False), (0, True)])
def test_what_is_read_ahead_is_kept_up_to_a_bound(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, kept: int, again: bool
) -> None:
    monkeypatch.setattr(reading, "_KEPT", kept)
    reader, asked = Reader(graph), list[str]()
    reader.read_ahead([ID + "organization/heygen"])
    reader.read_ahead([ID + "product/manus"])
    graph.index.set_trace_callback(asked.append)
    reader.read_ahead([ID + "organization/heygen"])
    graph.index.set_trace_callback(None)
    assert bool(asked) == again


def test_a_profile_asks_the_index_as_often_however_much_is_told(tmp_path: Path) -> None:
    asked = []
    for count in (2, 40):
        funds = [f"organization/fund-{n}" for n in range(count)]
        stakes = [invested(f"stake-{n}", f"fund-{n}") for n in range(count)]
        facts = folder(tmp_path / str(count), source("one", raised("round"), *stakes), things=[*THINGS, *funds])
        small = in_memory(facts)
        asked.append(0)

        def count_one(_: str) -> None:
            asked[-1] += 1

        small.index.set_trace_callback(count_one)
        thing = "organization/acme"
        found = profile.profile(Reader(small), Name("Acme", "en", "label", thing))
        assert sum(map(len, found.sections.values())) >= count
    assert asked[0] == asked[1]


def test_what_holds_of_a_node_is_written_as_the_quads_have_it(graph: Graph) -> None:
    reader, resolved = Reader(graph), NamedNode(RESOLVED)
    for (node,) in graph.index.execute("SELECT iri FROM nodes"):
        held = {q.triple for q in graph.quads.quads_for_pattern(NamedNode(node), None, None, resolved)}
        assert set(whole.triples(reader, [node])) == held, node
