"""Reads nodes, statements and sources out of the index of an open graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from orjson import dumps, loads

from graph import dates
from graph.evidence import Account, Document
from graph.moment import NOW, Moment
from graph.store import Graph
from graph.values import ENTERING, Values
from ontology import CHUHAI, SPACE, Labels, compact, expand, in_language


class Source(NamedTuple):
    """A source document as citations show it.

    `published_by` is the latest day on which it can have been published, "" for an undated one; `copies` are
    the IRIs of the documents from which it was derived.
    """

    iri: str
    title: Labels
    url: str
    publisher: str
    publisher_label: str
    published: str
    published_by: str
    kind: str
    language: str
    repost: bool
    official: bool = False
    copies: tuple[str, ...] = ()


def latest(sources: Iterable[Source]) -> str:
    """The date, as the source gives it, of the latest of some documents; "" where none is dated."""
    dated = [source.published for source in sources if source.published]
    return max(dated, key=lambda day: (dates.parse(day).first or "", day), default="")


class Statement(NamedTuple):
    """What one source says of one node; `values` by property name, `paraphrase` by language."""

    iri: str
    source: str
    kind: str
    locator: str
    about: tuple[str, ...]
    about_type: str
    values: Values
    paraphrase: Labels
    speaker: str
    by: str
    denies: tuple[str, ...] = ()


_KEPT = 5_000
"""How many nodes and statements that were read ahead a reader keeps before it begins anew."""


class _Ahead:
    """What was read ahead of nodes and source documents, by their IRIs; `unlabelled` may name what has no label yet.

    `count` is how many nodes and statements it holds.
    """

    def __init__(self) -> None:
        self.count = 0
        self.neighbours: dict[str, list[tuple[str, str]]] = {}
        self.mentions: dict[str, list[tuple[str, str]]] = {}
        self.nodes: dict[str, Values] = {}
        self.statements: dict[str, list[Statement]] = {}
        self.sources: dict[str, Source] = {}
        self.unlabelled: list[Values] = []


class Reader:
    """Reads from one graph, as it is at present, and remembers the labels it has met."""

    def __init__(self, graph: Graph, language: str = "en", moment: Moment = NOW) -> None:
        self.graph = graph
        self.language = language
        self.moment = moment
        self._ahead = _Ahead()
        self._labels: dict[str, str] = {}
        self._terms: dict[tuple[str, str], str] = {}
        self._documents: dict[str, Document] = {}

    def _column(self, query: str, *keys: str) -> list[str]:
        return [row[0] for row in self.graph.index.execute(query, keys)]

    def _rows(self, query: str, iri: str) -> list[Any]:
        """The rows of the index for a node or a source document."""
        self.graph.fetch((iri,))
        return self.graph.index.execute(query, (iri,)).fetchall()

    def read_ahead(self, things: Iterable[str], further: bool = False) -> None:
        """Read things, what points at them or is told of with them, and all that is said of these, in few queries.

        It is kept with its labels, until there is more than _KEPT of it and other things are read that are no further
        ones.
        """
        wanted = list(things)
        new = [iri for iri in wanted if iri not in self._ahead.neighbours]
        if not new:
            return
        if not further and self._ahead.count > _KEPT:
            self._ahead, self._labels, new = _Ahead(), {}, wanted
        ahead = self._ahead
        self.graph.fetch_around(new)
        ahead.neighbours |= {iri: [] for iri in new}
        for target, name, node in self._many("target, property, node FROM links WHERE target", new):
            ahead.neighbours[target].append((name, node))
        ahead.mentions |= {iri: [] for iri in new}
        for thing, statement, about in self._many("thing, statement, about FROM mentions WHERE thing", new):
            ahead.mentions[thing].append((statement, about))
        near = {node for iri in new for _, node in ahead.neighbours[iri]}
        told = {about for iri in new for _, about in ahead.mentions[iri]}
        self.graph.fetch(sorted(told))
        self._read_nodes({*new, *near, *told} - ahead.nodes.keys())

    def _read_nodes(self, iris: set[str]) -> None:
        """Read nodes, the statements about them, and the sources of these."""
        ahead = self._ahead
        held = _decoded(self._many("iri, held FROM nodes WHERE iri", iris))
        ahead.nodes |= {**{iri: {} for iri in iris}, **{iri: _values(values) for iri, values in held}}
        rows = self._many("about, iri, said FROM statements WHERE about", iris)
        said = {iri: _statement(iri, told) for iri, told in _decoded({iri: told for _, iri, told in rows}.items())}
        ahead.count += len(iris) + len(said)
        ahead.statements |= {iri: [] for iri in iris}
        for about, iri, _ in rows:
            ahead.statements[about].append(said[iri])
        sources = {s.source for s in said.values()} - ahead.sources.keys()
        documents = _decoded(self._many("iri, document FROM sources WHERE iri", sources))
        ahead.unlabelled += [*(ahead.nodes[iri] for iri in iris), *(s.values for s in said.values())]
        ahead.unlabelled.append({"publisher": tuple(document["publisher"] for _, document in documents)})
        ahead.sources |= {iri: self._source(iri, document) for iri, document in documents}

    def _read_labels(self) -> None:
        """Read the labels of all that is named in what was read ahead."""
        told, self._ahead.unlabelled = self._ahead.unlabelled, []
        named = {*chain.from_iterable(chain.from_iterable(values.values() for values in told))}
        unread = {iri for iri in named - self._labels.keys() if iri.startswith(SPACE)}
        self._labels |= {iri: compact(iri) for iri in unread}
        for iri, texts in _decoded(self._many("iri, texts FROM labels WHERE role = 'label' AND iri", unread)):
            self._labels[iri] = in_language(texts, self.language) or compact(iri)

    def _many(self, columns: str, iris: Iterable[str]) -> list[Any]:
        """The rows of the index for some nodes or source documents, in the order of their keys."""
        wanted = sorted(iris)
        if not wanted:
            return []
        query = f"SELECT {columns} IN (SELECT value FROM json_each(?)) ORDER BY {columns.partition(' FROM ')[0]}"
        return self.graph.index.execute(query, (dumps(wanted).decode(),)).fetchall()

    def label(self, iri: str) -> str:
        """The label of a thing or concept in the reader's language, else its short form."""
        if iri not in self._labels:
            self._read_labels()
        if iri not in self._labels:
            self._labels[iri] = in_language(self.labels(iri), self.language) or compact(iri)
        return self._labels[iri]

    def labels(self, iri: str, role: str = "label") -> Labels:
        """Labels (or captions) by language."""
        found = self._column("SELECT texts FROM labels WHERE iri = ? AND role = ?", iri, role)
        labels: Labels = loads(found[0]) if found else {}
        return labels

    def labelled(self, iris: Iterable[str]) -> set[str]:
        """Those of some things, events or concepts that have a label."""
        return {iri for (iri,) in self._many("iri FROM labels WHERE role = 'label' AND iri", iris)}

    def kind(self, type_name: str) -> str:
        """The label of a class in the reader's language."""
        return self._term(type_name, "label")

    def caption(self, type_name: str) -> str:
        """The short word under which nodes of a class are listed, in the reader's language."""
        return self._term(type_name, "caption") or self.kind(type_name)

    def _term(self, name: str, role: str) -> str:
        if (name, role) not in self._terms:
            self._terms[name, role] = in_language(self.labels(CHUHAI + name, role), self.language)
        return self._terms[name, role]

    def containing(self, place: str) -> frozenset[str]:
        """The IRIs of the place and of every place that it lies within."""
        found: set[str] = set()
        todo = [place]
        while todo:
            iri = todo.pop()
            if iri not in found:
                found.add(iri)
                todo.extend(self.node(iri).get("within", ()))
        return frozenset(found)

    def node(self, iri: str) -> Values:
        """The resolved values of a node, by property name; its class under "type"."""
        if (kept := self._ahead.nodes.get(iri)) is not None:
            return kept
        found = self._rows("SELECT held FROM nodes WHERE iri = ?", iri)
        return _values(loads(found[0][0])) if found else {}

    def neighbours(self, iri: str) -> list[tuple[str, str]]:
        """Resolved nodes that point at `iri`: pairs of property name and node IRI, sorted."""
        if (kept := self._ahead.neighbours.get(iri)) is not None:
            return kept
        query = "SELECT property, node FROM links WHERE target = ? ORDER BY property, node"
        found = self._rows(query, iri)
        self.graph.fetch(node for _, node in found)
        return found

    def statements(self, iri: str) -> list[Statement]:
        """Every statement about a node, by source and key."""
        if (kept := self._ahead.statements.get(iri)) is not None:
            return kept
        query = "SELECT iri, said FROM statements WHERE about = ? ORDER BY iri"
        return [_statement(found, loads(said)) for found, said in self._rows(query, iri)]

    def told(self, iri: str) -> list[Statement]:
        """The statements about a node that report it as a fact or figure."""
        return [s for s in self.statements(iri) if s.kind in ENTERING]

    def documents(self, iri: str) -> list[str]:
        """The sources that report a node, or those nodes from which it was derived, as fact or figure; sorted."""
        origins = (iri, *self.node(iri).get("wasDerivedFrom", ()))
        return sorted({s.source for origin in origins for s in self.told(origin)})

    def accounts(self, iri: str) -> list[Account]:
        """What the rules of resolution have to go by at one node."""
        return [
            Account(s.iri, self.document(s.source), iri, s.about_type, s.kind, s.values)
            for s in self.told(iri)
            if s.about_type
        ]

    def document(self, iri: str) -> Document:
        """What the rules of resolution need to know of a source."""
        if iri not in self._documents:
            source = self.source(iri)
            ancestors = {iri}
            todo = list(self.copies(iri))
            while todo:
                if (parent := todo.pop()) not in ancestors:
                    ancestors.add(parent)
                    todo.extend(self.copies(parent))
            publisher = expand(source.publisher)
            self._documents[iri] = Document(iri, publisher, source.published_by, source.official, frozenset(ancestors))
        return self._documents[iri]

    def known(self, source: str) -> bool:
        """Whether a document, by its IRI, had been published; at present, each is."""
        return True

    def copies(self, iri: str) -> tuple[str, ...]:
        """The IRIs of the documents from which one was derived."""
        return self.source(iri).copies

    def decisions(self) -> dict[tuple[str, str], str]:
        """The statements that the editors chose, by node and property name."""
        rows = self.graph.index.execute("SELECT about, property, statement FROM decisions")
        return {(about, name): statement for about, name, statement in rows}

    def reason(self, node: str, name: str) -> str:
        """Why the editors decided on a property of a node, in the reader's language; "" where they did not."""
        query = "SELECT reasons FROM decisions WHERE about = ? AND property = ?"
        found = self._column(query, node, name)
        return in_language(loads(found[0]), self.language) if found else ""

    def was_said(self, statement: Statement) -> bool:
        """Whether a rumour, denial, argument or remark is to be told of; of the present, each is."""
        return True

    def told_with(self, iri: str) -> list[str]:
        """What the statements are about that name a thing in one of their values, by source and key."""
        return [about for _, about in self._mentions(iri)]

    def _mentions(self, iri: str) -> list[tuple[str, str]]:
        """The statements that name a thing in one of their values, and what each is about; sorted."""
        if (kept := self._ahead.mentions.get(iri)) is not None:
            return kept
        found = self._rows("SELECT statement, about FROM mentions WHERE thing = ? ORDER BY statement, about", iri)
        self.graph.fetch(about for _, about in found)
        return found

    def unresolved(self) -> list[str]:
        """What statements are about that no fact tells of: IRIs of what is only rumoured, denied or argued of."""
        self.graph.check_whole()
        query = "SELECT DISTINCT about FROM statements WHERE about NOT IN (SELECT iri FROM nodes) ORDER BY about"
        return self._column(query)

    def told_by(self) -> dict[str, int]:
        """How many statements each source makes, by its IRI."""
        self.graph.check_whole()
        query = """SELECT substr(iri, 1, instr(iri, '#') - 1), COUNT(DISTINCT iri) FROM statements GROUP BY 1"""
        return dict(self.graph.index.execute(query))

    def said_by(self, source: str) -> list[Statement]:
        """Every statement of a source, by key."""
        self.graph.check_whole()
        query = "SELECT DISTINCT iri, said FROM statements WHERE iri > ? AND iri < ? ORDER BY iri"
        rows = self.graph.index.execute(query, (source + "#", source + "$"))
        return [_statement(found, loads(said)) for found, said in rows]

    def latest(self, documents: Iterable[str]) -> str:
        """The date of the latest of some documents, by their IRIs, as `latest` gives it."""
        return latest(map(self.source, documents))

    def source(self, iri: str) -> Source:
        """One source document."""
        if (kept := self._ahead.sources.get(iri)) is not None:
            return kept
        ((found,),) = self._rows("SELECT document FROM sources WHERE iri = ?", iri)
        return self._source(iri, loads(found))

    def sources(self) -> Iterator[Source]:
        """Every source document, by IRI."""
        self.graph.check_whole()
        for iri, document in self.graph.index.execute("SELECT iri, document FROM sources ORDER BY iri").fetchall():
            yield self._source(iri, loads(document))

    def _source(self, iri: str, document: dict[str, Any]) -> Source:
        publisher = document["publisher"]
        return Source(
            iri=compact(iri),
            title=document["title"],
            url=document["url"],
            publisher=compact(publisher),
            publisher_label=self.label(publisher),
            published=document["published"],
            published_by=document["published_by"],
            kind=document["kind"],
            language=document["language"],
            repost=document["repost"],
            official=document["official"],
            copies=tuple(document["copies"]),
        )


def _decoded(rows: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    """Rows of an IRI and JSON, with what that holds."""
    iris, texts = zip(*rows, strict=True) if rows else ((), ())
    return list(zip(iris, loads(f"[{','.join(texts)}]"), strict=True))


def _values(held: dict[str, list[str]]) -> Values:
    return {name: tuple(each) for name, each in held.items()}


def _statement(iri: str, said: dict[str, Any]) -> Statement:
    return Statement(
        iri=iri,
        source=iri.partition("#")[0],
        kind=said["statementKind"],
        locator=said["locator"],
        about=tuple(said["about"]),
        about_type=said["aboutType"],
        values=_values(said["values"]),
        paraphrase=said["paraphrase"],
        speaker=said["speaker"],
        by=said["by"],
        denies=tuple(said["denies"]),
    )
