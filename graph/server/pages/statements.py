"""Statements as people read them: what each says, of what kind it is, where it stands, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from graph import html, phrases
from graph.profile import MARKS
from graph.reading import Reader, Statement
from graph.server.pages.page import Site, title_of
from graph.values import ENTERING
from ontology import CONCEPT, in_language

_WORDS = {
    "en": {"about": "about", "denies": "denies", "according": "according to {}", "in": "the statement"},
    "zh-hans": {"about": "关于", "denies": "否认", "according": "据 {}", "in": "该陈述"},
}


def statements(reader: Reader, told: Iterable[Statement], site: Site, of_source: bool) -> str:
    """A list of statements, each with its key for an anchor.

    Args:
        reader: in the language of the page.
        told: in the order of the list.
        site: where the page stands.
        of_source: whether all are of one source, so that what each is about is said; else its source is.
    """
    return f'<ol class="statements">{"".join(_one(reader, s, site, of_source) for s in told)}</ol>'


def _one(reader: Reader, statement: Statement, site: Site, of_source: bool) -> str:
    words, language = _WORDS[site.language], site.language
    key = statement.iri.partition("#")[2]
    parts = [phrases.describe(statement.values, reader), phrases.when(statement.values, language)]
    parts.append(phrases.status(statement.values, reader))
    said = " — ".join(part for part in parts if part)
    paraphrase = in_language(statement.paraphrase, language)
    kind = html.text(reader.label(CONCEPT + statement.kind))
    mark = "" if statement.kind in ENTERING else f'<b class="mark">{MARKS.get(statement.kind, "")} {kind}</b> '
    plain = f" · {kind}" if not mark else ""
    told = [html.text(said)] if said else []
    told += [f"<q>{html.text(paraphrase)}</q>"] if paraphrase else []
    caption = html.text(reader.caption(statement.about_type)) + ": " if statement.about_type and said else ""
    speaker = reader.label(statement.by) if statement.by else statement.speaker
    notes = [f'<a href="#{html.text(key)}">{html.text(statement.locator or key)}</a>'] if of_source else []
    if of_source:
        links = ", ".join(site.link(iri, title_of(reader, iri)) for iri in statement.about)
        notes.append(f"{words['about']} {links}")
    else:
        source = reader.source(statement.source)
        place = site.link(statement.iri, f"{words['in']} {statement.locator}".strip())
        notes.append(f"{html.document(source, language)} · {place}")
    notes += [html.text(words["according"].format(speaker))] if speaker else []
    denied = [site.link(iri, title_of(reader, iri)) for iri in statement.denies]
    notes += [f"{words['denies']} {', '.join(denied)}"] if denied else []
    name = f' id="{html.text(key)}"' if of_source else ""
    return (
        f'<li{name} class="{statement.kind}">{mark}{caption}{" ".join(told) or "·"}'
        f"<small>{' · '.join(notes)}{plain}</small></li>"
    )
