"""Ranks by year are those that --as-of gives for each year's end."""

from __future__ import annotations

from pathlib import Path

import pytest
import shell
from folders import controls, folder, invested, moved, raised, source, went

from graph import limits, measured, series
from graph.errors import UsageError
from graph.moment import Moment
from graph.opened import Opened
from graph.store import Graph, in_memory
from graph.whole import past


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Rounds, moves and a control of several years; one move was announced before it happened, one has no date."""
    later = {"organization": "organization/bolt", "round": "event/bolt-round"}
    told = (
        raised("round", when="2021-03"),
        raised("bolt", about="event/bolt-round", organization="organization/bolt", when="2023"),
        *(invested(f"a-{name}", name) for name in ("daily", "gazette")),
        *(invested(f"b-{name}", name, **later) for name in ("daily", "herald")),
        went("first", "acme", "bolt", when="2020"),
        went("second", "acme", "daily", when="2022-06"),
        went("undated", "bolt", "daily"),
        controls("ab", "acme", "bolt", since="2019", until="2021"),
    )
    early = source("one", *told, moved(status="announced", when="2022"), published="2022-02-01")
    late = source(
        "two", moved(status="completed", when="2022"), published="2024-05-01", publisher="organization/herald"
    )
    return in_memory(folder(tmp_path_factory.mktemp("dated"), early, late))


@pytest.mark.parametrize(
    ("projection", "measure"),
    [
        ("investment", "degree"),
        ("co-investment", "degree"),
        ("personnel-flow", "pagerank"),
        ("headquarters-flow", "degree"),
        ("whole", "betweenness"),
    ],
)
def test_a_year_of_a_series_is_what_as_of_that_year_gives(dated: Graph, projection: str, measure: str) -> None:
    found = series.by_year(dated, projection, measure)
    assert found
    for year, then in found.items():
        graph = past(dated, Moment(as_of=f"{year}-12-31"))
        expected = measured.measure(graph, projection, measure, draws=0)
        assert then.rows() == expected.rows()
        assert then.base == expected.base


def test_ranks_change_with_the_years(dated: Graph) -> None:
    found = series.by_year(dated, "investment", "degree")
    ranks = {year: {row.node: row.rank for row in m.rows("investor")} for year, m in found.items()}
    assert list(ranks) == ["2021", "2022", "2023"]
    assert ranks["2021"] == {"organization/daily": 1, "organization/gazette": 1}
    assert ranks["2023"] == {"organization/daily": 1, "organization/gazette": 2, "organization/herald": 2}


def test_a_series_shows_only_the_last_years(dated: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NETWORK_YEARS", 2)
    assert list(series.by_year(dated, "personnel-flow")) == ["2021", "2022"]


def test_the_columns_of_the_table_are_the_years(dated: Graph) -> None:
    table = Opened(dated).measure_by_year("investment", "degree", side="investor", top=2)
    assert list(table.columns) == ["side", "thing", "2021", "2022", "2023"]
    assert [row[2:] for row in table.rows] == [[1, 1, 1], [1, 1, 2]]
    assert "2021: 3, 2; 2022: 3, 2; 2023: 5, 4" in table.caption


def test_a_series_leaves_as_of_to_its_own_years(dated: Graph, facts: Path) -> None:
    with pytest.raises(UsageError, match="leave --as-of out"):
        Opened(dated, at=Moment(as_of="2022-12-31")).measure_by_year("investment")
    line = shell.failure(shell.invoke(facts, "network", "product-parent", "--by-year"), 2)
    assert "no node of product-parent is dated" in line
