"""The page of a thing: what is known of it, who says so, its neighbours, and its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from graph import dates, html, names, profile, screen
from graph.names import Name
from graph.profile import Line, Profile
from graph.reading import Reader, latest
from graph.server.pages import figures
from graph.server.pages.page import Site, figure, listed, moment_form
from ontology import ID, ONTOLOGY, PREFIXES, compact, expand

_WORDS = {
    "en": {
        "graph": "Around {}",
        "graph-text": "{} of the {} things that are joined to it: those that most sources tell of. A dashed line is "
        "disputed.",
        "graph-all": "The {} things that are joined to it. A dashed line is disputed.",
        "left": "{} more things joined to it",
        "explore": "Explore from here",
        "time": "In time",
        "time-text": "What happened and what held, by the dates of sources: a bar is as wide as the date is vague.",
        "time-left": "{} more, of which fewer sources tell, stand in the text.",
        "sources": "Sources", "told": "all that it says", "back": "back to the text, source {}",
        "source": "source {}", "also": "also",
    },
    "zh-hans": {
        "graph": "{}周边",
        "graph-text": "与之相连的 {1} 个事物中的 {0} 个：述及来源最多者。虚线表示有分歧。",
        "graph-all": "与之相连的 {} 个事物。虚线表示有分歧。",
        "left": "另有 {} 个与之相连的事物",
        "explore": "在关系图中展开",
        "time": "时间线",
        "time-text": "所发生之事与所持续之状态，按来源所给日期；日期愈不确切，横条愈宽。",
        "time-left": "另有 {} 项述及来源较少，见于正文。",
        "sources": "来源", "told": "其全部陈述", "back": "回到正文，来源 {}",
        "source": "来源 {}", "also": "又名",
    },
}  # fmt: skip


def thing(reader: Reader, iri: str, site: Site) -> tuple[str, str]:
    """The title and the body of the page of a thing with a label.

    Args:
        reader: at the moment of the page, in its language.
        iri: of the thing.
        site: where the page stands.
    """
    found = profile.profile(reader, Name(reader.label(iri), "", "label", compact(iri)))
    words = _WORDS[site.language]
    cited: set[int] = set()
    parts = {**found.sections, "unsettled": found.unsettled, "arguments": found.arguments}
    sections = [
        f'<section id="{name}"><h2>{html.text(screen.title(name, site.language))}</h2>'
        f'<ul class="lines">{"".join(_lines(lines, found, site, cited))}</ul></section>'
        for name, lines in parts.items()
        if lines
    ]
    body = [
        _head(reader, found, site),
        _neighbours(reader, iri, found, site),
        _timeline(reader, found, site),
        f'<div class="text">{"".join(sections)}{_sources(found, site, words, cited)}</div>',
    ]
    return found.label, f'<article class="profile">{"".join(body)}</article>'


def _head(reader: Reader, found: Profile, site: Site) -> str:
    words = _WORDS[site.language]
    labels = {tag: label for tag, label in found.labels.items() if label != found.label}
    others = "".join(f'<span lang="{_tag(tag)}">{html.text(label)}</span>' for tag, label in labels.items())
    known = {found.label, *labels.values()}
    aliases = [name for name in names.other_names(reader.graph.index, found.thing) if name not in known]
    also = f"<span>{words['also']} {html.text(', '.join(aliases))}</span>" if aliases else ""
    notes = [*html.notes(found), *map(html.text, _usage(reader, expand(found.thing)))]
    if found.with_things:
        links = (site.link(expand(each), label) for each, label in found.with_things.items())
        notes.append(f"{html.text(screen.title('with', site.language))} {', '.join(links)}")
    if found.disputed:
        disputed = html.text(screen.title("disputed", site.language))
        notes.append(f"<b>{disputed}</b>: {html.text(', '.join(found.disputed))}")
    return (
        f'<header class="head"><p class="kind">{html.text(found.type_label)}</p><h1>{html.text(found.label)}</h1>'
        f'<p class="names">{others}{also}</p>{"".join(f"<p>{note}</p>" for note in notes)}'
        f"{_coverage(found, site)}{moment_form(site)}</header>"
    )


def _usage(reader: Reader, iri: str) -> list[str]:
    """How the name of a place is used, as the ontology says it."""
    if not iri.startswith(_PLACE):
        return []
    found = reader.graph.quads.quads_for_pattern(NamedNode(iri), _USAGE, None, NamedNode(ONTOLOGY))
    return [q.object.value for q in found if isinstance(q.object, Literal) and q.object.language == reader.language]


def _tag(language: str) -> str:
    """A language tag as browsers like it."""
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(language, language)


def _coverage(found: Profile, site: Site) -> str:
    """How many sources, and the date of the latest of them."""
    language, count = site.language, len(found.sources)
    said = f"{count} {screen.title('source' if count == 1 else 'sources', language)}"
    if day := latest(found.sources):
        said += f", {screen.title('latest', language)} {dates.show(dates.parse(day), language)}"
    return f"<p>{html.text(said if count else screen.title('none', language))}</p>"


def _lines(lines: Sequence[Line], found: Profile, site: Site, cited: set[int]) -> Iterator[str]:
    for caption, same in groupby(lines, lambda line: line.caption):
        shown, words = "", html.text(caption)
        for line in same:
            yield _line(line, f'<span class="caption {shown}">{words}</span>', found, site, cited)
            shown = "unseen"
            for other in line.others:
                yield _line(other, f'<span class="caption {shown}">{words}</span>', found, site, cited)


def _line(line: Line, caption: str, found: Profile, site: Site, cited: set[int]) -> str:
    def linked(words: str) -> str:
        return site.link(expand(line.about), words) if line.about not in ("", found.thing) else html.text(words)

    numbers = "".join([_cite(c.source, c.locator, found, site, cited) for c in sorted(line.citations)])
    return (
        f'<li class="{_KINDS.get(line.mark, "held")}">{caption}'
        f'<div>{html.told(line, site.language, linked)} <span class="cites">{numbers}</span></div></li>'
    )


_PLACE = f"{ID}place/"
_USAGE = NamedNode(PREFIXES["skos"] + "scopeNote")
_KINDS = {"≠": "against", "≈": "beside", "?": "rumour", "✗": "denial"}


def _cite(number: int, locator: str, found: Profile, site: Site, cited: set[int]) -> str:
    """A number that leads to its source at the end of the page; the first of each can be come back to."""
    source = found.sources[number - 1]
    name = "" if number in cited else f' id="cite-{number}"'
    cited.add(number)
    hint = html.text(f"{_WORDS[site.language]['source'].format(number)}: {source.publisher_label} {locator}".strip())
    return f'<a{name} href="#source-{number}" title="{hint}">[{number}]</a>'


def _sources(found: Profile, site: Site, words: dict[str, str], cited: set[int]) -> str:
    items = []
    for number, source in enumerate(found.sources, 1):
        back = html.text(words["back"].format(number))
        mark = f' <a href="#cite-{number}" title="{back}" aria-label="{back}">↩</a>' if number in cited else ""
        told = site.link(expand(source.iri), words["told"])
        items.append(f'<li id="source-{number}">{html.document(source, site.language)} · {told}{mark}</li>')
    if not items:
        return ""
    return f'<section id="sources"><h2>{words["sources"]}</h2><ol class="sources">{"".join(items)}</ol></section>'


def _neighbours(reader: Reader, iri: str, found: Profile, site: Site) -> str:
    words = _WORDS[site.language]
    chart, left = figures.neighbourhood(reader, iri, found.label, site)
    if not chart.neighbours:
        return ""
    count = len(chart.neighbours)
    said = words["graph-text"].format(count, count + len(left)) if left else words["graph-all"].format(count)
    explore = f'<p><a href="{escape(site.to("explore", focus=found.thing))}">{words["explore"]}</a></p>'
    below = explore + listed(reader, left, words["left"], site)
    return figure(chart, "graph", words["graph"].format(found.label), said, below)


def _timeline(reader: Reader, found: Profile, site: Site) -> str:
    words = _WORDS[site.language]
    drawn = figures.timeline(reader, found, site)
    if drawn is None:
        return ""
    chart, left = drawn
    said = words["time-text"] + (" " + words["time-left"].format(left) if left else "")
    return figure(chart, "time", words["time"], said)
