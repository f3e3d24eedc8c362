"""What the graph cannot tell of the pull overseas."""

from __future__ import annotations

from graph.overseas.facts import Facts
from graph.section import Section
from ontology import Labels

_NOTES: tuple[Labels, ...] = (
    {
        "en": "How many startups leave: sources write of those that do, and nobody lists all that could.",
        "zh-hans": "有多少初创公司离开：来源书写离开者，而无人列出所有可能离开者。",
    },
    {
        "en": "Why they leave: reasons stand in the graph as statements of who gave them, never as edges "
        "(chuhai query arguments).",
        "zh-hans": "为何离开：理由在图谱中是提出者的陈述，从不作为关系（chuhai query arguments）。",
    },
    {
        "en": "Where people live: a move between organizations is placed by their headquarters.",
        "zh-hans": "人员居于何处：组织间流动按双方总部定位。",
    },
    {
        "en": "How much money goes where: amounts belong to rounds, and no source splits them by place.",
        "zh-hans": "资金各流向多少：金额属于轮次，无来源按地点拆分。",
    },
    {
        "en": "What was not told: no row means that no source here states it, not that it did not happen.",
        "zh-hans": "未述之事：无记录只表示此处无来源述及，不表示未发生。",
    },
)


def limits(facts: Facts) -> Section:
    """The questions that stay open, as a section without rows."""
    return facts.section(
        "limits",
        {"en": "What this graph cannot tell", "zh-hans": "本图谱不能回答的问题"},
        [],
        [],
        {
            "en": f"{len(facts.seats.organizations)} organizations whose headquarters some source places",
            "zh-hans": f"有来源说明总部的{len(facts.seats.organizations)}个组织",
        },
        _NOTES,
        ("headquarters-tenures",),
        {"HeadquartersTenure": [t.node for one in facts.seats.organizations for t in facts.seats.of(one)]},
        {},
    )
