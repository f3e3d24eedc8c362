"""Sections on the pull overseas, from flows made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from folders import THINGS, folder, source, went

import queries
from graph.dates import Span
from graph.flows import HOME, Flow
from graph.opened import Opened
from graph.overseas.facts import Facts
from graph.overseas.ties import ties
from graph.store import in_memory
from ontology import ID

FEW = "few cases"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    facts = source("one", went("placed", "acme", "bolt"), went("unplaced", "acme", "daily"))
    other = source("two", went("unplaced", "acme", "daily"), publisher="organization/herald")
    built = Opened(in_memory(folder(tmp_path_factory.mktemp("abroad") / "facts", facts, other, things=THINGS)))
    yield built
    built.close()


def moves(*ends: tuple[str, str, int], node: str = "placed") -> list[Flow]:
    """So many moves of people between two areas each."""
    return [
        Flow("people", f"{ID}event/{node}", "person/ada", origin, goal, Span(None, None))
        for origin, goal, count in ends
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        ([], [["home", 0, 0, None, FEW], ["abroad", 0, 0, None, FEW], ["all", 0, 0, None, FEW]]),
        (
            moves((HOME, HOME, 15), (HOME, "japan", 3), ("france", HOME, 2), ("japan", "france", 1),
                  ("japan", "japan", 1)),
            [["home", 15, 5, -0.5, None], ["abroad", 2, 5, None, FEW], ["all", 17, 5, -12 / 22, None]],
        ),
        (
            moves((HOME, HOME, 14), (HOME, "japan", 5), ("", HOME, 9), (HOME, "", 9)),
            [["home", 14, 5, None, FEW], ["abroad", 0, 5, None, FEW], ["all", 14, 5, None, FEW]],
        ),
    ],
)  # fmt: skip
def test_ties_across_are_set_against_those_within_each_side(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, told: list[Flow], rows: list[list[Any]]
) -> None:
    facts = Facts(opened, f"place/{HOME}", None, None)
    monkeypatch.setattr(facts, "flows", {"people": told}.__getitem__)
    section = ties(facts)
    assert [[*row] for row in section.table.rows] == [pytest.approx(row) if row[3] else row for row in rows]
    placed = sum(bool(flow.origin and flow.destination) for flow in told)
    assert section.base["en"].startswith(f"{placed} of {len(told)} moves of people between organizations")
    assert section.base["zh-hans"].startswith(f"{len(told)}次组织间人员流动中")


def test_ties_rest_on_the_moves_that_are_placed(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(opened, f"place/{HOME}", None, None)
    told = [*moves((HOME, "japan", 1)), *moves((HOME, "", 1), node="unplaced")]
    monkeypatch.setattr(facts, "flows", {"people": told}.__getitem__)
    section = ties(facts)
    assert (section.key, section.sources) == ("ties", ("source/one",))
    assert set(section.queries) <= set(queries.names())
    assert all(each["en"] and each["zh-hans"] for each in (section.title, section.base, *section.notes))
    assert {*section.table.columns, "home", "abroad", "all", "few cases"} <= section.words.keys()
    assert list(section.table.columns) == ["group", "internal", "external", "index", "withheld"]
