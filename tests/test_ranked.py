"""The sections on lists, from lists made by hand: known in full, in part, of unknown size and of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from folders import folder, said, source
from lists import ONE, THINGS, TWO, listed, made, ranking
from pyoxigraph import NamedNode

from graph.concentration import Bounds
from graph.groups import Belonging
from graph.lists import Entry, Ranked
from graph.moment import CERTAINLY, NOT, POSSIBLY, moment
from graph.opened import Opened
from graph.rankings import facts as made_from
from graph.rankings import one, overview
from graph.rankings.facts import Facts
from graph.section import Section
from graph.store import in_memory
from graph.thresholds import BIG_TECH
from ontology import CONCEPT, ID, compact

YEARS = {ONE: "2024", TWO: "2025"}


def entry(
    name: str, *groups: str, at: int | None = None, meets: bool | None = None, of: str = "", said_of: str = ""
) -> Entry:
    """An entry of a product: of one group, of several that it may be of, or of none that a source names."""
    certainty = CERTAINLY if len(groups) == 1 else POSSIBLY if groups else NOT
    whole = tuple(f"organization/{group}" for group in groups)
    said = tuple(f"organization/{group}" for group in said_of.split())
    belonging = Belonging(whole, certainty, frozenset(), said, (f"operation/{name}-acme", "organization/acme"))
    return Entry(f"product/{name}", at, belonging, meets, frozenset(of.split()), (f"entry/{name}-2024",))


def listing(
    *entries: Entry, size: int | None = 4, about: str = ONE, scope: str = "place/global", **counted: int
) -> Ranked:
    held = {f"organization/{name}": count for name, count in counted.items()}
    first, last = f"{YEARS[about]}-01-01", f"{YEARS[about]}-12-31"
    publisher, metric = "organization/daily", "concept:downloads"
    return Ranked(about, publisher, metric, scope, size, first, last, entries, held, (about,), "")


ANCHOR, BRUSH = entry("anchor", "acme", at=1, meets=True, of="c/a"), entry("brush", "acme", at=2, meets=True, of="c/b")
CART, DRUM = entry("cart", "bolt", at=3, meets=False), entry("drum", "corex", at=4)
EASEL, FLUTE = entry("easel"), entry("flute", "acme", "bolt")
FULL, PART = listing(ANCHOR, BRUSH, CART, DRUM), listing(ANCHOR, EASEL, FLUTE, size=6)
UNSIZED, NOTHING = listing(ANCHOR, CART, EASEL, size=None), listing()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Documents on entries, on makers, on what is part of what, and on counts by two criteria."""
    big = {"type": "Criterion", "metric": "market-value"}
    counted = {"type": "ReportedAggregate", "ranking": ONE, "kind": "reported-figure"}
    facts = folder(
        tmp_path_factory.mktemp("ranked") / "facts",
        source("entries", ranking(), listed("anchor", 1), published="2025-01-01"),
        source("makers", made("anchor", "acme"), published="2025-02-01"),
        source("units", said(about="organization/acme", type="Organization", unitOf="organization/daily"),
               published="2025-03-01"),
        source("others", said(about="organization/acme", type="Organization", ref="S1")),
        source(
            "counts",
            said("a", about="criterion/big", threshold="CNY 50000000000", **big),
            said("b", about="criterion/acme-product", threshold="USD 50000000000", **big),
            said("c", about="aggregate/big", criterion="criterion/big", count="3", outOf="4", share="over 0.7",
                 **counted),
            said("d", about="aggregate/other", criterion="criterion/acme-product", count="under 2", share="0.25",
                 **counted),
            published="2025-04",
        ),
        things=THINGS,
    )  # fmt: skip
    built = Opened(in_memory(facts))
    yield built
    built.close()


@pytest.fixture
def facts(graph: Opened) -> Facts:
    return Facts(graph, BIG_TECH)


def cells(section: Section, *columns: str) -> list[list[object]]:
    """The cells of some columns, things as `kind/slug`."""
    rows = [[compact(c.value) if isinstance(c, NamedNode) else c for c in row] for row in section.table.rows]
    assert all(len(row) == len(section.table.columns) for row in rows)
    places = [list(section.table.columns).index(name) for name in columns or section.table.columns]
    return [[row[place] for place in places] for row in rows]


def documents(section: Section) -> list[str]:
    return [each.removeprefix("source/") for each in section.sources]


# What all sections share


