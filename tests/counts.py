"""Facts on one list and a count of its members, and what is found of that count."""

from __future__ import annotations

from pathlib import Path

from folders import THINGS, Statement, folder, said, source

from graph.claims import claims
from graph.findings import Checked
from graph.reading import Reader
from graph.store import in_memory

LIST, BIG, COUNT = "ranking/top", "criterion/big", "aggregate/one"
MORE = (
    *("criterion/small", "criterion/here", "criterion/there", "criterion/both"),
    *("ranking/other", "ranking/before", "product/gizmo"),
)
OVER = {"subtype": "threshold", "metric": "market-value", "threshold": "CNY 50000000000"}


def counted(key: str = "count", **values: object) -> Statement:
    """A statement of a count in the list."""
    told = {"type": "ReportedAggregate", "about": COUNT, "ranking": LIST, "criterion": BIG, "kind": "reported-figure"}
    return said(key, **{**told, **values})


def ranked(size: int | None = 3, **values: object) -> Statement:
    """A statement of the list, of June 2025 unless told otherwise."""
    told = {"type": "Ranking", "about": LIST, "size": str(size) if size else None, "when": "2025-06"}
    return said("list", **{**told, **values})


def defined(about: str = BIG, key: str = "definition", **values: object) -> Statement:
    """A statement that says how a criterion is decided."""
    return said(key, type="Criterion", about=about, **values)


def listed(*products: str, ranking: str = LIST, ranks: bool = True) -> list[Statement]:
    """Entries of the list, from the first place on."""
    slug = ranking.partition("/")[2]
    return [
        said(
            f"entry-{slug}-{p}", type="RankingEntry", about=f"entry/{slug}-{p}", ranking=ranking,
            product=f"product/{p}", position=str(number) if ranks else None,
        )
        for number, p in enumerate(products, 1)
    ]  # fmt: skip


def checked(path: Path, *statements: Statement, about: str = COUNT) -> tuple[Checked, Reader]:
    """The claim about one aggregate."""
    small = in_memory(folder(path, source("one", *statements), things=(*THINGS, *MORE)))
    reader = Reader(small)
    return next(c for c in claims(small, reader) if c.nodes[0].endswith(f"/{about}")), reader


def fired(path: Path, *statements: Statement, about: str = COUNT) -> dict[str, str]:
    """What each rule that fires on an aggregate says."""
    claim, reader = checked(path, *statements, about=about)
    return {finding.rule.name: finding.say(reader) for finding in claim.findings}


def worth(metric: str, amount: str, when: str = "2025-05") -> Statement:
    """A statement of what Acme is worth."""
    told = {"subject": "organization/acme", "metric": metric, "amount": amount, "when": when}
    return said(f"worth-{metric}", type="Observation", about=f"observation/acme-{metric}", **told)
