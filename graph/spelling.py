"""The keys of names within one or two typing errors of a text.

A key is cut into pieces when the index is written (`graph.naming`); one piece more than there are errors leaves one
untouched, so that a lookup reads a few rows and measures the distance of what it finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

from graph import limits

if TYPE_CHECKING:
    import sqlite3


def weight(name_key: str) -> int:
    """How much a key says: a Chinese character as much as two letters."""
    return len(name_key) if name_key.isascii() else sum(1 if c.isascii() else 2 for c in name_key)


def allowed_errors(name_key: str) -> int:
    """How many typing errors a key bears: none when it is short, two when it is long."""
    size = len(name_key)
    return 0 if size < 3 or weight(name_key) < 4 else 1 if size < (8 if name_key.isascii() else 6) else 2


def pieces(name_key: str) -> Iterator[tuple[int, str]]:
    """A key cut into one piece more than it bears errors: one of them is then untouched (Li et al., Pass-Join, 2011).

    Returns:
        Pairs of the position of a piece and the piece.
    """
    count = allowed_errors(name_key) + 1
    size, longer = divmod(len(name_key), count)
    start = 0
    for number in range(count):
        end = start + size + (number >= count - longer)
        yield start, name_key[start:end]
        start = end


def near_keys(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The keys with the fewest errors, of those allowed; of equally many, those that slip least.

    The first letter is seldom wrong (Yannakoudakis and Fawthrop, The Rules of Spelling Errors, 1983).
    """
    most, letters = allowed_errors(wanted + "aa"), set(wanted)  # letters may be missing
    query = "SELECT key FROM pieces WHERE length = ? AND start = ? AND piece = ? LIMIT ?"
    asked, met = set[tuple[int, int, str]](), set[str]()
    for errors in range(1, most + 1):
        probes = _probes(wanted, errors) - asked
        asked |= probes
        met.update(*(map(itemgetter(0), connection.execute(query, (*probe, limits.NEAR_NAMES))) for probe in probes))
        close = (other for other in met - {wanted} if len(letters.symmetric_difference(other)) <= 2 * errors)
        near = [other for other in close if distance(wanted, other) <= min(errors, allowed_errors(other))]
        if near:
            slips = {other: _slip(wanted, other) for other in near}
            return sorted(other for other in near if slips[other] == min(slips.values()))
    return []


def _slip(wanted: str, other: str) -> tuple[bool, int]:
    """Whether the first letters differ, and how many letters were typed that the name does not have.

    Each way of adding or replacing one is rare (Kernighan, Church and Gale, A Spelling Correction Program …, 1990).
    """
    return wanted[0] != other[0], (Counter(wanted) - Counter(other)).total()


def _probes(wanted: str, errors: int) -> set[tuple[int, int, str]]:
    """Where a key within the errors of `wanted` can have a piece untouched: its length, and the start and the piece.

    Of one piece more than there are errors one is untouched: the first ones do. By the multi-match-aware selection of
    Pass-Join at most i errors stand left of piece i, and right of it what is left of them. Two neighbours swapped
    across a cut spoil the pieces on both sides of it; the right one is then sought with the swap undone.
    """
    found = set()
    for length in range(len(wanted) - errors, len(wanted) + errors + 1):
        longer = len(wanted) - length
        for model in {"a" * length, ("a" if wanted.isascii() else "中") * length}:
            few = min(errors, allowed_errors(model))
            for number, (start, piece) in zip(range(few + 1), pieces(model), strict=False):
                low = max(-number, longer - (few - number))
                high = min(number, longer + (few - number))
                for at in range(max(start + low, 0), min(start + high, len(wanted) - len(piece)) + 1):
                    found.add((length, start, wanted[at : at + len(piece)]))
                for at in (start, start + longer) if number else ():
                    found.add((length, start, wanted[at - 1 : at] + wanted[at + 1 : at + len(piece)]))
    return found


def distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string alignment).

    A column of the table at a time, as the bits of a number (Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein
    and Damerau Edit Distances, 2003).

    >>> distance("manus", "mnaus"), distance("manus", "venus"), distance("", "ab")
    (1, 2, 2)
    """
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for i, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << i
    every, last = (1 << len(one)) - 1, 1 << len(one) - 1
    more, less, same, before, far = every, 0, 0, 0, len(one)
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~same & here) << 1) & before
        same = (((here & more) + more) ^ more) | here | less | swapped
        up, down = less | every & ~(same | more), same & more
        far += (up & last > 0) - (down & last > 0)
        up, down = up << 1 | 1, down << 1
        more, less, before = down | every & ~(same | up), up & same, here
    return far
