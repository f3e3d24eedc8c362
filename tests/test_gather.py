"""The explorer's view of a graph: its most central part or what was asked for, with evidence, the same each time."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import shell
from folders import folder, moved, raised, said, source

from graph import limits, networks
from graph.errors import UsageError
from graph.explorer.choose import choose
from graph.explorer.gather import gather
from graph.explorer.page import render
from graph.explorer.view import Fact, View, check
from graph.moment import moment
from graph.networks import Edge
from graph.store import Graph, in_memory
from graph.whole import past
from ontology import vocabulary


@pytest.fixture(scope="module")
def view(graph: Graph) -> View:
    return gather(graph)


def fact(view: View, name: str) -> Fact:
    return next(fact for fact in view["facts"] if fact["id"] == name)


def test_a_view_holds_every_edge_and_its_ends(graph: Graph, view: View) -> None:
    check(view)
    found = networks.every_edge(graph)
    edges = {fact["id"]: (fact["source"], fact["target"]) for fact in view["facts"] if fact["target"]}
    held = {edge.node: (edge.source, edge.target) for edge in found}
    assert {name: ends for name, ends in edges.items() if not fact(view, name)["rumoured"]} == held
    assert {end for ends in held.values() for end in ends} <= {node["id"] for node in view["nodes"]}


def test_what_is_no_edge_stands_at_its_thing(view: View) -> None:
    lines = [fact for fact in view["facts"] if not fact["target"]]
    assert {"Observation", "ListingStep"} & {fact["relation"] for fact in lines}
    assert all(fact["words"] or fact["statements"] for fact in lines)


def test_every_fact_has_statements_also_a_derived_one(view: View) -> None:
    assert all(fact["statements"] for fact in view["facts"])
    assert [fact["id"] for fact in view["facts"] if fact["derived"]] == [
        "tenure/heygen-hq-to-los-angeles-destination",
        "tenure/manus-hq-to-singapore-origin",
    ]


def test_every_statement_is_told_once_and_leads_to_its_source(view: View) -> None:
    shown = [n for part in (view["nodes"], view["facts"]) for each in part for n in each["statements"]]
    assert set(shown) == set(range(len(view["statements"])))
    assert all(statement["locator"] for statement in view["statements"])
    assert {statement["source"] for statement in view["statements"]} == set(range(len(view["sources"])))
    assert len({source["url"] for source in view["sources"]}) == len(view["sources"]) == 6
    told = Counter(statement["source"] for statement in view["statements"])
    assert all(told[number] <= source["told"] for number, source in enumerate(view["sources"]))


def test_denials_and_rumours_stand_at_their_fact_with_their_kind(view: View) -> None:
    move = fact(view, "event/manus-hq-to-singapore")
    kinds = sorted(view["statements"][n]["kind"] for n in move["statements"])
    assert kinds == ["causal", "denial", "denial", "fact", "fact", "fact"]
    assert move["disputed"]
    assert move["when"] == {"en": "May 2025", "zh-hans": "2025年5月"}
    assert move["bounds"] == ("2025-05-01", "2025-05-31") * 2


def test_what_only_rumours_tell_of_is_marked(tmp_path: Path) -> None:
    told = moved(kind="rumour"), said("two", about="organization/acme", type="Organization")
    view = gather(in_memory(folder(tmp_path, source("one", *told), source("two", moved("m", about="event/other")))))
    marks = {fact["id"]: fact["rumoured"] for fact in view["facts"] if fact["relation"] == "HeadquartersMove"}
    assert marks == {"event/acme-move": True, "event/other": False}


def test_a_value_that_cannot_be_true_with_the_held_one_stands_beside_it(tmp_path: Path) -> None:
    sources = (
        source("one", moved(to="place/singapore")),
        source("two", moved(to="place/singapore"), publisher="organization/gazette"),
        source("three", moved(to="place/tokyo"), publisher="organization/herald"),
    )
    view = gather(in_memory(folder(tmp_path, *sources)))
    move = fact(view, "event/acme-move")
    marks = {view["sources"][s["source"]]["id"]: (s["mark"], s["words"]) for s in view["statements"]}
    assert move["disputed"] and move["target"] == "place/singapore"
    assert marks["source/one"] == ("", {})
    assert marks["source/three"] == ("≠", {"en": "Beijing → Tokyo", "zh-hans": "北京 → 东京"})


def test_a_part_of_a_round_has_the_days_of_the_round(tmp_path: Path) -> None:
    part = said("two", about="event/part", type="Investment", investor="organization/bolt",
                organization="organization/acme", round="event/acme-round")  # fmt: skip
    view = gather(in_memory(folder(tmp_path, source("one", raised(when="2024-03"), part))))
    assert fact(view, "event/part")["bounds"][:2] == ("2024-03-01", "2024-03-31")


def test_a_node_has_labels_and_all_forms_under_which_it_is_found(view: View) -> None:
    zhipu = next(node for node in view["nodes"] if node["id"] == "organization/zhipu")
    assert zhipu["label"] == {"en": "Zhipu AI", "zh-hans": "智谱"}
    assert "智譜" in zhipu["aliases"] and "zhipu" in zhipu["keys"]


def test_labels_are_in_both_languages(view: View) -> None:
    looks = [*view["types"].values(), *view["relations"].values()]
    assert all(set(look["label"]) >= {"en", "zh-hans"} for look in looks)
    assert set(view["types"]) == {node["type"] for node in view["nodes"]}
    assert set(view["relations"]) == {fact["relation"] for fact in view["facts"]}


def test_looks_come_from_the_ontology(view: View) -> None:
    for kind, look in view["types"].items():
        name = next(n for n, k in vocabulary().slug_kinds.items() if k == kind and vocabulary().classes[n].shape)
        assert (look["shape"], look["color"]) == (vocabulary().classes[name].shape, vocabulary().classes[name].color)


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


def test_the_page_of_all_facts_is_small_enough_to_be_mailed(tmp_path: Path) -> None:
    from graph.folder import FOLDER

    shell.start(FOLDER, "explore", "-o", "page.html", cwd=tmp_path)
    assert (tmp_path / "page.html").stat().st_size < 1_500_000


def test_a_chinese_view_opens_in_chinese(graph: Graph, view: View) -> None:
    other = gather(graph, "zh-hans")
    assert other["language"] == "zh-hans"
    assert {**other, "language": "en"} == view
    assert re.search("虎嗅", " ".join(source["publisher"]["zh-hans"] for source in view["sources"]))


def test_the_coverage_counts_all_sources(view: View) -> None:
    assert view["coverage"] == {
        "en": "6 sources, the latest of 24 October 2025",
        "zh-hans": "6 个来源，最新 2025年10月24日",
    }


def test_of_too_many_things_the_moves_and_the_most_central_are_shown(
    graph: Graph, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPLORER_NODES", 14)
    few = gather(graph)
    degree = {node["id"]: node["degree"] for node in view["nodes"]}
    shown = {node["id"] for node in few["nodes"]}
    assert len(shown) == 14
    moves = [fact for fact in view["facts"] if fact["relation"] == "HeadquartersMove" and not fact["rumoured"]]
    moved = {end for fact in moves for end in (fact["source"], fact["target"])}
    told = {"organization/bytedance", "organization/zhipu", "place/mainland-china"}
    assert moved and moved <= shown
    assert min(degree[t] for t in shown - moved - told) >= max(degree[t] for t in degree.keys() - shown)
    assert few["left"]["en"].startswith("14 of 49 things: who moved, and those with the most neighbours")


def edges(*pairs: str) -> list[Edge]:
    """Edges such as "organization/a organization/b"."""
    return [Edge("Investment", f"event/{i}", *pair.split(), disputed=False) for i, pair in enumerate(pairs)]


def test_a_focus_takes_what_is_near_but_does_not_pass_through_places() -> None:
    a, b, c, d, city = (f"organization/{x}" for x in "abcd"), *"bcd", "place/city"
    a, b, c, d = (f"organization/{x}" for x in "abcd")
    found = edges(f"{a} {b}", f"{b} {c}", f"{a} {city}", f"{d} {city}")
    assert choose(found, [a], 0).things == [a]
    assert choose(found, [a], 1).things == [a, b, city]
    assert choose(found, [a], 2).things == [a, b, city, c]
    assert choose(found, [city], 1).things == [city, a, d]
    assert choose(found, ["organization/alone"], 1).things == ["organization/alone"]


def test_explore_takes_a_focus_a_depth_a_network_and_a_day(facts: Path, tmp_path: Path) -> None:
    def page(*options: str) -> dict[str, list[list[object]]]:
        path = tmp_path / "page.html"
        run = shell.invoke(facts, "explore", "-o", str(path), *options)
        assert run.exit_code == 0, run.stderr
        packed = re.search(r'id="data">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
        assert packed
        found: dict[str, list[list[object]]] = json.loads(packed[1])
        return found

    near = page("--focus", "HeyGen")
    assert "organization/heygen" in [thing[0] for thing in near["things"]]
    assert len(near["things"]) < len(page("--focus", "HeyGen", "--depth", "2")["things"]) < 49
    assert "event/heygen-china-entity-deregistered" in [fact[0] for fact in near["facts"]]
    then = page("--focus", "HeyGen", "--as-of", "2021")
    assert "event/heygen-china-entity-deregistered" not in [fact[0] for fact in then["facts"]]
    assert then["asOf"] == 20211231
    assert {thing[0].split("/")[0] for thing in page("--network", "employment")["things"]} == {"person", "organization"}  # type: ignore[attr-defined]
    assert "organization/butterfly-effect" in [
        thing[0] for thing in page("--query", "headquarters-moves", "--depth", "0")["things"]
    ]
    assert shell.invoke(facts, "explore", "--network", "none").exit_code == 2
    assert shell.invoke(facts, "explore", "--focus", "nobody at all").exit_code == 3


def test_an_unknown_network_is_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="there is no network named 'none'"):
        gather(graph, network="none")


def test_a_view_of_a_day_says_so(graph: Graph) -> None:
    when = moment("2024")
    view = gather(past(graph, when), moment=when)
    assert view["as_of"] == "2024-12-31"
    assert view["coverage"]["en"].endswith("; as of 2024-12-31")


def test_what_a_thing_has_no_room_for_is_counted(graph: Graph, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXPLORER_NODE_BYTES", 0)
    less = gather(graph)
    assert all(fact["target"] for fact in less["facts"])
    assert sum(node["left"] for node in less["nodes"]) >= len(view["statements"]) - len(less["statements"]) > 0


def test_a_graph_without_edges_has_an_empty_page(tmp_path: Path) -> None:
    small = in_memory(folder(tmp_path, source("one", said(about="organization/acme", type="Organization"))))
    view = gather(small)
    assert (view["nodes"], view["facts"]) == ([], [])
    assert view["coverage"]["en"] == "1 source, the latest of 1 January 2025"
    assert "</html>" in render(view)


def test_the_story_shows_things_that_are_on_the_page(tmp_path: Path) -> None:
    from graph.explorer import stories

    told = stories.shipped()
    assert [story["id"] for story in told] == ["seed"]
    assert stories.things(told) >= {"organization/butterfly-effect", "organization/heygen"}
    assert all(set(step["text"]) == {"en", "zh-hans"} for story in told for step in story["steps"])
    small = gather(in_memory(folder(tmp_path, source("one", moved()))))
    assert small["stories"] == [], "a page tells no story whose things it does not hold"
