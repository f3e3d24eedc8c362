"""The frame of every page, and the links between pages, which keep the language and the moment that were asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlencode

from pyoxigraph import RdfFormat, Triple, serialize

from graph import html, limits, phrases
from graph.drawing.charts import Chart
from graph.drawing.draw import NARROW, WIDE, draw
from graph.reading import Reader
from graph.values import Values, text
from ontology import SOURCE, SPACE, compact, in_language, local

_WORDS = {
    "en": {
        "find": "Find a thing by a name", "go": "Find", "explore": "Explorer", "sparql/editor": "SPARQL",
        "queries": "Queries", "ontology": "Ontology", "other": "中文", "moment": "at another moment",
        "as_of": "as of", "known_by": "known by", "show": "Show", "now": "all time",
        "as_of_hint": "what held on that day, month or year, such as 2025-06",
        "known_by_hint": "by documents published by then, such as 2025-06",
        "formats": "The same as data", "main": "To the text",
        "licence": "Every line names its sources. Rumours and denials are told of, never counted as facts.",
    },
    "zh-hans": {
        "find": "按名称查找", "go": "查找", "explore": "关系图", "sparql/editor": "SPARQL",
        "queries": "查询", "ontology": "本体", "other": "English", "moment": "其他时点",
        "as_of": "截至", "known_by": "据已发表于", "show": "显示", "now": "全部时间",
        "as_of_hint": "当日、当月或当年成立者，例如 2025-06",
        "known_by_hint": "仅据届时已发表的文献，例如 2025-06",
        "formats": "同样内容的数据格式", "main": "跳至正文",
        "licence": "每一行均注明来源。传闻与否认如实列出，绝不计为事实。",
    },
}  # fmt: skip

DATA = {"turtle": "Turtle", "jsonld": "JSON-LD", "ntriples": "N-Triples", "rdfxml": "RDF/XML"}
"""Formats of data by the name that addresses give them, and their own names."""

_NAVIGATION = ("explore", "sparql/editor", "queries", "ontology")


class Site(NamedTuple):
    """Where a page stands: its path without a slash in front, and what was asked: lang, as_of, known_by."""

    path: str
    when: Mapping[str, str]

    @property
    def language(self) -> str:
        """The language of the page."""
        return "zh-hans" if self.when.get("lang") == "zh" else "en"

    def say(self, word: str) -> str:
        """A word of the frame."""
        return _WORDS[self.language][word]

    def to(self, place: str, **other: str) -> str:
        """The address of a page of ours, by its IRI or path, in the same language and at the same moment."""
        path, mark, part = place.removeprefix(SPACE).partition("#")
        given = {**self.when, **other} if other else self.when
        asked = {name: value for name, value in given.items() if value} if given else {}
        said = "?" + urlencode(asked) if asked else ""
        return f"/{path if _PLAIN(path) else quote(path)}{said}{mark}{quote(part) if part else ''}"

    def link(self, place: str, label: str) -> str:
        """A link to a page of ours, to the web for any other IRI."""
        if "://" in place and not place.startswith(SPACE):
            return html.link(label, place, place)
        return f'<a href="{escape(self.to(place))}">{html.text(label)}</a>'


_PLAIN = re.compile(r"[A-Za-z0-9/._-]*").fullmatch
"""Paths that need no quoting."""

_UNMARKED = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
"""Escapes of what could end or steer the element in which JSON stands."""


def page(site: Site, title: str, body: str, triples: Sequence[Triple] = (), formats: bool = False) -> bytes:
    """A whole page around a body that is escaped already.

    Args:
        site: where it stands.
        title: of the window.
        body: the content of its main part.
        triples: facts that stand in the page as JSON-LD.
        formats: whether the same address answers in other formats.
    """
    data = (serialize(triples, format=RdfFormat.JSON_LD) or b"").decode() if triples else ""
    for mark, unmarked in _UNMARKED.items():  # translate() takes a dozen times as long
        data = data.replace(mark, unmarked)
    script = f'<script type="application/ld+json">{data}</script>' if data else ""
    tag, other = ("en", "zh") if site.language == "en" else ("zh-Hans", "en")
    alternate = "".join(
        f'<link rel="alternate" type="{media}" href="{escape(site.to(site.path, format=form))}">'
        for form, media in (("turtle", "text/turtle"), ("jsonld", "application/ld+json"))
        if formats
    )
    navigation = "".join(site.link(place, site.say(place)) for place in _NAVIGATION)
    switch = f'<a href="{escape(site.to(site.path, lang=other))}" lang="{"zh-Hans" if other == "zh" else "en"}">'
    return (
        f'<!DOCTYPE html><html lang="{tag}"><head><meta charset="utf-8"><title>{html.text(title)} · Chuhai 出海</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/style.css">{alternate}{script}</head><body>'
        f'<a class="skip" href="#main">{html.text(site.say("main"))}</a>'
        f'<header class="top"><a class="brand" href="{escape(site.to(""))}">Chuhai 出海</a>'
        f'<nav aria-label="Chuhai">{navigation}{switch}{html.text(site.say("other"))}</a></nav>{_search(site)}</header>'
        f'<main id="main" tabindex="-1">{body}</main>'
        f"<footer>{_formats(site) if formats else ''}<p>{html.text(site.say('licence'))}</p></footer></body></html>"
    ).encode()


def _search(site: Site) -> str:
    hint = escape(site.say("find"))
    return (
        f'<form action="/find" role="search"><input name="name" type="search" required aria-label="{hint}" '
        f'placeholder="{hint}">{hidden(site)}<button>{html.text(site.say("go"))}</button></form>'
    )


def hidden(site: Site, *without: str) -> str:
    """What was asked, as hidden fields of a form."""
    kept = [(name, value) for name, value in site.when.items() if value and name not in without]
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in kept)


def _formats(site: Site) -> str:
    links = (f'<a href="{escape(site.to(site.path, format=form))}">{name}</a>' for form, name in DATA.items())
    return f"<p>{html.text(site.say('formats'))}: {' · '.join(links)}</p>"


def moment_form(site: Site) -> str:
    """A form that asks for the same page at another moment."""
    fields = "".join(
        f'<label>{html.text(site.say(name))} <input name="{name}" value="{escape(site.when.get(name, ""))}" size="10" '
        f'placeholder="2025-06" title="{escape(site.say(name + "_hint"))}"></label>'
        for name in ("as_of", "known_by")
    )
    asked = any(site.when.get(name) for name in ("as_of", "known_by"))
    back = f' <a href="{escape(site.to(site.path, as_of="", known_by=""))}">{html.text(site.say("now"))}</a>'
    return (
        f'<form class="moment">{fields}{hidden(site, "as_of", "known_by")}'
        f"<button>{html.text(site.say('show'))}</button>{back if asked else ''}</form>"
    )


def figure(chart: Chart, key: str, title: str, description: str, below: str = "") -> str:
    """A figure with its heading, for wide and for narrow screens; `below` is escaped already."""
    drawn = (draw(chart, f"{key}-{name}", title, description, r) for name, r in (("wide", WIDE), ("narrow", NARROW)))
    caption = f"<figcaption><h2>{html.text(title)}</h2><p>{html.text(description)}</p></figcaption>"
    return f'<figure id="{key}">{caption}{"".join(drawn)}{below}</figure>'


def title_of(reader: Reader, iri: str) -> str:
    """What to call a node: its label; of what has none, its kind and what it holds in words; a source by its title."""
    if iri.startswith(SOURCE):
        document = reader.source(iri.partition("#")[0])
        return in_language(document.title, reader.language) or document.url
    if labels := reader.labels(iri):
        return in_language(labels, reader.language)
    told: Sequence[tuple[str, Values]] = [(s.about_type, s.values) for s in reader.statements(iri)]
    held = reader.node(iri)
    kind = local(text(held, "type") or "") or next((name for name, _ in told if name), "")
    values = held if len(held) > 1 else next((v for _, v in told if v), held)
    parts = (reader.caption(kind) if kind else "", phrases.describe(values, reader))
    return ": ".join(part for part in parts if part) or compact(iri)


def listed(reader: Reader, iris: Sequence[str], head: str, site: Site) -> str:
    """Nodes behind a line that says how many they are, put for {}; no more of them than a page lists."""
    if not iris:
        return ""
    links = [f"<li>{site.link(iri, title_of(reader, iri))}</li>" for iri in iris[: limits.PAGE_LISTED]]
    links += [f"<li>… {len(iris) - len(links):,}</li>"] if len(iris) > len(links) else []
    summary = html.text(head.format(f"{len(iris):,}"))
    return f'<details><summary>{summary}</summary><ul class="many">{"".join(links)}</ul></details>'
