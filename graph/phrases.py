"""Says in words what a node holds: the parts in a fixed order, at the precision of the sources."""

from __future__ import annotations

from collections.abc import Collection

from graph import dates, figures
from graph.dates import Span
from graph.reading import Reader
from graph.values import FIGURES, Values, figure, span, text
from ontology import local

_ORDER = (
    "person", "investor", "acquirer", "controller", "subtype", "metric", "category", "level", "fromRole", "toRole",
    "role", "criterion", "population", "satisfied", "organization", "fromOrganization", "toOrganization",
    "product", "rival", "integrates", "legalEntity", "entityOf", "jurisdiction", "unitOf", "subject", "ranking",
    "position", "firstOfCategory", "aheadOf", "amount", "count", "share", "outOf", "fromPlace", "toPlace", "place",
    "scope", "publisher", "size", "threshold",
)  # fmt: skip

_WORDS = {
    "en": {
        "position": "rank {}",
        "firstOfCategory": "first of {}",
        "aheadOf": "ahead of {}",
        "size": "{} places",
        "outOf": "{} of {}",
        "of": "out of {}",
        "all": "all",
        "part": "part",
        "share": "{} %",
        "to": "{} → {}",
        "joined": "→ {}",
        "left": "left {}",
        "open": "since {}",
        "closed": "until {}",
        "between": "{} – {}",
        "attested": "seen {}",
        "ended": "until a move without a date",
        "makes": "makes",
    },
    "zh-hans": {
        "position": "第 {} 名",
        "firstOfCategory": "首个{}",
        "aheadOf": "领先于{}",
        "size": "{} 席",
        "outOf": "{} / {}",
        "of": "共 {}",
        "all": "全部",
        "part": "部分",
        "share": "{}%",
        "to": "{} → {}",
        "joined": "→ {}",
        "left": "离开 {}",
        "open": "自 {}",
        "closed": "至 {}",
        "between": "{} – {}",
        "attested": "{} 时可见",
        "ended": "至某次无日期的迁移",
        "makes": "开发运营",
    },
}  # fmt: skip


_CHOICES = {
    "en": {
        "satisfied": {"true": "met", "false": "not met"},
        "primary": {"true": "main", "false": "not the main"},
    },
    "zh-hans": {
        "satisfied": {"true": "满足", "false": "不满足"},
        "primary": {"true": "主要", "false": "非主要"},
    },
}


def words(key: str, language: str) -> str:
    """A phrase pattern in a language."""
    return _WORDS.get(language, _WORDS["en"])[key]


def _choice(key: str, value: str, language: str) -> str:
    return _CHOICES.get(language, _CHOICES["en"])[key][value]


def describe(values: Values, reader: Reader, known: Collection[str] = ()) -> str:
    """What a node or statement holds, in words, without its time and status.

    Args:
        values: by property name.
        reader: for labels, and the language.
        known: IRIs that go without saying, such as the thing whose profile it is.

    Returns:
        The parts, joined by middle dots; "" when there is nothing to say.
    """
    said = [_part(name, values, reader, known) for name in _ORDER if name in values]
    parts = [part for part in said if part]
    if "primary" in values:
        parts.insert(0, _choice("primary", values["primary"][0], reader.language))
    return " · ".join(parts)


def _part(name: str, values: Values, reader: Reader, known: Collection[str]) -> str:
    language = reader.language
    if name == "share":
        return "" if "count" in values else _share(values, reader)
    if name == "count" and "outOf" in values:
        pattern = words("outOf", language)
        return pattern.format(_figure(values, "count", reader), _figure(values, "outOf", reader)) + (
            f" ({_share(values, reader)})" if "share" in values else ""
        )
    if name == "outOf":
        return "" if "count" in values else words("of", language).format(_figure(values, name, reader))
    if name == "position":
        return words("position", language).format(_figure(values, name, reader))
    if name in FIGURES:
        return _figure(values, name, reader)
    if name in ("size", "threshold"):
        shown = figures.show(figures.parse(values[name][0]), language)
        return words("size", language).format(shown) if name == "size" else shown
    if name == "satisfied":
        return _choice("satisfied", values[name][0], language)
    if name == "fromPlace" and "toPlace" in values:
        start, goal = reader.label(values[name][0]), reader.label(values["toPlace"][0])
        return words("to", language).format(start, goal)
    labels = _label(values, name, reader, known)
    if name == "toPlace" and "fromPlace" in values:
        return ""
    if name in ("toPlace", "toOrganization") and labels:
        return words("joined", language).format(labels)
    if name == "fromOrganization":
        return words("left", language).format(labels) if labels else ""
    if name in ("firstOfCategory", "aheadOf"):
        return words(name, language).format(_label(values, name, reader, ()))
    return labels


def _label(values: Values, name: str, reader: Reader, known: Collection[str]) -> str:
    found = [v for v in values[name] if v not in known]
    return ", ".join(reader.label(iri) for iri in found)


def _figure(values: Values, name: str, reader: Reader) -> str:
    return figures.show(figure(values, name), reader.language)


def _share(values: Values, reader: Reader) -> str:
    share = figure(values, "share")
    if share.number == 1 and share.qualifier in ("", "under"):
        return words("part" if share.qualifier else "all", reader.language)
    percent = figures.Figure((share.number * 100).normalize(), share.qualifier)
    return words("share", reader.language).format(figures.show(percent, reader.language))


def when(values: Values, language: str) -> str:
    """The time of a node or statement: of an event, or the start and end of a situation."""
    if "notBefore" in values or "notAfter" in values:
        return dates.show(span(values, "notBefore"), language)
    start = dates.show(span(values, "validFrom"), language) if "validFrom" in values else ""
    end = dates.show(span(values, "validTo"), language) if "validTo" in values else ""
    if start and end:
        return words("between", language).format(start, end)
    if start:
        return words("open", language).format(start)
    if end:
        return words("closed", language).format(end)
    if "heldTo" in values:
        seen = dates.show(_seen(values), language)
        return words("attested", language).format(seen)
    return ""


def _seen(values: Values) -> Span:
    """The day, or the stretch of days, within which a source saw a situation hold."""
    days = sorted(d for d in (text(values, "heldFrom"), text(values, "heldTo")) if d)
    return Span(days[0], days[-1])


def status(values: Values, reader: Reader) -> str:
    """The status of an event, unless it is simply completed."""
    found = text(values, "status")
    return "" if found is None or local(found) == "completed" else reader.label(found)
