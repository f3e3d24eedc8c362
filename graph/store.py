"""The store: one immutable Oxigraph directory and one index for each state of the facts.

A build is made beside the others and renamed into place, so a reader sees all of it or nothing, and a
broken fact leaves the previous build. Stores live under the user's data folder (or CHUHAI_DATA), by
the folder of facts they come from and the hash of its content. Where nothing can be written, the graph
is built in memory.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from errno import EIO, ENOSPC
from functools import cached_property
from itertools import groupby
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack
from zlib import crc32

from graph.counts import counted
from graph.engines import OXIGRAPH, Engine
from graph.errors import ChuhaiError, DataError, UsageError
from graph.folder import FOLDER, content_key, data_folder, stamp

if TYPE_CHECKING:
    from pyoxigraph import (
        BlankNode,
        DefaultGraph,
        Literal,
        NamedNode,
        Quad,
        QueryBoolean,
        QuerySolutions,
        Store,
        Triple,
    )

    from graph.imports import LeftOut
    from graph.pages import Pages

    _Node = NamedNode | BlankNode | Triple

INDEX, QUADS, _WAITING = "index.sqlite", "quads", "waiting.sqlite"
"""What a build is made of, in its folder; and the rows that wait for their order while it is made."""

NEW = ".new-"
"""How the name of a folder begins that is not there yet for readers."""

_FULL = ("No space left", "disk is full", "File too large", "disk I/O error")
"""Words of Oxigraph and SQLite on a full disk; the last stand where it was full for a file that they begin."""

_ABANDONED_AFTER, _UNLOCKED_AFTER = 3600, 10
"""Seconds after which a build that was never finished is taken away; one on which nobody has a lock, sooner."""


class Seen(TypedDict, total=False):
    """What a query sees: prefixes that it need not declare, its default graph, and which graphs it sees by GRAPH.

    Without a default graph all that is left to the text and the store; names count beside a list for the default graph.
    """

    prefixes: dict[str, str] | None
    default_graph: NamedNode | list[NamedNode | BlankNode | DefaultGraph] | None
    named_graphs: list[NamedNode | BlankNode] | None


class Quads(Protocol):
    """What commands ask of quads, be they here or behind a SPARQL service: the calls of a pyoxigraph Store."""

    def query(self, query: str, **seen: Unpack[Seen]) -> QuerySolutions | QueryBoolean | Iterable[Triple]: ...

    def quads_for_pattern(
        self, s: _Node | None, p: NamedNode | None, o: _Node | Literal | None, g: NamedNode | None, /
    ) -> Iterator[Quad]: ...

    def contains_named_graph(self, graph_name: NamedNode, /) -> bool: ...

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]: ...

    def __iter__(self) -> Iterator[Quad]: ...


class Graph:
    """An open graph: its index, and its quads, each opened at its first use.

    `place` is the directory of the quads, or the quads; `facts` the folder that they come from, None where it is
    not known; `engine` what answers SPARQL; `pages` fills the index where it is not made whole.
    """

    def __init__(
        self,
        index: sqlite3.Connection | Callable[[], sqlite3.Connection],
        place: Path | Quads,
        facts: Path | None,
        engine: Engine = OXIGRAPH,
        pages: Pages | None = None,
    ) -> None:
        self.engine = engine
        self._pages = pages
        self._index = index
        self.place = place
        self.facts = facts

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index, for lookups.

        Raises:
            ChuhaiError: if it cannot be made.
        """
        return self._index if isinstance(self._index, sqlite3.Connection) else self._index()

    def fetch(self, iris: Iterable[str]) -> None:
        """See that the index holds what there is to read of some nodes and source documents; mostly it holds all."""
        if self._pages is not None:
            self._pages.fetch(self.index, iris)

    def fetch_around(self, iris: Iterable[str]) -> None:
        """The same of some nodes and of all that point at them, in few requests."""
        if self._pages is not None:
            self._pages.fetch_around(self.index, iris)

    def check_whole(self) -> None:
        """Refuse what has to read the whole index.

        Raises:
            ChuhaiError: where it does not hold the whole graph.
        """
        if self._pages is not None:
            raise ChuhaiError(f"this needs the whole graph, and of {self.quads} no copy is kept, since it is too large")

    def close(self) -> None:
        """Let go of the files."""
        if "index" in self.__dict__ or isinstance(self._index, sqlite3.Connection):
            self.index.close()

    @cached_property
    def quads(self) -> Quads:
        """The quads, for SPARQL.

        Raises:
            ChuhaiError: if they cannot be read.
        """
        if not isinstance(self.place, Path):
            return self.place
        from pyoxigraph import Store

        with _readable(self.place):
            return Store.read_only(str(self.place))

    @property
    def store(self) -> Store:
        """The quads as an Oxigraph store.

        Raises:
            UsageError: for a graph behind a SPARQL service.
        """
        from pyoxigraph import Store

        if not isinstance(self.quads, Store):
            raise UsageError(
                "this works on facts or on the folder of a build; a SPARQL service is reached by its address"
            )
        return self.quads


