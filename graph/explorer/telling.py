"""Tells of things and of what happened and held, in every language, as the explorer's page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from graph import dates, names, phrases
from graph.explorer.layout import Point
from graph.explorer.stories import is_drawn
from graph.explorer.view import Fact, Label, Node, Relation, Source, Statement, Type, View
from graph.moment import DATED_BY, EVENTS, SITUATIONS, TOLD, with_dates_of
from graph.networks import Edge
from graph.paths import HUBS
from graph.profile import SECTIONS
from graph.reading import Reader
from graph.reading import Statement as Told
from graph.store import Graph
from graph.timeline import bounds
from graph.values import ENTERING, Values, beside, text
from ontology import compact, expand, local, vocabulary

LANGUAGES = ("en", "zh-hans")


def only_rumours(reader: Reader, iri: str) -> list[Told]:
    """The rumours of what no fact tells of; none of what facts tell of, though it did not hold at the moment."""
    told = reader.statements(iri)
    return [] if any(s.kind in ENTERING for s in told) else [s for s in told if s.kind == "rumour"]


def _reader(graph: Graph, language: str) -> Reader:
    """A reader that remembers nodes and statements."""
    reader = Reader(graph, language)
    reader.node = cache(reader.node)  # type: ignore[method-assign]
    reader.statements = cache(reader.statements)  # type: ignore[method-assign]
    return reader


class Teller:
    """Tells of one graph; statements and sources have the numbers in which they were first met."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.readers = {language: _reader(graph, language) for language in LANGUAGES}
        self.reader = self.readers["en"]
        self.numbers: dict[str, int] = {}
        self.statements: list[Statement] = []
        self.sources: dict[str, int] = {}

    def looks(self, kinds: Iterable[str], classes: Iterable[str]) -> tuple[dict[str, Type], dict[str, Relation]]:
        """How things of some kinds look that can be drawn, and facts of some classes, in the order of a legend."""
        words, kinds, classes = vocabulary(), set(kinds), set(classes)
        types = {kind: name for name, kind in words.slug_kinds.items() if words.classes[name].shape and kind in kinds}
        return (
            {kind: self._type(name) for kind, name in types.items()},
            {name: self._relation(name) for name in words.classes if name in classes},
        )

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

    def node(self, thing: str, place: Point, degree: int, drawn: bool, left: int) -> Node:
        iri = expand(thing)
        labels = dict(self.reader.labels(iri))
        aliases = [name for name in names.other_names(self.graph.index, thing) if name != labels.get("zh-hant")]
        return Node(
            id=thing,
            type=thing.partition("/")[0],
            label=labels,
            aliases=aliases,
            keys=names.read_keys(self.graph.index, thing),
            words=self.both(lambda r: phrases.describe(r.node(iri), r)),
            x=place[0],
            y=place[1],
            degree=degree,
            drawn=drawn,
            left=left,
            statements=[self._tell(s, {}, ()) for s in self.reader.statements(iri)],
        )

    def named(self, node: str) -> set[str]:
        """The IRIs that a node names, or a statement about it."""
        told = self.reader.statements(node)
        values = [self.reader.node(node), *(statement.values for statement in told)]
        named = {iri for held in values for found in held.values() for iri in found}
        return named | {statement.by for statement in told}

    def type_of(self, node: str) -> str:
        values = self.reader.node(node)
        if "type" in values:
            return local(values["type"][0])
        return next((s.about_type for s in self.reader.statements(node) if s.about_type), "")

    def told(self, node: str) -> list[Told]:
        """What sources say of a fact, or of those from which it was derived; nothing of a thing."""
        if self.type_of(node) not in TOLD or not (self.reader.node(node) or only_rumours(self.reader, node)):
            return []
        told = [*self.reader.statements(node)]
        for origin in self.reader.node(node).get("wasDerivedFrom", ()):
            told += [s for s in self.reader.statements(origin) if s.kind in ENTERING and s not in told]
        return told

    def fact(self, name: str, edge: Edge | None, kept: set[str]) -> Fact:
        node = expand(name)
        values = self.reader.node(node)
        told = self.told(node)
        held = values or next((s.values for s in told if s.kind == "rumour"), {})
        ends = [edge.source, edge.target] if edge else []
        also = sorted({thing for iri in self.named(node) if (thing := compact(iri)) in kept} - set(ends))
        known = [expand(end) for end in ends or also[:1]]
        words = self.both(lambda r: phrases.describe(held, r, known))
        others = sorted({compact(iri) for found in held.values() for iri in found} - kept)
        far = [thing for thing in others if is_drawn(thing) and self.reader.label(expand(thing)) in words.get("en", "")]
        return Fact(
            id=name,
            relation=self.type_of(node),
            source=edge.source if edge else also[0],
            target=edge.target if edge else "",
            also=also[0 if edge else 1 :],
            words=words,
            when=self.both(lambda r: phrases.when(held, r.language)),
            bounds=bounds(with_dates_of(held, [self.reader.node(n) for by in DATED_BY for n in held.get(by, ())])),
            disputed=edge.disputed if edge else bool({"disputed", "deniedIn"} & values.keys()),
            derived="wasDerivedFrom" in values,
            rumoured=not values,
            statements=[self._tell(s, values, known) for s in told],
            far={thing: dict(self.reader.labels(expand(thing))) for thing in far},
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
                    key=statement.iri.partition("#")[2],
                    kind=statement.kind,  # type: ignore[typeddict-item]
                    locator=statement.locator,
                    speaker=self.both(lambda r: r.label(statement.by) if statement.by else statement.speaker),
                    text=dict(statement.paraphrase),
                    words=self.both(lambda r: _in_words(statement.values, r, known)) if tells else {},
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
            publisher=self.both(lambda r: r.label(expand(source.publisher))),
            published={lang: dates.show(published, lang) for lang in LANGUAGES} if published else {},
            by=source.published_by,
            kind=source.kind,
            told=self.told_by[iri],
        )

    def numbered(self, view: View) -> View:
        """The view with its statements and sources in the order of their identifiers."""
        iris = sorted(self.numbers)
        new = {self.numbers[iri]: number for number, iri in enumerate(iris)}
        sources = sorted(self.sources)
        self.told_by = self.reader.told_by()
        place = {self.sources[iri]: number for number, iri in enumerate(sources)}
        for item in (*view["nodes"], *view["facts"]):
            item["statements"] = sorted(new[number] for number in item["statements"])
        view["statements"] = [self.statements[self.numbers[iri]] for iri in iris]
        for statement in view["statements"]:
            statement["source"] = place[statement["source"]]
        view["sources"] = [self._document(iri) for iri in sources]
        return view

    def both(self, tell: Callable[[Reader], str]) -> Label:
        """What a text is in each language; nothing where it is empty."""
        return {language: shown for language, reader in self.readers.items() if (shown := tell(reader))}


def _in_words(values: Values, reader: Reader, known: Sequence[str]) -> str:
    parts = (phrases.describe(values, reader, known), phrases.when(values, reader.language))
    return " — ".join(part for part in parts if part)