def test_a_criterion_of_a_source_is_the_same_only_with_metric_amount_and_currency(facts: Facts) -> None:
    assert facts.is_criterion("criterion/big")
    assert not facts.is_criterion("criterion/acme-product")
    assert not facts.is_criterion("organization/acme")
    assert not Facts(facts.opened, BIG_TECH._replace(metric="revenue")).is_criterion("criterion/big")
    assert not Facts(facts.opened, BIG_TECH._replace(threshold=BIG_TECH.threshold + 1)).is_criterion("criterion/big")


def test_a_section_names_the_documents_behind_it_and_the_latest(facts: Facts) -> None:
    def section(*nodes: str) -> Section:
        title = {"en": "A", "zh-hans": "甲"}
        return facts.section("a", title, ["x"], [[1]], title, [title], ["lists"], nodes)

    assert (documents(section(ONE, "entry/anchor-2024")), section(ONE).coverage) == (["entries"], "2025-01-01")
    # of what is told of an organization only what it is a unit of bears on lists
    assert (documents(section("organization/acme", ONE)), section("organization/acme").coverage) == (
        ["entries", "units"], "2025-03-01",
    )  # fmt: skip
    found = section()
    assert (found.key, found.base["zh-hans"], found.notes, found.queries) == (
        "a", "甲", ({"en": "A", "zh-hans": "甲"},), ("lists",),
    )  # fmt: skip
    assert (found.sources, found.coverage, found.table.words["known"]["zh-hans"]) == ((), "", "已知")


def test_a_table_is_of_its_moment_and_names_things_in_its_language(graph: Opened) -> None:
    then = moment(as_of="2025")
    labels = {"en": "A", "zh-hans": "甲"}
    found = Facts(Opened(graph.graph, "zh", then), BIG_TECH).section("a", labels, ["x"], [], labels, [], [], [])
    assert found.table.caption == then.words("zh") != ""
    assert found.table.label is not None
    assert found.table.label(ID + "place/japan") == "日本"


@pytest.mark.parametrize(
    ("bounds", "digits", "expected"),
    [
        (None, 3, [None, None, None]),
        (Bounds(1 / 3, 1 / 3), 3, [0.333, None, None]),
        (Bounds(1 / 3, 2 / 3), 2, [None, 0.33, 0.67]),
        (Bounds(1 / 3, 2 / 3), 0, [None, 0, 1]),
        (Bounds(0.3333, 0.3334), 3, [0.333, None, None]),
    ],
)
def test_bounds_that_are_shown_alike_are_one_value(
    bounds: Bounds | None, digits: int, expected: list[float | None]
) -> None:
    found = made_from.bounded(bounds, digits)
    assert found == expected
    assert digits or all(each is None or isinstance(each, int) for each in found)


def test_three_digits_are_shown_unless_told_otherwise() -> None:
    assert made_from.bounded(Bounds(1 / 3, 0.5)) == [None, 0.333, 0.5]


def test_a_cell_is_a_thing_a_concept_or_nothing() -> None:
    assert made_from.thing("") is None
    kinds = {ref: cell.value for ref in ("place/japan", "concept:coding") if (cell := made_from.thing(ref))}
    assert kinds == {
        "place/japan": ID + "place/japan",
        "concept:coding": CONCEPT + "coding",
    }


# Many lists


def test_lists_side_by_side(facts: Facts) -> None:
    sized = listing(ANCHOR, size=9, about=TWO)
    undated, later = replace(sized, first="", last=""), replace(sized, last="")
    section = overview.lists(facts, [FULL, PART, UNSIZED, undated, later, replace(sized, first="")])
    assert cells(section) == [
        [1, ONE, "place/global", "2024", 4, 4],
        [2, ONE, "place/global", "2024", 6, 3],
        [3, ONE, "place/global", "2024", None, 3],
        [4, TWO, "place/global", None, 9, 1],
        [5, TWO, "place/global", "2025-01-01/..", 9, 1],
        [6, TWO, "place/global", "../2025-12-31", 9, 1],
    ]
    assert section.base["en"].startswith("6 lists of which a source names entries or counts them; 1 known in full")
    assert documents(section) == ["entries"]


