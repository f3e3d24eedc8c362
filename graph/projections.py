"""The catalogue of networks: which nodes of the resolved graph each is made of, and what its ties mean.

In every one, what did not happen or did not last is left out (moment.NOT_HAPPENED), and a tie is disputed where
a source denies the node behind it or sources differ on one of its ends; not where only its date or amount is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from graph.arrays import Pattern, every


class Words(NamedTuple):
    """A text for people."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """The text in the language of an open graph."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Projection:
    """One way to see the graph as a network.

    `patterns` are the nodes that are ties, all of the ontology's when empty. `sides` are the names of the two sides
    of a bipartite network, or the one kind of node of another; none where nodes of many kinds are mixed. `shared`
    marks a one-mode projection: the sources of the patterns, tied where they share a target.
    """

    name: str
    summary: Words
    weight: Words
    left_out: Words
    patterns: tuple[Pattern, ...] = ()
    sides: tuple[str, ...] = ()
    directed: bool = False
    shared: bool = False

    def ties(self) -> list[Pattern]:
        """The patterns, read from the ontology where the projection is of everything."""
        return list(self.patterns) or every()

    @property
    def bipartite(self) -> bool:
        """Whether every tie joins the first side with the second."""
        return len(self.sides) == 2


_NOTHING_ELSE = Words("nothing else", "别无其他")

PROJECTIONS = {
    projection.name: projection
    for projection in (
        Projection(
            "whole",
            Words(
                "every thing and every tie of the ontology: a directed multigraph, one edge a node of the graph",
                "本体中的全部事物与联系：有向多重图，图谱中每个节点为一条边",
            ),
            Words("1 each", "每条为 1"),
            Words("nothing else; exits of investors are ties here", "别无其他；投资方退出在此也算联系"),
            directed=True,
        ),
        Projection(
            "ownership",
            Words(
                "organization to organization: who controls or holds a stake in whom, and who bought whom",
                "组织指向组织：控制、持股与收购",
            ),
            Words("controls and purchases between the two", "两者间控制与收购关系的数目"),
            Words("licence-and-hire deals, which pass on no ownership", "授权与招揽交易（不转移所有权）"),
            (
                Pattern("Control", "controller", "organization"),
                Pattern("Acquisition", "acquirer", "organization", ("licence-and-hire",)),
            ),
            ("organization",),
            directed=True,
        ),
        Projection(
            "investment",
            Words("investor to company: who put money into whom, bipartite", "投资方与公司：谁投资了谁，二分图"),
            Words("investments of the one in the other", "前者对后者的投资次数"),
            Words("exits", "退出"),
            (Pattern("Investment", "investor", "organization", ("exit",)),),
            ("investor", "company"),
        ),
        Projection(
            "co-investment",
            Words(
                "investor with investor: members of the same rounds, a one-mode projection",
                "投资方与投资方：同一轮次的共同投资，单模投影",
            ),
            Words(
                "Newman's: the sum over shared rounds of 1 / (investors in the round - 1)",
                "纽曼权重：各共同轮次的 1 /（该轮投资方数 - 1）之和",
            ),
            Words("exits, and investments in no stated round", "退出，以及未载明轮次的投资"),
            (Pattern("Investment", "investor", "round", ("exit",)),),
            ("investor",),
            shared=True,
        ),
        Projection(
            "employment",
            Words("person to organization: posts held, bipartite", "人物与组织：任职，二分图"),
            Words("posts of the person at the organization", "该人在该组织的任职数"),
            _NOTHING_ELSE,
            (Pattern("Membership", "person", "organization"),),
            ("person", "organization"),
        ),
        Projection(
            "personnel-flow",
            Words(
                "organization to organization: persons who went from one to the other",
                "组织指向组织：人员由一方转往另一方",
            ),
            Words("moves", "流动次数"),
            Words("moves whose origin or destination is not told", "来处或去处未载明的流动"),
            (Pattern("PersonnelMove", "fromOrganization", "toOrganization"),),
            ("organization",),
            directed=True,
        ),
        Projection(
            "headquarters-flow",
            Words("place to place: moves of headquarters", "地点指向地点：总部迁移"),
            Words("moves", "迁移次数"),
            Words("moves whose origin or destination is not told", "迁出地或迁入地未载明的迁移"),
            (Pattern("HeadquartersMove", "fromPlace", "toPlace"),),
            ("place",),
            directed=True,
        ),
        Projection(
            "product-market",
            Words("product to place: where it is offered or used, bipartite", "产品与地点：在何处提供或使用，二分图"),
            Words("presences of the product in the place", "该产品在该地的市场存在数"),
            _NOTHING_ELSE,
            (Pattern("MarketPresence", "product", "place"),),
            ("product", "place"),
        ),
        Projection(
            "product-parent",
            Words("organization to product: who makes or operates it, bipartite", "组织与产品：由谁开发或运营，二分图"),
            Words("operations of the product by the organization", "该组织对该产品的运营关系数"),
            _NOTHING_ELSE,
            (Pattern("Operation", "organization", "product"),),
            ("organization", "product"),
        ),
    )
}
"""Every network by its name on the command line."""
