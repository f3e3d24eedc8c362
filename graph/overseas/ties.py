"""Ties of personnel within and across the border of home and abroad."""

from __future__ import annotations

from graph import migration
from graph.overseas.facts import Facts
from graph.overseas.words import WORDS
from graph.section import Section
from graph.writers import Cell


def ties(facts: Facts) -> Section:
    """E-I index of moves of people between organizations: of those at home, of those abroad, and of all."""
    told = facts.flows("people")
    placed = [flow for flow in told if flow.is_placed]
    home = facts.areas.home
    sides = [(flow.origin == home, flow.destination == home) for flow in placed]
    across = sum(one != other for one, other in sides)
    inside = {
        "home": sum(one and other for one, other in sides),
        "abroad": sum(not (one or other) for one, other in sides),
    }
    rows: list[list[Cell]] = []
    for group, internal in (*inside.items(), ("all", sum(inside.values()))):
        few = internal + across < migration.LEAST
        index = None if few else migration.external_internal(across, internal)
        rows.append([group, internal, across, index, "few cases" if few else None])
    return facts.section(
        "ties",
        {"en": "Personnel ties at home and abroad: E-I index", "zh-hans": "本土与海外的人员联系：E-I 指数"},
        ["group", "internal", "external", "index", "withheld"],
        rows,
        {
            "en": f"{len(placed)} of {len(told)} moves of people between organizations: those of which both "
            "headquarters are placed at that time",
            "zh-hans": f"{len(told)}次组织间人员流动中，双方当时总部均可定位的{len(placed)}次",
        },
        [
            {
                "en": "Ties across less ties within, by all ties: -1 all within, 1 all across (Krackhardt and Stern "
                "1988). A small group has few partners within, so its index is high for that alone. Withheld under "
                f"{migration.LEAST} ties.",
                "zh-hans": "（跨界联系−内部联系）÷全部联系：-1 全在内部，1 全部跨界（Krackhardt 与 Stern 1988）。"
                f"小群体内部对象少，指数因而偏高。联系不足{migration.LEAST}者不予给出。",
            }
        ],
        ("personnel-flows", "headquarters-tenures"),
        {"PersonnelMove": [flow.node for flow in placed]},
        WORDS,
    )
