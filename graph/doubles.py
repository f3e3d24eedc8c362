"""Finds things that are likely in the register twice: one kind, and names that differ in nothing that tells apart."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal

from graph.build import Built
from graph.errors import Finding
from graph.names import key, without_legal_form
from graph.naming import simplified
from graph.terms import iri
from ontology import ALT_LABEL, CHUHAI, PREF_LABEL, REGISTER, compact

_NAMES = (PREF_LABEL, ALT_LABEL, CHUHAI + "formerName")


def doubles(built: Built) -> Iterable[Finding]:
    """Warnings about things of one kind that share a label, an alias or a former name.

    Names count as the same without case, width, spaces and punctuation, in Simplified or Traditional
    characters, and with or without a legal form (Ltd., 有限公司). Legal entities keep their legal form: there
    it does tell one from another.

    Args:
        built: a build of the facts.

    Returns:
        One warning for each pair, at the later entry.
    """
    first: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[tuple[str, str], Finding] = {}
    for quad in built.quads:
        if iri(quad.graph_name) != REGISTER or quad.predicate.value not in _NAMES:
            continue
        if not isinstance(quad.object, Literal):
            continue
        thing, name = iri(quad.subject), quad.object.value
        short = compact(thing)
        kind = short.partition("/")[0]
        other, its_name = first.setdefault((kind, _plain(name, kind)), (short, name))
        if other == short or (short, other) in found:
            continue
        file, line, statement = built.facts.origin[thing]
        problem = f"'{short}' has the name of '{other}'"
        if name != its_name:
            problem += f" ({name}, {its_name})"
        remedy = "merge them, or give each names of its own"
        found[short, other] = Finding(file, line, statement, problem, remedy, "warning")
    return found.values()


def _plain(name: str, kind: str) -> str:
    """What is left of a name when all is taken away that does not tell one thing from another."""
    name = name if name.isascii() else simplified(name)
    return key(name if kind == "legal-entity" else without_legal_form(name))
