"""What the project holds to be so: one value for each functional property, by seven rules.

1. Only facts and reported figures enter; a denial marks an event and removes nothing.
2. What belongs together is resolved together (both bounds and the words of a date; amount, currency
   and qualifier): the ontology's chuhai:resolvedWith says what.
3. Compatible values are no dispute (overlapping dates, places within one another, figures equal at
   the coarser rounding), and the most precise wins; so where the most precise agrees with all others.
4. Between incompatible values: an editorial decision; then an official document; then more
   independent sources; then the later document; last the slug of the source.
5. A status is a history: the latest dated one holds, by its own day or else by that of its document.
6. What is disputed is one property of one node, named by chuhai:disputed.
7. Tenures follow from moves and moves from tenures where one side is missing (see `derive`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations
from typing import NamedTuple

from graph.evidence import Account, Document, Evidence
from graph.values import ENTERING, Values, compatible, precision, text
from ontology import CHUHAI, ID, local
from ontology.records import Vocabulary


@dataclass
class Node:
    """A resolved node: its class, its values, which properties are disputed, from what it was derived."""

    iri: str
    type: str
    values: dict[str, tuple[str, ...]]
    disputed: tuple[str, ...] = ()
    denied_in: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    bounded_by: tuple[str, ...] = ()

    def held(self) -> Values:
        """All of it by property name, each sorted, and its class under "type"."""
        found = {
            **self.values,
            "type": (CHUHAI + self.type,),
            "disputed": tuple(CHUHAI + name for name in self.disputed),
            "deniedIn": self.denied_in,
            "wasDerivedFrom": self.derived_from,
            "boundedBy": self.bounded_by,
        }
        return {name: tuple(sorted(v)) if len(v) > 1 else v for name, v in found.items() if v}


def resolve(evidence: Evidence, vocabulary: Vocabulary) -> Iterator[tuple[Node, Sequence[Account]]]:
    """Apply rules 1 to 6.

    Returns:
        One node for each thing, event or situation that a fact or reported figure tells of, by IRI, with the facts
        and reported figures.
    """
    for iri, accounts in evidence.accounts():
        entering = [account for account in accounts if account.kind in ENTERING]
        if entering:
            deniable = (iri, *(account.statement for account in accounts)) if evidence.denials else ()
            denied = {denial for each in deniable for denial in evidence.denials.get(each, ())}
            yield resolve_node(iri, entering, evidence.decisions, tuple(sorted(denied)), vocabulary), entering


def resolve_node(
    iri: str,
    accounts: Sequence[Account],
    decisions: Mapping[tuple[str, str], str],
    denied_in: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Node:
    """Apply rules 2 to 6 to one node.

    Args:
        iri: of the node.
        accounts: the facts and reported figures about it, at least one.
        decisions: of the editors, by node and property name.
        denied_in: the statements that deny it.
        vocabulary: the ontology.
    """
    node = Node(iri, accounts[0].type, {}, denied_in=denied_in)
    values = accounts[0].values
    if all(account.values == values for account in accounts):  # there is nothing to choose
        node.values.update(values)
        return node
    disputed = []
    for head, members in groups(accounts, vocabulary).items():
        tellers = [a for a in accounts if any(m in a.values for m in members)]
        if not vocabulary.properties[head].functional:
            every = {v for a in tellers for m in members for v in a.values.get(m, ())}
            node.values[head] = tuple(sorted(every))
            continue
        said = [{m: a.values[m] for m in members if m in a.values} for a in tellers]
        if all(each == said[0] for each in said):
            node.values.update(said[0])
            continue
        choice = choose(head, tellers, decisions.get((iri, head)), vocabulary)
        if choice.disputed:
            disputed.append(head)
        node.values.update({m: choice.held.values[m] for m in members if m in choice.held.values})
    node.disputed = tuple(disputed)
    return node


def groups(accounts: Sequence[Account], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The properties that the accounts use, each under the one it is resolved with."""
    situation = vocabulary.is_a(accounts[0].type, "Situation")
    criterion = vocabulary.is_a(accounts[0].type, "Criterion")
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for account in accounts for name in account.values}):
        head = vocabulary.properties[name].resolved_with or name
        if name == "dateText" and situation:
            head = "validFrom"
        if name == "currency" and criterion:
            head = "threshold"
        groups[head].append(name)
    return dict(sorted(groups.items()))


