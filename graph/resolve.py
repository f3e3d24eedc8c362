"""What the project holds to be so: one value for each functional property, by seven rules.

1. Only facts and reported figures enter; a denial marks an event and removes nothing.
2. What belongs together is resolved together (both bounds and the words of a date; amount, currency
   and qualifier): the ontology's chuhai:resolvedWith says what.
3. Compatible values are no dispute (overlapping dates, places within one another, figures equal at
   the coarser rounding), and the most precise wins; so where the most precise agrees with all others.
4. Between incompatible values: an editorial decision; then an official document; then more
   independent sources; then the later document; last the slug of the source.
5. A status is a history: that of the latest document holds.
6. What is disputed is one property of one node, named by chuhai:disputed.
7. Tenures follow from moves and moves from tenures where one side is missing (see `derive`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad

from graph.values import ENTERING, Value, compatible, precision
from ontology import (
    CHUHAI,
    CONCEPT,
    EDITORIAL,
    ID,
    PREFIXES,
    RDF_TYPE,
    RESOLVED,
    SOURCE,
    local,
)
from ontology.records import Vocabulary

_PUBLISHER, _DERIVED = CHUHAI + "publisher", PREFIXES["prov"] + "wasDerivedFrom"
_GRAPH = NamedNode(RESOLVED)
_TYPE = NamedNode(RDF_TYPE)
_ABOUT, _ABOUT_TYPE, _KIND = CHUHAI + "about", CHUHAI + "aboutType", CHUHAI + "statementKind"
_DENIES = CHUHAI + "denies"


@dataclass(frozen=True)
class Document:
    """What the rules need to know of one source."""

    iri: str
    publisher: str
    published: str
    official: bool
    ancestors: frozenset[str]


@dataclass(frozen=True)
class Account:
    """What one statement says of one node: its values by property name."""

    statement: str
    document: Document
    about: str
    type: str
    kind: str
    values: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True)
class Evidence:
    """Everything the rules work on, read from the source and editorial graphs."""

    accounts: Sequence[Account]
    denials: Sequence[tuple[str, str]]
    """Pairs of a denying statement and the IRI (event or statement) that it denies."""
    decisions: Mapping[tuple[str, str], str]
    """From a node and a property name to the statement that the editors chose."""


@dataclass
class Node:
    """A resolved node: its class, its values, which properties are disputed, from what it was derived."""

    iri: str
    type: str
    values: dict[str, tuple[Value, ...]]
    disputed: tuple[str, ...] = ()
    denied_in: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    bounded_by: tuple[str, ...] = ()

    def quads(self) -> Iterable[Quad]:
        """The node as quads of the resolved graph."""
        subject = NamedNode(self.iri)
        yield Quad(subject, _TYPE, NamedNode(CHUHAI + self.type), _GRAPH)
        for name, values in self.values.items():
            for value in values:
                yield Quad(subject, NamedNode(CHUHAI + name), value, _GRAPH)
        marks = (
            (CHUHAI + "disputed", [CHUHAI + name for name in self.disputed]),
            (CHUHAI + "deniedIn", self.denied_in),
            (_DERIVED, self.derived_from),
            (CHUHAI + "boundedBy", self.bounded_by),
        )
        for predicate, objects in marks:
            for target in objects:
                yield Quad(subject, NamedNode(predicate), NamedNode(target), _GRAPH)


def read_evidence(quads: Iterable[Quad], vocabulary: Vocabulary) -> Evidence:
    """Gather statements, denials and decisions from the quads of source and editorial graphs."""
    by_subject: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        by_subject[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[union-attr, arg-type]
    documents = _documents(by_subject, vocabulary)
    accounts: list[Account] = []
    denials: list[tuple[str, str]] = []
    decisions: dict[tuple[str, str], str] = {}
    for iri, values in sorted(by_subject.items()):
        if iri.startswith(EDITORIAL):
            chosen, decided = values.get(CHUHAI + "chosen"), values.get(CHUHAI + "decidedProperty")
            if chosen and decided:
                decisions[values[_ABOUT][0].value, local(decided[0].value)] = chosen[0].value
            continue
        denials.extend((iri, denied.value) for denied in values.get(_DENIES, ()))
        if _ABOUT_TYPE in values:
            accounts.append(_account(iri, values, documents))
    return Evidence(accounts, denials, decisions)


def _documents(by_subject: Mapping[str, Mapping[str, list[Value]]], vocabulary: Vocabulary) -> dict[str, Document]:
    sources = {s: v for s, v in by_subject.items() if s.startswith(SOURCE) and "#" not in s}

    def ancestors(iri: str, seen: frozenset[str]) -> frozenset[str]:
        parents = {v.value for v in sources.get(iri, {}).get(_DERIVED, ())} - seen
        return seen.union(parents, *(ancestors(p, seen | parents) for p in sorted(parents)))

    found = {}
    for iri, values in sources.items():
        kind = values.get(PREFIXES["dcterms"] + "type", [])
        found[iri] = Document(
            iri=iri,
            publisher=next((v.value for v in values.get(_PUBLISHER, ())), iri),
            published=next((v.value for v in values.get(CHUHAI + "notAfter", ())), ""),
            official=any(vocabulary.concepts[local(k.value)].official for k in kind),
            ancestors=ancestors(iri, frozenset({iri})),
        )
    return found


def _account(iri: str, values: Mapping[str, list[Value]], documents: Mapping[str, Document]) -> Account:
    own = {
        local(predicate): tuple(sorted(objects, key=str))
        for predicate, objects in values.items()
        if predicate.startswith(CHUHAI) and predicate not in (_ABOUT, _ABOUT_TYPE, _KIND, _DENIES)
    }
    for name in ("locator", "speaker", "paraphrase"):
        own.pop(name, None)
    return Account(
        statement=iri,
        document=documents[iri.partition("#")[0]],
        about=values[_ABOUT][0].value,
        type=local(values[_ABOUT_TYPE][0].value),
        kind=local(values[_KIND][0].value),
        values=own,
    )


def resolve(evidence: Evidence, vocabulary: Vocabulary) -> list[Node]:
    """Apply rules 1 to 6.

    Returns:
        One node for each thing, event or situation that a fact or reported figure tells of, by IRI.
    """
    told: dict[str, list[Account]] = defaultdict(list)
    for account in evidence.accounts:
        if account.kind in ENTERING:
            told[account.about].append(account)
    about = {account.statement: account.about for account in evidence.accounts}
    denied: dict[str, set[str]] = defaultdict(set)
    for denial, target in evidence.denials:
        denied[about.get(target, target)].add(denial)
    return [
        _resolve_node(iri, accounts, evidence.decisions, tuple(sorted(denied[iri])), vocabulary)
        for iri, accounts in sorted(told.items())
    ]


def _resolve_node(
    iri: str,
    accounts: Sequence[Account],
    decisions: Mapping[tuple[str, str], str],
    denied_in: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Node:
    node = Node(iri, accounts[0].type, {}, denied_in=denied_in)
    disputed = []
    for head, members in _groups(accounts, vocabulary).items():
        tellers = [a for a in accounts if any(m in a.values for m in members)]
        if not vocabulary.properties[head].functional:
            every = {v for a in tellers for m in members for v in a.values.get(m, ())}
            node.values[head] = tuple(sorted(every, key=str))
            continue
        if head == "status":
            chosen = max(tellers, key=lambda a: (a.document.published, a.document.iri, a.statement))
        else:
            chosen, is_disputed = _choose(head, tellers, decisions.get((iri, head)), vocabulary)
            if is_disputed:
                disputed.append(head)
        node.values.update({m: chosen.values[m] for m in members if m in chosen.values})
    node.disputed = tuple(disputed)
    return node


def _groups(accounts: Sequence[Account], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The properties that the accounts use, each under the one it is resolved with."""
    situation = vocabulary.is_a(accounts[0].type, "Situation")
    criterion = vocabulary.is_a(accounts[0].type, "Criterion")
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for account in accounts for name in account.values}):
        head = vocabulary.properties[name].resolved_with or name
        if name == "dateText" and situation:
            head = "validFrom"
        if name == "currency" and criterion:
            head = "threshold"
        groups[head].append(name)
    return dict(sorted(groups.items()))


