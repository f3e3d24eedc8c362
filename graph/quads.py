"""Checked nodes as lines of N-Quads, as the JSON-LD parser would give them through the context, but without it.

A table of a million rows would spend most of its time in JSON-LD; what a checked node holds is plain enough to
be written down at once. A test compares both ways on all the facts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from graph.entries import Node
from graph.lines import escaped
from ontology import CHUHAI, PREFIXES, RDF_TYPE, context


class _Term(NamedTuple):
    """A property as it stands on a line: its IRI, and what encloses a value."""

    predicate: str
    before: str
    after: str
    is_iri: bool
    by_language: bool


@cache
def _term(name: str) -> _Term:
    term = context()[name]
    predicate = f"<{_whole(term['@id'])}>"
    kind = term.get("@type")
    if kind == "@id":
        return _Term(predicate, "<", ">", True, False)
    if kind in (None, "xsd:string"):
        return _Term(predicate, '"', '"', False, term.get("@container") == "@language")
    return _Term(predicate, '"', f'"^^<{_whole(kind)}>', False, False)


def _whole(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def lines(node: Node, graph: str) -> list[str]:
    """The quads of a node as lines of N-Quads without their ends, sorted, none twice.

    Args:
        node: as graph.entries and graph.load give it: checked, its IRIs whole.
        graph: the IRI of the graph.
    """
    subject, end = f"<{node['id']}>", f" <{graph}> ."
    return [f"{subject} {each}{end}" for each in sorted(set(said(node)))]


def said(node: Node) -> list[str]:
    """What a node holds, or a part of it: predicates with their objects, as they stand on lines."""
    found = []
    for key, value in node.items():
        if key == "id":
            continue
        if key == "@type":
            found.append(f"<{RDF_TYPE}> <{CHUHAI}{value.removeprefix('chuhai:')}>")
            continue
        predicate, before, after, is_iri, by_language = _term(key)
        if by_language:
            for language, texts in value.items():
                for text in texts if isinstance(texts, list) else (texts,):
                    found.append(f'{predicate} "{escaped(text)}"@{language}')
        else:
            for item in value if isinstance(value, list) else (value,):
                found.append(f"{predicate} {before}{item if is_iri else escaped(item)}{after}")
    return found
