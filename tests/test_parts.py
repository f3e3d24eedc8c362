"""The parts that the live explorer asks for: together what the exported page holds, and how they are served."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import pytest
from folders import folder, invested, raised, sat, source

from graph import limits
from graph.explorer.gather import begin, gather, more
from graph.explorer.view import View, check
from graph.store import Graph, in_memory

BUTTERFLY = "organization/butterfly-effect"


def told(views: Iterable[View]) -> dict[str, Any]:
    """All that views tell, by identifiers: what things are, and facts; an edge stands for a line of a profile."""
    found: dict[str, Any] = {}
    for view in views:
        check(view)

        def said(numbers: Iterable[int], view: View = view) -> set[tuple[str, str]]:
            rows = [view["statements"][number] for number in numbers]
            return {(view["sources"][row["source"]]["id"], row["key"]) for row in rows}

        for node in view["nodes"]:
            own = {name: node[name] for name in ("label", "aliases", "keys", "words")}
            found[node["id"]] = {**own, "statements": said(node["statements"])}
        for fact in view["facts"]:
            ends = {end for end in (fact["source"], fact["target"], *fact["also"]) if end}
            before = found.get(fact["id"])
            if before is None or not before["target"]:
                found[fact["id"]] = {**fact, "statements": said(fact["statements"]), "far": None}
            found[fact["id"]]["also"] = ends | (before["also"] if before else set())
    return found


def test_all_parts_together_are_what_the_exported_page_holds(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXPLORER_NODE_BYTES", limits.EXPLORER_WHOLE_BYTES)
    page = gather(graph)
    views = [begin(graph, roots=[BUTTERFLY])]
    there = {node["id"] for node in views[0]["nodes"]}
    while lacking := {node["id"] for node in page["nodes"]} - there:
        views.append(more(graph, [min(lacking)], 3, sorted(there)))
        there |= {node["id"] for node in views[-1]["nodes"]}
    found, expected = told(views), told([page])
    assert len(views) > 5 and found.keys() == expected.keys()
    for name, held in expected.items():
        if held.get("target") or "label" in held:
            assert found[name] == held
        else:  # a line is worded for the first of its things that came
            assert (found[name]["also"], found[name]["statements"]) == (held["also"], held["statements"])
    moves = {move["id"] for view in views if view["moves"] for arc in view["moves"]["arcs"] for move in arc["moves"]}
    assert page["moves"]
    assert moves == {move["id"] for arc in page["moves"]["arcs"] for move in arc["moves"]}


def test_a_page_begins_with_what_the_exported_one_draws_at_first(graph: Graph) -> None:
    page, start = gather(graph), begin(graph)
    drawn = {node["id"] for node in page["nodes"] if node["drawn"]}
    assert drawn == {node["id"] for node in start["nodes"]} and all(node["drawn"] for node in start["nodes"])
    near = {node["id"] for node in gather(graph, roots=[BUTTERFLY])["nodes"]}
    assert {node["id"] for node in begin(graph, roots=[BUTTERFLY])["nodes"]} == near


def made_up(path: Path, funds: int = 40) -> Graph:
    """A graph of a company with so many investors, one of which sits in Singapore as it does."""
    names = [f"fund-{number:02}" for number in range(funds)]
    deals = [invested(f"deal-{name}", name) for name in names]
    seat = sat("fund", about="tenure/fund", organization="organization/fund-07")
    things = ["organization/acme", "organization/daily", *(f"organization/{name}" for name in names)]
    return in_memory(folder(path, source("one", raised("round"), sat("acme"), seat, *deals), things=things))


def test_the_most_central_neighbours_come_first_and_never_twice(tmp_path: Path) -> None:
    graph = made_up(tmp_path)
    first = more(graph, ["organization/acme"], 2, [])
    assert {n["id"]: n["degree"] for n in first["nodes"]} == {
        "organization/acme": 41, "organization/fund-07": 2, "place/singapore": 2,
    }  # fmt: skip
    edges = {(fact["source"], fact["target"]) for fact in first["facts"] if fact["target"]}
    assert ("organization/fund-07", "place/singapore") in edges and len(edges) == 3
    there = [node["id"] for node in first["nodes"]]
    second = more(graph, ["organization/acme"], 30, there)
    new = {node["id"] for node in second["nodes"]} - set(there)
    assert len(new) == 30 and len([fact for fact in second["facts"] if fact["target"]]) == 32


def test_who_took_part_comes_with_what_happened_and_what_is_unknown_brings_nothing(graph: Graph) -> None:
    came = {node["id"] for node in more(graph, ["event/manus-hq-to-singapore"], 0, [])["nodes"]}
    assert {BUTTERFLY, "place/singapore"} <= came
    assert more(graph, ["organization/nobody", "event/x'); --", "source/none"], 5, ["place/nowhere"])["nodes"] == []


def test_the_page_is_made_of_files_that_are_kept_for_ever_and_runs_nothing_else(client: httpx.Client) -> None:
    page = client.get("/explore", params={"focus": "Manus"})
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    files = re.findall(r'(?:src|href)="(/fixed/[^"]+)"', page.text)
    assert len(files) == 3 and "<script>" not in page.text and "<style" not in page.text
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].partition(";")[0] in ("text/javascript", "text/css")
    assert client.get("/fixed/0/explorer/script.js").status_code == 404


def test_what_a_page_begins_with_is_sent_once(client: httpx.Client) -> None:
    asked = {"focus": "Manus", "lang": "zh", "as_of": "2025-06"}
    first = client.get("/explore/begin", params=asked)
    part = first.json()
    assert part["packed"]["language"] == "zh-hans" and part["packed"]["asOf"] == 20250630
    assert part["focus"] == "product/manus" and part["more"] == limits.EXPLORER_MORE
    again = client.get("/explore/begin", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("GET", "/explore/begin", {"focus": "no such name"}, 404),
        ("GET", "/explore/begin", {"depth": "9"}, 400),
        ("GET", "/explore/begin", {"as_of": "soon"}, 400),
        ("GET", "/explore/search", {}, 400),
        ("GET", "/explore/more", {"of": "place/tokyo"}, 405),
        ("POST", "/explore/more", {}, 400),
        ("POST", "/explore/more", {"of": "," * limits.SERVE_LISTED}, 400),
        ("POST", "/explore/more", {"of": "place/tokyo", "count": "-1"}, 400),
        ("POST", "/explore/more", {"of": "place/tokyo", "page": "x" * 1_000_001}, 413),
    ],
)
def test_wrong_requests_say_what_is_wrong(
    client: httpx.Client, method: str, path: str, given: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, **{"data" if method == "POST" else "params": given})
    assert answer.status_code == status and answer.json()["detail"]
    assert client.post("/explore/more", content="of=place/tokyo").status_code == 400


def test_the_page_of_a_thing_leads_to_the_explorer(client: httpx.Client) -> None:
    page = client.get(f"/id/{BUTTERFLY}", params={"lang": "zh", "as_of": "2025", "format": "html"}).text
    assert re.search(r'href="/explore\?[^"]*focus=organization[^"]*"', page)
    assert 'href="/explore' in client.get("/").text
