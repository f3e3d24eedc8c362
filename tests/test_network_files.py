"""A network as a file: read back, it has the same nodes, edges and attributes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import shell
from click.testing import Result
from folders import folder, invested, moved, raised, source

from graph.opened import Opened
from graph.projections import PROJECTIONS
from graph.sinks.networks import FORMATS, described
from graph.store import Graph, in_memory


def nodes_of(graph: Any) -> dict[str, dict[str, Any]]:
    return {name: {key: value for key, value in values.items() if key != "node_default"}
            for name, values in graph.nodes(data=True)}  # fmt: skip


def edges_of(graph: Any) -> list[tuple[Any, ...]]:
    """Every edge with its attributes; ends of undirected ones in order, without the ids that a format adds."""
    rows = graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True)
    found = []
    for one, other, *keys, values in rows:
        ends = (one, other) if graph.is_directed() else tuple(sorted((one, other)))
        found.append((*ends, *keys, {key: value for key, value in values.items() if key not in ("id", "networkx_key")}))
    return sorted(found, key=str)


READERS: dict[str, Callable[[Path], Any]] = {
    ".graphml": lambda path: nx.read_graphml(path, edge_key_type=str),
    ".gexf": nx.read_gexf,
    ".json": lambda path: nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges"),
}


@pytest.mark.parametrize("name", PROJECTIONS)
@pytest.mark.parametrize("ending", READERS)
def test_a_network_read_back_is_the_same(facts: Path, graph: Graph, tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"network{ending}"
    told = shell.invoke(facts, "network", name, "--output", str(path))
    assert told.exit_code == 0
    expected, found = described(Opened(graph), name), READERS[ending](path)
    assert nodes_of(found) == nodes_of(expected)
    assert edges_of(found) == edges_of(expected)
    if expected.number_of_edges():
        assert (found.is_directed(), found.is_multigraph()) == (expected.is_directed(), expected.is_multigraph())


def test_the_edges_as_csv_are_those_of_the_network(facts: Path, graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    shell.invoke(facts, "network", "headquarters-flow", "-o", str(path))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == {
        "source": "place/mainland-china",
        "target": "place/singapore",
        "source_label_en": "mainland China",
        "target_label_en": "Singapore",
        "source_label_zh": "中国大陆",
        "target_label_zh": "新加坡",
        "weight": "1.0",
        "disputed": "true",
        "nodes": "event/manus-hq-to-singapore",
        "not_before": rows[0]["not_before"],
        "not_after": rows[0]["not_after"],
    }
    assert len(rows) == described(Opened(graph), "headquarters-flow").number_of_edges()


def test_labels_dates_and_disputes_are_attributes(tmp_path: Path) -> None:
    two = (
        source("one", raised(when="2024-05"), invested("first", "bolt"), invested("second", "daily")),
        source("two", moved(when="2025")),
        source("three", moved(to="place/japan", when="2025"), publisher="organization/herald"),
    )
    opened = Opened(in_memory(folder(tmp_path, *two)))
    tie = described(opened, "co-investment").edges["organization/bolt", "organization/daily"]
    assert (tie["not_before"], tie["not_after"], tie["disputed"]) == ("2024-05-01", "2024-05-31", False)
    ((_, _, flow),) = described(opened, "headquarters-flow").edges(data=True)
    assert (flow["not_before"], flow["not_after"], flow["disputed"]) == ("2025-01-01", "2025-12-31", True)
    place = described(Opened(opened.graph, "zh"), "headquarters-flow").nodes["place/beijing"]
    assert (place["label"], place["label_en"], place["label_zh"]) == ("北京", "Beijing", "北京")


def test_control_characters_in_a_label_do_not_break_a_file(tmp_path: Path) -> None:
    things = [
        {"id": "organization/acme", "label": {"en": 'A<c>&"me\u202e'}},
        *("organization/bolt", "organization/daily", "organization/herald"),
    ]
    told = (raised(), invested("first", "bolt"))
    facts = folder(tmp_path / "facts", source("one", *told), things=things)
    for ending in (".graphml", ".gexf"):
        path = tmp_path / f"network{ending}"
        assert shell.invoke(facts, "network", "investment", "-o", str(path)).exit_code == 0
        assert READERS[ending](path).nodes["organization/acme"]["label_en"].startswith('A<c>&"me')


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_the_same_each_time_and_names_no_day(
    run: Callable[..., Result], facts: Path, tmp_path: Path, ending: str
) -> None:
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    run("network", "whole", "-o", str(one))
    shell.start(facts, "network", "whole", "-o", str(two), environment={"PYTHONHASHSEED": "3"})
    assert one.read_bytes() == two.read_bytes()
    assert b"lastmodified" not in one.read_bytes()


def test_another_ending_is_answered_with_the_known_ones(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.dot"
    line = shell.failure(shell.invoke(facts, "network", "whole", "-o", str(path)), 2)
    assert "one of: .graphml, .gexf, .json, .csv" in line
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_one_clear_line(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "no" / "network.csv"
    assert str(path) in shell.failure(shell.invoke(facts, "network", "whole", "-o", str(path)), 1)
