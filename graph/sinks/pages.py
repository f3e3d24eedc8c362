"""A page of Markdown for each thing, with an index: its profile, its sources as footnotes, links to what is next to it.

Footnotes are those of PHP Markdown Extra, which GitHub, pandoc and Python-Markdown read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from graph import dates, paths, profile, screen
from graph.counts import counted
from graph.names import Name
from graph.profile import Line, Profile
from graph.reading import Reader, Source
from graph.report.markdown import link, text
from graph.sinks import package
from graph.sinks.about import About, Export
from graph.sinks.part import things
from ontology import compact, in_language, local

_PLAIN = re.compile(r"[a-z-]{1,40}/[a-z0-9]+(?:[.-][a-z0-9]+)*", re.ASCII)
_LONGEST = 200
_WORDS = {
    "en": {"near": "Next to it", "index": "All pages"},
    "zh-hans": {"near": "关联", "index": "全部页面"},
}


def write(export: Export, folder: Path) -> str:
    """Write the pages: `<kind>/<slug>.md` for each thing of the export, with all that the open graph knows of it."""
    reader, about = export.opened.reader, export.about.limited("pages")
    pages = {thing: _path(thing) for thing in things(export.graph)}
    for thing, path in pages.items():
        place = folder / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(_page(reader, thing, pages, about), encoding="utf-8", newline="\n")
    (folder / "index.md").write_text(_index(reader, pages, about), encoding="utf-8", newline="\n")
    package.describe(folder, about, map(_resource, ["index.md", *pages.values()]))
    return counted({"page": len(pages)}, export.about.language)


def _path(thing: str) -> str:
    """Where the page of a thing stands: by its identifier, or by a hash where that is no plain name of a file."""
    name = compact(thing)
    if _PLAIN.fullmatch(name) and len(name) < _LONGEST:
        return f"{name}.md"
    return f"other/{sha256(thing.encode()).hexdigest()[:16]}.md"


def _resource(path: str) -> dict[str, Any]:
    name = re.sub("[^a-z0-9.-]", "-", path.removesuffix(".md"))
    return {"name": name, "path": path, "format": "md", "mediatype": "text/markdown", "encoding": "utf-8"}


def _index(reader: Reader, pages: Mapping[str, str], about: About) -> str:
    blocks = [f"# {text(about.lines()[0])}", *map(text, about.lines()[1:])]
    by_kind = sorted(pages, key=lambda thing: (_kind(reader, thing), reader.label(thing), thing))
    for kind, found in groupby(by_kind, lambda thing: _kind(reader, thing)):
        items = (f"- [{text(reader.label(thing))}]({pages[thing]})" for thing in found)
        blocks += [f"## {text(kind)}", "\n".join(items)]
    return "\n\n".join(blocks) + "\n"


def _kind(reader: Reader, thing: str) -> str:
    return reader.kind(local(reader.node(thing)["type"][0]))


def _page(reader: Reader, thing: str, pages: Mapping[str, str], about: About) -> str:
    name = compact(thing)
    found = profile.profile(reader, Name(reader.label(thing), "", "label", name))
    words = _WORDS[found.language]
    names = dict.fromkeys([found.label, *found.labels.values()])
    blocks = [f"# {text('  '.join(names))}", f"{text(found.type_label)} · {text(name)}"]
    if found.with_things:
        together = text(", ".join(found.with_things.values()))
        blocks.append(f"{text(screen.title('with', found.language))} {together}")
    for section, lines in {**found.sections, "unsettled": found.unsettled, "arguments": found.arguments}.items():
        if lines:
            blocks += [f"## {text(screen.title(section, found.language))}", "\n".join(_lines(lines, found))]
    if not found.sources:
        blocks.append(text(screen.title("none", found.language)))
    if found.disputed:
        blocks.append(f"{text(screen.title('disputed', found.language))}: {text(', '.join(found.disputed))}")
    if near := [end for end in sorted(paths.near(reader, thing)) if end in pages]:
        items = "\n".join(f"- [{text(reader.label(end))}](../{pages[end]})" for end in near)
        blocks += [f"## {words['near']}", items]
    blocks += ["---", f"[{words['index']}](../index.md) · {text(' · '.join(about.lines()))}"]
    blocks += [_footnote(number, source, found.language) for number, source in enumerate(found.sources, 1)]
    return "\n\n".join(blocks) + "\n"


def _lines(lines: Sequence[Line], found: Profile) -> Iterator[str]:
    for line in lines:
        yield f"- {_line(line, found)}"
        for other in line.others:
            yield f"    - {_line(other, found)}"


def _line(line: Line, found: Profile) -> str:
    speaker = f" ({line.speaker})" if line.speaker else ""
    notes = [screen.title(word, found.language) for word in ("derived", "possibly") if getattr(line, word)]
    tail = " · ".join(part for part in (line.when, line.status, *notes) if part)
    said = " — ".join(part for part in (line.words + speaker, tail) if part) or "·"
    note = f" “{line.note}”" if line.note else ""
    head = " ".join(part for part in (f"**{text(line.caption)}**" if line.caption else "", text(line.mark)) if part)
    cited = "".join(
        f" [^{number}]" + "".join(f" {text(each.locator)}" for each in of if each.locator)
        for number, of in groupby(sorted(line.citations), lambda citation: citation.source)
    )
    return f"{head} {text(said + note)}{cited}".strip()


def _footnote(number: int, source: Source, language: str) -> str:
    day = dates.show(dates.parse(source.published), language) if source.published else screen.title("undated", language)
    title = in_language(source.title, language) or source.url
    repost = f" ({text(screen.title('repost', language))})" if source.repost else ""
    return f"[^{number}]: {text(source.publisher_label)}, {text(day)}: {link(title, source.url)}{repost}"
