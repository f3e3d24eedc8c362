"""Worker processes: hard limits, replacement, a bounded queue, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import shell
from serving import children, descriptors

from graph import limits
from graph.errors import ServiceError
from graph.server import run, sparql
from graph.server.answer import Answer, in_json
from graph.server.workers import Workers
from graph.store import Graph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SMALL = "SELECT * { ?s ?p ?o } LIMIT 1"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


def asked(text: str, accept: str = "") -> dict[str, Any]:
    return {"job": sparql.answer, "text": text, "default": (), "named": (), "accept": accept}


def small(workers: Workers) -> int:
    return workers.ask(**asked(SMALL)).result(60).status


@contextmanager
def working(graph: Graph, **options: Any) -> Iterator[Workers]:
    workers = Workers(graph, **options)
    try:
        yield workers
    finally:
        workers.close()


def kill_itself(_: Graph) -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    return in_json(None)


def stop_itself(_: Graph) -> Answer:
    os.kill(os.getpid(), signal.SIGSTOP)
    return in_json(None)


def fail(_: Graph) -> Answer:
    raise ZeroDivisionError("of ours")


def test_a_query_without_end_is_ended_and_others_are_answered_meanwhile(graph: Graph) -> None:
    with working(graph, count=2, seconds=1) as workers:
        long = workers.ask(**asked(ENDLESS))
        assert [small(workers) for _ in range(5)] == [200] * 5
        found = long.result(60)
        assert (found.status, "longer than 1 seconds" in found.body.decode()) == (504, True)
        assert small(workers) == 200


def test_a_query_that_eats_memory_is_ended(graph: Graph) -> None:
    with working(graph, count=1, seconds=60, memory=100_000_000) as workers:
        found = workers.ask(**asked(HUNGRY)).result(60)
        assert (found.status, "memory" in found.body.decode()) == (500, True)
        assert small(workers) == 200


@pytest.mark.parametrize(("job", "status"), [(kill_itself, 500), (stop_itself, 504)])
def test_a_worker_that_falls_silent_is_replaced(graph: Graph, job: Callable[[Graph], Answer], status: int) -> None:
    with working(graph, count=1, seconds=1) as workers:
        assert small(workers) == 200
        before = workers.pids()
        assert workers.ask(job).result(60).status == status
        assert small(workers) == 200
        assert len(workers.pids()) == 1 and workers.pids() != before


def test_an_error_of_ours_ends_no_worker_and_tells_no_secrets(graph: Graph) -> None:
    with working(graph, count=1) as workers:
        assert small(workers) == 200
        before = workers.pids()
        found = workers.ask(fail).result(60)
        assert (found.status, b"of ours" in found.body) == (500, False)
        assert workers.pids() == before


def test_a_full_queue_turns_further_requests_away(graph: Graph) -> None:
    with working(graph, count=1, waiting=2, seconds=1) as workers:
        assert small(workers) == 200
        futures, refused = [], 0
        for _ in range(10):
            try:
                futures.append(workers.ask(**asked(ENDLESS if not futures else SMALL)))
            except ServiceError as error:
                refused += error.status == 503
        assert refused >= 7
        assert [f.result(60).status for f in futures] == [504] + [200] * (len(futures) - 1)


def test_closing_answers_what_waits_and_leaves_no_process_and_no_file(graph: Graph) -> None:
    before = children(os.getpid())
    with working(graph, count=1, waiting=5) as workers:
        room = Path(workers._room.name)
        assert small(workers) == 200
        futures = [workers.ask(**asked(ENDLESS)) for _ in range(4)]
    assert {f.result(0).status for f in futures} == {503}
    assert not room.exists()
    with pytest.raises(ServiceError, match="closing"):
        workers.ask(**asked(SMALL))
    left = set(children(os.getpid())) - set(before)
    assert not left & set(workers.pids()) and len(left) <= 1  # the resource tracker of multiprocessing stays


def test_killed_workers_leave_no_descriptors(graph: Graph) -> None:
    with working(graph, count=1, seconds=1) as workers:
        assert workers.ask(kill_itself).result(60).status == 500
        assert small(workers) == 200
        before = descriptors(os.getpid())
        for _ in range(4):
            workers.ask(kill_itself).result(60)
        assert small(workers) == 200
        assert descriptors(os.getpid()) == before


@pytest.mark.parametrize("accept", [*sparql.RESULTS])
def test_an_answer_over_a_limit_is_refused_whole(graph: Graph, accept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT * { ?s ?p ?o } LIMIT 101"
    whole = sparql.answer(graph, text, (), (), accept).body
    monkeypatch.setattr(limits, "SERVE_ANSWER_BYTES", len(whole) - 1)
    with pytest.raises(ServiceError, match="bytes") as refused:
        sparql.answer(graph, text, (), (), accept)
    assert refused.value.status == 413
    monkeypatch.setattr(limits, "SERVE_ANSWER_BYTES", len(whole))
    monkeypatch.setattr(limits, "SERVE_ANSWER_ROWS", 99)
    with pytest.raises(ServiceError, match="99 rows"):
        sparql.answer(graph, text, (), (), accept)
    monkeypatch.setattr(limits, "SERVE_ANSWER_ROWS", 102)
    assert sparql.answer(graph, text, (), (), accept).body == whole


def test_the_store_may_be_replaced_and_taken_away_while_it_is_read(facts: Path, tmp_path: Path) -> None:
    import shutil

    from graph import store

    opened = store.open_graph(facts)
    assert isinstance(opened.place, Path)
    copy = tmp_path / "build"
    shutil.copytree(opened.place.parent, copy)
    moved = Graph(opened.index, copy / "quads", facts)
    with working(moved, count=1, seconds=1) as workers:
        assert small(workers) == 200
        shutil.rmtree(copy)
        assert workers.ask(kill_itself).result(60).status == 500
        found = workers.ask(**asked("SELECT (COUNT(*) AS ?n) { ?s a chuhai:Product }")).result(60)
    assert int(json.loads(found.body)["results"]["bindings"][0]["n"]["value"]) > 0
    opened.index.close()


@pytest.mark.parametrize(("platform", "code"), [("win32", 1), ("darwin", 0)])
def test_what_a_platform_cannot_limit_is_said_at_the_start(
    facts: Path, platform: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(run, "serve", lambda *_: None)
    result = shell.invoke(facts, "serve")
    assert result.exit_code == code
    assert "limit" in result.stderr
    assert len(result.stderr.splitlines()) == 1
