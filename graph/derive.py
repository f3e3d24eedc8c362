"""Rule 7: headquarters tenures follow from moves, and moves from tenures, where one side is missing.

A derived node says so by prov:wasDerivedFrom; a stated tenure whose end or start is taken from a move
says so by chuhai:boundedBy. A move that was only planned, or was cancelled, blocked
or reversed, gives no tenure; two tenures give a move only when the one surely ended before the other
can have begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.resolve import Node
from graph.values import text
from ontology import CONCEPT, ID, local
from ontology.records import Vocabulary

_SIDES = (
    ("fromPlace", "origin", {"heldTo": "notBefore", "validTo": "notAfter"}, "heldTo", "validFrom"),
    ("toPlace", "destination", {"validFrom": "notBefore", "heldFrom": "notAfter"}, "heldFrom", "validTo"),
)
HEADQUARTERS = ("HeadquartersMove", "HeadquartersTenure")
"""The classes from which something follows, organization by organization."""

_HAPPENED = (None, "completed", "in-progress")


def derive(nodes: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    """The tenures and moves that follow from resolved nodes and that no source states.

    Args:
        nodes: the resolved nodes.
        vocabulary: for which places lie within which.

    Returns:
        New nodes only, by IRI.
    """
    moves, tenures = (_by_organization(nodes, name) for name in HEADQUARTERS)
    found: list[Node] = []
    for organization in moves.keys() | tenures.keys():
        told, stated = moves[organization], tenures[organization]
        begun: list[Node] = []
        for move in sorted(filter(_happened, told), key=lambda n: (text(n.values, "notAfter") or "", n.iri)):
            begun += _tenures(move, [*stated, *begun], vocabulary)
        found += [*begun, *_moves(stated, told, vocabulary)]
    return sorted(found, key=lambda n: n.iri)


def _by_organization(nodes: Iterable[Node], type_name: str) -> Mapping[str, list[Node]]:
    found: Mapping[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.type == type_name and (organization := text(node.values, "organization")) is not None:
            found[organization].append(node)
    return found


def _happened(node: Node) -> bool:
    status = text(node.values, "status")
    return (local(status) if status else None) in _HAPPENED


def _same_place(one: str | None, other: str | None, vocabulary: Vocabulary) -> bool:
    if one is None or other is None:
        return False
    a, b = local(one), local(other)
    return a in vocabulary.containing(b) or b in vocabulary.containing(a)


def _tenures(move: Node, tenures: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    """Tenures on both sides of a move; a stated one, or one begun by an earlier move, is completed instead."""
    found: list[Node] = []
    for side, suffix, bounds, held, other in _SIDES:
        place = text(move.values, side)
        if place is None:
            continue
        taken = {bound: move.values[source] for bound, source in bounds.items() if source in move.values}
        there = [
            t
            for t in tenures
            if _same_place(place, text(t.values, "place"), vocabulary)
            and not _apart(t, other, side, move)
            and (not t.derived_from or (side == "fromPlace" and _apart(t, "validFrom", "toPlace", move)))
        ]
        for tenure in there:
            if bounds.keys() - {"heldFrom", "heldTo"} & tenure.values.keys() or _apart(tenure, held, side, move):
                continue
            for bound, value in taken.items():
                tighter = max if bound == "heldTo" else min
                tenure.values[bound] = tighter(tenure.values.get(bound, value), value)
            if tenure.derived_from:
                tenure.derived_from += (move.iri,)
            else:
                tenure.bounded_by += (move.iri,)
        if not there:
            values = {"organization": move.values["organization"], "place": move.values[side], **taken}
            iri = f"{ID}tenure/{local(move.iri)}-{suffix}"
            found.append(Node(iri, "HeadquartersTenure", values, derived_from=(move.iri,)))
    return found


def _apart(tenure: Node, bound: str, side: str, move: Node) -> bool:
    """Whether a bound of a tenure surely lies before an arrival, or after a departure."""
    day = text(tenure.values, bound)
    if side == "toPlace":
        start = text(move.values, "notBefore")
        return day is not None and start is not None and day < start
    end = text(move.values, "notAfter")
    return day is not None and end is not None and day > end


def _moves(tenures: Sequence[Node], moves: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    found = []
    for earlier in tenures:
        end = text(earlier.values, "validTo")
        if end is None:
            continue
        later = [t for t in tenures if (text(t.values, "validFrom") or "") >= end]
        following = min(later, key=lambda t: (t.values["validFrom"], t.iri), default=None)
        if following is not None and not _is_told(earlier, following, moves, vocabulary):
            found.append(_move(earlier, following))
    return found


def _is_told(earlier: Node, later: Node, moves: Iterable[Node], vocabulary: Vocabulary) -> bool:
    start, goal = text(earlier.values, "place"), text(later.values, "place")
    if _same_place(start, goal, vocabulary):
        return True
    return any(
        _same_place(text(m.values, "toPlace"), goal, vocabulary)
        and (text(m.values, "fromPlace") is None or _same_place(text(m.values, "fromPlace"), start, vocabulary))
        for m in moves
    )


def _move(earlier: Node, later: Node) -> Node:
    values: dict[str, tuple[str, ...]] = {
        "organization": earlier.values["organization"],
        "fromPlace": earlier.values["place"],
        "toPlace": later.values["place"],
        "status": (CONCEPT + "completed",),
    }
    for bound, source in (("notBefore", earlier.values.get("heldTo")), ("notAfter", later.values.get("heldFrom"))):
        if source is not None:
            values[bound] = source
    iri = f"{ID}event/{local(later.iri)}-arrival"
    return Node(iri, "HeadquartersMove", values, derived_from=(earlier.iri, later.iri))
