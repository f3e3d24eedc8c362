"""Reads a folder of facts: the register, the editors' decisions, and one file for each source.

    facts/register/*.yaml    things and their names
    facts/editorial.yaml     decisions between values, withdrawn statements
    facts/sources/*.yaml     what each source document says

The result is JSON-LD, every entry checked, nothing resolved yet.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from orjson import dumps, loads
from pyoxigraph import NamedNode

from graph import entries, yamlfile
from graph.entries import LANGUAGE, SLUG, Checker, Node
from graph.errors import DataError, Finding
from graph.files import write_bytes
from graph.folder import FOLDER, files, stamp_of_facts
from graph.yamlfile import Record
from ontology import CHUHAI, EDITORIAL, ID, REGISTER, SOURCE, compact, expand, vocabulary
from ontology.records import Vocabulary

KEPT = ".facts.json"
"""The file beside the stores in which checked facts are kept."""

_REGISTERED = ("organization", "legal-entity", "person", "product", "ranking", "criterion", "case")
_EDITORIAL = {"decisions": ("choose", "on", "property"), "withdrawals": ("withdraw",)}
_TERMS = {"choose": "chosen", "withdraw": "withdrawn"}
_URL = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
_NAMES = ("label", "alias", "formerName", "note")


@dataclass
class Facts:
    """Checked facts, ready for the JSON-LD parser.

    `documents` are JSON-LD nodes with a graph inside each; `origin` leads from the IRI of a statement,
    source or thing to its file, line and key.
    """

    documents: list[Node] = field(default_factory=list)
    origin: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)


def load(folder: Path = FOLDER, only: Collection[str] | None = None) -> Facts:
    """Read and check a folder of facts.

    Args:
        folder: with sources/ and register/.
        only: slugs of the sources to read; all when None.

    Returns:
        The facts as JSON-LD.

    Raises:
        DataError: with every finding of every file.
        ChuhaiError: if the folder holds no facts.
    """
    facts = Facts()
    checkers: list[Checker] = []
    findings: list[Finding] = []
    words = vocabulary()
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        if path.parent.name == "sources" and only is not None and path.stem not in only:
            continue
        checker = Checker(name, words)
        checkers.append(checker)
        try:
            record = yamlfile.read(path, name)
        except DataError as error:
            findings.extend(error.findings)
            continue
        if path.parent.name == "register":
            _register(record, checker, facts)
        elif path.name == "editorial.yaml":
            _editorial(record, checker, facts)
        else:
            _source(record, path.stem, checker, facts)
    if not findings:  # a file that could not be read may hold what others refer to
        _look_up(checkers, facts, words, partial=only is not None)
    findings.extend(f for checker in checkers for f in checker.findings)
    if findings:
        raise DataError(findings)
    _withdraw(facts)
    return facts


def load_kept(folder: Path, path: Path) -> Facts:
    """The checked facts of a folder as a file keeps them, or, where any of their files changed, read anew and kept.

    Args:
        folder: with sources/ and register/.
        path: of the file; where it cannot be written, nothing is kept.

    Raises:
        As `load` does.
    """
    state = stamp_of_facts(folder)
    with suppress(OSError, ValueError, TypeError, AttributeError):
        before, documents, origin, withdrawn = loads(path.read_bytes())
        if before == state != "":
            return Facts(documents, {iri: tuple(place) for iri, place in origin.items()}, set(withdrawn))
    facts = load(folder)
    if state and stamp_of_facts(folder) == state:  # else they may have changed while they were read
        with suppress(OSError):
            told = dumps([state, facts.documents, facts.origin, sorted(facts.withdrawn)])
            write_bytes(path, told)
    return facts


def _items(record: Record, key: str, checker: Checker) -> list[Record]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, Record) for item in value):
        checker.report(record, key, f"'{key}' is no list of entries", "begin each entry with '- '")
        return []
    return value


def _remember(iri: str, record: Record, checker: Checker, facts: Facts) -> None:
    if iri in facts.origin:
        file, line, _ = facts.origin[iri]
        checker.report(record, "", f"'{compact(iri)}' stands already in {file}:{line}", "keep one of them")
    facts.origin[iri] = (checker.file, record.line, iri.rpartition("#")[2] if "#" in iri else compact(iri))


def _register(record: Record, checker: Checker, facts: Facts) -> None:
    for key in record:
        if key != "things":
            checker.unknown(record, key, ["things"])
    nodes = []
    for item in _items(record, "things", checker):
        node = thing(item, checker)
        if node is not None:
            _remember(node["id"], item, checker, facts)
            nodes.append(node)
    facts.documents.append({"@id": REGISTER, "@graph": nodes})


def thing(record: Record, checker: Checker, languages: tuple[str, ...] = ("en",)) -> Node | None:
    """Check one entry of the register and turn it into a JSON-LD node; None without an identifier.

    `languages` are those in which it has to have a label.
    """
    identifier = checker.text(record, "id", required=True)
    if identifier is None:
        return None
    kind, _, slug = identifier.partition("/")
    if kind not in _REGISTERED or not SLUG.fullmatch(slug):
        remedy = "write kind/slug with one of " + ", ".join(_REGISTERED)
        checker.report(record, "id", f"'{identifier}' is no identifier", remedy)
        return None
    node: Node = {"id": ID + identifier, "@type": f"chuhai:{checker.vocabulary.classes_of_kinds[kind]}"}
    node["label"] = checker.languages(record, "label", languages)
    for key in record:
        if key in ("alias", "formerName", "note"):
            node[key] = checker.languages(record, key)
        elif key == "exactMatch":
            node[key] = _matches(record, checker)
        elif key not in ("id", "label"):
            checker.unknown(record, key, ["id", "exactMatch", *_NAMES])
    return {k: v for k, v in node.items() if v is not None}


def _matches(record: Record, checker: Checker) -> list[str] | None:
    """The addresses under which other lists know a thing."""
    several = checker.numbers(record, "exactMatch")
    for item in several or ():
        if not (_URL.fullmatch(item) and _is_iri(item)):
            checker.report(record, "exactMatch", f"'{item}' is no address", "write https://… without spaces")
    return several


def _is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def _editorial(record: Record, checker: Checker, facts: Facts) -> None:
    nodes: list[Node] = []
    for key in record:
        if key not in _EDITORIAL:
            checker.unknown(record, key, list(_EDITORIAL))
    for group, keys in _EDITORIAL.items():
        for item in _items(record, group, checker):
            nodes.append({"id": f"{EDITORIAL}#{len(nodes) + 1}", "@type": "Decision", **_decision(item, keys, checker)})
    facts.withdrawn.update(node["withdrawn"] for node in nodes if "withdrawn" in node)
    facts.documents.append({"@id": EDITORIAL, "@graph": nodes})


def _decision(item: Record, keys: tuple[str, ...], checker: Checker) -> Node:
    node: Node = {"reason": checker.languages(item, "reason", ("en",))}
    heads = [p.name for p in checker.vocabulary.properties.values() if p.functional and not p.resolved_with]
    for key in item:
        if key not in (*keys, "reason", "decided"):
            checker.unknown(item, key, [*keys, "reason", "decided"])
    for key in (*keys, "decided"):
        text = checker.text(item, key, required=True)
        if text is None:
            continue
        if key == "on":
            node["about"] = checker.reference(item, key, text)
        elif key == "property":
            node["decidedProperty"] = CHUHAI + text
            if text not in heads:
                near = get_close_matches(text, heads, 1)
                remedy = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(sorted(heads))
                checker.report(item, key, f"'{text}' is no property to decide on", remedy)
        elif key == "decided":
            span = checker.span(item, key)
            node["decided"] = span.first or span.last if span is not None else None
        elif "#" not in text:
            checker.report(item, key, f"'{text}' is no statement", "write source-slug#key")
        else:
            node[_TERMS[key]] = SOURCE + text
            checker.mention(item, key, SOURCE + text)
    return node


def _source(record: Record, stem: str, checker: Checker, facts: Facts) -> None:
    head = record.get("source")
    if not isinstance(head, Record):
        checker.report(record, "source", "'source' is missing", "describe the document under 'source:'")
        return
    for key in record:
        if key not in ("source", "statements"):
            checker.unknown(record, key, ["source", "statements"])
    slug = checker.text(head, "id", required=True) or stem
    if not SLUG.fullmatch(stem):
        checker.report(head, "id", f"'{stem}' is no name for a file", "use lower-case letters, digits and hyphens")
    elif slug != stem:
        checker.report(head, "id", f"'{slug}' is not the file's name", f"write 'id: {stem}'")
    _remember(SOURCE + slug, head, checker, facts)
    nodes = [document(head, slug, checker)]
    for item in _items(record, "statements", checker):
        node = entries.statement(item, slug, checker)
        if node is not None:
            _remember(node["id"], item, checker, facts)
            nodes.append(node)
    facts.documents.append({"@id": SOURCE + slug, "@graph": nodes})


def document(head: Record, slug: str, checker: Checker) -> Node:
    """Check the description of one source document and turn it into a JSON-LD node."""
    node: Node = {"id": SOURCE + slug, "@type": "Source"}
    if (kind := checker.text(head, "kind", required=True)) is not None:
        node["sourceKind"] = checker.concept(head, "kind", kind, "source-kind")
    node["title"] = checker.languages(head, "title")
    if not head.get("title"):
        checker.report(head, "title", "'title' is missing", "add 'title: {en: …}'")
    node["url"] = url = checker.text(head, "url", required=True)
    if url is not None and not _URL.fullmatch(url):
        checker.report(head, "url", f"'{url}' is no web address", "write https://…")
    node["language"] = language = checker.text(head, "language", required=True)
    if language is not None and not LANGUAGE.fullmatch(language):
        checker.report(head, "language", f"'{language}' is no language tag", "use en, zh-hans or zh-hant")
    if "publisher" not in head:
        checker.report(head, "", "'publisher' is missing", "add 'publisher: organization/…', who published it first")
    else:
        node["publisher"] = checker.reference(head, "publisher", head["publisher"], frozenset({"Organization"}))
    published = checker.text(head, "published", required=True)
    dated = published is not None and published != "undated"
    if dated and (span := checker.span(head, "published")) is not None:
        node.update(published=published, notBefore=span.first, notAfter=span.last)
    for key in head:
        if key in ("author", "repost"):
            node[key] = checker.text(head, key)
            if key == "repost" and node[key] not in (None, "true", "false"):
                checker.report(head, key, f"'{node[key]}' is neither true nor false", "write true or leave it out")
        elif key == "ref":
            node[key] = checker.numbers(head)
        elif key == "note":
            node[key] = checker.languages(head, key)
        elif key == "copyOf":
            node[key] = checker.reference(head, key, head[key], frozenset({"Source"}))
        elif key not in ("id", "kind", "title", "url", "language", "publisher", "published"):
            checker.unknown(head, key, ["title", "author", "repost", "ref", "note", "copyOf", "published", "publisher"])
    return {k: v for k, v in node.items() if v is not None}


def _look_up(checkers: list[Checker], facts: Facts, words: Vocabulary, partial: bool) -> None:
    """Check that every reference leads somewhere, now that every file is known."""
    told = {
        node["about"]
        for document in facts.documents
        for node in document["@graph"]
        if isinstance(node.get("about"), str) and node.get("aboutType")
    }
    places = {expand(f"place/{slug}") for slug in words.places}
    told.update(iri for checker in checkers for iri in checker.broken)
    for checker in checkers:
        for reference in checker.references:
            iri = reference.iri
            if iri in facts.origin or iri in told or iri in places:
                continue
            if partial and (iri.startswith(SOURCE) or not _is_registered(iri)):
                continue
            short = compact(iri)
            if iri.startswith(SOURCE):
                reference.report(f"'{short}' is no statement or source here", "check the slug and the key")
            elif _is_registered(iri):
                reference.report(f"'{short}' is not in the register", "add it to register/*.yaml or mend the slug")
            else:
                reference.report(f"no statement tells of '{short}'", "mend the slug or add a statement about it")


def _is_registered(iri: str) -> bool:
    return compact(iri).partition("/")[0] in (*_REGISTERED, "place")


def _withdraw(facts: Facts) -> None:
    for document in facts.documents:
        document["@graph"] = [n for n in document["@graph"] if n.get("id") not in facts.withdrawn]
