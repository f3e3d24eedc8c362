"""Everything the graph knows of one thing, gathered for a screen: lines with their sources.

A product and the organization that makes it are read together, as are an organization and its units
and legal entities: people ask for one and mean both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph import names, phrases
from graph.errors import AmbiguousNameError
from graph.moment import Moment
from graph.names import Name
from graph.reading import Reader, Source, Statement
from graph.store import Graph
from graph.values import ARGUMENTS, ENTERING, Values, beside, text
from ontology import CONCEPT, compact, expand, local

SECTIONS: dict[str, tuple[str, ...]] = {
    "what": ("Operation", "Product", "Organization", "LegalEntity", "Person", "Place", "Ranking", "Criterion"),
    "headquarters": ("HeadquartersTenure",),
    "relocation": ("HeadquartersMove", "LegalEntityChange", "WorkforceChange", "MarketChange", "RelocationCase"),
    "people": ("Membership", "PersonnelMove"),
    "money": ("FundingRound", "Investment", "Acquisition", "ListingStep", "Control"),
    "products": ("ProductMilestone", "Integration", "Rivalry", "PaidAcquisition"),
    "markets": ("MarketPresence", "CategorySupply"),
    "figures": ("Observation",),
    "lists": ("RankingEntry", "ReportedAggregate"),
    "labels": ("CriterionAssessment",),
    "remarks": (),
}
"""The sections of a profile in order, and the classes whose nodes stand in each."""

MARKS = {"rumour": "?", "denial": "✗"}
"""Marks of statements that are not held to be so, by their kind."""
_TWINS = {"organization": "product", "product": "organization"}
_FIRST_ROLES = ("founder", "co-founder", "chief-executive", "chair", "president")
"""Posts that a profile tells of before others, whatever their dates."""

_BEGINNINGS = ("notBefore", "validFrom", "notAfter")
_CIRCLE = {"Operation": ("organization", "product"), "Organization": ("unitOf",), "LegalEntity": ("entityOf",)}


class Citation(NamedTuple):
    """Where a line comes from: the number of a source in the profile, and the place in it."""

    source: int
    locator: str


@dataclass(eq=False, repr=False)
class Line:
    """One line of a profile: what kind of thing, what, when, how far, and who says so.

    `mark` is "" for what is held to be so, "≈" for another figure that can be true with it, "≠" for a
    value that cannot, "✗" for a denial, "?" for a rumour. `note` is what a source adds in words,
    `speaker` who is credited. `derived` says that no source states it, `possibly` that it may not have
    held at the moment that was asked about. `begin` is the first day (YYYY-MM-DD) on which it can have happened
    or begun to hold, "" where no source says. `about` is what the line tells of, as `kind/slug`; "" under another line.
    """

    caption: str
    words: str
    when: str = ""
    status: str = ""
    mark: str = ""
    kind: str = ""
    speaker: str = ""
    note: str = ""
    derived: bool = False
    possibly: bool = False
    begin: str = ""
    about: str = ""
    citations: list[Citation] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The line as plain data for JSON."""
        cited = [citation._asdict() for citation in self.citations]
        return vars(self) | {"citations": cited, "others": [line.as_dict() for line in self.others]}


@dataclass(eq=False, repr=False)
class Profile:
    """What is known of one thing; `sections` by the names of SECTIONS, each with lines.

    `matched` is the name that led here, `role` what it is to the thing, `way` how the text stood for it,
    as in `names.Name`; `language` is that of the words.
    """

    thing: str
    type: str
    type_label: str
    label: str
    labels: dict[str, str]
    matched: str
    role: str
    way: str
    moment: Moment
    language: str
    with_things: dict[str, str]
    sections: dict[str, list[Line]]
    unsettled: list[Line]
    arguments: list[Line]
    sources: list[Source]
    disputed: list[str]

    def as_dict(self) -> dict[str, Any]:
        """The profile as plain data for JSON."""
        data = vars(self) | {"moment": self.moment._asdict(), "sources": [source._asdict() for source in self.sources]}
        data["with"] = data.pop("with_things")
        data["sections"] = {name: [line.as_dict() for line in lines] for name, lines in self.sections.items()}
        data |= {name: [line.as_dict() for line in data[name]] for name in ("unsettled", "arguments")}
        return data

    def _repr_html_(self) -> str:
        from graph import html

        return html.profile(self)

    def __repr__(self) -> str:
        return f"<profile of {self.thing}: {len(self.sources)} sources>"


def find(graph: Graph, text: str) -> Name:
    """The thing that a name means; a product and its maker of the same name count as one.

    Raises:
        NotFoundError, AmbiguousNameError: as names.resolve does.
    """
    try:
        return names.resolve(graph.index, text, surely=False)
    except AmbiguousNameError as error:
        for maker in [c for c in error.candidates if c.startswith("organization/")]:
            if set(error.candidates) <= {compact(iri) for iri in circle(Reader(graph), expand(maker))}:
                found = names.candidates(graph.index, text, surely=False)
                return next(n for n in found if n.thing == maker)
        raise