def open_graph(facts: Path = FOLDER, previous: bool = True) -> Graph:
    """Open the graph of a folder of facts, building it first where that was not done yet.

    When the facts are broken or nothing can be written, a line on stderr says so and the previous
    build, or one in memory, is opened.

    Args:
        facts: the folder.
        previous: whether the previous build will do.

    Raises:
        DataError: if the facts are broken and there is no previous build that will do.
        ChuhaiError: if there are no facts.
    """
    folder, state = folder_for(facts), ""
    if not (key := _stamped(folder, facts)):
        state, key = stamp(facts), content_key(facts)
    try:
        if not (folder / key / INDEX).exists():
            return _open(build(facts), facts)
        _put_stamp(folder, key, state)
        return _open(folder / key, facts)
    except DataError as error:
        before = _builds(folder) if previous else []
        if not before:
            raise
        print(f"chuhai: {error.findings[0]} (answering from the previous build)", file=sys.stderr)
        return _open(before[-1], facts)
    except OSError as error:
        reason = f"{error.strerror}: {error.filename}" if error.filename else error
        if error.errno == ENOSPC and previous and (before := _builds(folder)):
            print(f"chuhai: {reason} (answering from the previous build)", file=sys.stderr)
            return _open(before[-1], facts)
        remedy = "mend that, or set CHUHAI_DATA to another folder"
        print(f"chuhai: no store can be kept ({reason}); building in memory each time; {remedy}", file=sys.stderr)
        return in_memory(facts)


def open_build(folder: Path, facts: Path | None = None) -> Graph:
    """Open one build by its folder, wherever it stands; `facts` is what it was built from, if that is known.

    Raises:
        ChuhaiError: if there is no build, or it cannot be read.
    """
    if not (folder / INDEX).is_file():
        remedy = "give a folder that `chuhai build` made, the address of a SPARQL service, or --facts for facts"
        raise ChuhaiError(f"{folder}: no store there; {remedy}")
    return _open(folder.absolute(), facts)


def latest(facts: Path = FOLDER) -> Graph | None:
    """The last build of a folder of facts, whatever became of them since; None where there is none. Nothing is built.

    Raises:
        ChuhaiError: if it cannot be read.
    """
    found = _builds(folder_for(facts))
    return _open(found[-1], facts) if found else None


def _stamped(folder: Path, facts: Path) -> str:
    """The content key of the facts, if they are as they were when it was last taken; else ""."""
    with suppress(OSError, ValueError):
        key, _, told = (folder / ".stamp").read_text(encoding="utf-8").partition("\n")
        return key if told and stamp(facts, told) == told else ""
    return ""


def _put_stamp(folder: Path, key: str, state: str) -> None:
    if state:
        from graph.files import write_bytes

        with suppress(OSError):
            write_bytes(folder / ".stamp", f"{key}\n{state}".encode())


