"""What a word that is being typed may become: commands' arguments, read from the last build of the facts, or the store.

A shell asks at every press of a key: nothing here builds a store, reads facts, or loads a triple store. Where
there is no build yet, no names are offered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from graph import limits
from graph.errors import ChuhaiError
from graph.folder import FOLDER
from graph.names import key
from graph.store import Graph, latest, open_build
from ontology import CONCEPT, ID, compact, expand

PROJECTIONS = (
    "whole", "ownership", "investment", "co-investment", "employment", "personnel-flow", "headquarters-flow",
    "product-market", "product-parent",
)  # fmt: skip
"""The names of `projections.PROJECTIONS`, which takes a triple store to import."""

MEASURES = (
    "degree", "indegree", "outdegree", "betweenness", "harmonic", "pagerank", "cheirank", "coreness", "constraint",
    "components", "communities",
)  # fmt: skip
"""The names of `measures.MEASURES` and `measures.PARTITIONS`, likewise."""

SECTIONS = ("flows", "rates", "ranks", "gravity", "markets", "specialization", "capital", "facets", "ties", "limits")
"""The names of `overseas.SECTIONS`, likewise."""

_LAST = "\U0010ffff"


class Offer(NamedTuple):
    """One value for a word; `type` is "plain", "part" where the word goes on after it, or "file"."""

    text: str
    help: str = ""
    type: str = "plain"


Given = Mapping[str, Any]
"""What stands on the command line already, by parameter."""


def offers(what: str, given: Given, begun: str) -> list[Offer]:
    """The values for a word that is being typed.

    Args:
        what: a key of OFFERS.
        given: the other parameters of the command.
        begun: the word so far.

    Returns:
        At most limits.COMPLETIONS values, the most likely first; none where anything is amiss, since a shell
        has no place for an error.
    """
    try:
        found: dict[str, Offer] = {}
        for offer in OFFERS[what](given, begun):
            if not offer.text.startswith("-"):
                found.setdefault(offer.text, offer)
        return list(found.values())[: limits.COMPLETIONS]
    except (ChuhaiError, OSError, sqlite3.Error, UnicodeError):
        return []


def _graph(given: Given) -> Graph | None:
    """The graph that names are offered from; none for a service, which could keep a shell waiting."""
    if store := given.get("store"):
        return None if "://" in str(store) else open_build(Path(store))
    return latest(Path(given.get("facts") or FOLDER))


def _things(given: Given, begun: str, kind: str = "") -> Iterator[Offer]:
    """Things by name in any script, or by `kind/slug`; of one kind where it is given."""
    if (graph := _graph(given)) is None:
        return
    yield from _slugs(graph.index, begun, kind)
    yield from _names(graph.index, begun, kind)
    if not kind and "/" not in begun:
        kinds = _kinds(graph.index, "SELECT thing FROM names WHERE thing >= ? ORDER BY thing LIMIT 1", "")
        yield from (Offer(f"{k}/", type="part") for k in kinds if begun and k.startswith(begun))


def _names(index: sqlite3.Connection, begun: str, kind: str) -> list[Offer]:
    """One name for each thing: one that begins as the word does; only where there is none, another form of it."""
    wanted = key(begun)
    query = """SELECT name, thing, role != 'label', language FROM (
        SELECT * FROM names WHERE key >= ? AND key < ? AND +thing >= ? AND +thing < ? LIMIT ?
    ) ORDER BY mentions DESC, thing"""
    bounds = (wanted, wanted + _LAST, f"{kind}/" if kind else "", f"{kind}/{_LAST}" if kind else _LAST)
    best: dict[str, tuple[bool, bool, str, str]] = {}
    for name, thing, other, language in index.execute(query, (*bounds, limits.COMPLETION_ROWS)):
        text = _one_line(name)
        rank = (not _starts(text, begun), bool(other), language, text)
        best[thing] = min(rank, best.get(thing, rank))
    literal = [(text, thing) for thing, (unlike, *_, text) in best.items() if not unlike]
    unlike = [(text, thing) for thing, (*_, text) in best.items()] if wanted else []
    kinds: dict[str, list[str]] = {}
    for text, thing in literal or unlike:
        kinds.setdefault(text, []).append(thing.partition("/")[0])
    return [Offer(text, ", ".join(sorted(set(found)))) for text, found in kinds.items()]


def _starts(text: str, begun: str) -> bool:
    """Whether a text begins with another, upper or lower case."""
    return text[: len(begun)].casefold() == begun.casefold()


def _one_line(text: str) -> str:
    """The text as a shell can show it: without control characters, in one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _slugs(index: sqlite3.Connection, begun: str, kind: str) -> list[Offer]:
    """Things by `kind/slug`, the most often told first."""
    if "/" not in begun or not begun.startswith(kind):
        return []
    query = """SELECT thing, name FROM (SELECT * FROM names WHERE thing >= ? AND thing < ? LIMIT ?)
        ORDER BY mentions DESC, thing, role DESC, language"""
    rows = index.execute(query, (begun, begun + _LAST, limits.COMPLETION_ROWS))
    labels: dict[str, str] = {}
    for thing, name in rows:
        labels.setdefault(thing, _one_line(name))
    return [Offer(thing, label) for thing, label in labels.items()]


