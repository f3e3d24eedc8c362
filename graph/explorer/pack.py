"""A view as tables of numbers and texts: a third of the bytes, each text once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.explorer.view import Bounds, View

Packed = dict[str, Any]


def pack(view: View, keyed: bool = False) -> Packed:
    """The view as the page carries it; `data.js` reads it back.

    Args:
        view: the whole of a page, or a part of one.
        keyed: whether statements have the keys by which they are the same in several parts, and facts what is far.

    Returns:
        Tables whose rows name things, facts, statements and sources by their number, classes and concepts by their
        place in a list, and texts by their place in `texts`: a text that is the same in every language, or a list in
        the order of `languages`. Days are numbers such as 20250618, 0 where there is none. The ends of a fact are
        numbers of things, -1 where it has none.
    """
    texts = _Texts()
    things = {node["id"]: number for number, node in enumerate(view["nodes"])} | {"": -1}
    types, relations = list(view["types"]), list(view["relations"])
    kinds = sorted({s["kind"] for s in view["statements"]} | {s["kind"] for s in view["sources"]})
    nodes = [
        [
            node["id"], types.index(node["type"]), texts.label(node["label"]), node["aliases"], " ".join(node["keys"]),
            texts.label(node["words"]), node["degree"], int(node["drawn"]), node["left"], node["statements"],
        ]
        for node in view["nodes"]
    ]  # fmt: skip
    facts = [
        [
            fact["id"], relations.index(fact["relation"]), things[fact["source"]], things[fact["target"]],
            [things[end] for end in fact["also"]], texts.label(fact["words"]), texts.label(fact["when"]),
            _days(fact["bounds"]), fact["disputed"] + 2 * fact["derived"] + 4 * fact["rumoured"], fact["statements"],
            *([[[thing, texts.label(far)] for thing, far in fact.get("far", {}).items()]] if keyed else []),
        ]
        for fact in view["facts"]
    ]  # fmt: skip
    statements = [
        [
            s["source"], kinds.index(s["kind"]), s["locator"], texts.label(s["speaker"]), texts.label(s["text"]),
            texts.label(s["words"]), s["mark"], s["status"], _day(s["reached"]), *([s["key"]] if keyed else []),
        ]
        for s in view["statements"]
    ]  # fmt: skip
    sources = [
        [
            s["id"], texts.label(s["title"]), s["url"], texts.label(s["publisher"]), texts.label(s["published"]),
            _day(s["by"]), kinds.index(s["kind"]), s["told"],
        ]
        for s in view["sources"]
    ]  # fmt: skip
    same = ("title", "language", "types", "relations", "concepts", "coverage", "left", "stories")
    return {
        **{name: view[name] for name in same},  # type: ignore[literal-required]
        "moves": _moves(view, texts),
        "asOf": _day(view["as_of"]),
        "languages": texts.languages,
        "kinds": kinds,
        "texts": texts.found,
        "things": nodes,
        "facts": facts,
        "statements": statements,
        "sources": sources,
    }


def _moves(view: View, texts: _Texts) -> Packed | None:
    """The map: places, and arcs with the number of each fact and the name of what moved."""
    moves = view["moves"]
    if moves is None:
        return None
    names = {node["id"]: node["label"] for node in view["nodes"]} | view["names"]
    facts = {fact["id"]: number for number, fact in enumerate(view["facts"])}
    return {
        "land": moves["land"],
        "points": [[p["id"], texts.label(p["label"]), p["x"], p["y"], int(p["area"])] for p in moves["points"]],
        "arcs": [
            [
                arc["layer"], arc["source"], arc["target"],
                [[facts[move["id"]], texts.label(names[thing]) if thing else 0]
                 for move in arc["moves"] for thing in (move["things"] or [""])[:1]],
            ]
            for arc in moves["arcs"]
        ],
        "unplaced": moves["unplaced"],
    }  # fmt: skip


def _day(text: str) -> int:
    return int(text.replace("-", "")) if text else 0


def _days(bounds: Bounds) -> list[int]:
    """The days of a fact: the two of an event once."""
    days = [_day(bound) for bound in bounds]
    return days[:2] if days[:2] == days[2:] else days


class _Texts:
    """Texts in several languages, each set of them once; the first is empty."""

    languages = ("en", "zh-hans", "zh-hant")

    def __init__(self) -> None:
        self.found: list[str | Sequence[str]] = [""]
        self._numbers: dict[tuple[str, ...], int] = {("", ""): 0}

    def label(self, label: Mapping[str, str]) -> int:
        """The place of a label in the list of texts."""
        given = [*(label.get(language, "") for language in self.languages[:2])]
        if "zh-hant" in label:
            given.append(label["zh-hant"])
        if not any(given):
            given = [next(iter(label.values()), "")] * 2
        row = tuple(given)
        if row not in self._numbers:
            self._numbers[row] = len(self.found)
            self.found.append(row[0] if row[0] == row[-1] and len(row) == 2 else row)
        return self._numbers[row]