def build(facts: Path = FOLDER) -> Path:
    """Build the store of a folder of facts and put it in place.

    Returns:
        The directory of the build.

    Raises:
        DataError: if any fact is wrong; the previous build stays.
        OSError: if the data folder cannot be written.
    """
    import shutil
    import tempfile

    from pyoxigraph import Store

    from graph.build import write
    from graph.index import Index
    from graph.load import KEPT

    folder, state = folder_for(facts), stamp(facts)
    key = content_key(facts)
    progress("building the graph …")
    folder.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=NEW, dir=folder))
    try:
        with _room_on_disk(), closing(Index(str(room / INDEX), str(room / _WAITING))) as index:
            quads = Store(str(room / QUADS))
            left = write(facts, quads, index, kept=folder / KEPT)
            quads.flush()
            del quads
            index.commit()
        (room / _WAITING).unlink()
        if content_key(facts) != key:  # changed while it was read: what was built is not what the key says
            return build(facts)
        try:
            room.rename(folder / key)
        except OSError:
            if not (folder / key / INDEX).exists():
                raise
    finally:
        shutil.rmtree(room, ignore_errors=True)
    for old in [*[b for b in _builds(folder) if b.name != key][:-1], *abandoned(folder)]:
        shutil.rmtree(old, ignore_errors=True)
    _put_stamp(folder, key, state)
    progress("")
    _tell(left)
    return folder / key


def in_memory(facts: Path = FOLDER, only: Iterable[str] | None = None) -> Graph:
    """Build a graph that is kept nowhere; `only` names the sources to use, without imports."""
    from pyoxigraph import Store

    from graph.build import write
    from graph.index import Index

    quads, index = Store(), Index(":memory:")
    _tell(write(facts, quads, index, None if only is None else set(only)))
    index.commit()
    return Graph(index.connection, quads, facts)


def _tell(left: Sequence[LeftOut]) -> None:
    """Say on stderr what of the imports did not enter, a line for each import."""
    for slug, group in groupby(left, key=lambda each: each.slug):
        first, *others = group
        key = first.statement.partition("#")[2]
        what = (
            "left out" if first.is_whole else f"{counted({'statement': len(others) + 1}, 'en')} left out, such as {key}"
        )
        remedy = "import its table again, or drop it"
        print(f"chuhai: import {slug}: {what}: {first.problem}; {remedy}", file=sys.stderr)


@contextmanager
def _room_on_disk() -> Iterator[None]:
    """Errors of the two stores as those of the system, which say that the disk is full where it is."""
    try:
        yield
    except (OSError, RuntimeError, sqlite3.Error) as error:
        if any(words in str(error) for words in _FULL):
            raise OSError(ENOSPC, "no space left on the disk", str(data_folder())) from None
        if isinstance(error, OSError):
            raise
        raise OSError(EIO, str(error), str(data_folder())) from None


def folder_for(facts: Path) -> Path:
    """Where the builds of a folder of facts are kept, each under its content key."""
    path = str(facts.resolve())
    words = "-".join(part for part in path.replace("\\", "/").split("/") if part.isalnum())[-60:]
    return data_folder() / "stores" / f"{words}-{crc32(path.encode()):08x}"


def abandoned(folder: Path) -> Iterator[Path]:
    """Builds that were never finished and that nobody can be at any more."""
    for path in folder.glob(f"{NEW}*"):
        with suppress(FileNotFoundError):  # another process may be finishing it
            waiting = path / _WAITING
            free = waiting.exists() and time() - waiting.stat().st_mtime > _UNLOCKED_AFTER and not _locked(waiting)
            if free or time() - path.stat().st_mtime > _ABANDONED_AFTER:
                yield path


def _locked(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:  # half written by a process that was ended
        return False
    return False


def _builds(folder: Path) -> list[Path]:
    """Complete builds, the latest last."""
    found = []
    for path in folder.glob("[!.]*"):
        with suppress(FileNotFoundError, NotADirectoryError):  # being taken away by another process, or no build
            found.append(((path / INDEX).stat().st_mtime_ns, path.name, path))
    return [path for *_, path in sorted(found)]


def _open(path: Path, facts: Path | None) -> Graph:
    with _readable(path):
        index = sqlite3.connect(f"{(path / INDEX).as_uri()}?mode=ro&immutable=1", uri=True)
        index.execute("SELECT iri FROM nodes LIMIT 1").fetchone()
        return Graph(index, path / QUADS, facts)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, sqlite3.Error) as error:
        raise ChuhaiError(f"{path}: the store cannot be read ({error}); delete that folder and try again") from None


def progress(text: str) -> None:
    """A line of progress on a terminal, over the one before; "" takes it away."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
