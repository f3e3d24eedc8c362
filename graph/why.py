"""Why a value holds: what every source says of a property, which value was chosen, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graph import phrases
from graph.errors import NotFoundError
from graph.reading import Reader
from graph.resolve import choose, groups
from graph.values import compatible
from ontology import CHUHAI, compact, in_language, local, vocabulary


class Reason(NamedTuple):
    """One source's value of one property of one node.

    `held` says whether the value, or one equal to it, is the one that holds, `agrees` whether it can be true with
    that one; `rule` is the rule that chose, and `disputed` whether values cannot all be true. Statements that are
    no facts have their `kind` and are never chosen.
    """

    node: str
    name: str
    value: str
    statement: str
    published: str
    kind: str
    held: bool
    agrees: bool
    disputed: bool
    rule: str


def why(reader: Reader, things: list[str], name: str) -> list[Reason]:
    """Every account of a property.

    Args:
        reader: of an open graph, at any moment.
        things: IRIs of a node, or of a thing and what is read together with it.
        name: of a property (amount, place, when …), or of a class of nodes in which the thing takes part, by its
            name or its caption (headquarters, acquisition …): then of all properties of those nodes.

    Returns:
        Reasons by node and property; what holds first. Properties on which all sources give the same are left
        out where they differ on another.

    Raises:
        NotFoundError: if no source gives such a value, with the names that can be asked for.
    """
    words = vocabulary()
    nodes = list(dict.fromkeys([*things, *(node for thing in things for _, node in reader.neighbours(thing))]))
    wanted = name.casefold()
    found: list[list[Reason]] = []
    offered: set[str] = set()
    for node in nodes:
        accounts = reader.accounts(node)
        if not accounts:
            continue
        type_name = accounts[0].type
        captions = {type_name, reader.caption(type_name), reader.kind(type_name)}
        captions |= set(words.classes[type_name].caption.values())
        whole = node not in things and wanted in {caption.casefold() for caption in captions}
        offered.add(reader.caption(type_name))
        for head, members in groups(accounts, words).items():
            labels = {head, *members, *words.properties[head].label.values(), *_OTHER_NAMES.get(head, ())}
            offered.add(head)
            if whole or wanted in {label.casefold() for label in labels}:
                found.append(list(_reasons(reader, node, head, members)))
    if not found:
        raise NotFoundError(f"no source gives '{name}' here; ask for one of: {', '.join(sorted(offered))}")
    differing = [reasons for reasons in found if len({reason.value for reason in reasons}) > 1]
    return [reason for reasons in differing or found for reason in reasons]


_OTHER_NAMES = {
    "notBefore": ("when", "date"),
    "validFrom": ("since", "start"),
    "validTo": ("until", "end"),
    "fromPlace": ("from",),
    "toPlace": ("to",),
}
"""How fact files and people call some properties."""


def _reasons(reader: Reader, node: str, head: str, members: list[str]) -> Iterator[Reason]:
    words = vocabulary()
    accounts = [a for a in reader.accounts(node) if any(member in a.values for member in members)]
    resolved = reader.node(node)
    functional = words.properties[head].functional
    choice = choose(head, accounts, reader.decisions().get((node, head)), words) if functional else None
    held = _shown(reader, choice.held.values if choice else resolved, head, members)
    rows = []
    for account in accounts:
        value = _shown(reader, account.values, head, members)
        holds = choice is None or value == held
        rule = (choice.rule if choice else "every value is kept") if holds else ""
        published = account.document.published
        disputed = bool(choice and choice.disputed)
        agrees = choice is None or compatible(head, choice.held.values, account.values, reader.containing)
        told = (account.statement, published, account.kind)
        rows.append(Reason(node, head, value, *told, holds, agrees, disputed, rule))
    yield from sorted(rows, key=lambda r: (not r.held, r.published or "9999", r.statement))
    counted = {account.statement for account in accounts}
    for said in reader.statements(node):
        if said.iri not in counted and any(member in said.values for member in members):
            value = _shown(reader, said.values, head, members)
            published = reader.document(said.source).published
            yield Reason(
                node, head, value, said.iri, published, said.kind, False, False, False, "no fact: never chosen"
            )


def _shown(reader: Reader, values: object, head: str, members: list[str]) -> str:
    """The values that are resolved together, in words."""
    assert isinstance(values, dict)
    own = {member: values[member] for member in members if member in values}
    if head in ("notBefore", "validFrom", "validTo"):
        return phrases.when(own, reader.language) or ", ".join(f"“{text}”" for text in own.get("dateText", ()))
    if said := phrases.describe(own, reader):
        return said
    return ", ".join(reader.label(v) if "://" in v else v for member in members for v in own.get(member, ()))


def title(reader: Reader, node: str, name: str) -> str:
    """The heading over the reasons of one property of one node."""
    values = reader.node(node)
    caption = reader.caption(local(values["type"][0])) if "type" in values else ""
    label = in_language(reader.labels(CHUHAI + name), reader.language)
    return " · ".join(part for part in (compact(node), caption, label or name) if part)
