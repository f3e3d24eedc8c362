"""From facts and imports to a graph: what is said by source, the register, decisions, and the resolved graph.

What is said goes subject by subject to the store and to the index, is read there again node by node, and what holds
is written in the same way; so memory does not grow with the statements. The same facts give the same quads and the
same rows, whatever the hash seed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph import load as loading
from graph import resolved
from graph.crosschecks import check
from graph.errors import ChuhaiError
from graph.folder import FOLDER
from graph.garbage import uncollected
from graph.identities import Match, Renaming, decided, identities
from graph.imports import Import, LeftOut, imports, left_out
from graph.index import Index
from graph.lines import ordered, subjects
from graph.load import Facts
from graph.loader import Loader
from graph.quads import lines
from graph.resolve import Node
from graph.resolved import Add
from ontology import REGISTER, SOURCE


@dataclass(frozen=True)
class Built:
    """Facts built in memory, without imports: every quad, the resolved nodes, the facts, and their index."""

    quads: list[Quad]
    nodes: list[Node]
    facts: Facts
    index: Index


def build(folder: Path = FOLDER, only: Collection[str] | None = None) -> Built:
    """Build the graph of the facts in memory, without imports.

    Args:
        folder: of facts.
        only: slugs of the sources to use; all when None.

    Returns:
        Quads of source, register, editorial, ontology and resolved graphs.

    Raises:
        DataError: if any fact is wrong.
    """
    with uncollected():
        facts = loading.load(folder, only)
        index, said = Index(":memory:"), list[str]()
        _tell(index, facts, [], Renaming({}), said.extend)
        nodes = list(resolved.nodes(index))
        resolved.write(index, nodes, said.extend)
        index.finish()
        index.commit()
        return Built(list(parse("".join(said), format=RdfFormat.N_QUADS)), nodes, facts, index)


def write(
    folder: Path, store: Store, index: Index, only: Collection[str] | None = None, kept: Path | None = None
) -> list[LeftOut]:
    """Build the graph of the facts and their imports into a store and an index.

    Args:
        folder: of facts.
        store: an empty one.
        index: a new one; it remains to commit it.
        only: slugs of the sources to use, and no import; all when None.
        kept: the file in which the checked facts are kept, if they are.

    Returns:
        What of the imports could not enter.

    Raises:
        DataError: if any fact is wrong.
        OSError: if it cannot be written.
    """
    with uncollected():
        facts = loading.load_kept(folder, kept) if kept else loading.load(folder, only)
        brought, wrong = _readable(facts, [] if only is not None else imports(folder))
        index.leave_out(wrong)
        rename = Renaming(_identities(folder, facts, brought))
        with Loader(store) as loader:
            _tell(index, facts, brought, rename, loader.add)
            resolved.write(index, resolved.nodes(index), loader.add)
            loader.end()
            index.finish()
        left = [*left_out(index.connection)]
        for each in left:
            for quad in store.quads_for_pattern(NamedNode(each.statement), None, None, None):
                store.remove(quad)
        return left


def _readable(facts: Facts, found: Iterable[Import]) -> tuple[list[Import], list[LeftOut]]:
    """The imports that can be read, and why others cannot."""
    readable, wrong = [], []
    for each in found:
        try:
            if SOURCE + each.slug in facts.origin:
                raise ChuhaiError("a source of the facts has its name")
            each.check()
        except ChuhaiError as error:
            wrong.append(LeftOut(SOURCE + each.slug, str(error), each.slug))
        else:
            readable.append(each)
    return readable, wrong


def _identities(folder: Path, facts: Facts, brought: Iterable[Import]) -> dict[str, str]:
    matches = [
        Match(thing["id"], identifier)
        for document in facts.documents
        if document["@id"] == REGISTER
        for thing in document["@graph"]
        for identifier in thing.get("exactMatch", ())
    ]
    brings = (match for each in brought for match in each.matches())
    return identities(chain(matches, brings), facts.origin.keys(), decided(folder))


def _lines(facts: Facts) -> Iterator[str]:
    for document in facts.documents:
        for node in document["@graph"]:
            for line in lines(node, document["@id"]):
                yield line + "\n"


def _tell(index: Index, facts: Facts, brought: Collection[Import], rename: Renaming, add: Add) -> None:
    _take(index, _lines(facts), rename, add)
    for each in brought:
        with each.statements.open(encoding="utf-8", newline="\n") as file:
            _take(index, file, rename, add)
    index.told(resolved.places())
    check(index, facts.origin, bool(brought))
    if left := {each.statement for each in left_out(index.connection) if not each.slug}:
        for one in brought:
            index.credit(one.slug, one.told(left))


def _take(index: Index, lines: Iterable[str], rename: Renaming, add: Add) -> None:
    for subject in map(rename, subjects(lines)):
        index.tell(subject)
        if subject.graph != REGISTER:  # several may tell of one thing, which is written once
            add(subject.lines)


def n_quads(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The lines of sorted N-Quads: the same graph gives the same bytes."""
    return (line.encode() for line in ordered(f"{quad} .\n" for quad in quads))