def test_concentration_of_each_list_that_can_be_measured_or_is_counted_by_the_criterion(facts: Facts) -> None:
    section = overview.concentration(facts, [FULL, PART, listing(about=TWO), listing(ANCHOR, size=None, about=TWO)])
    assert cells(section) == [
        [1, ONE, 0.5, None, None, 1, None, None, 3750, None, None, None, 0.5, 0.75, "3 / 4"],
        [2, ONE, None, 0.167, 1, None, 0.5, 1, None, 1667, 10000, None, 0.167, 1, "3 / 4"],
    ]
    assert section.base["en"].startswith("2 of 4 lists")
    assert documents(section) == ["counts", "entries", "makers", "units"]
    empty = overview.concentration(facts, [NOTHING])
    assert (cells(empty, "no", "cr1", "cr3_low", "hhi", "met_high", "reported"), documents(empty)) == (
        [[1, None, None, None, 1, "3 / 4"]], ["counts"],
    )  # fmt: skip
    assert cells(overview.concentration(facts, [listing(size=2)]), "cr1", "cr3", "met_low", "met_high") == [
        [None, None, 0, 1]
    ]


@pytest.mark.parametrize(("out_of", "size", "shown"), [("4", 9, "3 / 4"), ("", 9, "3 / 9"), ("", None, "3 / ?")])
def test_a_count_by_the_criterion_stands_with_what_it_is_counted_out_of(
    facts: Facts, monkeypatch: pytest.MonkeyPatch, out_of: str, size: int | None, shown: str
) -> None:
    row = {"criterion": "criterion/big", "population": "", "count": "3", "outOf": out_of, "aggregate": "aggregate/big"}
    others = [{**row, "population": "x", "count": "9"}, {**row, "count": ""},
              {**row, "criterion": "criterion/acme-product"}]  # fmt: skip
    monkeypatch.setattr(facts, "counted", lambda ranking: [*others, row])
    assert cells(overview.concentration(facts, [listing(ANCHOR, size=size)]), "reported") == [[shown]]
    monkeypatch.setattr(facts, "counted", lambda ranking: others)
    assert cells(overview.concentration(facts, [listing(ANCHOR, size=size)]), "reported") == [[None]] * bool(size)


def test_ratios_are_given_below_the_size_and_a_count_of_a_source_is_closed() -> None:
    for nothing in (UNSIZED, NOTHING, listing(size=0, acme=0)):
        assert overview.measures(nothing, (1, 3)) == []
    assert [name for name, _ in overview.measures(FULL, (1, 3, 4, 5))] == ["CR1", "CR3", "HHI"]
    held = dict(overview.measures(listing(ANCHOR, size=4, acme=2), (1, 2)))
    assert held == {"CR1": (0.5, 0.5), "CR2": (0.75, 1), "HHI": (3750, 5000)}
    assert overview.met(UNSIZED) is None
    assert overview.met(PART) == (1 / 6, 1)
    assert overview.met(FULL) == (0.5, 0.75)


def test_turnover_of_pairs_of_editions(facts: Facts) -> None:
    later = listing(BRUSH, ANCHOR, EASEL, about=TWO)
    unsized = listing(BRUSH, about=TWO, size=None)
    facts.editions = [(FULL, later), (UNSIZED, unsized), (PART, FULL)]
    section = overview.turnover(facts, [later, unsized])
    assert cells(section) == [
        [TWO, ONE, 2, None, 2, 3, None, 0.25, 0.5],
        [TWO, ONE, 0, None, None, None, None, None, None],
    ]
    assert section.base["en"].startswith("2 pairs of editions")
    assert documents(section) == ["entries"]
    facts.editions = [(UNSIZED, later), (FULL, unsized), (FULL, listing(ANCHOR, BRUSH, CART, DRUM, about=TWO))]
    assert [row[2:6] for row in cells(overview.turnover(facts, [p[1] for p in facts.editions]))] == [
        [2, None, None, None], [1, None, None, None], [4, 4, None, None],
    ]  # fmt: skip


