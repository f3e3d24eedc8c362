"""Why rows were repaired, rejected or taken for duplicates: by key with values, and in words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ontology import Labels, in_language

_OF_ONE_ROW = frozenset({"text", "row", "thing", "length"})
"""The values that differ from row to row."""

REASONS: dict[str, Labels] = {
    key: {"en": english, "zh-hans": chinese} for key, (english, chinese) in {
        "HTML entities": ("HTML entities in {column}", "{column} 列：HTML 实体已还原"),
        "full-width characters": ("full-width characters in {column}", "{column} 列：全角字符已改为半角"),
        "decomposed characters": ("decomposed characters in {column}", "{column} 列：分解字符已合成"),
        "invisible characters": ("invisible characters in {column}", "{column} 列：不可见字符已去除"),
        "stray spaces": ("stray spaces in {column}", "{column} 列：多余空格已去除"),
        "date respelled": ("date respelled in {column}", "{column} 列：日期已改写"),
        "first day": (
            "the first of a year or month taken as all of it in {column}", "{column} 列：年初或月初之日按整年或整月计",
        ),
        "place left out": ("unknown place left out in {column}", "{column} 列：未知地点已略去"),
        "place around": ("place taken as what it lies within in {column}", "{column} 列：地点按其所属地区计"),
        "words kept": ("words without a number kept in {column}", "{column} 列：无数字的文字原样保留"),
        "figure respelled": ("figure respelled in {column}", "{column} 列：数字已改写"),
        "unknown place": (
            "'{text}' in {column} is no place known here, or several",
            "{column} 列的 '{text}' 不是已知地点，或可指多处",
        ),
        "not mapped": (
            "'{text}' in {column} is not in the map of the mapping", "{column} 列的 '{text}' 不在映射的 map 之中",
        ),
        "other currency": (
            "'{text}' is in {currency}, and the table says {other}", "'{text}' 的币种为 {currency}，而表中写明 {other}",
        ),
        "sign of several currencies": (
            "'{text}': {sign} stands for several currencies; say which under table: symbols: in the mapping",
            "'{text}'：{sign} 可指多种货币；请在映射的 table: symbols: 中写明",
        ),
        "no figure": ("'{text}' is no figure", "'{text}' 不是数字"),
        "many digits": ("'{text}' has more than {most} digits", "'{text}' 超过 {most} 位数字"),
        "beside the number": ("'{text}' has '{rest}' beside the number", "'{text}' 除数字外还有 '{rest}'"),
        "two readings": (
            "'{text}' can be read in two ways; say '{one}' or '{other}' in the mapping",
            "'{text}' 有两种读法；请在映射中写明 '{one}' 或 '{other}'",
        ),
        "no number": ("'{text}' is no number that is written in one way", "'{text}' 不是写法前后一致的数字"),
        "long cell": (
            "a cell of {length} characters; at most {most} are taken", "单元格有 {length} 个字符；至多 {most} 个",
        ),
        "error of a spreadsheet": (
            "the cell holds the error {error} of a spreadsheet", "单元格是电子表格的错误值 {error}",
        ),
        "neither yes nor no": ("'{text}' is neither yes nor no", "'{text}' 既非是也非否"),
        "no precision": ("'{text}' is no precision; day, month or year", "'{text}' 不是精度；可为 day、month 或 year"),
        "days of a spreadsheet": (
            "'{text}' may count the days of a spreadsheet; say 'serial: true' in the mapping if it does",
            "'{text}' 可能是电子表格的日序数；如是，请在映射中写明 'serial: true'",
        ),
        "no date": ("'{text}' is no date that can be read", "'{text}' 不是可读的日期"),
        "short year": (
            "'{text}' has a year of two digits; say 'century: 1950' in the mapping for 1950 to 2049",
            "'{text}' 的年份只有两位；若指 1950 至 2049 年，请在映射中写明 'century: 1950'",
        ),
        "several values": (
            "'{column}' holds several values; split them by 'each'", "'{column}' 有多个值；请以 each 拆分",
        ),
        "nothing applies": ("nothing of the mapping applies to it", "映射中无一项适用"),
        "empty key": ("'{column}' is empty, and it is part of the key", "'{column}' 为空，而它属于键"),
        "empty identifier": (
            "there is no {key}: a column of '{column}' is empty", "缺 {key}：'{column}' 中有一列为空",
        ),
        "no name": ("there is no name: {column} is empty", "没有名称：{column} 为空"),
        "brings nothing": ("it brings nothing", "未带来任何事物"),
        "tells nothing": ("it tells of nothing", "未述及任何事物"),
        "ragged": ("{cells} cells under {columns} columns", "{cells} 个单元格，却有 {columns} 列"),
        "ragged lines": (
            "{cells} cells under {columns} columns; is a quotation mark missing?",
            "{cells} 个单元格，却有 {columns} 列；是否缺引号？",
        ),
        "open quotation": (
            "its last quotation mark is not closed, and what stands after it may be rows of their own; close it",
            "最后一个引号未闭合，其后可能本是别的行；请补上引号",
        ),
        "no object": ("no object with columns", "不是带列名的对象"),
        "same row": ("the same as row {row}", "与第 {row} 行相同"),
        "other under its key": ("row {row} says otherwise under its key", "第 {row} 行在同一键下所述不同"),
        "other class": ("it is a {here} here and a {elsewhere} elsewhere", "此处为 {here}，别处为 {elsewhere}"),
        "nothing known": ("nothing is known of {thing}", "对 {thing} 一无所知"),
        "editorial": (
            "a decision of editors; it belongs into editorial.yaml", "这是编辑裁定，应写入 editorial.yaml",
        ),
        "other graph": ("the graph {graph} is none of ours", "命名图 {graph} 不属本项目"),
        "no graphs": (
            "no named graphs; an export of ours has a graph for each source",
            "没有命名图；本项目的导出为每个来源各设一个图",
        ),
        "not told by facts": ("{thing}: a fact file cannot say {said}", "{thing}：事实文件无法表达 {said}"),
        "no such property": ("{thing}: a fact file has no {property}", "{thing}：事实文件没有 {property}"),
        "finding": ("{finding}", "{finding}"),
        "finding of a thing": ("{thing}: {finding}", "{thing}：{finding}"),
    }.items()
}  # fmt: skip
"""What each reason is in words; a finding is one of the checks of fact files, in English."""


class Reason(NamedTuple):
    """Why a row came to its outcome: a key of REASONS, and the values for which its words have room, by name."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    def kind(self) -> Reason:
        """The reason without what differs from row to row.

        >>> Reason("unknown place", (("text", "Atlantis"), ("column", "headquarters"))).kind().of("en")
        "'…' in headquarters is no place known here, or several"
        """
        return self._replace(values=tuple((name, _common(name, value)) for name, value in self.values))

    def of(self, language: str) -> str:
        """The reason in the words of a language."""
        return in_language(REASONS[self.key], language).format_map(dict(self.values))


def _common(name: str, value: str) -> str:
    if name == "finding":
        return re.sub(r"'[^']*'", "'…'", re.sub(r"\b[a-z-]+/\S+", "…", value), count=1)
    return "…" if name in _OF_ONE_ROW else value


def in_english(reasons: Iterable[Reason]) -> str:
    """Reasons as files of rejects and accounts say them, which are the same in every language."""
    return "; ".join(reason.of("en") for reason in reasons)
