"""GraphX on a real local Spark gives what is counted here. Run by .ci/full: python -m pytest tests/spark.py"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import graph
from cli import commands
from graph.errors import UsageError
from graph.opened import Opened

CASES = [
    ("whole", "pagerank"),
    ("whole", "components"),
    ("investment", "degree"),
    ("investment", "components"),
    ("ownership", "pagerank"),
    ("ownership", "cheirank"),
    ("personnel-flow", "indegree"),
    ("headquarters-flow", "outdegree"),
]


@pytest.fixture(scope="module")
def opened() -> Opened:
    return graph.open()


@pytest.mark.parametrize(("network", "measure"), CASES)
def test_spark_answers_what_is_counted_here(opened: Opened, network: str, measure: str) -> None:
    here = opened.measure(network, measure, top=50, draws=0)
    there = opened.measure(network, measure, top=50, draws=0, engine="spark")
    assert there.columns == here.columns
    assert len(there.rows) == len(here.rows)
    for found, expected in zip(there.rows, here.rows, strict=True):
        assert found == pytest.approx(expected, abs=1e-6)
    lines = zip(there.caption.splitlines(), here.caption.splitlines(), strict=True)
    assert [one.replace("GraphX of Spark", "") for one, other in lines if one != other and "Spark" not in one] == []


def test_what_graphx_does_not_have_is_refused_before_it_starts(opened: Opened) -> None:
    for network, measure in (("co-investment", "degree"), ("investment", "betweenness"), ("whole", "communities")):
        with pytest.raises(UsageError, match="--engine local"):
            opened.measure(network, measure, engine="spark")


def test_the_command_line_asks_spark(tmp_path: Path) -> None:
    asked = ["network", "ownership", "--measure", "pagerank", "--engine", "spark", "--top", "3", "--format", "csv"]
    result = CliRunner().invoke(commands, asked)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 4


def test_a_cluster_without_a_shared_folder_is_refused(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    monkeypatch.setenv("CHUHAI_SPARK_MASTER", "spark://127.0.0.1:1")
    with pytest.raises(UsageError, match="CHUHAI_SPARK_FOLDER"):
        opened.measure("ownership", "degree", engine="spark")
