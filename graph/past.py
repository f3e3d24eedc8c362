"""The graph at another moment: what held on a day, by what was published by a day.

A `PastReader` resolves anew only the nodes that are read, which is enough for a lookup; `past` makes a whole
graph in memory, for SPARQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from graph.derive import derive
from graph.evidence import Account
from graph.moment import DATED_BY, NOT, NOW, TOLD, Moment, Telling, certainty, marked, status_on, telling
from graph.reading import Reader, Statement
from graph.resolve import Node, resolve_node
from graph.store import Graph
from graph.values import ENTERING, Values, text
from ontology import CHUHAI, expand, local, vocabulary

_REGISTERED = ("type", "within")
"""What a thing holds without any source."""

_HEADQUARTERS = ("HeadquartersMove", "HeadquartersTenure")


class PastReader(Reader):
    """Reads from a graph as if at another moment: the same calls as of a Reader, with fewer answers."""

    def __init__(self, graph: Graph, language: str, moment: Moment) -> None:
        super().__init__(graph, language, moment)
        self._met: dict[str, Node] = {}
        self.node = cache(self._node_then)  # type: ignore[method-assign]
        self._derived = cache(self._derived_for)
        self._stored = cache(super().node)

    # What was known

    def statements(self, iri: str) -> list[Statement]:
        by = self.moment.known_by
        found = super().statements(iri)
        return found if by is None else [s for s in found if self._known(s.source)]

    def was_said(self, statement: Statement) -> bool:
        return _published_by(self.document(statement.source).published, self.moment.as_of)

    def told_with(self, iri: str) -> list[str]:
        query = "SELECT about, statement FROM mentions WHERE thing = ? ORDER BY statement, about"
        found = self.graph.index.execute(query, (iri,)).fetchall()
        return [about for about, statement in found if self._known(statement.partition("#")[0])]

    def neighbours(self, iri: str) -> list[tuple[str, str]]:
        near = {node for _, node in super().neighbours(iri)} | set(self.told_with(iri))
        if self.moment.known_by is not None and "/organization/" in iri:
            near |= self._derived(iri).keys()
        return sorted((name, node) for node in near for name, found in self.node(node).items() if iri in found)

    def _known(self, source: str) -> bool:
        published = self.document(source).published
        return _published_by(published, self.moment.known_by)

    @cached_property
    def _decisions(self) -> dict[tuple[str, str], str]:
        return self.decisions()

    # What held

    def _node_then(self, iri: str) -> Values:
        values = self._resolved(iri)
        day = self.moment.as_of
        if day is None or "type" not in values:
            return values
        told = self._tellings(iri, values)
        if "status" in values and (status := status_on(told, day)):
            values = {**values, "status": (status,)}
        how = certainty(local(values["type"][0]), self._dated(values), told, day)
        return marked(values, how) if how != NOT else {}

    def _tellings(self, iri: str, values: Values) -> list[Telling]:
        origins = [iri, *values.get("wasDerivedFrom", ())]
        return [
            telling(self.document(s.source).published, s.iri, s.values) for origin in origins for s in self.told(origin)
        ]

    def _dated(self, values: Values) -> Values:
        """The values, with the dates of the node that stands for them where they have none of their own."""
        return with_dates_of(values, [self._resolved(each) for name in DATED_BY for each in values.get(name, ())])

    def _resolved(self, iri: str) -> Values:
        stored = self._stored(iri)
        if self.moment.known_by is None:
            return stored
        type_name = local(stored["type"][0]) if "type" in stored else ""
        if type_name in _HEADQUARTERS and (organization := text(stored, "organization")):
            self._derived(organization)
        if iri in self._met:
            return _values(self._met[iri])
        if (resolved := self._anew(iri)) is not None:
            return _values(resolved)
        return {} if type_name in TOLD else {name: found for name, found in stored.items() if name in _REGISTERED}

    def _anew(self, iri: str) -> Node | None:
        accounts = self.accounts(iri)
        if not accounts:
            return None
        denied = tuple(s for s in self._stored(iri).get("deniedIn", ()) if self._known(s.partition("#")[0]))
        return resolve_node(iri, accounts, self._decisions, denied, vocabulary())

    def _derived_for(self, organization: str) -> dict[str, Node]:
        """Headquarters tenures and moves of an organization, resolved and derived from what was known."""
        near = {node for name, node in super().neighbours(organization) if name == "organization"}
        near |= set(self.told_with(organization))
        stated = [node for iri in sorted(near) if (node := self._anew(iri)) and node.type in _HEADQUARTERS]
        found = {node.iri: node for node in [*stated, *derive(stated, vocabulary())]}
        self._met |= found
        return found


def with_dates_of(values: Values, others: Sequence[Values]) -> Values:
    """The values, with the bounds of the first of some other nodes where they have none."""
    bounds = ("notBefore", "notAfter")
    if any(bound in values for bound in bounds):
        return values
    dated = next((other for other in others if any(bound in other for bound in bounds)), {})
    return {**values, **{bound: dated[bound] for bound in bounds if bound in dated}}


def _values(node: Node) -> Values:
    """A resolved node as the index would hold it."""
    found = {**node.values, "type": (CHUHAI + node.type,)}
    marks = {
        "disputed": tuple(CHUHAI + name for name in node.disputed),
        "deniedIn": node.denied_in,
        "wasDerivedFrom": node.derived_from,
        "boundedBy": node.bounded_by,
    }
    return found | {name: each for name, each in marks.items() if each}


def past(graph: Graph, moment: Moment) -> Graph:
    """The whole graph at another moment, in memory.

    Args:
        graph: an open graph.
        moment: documents published later than `known_by` are left out and all is resolved anew; nodes that did
            not hold on `as_of` are left out, those that only may have held carry chuhai:certainty.

    Returns:
        An open graph; the same one where the moment says nothing.
    """
    if moment == NOW:
        return graph
    from pyoxigraph import RdfFormat, Store

    from graph.build import rebuild
    from graph.evidence import Evidence
    from graph.index import Index
    from graph.terms import iri

    late = {expand(s.iri) for s in Reader(graph).sources() if not _published_by(s.published_by, moment.known_by)}
    index, lines, day = Index(":memory:"), list[str](), moment.as_of

    def held(nodes: Iterable[Node]) -> Iterable[Node]:
        told = (account for _, accounts in Evidence(index.connection).accounts() for account in accounts)
        return nodes if day is None else _held([*nodes], [*told], day)

    quads = (q for q in graph.quads if iri(q.graph_name) not in late)
    connection, store = rebuild(quads, index, lines.extend, held), Store()
    store.bulk_load("".join(lines).encode(), RdfFormat.N_QUADS)
    return Graph(connection, store, graph.facts)


def _published_by(published: str, day: str | None) -> bool:
    return day is None or bool(published and published <= day)


def holding(graph: Graph) -> Holding:
    """What held on any day, by all the documents of a graph: its evidence is read and resolved once."""
    from graph.evidence import Evidence
    from graph.resolve import resolve

    words = vocabulary()
    found = [*resolve(Evidence(graph.index), words)]
    nodes = [node for node, _ in found]
    return Holding([*nodes, *derive(nodes, words)], [account for _, accounts in found for account in accounts])


class Holding:
    """Resolved nodes, and on which days they held."""

    def __init__(self, nodes: Sequence[Node], accounts: Sequence[Account]) -> None:
        self.nodes = nodes
        self._values = {node.iri: node.values for node in nodes}
        told: dict[str, list[Telling]] = defaultdict(list)
        for account in accounts:
            if account.kind in ENTERING:
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


def _held(nodes: Sequence[Node], accounts: Sequence[Account], day: str) -> list[Node]:
    """The nodes that certainly or possibly held on a day, with the status of that day."""
    held = [*Holding(nodes, accounts).on(day)]
    for node, values in held:
        node.values = dict(values)
    return [node for node, _ in held]
