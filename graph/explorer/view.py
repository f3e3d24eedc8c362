"""What one page of the explorer shows, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypedDict

Label = dict[str, str]  # text by language tag
Language = Literal["en", "zh-hans"]
Kind = Literal["fact", "reported-figure", "rumour", "denial", "opinion", "causal", "forecast"]


class Type(TypedDict):
    """How nodes of one type are called and drawn; shape is one of vis-network's."""

    label: Label
    shape: str
    color: str


class Relation(TypedDict):
    """How edges of one relation are called and drawn."""

    label: Label
    color: str
    dashes: bool


class Node(TypedDict):
    """One thing; statements are indexes into those of the view."""

    id: str
    type: str
    label: Label
    aliases: list[str]
    x: float
    y: float
    size: float
    statements: list[int]


class Edge(TypedDict):
    """One relation between two nodes; when is its date in words."""

    id: str
    source: str
    target: str
    relation: str
    when: str
    status: str
    disputed: bool
    derived: bool
    statements: list[int]


class Statement(TypedDict):
    """What one source says; source is an index into those of the view."""

    source: int
    kind: Kind
    locator: str
    speaker: str
    text: Label


class Source(TypedDict):
    """One source document."""

    title: str
    url: str
    publisher: str
    published: str
    kind: str


class View(TypedDict):
    """All that one page shows; the legend keeps the order of types and relations."""

    title: str
    language: Language
    types: dict[str, Type]
    relations: dict[str, Relation]
    nodes: list[Node]
    edges: list[Edge]
    statements: list[Statement]
    sources: list[Source]
    coverage: str


def say(label: Label, language: str) -> str:
    """Return a label in a language, else in English, else in any, else an empty string."""
    return label.get(language) or label.get("en") or next(filter(None, label.values()), "")


def ends(edge: Edge) -> tuple[str, str]:
    """Return the two ends of an edge, the same for both directions."""
    return min(edge["source"], edge["target"]), max(edge["source"], edge["target"])


def check(view: View) -> None:
    """Raise ValueError for whatever a view names and does not hold, or holds twice."""
    items = (*view["nodes"], *view["edges"])
    nodes = {node["id"] for node in view["nodes"]}
    wrong = [f"{name} is given twice" for name, times in Counter(item["id"] for item in items).items() if times > 1]
    for node in view["nodes"]:
        if node["type"] not in view["types"]:
            wrong.append(f"{node['id']} has the unknown type {node['type']}")
    for edge in view["edges"]:
        if edge["relation"] not in view["relations"]:
            wrong.append(f"{edge['id']} has the unknown relation {edge['relation']}")
        if not nodes.issuperset(ends(edge)):
            wrong.append(f"{edge['id']} ends at a node that is not in the view")
    for item in items:
        if any(not 0 <= number < len(view["statements"]) for number in item["statements"]):
            wrong.append(f"{item['id']} has a statement that is not in the view")
    for number, statement in enumerate(view["statements"]):
        if not 0 <= statement["source"] < len(view["sources"]):
            wrong.append(f"statement {number} has a source that is not in the view")
    if wrong:
        raise ValueError("the view is inconsistent: " + "; ".join(wrong))
