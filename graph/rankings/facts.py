"""What the sections on lists are made from: every list, what sources count in it, and the documents behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from graph import asking, lists
from graph.concentration import Bounds
from graph.lists import Ranked
from graph.rankings.words import WORDS
from graph.section import Section
from graph.thresholds import Criterion
from graph.values import text
from graph.writers import Cell, Table
from ontology import CONCEPT, Labels, compact, expand

if TYPE_CHECKING:
    from graph.opened import Opened


class Facts:
    """The lists of an open graph, each entry judged by one criterion."""

    def __init__(self, opened: Opened, by: Criterion) -> None:
        self.opened = opened
        self.by = by
        self.lists = lists.read(opened, by)

    @cached_property
    def editions(self) -> list[tuple[Ranked, Ranked]]:
        """Lists with the edition before."""
        return lists.editions(self.lists)

    @cached_property
    def names(self) -> dict[str, str]:
        """The definition of the criterion in each language."""
        return {language: self.by.words(language) for language in ("en", "zh-hans")}

    def counted(self, ranking: str) -> list[dict[str, str]]:
        """What sources count in a list: rows of the named query `counts-in-ranking`."""
        return asking.records(self.opened.whole, "counts-in-ranking", {"ranking": expand(ranking)})

    def is_criterion(self, reference: str) -> bool:
        """Whether a criterion of a source is the very one that entries are judged by."""
        held = self.opened.reader.node(expand(reference))
        metric, threshold, currency = (text(held, name) for name in ("metric", "threshold", "currency"))
        own = (CONCEPT + self.by.metric, self.by.threshold, self.by.currency)
        return (metric, threshold and Decimal(threshold), currency) == own

    def section(
        self,
        key: str,
        title: Labels,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        base: Labels,
        notes: Sequence[Labels],
        queries: Sequence[str],
        nodes: Iterable[str],
    ) -> Section:
        """A section with its documents looked up; `nodes` are those that it rests on, as `kind/slug`."""
        reader = self.opened.reader
        documents = {
            statement.source
            for node in nodes
            for statement in reader.told(expand(node))
            if not node.startswith("organization/") or "unitOf" in statement.values
        }
        caption = self.opened.moment.words(self.opened.language)
        table = Table(columns, rows, caption=caption, label=self.opened.reader.label, words=WORDS)
        sources = tuple(sorted(map(compact, documents)))
        return Section(key, title, table, base, tuple(notes), tuple(queries), sources, reader.latest(documents))


def thing(reference: str) -> NamedNode | None:
    """A cell for a thing or concept; None for ""."""
    return NamedNode(expand(reference.replace("concept:", "concept/"))) if reference else None


def bounded(bounds: Bounds | None, digits: int = 3) -> list[Cell]:
    """Three cells: the value where it is exact, else its two bounds; whole numbers for no digits."""
    if bounds is None:
        return [None, None, None]
    low, high = (round(value, digits) if digits else round(value) for value in bounds)
    return [low, None, None] if low == high else [None, low, high]


def ends(name: str) -> list[str]:
    """The three columns of a measure with bounds."""
    return [name, f"{name}_low", f"{name}_high"]


def told(ranked: Ranked) -> set[str]:
    """The nodes that tell of a list, of its entries and of whether they meet the criterion."""
    return {*ranked.nodes, *(node for entry in ranked.entries for node in entry.nodes)}


def behind(chosen: Iterable[Ranked]) -> set[str]:
    """The nodes that tell of lists, of their entries and of the groups of these."""
    found: set[str] = set()
    for ranked in chosen:
        found |= told(ranked)
        found.update(node for entry in ranked.entries for node in entry.belonging.nodes)
    return found
