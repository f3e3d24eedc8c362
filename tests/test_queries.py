"""Every named query: its whole answer, the same on each engine, and the rules that query texts keep."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import engines
import pytest
from engines import Engine
from folders import THINGS, Statement, folder, moved, raised, said, sat, source
from pyoxigraph import DefaultGraph, Quad, Store

import queries
from graph.errors import UsageError
from graph.store import Graph, in_memory

FOLDERS = ("answers", "answers-later")
"""Answers on the first sources, and answers on the later ones."""

ANSWERS = [path for name in FOLDERS for path in sorted((Path(__file__).parent / name).glob("*.csv"))]
"""One file an answer: `query.csv`, or `query--parameter=value,….csv` with + for the slash of an identifier."""

NAMES = list(queries.catalogue())
NEVER_STATED = {"exits-around-moves", "order-reversed", "ranks-in-conflict"}
"""Queries to which the chosen sources give no rows; each has a test on facts made for it."""

of_each_answer = pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}/{path.stem}")


def request(path: Path) -> tuple[str, str]:
    """The query name, and the text with the parameters of an answer's file name put in."""
    name, _, given = path.stem.partition("--")
    values = dict(pair.split("=") for pair in given.split(",") if pair)
    return name, queries.named(name).bind({key: value.replace("+", "/") for key, value in values.items()})


def answers(name: str) -> list[Path]:
    """The asserted answers of a query."""
    return [path for path in ANSWERS if path.stem.partition("--")[0] == name]


def an_answer(name: str) -> str:
    """The bound text of the first asserted answer of a query."""
    return request(answers(name)[0])[1]


def answer(graph: Graph, name: str, **values: str) -> list[list[str]]:
    """The rows of a named query on Oxigraph."""
    return engines.pyoxigraph(graph.quads)(queries.named(name).bind(values))[1]


@pytest.fixture(scope="session")
def graphs(graph: Graph, later_graph: Graph) -> dict[str, Graph]:
    """The graph of each folder of answers."""
    return dict(zip(FOLDERS, (graph, later_graph), strict=True))


@pytest.fixture(scope="session", params=list(engines.ENGINES))
def asking(request: pytest.FixtureRequest, graphs: dict[str, Graph]) -> dict[str, Engine]:
    """One engine, on the graph of each folder of answers."""
    return {name: engines.ENGINES[request.param](graph.quads) for name, graph in graphs.items()}


