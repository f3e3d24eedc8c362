"""Publishes a build to a SPARQL service, graph by graph: what is there already stays, what differs is replaced.

Each graph is replaced, read back, compared by count and checksum, and only then put on the record of the store
(graph.publication). Until all are, the record says that a build is coming, and commands refuse to read a mixture.
The next call goes on where one was interrupted; on a store that holds the build it does nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Triple

from graph import publication
from graph.errors import ChuhaiError
from graph.publication import PUBLICATION, Held, checksum
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


def publish(graph: Graph, key: str, service: Service, tell: Callable[[str], None] = lambda text: None) -> Published:
    """Bring a store to hold a build and nothing else of ours; graphs of others are left alone.

    Args:
        graph: the build.
        key: of its content.
        service: which takes updates.
        tell: is told of progress.

    Raises:
        ChuhaiError: if the store fails or holds something else afterwards; what was put until then stays put, and
            the message says how far it came.
    """
    wanted: dict[str, list[Triple]] = defaultdict(list)
    for quad in graph.quads:
        wanted[iri(quad.graph_name)].append(Triple(quad.subject, quad.predicate, quad.object))
    sums = {name: checksum(triples) for name, triples in wanted.items()}
    record, there = publication.read(service), _counts(service)
    known = record.graphs if record else {}
    fresh = {name for name, held in sums.items() if known.get(name) == held and there.get(name) == held.triples}
    todo = sorted(sums.keys() - fresh, key=lambda name: (name == RESOLVED, name))
    gone = sorted((there.keys() | known.keys()) - sums.keys())
    done = Published(len(todo), len(gone), len(fresh), sum(held.triples for held in sums.values()))
    if not todo and not gone and record and record.key == key and not record.coming:
        return done
    service.update(publication.begun(key))
    number = 0
    try:
        for number, name in enumerate(todo):
            tell(f"{number + 1} of {len(todo)}  {compact(name)}")
            _put(service, name, wanted[name], sums[name])
        for name in gone:
            service.update(f"DROP SILENT GRAPH {NamedNode(name)} ;\n{publication.forgotten(name)}")
        if wrong := [*_differing(_counts(service), sums)]:
            raise ChuhaiError(f"other counts than were sent in {publication.names(wrong)}; somebody else writes there")
        service.update(publication.ended(key))
    except ChuhaiError as error:
        state = f"{number} of {len(todo)} graphs are of build {key}, the rest as before; publish again to go on"
        raise ChuhaiError(f"half published: {error}; {state}") from None
    return done


def _put(service: Service, name: str, triples: Sequence[Triple], held: Held) -> None:
    """Replace one graph and check what is there afterwards."""
    node = NamedNode(name)
    before = f"{publication.forgotten(name)} ;\nDROP SILENT GRAPH {node} ;\n"
    for chunk in _chunks(sorted({str(t) for t in triples}), service.engine.insert_triples):
        lines = " .\n".join(chunk)
        service.update(f"{before}INSERT DATA {{ GRAPH {node} {{ {lines} }} }}")
        before = ""
    answer = service.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, QuerySolutions)
    found = checksum(Triple(*row) for row in answer)
    if found.triples != held.triples or (service.engine.keeps_terms and found.checksum != held.checksum):
        raise ChuhaiError(f"{compact(name)} came back otherwise: {found.triples} triples for {held.triples}")
    service.update(publication.noted(name, held))


def _chunks(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def _counts(service: Service) -> dict[str, int]:
    """The graphs of ours that a store holds, and how many triples each."""
    answer = service.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(answer, QuerySolutions)
    counts = {g.value: int(n.value) for g, n in answer}
    return {g: n for g, n in counts.items() if g.startswith(SPACE) and g != PUBLICATION.value}


def _differing(there: dict[str, int], sums: dict[str, Held]) -> Iterator[str]:
    """The graphs of which more or less is there than was wanted."""
    for name in sorted(there.keys() | sums.keys()):
        if name not in sums or there.get(name) != sums[name].triples:
            yield name
