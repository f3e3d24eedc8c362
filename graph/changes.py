"""What differs between two versions of the facts: statements, their editorial status, and what holds.

Both versions are read with the rules and the ontology of today, so that every difference comes from the
facts. Answers competency question 48: which statements changed editorial status since a release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal

from graph.build import Built, build
from graph.entries import Node as Entry
from graph.errors import DataError
from graph.evidence import Account, Evidence
from graph.imports import imports
from graph.resolve import Node
from graph.terms import iri
from graph.values import ENTERING, SPANS, compatible
from ontology import (
    EDITORIAL,
    ID,
    PREF_LABEL,
    REGISTER,
    RESOLVED,
    SOURCE,
    compact,
    in_language,
    local,
    vocabulary,
)

STATUS = ("withdrawn", "restored", "reclassified", "overruled", "upheld", "denied", "denial lifted")
"""Changes of the editorial status of a statement or, for denials, of what it tells of."""

_KINDS = ("new", "removed", *STATUS, "changed", "re-decided", "newly held", "no longer held")
"""Every kind of change, in the order of the answer."""

_UNCOMPARED = ("id", "@type")


class Change(NamedTuple):
    """One difference.

    `of` is the IRI of a source, statement, thing or node; `old` and `new` are values, IRIs in full, empty
    where there is none; the statements behind a resolved value are those that tell it.
    """

    change: str
    of: str
    property: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    old_statements: tuple[str, ...] = ()
    new_statements: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Version:
    """One version of the facts, built, and how many statements each import beside them makes, with their hash."""

    built: Built
    imported: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Sources, statements and registered things by IRI, without what is withdrawn."""
        documents = (d for d in self.built.facts.documents if d["@id"] != EDITORIAL)
        return {entry["id"]: entry for document in documents for entry in document["@graph"]}

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Day and reason of each withdrawal, by statement."""
        found = {}
        for document in self.built.facts.documents:
            for entry in document["@graph"]:
                if document["@id"] == EDITORIAL and "withdrawn" in entry:
                    found[entry["withdrawn"]] = f"{entry['decided']}: {in_language(entry['reason'], 'en')}"
        return found

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Resolved nodes by IRI."""
        return {node.iri: node for node in self.built.nodes}

    @cached_property
    def accounts(self) -> Mapping[str, list[Account]]:
        """Statements of fact and reported figures by what they are about."""
        found = Evidence(self.built.index.connection).accounts()
        return {about: [a for a in accounts if a.kind in ENTERING] for about, accounts in found}

    @cached_property
    def abouts(self) -> frozenset[str]:
        """Everything that some statement is about, rumoured or not."""
        return frozenset(about for entry in self.entries.values() for about in _several(entry.get("about")))

    @cached_property
    def overruled(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """By statement and property: the value that holds instead of the statement's own."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for node in self.nodes.values():
            for account in self.accounts.get(node.iri, ()):
                for head in node.disputed:
                    if _tells(account, head) and not compatible(head, account.values, node.values, _containing):
                        found[account.statement, head] = node.values.get(head, ())
        return found

    def behind(self, node: Node, name: str) -> tuple[str, ...]:
        """The statements that tell the value which holds; what a derived value follows from."""
        value = set(node.values.get(name, ()))
        tellers = (a.statement for a in self.accounts.get(node.iri, ()) if value & set(a.values.get(name, ())))
        return tuple(sorted(tellers)) or (*node.derived_from, *node.bounded_by)

    def labels(self, language: str) -> Callable[[str], str]:
        """Labels of things by IRI; the short form where there is none."""
        found: dict[str, dict[str, str]] = {}
        for quad in self.built.quads:
            if quad.predicate.value == PREF_LABEL and iri(quad.graph_name) in (RESOLVED, REGISTER):
                assert isinstance(quad.object, Literal)
                found.setdefault(iri(quad.subject), {})[quad.object.language or ""] = quad.object.value
        return lambda name: in_language(found.get(name, {}), language) or compact(name)


def read(folder: Path, name: str) -> Version:
    """Build a version of the facts.

    Args:
        folder: of facts.
        name: how a message calls it.

    Raises:
        DataError: if its facts are not valid today; findings name the version with the file.
    """
    try:
        told = {SOURCE + each.slug: each.manifest["statements"] for each in imports(folder)}
        return Version(build(folder), {iri: (f"{s['count']} statements", s["sha256"]) for iri, s in told.items()})
    except DataError as error:
        raise DataError([f._replace(file=f"{name}: {f.file}") for f in error.findings]) from None


def compare(old: Version, new: Version) -> list[Change]:
    """Every difference between two versions, by kind of change and then by what changed."""
    found = [*_entries(old, new), *_imports(old, new), *_standing(old, new), *_held(old, new)]
    return sorted(found, key=lambda c: (_KINDS.index(c.change), c.of, c.property))


def _entries(old: Version, new: Version) -> Iterator[Change]:
    """Sources, statements and things that came, went or read otherwise."""
    for name in old.entries.keys() | new.entries.keys():
        before, after = old.entries.get(name), new.entries.get(name)
        if after is None:
            if name in new.reasons:
                yield Change("withdrawn", name, new=(new.reasons[name],))
            else:
                yield Change("removed", name, "about", old=_shown(before, "about"))
        elif before is None:
            if name in old.reasons:
                yield Change("restored", name, old=(old.reasons[name],))
            else:
                yield Change("new", name, "about", new=_shown(after, "about"))
        else:
            for key in sorted({*before, *after} - {*_UNCOMPARED}):
                if before.get(key) != after.get(key):
                    change = "reclassified" if key == "statementKind" else "changed"
                    yield Change(change, name, key, _shown(before, key), _shown(after, key))


def _imports(old: Version, new: Version) -> Iterator[Change]:
    """Imports that came, went or were replaced, each as a whole."""
    for name in old.imported.keys() | new.imported.keys():
        before, after = old.imported.get(name, ()), new.imported.get(name, ())
        if before != after:
            change = "new" if not before else "removed" if not after else "changed"
            yield Change(change, name, "import", before[:1], after[:1])


def _standing(old: Version, new: Version) -> Iterator[Change]:
    """Statements in both versions whose value holds in one of them only."""
    for statement, head in old.overruled.keys() ^ new.overruled.keys():
        if statement in old.entries and statement in new.entries:
            change = "overruled" if (statement, head) in new.overruled else "upheld"
            slot = (statement, head)
            yield Change(change, statement, head, old.overruled.get(slot, ()), new.overruled.get(slot, ()))


def _held(old: Version, new: Version) -> Iterator[Change]:
    """Nodes of which another value holds, and nodes told of in both versions that hold in one only."""
    for name in old.nodes.keys() | new.nodes.keys():
        before, after = old.nodes.get(name), new.nodes.get(name)
        if before is None or after is None:
            if name in old.abouts and name in new.abouts:
                yield Change("newly held" if before is None else "no longer held", name)
            continue
        for key in sorted(before.values.keys() | after.values.keys()):
            values = before.values.get(key, ()), after.values.get(key, ())
            if values[0] != values[1]:
                yield Change("re-decided", name, key, *values, old.behind(before, key), new.behind(after, key))
        if before.disputed != after.disputed:
            yield Change("re-decided", name, "disputed", before.disputed, after.disputed)
        if before.denied_in != after.denied_in:
            change = "denied" if set(after.denied_in) - set(before.denied_in) else "denial lifted"
            yield Change(change, name, "deniedIn", before.denied_in, after.denied_in)


def _tells(account: Account, head: str) -> bool:
    return any(name in account.values for name in SPANS.get(head, (head,)))


def _containing(place: str) -> list[str]:
    return [f"{ID}place/{slug}" for slug in vocabulary().containing(local(place))]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _shown(entry: Entry | None, key: str) -> tuple[str, ...]:
    """A value of an entry as texts."""
    value = None if entry is None else entry.get(key)
    if isinstance(value, dict):
        pairs = ((language, text) for language, texts in value.items() for text in _several(texts))
        return tuple(f"{language}: {text}" for language, text in pairs)
    return tuple(map(str, _several(value)))
