"""Finds things that are likely in the register twice: of one kind, with one name in all that counts, or identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.errors import Finding
from graph.load import Facts
from graph.names import key, without_legal_form
from graph.naming import simplified
from ontology import REGISTER, compact

_NAMES = ("label", "alias", "formerName")


def doubles(facts: Facts) -> Iterable[Finding]:
    """Warnings about things of one kind that share a label, an alias or a former name, or an identifier of elsewhere.

    Names count as the same without case, width, spaces and punctuation, in Simplified or Traditional
    characters, and with or without a legal form (Ltd., 有限公司). Legal entities keep their legal form: there
    it does tell one from another.

    Args:
        facts: as they were loaded.

    Returns:
        One warning for each pair, at the later entry.
    """
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    found: dict[tuple[str, str], Finding] = {}
    for iri, what, plain, shown in _marks(facts):
        short = compact(iri)
        other, its_own = first.setdefault((short.partition("/")[0], what, plain), (short, shown))
        if other == short or (short, other) in found:
            continue
        problem = f"'{short}' has the {what} of '{other}'"
        if shown != its_own:
            problem += f" ({shown}, {its_own})"
        elif what == "exactMatch":
            problem += f" ({shown})"
        remedy = "merge them, or give each its own"
        found[short, other] = Finding(*facts.origin[iri], problem, remedy, "warning")
    return found.values()


def _marks(facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    """By what things of the register are told apart: IRI, "name" or "exactMatch", what is compared, as it stands."""
    for thing in (node for each in facts.documents if each["@id"] == REGISTER for node in each["@graph"]):
        kind = compact(thing["id"]).partition("/")[0]
        for texts in (thing[role] for role in _NAMES if role in thing):
            for given in texts.values():
                for name in [given] if isinstance(given, str) else given:
                    yield thing["id"], "name", _plain(name, kind), name
        for identifier in thing.get("exactMatch", ()):
            yield thing["id"], "exactMatch", identifier, identifier


def _plain(name: str, kind: str) -> str:
    """What is left of a name when all is taken away that does not tell one thing from another."""
    name = name if name.isascii() else simplified(name)
    return key(name if kind == "legal-entity" else without_legal_form(name))
