"""The graph as tables: one for each class that has members, with a column for each of its properties.

A cell names a thing as `kind/slug`, a concept by its slug. A text in several languages has a column for each, such as
`label_en`. Rows of what sources tell of end with the documents that do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import DataError, Finding
from graph.reading import Reader
from graph.sinks.jsonld import terms
from graph.sinks.part import members
from graph.store import Graph
from graph.terms import iri
from ontology import (
    CHUHAI,
    CONCEPT,
    EDITORIAL,
    PREF_LABEL,
    PREFIXES,
    RDF_TYPE,
    RESOLVED,
    SOURCE,
    compact,
    local,
    vocabulary,
)

Value = str | int | bool | Decimal | date
Cell = Value | list[Value] | None

_SINGLE = frozenset({
    "label", "url", "language", "published", "sourceKind", "repost", "decided", "by", "aboutType", "statementKind",
    "locator", "speaker", "paraphrase",
})  # fmt: skip
"""Words for properties that are not functional and yet have one value, or one in each language."""

_NAMES = {PREFIXES["prov"] + "wasDerivedFrom": "derivedFrom"}
_READ: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": Decimal,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
}
_OUTSIDE = {"Statement": SOURCE, "Source": SOURCE, "Decision": EDITORIAL}
"""Classes whose members do not stand in the resolved graph, and how the names of their graphs begin."""


class Column(NamedTuple):
    """One column: its name, its type as Table Schema has it, whether cells are lists, and what it means.

    `kind` is string, integer, decimal, boolean or date; `predicate` the IRI of its property, "" for what is none;
    `language` the tag of the texts in it; `targets` the names of the classes to which its values belong.
    """

    name: str
    kind: str = "string"
    many: bool = False
    meaning: str = ""
    predicate: str = ""
    language: str = ""
    targets: frozenset[str] = frozenset()


class Sheet(NamedTuple):
    """One table: the class whose members are its rows, and its columns; `id` is the first and the key."""

    type: str
    columns: Sequence[Column]
    members: Sequence[str]

    @property
    def name(self) -> str:
        """The name of the class as files have it, such as `funding-round`."""
        return re.sub(r"(?<!^)([A-Z])", r"-\1", self.type).lower()


def sheets(graph: Graph) -> Iterator[Sheet]:
    """A table for each class of the ontology that has members, in the order of the ontology."""
    for name in vocabulary().classes:
        if found := members(graph, name):
            yield Sheet(name, _columns(graph, name, found), found)


def rows(graph: Graph, sheet: Sheet) -> Iterator[list[Cell]]:
    """The rows of a table, by identifier; each cell as the kind of its column has it, or a list of such.

    Raises:
        DataError: for a value that is none of the kind of its column.
    """
    reader = Reader(graph)
    kinds = {column.predicate: column.kind for column in sheet.columns}
    for member in sheet.members:
        values: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for quad in _told(graph, sheet.type, member):
            if (name := quad.predicate.value) in kinds:
                values[name, _language(quad)].append(_read(quad, kinds[name]))
        row: list[Cell] = [compact(member)]
        for column in sheet.columns[1:]:
            found = sorted(values[column.predicate, column.language])
            row.append(found if column.many else found[0] if found else None)
        if sheet.columns[-1].name == "sources":
            row[-1] = [compact(source) for source in reader.documents(member)]
        elif sheet.type == "Statement":
            row[1] = compact(member.partition("#")[0])
        yield row


def _columns(graph: Graph, type_name: str, found: Sequence[str]) -> list[Column]:
    """The columns of a class: of its properties in the ontology, and of all else that its members carry."""
    most: dict[tuple[str, str], int] = defaultdict(int)
    for member in found:
        counted = Counter((quad.predicate.value, _language(quad)) for quad in _told(graph, type_name, member))
        for key, count in counted.items():
            most[key] = max(most[key], count)
    words = vocabulary()
    own = words.properties_of(type_name)
    for name, prop in own.items():
        if prop.range != "rdf:langString" and not any(key == CHUHAI + name for key, _ in most):
            most[CHUHAI + name, ""] = 0
    order = {CHUHAI + name: place for place, name in enumerate(words.properties)}
    keys = sorted(most, key=lambda key: (order.get(key[0], -1), key[0] != PREF_LABEL, _word(key[0]), key[1]))
    columns = [Column("id", meaning=f"The identifier: an IRI of {words.classes[type_name].label['en']}, short.")]
    if type_name == "Statement":
        columns.append(Column("source", meaning="The document in which it stands.", targets=frozenset({"Source"})))
    columns += [_column(predicate, language, most[predicate, language]) for predicate, language in keys]
    if type_name not in _OUTSIDE:
        columns.append(Column("sources", many=True, meaning="The documents that tell of it as fact or figure."))
    return columns


def _column(predicate: str, language: str, most: int) -> Column:
    word = _word(predicate)
    name = f"{word}_{language.replace('-', '_')}" if language else word
    prop = vocabulary().properties.get(local(predicate)) if predicate.startswith(CHUHAI) else None
    many = most > 1 or not (word in _SINGLE or (prop and prop.functional))
    if prop is None:
        return Column(name, "string", many, "", predicate, language)
    kind = (prop.range or "").removeprefix("xsd:")
    meaning, targets = prop.definition["en"], prop.targets
    return Column(name, kind if kind in _READ else "string", many, meaning, predicate, language, targets)


def _word(predicate: str) -> str:
    return _NAMES.get(predicate) or terms().get(predicate, (local(predicate), ""))[0]


def _told(graph: Graph, type_name: str, member: str) -> Iterator[Quad]:
    """What stands of a member in the graphs of its class, without its class."""
    begin = _OUTSIDE.get(type_name, RESOLVED)
    for quad in graph.quads.quads_for_pattern(NamedNode(member), None, None, None):
        if iri(quad.graph_name).startswith(begin) and quad.predicate.value != RDF_TYPE:
            yield quad


def _language(quad: Quad) -> str:
    return (quad.object.language or "") if isinstance(quad.object, Literal) else ""


def _read(quad: Quad, kind: str) -> Value:
    value = quad.object
    if not isinstance(value, Literal):
        name = iri(value)
        is_word = name.startswith((CONCEPT, CHUHAI))
        return local(name) if is_word else compact(name)
    if kind == "string":
        return value.value
    try:
        return _READ[kind](value.value)
    except (ValueError, ArithmeticError):
        node, word = iri(quad.subject), _word(quad.predicate.value)
        problem = f"'{value.value}' is no {kind}"
        raise DataError([Finding(compact(node), 0, word, problem, "mend it where the graph was made")]) from None
