"""Suggestions, flyouts and previews of the Reconciliation Service API 0.2."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from graph import html, limits, profile
from graph.errors import NotFoundError
from graph.names import Name, key
from graph.profile import Profile
from graph.reading import Reader
from graph.server import extension
from graph.server.answer import Answer, in_json
from graph.server.api import candidates
from graph.server.reconciliation import typed
from graph.store import Graph
from ontology import compact, expand, local, vocabulary

_LINES = 4
"""How many lines of a profile a preview shows."""


def suggest(graph: Graph, what: str, prefix: str, cursor: int) -> Answer:
    """Entities, types or properties for the beginning of a name that is being typed.

    Args:
        graph: the open graph.
        what: one of reconciliation.KINDS.
        prefix: what was typed.
        cursor: how many to pass over.
    """
    found = _entities(graph, prefix) if what == "entity" else _terms(what, prefix)
    return in_json({"result": list(islice(found, cursor, cursor + limits.SUGGESTIONS))})


def _entities(graph: Graph, prefix: str) -> Iterator[dict[str, Any]]:
    reader = Reader(graph)
    for name in candidates(graph, prefix):
        iri = expand(name.thing)
        types = [typed(local(t)) for t in reader.node(iri).get("type", ())]
        yield {"id": name.thing, "name": reader.label(iri), "description": name.name, "notable": types}


def _terms(what: str, prefix: str) -> Iterator[dict[str, str]]:
    for name, (labels, definition) in _known(what).items():
        if not prefix or any(key(label).startswith(key(prefix)) for label in (name, *labels)):
            yield {"id": name, "name": labels[0], "description": definition}


def _known(what: str) -> dict[str, tuple[list[str], str]]:
    """Labels and definition of every type or property."""
    words = vocabulary()
    if what == "type":
        return {n: ([*c.label.values()], c.definition["en"]) for n, c in words.classes.items() if c.shape}
    return {
        name: ([p.name, *(words.properties[name].label.values() if name in words.properties else ())], p.description)
        for name, p in extension.properties().items()
    }


def flyout(graph: Graph, what: str, name: str) -> Answer:
    """A few words on an entity, type or property, as HTML in JSON."""
    if what == "entity":
        found = _profile(graph, name)
        return in_json({"id": name, "html": f"<p><b>{html.text(found.label)}</b> {html.text(found.type_label)}</p>"
                        f"<ul>{_lines(found)}</ul>"})  # fmt: skip
    known = _known(what)
    if name not in known:
        raise NotFoundError(f"there is no {what} '{name}'")
    labels, definition = known[name]
    return in_json({"id": name, "html": f"<p><b>{html.text(labels[0])}</b></p><p>{html.text(definition)}</p>"})


def preview(graph: Graph, name: str) -> Answer:
    """A small page on a thing, for a frame in another site's page."""
    found = _profile(graph, name)
    labels = ", ".join(dict.fromkeys(found.labels.values()))
    written = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<title>{html.text(found.label)}</title><link rel="stylesheet" href="/style.css"></head>'
        f'<body class="preview"><h1>{html.text(found.label)}</h1><p class="kind">{html.text(found.type_label)} · '
        f"{html.text(labels)}</p><ul>{_lines(found)}</ul></body></html>"
    )
    return Answer(200, "text/html; charset=utf-8", written.encode())


def _profile(graph: Graph, name: str) -> Profile:
    reader, iri = Reader(graph), expand(name)
    if "type" not in reader.node(iri):
        raise NotFoundError(f"there is no entity '{name}'")
    return profile.profile(reader, Name(reader.label(iri), "", "label", compact(iri)))


def _lines(found: Profile) -> str:
    lines = islice((line for each in found.sections.values() for line in each), _LINES)
    return "".join(f"<li>{html.text(line.caption)}: {html.told(line, found.language)}</li>" for line in lines)
