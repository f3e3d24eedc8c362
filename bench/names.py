"""How long a warm search for a name takes, and how often its first hit is right, against rapidfuzz on the same names.

    python bench/names.py [--lookups N] [--names 100000]        a second size, as 100000,1000000, tells of the growth

The names are made up, the same on every run: companies and persons in Latin letters and in Chinese. The peer is
`rapidfuzz.process.extractOne` by the similarity of optimal string alignment, over the keys of the same names and,
as a careful user would give it, their pinyin. Looked up are names as they stand, in pinyin, with one and two
typing errors, and names that are not there; both answer each of them in turn. A hit is right if its thing bears
the name that was meant, or that pinyin. Exit code 1 when, at the first size, any kind of lookup takes longer than
the peer's, or fewer of all first hits are right.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter
from typing import NamedTuple

from generate import CHINESE_TRADES, FAMILIES, GIVEN, SYLLABLES, TRADES
from pypinyin import lazy_pinyin
from rapidfuzz import process
from rapidfuzz.distance import OSA
from timing import judged

from graph import names, naming
from graph.names import Name, key

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KINDS = ("exact", "pinyin", "one error", "two errors", "absent")


class Lookup(NamedTuple):
    """A text, and the key of the name that is meant by it: "" where none is."""

    text: str
    meant: str


def made_up(random: Random) -> Iterator[tuple[str, str, str]]:
    """Kinds, languages and names without end, each name once."""
    seen = set()
    while True:
        if random.random() < 0.5:
            words = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))).title(), random.choice(TRADES)]
            found = ("organization", "en", " ".join(words).strip())
        elif random.random() < 0.6:
            root = "".join(random.choices(GIVEN, k=random.randint(2, 4)))
            found = ("organization", "zh-hans", root + random.choice(CHINESE_TRADES))
        else:
            found = ("person", "zh-hans", random.choice(FAMILIES) + "".join(random.choices(GIVEN, k=2)))
        if found[2] not in seen:
            seen.add(found[2])
            yield found


def mistyped(text: str, errors: int, random: Random) -> str:
    """The text after so many deletions, insertions, substitutions or swaps."""
    for _ in range(errors):
        at = random.randrange(len(text) - 1)
        letter = random.choice(LETTERS)
        text = random.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            )
        )
    return text


def lookups(there: list[Name], absent: list[str], count: int) -> dict[str, list[Lookup]]:
    """So many texts of each kind."""
    random = Random(2)
    chinese = [n.name for n in there if n.language == "zh-hans"]
    latin = [n.name.lower() for n in there if n.language == "en"]
    one, two = ([name for name in latin if len(key(name)) >= least] for least in (5, 9))
    return {
        "exact": [Lookup(n.name, key(n.name)) for n in random.sample(there, count)],
        "pinyin": [Lookup(" ".join(p := lazy_pinyin(name)), key("".join(p))) for name in random.sample(chinese, count)],
        "one error": [Lookup(mistyped(name, 1, random), key(name)) for name in random.sample(one, count)],
        "two errors": [Lookup(mistyped(name, 2, random), key(name)) for name in random.sample(two, count)],
        "absent": [Lookup(name, "") for name in random.sample(absent, count)],
    }


def measure(size: int, count: int) -> dict[str, tuple[float, float, float, float]]:
    """Seconds a lookup and the share of right first hits, ours and the peer's, of each kind; prints what the index is.

    Of an absent name the right answer is none that is sure.
    """
    stream = made_up(Random(1))
    there = [Name(name, language, "label", f"{kind}/n{n}") for n, (kind, language, name) in zip(range(size), stream)]  # noqa: B905
    absent = [name for (_, _, name), _ in zip(stream, range(count * 5))]  # noqa: B905
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in there:
        bearers[key(name.name)].add(name.thing)
        if name.language == "zh-hans":
            bearers[key("".join(lazy_pinyin(name.name)))].add(name.thing)
    keys = sorted(bearers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.sqlite"
        connection = sqlite3.connect(path)
        start = perf_counter()
        connection.execute("ATTACH '' AS staged")
        index = naming.Names(connection)
        for name in there:
            index.add([name])
        index.close()
        connection.commit()
        spent, parts = perf_counter() - start, size / 100_000
        print(f"\n{size:,} names: index written in {spent / parts:.1f} s, {path.stat().st_size / parts / 1e6:.0f} MB "
              "for each 100,000", flush=True)  # fmt: skip

        def ours(text: str) -> tuple[str, bool]:
            found = names.candidates(connection, text, surely=False)
            return (found[0].thing, found[0].certain) if found else ("", False)

        def peer(text: str) -> tuple[str, bool]:
            found, likeness, _ = process.extractOne(key(text), keys, scorer=OSA.normalized_similarity)
            return min(bearers[found]), likeness == 1

        result = {}
        for kind, texts in lookups(there, absent, count).items():
            timed = [tried(answer, texts, bearers) for answer in (ours, peer)]
            result[kind] = (timed[0][0], timed[1][0], timed[0][1], timed[1][1])
        connection.close()
    return result


def tried(
    answer: Callable[[str], tuple[str, bool]], texts: list[Lookup], bearers: dict[str, set[str]]
) -> tuple[float, float]:
    """Mean seconds of an answer, and the share of right ones."""
    right, start = 0, perf_counter()
    answers = [answer(text) for text, _ in texts]
    spent = perf_counter() - start
    for (thing, sure), (_, meant) in zip(answers, texts, strict=True):
        right += thing in bearers[meant] if meant else not sure
    return spent / len(texts), right / len(texts)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time name search against rapidfuzz.")
    parser.add_argument("--lookups", type=int, default=400, help="of each kind")
    parser.add_argument("--names", default="100000", help="sizes, the first of which is judged")
    given = parser.parse_args()
    results = []
    for size in map(int, given.names.split(",")):
        results.append(measure(size, given.lookups))
        print("| lookup | ms | rapidfuzz, ms | ratio | right | rapidfuzz, right |\n|---|---:|---:|---:|---:|---:|")
        for kind, (own, peer, right, its_right) in results[-1].items():
            times = f"{own * 1000:.2f} | {peer * 1000:.2f} | {own / peer:.3f}"
            print(f"| {kind} | {times} | {right:.2f} | {its_right:.2f} |", flush=True)
    if len(results) > 1:
        growth = (f"{kind} {results[-1][kind][0] / results[0][kind][0]:.1f}" for kind in KINDS)
        print(f"\ngrowth from the first size to the last: {', '.join(growth)} times")
    first = results[0].values()
    slowest = max(own / peer for own, peer, _, _ in first)
    right, its_right = (mean(row[at] for row in first) for at in (2, 3))
    print()
    met = [
        judged("slowest kind of search for a name", "rapidfuzz", slowest, most=1),
        judged("right first hits of names", "rapidfuzz", right / its_right, least=1),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
