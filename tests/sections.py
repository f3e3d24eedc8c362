"""Facts on the pull overseas, and the sections made from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from folders import THINGS, Statement, folder, said, source
from pyoxigraph import NamedNode

from graph.opened import Opened
from graph.section import Section
from graph.store import in_memory
from graph.writers import plain
from ontology import compact

LATE = {"published": "2026-01-01"}
MADE = said("made", about="operation/a", type="Operation", organization="organization/acme", product="product/gadget")
"""Acme makes Gadget."""


def entity(key: str, subtype: str, place: str, **values: Any) -> Statement:
    """A statement of a change of a legal entity of Acme."""
    told = {"type": "LegalEntityChange", "about": f"event/{key}", "organization": "organization/acme"}
    return said(key, **told, subtype=subtype, place=place, status="completed", **values)


def built(path: Path, *stated: Statement, things: Sequence[str | Statement] = THINGS) -> Opened:
    """Build a folder of one source that says so."""
    return Opened(in_memory(folder(path, source("one", *stated, **LATE), things=things)))


def rows(section: Section) -> list[list[Any]]:
    """The rows of a section with identifiers in short."""
    return [[compact(c.value) if isinstance(c, NamedNode) else plain(c) for c in row] for row in section.table.rows]


def flows(opened: Opened, kind: str, **options: Any) -> list[list[Any]]:
    """The rows of flows of a kind: origin, destination, year, how many, how many possibly."""
    return [row[1:] for row in rows(opened.overseas("flows", **options)["flows"]) if row[0] == kind]
