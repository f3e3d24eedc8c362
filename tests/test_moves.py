"""Moves for the map: which place each end has at the time, and what cannot be placed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import based, folder, invested, moved, raised, source, went

from graph.drawing.projection import HEIGHT, WIDTH
from graph.explorer.moves import Arc, Map, Move, gather
from graph.reading import Reader
from graph.store import Graph, in_memory

BOLT = based("bolt", "tokyo")


def mapped(path: Path, *statements: dict[str, Any], **head: Any) -> Map:
    """The map of a folder with one source."""
    return gather(Reader(in_memory(folder(path, source("one", *statements, **head)))))


def arcs(shown: Map) -> list[tuple[str, str, str, int]]:
    """Layer, ends and number of moves of each arc."""
    ids = [point["id"].removeprefix("place/") for point in shown["points"]]
    return [(a["layer"], ids[a["source"]], ids[a["target"]], len(a["moves"])) for a in shown["arcs"]]


def test_a_move_of_headquarters_has_its_own_places_and_dates(tmp_path: Path) -> None:
    shown = mapped(tmp_path, moved(when="2024", status="completed"))
    assert arcs(shown) == [("headquarters", "beijing", "singapore", 1)]
    assert shown["arcs"][0]["moves"] == [
        Move(
            id="event/acme-move",
            things=["organization/acme"],
            first="2024-01-01",
            last="2024-12-31",
            status="completed",
            disputed=False,
            rumoured=False,
        )
    ]
    assert shown["unplaced"] == {"headquarters": 0, "people": 0, "capital": 0}


@pytest.mark.parametrize(("year", "place"), [("2022", "beijing"), ("2025", "singapore")])
def test_people_leave_from_where_the_headquarters_was_at_the_time(tmp_path: Path, year: str, place: str) -> None:
    shown = mapped(tmp_path, moved(when="2024-03", status="completed"), BOLT, went("joined", "acme", "bolt", when=year))
    assert ("people", place, "tokyo", 1) in arcs(shown)
    (move,) = next(arc for arc in shown["arcs"] if arc["layer"] == "people")["moves"]
    assert move["things"] == ["person/ada", "organization/acme", "organization/bolt"]


def test_a_city_is_preferred_to_the_area_around_it(tmp_path: Path) -> None:
    area = based("acme", "mainland-china", since="2024", until="2026")
    city = based("acme", "shenzhen")
    shown = mapped(tmp_path, area, city, BOLT, went("joined", "acme", "bolt", when="2025"))
    assert arcs(shown) == [("people", "shenzhen", "tokyo", 1)]


def test_an_undated_move_ended_by_the_first_publication_that_tells_of_it(tmp_path: Path) -> None:
    shown = mapped(tmp_path, based("acme", "paris"), BOLT, went("joined", "acme", "bolt"), published="2023-05")
    (arc,) = shown["arcs"]
    assert (arc["moves"][0]["first"], arc["moves"][0]["last"]) == ("", "2023-05-31")


def test_capital_flows_between_headquarters_and_is_dated_by_its_round(tmp_path: Path) -> None:
    part = invested("part", "bolt")
    shown = mapped(tmp_path, raised(when="2025-02"), part, BOLT, based("acme", "london"))
    assert arcs(shown) == [("capital", "tokyo", "london", 1)]
    (move,) = shown["arcs"][0]["moves"]
    assert (move["first"], move["last"]) == ("2025-02-01", "2025-02-28")


def test_what_has_no_place_on_the_map_is_counted(tmp_path: Path) -> None:
    away = moved(to="place/outside-mainland-china", status="completed")
    shown = mapped(tmp_path, away, went("joined", "acme", "bolt", when="2025"))
    assert shown["arcs"] == []
    assert shown["points"] == []
    assert shown["unplaced"] == {"headquarters": 1, "people": 1, "capital": 0}


def test_moves_within_one_place_are_an_arc_to_itself(tmp_path: Path) -> None:
    shown = mapped(tmp_path, based("acme", "tokyo"), BOLT, went("joined", "acme", "bolt", when="2025"))
    assert arcs(shown) == [("people", "tokyo", "tokyo", 1)]


def test_a_move_of_which_only_rumours_tell_is_marked(tmp_path: Path) -> None:
    shown = mapped(tmp_path, moved(kind="rumour", when="2025"), BOLT)
    (move,) = shown["arcs"][0]["moves"]
    assert (move["id"], move["rumoured"], move["first"]) == ("event/acme-move", True, "2025-01-01")


def test_an_area_is_marked_and_lies_where_its_capital_does(tmp_path: Path) -> None:
    shown = mapped(tmp_path, moved(from_="place/mainland-china", to="place/beijing"))
    area, city = (
        next(p for p in shown["points"] if p["id"] == f"place/{name}") for name in ("mainland-china", "beijing")
    )
    assert (area["area"], city["area"]) == (True, False)
    assert (area["x"], area["y"]) == (city["x"], city["y"])
    assert city["label"] == {"en": "Beijing", "zh-hans": "北京"}


def test_the_map_of_the_packaged_facts_is_sound_and_the_same_each_time(graph: Graph) -> None:
    shown = gather(Reader(graph))
    assert shown == gather(Reader(graph))
    assert ("headquarters", "mainland-china", "singapore", 1) in arcs(shown)
    assert all(0 < point["x"] < WIDTH and 0 < point["y"] < HEIGHT for point in shown["points"])
    ends: list[Arc] = shown["arcs"]
    assert {a[end] for a in ends for end in ("source", "target")} == set(range(len(shown["points"])))  # type: ignore[literal-required]
    assert all(arc["moves"] for arc in ends)
