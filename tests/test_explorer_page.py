"""The explorer page: right, inert whatever the data holds, and usable in a browser."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.explorer.layout import HEIGHT, WIDTH, positions
from graph.explorer.page import View, render, write

ROOT = Path(__file__).resolve().parents[1]
LANTERN = "organization/lantern-forge"

# Made up, all of it: no company, person or product of these names is meant.
NAMES = {
    "organization": "Lantern Forge|灯坊科技, Paper Crane AI|纸鹤智能, Ninth Harbor|九港智能, "
    "Slow River|缓流科技, Tin Sparrow|锡雀, Quiet Orchard Robotics|静园机器人, Moss & Mirror|苔镜, "
    "Kite Loom|风筝织机, Amber Ferry|琥珀渡, Salt Compass|盐罗盘, Hollow Bamboo Capital|空竹资本, "
    "Longstone Partners|长石创投, Grey Egret Ventures|灰鹭创投, Second Shore Fund|彼岸基金",
    "product": "Lantern Studio|灯坊工作室, Cranefold|鹤折, Harbor Voice|港声, Riverbed|河床, "
    "Sparrow Notes|雀记, Orchard Arm|园臂, Mirrorcast|镜播, Loomline|织线, Ferryman|摆渡人, "
    "Compass Search|罗盘搜索",
    "person": "Aster Quill|奎星野, Lin Wanqiu|林晚秋, Bo Yan|薄言, Ivo Marsh|伊沃, "
    "Mei Songyuan|梅松原, Tarn Hale|谭海, Ke Chuzhou|柯楚舟, Wren Adair|雷恩",
    "place": "Beijing|北京, Shenzhen|深圳, Singapore|新加坡, Hong Kong|香港, Los Angeles|洛杉矶, Tokyo|东京",
    "ranking": "Fifty Small Models 2025|二〇二五小模型五十强, Consumer App Hundred|消费应用百强",
}
TYPES = {
    "organization": ("Organization", "机构", "dot", "#0072b2"),
    "product": ("Product", "产品", "square", "#56b4e9"),
    "person": ("Person", "人物", "triangle", "#009e73"),
    "place": ("Place", "地点", "hexagon", "#cc79a7"),
    "ranking": ("Ranking", "榜单", "star", "#e69f00"),
}
RELATIONS = {
    "HeadquartersTenure": ("has headquarters in", "总部位于", "#8a94a0"),
    "HeadquartersMove": ("moved its headquarters to", "总部迁往", "#d55e00"),
    "Operation": ("makes", "推出", "#56b4e9"),
    "Membership": ("works at", "任职于", "#009e73"),
    "FormerMembership": ("worked at", "曾任职于", "#009e73"),
    "Investment": ("invested in", "投资", "#c98a00"),
    "RankingEntry": ("lists", "收录", "#9467bd"),
}
SOURCES = [
    ("A made-up report", "https://news.example/a?b=1&c=2", "Example Gazette", "2025-07-09", "report"),
    ("虚构的融资消息", "https://zh.example/rounds", "示例财经", "2025-03", "report"),
    ("Made-up exchange filing", "http://filings.example/7", "Example Exchange", "2025-10-24", "filing"),
    ("A made-up podcast", "", "Example Radio", "2024", "interview"),
]
EVERY_KIND = "fact", "reported-figure", "rumour", "denial", "opinion", "causal", "forecast"


def mock() -> View:
    """Return a made-up view of 40 nodes and 59 edges, in shape like a real one."""
    view: View = {
        "title": "Chuhai · a made-up example",
        "language": "en",
        "types": {
            name: {"label": {"en": en, "zh-hans": zh}, "shape": shape, "color": color}
            for name, (en, zh, shape, color) in TYPES.items()
        },
        "relations": {
            name: {"label": {"en": en, "zh-hans": zh}, "color": color, "dashes": name[0] == "F"}
            for name, (en, zh, color) in RELATIONS.items()
        },
        "nodes": [],
        "edges": [],
        "statements": [],
        "sources": [
            {"title": title, "url": url, "publisher": who, "published": when, "kind": kind}
            for title, url, who, when, kind in SOURCES
        ],
        "coverage": "4 made-up sources, the latest of 2025-10-24",
    }
    ids: dict[str, list[str]] = {name: [] for name in NAMES}
    for name, labels in NAMES.items():
        for label in labels.split(", "):
            en, zh = label.split("|")
            ids[name].append(f"{name}/{re.sub('[^a-z0-9]+', '-', en.lower())}")
            view["nodes"].append(
                {
                    "id": ids[name][-1],
                    "type": name,
                    "label": {"en": en, "zh-hans": zh},
                    "aliases": ["Dengfang"] if en == "Lantern Forge" else [],
                    "x": 0.0,
                    "y": 0.0,
                    "size": 12.0,
                    "statements": [],
                }
            )

    def edge(source: str, relation: str, target: str, when: str = "", *kinds: Any, **marks: Any) -> None:
        number, said = len(view["edges"]), len(view["statements"])
        for i, kind in enumerate(kinds):
            view["statements"].append(
                {
                    "source": (number + i) % len(SOURCES),
                    "kind": kind,
                    "locator": f"¶{1 + number % 9}",
                    "speaker": "a made-up spokesperson" if i else "",
                    "text": {"en": f"Made-up paraphrase {number}.", "zh-hans": f"虚构转述{number}。"},
                }
            )
        view["edges"].append(
            {
                "id": f"edge/{number}",
                "source": source,
                "target": target,
                "relation": relation,
                "when": when,
                "status": marks.get("status", ""),
                "disputed": marks.get("disputed", False),
                "derived": not kinds,
                "statements": list(range(said, said + len(kinds))),
            }
        )

    organizations, products, people, places, rankings = ids.values()
    startups, investors = organizations[:10], organizations[10:]
    edge(LANTERN, "HeadquartersMove", places[2], "2025-06", *EVERY_KIND, status="announced", disputed=True)
    edge(LANTERN, "HeadquartersTenure", places[2], "from 2025-06")
    for i, startup in enumerate(startups):
        edge(startup, "Operation", products[i], f"{2021 + i % 4}", "fact")
        edge(startup, "HeadquartersTenure", places[i % 2], f"{2019 + i % 5}", *["fact"][: i % 3])
        edge(investors[i % 4], "Investment", startup, f"{2022 + i % 4}", "fact", "reported-figure")
        if i < 8:
            edge(people[i], "Membership", startup, f"since {2020 + i % 4}", "fact")
        if 0 < i < 6:
            edge(startup, "HeadquartersMove", places[2 + i % 4], f"{2023 + i % 3}", "fact", status="completed")
        if i % 2:
            edge(investors[(i + 1) % 4], "Investment", startup, "2025-03", "rumour")
        else:
            edge(rankings[i % 4 // 2], "RankingEntry", products[i], "2025", "fact")
    edge(investors[1], "Investment", startups[1], "2025", "reported-figure")
    edge(investors[2], "Investment", startups[2], "late 2024", "fact")
    edge(people[3], "FormerMembership", startups[8], "2019 to 2021", "forecast", "causal")
    edge(people[5], "FormerMembership", startups[9], "until 2022", "fact")

    ends = [(edge["source"], edge["target"]) for edge in view["edges"]]
    where = positions([node["id"] for node in view["nodes"]], ends)
    for node in view["nodes"]:
        node["x"], node["y"] = where[node["id"]]
        node["size"] = min(20.0, 9.0 + 1.2 * sum(node["id"] in pair for pair in ends))
    return view


HOSTILE = "</script><script>hit()</script><img src=x onerror=hit()> \"'\u2028 AT&T 中文 {{7*7}} <!--"


def hostile() -> View:
    """Return a view of two nodes and an edge with hostile text wherever text can stand."""
    text = {"en": HOSTILE, "zh-hans": "中文" + HOSTILE}
    return {
        "title": HOSTILE,
        "language": "en",
        "types": {HOSTILE: {"label": text, "shape": "dot", "color": "#000"}},
        "relations": {HOSTILE: {"label": text, "color": "#000", "dashes": False}},
        "nodes": [
            {
                "id": end + HOSTILE,
                "type": HOSTILE,
                "label": {"en": end + HOSTILE},
                "aliases": [HOSTILE],
                "x": x,
                "y": 0.0,
                "size": 12.0,
                "statements": [0],
            }
            for end, x in (("a", 0.0), ("b", 300.0))
        ],
        "edges": [
            {
                "id": HOSTILE,
                "source": "a" + HOSTILE,
                "target": "b" + HOSTILE,
                "relation": HOSTILE,
                "when": HOSTILE,
                "status": HOSTILE,
                "disputed": True,
                "derived": True,
                "statements": [0, 1],
            }
        ],
        "statements": [
            {"source": i, "kind": "fact", "locator": HOSTILE, "speaker": HOSTILE, "text": text} for i in (0, 1)
        ],
        "sources": [
            {"title": HOSTILE, "url": url, "publisher": HOSTILE, "published": HOSTILE, "kind": HOSTILE}
            for url in ("javascript:hit()//" + HOSTILE, 'https://x.example/?"><script>hit()</script>&b')
        ],
        "coverage": HOSTILE,
    }


class Tags(HTMLParser):
    """All start tags of a page, and the text inside each kind of tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags:
            self.texts.setdefault(self.tags[-1][0], []).append(data)


