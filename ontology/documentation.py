"""The terms of the ontology as tables of words, for documents and pages alike."""

from __future__ import annotations

from typing import NamedTuple

from ontology import in_language
from ontology.records import Class, Property, Vocabulary


class Terms(NamedTuple):
    """A table of terms: its heads, and for each name the words under them; heads of names of ours hold names alone."""

    title: str
    heads: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


_HEADS = {
    "en": (("class", "label", "subclass of", "in identifiers", "drawn as", "definition"),
           ("property", "label", "of", "values", "one value", "definition")),
    "zh-hans": (("类", "标签", "上位类", "标识种类", "绘制方式", "定义"),
                ("属性", "标签", "所属类", "值域", "单值", "定义")),
}  # fmt: skip
_WORDS = {
    "en": {"classes": "Classes", "properties": "Properties", "any": "any node", "yes": "yes"},
    "zh-hans": {"classes": "类", "properties": "属性", "any": "任何节点", "yes": "是"},
}


def tables(words: Vocabulary, language: str = "en") -> tuple[Terms, Terms]:
    """The classes and the properties.

    Args:
        words: the vocabulary.
        language: of labels and definitions: "en" or "zh-hans".
    """
    heads, said = _HEADS[language], _WORDS[language]
    classes = {name: _class(words, cls, language) for name, cls in words.classes.items()}
    properties = {name: _property(words, prop, language) for name, prop in words.properties.items()}
    return Terms(said["classes"], heads[0], classes), Terms(said["properties"], heads[1], properties)


def _labels(term: Class | Property, language: str) -> str:
    """The label in the other language too."""
    found = (in_language(term.label, each) for each in (language, "en" if language != "en" else "zh-hans"))
    return " · ".join(dict.fromkeys(found))


def _class(words: Vocabulary, cls: Class, language: str) -> tuple[str, ...]:
    drawn = [cls.shape or "", cls.color or ""]
    if cls.edge:
        drawn.append(f"{cls.edge.source} → {cls.edge.target}: {in_language(cls.edge.caption, language)}")
    return (
        _labels(cls, language),
        ", ".join(cls.parents),
        words.slug_kinds.get(cls.name, ""),
        ", ".join(filter(None, drawn)),
        in_language(cls.definition, language),
    )


def _property(words: Vocabulary, prop: Property, language: str) -> tuple[str, ...]:
    scheme = f": {in_language(words.schemes[prop.scheme], language)}" if prop.scheme else ""
    return (
        _labels(prop, language),
        ", ".join(sorted(prop.domains)) or _WORDS[language]["any"],
        ", ".join(sorted(prop.targets)) or (prop.range or "") + scheme or _WORDS[language]["any"],
        _WORDS[language]["yes"] if prop.functional else "",
        in_language(prop.definition, language),
    )
