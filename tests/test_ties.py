"""Ties of personnel within and across the border of home and abroad, from flows made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from abroad import check, rows, told, went

from graph.flows import HOME, Flow
from graph.overseas.ties import ties

FEW = "few cases"


def moves(*ends: tuple[str, str, int]) -> list[Flow]:
    """So many moves between two areas each; those that are not placed are called otherwise."""
    return [
        went(origin, goal, "node:a" if origin and goal else "node:b")
        for origin, goal, count in ends
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
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
def test_ties_across_are_set_against_those_within_each_side(found: list[Flow], expected: list[list[Any]]) -> None:
    section = ties(told(flows={"people": found}))
    assert rows(section) == [pytest.approx(row) if row[3] else row for row in expected]
    placed = sum(bool(flow.origin and flow.destination) for flow in found)
    assert section.base["en"].startswith(f"{placed} of {len(found)} moves of people between organizations")
    assert section.base["zh-hans"].startswith(f"{len(found)}次组织间人员流动中")
    assert section.base["zh-hans"].endswith(f"的{placed}次")


def test_ties_rest_on_the_moves_that_are_placed() -> None:
    section = ties(told(flows={"people": moves((HOME, "japan", 1), (HOME, "", 1))}))
    check(section, "ties", "group internal external index withheld", "PersonnelMove a")
