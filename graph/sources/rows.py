"""What one row of a table gives, by a mapping: checked as an entry of a fact file is, and written as quads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from graph import entries, load
from graph.entries import Checker, Node
from graph.quads import lines
from graph.sources.cells import CellError
from graph.sources.mapping import Mapping, Template
from graph.sources.reasons import Reason
from graph.sources.spool import Given
from graph.sources.statements import Statements
from graph.sources.tables import Row
from graph.sources.values import Cells, slug
from graph.yamlfile import Record
from ontology import ID, REGISTER, SOURCE, vocabulary

_KEPT = 50_000
_PLACE = f"{ID}place/"


class Rows:
    """Turns rows into what they give."""

    def __init__(self, mapping: Mapping, source: str) -> None:
        self.mapping = mapping
        self.source = source
        self._checker = checker = Checker(mapping.file, vocabulary())
        self._plain = {t.name: Statements(str(t.record["type"]), [*t.values], checker) for t in mapping.statements}
        self._classes = vocabulary().classes_of_kinds
        self._things: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {}
        self._language = str(mapping.head.get("language") or "en")

    def given(self, row: Row) -> Given:
        """What a row gives.

        Raises:
            CellError: if the row cannot enter, with the reason.
        """
        if row.problem:
            raise CellError(row.problem.key, **dict(row.problem.values))
        mapping = self.mapping
        cells = Cells(row.cells, mapping.missing)
        documents = [self._filled(template, one) for template in mapping.documents for one in _each(template, cells)]
        things = [
            self._filled(template, one)
            for template in mapping.things
            if not template.is_constant
            for one in _each(template, cells)
        ]
        told = [
            (template, one, self._filled(template, one))
            for template in mapping.statements
            for one in _each(template, cells)
        ]
        told = [(template, one, record) for template, one, record in told if record.keys() >= template.require]
        if not (documents or things or told):
            raise CellError("nothing applies")
        content = repr((documents, things, [record for _, _, record in told]))
        key = self._key(cells)
        name = key or blake2b(content.encode(), digest_size=8).hexdigest()
        locator = (mapping.locator(cells) if mapping.locator else None) or self._place(cells) or f"row {name}"
        found = Given(row.number, content, key, _repaired(tuple(cells.repairs)), [], [], [])
        for record in documents:
            self._describe(record, found)
        for record in things:
            self._bring(record, found)
        for template, one, record in told:
            own = f"-{slug(one.text(template.each.name))}" if template.each else ""
            record["key"] = f"{template.name}-{name}{own}"
            record.setdefault("at", locator)
            self._tell(template.name, record, found, template.document(one) if template.document else None)
        _take_out_known(found)
        return found

    def first(self, head: Record) -> Given:
        """What the import gives apart from its rows: the description of its document, and things without columns.

        Raises:
            CellError: if the description is wrong.
        """
        node = load.document(head, self.source, self._checker)
        found = Given(0, "", "", (), [], [], [])
        self._checked(node, found)
        found.blocks.append((node["id"], "\n".join(lines(node, SOURCE + self.source))))
        for template in self.mapping.things:
            if template.is_constant:
                self._bring(self._filled(template, Cells({})), found)
        return found

    def _key(self, cells: Cells) -> str:
        """The key of a row by its key columns."""
        if not self.mapping.key:
            return ""
        values = [cells.text(column) for column in self.mapping.key]
        if not all(values):
            column = self.mapping.key[values.index("")]
            raise CellError("empty key", column=column)
        return "-".join(slug(value) for value in values)

    def _place(self, cells: Cells) -> str:
        """Where a row stands, by its key columns: it stays when rows are put in another order."""
        return ", ".join(f"{column} {cells.text(column)}" for column in self.mapping.key)

    def _filled(self, template: Template, cells: Cells) -> Record:
        """A template with the values of a row: an entry as a fact file holds it."""
        record = Record(0)
        cells.words.clear()
        for key, value in template.values.items():
            found = value(cells)
            if found is not None:
                record[key] = found
            elif key in ("id", "about"):
                given = template.record[key]
                column = given["column"] if isinstance(given, Record) and "column" in given else given
                raise CellError("empty identifier", key=key, column=str(column))
        for key, by_language in template.languages.items():
            texts = Record(0)
            for language, value in by_language.items():
                if (found := value(cells)) is not None:
                    texts[language] = found
                    texts.lines[language] = 0
            if texts:
                record[key] = texts
            elif key in ("label", "title"):
                raise CellError("no name", column=_written(template.record[key]))
        if cells.words:
            self._keep_words(record, cells.words)
        return record

    def _keep_words(self, record: Record, words: list[str]) -> None:
        texts = record.setdefault("paraphrase", Record(0))
        before = texts.get(self._language)
        texts[self._language] = "; ".join([*([before] if before else []), *words])
        texts.lines[self._language] = 0

    def _bring(self, record: Record, found: Given) -> None:
        written = repr(record)
        kept = self._things.get(written)
        if kept is None:
            node = load.thing(record, self._checker, ())
            self._checked(node, found)
            if node is None:
                raise CellError("brings nothing")
            name = self._classes[node["id"][len(ID) :].partition("/")[0]]
            kept = (node["id"], "\n".join(lines(node, REGISTER))), (node["id"], name)
            if len(self._things) >= _KEPT:
                self._things.clear()
            self._things[written] = kept
        found.blocks.append(kept[0])
        found.told.append((*kept[1], True))

    def _describe(self, record: Record, found: Given) -> None:
        """A document of its own, in a graph of its own, which tells statements of other rows and tables."""
        source = record["id"].removeprefix("source/")
        node = load.document(record, source, self._checker)
        self._checked(node, found)
        found.blocks.append((node["id"], "\n".join(lines(node, SOURCE + source))))
        found.told.append((node["id"], "", True))

    def _tell(self, name: str, record: Record, found: Given, document: str | None) -> None:
        source = document.removeprefix("source/") if document else self.source
        if made := self._plain[name].made(record, source):
            found.needs.extend(made.needs)
            if document:
                found.needs.append(SOURCE + source)
            found.tells_of(made.about, record["type"])
            found.blocks.append((made.iri, made.lines))
            return
        node = entries.statement(record, source, self._checker)
        about = node.get("about") if node else None
        self._checked(node, found)
        if document:
            found.needs.append(SOURCE + source)
        if node is None or not isinstance(about, str):
            raise CellError("tells nothing")
        found.tells_of(about, record["type"])
        found.blocks.append((node["id"], "\n".join(lines(node, SOURCE + source))))

    def _checked(self, node: Node | None, found: Given) -> None:
        """Take over what the checker found: the first finding is the reason why a row cannot enter."""
        findings, references = self._checker.taken()
        if findings:
            raise CellError("finding", finding=f"{findings[0].problem}; {findings[0].remedy}")
        found.needs.extend(references)


@lru_cache(1_000)
def _repaired(repairs: tuple[tuple[str, str], ...]) -> tuple[Reason, ...]:
    return tuple(Reason(key, (("column", column),)) for key, column in repairs)


def _take_out_known(given: Given) -> None:
    """Take out of the needs what is looked up nowhere: places of the ontology, and what the row brings itself."""
    own, places = {iri for iri, _, _ in given.told}, vocabulary().places
    needs = [iri for iri in given.needs if iri not in own and iri.removeprefix(_PLACE) not in places]
    given.needs[:] = dict.fromkeys(needs)


def _each(template: Template, cells: Cells) -> Iterator[Cells]:
    """The row once, or once for each of several values of a cell, where the template applies."""
    if template.each is None:
        if template.condition(cells):
            yield cells
        return
    for value in cells.several(template.each.column, template.each.separators):
        one = cells.with_one(template.each.name, value)
        if template.condition(one):
            yield one


def _written(value: Any) -> str:
    return ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
