"""Reads RDF of our own model: an export of source graphs and register, entry by entry.

Each entry becomes what a fact file would hold, goes through the same checks, and has to give the very quads that it
was read from; so nothing enters that a fact file could not say. What is derived (the resolved graph, the ontology) is
left to the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph import dates, entries, load
from graph.entries import ENDS, SPANS, Checker
from graph.quads import lines
from graph.sources.cells import CellError
from graph.sources.reasons import Reason
from graph.sources.spool import Given
from graph.terms import iri
from graph.yamlfile import Record
from ontology import (
    CONCEPT,
    EDITORIAL,
    ID,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    REGISTER,
    RESOLVED,
    SOURCE,
    compact,
    context,
    local,
    vocabulary,
)

_REFERENCES = frozenset({"about", "by", "copyOf", "publisher"})
_FIGURES = ("amount", "threshold", "count", "outOf", "share", "position")


def entries_of(store: Store) -> Iterator[Given | tuple[int, Reason]]:
    """What each entry of an export gives; for one that cannot enter, its number and why."""
    number = 0
    graphs = sorted(iri(graph) for graph in store.named_graphs())
    for name in graphs:
        if name in (RESOLVED, ONTOLOGY):
            continue
        for _, group in groupby(store.quads_for_pattern(None, None, None, NamedNode(name)), key=lambda q: q.subject):
            number += 1
            try:
                yield _entry(number, name, list(group))
            except CellError as error:
                yield number, error.reason
    if not graphs:
        yield 1, Reason("no graphs")


def _entry(number: int, graph: str, quads: list[Quad]) -> Given:
    """One subject of one graph."""
    subject = iri(quads[0].subject)
    node = _node(quads)
    kind = (node.get("type") or [""])[0]
    checker = Checker("", vocabulary())
    found = Given(number, f"{graph} {subject}", f"{graph} {subject}", (), [], [], [])
    if graph == REGISTER:
        checked = load.thing(_thing(subject, node), checker, ())
        found.told.append((subject, kind, True))
    elif graph == EDITORIAL:
        raise CellError("editorial")
    elif not graph.startswith(SOURCE):
        raise CellError("other graph", graph=graph)
    elif kind == "Source":
        checked = load.document(_document(node), graph[len(SOURCE) :], checker)
        found.told.append((subject, "", False))
    else:
        record = _statement(subject, node)
        checked = entries.statement(record, graph[len(SOURCE) :], checker)
        found.told.append((subject, "", False))
        if checked and isinstance(about := checked.get("about"), str) and "type" in record:
            found.tells_of(about, record["type"])
    if checker.findings:
        finding = f"{checker.findings[0].problem}; {checker.findings[0].remedy}"
        raise CellError("finding of a thing", thing=compact(subject), finding=finding)
    before = sorted(f"{quad} ." for quad in quads)
    after = lines(checked, graph) if checked else []
    if before != after:
        odd = next(iter(set(before) ^ set(after)))
        raise CellError("not told by facts", thing=compact(subject), said=odd[:200])
    found.needs.extend(reference.iri for reference in checker.references)
    found.blocks.append((subject, "\n".join(after)))
    return found


@cache
def _terms() -> dict[str, str]:
    """Short names of the context by the IRI of their property."""
    found = {}
    for name, term in context().items():
        if isinstance(term, dict):
            prefix, _, rest = term["@id"].partition(":")
            found[PREFIXES[prefix] + rest] = name
    return found


def _node(quads: list[Quad]) -> dict[str, list[str]]:
    """The values of a subject by short name; texts with a language as `name@language`."""
    node: dict[str, list[str]] = {}
    for quad in quads:
        predicate, term = iri(quad.predicate), quad.object
        name = "type" if predicate == RDF_TYPE else _terms().get(predicate)
        if name is None or not isinstance(term, Literal | NamedNode):
            raise CellError("no such property", thing=str(quad.subject), property=predicate)
        if isinstance(term, Literal) and term.language:
            name = f"{name}@{term.language}"
        value = local(term.value) if name == "type" else term.value
        node.setdefault(name, []).append(value)
    return {name: sorted(values) for name, values in sorted(node.items())}


def _languages(node: dict[str, list[str]], record: Record) -> None:
    """Move the texts with a language to where a fact file has them."""
    for name in [name for name in node if "@" in name]:
        key, _, language = name.partition("@")
        texts = record.setdefault(key, Record(0))
        texts[language] = values[0] if len(values := node.pop(name)) == 1 else values
        texts.lines[language] = 0


def _thing(subject: str, node: dict[str, list[str]]) -> Record:
    record = Record(0)
    record["id"] = subject.removeprefix(ID)
    _languages(node, record)
    node.pop("type")
    return _rest(node, record)


def _document(node: dict[str, list[str]]) -> Record:
    record = Record(0)
    _languages(node, record)
    for name in ("type", "notBefore", "notAfter"):
        node.pop(name, None)
    record["kind"] = local(node.pop("sourceKind", [""])[0])
    record["published"] = node.pop("published", ["undated"])[0]
    return _rest(node, record)


def _statement(subject: str, node: dict[str, list[str]]) -> Record:
    """A statement as an entry of a fact file."""
    record = Record(0)
    _languages(node, record)
    node.pop("type")
    record["key"] = subject.rpartition("#")[2]
    record["kind"] = local(node.pop("statementKind", [""])[0])
    record["at"] = node.pop("locator", [""])[0]
    if kinds := node.pop("aboutType", []):
        record["type"] = local(kinds[0])
    if denied := node.pop("denies", []):
        record["denies"] = [d[len(SOURCE) :] if d.startswith(SOURCE) and "#" in d else compact(d) for d in denied]
    for key, ends in SPANS.items():
        days = [node.pop(end, [None])[0] for end in ends]
        if any(days):
            record[key] = dates.expression(dates.Span(*days))
    for name, key in (("dateText", "words"), ("statusBy", "statusOn")):
        if name in node:
            record[key] = node.pop(name)[0]
    currency = node.pop("currency", [""])[0]
    for key in _FIGURES:
        if key in node:
            qualifier = local(node.pop(f"{key}Qualifier", [""])[0])
            code = currency if key in ("amount", "threshold") else ""
            record[key] = " ".join(filter(None, (qualifier, code, node.pop(key)[0])))
    for key, names in ENDS.items():
        for name in names:
            if name in node:
                record[key] = compact(node.pop(name)[0])
    return _rest(node, record)


def _rest(node: dict[str, list[str]], record: Record) -> Record:
    """The values that need no other form than the short one."""
    properties = vocabulary().properties
    for name, values in node.items():
        prop = properties.get(name)
        several = values
        if prop is not None and prop.scheme is not None:
            several = [value.removeprefix(CONCEPT) for value in values]
        elif name in _REFERENCES or (prop is not None and prop.is_object):
            several = [compact(value) if value.startswith((ID, SOURCE)) else value for value in values]
        record[name] = several[0] if len(several) == 1 else several
    return record
