"""Gathers what the explorer's page shows out of an open graph."""

from __future__ import annotations

import math
from collections import Counter

from graph import dates, limits, names, phrases
from graph.explorer.layout import positions
from graph.explorer.view import Edge, Node, Relation, Source, Statement, Type, View
from graph.networks import every_edge
from graph.reading import Reader
from graph.reading import Statement as Told
from graph.store import Graph
from ontology import expand, in_language, vocabulary

_SMALLEST, _LARGEST = 8.0, 20.0


def gather(graph: Graph, language: str = "en", seed: int = 1) -> View:
    """The view of a whole graph: every thing that takes part in an edge, and every edge.

    Args:
        graph: an open graph.
        language: "en" or "zh-hans", in which the page opens.
        seed: of the layout.

    A graph of more things than one page draws well gives those that moved and where to, and its best connected
    ones, and says so.
    """
    return _Gatherer(graph, language).view(seed)


class _Gatherer:
    def __init__(self, graph: Graph, language: str) -> None:
        self.graph = graph
        self.reader = Reader(graph, language)
        self.statements: dict[str, int] = {}
        self.told: list[Statement] = []
        self.sources: dict[str, int] = {}

    def view(self, seed: int) -> View:
        words = vocabulary()
        found = every_edge(self.graph)
        degree = Counter(end for edge in found for end in (edge.source, edge.target))
        moving = {end for edge in found if edge.relation == "HeadquartersMove" for end in (edge.source, edge.target)}
        ranked = sorted(degree, key=lambda thing: (thing not in moving, -degree[thing], thing))
        kept = set(ranked[: limits.EXPLORER_NODES])
        things = sorted(kept)
        found = [edge for edge in found if edge.source in kept and edge.target in kept]
        places = positions(things, [(e.source, e.target) for e in found], seed)
        drawn = {name for name, cls in words.classes.items() if cls.edge and any(e.relation == name for e in found)}
        kinds = {kind: name for name, kind in words.slug_kinds.items() if words.classes[name].shape}
        used = {thing.partition("/")[0] for thing in things}
        nodes = [self._node(thing, places[thing], degree[thing]) for thing in things]
        return View(
            title="Chuhai 出海",
            language="zh-hans" if self.reader.language.startswith("zh") else "en",
            types={kind: self._type(name) for kind, name in kinds.items() if kind in used},
            relations={name: self._relation(name) for name in words.classes if name in drawn},
            nodes=nodes,
            edges=[self._edge(e.node, e.source, e.target, e.relation, e.disputed) for e in found],
            statements=self.told,
            sources=[self._source(iri) for iri in self.sources],
            coverage=self._coverage(len(kept), len(degree)),
        )

    def _type(self, name: str) -> Type:
        cls = vocabulary().classes[name]
        return Type(label=dict(cls.label), shape=cls.shape or "dot", color=cls.color or "#888888")

    def _relation(self, name: str) -> Relation:
        cls = vocabulary().classes[name]
        assert cls.edge is not None
        return Relation(label=dict(cls.edge.caption), color=cls.color or "#888888", dashes=False)

    def _node(self, thing: str, place: tuple[float, float], degree: int) -> Node:
        iri = expand(thing)
        told = [*self.reader.statements(iri)]
        return Node(
            id=thing,
            type=thing.partition("/")[0],
            label=dict(self.reader.labels(iri)),
            aliases=names.other_names(self.graph.index, thing),
            x=round(place[0], 1),
            y=round(place[1], 1),
            size=round(min(_LARGEST, _SMALLEST + 3 * math.log2(degree)), 1),
            statements=[self._tell(s) for s in told],
        )

    def _edge(self, node: str, source: str, target: str, relation: str, disputed: bool) -> Edge:
        iri = expand(node)
        values = self.reader.node(iri)
        return Edge(
            id=node,
            source=source,
            target=target,
            relation=relation,
            when=phrases.when(values, self.reader.language),
            status=phrases.status(values, self.reader),
            disputed=disputed,
            derived="wasDerivedFrom" in values,
            statements=[self._tell(s) for s in self.reader.statements(iri)],
        )

    def _tell(self, statement: Told) -> int:
        """The number of a statement on the page, entered at its first use."""
        if statement.iri not in self.statements:
            self.statements[statement.iri] = len(self.told)
            source = self.sources.setdefault(statement.source, len(self.sources))
            self.told.append(
                Statement(
                    source=source,
                    kind=statement.kind,  # type: ignore[typeddict-item]
                    locator=statement.locator,
                    speaker=self.reader.label(statement.by) if statement.by else statement.speaker,
                    text=self._text(statement),
                )
            )
        return self.statements[statement.iri]

    def _text(self, statement: Told) -> dict[str, str]:
        """The paraphrase, or else the values in words, with the time, in both languages."""
        if statement.paraphrase:
            return dict(statement.paraphrase)
        shown = {}
        for language in ("en", "zh-hans"):
            reader = Reader(self.graph, language)
            parts = (phrases.describe(statement.values, reader), phrases.when(statement.values, language))
            shown[language] = " — ".join(part for part in parts if part)
        return shown

    def _source(self, iri: str) -> Source:
        source = self.reader.source(iri)
        language = self.reader.language
        return Source(
            title=in_language(source.title, language),
            url=source.url,
            publisher=source.publisher_label,
            published=dates.show(dates.parse(source.published), language) if source.published else "",
            kind=in_language(vocabulary().concepts[source.kind].label, language),
        )

    def _coverage(self, shown: int, all_things: int) -> str:
        days = sorted(s.published for s in self.reader.sources() if s.published)
        count = sum(1 for _ in self.reader.sources())
        if self.reader.language.startswith("zh"):
            part = f"；{all_things} 个事物中联系最多的 {shown} 个" if shown < all_things else ""
            return f"{count} 个来源" + (f"，最新 {dates.show(dates.parse(days[-1]), 'zh-hans')}" if days else "") + part
        part = f"; the {shown} best connected of {all_things} things" if shown < all_things else ""
        sources = "1 source" if count == 1 else f"{count} sources"
        return sources + (f", the latest of {dates.show(dates.parse(days[-1]))}" if days else "") + part
