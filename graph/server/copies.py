"""How the processes of the server open the graph that it was given: copies of its files, or the service that holds it.

Files are linked where that can be and copied elsewhere, so that a build may be replaced or taken away while it is
served.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import Store

from graph import limits, store
from graph.engines import Engine
from graph.errors import ChuhaiError
from graph.files import link
from graph.store import INDEX, QUADS, Graph

if TYPE_CHECKING:
    from graph.publication import Record
    from graph.remote import ServiceQuads

Opener = Callable[[], Graph]
"""Opens the graph in another process."""


class Copy(NamedTuple):
    """What processes open the graph from; it stays until the room is cleaned up.

    `version` is another text for another state of the graph, "" where others may change it at any time.
    """

    room: TemporaryDirectory[str]
    opener: Opener
    version: str


def copy(graph: Graph) -> Copy:
    """Copy what is needed to open the graph into a folder for temporary files.

    Raises:
        ChuhaiError: if it cannot be kept there, or not be read.
    """
    room = TemporaryDirectory(prefix="chuhai-")
    try:
        return Copy(room, _opener(graph, Path(room.name)), _version(graph))
    except (OSError, sqlite3.Error) as error:
        where = Path(room.name).parent
        room.cleanup()
        remedy = "set TMPDIR to a folder with room for it"
        raise ChuhaiError(f"{where}: the graph cannot be copied there ({error}); {remedy}") from None
    except BaseException:
        room.cleanup()
        raise


def newest(graph: Graph) -> Copy:
    """A copy of what now is where a graph was opened from, built anew where its facts have changed.

    Raises:
        ChuhaiError, DataError: if nothing is there, it cannot be read, or no copy be kept.
    """
    found = _again(graph)
    try:
        return copy(found)
    finally:
        found.close()


def _opener(graph: Graph, room: Path) -> Opener:
    if isinstance(graph.place, Path):
        link(graph.place.parent / INDEX, room / INDEX)
        shutil.copytree(graph.place, room / QUADS, copy_function=link)
        return partial(_from_files, room, graph.facts)
    graph.check_whole()
    with sqlite3.connect(room / INDEX) as index:
        graph.index.backup(index)
    index.close()
    if not isinstance(graph.place, Store):
        behind = cast("ServiceQuads", graph.place)
        seconds = 0.9 * limits.SERVE_SECONDS
        return partial(_from_service, room, behind.service.address, behind.record, graph.engine, seconds)
    quads = Store(str(room / QUADS))
    quads.bulk_extend(graph.store)
    quads.flush()
    return partial(_from_files, room, graph.facts)


def _again(graph: Graph) -> Graph:
    if graph.facts is not None:
        return store.open_graph(graph.facts)
    if isinstance(graph.place, Path):
        return store.open_build(graph.place.parent)
    from graph.remote import open_service

    return open_service(cast("ServiceQuads", graph.place).service.address)


def _version(graph: Graph) -> str:
    if isinstance(graph.place, Path):
        index = graph.place.parent / INDEX
        told = index.stat()
        state = (metadata.version("chuhai"), index.parent.name, told.st_size, told.st_mtime_ns)
        return blake2b(repr(state).encode(), digest_size=10).hexdigest()
    return token_hex(10) if isinstance(graph.place, Store) else ""


def _from_files(room: Path, facts: Path | None) -> Graph:
    graph = Graph(_index(room), room / QUADS, facts)
    len(graph.store)  # opened now: nothing can be while a query is answered
    return graph


def _from_service(room: Path, address: str, record: Record | None, engine: Engine, seconds: float) -> Graph:
    from graph.remote import ServiceQuads
    from graph.service import Service

    return Graph(_index(room), ServiceQuads(Service(address, seconds=seconds), record), None, engine)


def _index(room: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(room / INDEX).as_uri()}?mode=ro&immutable=1", uri=True)