def data(html: str, name: str) -> Any:
    """Return the data of a page that stands in the script element of a name."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


# The file


@pytest.mark.parametrize("make", [mock, hostile])
def test_page_asks_for_nothing(make: Callable[[], View]) -> None:
    tags = Tags(render(make())).tags
    assert [tag for tag, _ in tags].count("script") == 5
    assert "img" not in dict(tags)
    for tag, attributes in tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag in ("script", "link", "style", "img"):
            assert "src" not in attributes and (attributes.get("href") or "data:,") == "data:,"
        elif "href" in attributes:
            assert tag == "a" and re.match("https?://", attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer"


def test_hostile_text_arrives_whole() -> None:
    view = hostile()
    html = render(view)
    assert [node["entity"] for node in data(html, "nodes")] == view["nodes"]
    assert [edge["fact"] for edge in data(html, "edges")] == view["edges"]
    assert data(html, "rest")["sources"] == view["sources"]
    page = Tags(html)
    assert HOSTILE in page.texts["title"] and HOSTILE in page.texts["h1"]
    assert "AT&amp;T" in html and "&amp;amp;" not in html


def test_policy_admits_exactly_the_inline_code() -> None:
    html = render(mock())
    policy = next(a["content"] or "" for tag, a in Tags(html).tags if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert len(re.findall("'sha256-", policy)) == 3


def test_labels_fall_back_to_english_then_to_any() -> None:
    view = mock()
    view["language"] = "zh-hans"
    view["nodes"][0]["label"] = {"en": "Only English"}
    view["nodes"][1]["label"] = {"zh-hant": "只有繁體"}
    view["nodes"][2]["label"] = {}
    labels = [node["label"] for node in data(render(view), "nodes")[:4]]
    assert labels == ["Only English", "只有繁體", view["nodes"][2]["id"], "缓流科技"]


def test_parallel_edges_take_lanes_of_their_own() -> None:
    view = mock()
    view["edges"][1]["source"], view["edges"][1]["target"] = "place/singapore", LANTERN
    lanes = []
    for edge in data(render(view), "edges"):
        bend = edge["smooth"]["roundness"] * (1 if edge["smooth"]["type"] == "curvedCW" else -1)
        pair = sorted((edge["from"], edge["to"]))
        lanes.append((*pair, bend if pair[0] == edge["from"] else -bend))
    assert len({lane[:2] for lane in lanes}) < len(lanes) == len(set(lanes))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda view: view["nodes"].append(view["nodes"][0]), "given twice"),
        (lambda view: view["types"].pop("place"), "unknown type place"),
        (lambda view: view["relations"].pop("Operation"), "unknown relation Operation"),
        (lambda view: view["edges"][0].update(target="place/nowhere"), "not in the view"),
        (lambda view: view["edges"][0].update(statements=[999]), "edge/0 has a statement"),
        (lambda view: view["statements"][0].update(source=-1), "statement 0 has a source"),
        (lambda view: view["nodes"][0].update(x=float("nan")), "not JSON compliant"),
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
    assert page == hashlib.sha256(render(mock()).encode()).hexdigest()
    code = "import hashlib, test_explorer_page as t;print(hashlib.sha256(t.render(t.mock()).encode()).hexdigest())"
    for seed in ("1", "2"):
        assert python(code, PYTHONHASHSEED=seed) == page


def test_heavy_packages_are_imported_late() -> None:
    code = "import sys, graph.explorer.page, graph.explorer.layout; print(*sys.modules)"
    assert not {"pyvis", "IPython", "igraph", "jinja2"} & set(python(code).split())


def test_write_in_an_ascii_locale(tmp_path: Path) -> None:
    code = "import sys, pathlib, test_explorer_page as t; t.write(t.mock(), pathlib.Path(sys.argv[1]))"
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


def test_layout_of_little() -> None:
    assert positions([], []) == {}
    assert positions(["a"], [("a", "a")]) == {"a": (0.0, 0.0)}
    with pytest.raises(KeyError):
        positions(["a"], [("a", "b")])


# The browser


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the page of a view; in the end no page asked for more or complained."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []
    path = tmp_path / "explorer.html"

    def open_page(view: View, hash: str = "", width: int = 1400, **options: Any) -> Any:
        write(view, path)
        contexts.append(chromium.new_context(viewport={"width": width, "height": 860}, **options))
        page = contexts[-1].new_page()
        page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri() + hash)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert set(asked) == {path.as_uri()}
    assert complaints == []


def shown(page: Any) -> list[str]:
    """Return the ids of the nodes in the drawing."""
    return list(page.evaluate("Object.keys(network.getPositions())"))


def click(page: Any, place: str) -> None:
    """Click the canvas where an expression says, in the coordinates of the drawing."""
    box = page.locator("#canvas").bounding_box()
    at = page.evaluate(f"network.canvasToDOM({place})")
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def test_click_on_a_node_shows_its_evidence(visit: Callable[..., Any]) -> None:
    page = visit(mock())
    click(page, f"network.getPosition('{LANTERN}')")
    panel = page.locator("#panel")
    panel.get_by_role("heading", name="Lantern Forge").wait_for()
    assert page.url.endswith("#" + LANTERN)
    move = panel.locator(".relation", has_text="moved its headquarters to")
    assert "2025-06 · announced" in move.inner_text() and "≠ disputed" in move.inner_text()
    assert move.locator(".said").count() == len(EVERY_KIND)
    assert move.locator(".apart .said").count() == len(EVERY_KIND) - 2
    assert move.locator(".apart .kind.rumour").inner_text() == "rumour"
    first = move.locator(".said").first
    assert "Made-up paraphrase 0." in first.inner_text()
    assert "Example Gazette, 2025-07-09" in first.inner_text()
    assert first.locator("a").get_attribute("href") == SOURCES[0][1]
    assert first.locator("a").get_attribute("rel") == "noopener noreferrer"


def test_click_on_an_edge_shows_its_evidence(visit: Callable[..., Any]) -> None:
    page = visit(mock())
    click(page, "network.body.edges['edge/0'].edgeType.getPoint(0.4)")
    page.get_by_role("heading", name="Lantern Forge → Singapore").wait_for()
    assert page.locator("#panel .relation").count() == 1
    page.locator("#panel").get_by_role("button", name="Singapore").click()
    page.get_by_role("heading", name="Singapore", exact=True).wait_for()
    page.go_back()
    page.get_by_role("heading", name="Lantern Forge → Singapore").wait_for()


@pytest.mark.parametrize("words", ["lantern f", "灯坊科", "DENGFANG"])
def test_search_by_keyboard(visit: Callable[..., Any], words: str) -> None:
    page = visit(mock())
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    assert page.get_by_role("option").count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lantern Forge").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("$('panel').contains(document.activeElement)")
    assert page.locator("#found").is_hidden()


def test_arrow_keys_and_escape_in_search(visit: Callable[..., Any]) -> None:
    page = visit(mock())
    page.locator("#search").fill("o")
    options = page.get_by_role("option")
    assert options.count() == 8
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert options.nth(7).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert options.count() == 0 and page.locator("#found").is_hidden()


def test_language_switch(visit: Callable[..., Any]) -> None:
    page = visit(mock(), "#" + LANTERN)
    page.get_by_role("heading", name="Lantern Forge").wait_for()
    assert page.evaluate(f"nodeSet.get('{LANTERN}').label") == "Lantern Forge"
    page.locator("#language").click()
    page.get_by_role("heading", name="灯坊科技").wait_for()
    assert page.evaluate(f"nodeSet.get('{LANTERN}').label") == "灯坊科技"
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("#types").inner_text().split()[0] == "机构"
    assert page.locator("tbody td").first.text_content() == "灯坊科技"


def test_legend_filters_drawing_and_table(visit: Callable[..., Any]) -> None:
    page = visit(mock())
    page.locator("#table summary").click()
    assert len(shown(page)) == 40
    rows = page.locator("tbody tr:visible")
    assert rows.count() == 59
    page.get_by_label("Place").uncheck()
    assert len(shown(page)) == 34 and not any(id.startswith("place/") for id in shown(page))
    assert page.locator("#shown").inner_text() == "34 entities and 42 relations shown"
    page.get_by_label("makes").uncheck()
    assert rows.count() == 32
    page.locator("#search").fill("Tokyo")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tokyo").wait_for()
    assert len(shown(page)) == 40 and page.get_by_label("Place").is_checked()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_labels_overlap(visit: Callable[..., Any], language: str) -> None:
    page = visit({**mock(), "language": language})
    boxes = page.evaluate("nodeSet.getIds().map(id => network.getBoundingBox(id))")
    assert len(boxes) == 40
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart = a["left"] >= b["right"] or b["left"] >= a["right"]
            assert apart or a["top"] >= b["bottom"] or b["top"] >= a["bottom"]


@pytest.mark.parametrize("width", [1400, 900, 420])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_its_window(visit: Callable[..., Any], width: int, scheme: str) -> None:
    page = visit(mock(), "#" + LANTERN, width, color_scheme=scheme)
    page.get_by_role("heading", name="Lantern Forge").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    canvas, panel = (page.locator(name).bounding_box() for name in ("#canvas", "#panel"))
    assert canvas["width"] > 400 and canvas["height"] > 400
    if width == 420:
        assert panel["y"] >= canvas["y"] + canvas["height"]
    else:
        assert panel["x"] >= canvas["x"] + canvas["width"]


def test_hostile_text_stays_inert(visit: Callable[..., Any]) -> None:
    page = visit(hostile())
    for chosen in ("a" + HOSTILE, HOSTILE):
        page.evaluate("id => choose(id)", chosen)
        page.locator("#panel h2").wait_for()
        assert "AT&T 中文 {{7*7}} <!--" in page.locator("#panel h2").inner_text()
        assert page.evaluate("chosen") == chosen
    assert page.locator("#panel a").count() == 1
    assert page.locator("#panel .said").first.locator("a").count() == 0
    page.locator("#search").fill("AT&T")
    assert page.get_by_role("option").count() == 2
    page.locator("#language").click()
    page.locator("#table summary").click()
    assert page.evaluate("document.scripts.length") == 5
    assert page.locator("img").count() == 0
    assert page.evaluate("hits") == 0


def test_an_address_of_nothing_chooses_nothing(visit: Callable[..., Any]) -> None:
    for hash in ("#organization/nobody", "#%E0%A4%A"):
        page = visit(mock(), hash)
        page.get_by_role("heading", name="Headquarters moves").wait_for()


def test_table_without_scripts(visit: Callable[..., Any]) -> None:
    page = visit(mock(), java_script_enabled=False)
    row = page.locator("tbody tr").first
    assert row.is_visible() and page.locator("main").is_hidden()
    assert "moved its headquarters to" in row.inner_text() and "denial" in row.inner_text()
    assert row.locator("a").first.get_attribute("href") == SOURCES[0][1]


def test_page_over_http(chromium: Any, tmp_path: Path) -> None:
    write(mock(), tmp_path / "explorer.html")
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/explorer.html#{LANTERN}")
        page.get_by_role("heading", name="Lantern Forge").wait_for()
        page.close()
    finally:
        server.shutdown()
        server.server_close()
    assert asked == ["/explorer.html"]