@of_each_answer
def test_an_answer_is_the_asserted_one_in_its_order(path: Path, asking: dict[str, Engine]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    assert asking[path.parent.name](request(path)[1]) == (columns, rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_has_an_asserted_answer_with_rows(name: str) -> None:
    rows = any(len(path.read_text(encoding="utf-8").splitlines()) > 1 for path in answers(name))
    assert rows or (answers(name) and name in NEVER_STATED)


def test_every_answer_belongs_to_a_query() -> None:
    assert {path.stem.partition("--")[0] for path in ANSWERS} == set(NAMES)


@of_each_answer
def test_the_order_leaves_no_two_rows_equal(path: Path, graphs: dict[str, Graph]) -> None:
    text, quads = request(path)[1], graphs[path.parent.name].quads
    head = re.search(r"^SELECT (?:DISTINCT )?(.+)$", text, re.MULTILINE)
    order = re.findall(r"\?\w+", text[text.rindex("ORDER BY") :])
    assert head
    missing = [name for name in order if name not in re.findall(r"\?\w+", head[1])]
    columns, rows = engines.pyoxigraph(quads)(text.replace(head[0], f"{head[0]} {' '.join(missing)}", 1))
    keys = [tuple(row[columns.index(name[1:])] for name in order) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_reads_named_graphs_only(name: str, graphs: dict[str, Graph]) -> None:
    path = answers(name)[-1]
    text, quads = request(path)[1], graphs[path.parent.name].quads
    everywhere = Store()
    everywhere.bulk_extend(quads)
    everywhere.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)
    assert engines.pyoxigraph(everywhere)(text) == engines.pyoxigraph(quads)(text)


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
    assert query.tag in queries.TAGS
    assert re.search(r"[\u4e00-\u9fff]", query.summaries["zh-hans"]) and len(query.summaries["zh-hans"]) <= 60
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


@pytest.mark.parametrize("status", ["planned", "announced", "in-progress", "blocked", "cancelled", "reversed", None])
def test_a_move_whose_latest_status_is_another_is_not_completed(tmp_path: Path, status: str | None) -> None:
    small = in_memory(folder(tmp_path, source("one", moved(status=status))))
    assert [row[5] for row in answer(small, "moves-not-completed")] == [f"concept:{status}" if status else ""]


def test_a_move_announced_and_then_completed_is_completed(tmp_path: Path) -> None:
    announced = source("one", moved(status="announced"), published="2024-01-01")
    small = in_memory(folder(tmp_path, announced, source("two", moved(status="completed"))))
    assert answer(small, "moves-not-completed") == []


def invested(key: str, investor: str, company: str = "acme", **values: Any) -> Statement:
    """A statement that an organization invested in a company."""
    event = {"about": f"event/{key}", "type": "Investment", "organization": f"organization/{company}"}
    return said(key, investor=f"organization/{investor}", **{**event, **values})


def test_an_investors_exit_stands_beside_a_move_unless_surely_too_far_from_it(tmp_path: Path) -> None:
    move = moved(when="2025-06", status="completed")
    before = invested("before", "bolt", subtype="exit", when="2025-03")
    after = invested("after", "daily", subtype="exit", when="2026-01/2026-12")
    undated = invested("undated", "gazette", subtype="exit")
    long_ago = invested("long-ago", "herald", subtype="exit", when="2023")
    small = in_memory(folder(tmp_path, source("one", move, before, after, undated, long_ago)))
    assert [row[2:5] for row in answer(small, "exits-around-moves")] == [
        ["organization/gazette", "possibly", "not told"],
        ["organization/bolt", "certainly", "exit first"],
        ["organization/daily", "possibly", "move first"],
    ]


def test_a_model_is_its_own_anothers_or_not_known_whose(tmp_path: Path) -> None:
    def built(key: str, product: str | None) -> Statement:
        told = {"about": f"integration/{key}", "type": "Integration", "integrates": "product/gadget"}
        return said(key, product=product, **told)

    def made(key: str, organization: str, product: str) -> Statement:
        return said(key, about=f"operation/{key}", type="Operation", organization=organization, product=product)

    models = [built("own", "product/gizmo"), built("other", "product/widget"), built("unnamed", None)]
    acme, bolt = "organization/acme", "organization/bolt"
    makers = [made("a", acme, "product/gadget"), made("b", acme, "product/gizmo"), made("c", bolt, "product/widget")]
    things = (*THINGS, "product/gizmo")
    small = in_memory(folder(tmp_path, source("one", *models, *makers), things=things))
    assert [row[:3] for row in answer(small, "integrators-of", product="product/gadget")] == [
        ["", "", "not known"],
        ["product/gizmo", acme, "its own"],
        ["product/widget", bolt, "another's"],
    ]


@pytest.mark.parametrize(
    ("left", "joined", "within"),
    [
        ("2024-01", "2024-05", ["certainly"]),
        ("2024-01", "2024-12/2025-12", ["possibly"]),
        ("2024-01", "2025-06", []),
        ("2024-05", "2024-01", []),
        (None, "2024-05", ["possibly"]),
    ],
)
def test_who_left_and_joined_within_months_is_certain_possible_or_left_out(
    tmp_path: Path, left: str | None, joined: str, within: list[str]
) -> None:
    going = {"type": "PersonnelMove", "person": "person/ada", "status": "completed"}
    leaving = said("left", about="event/left", from_="organization/acme", when=left, **going)
    joining = said("joined", about="event/joined", to="organization/bolt", when=joined, **going)
    stake = invested("stake", "acme", "bolt")
    small = in_memory(folder(tmp_path, source("one", leaving, joining, stake)))
    rows = answer(small, "left-and-joined", organization="organization/acme")
    assert [[row[1], row[3], row[-1]] for row in rows] == [["organization/bolt", word, "yes"] for word in within]


@pytest.mark.parametrize(
    ("place", "lead"),
    [("place/tokyo", "outside the area"), ("place/shanghai", "in the area"), (None, "not known")],
)
def test_a_move_is_counted_by_where_who_led_a_round_is(tmp_path: Path, place: str | None, lead: str) -> None:
    stake = invested("stake", "bolt", subtype="lead", round="event/acme-round")
    based = sat("base", about="tenure/bolt", organization="organization/bolt", place=place)
    stated = [raised("round", when="2024"), stake, moved(when="2025-06", status="completed"), *([based] * bool(place))]
    small = in_memory(folder(tmp_path, source("one", *stated)))
    assert answer(small, "moves-by-lead-investor") == [[lead, "1", "1", "1"]]


@pytest.mark.parametrize(
    ("amount", "counts"),
    [
        ("CNY 60000000000", [["1", "0", "0"], ["0", "1", "0"]]),
        ("CNY 200000000000", [["1", "0", "0"], ["1", "0", "0"]]),
        ("over CNY 60000000000", [["1", "0", "0"], ["0", "0", "1"]]),
        ("under CNY 60000000000", [["0", "0", "1"], ["0", "1", "0"]]),
        ("USD 60000000000", [["0", "0", "1"], ["0", "0", "1"]]),
        (None, [["0", "0", "1"], ["0", "0", "1"]]),
    ],
)
def test_an_entry_without_a_value_is_undecidable_and_never_below_a_threshold(
    tmp_path: Path, amount: str | None, counts: list[list[str]]
) -> None:
    made = said(
        "made", about="operation/a", type="Operation", organization="organization/acme", product="product/gadget"
    )
    entry = said("entry", about="entry/a", type="RankingEntry", ranking="ranking/top", product="product/gadget")
    figure = {"about": "observation/a", "type": "Observation", "subject": "organization/acme", "metric": "market-value"}
    value = said("value", kind="reported-figure", amount=amount, **figure)
    small = in_memory(folder(tmp_path, source("one", made, entry, *([value] if amount else []))))
    assert [row[4:] for row in answer(small, "threshold-moved", ranking="ranking/top")] == counts


def test_the_days_of_two_stages_are_no_conflict(tmp_path: Path) -> None:
    announced = source("early", moved(when="2025-05", status="announced"))
    blocked = source("late", moved(when="2025-07", status="blocked"))
    assert answer(in_memory(folder(tmp_path, announced, blocked)), "date-conflicts") == []


def test_a_copy_is_no_second_source(tmp_path: Path) -> None:
    told = moved(status="completed")
    copy = source("copy", told, copyOf="source/one")
    small = in_memory(folder(tmp_path, source("one", told), copy))
    assert ["event/acme-move", "chuhai:HeadquartersMove", "source/one"] in answer(small, "single-source")
    assert answer(small, "copies") == [["source/copy", "copy", "source/one", "organization/daily", "1"]]
