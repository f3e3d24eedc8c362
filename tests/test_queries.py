"""Every named query: its whole answer, the same on each engine, and the rules that query texts keep."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import engines
import pytest
from engines import Engine
from folders import folder, moved, said, sat, source
from pyoxigraph import DefaultGraph, Quad, Store

import queries
from graph.errors import UsageError
from graph.store import Graph, in_memory

ANSWERS = sorted((Path(__file__).parent / "answers").glob("*.csv"))
"""One file an answer: `query.csv`, or `query--parameter=value,….csv` with + for the slash of an identifier."""

NAMES = list(queries.catalogue())
EMPTY_AT_FIRST = {"date-conflicts"}
"""Queries to which the first sources give no rows; each has a test on facts made for it."""


def request(path: Path) -> tuple[str, str]:
    """The query name, and the text with the parameters of an answer's file name put in."""
    name, _, given = path.stem.partition("--")
    values = dict(pair.split("=") for pair in given.split(",") if pair)
    return name, queries.named(name).bind({key: value.replace("+", "/") for key, value in values.items()})


def an_answer(name: str) -> str:
    """The bound text of the first asserted answer of a query."""
    return next(text for other, text in map(request, ANSWERS) if other == name)


def answer(graph: Graph, name: str, **values: str) -> list[list[str]]:
    """The rows of a named query on Oxigraph."""
    return engines.pyoxigraph(graph.quads)(queries.named(name).bind(values))[1]


