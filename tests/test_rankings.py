"""The sections on lists and the command that shows them, on two editions of a list made up for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from folders import Statement, folder, said, source
from lists import ONE, THINGS, TWO, listed, made, opened, ranking, worth
from shell import failure, invoke, on_terminal

from graph.errors import NotFoundError, UsageError
from graph.opened import Opened
from graph.rankings import SECTIONS
from graph.section import Section
from graph.store import in_memory
from graph.writers import plain
from ontology import compact

FACTS: tuple[Statement, ...] = (
    ranking(), listed("anchor", 1), listed("brush", 2), listed("cart", 3), listed("drum", 4),
    ranking(TWO), listed("brush", 1, TWO), listed("anchor", 2, TWO), listed("easel", 3, TWO),
    made("anchor", "acme"), made("brush", "acme"), made("cart", "bolt"), made("drum", "corex"), made("easel", "corex"),
    worth("acme", "CNY 90000000000"), worth("bolt", "CNY 1000000000"),
    said("held", type="Control", about="control/x", organization="organization/bolt",
         controller="organization/daily", subtype="said-to-belong"),
)  # fmt: skip
"""Of 2024 four of four are known, of 2025 three of four."""


@pytest.fixture
def graph_of_lists(tmp_path: Path) -> Opened:
    return opened(tmp_path, *FACTS)


@pytest.fixture
def lists_folder(tmp_path: Path) -> Path:
    return folder(tmp_path / "facts", source("one", *FACTS), things=THINGS)


def rows(section: Section) -> list[dict[str, object]]:
    def cell(value: object) -> object:
        found = plain(value)  # type: ignore[arg-type]
        return compact(found) if isinstance(found, str) else found

    return [dict(zip(section.table.columns, map(cell, row), strict=True)) for row in section.table.rows]


def values(section: Section, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows(section)]


def test_a_list_that_is_known_in_full_has_exact_figures_and_one_known_in_part_has_bounds(
    graph_of_lists: Opened,
) -> None:
    section = graph_of_lists.rankings()["concentration"]
    assert values(section, "list", "cr1", "cr1_low", "cr1_high", "hhi", "hhi_low", "hhi_high") == [
        (ONE, 0.5, None, None, 3750, None, None),
        (TWO, None, 0.5, 0.75, None, 3750, 6250),
    ]
    assert values(section, "met", "met_low", "met_high") == [(None, 0.5, 0.75), (None, 0.5, 1.0)]


def test_groups_of_a_list_by_hand(graph_of_lists: Opened) -> None:
    section = graph_of_lists.rankings(ONE)["groups"]
    assert values(section, "group", "entries", "share", "listed") == [
        ("organization/acme", 2, 0.5, "product/anchor, product/brush"),
        ("organization/bolt", 1, 0.25, "product/cart"),
        ("organization/corex", 1, 0.25, "product/drum"),
    ]
    assert [note["en"] for note in section.notes if "only said" in note["en"]][-1] == (
        "Contested or only said to belong, and not counted so: product/cart: organization/daily."
    )


def test_the_last_edition_says_what_is_kept_new_and_gone_and_what_it_cannot_know(graph_of_lists: Opened) -> None:
    section = graph_of_lists.rankings(TWO)["editions"]
    assert values(section, "listed", "rank_before", "rank", "change", "status") == [
        ("product/brush", 2, 1, 1, "kept"),
        ("product/anchor", 1, 2, -1, "kept"),
        ("product/easel", None, 3, None, "new"),
        ("product/cart", 3, None, None, "not known after"),
        ("product/drum", 4, None, None, "not known after"),
    ]


def test_turnover_between_the_editions_by_hand(graph_of_lists: Opened) -> None:
    section = graph_of_lists.rankings()["editions"]
    names = ("list", "before", "known", "kept_low", "kept_high", "turnover_low", "turnover_high")
    assert values(section, *names) == [(TWO, ONE, 2, 2, 3, 0.25, 0.5)]


def test_shares_of_groups_in_both_editions_by_hand(graph_of_lists: Opened) -> None:
    section = graph_of_lists.rankings(TWO)["shares"]
    assert values(section, "group", "earlier", "later_low", "later_high") == [
        ("organization/acme", 0.5, 0.5, 0.75),
        ("organization/bolt", 0.25, 0.0, 0.25),
        ("organization/corex", 0.25, 0.25, 0.5),
    ]


def test_criteria_stand_beside_what_a_source_counts(tmp_path: Path) -> None:
    big = said("big", about="criterion/big", type="Criterion", metric="market-value", threshold="CNY 50000000000")
    counted = said("counted", type="ReportedAggregate", about="aggregate/big", criterion="criterion/big", ranking=ONE,
                   count=3, outOf=4, share=0.75, kind="reported-figure")  # fmt: skip
    graph = opened(tmp_path, *FACTS, big, counted)
    assert values(graph.rankings(ONE)["criteria"], "criterion", "count", "count_low", "count_high", "of", "share") == [
        ("market value over CNY 50 billion", None, 2, 3, 4, None),
        ("criterion/big", 3, None, None, 4, 0.75),
    ]
    assert values(graph.rankings()["concentration"], "list", "reported")[0] == (ONE, "3 / 4")
    assert any("No source gives market value in CNY" in note["en"] for note in graph.rankings(ONE)["criteria"].notes)


def test_variety_of_categories_is_withheld_where_few_are_known(tmp_path: Path) -> None:
    def sorted_as(name: str, category: str) -> Statement:
        return said(f"{name}-kind", about=f"product/{name}", type="Product", category=category)

    named = [sorted_as("anchor", "coding"), sorted_as("brush", "design")]
    names = ("list", "categorized", "categories", "h", "j", "hill")
    few = opened(tmp_path / "few", *FACTS, named[0]).rankings(ONE)["variety"]
    assert values(few, *names) == [(ONE, 1, 1, None, None, None)]
    half = opened(tmp_path / "half", *FACTS, *named).rankings(ONE)["variety"]
    assert values(half, *names) == [(ONE, 2, 2, 0.693, 1.0, 2.0)]


def test_a_publisher_gives_its_lists_and_nothing_else_is_a_list(graph_of_lists: Opened) -> None:
    assert values(graph_of_lists.rankings("organization/daily")["lists"], "list", "period", "places", "known") == [
        (ONE, "2024", 4, 4), (TWO, "2025", 4, 3),
    ]  # fmt: skip
    with pytest.raises(NotFoundError, match="no source names entries of 'organization/acme' or counts them"):
        graph_of_lists.rankings("organization/acme")


def test_lists_of_a_day_and_of_what_was_known_by_a_day(tmp_path: Path) -> None:
    graph = in_memory(folder(tmp_path, source("one", *FACTS), things=THINGS))
    from graph.moment import moment

    known = {day: Opened(graph, "en", moment(as_of=day)).rankings()["lists"] for day in ("2023", "2024", "2025")
             if day != "2023"}  # fmt: skip
    assert [values(section, "list") for section in known.values()] == [[(ONE,)], [(ONE,), (TWO,)]]
    with pytest.raises(NotFoundError, match="no source names entries of 'any list'"):
        Opened(graph, "en", moment(known_by="2024-12-31")).rankings()


def test_every_section_names_its_queries_documents_and_words(graph_of_lists: Opened) -> None:
    import queries

    made_of = {**graph_of_lists.rankings(), **graph_of_lists.rankings(TWO)}
    assert set(made_of) == set(SECTIONS)
    for section in made_of.values():
        assert set(section.queries) <= set(queries.names())
        assert section.key == "variety" or (section.sources, section.coverage) == (("source/one",), "2025-01-01")
        assert all(labels["en"] and labels["zh-hans"] for labels in (section.title, section.base, *section.notes))
        for name in section.table.columns:
            assert re.sub("_low$|_high$", "", name) in section.table.words


def test_a_second_source_of_the_same_facts_changes_no_row(tmp_path: Path) -> None:
    one, two = opened(tmp_path / "a", *FACTS), opened(tmp_path / "b", *FACTS, also=FACTS)
    for name in (None, ONE, TWO):
        first, second = one.rankings(name), two.rankings(name)
        assert {key: rows(s) for key, s in first.items()} == {key: rows(s) for key, s in second.items()}


def test_an_unknown_section_is_answered_with_the_nearest(graph_of_lists: Opened) -> None:
    with pytest.raises(UsageError, match="no section named 'concentrations' here; did you mean concentration"):
        graph_of_lists.rankings(only="concentrations")
    with pytest.raises(UsageError, match="no section named 'entries' here; one of: lists, concentration"):
        graph_of_lists.rankings(only="entries")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [(), (TWO,)])
def test_screens_fit_eighty_columns_in_both_languages(lists_folder: Path, language: str, name: tuple[str, ...]) -> None:
    from graph.terminal import width

    shown = on_terminal(lists_folder, "rankings", *name, "--lang", language)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(width, lines)) <= 80
    assert ("集中度" in shown) == (language == "zh")


def test_machines_get_one_section_as_a_table_or_all_as_json(lists_folder: Path) -> None:
    shown = invoke(lists_folder, "rankings", ONE, "--section", "entries", "--format", "csv").stdout
    assert shown.splitlines()[:2] == [
        "rank,listed,group,said,meets",
        "1,https://w3id.org/chuhai/id/product/anchor,https://w3id.org/chuhai/id/organization/acme,,yes",
    ]
    everything = json.loads(invoke(lists_folder, "rankings", "--format", "json").stdout)
    assert list(everything) == ["lists", "concentration", "editions", "variety"]
    assert "name a section" in failure(invoke(lists_folder, "rankings", "--format", "csv"), 2)


def test_another_threshold_changes_what_meets_it(lists_folder: Path) -> None:
    arguments = ("rankings", ONE, "--section", "entries", "--format", "json")
    lower = json.loads(invoke(lists_folder, *arguments, "--threshold", "500000000").stdout)
    dollars = json.loads(invoke(lists_folder, *arguments, "--currency", "USD").stdout)
    assert [row["meets"] for row in lower] == ["yes", "yes", "yes", "not known"]
    assert {row["meets"] for row in dollars} == {"not known"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--metric", "fame"), 2, "'fame' is no metric"),
        (("--threshold", "-5"), 2, "'-5' in 'CNY' is no threshold"),
        (("ranking/none",), 3, "ranking/none"),
    ],
)
def test_a_mistake_is_one_clear_line(lists_folder: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    assert message in failure(invoke(lists_folder, "rankings", *arguments), code)
