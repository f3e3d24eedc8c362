"""What a check finds: a rule, its verdict, and what it found, put into words in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from graph import figures, limits
from graph.figures import Figure
from ontology import Labels, in_language

if TYPE_CHECKING:
    from graph.reading import Reader, Statement

WRONG, UNFIT, DIFFERS, AGREES, UNCHECKED = "wrong", "unfit", "differs", "agrees", "unchecked"
CONTRADICTION, UNLIKE, NOTE = "contradiction", "unlike", ""

VERDICTS: Mapping[str, Labels] = {
    WRONG: {"en": "Arithmetic wrong in the source itself", "zh-hans": "来源自身算错"},
    UNFIT: {"en": "The definition does not fit", "zh-hans": "定义不适用"},
    DIFFERS: {"en": "Differs from what the graph gives", "zh-hans": "与图谱不符"},
    CONTRADICTION: {"en": "Cannot all be true", "zh-hans": "不能同时为真"},
    UNLIKE: {"en": "Set side by side, but unlike", "zh-hans": "并列比较，口径不同"},
    AGREES: {"en": "Agrees with what the graph gives", "zh-hans": "与图谱相符"},
    UNCHECKED: {"en": "Cannot be checked yet", "zh-hans": "尚无法核对"},
}
"""Every verdict, the gravest first, and its heading. A finding with none (NOTE) is a remark."""

Value = str | int | Decimal | Figure | Sequence[str] | Mapping[str, str]
"""IRIs, short texts, numbers, figures, several IRIs, or a text in each language."""


class Rule(NamedTuple):
    """One rule: its name, the verdict that it leads to, what it does, and what it says where it fires.

    `find` gives, once for each time that the rule fires, the values that `words` name; a rule of
    `graph.contradictions` also what it is about and the statements behind it.
    """

    name: str
    verdict: str
    find: Callable[..., Iterator[Any]]
    words: Labels

    @property
    def summary(self) -> str:
        """What the rule looks for, in English."""
        return " ".join((self.find.__doc__ or "").split("\n\n", maxsplit=1)[0].split())


class Finding(NamedTuple):
    """That a rule fired, and with which values."""

    rule: Rule
    values: Mapping[str, Value]

    def say(self, reader: Reader) -> str:
        """The finding in the reader's language, with labels for identifiers."""
        shown = {name: _shown(value, reader) for name, value in self.values.items()}
        return in_language(self.rule.words, reader.language).format_map(shown)


class Checked(NamedTuple):
    """A claim that was checked.

    `nodes` are the IRIs it is about, the claim itself first; `told` are the statements that make it; `reported` and
    `bounds` the number of members that sources print and that the graph allows, where it is a count.
    """

    nodes: tuple[str, ...]
    told: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    reported: int | None = None
    bounds: tuple[int, int | None] | None = None
    members: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The gravest verdict of the findings."""
        found = {finding.rule.verdict for finding in self.findings}
        return next((verdict for verdict in VERDICTS if verdict in found), UNCHECKED)


def apply(rules: Iterable[Rule], *what: object) -> tuple[Finding, ...]:
    """Every finding of some rules, in their order."""
    return tuple(Finding(rule, values) for rule in rules for values in rule.find(*what))


def _shown(value: Value, reader: Reader) -> str:
    if isinstance(value, str):
        return reader.label(value) if value.startswith("http") else value
    if isinstance(value, Figure):
        return figures.show(value, reader.language)
    if isinstance(value, int | Decimal):
        return f"{value}"
    if isinstance(value, Mapping):
        return in_language(value, reader.language)
    comma = "、" if reader.language == "zh-hans" else ", "
    some = comma.join(reader.label(iri) for iri in value[: limits.CLAIM_NAMES])
    left = len(value) - limits.CLAIM_NAMES
    if left <= 0:
        return some
    return f"{some} 等 {len(value)} 个" if reader.language == "zh-hans" else f"{some} and {left} more"
