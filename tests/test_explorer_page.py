"""The file of the explorer page: whole, inert, and the same each time; and where its things stand."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Tags
from pages import HOSTILE, LANTERN, hostile, mock
from shell import ROOT

from graph.explorer.layout import HEIGHT, WIDTH, positions
from graph.explorer.page import View, render, write


def data(html: str, name: str) -> Any:
    """Return the data of a page that stands in the script element of a name."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("make", [mock, hostile])
def test_page_asks_for_nothing(make: Callable[[], View]) -> None:
    tags = Tags(render(make())).tags
    assert [tag for tag, _ in tags].count("script") == 4
    assert not {"img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in tags}
    for tag, attributes in tags:
        assert not any(name.startswith("on") or name in ("style", "src") for name in attributes)
        assert (attributes.get("href") or "data:,") in ("data:,", "#panel"), tag


def test_hostile_text_arrives_whole() -> None:
    html = render(hostile())
    packed = data(html, "data")
    assert packed["title"] == HOSTILE
    assert [thing[0] for thing in packed["things"]] == ["a" + HOSTILE, "b" + HOSTILE]
    assert [HOSTILE, "中文" + HOSTILE] in packed["texts"]
    page = Tags(html)
    assert HOSTILE in page.texts["title"] and HOSTILE in page.texts["h1"]


def test_policy_admits_exactly_the_inline_code() -> None:
    html = render(mock())
    policy = next(a["content"] or "" for tag, a in Tags(html).tags if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert len(re.findall("'sha256-", policy)) == 3


def test_a_page_holds_each_text_once() -> None:
    packed = data(render(mock()), "data")
    assert len(packed["texts"]) == len({json.dumps(text) for text in packed["texts"]})
    lantern = next(thing for thing in packed["things"] if thing[0] == LANTERN)
    assert packed["texts"][lantern[2]] == ["Lantern Forge", "灯坊科技", "燈坊科技"]


def test_the_days_of_a_fact_are_numbers() -> None:
    facts = {fact[0]: fact for fact in data(render(mock()), "data")["facts"]}
    assert facts["event/0"][7] == [20250101, 20251231]
    assert facts["event/1"][7] == [20250101, 20250101, 20261231, 20261231]


def test_facts_of_one_relation_between_two_share_a_line_and_other_lines_lie_apart() -> None:
    view = mock()
    move, seat, again = view["facts"][0], view["facts"][1], view["facts"][2]
    seat["source"], seat["target"] = move["target"], move["source"]
    again.update(relation=move["relation"], source=move["source"], target=move["target"])
    edges = data(render(view), "drawing")["edges"]
    assert [0, 2] in [facts for *_, facts in edges]
    lanes = [(*sorted((source, target)), bend if source < target else -bend) for source, target, bend, _ in edges]
    assert len({lane[:2] for lane in lanes}) < len(lanes) == len(set(lanes))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda view: view["nodes"].append(view["nodes"][0]), "given twice"),
        (lambda view: view["types"].pop("place"), "unknown type place"),
        (lambda view: view["relations"].pop("Operation"), "unknown relation Operation"),
        (lambda view: view["facts"][0].update(target="place/nowhere"), "not in the view"),
        (lambda view: view["facts"][0].update(source="", target=""), "not in the view"),
        (lambda view: view["facts"][0].update(statements=[999]), "event/0 has a statement"),
        (lambda view: view["statements"][0].update(source=-1), "statement 0 has a source"),
        (lambda view: view["nodes"][0].update(x=float("nan")), "cannot convert float NaN"),
    ],
)
def test_inconsistent_views_are_refused(change: Callable[[Any], object], words: str) -> None:
    view = mock()
    change(view)
    with pytest.raises(ValueError, match=words):
        render(view)


def python(code: str, *arguments: str, **environment: str) -> str:
    """Run code in a Python of its own and return what it prints."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": path, **environment},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return run.stdout.decode().strip()


def test_equal_views_give_equal_bytes() -> None:
    page = hashlib.sha256(render(mock()).encode()).hexdigest()
    code = "import hashlib, pages, graph.explorer.page as p;"
    code += "print(hashlib.sha256(p.render(pages.mock()).encode()).hexdigest())"
    for seed in ("1", "2"):
        assert python(code, PYTHONHASHSEED=seed) == page


def test_heavy_packages_are_imported_late() -> None:
    code = "import sys, graph.explorer.page, graph.explorer.layout; print(*sys.modules)"
    assert not {"pyvis", "IPython", "igraph", "jinja2"} & set(python(code).split())


def test_write_in_an_ascii_locale(tmp_path: Path) -> None:
    code = "import sys, pathlib, pages, graph.explorer.page as p; p.write(pages.mock(), pathlib.Path(sys.argv[1]))"
    path = tmp_path / "page.html"
    python(code, str(path), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert path.read_bytes() == render(mock()).encode()


def test_write_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "页面.html"
    write(mock(), path)
    before = path.read_bytes()
    broken = mock()
    broken["types"].clear()
    with pytest.raises(ValueError):
        write(broken, path)
    with pytest.raises(OSError):
        write(mock(), tmp_path / "missing" / "page.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        write(mock(), tmp_path / "folder")
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["folder", "页面.html"]


# The layout


def sixty() -> tuple[list[str], list[tuple[str, str]]]:
    """Return 60 nodes and their edges: one large component, some small, some single nodes."""
    dice = random.Random(7)
    nodes = [f"n/{i:02}" for i in range(60)]
    edges = [(nodes[i], nodes[int(i * dice.random() ** 2)]) for i in range(1, 46) for _ in "ab"]
    return nodes, [*edges, (nodes[46], nodes[47]), (nodes[48], nodes[49]), (nodes[49], nodes[50])]


def test_layout_leaves_room_for_every_label() -> None:
    where = list(positions(*sixty()).values())
    for i, (x, y) in enumerate(where):
        for a, b in where[:i]:
            assert abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT
    width, height = (max(axis) - min(axis) for axis in zip(*where, strict=True))
    assert width * height < 5 * len(where) * WIDTH * HEIGHT, "components fly apart"


def test_layout_depends_on_graph_and_seed_alone() -> None:
    nodes, edges = sixty()
    where = positions(nodes, edges)
    assert list(where) == sorted(nodes)
    random.shuffle(nodes)
    random.shuffle(edges)
    assert positions(nodes, [(b, a) for a, b in edges] + edges[:5]) == where
    assert positions(nodes, edges, seed=2) != where


def test_layout_gives_the_random_numbers_back() -> None:
    import igraph

    def draw() -> Any:
        random.seed(5)
        return igraph.Graph.Ring(9).layout_random().coords

    before = draw()
    positions(*sixty())
    assert draw() == before


def test_the_first_make_a_drawing_of_their_own_and_the_others_find_room_by_their_neighbours() -> None:
    nodes, edges = sixty()
    first = nodes[:20]
    alone = positions(first, [(a, b) for a, b in edges if a in first and b in first])
    where = positions(nodes, edges, first=first)
    assert {name: where[name] for name in first} == alone
    points = list(where.values())
    for i, (x, y) in enumerate(points):
        assert all(abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT for a, b in points[:i])


def test_layout_of_little() -> None:
    assert positions([], []) == {}
    assert positions(["a"], [("a", "a")]) == {"a": (0.0, 0.0)}
    with pytest.raises(KeyError):
        positions(["a"], [("a", "b")])
