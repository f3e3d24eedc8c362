"""What networks cost beside the work that cannot be left out, and beside networkx.

    python bench/networks.py [--sizes 10000 100000 1000000] [--figure docs/network-cost.svg]

On the packaged facts and on made-up ecosystems (ecosystem.py), each in a process of its own. A measure from the
open store to its table is compared with its floor: the bare scan of the same edges into Python texts, and the
kernel fed from ready arrays, which runs twice, with and without disputed edges, since every answer says both. The
kernels alone stand beside plain networkx with the same algorithm and tolerance (Louvain beside Leiden, which
networkx has not), where that ends within a minute. Seconds are of the processor. Exit code 1 when a measure takes
more than AIM times its floor.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import drawing
from timing import judged

AIM = 1.5
"""A measure may take this many times its floor."""

SIZES = (10_000, 100_000, 1_000_000)
PATIENCE = 60
"""Seconds that networkx is given for one answer."""

MEASURES = {"pagerank": "whole", "betweenness": "whole", "communities": "whole", "co-investment": "co-investment"}
"""What is measured, and on which network."""


def cpu(steps: Mapping[str, Callable[[], object]], least: float) -> dict[str, float]:
    """Median processor seconds of steps that take turns, until all of their runs took some seconds."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    while sum(map(sum, times.values())) < least:
        for name, step in steps.items():
            gc.collect()
            start = process_time()
            step()
            times[name].append(process_time() - start)
    return {name: median(taken) for name, taken in times.items()}


def patiently(step: Callable[[], object]) -> float | None:
    """The processor seconds of a step; None if it takes longer than PATIENCE."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        return cpu({"": step}, 0.2)[""]
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def scan(graph: Any, projection: str) -> None:
    """Read the ends of all edges of a network and the nodes behind them as texts, and nothing else."""
    from pyoxigraph import NamedNode

    from graph.projections import PROJECTIONS
    from ontology import PREFIXES, RESOLVED

    for name, source, target, _ in PROJECTIONS[projection].ties():
        query = f"SELECT ?n ?s ?t WHERE {{ ?n a chuhai:{name} ; chuhai:{source} ?s ; chuhai:{target} ?t }}"
        rows = graph.quads.query(query, prefixes=PREFIXES, default_graph=NamedNode(RESOLVED))
        _ = [tuple(term.value for term in row) for row in rows]


def measure(size: int) -> dict[str, Any]:
    """Seconds of every step at a size (0 for the packaged facts), the number of edges, and peak memory in MB."""
    import ecosystem
    import networkx as nx
    import numpy as np

    from graph import kernels, measured
    from graph.measures import MEASURES as RANKING
    from graph.networks import drawn, projected, shape, told
    from graph.store import Graph, in_memory

    graph = Graph(None, ecosystem.store(size), Path()) if size else in_memory()  # type: ignore[arg-type]
    gc.freeze()
    found: dict[str, Any] = {"edges": len(told(graph, "whole").events), "steps": {}}
    for name, projection in MEASURES.items():
        edges = told(graph, projection)
        kept = edges.keep(edges.happened)
        both = [kept, kept.keep(~kept.disputed)]
        networks = [shape(projected(projection), each) for each in both]
        simple = [network.simple() for network in networks]

        def kernel(name: str = name, both: Any = both, networks: Any = networks, simple: Any = simple) -> None:
            for each, network, ties in zip(both, networks, simple, strict=True):
                if name == "communities":
                    kernels.leiden(network.count, *ties)
                elif name == "co-investment":
                    deal = np.unique(each.target, return_inverse=True)[1]
                    kernels.one_mode(len(each.names), each.source, deal, np.ones(len(deal)))
                else:
                    RANKING[name].function(network, 1)

        def whole(name: str = name, projection: str = projection) -> None:
            if name == "communities":
                measured.divide(graph, projection, draws=0)
            else:
                ranking = "degree" if name == "co-investment" else name
                measured.measure(graph, projection, ranking, draws=0).rows(top=20)

        found["steps"][name] = cpu({"scan": partial(scan, graph, projection), "kernel": kernel, "whole": whole}, 3)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    edges = told(graph, "whole")
    network = drawn(projected("whole"), edges.keep(edges.happened))
    simple_graph: nx.Graph[str] = nx.Graph(network)
    pivots = 500 if simple_graph.number_of_edges() > 10_000 else None
    part = told(graph, "co-investment")
    members: nx.Graph[int] = nx.Graph(zip(part.source.tolist(), part.target.tolist(), strict=True))
    investors = set(part.source.tolist())
    peers: dict[str, Callable[[], object]] = {
        "pagerank": lambda: nx.pagerank(network, tol=1e-12, max_iter=1000),
        "betweenness": lambda: nx.betweenness_centrality(simple_graph, k=pivots, seed=1),
        "communities": lambda: nx.community.louvain_communities(simple_graph, seed=1),
        "co-investment": lambda: nx.bipartite.collaboration_weighted_projected_graph(members, investors),
    }
    for name, peer in peers.items():
        found["steps"][name]["networkx"] = patiently(peer)
    return found


def figure(results: dict[str, dict[str, Any]]) -> str:
    """Draw processor seconds against edges: one line for each measure and, dashed, its kernel."""
    lines = [
        drawing.Line(name if key == "whole" else "", color, points, dashed=key == "kernel")
        for name, color in zip(MEASURES, drawing.COLORS[1:], strict=False)
        for key in ("whole", "kernel")
        for points in [[(found["edges"], found["steps"][name][key]) for found in results.values()]]
    ]
    title = "Processor seconds of four measures on networks, from the store to the table, against the number of edges"
    return drawing.growth(title, "edges", "processor seconds; dashed: the kernel alone", lines, 0.0001)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time networks against their floor and against networkx.")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--figure", type=Path, help="Where to draw cost against size as SVG.")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(measure(given.one)))
        return 0
    results: dict[str, dict[str, Any]] = {}
    worst = dict.fromkeys(MEASURES, 0.0)
    print("| edges | measure | scan, s | kernels, s | whole, s | ratio | networkx, s | kernel against networkx | MB |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for size in (0, *given.sizes):
        command = [sys.executable, __file__, "--one", str(size)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        label = f"made-up, {size:,}" if size else "packaged"
        found = results[label] = json.loads(told)
        for name, step in found["steps"].items():
            ratio = step["whole"] / (step["scan"] + step["kernel"])
            worst[name] = max(worst[name], ratio)
            peer = step["networkx"]
            beside = f"{peer:.3f} | {step['kernel'] / 2 / peer:.3f}" if peer else f"over {PATIENCE} | "
            shown = " | ".join(f"{step[key]:.3f}" for key in ("scan", "kernel", "whole"))
            print(f"| {label} | {name} | {shown} | {ratio:.2f} | {beside} | {found['memory']:.0f} |", flush=True)
    if given.figure:
        given.figure.write_text(figure(results), encoding="utf-8")
    print()
    met = [
        judged(f"{name}, at its slowest size", "its scan and kernel", ratio, most=AIM) for name, ratio in worst.items()
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
