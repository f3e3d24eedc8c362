"""Rule 7: headquarters tenures follow from moves, and moves from tenures, where one side is missing.

A derived node says so by prov:wasDerivedFrom; a stated tenure whose end or start is taken from a move
says so by chuhai:boundedBy. A move that was only planned, or was cancelled, blocked
or reversed, gives no tenure; two tenures give a move only when the one surely ended before the other
can have begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.resolve import Node, concept
from graph.values import Value, text
from ontology import ID, Vocabulary, local

_SIDES = (
    ("fromPlace", "origin", {"heldTo": "notBefore", "validTo": "notAfter"}),
    ("toPlace", "destination", {"validFrom": "notBefore", "heldFrom": "notAfter"}),
)
_HAPPENED = (None, "completed", "in-progress")


def derive(nodes: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    """The tenures and moves that follow from resolved nodes and that no source states.

    Args:
        nodes: the resolved nodes.
        vocabulary: for which places lie within which.

    Returns:
        New nodes only, by IRI.
    """
    moves = [n for n in nodes if n.type == "HeadquartersMove" and _happened(n)]
    tenures = [n for n in nodes if n.type == "HeadquartersTenure"]
    found = [t for move in moves for t in _tenures(move, tenures, vocabulary)]
    found += _moves(tenures, [n for n in nodes if n.type == "HeadquartersMove"], vocabulary)
    return sorted(found, key=lambda n: n.iri)


def _happened(node: Node) -> bool:
    status = text(node.values, "status")
    return (local(status) if status else None) in _HAPPENED


def _same_place(one: str | None, other: str | None, vocabulary: Vocabulary) -> bool:
    if one is None or other is None:
        return False
    a, b = local(one), local(other)
    return a in vocabulary.containing(b) or b in vocabulary.containing(a)


def _tenures(move: Node, tenures: Iterable[Node], vocabulary: Vocabulary) -> Iterable[Node]:
    """Tenures on both sides of a move; a stated one is completed instead of doubled."""
    organization = text(move.values, "organization")
    if organization is None:
        return
    for side, suffix, bounds in _SIDES:
        place = text(move.values, side)
        if place is None:
            continue
        taken = {bound: move.values[source] for bound, source in bounds.items() if source in move.values}
        stated = [
            t
            for t in tenures
            if text(t.values, "organization") == organization
            and _same_place(place, text(t.values, "place"), vocabulary)
        ]
        for tenure in stated:
            if bounds.keys() - {"heldFrom", "heldTo"} & tenure.values.keys():
                continue
            tenure.values.update({b: v for b, v in taken.items() if b not in tenure.values or b == "heldFrom"})
            tenure.bounded_by += (move.iri,)
        if not stated:
            values = {"organization": move.values["organization"], "place": move.values[side], **taken}
            iri = f"{ID}tenure/{local(move.iri)}-{suffix}"
            yield Node(iri, "HeadquartersTenure", values, derived_from=(move.iri,))


def _moves(tenures: Iterable[Node], moves: Iterable[Node], vocabulary: Vocabulary) -> list[Node]:
    by_organization: Mapping[str, list[Node]] = defaultdict(list)
    for tenure in tenures:
        by_organization[text(tenure.values, "organization") or ""].append(tenure)
    known = list(moves)
    found = []
    for organization, own in by_organization.items():
        for earlier in own:
            end = text(earlier.values, "validTo")
            if end is None:
                continue
            later = [t for t in own if (text(t.values, "validFrom") or "") >= end]
            following = min(later, key=lambda t: (text(t.values, "validFrom") or "", t.iri), default=None)
            if following is None or _is_told(organization, earlier, following, known, vocabulary):
                continue
            found.append(_move(earlier, following))
    return found


def _is_told(organization: str, earlier: Node, later: Node, moves: Iterable[Node], vocabulary: Vocabulary) -> bool:
    start, goal = text(earlier.values, "place"), text(later.values, "place")
    if _same_place(start, goal, vocabulary):
        return True
    return any(
        text(m.values, "organization") == organization
        and _same_place(text(m.values, "toPlace"), goal, vocabulary)
        and (text(m.values, "fromPlace") is None or _same_place(text(m.values, "fromPlace"), start, vocabulary))
        for m in moves
    )


def _move(earlier: Node, later: Node) -> Node:
    values: dict[str, tuple[Value, ...]] = {
        "organization": earlier.values["organization"],
        "fromPlace": earlier.values["place"],
        "toPlace": later.values["place"],
        "status": (concept("completed"),),
    }
    for bound, source in (("notBefore", earlier.values.get("heldTo")), ("notAfter", later.values.get("heldFrom"))):
        if source is not None:
            values[bound] = source
    iri = f"{ID}event/{local(later.iri)}-arrival"
    return Node(iri, "HeadquartersMove", values, derived_from=(earlier.iri, later.iri))