def test_variety_of_all_lists_of_a_scope_and_of_each(facts: Facts) -> None:
    nowhere = listing(entry("cart", of="c/a c/b c/c"), size=1, scope="", about=TWO)
    chosen = [nowhere, FULL, listing(DRUM, scope="place/japan"), listing(CART, BRUSH, size=2, about=TWO)]
    section = overview.variety(facts, chosen)
    assert cells(section) == [
        ["place/global", "all", 4, 2, 2, 0.693, 1.0, 2.0],
        ["place/japan", "all", 1, 0, 0, None, None, None],
        [None, "all", 1, 1, 3, 1.099, 1.0, 3.0],
        [None, TWO, 1, 1, 3, 1.099, 1.0, 3.0],
        ["place/global", ONE, 4, 2, 2, 0.693, 1.0, 2.0],
        ["place/global", TWO, 2, 1, 1, 0, None, 1],
    ]
    assert section.base["en"].startswith("2 of 4 things in these lists have a category")
    assert documents(section) == ["entries"]
    assert cells(overview.variety(facts, [listing(DRUM)]), "list", "entries", "categorized") == [[ONE, 1, 0]]
    assert documents(overview.variety(facts, [listing(entry("anchor"))])) == []
    uneven = listing(ANCHOR, BRUSH, entry("cart", of="c/a"), size=3)
    assert cells(overview.variety(facts, [uneven]), "h", "j", "hill") == [[0.637, 0.918, 1.89]]
    assert cells(overview.variety(facts, [listing(size=None)]))[0][2:] == [0, 0, 0, None, None, None]
    assert cells(overview.variety(facts, [listing(DRUM), listing(CART)]), "list", "entries") == [["all", 2]]


@pytest.mark.parametrize(("size", "given"), [(4, True), (5, False), (None, True)])
def test_variety_is_withheld_where_fewer_than_half_have_a_category(facts: Facts, size: int | None, given: bool) -> None:
    section = overview.variety(facts, [listing(ANCHOR, BRUSH, CART, DRUM, size=size)])
    assert (cells(section, "hill") != [[None]]) is given


# One list


@pytest.mark.parametrize(
    ("ranked", "en", "zh"),
    [
        (FULL, "4 known entries of 4 places; the group can be told of 4", "4席中已知条目4个，4个可判定所属集团"),
        (PART, "3 known entries of 6 places; the group can be told of 1; the list is known in part",
         "6席中已知条目3个，1个可判定所属集团；榜单仅知一部分"),
        (UNSIZED, "3 known entries of a list of unknown size; the group can be told of 2; shares are of the known",
         "已知条目3个，榜单席位数不明；2个可判定所属集团；占比以已知条目为分母"),
    ],
)  # fmt: skip
def test_how_much_of_a_list_is_known_is_told_in_words(ranked: Ranked, en: str, zh: str) -> None:
    assert one.known(ranked) == {"en": en, "zh-hans": zh}


def test_groups_stand_by_size_then_by_name_with_what_they_hold(facts: Facts) -> None:
    section = one.groups(facts, FULL)
    assert cells(section) == [
        ["organization/acme", 2, 0.5, None, None, "product/anchor, product/brush"],
        ["organization/bolt", 1, 0.25, None, None, "product/cart"],
        ["organization/corex", 1, 0.25, None, None, "product/drum"],
    ]
    assert (len(section.notes), documents(section)) == (2, ["entries", "makers", "units"])
    last = one.groups(facts, listing(entry("anchor", "acme"), entry("brush", "corex"), entry("cart", "corex")))
    assert cells(last, "group", "entries") == [["organization/corex", 2], ["organization/acme", 1]]


@pytest.mark.parametrize(
    ("ranked", "share"),
    [
        (PART, [None, 0.167, 1.0]),  # the two others may be its own, and the three that are not known
        (listing(ANCHOR, FLUTE, size=2), [None, 0.5, 1.0]),
        (listing(ANCHOR, entry("cart", "bolt", "corex"), size=2), [0.5, None, None]),
        (listing(ANCHOR, EASEL, size=2), [None, 0.5, 1.0]),
        (listing(ANCHOR, size=4, acme=2), [0.5, None, None]),
        (listing(ANCHOR, CART, EASEL, FLUTE, size=4, bolt=3), [0.25, None, None]),
        (UNSIZED, [None, 0.333, 0.667]),
    ],
)
def test_the_share_of_a_group_is_at_most_with_all_that_may_be_its_own(
    facts: Facts, ranked: Ranked, share: list[float | None]
) -> None:
    rows = {row[0]: row[1:] for row in cells(one.groups(facts, ranked), "group", "share", "share_low", "share_high")}
    assert rows["organization/acme"] == share


