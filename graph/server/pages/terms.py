"""The pages of the vocabulary: the ontology's documentation, and each concept with what bears it."""

from __future__ import annotations

import re
from collections import defaultdict

from pyoxigraph import NamedNode

from graph import html
from graph.reading import Reader
from graph.server.pages.page import Site, listed
from graph.terms import iri
from ontology import CHUHAI, CONCEPT, ONTOLOGY, PREFIXES, RESOLVED, SCHEME, in_language, local, vocabulary
from ontology.documentation import Terms, tables

_SKOS = PREFIXES["skos"]
_SAID = ("definition", "scopeNote", "note")
_JOINED = ("inScheme", "broader", "narrower", "related", "exactMatch")
_WORDS = {
    "en": {
        "ontology": "The ontology", "concept": "concept", "scheme": "scheme of concepts", "used": "What bears it",
        "by": "{} times as {}", "show": "show {}", "unused": "Nothing in the graph bears it.", "concepts": "Concepts",
        "inScheme": "in scheme", "broader": "broader", "narrower": "narrower", "related": "related",
        "exactMatch": "the same as", "appliesTo": "applies to",
        "about": "Things are few; what happened and what held are nodes with time; who says so stands in statements. "
        "Display hints, such as colours and which classes are edges, stand in the ontology itself.",
    },
    "zh-hans": {
        "ontology": "本体", "concept": "概念", "scheme": "概念体系", "used": "使用情况",
        "by": "作为“{1}”共 {0} 次", "show": "显示 {} 项", "unused": "图中无一使用。", "concepts": "概念",
        "inScheme": "所属体系", "broader": "上位概念", "narrower": "下位概念", "related": "相关概念",
        "exactMatch": "等同于", "appliesTo": "适用于",
        "about": "事物为数不多；所发生之事与所持续之状态为带时间的节点；由谁陈述则见于陈述。"
        "颜色、何类为边等显示提示均载于本体自身。",
    },
}  # fmt: skip


def ontology(site: Site) -> tuple[str, str]:
    """The title and the body of the documentation: every class, property and concept, each with its anchor."""
    words, known = _WORDS[site.language], vocabulary()
    parts = [_terms(table, site) for table in tables(known, site.language)]
    schemes = []
    for name, labels in known.schemes.items():
        members = (c for c in known.concepts.values() if c.scheme == name)
        links = ", ".join(site.link(CONCEPT + c.name, in_language(c.label, site.language)) for c in members)
        title = site.link(SCHEME + name, in_language(labels, site.language))
        schemes.append(f"<dt>{title}</dt><dd>{links}</dd>")
    body = (
        f'<article class="wide-text"><header class="head"><h1>{words["ontology"]}</h1><p>{words["about"]}</p>'
        f"<p><code>{html.text(CHUHAI)}</code></p></header>{''.join(parts)}"
        f"<section><h2>{words['concepts']}</h2><dl>{''.join(schemes)}</dl></section></article>"
    )
    return words["ontology"], body


def _terms(table: Terms, site: Site) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in table.heads)
    rows = "".join(
        f'<tr id="{name}"><th scope="row"><a href="#{name}"><code>{name}</code></a></th>'
        f"<td>{html.text(label)}</td>{''.join(f'<td>{_cell(cell)}</td>' for cell in about)}"
        f"<td>{html.text(definition)}</td></tr>"
        for name, (label, *about, definition) in table.rows.items()
    )
    return (
        f'<section><h2>{table.title}</h2><div class="scroll" tabindex="0" role="region" aria-label="{table.title}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _cell(value: str) -> str:
    """Names of classes and properties as links, up to a colon, and colours shown."""
    known = {*vocabulary().classes, *vocabulary().properties}
    names, colon, rest = value.partition(": ")
    shown = ""
    for part in re.split(r"(#[0-9A-Fa-f]{6}|\b[A-Za-z]+\b)", names):
        if re.fullmatch("#[0-9A-Fa-f]{6}", part):
            shown += f'<span class="swatch" style="background:{part}"></span>{part}'
        else:
            shown += f'<a href="#{part}">{part}</a>' if part in known else html.text(part)
    return f"{shown}{colon}{html.text(rest)}"


def concept(reader: Reader, name: str, site: Site) -> tuple[str, str]:
    """The title and the body of the page of a concept, or of a scheme of concepts."""
    words, store = _WORDS[site.language], reader.graph.quads
    title = reader.label(name)
    found: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(NamedNode(name), None, None, NamedNode(ONTOLOGY)):
        tag = getattr(quad.object, "language", None)
        if tag in (None, site.language):
            found[local(quad.predicate.value)].append(getattr(quad.object, "value", ""))
    labels = "".join(f"<span>{html.text(each)}</span>" for each in sorted(set(reader.labels(name).values()) - {title}))
    said = "".join(f"<p>{html.text(each)}</p>" for key in _SAID for each in found.get(key, ()))
    rows = [(words[key], _links(reader, found[key], site)) for key in _JOINED if key in found]
    rows += [(words["appliesTo"], site.link(each, reader.kind(local(each)))) for each in found.get("appliesTo", ())]
    if name.startswith(SCHEME):
        members = [c.name for c in vocabulary().concepts.values() if SCHEME + c.scheme == name]
        rows.append((words["concepts"], _links(reader, [CONCEPT + member for member in members], site)))
    listing = "".join(f"<dt>{head}</dt><dd>{links}</dd>" for head, links in rows)
    kind = words["scheme" if name.startswith(SCHEME) else "concept"]
    used = "" if name.startswith(SCHEME) else f"<section><h2>{words['used']}</h2>{_used(reader, name, site)}</section>"
    return title, (
        f'<article><header class="head"><p class="kind">{kind}</p><h1>{html.text(title)}</h1>'
        f'<p class="names">{labels}</p>{said}<dl>{listing}</dl></header>{used}</article>'
    )


def _links(reader: Reader, iris: list[str], site: Site) -> str:
    return ", ".join(site.link(each, reader.label(each)) for each in sorted(iris))


def _used(reader: Reader, name: str, site: Site) -> str:
    """The nodes of the resolved graph that bear a concept, counted by property."""
    words = _WORDS[site.language]
    by: dict[str, set[str]] = defaultdict(set)
    for quad in reader.graph.quads.quads_for_pattern(None, None, NamedNode(name), NamedNode(RESOLVED)):
        by[local(quad.predicate.value)].add(iri(quad.subject))
    parts = [
        f"<p>{html.text(words['by'].format(f'{len(nodes):,}', reader.kind(key)))}</p>"
        f"{listed(reader, sorted(nodes), words['show'], site)}"
        for key, nodes in sorted(by.items())
    ]
    return "".join(parts) or f"<p>{words['unused']}</p>"
