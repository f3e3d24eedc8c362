"""Gathers what the explorer's page shows out of an open graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from graph import dates, limits, networks
from graph.arrays import every
from graph.explorer import moves, stories
from graph.explorer.choose import Chosen, choose, coming, core
from graph.explorer.layout import TRIES, Point, positions
from graph.explorer.moves import Arc, Map
from graph.explorer.telling import LANGUAGES, Teller, only_rumours
from graph.explorer.view import TITLE, Fact, Label, View
from graph.moment import NOW, Moment
from graph.networks import Edge
from graph.profile import SECTIONS
from graph.reading import Reader, latest
from graph.reading import Statement as Told
from graph.store import Graph
from graph.values import text
from ontology import compact, expand, vocabulary

_SCHEMES = ("status", "statement-kind", "source-kind")
_LIVE_TRIES = 4
"""How many drawings are tried for a page that somebody waits for; see `layout.positions`."""

_ORDER = [name for section in SECTIONS.values() for name in section]


def gather(
    graph: Graph,
    language: str = "en",
    seed: int = 1,
    roots: Iterable[str] = (),
    depth: int = 1,
    network: str = "whole",
    moment: Moment = NOW,
) -> View:
    """The view of a graph: its most central things, or those near some, and all that is said of them.

    Args:
        graph: an open graph; of a moment, if `moment` says one.
        language: "en" or "zh-hans", in which the page opens.
        seed: of the layout.
        roots: things as `kind/slug` from which to begin, if not from the most central ones.
        depth: how many steps from them.
        network: a key of projections.PROJECTIONS; its classes alone are edges.
        moment: for the words that say of when the page is.

    Raises:
        UsageError: for an unknown network.
    """
    whole = _whole(graph, network)
    begun = sorted(set(roots))
    told = [] if begun else stories.shipped()
    chosen = choose(whole.held, begun, depth, stories.things(told))
    view = _Gatherer(graph, whole).page(chosen, language, moment, seed)
    view["stories"] = told if stories.things(told) <= set(chosen.things) else []
    view["left"] = _left(len(chosen.things), len(chosen.degree), bool(begun))
    return view


def begin(graph: Graph, language: str = "en", roots: Iterable[str] = (), depth: int = 1, moment: Moment = NOW) -> View:
    """What a page begins with that can ask for more: of `gather` what is drawn at first, with the same arguments.

    It tells the looks of all types and relations, so that the legend keeps their order.
    """
    whole = _whole(graph, "whole")
    begun = sorted(set(roots))
    chosen = core(whole.held, whole.rumoured, begun, depth)
    gatherer = _Gatherer(graph, whole)
    view = gatherer.page(chosen, language, moment, tries=_LIVE_TRIES)
    words = vocabulary()
    view["types"], view["relations"] = gatherer.looks(words.slug_kinds.values(), words.classes)
    view["stories"] = stories.shipped()
    view["left"] = {
        "en": f"{len(chosen.things)} of {len(chosen.degree)} things to begin with; searching and expanding bring more",
        "zh-hans": f"{len(chosen.degree)} 个事物，先显示 {len(chosen.things)} 个；搜索或展开可调入其余",
    }
    return view


def more(graph: Graph, asked: Iterable[str], count: int, there: Iterable[str]) -> View:
    """What comes to a page that asks for more.

    Args:
        graph: an open graph; of the moment of the page.
        asked: things, or what happened or held between some, as `kind/slug`; what is unknown brings nothing.
        count: how many further neighbours of each come too.
        there: the things that are on the page.

    Returns:
        A view of what comes: things without a place, each fact of theirs that one of them or a thing on the page
        takes part in, and the things on the page at the other ends of those facts.
    """
    whole = _whole(graph, "whole")
    gatherer = _Gatherer(graph, whole)
    things = sorted({thing for each in asked for thing in gatherer.things_of(each)})
    return gatherer.part(coming([*whole.held, *whole.rumoured], things, count, there))


class _Whole(NamedTuple):
    """What every page of a graph is chosen from."""

    held: list[Edge]
    rumoured: list[Edge]
    moves: Map


@lru_cache(maxsize=2)
def _whole(graph: Graph, network: str) -> _Whole:
    """The last ones are kept, for the parts that a page asks for."""
    reader = Reader(graph, "en")
    return _Whole(*network_edges(graph, reader, network), moves.gather(reader))


def network_edges(graph: Graph, reader: Reader, network: str) -> tuple[list[Edge], list[Edge]]:
    """The edges of a network as it stands in the resolved graph, and those of which only rumours tell."""
    without = {pattern.relation: pattern.without for pattern in networks.projected(network).ties()}
    drawn = [pattern for pattern in every() if pattern.relation in without]
    held = networks.listed(graph, [pattern._replace(without=without[pattern.relation]) for pattern in drawn])
    rumoured = []
    for iri in reader.unresolved():
        told = only_rumours(reader, iri)
        cls = vocabulary().classes[told[0].about_type] if told and told[0].about_type else None
        if cls is None or cls.edge is None or cls.name not in without:
            continue
        ends = [next((v for s in told if (v := text(s.values, name))), "") for name in cls.edge[:2]]
        if all(ends):
            rumoured.append(Edge(cls.name, compact(iri), compact(ends[0]), compact(ends[1]), disputed=False))
    return held, rumoured


class _Gatherer(Teller):
    def __init__(self, graph: Graph, whole: _Whole) -> None:
        super().__init__(graph)
        self.whole = whole

    def things_of(self, name: str) -> list[str]:
        """A thing itself; of what happened or held those who took part, as far as they can be drawn; or nothing."""
        if not (self.reader.node(expand(name)) or self.reader.statements(expand(name))):
            return []
        found = [name] if stories.is_drawn(name) else [compact(iri) for iri in self.named(expand(name))]
        return list(filter(stories.is_drawn, found))

    def page(self, chosen: Chosen, language: str, moment: Moment, seed: int = 1, tries: int = TRIES) -> View:
        """The view of a whole page."""
        edges = self._edges(chosen)
        pairs = [(edge.source, edge.target) for edge in edges.values()]
        places = positions(sorted(chosen.things), pairs, seed, sorted(chosen.drawn), tries)
        view = self._view(chosen, edges, places)
        view["language"] = "zh-hans" if language.startswith("zh") else "en"
        view["as_of"] = moment.as_of or ""
        view["coverage"] = self._coverage(moment)
        return view

    def part(self, chosen: Chosen) -> View:
        """The view of what comes to a page."""
        view = self._view(chosen, self._edges(chosen), {})
        if view["moves"]:
            view["moves"] |= {"land": "", "points": []}  # the page has them
        return view

    def _edges(self, chosen: Chosen) -> dict[str, Edge]:
        """The edges between things of the page, by their nodes."""
        kept, every = set(chosen.things), (*self.whole.held, *self.whole.rumoured)
        return {edge.node: edge for edge in every if edge.source in kept and edge.target in kept}

    def _view(self, chosen: Chosen, edges: dict[str, Edge], places: Mapping[str, Point]) -> View:
        facts, left = self._facts(chosen, edges)
        named = {end for fact in facts for end in (fact["source"], fact["target"], *fact["also"]) if end}
        things = sorted(chosen.told | named)
        nodes = [
            self.node(
                thing, places.get(thing, (0.0, 0.0)), chosen.degree.get(thing, 0), thing in chosen.drawn, left[thing]
            )
            for thing in things
        ]
        types, relations = self.looks({n.partition("/")[0] for n in things}, {fact["relation"] for fact in facts})
        arcs = self._moves({fact["id"] for fact in facts})
        moving = {thing for arc in arcs["arcs"] for move in arc["moves"] for thing in move["things"][:1]}
        view = View(
            title=TITLE,
            language="en",
            as_of="",
            types=types,
            relations=relations,
            concepts={c.name: dict(c.label) for c in vocabulary().concepts.values() if c.scheme in _SCHEMES},
            nodes=nodes,
            facts=facts,
            statements=[],
            sources=[],
            coverage={},
            left={},
            stories=[],
            moves=arcs,
            names={thing: dict(self.reader.labels(expand(thing))) for thing in sorted(moving - set(things))},
        )
        return self.numbered(view)

    def _moves(self, facts: set[str]) -> Map:
        """The moves of the map of which the page tells."""
        every = ((arc, [move for move in arc["moves"] if move["id"] in facts]) for arc in self.whole.moves["arcs"])
        arcs = [Arc(layer=a["layer"], source=a["source"], target=a["target"], moves=told) for a, told in every if told]
        return Map(**{**self.whole.moves, "arcs": arcs})

    def _facts(self, chosen: Chosen, edges: dict[str, Edge]) -> tuple[list[Fact], Counter[str]]:
        """The edges of things that are told of; of other facts of each of these as many as its budget allows."""
        kept, told_of = set(chosen.things), chosen.told
        rumoured = {edge.node for edge in self.whole.rumoured}
        own = (edge for edge in edges.values() if edge.source in told_of or edge.target in told_of)
        found = {edge.node: self.fact(edge.node, edge, kept) for edge in own}
        for name in rumoured & found.keys():
            found[name]["rumoured"] = True
        left: Counter[str] = Counter()
        for thing in (thing for thing in chosen.things if thing in told_of):
            iri = expand(thing)
            room = limits.EXPLORER_WHOLE_BYTES if thing in chosen.whole else limits.EXPLORER_NODE_BYTES
            near = {node for _, node in self.reader.neighbours(iri)} | set(self.reader.told_with(iri))
            for node in sorted(near - {iri}, key=self._worth):
                told = self.told(node)
                if (name := compact(node)) in found or not told:
                    continue
                room -= sum(map(_size, told))
                if room < 0:
                    left[thing] += len(told)
                else:
                    found[name] = self.fact(name, edges.get(name), kept)
        return [found[name] for name in sorted(found)], left

    def _worth(self, node: str) -> tuple[int, str]:
        """Sorts what a profile tells of first."""
        type_name = self.type_of(node)
        return (_ORDER.index(type_name) if type_name in _ORDER else len(_ORDER)), node

    def _coverage(self, moment: Moment) -> Label:
        documents = list(self.reader.sources())
        day = latest(documents)
        last = {lang: dates.show(dates.parse(day), lang) for lang in LANGUAGES} if day else {}
        sources = "1 source" if len(documents) == 1 else f"{len(documents)} sources"
        english = sources + (f", the latest of {last['en']}" if last else "")
        chinese = f"{len(documents)} 个来源" + (f"，最新 {last['zh-hans']}" if last else "")
        if moment.as_of:
            english, chinese = f"{english}; as of {moment.as_of}", f"{chinese}；截至 {moment.as_of}"
        if moment.known_by:
            english, chinese = f"{english}; published by {moment.known_by}", f"{chinese}；发布不晚于 {moment.known_by}"
        return {"en": english, "zh-hans": chinese}


def _size(statement: Told) -> int:
    """About how many bytes a statement takes on the page."""
    return 60 + sum(len(words.encode()) for words in statement.paraphrase.values())


def _left(shown: int, every: int, near: bool) -> Label:
    """What the page leaves out, in words."""
    if shown >= every:
        return {}
    if near:
        return {"en": f"{shown} of {every} things, those asked for", "zh-hans": f"{every} 个事物中所选的 {shown} 个"}
    return {
        "en": f"{shown} of {every} things: who moved, and those with the most neighbours (degree centrality)",
        "zh-hans": f"{every} 个事物中的 {shown} 个：迁移者，及邻居最多者（度中心性）",
    }
