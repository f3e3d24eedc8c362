"""Why rows were repaired, rejected or taken for duplicates, in Chinese; files of rejects and accounts stay English."""

from __future__ import annotations

import re
from functools import cache

CHINESE = {
    "HTML entities in {}": "{} 列：HTML 实体已还原",
    "full-width characters in {}": "{} 列：全角字符已改为半角",
    "decomposed characters in {}": "{} 列：分解字符已合成",
    "invisible characters in {}": "{} 列：不可见字符已去除",
    "stray spaces in {}": "{} 列：多余空格已去除",
    "date respelled in {}": "{} 列：日期已改写",
    "the first of a year or month taken as all of it in {}": "{} 列：年初或月初之日按整年或整月计",
    "unknown place left out in {}": "{} 列：未知地点已略去",
    "place taken as what it lies within in {}": "{} 列：地点按其所属地区计",
    "words without a number kept in {}": "{} 列：无数字的文字原样保留",
    "figure respelled in {}": "{} 列：数字已改写",
    "{} in {} is no place known here, or several": "{1} 列的 {0} 不是已知地点，或可指多处",
    "{} in {} is not in the map of the mapping": "{1} 列的 {0} 不在映射的 map 之中",
    "{} is in {}, and the table says {}": "{} 的币种为 {}，而表中写明 {}",
    "{}: {} stands for several currencies; say which under table: symbols: in the mapping":
        "{}：{} 可指多种货币；请在映射的 table: symbols: 中写明",
    "{} is no figure": "{} 不是数字",
    "{} has {} beside the number": "{} 除数字外还有 {}",
    "{} can be read in two ways; say {} in the mapping": "{} 有两种读法；请在映射中写明 {}",
    "{} is no number that is written in one way": "{} 不是写法前后一致的数字",
    "a cell of {} characters; at most {} are taken": "单元格有 {} 个字符；至多 {} 个",
    "the cell holds the error {} of a spreadsheet": "单元格是电子表格的错误值 {}",
    "{} is neither yes nor no": "{} 既非是也非否",
    "{} is no precision; day, month or year": "{} 不是精度；可为 day、month 或 year",
    "{} may count the days of a spreadsheet; say {} in the mapping if it does":
        "{} 可能是电子表格的日序数；如是，请在映射中写明 {}",
    "{} is no date that can be read": "{} 不是可读的日期",
    "{} has a year of two digits; say {} in the mapping for 1950 to 2049":
        "{} 的年份只有两位；若指 1950 至 2049 年，请在映射中写明 {}",
    "{} holds several values; split them by 'each'": "{} 有多个值；请以 each 拆分",
    "nothing of the mapping applies to it": "映射中无一项适用",
    "{} is empty, and it is part of the key": "{} 为空，而它属于键",
    "there is no {}: a column of {} is empty": "缺 {}：{} 中有一列为空",
    "there is no name: {} is empty": "没有名称：{} 为空",
    "it brings nothing": "未带来任何事物",
    "it tells of nothing": "未述及任何事物",
    "{} cells under {} columns": "{} 个单元格，却有 {} 列",
    "{} cells under {} columns; is a quotation mark missing?": "{} 个单元格，却有 {} 列；是否缺引号？",
    "its last quotation mark is not closed, and what stands after it may be rows of their own; close it":
        "最后一个引号未闭合，其后可能本是别的行；请补上引号",
    "no object with columns": "不是带列名的对象",
    "the same as {}": "与 {} 相同",
    "{} says otherwise under its key": "{} 在同一键下所述不同",
    "it is a {} here and a {} elsewhere": "此处为 {}，别处为 {}",
    "nothing is known of {}": "对 {} 一无所知",
}  # fmt: skip
"""From a reason, with {} for what differs, to what it is in Chinese."""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(re.escape(english).replace(r"\{\}", "(.+)")), chinese) for english, chinese in CHINESE.items()]


def translated(reason: str, language: str) -> str:
    """A reason in a language; as it is where it has no translation.

    >>> translated("'Atlantis' in headquarters is no place known here, or several", "zh")
    "headquarters 列的 'Atlantis' 不是已知地点，或可指多处"
    """
    for pattern, chinese in _patterns() if language.startswith("zh") else ():
        if found := pattern.fullmatch(reason):
            return chinese.format(*found.groups())
    return reason
