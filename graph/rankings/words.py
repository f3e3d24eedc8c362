"""What the columns and words in cells of the sections on lists are called, and notes that several of them share."""

from __future__ import annotations

from collections.abc import Mapping

from ontology import Labels

_CHINESE = {
    "no": "序号", "list": "榜单", "scope": "范围", "period": "期间", "places": "席位", "known": "已知",
    "cr1": "CR1", "cr3": "CR3", "hhi": "HHI", "met": "达标占比", "reported": "所报",
    "entries": "条目", "categorized": "有类别", "categories": "类别数", "h": "H'", "j": "J'", "hill": "N1",
    "before": "上期", "kept": "留榜", "left": "落榜", "turnover": "更替率",
    "group": "所属集团", "share": "占比", "listed": "上榜者", "measure": "指标", "value": "数值",
    "criterion": "标准", "population": "总体", "count": "数量", "of": "总数", "by": "依据",
    "these entries": "已知条目", "a source": "来源所述", "rank_before": "上期名次", "rank": "名次", "change": "升降",
    "status": "去留", "new": "新上榜", "not known before": "上期不明", "not known after": "本期不明",
    "said": "据称归属", "meets": "达标", "yes": "是", "no_": "否", "not known": "不明", "open": "归属未定",
    "no maker named": "无开发方记载", "all": "全部", "later": "本期", "earlier": "上期",
}  # fmt: skip

_ENGLISH = {
    "no": "no", "cr1": "CR1", "cr3": "CR3", "hhi": "HHI", "h": "H'", "j": "J'", "hill": "N1", "rank_before": "was",
    "no_": "no", "entries": "entries", "said": "said of",
}  # fmt: skip

WORDS: Mapping[str, Labels] = {
    word: {"en": _ENGLISH.get(word, word), "zh-hans": chinese} for word, chinese in _CHINESE.items()
}

DESCRIPTIVE: Labels = {
    "en": "Entries count alike, whatever their users or sales: the figures describe a list and no market.",
    "zh-hans": "各条目一律同等计数，不计用户或收入：数字描述的是榜单，而非市场。",
}
GROUP: Labels = {
    "en": "Group: the organization at the top of maker, unit, control and completed acquisitions throughout the "
    "period of the list; attributions without dates are taken to hold. Minority stakes, licence-and-hire deals and "
    "what is contested or only said join nothing. Where a source counts the products of one maker in the list, so "
    "many are its.",
    "zh-hans": "所属集团：在榜单所涉期间，沿开发方、下属单位、控制关系与已完成收购上溯至顶端的组织；"
    "无日期的归属视为一直成立。少数股权、许可加雇佣交易以及有争议或仅属据称的归属不作合并。"
    "来源若计数某一开发方在榜的产品，即以该数为准。",
}
BOUNDS: Labels = {
    "en": "Bounds: what is not known may be a group of its own each time, or all the largest one; an entry between "
    "two groups counts as not known, so the bounds may be wider than they need to be.",
    "zh-hans": "上下界：未知席位可能各属不同集团，也可能全属最大集团；介于两个集团之间的条目按未知计，"
    "故上下界可能偏宽。",
}
