"""What is told of the pull overseas, made by hand for tests of its sections: no graph is behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from string import ascii_lowercase
from types import SimpleNamespace
from typing import Any, cast

from pyoxigraph import NamedNode

import queries
from graph.dates import Span
from graph.flows import HOME, Flow
from graph.moment import NOW
from graph.overseas.facts import Facts
from graph.seats import Seats, Tenure
from graph.section import Section
from ontology import CHUHAI, ID, compact

NODES = [f"node:{letter}" for letter in ascii_lowercase]
"""What events and situations may be called; for each class a document tells of each of them."""


class Sat(Seats):
    """The tenures of organizations as they are given; organizations are named by bare names."""

    def __init__(self, **tenures: list[Tenure]) -> None:
        self._tenures = defaultdict(list, tenures)


def told(
    home: str = HOME,
    since: int | None = None,
    until: int | None = None,
    flows: Mapping[str, list[Flow]] | None = None,
    seats: Seats | None = None,
    **rows: Iterable[Mapping[str, str]],
) -> Facts:
    """Facts seen from a home area, with flows by kind and rows by query (with _ for -) as they are given.

    Without seats an organization (a bare name) has its headquarters in the area after which it is called: japan-2 in
    japan.
    """

    def answer(query: str, **values: str) -> list[Mapping[str, str]]:
        if query == "documents-of":
            name = values["class"].removeprefix(CHUHAI)
            return [{"node": node, "source": f"{name} {node[-1]}"} for node in NODES]
        return list(rows.get(query.replace("-", "_"), ()))

    reader = SimpleNamespace(latest=lambda documents: "2025" if documents else "", label=str)
    facts = Facts(cast(Any, SimpleNamespace(moment=NOW, language="en", reader=reader)), f"place/{home}", since, until)
    vars(facts)["rows"] = answer
    if seats is None:
        vars(facts)["seat"] = lambda organization, when: organization.rpartition("-")[0]
    else:
        vars(facts)["seats"] = seats
    if flows is not None:
        vars(facts)["flows"] = lambda kind: flows.get(kind, [])
    return facts


def went(origin: str, destination: str, node: str = "node:a", mover: str = "x:y", when: Span | None = None) -> Flow:
    """A flow between two areas."""
    return Flow("headquarters", node, mover, origin, destination, when or Span(None, None))


def rows(section: Section) -> list[list[Any]]:
    """The rows of a section; places by their slugs, other things in short."""
    return [[_short(cell) for cell in row] for row in section.table.rows]


def _short(cell: Any) -> Any:
    return compact(cell.value.removeprefix(f"{ID}place/")) if isinstance(cell, NamedNode) else cell


def check(section: Section, key: str, columns: str, sources: str) -> None:
    """Assert what a section is called, its columns, its documents, and that all is said in both languages."""
    assert (section.key, " ".join(section.table.columns)) == (key, columns)
    assert ", ".join(section.sources) == sources
    assert set(section.queries) <= set(queries.names())
    assert all(each["en"] and each["zh-hans"] for each in (section.title, section.base, *section.notes))
    words = {cell for row in section.table.rows for cell in row if isinstance(cell, str) and not cell[:4].isdigit()}
    names = {name.removesuffix("_low").removesuffix("_high") for name in columns.split()}
    assert names - section.machine_only | words <= section.table.words.keys()
