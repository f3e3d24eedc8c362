"""Which group a thing belongs to, by attributions that are dated, contested, stacked or missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import folder, said, source
from hypothesis import given
from hypothesis import strategies as st

from graph.groups import Belonging, Groups, Link, groups
from graph.moment import CERTAINLY, NOT, POSSIBLY
from graph.store import in_memory

WIDGET, ACME, BOLT, DAILY, HERALD = (
    "product/widget", "organization/acme", "organization/bolt", "organization/daily", "organization/herald",
)  # fmt: skip

MADE = said("made", type="Operation", about="operation/acme-widget", organization=ACME, product=WIDGET)
HELD = {"type": "Control", "about": "control/bolt-acme", "organization": ACME, "controller": BOLT}
BOUGHT = {"type": "Acquisition", "about": "event/bolt-acme", "organization": ACME, "acquirer": BOLT}


def widget(tmp_path: Path, *statements: dict[str, object], first: str = "", last: str = "") -> Belonging:
    small = in_memory(folder(tmp_path, source("one", MADE, *statements)))
    return groups(small).group_of(WIDGET, first, last)


def test_a_product_belongs_to_its_maker(tmp_path: Path) -> None:
    assert widget(tmp_path) == Belonging(
        (ACME,), CERTAINLY, frozenset({WIDGET, ACME}), nodes=("operation/acme-widget",)
    )


def test_a_product_without_a_maker_has_no_group() -> None:
    found = Groups([]).group_of(WIDGET)
    assert (found.groups, found.certainty, found.group) == ((), NOT, None)


def test_an_organization_that_belongs_to_none_is_its_own_group() -> None:
    assert Groups([]).group_of(ACME).group == ACME


@pytest.mark.parametrize(("subtype", "group"), [("majority-ownership", BOLT), (None, BOLT), ("minority-stake", ACME)])
def test_control_makes_a_group_and_a_minority_stake_does_not(tmp_path: Path, subtype: str | None, group: str) -> None:
    assert widget(tmp_path, said("held", **HELD, subtype=subtype)).group == group


def test_what_is_only_said_to_belong_is_apart(tmp_path: Path) -> None:
    found = widget(tmp_path, said("held", **HELD, subtype="said-to-belong"))
    assert (found.group, found.said) == (ACME, (BOLT,))


def test_control_that_a_source_denies_is_apart(tmp_path: Path) -> None:
    held = source("one", MADE, said("held", **HELD, subtype="majority-ownership"))
    denied = source("two", said("no", type="Control", about="control/bolt-acme", kind="denial", denies="one#held"))
    found = groups(in_memory(folder(tmp_path, held, denied))).group_of(WIDGET)
    assert (found.group, found.said) == (ACME, (BOLT,))


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2024-01-01", "2024-12-31", (ACME,)),
        ("2025-01-01", "2025-12-31", (ACME, BOLT)),
        ("2025-06-15", "2025-06-15", (ACME, BOLT)),
        ("2025-06-30", "2025-12-31", (BOLT,)),
        ("2026-01-01", "", (BOLT,)),
        ("", "", (ACME, BOLT)),
    ],
)
def test_a_purchase_joins_from_its_day_on(tmp_path: Path, first: str, last: str, found: tuple[str, ...]) -> None:
    bought = said("bought", **BOUGHT, subtype="purchase", status="completed", when="2025-06")
    belongs = widget(tmp_path, bought, first=first, last=last)
    assert belongs.groups == found
    assert belongs.certainty == (CERTAINLY if len(found) == 1 else POSSIBLY)


@pytest.mark.parametrize(
    ("subtype", "status"),
    [("licence-and-hire", "completed"), ("purchase", "announced"), ("purchase", "blocked"), ("purchase", "cancelled")],
)
def test_a_deal_that_gives_no_control_joins_nothing(tmp_path: Path, subtype: str, status: str) -> None:
    bought = said("bought", **BOUGHT, subtype=subtype, status=status, when="2025-06")
    assert widget(tmp_path, bought, first="2026-01-01", last="2026-01-01").group == ACME


def test_a_purchase_without_a_date_had_happened_when_it_was_told(tmp_path: Path) -> None:
    bought = said("bought", **BOUGHT, status="completed")
    assert widget(tmp_path, bought, first="2024-06-01", last="2024-06-01").groups == (ACME, BOLT)
    assert widget(tmp_path, bought, first="2025-01-01", last="2025-01-01").groups == (BOLT,)


def test_the_group_stands_at_the_top_of_units_and_owners() -> None:
    found = Groups([Link(WIDGET, ACME), Link(ACME, BOLT), Link(BOLT, DAILY)]).group_of(WIDGET)
    assert (found.group, found.chain) == (DAILY, {WIDGET, ACME, BOLT, DAILY})


def test_two_makers_of_different_groups_leave_it_open_and_of_one_group_do_not() -> None:
    two = [Link(WIDGET, ACME), Link(WIDGET, BOLT)]
    assert Groups(two).group_of(WIDGET).groups == (ACME, BOLT)
    assert Groups(two).group_of(WIDGET).group is None
    assert Groups([*two, Link(ACME, DAILY), Link(BOLT, DAILY)]).group_of(WIDGET).group == DAILY


def test_a_maker_that_may_have_stopped_leaves_it_open() -> None:
    stopped = Groups([Link(WIDGET, ACME, ends=("2025-01-01", "2025-12-31"))])
    assert [stopped.group_of(WIDGET, day, day).certainty for day in ("2024-05-05", "2025-05-05", "2026-05-05")] == [
        CERTAINLY, POSSIBLY, NOT,
    ]  # fmt: skip


def test_owners_of_one_another_end_the_search_and_leave_it_open() -> None:
    circle = Groups([Link(WIDGET, ACME), Link(ACME, BOLT), Link(BOLT, ACME)])
    assert circle.group_of(WIDGET).groups == (ACME, BOLT)


def test_what_belongs_to_itself_is_still_at_the_top_beside_another_maker() -> None:
    links = [Link(WIDGET, ACME), Link(ACME, ACME), Link(WIDGET, BOLT, ends=("", "2024-01-01"))]
    assert Groups(links).group_of(WIDGET, "2024-01-01", "2026-01-01").groups == (ACME, BOLT)


def test_an_owner_that_may_be_owned_in_turn_leaves_it_open() -> None:
    links = [Link(WIDGET, ACME), Link(ACME, BOLT), Link(BOLT, ACME, begins=("", "2025-01-01"))]
    found = Groups(links)
    assert found.group_of(WIDGET, "2024-01-01", "2026-01-01").groups == (ACME, BOLT)
    assert found.group_of(WIDGET, "2025-06-01", "2025-06-01").groups == (ACME, BOLT)
    outside = Groups([*links, Link(BOLT, DAILY)])
    assert outside.group_of(WIDGET, "2024-01-01", "2026-01-01").group == DAILY


NAMES = st.sampled_from([WIDGET, ACME, BOLT, DAILY, HERALD])
DAYS = st.sampled_from(["", "2024-01-01", "2025-01-01", "2026-01-01"])
BOUNDS = st.tuples(DAYS, DAYS).filter(lambda pair: not all(pair) or pair[0] <= pair[1])
LINKS = st.lists(
    st.builds(Link, NAMES, NAMES.filter(lambda n: n != WIDGET), BOUNDS, BOUNDS, st.booleans()),
    max_size=8,
)


@given(LINKS, DAYS, st.randoms())
def test_neither_names_nor_order_nor_repetition_change_an_answer(links: list[Link], day: str, random: object) -> None:
    def renamed(name: str) -> str:
        kind, slug = name.split("/")
        return f"{kind}/{slug[::-1]}"

    found = Groups(links).group_of(WIDGET, day, day)
    again = [link._replace(part=renamed(link.part), whole=renamed(link.whole)) for link in [*links, *links]]
    random.shuffle(again)  # type: ignore[attr-defined]
    other = Groups(again).group_of(renamed(WIDGET), day, day)
    assert other.certainty == found.certainty
    assert set(other.groups) == set(map(renamed, found.groups))
    assert set(other.said) == set(map(renamed, found.said))
    assert other.chain == frozenset(map(renamed, found.chain))


@given(LINKS, DAYS)
def test_what_is_certain_in_a_period_is_certain_on_each_of_its_days(links: list[Link], day: str) -> None:
    whole = Groups(links).group_of(WIDGET, "2024-01-01", "2026-01-01")
    if whole.group is not None:
        assert Groups(links).group_of(WIDGET, day or "2025-06-01", day or "2025-06-01").group == whole.group
