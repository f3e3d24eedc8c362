"""What is known of the engines behind SPARQL services: where they differ, and what they answer wrongly.

A record holds what the conformance suite (tests/test_stores.py) and measurements found of one engine; a command
refuses what the record says the engine cannot do. Of an engine that nobody tested the standard is expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import ChuhaiError


@dataclass(frozen=True)
class Engine:
    """The capabilities of one engine.

    `tested` is the version that the suite ran on, "" for none; `wrong_queries` are the named queries that it answers
    wrongly or not at all, `wrong_words` the expressions (words, with | between) to which it gave wrong answers.
    `insert_triples` is how many triples one update may hold; `has_default_graph` whether default-graph-uri and
    named-graph-uri together give the dataset that they name; `keeps_terms` whether a term is read as it was written,
    so that checksums can be compared; `exact_counts_to` up to how many triples in a store aggregates were found
    right, None for any number.
    """

    name: str
    tested: str = ""
    wrong_queries: frozenset[str] = frozenset()
    wrong_words: str = ""
    insert_triples: int = 5_000
    has_default_graph: bool = True
    keeps_terms: bool = True
    exact_counts_to: int | None = None

    def check_named(self, query: str) -> None:
        """Refuse a named query that this engine answers wrongly or not at all.

        Raises:
            ChuhaiError: saying so.
        """
        if query in self.wrong_queries:
            raise ChuhaiError(
                f"{self.name} answers '{query}' wrongly or not at all, as tested; ask another engine, or the facts here"
            )

    def check_text(self, query: str) -> None:
        """Refuse a query text, without its strings and comments, with an expression that this engine gets wrong.

        Raises:
            ChuhaiError: naming the expression.
        """
        if self.wrong_words and (found := re.search(rf"\b({self.wrong_words})\b", query, re.IGNORECASE)):
            raise ChuhaiError(
                f"{self.name} gave wrong answers to queries with {found[1].upper()}, as tested; ask without it, or "
                "another engine"
            )

    def check(self, query: str, triples: int) -> None:
        """Refuse a query that this engine answers wrongly on a store of so many triples.

        Raises:
            ChuhaiError: saying what is wrong and what to do.
        """
        most = self.exact_counts_to
        if most is not None and triples > most and _AGGREGATE.search(query):
            raise ChuhaiError(
                f"{self.name} was seen to count wrongly in stores of more than {most:,} triples, and this one holds "
                f"{triples:,}; ask for the rows without COUNT, SUM, AVG or GROUP BY, or another engine"
            )


_AGGREGATE = re.compile(r"\b(COUNT|SUM|AVG|SAMPLE|GROUP_CONCAT)\s*\(|\bGROUP\s+BY\b", re.IGNORECASE)

UNTESTED = Engine("an engine that was not tested", insert_triples=500)

OXIGRAPH = Engine("Oxigraph", tested="0.5.13")

VIRTUOSO = Engine(
    "Virtuoso",
    tested="7.2.5.1",
    insert_triples=200,
    keeps_terms=False,
    exact_counts_to=110_000,
    wrong_words="COALESCE|IF|UNION|EXISTS|MINUS|xsd:decimal",
    wrong_queries=frozenset({
        "acquisitions", "arguments", "attributions", "counts", "date-conflicts", "disputed-values", "edges",
        "entities-left-behind", "exits-around-moves", "exits-before-listing", "facets-of-one-date",
        "fact-and-rumour", "headquarters-in", "headquarters-on", "investments-in-movers", "investors-in-movers",
        "judged-by-threshold", "labels-of", "left-and-joined", "market-presences", "moves-by-lead-investor",
        "moves-by-place", "people-between-big-tech-and-startups", "ranks-in-conflict", "reported-aggregates",
        "rumours-and-denials", "seats-and-staff-on", "share-abroad", "shares-by-edition", "statements-about",
        "threshold-moved",
    }),
)  # fmt: skip
"""It lower-cases language tags and gives true and false as numbers, which no reader tells from counts. Errors inside
COALESCE and IF, a UNION after a join and the division of integers come out wrong, nested queries overflow its planner,
and over two million triples it counted 21 for 24."""

_BY_HEADER = {"oxigraph": OXIGRAPH, "virtuoso": VIRTUOSO}


def behind(headers: Mapping[str, str]) -> Engine:
    """The engine that an answer came from, by the Server header of its service."""
    server = headers.get("server", "").lower()
    return next((engine for name, engine in _BY_HEADER.items() if name in server), UNTESTED)
