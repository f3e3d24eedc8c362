"""How ranks in a network changed: the same measure at the end of each year, the evidence read once."""

from __future__ import annotations

import numpy as np

from graph import limits, measures
from graph.arrays import Edges
from graph.errors import UsageError
from graph.holding import Holding, holding
from graph.measured import Measured, ranked
from graph.measures import SEED
from graph.moment import NOT_HAPPENED
from graph.networks import projected, told
from graph.store import Graph
from graph.values import text
from ontology import compact, local


def by_year(graph: Graph, projection: str, name: str = "degree", seed: int = SEED) -> dict[str, Measured]:
    """A measure at the end of each of the last limits.NETWORK_YEARS years that nodes of the network are dated in.

    Args:
        graph: an open graph of the present, or of what was known by a day.
        projection: a key of projections.PROJECTIONS.
        name: a key of measures.MEASURES.
        seed: of betweenness in large networks.

    Returns:
        By year, what `measured.measure` gives for the graph as of that year, without rank intervals.

    Raises:
        UsageError: for an unknown projection or measure, one that does not fit the other, or a network without
            any date.
    """
    chosen = measures.chosen(name, projected(projection))
    edges = told(graph, projection)
    held = holding(graph)
    years = _years(held, edges)
    if not years:
        raise UsageError(f"no node of {projection} is dated, so there is no series by year")
    return {
        year: ranked(graph, projected(projection), _on(held, edges, f"{year}-12-31"), chosen, 0, seed) for year in years
    }


def _years(held: Holding, edges: Edges) -> list[str]:
    behind = set(edges.events)
    bounds = ("notBefore", "notAfter", "validFrom", "heldTo")
    days = [
        day
        for node in held.nodes
        if compact(node.iri) in behind
        for bound in bounds
        if (day := text(held.dated(node), bound))
    ]
    first, last = (int(min(days)[:4]), int(max(days)[:4])) if days else (0, -1)
    return [str(year) for year in range(max(first, last - limits.NETWORK_YEARS + 1), last + 1)]


def _on(held: Holding, edges: Edges, day: str) -> Edges:
    """The edges whose nodes certainly or possibly held on a day, with whether they had happened by then."""
    then = {compact(node.iri): values for node, values in held.on(day)}
    lapsed = {node for node, values in then.items() if local(text(values, "status") or "") in NOT_HAPPENED}

    def did(event: str) -> bool:
        values = then[event]
        own = text(values, "status")
        return event not in lapsed if own else compact(text(values, "round") or "") not in lapsed

    kept = edges.keep(np.fromiter((event in then for event in edges.events), bool, len(edges.events)))
    happened = np.fromiter(map(did, kept.events), bool, len(kept.events))
    return Edges(**{**vars(kept), "happened": happened})
