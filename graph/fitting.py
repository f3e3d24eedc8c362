"""Which lines of a profile are shown where one screen cannot hold all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from graph.profile import Line

_SHARES = {"relocation": 4, "money": 4, "people": 3, "what": 2, "headquarters": 2, "figures": 2, "unsettled": 2}
"""How many lines a section shows at each turn while rows are shared out; one where it does not stand here."""

_BY_DATE = ("money", "figures", "lists")
"""Sections of which the latest lines come first."""


def fit(
    sections: Mapping[str, Sequence[Line]],
    room: int,
    rows: Callable[[Line], int],
    cited: Callable[[Line], Collection[int]],
    legend: Callable[[Collection[int]], int],
) -> tuple[set[Line], int]:
    """Share out the rows of a screen among sections, turn by turn.

    Every section has its first line, then as many as its share at each turn. It gives the first line of each kind,
    with the first value that contradicts it (≠); then second lines and so on; then further contradictions, last other
    figures that can be true (≈). Once one of them finds no room, the section gets no more.

    Args:
        sections: lines by section, in the order of the screen.
        room: rows for lines and the list of their sources; titles not counted.
        rows: how many rows a line takes, without its other values.
        cited: which sources are named at a line.
        legend: how many rows a list of sources takes.

    Returns:
        The lines and other values to show, and how many rows are left.
    """
    asked = [
        (turn and 1 + turn // _SHARES.get(name, 1), place, turn, unit)
        for place, (name, lines) in enumerate(sections.items())
        for turn, unit in enumerate(_units(name, lines))
    ]
    shown: set[Line] = set()
    sources: set[int] = set()
    full: set[int] = set()
    for _, place, _, unit in sorted(asked, key=lambda one: one[:3]):
        if place in full:
            continue
        taken, with_these = sum(map(rows, unit)), sources.union(*map(cited, unit))
        if taken + legend(with_these) > room:
            full.add(place)
        else:
            room -= taken
            sources = with_these
            shown.update(unit)
    return shown, room - legend(sources)


def _units(name: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of a section in order of worth, each with what is shown only together with it."""
    rest: dict[str, list[Line]] = {"≠": [], "≈": []}
    for line in _in_turn(sorted(lines, key=lambda line: line.begin, reverse=True) if name in _BY_DATE else lines):
        unlike = [other for other in line.others if other.mark == "≠"]
        yield [line, *unlike[:1]]
        rest["≠"] += unlike[1:]
        rest["≈"] += [other for other in line.others if other.mark != "≠"]
    yield from ([other] for other in chain(rest["≠"], rest["≈"]))


def _in_turn(lines: Iterable[Line]) -> Iterator[Line]:
    """The first line of each caption, then the second of each …"""
    kinds: dict[str, list[Line]] = {}
    for line in lines:
        kinds.setdefault(line.caption, []).append(line)
    for each in zip_longest(*kinds.values()):
        yield from filter(None, each)
