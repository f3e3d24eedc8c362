"""What is told of reported counts and shares: of the seed alone, and by the command `claims`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

import queries
from graph.claims import claims
from graph.errors import NotFoundError
from graph.findings import DIFFERS, UNCHECKED, UNFIT, WRONG, Checked
from graph.opened import Opened
from graph.reading import Reader
from graph.store import Graph
from graph.verdicts import sections

# The seed


@pytest.fixture(scope="module")
def seed(seed_graph: Graph) -> list[Checked]:
    return claims(seed_graph, Reader(seed_graph))


def test_on_the_seed_alone_the_figures_that_do_not_fit_are_found(seed: list[Checked]) -> None:
    found = {c.nodes[0].rpartition("/")[2]: (c.verdict, {f.rule.name for f in c.findings}) for c in seed[:14]}
    assert {name: verdict for name, (verdict, _) in found.items()} == {
        "a16z-mobile-chinese": UNFIT,
        "a16z-mobile-abroad": UNCHECKED,
        "a16z-mobile-used-in-china": UNCHECKED,
        "aicpb-china-big-tech": UNFIT,
        "global-big-tech": UNFIT,
        "global-non-chinese": UNFIT,
        "global-small-team-or-startup": UNCHECKED,
        "qimai-downloads-alibaba": UNCHECKED,
        "qimai-downloads-bytedance-or-alibaba": UNCHECKED,
        "qimai-downloads-bytedance": UNCHECKED,
        "qimai-revenue-big-tech": UNFIT,
        "xsignal-big-tech-native": UNFIT,
        "xsignal-big-tech-upgraded": UNFIT,
        "xsignal-startup-native": WRONG,
    }
    assert {"threshold-undated", "compared-unlike", "share-kept"} <= found["aicpb-china-big-tech"][1]
    assert {"share-off", "parts-kept"} <= found["xsignal-startup-native"][1]
    assert {"label-undefined", "compared-unlike", "members-under", "share-kept"} <= found["global-big-tech"][1]
    assert "parts-kept" in found["a16z-mobile-abroad"][1]
    assert not [name for name, (_, rules) in found.items() if "parts-off" in rules or "population-off" in rules]


def test_on_the_seed_alone_unlike_lists_and_labels_are_found(seed: list[Checked], seed_graph: Graph) -> None:
    reader = Reader(seed_graph)
    against = [(c.findings[0].rule.name, [n.rpartition("/id/")[2] for n in c.nodes]) for c in seed[14:]]
    assert ("lists-unlike", ["ranking/aicpb-china-top-20", "ranking/global-overall-2025"]) in against
    assert ("label-beside-threshold", ["assessment/openai-startup", "criterion/big-tech-market-value"]) in against
    assert [nodes for rule, nodes in against if rule == "one-date-untold"] == [
        ["event/manus-china-layoffs-2025", "event/manus-left-mainland-china"]
    ]
    assert [rule for rule, _ in against].count("lists-unlike") == 6
    unlike = next(c for c in seed if c.nodes[0].endswith("ranking/aicpb-china-top-20"))
    assert (
        unlike.findings[0]
        .say(reader)
        .startswith(
            "unlike: criterion big tech, by market value over 50 billion yuan / big tech, as used of the worldwide list"
        )
    )


def test_the_report_has_a_section_of_counts_and_one_of_contradictions(seed: list[Checked], seed_graph: Graph) -> None:
    one, two = sections(seed, Reader(seed_graph))
    assert [(s.key, len(s.table.rows)) for s in (one, two)] == [("claims", 14), ("contradictions", len(seed) - 14)]
    assert (one.sources, one.coverage) == (("source/seed-2025-10-24",), "2025-10-24")
    shown = one.for_people("zh-hans")
    assert shown.said(str(shown.rows[-1][0])) == "来源自身算错"
    assert set(one.queries) | set(two.queries) <= set(queries.names())


def test_every_aggregate_is_listed_once(graph: Graph) -> None:
    found = [c.nodes[0] for c in claims(graph, Reader(graph)) if "/aggregate/" in c.nodes[0]]
    told = {row["aggregate"] for row in _rows(graph)}
    assert len(found) == len(set(found)) == len(told) == 14


def _rows(graph: Graph) -> list[dict[str, str]]:
    from graph import asking

    return asking.records(graph, "reported-aggregates")


# The command


def test_claims_are_chosen_by_thing_source_and_verdict(graph: Graph) -> None:
    opened = Opened(graph)
    by_thing = opened.claims("ByteDance")
    assert "aggregate/qimai-downloads-bytedance" in {c.nodes[0].rpartition("/id/")[2] for c in by_thing}
    assert opened.claims("aggregate/xsignal-startup-native")[0].verdict == WRONG
    assert {c.verdict for c in opened.claims(verdict=UNFIT)} == {UNFIT}
    seed = opened.claims(source="seed-2025-10-24")
    assert seed == opened.claims(source="source/seed-2025-10-24")
    assert all(any(s.source.endswith("/seed-2025-10-24") for s in c.told) for c in seed)


def test_a_source_that_is_not_here_is_an_error(graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="there is no source 'source/nowhere'; see `chuhai sources`"):
        Opened(graph).claims(source="nowhere")


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        (
            "en",
            "Arithmetic wrong in the source itself · 1",
            "– 7 of 20 is 35 %, printed as about 33.3 %: 1.7 points apart",
        ),
        ("zh", "来源自身算错 · 1", "– 7/20 为 35%，印作约33.3%，相差 1.7 个百分点"),
    ],
)
def test_the_screen_groups_claims_by_verdict(
    run: Callable[..., Result], language: str, heading: str, line: str
) -> None:
    result = run("claims", "--lang", language)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == heading
    assert line in [each.strip() for each in lines]


def test_the_screen_fits_eighty_columns(run: Callable[..., Result]) -> None:
    from graph.terminal import width

    for language in ("en", "zh"):
        assert max(map(width, run("claims", "--lang", language).stdout.splitlines())) <= 80


def test_the_table_holds_bounds_rules_and_sources(run: Callable[..., Result]) -> None:
    import csv

    text = run("claims", "aggregate/a16z-mobile-abroad", "--format", "csv").stdout
    (row,) = csv.DictReader(text.splitlines())
    assert (row["verdict"], row["reported"], row["low"], row["high"]) == (UNCHECKED, "19", "0", "22")
    assert row["sources"] == "source/seed-2025-10-24 ¶15"
    assert row["rules"] == "undecided; unnamed; parts-kept"


def test_what_was_not_published_yet_is_not_checked(run: Callable[..., Result]) -> None:
    assert run("claims", "--known-by", "2025-09").stdout.count("aicpb") == 0
    assert "aicpb" in run("claims", "--known-by", "2025-11").stdout


def test_nothing_of_a_kind_is_said_in_words(run: Callable[..., Result]) -> None:
    assert run("claims", "--verdict", DIFFERS).stdout == "no claim of that kind\n"
    assert run("claims", "--verdict", "differs", "--format", "csv").stdout.count("\n") == 1
