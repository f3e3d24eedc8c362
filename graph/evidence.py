"""What the rules of resolution work on: statements, denials and decisions, read from quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graph.values import Values
from ontology import CHUHAI, EDITORIAL, PREFIXES, SOURCE, local

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from ontology.records import Vocabulary

_PUBLISHER, _DERIVED = CHUHAI + "publisher", PREFIXES["prov"] + "wasDerivedFrom"
_ABOUT, _ABOUT_TYPE, _KIND = CHUHAI + "about", CHUHAI + "aboutType", CHUHAI + "statementKind"
_DENIES = CHUHAI + "denies"
_SAID = frozenset({_ABOUT, _ABOUT_TYPE, _KIND, _DENIES, CHUHAI + "locator", CHUHAI + "speaker", CHUHAI + "paraphrase"})
"""What a statement says of itself, not of the world."""

_Terms = Mapping[str, Sequence[str]]


class Document(NamedTuple):
    """What the rules need to know of one source."""

    iri: str
    publisher: str
    published: str
    official: bool
    ancestors: frozenset[str]


class Account(NamedTuple):
    """What one statement says of one node: its values by property name."""

    statement: str
    document: Document
    about: str
    type: str
    kind: str
    values: Values


class Evidence(NamedTuple):
    """Everything the rules work on, read from the source and editorial graphs."""

    accounts: Sequence[Account]
    denials: Sequence[tuple[str, str]]
    """Pairs of a denying statement and the IRI (event or statement) that it denies."""
    decisions: Mapping[tuple[str, str], str]
    """From a node and a property name to the statement that the editors chose."""


def read_evidence(quads: Iterable[Quad], vocabulary: Vocabulary) -> Evidence:
    """Gather statements, denials and decisions from the quads of source and editorial graphs."""
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        by_subject[quad.subject.value][quad.predicate.value].append(quad.object.value)  # type: ignore[union-attr]
    documents = _documents(by_subject, vocabulary)
    accounts: list[Account] = []
    denials: list[tuple[str, str]] = []
    decisions: dict[tuple[str, str], str] = {}
    for iri, values in sorted(by_subject.items()):
        if iri.startswith(EDITORIAL):
            chosen, decided = values.get(CHUHAI + "chosen"), values.get(CHUHAI + "decidedProperty")
            if chosen and decided:
                decisions[values[_ABOUT][0], local(decided[0])] = chosen[0]
            continue
        denials.extend((iri, denied) for denied in values.get(_DENIES, ()))
        if _ABOUT_TYPE in values:
            accounts.append(_account(iri, values, documents))
    return Evidence(accounts, denials, decisions)


def _documents(by_subject: Mapping[str, _Terms], vocabulary: Vocabulary) -> dict[str, Document]:
    sources = {s: v for s, v in by_subject.items() if s.startswith(SOURCE) and "#" not in s}

    def ancestors(iri: str, seen: frozenset[str]) -> frozenset[str]:
        parents = frozenset(sources.get(iri, {}).get(_DERIVED, ())) - seen
        return seen.union(parents, *(ancestors(p, seen | parents) for p in sorted(parents)))

    return {
        iri: Document(
            iri=iri,
            publisher=next(iter(values.get(_PUBLISHER, ())), iri),
            published=next(iter(values.get(CHUHAI + "notAfter", ())), ""),
            official=any(vocabulary.concepts[local(k)].official for k in values.get(PREFIXES["dcterms"] + "type", ())),
            ancestors=ancestors(iri, frozenset({iri})),
        )
        for iri, values in sources.items()
    }


def _account(iri: str, values: _Terms, documents: Mapping[str, Document]) -> Account:
    own = {
        local(predicate): tuple(sorted(objects))
        for predicate, objects in values.items()
        if predicate.startswith(CHUHAI) and predicate not in _SAID
    }
    return Account(
        statement=iri,
        document=documents[iri.partition("#")[0]],
        about=values[_ABOUT][0],
        type=local(values[_ABOUT_TYPE][0]),
        kind=local(values[_KIND][0]),
        values=own,
    )
