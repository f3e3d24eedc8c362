"""The start page, and what a search by name finds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from html import escape

from graph import dates, html, limits
from graph.dataset import read
from graph.errors import DataError, NotFoundError
from graph.reading import Reader, latest
from graph.server.answer import Answer
from graph.server.api import candidates, opened
from graph.server.pages.page import Site, hidden, page
from graph.store import Graph
from ontology import expand, vocabulary

_WORDS = {
    "en": {
        "title": "A knowledge graph of the AI startup ecosystem",
        "about": "An evidence-first knowledge graph of the AI startup ecosystem: who built which app, who funds whom, "
        "who moved where, and who says so.",
        "find": "A company, product, person or place, in any script", "go": "Find",
        "counts": "{} sources make {} statements.", "latest": "The latest source is of {}.",
        "version": "Version {}.",
        "doors": "Ways in", "examples": "Much told of",
        "explore": "The explorer: things and what joins them, as a graph, a map, a timeline and a table",
        "sparql/editor": "SPARQL: ask the graph whatever you like",
        "queries": "Named queries: questions with parameters, answered as tables",
        "ontology": "The ontology: every class and property, with definitions",
        "api/openapi.json": "The interface for programs, described in OpenAPI",
        "reconcile": "Reconciliation: match a table with OpenRefine",
        "sparql": "The SPARQL endpoint describes itself", "limits": "The limits of this server",
        "results": "“{}”", "none": "Nothing here is named so. Try another spelling, or a part of the name.",
        "several": "This can mean:", "missing": "Nothing is at {}",
    },
    "zh-hans": {
        "title": "AI 创业生态知识图谱",
        "about": "以证据为先的 AI 创业生态知识图谱：谁做了哪款应用，谁投资了谁，谁迁往何处，以及由谁陈述。",
        "find": "公司、产品、人物或地点，任何文字均可", "go": "查找",
        "counts": "{} 个来源共 {} 条陈述。", "latest": "最新来源为 {}。", "version": "版本 {}。",
        "doors": "入口", "examples": "记述最多者",
        "explore": "关系图：以图、地图、时间线与表格呈现事物及其关联",
        "sparql/editor": "SPARQL：任意提问",
        "queries": "命名查询：带参数的问题，以表格作答",
        "ontology": "本体：全部类与属性及其定义",
        "api/openapi.json": "程序接口，以 OpenAPI 描述",
        "reconcile": "对照服务：用 OpenRefine 匹配表格",
        "sparql": "SPARQL 端点的自我描述", "limits": "本服务的限制",
        "results": "“{}”", "none": "此处无此名称。请换一种写法，或只输入名称的一部分。",
        "several": "可能指：", "missing": "{} 处没有内容",
    },
}  # fmt: skip

_DOORS = ("explore", "sparql/editor", "queries", "ontology", "reconcile", "api/openapi.json", "sparql", "limits")
_SHOWN = ("organization", "product", "person", "place", "ranking")
"""Kinds of which there are examples."""


def start(graph: Graph, when: Mapping[str, str]) -> Answer:
    """What this is, how much it holds, and the ways in."""
    site, reader = Site("", when), opened(graph, when).reader
    words = _WORDS[site.language]
    hint = escape(words["find"])
    search = (
        f'<form action="/find" role="search" class="big"><input name="name" type="search" required aria-label="{hint}" '
        f'placeholder="{hint}">{hidden(site)}<button>{words["go"]}</button></form>'
    )
    doors = "".join(f"<li>{site.link(door, words[door])}</li>" for door in _DOORS)
    examples = ""
    for kind, things in _examples(graph).items():
        links = ", ".join(site.link(iri, reader.label(iri)) for iri in map(expand, things))
        query = "SELECT COUNT(DISTINCT thing) FROM names WHERE thing >= ? AND thing < ?"
        (count,) = graph.index.execute(query, (f"{kind}/", f"{kind}0")).fetchone()
        examples += f"<dt>{html.text(_kind(reader, kind))} ({count:,})</dt><dd>{links} …</dd>"
    body = (
        f'<article class="start"><h1>Chuhai 出海</h1><p class="lead">{words["about"]}</p>{search}'
        f"<p>{html.text(' '.join(_coverage(graph, reader, words)))}</p>"
        f"<section><h2>{words['examples']}</h2><dl>{examples}</dl></section>"
        f'<section><h2>{words["doors"]}</h2><ul class="doors">{doors}</ul></section></article>'
    )
    return _answer(page(site, words["title"], body))


def _answer(written: bytes, status: int = 200) -> Answer:
    return Answer(status, "text/html; charset=utf-8", written)


def _kind(reader: Reader, kind: str) -> str:
    """The label of the class whose things have a kind."""
    return reader.kind(next(name for name, word in vocabulary().slug_kinds.items() if word == kind))


def _coverage(graph: Graph, reader: Reader, words: Mapping[str, str]) -> list[str]:
    documents = list(reader.sources())
    (statements,) = graph.index.execute("SELECT COUNT(DISTINCT iri) FROM statements").fetchone()
    said = [words["counts"].format(f"{len(documents):,}", f"{statements:,}")]
    if day := latest(documents):
        said.append(words["latest"].format(dates.show(dates.parse(day), reader.language)))
    with suppress(NotFoundError, DataError):
        said += [words["version"].format(read(graph.facts).version)] if graph.facts else []
    return said


def _examples(graph: Graph) -> dict[str, list[str]]:
    """The things of some kinds of which statements speak most often."""
    query = """SELECT thing FROM names WHERE thing >= ? AND thing < ?
        GROUP BY thing ORDER BY MAX(mentions) DESC, thing LIMIT ?"""
    found = {kind: graph.index.execute(query, (f"{kind}/", f"{kind}0", limits.PAGE_NEIGHBOURS)) for kind in _SHOWN}
    return {kind: [thing for (thing,) in rows] for kind, rows in found.items()}


def results(graph: Graph, when: Mapping[str, str], name: str, path: str = "") -> Answer:
    """The things that a name may mean, as a page; with a path, that nothing is there comes first."""
    site, reader = Site(path or "find", when), opened(graph, when).reader
    words = _WORDS[site.language]
    found = candidates(graph, name, most=limits.PAGE_LISTED)
    items = "".join(
        f"<li>{site.link(expand(each.thing), reader.label(expand(each.thing)))} "
        f"<small>{html.text(_kind(reader, each.thing.partition('/')[0]))} · {html.text(each.name)}</small></li>"
        for each in found
    )
    title = words["missing"].format(path) if path else words["results"].format(name)
    body = f"<h1>{html.text(title)}</h1><p>{words['several' if found else 'none']}</p><ul>{items}</ul>"
    return _answer(page(site, title, f"<article>{body}</article>"), 200 if found and not path else 404)
