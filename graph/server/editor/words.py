"""What the editor's page says, in every language."""

from __future__ import annotations

from ontology import Labels

_EN_ZH = {
    "title": ("SPARQL editor", "SPARQL 编辑器"),
    "skip": ("Skip to the query", "跳到查询"),
    "examples": ("Named queries", "命名查询"),
    "filter": ("Filter the named queries", "筛选命名查询"),
    "none": ("None has these words.", "没有含这些词的查询。"),
    "query": ("Query", "查询"),
    "keys": (
        "Ctrl+Enter runs, Ctrl+Space completes, Esc and Tab lead out of the text.",
        "Ctrl+Enter 运行，Ctrl+Space 补全，按 Esc 再按 Tab 离开文本框。",
    ),
    "run": ("Run", "运行"),
    "stop": ("Stop", "停止"),
    "share": ("Link to this query", "此查询的链接"),
    "shared": ("The address of this page leads to this query now; it is copied.", "本页地址现已指向此查询，并已复制。"),
    "address": ("The address of this page leads to this query now.", "本页地址现已指向此查询。"),
    "long": ("The query is too long for an address.", "查询过长，无法放入地址。"),
    "results": ("Answer", "结果"),
    "table": ("Rows of the answer", "结果各行"),
    "empty": ("Run a query to see its answer here.", "运行查询后，结果显示于此。"),
    "running": ("The query is running…", "正在查询……"),
    "stopped": ("Stopped.", "已停止。"),
    "rows": ("{n} rows, {s} s", "{n} 行，{s} 秒"),
    "row": ("1 row, {s} s", "1 行，{s} 秒"),
    "some": ("The first {n} of {all} rows, {s} s", "{all} 行中的前 {n} 行，{s} 秒"),
    "more": ("Show {n} more", "再显示 {n} 行"),
    "yes": ("Yes", "是"),
    "no": ("No", "否"),
    "triples": ("Triples as Turtle, {s} s", "Turtle 格式的三元组，{s} 秒"),
    "names": ("Names in place of identifiers", "以名称代替标识符"),
    "save": ("Save as", "另存为"),
    "failed": ("No answer", "没有结果"),
    "unreachable": ("The server cannot be reached; is it still running?", "无法连接服务器；它是否仍在运行？"),
    "broken": ("The answer broke off before its end.", "结果未传完即中断。"),
    "again": ("It may be asked again in {n} seconds.", "可在 {n} 秒后再试。"),
    "line": ("Go to line {n}", "转到第 {n} 行"),
    "candidates": ("It may mean:", "可能是指："),
    "parameters": ("Parameters", "参数"),
    "needed": ("needs a value", "需要填写"),
    "fill": ("Put into the query", "填入查询"),
    "true": ("true", "是"),
    "false": ("false", "否"),
    "iri": ("a name in any script, or kind/slug", "任何文字的名称，或 kind/slug"),
    "string": ("a text", "文本"),
    "integer": ("a whole number", "整数"),
    "number": ("a number", "数值"),
    "date": ("a day", "日期"),
    "boolean": ("true or false", "是或否"),
    "missing": ("Needs a value in the form above: {names}", "请在上方表单中填写：{names}"),
    "start": ("Every product and its name.", "所有产品及其名称。"),
    "search": ("Look up a name", "查找名称"),
    "other": ("中文", "English"),
}

WORDS: dict[str, Labels] = {key: {"en": en, "zh-hans": zh} for key, (en, zh) in _EN_ZH.items()}
"""Words by key; what stands in braces is filled in by the page."""
