"""Whether two accounts of one property can both be true, and which of them is more precise."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from graph.dates import Span
from graph.figures import Figure
from ontology import Vocabulary, local

Value = NamedNode | Literal
Values = Mapping[str, tuple[Value, ...]]

SPANS = {
    "notBefore": ("notBefore", "notAfter"),
    "validFrom": ("validFrom", "heldFrom"),
    "validTo": ("heldTo", "validTo"),
}
"""Properties that head a span of days, and its two bounds."""

FIGURES = frozenset({"amount", "count", "outOf", "share", "position", "threshold"})


def iri(term: object) -> str:
    """The IRI of a term; "" for a literal, a blank node or the default graph."""
    return term.value if isinstance(term, NamedNode) else ""


def text(values: Values, name: str) -> str | None:
    """The first value of a property as a string."""
    found = values.get(name)
    return found[0].value if found else None


def span(values: Values, head: str) -> Span:
    """The span of days that a property heads."""
    first, last = SPANS[head]
    return Span(text(values, first), text(values, last))


def figure(values: Values, head: str) -> Figure:
    """The figure that a property heads; it must be there."""
    qualifier = text(values, head + "Qualifier")
    currency = text(values, "currency") if head in ("amount", "threshold") else None
    return Figure(Decimal(text(values, head) or "0"), local(qualifier) if qualifier else "", currency or "")


def compatible(head: str, one: Values, other: Values, vocabulary: Vocabulary) -> bool:
    """Whether two accounts of the property `head` (and what is resolved with it) can both be true."""
    if head in SPANS:
        return span(one, head).overlaps(span(other, head))
    if head in FIGURES:
        return figure(one, head).compatible(figure(other, head))
    if "Place" in vocabulary.properties[head].targets:
        a, b = local(one[head][0].value), local(other[head][0].value)
        return a in vocabulary.containing(b) or b in vocabulary.containing(a)
    return one.get(head) == other.get(head)


def precision(head: str, values: Values, vocabulary: Vocabulary) -> tuple[Decimal | int | bool, ...]:
    """Sorts the more precise value first: fewer days, deeper places, finer figures."""
    if head in SPANS:
        return (span(values, head).days(), "dateText" not in values)
    if head in FIGURES:
        return figure(values, head).precision()
    if "Place" in vocabulary.properties[head].targets:
        return (-len(vocabulary.containing(local(values[head][0].value))),)
    return ()
