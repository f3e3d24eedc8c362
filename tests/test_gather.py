"""The explorer's view of a graph: whole, with evidence, and the same each time."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import shell
from folders import folder, moved, said, source

from graph import limits, networks
from graph.explorer.gather import gather
from graph.explorer.page import render
from graph.explorer.view import View, check
from graph.store import Graph, in_memory
from ontology import vocabulary


@pytest.fixture(scope="module")
def view(graph: Graph) -> View:
    return gather(graph)


def test_a_view_holds_every_edge_and_its_ends(graph: Graph, view: View) -> None:
    check(view)
    found = networks.every_edge(graph)
    assert [edge["id"] for edge in view["edges"]] == [edge.node for edge in found]
    assert {node["id"] for node in view["nodes"]} == {end for edge in found for end in (edge.source, edge.target)}


def test_every_edge_has_statements_or_is_derived(view: View) -> None:
    assert all(edge["statements"] or edge["derived"] for edge in view["edges"])
    assert [edge["id"] for edge in view["edges"] if edge["derived"]] == [
        "tenure/heygen-hq-to-los-angeles-destination",
        "tenure/manus-hq-to-singapore-origin",
    ]


def test_every_statement_is_told_once_has_words_and_leads_to_its_source(view: View) -> None:
    shown = [n for part in (view["nodes"], view["edges"]) for each in part for n in each["statements"]]
    assert set(shown) == set(range(len(view["statements"])))
    assert all(statement["locator"] for statement in view["statements"])
    assert all(any(statement["text"].values()) for statement in view["statements"])
    assert {statement["source"] for statement in view["statements"]} == set(range(len(view["sources"])))
    assert len({source["url"] for source in view["sources"]}) == len(view["sources"]) == 6


def test_denials_and_rumours_stand_at_their_edge_with_their_kind(view: View) -> None:
    move = next(edge for edge in view["edges"] if edge["id"] == "event/manus-hq-to-singapore")
    kinds = sorted(view["statements"][n]["kind"] for n in move["statements"])
    assert kinds == ["causal", "denial", "denial", "fact", "fact", "fact"]
    assert move["disputed"]
    assert (move["when"], move["status"]) == ("May 2025", "")


def test_a_node_has_labels_and_its_other_names(view: View) -> None:
    zhipu = next(node for node in view["nodes"] if node["id"] == "organization/zhipu")
    assert zhipu["label"] == {"en": "Zhipu AI", "zh-hans": "智谱"}
    assert {"Z.ai", "智譜"} <= set(zhipu["aliases"])
    assert all(node["label"] for node in view["nodes"])


def test_only_the_kinds_and_relations_that_are_drawn_are_explained(view: View) -> None:
    assert set(view["types"]) == {node["type"] for node in view["nodes"]}
    assert set(view["relations"]) == {edge["relation"] for edge in view["edges"]}
    assert all(set(relation["label"]) >= {"en", "zh-hans"} for relation in view["relations"].values())


def test_looks_come_from_the_ontology(view: View) -> None:
    for kind, look in view["types"].items():
        name = next(n for n, k in vocabulary().slug_kinds.items() if k == kind and vocabulary().classes[n].shape)
        assert (look["shape"], look["color"]) == (vocabulary().classes[name].shape, vocabulary().classes[name].color)


def test_a_thing_with_more_edges_is_larger(view: View) -> None:
    sizes = {node["id"]: node["size"] for node in view["nodes"]}
    assert sizes["organization/butterfly-effect"] > sizes["organization/heygen"] > sizes["organization/zhipu"]
    assert all(8 <= size <= 20 for size in sizes.values())


def test_a_view_is_the_same_each_time_and_moves_with_its_seed(graph: Graph, view: View) -> None:
    assert gather(graph) == view
    other = gather(graph, seed=2)
    assert {**other, "nodes": []} == {**view, "nodes": []}
    assert [(n["x"], n["y"]) for n in other["nodes"]] != [(n["x"], n["y"]) for n in view["nodes"]]


def test_a_page_does_not_depend_on_the_hash_seed(facts: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        shell.start(facts, "explore", "-o", f"{seed}.html", cwd=tmp_path, environment={"PYTHONHASHSEED": seed})
    one, two = ((tmp_path / f"{seed}.html").read_bytes() for seed in ("1", "2"))
    assert one == two
    assert len(one) > 100_000


def test_a_chinese_view_speaks_chinese(graph: Graph) -> None:
    view = gather(graph, "zh-hans")
    assert view["language"] == "zh-hans"
    assert view["coverage"] == "6 个来源，最新 2025年10月24日"
    assert "2025年5月" in {edge["when"] for edge in view["edges"]}
    assert re.search("虎嗅", " ".join(source["publisher"] for source in view["sources"]))


def test_the_coverage_counts_all_sources(view: View) -> None:
    assert view["coverage"] == "6 sources, the latest of 24 October 2025"


def test_of_too_many_things_the_moves_and_the_best_connected_are_shown(
    graph: Graph, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPLORER_NODES", 12)
    few = gather(graph)
    degree = Counter(end for edge in view["edges"] for end in (edge["source"], edge["target"]))
    shown = {node["id"] for node in few["nodes"]}
    assert len(shown) == 12
    moves = [edge for edge in view["edges"] if edge["relation"] == "HeadquartersMove"]
    moved = {end for edge in moves for end in (edge["source"], edge["target"])}
    assert moved and moved <= shown
    assert min(degree[thing] for thing in shown - moved) >= max(degree[thing] for thing in degree.keys() - shown)
    assert all({edge["source"], edge["target"]} <= shown for edge in few["edges"])
    assert few["coverage"].endswith("; the 12 best connected of 49 things")


def test_a_graph_without_edges_has_an_empty_page(tmp_path: Path) -> None:
    small = in_memory(folder(tmp_path, source("one", said(about="organization/acme", type="Organization"))))
    view = gather(small)
    assert (view["nodes"], view["edges"], view["coverage"]) == ([], [], "1 source, the latest of 1 January 2025")
    assert "</html>" in render(view)


def test_a_statement_without_words_is_told_by_its_values(tmp_path: Path) -> None:
    view = gather(in_memory(folder(tmp_path, source("one", moved(when="2025-06")))))
    assert {
        "en": "organization/acme · Beijing → Singapore — June 2025",
        "zh-hans": "organization/acme · 北京 → 新加坡 — 2025年6月",
    } in [statement["text"] for statement in view["statements"]]
