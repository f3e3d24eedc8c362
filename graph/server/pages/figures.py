"""The two figures of a profile page: the thing among its neighbours, and its events and situations in time."""

from __future__ import annotations

from graph import limits, paths
from graph.drawing.charts import Around, Mark, Neighbour, Row, Rows, spans, year
from graph.moment import DATED_BY, with_dates_of
from graph.profile import Line, Profile
from graph.reading import Reader
from graph.server.pages.page import Site
from graph.timeline import bounds
from graph.values import Values
from ontology import compact, expand, local, vocabulary

_MARKS = {
    "en": {
        "dot": "on that day", "sure": "held, as sources attest", "maybe": "some time within", "open": "end not told",
        "other": "disputed", "rumour": "rumour", "disputed": "disputed", "denied": "denied", "possibly": "possibly",
    },
    "zh-hans": {
        "dot": "当日", "sure": "来源证实成立", "maybe": "其间某时", "open": "未述何时结束",
        "other": "有分歧", "rumour": "传闻", "disputed": "有分歧", "denied": "有否认", "possibly": "可能",
    },
}  # fmt: skip

_ENDING = 0.5
"""Years that a bar without an end goes on beyond what is told."""


def neighbourhood(reader: Reader, iri: str, label: str, site: Site) -> tuple[Around, list[str]]:
    """A thing and its nearest neighbours: those that most sources join to it; and the IRIs of the others, sorted."""
    found = paths.near(reader, iri)
    told = {end: len({s.source for node in nodes for s in reader.told(node)}) for end, nodes in found.items()}
    order = sorted(found, key=lambda end: (-told[end], -len(found[end]), end))
    shown, left = order[: limits.PAGE_NEIGHBOURS], order[limits.PAGE_NEIGHBOURS :]
    return Around(label, tuple(_neighbour(reader, end, found[end], site) for end in shown)), sorted(left)


def _neighbour(reader: Reader, end: str, nodes: tuple[str, ...], site: Site) -> Neighbour:
    words = vocabulary()
    held = [reader.node(node) for node in nodes]
    kinds = list(dict.fromkeys(local(values["type"][0]) for values in held))
    kind = {slug: name for name, slug in words.slug_kinds.items() if words.classes[name].shape}
    drawn = words.classes[kind.get(compact(end).partition("/")[0], "Organization")]
    return Neighbour(
        label=reader.label(end),
        shape=drawn.shape or "dot",
        color=drawn.color or _GREY,
        caption=", ".join(reader.caption(name) for name in kinds[:3]) + (" …" if len(kinds) > 3 else ""),
        edge_color=words.classes[kinds[0]].color or _GREY,
        disputed=all({"disputed", "deniedIn"} & values.keys() for values in held),
        address=site.to(end),
    )


_GREY = "#888888"


def timeline(reader: Reader, found: Profile, site: Site) -> tuple[Rows, int] | None:
    """The dated lines of a profile over an axis of years, rumoured ones too; and how many are left out.

    Those that most sources tell of are kept. None where nothing is dated.
    """
    lines = [line for name, each in found.sections.items() if name not in ("lists", "remarks") for line in each]
    rumoured = [line for line in found.unsettled if line.kind == "rumour" and not reader.node(expand(line.about))]
    rows = {}
    for line in sorted([*lines, *rumoured], key=lambda line: -len({c.source for c in line.citations})):
        if line.about not in rows and (row := _row(reader, line, site)):
            rows[line.about] = row
    if not rows:
        return None
    shown = sorted(list(rows.values())[: limits.PAGE_TIMELINE], key=lambda row: (row.marks[0].start, row.label))
    kinds = {mark.kind for row in shown for mark in row.marks}
    legend = [(kind, words) for kind, words in _MARKS[site.language].items() if kind in kinds]
    return spans(shown, legend), len(rows) - len(shown)


def _row(reader: Reader, line: Line, site: Site) -> Row | None:
    words = _MARKS[site.language]
    node = expand(line.about)
    held = reader.node(node)
    rumoured = not held
    told: Values = held or next((s.values for s in reader.statements(node) if s.kind == "rumour"), {})
    dated = with_dates_of(told, [reader.node(n) for by in DATED_BY for n in told.get(by, ())])
    marks = _marks(bounds(dated), "validFrom" in dated or "heldFrom" in dated or "validTo" in dated)
    if not marks:
        return None
    notes = ["rumour"] if rumoured else [n for n in ("disputed", "possibly") if _is(n, line, held)]
    notes += ["denied"] if "deniedIn" in held else []
    if rumoured or "disputed" in notes:
        kind = "rumour" if rumoured else "other"
        marks = tuple(Mark(kind, m.start, max(m.end, m.start)) for m in marks)
    value = " · ".join(part for part in (line.when, line.status, *(words[note] for note in notes)) if part)
    label = " · ".join(part for part in (line.caption, line.words) if part)
    return Row(label, marks, value, address=site.to(node))


def _is(note: str, line: Line, held: Values) -> bool:
    return line.possibly if note == "possibly" else "disputed" in held


def _marks(found: tuple[str, str, str, str], lasting: bool) -> tuple[Mark, ...]:
    """Of an event the days within which it lies; of a situation those of its start, of what is attested, of its end."""
    begin, begun, ending, end = found
    if not lasting:
        first, last = begin or begun, begun or begin
        if not first:
            return ()
        if begin and begun:
            return (Mark("dot" if begin == begun else "maybe", year(first), _after(last)),)
        start, until = (year(first), year(first) + _ENDING) if begin else (year(last) - _ENDING, _after(last))
        return (Mark("open", start, until),)
    marks = []
    surely = [day for day in (begun, ending) if day]
    if begin and begun and begin < begun:
        marks.append(Mark("maybe", year(begin), year(begun)))
    if len(surely) == 2:
        first, last = sorted(surely)  # seen on one of these days where the first begins to hold after it ceased to
        marks.append(Mark("sure" if begun <= ending else "maybe", year(first), _after(last)))
    if end and ending and ending < end:
        marks.append(Mark("maybe", year(ending), _after(end)))
    elif not end and (last := max([*surely, begin])):
        marks.append(Mark("open", year(last), year(last) + _ENDING))
    if not marks and (day := begin or end):
        marks.append(Mark("open", year(day), _after(day)))
    return tuple(marks)


def _after(day: str) -> float:
    """The end of a day."""
    return year(day) + 1 / 366
