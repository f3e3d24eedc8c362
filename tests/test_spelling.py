"""Keys within one or two typing errors: all of them are found, and their distance is the published one."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.spelling import allowed_errors, distance, near_keys, pieces, weight


def edited(alphabet: str, others: str) -> st.SearchStrategy[tuple[str, set[str]]]:
    """A key, and keys that come of it by writing up to two letters in the place of up to two."""
    places, few = st.integers(0, 9), st.integers(0, 2)
    edits = st.lists(st.tuples(places, few, st.text(others, max_size=2)), min_size=1, max_size=6)
    keys = st.text(alphabet, min_size=2, max_size=10)
    return st.tuples(keys, edits).map(
        lambda pair: (pair[0], {pair[0][:i] + t + pair[0][i + n :] for i, n, t in pair[1]})
    )


def alignment(one: str, other: str) -> int:
    """Optimal string alignment, cell by cell."""
    rows = [[i or j for j in range(len(other) + 1)] if not i else [i] + [0] * len(other) for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if one[i - 2 : i] == other[j - 2 : j][::-1] and min(i, j) > 1:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def table(keys: set[str]) -> sqlite3.Connection:
    """The pieces of keys, as an index holds them."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE pieces (length INTEGER, start INTEGER, piece TEXT, key TEXT)")
    cut = [(len(key), *piece, key) for key in keys if allowed_errors(key) for piece in pieces(key)]
    connection.executemany("INSERT INTO pieces VALUES (?, ?, ?, ?)", cut)
    return connection


def nearest(wanted: str, keys: set[str]) -> list[str]:
    """What should be found: of the keys with the fewest errors those with the right first letter and fewest slips."""
    away = {key: alignment(wanted, key) for key in keys - {wanted}}
    away = {
        key: errors for key, errors in away.items() if errors <= min(allowed_errors(key), allowed_errors(wanted + "aa"))
    }
    close = [key for key, errors in away.items() if errors == min(away.values())]
    slips = {key: (wanted[0] != key[0], (Counter(wanted) - Counter(key)).total()) for key in close}
    return sorted(key for key in close if slips[key] == min(slips.values()))


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
@settings(deadline=None)
def test_the_distance_is_that_of_optimal_string_alignment(one: str, other: str) -> None:
    assert distance(one, other) == alignment(one, other)


@pytest.mark.parametrize(
    ("key", "says", "errors"),
    [
        ("", 0, 0), ("ab", 2, 0), ("abc", 3, 0), ("abcd", 4, 1), ("abcdefg", 7, 1), ("abcdefgh", 8, 2),
        ("中国", 4, 0), ("ab国", 4, 1), ("中国人民大", 10, 1), ("中国人民大学", 12, 2), ("é", 2, 0),
    ],
)  # fmt: skip
def test_a_chinese_character_says_as_much_as_two_letters_and_long_keys_bear_more(
    key: str, says: int, errors: int
) -> None:
    assert (weight(key), allowed_errors(key)) == (says, errors)


@pytest.mark.parametrize(
    ("key", "cut"),
    [
        ("abcd", [(0, "ab"), (2, "cd")]),
        ("abcde", [(0, "ab"), (2, "cde")]),
        ("abcdefgh", [(0, "ab"), (2, "cde"), (5, "fgh")]),
        ("abc", [(0, "abc")]),
    ],
)
def test_a_key_is_cut_into_one_piece_more_than_it_bears_errors(key: str, cut: list[tuple[int, str]]) -> None:
    assert list(pieces(key)) == cut


@given(st.one_of(edited("abc", "abc"), edited("中国人", "中国a")))
@settings(deadline=None)
def test_the_nearest_keys_are_all_found_and_no_others(pair: tuple[str, set[str]]) -> None:
    wanted, keys = pair
    assert near_keys(table(keys), wanted) == nearest(wanted, keys)


LONG = "butterflyeffect"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("melon", "melno"), ("mleon", "melon"), ("elon", "melon"), ("meloon", "melon"), ("xelon", "melon"),
        ("butterlfyefect", LONG), ("tbuterflyeffect", LONG), ("butterfleyffect", LONG), ("utterflyeffec", LONG),
        ("xutterflyeffecz", LONG), ("abutterflyeffectb", LONG), ("butxterflyfefect", LONG), ("buterflyfefect", LONG),
        ("abcdef国", "abcdefg"), ("人中民国大学", "中人国民大学"),
    ],
)  # fmt: skip
def test_errors_anywhere_are_borne(wanted: str, found: str) -> None:
    assert near_keys(table({found}), wanted) == [found]