Said = tuple[tuple[str, tuple[str, ...]], ...]
"""The values of an account."""


class Choice(NamedTuple):
    """The account whose value holds, whether the values are incompatible, and the rule that chose."""

    held: Account
    disputed: bool
    rule: str


_STANDINGS = ("official document", "more independent sources", "later document", "name of the source")
"""Rule 4 after the editors, in order."""


def choose(head: str, tellers: Sequence[Account], decision: str | None, vocabulary: Vocabulary) -> Choice:
    """Choose between accounts of one functional property (rules 3 to 5).

    Args:
        head: the property, and what is resolved with it.
        tellers: the accounts that give it a value, at least one.
        decision: the statement that the editors chose, if any.
        vocabulary: the ontology.
    """
    if len(tellers) == 1:
        return Choice(tellers[0], False, "only account")
    if head == "status":
        last = max(tellers, key=lambda a: (text(a.values, "statusBy") or a.document.published, a.statement))
        return Choice(last, False, "latest status")

    def containing(place: str) -> list[str]:
        return [f"{ID}place/{slug}" for slug in vocabulary.containing(local(place))]

    like: dict[Said, list[Account]] = defaultdict(list)
    said_by = {teller.statement: tuple(teller.values.items()) for teller in tellers}
    for teller in tellers:
        like[said_by[teller.statement]].append(teller)
    ones = {said: accounts[0].values for said, accounts in like.items()}
    agree = {(a, b) for a, b in permutations(ones, 2) if compatible(head, ones[a], ones[b], containing)}
    fineness = {said: precision(head, values, vocabulary) for said, values in ones.items()}

    def agrees(a: Account, b: Account) -> bool:
        return (a_said := said_by[a.statement]) == (b_said := said_by[b.statement]) or (a_said, b_said) in agree

    @cache
    def support(said: Said) -> int:
        found = (like[other] for other in like if other == said or (said, other) in agree)
        return independent({account.document for accounts in found for account in accounts})

    def finest(candidates: Sequence[Account]) -> Account:
        return min(
            candidates,
            key=lambda a: (fineness[said_by[a.statement]], _recency(a.document), a.statement),
        )

    def standing(account: Account) -> tuple[bool, int, str, str, str]:
        document = account.document
        return (
            document.official,
            support(said_by[account.statement]),
            document.published,
            document.iri,
            account.statement,
        )

    precise = finest(tellers)
    if all(agrees(precise, teller) for teller in tellers):
        best = max(tellers, key=standing)
        unit = best.values.get("currency")
        held = finest([a for a in tellers if a.values.get("currency") == unit])
        return Choice(held, False, "most precise of compatible values")
    for account in tellers:
        if account.statement == decision:
            return Choice(account, True, "decision of the editors")
    best = max(tellers, key=standing)
    allies = [a for a in tellers if agrees(best, a)]
    others = [a for a in tellers if a not in allies] or [a for a in tellers if a.values != best.values]
    second = max(map(standing, others))
    ranks = zip(_STANDINGS, standing(best), second, strict=False)
    rule = next((name for name, one, other in ranks if one != other), _STANDINGS[-1])
    if all(agrees(a, b) for a, b in combinations(allies, 2)):
        return Choice(finest(allies), True, rule)
    return Choice(best, True, rule)


def _recency(document: Document) -> int:
    """Sorts later documents first where smaller keys win; undated ones last."""
    return -int(document.published.replace("-", "") or 0)


def independent(documents: Iterable[Document]) -> int:
    """How many sources stand on their own: other publishers, no common ancestor by derivation."""
    groups: list[tuple[set[str], set[str]]] = []
    for document in documents:
        publishers, ancestors = {document.publisher}, set(document.ancestors)
        rest = []
        for group in groups:
            if group[0] & publishers or group[1] & ancestors:
                publishers |= group[0]
                ancestors |= group[1]
            else:
                rest.append(group)
        groups = [*rest, (publishers, ancestors)]
    return len(groups)
