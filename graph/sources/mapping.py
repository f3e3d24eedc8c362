"""Reads a mapping: a YAML file that says how a row of a table becomes things and statements.

It stands next to the facts format: what it holds under `source`, `things` and `statements` is what a fact file holds,
with columns in braces where a row differs from the next.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from graph import entries, yamlfile
from graph.entries import SLUG, Checker
from graph.errors import DataError, NotFoundError
from graph.sources.cells import MISSING
from graph.sources.compiling import SEPARATORS, Compiler, reader_of
from graph.sources.places import Places
from graph.sources.tables import Options
from graph.sources.values import Cells, Value
from graph.yamlfile import Record
from ontology import vocabulary

FOLDER = Path(__file__).parent / "mappings"

TOP = ("about", "prefix", "table", "key", "at", "places", "source", "documents", "things", "statements")
TABLE = (
    *("template", "encoding", "delimiter", "sheet", "records", "skip", "class"),
    *("missing", "optional", "dates", "firsts", "century", "serial", "numbers", "symbols"),
)
THING = ("id", "label", "alias", "formerName", "note", "exactMatch", "if", "each")
DOCUMENT = ("id", "kind", "title", "url", "publisher", "published", "language", "author", "note", "if", "each")
_LANGUAGES = ("label", "alias", "formerName", "note", "paraphrase", "title")
_REFERENCES = ("about", "by", "denies")

Condition = Callable[[Cells], bool]


class Each(NamedTuple):
    """Several values of one cell: each is a column `name` in turn."""

    column: str
    name: str
    separators: tuple[str, ...]


class Template(NamedTuple):
    """A document, thing or statement that rows fill: `name` is part of its key, `values` lead from keys to fillers.

    A constant one takes nothing from the rows: a thing that the import brings once. A statement that lacks a value
    it requires is not made; `document` is the source that tells it, where that is not the table itself.
    """

    name: str
    record: Record
    condition: Condition
    each: Each | None
    values: dict[str, Value]
    languages: dict[str, dict[str, Value]]
    is_constant: bool
    require: frozenset[str]
    document: Value | None


class Mapping(NamedTuple):
    """A mapping that can be applied."""

    name: str
    about: str
    template: bool
    digest: str
    options: Options
    optional: frozenset[str]
    missing: frozenset[str]
    head: Record
    key: tuple[str, ...]
    locator: Value | None
    documents: tuple[Template, ...]
    things: tuple[Template, ...]
    statements: tuple[Template, ...]
    columns: dict[str, tuple[Record, str]]
    file: str


def names() -> list[str]:
    """The names of the ready mappings."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def text(name: str) -> str:
    """A ready mapping as it is written.

    Raises:
        NotFoundError: if there is none of that name.
    """
    if name not in names():
        from difflib import get_close_matches

        near = get_close_matches(name, names(), 1)
        remedy = f"did you mean '{near[0]}'?" if near else "`chuhai mappings` lists them, or give a file.yaml"
        raise NotFoundError(f"no mapping '{name}'; {remedy}")
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def read(name: str) -> Mapping:
    """Read a mapping by the name of a ready one, or the path of a YAML file.

    Raises:
        NotFoundError: if there is none of that name.
        DataError: with everything that is wrong in it.
    """
    return _of_file(Path(name)) if name.endswith((".yaml", ".yml")) else _ready(name)


@cache
def _ready(name: str) -> Mapping:
    text(name)
    return _of_file(FOLDER / f"{name}.yaml")


def _of_file(path: Path) -> Mapping:
    record = yamlfile.read(path, path.name)
    checker = Checker(path.name, vocabulary())
    found = _Reader(record, checker).mapping(path)
    if checker.findings:
        raise DataError(checker.findings)
    return found


