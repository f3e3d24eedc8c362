"""The pages of the named queries: all of them, and each with a form for its parameters and its answer as a table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import queries
from graph import asking, html
from graph.errors import AmbiguousNameError, NotFoundError, UsageError
from graph.server.answer import Answer, failure
from graph.server.api import opened
from graph.server.pages.page import Site, hidden, page
from graph.store import Graph
from ontology import CHUHAI, CONCEPT, ID, SOURCE
from queries import NamedQuery

_WORDS = {
    "en": {
        "queries": "Named queries", "about": "Questions with parameters, each one SPARQL query over the same graph.",
        "ask": "Ask", "rows": "{} rows", "text": "The query in SPARQL", "json": "The answer as JSON",
        "all": "All queries", "iri": "a name",
    },
    "zh-hans": {
        "queries": "命名查询", "about": "带参数的问题，每个都是对同一图谱的一条 SPARQL 查询；说明为英文。",
        "ask": "查询", "rows": "{} 行", "text": "SPARQL 原文", "json": "JSON 格式的答案",
        "all": "全部查询", "iri": "名称",
    },
}  # fmt: skip

_INPUTS = {"integer": "number"}
_PAGES = (ID, SOURCE, CONCEPT, CHUHAI)
"""What IRIs begin with that have pages."""


def every(graph: Graph, when: Mapping[str, str]) -> Answer:
    """All named queries, each with what it answers."""
    site = Site("queries", when)
    words = _WORDS[site.language]
    items = "".join(
        f"<dt>{site.link(f'queries/{query.name}', query.name)}</dt><dd>{html.text(query.summary)}</dd>"
        for query in queries.catalogue().values()
    )
    head = f'<header class="head"><h1>{words["queries"]}</h1><p>{words["about"]}</p></header>'
    return _answer(page(site, words["queries"], f'<article>{head}<dl class="queries" lang="en">{items}</dl></article>'))


def one(graph: Graph, when: Mapping[str, str], query: str, parameters: Mapping[str, str]) -> Answer:
    """One named query: its form, and its answer once every parameter it needs is given."""
    named, site = queries.named(query), Site(f"queries/{query}", when)
    words = _WORDS[site.language]
    given = {name: value for name, value in parameters.items() if value.strip()}
    status, result = 200, ""
    if all(p.name in given or p.name in named.defaults for p in named.parameters):
        try:
            result = _result(graph, site, named, given)
        except (UsageError, NotFoundError, AmbiguousNameError) as error:
            status, result = failure(error).status, f'<p class="note" role="alert">{html.text(str(error))}</p>'
    body = (
        f'<article class="wide-text"><header class="head" lang="en"><p class="kind">{html.text(named.name)}</p>'
        f"<h1>{html.text(named.summary)}</h1><p>{html.text(named.description)}</p></header>{_form(site, named, given)}"
        f'{result}<details><summary>{words["text"]}</summary><pre tabindex="0">{escape(named.text)}</pre></details>'
        f"<p>{site.link('queries', words['all'])}</p></article>"
    )
    return _answer(page(site, named.summary, body))._replace(status=status)


def _answer(written: bytes) -> Answer:
    return Answer(200, "text/html; charset=utf-8", written)


def _form(site: Site, named: NamedQuery, given: Mapping[str, str]) -> str:
    words = _WORDS[site.language]
    fields = ""
    for parameter in named.parameters:
        needed = "" if parameter.name in named.defaults else " required"
        value = given.get(parameter.name, named.defaults.get(parameter.name, ""))
        fields += (
            f"<label>{html.text(parameter.name)} <small>{html.text(words.get(parameter.type, parameter.type))}</small> "
            f'<input name="{escape(parameter.name)}" type="{_INPUTS.get(parameter.type, "text")}" '
            f'value="{escape(value)}"{needed}></label>'
        )
    return f'<form class="moment">{fields}{hidden(site)}<button>{words["ask"]}</button></form>' if fields else ""


def _result(graph: Graph, site: Site, named: NamedQuery, given: Mapping[str, str]) -> str:
    words, found = _WORDS[site.language], opened(graph, site.when)
    table = asking.ask_named(found.whole, named.name, given, found.language)

    def linked(iri: str, label: str) -> str:
        return site.link(iri, label) if iri.startswith(_PAGES) else html.text(label, iri)

    asked = {name: value for name, value in {**site.when, **given}.items() if value}
    address = f"/api/queries/{named.name}" + (f"?{urlencode(asked)}" if asked else "")
    label = words["rows"].format(f"{len(table.rows):,}")
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{html.table(table, linked)}</div>'
    return f'<section><h2>{label}</h2><p><a href="{escape(address)}">{words["json"]}</a></p>{region}</section>'
