"""Tells the parts of a report from an open graph: words with numbers put in, claims of the article, figures."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graph import phrases
from graph.drawing.charts import Chart
from graph.errors import NotFoundError
from graph.reading import Reader, Statement
from graph.report.parts import Figure, Listing, Paragraph
from graph.section import Section
from graph.values import ARGUMENTS
from graph.writers import Table, plain
from ontology import Labels, compact, expand, in_language, local

if TYPE_CHECKING:
    from graph.opened import Opened

_ABOUT = frozenset({
    "organization", "product", "person", "legalEntity", "subtype", "fromPlace", "toPlace", "place", "metric",
    "fromOrganization", "toOrganization", "fromRole",
})  # fmt: skip
"""Properties that say which event or situation a node is."""


_LACKING = {
    "en": "Not known: {missing}. It would be settled by {settles}.",
    "zh-hans": "未知：{missing}。可据以判定：{settles}。",
}
_BASE = {"en": "base: {base}", "zh-hans": "口径：{base}"}


class _Words(string.Formatter):
    """Puts numbers into words with the right form of a noun: `{n:move|moves}` gives "1 move", "1,200 moves".

    Where a form holds an asterisk the number stands only there: `{n:one of them|* of them}`; of three
    forms the first is for none: `{n:none|one|*}`. Without a form, a whole
    number is written with separators.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, int):
            return str(value)
        number = f"{value:,}"
        if not format_spec:
            return number
        none, one, many = ["", *format_spec.split("|")][-3:]
        form = one if value == 1 else none if none and value == 0 else many
        return form.replace("*", number) if "*" in format_spec else f"{number} {form}"


def percent(share: float) -> str:
    """A share as percent, to a tenth where it is no whole number.

    >>> percent(0.7), percent(0.147)
    ('70%', '14.7%')
    """
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def fill(words: str, **values: Any) -> str:
    """Words with values put in.

    >>> fill("{n:move|moves} to {place}", n=1, place="Singapore")
    '1 move to Singapore'
    >>> fill("{n:one of them is|* of them are} of {m}", n=2, m=1200)
    '2 of them are of 1,200'
    """
    return _Words().format(words, **values)


def filled(words: Labels, **values: Any) -> Labels:
    """Words in every language, with values put in."""
    return {language: fill(form, **values) for language, form in words.items()}


