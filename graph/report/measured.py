"""Sections of measured answers in the report: each as a figure, with what it withholds kept as not known yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graph.drawing.charts import Axis, Mark, Row, Rows, about, shares
from graph.report.parts import Part
from graph.report.tell import Teller
from graph.section import Section
from graph.writers import plain
from ontology import Labels, in_language

Record = dict[str, Any]

_SAID: dict[str, Labels] = {
    "withheld": {
        "en": "{n:figure|figures} of “{title}”, which are withheld ({why})",
        "zh-hans": "“{title}”中的{n}个数值，不予给出（{why}）",
    },
    "withheld-settles": {
        "en": "more cases of the same kind, told by sources that do not choose them for the outcome",
        "zh-hans": "更多同类个案，且来源并非因结果而选取",
    },
    "no-rows": {"en": "“{title}” gives no row here.", "zh-hans": "“{title}”在此没有任何行。"},
    "untold": {
        "en": "the order of {n:pair|pairs} of facets in relocation cases",
        "zh-hans": "出走案例中{n}对方面的先后",
    },
    "untold-settles": {
        "en": "filings and notices with a day: registry records, layoff notices, announcements",
        "zh-hans": "载明日期的文件：登记记录、裁员通知、公告",
    },
    "unclear": {
        "en": "whether {n:round was|rounds were} raised before or after a move",
        "zh-hans": "{n}轮融资在迁移之前还是之后",
    },
    "unclear-settles": {"en": "the day of the round and of the move", "zh-hans": "轮次与迁移的日期"},
    "point": {"en": "rate", "zh-hans": "比率"},
    "interval": {"en": "its interval", "zh-hans": "其区间"},
    "rates-found": {
        "en": "In {area} {moves:organization that sources place moved its|organizations that sources place moved "
        "their} headquarters out in the period, of {base} at most that can have been there at its start: an out "
        "rate of {out} per thousand and a net rate of {net}. An interval that holds zero on both sides does not "
        "tell gain from loss.",
        "zh-hans": "期内，来源可定位的组织中有{moves}家把总部迁出{area}，期初至多有{base}家可能在此："
        "迁出率为每千家{out}，净迁移率为每千家{net}。区间跨零，则不能分辨净迁入与净迁出。",
    },
    "per": {"en": "Per thousand organizations of the base, over the period.", "zh-hans": "每千家组织，按整个期间计。"},
    "pagerank": {"en": "PageRank: where flows go", "zh-hans": "PageRank：流向何处"},
    "cheirank": {"en": "CheiRank: where flows come from", "zh-hans": "CheiRank：来自何处"},
}


def overseas(t: Teller, *keys: str) -> list[Part]:
    """Sections on the pull overseas by their keys, as figures."""
    return [part for key in keys for part in shown(t, t.overseas[key], f"chuhai overseas {key}")]


def shown(t: Teller, section: Section, command: str) -> list[Part]:
    """A section as a figure; one without rows says so, with its notes."""
    found = records(section)
    title = in_language(section.title, t.language)
    words = section.table.words
    withheld = [str(row["withheld"]) for row in found if row.get("withheld")]
    why = dict.fromkeys(in_language(words.get(reason, {"en": reason}), t.language) for reason in withheld)
    comma = "、" if t.language == "zh-hans" else ", "
    t.lack(_SAID["withheld"], _SAID["withheld-settles"], len(withheld), title=title, why=comma.join(why))
    unsure = [row for row in found if row.get("order") in ("not told", "unclear")]
    kind = "untold" if section.key == "facets" else "unclear"
    t.lack(_SAID[kind], _SAID[f"{kind}-settles"], len(unsure))
    drawn = _CHARTS[section.key](t, section, found) if section.key in _CHARTS and found else None
    description = t.say(_SAID["no-rows"], title=title) if not found else ""
    if drawn and section.key == "rates":
        description = t.say(_SAID["per"])
    said = _out(t, section, found) if section.key == "rates" else []
    return [*said, t.figure(section, command, drawn if drawn and drawn.rows else None, description)]


def _out(t: Teller, section: Section, found: Sequence[Record]) -> list[Part]:
    """How many left the first area of the table, which is home, in words."""
    said = dict(zip([(r["area"], r["measure"]) for r in found], _words(section, "value", t.language), strict=True))
    gone = next((r for r in found if r["measure"] == "out rate" and r["value"] is not None), None)
    if gone is None or (gone["area"], "net rate") not in said:
        return []
    values = {
        "out": said[gone["area"], "out rate"],
        "net": said[gone["area"], "net rate"],
        "area": t.label(gone["area"]),
    }
    return [t.finding(_SAID["rates-found"], moves=gone["moves"], base=gone["base"], **values)]


def records(section: Section) -> list[Record]:
    """The rows of a section by column, as plain data."""
    return [dict(zip(section.table.columns, map(plain, row), strict=True)) for row in section.table.rows]


def _name(t: Teller, section: Section, value: object) -> str:
    text = str(value or "")
    words = section.table.words
    return in_language(words[text], t.language) if text in words else t.label(text) if text else ""


def _words(section: Section, name: str, language: str) -> list[str]:
    """The cells of a column as people read them, with the ends of their intervals."""
    shown = section.for_people(language)
    column = list(shown.columns).index(name)
    return [str(row[column] or "") for row in shown.rows]


def _rates(t: Teller, section: Section, found: Sequence[Record]) -> Rows:
    """Rates with their intervals, about 0."""
    rows = [
        Row(
            _name(t, section, row["measure"]),
            (Mark("range", row["value_low"], row["value_high"]), Mark("dot", row["value"], row["value"])),
            said,
            _name(t, section, row["area"]),
        )
        for row, said in zip(found, _words(section, "value", t.language), strict=True)
        if row["value_low"] is not None and row["value"] is not None
    ]
    ends = [end for row in rows for end in (row.marks[0].start, row.marks[0].end)]
    legend = (("dot", t.say(_SAID["point"])), ("range", t.say(_SAID["interval"])))
    return Rows(tuple(rows), about(min(ends, default=0), max(ends, default=0)), legend)


def _markets(t: Teller, section: Section, found: Sequence[Record]) -> Rows:
    """Shares of main markets abroad, as intervals; the share itself only where it is given."""
    rows = []
    for row, said in zip(found, _words(section, "share", t.language), strict=True):
        if row["share_low"] is None:
            continue
        dot = (Mark("dot", row["share"], row["share"]),) if row["share"] is not None else ()
        marks = (Mark("range", row["share_low"], row["share_high"]), *dot)
        value = f"{row['outside']} / {row['stated']} · {said}"
        rows.append(Row(_name(t, section, row["origin"]), marks, value, _name(t, section, row["kind"])))
    return shares(rows, [("range", t.say(_SAID["interval"]))])


def _ranks(t: Teller, section: Section, found: Sequence[Record]) -> Rows:
    """PageRank and CheiRank side by side."""
    rows = [
        Row(
            _name(t, section, row["area"]),
            (Mark("dot", row["pagerank"], 0), Mark("ring", row["cheirank"], 0)),
            f"{row['pagerank']:.2f} · {row['cheirank']:.2f}",
            _name(t, section, row["flow"]),
        )
        for row in found
    ]
    ticks = tuple((n / 4, f"{n / 4:g}") for n in range(5))
    return Rows(tuple(rows), Axis(0, 1, ticks), tuple((k, t.say(_SAID[w])) for k, w in _PAIR.items()))


_PAIR = {"dot": "pagerank", "ring": "cheirank"}

_CHARTS: dict[str, Callable[[Teller, Section, Sequence[Record]], Rows]] = {
    "rates": _rates,
    "markets": _markets,
    "ranks": _ranks,
}
"""Sections that are drawn, by key; the others are tables."""
