"""The catalogue of named queries: the one registry that command line, documents and tests read.

A query is a file `name.rq` of standard SPARQL 1.1 that opens with decorators in the grlc convention:

    #+ summary: one line
    #+ summary-zh: the same in Chinese
    #+ tags: one of TAGS
    #+ description: more words
    #+ question: 6, 12
    #+ defaults:
    #+   - area: place/outside-mainland-china
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import UsageError
from ontology import Labels, expand
from queries.binder import TYPES, Parameter, bind, parameters

if TYPE_CHECKING:
    from queries.binder import Term

FOLDER = Path(__file__).parent
TAGS: Mapping[str, Labels] = {
    "headquarters": {"en": "Headquarters and moves", "zh-hans": "总部与搬迁"},
    "money": {"en": "Investment and acquisitions", "zh-hans": "投资与收购"},
    "people": {"en": "People", "zh-hans": "人员"},
    "products": {"en": "Products and makers", "zh-hans": "产品与归属"},
    "markets": {"en": "Markets", "zh-hans": "市场"},
    "lists": {"en": "Lists and shares", "zh-hans": "榜单与占比"},
    "labels": {"en": "Labels and thresholds", "zh-hans": "标签与门槛"},
    "sources": {"en": "Sources and disagreement", "zh-hans": "来源与分歧"},
}
"""The subjects by which people look for a query, in order."""

_DEFAULT = re.compile(r"-\s*([\w-]+):\s*(.+)")


@dataclass(frozen=True)
class NamedQuery:
    """One named query.

    `summaries` are one-liners by language, of which `summary` is the English one; `tag` is a key of TAGS;
    `question` holds the numbers of the competency questions it answers; `defaults` are texts by parameter name.
    """

    name: str
    summary: str
    summaries: Labels
    tag: str
    description: str
    question: str
    text: str
    parameters: tuple[Parameter, ...]
    defaults: Mapping[str, str]

    def bind(self, values: Mapping[str, str]) -> str:
        """The query with its parameters filled in.

        Args:
            values: texts by parameter name; defaults stand in for what is missing. An IRI may be
                given as `kind/slug`.

        Raises:
            UsageError: for a missing, unknown or mistyped parameter.
        """
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                words = ", ".join(f"{p.name} ({p.type})" for p in self.parameters) or "none"
                raise UsageError(f"'{self.name}' has no parameter '{name}'; it takes {words}")
        terms: dict[str, Term] = {}
        for name, parameter in known.items():
            text = values.get(name, self.defaults.get(name))
            if text is None:
                raise UsageError(f"'{self.name}' needs the parameter '{name}'; give {name}=… ({parameter.type})")
            try:
                terms[name] = TYPES[parameter.type](expand(text) if parameter.type == "iri" else text)
            except ValueError as error:
                raise UsageError(f"parameter '{name}': {error}") from None
        return bind(self.text, terms)


def read(path: Path) -> NamedQuery:
    """Read one query file; raises UsageError where its header is incomplete."""
    text = path.read_text(encoding="utf-8")
    words: dict[str, str] = {}
    defaults: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        body = line[2:].strip()
        if current == "defaults" and (match := _DEFAULT.fullmatch(body)):
            defaults[match[1]] = match[2]
        elif match := re.fullmatch(r"(summary|summary-zh|tags|description|question|defaults):\s*(.*)", body):
            current = match[1]
            words[current] = match[2]
        else:
            words[current] = f"{words.get(current, '')} {body}".strip()
    if not words.get("summary"):
        raise UsageError(f"{path.name}: no summary; begin with '#+ summary: …'")
    return NamedQuery(
        name=path.stem,
        summary=words["summary"],
        summaries={"en": words["summary"], **({"zh-hans": words["summary-zh"]} if "summary-zh" in words else {})},
        tag=words.get("tags", ""),
        description=words.get("description", ""),
        question=words.get("question", ""),
        text=text,
        parameters=tuple(parameters(text)),
        defaults=defaults,
    )


@cache
def catalogue() -> dict[str, NamedQuery]:
    """Every named query by name, sorted."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.rq"), key=lambda p: p.stem)}


def names() -> list[str]:
    """The names of all queries, sorted, without reading any."""
    return sorted(path.stem for path in FOLDER.glob("*.rq"))


def named(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        UsageError: with the nearest names, if there is none.
    """
    path = FOLDER / f"{name}.rq"
    if re.fullmatch(r"[a-z0-9-]+", name) and path.exists():
        return read(path)
    near = get_close_matches(name, list(catalogue()), 3, 0.5)
    hint = "did you mean " + ", ".join(near) + "?" if near else "see `chuhai queries`"
    raise UsageError(f"there is no query named '{name}'; {hint}")
