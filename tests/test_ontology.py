"""The vocabulary: named in two languages, consistent in itself, aligned with what it reuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology import CHUHAI, FOLDER, PREFIXES, SCHEME, context, vocabulary
from ontology.reader import TURTLE, derive_context, read
from ontology.records import Class, Concept, Place, Property

WORDS = vocabulary()
LANGUAGES = {"en", "zh-hans"}
OWL, RDFS, SKOS = (PREFIXES[prefix] for prefix in ("owl", "rdfs", "skos"))


def triples(name: str) -> list[Triple]:
    return [quad.triple for quad in parse(path=FOLDER / name, format=RdfFormat.TURTLE)]


ALL = [triple for name in TURTLE for triple in triples(name)]
RELATIONS = {(t.subject.value, t.predicate.value, t.object.value) for t in ALL if isinstance(t.object, NamedNode)}
TYPES = {(s.removeprefix(CHUHAI), o) for s, p, o in RELATIONS if p.endswith("#type") and s.startswith(CHUHAI)}
ANNOTATIONS = sorted(name for name, kind in TYPES if kind == OWL + "AnnotationProperty")


def iri(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def texts(subject: str, predicate: str) -> set[str]:
    """Languages in which a term has this property."""
    found = (t.object for t in ALL if t.subject.value == subject and t.predicate.value == predicate)
    return {o.language for o in found if isinstance(o, Literal) and o.language and o.value.strip()}


@pytest.mark.parametrize("item", [*WORDS.classes.values(), *WORDS.properties.values()], ids=lambda item: item.name)
def test_every_class_and_property_has_label_and_definition_in_two_languages(item: Class | Property) -> None:
    assert item.label.keys() == LANGUAGES
    assert item.definition.keys() == LANGUAGES
    assert all(text.strip() for text in (*item.label.values(), *item.definition.values()))


@pytest.mark.parametrize("name", ANNOTATIONS)
def test_every_annotation_has_label_and_definition_in_two_languages(name: str) -> None:
    assert texts(CHUHAI + name, RDFS + "label") == LANGUAGES
    assert texts(CHUHAI + name, SKOS + "definition") == LANGUAGES


@pytest.mark.parametrize("item", [*WORDS.concepts.values(), *WORDS.places.values()], ids=lambda item: item.name)
def test_every_concept_and_place_has_a_label_in_two_languages(item: Concept | Place) -> None:
    assert item.label.keys() == LANGUAGES
    assert all(text.strip() for text in item.label.values())


def test_every_concept_scheme_has_a_label_in_two_languages() -> None:
    assert {name for name, label in WORDS.schemes.items() if label.keys() != LANGUAGES} == set()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_two_classes_bear_one_label(language: str) -> None:
    labels = [item.label[language] for item in WORDS.classes.values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", TURTLE)
def test_no_blank_nodes_in_the_vocabulary(name: str) -> None:
    assert not [t for t in triples(name) if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


@pytest.mark.parametrize("name", TURTLE)
def test_language_tags_are_lower_case(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert set(re.findall(r'"@([A-Za-z-]+)', text)) <= LANGUAGES


# The context


def test_the_context_is_the_one_that_follows_from_the_properties() -> None:
    written = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))
    assert written["@context"] == derive_context()
    assert context() == derive_context()


@pytest.mark.parametrize("name", sorted(WORDS.properties))
def test_every_property_is_a_term_of_the_context(name: str) -> None:
    term = context()[name]
    assert term["@id"] == f"chuhai:{name}"
    prop = WORDS.properties[name]
    if prop.is_object or prop.scheme is not None:
        assert term["@type"] == "@id"
    else:
        assert term.get("@type", "rdf:langString") == prop.range


# Consistency


def test_every_term_of_ours_that_is_used_is_defined() -> None:
    defined = {CHUHAI + name for name, _ in TYPES}
    used = {t.predicate.value for t in ALL} | {o for _, _, o in RELATIONS}
    assert {term for term in used if term.startswith(CHUHAI)} <= defined


def test_every_term_says_where_it_is_defined() -> None:
    said = {s for s, p, o in RELATIONS if p == RDFS + "isDefinedBy" and o == CHUHAI.rstrip("#")}
    assert said == {CHUHAI + name for name, _ in TYPES}


def test_no_name_is_both_class_and_property_and_no_term_has_two_natures() -> None:
    natures = {OWL + n for n in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    for name in {name for name, _ in TYPES}:
        assert len({kind for other, kind in TYPES if other == name and kind in natures}) == 1, name


@pytest.mark.parametrize("item", WORDS.classes.values(), ids=lambda item: item.name)
def test_parents_are_classes(item: Class) -> None:
    assert set(item.parents) <= WORDS.classes.keys()


@pytest.mark.parametrize("item", WORDS.properties.values(), ids=lambda item: item.name)
def test_domain_and_range_are_classes_or_datatypes(item: Property) -> None:
    assert item.domains <= WORDS.classes.keys()
    assert item.targets <= WORDS.classes.keys()
    if item.is_object:
        assert item.range in (None, "skos:Concept", "owl:Class", "rdf:Property")
        assert not (item.range and item.targets)
    else:
        assert item.range in {f"xsd:{n}" for n in ("date", "decimal", "integer", "string", "boolean")} | {
            "rdf:langString"
        }
        assert not item.targets


@pytest.mark.parametrize("item", WORDS.properties.values(), ids=lambda item: item.name)
def test_values_from_a_scheme_are_concepts_of_a_scheme_that_has_some(item: Property) -> None:
    assert (item.scheme is not None) == (item.range == "skos:Concept")
    if item.scheme is not None:
        assert item.scheme in WORDS.schemes
        assert any(concept.scheme == item.scheme for concept in WORDS.concepts.values())


@pytest.mark.parametrize("item", WORDS.properties.values(), ids=lambda item: item.name)
def test_what_is_resolved_with_a_property_is_functional_and_allowed_where_that_is(item: Property) -> None:
    if item.resolved_with is None:
        return
    head = WORDS.properties[item.resolved_with]
    assert item.functional and head.functional
    assert head.resolved_with is None
    users = {name for name in WORDS.classes if item.name in WORDS.properties_of(name)}
    heads = {name for name in WORDS.classes if head.name in WORDS.properties_of(name)}
    exceptions = {"dateText": "Situation", "currency": "Criterion"}
    assert {u for u in users - heads if not WORDS.is_a(u, exceptions.get(item.name, "Source"))} == set()


def test_these_properties_hold_several_values_and_all_others_one() -> None:
    several = {
        *("about", "aboutType", "statementKind", "locator", "speaker", "paraphrase", "denies"),
        *("role", "fromRole", "toRole", "within", "category", "aheadOf", "firstOfCategory", "member"),
        *("before", "maker"),
        *("formerName", "repost", "disputed", "deniedIn", "boundedBy", "chosen", "withdrawn", "decidedProperty"),
    }
    assert {name for name, prop in WORDS.properties.items() if not prop.functional} == several


def test_every_figure_has_a_qualifier_from_the_same_scheme() -> None:
    for name in ("amount", "count", "outOf", "share", "position"):
        qualifier = WORDS.properties[name + "Qualifier"]
        assert (qualifier.scheme, qualifier.resolved_with) == ("qualifier", name)


@pytest.mark.parametrize("item", [c for c in WORDS.classes.values() if c.edge], ids=lambda item: item.name)
def test_an_edge_leads_between_things_by_properties_of_its_class(item: Class) -> None:
    assert item.edge is not None
    allowed = WORDS.properties_of(item.name)
    for end in (item.edge.source, item.edge.target):
        assert allowed[end].is_object
        assert allowed[end].targets
    assert item.edge.source != item.edge.target
    assert item.edge.caption.keys() == LANGUAGES


@pytest.mark.parametrize("item", WORDS.classes.values(), ids=lambda item: item.name)
def test_display_hints_can_be_drawn(item: Class) -> None:
    shapes = {None, "dot", "square", "triangle", "triangleDown", "hexagon", "star", "diamond", "box"}
    assert item.shape in shapes
    assert item.color is None or re.fullmatch("#[0-9A-F]{6}", item.color)
    assert item.edge is None or item.color
    assert item.caption.keys() == LANGUAGES


def test_words_in_identifiers_are_slugs_and_mean_one_class() -> None:
    own = [item.slug_kind for item in WORDS.classes.values() if item.slug_kind]
    assert len(set(own)) == len(own)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", kind) for kind in own)


def test_every_class_but_situation_statement_and_decision_has_a_word_in_identifiers() -> None:
    assert WORDS.classes.keys() - WORDS.slug_kinds.keys() == {"Situation", "Statement", "Decision"}


def test_every_concept_is_in_a_scheme() -> None:
    assert {concept.scheme for concept in WORDS.concepts.values()} == WORDS.schemes.keys()


def test_every_subtype_says_for_which_class_it_is() -> None:
    for concept in WORDS.concepts.values():
        if concept.scheme == "subtype":
            assert concept.applies_to in WORDS.properties["subtype"].domains
        else:
            assert concept.applies_to is None


def test_every_class_with_subtypes_has_some() -> None:
    assert WORDS.properties["subtype"].domains == {c.applies_to for c in WORDS.concepts.values() if c.applies_to}


def test_only_kinds_of_source_are_official_and_these_are() -> None:
    official = {concept.name for concept in WORDS.concepts.values() if concept.official}
    assert official == {"exchange-filing", "court-filing", "registry-record", "regulator-notice"}
    assert {WORDS.concepts[name].scheme for name in official} == {"source-kind"}


# Alignment with other vocabularies


@pytest.mark.parametrize(
    ("ours", "relation", "theirs"),
    [
        ("chuhai:Organization", "rdfs:subClassOf", "org:Organization"),
        ("chuhai:Membership", "rdfs:subClassOf", "org:Membership"),
        ("chuhai:role", "rdfs:subPropertyOf", "org:role"),
        ("chuhai:unitOf", "rdfs:subPropertyOf", "org:unitOf"),
        ("chuhai:LegalEntity", "rdfs:subClassOf", "rov:RegisteredOrganization"),
        ("chuhai:Person", "rdfs:subClassOf", "foaf:Person"),
        ("chuhai:Person", "rdfs:subClassOf", "schema:Person"),
        ("chuhai:Product", "rdfs:subClassOf", "schema:SoftwareApplication"),
        ("chuhai:Place", "rdfs:subClassOf", "schema:Place"),
        ("chuhai:Place", "rdfs:subClassOf", "prov:Location"),
        ("chuhai:Ranking", "rdfs:subClassOf", "schema:ItemList"),
        ("chuhai:Ranking", "rdfs:subClassOf", "dcat:Dataset"),
        ("chuhai:RankingEntry", "rdfs:subClassOf", "schema:ListItem"),
        ("chuhai:Source", "rdfs:subClassOf", "schema:CreativeWork"),
        ("chuhai:Source", "rdfs:subClassOf", "prov:Entity"),
        ("chuhai:Statement", "rdfs:subClassOf", "prov:Entity"),
        ("chuhai:Event", "rdfs:subClassOf", "prov:Activity"),
        ("chuhai:place", "rdfs:subPropertyOf", "prov:atLocation"),
        ("chuhai:publisher", "rdfs:subPropertyOf", "dcterms:publisher"),
        ("chuhai:status", "rdfs:range", "skos:Concept"),
    ],
)
def test_a_term_is_aligned_with_what_it_reuses(ours: str, relation: str, theirs: str) -> None:
    assert (iri(ours), iri(relation), iri(theirs)) in RELATIONS


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("HeadquartersMove", "org:ChangeEvent"),
        ("HeadquartersTenure", "org:Membership"),
        ("Investment", "schema:InvestmentOrDeposit"),
    ],
)
def test_a_term_claims_no_more_than_it_means(ours: str, theirs: str) -> None:
    assert (CHUHAI + ours, RDFS + "subClassOf", iri(theirs)) not in RELATIONS


def test_nothing_is_said_to_be_the_same_as_something_elsewhere() -> None:
    assert not [p for _, p, _ in RELATIONS if p == OWL + "sameAs"]


# Reading


def test_reading_a_missing_folder_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        read(tmp_path)


def test_schemes_have_their_own_namespace() -> None:
    schemes = {s for s, p, o in RELATIONS if p.endswith("#type") and o == SKOS + "ConceptScheme"}
    assert schemes == {SCHEME + name for name in WORDS.schemes}
