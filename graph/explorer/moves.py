"""Moves between places for the explorer's map: of headquarters, of people and of capital.

A move of headquarters has its own two places. People and capital go between organizations: each end is placed
where that organization had its headquarters at the time, as far as sources tell; what cannot be placed is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal, NamedTuple, TypedDict

from graph.arrays import Pattern
from graph.dates import Span
from graph.drawing.projection import CENTRE, project, turn
from graph.moment import DATED_BY
from graph.networks import listed
from graph.reading import Reader
from graph.seats import Seats
from graph.values import Values, span, text
from graph.vendor import land
from ontology import compact, expand, local, vocabulary

Layer = Literal["headquarters", "people", "capital"]
LAYERS: dict[str, tuple[Layer, str, str]] = {
    "HeadquartersMove": ("headquarters", "fromPlace", "toPlace"),
    "PersonnelMove": ("people", "fromOrganization", "toOrganization"),
    "Investment": ("capital", "investor", "organization"),
}
"""The classes of events that are moves: the layer of each, and the properties of its two ends."""


class Point(TypedDict):
    """One place on the map: x and y in the units of graph.drawing.projection.

    area marks a place that has places within it and is drawn at its capital or seat of government.
    """

    id: str
    label: dict[str, str]
    x: float
    y: float
    area: bool


class Move(TypedDict):
    """One event: the id of its node, the ids of its things, its bounds as days ("" for an open one).

    rumoured marks an event of which only rumours tell; it is no node of the resolved graph.
    """

    id: str
    things: list[str]
    first: str
    last: str
    status: str
    disputed: bool
    rumoured: bool


class Arc(TypedDict):
    """All moves of one layer from one place to another; source and target are indexes into the points.

    An arc from a place to itself gathers the moves within that place; the map draws it as a ring.
    """

    layer: Layer
    source: int
    target: int
    moves: list[Move]


class Map(TypedDict):
    """What the map of moves shows.

    land is SVG path data in the units of the points; unplaced counts by layer the moves of which an end has no
    place on the map.
    """

    land: str
    points: list[Point]
    arcs: list[Arc]
    unplaced: dict[Layer, int]


class _Event(NamedTuple):
    node: str
    type_name: str
    source: str
    target: str
    values: Values
    disputed: bool = False
    rumoured: bool = False


def gather(reader: Reader) -> Map:
    """The moves of a graph between places that have a point on the map.

    Args:
        reader: of an open graph.

    Returns:
        Points by id, arcs by layer and ends, the moves of each by date and id.
    """
    words = vocabulary()
    seats = Seats(reader)
    arcs: dict[tuple[Layer, str, str], list[Move]] = defaultdict(list)
    unplaced: Counter[Layer] = Counter()
    for event in (*_resolved(reader), *_rumoured(reader)):
        layer, *names = LAYERS[event.type_name]
        when = _when(reader, event)
        ends = [
            end if end.startswith("place/") else seats.nearest(expand(end), when)
            for end in (event.source, event.target)
        ]
        source, target = (local(end) if end else "" for end in ends)
        if any(slug not in words.places or words.places[slug].latitude is None for slug in (source, target)):
            unplaced[layer] += 1
            continue
        involved = [v for name in ("organization", "person", *names) for v in event.values.get(name, ())]
        move = Move(
            id=event.node,
            things=[thing for thing in dict.fromkeys(map(compact, involved)) if not thing.startswith("place/")],
            first=when.first or "",
            last=when.last or "",
            status=local(text(event.values, "status") or ""),
            disputed=event.disputed,
            rumoured=event.rumoured,
        )
        arcs[layer, source, target].append(move)
    slugs = sorted({slug for _, *ends in arcs for slug in ends})
    layers = [layer for layer, *_ in LAYERS.values()]
    return Map(
        land=land(),
        points=[_point(slug) for slug in slugs],
        arcs=[
            Arc(
                layer=key[0],
                source=slugs.index(key[1]),
                target=slugs.index(key[2]),
                moves=sorted(arcs[key], key=lambda move: (move["last"], move["first"], move["id"])),
            )
            for key in sorted(arcs, key=lambda key: (layers.index(key[0]), key[1:]))
        ],
        unplaced={layer: unplaced[layer] for layer in layers},
    )


def _resolved(reader: Reader) -> list[_Event]:
    """Every event of the resolved graph that has both ends."""
    return [
        _Event(edge.node, name, edge.source, edge.target, reader.node(expand(edge.node)), edge.disputed)
        for name, (_, *ends) in LAYERS.items()
        for edge in listed(reader.graph, [Pattern(name, ends[0], ends[1])])
    ]


def _rumoured(reader: Reader) -> list[_Event]:
    """Events of which only rumours tell, as the first of them with both ends tells it."""
    found: dict[str, _Event] = {}
    for about in reader.unresolved():
        for said in reader.statements(about):
            if said.kind == "rumour" and said.about_type in LAYERS and about not in found:
                source, target = (text(said.values, name) for name in LAYERS[said.about_type][1:])
                if source and target:
                    ends = compact(source), compact(target)
                    found[about] = _Event(compact(about), said.about_type, *ends, said.values, rumoured=True)
    return list(found.values())


def _when(reader: Reader, event: _Event) -> Span:
    """The days of an event, or of the round it belongs to; it ended by the first publication that tells of it."""
    when = span(event.values, "notBefore")
    for name in DATED_BY:
        if not (when.first or when.last) and (other := text(event.values, name)):
            when = span(reader.node(other), "notBefore")
    if when.last or event.rumoured:
        return when
    told = (reader.document(said.source).published for said in reader.told(expand(event.node)))
    return Span(when.first, min(filter(None, told), default=None))


def _point(slug: str) -> Point:
    words = vocabulary()
    place = words.places[slug]
    assert place.latitude is not None
    assert place.longitude is not None
    x, y = project(turn(place.longitude - CENTRE), place.latitude)
    area = any(slug in other.within for other in words.places.values())
    return Point(id=f"place/{slug}", label=dict(place.label), x=round(x, 1), y=round(y, 1), area=area)
