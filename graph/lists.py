"""What is known of each list: its entries with their groups, their categories, and whether they meet a criterion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import asking
from graph.groups import Belonging, groups
from graph.opened import Opened
from graph.thresholds import Criterion, judgements
from ontology import compact, expand


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

    `size` is the number of its places, None where no source gives it.
    """

    ranking: str
    publisher: str
    metric: str
    scope: str
    size: int | None
    first: str
    last: str
    entries: tuple[Entry, ...]

    @property
    def unknown(self) -> int:
        """Places of which no source names the entry; 0 where the size is not known."""
        return (self.size or len(self.entries)) - len(self.entries)

    def by_group(self) -> Counter[str]:
        """How many entries certainly belong to each group."""
        return Counter(group for entry in self.entries if (group := entry.belonging.group))

    @property
    def open(self) -> int:
        """Places whose group is not known: no entry, no maker, or several that it may be."""
        return self.unknown + len(self.entries) - self.by_group().total()

    def follows(self, other: Ranked) -> bool:
        """Whether this is a later edition of the other: one publisher, metric and scope, periods apart.

        Lists without a metric are taken for editions only where they are of one size.
        """
        alike = (self.publisher, self.metric, self.scope) == (other.publisher, other.metric, other.scope)
        sized = bool(self.metric) or self.size == other.size
        return bool(self.publisher and alike and sized and self.first and other.last and other.last < self.first)


def read(opened: Opened, by: Criterion) -> list[Ranked]:
    """Every list that something is known of, by publisher, metric, scope and time.

    A size below the number of known entries, or below a rank that is known, is not taken for the size.
    """
    members, judged = groups(opened.whole), judgements(opened.whole, by)
    named: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in asking.records(opened.whole, "ranking-entries"):
        named[row["ranking"]][row["listed"]].append(row)
    found = []
    for row in asking.records(opened.whole, "lists"):
        ranking, first, last = row["ranking"], row["notBefore"], row["notAfter"]
        size = int(row["size"]) if row["size"] else None
        entries = []
        for listed, told in named[ranking].items():
            if all(_beyond(each, size) for each in told):
                continue
            belonging = members.group_of(listed, first, last)
            meets, nodes = judged.of(belonging, first, last, ranking)
            positions = [int(each["position"]) for each in told if each["position"] and not each["qualifier"]]
            categories = {compact(c) for c in opened.reader.node(expand(listed)).get("category", ())}
            categories |= {each["firstOf"] for each in told if each["firstOf"]}
            behind = (*sorted({each["entry"] for each in told}), *nodes)
            entries.append(Entry(listed, min(positions, default=None), belonging, meets, frozenset(categories), behind))
        entries.sort(key=lambda e: (e.position is None, e.position or 0, e.listed))
        least = max([len(entries), *(e.position for e in entries if e.position)])
        taken = size if size is not None and size >= least else None
        about = (row["publisher"], row["metric"], row["scope"])
        found.append(Ranked(ranking, *about, taken, first, last, tuple(entries)))
    return sorted(found, key=lambda r: (r.publisher, r.metric, r.scope, r.first, r.last, r.ranking))


def _beyond(told: dict[str, str], size: int | None) -> bool:
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
            found.append((max(earlier, key=lambda r: (r.last, r.first, r.ranking)), later))
    return found
