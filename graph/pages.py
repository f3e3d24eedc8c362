"""The index of a graph that is too large to be copied here: names and labels are, the rest is read as it is asked for.

What a lookup reads of a node (its values, what points at it, what is said of it, where it is named) is fetched from the
service in a few queries for up to a hundred nodes, and put as rows into the index that all else reads from. So an
answer is the same as from a whole copy; what needs the whole graph is refused.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import rows
from graph.index import Index
from graph.lines import Subject, Terms
from graph.rows import Row
from ontology import ALT_LABEL, CHUHAI, EDITORIAL, ID, ONTOLOGY, PREF_LABEL, RESOLVED, SOURCE, local

if TYPE_CHECKING:
    from graph.remote import ServiceQuads

FETCHED = ("nodes", "links", "statements", "mentions", "sources")
"""The tables of an index that are filled as they are asked for."""

_BATCH = 100
_ABOUT = CHUHAI + "about"
_NAMES = (PREF_LABEL, ALT_LABEL, CHUHAI + "formerName")
_NODES = f"VALUES ?s {{{{ {{0}} }}}} GRAPH <{RESOLVED}> {{{{ ?s ?p ?o }}}}"
_LINKS = f"VALUES ?o {{{{ {{0}} }}}} GRAPH <{RESOLVED}> {{{{ ?s ?p ?o }}}}"
_STATEMENTS = f"VALUES ?n {{{{ {{0}} }}}} GRAPH ?g {{{{ ?s <{_ABOUT}> ?n . ?s ?p ?o }}}}"
_NAMED = f"VALUES ?o {{{{ {{0}} }}}} GRAPH ?g {{{{ ?s ?p ?o . ?s <{_ABOUT}> ?about }}}}"
_MENTIONS = "VALUES ?o {{ {0} }} GRAPH ?g {{ ?s ?p ?o }}"
_DOCUMENTS = "VALUES ?g {{ {0} }} GRAPH ?g {{ ?g ?p ?o }}"


class Pages:
    """Fills an index with what is asked for, from the quads of a service."""

    def __init__(self, quads: ServiceQuads) -> None:
        self._quads = quads
        self._fetched: set[str] = set()

    def write(self, path: str) -> sqlite3.Connection:
        """Write names, labels and decisions to a new SQLite file (or ":memory:")."""
        made = Index(path)
        for iri, terms in self._told("?s ?p ?o", f"GRAPH <{EDITORIAL}> {{ ?s ?p ?o }}").items():
            made.tell(Subject(EDITORIAL, iri, terms, ()))
        made.told(())
        named = self._told("?s ?p ?o", f"VALUES ?p {{ {_listed(_NAMES)} }} GRAPH <{RESOLVED}> {{ ?s ?p ?o }}")
        for batch in _batches(sorted(iri for iri in named if iri.startswith(ID)), 10 * _BATCH):
            for s, _, o in self._quads.rows(f"SELECT ?s ?p ?o WHERE {{ {_MENTIONS.format(_listed(batch))} }}"):
                made.mentioned[o.value] += _is_statement(s.value)
        for iri, terms in named.items():
            made.label(iri, terms)
            if iri.startswith(ID):
                made.name(iri, terms)
        for iri, terms in self._told("?s ?p ?o", f"GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }}").items():
            made.label(iri, terms)
        made.finish()
        made.commit()
        return made.connection

    def fetch(self, connection: sqlite3.Connection, iris: Iterable[str]) -> None:
        """See that an index holds what there is to read of some nodes and source documents."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self._fetched]
        self._fetched.update(new)
        for batch in _batches([iri for iri in new if iri.startswith(SOURCE)], _BATCH):
            documents = self._told("?g ?p ?o", _DOCUMENTS.format(_listed(batch)))
            rows.insert(connection, [rows.document(iri, terms) for iri, terms in documents.items()])
        for batch in _batches([iri for iri in new if iri.startswith(ID)], _BATCH):
            self._fetch_nodes(connection, _listed(batch))

    def fetch_around(self, connection: sqlite3.Connection, iris: Iterable[str]) -> None:
        """The same of some nodes and of all that point at them."""
        wanted = list(iris)
        self.fetch(connection, wanted)
        query = "SELECT node FROM links WHERE target = ? ORDER BY node"
        self.fetch(connection, [node for iri in wanted for (node,) in connection.execute(query, (iri,)).fetchall()])

    def _fetch_nodes(self, connection: sqlite3.Connection, listed: str) -> None:
        found: list[Row] = []
        for iri, terms in self._told("?s ?p ?o", _NODES.format(listed)).items():
            if held := rows.held(terms):
                found += rows.node(iri, held)
        for s, p, o in self._quads.rows(f"SELECT ?s ?p ?o WHERE {{ {_LINKS.format(listed)} }}"):
            if s.value.startswith(ID):
                found.append(("links", o.value, local(p.value), s.value))
        stated = self._told("?s ?p ?o", _STATEMENTS.format(listed))
        told = [iri for iri in stated if _is_statement(iri)]
        for iri in told:
            found += rows.statement(iri, stated[iri])
        for p, o, s, about in self._quads.rows(f"SELECT ?p ?o ?s ?about WHERE {{ {_NAMED.format(listed)} }}"):
            if p.value != _ABOUT and _is_statement(s.value):
                found.append(("mentions", o.value, s.value, about.value))
        rows.insert(connection, found)
        self.fetch(connection, sorted({iri.partition("#")[0] for iri in told}))

    def _told(self, variables: str, asked: str) -> Mapping[str, Terms]:
        """What is told by subject and predicate."""
        told: dict[str, Terms] = defaultdict(lambda: defaultdict(list))
        for s, p, o in self._quads.rows(f"SELECT DISTINCT {variables} WHERE {{ {asked} }}"):
            told[s.value][p.value].append(str(self._quads.value(p, o)))
        return told


def _is_statement(iri: str) -> bool:
    return iri.startswith(SOURCE) and "#" in iri


def _listed(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in iris)


def _batches(iris: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(iris), size):
        yield iris[start : start + size]
