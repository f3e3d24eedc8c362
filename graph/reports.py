"""What `path`, `compare`, `timeline` and `why` print: a screen for people, a table for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from graph import limits, screen, terminal, timeline
from graph.paths import Step, words
from graph.profile import Citation, Line, Profile
from graph.reading import Reader, Source
from graph.why import Reason, title
from ontology import compact, in_language, vocabulary

if TYPE_CHECKING:
    from graph.writers import Cell, Table

_WORDS = {
    "en": {
        "path": "Path {} · {} steps", "one": "Path {} · 1 step", "year": "{}", "begun": "Begun or happened, by year",
        "rule": "held by: {}", "disputed": "disputed", "none": "nothing dated is known",
    },
    "zh-hans": {
        "path": "路径 {} · {} 步", "one": "路径 {} · 1 步", "year": "{}年", "begun": "按年份：发生或开始",
        "rule": "取值规则：{}", "disputed": "有分歧", "none": "尚无带日期的记录",
    },
}  # fmt: skip
_RULES = {
    "only account": "仅此一说",
    "latest status": "以最新阶段为准",
    "most precise of compatible values": "相容诸值中最精确者",
    "decision of the editors": "编辑裁定",
    "official document": "官方文件优先",
    "more independent sources": "独立来源较多者",
    "later document": "较晚的文件",
    "name of the source": "来源标识排序",
    "every value is kept": "各值并存",
    "no fact: never chosen": "非事实陈述，不采用",
}


class Numbers:
    """Numbers the sources of a report in order of first use."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.iris: list[str] = []

    def cite(self, statements: Iterable[str], locators: Mapping[str, str]) -> list[Citation]:
        found = []
        for statement in statements:
            source = statement.partition("#")[0]
            if source not in self.iris:
                self.iris.append(source)
            found.append(Citation(self.iris.index(source) + 1, locators.get(statement, "")))
        return list(dict.fromkeys(found))

    def sources(self) -> list[Source]:
        return [self.reader.source(iri) for iri in self.iris]


def _cite_nodes(reader: Reader, numbers: Numbers, nodes: Sequence[str]) -> list[Citation]:
    told = [s for node in nodes for s in reader.told(node)]
    return numbers.cite([s.iri for s in told], {s.iri: s.locator for s in told})


def path_screen(reader: Reader, found: Sequence[Sequence[Step]], whole: bool) -> str:
    """Paths, each step in words with its sources."""
    said = _WORDS[reader.language]
    numbers = Numbers(reader)
    parts: dict[str, list[Line]] = {}
    for number, steps in enumerate(found, 1):
        heading = said["one"].format(number) if len(steps) == 1 else said["path"].format(number, len(steps))
        lines = parts.setdefault(heading, [])
        for step in steps:
            ends = f"{reader.label(step.start)} → {reader.label(step.end)}"
            told = words(reader, step, step.nodes[0])
            more = f" (+{len(step.nodes) - 1})" if len(step.nodes) > 1 else ""
            lines.append(Line("", f"{ends} · {told}{more}", citations=_cite_nodes(reader, numbers, step.nodes[:1])))
    return screen.show_lines(parts, numbers.sources(), reader.language, whole)


def path_table(reader: Reader, found: Sequence[Sequence[Step]]) -> Table:
    """One row for each node that makes a step."""
    from graph.columns import translated
    from graph.writers import Table

    rows: list[list[Cell]] = [
        [
            *(number, place, compact(step.start), compact(step.end), compact(node), words(reader, step, node)),
            "; ".join(dict.fromkeys(compact(s.source) for s in reader.told(node))),
        ]
        for number, steps in enumerate(found, 1)
        for place, step in enumerate(steps, 1)
        for node in step.nodes
    ]
    table = Table(["path", "step", "from", "to", "node", "how", "sources"], rows)
    return translated(table, reader.language)


def timeline_screen(lines: Sequence[Line], sources: Sequence[Source], language: str, whole: bool) -> str:
    """Dated lines by year, and a bar for each year."""
    said = _WORDS[language]
    if not lines:
        return said["none"] + "\n"
    parts = {said["year"].format(year): list(each) for year, each in groupby(lines, key=lambda line: line.begin[:4])}
    text = screen.show_lines(parts, sources, language, whole)
    return "\n".join([text.rstrip("\n"), "", said["begun"], *timeline.chart(list(lines))]) + "\n"


def timeline_table(lines: Sequence[Line], sources: Sequence[Source], language: str = "en") -> Table:
    """One row for each dated line."""
    from graph.columns import translated
    from graph.writers import Table

    rows: list[list[Cell]] = [
        [line.begin, line.when, line.caption, line.words, line.status, _cited(line, sources)] for line in lines
    ]
    return translated(Table(["begin", "when", "what", "words", "status", "sources"], rows), language, words="内容")


def _cited(line: Line, sources: Sequence[Source]) -> str:
    return "; ".join(f"{sources[c.source - 1].iri} {c.locator}".strip() for c in line.citations)


