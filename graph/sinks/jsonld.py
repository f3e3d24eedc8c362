"""The graph as JSON-LD, written as people write facts: through our context, identifiers as `kind/slug`."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import groupby
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.counts import counted
from graph.sinks.about import Export
from graph.sinks.rdf import by_graph
from graph.terms import iri
from ontology import ID, PREFIXES, RDF_TYPE, context

_STRING = PREFIXES["xsd"] + "string"
_REFERENCE = re.compile(r"[a-z-]+/[a-z0-9][a-z0-9.-]*", re.ASCII)


@cache
def export_context() -> dict[str, Any]:
    """The context of the facts, with every prefix of the project that is no word of it."""
    return {**{prefix: name for prefix, name in PREFIXES.items() if prefix not in context()}, **context()}


@cache
def terms() -> Mapping[str, tuple[str, str]]:
    """From the IRI of a property to its word in the context, and what its values are there.

    That is "@id", "@language", or the IRI of a datatype. `copyOf` says too much of what was merely derived.
    """
    found = {}
    for word, meaning in context().items():
        if isinstance(meaning, dict) and word != "copyOf":
            kind = meaning.get("@container") or meaning.get("@type", "xsd:string")
            found[_expanded(meaning["@id"])] = (word, kind if kind.startswith("@") else _expanded(kind))
    return found


def write(export: Export, out: IO[bytes]) -> str:
    """Every graph as an object with its name and its nodes, in order; a node is written as soon as it is complete."""
    start = json.dumps({"@context": export_context()}, ensure_ascii=False, indent=1).removesuffix("\n}")
    out.write(f'{start},\n "@graph": ['.encode())
    nodes = 0
    for number, (name, quads) in enumerate(groupby(by_graph(export), lambda quad: iri(quad.graph_name))):
        out.write(f'{"," * bool(number)}\n{{"id": {json.dumps(_short(name))}, "@graph": ['.encode())
        for place, (subject, told) in enumerate(groupby(quads, lambda quad: iri(quad.subject))):
            node = json.dumps(_node(subject, told), ensure_ascii=False, indent=1)
            out.write(f"{',' * bool(place)}\n{node}".encode())
            nodes += 1
        out.write(b"]}")
    out.write(b"]}\n")
    return counted({"node": nodes}, export.about.language)


def _node(subject: str, quads: Iterable[Quad]) -> dict[str, Any]:
    values: dict[str, list[Any]] = defaultdict(list)
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        key, value = quad.predicate.value, quad.object
        word, kind = terms().get(key, ("", ""))
        if key == RDF_TYPE:
            values["@type"].append(_curie(iri(value)))
        elif kind == "@language" and isinstance(value, Literal) and value.language:
            texts[word][value.language].append(value.value)
        elif kind == "@id" and isinstance(value, NamedNode):
            values[word].append(_short(value.value))
        elif isinstance(value, Literal) and not value.language and value.datatype.value == kind:
            values[word].append(value.value)
        else:
            values[_curie(key)].append(_whole(value))
    maps = {word: {tag: _one(said) for tag, said in by_tag.items()} for word, by_tag in texts.items()}
    kinds = values.pop("@type", None)
    head = {"id": _short(subject), **({"@type": _one(kinds)} if kinds else {})}
    return head | {word: _one(found) for word, found in values.items()} | maps


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _whole(value: object) -> dict[str, str]:
    """A value that says itself what it is."""
    if isinstance(value, Literal):
        if value.language:
            return {"@value": value.value, "@language": value.language}
        kind = value.datatype.value
        return {"@value": value.value} if kind == _STRING else {"@value": value.value, "@type": kind}
    return {"@id": _short(iri(value))}


def _short(name: str) -> str:
    """An IRI as a reference: relative to the space of things, else by its prefix."""
    is_plain = name.startswith(ID) and _REFERENCE.fullmatch(name[len(ID) :])
    return name[len(ID) :] if is_plain else _curie(name)


@lru_cache(10_000)
def _curie(name: str) -> str:
    """An IRI by its prefix, where it has one of the context."""
    for prefix in sorted(PREFIXES.keys() & export_context().keys() - {"id"}):
        if name.startswith(PREFIXES[prefix]) and not (rest := name[len(PREFIXES[prefix]) :]).startswith("//"):
            return f"{prefix}:{rest}"
    return name


def _expanded(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else name
