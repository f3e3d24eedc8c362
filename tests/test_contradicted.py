"""Every rule on statements that are set against one another, on one graph in which each of them fires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from folders import THINGS, Statement, cut, folder, moved, raised, said, source

from graph.aggregates import Known
from graph.contradictions import contradictions
from graph.reading import Reader
from graph.store import Graph, in_memory

MORE = (
    "ranking/half", "ranking/other", "ranking/whole", "criterion/startup", "criterion/late", "criterion/fair",
    "product/gizmo",
)  # fmt: skip


def milestone(key: str, subtype: str, when: str | None) -> Statement:
    about = {"about": f"event/{subtype}", "product": "product/widget", "subtype": subtype}
    return said(key, type="ProductMilestone", when=when, **about)


def facet(key: str, kind: str, case: str, when: str, **more: Any) -> Statement:
    """A facet of a case: a move or a layoff."""
    return (moved if kind == "move" else cut)(
        key, about=f"event/case-{case}-{kind}", case=f"case/{case}", when=when, **more
    )


def entry(key: str, ranking: str, product: str, **values: Any) -> Statement:
    about = {"about": f"entry/{key}", "ranking": f"ranking/{ranking}", "product": f"product/{product}"}
    return said(key, type="RankingEntry", **about, **values)


def ordered(key: str, first: str | None, then: str | None) -> list[Statement]:
    """A source says that one event came before another; both with their dates."""
    before = moved(f"{key}-a", about=f"event/{key}-a", when=first, before=f"event/{key}-b")
    return [before, cut(f"{key}-b", about=f"event/{key}-b", when=then)]


def share(key: str, ranking: str, criterion: str = "criterion/big", **more: Any) -> Statement:
    counted = {"criterion": criterion, "count": "1", "outOf": "2", **more}
    return said(key, type="ReportedAggregate", about=f"aggregate/{key}", ranking=f"ranking/{ranking}", **counted)


SOURCES: dict[str, list[Statement]] = {
    "a": [
        moved("dated", when="2024-05"),
        raised("worth", amount="USD 50000000", when="2020-01"),
        milestone("made", "creation", "2024"), milestone("undated", "creation", None),
        milestone("shown", "public-launch", "2023"),
        *ordered("kept", "2024-05", "2024-07"), *ordered("refuted", "2025-05", "2024-07"),
        *ordered("touching", "2024-07-10", "2024-07-10"), *ordered("half", "../2024-05", None),
        *ordered("open", "2025/..", "../2024"), *ordered("none", None, None),
        *ordered("late", None, "2024-07"), *ordered("bare", "2024-07", None),
        facet("one", "move", "acme", "2023"), facet("two", "cut", "acme", "2023"),
        facet("three", "move", "other", "2023", words="then"), facet("four", "cut", "other", "2023", words="then"),
        said("list", type="Ranking", about="ranking/top", size="10", metric="downloads", scope="place/japan",
             when="2025"),
        said("list-other", type="Ranking", about="ranking/other", metric="revenue", scope="place/japan"),
        entry("second", "top", "widget", position="2"), entry("also", "top", "gadget", position="2"),
        entry("beyond", "top", "gizmo", position="11"),
        entry("behind", "other", "widget", position="5", aheadOf="product/gadget"),
        entry("before", "other", "gadget", position="3"),
        share("top-share", "top", share="0.5"), share("other-share", "other", share="0.5"),
        share("fair-share", "other", "criterion/fair", share="0.5", population="criterion/late"),
        share("no-share", "other", "criterion/late"),
        said("counted", type="ReportedAggregate", about="aggregate/top-share", ranking="ranking/top",
             criterion="criterion/big", count="1"),
        said("startups", type="ReportedAggregate", about="aggregate/startups", criterion="criterion/startup", count="1",
             member="organization/acme"),
        said("line", type="Criterion", about="criterion/big", subtype="threshold", metric="market-value",
             threshold="CNY 50000000000"),
        said("called", type="CriterionAssessment", about="assessment/a", criterion="criterion/startup",
             subject="organization/acme", satisfied="true"),
        said("fair", type="CriterionAssessment", about="assessment/b", criterion="criterion/fair",
             subject="organization/acme", satisfied="true"),
        said("argued", kind="opinion", about="criterion/late", paraphrase={"en": "Ever later.", "zh-hans": "愈晚。"}),
        said("more", kind="opinion", about="criterion/late", paraphrase={"en": "No.", "zh-hans": "非。"}),
        *(said(p, about=f"assessment/{p}", subject=f"product/{p}", type="CriterionAssessment",
               criterion="criterion/late", satisfied="true") for p in ("widget", "gadget")),
    ],
    "b": [
        moved("dated", when="2025-03"),
        raised("worth", amount="over USD 90000000", when="2022-01"),
        facet("one", "move", "other", "2023-02"), facet("two", "cut", "other", "2023-11"),
        milestone("made", "creation", "2024"),
        share("top-share", "top", share="0.9"),
        said("called", type="CriterionAssessment", about="assessment/a", criterion="criterion/startup",
             subject="organization/acme", satisfied="true"),
    ],
    "c": [
        moved("dated", when="2024/2025"), moved("undated"), raised("worth", organization="organization/acme"),
        *(said(name, type="Ranking", about=f"ranking/{name}", metric="downloads", scope=f"place/{place}", when=when)
          for name, place, when in (("half", "japan", "../2025"), ("whole", "united-states", "2024/.."))),
        share("half-share", "half", share="0.5"), share("whole-share", "whole", share="0.5"),
    ],
    "d": [moved("dated", when="../2023"), moved("again", when="2024-05/.."),
          *(moved(f"till-{month}", when=f"2024-05/2024-{month}") for month in ("06", "07", "08", "09")),
          *(raised(f"worth-{number}", amount=f"USD {number}0000000") for number in (4, 3, 2, 1))],
    "e": [moved("dated", when="../2025"), cut("undated", about="event/open-a", type="HeadquartersMove", subtype=None)],
}  # fmt: skip
"""What five documents of different publishers say."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    publishers = ("organization/daily", "organization/herald", "organization/gazette", "organization/bolt",
                  "organization/acme")  # fmt: skip
    told = zip(SOURCES.items(), publishers, strict=True)
    files = [source(slug, *statements, publisher=publisher) for (slug, statements), publisher in told]
    things = (*THINGS, *MORE, "case/other")
    built = in_memory(folder(tmp_path_factory.mktemp("contradicted") / "facts", *files, things=things))
    yield built
    built.index.close()


