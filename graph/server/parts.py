"""The parts of the graph that the live explorer asks for: each a job that a worker does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graph import limits, profile
from graph.explorer import gather
from graph.explorer.drawing import draw
from graph.explorer.pack import pack
from graph.explorer.stories import is_drawn
from graph.explorer.view import View
from graph.server.answer import Answer, in_json
from graph.server.api import candidates, opened
from graph.store import Graph
from ontology import expand


def begin(graph: Graph, when: Mapping[str, str], focus: str = "", depth: int = 1) -> Answer:
    """What the page begins with: the core of the graph, or what is near a thing of that name.

    Raises:
        NotFoundError, AmbiguousNameError: for a name that means nothing, or several things.
    """
    return _begun(graph, tuple(sorted(when.items())), profile.find(graph, focus).thing if focus else "", depth)


@lru_cache(maxsize=4)
def _begun(graph: Graph, when: tuple[tuple[str, str], ...], root: str, depth: int) -> Answer:
    """The last ones are kept: a layout takes a second or two."""
    found = opened(graph, dict(when))
    view = gather.begin(found.whole, found.language, [root] if root else [], depth, found.moment)
    return _packed(view, more=limits.EXPLORER_MORE, focus=root)


def more(graph: Graph, when: Mapping[str, str], of: str, count: int = 0, page: str = "") -> Answer:
    """What comes to the page: things, and some neighbours of theirs; see `gather.more`. Lists are joined by commas."""
    whole = opened(graph, when).whole
    return _packed(gather.more(whole, filter(None, of.split(",")), count, filter(None, page.split(","))))


def search(graph: Graph, when: Mapping[str, str], q: str) -> Answer:
    """Things that can be drawn, by their names: labels in each language, and the name that was found."""
    found = [name for name in candidates(graph, q) if is_drawn(name.thing)]
    reader = opened(graph, when).reader
    return in_json({"found": [
        {"id": name.thing, "label": reader.labels(expand(name.thing)), "name": name.name}
        for name in found[: limits.EXPLORER_FOUND]
    ]})  # fmt: skip


def _packed(view: View, **beside: Any) -> Answer:
    return in_json({"packed": pack(view, keyed=True), "drawing": draw(view), **beside})
