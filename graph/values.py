"""Whether two accounts of one property can both be true, and which of them is more precise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from graph.dates import Span
from graph.figures import Figure
from ontology import ID, local

if TYPE_CHECKING:
    from ontology.records import Vocabulary

_PLACE = ID + "place/"

Values = Mapping[str, tuple[str, ...]]
"""What a node or statement holds, by property name: IRIs, and literals by their lexical form."""

SPANS = {
    "notBefore": ("notBefore", "notAfter"),
    "validFrom": ("validFrom", "heldFrom"),
    "validTo": ("heldTo", "validTo"),
}
"""Properties that head a span of days, and its two bounds."""

ENTERING = frozenset({"fact", "reported-figure"})
"""Kinds of statement from which a resolved value may come."""

ARGUMENTS = frozenset({"opinion", "causal", "forecast"})
"""Kinds of statement that are argued, not reported: they never become edges."""

FIGURES = frozenset({"amount", "count", "outOf", "share", "position", "threshold"})


def text(values: Values, name: str) -> str | None:
    """The first value of a property; None where there is none."""
    found = values.get(name)
    return found[0] if found else None


def span(values: Values, head: str) -> Span:
    """The span of days that a property heads."""
    first, last = SPANS[head]
    return Span(text(values, first), text(values, last))


def figure(values: Values, head: str) -> Figure:
    """The figure that a property heads; it must be there."""
    qualifier = text(values, head + "Qualifier")
    currency = text(values, "currency") if head in ("amount", "threshold") else None
    return Figure(Decimal(values[head][0]), local(qualifier) if qualifier else "", currency or "")


def compatible(head: str, one: Values, other: Values, containing: Callable[[str], Collection[str]]) -> bool:
    """Whether two accounts of the property `head` (and what is resolved with it) can both be true.

    Args:
        head: a property name.
        one, other: what the accounts hold.
        containing: gives the IRIs of a place and of the places around it.
    """
    if head in SPANS:
        return span(one, head).overlaps(span(other, head))
    if head in FIGURES:
        return figure(one, head).compatible(figure(other, head))
    a, b = one[head][0], other[head][0]
    if a.startswith(_PLACE) and b.startswith(_PLACE):
        return a in containing(b) or b in containing(a)
    return one.get(head) == other.get(head)


def beside(held: Values, said: Values, containing: Callable[[str], Collection[str]]) -> str:
    """How what one source says stands beside what is held.

    Returns:
        "≠" where both cannot be true, "≈" where a figure differs and yet can be true, else "".
    """
    if "disputed" not in held and FIGURES.isdisjoint(held):
        return ""
    disputed = {local(mark) for mark in held.get("disputed", ())}
    shared = [head for head in said if head in disputed or (head in FIGURES and head in held)]
    shared = [
        head
        for head in shared
        if any(held.get(name) != said.get(name) for name in (head, head + "Qualifier", "currency"))
    ]
    if not all(compatible(head, held, said, containing) for head in shared):
        return "≠"
    same = all(figure(held, head) == figure(said, head) for head in shared if head in FIGURES)
    return "" if same else "≈"


def precision(head: str, values: Values, vocabulary: Vocabulary) -> tuple[Decimal | int | bool, ...]:
    """Sorts the more precise value first: fewer days, deeper places, finer figures."""
    if head in SPANS:
        return (span(values, head).days(), "dateText" not in values)
    if head in FIGURES:
        return figure(values, head).precision()
    if "Place" in vocabulary.properties[head].targets:
        return (-len(vocabulary.containing(local(values[head][0]))),)
    return ()
