"""The pull overseas, on facts small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import THINGS, Statement, folder, moved, raised, said, sat, source
from pyoxigraph import NamedNode

import queries
from graph import overseas
from graph.errors import NotFoundError, UsageError
from graph.opened import Opened, open_graph
from graph.section import Section
from graph.store import in_memory
from graph.writers import plain
from ontology import compact

LATE = {"published": "2026-01-01"}


def built(path: Path, *stated: Statement, things: Sequence[str | Statement] = THINGS, language: str = "en") -> Opened:
    return Opened(in_memory(folder(path, source("one", *stated, **LATE), things=things)), language)


def rows(section: Section) -> list[list[Any]]:
    """The rows of a section with identifiers in short."""
    return [[compact(c.value) if isinstance(c, NamedNode) else plain(c) for c in row] for row in section.table.rows]


def flows(opened: Opened, kind: str = "headquarters", **options: Any) -> list[list[Any]]:
    return [row[1:] for row in rows(opened.overseas("flows", **options)["flows"]) if row[0] == kind]


def based(organization: str, place: str, **values: Any) -> Statement:
    told = {"about": f"tenure/{organization}-{place}", "organization": f"organization/{organization}"}
    return sat(f"{organization}-{place}", **told, place=f"place/{place}", **values)


def went(key: str = "went", **values: Any) -> Statement:
    told = {"type": "PersonnelMove", "about": f"event/{key}", "person": "person/ada", "status": "completed"}
    return said(key, **{**told, "from_": "organization/acme", "to": "organization/bolt", **values})


def entity(key: str, subtype: str, place: str, **values: Any) -> Statement:
    told = {"type": "LegalEntityChange", "about": f"event/{key}", "organization": "organization/acme"}
    return said(key, **told, subtype=subtype, place=place, status="completed", **values)


def many(count: int, place: str = "beijing", **values: Any) -> tuple[list[str], list[Statement]]:
    """So many organizations with headquarters in a place, and what says so."""
    names = [f"org-{number:02}" for number in range(count)]
    return [f"organization/{name}" for name in names], [based(name, place, **values) for name in names]


# Flows


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
    assert flows(opened) == [[*ends, *row] for row in counted]


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
    assert flows(built(tmp_path, moved(when="2024", status=status))) == []


@pytest.mark.parametrize(
    ("since", "until", "seen"), [(2024, None, 1), (None, 2024, 1), (2025, None, 0), (None, 2023, 0)]
)
def test_a_period_of_years_keeps_what_can_have_been_in_it(
    tmp_path: Path, since: int | None, until: int | None, seen: int
) -> None:
    assert (
        len(
            flows(
                built(
                    tmp_path,
                    moved(when="2024-05"),
                ),
                since=since,
                until=until,
            )
        )
        == seen
    )


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
    assert flows(built(tmp_path, left, based("acme", "new-york"), went(when=when)), "people") == counted


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


def market(key: str, place: str, **values: Any) -> Statement:
    told = {"type": "MarketPresence", "about": f"presence/{key}", "product": "product/gadget"}
    return said(key, **{**told, "place": place, "primary": "true", **values})


MADE = said("made", about="operation/a", type="Operation", organization="organization/acme", product="product/gadget")


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


# Rates


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


# Places


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


# Relocations one by one


def test_capital_before_and_after_a_move_with_the_places_of_investors(tmp_path: Path) -> None:
    def stake(key: str, investor: str, **values: Any) -> Statement:
        told = {"type": "Investment", "about": f"event/{key}", "organization": "organization/acme"}
        return said(key, **told, investor=f"organization/{investor}", **values)

    opened = built(
        tmp_path,
        moved(when="2024-06", status="completed"),
        raised("seed", about="event/seed", when="2023-01", subtype="seed-round", status="completed"),
        stake("bolt-in", "bolt", round="event/seed"),
        stake("daily-in", "daily", round="event/seed"),
        raised("next", about="event/next", when="2025-01", status="announced"),
        raised("never", about="event/never", when="2025-02", status="cancelled"),
        stake("gazette-in", "gazette"),
        stake("herald-out", "herald", subtype="exit", when="2024-07"),
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
        said("cut", type="WorkforceChange", about="event/cut", organization="organization/acme", subtype="layoff",
             when="2024-05", status="completed", **case),
    )  # fmt: skip
    assert [row[1:] for row in rows(opened.overseas("facets")["facets"])] == [
        ["headquarters", "2024", "later", "legal", "2023-08"],
        ["headquarters", "2024", "not told", "workforce", "2024-05"],
        ["legal", "2023-08", "first", "workforce", "2024-05"],
    ]


def test_ties_within_and_across_make_an_index_from_twenty_on(tmp_path: Path) -> None:
    seats = [based("acme", "beijing"), based("bolt", "shanghai"), based("daily", "tokyo")]
    people = [f"person/p{number}" for number in range(20)]
    goals = ["bolt"] * 15 + ["daily"] * 5
    moves = [
        went(f"w{number}", person=person, to=f"organization/{goal}")
        for number, (person, goal) in enumerate(zip(people, goals, strict=True))
    ]
    opened = built(tmp_path, *seats, *moves, things=[*THINGS, *people])
    assert rows(opened.overseas("ties")["ties"]) == [
        ["home", 15, 5, -0.5, None],
        ["abroad", 0, 5, None, "few cases"],
        ["all", 15, 5, -0.5, None],
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


# Every section


def test_another_home_has_another_overseas(tmp_path: Path) -> None:
    opened = built(tmp_path, based("acme", "beijing"), based("bolt", "tokyo"), went())
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
        went(when="2025"),
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
        texts = [section.title, section.base, *section.notes, *section.words.values()]
        assert all(text["en"] and text["zh-hans"] for text in texts)
        assert section.notes[0]["en"].startswith("Overseas: outside mainland China; Hong Kong")
        assert (section.coverage, section.sources) in [("2026-01-01", ("source/one",)), ("", ())]
        assert all(name in section.words or name in section.table.columns for name in section.machine_only)


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
    from graph.terminal import width

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
