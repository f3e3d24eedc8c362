"""What `lookup` answers: a profile as a screen, or in a format. Nothing heavy is imported for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import profile, screen
from graph.opened import Opened
from graph.profile import Profile
from graph.reading import Reader
from ontology import expand

if TYPE_CHECKING:
    from graph.writers import Cell, Table


def lookup(opened: Opened, name: str, form: str, all_sources: bool) -> str:
    """The profile of a thing: a screen, or in a format.

    Raises:
        NotFoundError, AmbiguousNameError: as `profile.find` does.
    """
    if form in ("turtle", "jsonld"):
        from graph import writers

        found = profile.find(opened.graph, name)
        return writers.write(description(opened.reader, expand(found.thing)), form)
    gathered = opened.lookup(name)
    if form == "table":
        return screen.show_profile(gathered, opened.language, all_sources)
    if form == "json":
        import json

        return json.dumps(gathered.as_dict(), ensure_ascii=False, indent=2) + "\n"
    from graph import writers

    return writers.write(_table(gathered), form)


def _table(gathered: Profile) -> Table:
    from graph.columns import translated
    from graph.writers import Table

    rows: list[list[Cell]] = []
    parts = {**gathered.sections, "unsettled": gathered.unsettled, "arguments": gathered.arguments}
    for section, lines in parts.items():
        for line in [each for one in lines for each in (one, *one.others)]:
            cited = "; ".join(f"{gathered.sources[c.source - 1].iri} {c.locator}" for c in line.citations)
            rows.append([section, line.mark, line.caption, line.words, line.when, line.status, line.speaker, cited])
    table = Table(["section", "mark", "caption", "words", "when", "status", "speaker", "sources"], rows)
    titles = {section: screen.title(section, gathered.language) for section in parts}
    return translated(table, gathered.language, **titles, words="内容")


def description(reader: Reader, iri: str) -> Table:
    """The triples of the resolved graph about a thing and about the nodes in which it takes part."""
    from graph.whole import triples
    from graph.writers import Table

    nodes = sorted({iri, *(node for _, node in reader.neighbours(iri))})
    return Table([], [], triples=triples(reader, nodes))
