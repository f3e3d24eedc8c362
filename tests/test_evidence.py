"""What the rules of resolution work on, read from an index made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from graph import rows
from graph.evidence import Account, Document, Evidence
from graph.index import make_room
from ontology import CHUHAI, CONCEPT, ID, PREFIXES, SOURCE

MOVE, ROUND = ID + "event/acme-move", ID + "event/acme-round"
DAILY = ID + "organization/daily"


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    make_room(connection)
    yield connection
    connection.close()


def published(
    index: sqlite3.Connection, slug: str, *copies: str, publisher: str = "", kind: str = "news-report"
) -> None:
    terms = {
        PREFIXES["dcterms"] + "type": [f"<{CONCEPT}{kind}>"],
        CHUHAI + "publisher": [f"<{publisher}>"] if publisher else [],
        CHUHAI + "notAfter": ['"2025-01-31"'],
        PREFIXES["prov"] + "wasDerivedFrom": [f"<{SOURCE}{each}>" for each in copies],
    }
    rows.insert(index, [rows.document(SOURCE + slug, {name: held for name, held in terms.items() if held})])


def tell(
    index: sqlite3.Connection, key: str, *about: str, kind: str = "fact", type_: str = "HeadquartersMove", **more: str
) -> None:
    terms = {
        CHUHAI + "about": [f"<{each}>" for each in about],
        CHUHAI + "statementKind": [f"<{CONCEPT}{kind}>"],
        CHUHAI + "aboutType": [f"<{CHUHAI}{type_}>"] if type_ else [],
        **{CHUHAI + name: [each] for name, each in more.items()},
    }
    rows.insert(index, rows.statement(SOURCE + key, {name: held for name, held in terms.items() if held}))


def document(slug: str, *ancestors: str, publisher: str = "", official: bool = False) -> Document:
    kin = frozenset(SOURCE + each for each in (slug, *ancestors))
    return Document(SOURCE + slug, publisher or SOURCE + slug, "2025-01-31", official, kin)


def documents(index: sqlite3.Connection) -> dict[str, Document]:
    """The document of each account, by the name of its statement."""
    return {a.statement.removeprefix(SOURCE): a.document for _, told in Evidence(index).accounts() for a in told}


def test_accounts_stand_by_node_and_by_statement_with_what_each_says(index: sqlite3.Connection) -> None:
    published(index, "a")
    published(index, "b")
    tell(index, "b#one", ROUND, MOVE, type_="FundingRound", kind="rumour")
    tell(index, "a#two", MOVE, toPlace=f"<{ID}place/tokyo>", notBefore='"2025-06-01"')
    a, b = document("a"), document("b")
    values = {"notBefore": ("2025-06-01",), "toPlace": (ID + "place/tokyo",)}
    assert list(Evidence(index).accounts()) == [
        (
            MOVE,
            [
                Account(SOURCE + "a#two", a, MOVE, "HeadquartersMove", "fact", values),
                Account(SOURCE + "b#one", b, MOVE, "FundingRound", "rumour", {}),
            ],
        ),
        (ROUND, [Account(SOURCE + "b#one", b, ROUND, "FundingRound", "rumour", {})]),
    ]


def test_what_says_nothing_of_a_class_is_no_account(index: sqlite3.Connection) -> None:
    published(index, "a")
    tell(index, "a#one", MOVE, type_="")
    tell(index, "a#two", ROUND, type_="")
    tell(index, "a#three", ROUND, type_="FundingRound")
    assert [(about, len(told)) for about, told in Evidence(index).accounts()] == [(ROUND, 1)]


def test_a_document_stands_for_its_publisher_or_for_itself(index: sqlite3.Connection) -> None:
    published(index, "a", publisher=DAILY)
    published(index, "b", kind="exchange-filing")
    for key in ("a#one", "b#one"):
        tell(index, key, MOVE)
    assert documents(index) == {
        "a#one": document("a", publisher=DAILY),
        "b#one": document("b", official=True),
    }


def test_a_copy_descends_from_all_that_it_was_made_of(index: sqlite3.Connection) -> None:
    published(index, "wire", "gone")
    published(index, "a", "wire")
    published(index, "b", "a", "other")
    published(index, "other")
    published(index, "alone")
    for slug in ("wire", "a", "b", "other", "alone"):
        tell(index, f"{slug}#one", MOVE)
    assert documents(index) == {
        "wire#one": document("wire", "gone"),
        "a#one": document("a", "wire", "gone"),
        "b#one": document("b", "a", "other", "wire", "gone"),
        "other#one": document("other"),
        "alone#one": document("alone"),
    }


def test_documents_that_copy_one_another_descend_from_one_another(index: sqlite3.Connection) -> None:
    for slug, other in ("ab", "bc", "ca"):
        published(index, slug, other)
        tell(index, f"{slug}#one", MOVE)
    kin = frozenset(SOURCE + each for each in "abc")
    assert {each.ancestors for each in documents(index).values()} == {kin}


def test_denials_stand_by_what_is_denied(index: sqlite3.Connection) -> None:
    tell(index, "a#one", MOVE)
    tell(index, "b#one", MOVE, kind="denial", denies=f"<{MOVE}>")
    tell(index, "b#two", MOVE, kind="denial", denies=f"<{SOURCE}a#one>")
    tell(index, "c#one", MOVE, kind="denial", denies=f"<{MOVE}>")
    found = {denied: sorted(by) for denied, by in Evidence(index).denials.items()}
    assert found == {MOVE: [SOURCE + "b#one", SOURCE + "c#one"], SOURCE + "a#one": [SOURCE + "b#two"]}


def test_words_that_look_like_no_denial_hide_none(index: sqlite3.Connection) -> None:
    tell(index, "b#one", MOVE, kind="denial", denies=f"<{MOVE}>", dateText=r'"\"denies\":[]"')
    assert dict(Evidence(index).denials) == {MOVE: [SOURCE + "b#one"]}


def test_decisions_stand_by_node_and_property(index: sqlite3.Connection) -> None:
    for name, chosen in (("toPlace", "a#one"), ("notBefore", "b#one")):
        told = {"about": f"<{MOVE}>", "decidedProperty": f"<{CHUHAI}{name}>", "chosen": f"<{SOURCE}{chosen}>"}
        rows.insert(index, rows.decision({CHUHAI + key: [term] for key, term in told.items()}))
    assert Evidence(index).decisions == {(MOVE, "toPlace"): SOURCE + "a#one", (MOVE, "notBefore"): SOURCE + "b#one"}
