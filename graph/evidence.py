"""What the rules of resolution work on: documents, statements, denials and decisions, read from an index."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from orjson import loads

from graph.values import Values


class Document(NamedTuple):
    """What the rules need to know of one source."""

    iri: str
    publisher: str
    published: str
    official: bool
    ancestors: frozenset[str]


class Account(NamedTuple):
    """What one statement says of one node: its values by property name."""

    statement: str
    document: Document
    about: str
    type: str
    kind: str
    values: Values


class Evidence:
    """Everything the rules work on, from the index of a graph in which all is said."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def accounts(self) -> Iterator[tuple[str, Sequence[Account]]]:
        """What is told of each node, by IRI, and of one node by statement."""
        rows = self._index.execute("SELECT about, iri, said FROM statements ORDER BY about, iri")
        for about, group in groupby(rows, itemgetter(0)):
            said = [(iri, loads(each)) for _, iri, each in group]
            if accounts := [
                Account(
                    iri,
                    self._documents[iri.partition("#")[0]],
                    about,
                    each["aboutType"],
                    each["statementKind"],
                    {name: tuple(values) for name, values in each["values"].items()},
                )
                for iri, each in said
                if each["aboutType"]
            ]:
                yield about, accounts

    @cached_property
    def denials(self) -> Mapping[str, Sequence[str]]:
        """By the IRI (of an event or a statement) that is denied: the statements that deny it."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = self._index.execute("""SELECT iri, said FROM statements WHERE said NOT LIKE '%"denies":[]%'""")
        for iri, said in rows:
            for denied in loads(said)["denies"]:
                found[denied].append(iri)
        return found

    @cached_property
    def decisions(self) -> Mapping[tuple[str, str], str]:
        """From a node and a property name to the statement that the editors chose."""
        rows = self._index.execute("SELECT about, property, statement FROM decisions")
        return {(about, name): statement for about, name, statement in rows}

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        sources = {iri: loads(d) for iri, d in self._index.execute("SELECT iri, document FROM sources")}

        def ancestors(iri: str, seen: frozenset[str]) -> frozenset[str]:
            parents = frozenset(sources[iri]["copies"] if iri in sources else ()) - seen
            return seen.union(parents, *(ancestors(p, seen | parents) for p in parents))

        return {
            iri: Document(
                iri, each["publisher"] or iri, each["published_by"], each["official"], ancestors(iri, frozenset({iri}))
            )
            for iri, each in sources.items()
        }