def _kinds(index: sqlite3.Connection, query: str, before: str) -> Iterator[str]:
    """The kinds in a column of the index: each query leaps to the next one."""
    row = index.execute(query, (before,)).fetchone()
    while row:
        kind = row[0].removeprefix(before).partition("/")[0]
        yield kind
        row = index.execute(query, (f"{before}{kind}0",)).fetchone()  # "0" comes after "/"
        if row and not row[0].startswith(before):
            return


def _subjects(given: Given, begun: str) -> Iterator[Offer]:
    """Things, and what happened or held by `kind/slug`."""
    yield from _things(given, begun)
    if (graph := _graph(given)) is None or not begun:
        return
    if "/" in begun:
        query = "SELECT iri FROM nodes WHERE iri >= ? AND iri < ? LIMIT ?"
        bounds = (ID + begun, ID + begun + _LAST, limits.COMPLETIONS)
        things = {offer.text for offer in _slugs(graph.index, begun, "")}
        yield from (Offer(t) for (iri,) in graph.index.execute(query, bounds) if (t := compact(iri)) not in things)
    else:
        kinds = _kinds(graph.index, "SELECT iri FROM nodes WHERE iri >= ? ORDER BY iri LIMIT 1", ID)
        yield from (Offer(f"{k}/", type="part") for k in kinds if k.startswith(begun))


def _properties(given: Given, begun: str) -> Iterator[Offer]:
    """What can be asked of the subject of `why`: kinds of its events and situations, and properties."""
    from graph import profile
    from graph.reading import Reader

    if (graph := _graph(given)) is None or not given.get("subject"):
        return
    reader, subject = Reader(graph, str(given.get("language") or "en")), str(given["subject"])
    things = [expand(subject)]
    if not reader.accounts(things[0]):
        things = profile.circle(reader, expand(profile.find(graph, subject).thing))
    nodes = dict.fromkeys([*things, *(node for thing in things for _, node in reader.neighbours(thing))])
    accounts = {node: found for node in nodes if (found := reader.accounts(node))}
    captions = {reader.caption(found[0].type) for node, found in accounts.items() if node not in things}
    names = {name for found in accounts.values() for account in found for name in account.values}
    yield from (Offer(text, "kind") for text in sorted(captions) if _starts(text, begun))
    yield from (Offer(name, "property") for name in sorted(names) if _starts(name, begun))


def _requests(given: Given, begun: str) -> Iterator[Offer]:
    """Named queries, and files."""
    yield from _queries(given, begun)
    yield Offer("file", type="file")


def _queries(given: Given, begun: str) -> Iterator[Offer]:
    """Named queries with what they answer."""
    import queries

    yield from (Offer(q.name, q.summary) for q in queries.catalogue().values() if q.name.startswith(begun))


def _parameters(given: Given, begun: str) -> Iterator[Offer]:
    """The parameters of a named query that are not given yet, then values for the one that is being typed."""
    import queries

    request = str(given.get("request") or "")
    if request not in queries.names():
        return
    query = queries.named(request)
    wanted, equals, text = begun.partition("=")
    before = {str(parameter).partition("=")[0] for parameter in given.get("parameters") or ()}
    for parameter in query.parameters:
        if not equals and parameter.name.startswith(wanted) and parameter.name not in before:
            yield Offer(f"{parameter.name}=", parameter.type, "part")
        elif equals and parameter.name == wanted:
            found = _values(given, parameter.name, parameter.type, query.defaults.get(wanted, ""), text)
            yield from (offer._replace(text=f"{wanted}={offer.text}") for offer in found)


def _values(given: Given, name: str, type_name: str, default: str, begun: str) -> Iterator[Offer]:
    """Values of a parameter: its default, truth values, things of the kind that its name or its default tells."""
    choices = ["true", "false"] if type_name == "boolean" else [default] if default else []
    yield from (Offer(choice) for choice in choices if choice.startswith(begun))
    if type_name != "iri" or (graph := _graph(given)) is None:
        return
    kind = default.partition("/")[0]
    if graph.index.execute("SELECT 1 FROM names WHERE thing >= ? AND thing < ?", (f"{name}/", f"{name}0")).fetchone():
        kind = name
    if kind != "concept":
        yield from _things(given, begun, kind)
    if begun and kind in ("", "concept") and (begun.startswith("concept/") or "concept/".startswith(begun)):
        slug = begun.removeprefix("concept/") if "/" in begun else ""
        query = "SELECT DISTINCT iri FROM labels WHERE iri >= ? AND iri < ? LIMIT ?"
        rows = graph.index.execute(query, (CONCEPT + slug, CONCEPT + slug + _LAST, limits.COMPLETIONS))
        yield from (Offer("concept/" + iri.removeprefix(CONCEPT)) for (iri,) in rows)


def _among(choices: Iterable[str]) -> Callable[[Given, str], Iterator[Offer]]:
    return lambda given, begun: (Offer(choice) for choice in choices if choice.startswith(begun))


OFFERS: dict[str, Callable[[Given, str], Iterator[Offer]]] = {
    "thing": _things,
    "place": lambda given, begun: _things(given, begun, "place"),
    "organization": lambda given, begun: _things(given, begun, "organization"),
    "ranking": lambda given, begun: _things(given, begun, "ranking"),
    "subject": _subjects,
    "property": _properties,
    "request": _requests,
    "query": _queries,
    "parameter": _parameters,
    "projection": _among(PROJECTIONS),
    "measure": _among(MEASURES),
    "section": _among(SECTIONS),
}
"""What can be offered, by what an argument stands for."""
