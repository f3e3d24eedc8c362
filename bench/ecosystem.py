"""A made-up ecosystem of any size, straight as the quads of a resolved graph: the same arguments give the same quads.

Classes have the shares that they have in the packaged facts, and ends have heavy tails: a thing takes part in
proportion to how often it did before (Price, "A general theory of bibliometric and other cumulative advantage
processes", 1976). Rounds have a geometric number of investors; a few nodes are disputed, or did not happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pyoxigraph import NamedNode, Quad, Store

from ontology import CHUHAI, CONCEPT, ID, RDF_TYPE, RESOLVED

SHARES = {
    "Investment": ("investor", "organization", 861),
    "Membership": ("person", "organization", 478),
    "HeadquartersTenure": ("organization", "place", 400),
    "RankingEntry": ("product", "ranking", 368),
    "PersonnelMove": ("fromOrganization", "toOrganization", 252),
    "Operation": ("organization", "product", 109),
}
"""The classes with most edges: their ends, and how many there are in the packaged facts."""

NEW = {"investor": 0.35, "organization": 0.35, "person": 0.85, "product": 0.3, "place": 0.05, "ranking": 0.01}
"""How often an end is a thing that was not met before."""

KINDS = {"investor": "organization", "fromOrganization": "organization", "toOrganization": "organization"}
"""What things the ends are, where the property has another name."""

_GRAPH, _TYPE = NamedNode(RESOLVED), NamedNode(RDF_TYPE)


def store(edges: int) -> Store:
    """A store in memory with so many edges."""
    made = Store()
    made.bulk_extend(quads(edges))
    return made


def quads(edges: int) -> Iterator[Quad]:
    """The quads of the nodes that stand for edges: type, ends, the round of an investment, status, dispute."""
    random = Random(edges)
    met: dict[str, list[NamedNode]] = {name: [] for name in NEW}
    whole = sum(count for *_, count in SHARES.values())
    for name, (source, target, count) in SHARES.items():
        rounds = _rounds(random, met) if name == "Investment" else None
        for number in range(edges * count // whole):
            node = NamedNode(f"{ID}event/{name.lower()}-{number}")
            yield _quad(node, _TYPE, NamedNode(CHUHAI + name))
            if rounds is None:
                company = _thing(random, met, target)
            else:
                deal, company = next(rounds)
                yield _quad(node, NamedNode(CHUHAI + "round"), deal)
            yield _quad(node, NamedNode(CHUHAI + source), _thing(random, met, source))
            yield _quad(node, NamedNode(CHUHAI + target), company)
            chance = random.random()
            if chance < 0.02:
                yield _quad(node, NamedNode(CHUHAI + "status"), NamedNode(CONCEPT + "announced"))
            elif chance < 0.1:
                yield _quad(node, NamedNode(CHUHAI + "status"), NamedNode(CONCEPT + "completed"))
            elif chance < 0.11:
                yield _quad(node, NamedNode(CHUHAI + "disputed"), NamedNode(CHUHAI + source))


def _rounds(random: Random, met: dict[str, list[NamedNode]]) -> Iterator[tuple[NamedNode, NamedNode]]:
    """The round and the company of each investment in turn."""
    number = 0
    while True:
        deal, company = NamedNode(f"{ID}event/round-{number}"), _thing(random, met, "organization")
        yield deal, company
        while random.random() < 0.7:
            yield deal, company
        number += 1


def _thing(random: Random, met: dict[str, list[NamedNode]], role: str) -> NamedNode:
    """An end: a new thing, or one that is taken with the chance of its former parts."""
    name = role if role in NEW else KINDS[role]
    known = met[name]
    if not known or random.random() < NEW[name]:
        thing = NamedNode(f"{ID}{KINDS.get(name, name)}/{name}-{len(known)}")
    else:
        thing = random.choice(known)
    known.append(thing)
    return thing


def _quad(subject: NamedNode, predicate: NamedNode, value: NamedNode) -> Quad:
    return Quad(subject, predicate, value, _GRAPH)
