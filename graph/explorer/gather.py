"""Gathers what the explorer's page shows out of an open graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph import dates, limits, names, networks, phrases
from graph.arrays import every
from graph.explorer import moves, stories
from graph.explorer.choose import Chosen, choose
from graph.explorer.layout import positions
from graph.explorer.moves import Map
from graph.explorer.view import Bounds, Fact, Label, Node, Relation, Source, Statement, Type, View
from graph.moment import DATED_BY, EVENTS, NOW, SITUATIONS, TOLD, Moment, with_dates_of
from graph.networks import Edge
from graph.paths import HUBS
from graph.profile import SECTIONS
from graph.reading import Reader, latest
from graph.reading import Statement as Told
from graph.store import Graph
from graph.values import ENTERING, Values, beside, text
from ontology import compact, expand, local, vocabulary

LANGUAGES = ("en", "zh-hans")
_SCHEMES = ("status", "statement-kind", "source-kind")
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
    return _Gatherer(graph).view(language, seed, sorted(set(roots)), depth, network, moment)


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


def only_rumours(reader: Reader, iri: str) -> list[Told]:
    """The rumours of what no fact tells of; none of what facts tell of, though it did not hold at the moment."""
    told = reader.statements(iri)
    return [] if any(s.kind in ENTERING for s in told) else [s for s in told if s.kind == "rumour"]


class _Gatherer:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.readers = {language: Reader(graph, language) for language in LANGUAGES}
        self.reader = self.readers["en"]
        self.numbers: dict[str, int] = {}
        self.statements: list[Statement] = []
        self.sources: dict[str, int] = {}

    def view(self, language: str, seed: int, roots: Sequence[str], depth: int, network: str, moment: Moment) -> View:
        held, rumoured = network_edges(self.graph, self.reader, network)
        told = [] if roots else stories.shipped()
        chosen = choose(held, roots, depth, stories.things(told))
        kept = frozenset(chosen.things)
        edges = {e.node: e for e in [*held, *rumoured] if e.source in kept and e.target in kept}
        things = sorted(kept)
        places = positions(things, [(e.source, e.target) for e in edges.values()], seed, sorted(chosen.drawn))
        facts, left = self._facts(chosen, edges, {e.node for e in rumoured})
        nodes = [self._node(thing, places[thing], chosen, left[thing]) for thing in things]
        words = vocabulary()
        used, kinds = {fact["relation"] for fact in facts}, {thing.partition("/")[0] for thing in things}
        types = {kind: name for name, kind in words.slug_kinds.items() if words.classes[name].shape and kind in kinds}
        view = View(
            title="Chuhai 出海",
            language="zh-hans" if language.startswith("zh") else "en",
            as_of=moment.as_of or "",
            types={kind: self._type(name) for kind, name in types.items()},
            relations={name: self._relation(name) for name in words.classes if name in used},
            concepts={c.name: dict(c.label) for c in words.concepts.values() if c.scheme in _SCHEMES},
            nodes=nodes,
            facts=facts,
            statements=[],
            sources=[],
            coverage=self._coverage(moment),
            left=_left(len(things), len(chosen.degree), bool(roots)),
            stories=told if stories.things(told) <= kept else [],
            moves=self._moves({fact["id"] for fact in facts}),
            names={},
        )
        arcs = view["moves"]["arcs"] if view["moves"] else []
        moving = {thing for arc in arcs for move in arc["moves"] for thing in move["things"][:1]}
        view["names"] = {thing: dict(self.reader.labels(expand(thing))) for thing in sorted(moving - kept)}
        return self._numbered(view)

    def _moves(self, facts: set[str]) -> Map:
        """The moves of the map of which the page tells."""
        found = moves.gather(self.reader)
        for arc in found["arcs"]:
            arc["moves"] = [move for move in arc["moves"] if move["id"] in facts]
        found["arcs"] = [arc for arc in found["arcs"] if arc["moves"]]
        return found

    def _type(self, name: str) -> Type:
        cls = vocabulary().classes[name]
        return Type(label=dict(cls.label), shape=cls.shape or "dot", color=cls.color or "#888888")

    def _relation(self, name: str) -> Relation:
        cls = vocabulary().classes[name]
        target = vocabulary().properties[cls.edge.target].targets if cls.edge else frozenset()
        section = next((section for section, classes in SECTIONS.items() if name in classes), "remarks")
        kinds = {vocabulary().slug_kinds[each] for each in target}
        return Relation(
            label={lang: reader.caption(name) for lang, reader in self.readers.items()},
            caption=dict(cls.edge.caption) if cls.edge else {},
            color=cls.color or "#888888",
            time="situation" if name in SITUATIONS else "event" if name in EVENTS else "record",
            section=section,
            hub=bool(kinds & HUBS),
        )

    def _node(self, thing: str, place: tuple[float, float], chosen: Chosen, left: int) -> Node:
        iri = expand(thing)
        labels = dict(self.reader.labels(iri))
        aliases = [name for name in names.other_names(self.graph.index, thing) if name != labels.get("zh-hant")]
        return Node(
            id=thing,
            type=thing.partition("/")[0],
            label=labels,
            aliases=aliases,
            keys=names.read_keys(self.graph.index, thing),
            words=self._both(lambda r: phrases.describe(r.node(iri), r)),
            x=place[0],
            y=place[1],
            degree=chosen.degree[thing],
            drawn=thing in chosen.drawn,
            left=left,
            statements=[self._tell(s, {}, ()) for s in self.reader.statements(iri)],
        )

    # What happened and what held

    def _facts(self, chosen: Chosen, edges: dict[str, Edge], rumoured: set[str]) -> tuple[list[Fact], Counter[str]]:
        """Every edge between things of the page; of each thing's other facts as many as its budget allows."""
        touching: dict[str, set[str]] = defaultdict(set)
        for thing in chosen.things:
            iri = expand(thing)
            near = {node for _, node in self.reader.neighbours(iri)} | set(self.reader.told_with(iri))
            for node in near - {iri}:
                touching[node].add(thing)
        of: dict[str, list[str]] = defaultdict(list)
        for node in sorted(touching):
            for thing in touching[node] if compact(node) not in edges else ():
                of[thing].append(node)
        found = {name: self._fact(name, edge, touching[expand(name)]) for name, edge in edges.items()}
        for name in rumoured & found.keys():
            found[name]["rumoured"] = True
        left: Counter[str] = Counter()
        for thing in chosen.things:
            room = limits.EXPLORER_NODE_BYTES
            for node in sorted(of[thing], key=self._worth):
                told = self._told(node)
                if (name := compact(node)) in found or not told:
                    continue
                room -= sum(map(_size, told))
                if room < 0:
                    left[thing] += len(told)
                else:
                    found[name] = self._fact(name, None, touching[node])
        return [found[name] for name in sorted(found)], left

    def _worth(self, node: str) -> tuple[int, str]:
        """Sorts what a profile tells of first."""
        type_name = self._type_of(node)
        return (_ORDER.index(type_name) if type_name in _ORDER else len(_ORDER)), node

    def _type_of(self, node: str) -> str:
        values = self.reader.node(node)
        if "type" in values:
            return local(values["type"][0])
        return next((s.about_type for s in self.reader.statements(node) if s.about_type), "")

    def _told(self, node: str) -> list[Told]:
        """What sources say of a fact, or of those from which it was derived; nothing of a thing."""
        if self._type_of(node) not in TOLD or not (self.reader.node(node) or only_rumours(self.reader, node)):
            return []
        told = self.reader.statements(node)
        for origin in self.reader.node(node).get("wasDerivedFrom", ()):
            told += [s for s in self.reader.statements(origin) if s.kind in ENTERING and s not in told]
        return told

    def _fact(self, name: str, edge: Edge | None, touching: Iterable[str]) -> Fact:
        node = expand(name)
        values = self.reader.node(node)
        told = self._told(node)
        held = values or next((s.values for s in told if s.kind == "rumour"), {})
        ends = [edge.source, edge.target] if edge else []
        also = sorted(set(touching) - set(ends))
        known = [expand(end) for end in ends or also[:1]]
        return Fact(
            id=name,
            relation=self._type_of(node),
            source=edge.source if edge else also[0],
            target=edge.target if edge else "",
            also=also[0 if edge else 1 :],
            words=self._both(lambda r: phrases.describe(held, r, known)),
            when=self._both(lambda r: phrases.when(held, r.language)),
            bounds=_bounds(with_dates_of(held, [self.reader.node(n) for by in DATED_BY for n in held.get(by, ())])),
            disputed=edge.disputed if edge else bool({"disputed", "deniedIn"} & values.keys()),
            derived="wasDerivedFrom" in values,
            rumoured=not values,
            statements=[self._tell(s, values, known) for s in told],
        )

    # Who says so

    def _tell(self, statement: Told, held: Values, known: Sequence[str]) -> int:
        """The number of a statement on the page, entered at its first use."""
        if statement.iri not in self.numbers:
            mark = beside(held, statement.values, self.reader.containing) if statement.kind in ENTERING else ""
            tells = statement.values and (mark or not held or not (statement.paraphrase or statement.kind in ENTERING))
            status = text(statement.values, "status")
            self.numbers[statement.iri] = len(self.statements)
            self.statements.append(
                Statement(
                    source=self._source(statement.source),
                    kind=statement.kind,  # type: ignore[typeddict-item]
                    locator=statement.locator,
                    speaker=self._both(lambda r: r.label(statement.by) if statement.by else statement.speaker),
                    text=dict(statement.paraphrase),
                    words=self._both(lambda r: _in_words(statement.values, r, known)) if tells else {},
                    mark=mark,
                    status=local(status) if status else "",
                    reached=text(statement.values, "statusBy") or "",
                )
            )
        return self.numbers[statement.iri]

    def _source(self, iri: str) -> int:
        if iri not in self.sources:
            self.sources[iri] = len(self.sources)
        return self.sources[iri]

    def _document(self, iri: str) -> Source:
        source = self.reader.source(iri)
        published = dates.parse(source.published) if source.published else None
        return Source(
            id=source.iri,
            title=dict(source.title),
            url=source.url,
            publisher=self._both(lambda r: r.label(expand(source.publisher))),
            published={lang: dates.show(published, lang) for lang in LANGUAGES} if published else {},
            by=source.published_by,
            kind=source.kind,
            told=self.reader.told_by(iri),
        )

    def _numbered(self, view: View) -> View:
        """The view with its statements and sources in the order of their identifiers."""
        iris = sorted(self.numbers)
        new = {self.numbers[iri]: number for number, iri in enumerate(iris)}
        sources = sorted(self.sources)
        place = {self.sources[iri]: number for number, iri in enumerate(sources)}
        for item in (*view["nodes"], *view["facts"]):
            item["statements"] = sorted(new[number] for number in item["statements"])
        view["statements"] = [self.statements[self.numbers[iri]] for iri in iris]
        for statement in view["statements"]:
            statement["source"] = place[statement["source"]]
        view["sources"] = [self._document(iri) for iri in sources]
        return view

    def _both(self, tell: Callable[[Reader], str]) -> Label:
        """What a text is in each language; nothing where it is empty."""
        return {language: shown for language, reader in self.readers.items() if (shown := tell(reader))}

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


def _in_words(values: Values, reader: Reader, known: Sequence[str]) -> str:
    parts = (phrases.describe(values, reader, known), phrases.when(values, reader.language))
    return " — ".join(part for part in parts if part)


def _bounds(values: Values) -> Bounds:
    names = ("validFrom", "heldFrom", "heldTo", "validTo")
    if not any(name in values for name in names):
        names = ("notBefore", "notAfter", "notBefore", "notAfter")
    first, second, third, fourth = (text(values, name) or "" for name in names)
    return first, second, third, fourth


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