def profile(reader: Reader, name: Name) -> Profile:
    """Gather the profile of a thing.

    Args:
        reader: of an open graph, at the present or another moment, in a language.
        name: as `find` returned it.

    Returns:
        The profile, its lines in a fixed order.
    """
    thing = expand(name.thing)
    reader.read_ahead([thing])
    around = circle(reader, thing)
    reader.read_ahead(around, further=True)
    gatherer = _Gatherer(reader, around)
    sections = gatherer.sections()
    main = gatherer.circle[0]
    type_name = local(reader.node(main)["type"][0])
    return Profile(
        thing=name.thing,
        type=type_name,
        type_label=reader.kind(type_name),
        label=reader.label(main),
        labels=dict(reader.labels(main)),
        matched=name.name,
        role=name.role,
        way=name.way,
        moment=reader.moment,
        language=reader.language,
        with_things={compact(iri): reader.label(iri) for iri in gatherer.circle[1:]},
        sections=sections,
        unsettled=_grouped(gatherer.unsettled),
        arguments=gatherer.arguments,
        sources=[reader.source(iri) for iri in gatherer.sources],
        disputed=sorted(gatherer.disputed),
    )


def _grouped(lines: Sequence[Line]) -> list[Line]:
    """Lines of one caption together, captions in order of first use."""
    order = list(dict.fromkeys(line.caption for line in lines))
    return sorted(lines, key=lambda line: order.index(line.caption))


def circle(reader: Reader, iri: str) -> list[str]:
    """The thing first, then what is read together with it: by what sources say, or by one slug and name."""
    found = [iri]
    kind, _, slug = compact(iri).partition("/")
    twin = expand(f"{_TWINS[kind]}/{slug}") if kind in _TWINS else iri
    if twin != iri and reader.label(twin) == reader.label(iri):
        found.append(twin)
    for name, node in reader.neighbours(iri):
        values = reader.node(node)
        type_name = local(values["type"][0]) if "type" in values else ""
        if name in _CIRCLE.get(type_name, ()):
            ends = [node] if name.endswith("Of") else [v for n in _CIRCLE[type_name] for v in values.get(n, ())]
            found += [end for end in ends if end not in found]
    return found


def _standing(values: Values) -> int:
    """Sorts the posts that say most of an organization or a person first, and who led a round; all else is equal."""
    if CONCEPT + "lead" in values.get("subtype", ()):
        return 0
    roles = {local(role) for role in values.get("role", ())}
    return next((n for n, role in enumerate(_FIRST_ROLES) if role in roles), len(_FIRST_ROLES))


def _of_one_source(values: Values, told: Iterable[Statement]) -> Values:
    """The values without a population size that no source gives together with the count or share held to."""
    parts = [head for head in ("count", "share") if head in values]
    if not parts or "outOf" not in values:
        return values
    if any("outOf" in s.values and any(s.values.get(p) == values[p] for p in parts) for s in told):
        return values
    return {name: found for name, found in values.items() if not name.startswith("outOf")}