class Teller:
    """Makes parts out of one open graph in its language, and numbers the sources in order of first use."""

    def __init__(self, opened: Opened, article: str) -> None:
        self.opened = opened
        self.reader = Reader(opened.whole, opened.language, opened.moment)
        self.language = opened.language
        self.article = expand(article)
        self._numbers: dict[str, int] = {}
        self._known = {source.iri for source in self.reader.sources()}
        self.lacks: list[str] = []

    def say(self, words: Labels, **values: Any) -> str:
        """Words in the language of the report, with values put in."""
        return fill(in_language(words, self.language), **values)

    @cached_property
    def overseas(self) -> dict[str, Section]:
        """The sections on the pull overseas, by key."""
        return self.opened.overseas()

    @cached_property
    def rankings(self) -> dict[str, Section]:
        """The sections on all lists, by key; none where no source names an entry or counts any."""
        try:
            return self.opened.rankings()
        except NotFoundError:
            return {}

    def label(self, thing: str) -> str:
        """The label of a thing by its IRI or `kind/slug`."""
        return self.reader.label(expand(thing))

    def labels(self, things: Iterable[str], most: int = 12) -> str:
        """Labels of things in one text; beyond `most` an ellipsis."""
        found = [self.label(thing) for thing in things]
        shown = [*found[:most], "…"] if len(found) > most else found
        return ("、" if self.language == "zh-hans" else ", ").join(shown)

    def cite(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources, given as IRIs or `source/slug`."""
        found = sorted({compact(expand(source)) for source in sources})
        return tuple(sorted(self._numbers.setdefault(name, len(self._numbers) + 1) for name in found))

    def cited(self) -> list[str]:
        """The sources that have been cited, as IRIs, in order."""
        return [expand(name) for name in self._numbers]

    def has_article(self) -> bool:
        """Whether the article is among the sources."""
        return compact(self.article) in self._known

    def event(self, node: str) -> str:
        """An event or situation in a few words: its kind, and whom and what it is about."""
        values = self.reader.node(expand(node))
        known = {name: held for name, held in values.items() if name in _ABOUT}
        kind = self.reader.caption(local(values["type"][0])) if "type" in values else ""
        return " · ".join(part for part in (kind, phrases.describe(known, self.reader)) if part)

    def statements(self, keys: Sequence[str]) -> list[Statement]:
        """The statements of the article with these keys, in their order; without those that are not in the graph."""
        found = []
        for key in keys:
            iri = f"{self.article}#{key}"
            about = self.reader.graph.index.execute("SELECT MIN(about) FROM statements WHERE iri = ?", (iri,))
            for (node,) in about.fetchall():
                told = [s for s in self.reader.statements(node or "") if s.iri == iri]
                found += [s for s in told if self.opened.reader.was_said(s)]
        return found

    def claims(self, keys: Sequence[str]) -> list[Listing]:
        """What the article says, as the statements of these keys have it; nothing where it is not in the graph."""
        said = [f"{self._said(statement)} ({statement.locator})" for statement in self.statements(keys)]
        cites = self.cite([self.article]) if said else ()
        return [Listing(tuple((text, cites) for text in said), "claim")] if said else []

    def _said(self, statement: Statement) -> str:
        """The paraphrase of an argument; of any other statement its kind, what it holds, its time and its remark."""
        remark = in_language(statement.paraphrase, self.language)
        if statement.kind in ARGUMENTS or not statement.about_type:
            return remark
        held = phrases.describe(statement.values, self.reader)
        when = phrases.when(statement.values, self.language)
        kind = self.reader.caption(local(statement.about_type))
        if ranking := statement.values.get("ranking"):
            kind = self.label(ranking[0])
            rest = {name: value for name, value in statement.values.items() if name != "ranking"}
            held = phrases.describe(rest, self.reader)
        said = " · ".join(part for part in (kind, held, when) if part)
        return f"{said} — {remark}" if remark else said

    def ask(self, query: str, **parameters: str) -> tuple[Table, list[dict[str, str]]]:
        """The rows of a named query, as a table and as texts by column, "" for what is empty."""
        table = self.opened.query(query, parameters)
        rows = [["" if (value := plain(cell)) is None else str(value) for cell in row] for row in table.rows]
        return table, [dict(zip(table.columns, row, strict=True)) for row in rows]

    def nodes(self, name: str) -> list[str]:
        """The resolved nodes of a class of the ontology, as IRIs, sorted."""
        query = f"SELECT ?node WHERE {{ ?node a chuhai:{name} }} ORDER BY ?node"
        return [str(plain(row[0])) for row in self.opened.query(query, is_text=True).rows]

    def told(self, nodes: Iterable[str]) -> set[str]:
        """The sources, as IRIs, that tell of nodes as facts."""
        return {statement.source for node in nodes for statement in self.reader.told(expand(node))}

    def between(self, one: str, other: str) -> set[str]:
        """The sources, as IRIs, that tell of nodes which point at both of two things."""
        ends = ({node for _, node in self.reader.neighbours(expand(end))} for end in (one, other))
        return self.told(set.intersection(*ends))

    def finding(self, words: Labels, **values: Any) -> Paragraph:
        """A sentence or more on what the graph gives."""
        return Paragraph(self.say(words, **values), "finding")

    def reach(self, words: Labels, **values: Any) -> Paragraph:
        """A sentence or more on how far that carries."""
        return Paragraph(self.say(words, **values), "reach")

    def lack(self, missing: Labels, settles: Labels, n: int, **values: Any) -> None:
        """Keep in mind what cannot be known yet of `n` things, and what would settle it; nothing where n is 0."""
        if n:
            said = {"missing": self.say(missing, n=n, **values), "settles": self.say(settles, n=n, **values)}
            self.lacks.append(self.say(_LACKING, **said))

    def figure(
        self, section: Section, command: str, chart: Chart | None = None, description: str = "", disputed: str = ""
    ) -> Figure:
        """A section as a figure: its table, notes, base and coverage, and where there is one its chart."""
        shown = replace(section.for_people(self.language), caption="", label=self.reader.label)
        moment = self._moment()
        notes = (in_language(note, self.language) for note in section.notes)
        base = self.say(_BASE, base=in_language(section.base, self.language))
        footer = (base, disputed, *notes)
        return Figure(
            key=section.key,
            title=in_language(section.title, self.language),
            description=description,
            shown=shown,
            data=section.table,
            chart=chart if section.table.rows else None,
            command=command + moment + (" --lang zh" if self.language == "zh-hans" else ""),
            footer=tuple(line for line in footer if line),
            covered=section.covered(self.language),
            cites=self.cite(section.sources),
        )

    def _moment(self) -> str:
        at = self.opened.moment
        return "".join(f" --{name} {day}" for name, day in (("as-of", at.as_of), ("known-by", at.known_by)) if day)

    def section(
        self, key: str, title: Labels, table: Table, base: Labels, sources: Iterable[str],
        notes: tuple[Labels, ...] = (), words: Mapping[str, Labels] | None = None,
    ) -> Section:  # fmt: skip
        """A section made for the report alone, with the coverage of its sources."""
        cited = tuple(sorted({compact(expand(source)) for source in sources}))
        table = replace(table, words=words or {})
        return Section(key, title, table, base, notes, (), cited, self.reader.latest(map(expand, cited)))
