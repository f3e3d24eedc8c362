"""What held on any day, by all the documents of a graph: for series, which ask of many days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.derive import derive
from graph.evidence import Account
from graph.moment import DATED_BY, NOT, Telling, certainty, marked, status_on, telling, with_dates_of
from graph.resolve import Node
from graph.store import Graph
from graph.values import Values
from ontology import vocabulary


def holding(graph: Graph) -> Holding:
    """What held on any day, by all the documents of a graph: its evidence is read and resolved once.

    Raises:
        ChuhaiError: where the index does not hold the whole graph.
    """
    from graph.evidence import Evidence
    from graph.resolve import resolve

    graph.check_whole()
    words = vocabulary()
    found = [*resolve(Evidence(graph.index), words)]
    nodes = [node for node, _ in found]
    return Holding([*nodes, *derive(nodes, words)], [account for _, accounts in found for account in accounts])


class Holding:
    """Resolved nodes with the accounts that they rest on, and on which days they held."""

    def __init__(self, nodes: Sequence[Node], accounts: Iterable[Account]) -> None:
        self.nodes = nodes
        self._values = {node.iri: node.values for node in nodes}
        told: dict[str, list[Telling]] = defaultdict(list)
        for account in accounts:
            told[account.about].append(telling(account.document.published, account.statement, account.values))
        self._told = {node.iri: [t for each in (node.iri, *node.derived_from) for t in told[each]] for node in nodes}

    def dated(self, node: Node) -> Values:
        """The values of a node, with the dates of the node that stands for it where it has none of its own."""
        others = [self._values.get(each, {}) for name in DATED_BY for each in node.values.get(name, ())]
        return with_dates_of(node.values, others)

    def on(self, day: str) -> Iterator[tuple[Node, Values]]:
        """The nodes that certainly or possibly held on a day, with their values and the status of that day."""
        for node in self.nodes:
            told, then = self._told[node.iri], {}
            if "status" in node.values and (status := status_on(told, day)):
                then = {"status": (status,)}
            if (how := certainty(node.type, {**self.dated(node), **then}, told, day)) != NOT:
                yield node, marked({**node.values, **then}, how)
