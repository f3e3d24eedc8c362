"""Counts in words, as commands say what they read and wrote."""

from __future__ import annotations

from collections.abc import Mapping

_CHINESE = {
    "thing": "个事物", "fact": "个事件或状态", "statement": "条陈述", "node": "个节点", "edge": "条边",
    "resolved node": "个归并后的节点", "triple": "个三元组", "quad": "个四元组", "table": "张表", "row": "行",
    "page": "页", "figure or table": "张图表", "source": "个来源",
}  # fmt: skip
_PLURALS = {"community": "communities", "figure or table": "figures and tables"}


def counted(numbers: Mapping[str, int], language: str) -> str:
    """Numbers of what they count, by its English name in the singular.

    >>> counted({"table": 1, "row": 1200}, "en")
    '1 table, 1,200 rows'
    >>> counted({"table": 1, "row": 1200}, "zh-hans")
    '1 张表、1,200 行'
    """
    if language.startswith("zh"):
        return "、".join(f"{number:,} {_CHINESE[name]}" for name, number in numbers.items())
    return ", ".join(
        f"{number:,} {name if number == 1 else _PLURALS.get(name, f'{name}s')}" for name, number in numbers.items()
    )
