"""The graph at another moment: what held on a day, by what was published by a day.

A `PastReader` resolves anew only the nodes that are read, and of those only the ones of which something was not known
then; `graph.whole` writes what it reads of all nodes into a graph of its own.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from orjson import loads

from graph.derive import derive
from graph.moment import DATED_BY, NOT, TOLD, Moment, Telling, certainty, marked, status_on, telling, with_dates_of
from graph.reading import Reader, Statement
from graph.resolve import Node, resolve_node
from graph.store import Graph
from graph.values import Values, text
from ontology import local, vocabulary

_REGISTERED = ("type", "exactMatch", "within")
"""What a thing holds without any source."""

_HEADQUARTERS = ("HeadquartersMove", "HeadquartersTenure")

_KEPT = 4_096
"""Of how many nodes is remembered what was read of them."""


class PastReader(Reader):
    """Reads from a graph as if at another moment: the same calls as of a Reader, with fewer answers."""

    def __init__(self, graph: Graph, language: str, moment: Moment) -> None:
        super().__init__(graph, language, moment)
        self._met: dict[str, Node] = {}
        kept = lru_cache(_KEPT)
        self.node = kept(self._node_then)  # type: ignore[method-assign]
        self.derived = kept(self.derived)  # type: ignore[method-assign]
        self._stored = kept(super().node)
        self._said = kept(super().statements)
        self._published = kept(lambda source: self.source(source).published_by)

    # What was known

    def statements(self, iri: str) -> list[Statement]:
        return [s for s in self._said(iri) if self.known(s.source)]

    def copies(self, iri: str) -> tuple[str, ...]:
        return super().copies(iri) if self.known(iri) else ()

    def was_said(self, statement: Statement) -> bool:
        return _published_by(self._published(statement.source), self.moment.as_of)

    def told_with(self, iri: str) -> list[str]:
        return [about for statement, about in self._mentions(iri) if self.known(statement.partition("#")[0])]

    def neighbours(self, iri: str) -> list[tuple[str, str]]:
        near = {node for _, node in super().neighbours(iri)} | set(self.told_with(iri))
        if self.moment.known_by is not None:
            seated = [self._resolved(node) for node in (iri, *near)]
            organizations = {text(n, "organization") for n in seated if _type(n) in _HEADQUARTERS}
            organizations |= {iri} if "/organization/" in iri else set()
            near |= {node for organization in organizations if organization for node in self.derived(organization)}
        return sorted((name, node) for node in near for name, found in self.node(node).items() if iri in found)

    def known(self, source: str) -> bool:
        by = self.moment.known_by
        return by is None or _published_by(self._published(source), by)

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
        type_name = _type(stored)
        if stored and type_name not in _HEADQUARTERS and self._all_known(iri, stored):
            return stored
        anew = self._anew(iri)
        if type_name in _HEADQUARTERS and (of := text(anew.values if anew else stored, "organization")):
            self.derived(of)
        found = self._met.get(iri, anew)
        registered = () if type_name in TOLD else _REGISTERED
        return {**(found.held() if found else {}), **{name: stored[name] for name in registered if name in stored}}

    def _all_known(self, iri: str, stored: Values) -> bool:
        """Whether all that is said of a node was known, with all that bears on its weight."""
        sources = {s.source for s in self._said(iri)} | {s.partition("#")[0] for s in stored.get("deniedIn", ())}
        return all(self.known(source) and all(map(self.known, self.document(source).ancestors)) for source in sources)

    def _anew(self, iri: str) -> Node | None:
        accounts = self.accounts(iri)
        if not accounts:
            return None
        deniable = {iri, *(s.iri for s in self.statements(iri) if s.about_type)}
        denied = [s for s in self._stored(iri).get("deniedIn", ()) if self.known(s.partition("#")[0])]
        here = {s.iri: s.denies for s in self._said(iri)}
        known = [s for s in denied if not deniable.isdisjoint(here[s] if s in here else self._denials[s])]
        return resolve_node(iri, accounts, self._decisions, tuple(known), vocabulary())

    @cached_property
    def _denials(self) -> dict[str, list[str]]:
        """What each denial denies."""
        self.graph.check_whole()
        rows = self.graph.index.execute("""SELECT iri, said FROM statements WHERE said NOT LIKE '%"denies":[]%'""")
        return {iri: loads(said)["denies"] for iri, said in rows}

    def derived(self, organization: str) -> dict[str, Node]:
        """Headquarters tenures and moves of an organization, resolved and derived from what was known."""
        near = {node for name, node in super().neighbours(organization) if name == "organization"}
        near |= set(self.told_with(organization))
        anew = (self._anew(iri) for iri in sorted(near))
        stated = [n for n in anew if n and n.type in _HEADQUARTERS and text(n.values, "organization") == organization]
        found = {node.iri: node for node in [*stated, *derive(stated, vocabulary())]}
        self._met |= found
        return found


def _type(values: Values) -> str:
    return local(values["type"][0]) if "type" in values else ""


def _published_by(published: str, day: str | None) -> bool:
    return day is None or bool(published and published <= day)
