"""What goes out, and what it says of itself: of which dataset and version it is, and if a part, by which choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from graph import dataset
from graph.moment import Moment
from graph.opened import Opened
from graph.store import Graph
from ontology import GRAPH, PREFIXES, RDF_TYPE, Labels, in_language

EXPORT = GRAPH + "export"
"""The graph in which the description of a part stands, where a format has graphs."""

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "untitled": "a graph without a description of its own",
        "version": "{}, version {}",
        "part": "This is a part of it: {}",
        "focus": "{} and what is told of it (--steps {})",
        "query": "what the query {} answers and what is told of that (--steps {})",
        "as_of": "as of {}, also what only possibly held",
        "known_by": "by documents published by {}",
        "resolved": "what is held to be so and the names of things, without the documents that say so",
        "evidence": "all but the ontology, with the graphs put together",
        "edges": "things, and what happened or held between two of them",
        "pages": "what is known of each thing, in words",
    },
    "zh-hans": {
        "untitled": "未附说明的图谱",
        "version": "{}，版本 {}",
        "part": "此为其一部分：{}",
        "focus": "{}及其相关记述（--steps {}）",
        "query": "查询 {} 的答案及其相关记述（--steps {}）",
        "as_of": "截至 {}，含可能成立者",
        "known_by": "据 {} 前发表的文献",
        "resolved": "现行结论与事物名称，不含来源文献",
        "evidence": "除本体外的全部内容，各图合并",
        "edges": "事物，以及两两之间发生或持续的事",
        "pages": "以文字写出的各事物所知",
    },
}


class About(NamedTuple):
    """The dataset, its version and licence as IRIs, "" where unknown; `limits` say how an export is less than that."""

    title: Labels
    version: str
    iri: str
    licence: str
    language: str
    limits: tuple[str, ...] = ()

    def limited(self, word: str, *given: object) -> About:
        """The same with one more limit: a key of the phrases of this module, and what fills it."""
        return self._replace(limits=(*self.limits, _WORDS[self.language][word].format(*given)))

    def lines(self) -> list[str]:
        """What people read first; of the whole, its title and licence alone."""
        words = _WORDS[self.language]
        title = in_language(self.title, self.language) or words["untitled"]
        lines = [words["version"].format(title, self.version) if self.version else title, self.licence]
        return [line for line in (*lines, self.part()) if line]

    def part(self) -> str:
        """Of what it is a part, in words; "" for the whole."""
        return _WORDS[self.language]["part"].format("; ".join(self.limits)) if self.limits else ""

    def name(self) -> str:
        """The IRI of an export that is a part: the same for the same choice from the same version."""
        chosen = "\n".join([self.iri, *self.limits])
        return f"{EXPORT}/{sha256(chosen.encode()).hexdigest()[:16]}"

    def triples(self) -> Iterator[Triple]:
        """An export that is a part, in DCAT and VoID: of what it is a part, and how it was chosen."""
        this = NamedNode(self.name())
        dcterms, kind = PREFIXES["dcterms"], NamedNode(RDF_TYPE)
        for vocabulary in ("dcat", "void"):
            yield Triple(this, kind, NamedNode(PREFIXES[vocabulary] + "Dataset"))
        description = Literal("\n".join(self.lines()), language=self.language)
        yield Triple(this, NamedNode(dcterms + "description"), description)
        for name, target in (("isPartOf", self.iri), ("license", self.licence)):
            if target:
                yield Triple(this, NamedNode(dcterms + name), NamedNode(target))
        if self.version:
            yield Triple(this, NamedNode(PREFIXES["dcat"] + "version"), Literal(self.version))


@dataclass(frozen=True)
class Export:
    """A graph that goes out, the open one that it was taken from, what it says of itself, and two wishes.

    `evidence`: Turtle holds what the documents say as well; `for_spreadsheet`: no cell of CSV can be a formula.
    """

    graph: Graph
    opened: Opened
    about: About
    evidence: bool = False
    for_spreadsheet: bool = False


def about(graph: Graph, language: str, moment: Moment) -> About:
    """What the dataset of an open graph says of itself, at a moment.

    Raises:
        DataError: if its description is wrong.
    """
    found = About({}, "", "", "", language)
    if graph.facts is not None and (graph.facts / dataset.FILE).exists():
        said = dataset.read(graph.facts)
        found = About(said.title, said.version, f"{said.iri.rstrip('/')}/{said.version}", said.licence, language)
    for word, day in zip(("as_of", "known_by"), moment, strict=True):
        if day:
            found = found.limited(word, day)
    return found
