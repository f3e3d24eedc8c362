"""Networks and tables that go out are read back by networkx, csv and pyarrow and found the same."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from exports import HOSTILE, exported, package_of, rows_of
from folders import argued, folder, source

from graph.opened import Opened
from graph.sinks.part import things
from graph.store import Graph, in_memory
from ontology import ID, ONTOLOGY, REGISTER

# Networks


def read_network(out: Path) -> Any:
    return nx.read_gexf(out) if out.suffix == ".gexf" else nx.read_graphml(out, edge_key_type=str)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_has_every_thing_and_every_edge_of_the_ontology(acme: Opened, tmp_path: Path, form: str) -> None:
    read = read_network(exported(acme, tmp_path, form))
    assert set(read.nodes) == {iri.removeprefix(ID) for iri in things(acme.graph)}
    assert sorted(read.edges(keys=True)) == [
        ("organization/acme", "place/beijing", "tenure/acme-move-origin"),  # derived
        ("organization/acme", "place/japan", "event/acme-move"),
        ("organization/acme", "place/japan", "tenure/acme-move-destination"),
        ("organization/bolt", "organization/acme", "event/three"),
        ("person/ada", "organization/acme", "membership/ada"),
    ]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_nodes_and_edges_of_a_network_say_what_is_known(acme: Opened, tmp_path: Path, form: str) -> None:
    read = read_network(exported(acme, tmp_path, form))
    acme = {
        name: value for name, value in read.nodes["organization/acme"].items() if name not in ("node_default", "spells")
    }
    assert acme.pop("label_en") == acme.pop("label") == HOSTILE.replace("\u202e", "")
    assert acme == {
        "type": "Organization", "label_zh": "艾克|米", "not_before": "2021-01-01", "not_after": "2025-06-30",
        "sources": 3,
    }  # fmt: skip
    move = read.edges["organization/acme", "place/japan", "event/acme-move"]
    assert {name: move[name] for name in ("type", "node", "not_before", "not_after", "sources", "disputed")} == {
        "type": "HeadquartersMove", "node": "event/acme-move", "not_before": "2025-05-01", "not_after": "2025-05-31",
        "sources": 2, "disputed": True,
    }  # fmt: skip
    post = read.edges["person/ada", "organization/acme", "membership/ada"]
    assert (post["label"], post["not_before"], post["disputed"]) == ("holds or held a role at", "2021-01-01", False)
    if form == "gexf":
        assert move["spells"] == [("2025-05-01", "2025-05-31")]
        assert post["spells"] == [("2021-01-01", "None")]  # as networkx reads an open end


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_of_the_packaged_facts_is_what_the_networks_are_made_of(
    graph: Graph, tmp_path: Path, form: str
) -> None:
    from graph.networks import every_edge

    read = read_network(exported(Opened(graph), tmp_path, form))
    edges = every_edge(graph)
    assert len(edges) == read.number_of_edges() > 50
    found = {(one, other, values["node"], values["disputed"]) for one, other, values in read.edges(data=True)}
    assert found == {(edge.source, edge.target, edge.node, edge.disputed) for edge in edges}


# Tables


def listed(cell: str) -> list[str]:
    """The values of a list in a cell of CSV, by the documented rule."""
    return [re.sub(r"\\(.)", r"\1", each) for each in re.findall(r"(?:\\.|[^|\\])+", cell)]


def test_a_table_has_the_properties_of_its_class(acme: Opened, tmp_path: Path) -> None:
    out = exported(acme, tmp_path, "parquet")
    (row,) = rows_of(out, "funding-round")
    assert row.pop("notBefore").isoformat() == "2024-01-01" and row.pop("notAfter").isoformat() == "2024-12-31"
    held = {name: value for name, value in row.items() if value not in (None, [])}
    assert held == {
        "id": "event/acme-round", "organization": "organization/acme", "amount": Decimal("2500000.5"),
        "currency": "USD", "amountQualifier": "about", "sources": ["source/one"],
    }  # fmt: skip
    (move,) = rows_of(out, "headquarters-move")
    assert (move["toPlace"], move["disputed"]) == ("place/japan", ["toPlace"])
    assert (move["deniedIn"], move["sources"]) == (["source/three#one"], ["source/one", "source/two"])
    acme = next(row for row in rows_of(out, "organization") if row["id"] == "organization/acme")
    assert (acme["label_en"], acme["label_zh_hans"]) == (HOSTILE, "艾克|米")
    assert acme["alias_en"] == ["A|B", "C\\D"]
    assert next(row for row in rows_of(out, "source") if row["id"] == "source/four")["derivedFrom"] == ["source/one"]
    (decision,) = rows_of(out, "decision")
    assert (decision["chosen"], decision["decidedProperty"]) == (["source/two#one"], ["toPlace"])
    assert {row["source"]: row["statementKind"] for row in rows_of(out, "statement")}["source/three"] == "denial"


@pytest.mark.parametrize("packaged", [False, True])
def test_csv_and_parquet_say_the_same_and_lose_no_value(
    acme: Opened, graph: Graph, tmp_path: Path, packaged: bool
) -> None:
    opened = Opened(graph) if packaged else acme
    comma, columns = exported(opened, tmp_path, "csv"), exported(opened, tmp_path, "parquet")
    values = 0
    for table in package_of(comma)["resources"]:
        fields = [field["name"] for field in table["schema"]["fields"]]
        of_property = {field["name"] for field in table["schema"]["fields"] if "rdfType" in field}
        rows = rows_of(columns, table["name"])
        for one, other in zip(rows_of(comma, table["name"]), rows, strict=True):
            assert list(one) == list(other) == fields
            for name in fields:
                assert same(one[name], other[name]), (one["id"], name)
                found = other[name] if isinstance(other[name], list) else [other[name]]
                values += sum(value is not None for value in found) if name in of_property else 0
    quads = (q for q in opened.graph.quads if q.predicate != pyoxigraph.NamedNode(str(rdflib.RDF.type)))
    held = [q for q in quads if q.graph_name.value not in (ONTOLOGY, REGISTER) and "/concept/" not in q.subject.value]
    assert values == len(held)


def same(text: str, value: Any) -> bool:
    if isinstance(value, list):
        return listed(text) == [str(each) for each in value]
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    return Decimal(text) == value if isinstance(value, Decimal) else text == ("" if value is None else str(value))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_data_package_says_what_its_tables_hold(acme: Opened, tmp_path: Path, form: str) -> None:
    out = exported(acme, tmp_path, form)
    package = package_of(out)
    assert (package["version"], package["licenses"]) == ("2025-03-01", [{"path": "https://licence.example/"}])
    assert {path.name for path in out.iterdir()} == {"datapackage.json", *(r["path"] for r in package["resources"])}
    ids = {table["name"]: [row["id"] for row in rows_of(out, table["name"])] for table in package["resources"]}
    keys = 0
    for table in package["resources"]:
        assert table["bytes"] == (out / table["path"]).stat().st_size
        assert len(set(ids[table["name"]])) == len(ids[table["name"]]) > 0
        for key in table["schema"].get("foreignKeys", []):
            known = ids[key["reference"]["resource"] or table["name"]]
            for row in rows_of(out, table["name"]):
                keys += bool(row[key["fields"][0]])
                assert row[key["fields"][0]] in (None, "", *known)
    assert keys > 10


def test_a_spreadsheet_gets_no_formula_and_others_every_character(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@a", "\ta", "\ra", 'a"b,\nc', "a\rb", "'=1"]
    entries = [{"id": f"organization/a{n}", "label": {"en": text}} for n, text in enumerate(texts)]
    beside = {"id": "organization/daily", "label": {"en": "Daily"}}
    opened = Opened(in_memory(folder(tmp_path / "facts", source("one", argued(about="organization/a1")),
                                     things=[*entries, beside])))  # fmt: skip
    kept = [row["label_en"] for row in rows_of(exported(opened, tmp_path, "csv"), "organization")]
    assert kept == [*texts, "Daily"]
    out = exported(opened, tmp_path, "csv", for_spreadsheet=True)
    assert (out / "organization.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    shown = [row["label_en"] for row in rows_of(out, "organization")]
    assert shown == ["'=1+1", "'+1", "'-1", "'@a", "'\ta", "'\ra", 'a"b,\nc', "a\rb", "'=1", "Daily"]
    assert "apostrophe" in package_of(out)["description"]