def test_what_keeps_groups_from_being_told_is_told_by_name(facts: Facts) -> None:
    claimed = [entry("brush", "acme", said_of="corex daily"), entry("anchor", "acme", said_of="bolt")]
    notes = one.groups(facts, listing(EASEL, FLUTE, *claimed, entry("drum"), entry("cart", "bolt", "corex"))).notes
    assert [note["en"] for note in notes[1:-1]] == [
        "No source names a maker of: product/easel, product/drum.",
        (
            "Group left open: product/flute: organization/acme / organization/bolt; "
            "product/cart: organization/bolt / organization/corex."
        ),
        (
            "Contested or only said to belong, and not counted so: product/brush: organization/corex / "
            "organization/daily; product/anchor: organization/bolt."
        ),
    ]
    assert [note["zh-hans"][:6] for note in notes[1:-1]] == ["无来源记载开", "所属集团未定", "归属有争议或"]
    assert all(note["zh-hans"] for note in notes)


def test_concentration_of_one_list(facts: Facts) -> None:
    section = one.concentration(facts, FULL)
    assert cells(section) == [["CR1", 0.5, None, None], ["CR3", 1, None, None], ["HHI", 3750, None, None]]
    assert (section.key, documents(section)) == ("concentration", ["entries", "makers", "units"])
    assert cells(one.concentration(facts, UNSIZED)) == []
    assert cells(one.concentration(facts, PART)) == [
        ["CR1", None, 0.167, 1], ["CR3", None, 0.5, 1], ["CR5", None, 0.833, 1], ["HHI", None, 1667, 10000],
    ]  # fmt: skip


def test_what_meets_the_criterion_stands_before_what_sources_count(facts: Facts) -> None:
    section = one.criteria(facts, FULL)
    counted = [
        ["criterion/big", None, "a source", 3, None, None, 4, None, 0.7, None],
        ["criterion/acme-product", None, "a source", None, None, 2, None, 0.25, None, None],
    ]
    words = "market value over CNY 50 billion"
    assert cells(section) == [[words, None, "these entries", None, 2, 3, 4, None, 0.5, 0.75], *counted]
    assert documents(section) == ["counts", "entries", "makers", "units"]
    assert [note["en"] for note in section.notes[1:]] == [
        "No source gives market value in CNY near that time of: organization/corex."
    ]
    makers = {"drum": "corex", "cart": "bolt", "brush": "daily", "anchor": "acme"}
    open_ones = listing(*(entry(name, maker) for name, maker in makers.items()))
    assert (
        one.criteria(facts, open_ones)
        .notes[-1]["en"]
        .endswith("of: organization/acme, organization/bolt, organization/corex, organization/daily.")
    )


@pytest.mark.parametrize(
    ("ranked", "count", "of", "share"),
    [
        (listing(ANCHOR, CART, size=2), [1, None, None], 2, [0.5, None, None]),
        (listing(ANCHOR, CART, EASEL, size=5), [None, 1, 4], 5, [None, 0.2, 0.8]),
        (UNSIZED, [1, None, None], None, [None, None, None]),
    ],
)
def test_a_count_of_entries_is_exact_or_has_bounds(
    facts: Facts, ranked: Ranked, count: list[int | None], of: int | None, share: list[float | None]
) -> None:
    section = one.criteria(facts, ranked)
    assert cells(section)[0][3:] == [*count, of, *share]
    assert len(section.notes) == 1


@pytest.mark.parametrize(
    ("figure", "qualifier", "expected"),
    [
        ("", "", [None, None, None]),
        ("12", "", [12, None, None]),
        ("12.0", "concept:about", [12.0, None, None]),
        ("0.5", "concept:over", [None, 0.5, None]),
        ("12", "concept:under", [None, None, 12]),
    ],
)
def test_a_printed_figure_may_be_a_bound(figure: str, qualifier: str, expected: list[float | None]) -> None:
    found = one._qualified(figure, qualifier)
    assert (found, list(map(type, found))) == (expected, list(map(type, expected)))


def test_what_changed_since_the_edition_before(facts: Facts) -> None:
    later = listing(entry("brush", at=1), entry("anchor", at=3), entry("easel", at=4), entry("cart"), about=TWO, size=5)
    facts.editions = [(UNSIZED, FULL), (FULL, later)]
    section = one.change(facts, later)
    assert cells(section) == [
        ["product/brush", 2, 1, 1, "kept"],
        ["product/anchor", 1, 3, -2, "kept"],
        ["product/easel", None, 4, None, "new"],
        ["product/cart", 3, None, None, "kept"],
        ["product/drum", 4, None, None, "not known after"],
    ]
    assert section.base == {
        "en": f"edition before: {ONE}; known entries of places: 4/4, then 4/5",
        "zh-hans": f"上期：{ONE}；已知条目/席位：上期4/4，本期4/5",
    }
    assert documents(section) == ["entries"]
    facts.editions = [(PART, later)]
    statuses = dict(cells(one.change(facts, later), "listed", "status"))  # type: ignore[arg-type]
    assert statuses["product/brush"] == "not known before"


