"""A profile on one screen, and lines under headings with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from graph import dates, limits
from graph.fitting import fit
from graph.moment import NOW
from graph.names import NEAR_WAYS
from graph.profile import Line, Profile
from graph.reading import Source, latest
from graph.terminal import clean, columns, cut, link, pad, paint, width, wrap
from ontology import in_language

_TITLES = {
    "en": {
        "what": "What it is", "headquarters": "Headquarters", "relocation": "Relocation and workforce",
        "people": "People", "money": "Money and control", "products": "Products", "markets": "Markets",
        "figures": "Figures", "lists": "Lists", "labels": "Labels", "remarks": "Also said", "unsettled": "Not settled",
        "arguments": "Argued about it", "matched": "matched",
        "with": "read together with",
        "source": "source", "sources": "sources", "latest": "the latest of", "disputed": "disputed",
        "more": "more", "all": "more: --sources", "left": "{} more: --sources",
        "undated": "undated", "repost": "read in a repost",
        "derived": "derived",
        "none": "nothing is known yet", "label": "name", "alias": "alias", "formerName": "former name",
        "as_of": "as of", "known_by": "as published by", "possibly": "possibly",
        "nearest": "no such name; the nearest is", "short": "without legal form", "pinyin": "in pinyin",
        "order": "family name first", "reading": "in pinyin, read otherwise",
        "sound": "it sounds alike", "spelling": "it is spelt alike",
        "words": "its words in another order", "beginning": "it begins so", "part": "part of what was asked",
    },
    "zh-hans": {
        "what": "是什么", "headquarters": "总部", "relocation": "迁移与人员", "people": "人物", "money": "资金与控制",
        "products": "产品", "markets": "市场", "figures": "数值", "lists": "榜单", "labels": "称谓", "remarks": "另称",
        "unsettled": "未定", "arguments": "相关论点", "matched": "匹配", "with": "一并读取",
        "source": "个来源", "sources": "个来源", "latest": "最新", "disputed": "有分歧", "more": "条",
        "all": "更多：--sources", "left": "另有 {} 条：--sources", "undated": "无日期", "repost": "据转载",
        "derived": "推得", "none": "尚无所知", "label": "名称", "alias": "别名", "formerName": "曾用名",
        "as_of": "截至", "known_by": "据已发表于", "possibly": "可能",
        "nearest": "无此名称；最接近的是", "short": "不计公司形式", "pinyin": "拼音", "order": "姓在前",
        "reading": "拼音异读",
        "sound": "读音相近", "spelling": "拼写相近", "words": "词序不同", "beginning": "以此开头",
        "part": "所问之一部分",
    },
}  # fmt: skip


_INDENT = 14
"""Columns for the captions of a profile at most; a fifth of a narrow terminal."""

_APART = ("unsettled", "arguments")
"""Sections before which there is an empty row however full the screen."""

_AROUND = len(_APART) + 4
"""Rows of a profile that are neither lines nor titles: those, one after the head, one before the sources, coverage."""

_RAGGED = 8
"""Columns that a row of sources leaves empty at most, nearly always, as it ends with a whole name."""


def show_profile(profile: Profile, language: str, all_sources: bool = False) -> str:
    """A profile as text, at most as wide as the terminal; with all sources, every line and what they add in words."""
    return "\n".join(_Screen(language, all_sources).lines(profile)) + "\n"


def show_lines(
    parts: Mapping[str, Sequence[Line]],
    sources: Sequence[Source],
    language: str,
    whole: bool,
    every_row: bool = False,
) -> str:
    """Lines under headings, then their sources: in full, and with all other figures of a line, where `whole`; no line
    is cut short where `every_row`."""
    return "\n".join(_Screen(language, whole, every_row).plain(parts, sources)) + "\n"


def title(name: str, language: str) -> str:
    """The heading of a section of a profile."""
    return _TITLES.get(language, _TITLES["en"])[name]


def _linked(rows: Iterable[str], pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Rows into which pieces of text were wrapped, each piece linked to its address on every row it came to.

    Args:
        rows: what `wrap` made of all pieces; it leaves out nothing but spaces.
        pieces: texts in order, each with an address or "".
    """
    addresses = [address for text, address in pieces for c in text if not c.isspace()] + [""]
    place = 0
    for row in rows:
        body = row.lstrip(" ")
        words = []
        for word in body.split(" "):
            words.append((word, addresses[place]))
            place += sum(not c.isspace() for c in word)
        parts = [link(" ".join(w for w, _ in same), address) for address, same in groupby(words, lambda w: w[1])]
        yield row[: len(row) - len(body)] + " ".join(parts)


