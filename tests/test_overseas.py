"""Sections on the pull overseas: markets, places, relocations, and what all have in common."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import THINGS, Statement, based, cut, folder, invested, moved, raised, said, source, went
from sections import LATE, MADE, built, entity, flows, rows

import queries
from graph import overseas
from graph.errors import UsageError
from graph.opened import Opened, open_graph
from graph.store import in_memory
from graph.terminal import width


def market(key: str, place: str, **values: Any) -> Statement:
    told = {"type": "MarketPresence", "about": f"presence/{key}", "product": "product/gadget"}
    return said(key, **{**told, "place": place, "primary": "true", **values})


def test_a_main_market_by_two_metrics_is_one_flow(tmp_path: Path) -> None:
    opened = built(
        tmp_path,
        MADE,
        based("acme", "beijing"),
        market("users", "place/united-states", metric="users", attested="2025-03"),
        market("revenue", "place/new-york", metric="revenue", attested="2025-03"),
    )
    assert flows(opened, "markets") == [["place/mainland-china", "place/united-states", 2025, 1, 0]]
    [row] = rows(opened.overseas("markets")["markets"])
    assert row[:5] == ["product", "place/mainland-china", 1, 1, None]
    assert row[5:7] == pytest.approx([0.2065, 1], abs=5e-5)
    assert row[7:] == [0, 2, 2]


@pytest.mark.parametrize("other", ["place/shanghai", "place/global"])
def test_a_product_with_main_markets_on_both_sides_or_on_no_side_is_not_decided(tmp_path: Path, other: str) -> None:
    opened = built(
        tmp_path,
        MADE,
        based("acme", "beijing"),
        market("users", "place/united-states", metric="users"),
        market("revenue", other, metric="revenue"),
    )
    [row] = rows(opened.overseas("markets")["markets"])
    assert row == ["product", "place/mainland-china", 0, 0, None, None, None, 1, 2, 1]


def test_pagerank_and_cheirank_stand_side_by_side_and_swap_with_the_direction(tmp_path: Path) -> None:
    [one, other] = rows(built(tmp_path, moved(when="2024")).overseas("ranks")["ranks"])
    assert (one[1], other[1]) == ("place/singapore", "place/mainland-china")
    assert one[4] == pytest.approx(other[5]) and one[5] == pytest.approx(other[4])
    assert one[4] == pytest.approx(0.6491, abs=5e-5)  # (1 + 0.85) / (2 + 0.85)


def test_too_few_flows_give_no_gravity_model_but_the_numbers(tmp_path: Path) -> None:
    section = built(tmp_path, moved(when="2024")).overseas("gravity")["gravity"]
    assert rows(section) == []
    assert "too few flows for a gravity model: 1. It needs 40" in section.notes[1]["en"]


def test_enough_flows_are_set_beside_what_sizes_and_distances_let_expect(tmp_path: Path) -> None:
    areas = ["beijing", "singapore", "tokyo", "london", "paris", "new-york"]
    stated, things = [], [*THINGS]
    for number in range(42):
        start, goal = areas[number % 6], areas[(number % 6 + 1 + number % 5) % 6]
        things += [f"organization/m{number}"]
        told = {"about": f"event/m{number}", "organization": f"organization/m{number}", "when": "2024"}
        stated.append(moved(f"m{number}", **told, from_=f"place/{start}", to=f"place/{goal}", status="completed"))
    section = built(tmp_path, *stated, things=things).overseas("gravity")["gravity"]
    found = rows(section)
    assert sum(row[3] for row in found) == 42
    assert [row[5] for row in found] == sorted((row[3] / row[4] for row in found), reverse=True)
    assert "over 30 pairs: origin" in section.notes[1]["en"]


def test_capital_before_and_after_a_move_with_the_places_of_investors(tmp_path: Path) -> None:
    opened = built(
        tmp_path,
        moved(when="2024-06", status="completed"),
        raised("seed", about="event/seed", when="2023-01", subtype="seed-round", status="completed"),
        invested("bolt-in", "bolt", round="event/seed"),
        invested("daily-in", "daily", round="event/seed"),
        raised("next", about="event/next", when="2025-01", status="announced"),
        raised("never", about="event/never", when="2025-02", status="cancelled"),
        invested("gazette-in", "gazette", round=None),
        invested("herald-out", "herald", round=None, subtype="exit", when="2024-07"),
        based("bolt", "shanghai"),
        based("daily", "hong-kong"),
    )
    section = opened.overseas("capital")["capital"]
    assert section.base["en"].endswith(
        "2, 1 before, 1 after, 0 unclear; investors named, round by round: 3, not placed: 1"
    )
    assert rows(section) == [
        ["organization/acme", "move", "event/acme-move", "2024-06", *[None] * 6],
        ["organization/acme", "concept:seed-round", "event/seed", "2023-01", "before", -18, -16, 1, 1, 0],
        ["organization/acme", "round", "event/next", "2025-01", "after", 6, 9, 0, 0, 0],
        ["organization/acme", "no round", None, None, None, None, None, 0, 0, 1],
    ]


def test_facets_of_a_case_stand_in_a_sure_order_or_in_none(tmp_path: Path) -> None:
    case = {"case": "case/acme"}
    opened = built(
        tmp_path,
        moved(when="2024", status="completed", **case),
        entity("set-up", "incorporation", "place/singapore", when="2023-08", **case),
        entity("closed", "deregistration", "place/beijing", when="2024-03", **case),
        cut("cut", when="2024-05", status="completed", **case),
    )
    assert [row[1:] for row in rows(opened.overseas("facets")["facets"])] == [
        ["headquarters", "2024", "later", "legal", "2023-08"],
        ["headquarters", "2024", "not told", "workforce", "2024-05"],
        ["legal", "2023-08", "first", "workforce", "2024-05"],
    ]


def test_a_location_quotient_is_given_where_five_are_expected(tmp_path: Path) -> None:
    products = [f"product/p{number}" for number in range(20)]
    stated = [based("acme", "beijing"), based("bolt", "tokyo")]
    for number, product in enumerate(products):
        maker, category = "acme" if number < 10 else "bolt", "coding" if number < 8 or number > 17 else "search"
        stated.append(said(f"m{number}", about=f"operation/{number}", type="Operation", product=product,
                           organization=f"organization/{maker}"))  # fmt: skip
        stated.append(said(f"c{number}", about=product, type="Product", category=[category]))
    opened = built(tmp_path, *stated, things=[*THINGS, *products])
    assert rows(opened.overseas("specialization")["specialization"]) == [
        ["concept:coding", "place/japan", 2, 10, 10, 0.4, None],
        ["concept:coding", "place/mainland-china", 8, 10, 10, 1.6, None],
        ["concept:search", "place/japan", 8, 10, 10, 1.6, None],
        ["concept:search", "place/mainland-china", 2, 10, 10, 0.4, None],
    ]


def test_another_home_has_another_overseas(tmp_path: Path) -> None:
    opened = built(tmp_path, based("acme", "beijing"), based("bolt", "tokyo"), went("went", "acme", "bolt"))
    at_home = opened.overseas("ties", home="place/japan")["ties"]
    assert at_home.notes[0]["en"].startswith("Overseas: outside Japan.")
    assert rows(at_home)[0][1:3] == [0, 1]
    assert rows(opened.overseas("ties", home="日本")["ties"]) == rows(at_home)
    with pytest.raises(UsageError, match=r"'place/beijing' is no top-level area; one of: .*place/hong-kong"):
        opened.overseas(home="place/beijing")
    with pytest.raises(UsageError, match="end before they begin"):
        opened.overseas(since=2025, until=2024)
    with pytest.raises(UsageError, match="did you mean rates"):
        opened.overseas("rate")


def stated() -> list[Statement]:
    """Something for most sections."""
    return [
        moved(when="2024", status="completed", case="case/acme"),
        entity("set-up", "incorporation", "place/singapore", when="2023-08", case="case/acme"),
        raised("seed", about="event/seed", when="2023-01", status="completed"),
        based("bolt", "tokyo"),
        went("went", "acme", "bolt", when="2025"),
        MADE,
        market("users", "place/united-states", metric="users"),
    ]


def answers(opened: Opened) -> dict[str, list[list[Any]]]:
    return {key: rows(section) for key, section in opened.overseas().items()}


def test_a_second_source_of_the_same_facts_changes_no_figure_and_is_named(tmp_path: Path) -> None:
    one, two = source("one", *stated(), **LATE), source("two", *stated(), **LATE, publisher="organization/gazette")
    single = Opened(in_memory(folder(tmp_path / "single", one)))
    double = Opened(in_memory(folder(tmp_path / "double", one, two)))
    assert answers(double) == answers(single)
    assert single.overseas("flows")["flows"].sources == ("source/one",)
    assert double.overseas("flows")["flows"].sources == ("source/one", "source/two")


def test_dropping_a_source_equals_building_without_it(tmp_path: Path) -> None:
    further = [moved(when="2022", about="event/further", organization="organization/daily"), based("gazette", "paris")]
    path = folder(tmp_path / "both", source("one", *stated(), **LATE), source("two", *further, **LATE))
    alone = folder(tmp_path / "alone", source("one", *stated(), **LATE))
    assert answers(Opened(in_memory(path))) != answers(Opened(in_memory(alone)))
    assert answers(Opened(in_memory(path, only=["one"]))) == answers(Opened(in_memory(alone)))


def test_a_section_says_what_it_rests_on(tmp_path: Path) -> None:
    found = built(tmp_path, *stated()).overseas()
    assert tuple(found) == overseas.SECTIONS
    for key, section in found.items():
        assert section.key == key
        assert set(section.queries) <= set(queries.names())
        texts = [section.title, section.base, *section.notes, *section.table.words.values()]
        assert all(text["en"] and text["zh-hans"] for text in texts)
        assert section.notes[0]["en"].startswith("Overseas: outside mainland China; Hong Kong")
        assert (section.coverage, section.sources) in [("2026-01-01", ("source/one",)), ("", ())]
        assert all(name in section.table.words or name in section.table.columns for name in section.machine_only)


def test_a_graph_without_moves_gives_sections_that_say_so(tmp_path: Path) -> None:
    found = built(tmp_path, based("acme", "beijing")).overseas()
    assert [key for key, section in found.items() if section.table.rows] == ["rates", "ties"]
    assert found["rates"].base["en"].startswith("no dated move of headquarters between areas is told of")


def test_what_was_published_later_is_not_counted(tmp_path: Path) -> None:
    path = folder(tmp_path, source("one", *stated(), **LATE))
    assert rows(open_graph(path, known_by="2025").overseas("flows")["flows"]) == []
    assert rows(open_graph(path, known_by="2026").overseas("flows")["flows"]) != []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_sections_fit_a_terminal_in_both_languages(tmp_path: Path, language: str) -> None:
    path = folder(tmp_path, source("one", *stated(), **LATE))
    shown = shell.on_terminal(path, "overseas", "--lang", language, NO_COLOR="1").splitlines()
    assert max(map(width, shown)) <= 80
    titles = {"en": "What this graph cannot tell", "zh": "本图谱不能回答的问题"}
    assert titles[language] in shown
    assert not any("concept:" in line or "None" in line for line in shown)


def test_machines_get_one_table_or_all_in_json(tmp_path: Path) -> None:
    path = folder(tmp_path, source("one", *stated(), **LATE))
    data = json.loads(shell.invoke(path, "overseas", "--format", "json").stdout)
    assert tuple(data) == overseas.SECTIONS
    assert data["flows"]["rows"][0]["origin"].endswith("/place/mainland-china")
    table = shell.invoke(path, "overseas", "flows", "--format", "csv").stdout.splitlines()
    assert table[0] == "flow,origin,destination,year,count,possibly"
    assert "csv takes one table" in shell.failure(shell.invoke(path, "overseas", "--format", "csv"), 2)
