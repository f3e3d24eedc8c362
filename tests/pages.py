"""Made-up views of the explorer for tests, and a way to see their pages in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browsing import Visit, watched

from graph.explorer.layout import positions
from graph.explorer.page import write
from graph.explorer.view import Fact, Statement, View

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
    "HeadquartersMove": ("move", "moved its headquarters to", "总部迁往", "#d55e00", "event", "relocation"),
    "HeadquartersTenure": ("seat", "has headquarters in", "总部位于", "#8a94a0", "situation", "headquarters"),
    "Operation": ("product", "makes", "推出", "#56b4e9", "situation", "what"),
    "Membership": ("post", "works at", "任职于", "#009e73", "situation", "people"),
    "Investment": ("investor", "invested in", "投资", "#c98a00", "event", "money"),
    "RankingEntry": ("list", "lists", "收录", "#9467bd", "record", "lists"),
    "Observation": ("figure", "", "", "#888888", "record", "figures"),
}
SOURCES = [
    ("A made-up report", "https://news.example/a?b=1&c=2", "Example Gazette|示例报", "9 July 2025", "2025-07-09"),
    ("虚构的融资消息", "https://zh.example/rounds", "Example Finance|示例财经", "March 2025", "2025-03-31"),
    ("Made-up exchange filing", "http://filings.example/7", "Example Exchange|示例交易所", "2025", "2025-12-31"),
    ("A made-up podcast", "", "Example Radio|示例电台", "", ""),
]
EVERY_KIND = "fact", "reported-figure", "rumour", "denial", "opinion", "causal", "forecast"


def both(en: str, zh: str = "") -> dict[str, str]:
    """A label in two languages."""
    return {"en": en, "zh-hans": zh or en} if en else {}


def mock() -> View:
    """Return a made-up view of 40 nodes and 60 facts, in shape like a real one; eight nodes are not drawn at first."""
    view = View(
        title="Chuhai · a made-up example",
        language="en",
        as_of="",
        types={n: {"label": both(en, zh), "shape": shape, "color": c} for n, (en, zh, shape, c) in TYPES.items()},
        relations={
            name: {
                "label": both(noun),
                "caption": both(en, zh),
                "color": color,
                "time": time,
                "section": section,
                "hub": name in ("HeadquartersTenure", "RankingEntry"),
            }
            for name, (noun, en, zh, color, time, section) in RELATIONS.items()
        },
        concepts={kind: both(kind) for kind in (*EVERY_KIND, "announced", "report", "completed")},
        nodes=[],
        facts=[],
        statements=[],
        sources=[
            {
                "id": f"source/{number}",
                "title": both(title),
                "url": url,
                "publisher": both(*who.split("|")),
                "published": both(when),
                "by": by,
                "kind": "report",
                "told": 40,
            }
            for number, (title, url, who, when, by) in enumerate(SOURCES)
        ],
        coverage=both("4 made-up sources, the latest of 24 October 2025", "4 个虚构来源"),
        left=both("40 of 90 things"),
        stories=[
            {
                "id": "made-up",
                "title": both("A made-up story", "虚构的故事"),
                "steps": [
                    {"text": both("First look here.", "先看这里。"), "state": f"view=graph&at={LANTERN}"},
                    {"text": both("Then at the table.", "再看表格。"), "state": "view=table&rows=facts"},
                ],
            }
        ],
        moves=None,
        names={},
    )
    ids: dict[str, list[str]] = {name: [] for name in NAMES}
    for name, labels in NAMES.items():
        for label in labels.split(", "):
            en, zh = label.split("|")
            ids[name].append(f"{name}/{re.sub('[^a-z0-9]+', '-', en.lower())}")
            view["nodes"].append(
                {
                    "id": ids[name][-1],
                    "type": name,
                    "label": {**both(en, zh), **({"zh-hant": "燈坊科技"} if en == "Lantern Forge" else {})},
                    "aliases": ["Dengfang Lab"] if en == "Lantern Forge" else [],
                    "keys": ["dengfangkeji"] if en == "Lantern Forge" else [],
                    "words": {},
                    "x": 0.0,
                    "y": 0.0,
                    "degree": 3,
                    "drawn": name != "person",
                    "left": 2 if en == "Lantern Forge" else 0,
                    "statements": [],
                }
            )

    def fact(source: str, relation: str, target: str, span: str = "", *kinds: Any, **marks: Any) -> None:
        """One fact; `span` is from-to in years."""
        number, said = len(view["facts"]), len(view["statements"])
        first, _, last = span.partition("-")
        days = (f"{first}-01-01" if first else "", f"{last or first}-12-31" if first else "")
        is_situation = RELATIONS[relation][4] == "situation"
        bounds = (days[0], days[0], days[1], days[1]) if is_situation else (*days, *days)
        for i, kind in enumerate(kinds):
            view["statements"].append(
                Statement(
                    source=(number + i) % len(SOURCES),
                    kind=kind,
                    key=f"s{said + i}",
                    locator=f"¶{1 + number % 9}",
                    speaker=both("a made-up spokesperson") if i else {},
                    text=both(f"Made-up paraphrase {number}.", f"虚构转述{number}。"),
                    words=both("in Hong Kong") if marks.get("disputed") and i == 1 else {},
                    mark="≠" if marks.get("disputed") and i == 1 else "",
                    status=marks.get("status", "") if not i else "",
                    reached="",
                )
            )
        view["facts"].append(
            Fact(
                id=f"event/{number}",
                relation=relation,
                source=source,
                target=target,
                also=[],
                words=marks.get("words", {}),
                when=both(span),
                bounds=bounds,
                disputed=marks.get("disputed", False),
                derived=not kinds,
                rumoured=kinds == ("rumour",),
                statements=list(range(said, said + len(kinds))),
            )
        )

    organizations, products, people, places, rankings = ids.values()
    startups, investors = organizations[:10], organizations[10:]
    fact(LANTERN, "HeadquartersMove", places[2], "2025", *EVERY_KIND, status="announced", disputed=True)
    fact(LANTERN, "HeadquartersTenure", places[2], "2025-2026")
    for i, startup in enumerate(startups):
        fact(startup, "Operation", products[i], f"{2021 + i % 4}-2026", "fact")
        fact(startup, "HeadquartersTenure", places[i % 2], f"{2019 + i % 5}-2025", *["fact"][: i % 3])
        fact(investors[i % 4], "Investment", startup, f"{2022 + i % 4}", "fact", "reported-figure")
        if i < 8:
            fact(people[i], "Membership", startup, f"{2020 + i % 4}-2025", "fact")
        if 0 < i < 6:
            fact(startup, "HeadquartersMove", places[2 + i % 4], f"{2023 + i % 3}", "fact", status="completed")
        if i % 2:
            fact(investors[(i + 1) % 4], "Investment", startup, "2025", "rumour")
        else:
            fact(products[i], "RankingEntry", rankings[i % 4 // 2], "2025", "fact")
    fact(investors[1], "Investment", startups[1], "2025", "reported-figure")
    fact(investors[2], "Investment", startups[2], "2024", "fact")
    fact(people[3], "Membership", startups[8], "2019-2021", "forecast", "causal")
    fact(people[5], "Membership", startups[9], "", "fact")
    fact(LANTERN, "Observation", "", "2024", "reported-figure", words=both("valuation · USD 5 million"))

    ends = [(fact["source"], fact["target"]) for fact in view["facts"] if fact["target"]]
    where = positions([node["id"] for node in view["nodes"]], ends)
    for node in view["nodes"]:
        node["x"], node["y"] = where[node["id"]]
    return view


HOSTILE = (
    "</script><script>hit()</script><img src=x onerror=hit()> \"'` \u2028\u202e\u2066 AT&T 中文 {{7*7}} <!-- "
    "javascript:hit() =cmd|'/C calc'!A0 " + "long" * 200
)


def hostile() -> View:
    """Return a view of two nodes and a fact with hostile text wherever text can stand."""
    text = {"en": HOSTILE, "zh-hans": "中文" + HOSTILE}
    urls = ("javascript:hit()//" + HOSTILE, 'https://x.example/?"><script>hit()</script>&b')
    return View(
        title=HOSTILE,
        language="en",
        as_of="",
        types={HOSTILE: {"label": text, "shape": "dot", "color": "#000000"}},
        relations={
            HOSTILE: {
                "label": text,
                "caption": text,
                "color": "#000000",
                "time": "event",
                "section": "what",
                "hub": False,
            }
        },
        concepts={HOSTILE: text},
        nodes=[
            {
                "id": end + HOSTILE,
                "type": HOSTILE,
                "label": {"en": end + HOSTILE, "zh-hant": HOSTILE},
                "aliases": [HOSTILE],
                "keys": [HOSTILE],
                "words": text,
                "x": x,
                "y": 0.0,
                "degree": 2,
                "drawn": True,
                "left": 1,
                "statements": [0],
            }
            for end, x in (("a", 0.0), ("b", 300.0))
        ],
        facts=[
            {
                "id": HOSTILE,
                "relation": HOSTILE,
                "source": "a" + HOSTILE,
                "target": "b" + HOSTILE,
                "also": [],
                "words": text,
                "when": text,
                "bounds": ("2025-01-01", "2025-12-31", "2025-01-01", "2025-12-31"),
                "disputed": True,
                "derived": True,
                "rumoured": True,
                "statements": [0, 1],
            }
        ],
        statements=[
            {
                "source": i,
                "kind": "fact",
                "key": HOSTILE,
                "locator": HOSTILE,
                "speaker": text,
                "text": text,
                "words": text,
                "mark": "≠" if i else "",
                "status": HOSTILE,
                "reached": "",
            }
            for i in (0, 1)
        ],
        sources=[
            {
                "id": f"source/{i}{HOSTILE}",
                "title": text,
                "url": url,
                "publisher": text,
                "published": text,
                "by": "",
                "kind": HOSTILE,
                "told": 1,
            }
            for i, url in enumerate(urls)
        ],
        coverage=text,
        left=text,
        stories=[{"id": HOSTILE, "title": text, "steps": [{"text": text, "state": HOSTILE}]}],
        moves={
            "land": "M0 0h9v9z",
            "points": [
                {"id": f"p{i}{HOSTILE}", "label": text, "x": 900.0 * i, "y": 9.0, "area": False} for i in (0, 1)
            ],
            "arcs": [
                {
                    "layer": "headquarters",
                    "source": 0,
                    "target": 1,
                    "moves": [
                        {
                            "id": HOSTILE,
                            "things": [HOSTILE],
                            "first": "",
                            "last": "",
                            "status": HOSTILE,
                            "disputed": True,
                            "rumoured": False,
                        }
                    ],
                }
            ],
            "unplaced": {"headquarters": 1, "people": 0, "capital": 0},
        },
        names={HOSTILE: text},
    )


@contextmanager
def visits(chromium: Any, folder: Path) -> Iterator[Visit]:
    """Opens the pages of views, or a page that is there."""
    path = folder / "explorer.html"
    with watched(chromium, path.as_uri(), "data:", "blob:") as visit:

        def open_page(view: View | Path, hash: str = "", *size: int, **options: Any) -> Any:
            if isinstance(view, Path):
                path.write_bytes(view.read_bytes())
            else:
                write(view, path)
            return visit(path.as_uri() + hash, *size, **options)

        yield open_page


def state(page: Any, key: str) -> Any:
    """What is chosen on a page of the explorer."""
    return page.evaluate(f"state.{key}")
