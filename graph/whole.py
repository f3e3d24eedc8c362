"""The whole graph at another moment, for SPARQL: a copy of that of the present in which only the difference is written.

The copy of a build shares with it the files that do not change. It stands beside the build in `moments/`, where
everybody who asks for the same moment opens it read-only; the limits.MOMENTS of them that were asked for last are kept.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from decimal import Decimal
from hashlib import blake2b
from heapq import merge
from itertools import chain, groupby, islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph import files, limits, rows
from graph import store as stores
from graph.errors import ChuhaiError
from graph.index import revise, take_out
from graph.lines import written
from graph.moment import NOW, TOLD, Moment
from graph.past import PastReader
from graph.reading import Reader
from graph.resolved import ordered, terms
from graph.store import INDEX, QUADS, Graph
from graph.values import FIGURES, Values, text
from ontology import RESOLVED, local

_HEADQUARTERS = """SELECT iri FROM nodes WHERE held LIKE '%ontology#HeadquartersMove"%'
    OR held LIKE '%ontology#HeadquartersTenure"%'"""

_NODES = 5_000
"""How many nodes that differ are written at once."""


class Difference(NamedTuple):
    """What another moment takes from the graph and adds to it: the IRIs of unknown sources, and the nodes that differ.

    `nodes` are found as they are asked for: of some at a time the values before and then by IRI, none for a node that
    is not there.
    """

    sources: list[str]
    nodes: Iterator[tuple[Mapping[str, Values], Mapping[str, Values]]]


def past(graph: Graph, moment: Moment) -> Graph:
    """The whole graph at another moment.

    Args:
        graph: an open graph.
        moment: documents published later than `known_by` are left out, and what they bore on is resolved anew;
            nodes that did not hold on `as_of` are left out, those that only may have held carry chuhai:certainty.

    Returns:
        An open graph; the same one where the moment says nothing.
    """
    if moment == NOW:
        return graph
    if isinstance(graph.place, Path):
        with suppress(OSError):
            return _kept(graph, graph.place, moment)
    quads, index = Store(), sqlite3.connect(":memory:")
    quads.bulk_extend(graph.quads)
    graph.index.backup(index)
    _write(difference(graph, moment), quads, index)
    return Graph(index, quads, graph.facts)


def difference(graph: Graph, moment: Moment) -> Difference:
    """What is otherwise in the graph at another moment."""
    now, then = Reader(graph), PastReader(graph, "en", moment)
    sources = [row[0] for row in graph.index.execute("SELECT iri FROM sources ORDER BY iri")]
    return Difference([source for source in sources if not then.known(source)], _differing(now, then))


def _differing(now: Reader, then: PastReader) -> Iterator[tuple[dict[str, Values], dict[str, Values]]]:
    there = (row[0] for row in now.graph.index.execute("SELECT iri FROM nodes ORDER BY iri"))
    derived = sorted(_derived(now, then)) if then.moment.known_by is not None else []
    before: dict[str, Values] = {}
    after: dict[str, Values] = {}
    for node, _ in groupby(merge(there, derived)):
        pair = now.node(node), then.node(node)
        if pair[0] != pair[1]:
            before[node], after[node] = pair
        if len(before) >= _NODES:
            yield before, after
            before, after = {}, {}
    yield before, after


def _derived(now: Reader, then: PastReader) -> set[str]:
    """Headquarters tenures and moves that followed from what was known, also those that do not follow any more."""
    seated = [row[0] for row in now.graph.index.execute(_HEADQUARTERS)]
    organizations = {text(reader.node(node), "organization") for node in seated for reader in (now, then)} - {None}
    return {node for organization in sorted(filter(None, organizations)) for node in then.derived(organization)}


def _kept(graph: Graph, place: Path, moment: Moment) -> Graph:
    """The graph of the moment that is kept beside a build, made where there is none."""
    folder = place.parent / "moments"
    kept = folder / blake2b(repr(moment).encode(), digest_size=10).hexdigest()
    if kept.exists():
        with suppress(ChuhaiError):
            return _open(kept, graph)
        _take_away(kept)
    folder.mkdir(exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=stores.NEW, dir=folder))
    try:
        shutil.copytree(place, room / QUADS, copy_function=_share)
        quads = Store(str(room / QUADS))
        with closing(sqlite3.connect(room / INDEX)) as index:
            graph.index.backup(index)
            _write(difference(graph, moment), quads, index)
        quads.flush()
        del quads
        with suppress(OSError):  # another one was faster
            room.rename(kept)
        found = _open(kept, graph)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    _evict(folder)
    return found


def _open(kept: Path, graph: Graph) -> Graph:
    found = stores.open_build(kept, graph.facts)
    len(found.store)  # all files are open before somebody takes them away
    with suppress(OSError):
        os.utime(kept)
    return found


def _share(origin: str, target: str) -> None:
    """Give one file of a store to its copy: what Oxigraph never writes to again is the same file."""
    share = files.link if origin.endswith(".sst") else shutil.copy2
    share(origin, target)


def _evict(folder: Path) -> None:
    """Take away the moments that nobody asked for lately, and what was never finished."""
    times = {}
    for path in folder.glob("[!.]*"):
        with suppress(OSError):
            times[path] = path.stat().st_mtime_ns
    for path in sorted(times, key=times.__getitem__)[: -limits.MOMENTS]:
        _take_away(path)
    for path in stores.abandoned(folder):
        shutil.rmtree(path, ignore_errors=True)


def _take_away(kept: Path) -> None:
    """Delete a moment; first its name, so that nobody finds half of it."""
    with suppress(OSError):
        shutil.rmtree(kept.rename(kept.parent / f"{stores.NEW}{kept.name}"), ignore_errors=True)


def _write(found: Difference, quads: Store, index: sqlite3.Connection) -> None:
    """Write the difference into a copy of the quads and of the index."""
    for source in found.sources:
        quads.remove_graph(NamedNode(source))
    for sides in found.nodes:
        before, then = ({line for iri in side for line in _lines(iri, side[iri])} for side in sides)
        for quad in _quads(before - then):
            quads.remove(quad)
        quads.extend(_quads(then - before))
        links = [{(*link, iri) for iri in side for link in rows.links(side[iri])} for side in sides]
        held = {iri: ordered(values) for iri, values in sides[1].items()}
        revise(index, held, sorted(links[0] - links[1]), sorted(links[1] - links[0]))
    take_out(index, found.sources)


def triples(reader: Reader, nodes: Sequence[str]) -> list[Triple]:
    """What the resolved graph holds of nodes at the moment of a reader, node by node, of each sorted."""
    held, labelled = {node: reader.node(node) for node in nodes}, reader.labelled(nodes)
    written_here = {  # no more is held of these
        node: sorted(_lines(node, then))
        for node, then in held.items()
        if local(text(then, "type") or "") in TOLD and node not in labelled and all(map(_is_plain, then.items()))
    }
    quads = iter(_quads(chain.from_iterable(written_here.values())))
    found: list[Triple] = []
    for node, then in held.items():
        own = islice(quads, len(written_here[node])) if node in written_here else _held(reader, node, then)
        found += [quad.triple for quad in own]
    return found


def _held(reader: Reader, node: str, then: Values) -> list[Quad]:
    """What the quads hold of a node with such values at the moment of a reader, sorted."""
    held: Iterable[Quad] = reader.graph.quads.quads_for_pattern(NamedNode(node), None, None, NamedNode(RESOLVED))
    if reader.moment != NOW and (before := Reader(reader.graph).node(node)) != then:
        held = set(held).difference(_quads(_lines(node, before))).union(_quads(_lines(node, then)))
    return sorted(held, key=str)


def _is_plain(item: tuple[str, tuple[str, ...]]) -> bool:
    """Whether the values of a property stand in the quads as they stand here: of a figure, without needless digits."""
    name, values = item
    return name not in FIGURES or all(value == f"{Decimal(value).normalize():f}" for value in values)


def _lines(node: str, values: Values) -> list[str]:
    return written(RESOLVED, node, terms(values))


def _quads(lines: Iterable[str]) -> list[Quad]:
    return list(parse("".join(lines), format=RdfFormat.N_QUADS))
