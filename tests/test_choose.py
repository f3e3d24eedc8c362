"""Rules 2 to 5 on accounts alone: which of several holds, whether they are incompatible, and which rule chose."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.evidence import Account, Document
from graph.resolve import Node, choose, groups, resolve_node
from graph.values import Values
from ontology import CHUHAI, CONCEPT, ID, vocabulary

MOVE = ID + "event/acme-move"


def told(
    slug: str, published: str = "2025-01-01", official: bool = False, publisher: str = "", **values: str
) -> Account:
    """One statement of a document of its own, by a publisher of its own unless told otherwise."""
    document = Document(slug, publisher or slug, published, official, frozenset({slug}))
    held: Values = {name: (value,) for name, value in values.items()}
    return Account(f"{slug}#one", document, MOVE, "HeadquartersMove", "fact", held)


def dated(
    slug: str, first: str, last: str, published: str = "2025-01-01", official: bool = False, **more: str
) -> Account:
    return told(slug, published, official, notBefore=first, notAfter=last, **more)


def put(slug: str, place: str, published: str = "2025-01-01", official: bool = False, publisher: str = "") -> Account:
    return told(slug, published, official, publisher, toPlace=f"{ID}place/{place}")


def paid(slug: str, amount: str, currency: str, published: str = "2025-01-01", qualifier: str = "") -> Account:
    more = {"amountQualifier": CONCEPT + qualifier} if qualifier else {}
    return told(slug, published, amount=amount, currency=currency, **more)


def staged(slug: str, status: str, published: str, by: str = "") -> Account:
    return told(slug, published, status=CONCEPT + status, **({"statusBy": by} if by else {}))


YEAR, JUNE, DAY = ("2025-01-01", "2025-12-31"), ("2025-06-01", "2025-06-30"), ("2025-06-18", "2025-06-18")
JULY = ("2025-07-01", "2025-07-31")
FINEST, LATER, OFFICIAL = "most precise of compatible values", "later document", "official document"
STATUS, MORE, SLUG = "latest status", "more independent sources", "name of the source"


@pytest.mark.parametrize(
    ("head", "tellers", "held", "disputed", "rule"),
    [
        ("toPlace", [put("a", "tokyo")], "a", False, "only account"),
        # status: the latest by its own day, or else by that of its document; then by the name of the statement
        ("status", [staged("a", "planned", "2025-02"), staged("b", "completed", "2025-01")], "a", False, STATUS),
        ("status", [staged("a", "planned", "2026", "2025"), staged("b", "completed", "2025-02")], "b", False, STATUS),
        ("status", [staged("a", "planned", "2025-02"), staged("b", "completed", "2025-02")], "b", False, STATUS),
        # compatible: the most precise, then the later document, then the name
        ("notBefore", [dated("b", *YEAR, official=True), dated("a", *DAY)], "a", False, FINEST),
        ("notBefore", [dated("a", *JUNE, published="2025"), dated("b", *JUNE, published="2024")], "a", False, FINEST),
        ("notBefore", [dated("a", *JUNE, published=""), dated("b", *JUNE, published="1999")], "b", False, FINEST),
        ("notBefore", [dated("b", *JUNE), dated("a", *JUNE)], "a", False, FINEST),
        ("notBefore", [dated("a", *JUNE), dated("b", *JUNE, dateText="June")], "b", False, FINEST),
        ("toPlace", [put("a", "los-angeles"), put("b", "united-states", "2026")], "a", False, FINEST),
        # figures in two currencies are compatible; the best account says which currency holds, and of it the finest
        ("amount", [paid("d", "70000000", "USD"), paid("b", "500000000", "CNY", "2026"),
                    paid("c", "499000000", "CNY", qualifier="about")], "b", False, FINEST),
        # incompatible: an official document, more independent sources, the later one, the name
        ("toPlace", [put("b", "tokyo", "2026"), put("a", "paris", official=True)], "a", True, OFFICIAL),
        ("toPlace", [put("c", "tokyo", "2026"), put("a", "paris"), put("b", "paris")], "a", True, MORE),
        ("toPlace", [put("c", "tokyo", "2026"), put("a", "paris"), put("b", "paris", publisher="a")], "c", True, LATER),
        ("toPlace", [put("b", "tokyo"), put("a", "paris", "2025-02")], "a", True, LATER),
        ("toPlace", [put("a", "tokyo", "2026", True), put("b", "paris", "2025", True), put("c", "beijing")],
         "a", True, LATER),
        ("toPlace", [put("a", "tokyo"), put("b", "paris")], "b", True, SLUG),
        # the rule is the one by which the winner stands before what it cannot be true beside
        ("notBefore", [dated("a", *JUNE), dated("b", *DAY, published="2026"), dated("c", *JULY)], "b", True, MORE),
        # of those that agree with the winner the most precise holds, if they agree with one another
        ("notBefore", [dated("b", *JUNE, official=True), dated("a", *DAY), dated("c", *JULY)], "a", True, OFFICIAL),
        ("notBefore", [dated("a", *JUNE), dated("b", *YEAR), dated("c", *JULY, published="2026")], "b", True, MORE),
        ("notBefore", [dated("x", *YEAR, official=True), dated("a", *JUNE), dated("b", *JULY)], "x", True, OFFICIAL),
    ],
)  # fmt: skip
def test_one_account_holds_by_a_rule(head: str, tellers: list[Account], held: str, disputed: bool, rule: str) -> None:
    for order in permutations(tellers):
        choice = choose(head, order, None, vocabulary())
        assert (choice.held.document.iri, choice.disputed, choice.rule) == (held, disputed, rule)


def test_a_decision_holds_between_incompatible_values_and_only_there() -> None:
    tokyo, paris = put("a", "tokyo"), put("b", "paris", official=True)
    assert choose("toPlace", [tokyo, paris], "a#one", vocabulary()) == (tokyo, True, "decision of the editors")
    assert choose("toPlace", [tokyo, paris], "gone#one", vocabulary()).held == paris
    fine, coarse = put("a", "los-angeles"), put("b", "united-states")
    assert choose("toPlace", [fine, coarse], "b#one", vocabulary()) == (fine, False, FINEST)


def test_between_two_statements_of_one_document_the_name_decides() -> None:
    one = put("a", "tokyo")
    two = one._replace(statement="a#two", values={"toPlace": (ID + "place/paris",)})
    assert choose("toPlace", [two, one], None, vocabulary()) == (two, True, SLUG)


def test_what_belongs_together_is_resolved_together() -> None:
    account = dated("a", *JUNE, dateText="June", fromPlace=ID + "place/tokyo")
    together = {"fromPlace": ["fromPlace"], "notBefore": ["dateText", "notAfter", "notBefore"]}
    assert list(groups([account], vocabulary()).items()) == list(together.items())
    tenure = told("a", dateText="June", place=ID + "place/tokyo", validFrom="2025-06-01")
    tenure = tenure._replace(type="HeadquartersTenure")
    assert groups([tenure], vocabulary()) == {"place": ["place"], "validFrom": ["dateText", "validFrom"]}
    criterion = told("a", currency="USD", metric=CONCEPT + "revenue", threshold="1")._replace(type="Criterion")
    assert groups([criterion], vocabulary()) == {"metric": ["metric"], "threshold": ["currency", "threshold"]}
    assert groups([paid("a", "1", "USD")], vocabulary()) == {"amount": ["amount", "currency"]}


def test_a_node_takes_each_group_from_one_account_and_says_what_is_disputed() -> None:
    one = dated("a", *JUNE, dateText="June", toPlace=ID + "place/tokyo")
    two = dated("b", *JULY, published="2026", toPlace=ID + "place/paris", fromPlace=ID + "place/beijing")
    found = resolve_node(MOVE, [one, two], {(MOVE, "toPlace"): "a#one"}, ("c#one",), vocabulary())
    assert found == Node(
        MOVE,
        "HeadquartersMove",
        {
            "fromPlace": (ID + "place/beijing",),
            "notAfter": ("2025-07-31",),
            "notBefore": ("2025-07-01",),
            "toPlace": (ID + "place/tokyo",),
        },
        disputed=("notBefore", "toPlace"),
        denied_in=("c#one",),
    )


def test_a_property_that_may_have_several_values_keeps_all_in_order() -> None:
    roles = [told(slug)._replace(type="Membership", values={"role": tuple(slug)}) for slug in ("feda", "fcb")]
    assert resolve_node(MOVE, roles, {}, (), vocabulary()).values == {"role": tuple("abcdef")}


def test_what_a_node_holds_is_sorted_and_leaves_out_what_is_empty() -> None:
    node = Node(MOVE, "HeadquartersMove", {"subject": ("b", "a"), "toPlace": ()}, ("toPlace", "notBefore"), ("c",))
    assert node.held() == {
        "subject": ("a", "b"),
        "type": (CHUHAI + "HeadquartersMove",),
        "disputed": (CHUHAI + "notBefore", CHUHAI + "toPlace"),
        "deniedIn": ("c",),
    }
    derived = Node(MOVE, "HeadquartersMove", {}, derived_from=("d",), bounded_by=("e",))
    assert derived.held() == {"type": (CHUHAI + "HeadquartersMove",), "wasDerivedFrom": ("d",), "boundedBy": ("e",)}