class _Reader:
    def __init__(self, record: Record, checker: Checker) -> None:
        self.record = record
        self.checker = checker
        for key in record:
            if key not in TOP:
                checker.unknown(record, key, list(TOP))
        self.table = self._record("table")
        for key in self.table:
            if key not in TABLE:
                checker.unknown(self.table, key, list(TABLE))
        self.prefix = checker.text(record, "prefix", required=True) or ""
        if self.prefix and not SLUG.fullmatch(self.prefix):
            checker.report(record, "prefix", f"'{self.prefix}' is no part of a slug", "lower-case letters and digits")
        self.compiler = Compiler(checker, self.table, self.prefix, self._places())

    def _record(self, key: str) -> Record:
        value = self.record.get(key)
        if isinstance(value, Record):
            return value
        if value is not None:
            self.checker.report(self.record, key, f"'{key}' is no mapping", f"write keys under '{key}:'")
        return Record(self.record.lines.get(key, self.record.line))

    def _list(self, record: Record, key: str) -> list[Any]:
        value = record.get(key, [])
        return value if isinstance(value, list) else [value]

    def _places(self) -> Places:
        own = self._record("places")
        for name, slug in own.items():
            if not isinstance(slug, str) or slug not in self.checker.vocabulary.places:
                self.checker.report(own, name, f"'{slug}' is no place", "write the slug of one: mainland-china")
        return Places(self.checker.vocabulary, {k: v for k, v in own.items() if isinstance(v, str)})

    def mapping(self, path: Path) -> Mapping:
        head = self._record("source")
        if "source" not in self.record:
            self.checker.report(self.record, "", "'source' is missing", "describe the document under 'source:'")
        key = tuple(str(column) for column in self._list(self.record, "key"))
        for column in key:
            self.compiler.use(column, self.record, "key", frozenset())
        documents = tuple(self._template(item, "", DOCUMENT) for item in self._items("documents"))
        things = tuple(self._template(item, "", THING) for item in self._items("things"))
        named = [(str(item.get("name", "")), item) for item in self._items("statements")]
        taken: set[str] = set()
        for name, item in named:
            if not SLUG.fullmatch(name) or name in taken:
                problem = f"'{name}' stands twice" if name in taken else "'name' is missing, or no part of a key"
                self.checker.report(item, "name", problem, "write 'name: round', another one for each statement")
            taken.add(name)
        statements = tuple(self._template(item, name, ()) for name, item in named)
        if not (documents or things or statements):
            self.checker.report(self.record, "", "neither things nor statements", "say what a row brings or tells")
        locator = self.compiler.value(self.record, "at") if "at" in self.record else None
        return Mapping(
            name=path.stem,
            about=self.compiler.text(self.record, "about"),
            template=self.compiler.text(self.table, "template") == "true",
            digest=sha256(path.read_bytes()).hexdigest(),
            options=self._options(),
            optional=frozenset(map(str, self._list(self.table, "optional"))),
            missing=MISSING | {str(word).lower() for word in self._list(self.table, "missing")},
            head=head,
            key=key,
            locator=locator,
            documents=documents,
            things=things,
            statements=statements,
            columns=self.compiler.columns,
            file=path.name,
        )

    def _options(self) -> Options:
        text = self.compiler.text
        skip = text(self.table, "skip")
        if skip and not skip.isdecimal():
            self.checker.report(self.table, "skip", f"'{skip}' is no number of lines", "write 'skip: 2'")
        return Options(
            encoding=text(self.table, "encoding"),
            delimiter=text(self.table, "delimiter"),
            sheet=text(self.table, "sheet"),
            records=text(self.table, "records") or "[]",
            skip=int(skip) if skip.isdecimal() else 0,
            rdf_class=text(self.table, "class"),
        )

    def _items(self, key: str) -> list[Record]:
        found = self._list(self.record, key)
        if not all(isinstance(item, Record) for item in found):
            self.checker.report(self.record, key, f"'{key}' is no list of entries", "begin each entry with '- '")
            return []
        return found

    def _template(self, item: Record, name: str, keys: tuple[str, ...]) -> Template:
        uses = self.compiler.uses
        each = self._each(item)
        own = frozenset({each.name}) if each else frozenset[str]()
        allowed = {}
        known = list(keys)
        if not keys:
            type_name = self.compiler.text(item, "type")
            if item.get("kind") is None:
                item["kind"] = "fact"
            if type_name not in self.checker.vocabulary.slug_kinds:
                remedy = "write 'type: FundingRound', or another class of docs/ontology.md"
                self.checker.report(item, "type", f"'{type_name}' is no type", remedy)
            else:
                allowed = self.checker.vocabulary.properties_of(type_name)
            known = [*entries.keys_of(allowed), "name", "if", "each", "require", "in"]
        values: dict[str, Value] = {}
        languages: dict[str, dict[str, Value]] = {}
        for key in item:
            if key not in known or key == "key":
                self.checker.unknown(item, key, [k for k in known if k != "key"])
            elif key in ("name", "if", "each", "require", "in"):
                continue
            elif key in _LANGUAGES:
                if isinstance(item[key], Record):
                    languages[key] = {tag: self.compiler.value(item[key], tag, "text", own) for tag in item[key]}
                else:
                    self.checker.report(item, key, f"'{key}' has no languages", f"write '{key}: {{en: …}}'")
            else:
                values[key] = self.compiler.value(item, key, reader_of(key, allowed), own)
        needed = ("id", "title" if "title" in keys else "label") if keys else ("about", "type")
        for key in needed:
            if key not in item:
                self.checker.report(item, "", f"'{key}' is missing", f"add '{key}: …'")
        condition = self._condition(item, own)
        require = frozenset(map(str, self._list(item, "require")))
        for key in sorted(require):
            if key not in values and key not in languages:
                self.checker.report(item, "require", f"'{key}' is no value here", "name one that is filled above")
        document = self.compiler.value(item, "in", "text", own) if "in" in item else None
        is_constant = keys == THING and self.compiler.uses == uses
        return Template(name, item, condition, each, values, languages, is_constant, require, document)

    def _each(self, item: Record) -> Each | None:
        spec = item.get("each")
        if spec is None:
            return None
        if not isinstance(spec, Record) or not {"column", "as"} <= spec.keys() <= {"column", "as", "separator"}:
            remedy = "write 'each: {column: investors, as: investor, separator: \";\"}'"
            self.checker.report(item, "each", "'each' names no column, or no name for its values", remedy)
            return None
        column = str(spec["column"])
        self.compiler.use(column, spec, "column", frozenset())
        separators = tuple(map(str, self._list(spec, "separator"))) or SEPARATORS
        return Each(column, str(spec["as"]), separators)

    def _condition(self, item: Record, own: frozenset[str]) -> Condition:
        tests = [self._test(item, test, own) for test in self._list(item, "if")]
        if len(tests) == 1:
            return tests[0]
        return lambda cells: all(test(cells) for test in tests)

    def _test(self, item: Record, test: Any, own: frozenset[str]) -> Condition:
        if isinstance(test, str):
            self.compiler.use(test, item, "if", own)
            return lambda cells: bool(cells.text(test))
        if not isinstance(test, Record) or not ("column" in test and test.keys() <= {"column", "is", "not", "present"}):
            remedy = "write 'if: column', or 'if: {column: status, is: [operating]}'"
            self.checker.report(item, "if", "'if' names no column", remedy)
            return lambda cells: False
        column = str(test["column"])
        self.compiler.use(column, test, "column", own)
        wanted = {str(word).casefold() for word in self._list(test, "is")}
        unwanted = {str(word).casefold() for word in self._list(test, "not")}
        present = {"true": True, "false": False}.get(str(test.get("present")))

        def holds(cells: Cells) -> bool:
            found = cells.text(column).casefold()
            return (
                (not wanted or found in wanted)
                and (found not in unwanted)
                and (present is None or present == bool(found))
            )

        return holds
