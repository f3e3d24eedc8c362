"""Describes the dataset in DCAT 3 and VoID: what it is, what it covers, how much of what it holds.

Counts are of distinct triples over all graphs together. Neither an endpoint nor a download is claimed, since
a folder of facts has none by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from graph import dataset, dates
from graph.columns import translated
from graph.dates import Span
from graph.errors import NotFoundError, UsageError
from graph.extent import WHOLE, Counts, Coverage, extent
from graph.reading import Reader
from graph.store import Graph
from graph.writers import Cell, Table
from ontology import (
    CHUHAI,
    EDITORIAL,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    REGISTER,
    RESOLVED,
    SPACE,
    Labels,
    compact,
    in_language,
)

_DCAT, _DCTERMS, _FOAF, _VOID, _XSD = (PREFIXES[p] for p in ("dcat", "dcterms", "foaf", "void", "xsd"))
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_GRAPHS = {RESOLVED: "resolved", REGISTER: "register", EDITORIAL: "editorial", ONTOLOGY: "ontology"}


def describe(graph: Graph, language: str = "en") -> Table:
    """The description as a table for people, with its triples.

    Args:
        graph: an open graph.
        language: of title and description in the table.

    Raises:
        NotFoundError: if the folder of facts has no dataset.yaml, or its register not the publisher.
        DataError: if that is wrong.
        UsageError: for a graph whose facts are elsewhere.
    """
    if graph.facts is None:
        raise UsageError("what a dataset is stands with its facts, in dataset.yaml; give --facts instead of --store")
    about = dataset.read(graph.facts)
    counts, covered = extent(graph.quads, _GRAPHS, "sources")
    publisher = Reader(graph).labels(about.publisher)
    if not publisher:
        raise NotFoundError(f"{dataset.FILE}: '{compact(about.publisher)}' is not in the register; add it there")
    rows = _rows(about, publisher, counts[WHOLE], covered, language)
    triples = [*_head(about, publisher, covered), *_void(about, counts)]
    return translated(Table(["what", "value"], rows, triples=triples), language, *(str(row[0]) for row in rows))


def _rows(
    about: dataset.Dataset, publisher: Labels, whole: Counts, covered: Coverage, language: str
) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["title", in_language(about.title, language)],
        ["description", in_language(about.description, language)],
        ["identifier", about.iri],
        ["version", about.version],
        ["licence", about.licence],
        ["publisher", in_language(publisher, language)],
        ["keywords", ", ".join(about.keywords.get(language, about.keywords.get("en", [])))],
        ["languages", ", ".join(covered.languages)],
        ["languages of the sources", ", ".join(covered.languages_of_sources)],
    ]
    for what, ends in (("event", covered.events), ("publication", covered.documents)):
        if ends is not None:
            rows += [
                [f"{which} {what}", dates.show(s, language)] for which, s in zip(("first", "last"), ends, strict=True)
            ]
    rows += [
        ["source documents", covered.sources],
        ["publishers", covered.publishers],
    ]
    rows += [[re.sub("([A-Z])", r" \1", name).lower(), number] for name, number in whole.numbers().items()]
    rows.append(["vocabularies", ", ".join(compact(name).rstrip(":") for name in whole.vocabularies())])
    return rows


def _head(about: dataset.Dataset, publisher: Labels, covered: Coverage) -> Iterator[Triple]:
    """The dataset in DCAT."""
    this, agent = NamedNode(_version(about)), NamedNode(about.publisher)
    for kind in (_DCAT + "Dataset", _VOID + "Dataset"):
        yield Triple(this, NamedNode(RDF_TYPE), NamedNode(kind))
    for name, labels in (("title", about.title), ("description", about.description)):
        for tag, text in labels.items():
            yield _of(this, _DCTERMS + name, Literal(text, language=tag))
    for tag, keywords in about.keywords.items():
        yield from (_of(this, _DCAT + "keyword", Literal(word, language=tag)) for word in keywords)
    yield _of(this, _DCAT + "version", Literal(about.version))
    yield _of(this, _DCAT + "isVersionOf", NamedNode(about.iri))
    yield _of(this, _DCTERMS + "issued", _day(about.version))
    yield _of(this, _DCTERMS + "license", NamedNode(about.licence))
    yield _of(this, _DCTERMS + "publisher", agent)
    yield Triple(agent, NamedNode(RDF_TYPE), NamedNode(_FOAF + "Agent"))
    for tag, name in publisher.items():
        yield _of(agent, _FOAF + "name", Literal(name, language=tag))
    for tag in sorted({tag.partition("-")[0] for tag in covered.languages}):
        yield _of(this, _DCTERMS + "language", NamedNode(_LANGUAGE + tag))
    yield _of(this, _DCTERMS + "conformsTo", NamedNode(CHUHAI.rstrip("#")))
    if covered.events is not None:
        yield from _period(this, _version(about) + "#events", *covered.events)
    if covered.documents is not None:
        yield from _provenance(this, _version(about) + "#documents", covered, *covered.documents)


def _period(this: NamedNode, name: str, first: Span, last: Span) -> Iterator[Triple]:
    """The period of the events."""
    period = NamedNode(name)
    yield _of(this, _DCTERMS + "temporal", period)
    yield Triple(period, NamedNode(RDF_TYPE), NamedNode(_DCTERMS + "PeriodOfTime"))
    yield _of(period, _DCAT + "startDate", _day(first.first or first.last or ""))
    yield _of(period, _DCAT + "endDate", _day(last.last or last.first or ""))


def _provenance(this: NamedNode, name: str, covered: Coverage, first: Span, last: Span) -> Iterator[Triple]:
    """From how many documents of what time the statements come, in words."""
    statement = NamedNode(name)
    words = f"From {covered.sources} source documents by {covered.publishers} publishers; those with a date were "
    words += f"published from {dates.show(first)} to {dates.show(last)}."
    yield _of(this, _DCTERMS + "provenance", statement)
    yield Triple(statement, NamedNode(RDF_TYPE), NamedNode(_DCTERMS + "ProvenanceStatement"))
    label = NamedNode(PREFIXES["rdfs"] + "label")
    yield Triple(statement, label, Literal(words, language="en"))


def _void(about: dataset.Dataset, counts: Mapping[str, Counts]) -> Iterator[Triple]:
    """The dataset and its parts in VoID; the whole with a partition for each class and property."""
    this = NamedNode(_version(about))
    for short, counted in sorted(counts.items()):
        part = NamedNode(f"{_version(about)}#{short}") if short else this
        if short:
            yield _of(this, _VOID + "subset", part)
            yield Triple(part, NamedNode(RDF_TYPE), NamedNode(_VOID + "Dataset"))
            yield _of(part, _DCTERMS + "title", Literal(f"{in_language(about.title, 'en')}: {short}", language="en"))
        for name, number in counted.numbers().items():
            yield _of(part, _VOID + name, _number(number))
    whole = counts[WHOLE]
    yield _of(this, _VOID + "uriSpace", Literal(SPACE))
    yield _of(this, _VOID + "feature", NamedNode("http://www.w3.org/ns/formats/N-Quads"))
    for name in whole.vocabularies():
        yield _of(this, _VOID + "vocabulary", NamedNode(name))
    for name, members in sorted(whole.members_of.items()):
        part = _part(this, "classPartition", name)
        yield _of(this, _VOID + "classPartition", part)
        yield _of(part, _VOID + "class", NamedNode(name))
        yield _of(part, _VOID + "entities", _number(members))
    for name, triples in sorted(whole.triples_of.items()):
        part = _part(this, "propertyPartition", name)
        yield _of(this, _VOID + "propertyPartition", part)
        yield _of(part, _VOID + "property", NamedNode(name))
        yield _of(part, _VOID + "triples", _number(triples))
        yield _of(part, _VOID + "distinctSubjects", _number(whole.subjects_of[name]))
        yield _of(part, _VOID + "distinctObjects", _number(whole.objects_of[name]))


def _version(about: dataset.Dataset) -> str:
    return f"{about.iri.rstrip('/')}/{about.version}"


def _part(this: NamedNode, kind: str, name: str) -> NamedNode:
    return NamedNode(f"{this.value}#{kind}-{re.sub('[^A-Za-z0-9]+', '-', compact(name))}")


def _of(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(subject, NamedNode(predicate), value)


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(_XSD + "integer"))


def _day(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(_XSD + "date"))
