"""What is known of each list: its entries with their groups, their categories, and whether they meet a criterion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph import asking
from graph.groups import Belonging, groups
from graph.thresholds import Criterion, judgements
from ontology import compact, expand

if TYPE_CHECKING:
    from graph.opened import Opened

_Row = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One thing in a list; its rank where it is given exactly, whether it meets the criterion (None: not known).

    `nodes` are the nodes of the graph that tell of it, as `kind/slug`.
    """

    listed: str
    position: int | None
    belonging: Belonging
    meets: bool | None
    categories: frozenset[str]
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Ranked:
    """One list, one edition; its period as YYYY-MM-DD or "", its entries by rank.

    `size` is the number of its places, None where no source gives it; `counted` how many of them a source counts
    for a group; `nodes` tell of the list and of these counts, `told` is the day of the first document on it.
    """

    ranking: str
    publisher: str
    metric: str
    scope: str
    size: int | None
    first: str
    last: str
    entries: tuple[Entry, ...]
    counted: Mapping[str, int]
    nodes: tuple[str, ...]
    told: str

    @property
    def unknown(self) -> int:
        """Places of which no source names the entry; 0 where the size is not known."""
        return (self.size or len(self.entries)) - len(self.entries)

    @property
    def measurable(self) -> bool:
        """Whether its extent is known, and the group of some place, or an entry that may be of any."""
        return self.size is not None and bool(self.entries or self.counted)

    def by_group(self) -> Counter[str]:
        """How many places certainly belong to each group: known entries, or as many as a source counts."""
        return Counter(group for entry in self.entries if (group := entry.belonging.group)) | Counter(self.counted)

    @property
    def open(self) -> int:
        """Places whose group is not known: no entry, no maker, or several that it may be."""
        return (self.size or len(self.entries)) - self.by_group().total()

    def follows(self, other: Ranked) -> bool:
        """Whether this is a later edition of the other: one publisher, metric and scope, periods apart.

        Where a period is not given, the first documents tell the order. Without a period or a metric, lists are
        taken for editions only where they are of one size.
        """
        alike = (self.publisher, self.metric, self.scope) == (other.publisher, other.metric, other.scope)
        dated = bool(self.first and other.last)
        sized = bool(dated and self.metric) or (self.size is not None and self.size == other.size)
        later = other.last < self.first if dated else "" < other.told < self.told
        return bool(self.publisher) and alike and sized and later


def read(opened: Opened, by: Criterion) -> list[Ranked]:
    """Every list that something is known of, by publisher, metric, scope and time.

    A size below the number of known entries, or below a rank that is known, is not taken for the size.
    """
    reading = _Reading(opened, by)
    named: dict[str, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for row in asking.records(opened.whole, "ranking-entries"):
        named[row["ranking"]][row["listed"]].append(row)
    found = [reading.ranked(row, named[row["ranking"]]) for row in asking.records(opened.whole, "lists")]
    return sorted(found, key=lambda r: (r.publisher, r.metric, r.scope, r.first, r.last, r.ranking))


class _Reading:
    def __init__(self, opened: Opened, by: Criterion) -> None:
        self.opened = opened
        self.members = groups(opened.whole)
        self.judged = judgements(opened.whole, by)

    def ranked(self, row: _Row, named: Mapping[str, list[_Row]]) -> Ranked:
        ranking, first, last = row["ranking"], row["notBefore"], row["notAfter"]
        told = _first_told(self.opened, {ranking, *(each["entry"] for rows in named.values() for each in rows)})
        size = int(row["size"]) if row["size"] else None
        entries = [
            self.entry(ranking, listed, rows, first, last, told)
            for listed, rows in named.items()
            if not all(_beyond(each, size) for each in rows)
        ]
        entries.sort(key=lambda e: (e.position is None, e.position or 0, e.listed))
        least = max([len(entries), *(e.position for e in entries if e.position)])
        taken = size if size is not None and size >= least else None
        about = (row["publisher"], row["metric"], row["scope"])
        return self.counted(Ranked(ranking, *about, taken, first, last, tuple(entries), {}, (ranking,), told))

    def entry(self, ranking: str, listed: str, rows: list[_Row], first: str, last: str, told: str) -> Entry:
        belonging = self.members.group_of(listed, first, last or told)
        meets, nodes = self.judged.of(belonging, first, last, ranking)
        positions = [int(row["position"]) for row in rows if row["position"] and not row["qualifier"]]
        categories = {compact(category) for category in self.opened.reader.node(expand(listed)).get("category", ())}
        categories |= {row["firstOf"] for row in rows if row["firstOf"]}
        behind = (*sorted({row["entry"] for row in rows}), *nodes)
        return Entry(listed, min(positions, default=None), belonging, meets, frozenset(categories), behind)

    def counted(self, ranked: Ranked) -> Ranked:
        """The list with what sources count for the group of one maker, where that fits into what is known of it."""
        if ranked.size is None:
            return ranked
        counted, nodes = {}, []
        for row in asking.records(self.opened.whole, "counts-in-ranking", {"ranking": expand(ranked.ranking)}):
            makers = self.opened.reader.node(expand(row["criterion"])).get("maker", ())
            if len(makers) == 1 and row["count"] and not (row["qualifier"] or row["population"]):
                group = self.members.group_of(compact(makers[0]), ranked.first, ranked.last or ranked.told).group
                if group and int(row["count"]) >= ranked.by_group()[group]:
                    counted[group] = int(row["count"])
                    nodes.append(row["aggregate"])
        found = replace(ranked, counted=counted, nodes=(*ranked.nodes, *nodes))
        return found if found.open >= 0 else ranked


def _first_told(opened: Opened, nodes: set[str]) -> str:
    """The day of the first document on any of these nodes; "" where none is dated."""
    documents = {statement.source for node in sorted(nodes) for statement in opened.reader.told(expand(node))}
    return min(filter(None, (opened.reader.source(iri).published_by for iri in documents)), default="")


def _beyond(told: _Row, size: int | None) -> bool:
    """Whether a rank lies below the last place: over 20 in a list of twenty."""
    return told["qualifier"] == "concept:over" and size is not None and int(told["position"]) >= size


def by_category(entries: Iterable[Entry]) -> dict[str, float]:
    """Entries by category, sorted; one with several counts as a part in each (fractional counting)."""
    weights: dict[str, float] = defaultdict(float)
    for entry in entries:
        for category in entry.categories:
            weights[category] += 1 / len(entry.categories)
    return dict(sorted(weights.items()))


def editions(lists: Sequence[Ranked]) -> list[tuple[Ranked, Ranked]]:
    """Each list that has an edition before it, with the latest of those; ordered as given."""
    found = []
    for later in lists:
        earlier = [other for other in lists if later.follows(other)]
        if earlier:
            found.append((max(earlier, key=lambda r: (r.last or r.told, r.first, r.ranking)), later))
    return found
