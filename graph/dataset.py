"""What a dataset says of itself: the one file `dataset.yaml` beside its facts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from graph import yamlfile
from graph.entries import Checker
from graph.errors import DataError, NotFoundError
from graph.yamlfile import Record
from ontology import Labels, expand, vocabulary

FILE = "dataset.yaml"
_KEYS = ("id", "title", "description", "version", "licence", "publisher", "keywords")
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`#]+")


class Dataset(NamedTuple):
    """A dataset: its IRI and its publisher's, its words by language, and its version, the day on which it is issued."""

    iri: str
    title: Labels
    description: Labels
    version: str
    licence: str
    publisher: str
    keywords: dict[str, list[str]]


def read(folder: Path) -> Dataset:
    """Read and check the description of a folder of facts.

    Raises:
        NotFoundError: if the folder has none.
        DataError: with every finding about it.
    """
    path = folder / FILE
    if not path.exists():
        raise NotFoundError(f"{path}: no such file; write there {', '.join(_KEYS)} under 'dataset:'")
    record = yamlfile.read(path, FILE)
    checker = Checker(FILE, vocabulary())
    found = record.get("dataset")
    if not isinstance(found, Record):
        checker.report(record, "dataset", "'dataset' is missing", "describe the whole under 'dataset:'")
        raise DataError(checker.findings)
    for key in record:
        if key != "dataset":
            checker.unknown(record, key, ["dataset"])
    dataset = _dataset(found, checker)
    if checker.findings:
        raise DataError(checker.findings)
    return dataset


def _dataset(found: Record, checker: Checker) -> Dataset:
    for key in found:
        if key not in _KEYS:
            checker.unknown(found, key, list(_KEYS))
    for key in ("id", "licence"):
        text = checker.text(found, key, required=True)
        if text is not None and not _IRI.fullmatch(text):
            checker.report(found, key, f"'{text}' is no web address", "write https://…")
    if checker.text(found, "version", required=True) is not None:
        span = checker.span(found, "version")
        if span is not None and (span.first is None or span.first != span.last):
            checker.report(found, "version", f"'{found['version']}' is no day", "write the day of the release")
    titles = [checker.languages(found, key, ("en",)) or {} for key in ("title", "description")]
    keywords = checker.languages(found, "keywords") or {}
    publisher = checker.text(found, "publisher", required=True)
    if publisher is not None:
        checker.reference(found, "publisher", publisher, frozenset({"Organization"}))
    return Dataset(
        iri=found.get("id", ""),
        title=titles[0],
        description=titles[1],
        version=found.get("version", ""),
        licence=found.get("licence", ""),
        publisher=expand(publisher or ""),
        keywords={tag: texts if isinstance(texts, list) else [texts] for tag, texts in keywords.items()},
    )