class _Gatherer:
    def __init__(self, reader: Reader, circle: Sequence[str]) -> None:
        self.reader = reader
        self.circle = circle
        parts = [iri for iri in circle[1:] if {"unitOf", "entityOf"} & reader.node(iri).keys()]
        self.known = [iri for iri in circle if iri not in parts]
        self.sources: list[str] = []
        self.unsettled: list[Line] = []
        self.arguments: list[Line] = []
        self.remarks: list[Line] = []
        self.disputed: set[str] = set()

    def sections(self) -> dict[str, list[Line]]:
        """Lines by section; what is unsettled or argued is kept apart."""
        order = {type_name: (s, i) for s, types in SECTIONS.items() for i, type_name in enumerate(types)}
        nodes: dict[str, Values] = {}
        for thing in self.circle:
            for iri in [thing, *(node for _, node in self.reader.neighbours(thing))]:
                nodes.setdefault(iri, self.reader.node(iri))
        lines: dict[str, list[tuple[tuple[int, int, str, str], Line]]] = {name: [] for name in SECTIONS}
        for iri, values in nodes.items():
            type_name = local(values["type"][0]) if "type" in values else ""
            if type_name in order:
                section, rank = order[type_name]
                if (line := self._line(iri, type_name, values)) is not None:
                    lines[section].append(((rank, _standing(values), line.begin or "9", iri), line))
        self._untold(nodes)
        sections = {name: [line for _, line in sorted(found, key=lambda p: p[0])] for name, found in lines.items()}
        sections["remarks"] = self.remarks
        return {name: found for name, found in sections.items() if found}

    def _line(self, iri: str, type_name: str, values: Values) -> Line | None:
        reader = self.reader
        statements = reader.statements(iri)
        self._apart(statements)
        told = [s for s in statements if s.kind in ENTERING]
        is_thing = type_name in SECTIONS["what"] and type_name != "Operation"
        known = self.circle[:1] if type_name == "Operation" else self.known
        words = phrases.describe(_of_one_source(values, told), reader, known)
        if is_thing:
            self._remark(told)
            if not words or not told:
                return None
            words = words if iri == self.circle[0] else f"{reader.label(iri)} · {words}"
        elif not told and "wasDerivedFrom" not in values:
            return None
        bearing = [s for s in told if s.values] or told[:1] or self._origins(values)
        if not is_thing:
            self._remark([s for s in told if s not in bearing])
        caption = reader.caption(type_name)
        if type_name == "Operation" and text(values, "organization") == self.circle[0]:
            caption = phrases.words("makes", reader.language)
        if type_name == "Observation" and "metric" in values:
            caption = reader.label(values["metric"][0])
            words = words.removeprefix(caption + " · ")
        line = Line(
            caption=caption,
            words=words or self._paraphrase(told),
            when=" · ".join(part for part in (phrases.when(values, reader.language), self._ended(values)) if part),
            status=phrases.status(values, reader),
            note=self._paraphrase(bearing) if words else "",
            derived="wasDerivedFrom" in values,
            possibly="certainty" in values,
            begin=next((day for bound in _BEGINNINGS if (day := text(values, bound))), ""),
            about=compact(iri),
            citations=self._cite(bearing),
        )
        self._side_by_side(line, values, told)
        return line

    def _side_by_side(self, line: Line, held: Values, told: Iterable[Statement]) -> None:
        """Under a line, each source's other figure (≈), and each value that cannot be true with the held one (≠)."""
        for statement in told:
            mark = beside(held, statement.values, self.reader.containing)
            if not mark:
                continue
            if mark == "≠":
                self.disputed.add(line.caption)
            words = phrases.describe(statement.values, self.reader, self.known)
            line.others.append(
                Line("", words, phrases.when(statement.values, self.reader.language), mark=mark,
                     speaker=self._speaker(statement), citations=self._cite([statement]))
            )  # fmt: skip
            line.citations = [c for c in line.citations if c not in line.others[-1].citations]

    def _ended(self, values: Values) -> str:
        """A tenure that a move without a date ended has an end all the same."""
        if "validTo" in values:
            return ""
        for move in (*values.get("boundedBy", ()), *values.get("wasDerivedFrom", ())):
            if self.reader.node(move).get("fromPlace") == values.get("place"):
                return phrases.words("ended", self.reader.language)
        return ""

    def _origins(self, values: Values) -> list[Statement]:
        """What the nodes from which a node was derived rest on."""
        found = [s for origin in values.get("wasDerivedFrom", ()) for s in self.reader.statements(origin)]
        return [s for s in found if s.kind in ENTERING and s.values]

    def _remark(self, told: Iterable[Statement]) -> None:
        """What sources say in words alone."""
        self.remarks += [self._said(s) for s in told if s.paraphrase and not s.values and self.reader.was_said(s)]

    def _said(self, statement: Statement) -> Line:
        """One statement as a line of its own, in its own words where it has some."""
        reader = self.reader
        if statement.kind in ARGUMENTS:
            caption = reader.label(CONCEPT + statement.kind)
        else:
            caption = reader.caption(statement.about_type)
        return Line(
            caption=caption,
            words=self._paraphrase([statement]) or phrases.describe(statement.values, reader, self.known),
            when=phrases.when(statement.values, reader.language),
            mark=MARKS.get(statement.kind, ""),
            kind=statement.kind,
            speaker=self._speaker(statement),
            about=compact(statement.about[0]),
            citations=self._cite([statement]),
        )

    def _apart(self, statements: Iterable[Statement]) -> None:
        for statement in filter(self.reader.was_said, statements):
            if statement.kind in ARGUMENTS:
                self.arguments.append(self._said(statement))
            elif statement.kind not in ENTERING:
                self.unsettled.append(self._said(statement))

    def _untold(self, nodes: dict[str, Values]) -> None:
        """Rumours and denials of events that no source states as fact, and arguments about things."""
        seen = set(nodes)
        for thing in self.circle:
            for about in self.reader.told_with(thing):
                if about not in seen:
                    seen.add(about)
                    if "type" not in self.reader.node(about):
                        self._apart(self.reader.statements(about))

    def _paraphrase(self, statements: Iterable[Statement]) -> str:
        for statement in statements:
            found = statement.paraphrase
            if shown := found.get(self.reader.language) or found.get("en") or next(iter(found.values()), ""):
                return shown
        return ""

    def _speaker(self, statement: Statement) -> str:
        return self.reader.label(statement.by) if statement.by else statement.speaker

    def _cite(self, statements: Iterable[Statement]) -> list[Citation]:
        found = []
        for statement in statements:
            if statement.source not in self.sources:
                self.sources.append(statement.source)
            citation = Citation(self.sources.index(statement.source) + 1, statement.locator)
            if citation not in found:
                found.append(citation)
        return found