def _choose(
    head: str, tellers: Sequence[Account], decision: str | None, vocabulary: Vocabulary
) -> tuple[Account, bool]:
    """The account whose value holds, and whether the values are incompatible (rules 3 and 4)."""

    def containing(place: str) -> list[str]:
        return [f"{ID}place/{slug}" for slug in vocabulary.containing(local(place))]

    agree = {
        (a.statement, b.statement): compatible(head, a.values, b.values, containing)
        for a, b in combinations(tellers, 2)
    }

    def agrees(a: Account, b: Account) -> bool:
        return a is b or agree.get((a.statement, b.statement), agree.get((b.statement, a.statement), False))

    def finest(candidates: Sequence[Account]) -> Account:
        return min(
            candidates,
            key=lambda a: (precision(head, a.values, vocabulary), *_reversed(a.document.published), a.statement),
        )

    def standing(account: Account) -> tuple[bool, int, str, str, str]:
        supporters = {b.document for b in tellers if agrees(account, b)}
        document = account.document
        return (document.official, independent(supporters), document.published, document.iri, account.statement)

    precise = finest(tellers)
    if all(agrees(precise, teller) for teller in tellers):
        best = max(tellers, key=standing)
        unit = best.values.get("currency")
        return finest([a for a in tellers if a.values.get("currency") == unit]), False
    if decision is not None:
        for account in tellers:
            if account.statement == decision:
                return account, True
    best = max(tellers, key=standing)
    allies = [a for a in tellers if agrees(best, a)]
    if all(agrees(a, b) for a, b in combinations(allies, 2)):
        return finest(allies), True
    return best, True


def _reversed(text: str) -> tuple[int, ...]:
    """Sorts later dates first where smaller keys win; undated last."""
    return tuple(-ord(c) for c in text) or (0,)


def independent(documents: Iterable[Document]) -> int:
    """How many sources stand on their own: other publishers, no common ancestor by derivation."""
    groups: list[tuple[set[str], set[str]]] = []
    for document in sorted(documents, key=lambda d: d.iri):
        publishers, ancestors = {document.publisher}, set(document.ancestors)
        rest = []
        for group in groups:
            if group[0] & publishers or group[1] & ancestors:
                publishers |= group[0]
                ancestors |= group[1]
            else:
                rest.append(group)
        groups = [*rest, (publishers, ancestors)]
    return len(groups)


def concept(slug: str) -> NamedNode:
    """The IRI of a concept as a term."""
    return NamedNode(CONCEPT + slug)


def day(text: str) -> Literal:
    """An xsd:date literal."""
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + "date"))
