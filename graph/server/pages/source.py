"""The page of a source: what the document is, and everything that it states."""

from __future__ import annotations

import re

from graph import dates, html, screen
from graph.reading import Reader, Statement
from graph.server.pages.page import Site, title_of
from graph.server.pages.statements import statements
from ontology import CONCEPT, expand

_WORDS = {
    "en": {
        "publisher": "publisher", "published": "published", "kind": "kind", "language": "language",
        "url": "address", "copies": "derived from", "official": "official document",
        "said": "What it says", "count": "{} statements, in the order of its paragraphs.",
    },
    "zh-hans": {
        "publisher": "发布者", "published": "发布日期", "kind": "种类", "language": "语言",
        "url": "地址", "copies": "源自", "official": "官方文件",
        "said": "其陈述", "count": "{} 条陈述，按段落排列。",
    },
}  # fmt: skip


def source(reader: Reader, iri: str, site: Site) -> tuple[str, str]:
    """The title and the body of the page of a source document."""
    words, language, found = _WORDS[site.language], site.language, reader.source(iri)
    title = title_of(reader, iri)
    told = sorted(reader.said_by(iri), key=_place)
    published = dates.show(dates.parse(found.published), language) if found.published else ""
    rows = {
        "publisher": site.link(expand(found.publisher), found.publisher_label),
        "published": html.text(published or screen.title("undated", language)),
        "kind": site.link(CONCEPT + found.kind, reader.label(CONCEPT + found.kind)),
        "language": html.text(found.language),
        "url": html.link(found.url, found.url) + (f" ({screen.title('repost', language)})" if found.repost else ""),
        "copies": ", ".join(site.link(each, title_of(reader, each)) for each in found.copies),
    }
    listed = "".join(f"<dt>{words[name]}</dt><dd>{value}</dd>" for name, value in rows.items() if value)
    official = f'<p class="note">{words["official"]}</p>' if found.official else ""
    return title, (
        f'<article><header class="head"><p class="kind">{html.text(reader.kind("Source"))}</p>'
        f"<h1>{html.text(title)}</h1>{official}<dl>{listed}</dl></header><section><h2>{words['said']}</h2>"
        f"<p>{words['count'].format(len(told))}</p>{statements(reader, told, site, of_source=True)}</section></article>"
    )


def _place(statement: Statement) -> tuple[int, str, str]:
    """Sorts by the first number of the locator, then by key."""
    number = re.search(r"\d+", statement.locator)
    return int(number[0][:9]) if number else 0, statement.locator, statement.iri
