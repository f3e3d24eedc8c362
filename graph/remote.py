"""A graph behind a SPARQL service: its quads are asked there, its index is made here.

What lookups read is copied once for each build that was published there, under the data folder, and checked against
the counts of its record; of a store without a record anew each time, as where nothing can be written. So every
answer, also of another moment, is the one that the facts would give; a store of more than limits.STORE_TRIPLES
answers SPARQL and networks only.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack
from zlib import crc32

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from graph import limits, publication
from graph.errors import ChuhaiError, StoreError, UsageError
from graph.folder import data_folder
from graph.publication import PUBLICATION, Record
from graph.service import Service
from graph.store import Graph, Seen
from graph.terms import typed
from ontology import CHUHAI, local, vocabulary
from queries.binder import words

if TYPE_CHECKING:
    from graph.pages import Pages

Node = NamedNode | BlankNode | Triple

_BATCH = 50_000
_BOOLEANS = {"1": "true", "0": "false"}
_ENDING = ".sqlite"
_READ = "mode=ro&immutable=1"


def open_service(address: str) -> Graph:
    """Open the graph that a SPARQL 1.1 service holds.

    Args:
        address: of its queries.

    Raises:
        UsageError: if that is no address.
        ChuhaiError: if it does not answer, or is in the midst of a publication.
    """
    service = Service(address)
    record = publication.read(service)
    publication.check(record, address)
    quads = ServiceQuads(service, record)
    if quads.triples <= limits.STORE_TRIPLES:
        return Graph(lambda: _index(quads), quads, None, service.engine)
    from graph.pages import Pages

    pages = Pages(quads)
    return Graph(lambda: _names(quads, pages), quads, None, service.engine, pages)


class ServiceQuads:
    """The quads of a service, by the calls of a pyoxigraph Store that commands use."""

    def __init__(self, service: Service, record: Record | None) -> None:
        self.service = service
        self.record = record

    def query(self, query: str, **seen: Unpack[Seen]) -> QuerySolutions | QueryBoolean | list[Triple]:
        """The whole answer to a query.

        Args:
            query: a text.
            seen: what it sees; of the prefixes those are declared that it uses and does not declare.

        Raises:
            UsageError: where the service finds fault with the query.
            ChuhaiError: where the service fails, or its engine is known to answer wrongly.
        """
        bare, default_graph = words(query), seen.get("default_graph")
        self.service.engine.check(bare, self.triples)
        declared = " ".join(
            f"PREFIX {name}: <{iri}>"
            for name, iri in (seen.get("prefixes") or {}).items()
            if re.search(rf"(?<![\w.-]){name}:", bare) and not re.search(rf"\bPREFIX\s+{name}:", bare, re.IGNORECASE)
        )
        if isinstance(default_graph, list):
            dataset = [("default-graph-uri", str(each).strip("<>")) for each in default_graph]
            dataset += [("named-graph-uri", str(each).strip("<>")) for each in seen.get("named_graphs") or ()]
        else:
            dataset = self._dataset(bare, default_graph)
        return self.service.query(f"{declared} {query}" if declared else query, dataset)

    def quads_for_pattern(
        self, s: Node | None, p: NamedNode | None, o: Node | Literal | None, g: NamedNode | None, /
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything."""
        given = {"s": s, "p": p, "o": o, "g": g}
        free = [name for name, term in given.items() if term is None]
        asked = {name: f"?{name}" if term is None else str(term) for name, term in given.items()}
        pattern = "GRAPH {g} {{ {s} {p} {o} }}".format(**asked)
        for row in self.rows(f"SELECT {' '.join(f'?{name}' for name in free) or '*'} WHERE {{ {pattern} }}"):
            yield self._quad(**{**given, **dict(zip(free, row, strict=True))})

    def contains_named_graph(self, graph_name: NamedNode, /) -> bool:
        """Whether a graph belongs to the store."""
        return graph_name.value in self.counts

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]:
        """The graphs of the store."""
        return map(NamedNode, self.counts)

    def __iter__(self) -> Iterator[Quad]:
        """Every quad that belongs to the graph, in batches of graphs.

        Raises:
            ChuhaiError: if they are too many, or not as many as the record says.
        """
        if self.triples > limits.STORE_TRIPLES:
            raise self._error(
                f"it holds {self.triples:,} triples; more than {limits.STORE_TRIPLES:,} are not copied for what "
                "needs all of them; lookups, paths, queries and networks work"
            )
        for batch in _batches(self.counts):
            found: Counter[str] = Counter()
            values = " ".join(str(NamedNode(name)) for name in batch)
            rows = self.rows(f"SELECT ?s ?p ?o ?g WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}")
            for s, p, o, g in rows:
                found[g.value] += 1
                yield self._quad(s, p, o, g)
            if wrong := [name for name, count in batch.items() if found[name] != count]:
                raise self._error(
                    f"{len(wrong)} graphs hold more or less than was told ({publication.names(wrong)}); "
                    "it was changed by others or cuts its answers; publish again, or raise its limits"
                )

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many triples each graph holds, by the record, else as counted there."""
        if self.record is not None:
            return {name: held.triples for name, held in self.record.graphs.items()}
        rows = self.rows("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return {g.value: int(n.value) for g, n in sorted(rows, key=str) if g != PUBLICATION}

    @property
    def triples(self) -> int:
        return sum(self.counts.values())

    def _dataset(self, bare: str, default_graph: NamedNode | None) -> list[tuple[str, str]]:
        if default_graph is None:
            return []
        chosen = [("default-graph-uri", default_graph.value)]
        if not re.search(r"\bGRAPH\b", bare, re.IGNORECASE):
            return chosen
        if not self.service.engine.has_default_graph:
            name = self.service.engine.name
            raise UsageError(f"{name} cannot see a default graph beside others; write GRAPH graph:resolved {{ … }}")
        if len(self.counts) > limits.STORE_GRAPHS:
            raise UsageError(
                f"a text that names graphs would have to name all {len(self.counts):,} of this store; write "
                "FROM graph:resolved and FROM NAMED for those that it needs"
            )
        return [*chosen, *(("named-graph-uri", name) for name in self.counts)]

    def rows(self, text: str) -> Iterable[Any]:
        """The rows of a SELECT."""
        answer = self.service.query(text)
        assert isinstance(answer, QuerySolutions)
        return answer

    def value(self, p: NamedNode, o: Any) -> Any:
        """A value of a property as it was published, where the engine keeps another datatype."""
        prop = vocabulary().properties.get(local(p.value)) if p.value.startswith(CHUHAI) else None
        if prop is not None and isinstance(o, Literal) and not (o.language or self.service.engine.keeps_terms):
            return typed(_BOOLEANS.get(o.value, o.value) if prop.range == "xsd:boolean" else o.value, prop)
        return o

    def _quad(self, s: Any, p: Any, o: Any, g: Any) -> Quad:
        return Quad(s, p, self.value(p, o), g)

    def _error(self, problem: str) -> ChuhaiError:
        return StoreError(self.service.address, problem)

    def __repr__(self) -> str:
        return self.service.address


def _batches(counts: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """The graphs in batches of about _BATCH triples."""
    batch: dict[str, int] = {}
    for name, count in counts.items():
        batch[name] = count
        if sum(batch.values()) >= _BATCH or len(batch) >= 1_000:
            yield batch
            batch = {}
    if batch:
        yield batch


def _index(quads: ServiceQuads) -> sqlite3.Connection:
    """The index of what is published there."""
    from graph.index import write

    kept = _kept(quads, "", lambda path: write(quads, path))
    return write(quads) if kept is None else sqlite3.connect(f"{kept.as_uri()}?{_READ}", uri=True)


def _names(quads: ServiceQuads, pages: Pages) -> sqlite3.Connection:
    """An index of the names that are published there, into which the rest is fetched."""
    from graph.index import make_room
    from graph.pages import FETCHED

    kept = _kept(quads, "-names", pages.write)
    if kept is None:
        return pages.write(":memory:")
    connection = sqlite3.connect(":memory:", uri=True)
    connection.execute("ATTACH ? AS kept", (f"{kept.as_uri()}?{_READ}",))
    make_room(connection, FETCHED)
    return connection


def _kept(quads: ServiceQuads, kind: str, write: Callable[[str], sqlite3.Connection]) -> Path | None:
    """The file of an index, written once for each build that is published; None where it has no key, or no room."""
    record, address = quads.record, quads.service.address
    if record is None:
        return None
    folder = data_folder() / "stores" / f"service-{crc32(address.encode()):08x}"
    kept = folder / f"{record.key}-{crc32(repr(record.graphs).encode()):08x}{kind}{_ENDING}"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{kept.as_uri()}?{_READ}", uri=True)) as connection:
        connection.execute("SELECT iri FROM labels LIMIT 1").fetchone()
        return kept
    try:
        folder.mkdir(parents=True, exist_ok=True)
        begun = folder / f".new-{os.getpid()}"
        begun.unlink(missing_ok=True)
        write(str(begun)).close()
        begun.replace(kept)
    except (OSError, sqlite3.Error):
        return None
    for old in folder.glob(f"*{_ENDING}"):
        if old != kept:
            with suppress(OSError):
                old.unlink()
    return kept
