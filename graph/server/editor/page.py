"""The page of the SPARQL editor: YASGUI's editor, the named queries beside it, the answer below it.

It holds all that it needs to know as JSON and asks for nothing but its own scripts and styles, so that it works
without any other server.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import queries
from graph import asking, limits, vendor
from graph.server.editor.words import WORDS
from graph.server.fixed import Fixed
from ontology import CONCEPT, PREFIXES, SPACE, compact, context, in_language, vocabulary

_SCRIPTS = ("dom", "completion", "parameters", "examples", "results", "tabs", "app")
"""The parts of the page's own script, in order: they make one."""

_TOOLTIP = "text-decoration:underline"
"""The one style that the editor writes into markup of its own: what it expects at a syntax error."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-hashes'"
    f" 'sha256-{base64.b64encode(hashlib.sha256(_TOOLTIP.encode()).digest()).decode()}';"
    " connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the page may load: scripts, styles and answers of its own server alone."""


def fixed() -> dict[str, Fixed]:
    """The files of the page by name."""
    own = "'use strict';\n" + "".join(_read(f"{name}.js") for name in _SCRIPTS)
    library = vendor.script("yasqe/yasqe.min.js")
    style = (vendor.FOLDER / "yasqe" / "yasqe.min.css").read_bytes()
    return {
        "yasqe.js": Fixed("yasqe.js", "text/javascript", library.encode()),
        "editor.js": Fixed("editor.js", "text/javascript", own.encode()),
        "yasqe.css": Fixed("yasqe.css", "text/css", style),
        "editor.css": Fixed("editor.css", "text/css", _read("editor.css").encode()),
    }


@cache
def page(language: str) -> str:
    """The whole page.

    Args:
        language: "en" or "zh-hans".
    """
    known = json.dumps(_known(language), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    where = {name.replace(".", "_"): file.path for name, file in fixed().items()}
    words = {key: escape(in_language(labels, language)) for key, labels in WORDS.items()}
    lang, other = ("en", "zh") if language == "en" else ("zh-Hans", "en")
    return _read("editor.html").format(known=known, lang=lang, other_lang=other, **where, **words)


def _known(language: str) -> dict[str, Any]:
    """What the script knows from the start."""
    return {
        "language": "en" if language == "en" else "zh",
        "space": SPACE,
        "longest": limits.SERVE_URL_BYTES,
        "words": {key: in_language(labels, language) for key, labels in WORDS.items()},
        "prefixes": PREFIXES,
        "terms": [{"name": name, "kind": kind, "label": label} for name, kind, label in sorted(_terms(language))],
        "groups": [_group(tag, in_language(labels, language), language) for tag, labels in queries.TAGS.items()],
    }


def _terms(language: str) -> Iterator[tuple[str, str, str]]:
    """What stands in queries: its prefixed name, whether it is a class, property or concept, and its label."""
    found = vocabulary()
    kinds: Mapping[str, Mapping[str, Any]] = {"class": found.classes, "property": found.properties}
    for kind, terms in kinds.items():
        yield from ((f"chuhai:{name}", kind, in_language(term.label, language)) for name, term in terms.items())
    for name, concept in found.concepts.items():
        yield compact(CONCEPT + name), "concept", in_language(concept.label, language)
    for key, value in context().items():
        name = value.get("@id", "") if isinstance(value, dict) else ""
        if name.partition(":")[0] in PREFIXES.keys() - {"chuhai"}:
            yield name, "property", key


def _group(tag: str, title: str, language: str) -> dict[str, Any]:
    """The named queries with a tag."""
    return {"title": title, "queries": [
        {
            "name": query.name, "summary": in_language(query.summaries, language), "description": query.description,
            "parameters": [
                {
                    "name": p.name, "type": p.type, "default": query.defaults.get(p.name),
                    "kind": asking.kind_of(p.name) if p.type == "iri" else "",
                }
                for p in query.parameters
            ],
        }
        for query in queries.catalogue().values() if query.tag == tag
    ]}  # fmt: skip


def _read(name: str) -> str:
    """A file of this package."""
    return (files("graph.server.editor") / name).read_text("utf-8")
