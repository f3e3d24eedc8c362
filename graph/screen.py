"""Text for a terminal: widths of Chinese characters, wrapping, colours, and a profile on one screen."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator

from graph import dates, limits
from graph.profile import Line, Profile
from graph.reading import Source
from ontology import in_language

_TITLES = {
    "en": {
        "what": "What it is", "headquarters": "Headquarters", "relocation": "Relocation and workforce",
        "people": "People", "money": "Money and control", "products": "Products", "markets": "Markets",
        "figures": "Figures", "lists": "Lists", "labels": "Labels", "remarks": "Also said", "unsettled": "Not settled",
        "arguments": "Argued about it", "matched": "matched",
        "with": "read together with",
        "source": "source", "sources": "sources", "latest": "the latest of", "disputed": "disputed",
        "more": "more: --sources", "undated": "undated", "repost": "read in a repost", "derived": "derived",
        "none": "nothing is known yet", "label": "name", "alias": "alias", "formerName": "former name",
    },
    "zh-hans": {
        "what": "是什么", "headquarters": "总部", "relocation": "迁移与人员", "people": "人物", "money": "资金与控制",
        "products": "产品", "markets": "市场", "figures": "数值", "lists": "榜单", "labels": "称谓", "remarks": "另称",
        "unsettled": "未定", "arguments": "相关论点", "matched": "匹配", "with": "一并读取",
        "source": "个来源", "sources": "个来源", "latest": "最新", "disputed": "有分歧", "more": "个：--sources",
        "undated": "无日期", "repost": "据转载",
        "derived": "推得", "none": "尚无所知", "label": "名称", "alias": "别名", "formerName": "曾用名",
    },
}  # fmt: skip


_INDENT = 14
"""Columns for the captions of a profile."""


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for wide characters, none for combining and invisible ones."""
    if text.isascii():
        return len(text)
    invisible = ("Mn", "Me", "Cf")
    return sum(0 if unicodedata.category(c) in invisible else 2 if _is_wide(c) else 1 for c in text)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def clean(text: str) -> str:
    """The text without control characters and direction overrides, so that data cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if c not in _STEERING)


_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_terminal() -> bool:
    """Whether a person reads the output as it comes."""
    return sys.stdout.isatty()


def columns() -> int:
    """Columns of the terminal; 80 where there is none."""
    if not is_terminal():
        return 80
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def colored() -> bool:
    """Whether to use colours: on a terminal, unless NO_COLOR is set."""
    return is_terminal() and not os.environ.get("NO_COLOR")


def pad(text: str, columns: int) -> str:
    """The text filled up with spaces to a number of columns."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text, shortened to a number of columns with an ellipsis."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`; breaks at spaces, between wide characters, and in longer words."""
    lines, line = [], ""
    for word in _words(text, columns):
        if line and width((line + word).rstrip()) > columns:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = frozenset("，。、；：！？）」』》”’…")
"""What never begins a line in Chinese."""


def _words(text: str, columns: int) -> Iterator[str]:
    word = ""
    for character, following in zip(text, text[1:] + " ", strict=True):
        if word and width(word + character) > columns:
            yield word
            word = ""
        word += character
        if character == " " or (_is_wide(character) and following not in _CLOSING):
            yield word
            word = ""
    if word:
        yield word


def show_profile(profile: Profile, language: str, all_sources: bool = False) -> str:
    """A profile as text, at most as wide as the terminal; with all sources, every line and what they add in words."""
    return "\n".join(_Screen(language, notes=all_sources).lines(profile, all_sources)) + "\n"


def _by_caption(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.caption, []).append(line)
    return found


class _Screen:
    def __init__(self, language: str, notes: bool) -> None:
        self.language = language
        self.notes = notes
        self.titles = _TITLES.get(language, _TITLES["en"])
        self.columns = min(columns(), 100)
        self.color = colored()

    def lines(self, profile: Profile, all_sources: bool) -> Iterator[str]:
        yield from self._head(profile)
        shown = {**profile.sections, "unsettled": profile.unsettled, "arguments": profile.arguments}
        for name, found in shown.items():
            if found:
                yield ""
                yield self._paint(self.titles[name], "1")
                for caption, same in _by_caption(found).items():
                    kept = same if all_sources else same[: limits.PROFILE_LINES]
                    first = "" if caption == self.titles[name].lower() else caption
                    for line in kept:
                        yield from self._line(line, first, _INDENT)
                        first = ""
                    yield from self._more(len(same) - len(kept), 4 + _INDENT)
        if not profile.sources:
            yield ""
            yield self.titles["none"]
        yield ""
        yield from self._sources(profile.sources, all_sources)
        yield from self._coverage(profile)

    def _head(self, profile: Profile) -> Iterator[str]:
        kind = profile.type_label
        every = dict.fromkeys([profile.label, *profile.labels.values()])
        label = clean("  ".join(name for name in every if name))
        first, *rest = wrap(label, self.columns - width(kind) - 2)
        yield self._paint(first, "1") + " " * (self.columns - width(first) - width(kind)) + kind
        yield from (self._paint(more, "1") for more in rest)
        if profile.matched not in every or profile.role != "label":
            matched = f"{self.titles['matched']} “{clean(profile.matched)}” ({self.titles[profile.role]})"
            yield from self._indented(matched, 2)
        if profile.with_things:
            yield from self._indented(f"{self.titles['with']} {clean(', '.join(profile.with_things.values()))}", 2)

    def _line(self, line: Line, caption: str, indent: int) -> Iterator[str]:
        cited = "".join(f"[{n}]" for n in sorted({c.source for c in line.citations}))
        tail = " · ".join(part for part in (line.when, line.status) if part)
        words = clean(line.words)
        if line.speaker:
            words += f" ({clean(line.speaker)})"
        if line.derived:
            tail = " · ".join(part for part in (tail, self.titles["derived"]) if part)
        body = " — ".join(part for part in (words, tail) if part) or "·"
        mark = f"{line.mark} " if line.mark else ""
        left = 4 + indent
        room = self.columns - left - width(mark) - width(cited) - 2
        first, *rest = wrap(body, max(20, room))
        start = "  " + pad(clean(cut(caption, indent)), indent) + "  " + mark + first
        code = {"≈": "36", "≠": "33", "?": "35", "✗": "31"}.get(line.mark, "")
        yield self._paint(pad(start, self.columns - width(cited)) if cited else start, code) + self._paint(cited, "2")
        for more in rest:
            yield self._paint(" " * (left + width(mark)) + more, code)
        if line.note and self.notes:
            for more in wrap(f"“{clean(line.note)}”", self.columns - left):
                yield self._paint(" " * left + more, "2")
        for other in line.others:
            yield from self._line(other, "", indent)

    def _sources(self, sources: list[Source], all_sources: bool) -> Iterator[str]:
        shown = sources if all_sources else sources[: limits.PROFILE_SOURCES]
        for number, source in enumerate(shown, 1):
            title = clean(in_language(source.title, self.language))
            day = (
                dates.show(dates.parse(source.published), self.language) if source.published else self.titles["undated"]
            )
            words = f"[{number}] {clean(source.publisher_label)}, {day}: {title}"
            if source.repost:
                words += f" ({self.titles['repost']})"
            if all_sources:
                yield from self._indented(words, 0, 4)
                yield f"    {clean(source.url)}"
            else:
                yield cut(words, self.columns)
        yield from self._more(len(sources) - len(shown), 0)

    def _more(self, count: int, left: int) -> Iterator[str]:
        if count:
            yield self._paint(f"{' ' * left}… {count} {self.titles['more']}", "2")

    def _coverage(self, profile: Profile) -> Iterator[str]:
        dated = sorted(s.published for s in profile.sources if s.published)
        count = len(profile.sources)
        parts = [f"{count} {self.titles['source' if count == 1 else 'sources']}"]
        if dated:
            parts[0] += f", {self.titles['latest']} {dates.show(dates.parse(dated[-1]), self.language)}"
        if profile.disputed:
            parts.append(f"{self.titles['disputed']}: {', '.join(profile.disputed)}")
        yield from self._indented(" · ".join(parts), 0)

    def _indented(self, text: str, first: int, rest: int | None = None) -> Iterable[str]:
        hang = first if rest is None else rest
        for number, line in enumerate(wrap(text, self.columns - hang)):
            yield " " * (hang if number else first) + line

    def _paint(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.color and code else text
