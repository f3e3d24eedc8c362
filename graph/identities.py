"""Which identifiers are of one thing: by an identifier of elsewhere that they share, or by people's decision.

Of several, the one of the facts' register stays, else the first by name; what is said of the others is said of it,
their labels are its aliases, and their identifiers lead to it (skos:exactMatch). Two things of the facts are never made
one unless people decide so; nor are two of unlike kinds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from graph.errors import DataError, Finding
from graph.folder import IDENTITIES, imports_folder
from graph.lines import Subject, Terms, written
from ontology import EXACT_MATCH, ID, REGISTER, expand


class Match(NamedTuple):
    """A thing, and an identifier of elsewhere ("" for a thing without one): IRIs."""

    thing: str
    identifier: str = ""


class Decided(NamedTuple):
    """What people decided: from a thing to the one that it is; and pairs that are two. All as `kind/slug`."""

    same: Mapping[str, str]
    different: Sequence[Sequence[str]]


def read(path: Path) -> Decided:
    """A file of decisions; without the file, none.

    Raises:
        DataError: if it holds something else, or says that things of two kinds are one.
    """
    try:
        found = json.loads(path.read_bytes())
        if other := sorted(set(found) - {"same", "different"}):
            raise ValueError(f"unknown key '{other[0]}'")
        told = Decided(dict(found.get("same", {})), list(found.get("different", ())))
        pairs = [*told.same.items(), *((one, other) for one, other in told.different)]
        wrong = next((pair for pair in pairs if len({thing.partition("/")[0] for thing in pair}) > 1), None)
    except FileNotFoundError:
        return Decided({}, ())
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        remedy = 'write {"same": {kind/slug: kind/slug}, "different": [[kind/slug, kind/slug]]}'
        raise DataError([Finding(str(path), 0, "", f"it cannot be read ({error})", remedy)]) from None
    if wrong:
        problem = f"'{wrong[0]}' is of another kind than '{wrong[1]}'"
        raise DataError([Finding(str(path), 0, "", problem, "take that line out")])
    return told


def decided(facts: Path) -> dict[str, str]:
    """From the IRI of a thing to that of the thing that people decided it is.

    Raises:
        DataError: as `read` does.
    """
    same = read(imports_folder(facts) / IDENTITIES).same
    return {expand(gone): expand(kept) for gone, kept in same.items()}


def identities(matches: Iterable[Match], registered: Collection[str], decisions: Mapping[str, str]) -> dict[str, str]:
    """Which things are others.

    Args:
        matches: of all things of the imports, and of those of the facts with an identifier of elsewhere.
        registered: the things of the facts.
        decisions: as `decided` gives them; those on things that are not there any more count for nothing.

    Returns:
        From the IRI of each thing that is another to that of the other.
    """
    above: dict[str, str] = {}

    def root(thing: str) -> str:
        while (parent := above.get(thing, thing)) != thing:
            above[thing] = thing = above.get(parent, parent)
        return thing

    first: dict[tuple[str, str], str] = {}
    wanted, there = {*decisions, *decisions.values()}, set(registered)
    for thing, identifier in matches:
        if thing in wanted:
            there.add(thing)
        if identifier:
            above[root(thing)] = root(first.setdefault((_kind(thing), identifier), thing))
    for gone, kept in decisions.items():
        if gone in there and kept in there:
            above[root(gone)] = root(kept)
    alike: dict[str, list[str]] = defaultdict(list)
    for thing in {*above, *above.values()}:
        alike[root(thing)].append(thing)
    found: dict[str, str] = {}
    for group in alike.values():
        kept = min(group, key=lambda thing: (thing not in registered, thing in decisions, thing))
        found |= {t: kept for t in group if t != kept and (t not in registered or t in decisions)}
    return found


def _kind(thing: str) -> str:
    return thing.removeprefix(ID).partition("/")[0]


class Renaming:
    """Lets subjects speak of the things that stay."""

    def __init__(self, found: Mapping[str, str]) -> None:
        """Take what `identities` found."""
        self._found = found
        self._terms = {f"<{gone}>": f"<{kept}>" for gone, kept in found.items()}

    def __call__(self, subject: Subject) -> Subject:
        """The subject, with the identifiers that stay in it; the same one where it has no others."""
        if not self._found:
            return subject
        graph, iri, terms, _ = subject
        if graph == REGISTER:
            if iri not in self._found:
                return subject
            own = terms.get(EXACT_MATCH, [])
            return Subject(graph, self._found[iri], {**terms, EXACT_MATCH: [*own, f"<{iri}>"]}, ())
        if not any(term in self._terms for objects in terms.values() for term in objects):
            return subject
        renamed: Terms = {name: [self._terms.get(t, t) for t in objects] for name, objects in terms.items()}
        return Subject(graph, iri, renamed, written(graph, iri, renamed))
