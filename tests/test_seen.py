"""A graph as it is seen from a home area: rows and documents of its queries, cohorts, and every section by its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from abroad import check
from folders import THINGS, folder, moved, said, sat, source, went

from graph import overseas
from graph.dates import Span, parse
from graph.errors import NotFoundError, UsageError
from graph.flows import HOME
from graph.moment import moment
from graph.opened import Opened
from graph.overseas.facts import Facts
from graph.overseas.limits import limits
from graph.store import in_memory
from ontology import ID, compact

ALWAYS = Span(None, None)
ACME, BOLT, DAILY = (f"{ID}organization/{name}" for name in ("acme", "bolt", "daily"))
LISTS = (
    {"id": "ranking/top", "label": {"en": "Top Ten", "zh-hans": "十强"}},
    {"id": "criterion/big", "label": {"en": "Big Firms"}},
    {"id": "criterion/small", "label": {"en": "Small Firms"}},
    {"id": "organization/ten", "label": {"en": "Top Ten"}},
    {"id": "organization/firms", "label": {"en": "Big Firms"}},
)
"""Two lists, names of which organizations bear too, and one of nobody."""


def made(key: str, product: str, maker: str) -> dict[str, Any]:
    ends = {"product": f"product/{product}", "organization": f"organization/{maker}"}
    return said(key, type="Operation", about=f"operation/{key}", **ends)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    listed = {"type": "RankingEntry", "ranking": "ranking/top"}
    one = source(
        "one",
        moved(when="2024", status="completed"),
        sat("b", about="tenure/bolt", organization="organization/bolt", place="place/tokyo"),
        went("left", "acme", "bolt", when="2022"),
        made("g", "gadget", "bolt"),
        made("h", "gadget", "acme"),
        made("i", "widget", "acme"),
        said("shop", type="Product", about="product/gadget", category=["coding", "search"]),
        said("market", type="MarketPresence", about="presence/p", product="product/widget", place="place/france",
             primary="true", attested="2024"),
        said("e", **listed, about="entry/b", organization="organization/bolt"),
        said("f", **listed, about="entry/a", organization="organization/acme"),
        said("big", type="CriterionAssessment", about="assessment/a", criterion="criterion/big",
             subject="organization/acme", satisfied="true"),
        published="2025-03",
    )  # fmt: skip
    entity = {"type": "LegalEntityChange", "about": "event/set-up", "subtype": "incorporation"}
    two = source(
        "two",
        said("set-up", **entity, organization="organization/bolt", place="place/singapore", when="2023"),
        went("left", "acme", "bolt", when="2022"),
        publisher="organization/herald",
        published="2025-06-01",
    )
    more = [source(slug, went("left", "acme", "bolt", when="2022")) for slug in ("five", "four", "six", "three")]
    things = [*(thing for thing in THINGS if not thing.startswith(("ranking/", "criterion/"))), *LISTS]
    built = Opened(in_memory(folder(tmp_path_factory.mktemp("seen") / "facts", one, two, *more, things=things)))
    yield built
    built.close()


def seen(opened: Opened, home: str = f"place/{HOME}", since: int | None = None, until: int | None = None) -> Facts:
    return Facts(opened, home, since, until)


@pytest.mark.parametrize("home", ["place/japan", "japan", "Japan", "日本"])
def test_the_home_is_an_area_by_any_name(opened: Opened, home: str) -> None:
    facts = seen(opened, home)
    assert facts.areas.home == "japan"
    assert facts.definition["en"].startswith("Overseas: outside Japan. Mainland China, Hong Kong")
    assert facts.definition["zh-hans"].startswith("海外：日本以外。")


def test_outside_of_mainland_china_is_said_as_such(opened: Opened) -> None:
    definition = seen(opened).definition
    assert definition["en"] == "Overseas: outside mainland China; Hong Kong, Macao, Taiwan count as outside."
    assert definition["zh-hans"] == "海外：中国大陆以外；香港、澳门、台湾计入大陆以外。"


def test_a_home_is_a_top_level_area_and_years_do_not_end_before_they_begin(opened: Opened) -> None:
    with pytest.raises(UsageError, match=r"^'place/tokyo' is no top-level area; one of: .*place/japan, place/"):
        seen(opened, "place/tokyo")
    with pytest.raises(UsageError, match="'place/nowhere' is no top-level area"):
        seen(opened, "place/nowhere")
    with pytest.raises(NotFoundError):
        seen(opened, "Gadget")
    with pytest.raises(UsageError, match="the years 2025 to 2024 end before they begin; swap"):
        seen(opened, since=2025, until=2024)
    facts = seen(opened, since=2024, until=2024)
    assert (facts.since, facts.until) == (2024, 2024)


def test_rows_are_texts_with_nothing_where_nothing_is_told(opened: Opened) -> None:
    [row] = seen(opened).presences
    assert row["thing"] == f"{ID}product/widget" and row["primary"] == "true"
    assert (row["heldFrom"], row["metric"]) == ("2024-12-31", "")


def test_each_maker_of_a_product_counts_once_whatever_the_categories(opened: Opened) -> None:
    assert len(seen(opened).products) == 5
    assert seen(opened).makers == {f"{ID}product/gadget": {ACME, BOLT}, f"{ID}product/widget": {ACME}}


@pytest.mark.parametrize(
    ("organization", "when", "area"),
    [
        (ACME, parse("2023"), HOME),
        (ACME, parse("2025"), "singapore"),
        (ACME, ALWAYS, ""),
        (BOLT, ALWAYS, "japan"),
        (DAILY, ALWAYS, ""),
    ],
)
def test_a_seat_is_the_only_area_of_the_headquarters_at_a_time(
    opened: Opened, organization: str, when: Span, area: str
) -> None:
    assert seen(opened).seat(organization, when) == area


@pytest.mark.parametrize(
    ("kind", "ends", "year"),
    [
        ("headquarters", (HOME, "singapore"), 2024),
        ("people", (HOME, "japan"), 2022),
        ("legal-entities", ("japan", "singapore"), 2023),
        ("markets", ("", "france"), 2024),
    ],
)
def test_flows_of_each_kind_are_of_the_period(opened: Opened, kind: str, ends: tuple[str, str], year: int) -> None:
    [flow] = seen(opened).flows(kind)
    assert (flow.kind, (flow.origin, flow.destination)) == (kind, ends)
    assert seen(opened, since=year, until=year).flows(kind) == [flow]
    assert seen(opened, since=year + 1).flows(kind) == seen(opened, until=year - 1).flows(kind) == []


@pytest.mark.parametrize(
    ("cohort", "members"),
    [("ranking/top", [ACME, BOLT]), ("Top Ten", [ACME, BOLT]), ("十强", [ACME, BOLT]), ("Big Firms", [ACME])],
)
def test_a_cohort_is_a_list_by_any_name(opened: Opened, cohort: str, members: list[str]) -> None:
    assert seen(opened).members(cohort) == members


def test_a_cohort_can_be_a_file_but_no_file_stands_for_a_list(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ranking").mkdir()
    listed = "\ufeff# 名单\n\n organization/daily \norganization/acme\norganization/acme\n"
    for name in ("cohort", "ranking/top"):
        (tmp_path / name).write_text(listed, encoding="utf-8")
    assert seen(opened).members("cohort") == [DAILY, ACME]
    assert seen(opened).members("ranking/top") == [ACME, BOLT]
    (tmp_path / "cohort").write_text("organization/acme\nDaily\nBolt\n", encoding="utf-8")
    with pytest.raises(UsageError, match="cohort: 'Daily' is no organization; write one a line: organization/heygen"):
        seen(opened).members("cohort")


def test_a_cohort_of_nobody_or_of_no_list_is_an_error(opened: Opened) -> None:
    with pytest.raises(NotFoundError, match="no organization is in 'Small Firms'; give a ranking, a criterion or a"):
        seen(opened).members("Small Firms")
    with pytest.raises(NotFoundError, match="no organization is in 'organization/bolt'"):
        seen(opened).members("organization/bolt")
    with pytest.raises(NotFoundError):
        seen(opened).members("Bolt")


def test_a_section_names_the_documents_of_its_nodes_and_the_latest_of_them(opened: Opened) -> None:
    facts = seen(opened)
    words = {"en": "x", "zh-hans": "y"}
    nodes = {"PersonnelMove": [f"{ID}event/left"], "LegalEntityChange": [], "HeadquartersMove": [f"{ID}event/other"]}
    cells = [[facts.area("japan")]]
    hidden = frozenset({"area"})
    section = facts.section("key", words, ["area"], cells, words, [words], ["q"], nodes, {"w": words}, hidden)
    assert (section.key, section.title, section.base, section.table.words) == ("key", words, words, {"w": words})
    assert section.notes == (facts.definition, words)
    assert section.queries == ("q", "documents-of")
    assert section.sources == tuple(f"source/{slug}" for slug in ("five", "four", "one", "six", "three", "two"))
    assert section.coverage == "2025-06-01"
    assert list(section.table.columns) == ["area"] and section.machine_only == hidden
    assert [[compact(cell.value) for cell in row] for row in section.table.rows] == [["place/japan"]]
    assert section.table.label(f"{ID}place/japan") == "Japan"
    nodes = {"HeadquartersMove": [f"{ID}event/acme-move"], "LegalEntityChange": [f"{ID}event/other"]}
    alone = facts.section("key", words, [], [], words, [], [], nodes, {})
    assert (alone.sources, alone.coverage) == (("source/one",), "2025-03")


def test_a_section_says_of_which_moment_it_is(opened: Opened) -> None:
    later = Opened(opened.graph, at=moment("2023"))
    assert limits(seen(later)).table.caption == "as of 2023-12-31, also what only possibly held"
    assert limits(seen(opened)).table.caption == ""


def test_the_questions_that_stay_open_rest_on_all_headquarters(opened: Opened) -> None:
    section = limits(seen(opened))
    check(section, "limits", "", "source/one")
    assert section.base["en"] == "2 organizations whose headquarters some source places"
    assert section.base["zh-hans"] == "有来源说明总部的2个组织"
    assert len(section.notes) == 6 and section.table.rows == []


def test_every_section_stands_by_its_key_in_the_order_of_reading(opened: Opened) -> None:
    found = overseas.overseas(opened)
    assert [*found] == [section.key for section in found.values()] == [*overseas.SECTIONS]
    assert [*overseas.overseas(opened, "capital")] == ["capital"]
    section = overseas.overseas(opened, "rates", "place/japan", 2023, 2024, "ranking/top")["rates"]
    assert section.notes[0]["en"].startswith("Overseas: outside Japan")
    assert section.base["en"].startswith("ranking/top, n = 2; in one area at the start of 2023")
    assert "from 2023 to 2024" in section.base["en"]


@pytest.mark.parametrize(
    ("name", "hint"), [("rate", "did you mean rates?"), ("x", "one of: flows, rates, ranks, gravity, markets, ")]
)
def test_an_unknown_section_is_an_error_with_a_hint(opened: Opened, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        overseas.overseas(opened, name)
    assert str(raised.value).startswith(f"there is no section named '{name}'; {hint}")
