"""Small folders of facts on lists: editions of one list of four places, products with makers, values of these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from folders import Statement, folder, said, source

from graph.opened import Opened
from graph.store import in_memory

PRODUCTS = tuple(f"product/{name}" for name in ("anchor", "brush", "cart", "drum", "easel", "flute"))
MAKERS = tuple(f"organization/{name}" for name in ("acme", "bolt", "corex", "daily"))
ONE, TWO = "ranking/top-2024", "ranking/top-2025"
THINGS = (
    *PRODUCTS, *MAKERS, ONE, TWO, "criterion/big", "criterion/acme-product",
)  # fmt: skip


def ranking(about: str = ONE, **values: Any) -> Statement:
    """A list of four places of the year in its name."""
    told = {"publisher": "organization/daily", "metric": "downloads", "scope": "place/global", "size": 4}
    return said(about[-4:], **{"about": about, "type": "Ranking", "when": about[-4:], **told, **values})


def listed(name: str, position: Any = None, about: str = ONE, **values: Any) -> Statement:
    """An entry of a product in a list."""
    key = f"{name}-{about[-4:]}"
    told = {"type": "RankingEntry", "about": f"entry/{key}", "product": f"product/{name}", "ranking": about}
    return said(key, **{**told, "position": position, **values})


def made(name: str, maker: str, **values: Any) -> Statement:
    """That an organization makes a product."""
    told = {"type": "Operation", "about": f"operation/{name}-{maker}", "product": f"product/{name}"}
    return said(f"{name}-{maker}", **{**told, "organization": f"organization/{maker}", **values})


def worth(maker: str, amount: str, when: str | None = "2024", **values: Any) -> Statement:
    """The market value of an organization."""
    told = {"type": "Observation", "about": f"observation/{maker}", "subject": f"organization/{maker}"}
    key = values.pop("key", f"{maker}-value")
    return said(key, **{**told, "metric": "market-value", "amount": amount, "when": when, **values})


def opened(path: Path, *statements: Statement, also: tuple[Statement, ...] = (), language: str = "en") -> Opened:
    """A graph of one source, and of a second one where it says something."""
    sources = [source("one", *statements)]
    if also:
        sources.append(source("two", *also, publisher="organization/acme", published="2026-01-01"))
    return Opened(in_memory(folder(path, *sources, things=THINGS)), language)
