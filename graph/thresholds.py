"""Whether a group exceeds a threshold, such as 50 billion yuan of market value, at the time of a list.

Three-valued: a source judged it so, or gives a value in that currency near that time, or it is not known.
Nothing is converted, and no value is carried over from another time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from graph import asking, figures
from graph.errors import UsageError
from graph.groups import Belonging
from graph.store import Graph
from ontology import expand, in_language, vocabulary

NEAR_DAYS = 366
"""How many days before the period of a list or after it a value may lie to hold for it."""


class Criterion(NamedTuple):
    """What must exceed what: a metric as a concept of the ontology, an amount, an ISO 4217 code."""

    metric: str = "market-value"
    threshold: Decimal = Decimal(50_000_000_000)
    currency: str = "CNY"

    def words(self, language: str) -> str:
        """Such as "market value over CNY 50 billion"."""
        metric = in_language(vocabulary().concepts[self.metric].label, language)
        amount = figures.show(figures.Figure(self.threshold, "over", self.currency), language)
        return f"{metric}{'' if language.startswith('zh') else ' '}{amount}"


BIG_TECH = Criterion()
"""Big tech by the definition of the article that the dataset began with."""


def criterion(metric: str, threshold: str, currency: str) -> Criterion:
    """Read a criterion as a user gives it.

    Raises:
        UsageError: for an unknown metric, or what is no amount or currency.
    """
    known = [name for name, concept in vocabulary().concepts.items() if concept.scheme == "metric"]
    if metric not in known:
        raise UsageError(f"'{metric}' is no metric; one of: {', '.join(known)}")
    try:
        figure = figures.parse(f"{currency.upper()} {threshold.replace(',', '')}")
    except ValueError:
        raise UsageError(
            f"'{threshold}' in '{currency}' is no threshold; write such as --threshold 50000000000 --currency CNY"
        ) from None
    return Criterion(metric, figure.number, figure.currency)


class Judgement(NamedTuple):
    """That a thing exceeds the threshold (True), does not (False), or may (None), by one node of the graph.

    `day` is the last day on which the value can have been taken, "" where it is a source's own undated
    judgement; `ranking` the list that it holds of, "" for any.
    """

    thing: str
    exceeds: bool | None
    node: str
    day: str = ""
    ranking: str = ""


class Judgements:
    """What is known of one threshold; read once."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._by_thing: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            self._by_thing[judgement.thing].append(judgement)

    def of(self, belonging: Belonging, first: str, last: str, ranking: str = "") -> tuple[bool | None, list[str]]:
        """Whether the group of a thing exceeds the threshold.

        It does where the thing or anything that it surely belongs to does. It does not where its group is known
        and does not. Values on both sides leave it open.

        Args:
            belonging: the thing with its groups.
            first, last: the period of the list, YYYY-MM-DD or "".
            ranking: the list.

        Returns:
            The answer, and the nodes that it rests on, sorted.
        """
        near = [
            judgement
            for thing in belonging.chain
            for judgement in self._by_thing.get(thing, ())
            if _near(judgement.day, first, last) and judgement.ranking in ("", ranking)
        ]
        above = sorted(j.node for j in near if j.exceeds)
        top = [j for j in near if j.thing == belonging.group]
        below = sorted(j.node for j in top if j.exceeds is False)
        open_nodes = [j.node for j in top if j.exceeds is None]
        if above and not below:
            return True, above
        if below and not above and not open_nodes:
            return False, below
        return None, []


def judgements(graph: Graph, by: Criterion) -> Judgements:
    """Read what is known of a threshold, by the named query `judged-by-threshold`.

    Values without a date are left out: they cannot be placed in time.
    """
    values = {"metric": expand(f"concept/{by.metric}"), "currency": by.currency, "threshold": str(by.threshold)}
    return Judgements(
        Judgement(
            row["thing"],
            row["exceeds"] == "true" if row["exceeds"] else None,
            row["node"],
            row["notAfter"],
            row["ranking"],
        )
        for row in asking.records(graph, "judged-by-threshold", values)
        if row["notAfter"] or not row["amount"]
    )


def _near(day: str, first: str, last: str) -> bool:
    if not day:
        return True
    if not (first or last):
        return False
    span, taken = timedelta(NEAR_DAYS), date.fromisoformat(day)
    return date.fromisoformat(first or last) - span <= taken <= date.fromisoformat(last or first) + span
