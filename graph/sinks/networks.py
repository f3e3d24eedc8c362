"""A network as a file: GraphML, GEXF, node-link JSON, or its edges as CSV, by networkx's own writers.

Nodes have labels in English and Chinese, their kind and side; edges have weight, whether they hang on disputed
nodes alone, the nodes behind them, and the first and last day that these allow. Nothing depends on the clock.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.counts import counted
from graph.errors import UsageError
from graph.files import write_bytes
from graph.moment import DATED_BY, with_dates_of
from graph.networks import project
from graph.opened import Opened
from graph.projections import PROJECTIONS, Words
from graph.reading import Reader
from graph.terminal import clean
from graph.values import Values, text
from graph.writers import Table
from graph.writers import write as write_table
from ontology import expand, in_language

if TYPE_CHECKING:
    import networkx as nx


def write(opened: Opened, name: str, path: Path) -> str:
    """Write a network and say what was written; the file is whole or is not there.

    Args:
        opened: an open graph; its moment and language hold.
        name: a key of projections.PROJECTIONS.
        path: ends in a key of FORMATS.

    Raises:
        UsageError: for another ending, or an unknown network.
        OSError: if the file cannot be written.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path}: a network is written as one of: {', '.join(FORMATS)}")
    graph = described(opened, name)
    write_bytes(path, form(graph))
    held = counted({"node": graph.number_of_nodes(), "edge": graph.number_of_edges()}, opened.language)
    return f"{path}: {Words(f'{held} of {name}', f'{name}：{held}').of(opened.language)}"


def described(opened: Opened, name: str) -> nx.Graph[str]:
    """A network with labels and dates as attributes: text without control characters, days as YYYY-MM-DD.

    Raises:
        UsageError: for an unknown network.
    """
    graph = project(opened.whole, name).copy()
    reader = Reader(opened.whole, opened.language)
    graph.graph |= {
        "name": name,
        "summary": PROJECTIONS[name].summary.of(opened.language),
        "weight": PROJECTIONS[name].weight.of(opened.language),
        "moment": opened.moment.words(opened.language),
    }
    for node, values in graph.nodes(data=True):
        labels = reader.labels(expand(node.partition(" ")[0]))
        values["label"] = clean(in_language(labels, opened.language) or node)
        for language, key in (("en", "label_en"), ("zh-hans", "label_zh")):
            if language in labels:
                values[key] = clean(labels[language])
    for *_, node, values in _edges(graph):
        values.update(dates(reader, [node] if node else values["nodes"].split()))
    return graph


def _edges(graph: Any) -> list[tuple[str, str, str, dict[str, Any]]]:
    """The ends of each edge, the node that it stands for in a multigraph, and its attributes."""
    if graph.is_multigraph():
        return list(graph.edges(data=True, keys=True))
    return [(source, target, "", values) for source, target, values in graph.edges(data=True)]


def dates(reader: Reader, nodes: Iterable[str]) -> dict[str, str]:
    """The first and the last day that the dates of some nodes allow, where there are any."""
    dated = [_dated(reader, expand(node)) for node in nodes]
    first = [day for values in dated for name in ("notBefore", "validFrom") if (day := text(values, name))]
    last = [day for values in dated for name in ("notAfter", "validTo") if (day := text(values, name))]
    return {**({"not_before": min(first)} if first else {}), **({"not_after": max(last)} if last else {})}


def _dated(reader: Reader, iri: str) -> Values:
    values = reader.node(iri)
    return with_dates_of(values, [reader.node(each) for name in DATED_BY for each in values.get(name, ())])


def _graphml(graph: nx.Graph[str]) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(graph, out)
    return out.getvalue()


def _gexf(graph: nx.Graph[str]) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(graph, out)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


def _node_link(graph: nx.Graph[str]) -> bytes:
    import networkx as nx

    return (json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n").encode()


def _edge_list(graph: nx.Graph[str]) -> bytes:
    keys = ("relation",) if graph.is_multigraph() else ()
    names = ("weight", "disputed", *keys, "nodes", "not_before", "not_after")
    rows = [
        [
            *(source, target),
            *(graph.nodes[end].get(label) for label in ("label_en", "label_zh") for end in (source, target)),
            *({"nodes": node, **values}.get(name) for name in names),
        ]
        for source, target, node, values in _edges(graph)
    ]
    labels = [f"{end}_{label}" for label in ("label_en", "label_zh") for end in ("source", "target")]
    return write_table(Table(["source", "target", *labels, *names], rows), "csv").encode()


FORMATS: dict[str, Callable[[Any], bytes]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".json": _node_link,
    ".csv": _edge_list,
}
"""Every format by the ending of a file."""
