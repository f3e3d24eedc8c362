"""The knowledge graph: its facts, and the code that builds, opens, names, projects, measures and shows it.

In Python, `graph.open()` opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graph.opened import Opened


def open(  # noqa: A001
    facts: str | Path | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
    lang: str = "en",
    store: str | Path | None = None,
) -> Opened:
    """Open the graph of a folder of facts, the packaged ones by default, or a store; see `graph.opened.open_graph`."""
    from graph.opened import open_graph

    return open_graph(facts, as_of, known_by, lang, store)
