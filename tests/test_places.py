"""Places in flows: what sizes and distances let expect, ranks both ways, from flows made by hand."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest
from abroad import Sat, check, rows, told, went

from graph import flows as all_flows
from graph.dates import Span
from graph.flows import Areas, Flow
from graph.gravity import ppml
from graph.migration import great_circle
from graph.overseas.facts import Facts
from graph.overseas.places import gravity, ranks
from graph.seats import Tenure
from ontology import ID, vocabulary

ALWAYS = Span(None, None)


def seats(**sizes: int) -> Sat:
    """So many organizations in each area (named with _ for -)."""
    found = {}
    for name, size in sizes.items():
        place = f"{ID}place/{name.replace('_', '-')}"
        for number in range(size):
            found[f"{name}{number}"] = [Tenure("node:z", place, ALWAYS, ALWAYS)] * 2
    return Sat(**found)


FIVE = {"france": 3, "japan": 1, "mainland_china": 5, "singapore": 2, "united_states": 4}
"""Five areas with so many organizations each."""


def moved(*counted: tuple[str, str, int], node: str = "node:a") -> list[Flow]:
    return [went(origin, goal, node) for origin, goal, count in counted for _ in range(count)]


def facts(headquarters: list[Flow], people: list[Flow] | None = None, sizes: dict[str, int] = FIVE) -> Facts:
    return told(flows={"headquarters": headquarters, "people": people or []}, seats=seats(**sizes))


# Gravity

MANY = moved(
    ("mainland-china", "united-states", 12), ("united-states", "mainland-china", 9), ("mainland-china", "france", 6),
    ("france", "united-states", 5), ("singapore", "mainland-china", 3), ("mainland-china", "singapore", 3),
    ("france", "japan", 1), ("japan", "france", 1),
)  # fmt: skip
"""Forty flows."""


def test_flows_stand_beside_those_of_the_model_the_largest_ratio_first() -> None:
    section = gravity(facts(MANY))
    areas = Areas(vocabulary())
    mass = {name.replace("_", "-"): size for name, size in FIVE.items()}
    pairs = [(one, other) for one in mass for other in mass if one != other]
    counted = Counter((flow.origin, flow.destination) for flow in MANY)
    away = [great_circle(areas.point(one), areas.point(other)) for one, other in pairs]
    fit = ppml(
        np.array([float(counted[pair]) for pair in pairs]),
        np.array([float(mass[one]) for one, _ in pairs]),
        np.array([float(mass[other]) for _, other in pairs]),
        np.array(away),
    )
    expected = [
        ["headquarters", *pair, counted[pair], pytest.approx(mean), pytest.approx(counted[pair] / mean), round(km)]
        for pair, mean, km in zip(pairs, fit.expected, away, strict=True)
        if counted[pair]
    ]
    found = rows(section)
    assert sorted(found) == expected
    assert [row[5] for row in found] == sorted((row[5] for row in found), reverse=True)
    low, high = (fit.coefficients[3] + sign * 1.96 * fit.errors[3] for sign in (-1, 1))
    words = f"distance {fit.coefficients[3]:.2f} ({low:.2f} to {high:.2f})"
    assert section.notes[1]["en"].startswith(
        f"headquarters, elasticities with 95 % intervals over 20 pairs: origin {fit.coefficients[1]:.2f} ("
    )
    assert section.notes[1]["en"].endswith(f"), {words}.")
    assert section.notes[1]["zh-hans"].startswith("总部，20个区域对的弹性与95%区间：origin ")
    assert section.notes[1]["zh-hans"].endswith(f"{words}。")
    assert [note["en"].partition(":")[0] for note in section.notes[2:]] == ["people", "ratio"]
    check(section, "gravity", "flow origin destination told expected ratio km", "HeadquartersMove a")


@pytest.mark.parametrize(
    ("found", "sizes", "told_of", "areas"),
    [
        (MANY[1:], {**FIVE, "global": 1}, 39, 5),
        ([*MANY, *moved(("france", "singapore", 2))], {**FIVE, "japan": 0}, 40, 4),
        ([*MANY, *moved(("germany", "france", 1), ("france", "germany", 1))], {**FIVE, "france": 0}, 27, 4),
        (moved(("france", "japan", 39), ("germany", "france", 1)), FIVE, 39, 5),
        ([], {}, 0, 0),
    ],
)
def test_without_enough_flows_between_areas_with_headquarters_there_is_no_model(
    found: list[Flow], sizes: dict[str, int], told_of: int, areas: int
) -> None:
    section = gravity(facts(found, sizes=sizes))
    assert rows(section) == []
    assert section.base["en"].startswith(f"headquarters: {told_of} flows, {areas} areas with headquarters; people: 0")
    assert section.base["zh-hans"].startswith(f"总部：{told_of}次流动，{areas}个有总部的区域；人员：0次")
    assert section.notes[1]["en"] == (
        f"headquarters: too few flows for a gravity model: {told_of}. It needs 40, 10 for each of its 4 coefficients "
        "(after Peduzzi et al. 1996), and 5 areas."
    )
    assert f"引力模型：{told_of}次。" in section.notes[1]["zh-hans"]
    assert len(section.notes) == 3


def test_areas_of_one_size_give_no_model_and_people_are_modelled_apart() -> None:
    section = gravity(facts(moved(("france", "japan", 40)), sizes=dict.fromkeys(FIVE, 2)))
    assert section.notes[1]["en"] == "headquarters: the model cannot be estimated: masses or distances do not vary."
    assert section.notes[1]["zh-hans"].startswith("总部：模型无法估计（")
    assert [note["en"].partition(":")[0] for note in section.notes[2:]] == ["people"]
    section = gravity(facts([], MANY))
    assert {row[0] for row in rows(section)} == {"people"} and section.notes[2]["en"].startswith("people, elast")


def test_a_model_rests_on_what_leads_between_areas() -> None:
    within = moved(("france", "france", 1), ("", "japan", 1), node="node:b")
    section = gravity(facts([*MANY, *within], moved(("france", "japan", 1), node="node:c")))
    assert section.sources == ("HeadquartersMove a", "PersonnelMove c")


# Ranks


def test_areas_are_ranked_by_what_comes_and_by_what_goes() -> None:
    found = moved(("france", "japan", 3), ("france", "singapore", 1), ("japan", "singapore", 1), ("japan", "france", 1))
    section = ranks(facts(found, moved(("japan", "france", 1), node="node:b")))
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((*ends, n) for ends, n in all_flows.matrix(found).items())
    page, chei = (nx.pagerank(each, tol=1e-12) for each in (graph, graph.reverse()))
    turnover = {"france": (1, 4), "japan": (3, 2), "singapore": (2, 0)}
    expected = [
        ["headquarters", area, *turnover[area], pytest.approx(page[area]), pytest.approx(chei[area])]
        for area in sorted(page, key=page.__getitem__, reverse=True)
    ]
    assert rows(section)[:3] == expected
    assert [row[:4] for row in rows(section)[3:]] == [["people", "france", 1, 0], ["people", "japan", 0, 1]]
    assert section.base["en"] == (
        "headquarters: n = 6 flows, 2 answered by one the other way; "
        "people: n = 1 flows, 0 answered by one the other way"
    )
    assert section.base["zh-hans"] == "总部：n = 6，其中2次有反向流动；人员：n = 1，其中0次有反向流动"
    assert section.notes[2]["en"] == "Under 20 flows (headquarters, people) one flow moves a rank: go by the counts."
    assert section.notes[2]["zh-hans"].startswith("流动不足20次（总部、人员）时")
    check(section, "ranks", "flow area inflow outflow pagerank cheirank", "HeadquartersMove a, PersonnelMove b")


def test_areas_of_one_rank_stand_by_name() -> None:
    ring = ["japan", "france", "singapore", "canada", "germany", "united-states", "mainland-china"]
    section = ranks(facts(moved(*((one, other, 1) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)))))
    assert [row[1] for row in rows(section)] == sorted(ring)


@pytest.mark.parametrize(("count", "words"), [(15, " (reciprocity 0.50)"), (14, "")])
def test_reciprocity_is_given_from_twenty_flows_on(count: int, words: str) -> None:
    section = ranks(facts(moved(("france", "japan", count), ("japan", "france", 5), ("france", "france", 9))))
    assert section.base["en"].startswith(
        f"headquarters: n = {count + 5} flows, 10 answered by one the other way{words}; people: n = 0 flows, 0 ans"
    )
    assert ("互惠度0.50" in section.base["zh-hans"]) is bool(words)
    few = "people" if words else "headquarters, people"
    assert section.notes[2]["en"].startswith(f"Under 20 flows ({few}) one")


def test_with_enough_flows_no_note_says_that_they_are_few() -> None:
    enough = moved(("france", "japan", 20))
    section = ranks(facts([*enough, *moved(("", "japan", 1), node="node:b")], enough))
    assert len(section.notes) == 2
    assert section.sources == ("HeadquartersMove a", "PersonnelMove a")
