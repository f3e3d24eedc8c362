"""What a store says of the build that was published to it: its key, and each graph with count and checksum.

The record is a graph of its own, …/graph/publication. As long as a publication goes on, it names both the key that
was there and the key that comes, so that a reader of a half-published store is told, and the next one can resume.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from graph.errors import ChuhaiError
from graph.lines import ordered
from graph.service import Service
from ontology import GRAPH, PREFIXES, compact

PUBLICATION = NamedNode(GRAPH + "publication")

LEASES = PUBLICATION.value + "#"
"""How the IRI of a lease begins; see `graph.lease`."""

COMING = NamedNode(GRAPH + "coming")
"""Where the resolved graph is put together before it is switched to."""

_KEY = NamedNode(PREFIXES["dcterms"] + "identifier")
_COMING = NamedNode(PREFIXES["dcterms"] + "isReplacedBy")
_COUNT = NamedNode(PREFIXES["void"] + "triples")
_CHECKSUM = NamedNode("http://spdx.org/rdf/terms#checksumValue")


class Held(NamedTuple):
    """One graph: how many triples, and their checksum."""

    triples: int
    checksum: str


class Record(NamedTuple):
    """What is published: the key of the build, the one that is coming ("" for none), and every graph by IRI."""

    key: str
    coming: str
    graphs: Mapping[str, Held]

    @property
    def triples(self) -> int:
        return sum(held.triples for held in self.graphs.values())


def checksum(triples: Iterable[Triple]) -> Held:
    """Count and checksum of the triples of one graph, whatever their order: BLAKE2b over sorted N-Triples."""
    count, digest = 0, blake2b(digest_size=16)
    for count, line in enumerate(ordered(map(str, triples)), 1):
        digest.update((line if count == 1 else f"\n{line}").encode())
    return Held(count, digest.hexdigest())


def read(service: Service) -> Record | None:
    """The record of a store; None where nothing was published to it by us.

    Raises:
        ChuhaiError: if the store cannot be asked, or the record is broken.
    """
    answer = service.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {PUBLICATION} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, QuerySolutions)
    told: dict[str, dict[NamedNode, str]] = {}
    for subject, predicate, value in answer:
        if not subject.value.startswith(LEASES):
            told.setdefault(subject.value, {})[predicate] = value.value
    if not told:
        return None
    own = told.pop(PUBLICATION.value, {})
    try:
        graphs = {name: Held(int(found[_COUNT]), found[_CHECKSUM]) for name, found in sorted(told.items())}
    except (KeyError, ValueError):
        remedy = "publish again, which mends it"
        raise ChuhaiError(
            f"the store at {service.address}: its record of what is published is broken; {remedy}"
        ) from None
    return Record(own.get(_KEY, ""), own.get(_COMING, ""), graphs)


def begun(key: str) -> str:
    """An update that says that a build is coming."""
    return _with(f"DELETE WHERE {{ GRAPH {PUBLICATION} {{ {PUBLICATION} {_COMING} ?key }} }}", _COMING, key)


def ended(key: str) -> str:
    """An update that says that a build is there."""
    old = (f"DELETE WHERE {{ GRAPH {PUBLICATION} {{ {PUBLICATION} {p} ?key }} }}" for p in (_COMING, _KEY))
    return _with(" ;\n".join(old), _KEY, key)


def forgotten(graph: str) -> str:
    """An update that takes a graph off the record."""
    return f"DELETE WHERE {{ GRAPH {PUBLICATION} {{ {NamedNode(graph)} ?p ?o }} }}"


def noted(graph: str, held: Held) -> str:
    """An update that puts a graph on the record."""
    name, count = NamedNode(graph), Literal(held.triples)
    told = f"{name} {_COUNT} {count} ; {_CHECKSUM} {Literal(held.checksum)}"
    return f"{forgotten(graph)} ;\nINSERT DATA {{ GRAPH {PUBLICATION} {{ {told} }} }}"


def check(record: Record | None, address: str) -> None:
    """Refuse to read a store in the midst of a publication: its graphs are of two builds.

    Raises:
        ChuhaiError: saying what is half done.
    """
    if record is not None and record.coming:
        was = f"build {record.key}" if record.key else "nothing"
        raise ChuhaiError(
            f"the store at {address} is half published: it goes from {was} to build {record.coming}, and of that or "
            f"as before are {len(record.graphs)} graphs; wait, or finish it with: chuhai publish --store {address}"
        )


def names(graphs: Iterable[str]) -> str:
    """Graphs as a message names them: the first three."""
    found = [compact(graph) for graph in graphs]
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


def _with(first: str, predicate: NamedNode, key: str) -> str:
    return f"{first} ;\nINSERT DATA {{ GRAPH {PUBLICATION} {{ {PUBLICATION} {predicate} {Literal(key)} }} }}"
