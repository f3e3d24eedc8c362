"""Flows between areas and their rates, on facts small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import THINGS, Statement, based, moved, said, went
from sections import MADE, built, entity, flows, rows

from graph.errors import NotFoundError, UsageError
from graph.opened import Opened


def many(count: int, **values: Any) -> tuple[list[str], list[Statement]]:
    """So many organizations with headquarters in Beijing, and what says so."""
    names = [f"org-{number:02}" for number in range(count)]
    return [f"organization/{name}" for name in names], [based(name, "beijing", **values) for name in names]


@pytest.mark.parametrize(
    ("when", "counted"),
    [
        ("2024", [[2024, 1, 0]]),
        ("2024-03/2024-11", [[2024, 1, 0]]),
        ("2023-10/2024-03", [[2023, 0, 1], [2024, 0, 1]]),
        ("../2024-03", [[None, 1, 0]]),
        (None, [[None, 1, 0]]),
    ],
)
def test_a_move_is_counted_in_its_year_or_possibly_in_each_or_in_none(
    tmp_path: Path, when: str | None, counted: list[list[int | None]]
) -> None:
    opened = built(tmp_path, moved(when=when, status="completed"))
    ends = ["place/mainland-china", "place/singapore"]
    assert flows(opened, "headquarters") == [[*ends, *row] for row in counted]


@pytest.mark.parametrize(
    ("start", "goal", "base"),
    [
        ("place/beijing", "place/shanghai", "1 told, 0 between areas, 1 within one, 0 not placed"),
        (None, "place/singapore", "1 told, 0 between areas, 0 within one, 1 not placed"),
        ("place/beijing", "place/outside-mainland-china", "1 told, 0 between areas, 0 within one, 1 not placed"),
        ("place/beijing", "place/hong-kong", "1 told, 1 between areas, 0 within one, 0 not placed"),
    ],
)
def test_what_is_not_between_two_areas_is_counted_apart(
    tmp_path: Path, start: str | None, goal: str, base: str
) -> None:
    section = built(tmp_path, moved(when="2024", from_=start, to=goal)).overseas("flows")["flows"]
    assert section.base["en"].startswith(f"headquarters: {base};")


@pytest.mark.parametrize("status", ["planned", "announced", "cancelled", "blocked", "reversed"])
def test_a_move_that_did_not_happen_is_no_flow(tmp_path: Path, status: str) -> None:
    assert flows(built(tmp_path, moved(when="2024", status=status)), "headquarters") == []


@pytest.mark.parametrize(
    ("since", "until", "seen"), [(2024, None, 1), (None, 2024, 1), (2025, None, 0), (None, 2023, 0)]
)
def test_a_period_of_years_keeps_what_can_have_been_in_it(
    tmp_path: Path, since: int | None, until: int | None, seen: int
) -> None:
    opened = built(tmp_path, moved(when="2024-05"))
    assert len(flows(opened, "headquarters", since=since, until=until)) == seen


@pytest.mark.parametrize(
    ("when", "counted"),
    [
        ("2022", [["place/united-states", "place/mainland-china", 2022, 1, 0]]),
        ("2024", [["place/united-states", "place/singapore", 2024, 1, 0]]),
        ("2023", []),
    ],
)
def test_people_are_placed_by_the_headquarters_of_both_organizations_at_that_time(
    tmp_path: Path, when: str, counted: list[list[Any]]
) -> None:
    left = moved(organization="organization/bolt", when="2023", status="completed")
    opened = built(tmp_path, left, based("acme", "new-york"), went("went", "acme", "bolt", when=when))
    assert flows(opened, "people") == counted


def test_an_entity_comes_from_the_headquarters_and_a_deregistered_one_arrives_nowhere(tmp_path: Path) -> None:
    opened = built(
        tmp_path,
        based("acme", "beijing"),
        entity("set-up", "incorporation", "place/singapore", when="2023"),
        entity("at-home", "incorporation", "place/shanghai", when="2023"),
        entity("closed", "deregistration", "place/mainland-china", when="2024"),
    )
    assert flows(opened, "legal-entities") == [
        ["place/mainland-china", "none", 2024, 1, 0],
        ["place/mainland-china", "place/singapore", 2023, 1, 0],
    ]


def rated(opened: Opened, **options: Any) -> dict[tuple[str, str], list[Any]]:
    return {(row[0], row[1]): row[2:] for row in rows(opened.overseas("rates", **options)["rates"])}


def test_a_rate_has_its_base_and_an_exact_interval(tmp_path: Path) -> None:
    names, seats = many(20)
    move = moved(organization="organization/org-00", when="2024", status="completed")
    found = rated(built(tmp_path, *seats, move, things=[*THINGS, *names]))
    assert found["place/mainland-china", "out rate"][:4] == [1, 20, 0, 50]
    assert found["place/mainland-china", "out rate"][4:6] == pytest.approx([1.27, 278.58], abs=5e-3)
    assert found["place/mainland-china", "net rate"][3] == -50
    assert found["place/singapore", "in rate"] == [1, 0, 0, None, None, None, "small base"]
    assert found["system", "aggregate"][3] == 5  # half of 1 + 1, of 20
    assert found["system", "effectiveness"] == [1, None, None, None, None, None, "few moves"]


def test_no_rate_is_given_on_a_base_under_twenty(tmp_path: Path) -> None:
    names, seats = many(19)
    move = moved(organization="organization/org-00", when="2024", status="completed")
    found = rated(built(tmp_path, *seats, move, things=[*THINGS, *names]))
    assert found["place/mainland-china", "out rate"] == [1, 19, 0, None, None, None, "small base"]
    assert ("place/mainland-china", "net rate") not in found


def test_who_began_later_is_not_in_the_base_and_who_surely_was_there_is_counted(tmp_path: Path) -> None:
    names, seats = many(20, since="2020")
    late = based("acme", "beijing", since="2024")
    move = moved(organization="organization/org-00", when="2025", status="completed")
    opened = built(tmp_path, *seats, late, move, things=[*THINGS, *names])
    assert rated(opened, since=2022)["place/mainland-china", "out rate"][:3] == [1, 20, 1]


def test_a_cohort_can_be_a_file_and_one_of_which_all_moved_gives_no_rate(tmp_path: Path) -> None:
    names, seats = many(3)
    move = moved(organization="organization/org-00", when="2024", status="completed")
    opened = built(tmp_path / "facts", *seats, move, things=[*THINGS, *names])
    listed = tmp_path / "cohort.txt"
    listed.write_text("# movers\norganization/org-00\n", encoding="utf-8")
    section = opened.overseas("rates", cohort=str(listed))["rates"]
    assert {row[-1] for row in rows(section) if row[1] != "effectiveness"} == {"all moved"}
    assert "Every member moved" in section.notes[-1]["en"]
    listed.write_text("organization/org-00\nHeyGen\n", encoding="utf-8")
    with pytest.raises(UsageError, match="'HeyGen' is no organization"):
        opened.overseas("rates", cohort=str(listed))


def test_a_cohort_can_be_a_list_of_products_by_their_makers(tmp_path: Path) -> None:
    entry = said("entry", about="entry/a", type="RankingEntry", ranking="ranking/top", product="product/gadget")
    opened = built(tmp_path, MADE, entry, based("acme", "beijing"), based("bolt", "beijing"))
    base = opened.overseas("rates", cohort="ranking/top", since=2024)["rates"].base["en"]
    assert base.startswith("ranking/top, n = 1; in one area at the start of 2024: 1 at most")
    with pytest.raises(NotFoundError, match="no organization is in 'criterion/big'"):
        opened.overseas("rates", cohort="criterion/big")
