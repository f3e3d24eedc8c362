"""Made-up facts with something of everything that an export must keep, and how exports are written and read."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from folders import argued, cut, folder, invested, moved, raised, said, source
from pyarrow import parquet

from graph.opened import Opened
from graph.sinks.export import Choice, write

HOSTILE = "<img src=x onerror=hit()> | [a](javascript:hit()) \u202e=1+1"
DATASET = {
    "dataset": {
        "id": "https://data.example/acme", "title": {"en": "All of Acme"}, "description": {"en": "Made up."},
        "version": "2025-03-01", "licence": "https://licence.example/", "publisher": "organization/daily",
    }
}  # fmt: skip
PARTS = ("This is a part of it: ", "2025-03-01")
NAMES = {"graphml": "a.graphml", "gexf": "a.gexf", "turtle": "a.ttl", "trig": "a.trig", "n-quads": "a.nq"}


def made(path: Path) -> Path:
    """A folder of facts with a dispute, a denial, an opinion, a decision, a date of each kind, and a hostile label."""
    told = (
        source(
            "one",
            moved(when="2025-05"),
            raised("two", when="2024", amount="about USD 2500000.5", about="event/acme-round"),
            invested("three", "bolt"),
            said("four", about="membership/ada", type="Membership", person="person/ada",
                 organization="organization/acme", role=["founder", "chair"], since="2021"),
        ),
        source("two", moved(to="place/japan", when="2025-05"), argued("two"), publisher="organization/herald"),
        source("three", moved(kind="denial", denies="one#one"), published="2025-02-01", publisher="organization/bolt"),
        source("four", cut(when="2025-06"), published="undated", copyOf="source/one"),
    )  # fmt: skip
    entries: list[Any] = [
        {"id": "organization/acme", "label": {"en": HOSTILE, "zh-hans": "艾克|米"}, "alias": {"en": ["A|B", "C\\D"]}},
        *("organization/bolt", "organization/daily", "organization/gazette", "organization/herald", "person/ada"),
    ]
    decided = {"choose": "two#one", "on": "event/acme-move", "property": "toPlace"}
    why = {"reason": {"en": "It says so itself."}, "decided": "2025-02-02"}
    facts = folder(path, *told, things=entries, editorial={"decisions": [{**decided, **why}]})
    (facts / "dataset.yaml").write_text(json.dumps(DATASET), encoding="utf-8")
    return facts


def exported(opened: Opened, room: Path, form: str, choice: Choice = Choice(), **wishes: bool) -> Path:  # noqa: B008
    """The file or folder that an export wrote."""
    out = room / NAMES.get(form, form)
    assert write(opened, out, form, choice, **wishes).startswith(f"{out}: ")
    return out


def text_of(out: Path) -> str:
    """All that an export says of itself and holds, as a text."""
    if out.is_dir():
        out /= "datapackage.json"
    return out.read_text(encoding="utf-8")


def rows_of(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, read by the tool for its format; cells of CSV by the fields of the data package."""
    if (path := out / f"{name}.parquet").exists():
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
        return rows
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def package_of(out: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((out / "datapackage.json").read_bytes())
    return package
