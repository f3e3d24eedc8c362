"""The graph as a network for GraphML and GEXF: things as nodes, what happened or held between two of them as edges.

Which classes are edges, and between what, is what the ontology's edge hints say. Nodes have type, labels, first and
last day, and number of sources; edges have type, label, node behind them, first and last day, words of the date,
status, number of sources, and whether they are disputed. In GEXF the days are spells as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from graph.counts import counted
from graph.reading import Reader
from graph.sinks.about import Export
from graph.sinks.part import things
from graph.terminal import clean
from graph.values import text
from ontology import compact, expand, in_language, local, vocabulary

Attributes = Mapping[str, str | int | bool]

_TYPES: dict[type, tuple[str, str]] = {str: ("string", "string"), int: ("int", "integer"), bool: ("boolean", "boolean")}
"""The names of the types of attributes in GraphML and in GEXF."""

_NODE = {
    "type": str, "label": str, "label_en": str, "label_zh": str, "not_before": str, "not_after": str, "sources": int,
}  # fmt: skip
_EDGE = {
    "type": str, "label": str, "node": str, "not_before": str, "not_after": str, "date_text": str, "status": str,
    "sources": int, "disputed": bool,
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Tie(NamedTuple):
    """One edge: an identifier of its own, its ends as `kind/slug`, what it says."""

    id: str
    source: str
    target: str
    values: Attributes


def nodes(export: Export) -> Iterator[tuple[str, Attributes]]:
    """Every thing with its attributes, by identifier."""
    from graph.sinks.networks import dates

    reader = Reader(export.graph, export.about.language)
    for iri in things(export.graph):
        labels = reader.labels(iri)
        near = [node for _, node in reader.neighbours(iri)]
        yield (
            compact(iri),
            {
                "type": local(reader.node(iri)["type"][0]),
                "label": in_language(labels, reader.language) or compact(iri),
                **{key: labels[tag] for tag, key in (("en", "label_en"), ("zh-hans", "label_zh")) if tag in labels},
                **dates(reader, near),
                "sources": len({source for node in (iri, *near) for source in reader.documents(node)}),
            },
        )


def edges(export: Export) -> Iterator[Tie]:
    """Every edge with its attributes, by class and node; a node with several ends gives several edges."""
    from graph.arrays import every
    from graph.networks import listed
    from graph.sinks.networks import dates

    reader = Reader(export.graph, export.about.language)
    words, before = vocabulary(), ""
    for edge in listed(export.graph, every()):
        hint, iri = words.classes[edge.relation].edge, expand(edge.node)
        values = reader.node(iri)
        said = {"date_text": text(values, "dateText"), "status": local(text(values, "status") or "")}
        yield Tie(
            f"{edge.node} {edge.target}" if edge.node == before else edge.node,
            edge.source,
            edge.target,
            {
                "type": edge.relation,
                "label": in_language(hint.caption, reader.language) if hint else "",
                "node": edge.node,
                **dates(reader, [edge.node]),
                **{name: each for name, each in said.items() if each},
                "sources": len(reader.documents(iri)),
                "disputed": edge.disputed,
            },
        )
        before = edge.node


def graphml(export: Export, out: IO[bytes]) -> str:
    """GraphML (Brandes et al., "GraphML Progress Report", 2001), a directed multigraph."""
    return _write(out, _graphml(export), export.about.language)


def gexf(export: Export, out: IO[bytes]) -> str:
    """GEXF 1.2, dynamic: an event lasts for the days on which it can have happened, a situation as long as it can."""
    return _write(out, _gexf(export), export.about.language)


def _write(out: IO[bytes], lines: Iterable[str], language: str) -> str:
    counts = {"<node ": 0, "<edge ": 0}
    for line in lines:
        out.write(line.encode() + b"\n")
        if line[:6] in counts:
            counts[line[:6]] += 1
    return counted({"node": counts["<node "], "edge": counts["<edge "]}, language)


def _graphml(export: Export) -> Iterator[str]:
    yield "<?xml version='1.0' encoding='utf-8'?>"
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    said = _about(export)
    for domain, attributes in (("graph", dict.fromkeys(said, str)), ("node", _NODE), ("edge", _EDGE)):
        for name, kind in attributes.items():
            yield f'<key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{_TYPES[kind][0]}"/>'
    yield '<graph id="chuhai" edgedefault="directed">'
    yield from _data("graph", said)
    for name, values in nodes(export):
        yield f"<node id={_quoted(name)}>"
        yield from _data("node", values)
        yield "</node>"
    for tie in edges(export):
        yield f"<edge id={_quoted(tie.id)} source={_quoted(tie.source)} target={_quoted(tie.target)}>"
        yield from _data("edge", tie.values)
        yield "</edge>"
    yield "</graph>\n</graphml>"


def _data(domain: str, values: Attributes) -> Iterator[str]:
    for name, value in values.items():
        yield f'<data key="{domain}-{name}">{escape(_text(value))}</data>'


def _gexf(export: Export) -> Iterator[str]:
    yield "<?xml version='1.0' encoding='utf-8'?>"
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    description = escape(_text(_about(export)["description"]))
    yield f"<meta><creator>Chuhai</creator><description>{description}</description></meta>"
    yield '<graph mode="dynamic" timeformat="date" defaultedgetype="directed">'
    for domain, attributes in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{domain}" mode="static">'
        for name, kind in attributes.items():
            if name != "label":
                yield f'<attribute id="{domain}-{name}" title="{name}" type="{_TYPES[kind][1]}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for name, values in nodes(export):
        yield f"<node id={_quoted(name)} label={_quoted(values['label'])}>"
        yield from _attvalues("node", values)
        yield "</node>"
    yield "</nodes>\n<edges>"
    for tie in edges(export):
        ends = f"source={_quoted(tie.source)} target={_quoted(tie.target)}"
        yield f"<edge id={_quoted(tie.id)} {ends} label={_quoted(tie.values['label'])}>"
        yield from _attvalues("edge", tie.values)
        yield "</edge>"
    yield "</edges>\n</graph>\n</gexf>"


def _attvalues(domain: str, values: Attributes) -> Iterator[str]:
    yield "<attvalues>"
    for name, value in values.items():
        if name != "label":
            yield f'<attvalue for="{domain}-{name}" value={_quoted(value)}/>'
    yield "</attvalues>"
    ends = {"start": values.get("not_before"), "end": values.get("not_after")}
    if spell := "".join(f' {end}="{day}"' for end, day in ends.items() if day):
        yield f"<spells><spell{spell}/></spells>"


def _about(export: Export) -> dict[str, str]:
    """What the file says of itself: a network never holds the evidence, so it is always a part."""
    about = export.about.limited("edges")
    said = {"description": ". ".join(about.lines()), "version": about.version}
    return {key: value for key, value in said.items() if value}


def _quoted(value: str | int | bool) -> str:
    return quoteattr(_text(value))


def _text(value: str | int | bool) -> str:
    """A value in XML: truth as true and false, no character that steers or that XML does not know."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("", clean(str(value)))
