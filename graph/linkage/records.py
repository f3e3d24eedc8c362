"""The records of things out of an open graph, and how common the words in their names are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from math import prod
from urllib.parse import urlsplit

from graph.flows import Areas
from graph.linkage.comparing import Record
from graph.linkage.words import joined, words
from graph.names import key
from graph.reading import Reader
from graph.seats import Seats
from graph.store import Graph
from graph.values import text
from ontology import expand, local, vocabulary

_BESIDE = {
    "organization": {"people": ("Membership", "person"), "products": ("Operation", "product")},
    "person": {"organizations": ("Membership", "organization")},
    "product": {"organizations": ("Operation", "organization")},
}
"""What two records of a kind may name in common: the class that joins it to them, and the property that leads there."""

_NONE: frozenset[str] = frozenset()
_RARE = 5
"""Words that stand in so many names or more are counted as they are."""


class Records:
    """The things of one kind in a graph.

    Args:
        graph: an open graph.
        kind: the first part of their identifiers, such as "organization".

    Attributes:
        names: of each thing (`kind/slug`), each with its forms: itself and, where it is Chinese, its pinyin.
    """

    def __init__(self, graph: Graph, kind: str) -> None:
        self.kind = kind
        self._reader = Reader(graph)
        self._seats = Seats(self._reader) if kind == "organization" else None
        self._areas = Areas(vocabulary())
        self.names: dict[str, dict[str, list[str]]] = defaultdict(dict)
        query = (
            "SELECT DISTINCT thing, name, CASE way WHEN 'pinyin' THEN key END FROM names WHERE thing > ? AND thing < ? "
            "AND way IN ('written', 'pinyin') ORDER BY thing, name, key"
        )
        for thing, name, pinyin in graph.index.execute(query, (f"{kind}/", f"{kind}0")):
            forms = self.names[thing].setdefault(name, [name])
            if pinyin:
                forms.append(pinyin)
        self._bearing: dict[str, set[str]] = defaultdict(set)
        for thing in self.names:
            for word in (word for form in self.forms(thing) for word in words(form)):
                self._bearing[word].add(thing)
        self._rarely = _good_turing(Counter(map(len, self._bearing.values())))

    def forms(self, thing: str, but: str = "") -> list[str]:
        """Every form of the names of a thing, without one name, however it is written."""
        left_out = joined(but)
        return [form for name, forms in self.names[thing].items() if joined(name) != left_out for form in forms]

    def share(self, some: Collection[str]) -> float:
        """How many of all things of the kind, known or not, bear all of some words in their names, 0 to 1.

        By the names that are known, or as if the words stood together by chance, whichever is more. Of what is rare a
        sample tells too much: it is counted as by Good, "The population frequencies of species and the estimation of
        population parameters", Biometrika 40 (1953).
        """
        bearing = sorted((self._bearing.get(word, _NONE) for word in some), key=len)
        together = len(bearing[0].intersection(*bearing[1:])) if bearing else len(self.names)
        by_chance = prod(self._expected(len(each)) for each in bearing)
        return max(self._expected(together), by_chance)

    def _expected(self, times: int) -> float:
        return self._rarely.get(times, times) / max(len(self.names), 1)

    def bearing(self, word: str) -> frozenset[str] | set[str]:
        """The things that bear a word in a name."""
        return self._bearing.get(word, _NONE)

    def record(self, thing: str) -> Record:
        """What is known of a thing (`kind/slug`)."""
        iri = expand(thing)
        areas = {self._areas.of(tenure.place) for tenure in self._seats.of(iri)} if self._seats else set()
        return Record(
            thing,
            self.forms(thing),
            frozenset(areas - {""}),
            {name: dict(self._joined(iri, *by)) for name, by in _BESIDE.get(self.kind, {}).items()},
            frozenset(self._sites(iri)),
        )

    def _joined(self, iri: str, type_name: str, name: str) -> Iterator[tuple[str, str]]:
        for node in sorted({node for _, node in self._reader.neighbours(iri)}):
            values = self._reader.node(node)
            if [*map(local, values.get("type", ()))] == [type_name] and (other := text(values, name)):
                label = self._reader.label(other)
                yield key(label), label

    def _sites(self, iri: str) -> Iterator[str]:
        """Hosts of identifiers that are a whole web site, not a page of a register."""
        for address in self._reader.node(iri).get("exactMatch", ()):
            parts = urlsplit(address)
            if not (parts.path.strip("/") or parts.query or parts.fragment):
                yield parts.netloc.removeprefix("www.")


def _good_turing(often: Counter[int]) -> dict[int, float]:
    """The expected count of words seen so many times: (r + 1) n(r + 1) / n(r), where that is less than r."""
    found = {r: (r + 1) * often[r + 1] / often[r] for r in range(1, _RARE) if often[r] and often[r + 1]}
    first = min(found.get(1, 1.0), 1.0)
    return {0: first} | {r: min(times, r) for r, times in found.items()}
