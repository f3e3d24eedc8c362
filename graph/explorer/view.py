"""What one page of the explorer shows, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from graph.explorer.moves import Map

TITLE = "Chuhai 出海"
"""The heading of a page."""

Label = dict[str, str]  # text by language tag
Language = Literal["en", "zh-hans"]
Kind = Literal["fact", "reported-figure", "rumour", "denial", "opinion", "causal", "forecast"]
Bounds = tuple[str, str, str, str]
"""Days, "" where none is known: of an event the first and the last on which it can have happened, twice; of a
situation validFrom, heldFrom, heldTo and validTo."""


class Type(TypedDict):
    """How things of one type are called and drawn; shape is one of vis-network's."""

    label: Label
    shape: str
    color: str


class Relation(TypedDict):
    """How facts of one class are called and drawn.

    `caption` is the verb of an edge, `label` the word above a line of a profile; `time` is "event", "situation" or
    "record"; `section` the heading under which a profile lists it; `hub` that its target joins what has little to
    do with one another.
    """

    label: Label
    caption: Label
    color: str
    time: str
    section: str
    hub: bool


class Node(TypedDict):
    """One thing; statements are indexes into those of the view.

    `keys` are the forms under which it is found besides its names, `degree` the number of its neighbours in the
    whole graph, `drawn` whether it is drawn at first, `left` how many statements about it the page leaves out.
    """

    id: str
    type: str
    label: Label
    aliases: list[str]
    keys: list[str]
    words: Label
    x: float
    y: float
    degree: int
    drawn: bool
    left: int
    statements: list[int]


class Fact(TypedDict):
    """What happened or held: an edge where both `source` and `target` are on the page, else a line of a profile.

    `also` are further things on the page that it names; `when` is its date in words, `status` its latest one. `far` are
    the labels of things that its words name and the page lacks.
    """

    id: str
    relation: str
    source: str
    target: str
    also: list[str]
    words: Label
    when: Label
    bounds: Bounds
    disputed: bool
    derived: bool
    rumoured: bool
    statements: list[int]
    far: NotRequired[dict[str, Label]]


class Statement(TypedDict):
    """What one source says; source is an index into those of the view, `key` names it among those of the source.

    `mark` is "≠" where its values cannot be true with those held, "≈" where they can but differ, and `words` then
    tells them. `status` is the one it gives, reached by the day `reached`.
    """

    source: int
    key: str
    kind: Kind
    locator: str
    speaker: Label
    text: Label
    words: Label
    mark: str
    status: str
    reached: str


class Source(TypedDict):
    """One source document; `by` is the last day on which it can have been published, `told` counts its statements."""

    id: str
    title: Label
    url: str
    publisher: Label
    published: Label
    by: str
    kind: str
    told: int


class Step(TypedDict):
    """One view of a story: some sentences, and the state of the page as its address gives it."""

    text: Label
    state: str


class Story(TypedDict):
    """An ordered list of views."""

    id: str
    title: Label
    steps: list[Step]


class View(TypedDict):
    """All that one page shows; the legend keeps the order of types and relations.

    `moves` are those of the map, each the id of a fact; `names` are of things that they name and the page lacks.
    """

    title: str
    language: Language
    as_of: str
    types: dict[str, Type]
    relations: dict[str, Relation]
    concepts: dict[str, Label]
    nodes: list[Node]
    facts: list[Fact]
    statements: list[Statement]
    sources: list[Source]
    coverage: Label
    left: Label
    stories: list[Story]
    moves: Map | None
    names: dict[str, Label]


def say(label: Label, language: str) -> str:
    """Return a label in a language, else in English, else in any, else an empty string."""
    return label.get(language) or label.get("en") or next(filter(None, label.values()), "")


def check(view: View) -> None:
    """Raise ValueError for whatever a view names and does not hold, or holds twice."""
    items = (*view["nodes"], *view["facts"])
    nodes = {node["id"] for node in view["nodes"]}
    wrong = [f"{name} is given twice" for name, times in Counter(item["id"] for item in items).items() if times > 1]
    for node in view["nodes"]:
        if node["type"] not in view["types"]:
            wrong.append(f"{node['id']} has the unknown type {node['type']}")
    for fact in view["facts"]:
        if fact["relation"] not in view["relations"]:
            wrong.append(f"{fact['id']} has the unknown relation {fact['relation']}")
        ends = [end for end in (fact["source"], fact["target"], *fact["also"]) if end]
        if not ends or not nodes.issuperset(ends):
            wrong.append(f"{fact['id']} ends at a node that is not in the view")
    for item in items:
        if any(not 0 <= number < len(view["statements"]) for number in item["statements"]):
            wrong.append(f"{item['id']} has a statement that is not in the view")
    for number, statement in enumerate(view["statements"]):
        if not 0 <= statement["source"] < len(view["sources"]):
            wrong.append(f"statement {number} has a source that is not in the view")
    if wrong:
        raise ValueError("the view is inconsistent: " + "; ".join(wrong))