def _cells(profiles: Sequence[Profile]) -> list[tuple[str, str, list[list[Line]]]]:
    """Section, caption, and the lines of each profile under it, in the order of the profiles."""
    order: dict[tuple[str, str], None] = {}
    for profile in profiles:
        for section, lines in profile.sections.items():
            order |= dict.fromkeys((section, line.caption) for line in lines)
    sections = list(dict.fromkeys(section for profile in profiles for section in profile.sections))
    keys = sorted(order, key=lambda key: sections.index(key[0]))
    return [
        (
            section,
            caption,
            [[line for line in p.sections.get(section, ()) if line.caption == caption] for p in profiles],
        )
        for section, caption in keys
    ]


def compare_screen(profiles: Sequence[Profile], language: str) -> str:
    """Profiles side by side, a few lines of each kind."""
    room = max(16, (min(terminal.columns(), 120) - 16) // len(profiles) - 2)

    def row(caption: str, cells: Sequence[Sequence[str]]) -> list[str]:
        shown = []
        for number, parts in enumerate(zip_longest(*cells, fillvalue="")):
            start = terminal.pad(terminal.clean(terminal.cut(caption, 14)) if number == 0 else "", 16)
            shown.append((start + "  ".join(terminal.pad(part, room) for part in parts)).rstrip())
        return shown

    def cell(lines: Sequence[Line]) -> list[str]:
        found: list[str] = []
        for line in lines[: limits.COMPARED_LINES]:
            text = " — ".join(part for part in (line.words, line.when, line.status) if part) or "·"
            found += terminal.wrap(terminal.clean(text), room)
        left = len(lines) - limits.COMPARED_LINES
        return [*found, f"… {left}"] if left > 0 else found

    out = row("", [terminal.wrap(terminal.clean(p.label), room) for p in profiles])
    out += row("", [[p.type_label] for p in profiles])
    for section, each in groupby(_cells(profiles), key=lambda c: c[0]):
        out += ["", terminal.paint(screen.title(section, language), "1")]
        for _, caption, cells in each:
            out += row(caption, [cell(lines) for lines in cells])
    out += ["", *row(screen.title("sources", language), [[str(len(p.sources))] for p in profiles])]
    return "\n".join(out) + "\n"


def compare_table(profiles: Sequence[Profile], language: str = "en") -> Table:
    """One row for each kind of line, one column for each thing; the lines of a cell are parted by semicolons."""
    from graph.columns import translated
    from graph.writers import Table

    rows: list[list[Cell]] = [
        [
            section,
            caption,
            *("; ".join(" — ".join(p for p in (x.words, x.when, x.status) if p) for x in lines) for lines in cells),
        ]
        for section, caption, cells in _cells(profiles)
    ]
    table = Table(["section", "what", *(p.thing for p in profiles)], rows)
    titles = {section: screen.title(section, language) for section in dict.fromkeys(str(row[0]) for row in rows)}
    return translated(table, language, **{**titles, "what": "事项"})


def why_screen(reader: Reader, reasons: Sequence[Reason], whole: bool) -> str:
    """What each source says, under each property of each node: what holds unmarked, and the rule that chose it."""
    said = _WORDS[reader.language]
    marks = {"rumour": "?", "denial": "✗"}
    numbers = Numbers(reader)
    parts: dict[str, list[Line]] = {}
    for (node, name), each in groupby(reasons, key=lambda r: (r.node, r.name)):
        group = list(each)
        rule = next((r.rule for r in group if r.held), group[0].rule)
        shown = rule if reader.language == "en" else _RULES[rule]
        heading = f"{title(reader, node, name)} · {said['rule'].format(shown)}"
        if any(r.disputed for r in group):
            heading += f" · {said['disputed']}"
        locators = {s.iri: s.locator for s in reader.statements(node)}
        for value, same in groupby(group, key=lambda r: (r.value, r.kind in marks, r.held)):
            told = list(same)
            other = "" if told[0].held else "·" if name == "status" else "≈" if told[0].agrees else "≠"
            mark = marks.get(told[0].kind, other)
            line = Line("", value[0], mark=mark, citations=numbers.cite([r.statement for r in told], locators))
            parts.setdefault(heading, []).append(line)
        if reason := reader.reason(node, name):
            parts[heading].append(Line("", reason))
    return screen.show_lines(parts, numbers.sources(), reader.language, whole)


def why_table(reasons: Sequence[Reason], language: str = "en") -> Table:
    """One row for each source's value."""
    from graph.columns import translated
    from graph.writers import Table

    rows: list[list[Cell]] = [
        [compact(r.node), *r[1:3], r.held, r.agrees, r.disputed, r.rule, r.kind, compact(r.statement), r.published]
        for r in reasons
    ]
    columns = ["node", "property", "value", "held", "agrees", "disputed", "rule", "kind", "statement", "published"]
    kinds = {r.kind: in_language(vocabulary().concepts[r.kind].label, language) for r in reasons}
    words = ("true", "false", *(r.name for r in reasons))
    return translated(Table(columns, rows), language, *words, **_RULES, **kinds)