def _by_caption(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.caption, []).append(line)
    return found


class _Screen:
    def __init__(self, language: str, whole: bool, every_row: bool = False) -> None:
        self.language = language
        self.whole = whole
        self.every_row = whole or every_row
        self.chosen: set[Line] | None = None
        self.cited: set[int] = set()
        self.left_out = 0
        self.is_cut = False
        self.titles = _TITLES.get(language, _TITLES["en"])
        self.columns = min(columns(), 100)
        self.indent = self.captions = min(_INDENT, self.columns // 5)
        self.most = limits.PROFILE_ROWS * max(1, 80 // self.columns)

    def lines(self, profile: Profile) -> Iterator[str]:
        head = list(self._head(profile))
        yield from head
        parts = {**profile.sections, "unsettled": profile.unsettled, "arguments": profile.arguments}
        parts = {name: found for name, found in parts.items() if found}
        airy = self.whole
        if not self.whole:
            names = [self._in_short(number, source) for number, source in enumerate(profile.sources, 1)]
            widths = [width(name) + 3 for name in names]
            room = limits.PROFILE_SCREEN - len(head) - len(parts) - _AROUND
            self.chosen, left = fit(
                parts,
                room,
                lambda line: len(self._body(line)[1]),
                lambda line: self._numbers(line)[0],
                lambda cited: sum(widths[n - 1] for n in cited) // (self.columns - _RAGGED) + 1,
            )
            every = sum(1 + len(line.others) for found in parts.values() for line in found)
            airy = len(self.chosen) == every and left >= len(parts)
        for number, (name, found) in enumerate(parts.items()):
            if airy or not number or name in _APART:
                yield ""
            yield from self._section(name, found)
        if not profile.sources:
            yield ""
            yield self.titles["none"]
        yield ""
        yield from self._sources(profile.sources)
        yield from self._coverage(profile)

    def _section(self, name: str, lines: Sequence[Line]) -> Iterator[str]:
        every = [each for line in lines for each in (line, *line.others)]
        left = sum(not self._is_shown(each) for each in every)
        self.left_out += left
        yield paint(self.titles[name], "1") + (paint(f"  … {left} {self.titles['more']}", "2") if left else "")
        for caption, same in _by_caption(filter(self._is_shown, lines)).items():
            first = "" if caption == self.titles[name].lower() else caption
            for line in same:
                yield from self._line(line, first)
                first = ""

    def _is_shown(self, line: Line) -> bool:
        return self.chosen is None or line in self.chosen

    def plain(self, parts: Mapping[str, Sequence[Line]], sources: Sequence[Source]) -> Iterator[str]:
        """Lines under headings, and the sources."""
        for heading, lines in parts.items():
            yield from (paint(row, "1") for row in wrap(clean(heading), self.columns))
            self.indent = self.captions if any(line.caption for line in lines) else 0
            for line in lines:
                yield from self._line(line, line.caption)
            yield ""
        yield from self._sources(list(sources))

    def _head(self, profile: Profile) -> Iterator[str]:
        kind = profile.type_label
        every = dict.fromkeys([profile.label, *profile.labels.values()])
        label = clean("  ".join(name for name in every if name))
        first, *rest = wrap(label, self.columns - width(kind) - 2)
        yield paint(first, "1") + " " * (self.columns - width(first) - width(kind)) + kind
        yield from (paint(more, "1") for more in rest)
        if profile.way in NEAR_WAYS:
            near = f"{self.titles['nearest']} “{clean(profile.matched)}”: {self.titles[profile.way]}"
            yield from (paint(line, "33") for line in self._indented(near, 2))
        elif profile.matched not in every or profile.role != "label" or profile.way != "written":
            by = [self.titles[profile.role]] + ([self.titles[profile.way]] if profile.way != "written" else [])
            yield from self._indented(f"{self.titles['matched']} “{clean(profile.matched)}” ({', '.join(by)})", 2)
        if profile.moment != NOW:
            days = zip(("as_of", "known_by"), profile.moment, strict=True)
            asked = (f"{self.titles[word]} {dates.show(dates.parse(day), self.language)}" for word, day in days if day)
            yield from (paint(line, "36") for line in self._indented(" · ".join(asked), 2))
        if profile.with_things:
            yield from self._indented(f"{self.titles['with']} {clean(', '.join(profile.with_things.values()))}", 2)

    def _line(self, line: Line, caption: str) -> Iterator[str]:
        cited = self._cite(line)
        left, rows = self._body(line)
        below = self._is_long(cited)
        mark = f"{line.mark} " if line.mark else ""
        start = pad("  " + clean(cut(caption, self.indent)) if self.indent else "", left) + mark + rows[0]
        code = {"≈": "36", "≠": "33", "?": "35", "✗": "31"}.get(line.mark, "")
        beside = "" if below else cited
        yield paint(pad(start, self.columns - width(beside)) if beside else start, code) + paint(beside, "2")
        for more in rows[1:]:
            yield paint(" " * (left + width(mark)) + more, code)
        if below:
            yield from (paint(" " * left + row, "2") for row in wrap(cited.replace("][", "] ["), self.columns - left))
        if line.note and self.whole:
            for more in wrap(f"“{clean(line.note)}”", self.columns - left):
                yield paint(" " * left + more, "2")
        for other in line.others:
            if self._is_shown(other):
                yield from self._line(other, "")

    def _body(self, line: Line) -> tuple[int, list[str]]:
        """At which column the words of a line stand, and the rows that they fill."""
        words = clean(line.words)
        if line.speaker:
            words += f" ({clean(line.speaker)})"
        notes = (self.titles[word] for word in ("derived", "possibly") if getattr(line, word))
        tail = " · ".join(part for part in (line.when, line.status, *notes) if part)
        text = " — ".join(part for part in (words, tail) if part) or "·"
        left = 2 + (self.indent + 2 if self.indent else 0)
        cited = self._numbers(line)[1]
        taken = left + (width(line.mark) + 1 if line.mark else 0) + (0 if self._is_long(cited) else width(cited) + 2)
        columns = max(8, self.columns - taken)
        rows = wrap(text, columns)
        if self.every_row or len(rows) <= self.most:
            return left, rows
        self.is_cut = True
        kept = rows[: self.most]
        return left, [*kept[:-1], cut(f"{kept[-1]} {rows[self.most]}", columns)]

    def _is_long(self, cited: str) -> bool:
        """Whether the numbers of sources stand in rows of their own, since beside them there is no room for words."""
        return width(cited) > self.columns // 3

    def _numbers(self, line: Line) -> tuple[list[int], str]:
        """The sources that are named at a line, and how."""
        numbers = sorted({c.source for c in line.citations})
        shown = numbers if self.whole else numbers[: limits.PROFILE_CITATIONS]
        rest = len(numbers) - len(shown)
        return shown, "".join(f"[{n}]" for n in shown) + (f"+{rest}" if rest else "")

    def _cite(self, line: Line) -> str:
        shown, text = self._numbers(line)
        self.cited.update(shown)
        self.is_cut = self.is_cut or "+" in text
        return text

    def _sources(self, sources: list[Source]) -> Iterator[str]:
        if not self.whole:
            pieces: list[tuple[str, str]] = []
            for number, source in enumerate(sources, 1):
                if number in self.cited:
                    pieces += [(" · ", "")] * bool(pieces) + [(self._in_short(number, source), source.url)]
            if pieces:
                rows = wrap("".join(text for text, _ in pieces), self.columns)
                yield from (paint(row, "2") for row in _linked(rows, pieces))
            return
        for number, source in enumerate(sources, 1):
            title = clean(in_language(source.title, self.language))
            day = (
                dates.show(dates.parse(source.published), self.language) if source.published else self.titles["undated"]
            )
            words = f"[{number}] {clean(source.publisher_label)}, {day}: {title}"
            if source.repost:
                words += f" ({self.titles['repost']})"
            yield from _linked(self._indented(words, 0, 4), [(words, source.url)])
            yield f"    {link(clean(source.url), source.url)}"

    def _in_short(self, number: int, source: Source) -> str:
        """Number, publisher and day of a source; a span that is open on one side in words."""
        open_sided = "/" in source.published
        day = dates.show(dates.parse(source.published), self.language) if open_sided else source.published
        return f"[{number}]\u00a0{clean(source.publisher_label)}\u00a0{day}".rstrip("\u00a0")

    def _coverage(self, profile: Profile) -> Iterator[str]:
        count = len(profile.sources)
        parts = [f"{count} {self.titles['source' if count == 1 else 'sources']}"]
        if day := latest(profile.sources):
            parts[0] += f", {self.titles['latest']} {dates.show(dates.parse(day), self.language)}"
        if profile.disputed:
            parts.append(f"{self.titles['disputed']}: {', '.join(profile.disputed)}")
        if self.left_out or self.is_cut:
            parts.append(self.titles["left" if self.left_out else "all"].format(self.left_out))
        yield from self._indented(" · ".join(parts), 0)

    def _indented(self, text: str, first: int, rest: int | None = None) -> Iterable[str]:
        hang = first if rest is None else rest
        for number, line in enumerate(wrap(text, self.columns - hang)):
            yield " " * (hang if number else first) + line
