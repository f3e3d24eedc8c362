"""The page of what happened, held or was counted: what is held to be so of it, and every statement about it."""

from __future__ import annotations

from collections.abc import Iterator

from graph import html, phrases, screen
from graph.reading import Reader, Statement
from graph.server.pages import figures
from graph.server.pages.page import Site, figure, listed, moment_form, title_of
from graph.server.pages.statements import statements
from graph.values import ENTERING, SPANS, Values, text
from ontology import compact, local, vocabulary

_WORDS = {
    "en": {
        "held": "Held to be so", "said": "What sources say of it", "when": "when", "graph": "What it joins",
        "graph-text": "The {} things that take part in it.", "left": "{} more things",
        "rumoured": "Only rumours tell of this. It counts nowhere as a fact.",
        "denied": "This is only denied; no source tells of it as a fact.",
        "unsettled": "Only rumours and denials tell of this. It counts nowhere as a fact.",
        "argued": "This is only argued about; no source tells of it as a fact.",
        "then": "At the moment asked for this had not happened, or did not hold.",
        "disputed": "Sources disagree on: {}.", "deniedIn": "It is denied: see below.",
        "possibly": "At the moment asked for this holds only possibly.",
    },
    "zh-hans": {
        "held": "认定内容", "said": "各来源的说法", "when": "时间", "graph": "所连接者",
        "graph-text": "参与其中的 {} 个事物。", "left": "另有 {} 个事物",
        "rumoured": "仅有传闻述及此事，概不计为事实。",
        "denied": "此事仅有否认，没有来源将其作为事实陈述。",
        "unsettled": "仅有传闻与否认述及此事，概不计为事实。",
        "argued": "此事仅有议论，没有来源将其作为事实陈述。",
        "then": "在所询时点，此事尚未发生或不成立。",
        "disputed": "各来源说法不一：{}。", "deniedIn": "此事有否认，见下文。",
        "possibly": "在所询时点，此事仅可能成立。",
    },
}  # fmt: skip

_MARKS = ("type", "disputed", "deniedIn", "certainty", "dateText", "status")
_DATES = {bound for head in SPANS.values() for bound in head}


def event(reader: Reader, iri: str, told: list[Statement], site: Site) -> tuple[str, str]:
    """The title and the body of the page of a node that exists by what sources tell.

    Args:
        reader: at the moment of the page, in its language.
        iri: of the node.
        told: the statements about it.
        site: where the page stands.
    """
    words, held = _WORDS[site.language], reader.node(iri)
    title = title_of(reader, iri)
    kind = local(text(held, "type") or "") or next((s.about_type for s in told if s.about_type), "")
    notes = "".join(f'<p class="note">{html.text(note)}</p>' for note in _notes(reader, held, told, words))
    head = (
        f'<header class="head"><p class="kind">{html.text(reader.kind(kind) if kind else "")}</p>'
        f'<h1>{html.text(title)}</h1><p class="names"><code>{html.text(compact(iri))}</code></p>{notes}'
        f"{moment_form(site)}</header>"
    )
    rows = "".join(f"<dt>{html.text(name)}</dt><dd>{value}</dd>" for name, value in _held(reader, held, site))
    parts = [f"<section><h2>{words['held']}</h2><dl>{rows}</dl></section>"] if rows else []
    if told:
        parts.append(f"<section><h2>{words['said']}</h2>{statements(reader, told, site, of_source=False)}</section>")
    body = f'{head}{_joined(reader, iri, title, site) if held else ""}<div class="text">{"".join(parts)}</div>'
    return title, f'<article class="profile">{body}</article>'


def _notes(reader: Reader, held: Values, told: list[Statement], words: dict[str, str]) -> Iterator[str]:
    kinds = {s.kind for s in told}
    if not held:
        which = {(True, True): "unsettled", (True, False): "rumoured", (False, True): "denied"}
        word = which.get(("rumour" in kinds, "denial" in kinds), "argued")
        yield words["then" if kinds & ENTERING else word]
    if "disputed" in held:
        heads = dict.fromkeys(map(local, held["disputed"]))
        names = (words["when"] if head in SPANS else reader.kind(head) for head in heads)
        yield words["disputed"].format(", ".join(dict.fromkeys(names)))
    for word, name in (("deniedIn", "deniedIn"), ("possibly", "certainty")):
        if name in held:
            yield words[word]


def _held(reader: Reader, held: Values, site: Site) -> Iterator[tuple[str, str]]:
    """What is held, by the labels of properties; values as HTML."""
    words, known = _WORDS[site.language], vocabulary().properties
    if when := phrases.when(held, site.language):
        yield words["when"], html.text(when)
    if "status" in held:
        yield reader.kind("status"), site.link(held["status"][0], reader.label(held["status"][0]))
    for name, values in held.items():
        if name in _MARKS or name in _DATES or name.endswith("Qualifier") or name == "currency":
            continue
        if name in known and not known[name].is_object:
            yield reader.kind(name), html.text(phrases.describe(_only(held, name), reader) or ", ".join(values))
        else:
            label = reader.kind(name) or screen.title("derived", site.language)
            yield label, ", ".join(site.link(iri, title_of(reader, iri)) for iri in values)


def _only(held: Values, name: str) -> Values:
    """One property, with what is read together with it."""
    return {key: value for key, value in held.items() if key in (name, f"{name}Qualifier", "currency")}


def _joined(reader: Reader, iri: str, title: str, site: Site) -> str:
    words = _WORDS[site.language]
    chart, left = figures.neighbourhood(reader, iri, title, site)
    if not chart.neighbours:
        return ""
    said = words["graph-text"].format(len(chart.neighbours) + len(left))
    return figure(chart, "graph", words["graph"], said, listed(reader, left, words["left"], site))
