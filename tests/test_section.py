"""A section as people read it, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from graph.errors import UsageError
from graph.section import Section, show, write_sections
from graph.writers import Cell, Table

WORDS = {
    "area": {"en": "area", "zh-hans": "区域"},
    "rate": {"en": "rate per 1,000", "zh-hans": "比率"},
    "few": {"en": "too few", "zh-hans": "过少"},
}


def section(columns: Sequence[str], *rows: Sequence[Cell], **values: Any) -> Section:
    title, base = {"en": "Rates", "zh-hans": "比率表"}, {"en": "3 moves", "zh-hans": "3次迁移"}
    told = {"queries": ("counts",), "sources": ("source/a", "source/b"), "coverage": "2026-01-02"}
    return Section("rates", title, Table(columns, rows, words=WORDS), base, **{**told, **values})


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([5.0, 0.25, 278.6], "5.0 (0.25 to 279)"),
        ([0.0, 0.0, 43.4], "0 (0 to 43)"),
        ([None, -3, 5], "-3 to 5"),
        ([None, 2, None], "≥ 2"),
        ([None, None, 2], "≤ 2"),
        ([7, None, None], "7"),
        ([None, None, None], ""),
    ],
)
def test_a_value_and_its_interval_are_one_cell_for_people(row: list[Cell], shown: str) -> None:
    table = section(["rate", "rate_low", "rate_high"], row).for_people("en")
    assert (table.heads(), table.rows) == (["rate per 1,000"], [[shown]])


def test_columns_and_words_are_translated_and_some_columns_are_for_machines() -> None:
    one = section(["area", "node", "rate"], ["few", "event/a", None], machine_only=frozenset({"node"}))
    assert write_sections({"rates": one}, "markdown", "zh-hans") == "| 区域 | 比率 |\n| --- | --- |\n| 过少 |  |\n"
    assert write_sections({"rates": one}, "csv", "zh-hans") == "area,node,rate\nfew,event/a,\n"


def test_a_screen_has_title_base_table_notes_and_what_is_behind() -> None:
    one = section(["area"], ["few"], notes=({"en": "A note.", "zh-hans": "说明。"},))
    assert show([one], "en").splitlines() == [
        *("Rates", "base: 3 moves", "", "area", "───────", "too few", "", "· A note."),
        "sources: 2, the latest of 2 January 2026; queries: counts",
    ]
    assert show([one], "zh-hans").splitlines()[-2:] == ["· 说明。", "来源：2个，最新2026年1月2日；查询：counts"]


def test_a_section_without_rows_or_dates_says_so() -> None:
    assert show([section(["area"], coverage="")], "en").splitlines() == [
        *("Rates", "base: 3 moves", "", "sources: 2, none dated; queries: counts")
    ]


def test_several_sections_go_into_json_only() -> None:
    both = {"one": section(["area"], ["few"]), "two": section(["area"], ["few"])}
    assert '"rows": [\n      {\n        "area": "few"' in write_sections(both, "json", "en")
    with pytest.raises(UsageError, match="csv takes one table; name a section: one, two"):
        write_sections(both, "csv", "en")
