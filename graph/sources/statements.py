"""The statements of a template as lines of N-Quads: what a cell says is checked when it is first met, and kept.

A million rows repeat their dates, places and things. So the values of a statement are checked each for itself, by
graph.entries as in a fact file, and their part of the lines is kept for the next row. A statement that is not plainly
good is not made here: the whole of it goes to graph.entries, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from graph import dates, entries
from graph.entries import ENDS, SLUG, TOGETHER, Checker, Node
from graph.lines import escaped
from graph.quads import said
from graph.values import ARGUMENTS
from graph.yamlfile import Record
from ontology import CHUHAI, CONCEPT, ID, SOURCE, vocabulary

_KEPT = 50_000
"""Of how many values of a key the lines are kept."""

_OWN = frozenset({"key", "about", "type", "kind", "at"})
"""The keys of a statement that say nothing of what it tells of."""

_WORDS = "words"
"""The key of a text that is seldom the same in two rows."""

_PLACE = f"{ID}place/"
_ABOUT, _LOCATOR = f"<{CHUHAI}about> <{ID}", f"<{CHUHAI}locator>"


class Part(NamedTuple):
    """What some keys add to a statement: predicates with objects, and the IRIs to which they refer, but for places."""

    said: tuple[str, ...]
    needs: tuple[str, ...]


class Statement(NamedTuple):
    """A statement: its IRI, its lines, the IRI of what it tells of, and of all that it refers to but places."""

    iri: str
    lines: str
    about: str
    needs: list[str]


class Statements:
    """Makes the statements of one template."""

    def __init__(self, type_name: str, keys: list[str], checker: Checker) -> None:
        """Take the class of what is told of, and the keys that the template fills."""
        words = vocabulary()
        self._checker = checker
        self._places = words.places
        self._type = type_name
        self._kind = f"{words.slug_kinds[type_name]}/"
        kinds = words.concepts_of("statement-kind") - ARGUMENTS - {"denial"}
        head = {"@type": "Statement", "aboutType": CHUHAI + type_name}
        self._heads = {kind: said({**head, "statementKind": CONCEPT + kind}) for kind in kinds}
        self._kept: dict[tuple[str, ...], dict[Hashable, Part]] = {}
        self._references: dict[str, tuple[str, frozenset[str]]] = {}
        allowed = words.properties_of(type_name)
        for key in keys:
            if key not in _OWN and key != _WORDS:
                group = next((group for group in TOGETHER if key in group), (key,))
                self._kept[group if "attested" in keys or "attested" not in group else (key,)] = {}
                name = next((name for name in ENDS.get(key, (key,)) if name in allowed), "")
                if name and allowed[name].is_object and allowed[name].scheme is None:
                    kinds = frozenset(words.slug_kinds[target] for target in allowed[name].targets)
                    self._references[key] = said({name: ID})[0].removesuffix(">"), kinds - {"source"}
        begun = [each for each, _ in self._references.values()]
        self._keys = (
            _OWN.union({_WORDS}.intersection(keys), *self._kept) if len(begun) == len(set(begun)) else frozenset[str]()
        )

    def made(self, record: Record, source: str) -> Statement | None:
        """A statement of a source, by its slug; None where it is not plainly good."""
        key, kind, about, place = record["key"], record.get("kind"), record["about"], record["at"]
        if not (
            record.keys() <= self._keys
            and record["type"] == self._type
            and isinstance(kind, str)
            and kind in self._heads
            and isinstance(about, str)
            and about.startswith(self._kind)
            and SLUG.fullmatch(about, len(self._kind))
            and SLUG.fullmatch(key)
            and _is_text(place)
            and _is_text(record.get(_WORDS, place))
        ):
            return None
        found = {f"{_ABOUT}{about}>", f'{_LOCATOR} "{escaped(place)}"', *self._heads[kind]}
        needs = [ID + about]
        for group, kept in self._kept.items():
            values = record.get(group[0]) if len(group) == 1 else _several(record, group)
            if values is None:
                continue
            if isinstance(values, list):
                values = tuple(values)
            part = kept.get(values)
            if part is None:
                part = self._part(group, record)
                if part is None:
                    return None
                if len(kept) >= _KEPT:
                    kept.clear()
                kept[values] = part
            found.update(part.said)
            needs += part.needs
        if not _in_order(record):
            return None
        if words := record.get(_WORDS):
            found.update(said({"dateText": words}))
        iri, end = f"{SOURCE}{source}#{key}", f" <{SOURCE}{source}> ."
        lines = f"{end}\n<{iri}> ".join(sorted(found))
        return Statement(iri, f"<{iri}> {lines}{end}", ID + about, needs)

    def _part(self, group: tuple[str, ...], record: Record) -> Part | None:
        """What some keys of a record say; None where something is wrong with it."""
        own = Record(0)
        own.update((key, record[key]) for key in group if key in record)
        for key, value in own.items():
            if key in self._references and isinstance(value, str):
                begun, kinds = self._references[key]
                kind, _, slug = value.partition("/")
                if kind in kinds and SLUG.fullmatch(slug):
                    return Part((f"{begun}{value}>",), () if kind == "place" else (ID + value,))
        node: Node = {}
        entries.told(own, self._type, self._checker, node)
        findings, references = self._checker.taken()
        if findings:
            return None
        needs = tuple(iri for iri in references if iri.removeprefix(_PLACE) not in self._places)
        return Part(tuple(said({name: value for name, value in node.items() if value is not None})), needs)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _in_order(record: Record) -> bool:
    """Whether a situation ends after it begins, by days that were read before."""
    since, until = record.get("since"), record.get("until")
    return not (since and until) or (dates.parse(since).first or "") <= (dates.parse(until).last or "9999-12-31")


def _several(record: Record, group: tuple[str, ...]) -> Hashable | None:
    """What a record has under several keys; None for nothing."""
    values = [record.get(key) for key in group]
    if values.count(None) == len(values):
        return None
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
