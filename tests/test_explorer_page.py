"""The explorer page: right, inert whatever the data holds, and usable in a browser."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graph.explorer.layout import HEIGHT, WIDTH, positions
from graph.explorer.page import Edge, Node, Statement, View, render, write

CHROMIUM = Path("/usr/bin/chromium")

# Everything below is made up: no company, person or product of these names is meant.
NAMES = {
    "organization": [
        "Lantern Forge|灯坊科技", "Paper Crane AI|纸鹤智能", "Ninth Harbor|九港智能", "Slow River|缓流科技",
        "Tin Sparrow|锡雀", "Quiet Orchard Robotics|静园机器人", "Moss & Mirror|苔镜", "Kite Loom|风筝织机",
        "Amber Ferry|琥珀渡", "Salt Compass|盐罗盘", "Hollow Bamboo Capital|空竹资本", "Longstone Partners|长石创投",
        "Grey Egret Ventures|灰鹭创投", "Second Shore Fund|彼岸基金",
    ],
    "product": [
        "Lantern Studio|灯坊工作室", "Cranefold|鹤折", "Harbor Voice|港声", "Riverbed|河床", "Sparrow Notes|雀记",
        "Orchard Arm|园臂", "Mirrorcast|镜播", "Loomline|织线", "Ferryman|摆渡人", "Compass Search|罗盘搜索",
    ],
    "person": [
        "Aster Quill|奎星野", "Lin Wanqiu|林晚秋", "Bo Yan|薄言", "Ivo Marsh|伊沃", "Mei Songyuan|梅松原",
        "Tarn Hale|谭海", "Ke Chuzhou|柯楚舟", "Wren Adair|雷恩",
    ],
    "place": ["Beijing|北京", "Shenzhen|深圳", "Singapore|新加坡", "Hong Kong|香港", "Los Angeles|洛杉矶", "Tokyo|东京"],
    "ranking": ["Fifty Small Models 2025|二〇二五小模型五十强", "Consumer App Hundred|消费应用百强"],
}


def mock() -> View:
    """A made-up view of 40 nodes and 64 edges, like a real one in shape and size."""
    view: View = {
        "title": "Chuhai · a made-up example",
        "language": "en",
        "types": {
            "organization": {"label": {"en": "Organization", "zh-hans": "机构"}, "shape": "dot", "color": "#0072b2"},
            "product": {"label": {"en": "Product", "zh-hans": "产品"}, "shape": "square", "color": "#56b4e9"},
            "person": {"label": {"en": "Person", "zh-hans": "人物"}, "shape": "triangle", "color": "#009e73"},
            "place": {"label": {"en": "Place", "zh-hans": "地点"}, "shape": "hexagon", "color": "#cc79a7"},
            "ranking": {"label": {"en": "Ranking", "zh-hans": "榜单"}, "shape": "star", "color": "#e69f00"},
        },
        "relations": {
            "HeadquartersTenure": {"label": {"en": "has headquarters in", "zh-hans": "总部位于"}, "color": "#8a94a0", "dashes": False},
            "HeadquartersMove": {"label": {"en": "moved its headquarters to", "zh-hans": "总部迁往"}, "color": "#d55e00", "dashes": False},
            "Operation": {"label": {"en": "makes", "zh-hans": "推出"}, "color": "#56b4e9", "dashes": False},
            "Membership": {"label": {"en": "works at", "zh-hans": "任职于"}, "color": "#009e73", "dashes": False},
            "FormerMembership": {"label": {"en": "worked at", "zh-hans": "曾任职于"}, "color": "#009e73", "dashes": True},
            "Investment": {"label": {"en": "invested in", "zh-hans": "投资"}, "color": "#c98a00", "dashes": False},
            "RankingEntry": {"label": {"en": "lists", "zh-hans": "收录"}, "color": "#9467bd", "dashes": False},
        },
        "nodes": [], "edges": [], "statements": [],
        "sources": [
            {"title": "A made-up report on Lantern Forge", "url": "https://news.example/lantern", "publisher": "Example Gazette", "published": "2025-07-09", "kind": "news report"},
            {"title": "虚构的融资消息", "url": "https://zh.example/rounds", "publisher": "示例财经", "published": "2025-03", "kind": "news report"},
            {"title": "Made-up exchange filing", "url": "http://filings.example/7", "publisher": "Example Exchange", "published": "2025-10-24", "kind": "filing"},
            {"title": "A made-up podcast", "url": "", "publisher": "Example Radio", "published": "2024", "kind": "interview"},
        ],
        "coverage": "4 made-up sources, the latest of 2025-10-24",
    }
    ids: dict[str, list[str]] = {}
    for type_, pairs in NAMES.items():
        for pair in pairs:
            english, chinese = pair.split("|")
            slug = re.sub(r"[^a-z0-9]+", "-", english.lower()).strip("-")
            ids.setdefault(type_, []).append(f"{type_}/{slug}")
            view["nodes"].append({
                "id": ids[type_][-1], "type": type_, "label": {"en": english, "zh-hans": chinese}, "aliases": [],
                "x": 0.0, "y": 0.0, "size": 12.0, "statements": [],
            })
    view["nodes"][0]["aliases"] = ["Dengfang", "灯坊"]
    organizations, products, people, places, rankings = ids.values()
    startups, investors = organizations[:10], organizations[10:]

    def edge(source: str, target: str, relation: str, when: str = "", **more: Any) -> None:
        number = len(view["edges"])
        kinds = more.pop("kinds", ["fact"])
        said = [len(view["statements"]) + i for i in range(len(kinds))]
        for i, kind in enumerate(kinds):
            view["statements"].append({
                "source": (number + i) % 4, "kind": kind, "locator": f"¶{1 + number % 9}",
                "speaker": "a made-up spokesperson" if i else "",
                "text": {"en": f"Made-up paraphrase {number} of what the source says.", "zh-hans": f"虚构转述之{number}。"},
            })
        view["edges"].append({
            "id": f"edge/{number}", "source": source, "target": target, "relation": relation, "when": when,
            "status": more.get("status", ""), "disputed": more.get("disputed", False),
            "derived": more.get("derived", False), "statements": said,
        })

    for i, startup in enumerate(startups):
        home = places[i * i % 2]
        edge(startup, products[i], "Operation", f"{2021 + i % 4}")
        edge(startup, home, "HeadquartersTenure", f"{2019 + i % 5}", derived=i % 3 == 0, kinds=[] if i % 3 == 0 else ["fact"])
        if i < 8:
            edge(people[i], startup, "Membership", f"since {2020 + i % 4}")
        if i < 6:
            edge(startup, places[2 + i % 4], "HeadquartersMove", f"{2023 + i % 3}", status="completed" if i else "announced",
                 disputed=i == 0, kinds=["fact", "reported-figure", "rumour", "denial", "opinion"] if i == 0 else ["fact"])
        edge(investors[i % 4], startup, "Investment", f"{2022 + i % 4}", kinds=["fact", "reported-figure"])
        if i % 2:
            edge(investors[(i + 1) % 4], startup, "Investment", "2025-03", kinds=["rumour"])
    edge(investors[1], startups[1], "Investment", "2025", kinds=["reported-figure"])
    edge(investors[2], startups[2], "Investment", "late 2024")
    for i in range(0, 10, 2):
        edge(rankings[i % 4 // 2], products[i], "RankingEntry", "2025")
    edge(people[3], startups[8], "FormerMembership", "2019 to 2021", kinds=["forecast", "causal"])
    edge(people[5], startups[9], "FormerMembership", "until 2022")
    edge(startups[0], "place/singapore", "HeadquartersTenure", "from 2025-06", derived=True, kinds=[])
    place(view)
    return view


def place(view: View) -> None:
    """Give the nodes of a view their positions and sizes."""
    ends = [(edge["source"], edge["target"]) for edge in view["edges"]]
    where = positions([node["id"] for node in view["nodes"]], ends)
    for node in view["nodes"]:
        node["x"], node["y"] = where[node["id"]]
        node["size"] = min(20.0, 9.0 + 1.2 * sum(node["id"] in pair for pair in ends))
