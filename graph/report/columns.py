"""Names of columns, and words in cells, as people read them in the tables of a report."""

from __future__ import annotations

from graph.columns import chinese
from ontology import Labels

_ENGLISH = {
    "agrees": "can both be true", "article": "the article", "attested": "last attested", "base": "headquarters",
    "bigTech": "big tech", "company": "big tech or its unit", "differs": "differs by",
    "fits": "market and headquarters", "lead": "lead investor", "leadFirst": "moved after the round",
    "level": "supply", "locator": "place in source", "missing": "what cannot be said", "notAfter": "not after",
    "notBefore": "not before", "otherCriterion": "other criterion", "otherRanking": "other list",
    "others": "other sources", "outOf": "out of", "printed": "share printed", "ranking": "list",
    "remark": "in the editors' words", "settles": "what would settle it", "subtype": "kind",
    "undecidable": "cannot be decided", "undisputed": "without disputed", "unknown": "not known",
    "words": "words of the source", "in the area": "in mainland China",
    "outside the area": "outside mainland China", "based in its main market": "headquarters in the main market",
    "based elsewhere": "headquarters elsewhere",
}  # fmt: skip

_CHINESE = {
    "agrees": "可否同时为真", "article": "文章", "company": "大厂或其单位", "from": "迁出地", "level": "供给",
    "missing": "尚不能说的", "others": "其他来源", "printed": "印出的占比", "settles": "可据以判定之物",
    "sources": "来源数", "startups": "创业公司数", "to": "迁入地", "undisputed": "不计有分歧者", "unknown": "不详",
    "in the area": "在中国大陆", "outside the area": "在中国大陆以外",
}  # fmt: skip

WORDS: dict[str, Labels] = {
    word: {"en": _ENGLISH.get(word, word), "zh-hans": said} for word, said in {**chinese(), **_CHINESE}.items()
}
