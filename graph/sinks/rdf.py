"""The graph as RDF: N-Quads and TriG with every graph, Turtle of what holds; equal graphs give equal files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.counts import counted
from graph.lines import ordered
from graph.sinks.about import EXPORT, About, Export
from graph.terms import iri
from ontology import EDITORIAL, ONTOLOGY, PREFIXES, REGISTER, RESOLVED, SOURCE


def n_quads(export: Export, out: IO[bytes]) -> str:
    """Every quad, sorted by line: what `chuhai build --output` writes, but for decimals, which stores shorten."""
    if export.about.limits:
        out.write(_header(export.about))
    count = 0
    for line in ordered(f"{quad} .\n" for quad in _quads(export)):
        out.write(line.encode())
        count += 1
    return counted({"quad": count}, export.about.language)


def trig(export: Export, out: IO[bytes]) -> str:
    """Every quad, graph by graph."""
    out.write(_header(export.about))
    return counted({"quad": _serialize(by_graph(export), out, RdfFormat.TRIG)}, export.about.language)


def turtle(export: Export, out: IO[bytes]) -> str:
    """What is held to be so and the register; with `evidence` the documents, statements and decisions as well."""
    about = export.about.limited("evidence" if export.evidence else "resolved")
    out.write(_header(about))
    named = {RESOLVED, REGISTER, *([EDITORIAL] if export.evidence else [])}
    held = (
        Triple(q.subject, q.predicate, q.object)
        for q in export.graph.quads
        if (name := iri(q.graph_name)) in named or (export.evidence and name.startswith(SOURCE))
    )
    lines = ordered(f"{triple} .\n" for triple in chain(held, about.triples()))
    triples = (Triple(q.subject, q.predicate, q.object) for q in _parsed(lines, RdfFormat.N_TRIPLES))
    return counted({"triple": _serialize(triples, out, RdfFormat.TURTLE)}, export.about.language)


def by_graph(export: Export) -> Iterator[Quad]:
    """Every quad by the name of its graph, then by its subject, predicate and object."""
    lines = ordered(f"{quad.graph_name}\t{quad} .\n" for quad in _quads(export))
    return _parsed((line.partition("\t")[2] for line in lines), RdfFormat.N_QUADS)


def _quads(export: Export) -> Iterator[Quad]:
    """The quads of the whole graph; those of a part without the ontology, and with what it says of itself."""
    if not export.about.limits:
        yield from export.graph.quads
        return
    yield from (quad for quad in export.graph.quads if iri(quad.graph_name) != ONTOLOGY)
    yield from (Quad(t.subject, t.predicate, t.object, NamedNode(EXPORT)) for t in export.about.triples())


def _header(about: About) -> bytes:
    lines = "\n".join(about.lines()).splitlines()
    return "".join(f"# {line}\n" for line in lines).encode()


def _serialize(items: Iterable[Quad] | Iterable[Triple], out: IO[bytes], form: RdfFormat) -> int:
    """Write quads or triples as they come, and count them."""
    count = 0

    def counted() -> Iterator[Quad | Triple]:
        nonlocal count
        for item in items:
            count += 1
            yield item

    serialize(counted(), out, format=form, prefixes=PREFIXES)  # type: ignore[arg-type]  # all of one kind
    return count


def _parsed(lines: Iterable[str], form: RdfFormat) -> Iterator[Quad]:
    with TemporaryFile() as spool:
        spool.writelines(line.encode() for line in lines)
        spool.seek(0)
        yield from parse(spool, format=form)