def fired(graph: Graph, language: str) -> dict[str, list[tuple[str, str, str]]]:
    """By rule what is said, of what, and by which statements."""
    reader = Reader(graph, language)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for claim in contradictions(Known(graph, reader)):
        (finding,) = claim.findings
        nodes = " ".join(iri.partition("/id/")[2] for iri in claim.nodes)
        told = " ".join(statement.iri.rpartition("/")[2] for statement in claim.told)
        found.setdefault(finding.rule.name, []).append((finding.say(reader), nodes, told))
    return found


def test_every_rule_says_what_it_found_of_what_and_by_which_statements(graph: Graph) -> None:
    assert fired(graph, "en") == {
        "dates-apart": [
            (
                (
                    "dated by 2023 / 2024 to 2025 / May 2024 or later / May 2024 / May 2024 to June 2024 / "
                    "May 2024 to July 2024 / May 2024 to August 2024 / May 2024 to September 2024 / March 2025: "
                    "these do not overlap"
                ),
                "event/acme-move",
                "a#dated b#dated c#dated d#again d#dated d#till-06 d#till-07 d#till-08 d#till-09",
            ),
            ("dated January 2020 / January 2022: these do not overlap", "event/acme-round", "a#worth b#worth"),
        ],
        "values-apart": [
            (
                (
                    "amount: USD 10 million / USD 20 million / USD 30 million / USD 40 million / USD 50 million / "
                    "over USD 90 million cannot all be true"
                ),
                "event/acme-round",
                "a#worth b#worth d#worth-1 d#worth-2 d#worth-3 d#worth-4",
            ),
        ],
        "effect-before-cause": [
            (
                "dated 2023, what it follows from or is part of 2024",
                "event/public-launch event/creation",
                "a#shown a#made b#made",
            ),
        ],
        "order-refuted": [
            ("said to come first, but dated 2025 or later against by 2024", "event/open-a event/open-b", "a#open-a"),
            (
                "said to come first, but dated May 2025 against July 2024",
                "event/refuted-a event/refuted-b",
                "a#refuted-a",
            ),
        ],
        "one-date-for-two": [
            (
                "one date (then) covers both facets, which lie apart: November 2023 and February 2023",
                "event/case-other-cut event/case-other-move",
                "a#four a#three",
            ),
        ],
        "ranks-apart": [
            ("rank 5 against 3", "entry/behind entry/before", "a#behind a#before"),
            ("rank 2 against 2", "entry/also entry/second", "a#also a#second"),
            ("rank 11 against 10", "entry/beyond", "a#beyond"),
        ],
        "lists-unlike": [
            (
                "unlike: metric revenue / downloads; period not stated / 2025",
                "ranking/other ranking/top",
                "a#other-share a#top-share",
            ),
            (
                (
                    "unlike: criterion criterion/fair / criterion/big; metric revenue / downloads; "
                    "period not stated / 2025; population criterion/late / the whole list"
                ),
                "ranking/other ranking/top",
                "a#fair-share a#top-share",
            ),
            (
                "unlike: market Japan / United States; period by 2025 / 2024 or later",
                "ranking/half ranking/whole",
                "c#half-share c#whole-share",
            ),
        ],
        "label-beside-threshold": [
            (
                "the document draws the line at “criterion/big” and gives no market value here",
                "assessment/a criterion/big",
                "a#called a#line",
            ),
        ],
        "one-date-untold": [
            (
                "one date (2023) for both facets; nothing here tells them apart",
                "event/case-acme-cut event/case-acme-move",
                "a#two a#one",
            ),
        ],
        "order-untold": [
            ("said to come first; the dates (July 2024; undated) do not tell", "event/bare-a event/bare-b", "a#bare-a"),
            (
                "said to come first; the dates (by May 2024; undated) do not tell",
                "event/half-a event/half-b",
                "a#half-a",
            ),
            ("said to come first; the dates (undated; July 2024) do not tell", "event/late-a event/late-b", "a#late-a"),
            ("said to come first; the dates (undated; undated) do not tell", "event/none-a event/none-b", "a#none-a"),
            (
                "said to come first; the dates (10 July 2024; 10 July 2024) do not tell",
                "event/touching-a event/touching-b",
                "a#touching-a",
            ),
        ],
        "order-of-undated": [
            ("it speaks of an order in time; of 2 such things 1 have a date", "criterion/late", "a#argued"),
            ("it speaks of an order in time; of 2 such things 1 have a date", "criterion/late", "a#more"),
        ],
        "order-kept": [
            ("said to come first, and dated so: May 2024, then July 2024", "event/kept-a event/kept-b", "a#kept-a"),
        ],
    }


def test_what_is_compared_is_said_in_chinese_too(graph: Graph) -> None:
    found = {rule: [words for words, *_ in each] for rule, each in fired(graph, "zh-hans").items()}
    assert found["dates-apart"][1] == "所记时间 2020年1月 / 2022年1月，互不重叠"
    assert found["lists-unlike"] == [
        "口径不同：指标 收入 / 下载量；时期 未说明 / 2025年",
        (
            "口径不同：标准 criterion/fair / criterion/big；指标 收入 / 下载量；时期 未说明 / 2025年；"
            "总体 criterion/late / 全榜"
        ),
        "口径不同：市场范围 日本 / 美国；时期 2025年或之前 / 2024年或之后",
    ]
    assert found["one-date-untold"] == ["两个方面同用一个时间（2023年），此处无从区分"]
    assert found["order-untold"][1] == "称前者在先；所记时间（2024年5月或之前；无日期）无从判断"
