"""The fourth rule: which of several values holds that cannot all be true."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from folders import moved, node, one, raised, resolved, source, told

from graph.resolve import Document, independent

MOVE = "event/acme-move"
FOR_TOKYO = {
    "choose": "b#one", "on": MOVE, "property": "toPlace", "reason": {"en": "Checked."}, "decided": "2025-11-01",
}  # fmt: skip
"""The decision of the editors for the first statement of source b."""


def place_of(path: Path, *sources: tuple[str, str], editorial: Any = None) -> str | None:
    """Where the move went, which is disputed."""
    found = resolved(path, MOVE, *sources, editorial=editorial)
    assert found.disputed == ("toPlace",)
    return one(found, "toPlace")


def test_a_decision_goes_before_everything(tmp_path: Path) -> None:
    filing = source("a", moved(to="place/singapore"), kind="exchange-filing", published="2026-01-01")
    press = source("b", moved(to="place/tokyo"), publisher="organization/gazette")
    assert place_of(tmp_path, filing, press, editorial={"decisions": [FOR_TOKYO]}) == "tokyo"


def test_a_decision_on_one_property_leaves_the_others(tmp_path: Path) -> None:
    filing = source("a", moved(to="place/singapore", when="2024"), kind="exchange-filing")
    press = source("b", moved(to="place/tokyo", when="2025"))
    found = resolved(tmp_path, MOVE, filing, press, editorial={"decisions": [FOR_TOKYO]})
    assert (one(found, "toPlace"), one(found, "notBefore")) == ("tokyo", "2024-01-01")


def test_a_decision_for_a_withdrawn_statement_is_void(tmp_path: Path) -> None:
    reason = {"reason": {"en": "Wrong."}, "decided": "2025-11-01"}
    editorial = {"decisions": [FOR_TOKYO], "withdrawals": [{"withdraw": "b#one", **reason}]}
    built = told(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo")), editorial=editorial)
    assert one(node(built, MOVE), "toPlace") == "singapore"
    assert node(built, MOVE).disputed == ()


@pytest.mark.parametrize("kind", ["exchange-filing", "court-filing", "registry-record", "regulator-notice"])
def test_an_official_document_goes_before_many_later_reports(tmp_path: Path, kind: str) -> None:
    press = [
        source(slug, moved(to="place/tokyo"), publisher=f"organization/{slug}", published="2026-01-01")
        for slug in ("daily", "gazette", "herald")
    ]
    official = source(
        "a", moved(to="place/singapore"), kind=kind, publisher="organization/bolt", published="2020-01-01"
    )
    assert place_of(tmp_path, official, *press) == "singapore"


def test_the_word_of_a_company_counts_as_press(tmp_path: Path) -> None:
    company = source("a", moved(to="place/singapore"), kind="company-statement", publisher="organization/acme")
    press = source("b", moved(to="place/tokyo"), published="2026-01-01")
    assert place_of(tmp_path, company, press) == "tokyo"


def test_more_independent_sources_go_before_a_later_one(tmp_path: Path) -> None:
    two = [source(slug, moved(), publisher=f"organization/{slug}") for slug in ("daily", "gazette")]
    late = source("herald", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *two, late) == "singapore"


def test_two_documents_of_one_publisher_count_once(tmp_path: Path) -> None:
    two = [source(slug, moved(), publisher="organization/daily") for slug in ("a", "b")]
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *two, late) == "tokyo"


def test_a_copy_counts_with_what_it_was_copied_from(tmp_path: Path) -> None:
    first = source("a", moved(), publisher="organization/daily")
    copy = source("b", moved(), publisher="organization/gazette", copyOf="source/a")
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, first, copy, late) == "tokyo"


def test_two_copies_of_a_third_document_count_once(tmp_path: Path) -> None:
    wire = source("wire", raised(), publisher="organization/bolt")
    copies = [source(s, moved(), publisher=f"organization/{s}", copyOf="source/wire") for s in ("daily", "gazette")]
    late = source("z", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, wire, *copies, late) == "tokyo"


def test_two_statements_of_one_document_count_once(tmp_path: Path) -> None:
    twice = source("a", moved(), moved("two"))
    late = source("b", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, twice, late) == "tokyo"


def test_sources_of_a_coarser_compatible_value_support_the_finer_one(tmp_path: Path) -> None:
    fine = source("a", moved(to="place/los-angeles"), publisher="organization/daily")
    coarse = source("b", moved(to="place/united-states"), publisher="organization/gazette")
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, fine, coarse, late) == "los-angeles"


def test_the_later_document_goes_before_the_earlier(tmp_path: Path) -> None:
    early = source("z", moved(), published="2025-05-31")
    assert place_of(tmp_path, early, source("a", moved(to="place/tokyo"), published="2025-06")) == "tokyo"


def test_an_undated_document_goes_behind_a_dated_one(tmp_path: Path) -> None:
    undated = source("z", moved(), published="undated")
    assert place_of(tmp_path, undated, source("a", moved(to="place/tokyo"), published="1999")) == "tokyo"


def test_last_the_slug_of_the_source_decides(tmp_path: Path) -> None:
    assert place_of(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo"))) == "tokyo"


def document(slug: str, publisher: str, *parents: str) -> Document:
    return Document(slug, publisher, "2025-01-01", False, frozenset({slug, *parents}))


@pytest.mark.parametrize(
    ("documents", "count"),
    [
        ([], 0),
        ([document("a", "p")], 1),
        ([document("a", "p"), document("b", "q")], 2),
        ([document("a", "p"), document("b", "p")], 1),
        ([document("a", "p"), document("b", "q", "a")], 1),
        ([document("a", "p", "wire"), document("b", "q", "wire"), document("c", "r")], 2),
        ([document("a", "p"), document("b", "q"), document("c", "p", "b")], 1),
    ],
)
def test_independent_sources_share_neither_publisher_nor_ancestor(documents: list[Document], count: int) -> None:
    assert {independent(order) for order in permutations(documents)} == {count}


def test_documents_that_copy_one_another_are_one_source(tmp_path: Path) -> None:
    ring = [
        source("a", moved(), publisher="organization/daily", copyOf="source/b"),
        source("b", moved(), publisher="organization/gazette", copyOf="source/a"),
    ]
    late = source("c", moved(to="place/tokyo"), publisher="organization/herald", published="2026-01-01")
    assert place_of(tmp_path, *ring, late) == "tokyo"
