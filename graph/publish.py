"""Publishes a build to a SPARQL service, graph by graph: what is there already stays, what differs is replaced.

Each graph is replaced by one update, read back, compared by count and checksum, and only then put on the record of the
store (graph.publication); the resolved one is put together aside and switched to at the very end. Until then the
record says that a build is coming, and commands refuse to read a mixture. The next call goes on where one was
interrupted; on a store that holds the build it does nothing. One publication goes on at a time (graph.lease).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Triple

from graph import publication
from graph.errors import ChuhaiError
from graph.lease import Lease
from graph.lines import ordered
from graph.publication import COMING, PUBLICATION, Held, checksum
from graph.service import Service
from graph.store import Graph
from graph.terms import iri
from ontology import RESOLVED, SPACE, compact


class Published(NamedTuple):
    """What a publication did: how many graphs it put there, took away and left as they were, and their triples."""

    put: int
    dropped: int
    kept: int
    triples: int


def publish(
    graph: Graph,
    key: str,
    service: Service,
    tell: Callable[[str], None] = lambda text: None,
    takeover: bool = False,
) -> Published:
    """Bring a store to hold a build and nothing else of ours; graphs of others are left alone.

    Args:
        graph: the build.
        key: of its content.
        service: which takes updates.
        tell: is told of progress.
        takeover: whether to take the place of a publication that may be going on.

    Raises:
        ChuhaiError: if another publication goes on, the store fails or holds something else afterwards; what was put
            until then stays put, and the message says how far it came.
    """
    names = sorted(iri(name) for name in graph.quads.named_graphs())
    sums = {name: held for name in names if (held := checksum(_triples(graph, name))).triples}
    if (plan := _plan(service, key, sums)).is_done:
        return plan.outcome(sums)
    lease = Lease(service)
    lease.take(takeover)
    try:
        plan = _plan(service, key, sums)  # the one that held it before may have done it
        if not plan.is_done:
            _carry_out(plan, key, graph, sums, service, lease, tell)
    finally:
        with suppress(ChuhaiError):
            lease.give_back()
    return plan.outcome(sums)


class _Plan(NamedTuple):
    """Which graphs to put, the resolved one last, and which to drop; whether all is there and on record already."""

    todo: list[str]
    gone: list[str]
    is_done: bool

    def outcome(self, sums: Mapping[str, Held]) -> Published:
        triples = sum(held.triples for held in sums.values())
        return Published(len(self.todo), len(self.gone), len(sums) - len(self.todo), triples)


def _plan(service: Service, key: str, sums: Mapping[str, Held]) -> _Plan:
    record, there = publication.read(service), _counts(service)
    known = record.graphs if record else {}
    fresh = {name for name, held in sums.items() if known.get(name) == held and there.get(name) == held.triples}
    todo = sorted(sums.keys() - fresh, key=lambda name: (name == RESOLVED, name))
    gone = sorted((there.keys() | known.keys()) - sums.keys())
    is_recorded = record is not None and record.key == key and not record.coming
    return _Plan(todo, gone, is_recorded and not todo and not gone)


def _carry_out(
    plan: _Plan,
    key: str,
    graph: Graph,
    sums: Mapping[str, Held],
    service: Service,
    lease: Lease,
    tell: Callable[[str], None],
) -> None:
    """Put the graphs, the resolved one aside; then switch to it, drop what is gone and end, in one update."""
    service.update(publication.begun(key))
    number = 0
    try:
        for number, name in enumerate(plan.todo):
            tell(f"{number + 1} of {len(plan.todo)}  {compact(name)}")
            lease.hold()
            _put(service, name, _triples(graph, name), sums[name])
        lease.hold()
        service.update(" ;\n".join(_switch(plan, key, sums)))
        if wrong := [*_differing(_counts(service), sums)]:
            service.update(publication.begun(key))
            raise ChuhaiError(f"other counts than were sent in {publication.names(wrong)}; somebody else writes there")
    except ChuhaiError as error:
        state = f"{number} of {len(plan.todo)} graphs are of build {key}, the rest as before; publish again to go on"
        raise ChuhaiError(f"half published: {error}; {state}") from None


def _switch(plan: _Plan, key: str, sums: Mapping[str, Held]) -> Iterator[str]:
    """What makes a store one of the build, once all else is put."""
    if RESOLVED in plan.todo:
        yield f"MOVE GRAPH {COMING} TO GRAPH {NamedNode(RESOLVED)}"
        yield publication.noted(RESOLVED, sums[RESOLVED])
    for name in plan.gone:
        yield f"DROP SILENT GRAPH {NamedNode(name)} ;\n{publication.forgotten(name)}"
    yield publication.ended(key)


def _put(service: Service, name: str, triples: Iterable[Triple], held: Held) -> None:
    """Replace one graph and check what is there afterwards; of the resolved one, what will be."""
    node = COMING if name == RESOLVED else NamedNode(name)
    before = f"{publication.forgotten(node.value)} ;\nDROP SILENT GRAPH {node} ;\n"
    for chunk in _chunks(ordered(map(str, triples)), service.engine.insert_triples):
        lines = " .\n".join(chunk)
        service.update(f"{before}INSERT DATA {{ GRAPH {node} {{ {lines} }} }}")
        before = ""
    answer = service.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, QuerySolutions)
    found = checksum(Triple(*row) for row in answer)
    if found.triples != held.triples or (service.engine.keeps_terms and found.checksum != held.checksum):
        raise ChuhaiError(f"{compact(name)} came back otherwise: {found.triples} triples for {held.triples}")
    if node != COMING:
        service.update(publication.noted(name, held))


def _triples(graph: Graph, name: str) -> Iterator[Triple]:
    """What one graph of the build holds."""
    return (
        Triple(q.subject, q.predicate, q.object)
        for q in graph.quads.quads_for_pattern(None, None, None, NamedNode(name))
    )


def _chunks(lines: Iterator[str], size: int) -> Iterator[list[str]]:
    while chunk := [*islice(lines, size)]:
        yield chunk


def _counts(service: Service) -> dict[str, int]:
    """The graphs of ours that a store holds, and how many triples each."""
    answer = service.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(answer, QuerySolutions)
    counts = {g.value: int(n.value) for g, n in answer}
    return {g: n for g, n in counts.items() if g.startswith(SPACE) and g != PUBLICATION.value}


def _differing(there: Mapping[str, int], sums: Mapping[str, Held]) -> Iterator[str]:
    """The graphs of which more or less is there than was wanted."""
    for name in sorted(there.keys() | sums.keys()):
        if name not in sums or there.get(name) != sums[name].triples:
            yield name