@pytest.mark.parametrize(
    ("before", "after", "statuses"),
    [
        (FULL, listing(ANCHOR, EASEL, about=TWO, size=2), {"easel": "new", "drum": "left"}),
        (UNSIZED, listing(ANCHOR, BRUSH, about=TWO, size=None),
         {"brush": "not known before", "cart": "not known after"}),
    ],
)  # fmt: skip
def test_what_is_missing_from_a_list_known_in_full_was_not_in_it(
    facts: Facts, before: Ranked, after: Ranked, statuses: dict[str, str]
) -> None:
    facts.editions = [(before, after)]
    found = {
        str(row[0]).removeprefix("product/"): row[1] for row in cells(one.change(facts, after), "listed", "status")
    }
    assert {name: found[name] for name in statuses} == statuses


def test_without_an_edition_before_there_is_no_row(facts: Facts) -> None:
    facts.editions = [(FULL, PART)]
    for make in (one.change, one.shares):
        section = make(facts, FULL)
        assert (cells(section), section.base) == (
            [], {"en": "no earlier edition of this list is known", "zh-hans": "未知此榜更早一期"},
        )  # fmt: skip
    assert documents(one.change(facts, FULL)) == ["entries"]


def test_shares_of_the_groups_of_both_editions(facts: Facts) -> None:
    later = listing(ANCHOR, entry("easel", "daily"), size=3, about=TWO)
    facts.editions = [(UNSIZED, later)]
    section = one.shares(facts, later)
    assert cells(section) == [
        ["organization/acme", None, 0.333, 0.667, None, 0.333, 0.667],
        ["organization/bolt", None, 0.333, 0.667, None, 0, 0.333],
        ["organization/daily", None, 0, 0.333, None, 0.333, 0.667],
    ]
    assert section.base["en"].endswith("3/?, then 2/3")
    facts.editions = [(listing(size=None), later)]
    assert cells(one.shares(facts, later), "group", "earlier", "earlier_low", "earlier_high") == [
        ["organization/acme", None, None, None], ["organization/daily", None, None, None],
    ]  # fmt: skip
    assert documents(section) == ["entries", "makers", "units"]


def test_each_entry_with_its_group_and_whether_it_meets_the_criterion(facts: Facts) -> None:
    claimed = entry("brush", said_of="corex daily", at=2)
    section = one.entries(facts, listing(ANCHOR, claimed, CART, FLUTE))
    assert cells(section) == [
        [1, "product/anchor", "organization/acme", None, "yes"],
        [2, "product/brush", "no maker named", "organization/corex, organization/daily", "not known"],
        [3, "product/cart", "organization/bolt", None, "no_"],
        [None, "product/flute", "open", None, "not known"],
    ]
    assert section.notes[0]["en"] == "Meets: whether the group is big tech by market value over CNY 50 billion."
    assert documents(section) == ["entries", "makers", "units"]


MANY: Sequence[Callable[[Facts, list[Ranked]], Section]] = (
    overview.lists, overview.concentration, overview.turnover, overview.variety,
)  # fmt: skip
SINGLE: Sequence[Callable[[Facts, Ranked], Section]] = (
    one.groups, one.concentration, one.criteria, one.change, one.shares, one.entries,
)  # fmt: skip


def test_every_section_has_a_title_words_notes_and_queries(facts: Facts) -> None:
    import queries

    made = [*(make(facts, [FULL]) for make in MANY), *(make(facts, FULL) for make in SINGLE)]
    keys = ["lists", "concentration", "editions", "variety"]
    assert [s.key for s in made] == [*keys, "groups", "concentration", "criteria", "editions", "shares", "entries"]
    for section in made:
        assert section.queries and set(section.queries) <= set(queries.names())
        assert section.notes and all(
            each["en"] and each["zh-hans"] for each in (section.title, section.base, *section.notes)
        )
        names = {name.removesuffix("_low").removesuffix("_high") for name in section.table.columns}
        assert names <= section.table.words.keys()
