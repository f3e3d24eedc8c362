"""What the columns and words in cells of the sections on the pull overseas are called."""

from __future__ import annotations

from collections.abc import Mapping

from graph.flows import GONE
from ontology import Labels

_CHINESE = {
    "flow": "流动", "origin": "来源地", "destination": "目的地", "year": "年份", "count": "数量", "possibly": "可能",
    "headquarters": "总部", "people": "人员", "legal-entities": "法律主体", "markets": "主要市场",
    "area": "区域", "measure": "指标", "moves": "迁移", "base": "基数", "surely": "确定", "value": "数值",
    "withheld": "不予给出", "small base": "基数过小", "few moves": "迁移过少", "all moved": "全部迁移",
    "few cases": "个案过少", "in rate": "迁入率", "out rate": "迁出率", "net rate": "净迁移率",
    "effectiveness": "迁移效率", "aggregate": "总净迁移率", "system": "系统",
    "expected": "期望", "ratio": "比值", "told": "所述", "km": "公里",
    "inflow": "流入", "outflow": "流出", "pagerank": "PageRank", "cheirank": "CheiRank",
    "kind": "类型", "product": "产品", "company": "公司", "outside": "海外", "stated": "已述", "share": "占比",
    "not_stated": "未述", "presences": "所述市场", "presences_outside": "其中海外",
    "organization": "组织", "what": "事项", "move": "总部迁移", "round": "一轮融资", "no round": "无轮次",
    "when": "时间", "order": "先后",
    "months": "间隔", "abroad": "海外", "home": "本土", "unknown": "未知",
    "before": "迁移前", "after": "迁移后", "unclear": "不明", "not told": "无法判定",
    "category": "类别", "both": "该类", "row": "区域合计", "column": "类别合计", "quotient": "区位商",
    "case": "案例", "facet": "方面", "other": "另一方面", "one_when": "时间", "other_when": "时间",
    "legal": "法律主体", "workforce": "人员", "market": "市场", "first": "在先", "later": "在后",
    "group": "群体", "internal": "内部", "external": "外部", "index": "E-I 指数", "all": "合计",
}  # fmt: skip

_ENGLISH = {
    "legal-entities": "legal entities", "markets": "main markets", GONE: "none (deregistered)",
    "row": "in area", "column": "in category", "not told": "cannot be told", "not_stated": "unstated",
    "outside": "abroad", "presences": "markets", "presences_outside": "outside",
    "one_when": "when", "other_when": "when", "months": "lag",
}  # fmt: skip

WORDS: Mapping[str, Labels] = {
    **{word: {"en": _ENGLISH.get(word, word), "zh-hans": chinese} for word, chinese in _CHINESE.items()},
    GONE: {"en": _ENGLISH[GONE], "zh-hans": "无（已注销）"},
}
