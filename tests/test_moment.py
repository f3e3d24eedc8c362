"""What held on a day, and what was published by a day: one meaning at every door."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import folder, moved, said, sat, source

from graph import moment as moments
from graph.errors import UsageError
from graph.moment import NOW, Moment, moment
from graph.past import PastReader
from graph.reading import Reader
from graph.store import Graph, in_memory
from graph.values import Values
from graph.whole import past
from ontology import CONCEPT, expand, vocabulary

SALE = "event/meta-butterfly-effect"
CORNERS = {
    "told of the sale before it was stopped": (Moment("2026-01-31", "2026-01-31"), "completed"),
    "the sale stood, as is known today": (Moment("2026-01-31", None), "completed"),
    "nothing else was known then of today": (Moment("2026-06-30", "2026-01-31"), "completed"),
    "stopped, as is known today": (Moment("2026-06-30", None), "blocked"),
    "stopped on the day itself": (Moment("2026-04-27", None), "blocked"),
}
DAYS = (Moment("2025-06-30"), Moment(None, "2025-12-31"), Moment("2024-12-31", "2025-10-31"), Moment("2026-01-31"))


def test_the_classes_are_those_of_the_ontology() -> None:
    words = vocabulary()
    for names, parent in ((moments.EVENTS, "Event"), (moments.SITUATIONS, "Situation")):
        assert names == {name for name in words.classes if words.is_a(name, parent)} - {parent}
    things = {name for name, cls in words.classes.items() if cls.shape}
    assert words.classes.keys() - things - moments.EVENTS - moments.SITUATIONS >= moments.RECORDS


@pytest.mark.parametrize(
    ("given", "day"), [("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-06-18", "2025-06-18"), (None, None)]
)
def test_a_part_of_a_date_means_its_last_day(given: str | None, day: str | None) -> None:
    assert moment(given, given) == Moment(day, day)


def test_what_is_no_date_is_named_with_its_option() -> None:
    with pytest.raises(UsageError, match=r"^--known-by: '2025-13' has no month 13"):
        moment(known_by="2025-13")


@pytest.mark.parametrize("corner", CORNERS)
def test_the_four_corners_of_the_sale_of_manus(whole_graph: Graph, corner: str) -> None:
    when, status = CORNERS[corner]
    found = PastReader(whole_graph, "en", when).node(expand(SALE))
    assert found["status"] == (CONCEPT + status,)
    assert "certainty" not in found


def test_it_was_not_stopped_on_the_day_before(whole_graph: Graph) -> None:
    assert PastReader(whole_graph, "en", Moment("2026-04-26")).node(expand(SALE))["status"] != (CONCEPT + "blocked",)


def test_before_it_was_agreed_there_was_no_sale(whole_graph: Graph) -> None:
    assert PastReader(whole_graph, "en", Moment("2025-11-30")).node(expand(SALE)) == {}
    assert PastReader(whole_graph, "en", Moment(None, "2025-11-30")).node(expand(SALE)) == {}


def comparable(values: Values) -> dict[str, object]:
    """The values with decimals as numbers: a store writes 0.70 as 0.7."""
    return {**values, **{name: Decimal(values[name][0]) for name in ("share", "amount") if name in values}}


@pytest.mark.parametrize("when", DAYS, ids=str)
def test_a_node_read_alone_is_the_node_of_the_whole_graph_of_that_moment(whole_graph: Graph, when: Moment) -> None:
    alone, then = PastReader(whole_graph, "en", when), Reader(past(whole_graph, when))
    iris = [row[0] for row in whole_graph.index.execute("SELECT iri FROM nodes WHERE iri LIKE '%/id/%' ORDER BY iri")]
    differing = [iri for iri in iris if comparable(alone.node(iri)) != comparable(then.node(iri))]
    assert differing == []
    assert {"type"} < {name for iri in iris for name in then.node(iri)}


@pytest.mark.parametrize("when", DAYS[1:3], ids=str)
def test_what_points_at_a_thing_is_the_same_both_ways(whole_graph: Graph, when: Moment) -> None:
    alone, then = PastReader(whole_graph, "en", when), Reader(past(whole_graph, when))
    for slug in ("butterfly-effect", "zhipu", "bytedance", "openai", "meta"):
        iri = expand(f"organization/{slug}")
        assert alone.neighbours(iri) == then.neighbours(iri)


def place_on(graph: Graph, day: str) -> list[tuple[str, str]]:
    reader = PastReader(graph, "en", Moment(day))
    tenures = [node for _, node in reader.neighbours(expand("organization/acme")) if "/tenure/" in node]
    return sorted((reader.label(reader.node(t)["place"][0]), str("certainty" in reader.node(t))) for t in tenures)


def test_a_situation_is_certain_where_its_bounds_say_so_and_possible_between(tmp_path: Path) -> None:
    there = sat(about="tenure/acme", since="2020", until="2023-06", place="place/beijing")
    graph = in_memory(folder(tmp_path, source("a", there)))
    assert place_on(graph, "2019-12-31") == []
    assert place_on(graph, "2020-06-30") == [("Beijing", "True")]
    assert place_on(graph, "2021-01-01") == [("Beijing", "False")]
    assert place_on(graph, "2023-06-15") == [("Beijing", "True")]
    assert place_on(graph, "2023-07-01") == []


def test_an_undated_event_has_happened_by_the_day_it_was_told_of(tmp_path: Path) -> None:
    told = source("a", moved(when=None), published="2025-03-01")
    graph = in_memory(folder(tmp_path, told))
    iri = expand("event/acme-move")
    assert "certainty" in PastReader(graph, "en", Moment("2024-12-31")).node(iri)
    assert "certainty" not in PastReader(graph, "en", Moment("2025-03-01")).node(iri)


def test_an_undated_document_is_not_heard_of_by_any_day(tmp_path: Path) -> None:
    graph = in_memory(folder(tmp_path, source("a", moved(), published="undated")))
    assert PastReader(graph, "en", Moment(None, "2030-01-01")).node(expand("event/acme-move")) == {}


def test_a_document_of_a_year_is_heard_of_at_its_end(tmp_path: Path) -> None:
    graph = in_memory(folder(tmp_path, source("a", moved(), published="2025")))
    iri = expand("event/acme-move")
    assert PastReader(graph, "en", Moment(None, "2025-06-30")).node(iri) == {}
    assert PastReader(graph, "en", Moment(None, "2025-12-31")).node(iri) != {}


def test_a_value_that_later_lost_holds_by_what_was_known(tmp_path: Path) -> None:
    first = source("a", moved(to="place/tokyo"), published="2024-01-01", publisher="organization/daily")
    later = source("b", moved(to="place/singapore"), published="2025-01-01", kind="exchange-filing")
    graph = in_memory(folder(tmp_path, first, later))
    iri = expand("event/acme-move")
    assert Reader(graph).node(iri)["toPlace"] == (expand("place/singapore"),)
    then = PastReader(graph, "en", Moment(None, "2024-06-30")).node(iri)
    assert then["toPlace"] == (expand("place/tokyo"),)
    assert "disputed" not in then


def test_now_is_the_graph_itself(whole_graph: Graph) -> None:
    assert past(whole_graph, NOW) is whole_graph


def test_a_rumour_is_told_of_once_it_was_published(tmp_path: Path) -> None:
    graph = folder(tmp_path, source("a", said(kind="rumour", about="event/acme-talks", type="Acquisition",
                                              organization="organization/acme"), published="2025-03-01"))  # fmt: skip

    def unsettled(*options: str) -> Any:
        return json.loads(shell.invoke(graph, "lookup", "organization/acme", "-f", "json", *options).stdout)[
            "unsettled"
        ]

    assert len(unsettled()) == len(unsettled("--as-of", "2025-03")) == len(unsettled("--known-by", "2025-03")) == 1
    assert unsettled("--as-of", "2025-02") == unsettled("--known-by", "2025-02") == []


@pytest.mark.parametrize(
    "command",
    [
        ["lookup", "Manus"],
        ["query", "headquarters-moves"],
        ["query", "SELECT ?n WHERE { ?n a chuhai:HeadquartersMove }"],
        ["network", "headquarters-flow"],
        ["explore", "-o", "{room}/then.html"],
    ],
    ids=lambda command: " ".join(command[:2])[:20],
)
def test_every_command_takes_both_days(facts: Path, tmp_path: Path, command: list[str]) -> None:
    command = [part.format(room=tmp_path) if "{room}" in part else part for part in command]
    now = shell.invoke(facts, *command)
    then = shell.invoke(facts, *command, "--as-of", "2024", "--known-by", "2025-07-10")
    assert (now.exit_code, then.exit_code) == (0, 0)
    assert now.stdout != then.stdout
    assert "no date such as" in shell.failure(shell.invoke(facts, *command, "--as-of", "yesterday"), 2)


def test_a_status_may_have_a_day_of_its_own(tmp_path: Path) -> None:
    agreed = source("a", moved(when="2025-01", status="completed"), published="2025-02-01")
    undone = source("b", moved(status="reversed", statusOn="2025-06-10"), published="2025-12-01")
    later = source("c", moved(status="announced", statusOn="2024-12"), published="2025-12-31")
    graph = in_memory(folder(tmp_path, agreed, undone, later))
    iri = expand("event/acme-move")

    def status(day: str | None) -> str:
        return PastReader(graph, "en", Moment(day)).node(iri)["status"][0].removeprefix(CONCEPT)

    assert Reader(graph).node(iri)["status"] == (CONCEPT + "reversed",)
    assert [status(day) for day in ("2025-01-31", "2025-05-31", "2025-06-10")] == ["announced", "completed", "reversed"]
