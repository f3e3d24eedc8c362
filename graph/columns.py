"""What columns, and words in cells, are called in Chinese where people read a table; in English as they are.

Sections of measured answers have words of their own, since theirs differ from the names for machines in English too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graph.writers import Table
from ontology import in_language, vocabulary

_CHINESE = {
    # of several tables
    "case": "案例", "criterion": "标准", "entry": "条目", "from": "来自", "kind": "种类", "move": "迁移",
    "node": "节点", "other": "另一方", "part": "角色", "population": "总体", "published": "发布日期",
    "qualifier": "限定", "round": "轮次", "share": "占比", "size": "规模", "source": "来源", "sources": "来源",
    "start": "起点", "end": "终点", "statement": "陈述", "statements": "陈述数", "tenure": "驻地期间", "thing": "事物",
    "threshold": "门槛", "to": "去向", "type": "类型", "value": "值", "what": "事项", "when": "时间",
    "words": "原文用语", "url": "网址", "language": "语言", "property": "属性", "facet": "方面", "order": "先后",
    "remark": "编者转述", "year": "年份",
    # of named queries
    "above": "高于门槛", "abroad": "海外", "aggregate": "汇总数", "ahead": "领先于", "all": "全部", "apart": "互不重叠",
    "attested": "最近见于", "base": "总部", "basis": "依据", "bearers": "标签下事物", "bigTech": "大厂", "by": "出自",
    "cause": "前因", "causeFirst": "前因最早", "causeLast": "前因最晚", "change": "变化", "class": "类型",
    "companies": "公司数", "company": "公司", "contested": "有争议", "credited": "有出处", "cutIn": "裁员地",
    "cutWords": "裁员原文", "dated": "有日期者", "definition": "定义", "denial": "否认", "deregistered": "是否注销",
    "exit": "退出", "rumour": "传闻", "differs": "不同之处", "document": "文献", "earlier": "较早者",
    "earlierCount": "较早数量", "earlierNotAfter": "较早者不晚于", "earlierOutOf": "较早总数",
    "earlierShare": "较早占比", "earlierSource": "较早者来源", "effect": "后果", "effectFirst": "后果最早",
    "effectLast": "后果最晚", "entity": "法律主体", "exceeds": "是否超过", "exitNotAfter": "退出不晚于",
    "exitNotBefore": "退出不早于", "exitWords": "退出原文", "fact": "事实", "factAt": "事实位置", "firstOf": "首个类别",
    "fits": "市场与总部", "form": "形式", "group": "集团", "held": "是否采信", "hiredIn": "招聘地",
    "hiringWords": "招聘原文", "holder": "持有方", "holds": "是否成立", "how": "方式", "invested": "是否投资",
    "joinedNotAfter": "加入不晚于", "joinedNotBefore": "加入不早于", "known": "已知", "label": "标签",
    "later": "较晚者", "laterCount": "较晚数量", "laterNotAfter": "较晚者不晚于", "laterNotBefore": "较晚者不早于",
    "laterOutOf": "较晚总数", "laterShare": "较晚占比", "laterSource": "较晚者来源", "launchNotAfter": "发布不晚于",
    "launchNotBefore": "发布不早于", "lead": "领投方", "leadFirst": "领投之后迁出", "leftNotAfter": "离开不晚于",
    "leftNotBefore": "离开不早于", "listed": "上榜者", "market": "市场", "moveNotAfter": "迁移不晚于",
    "moveNotBefore": "迁移不早于", "movedNotAfter": "迁移不晚于", "movedNotBefore": "迁移不早于",
    "moves": "迁移数", "named": "具名成员数", "notAbove": "未高于门槛", "now": "现阶段", "original": "原文献",
    "otherCriterion": "另一标准", "otherFacet": "另一方面", "otherPosition": "另一名次", "otherRanking": "另一榜单",
    "otherStatement": "另一陈述", "recomputed": "重算占比", "relation": "关系", "reported": "所报",
    "rumourAt": "传闻位置", "seat": "注册地", "shared": "共有数", "stage": "轮次阶段", "startup": "创业公司",
    "stated": "最近述及", "step": "步骤", "stepNotAfter": "步骤不晚于", "stepNotBefore": "步骤不早于", "target": "标的",
    "told": "所述", "unit": "单位", "until": "至", "via": "经由", "who": "谁",
    "whole": "归属", "whose": "模型归属", "within": "期限内",
    # of the dataset
    "title": "标题", "description": "说明", "identifier": "标识", "version": "版本", "licence": "许可",
    "keywords": "关键词", "languages": "语言", "languages of the sources": "来源的语言", "first event": "最早事件",
    "last event": "最晚事件", "first publication": "最早发布", "last publication": "最晚发布", "triples": "三元组",
    "entities": "实体", "classes": "类", "properties": "属性", "distinct subjects": "不同主语",
    "distinct objects": "不同宾语", "vocabularies": "词汇表",
    # of what is kept beside the graph
    "answers": "回答", "columns": "列", "duplicate": "重复", "file": "文件", "for": "用途", "import": "导入",
    "left_out": "略去", "line": "行号", "mapping": "映射", "name": "名称", "new": "新", "new_statements": "新陈述",
    "of": "对象", "old": "旧", "old_statements": "旧陈述", "parameters": "参数", "problem": "问题", "rejected": "退回",
    "remedy": "补救", "rows": "行数", "severity": "轻重", "undated": "无日期", "error": "错误", "warning": "警告",
    "decision": "决定", "different": "不同", "evidence": "依据", "known_label": "已知者名称", "new_label": "新者名称",
    "probability": "概率", "same": "相同", "changed": "改动", "denial lifted": "否认解除", "denied": "被否认",
    "newly held": "新采信", "no longer held": "不再采信", "overruled": "被否定", "re-decided": "改判",
    "reclassified": "改类", "removed": "移除", "restored": "恢复", "upheld": "维持", "withdrawn": "撤下",
    # of profiles, paths and reasons
    "agrees": "相容", "begin": "起始", "caption": "栏目", "mark": "标记", "path": "路径", "rule": "规则",
    "section": "部分",
    # of networks
    "side": "类别", "rank": "名次", "undisputed": "去争议后", "undisputed_rank": "去争议名次", "rank_low": "名次下限",
    "rank_high": "名次上限", "tier": "档", "broker": "中介", "degree": "度", "indegree": "入度", "outdegree": "出度",
    "betweenness": "介数", "harmonic": "调和接近度", "pagerank": "PageRank", "cheirank": "CheiRank", "coreness": "核数",
    "constraint": "约束度", "components": "连通分量", "communities": "社群",
}  # fmt: skip
"""Columns, beside the labels of the ontology and before them, and words in cells."""

_ANSWERS = {
    "another's": "他方", "base not known": "总部不详", "based elsewhere": "总部在别处",
    "based in its main market": "总部位于主要市场", "by words only": "仅凭措辞", "certainly": "确定", "copy": "转载",
    "credits": "注明出处", "exit first": "退出在先", "false": "否", "founded": "创办", "headquarters": "总部",
    "hiring first": "招聘在先", "in the area": "在区域内", "its own": "自有", "legal seat": "注册地", "joined": "加入",
    "main markets": "主要市场", "move first": "迁移在先", "moved": "已迁", "no": "否", "no move known": "未见迁移",
    "none told": "来源未述", "not known": "不详", "not told": "无法判定", "outside the area": "在区域外",
    "possibly": "可能", "sources": "来源数", "staff": "员工", "true": "是", "undecidable": "无法判定", "yes": "是",
    "source documents": "来源文献", "source documents that copy another one here": "转载此处另一文献的来源文献",
    "source documents read in a repost": "据转载读取的来源文献", "publishers": "发布方", "statements": "陈述",
    "organizations that statements name": "陈述提及的组织", "legal entities that statements name": "陈述提及的法律主体",
    "persons that statements name": "陈述提及的人物", "products that statements name": "陈述提及的产品",
    "investors": "投资方", "funding rounds": "融资轮次", "single investments": "单笔投资", "posts held": "任职",
    "personnel moves": "人事变动", "personnel moves between two organizations": "两个组织之间的人事变动",
    "headquarters tenures that a source states": "来源述及的总部驻地期间", "headquarters moves": "总部迁移",
    "relocation cases": "出走案例", "product milestones": "产品节点", "market presences": "市场存在",
    "acquisitions and licence-and-hire deals": "收购及许可加雇佣交易", "listing steps": "上市步骤",
    "rankings with entries": "有条目的榜单", "ranking entries": "上榜条目", "reported aggregates": "报道的汇总数",
    "observations": "观测值", "rumours": "传闻", "denials": "否认", "arguments": "论点",
    "nodes on which sources cannot all be right": "各来源不可能全对的节点",
    "events and situations that sources state": "来源述及的事件与状态",
    "events and situations of which two publishers or more tell": "两个以上发布方述及的事件与状态",
}  # fmt: skip
"""What named queries put in cells, and what a column is called in all of them."""

_OF_QUERIES: Mapping[str, Mapping[str, str]] = {
    "attributions": {
        "part": "事物", "notBefore": "起始不早于", "by": "起始不晚于", "until": "终止不早于", "notAfter": "终止不晚于",
    },
    "contested-attributions": {"held": "被持有方"},
    "people-between-big-tech-and-startups": {"company": "大厂或其单位"},
    "seats-and-staff-on": {"differs": "是否不同"},
}  # fmt: skip
"""Columns of named queries that mean something else there, by query."""


def called(word: str, language: str) -> str:
    """What a column, or a word in a cell, is called in a language; as it is where nothing else is known.

    >>> called("acquirer", "zh-hans"), called("acquirer", "en")
    ('收购方', 'acquirer')
    """
    return word if language == "en" else chinese().get(word, word)


def translated(table: Table, language: str, *words: str, **own: str) -> Table:
    """The table with its columns, and the words of its cells that are named, in a language; `own` are in Chinese."""
    table.language = language
    if language != "en":
        names = {name: called(name, language) for name in (*table.columns, *words)} | own
        table.words = {name: {language: text} for name, text in names.items()}
    return table


def answered(table: Table, language: str, query: str) -> Table:
    """The answer of a named query in a language."""
    return translated(table, language, **_ANSWERS, **_OF_QUERIES.get(query, {}))


@cache
def chinese() -> Mapping[str, str]:
    """What is known in Chinese of columns and of words in cells."""
    known = vocabulary()
    labels = {name: prop.label for name, prop in known.properties.items()}
    labels |= {kind: known.classes[name].label for kind, name in known.classes_of_kinds.items()}
    return {name: in_language(label, "zh-hans") for name, label in labels.items()} | _ANSWERS | _CHINESE
