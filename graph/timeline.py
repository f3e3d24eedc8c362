"""What happened to a thing, or in a place, in order of time."""

from __future__ import annotations

from collections import Counter

from graph import dates, phrases
from graph.moment import EVENTS, SITUATIONS
from graph.profile import Citation, Line, Profile
from graph.reading import Reader, Source
from graph.values import Values, text
from ontology import compact, local

_BEGINNINGS = ("notBefore", "validFrom", "notAfter", "heldFrom")
_BAR = "█"
_WIDEST = 40


def of_thing(gathered: Profile) -> list[Line]:
    """The dated lines of a profile, by the first day that they allow; undated ones are left out."""
    dated = [line for name, lines in gathered.sections.items() if name != "lists" for line in lines if line.begin]
    return sorted(dated, key=lambda line: (line.begin, line.caption, line.words))


def of_place(reader: Reader, place: str) -> tuple[list[Line], list[Source]]:
    """What happened in a place and in the places within it, by the first day that it allows.

    Args:
        reader: of an open graph, at any moment.
        place: an IRI.

    Returns:
        Dated lines, and the sources that their citations number.
    """
    places, todo = [place], [place]
    while todo:
        within = [node for name, node in reader.neighbours(todo.pop()) if name == "within" and node not in places]
        places += within
        todo += within
    nodes = dict.fromkeys(node for each in places for _, node in reader.neighbours(each))
    sources: list[str] = []
    found = []
    for node in nodes:
        values = reader.node(node)
        type_name = local(values["type"][0])
        begin = next((day for bound in _BEGINNINGS if (day := text(values, bound))), "")
        if type_name not in EVENTS | SITUATIONS or not begin:
            continue
        told = reader.told(node)
        sources += [s.source for s in told if s.source not in sources]
        citations = [Citation(sources.index(s.source) + 1, s.locator) for s in told]
        who = [reader.label(end) for name in ("organization", "product") for end in values.get(name, ())]
        rest = phrases.describe({n: v for n, v in values.items() if n not in ("organization", "product")}, reader)
        found.append(
            Line(
                caption=reader.caption(type_name),
                words=" · ".join(part for part in (*who, rest) if part),
                when=phrases.when(values, reader.language),
                status=phrases.status(values, reader),
                derived="wasDerivedFrom" in values,
                possibly="certainty" in values,
                begin=begin,
                about=compact(node),
                citations=list(dict.fromkeys(citations)),
            )
        )
    found.sort(key=lambda line: (line.begin, line.caption, line.words))
    return found, [reader.source(iri) for iri in sources]


def bounds(values: Values) -> tuple[str, str, str, str]:
    """First and last day on which something began, and on which it ended; of an event both pairs are the same.

    Days are YYYY-MM-DD, "" where none is known.
    """
    heads = ("validFrom", "heldFrom", "heldTo", "validTo")
    if not any(name in values for name in heads):
        heads = ("notBefore", "notAfter", "notBefore", "notAfter")
    first, second, third, fourth = (text(values, name) or "" for name in heads)
    return first, second, third, fourth


def chart(lines: list[Line]) -> list[str]:
    """A bar for each year from the first to the last: how many lines begin in it."""
    years = Counter(int(line.begin[:4]) for line in lines)
    if not years:
        return []
    most = max(years.values())
    shown = []
    for year in range(min(years), max(years) + 1):
        count = years[year]
        bar = _BAR * max(1, round(count * min(1.0, _WIDEST / most))) if count else ""
        shown.append(f"{dates.show(dates.parse(str(year)))}  {bar} {count}".rstrip() if count else f"{year}")
    return shown
