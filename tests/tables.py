"""Tables and mappings for tests of import."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from folders import folder
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph import sources, store
from graph.build import n_quads
from graph.sources.importing import Outcome
from graph.sources.tables import REASON
from graph.terms import iri
from ontology import CHUHAI, RDF_TYPE, RESOLVED, compact, local

HEAD = {
    "kind": "dataset",
    "title": {"en": "Table"},
    "url": "https://table.example/",
    "publisher": "organization/daily",
    "published": "undated",
    "language": "en",
}
ROUND = {
    "name": "round",
    "about": "event/{prefix}-{id}",
    "type": "FundingRound",
    "organization": "organization/acme",
    "amount": "{amount}",
    "when": "{day}",
}
TENURE = {
    "name": "hq",
    "about": "tenure/{prefix}-{id}",
    "type": "HeadquartersTenure",
    "organization": "organization/acme",
    "place": "{place}",
}


def mapping(path: Path, *statements: dict[str, Any], **top: Any) -> str:
    """Write a mapping of these statements and return its path; other keys stand beside them."""
    entries = {"prefix": "t", "source": HEAD, "statements": list(statements), **top}
    path.mkdir(exist_ok=True)
    file = path / "mine.yaml"
    file.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return str(file)


def write(path: Path, columns: list[str], *rows: list[str], encoding: str = "utf-8") -> Path:
    """Write a CSV and return its path."""
    with open(path, "w", encoding=encoding, newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        writer.writerows([columns, *rows])
    return path


def cells(room: Path, *texts: str, column: str = "amount", **top: Any) -> list[tuple[str, str]]:
    """Import a table with these texts in a column: for each the outcome of its row and what it says, or why not."""
    facts = room / "facts"
    if not facts.exists():
        folder(facts)
    statement = {"amount": ROUND, "day": ROUND, "place": TENURE}[column]
    shown = {key: value for key, value in statement.items() if value != f"{{{column}}}" or key in statement}
    for other in {"amount", "day", "place"} - {column}:
        shown = {key: value for key, value in shown.items() if value != f"{{{other}}}"}
    table = write(room / "table.csv", ["id", column], *([str(at), text] for at, text in enumerate(texts, 1)))
    account = room / "account.csv"
    done = sources.bring_file(
        table, mapping(room, shown, key=["id"], **top), facts, rejects=room / "rejects.csv", account=account
    )
    assert_adds_up(done, len(texts))
    with open(account, encoding="utf-8", newline="") as file:
        told = {row["row"]: (row["outcome"], row["why"]) for row in csv.DictReader(file)}
    found = []
    said = statements(facts)
    for at in range(1, len(texts) + 1):
        outcome, why = told.get(str(at), ("imported", ""))
        what = said.get(f"event/t-{at}", said.get(f"tenure/t-{at}", ""))
        found.append((outcome, why if outcome == "rejected" else what))
    return found


def statements(facts: Path, source: str = "mine") -> dict[str, str]:
    """What the statements of an import say by what they are about: value after value, in order of property."""
    shown = ("amount", "currency", "amountQualifier", "notBefore", "notAfter", "place", "paraphrase")
    found: dict[str, dict[str, str]] = {}
    for quad in parse(path=facts / "imports" / source / "statements.nq", format=RdfFormat.N_QUADS):
        value = quad.object.value if isinstance(quad.object, Literal) else local(iri(quad.object))
        if local(iri(quad.predicate)) == "about":
            value = compact(iri(quad.object))
        found.setdefault(str(quad.subject), {})[local(iri(quad.predicate))] = value
    return {
        values["about"]: " ".join(values[name] for name in shown if name in values)
        for values in found.values()
        if "about" in values
    }


def assert_adds_up(done: Outcome, rows: int) -> None:
    """Every row ended in one of four ways."""
    counts = dict(done.manifest["rows"])
    assert counts.pop("read") == sum(counts.values()) == rows


def mend(rejects: Path, column: str, value: str) -> None:
    """Write a value into a column of every rejected row."""
    with open(rejects, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row[REASON] for row in rows)
    write(rejects, list(rows[0]), *([value if name == column else text for name, text in row.items()] for row in rows))


def whole(facts: Path) -> bytes:
    """The graph of a folder of facts with its imports, as N-Quads."""
    return b"".join(n_quads(store.in_memory(facts).quads))


def held(facts: Path, type_name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The nodes of a class that are held to be so, by identifier: their values by property, identifiers short."""
    quads, graph = store.in_memory(facts).quads, NamedNode(RESOLVED)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for typed in quads.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(CHUHAI + type_name), graph):
        values: dict[str, tuple[str, ...]] = {}
        for quad in quads.quads_for_pattern(typed.subject, None, None, graph):
            value = quad.object.value if isinstance(quad.object, Literal) else compact(iri(quad.object))
            name = local(iri(quad.predicate))
            values[name] = (*values.get(name, ()), value)
        found[compact(iri(typed.subject))] = values
    return found
