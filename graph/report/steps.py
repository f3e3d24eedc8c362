"""The steps of the article's argument: each a question, what the article says, and what the graph gives.

What the article says are its own statements in the graph, named here by their keys; no text of it stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.report import apps, checks, editions, lists, measured, money, moving, people, standing
from graph.report.parts import Heading, Listing, Paragraph, Part
from graph.report.tell import Teller
from ontology import Labels

ARTICLE = "source/seed-2025-10-24"
"""The document whose argument the report retells."""


@dataclass(frozen=True)
class Step:
    """One step: `tells` are given the teller and the keys of the claims."""

    key: str
    question: Labels
    claims: tuple[str, ...]
    tells: tuple[Callable[[Teller, tuple[str, ...]], list[Part]], ...]


def told(t: Teller) -> list[Part]:
    """All steps, in order; before them each question with the first thing that the graph gives."""
    parts: list[Part] = []
    short: list[tuple[str, tuple[int, ...]]] = []
    for step in STEPS:
        question = t.say(step.question)
        given = [part for tell in step.tells for part in tell(t, step.claims)]
        first = next(part.text for part in given if isinstance(part, Paragraph) and part.role == "finding")
        short.append((f"{question} {first}" if t.language == "en" else question + first, ()))
        parts += [Heading(step.key, question), *t.claims(step.claims), *given]
    return [Listing(tuple(short), "short"), *parts]


def _without(tell: Callable[[Teller], list[Part]]) -> Callable[[Teller, tuple[str, ...]], list[Part]]:
    return lambda t, _: tell(t)


def _overseas(*keys: str) -> Callable[[Teller, tuple[str, ...]], list[Part]]:
    return lambda t, _: measured.overseas(t, *keys)


_WORLD = ("opinion-s043", "global-non-chinese", "global-big-tech", "global-small", "chatgpt-first")

STEPS = (
    Step(
        "step-figures",
        {"en": "Do the article's own figures hold?", "zh-hans": "文章自己的数字成立吗？"},
        ("opinion-s001", "forecast-s030"),
        (_without(checks.article),),
    ),
    Step(
        "step-home",
        {"en": "Do products of big tech lead the lists at home?", "zh-hans": "国内榜单由大厂产品领先吗？"},
        (
            "opinion-s113", "opinion-s168", "aicpb-china-big-tech", "xsignal-native", "xsignal-upgraded",
            "xsignal-startup", "qimai-bytedance", "qimai-alibaba", "qimai-two", "qimai-revenue-big-tech",
        ),
        (
            lambda t, claims: lists.reported(t, "home-lists", claims, _WORLD),
            lambda t, _: editions.largest(t, "largest-home", True),
        ),
    ),
    Step(
        "step-world",
        {"en": "Are worldwide lists the reverse of those at home?", "zh-hans": "全球榜单与国内相反吗？"},
        _WORLD,
        (
            lambda t, claims: lists.reported(t, "world-lists", claims),
            _without(lists.apart),
            lambda t, _: editions.largest(t, "largest-world", False),
            _without(editions.change),
        ),
    ),
    Step(
        "step-variety",
        {"en": "Are fewer kinds of products on offer at home?", "zh-hans": "国内产品的品类更少吗？"},
        ("opinion-s174", "opinion-s175", "lovable-rank", "suno-entry", "opinion-s183"),
        (_without(apps.supply), _overseas("specialization")),
    ),
    Step(
        "step-inside",
        {"en": "Does big tech stand inside the startups?", "zh-hans": "大厂在创业公司之内吗？"},
        ("opinion-s057", "opinion-s058", "causal-s151"),
        (_without(money.inside), _without(standing.investors)),
    ),
    Step(
        "step-traffic",
        {"en": "Who bought traffic, and when?", "zh-hans": "谁在何时投流？"},
        ("causal-s068", "kimi-traffic", "bytedance-traffic", "tencent-traffic", "alibaba-traffic"),
        (_without(money.traffic),),
    ),
    Step(
        "step-births",
        {"en": "Are great new apps born less and less often?", "zh-hans": "国民级新应用的诞生越来越少吗？"},
        ("opinion-s122", "opinion-s124", "opinion-s126"),
        (_without(apps.births),),
    ),
    Step(
        "step-people",
        {"en": "Who is leaving?", "zh-hans": "谁在离开？"},
        ("zhipu-layoffs", "zhipu-departures", "zhipu-strategy-officer", "zhipu-operating-officer", "opinion-s024"),
        (_without(people.departures), _without(standing.employers), _overseas("ties")),
    ),
    Step(
        "step-moves",
        {
            "en": "Manus, HeyGen, Lovart: what moved, and when?",
            "zh-hans": "Manus、HeyGen、Lovart：什么迁了，何时迁的？",
        },
        (
            "manus-exit", "manus-layoff", "manus-hiring", "heygen-deregistration", "heygen-move", "lovart-headquarters",
            "manus-epitome", "opinion-s164",
        ),
        (_without(moving.facets), _overseas("facets"), moving.differences),
    ),
    Step(
        "step-markets",
        {"en": "Where are the markets?", "zh-hans": "市场在哪里？"},
        (
            "opinion-s165", "a16z-mobile-chinese", "a16z-mobile-home", "a16z-mobile-abroad", "lovart-users",
            "lovart-revenue", "opinion-s152", "opinion-s153",
        ),
        (lambda t, claims: lists.reported(t, "markets-of-lists", claims), _without(apps.markets), _overseas("markets")),
    ),
    Step(
        "step-capital",
        {"en": "Does capital from abroad go with a move?", "zh-hans": "外资与迁移相伴吗？"},
        ("foreign-capital",),
        (_without(money.capital), _overseas("capital")),
    ),
    Step(
        "step-pull",
        {"en": "How many go abroad, and where to?", "zh-hans": "有多少迁往海外，迁往何处？"},
        ("opinion-s031", "opinion-s086", "forecast-s166"),
        (_without(moving.flows), _overseas("flows", "rates", "ranks", "gravity")),
    ),
)  # fmt: skip
