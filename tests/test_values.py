"""Two accounts of one property: whether both can be true, how one stands beside the other, which is more precise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.figures import Figure
from graph.values import Values, beside, compatible, figure, precision, span, text
from ontology import CHUHAI, CONCEPT, ID, vocabulary

WORDS = vocabulary()


def containing(place: str) -> list[str]:
    """The place and what lies around it; of nothing but places."""
    return [f"{ID}place/{slug}" for slug in WORDS.containing(place.removeprefix(f"{ID}place/"))]


def held(**values: str) -> Values:
    return {name: (value if name != "toPlace" else f"{ID}place/{value}",) for name, value in values.items()}


def test_a_figure_is_read_with_its_qualifier_and_its_currency() -> None:
    assert figure(held(amount="5", currency="USD", amountQualifier=CONCEPT + "about"), "amount") == Figure(
        Decimal(5), "about", "USD"
    )
    assert figure(held(threshold="5", currency="USD"), "threshold") == Figure(Decimal(5), "", "USD")
    assert figure(held(count="5", currency="USD"), "count") == Figure(Decimal(5), "", "")
    assert figure(held(amount="5"), "amount") == Figure(Decimal(5), "", "")


def test_the_first_value_stands_for_a_property_and_a_span_has_the_bounds_that_are_there() -> None:
    assert (text({"name": ("a", "b")}, "name"), text({}, "name")) == ("a", None)
    assert span(held(heldTo="2025-01-01"), "validTo") == ("2025-01-01", None)


@pytest.mark.parametrize(
    ("head", "one", "other", "both"),
    [
        ("notBefore", held(notBefore="2025-01-01", notAfter="2025-12-31"), held(notBefore="2025-06-01"), True),
        ("notBefore", held(notAfter="2025-05-31"), held(notBefore="2025-06-01"), False),
        ("count", held(count="100", countQualifier=CONCEPT + "about"), held(count="97"), True),
        ("count", held(count="100"), held(count="97"), False),
        ("toPlace", held(toPlace="los-angeles"), held(toPlace="united-states"), True),
        ("toPlace", held(toPlace="singapore"), held(toPlace="united-states"), False),
        ("toPlace", held(toPlace="singapore"), {"toPlace": (ID + "organization/acme",)}, False),
        ("status", held(status="planned"), held(status="planned"), True),
        ("status", held(status="planned"), held(status="completed"), False),
        ("role", {"role": ("a", "b")}, {"role": ("a", "c")}, False),
    ],
)
def test_both_can_be_true_or_not(head: str, one: Values, other: Values, both: bool) -> None:
    assert compatible(head, one, other, containing) is both
    assert compatible(head, other, one, containing) is both


@pytest.mark.parametrize(
    ("holds", "says", "mark"),
    [
        (held(amount="5", currency="USD"), held(amount="5", currency="USD"), ""),
        (held(count="97", share="0.1"), held(count="100", countQualifier=CONCEPT + "about", share="0.1"), "≈"),
        (held(count="97", share="0.1"), held(count="90", share="0.1"), "≠"),
        (held(disputed=CHUHAI + "toPlace", toPlace="tokyo"), held(toPlace="singapore"), "≠"),
        (held(disputed=CHUHAI + "toPlace", toPlace="tokyo"), held(toPlace="japan"), ""),
        (held(count="97"), held(count="97", countQualifier=CONCEPT + "about"), "≈"),
        (held(count="100", countQualifier=CONCEPT + "about", share="0.1"), held(count="97", share="0.5"), "≠"),
        (held(amount="5", currency="USD"), held(amount="5", currency="CNY"), "≈"),
        (held(amount="5", currency="USD", amountQualifier=CONCEPT + "about"), held(amount="6", currency="CNY"), "≈"),
        (held(disputed=CHUHAI + "validTo", validTo="2024-12-31"), held(validTo="2024-12-31", heldTo="2024-01-01"), ""),
        (held(disputed=CHUHAI + "validTo", validTo="2024-12-31"), held(validTo="2026-12-31", heldTo="2025-01-01"), "≠"),
        (held(count="97", toPlace="tokyo"), held(count="97", toPlace="singapore"), ""),  # no source disputes it
        (held(toPlace="tokyo"), held(toPlace="singapore"), ""),
        (held(count="97"), held(count="97", share="0.1"), ""),
        (held(count="97"), held(toPlace="singapore"), ""),
    ],
)
def test_what_is_said_stands_beside_what_is_held(holds: Values, says: Values, mark: str) -> None:
    assert beside(holds, says, containing) == mark


@pytest.mark.parametrize(
    ("head", "finer", "coarser"),
    [
        (
            "notBefore",
            held(notBefore="2025-06-18", notAfter="2025-06-18"),
            held(notBefore="2025-06-01", notAfter="2025-06-30"),
        ),
        ("notBefore", held(notBefore="2025-06-01", dateText="June"), held(notBefore="2025-06-01")),
        ("count", held(count="1950"), held(count="2000")),
        ("toPlace", held(toPlace="los-angeles"), held(toPlace="united-states")),
    ],
)
def test_the_more_precise_sorts_first(head: str, finer: Values, coarser: Values) -> None:
    assert precision(head, finer, WORDS) < precision(head, coarser, WORDS)


def test_what_has_no_precision_is_equal() -> None:
    assert precision("status", held(status="planned"), WORDS) == precision("status", held(status="x"), WORDS)