@pytest.fixture(scope="session", params=list(engines.ENGINES))
def engine(request: pytest.FixtureRequest, graph: Graph) -> Engine:
    return engines.ENGINES[request.param](graph.quads)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_an_answer_is_the_asserted_one_in_its_order(path: Path, engine: Engine) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    assert engine(request(path)[1]) == (columns, rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_has_an_asserted_answer_with_rows(name: str) -> None:
    paths = [path for path in ANSWERS if path.stem.partition("--")[0] == name]
    rows = any(len(path.read_text(encoding="utf-8").splitlines()) > 1 for path in paths)
    assert rows or (paths and name in EMPTY_AT_FIRST)


def test_every_answer_belongs_to_a_query() -> None:
    assert {path.stem.partition("--")[0] for path in ANSWERS} == set(NAMES)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_the_order_leaves_no_two_rows_equal(path: Path, graph: Graph) -> None:
    text = request(path)[1]
    head = re.search(r"^SELECT (?:DISTINCT )?(.+)$", text, re.MULTILINE)
    order = re.findall(r"\?\w+", text[text.rindex("ORDER BY") :])
    assert head
    missing = [name for name in order if name not in re.findall(r"\?\w+", head[1])]
    columns, rows = engines.pyoxigraph(graph.quads)(text.replace(head[0], f"{head[0]} {' '.join(missing)}", 1))
    keys = [tuple(row[columns.index(name[1:])] for name in order) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_reads_named_graphs_only(name: str, graph: Graph) -> None:
    text = an_answer(name)
    everywhere = Store()
    everywhere.bulk_extend(graph.quads)
    everywhere.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in graph.quads)
    assert engines.pyoxigraph(everywhere)(text) == engines.pyoxigraph(graph.quads)(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_graph_and_never_from(name: str) -> None:
    text = re.sub(r"#[+ ].*", "", queries.named(name).text)
    assert re.search(r"\bGRAPH\b", text)
    assert not re.search(r"(?<![?$\w])FROM\b", text, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_declares_its_own_prefixes(name: str) -> None:
    Store().query(an_answer(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_query_has_a_one_line_summary_and_known_defaults(name: str) -> None:
    query = queries.named(name)
    assert query.summary
    assert query.summary[0].isupper() and not query.summary.endswith(".") and len(query.summary) <= 100
    assert query.description
    assert query.question
    assert set(query.defaults) <= {p.name for p in query.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_a_query_projects_no_parameter(name: str, graph: Graph) -> None:
    query = queries.named(name)
    head = re.search(r"^SELECT (.+)$", query.text, re.MULTILINE)
    assert head
    assert not [p.token for p in query.parameters if re.search(rf"[?$]{p.token}\b", head[1])]
    assert not [column for column in engines.pyoxigraph(graph.quads)(an_answer(name))[0] if column.startswith("_")]


def test_the_catalogue_is_sorted_and_reads_every_file() -> None:
    assert sorted(p.stem for p in queries.FOLDER.glob("*.rq")) == NAMES


def test_a_query_without_a_summary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bare\.rq: no summary"):
        queries.read(tmp_path / "bare.rq")


@pytest.mark.parametrize("name", ["../queries/departures", "departures.rq", "", "DEPARTURES", "départures"])
def test_a_name_leads_out_of_the_folder_nowhere(name: str) -> None:
    with pytest.raises(UsageError, match="there is no query named"):
        queries.named(name)


def test_the_seed_alone_knows_no_move_of_butterfly_effect(seed_graph: Graph) -> None:
    assert [row[:3] for row in answer(seed_graph, "headquarters-moves")] == [
        ["organization/heygen", "place/shenzhen", "place/los-angeles"]
    ]


def test_lovart_never_moved_its_headquarters(graph: Graph) -> None:
    assert "organization/lovart" not in {row[0] for row in answer(graph, "headquarters-moves")}


def test_what_does_not_add_up_is_two_aggregates(graph: Graph) -> None:
    columns, rows = engines.pyoxigraph(graph.quads)(queries.named("reported-aggregates").text)
    found = [dict(zip(columns, row, strict=True)) for row in rows if row[-1]]
    assert [(row["ranking"], row["mismatch"]) for row in found] == [
        ("ranking/global-overall-2025", "members"),
        ("ranking/xsignal-china-2025-h1", "share"),
    ]
    assert (found[0]["count"], found[0]["named"]) == ("5", "4")


def test_a_value_with_a_qualifier_is_held_to_when_it_was_chosen(tmp_path: Path) -> None:
    cut = {"about": "event/acme-cut", "type": "WorkforceChange", "organization": "organization/acme"}
    one = source("one", said(count="about 100", **cut))
    two = source("two", said(count="10", **cut), published="2024-01-01")
    small = in_memory(folder(tmp_path, one, two))
    assert [(row[2], row[4]) for row in answer(small, "disputed-values")] == [("100", "true"), ("10", "false")]


@pytest.mark.parametrize(
    ("status", "places"),
    [
        ("completed", ["place/singapore"]),
        ("in-progress", ["place/singapore"]),
        ("planned", ["place/beijing"]),
        ("blocked", ["place/beijing"]),
        ("cancelled", ["place/beijing"]),
    ],
)
def test_only_a_move_that_happened_takes_a_headquarters_away(tmp_path: Path, status: str, places: list[str]) -> None:
    stays = sat(about="tenure/acme-beijing", place="place/beijing", attested="2024")
    small = in_memory(folder(tmp_path, source("one", stays, moved("two", status=status))))
    everywhere = answer(small, "headquarters-in", area="place/mainland-china") + answer(small, "headquarters-in")
    assert [row[1] for row in everywhere] == places


def test_a_denial_of_a_market_is_no_source_for_it(tmp_path: Path) -> None:
    market = {"about": "presence/gadget-japan", "type": "MarketPresence"}
    stated = said(product="product/gadget", place="place/japan", primary="true", metric="users", **market)
    denied = said("no", **{**market, "kind": "denial", "denies": "presence/gadget-japan"})
    small = in_memory(folder(tmp_path, source("one", stated), source("two", denied)))
    assert [row[4] for row in answer(small, "primary-markets")] == ["source/one"]


def test_dates_that_cannot_both_be_true_are_a_conflict_and_others_are_not(tmp_path: Path) -> None:
    early = source("early", moved(when="2025-05"))
    late = source("late", moved(when="2025-07"))
    wide = source("wide", moved(when="2025"))
    small = in_memory(folder(tmp_path, early, late, wide))
    assert answer(small, "date-conflicts") == [
        ["event/acme-move", "2025-05-31", "source/early", "2025-07-01", "source/late"]
    ]
