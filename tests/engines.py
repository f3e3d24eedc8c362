"""One query text, asked on each engine that reads our graph; answers in one plain form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pyoxigraph import QuerySolutions, RdfFormat, Store, serialize

from ontology import PREFIXES, compact

Answer = tuple[list[str], list[list[str]]]
"""Columns, and rows of plain cells."""
Engine = Callable[[str], Answer]

_NUMBERS = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double")}


def pyoxigraph(store: Store) -> Engine:
    """Oxigraph by its own interface; a query sees no prefix and no graph that it does not name."""

    def ask(text: str) -> Answer:
        result = store.query(text)
        assert isinstance(result, QuerySolutions)
        return [v.value for v in result.variables], [[_oxigraph_cell(term) for term in row] for row in result]

    return ask


def rdflib(store: Store) -> Engine:
    """rdflib's own store and its own SPARQL engine, on the same quads."""
    from rdflib import Dataset

    dataset = Dataset(store="default")
    dataset.parse(data=serialize(store, format=RdfFormat.N_QUADS), format="nquads")
    return _rdflib(dataset)


def oxrdflib(store: Store) -> Engine:
    """rdflib's interface on Oxigraph."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return _rdflib(Dataset(store=OxigraphStore(store=store)))


ENGINES: dict[str, Callable[[Store], Engine]] = {"pyoxigraph": pyoxigraph, "rdflib": rdflib, "oxrdflib": oxrdflib}


def cell(value: str, datatype: str = "") -> str:
    """A term in short form: an IRI as `kind/slug` or CURIE, a number without needless zeros."""
    if datatype in _NUMBERS:
        return f"{Decimal(value).normalize():f}"
    return value


def _oxigraph_cell(term: Any) -> str:
    if term is None:
        return ""
    return cell(term.value, term.datatype.value) if hasattr(term, "datatype") else compact(term.value)


def _rdflib(dataset: Any) -> Engine:
    from rdflib import Literal

    def plain(term: Any) -> str:
        if term is None:
            return ""
        return cell(str(term), str(term.datatype or "")) if isinstance(term, Literal) else compact(str(term))

    def ask(text: str) -> Answer:
        result = dataset.query(text)
        rows: Iterable[Any] = result
        return [str(v) for v in result.vars], [[plain(term) for term in row] for row in rows]

    return ask
