"""How well record linkage finds that two records are of one thing: precision and recall on the register's own names.

    python bench/linkage.py [--show 10]

A name that has a word in common with another name of its thing stands in turn for a record of an import, beside the
graph without that name: right is the thing that bore it. A thing of which a name has a word in common with another
thing's stands for one more record, beside the graph without it: right is no proposal (a hard negative). Names alone are
compared: no place, person or product. The peer is rapidfuzz: the best WRatio over all names, from the score on at which
it proposes as many. Exit code 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils
from timing import judged

import graph
from graph.linkage.comparing import Record, compare
from graph.linkage.proposals import Blocks, prior, probability
from graph.linkage.records import Records
from graph.linkage.words import joined, words

SURE, LIKELY = 0.9, 0.1
"""Probabilities: above the first hardly anything may be wrong, above the second hardly anything may be missing."""

TRIALS = 500
"""So many records of each kind are drawn."""

PRECISION, RECALL = 0.85, 0.8
"""Aims: precision from SURE on, recall from LIKELY on."""


class Trial(NamedTuple):
    """A record that an import could hold: its name, the things that are in the graph, the one it is ("" for none)."""

    name: str
    without: str
    right: str


def trials(records: Records, blocks: Blocks) -> Iterator[Trial]:
    """The labelled set: names of things that have others like them, then things that are like other things."""
    for thing, names in sorted(records.names.items()):
        for name in names:
            if any(words_of(name) & words_of(other) for other in names if joined(other) != joined(name)):
                yield Trial(name, "", thing)
    for thing, names in sorted(records.names.items()):
        for name in names:
            if blocks.near([name]) - {thing}:
                yield Trial(name, thing, "")


def words_of(name: str) -> set[str]:
    """The words of a name, and the whole."""
    return {*words(name), joined(name)}


def linked(trial: Trial, records: Records, blocks: Blocks) -> list[tuple[float, str]]:
    """Probability and thing of each that may be meant, the likeliest first."""
    one = Record("", records.names[trial.right or trial.without][trial.name])
    odds = prior(len(records.names))
    found = []
    for thing in blocks.near(one.names) - {trial.without}:
        other = Record(thing, records.forms(thing, trial.name if thing == trial.right else ""))
        bits = sum(each.bits for each in compare(one, other, records.share))
        found.append((probability(bits, odds), thing))
    return sorted(found, key=lambda each: (-each[0], each[1]))


def fuzzy(chosen: Sequence[Trial], records: Records, proposed: int) -> list[str]:
    """The thing that rapidfuzz finds for each trial, where its score is among the `proposed` best; "" elsewhere."""
    borne = [(name, thing) for thing, names in sorted(records.names.items()) for name in names]
    choices = [utils.default_process(name) for name, _ in borne]
    best = []
    for trial in chosen:
        hits = process.extract(utils.default_process(trial.name), choices, scorer=fuzz.WRatio, limit=8)
        kept = ((score, borne[at][1]) for _, score, at in hits if _stands(trial, *borne[at]))
        best.append(next(kept, (0.0, "")))
    least = sorted((score for score, _ in best), reverse=True)[: max(proposed, 1)][-1]
    return [thing if score >= least else "" for score, thing in best]


def _stands(trial: Trial, name: str, thing: str) -> bool:
    """Whether a name is in the graph of a trial."""
    return thing != trial.without and not (thing == trial.right and name == trial.name)


def rated(chosen: Sequence[Trial], found: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of one thing, or none, for each trial."""
    right = sum(bool(f) and f == t.right for f, t in zip(found, chosen, strict=True))
    return right / max(sum(map(bool, found)), 1), right / max(sum(bool(t.right) for t in chosen), 1)


def main() -> int:
    parser = argparse.ArgumentParser(description="Precision and recall of record linkage.")
    parser.add_argument("--show", type=int, default=0, help="how many of the errors of each kind to print")
    shown: int = parser.parse_args().show
    opened = graph.open()
    print("| kind | records | known | from | precision | recall | rapidfuzz, precision | recall |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    every: list[tuple[Trial, tuple[float, str]]] = []
    for kind in ("organization", "person", "product"):
        records = Records(opened.graph, kind)
        blocks = Blocks(opened.graph, records)
        chosen = list(trials(records, blocks))
        chosen = Random(1).sample(chosen, min(TRIALS, len(chosen)))
        best = [next(iter(linked(trial, records, blocks)), (0.0, "")) for trial in chosen]
        known = sum(bool(trial.right) for trial in chosen)
        for least in (SURE, LIKELY):
            ours = [thing if likely >= least else "" for likely, thing in best]
            rates = (*rated(chosen, ours), *rated(chosen, fuzzy(chosen, records, sum(map(bool, ours)))))
            print(f"| {kind} | {len(chosen)} | {known} | {least} | {' | '.join(f'{rate:.2f}' for rate in rates)} |")
        wrong = [each for each in zip(chosen, best, strict=True) if each[0].right != each[1][1]]
        print(*wrong[:shown], sep="\n", end="\n" * bool(shown))
        every += zip(chosen, best, strict=True)
    trials_of_all = [trial for trial, _ in every]
    precision = rated(trials_of_all, [thing if likely >= SURE else "" for _, (likely, thing) in every])[0]
    recall = rated(trials_of_all, [thing if likely >= LIKELY else "" for _, (likely, thing) in every])[1]
    print()
    met = [
        judged(f"precision of linkage from {SURE}", "the names of the register", precision, least=PRECISION),
        judged(f"recall of linkage from {LIKELY}", "the names of the register", recall, least=RECALL),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
