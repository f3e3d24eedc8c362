"""Who may publish to a store: one publication at a time, by a lease that stands in the record of the store.

It is taken by one update that does nothing where another one holds it, and then read back; where an engine let two in
at once, the one with the lesser token goes on. All times are of the clock of the service. A holder that was not heard
of for limits.PUBLISH_SILENT_SECONDS has lost it to whoever comes next.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime
from secrets import token_hex
from time import monotonic
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph import limits
from graph.errors import ChuhaiError
from graph.publication import LEASES, PUBLICATION
from graph.service import Service
from ontology import PREFIXES

_WHO, _SINCE, _HEARD = (NamedNode(PREFIXES["dcterms"] + name) for name in ("creator", "created", "modified"))


class _Holder(NamedTuple):
    """Who holds a lease, since when, and how many seconds ago it was last heard of."""

    lease: str
    who: str
    since: str
    silent: float


class Lease:
    """The right to publish to one store, until it is given back, lost, or taken over."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._own = NamedNode(LEASES + token_hex(8))
        self._heard = 0.0

    def take(self, is_forced: bool = False) -> None:
        """Take the lease; `is_forced` also from a holder that may be at work.

        Raises:
            ChuhaiError: if another one holds it, saying who, since when, and what to do.
        """
        for holder in self._holders():
            if is_forced or holder.silent > limits.PUBLISH_SILENT_SECONDS:
                self._delete(NamedNode(holder.lease))
        who = Literal(f"{socket.gethostname()}, process {os.getpid()}")
        self.service.update(
            f"INSERT {{ GRAPH {PUBLICATION} {{ {self._own} {_WHO} {who} ; {_SINCE} ?now ; {_HEARD} ?now }} }} "
            f"WHERE {{ {{ SELECT (NOW() AS ?now) (COUNT(?other) AS ?others) WHERE {{ "
            f"GRAPH {PUBLICATION} {{ ?other {_HEARD} ?heard }} }} }} FILTER(?others = 0) }}"
        )
        self._heard = monotonic()
        holders = self._holders()
        if self._own.value in {holder.lease for holder in holders[1:]}:
            self._delete(self._own)
        self._check(holders, f"if it is dead, go on with: chuhai publish --store {self.service.address} --takeover")

    def hold(self) -> None:
        """See that the lease is still held, and now and then let others know.

        Raises:
            ChuhaiError: if another one took it over.
        """
        self._check(self._holders(), "it took over from here")
        if monotonic() - self._heard > limits.PUBLISH_SILENT_SECONDS / 10:
            self.service.update(
                f"DELETE {{ GRAPH {PUBLICATION} {{ {self._own} {_HEARD} ?heard }} }} "
                f"INSERT {{ GRAPH {PUBLICATION} {{ {self._own} {_HEARD} ?now }} }} "
                f"WHERE {{ GRAPH {PUBLICATION} {{ {self._own} {_HEARD} ?heard }} BIND(NOW() AS ?now) }}"
            )
            self._heard = monotonic()

    def give_back(self) -> None:
        """Let others publish."""
        self._delete(self._own)

    def _delete(self, lease: NamedNode) -> None:
        self.service.update(f"DELETE WHERE {{ GRAPH {PUBLICATION} {{ {lease} ?p ?o }} }}")

    def _check(self, holders: list[_Holder], remedy: str) -> None:
        if not holders:
            raise ChuhaiError("somebody took away the lease of this publication; publish again")
        first = holders[0]
        if first.lease != self._own.value:
            raise ChuhaiError(
                f"the store at {self.service.address} is being published to by {first.who}, since {first.since} by its "
                f"clock, last heard of {first.silent:.0f} s ago; {remedy}"
            )

    def _holders(self) -> list[_Holder]:
        """Whoever holds the lease, first by their token; more than one only where an engine let them."""
        answer = self.service.query(
            f"SELECT ?lease ?who ?since ?heard (NOW() AS ?now) WHERE {{ GRAPH {PUBLICATION} "
            f"{{ ?lease {_WHO} ?who ; {_SINCE} ?since ; {_HEARD} ?heard }} }}"
        )
        assert isinstance(answer, QuerySolutions)
        rows = sorted(tuple(term.value for term in row) for row in answer)
        return [
            _Holder(lease, who, since[:19].replace("T", " "), (_time(now) - _time(heard)).total_seconds())
            for lease, who, since, heard, now in rows
        ]


def _time(text: str) -> datetime:
    """A time of the service, to the second; its zone does not matter, since only its own times are compared."""
    return datetime.fromisoformat(text[:19])
