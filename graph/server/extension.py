"""Data extension of the Reconciliation Service API 0.2: which properties things have, and their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from graph import figures, limits, names
from graph.errors import UsageError
from graph.moment import TOLD
from graph.names import key
from graph.reading import Reader
from graph.server.answer import Answer, in_json
from graph.store import Graph
from graph.values import FIGURES, figure
from ontology import CONCEPT, ID, compact, expand, local, vocabulary

_NAME, _SAME = "name", "sameAs"
_OWN = {
    _NAME: ("name", "Every name of a thing, in any language."),
    _SAME: ("same as", "Its IRI elsewhere, in Wikidata for instance."),
}
"""Properties beside those of the ontology."""

_ELSEWHERE = ("sameAs", "exactMatch", "closeMatch")
_WORDS = ("dateText",)


class Property(NamedTuple):
    """A property by which things can be matched and that can be fetched: a name of the ontology, or one of _OWN."""

    id: str
    name: str
    description: str
    classes: frozenset[str]


@cache
def properties() -> dict[str, Property]:
    """Every such property, with the classes of things and of what they take part in that bear it."""
    words = vocabulary()
    things = frozenset(name for name, cls in words.classes.items() if cls.shape)
    found = {name: Property(name, label, said, things) for name, (label, said) in _OWN.items()}
    for name, prop in words.properties.items():
        bearers = frozenset(c for c in things | TOLD if name in words.properties_of(c))
        if bearers and not name.endswith("Qualifier") and name not in _WORDS and prop.range != "rdf:langString":
            found[name] = Property(name, prop.label["en"], prop.definition["en"], bearers)
    return found


def proposed(graph: Graph, type_name: str, limit: int) -> Answer:
    """The properties of things of a class, and of the nodes in which such things can take part."""
    words = vocabulary()
    if type_name not in words.classes:
        raise UsageError(f"there is no type '{type_name}'; see the suggest service for types")
    bearers = {type_name}
    for node in TOLD:
        if any(words.is_a(type_name, target) for p in words.properties_of(node).values() for target in p.targets):
            bearers.add(node)
    found = [{"id": p.id, "name": p.name} for p in properties().values() if p.classes & bearers]
    return in_json({"type": type_name, "limit": limit, "properties": found[:limit]})


def extend(graph: Graph, query: Any) -> Answer:
    """The values of some properties of some things, as the specification has them.

    Raises:
        UsageError: if it is no such query, names what is no property, or asks for too much.
    """
    if not isinstance(query, dict) or not all(isinstance(query.get(part), list) for part in ("ids", "properties")):
        raise UsageError("'extend' is a JSON object with the lists 'ids' and 'properties'")
    asked = [str(p.get("id")) if isinstance(p, dict) else "" for p in query["properties"]]
    ids = [each for each in query["ids"] if isinstance(each, str)]
    if len(ids) > limits.SERVE_LISTED or len(asked) > limits.SERVE_LISTED:
        raise UsageError(f"at most {limits.SERVE_LISTED} ids and properties at once")
    unknown = [name for name in asked if name not in properties()]
    if unknown:
        raise UsageError(f"there is no property '{unknown[0]}'; see the suggest service for properties")
    reader = Reader(graph)
    rows = {
        each: {name: [_cell(reader, name, v) for v in values(reader, each, name)] for name in asked} for each in ids
    }
    return in_json({"meta": [_meta(name) for name in asked], "rows": rows})


def _meta(name: str) -> dict[str, Any]:
    words = vocabulary()
    targets = sorted(words.properties[name].targets) if name in words.properties else []
    found: dict[str, Any] = {"id": name, "name": properties()[name].name}
    if len(targets) == 1:
        found["type"] = {"id": targets[0], "name": words.classes[targets[0]].label["en"]}
    return found


def values(reader: Reader, thing: str, name: str) -> list[str]:
    """What a thing and the nodes in which it takes part hold under a property, sorted; the thing itself is left out.

    Figures are in words, since a number says little without its currency and its "about".

    Args:
        reader: of an open graph.
        thing: as kind/slug.
        name: a key of `properties`.
    """
    iri = expand(thing)
    if name == _NAME:
        labels = [*reader.labels(iri).values(), *names.other_names(reader.graph.index, thing)]
        return sorted(set(labels))
    if name == _SAME:
        own = reader.node(iri)
        return sorted({value for same in _ELSEWHERE for value in own.get(same, ())})
    held = [reader.node(node) for node in dict.fromkeys([iri, *(node for _, node in reader.neighbours(iri))])]
    if name in FIGURES:
        return sorted({figures.show(figure(each, name), reader.language) for each in held if name in each})
    return sorted({value for each in held for value in each.get(name, ())} - {iri})


def _cell(reader: Reader, name: str, value: str) -> dict[str, Any]:
    prop = vocabulary().properties.get(name)
    if value.startswith(ID) and reader.labels(value):
        return {"id": compact(value), "name": reader.label(value)}
    if value.startswith((CONCEPT, ID)):
        return {"str": reader.label(value)}
    return {"date": f"{value}T00:00:00Z"} if prop and prop.range == "xsd:date" else {"str": value}


def agreement(reader: Reader, thing: str, given: Sequence[tuple[str, list[Any]]]) -> float:
    """The share of properties that a thing has as they are given, 0 to 1; one of which nothing is known counts half."""
    found = [_agrees(reader, values(reader, thing, name), wanted) for name, wanted in given]
    return sum(found) / len(found)


def _agrees(reader: Reader, held: list[str], wanted: list[Any]) -> float:
    if not held:
        return 0.5
    forms = {form for value in held for form in (value, compact(value), key(reader.label(value)))}
    return float(any(_meant(reader, value) & forms for value in wanted))


def _meant(reader: Reader, value: Any) -> set[str]:
    """The forms of what a value may mean: an identifier, a literal, a name of things."""
    if isinstance(value, Mapping):
        value = str(value.get("id", ""))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return {text, key(text), *(name.thing for name in names.find(reader.graph.index, text))} - {""}


def things_joined(reader: Reader, wanted: list[Any]) -> list[str]:
    """The things, as kind/slug, that some node joins to what one of some values means."""
    found = set()
    meant = {each for value in wanted for each in _meant(reader, value) if "/" in each}
    for thing in meant:
        for _, node in reader.neighbours(expand(thing)):
            ends = {node, *(value for each in reader.node(node).values() for value in each)}
            found |= {compact(end) for end in ends if end.startswith(ID) and _is_thing(reader, end)}
    return sorted(found - meant)


def _is_thing(reader: Reader, iri: str) -> bool:
    held = reader.node(iri)
    return "type" in held and local(held["type"][0]) not in TOLD
