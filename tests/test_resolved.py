"""What is written of what holds, and what is read back of headquarters on the way, on an index told of by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
from pyoxigraph import RdfFormat, parse

from graph.index import Index
from graph.lines import Subject
from graph.resolve import Node
from graph.resolved import nodes, places, write
from ontology import (
    ALT_LABEL,
    CHUHAI,
    CONCEPT,
    EXACT_MATCH,
    ID,
    ONTOLOGY,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    REGISTER,
    RESOLVED,
    SOURCE,
)

ACME, BOLT, BIG = ID + "organization/acme", ID + "organization/bolt", ID + "criterion/big"
MOVE, ROUND, TENURE = ID + "event/acme-move", ID + "event/acme-round", ID + "tenure/acme"
TOKYO, PARIS, JAPAN = (ID + "place/" + name for name in ("tokyo", "paris", "japan"))
XSD = PREFIXES["xsd"]


class Written(NamedTuple):
    """The terms that were written, by graph, subject and predicate; and the rows of the index."""

    terms: dict[tuple[str, str], dict[str, list[str]]]
    held: dict[str, dict[str, list[str]]]
    labels: dict[str, dict[str, str]]
    names: list[tuple[str, str]]


@pytest.fixture(scope="module")
def written() -> Iterator[Written]:
    """A move and a criterion beside what the register holds of the criterion and of an organization."""
    index, lines = Index(":memory:"), list[str]()
    matches = ["<https://b.example/>", "<https://a.example/>"]
    labels = {PREF_LABEL: ['"Acme"@en'], ALT_LABEL: ['"Acme Inc"@en']}
    index.thing(ACME, {RDF_TYPE: [f"<{CHUHAI}Organization>"], EXACT_MATCH: matches, **labels})
    index.thing(BIG, {RDF_TYPE: [f"<{CHUHAI}Criterion>"], EXACT_MATCH: matches, PREF_LABEL: ['"Big"@en']})
    index.told(places())
    move = Node(
        MOVE,
        "HeadquartersMove",
        {"toPlace": (TOKYO, PARIS), "notBefore": ("2025-06-01",), "dateText": ('in "June"',)},
        derived_from=(TENURE,),
    )
    write(index, [move, Node(BIG, "Criterion", {"threshold": ("1000",), "currency": ("USD",)})], lines.extend)
    index.finish()
    index.commit()
    terms: dict[tuple[str, str], dict[str, list[str]]] = {}
    for quad in parse("".join(lines), format=RdfFormat.N_QUADS):
        of = terms.setdefault((str(quad.graph_name)[1:-1], str(quad.subject)[1:-1]), {})
        of.setdefault(quad.predicate.value, []).append(str(quad.object))
    run = index.connection.execute
    yield Written(
        terms,
        {iri: json.loads(held) for iri, held in run("SELECT iri, held FROM nodes")},
        {iri: json.loads(texts) for iri, texts in run("SELECT iri, texts FROM labels WHERE role = 'label'")},
        list(run("SELECT DISTINCT thing, name FROM names WHERE thing LIKE 'organization/%' ORDER BY name")),
    )
    index.close()


def test_a_node_is_written_with_its_properties_and_their_datatypes(written: Written) -> None:
    assert written.terms[RESOLVED, MOVE] == {
        RDF_TYPE: [f"<{CHUHAI}HeadquartersMove>"],
        CHUHAI + "toPlace": [f"<{PARIS}>", f"<{TOKYO}>"],
        CHUHAI + "notBefore": [f'"2025-06-01"^^<{XSD}date>'],
        CHUHAI + "dateText": [r'"in \"June\""'],
        PREFIXES["prov"] + "wasDerivedFrom": [f"<{TENURE}>"],
    }
    assert written.terms[RESOLVED, BIG][CHUHAI + "threshold"] == [f'"1000"^^<{XSD}decimal>']


def test_the_index_holds_its_values_in_the_order_of_the_properties(written: Written) -> None:
    held = {
        "type": [CHUHAI + "HeadquartersMove"],
        "wasDerivedFrom": [TENURE],
        "dateText": ['in "June"'],
        "notBefore": ["2025-06-01"],
        "toPlace": [PARIS, TOKYO],
    }
    assert list(written.held[MOVE].items()) == list(held.items())


def test_a_thing_of_which_sources_tell_holds_what_the_register_says_too(written: Written) -> None:
    held = {
        "type": [CHUHAI + "Criterion"],
        "exactMatch": ["https://a.example/", "https://b.example/"],
        "currency": ["USD"],
        "threshold": ["1000"],
    }
    assert list(written.held[BIG].items()) == list(held.items())


def test_a_thing_of_which_no_source_tells_is_written_as_the_register_has_it(written: Written) -> None:
    for graph in (REGISTER, RESOLVED):
        assert written.terms[graph, ACME] == {
            RDF_TYPE: [f"<{CHUHAI}Organization>"],
            EXACT_MATCH: ["<https://b.example/>", "<https://a.example/>"],
            PREF_LABEL: ['"Acme"@en'],
            ALT_LABEL: ['"Acme Inc"@en'],
        }
    assert written.held[ACME] == {
        "type": [CHUHAI + "Organization"], "exactMatch": ["https://a.example/", "https://b.example/"],
    }  # fmt: skip
    assert written.labels[ACME] == {"en": "Acme"}
    assert written.names == [("organization/acme", "Acme"), ("organization/acme", "Acme Inc")]


def test_a_place_stands_in_the_resolved_graph_and_not_in_the_register(written: Written) -> None:
    told = written.terms[RESOLVED, TOKYO]
    assert (told[RDF_TYPE], told[CHUHAI + "within"]) == ([f"<{CHUHAI}Place>"], [f"<{JAPAN}>"])
    assert '"Tokyo"@en' in told[PREF_LABEL]
    assert (REGISTER, TOKYO) not in written.terms
    assert written.held[TOKYO] == {"type": [CHUHAI + "Place"], "within": [JAPAN]}
    assert written.labels[TOKYO]["en"] == "Tokyo"


def test_a_concept_has_its_labels_and_the_ontology_is_written_as_it_is(written: Written) -> None:
    assert '"completed"@en' in written.terms[RESOLVED, CONCEPT + "completed"][PREF_LABEL]
    assert written.labels[CONCEPT + "completed"]["en"] == "completed"
    assert written.terms[ONTOLOGY, CHUHAI + "HeadquartersMove"][RDF_TYPE] == [f"<{PREFIXES['owl']}Class>"]
    assert written.labels[CHUHAI + "HeadquartersMove"]["en"] == "headquarters move"


# What is read


def tell(index: Index, key: str, about: str, type_: str, kind: str = "fact", **values: str) -> None:
    source = SOURCE + key.partition("#")[0]
    own = {"about": f"<{about}>", "statementKind": f"<{CONCEPT}{kind}>", "aboutType": f"<{CHUHAI}{type_}>"}
    terms: Mapping[str, str] = {**own, **values}
    index.tell(Subject(source, SOURCE + key, {CHUHAI + name: [term] for name, term in terms.items()}, []))


def test_what_follows_from_headquarters_comes_last_organization_by_organization() -> None:
    index = Index(":memory:")
    for slug in "ab":
        index.tell(Subject(SOURCE + slug, SOURCE + slug, {}, []))
    tell(index, "a#one", MOVE, "HeadquartersMove", organization=f"<{BOLT}>", toPlace=f"<{TOKYO}>")
    tell(index, "b#one", MOVE, "HeadquartersMove", organization=f"<{BOLT}>", toPlace=f"<{PARIS}>")
    tell(index, "b#two", MOVE, "HeadquartersMove", kind="denial", denies=f"<{MOVE}>")
    tell(index, "a#two", ID + "tenure/one", "HeadquartersTenure", organization=f"<{BOLT}>", place=f"<{JAPAN}>")
    tell(index, "a#three", ID + "tenure/two", "HeadquartersTenure", organization=f"<{ACME}>", place=f"<{PARIS}>")
    tell(index, "a#four", ID + "tenure/zero", "HeadquartersTenure", place=f"<{PARIS}>")
    tell(index, "a#five", ID + "event/round", "FundingRound", organization=f"<{ACME}>")
    index.told(())
    found = list(nodes(index))
    bolt = {"organization": (BOLT,)}
    assert found == [
        Node(ID + "event/round", "FundingRound", {"organization": (ACME,)}),
        Node(ID + "tenure/zero", "HeadquartersTenure", {"place": (PARIS,)}),
        Node(ID + "tenure/two", "HeadquartersTenure", {"organization": (ACME,), "place": (PARIS,)}),
        Node(MOVE, "HeadquartersMove", {**bolt, "toPlace": (PARIS,)}, ("toPlace",), (SOURCE + "b#two",)),
        Node(ID + "tenure/one", "HeadquartersTenure", {**bolt, "place": (JAPAN,)}),
        Node(
            ID + "tenure/acme-move-destination", "HeadquartersTenure", {**bolt, "place": (PARIS,)}, derived_from=(MOVE,)
        ),
    ]
    index.close()
