"""Published measures on a network, by the names that networkx gives them.

Each is computed twice, with and without disputed edges, so that a reader sees what hangs on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import networks
from graph.errors import UsageError
from graph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

Scores = Mapping[str, float]

SEED = 1
"""Of every measure that draws lots."""


def degree(network: nx.Graph[str]) -> Scores:
    """Number of edges at each node, parallel ones counted."""
    return {node: float(count) for node, count in network.degree(weight="weight")}


def betweenness(network: nx.Graph[str]) -> Scores:
    """Betweenness centrality, exact, on the undirected simple graph, normalized to 0..1.

    Edges count as one step, whatever their weight. Brandes, "A faster algorithm for betweenness
    centrality", Journal of Mathematical Sociology 25 (2001).
    """
    import networkx as nx

    return dict(nx.betweenness_centrality(nx.Graph(network.to_undirected())))


def pagerank(network: nx.Graph[str]) -> Scores:
    """PageRank along the edges' direction, damping 0.85, weight as strength, tolerance 1e-10.

    Page, Brin, Motwani and Winograd, "The PageRank citation ranking" (1999).
    """
    import networkx as nx

    if network.number_of_nodes() == 0:
        return {}
    return dict(nx.pagerank(network, alpha=0.85, tol=1e-10, max_iter=1000, weight="weight"))


def components(network: nx.Graph[str]) -> Scores:
    """The size of the weakly connected component of each node."""
    import networkx as nx

    undirected = network.to_undirected()
    return {node: float(len(part)) for part in nx.connected_components(undirected) for node in part}


def communities(network: nx.Graph[str]) -> Scores:
    """The number of the community of each node, 1 for the largest: Louvain, seed 1, resolution 1.

    On the undirected graph, parallel edges added up. Nodes are numbered in the order of their names
    first, so that neither their order nor the hash seed matters. Blondel, Guillaume, Lambiotte and
    Lefebvre, "Fast unfolding of communities in large networks" (2008).
    """
    return {node: float(number) for number, part in enumerate(_louvain(network), 1) for node in part}


def _louvain(network: nx.Graph[str]) -> list[list[str]]:
    import networkx as nx

    if network.number_of_nodes() == 0:
        return []
    nodes = sorted(network)
    found = nx.community.louvain_communities(_numbered(network, nodes), weight="weight", resolution=1, seed=SEED)
    parts = [sorted(nodes[number] for number in part) for part in found]
    return sorted(parts, key=lambda part: (-len(part), part))


def _numbered(network: nx.Graph[str], nodes: list[str]) -> nx.Graph[int]:
    """The undirected graph on the places of its nodes in a list, its weights added up."""
    import networkx as nx

    numbers = {node: number for number, node in enumerate(nodes)}
    weights: Counter[tuple[int, int]] = Counter()
    for source, target, weight in network.edges(data="weight", default=1):
        one, other = sorted((numbers[source], numbers[target]))
        weights[one, other] += weight
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    numbered.add_weighted_edges_from((*ends, weight) for ends, weight in sorted(weights.items()))
    return numbered


def modularity(network: nx.Graph[str]) -> float:
    """Newman's modularity of the communities, 0 for a graph without edges.

    Newman and Girvan, "Finding and evaluating community structure in networks" (2004).
    """
    import networkx as nx

    if network.number_of_edges() == 0:
        return 0.0
    nodes = sorted(network)
    numbers = {node: number for number, node in enumerate(nodes)}
    parts = [{numbers[node] for node in part} for part in _louvain(network)]
    return float(nx.community.modularity(_numbered(network, nodes), parts, weight="weight"))


MEASURES: dict[str, Callable[[nx.Graph[str]], Scores]] = {
    "degree": degree,
    "betweenness": betweenness,
    "pagerank": pagerank,
    "components": components,
    "communities": communities,
}
"""Every measure by its name on the command line."""


@dataclass(frozen=True)
class Measured:
    """Scores of one measure on one network, the highest first.

    `rows` are node, kind, score, and score without disputed edges (None where only such edges reach it).
    """

    projection: str
    measure: str
    nodes: int
    edges: int
    disputed: int
    components: int
    remark: str
    rows: list[tuple[str, str, float, float | None]]

    def caption(self, moment: str = "") -> str:
        """One line that says what was measured on what; `moment` is in words, "" for all dates."""
        return (
            f"{self.measure} in {self.projection}: {self.nodes} nodes, {self.edges} edges "
            f"({self.disputed} disputed), {self.components} components; {moment or 'all dates'}{self.remark}"
        )


def measure(graph: Graph, projection: str, name: str) -> Measured:
    """Measure a network.

    Args:
        graph: an open graph.
        projection: a key of networks.PROJECTIONS.
        name: a key of MEASURES.

    Raises:
        UsageError: for an unknown projection or measure.
    """
    import networkx as nx

    if name not in MEASURES:
        raise UsageError(f"there is no measure named '{name}'; one of: {', '.join(MEASURES)}")
    network = networks.project(graph, projection)
    settled = networks.project(graph, projection, disputed=False)
    count, undisputed = (int(each.size(weight="weight")) for each in (network, settled))
    scores, without = MEASURES[name](network), MEASURES[name](settled)
    kinds = nx.get_node_attributes(network, "kind")
    remark = ""
    if name == "communities":
        without = {}
        remark = (
            f"; Louvain, seed {SEED}, resolution 1, modularity {modularity(network):.3f}, "
            f"without disputed edges {modularity(settled):.3f}"
        )
    sign = 1 if name == "communities" else -1
    order = sorted(scores, key=lambda node: (sign * round(scores[node], 12), node))
    return Measured(
        projection=projection,
        measure=name,
        nodes=network.number_of_nodes(),
        edges=count,
        disputed=count - undisputed,
        components=nx.number_connected_components(network.to_undirected()),
        remark=remark,
        rows=[(node, kinds[node], scores[node], without.get(node)) for node in order],
    )
