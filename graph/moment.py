"""What held on a day, and what was published by a day: the two times of every question.

`as of` asks about the world: an event counts once it has happened, a situation while it lasts. `known by`
asks about the record: only documents published by then are heard. A day given as a month or a year is its
last day. Bounds of dates that leave a question open are answered "possibly".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph import dates
from graph.errors import UsageError
from graph.values import Values, text
from ontology import CONCEPT, local

EVENTS = frozenset({
    "HeadquartersMove", "LegalEntityChange", "WorkforceChange", "MarketChange", "PersonnelMove", "FundingRound",
    "Investment", "Acquisition", "PaidAcquisition", "ListingStep", "ProductMilestone",
})  # fmt: skip
"""Classes of what happens; the ontology's subclasses of Event."""

SITUATIONS = frozenset({
    "HeadquartersTenure", "Membership", "MarketPresence", "Control", "Operation", "Rivalry", "Integration",
    "CategorySupply",
})  # fmt: skip
"""Classes of what lasts; the ontology's subclasses of Situation."""

RECORDS = frozenset({"RankingEntry", "ReportedAggregate", "Observation", "CriterionAssessment"})
"""Classes of what was counted, listed or judged at some time: dated as events are."""

TOLD = EVENTS | SITUATIONS | RECORDS
"""Classes whose nodes exist only by what sources tell."""

DATED_BY = ("round", "ranking", "population")
"""Properties that lead to the node whose dates stand for a node without its own."""

NOT_HAPPENED = frozenset({"planned", "announced", "cancelled", "blocked", "reversed"})
"""Statuses of events that did not take place, or did not last."""

CERTAINLY, POSSIBLY, NOT = "certainly", "possibly", ""


class Moment(NamedTuple):
    """The two days of a question, as YYYY-MM-DD; None where all time, or all that is known, is meant."""

    as_of: str | None = None
    known_by: str | None = None

    def words(self, language: str) -> str:
        """A line for people that says which moment an answer is of; "" for the present."""
        chinese = language.startswith("zh")
        held = known = ""
        if self.as_of:
            held = (
                f"截至 {self.as_of}，含仅可能成立者" if chinese else f"as of {self.as_of}, also what only possibly held"
            )
        if self.known_by:
            known = f"据 {self.known_by} 前发表的文献" if chinese else f"by documents published by {self.known_by}"
        return ("；" if chinese else "; ").join(part for part in (held, known) if part)


NOW = Moment()
"""All time, by all that is known."""


class Telling(NamedTuple):
    """That a document told of a node: the last day on which it can have been published, and the status it gave.

    `reached` is the day by which the status was reached: the source's own, else that of the publication.
    """

    published: str
    reached: str
    statement: str
    status: str


def telling(published: str, statement: str, values: Values) -> Telling:
    """What one statement tells of a node and its status."""
    return Telling(published, text(values, "statusBy") or published, statement, text(values, "status") or "")


def moment(as_of: str | None = None, known_by: str | None = None) -> Moment:
    """Read the two days as a user gives them.

    Args:
        as_of, known_by: such as "2025", "2025-06" or "2025-06-18"; the last day is meant.

    Raises:
        UsageError: for what is no date.

    >>> moment("2025-06")
    Moment(as_of='2025-06-30', known_by=None)
    """

    def day(option: str, given: str | None) -> str | None:
        if given is None:
            return None
        try:
            return dates.parse(given).last or given
        except ValueError as error:
            raise UsageError(f"{option}: {error}") from None

    return Moment(day("--as-of", as_of), day("--known-by", known_by))


def status_on(told: Iterable[Telling], day: str) -> str:
    """The status of an event on a day: the latest that was reached by then, else the first.

    Returns:
        The IRI of a concept; "" where no document gives a status.
    """
    given = sorted((t for t in told if t.status), key=lambda t: (t.reached, t.statement))
    dated = [t for t in given if t.reached]
    by_then = [t for t in dated if t.reached <= day]
    return next((t.status for t in (*by_then[-1:], *dated[:1], *given[:1])), "")


def certainty(type_name: str, values: Values, told: Sequence[Telling], day: str) -> str:
    """Whether a node holds on a day.

    Args:
        type_name: the class of the node.
        values: what it holds; of an event, with the status of that day.
        told: the documents that tell of it as a fact.
        day: YYYY-MM-DD.

    Returns:
        CERTAINLY, POSSIBLY, or NOT: an event that had not happened, a situation that had not begun or was over.
    """
    if type_name in SITUATIONS:
        first, last = text(values, "validFrom"), text(values, "validTo")
        if (first and first > day) or (last and last < day):
            return NOT
        surely, until = text(values, "heldFrom"), text(values, "heldTo")
        return CERTAINLY if surely and until and surely <= day <= until else POSSIBLY
    if type_name not in EVENTS | RECORDS:
        return CERTAINLY
    first, last = text(values, "notBefore"), text(values, "notAfter")
    if local(text(values, "status") or "") in NOT_HAPPENED:
        first = None
    published = min((t.published for t in told if t.published), default=None)
    last = min((d for d in (last, published) if d), default=None)
    if first and first > day:
        return NOT
    return CERTAINLY if last and last <= day else POSSIBLY


def marked(values: Values, how: str) -> Values:
    """The values with the certainty among them, where it is less than certain."""
    return {**values, "certainty": (CONCEPT + how,)} if how == POSSIBLY else values


def with_dates_of(values: Values, others: Sequence[Values]) -> Values:
    """The values, with the bounds of the first of some other nodes where they have none."""
    bounds = ("notBefore", "notAfter")
    if any(bound in values for bound in bounds):
        return values
    dated = next((other for other in others if any(bound in other for bound in bounds)), {})
    return {**values, **{bound: dated[bound] for bound in bounds if bound in dated}}
