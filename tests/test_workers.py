"""Worker processes: hard limits, replacement, a bounded queue, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import shell
from serving import children, descriptors

from graph import limits
from graph.errors import ServiceError
from graph.server import copies, run, sparql
from graph.server.answer import Answer, in_json
from graph.server.workers import Workers
from graph.store import Graph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SMALL = "SELECT * { ?s ?p ?o } LIMIT 1"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


def asked(text: str, accept: str = "") -> dict[str, Any]:
    return {"job": sparql.answer, "long": True, "text": text, "default": (), "named": (), "accept": accept}


class Working:
    """Workers in an event loop that a thread of its own runs."""

    def __init__(self, graph: Graph, options: dict[str, Any]) -> None:
        gc.collect()  # what other tests left behind is let go of here, not in that thread
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

        copy = copies.copy(graph)

        async def make() -> Workers:
            return Workers(copy, **options)

        self.workers: Workers = self.wait(make())

    def wait(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    def ask(self, job: Callable[..., Answer], **given: Any) -> Future[Answer]:
        return asyncio.run_coroutine_threadsafe(self.workers.ask(job, **given), self._loop)

    def pids(self) -> list[int]:
        return self.workers.pids()

    def close(self) -> None:
        self.wait(self.workers.close())

    def end(self) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def small(workers: Working) -> int:
    return workers.ask(**asked(SMALL)).result(60).status


@contextmanager
def working(graph: Graph, **options: Any) -> Iterator[Working]:
    workers = Working(graph, options)
    try:
        yield workers
    finally:
        workers.end()


def kill_itself(_: Graph) -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    return in_json(None)


def stop_itself(_: Graph) -> Answer:
    os.kill(os.getpid(), signal.SIGSTOP)
    return in_json(None)


def count(_: Graph) -> Answer:
    return in_json(sum(range(5_000_000)))


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
    with working(graph, count=1, seconds=1 if status == 504 else 60) as workers:
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
        futures = [workers.ask(**asked(text)) for text in (ENDLESS, *[SMALL] * 9)]
        found = [future.exception(60) or future.result().status for future in futures]
    assert found[:3] == [504, 200, 200]
    assert {error.status for error in found[3:] if isinstance(error, ServiceError)} == {503}


def test_who_waits_too_long_is_told_so_and_leaves_the_queue(graph: Graph) -> None:
    with working(graph, count=1, waiting=1, seconds=2) as workers:
        assert small(workers) == 200
        workers.workers._patience = 0.1
        long = workers.ask(**asked(ENDLESS))
        for _ in range(2):
            with pytest.raises(ServiceError, match="no turn"):
                workers.ask(**asked(SMALL)).result(60)
        assert long.result(60).status == 504


def test_what_may_take_long_leaves_a_process_to_the_rest(graph: Graph) -> None:
    with working(graph, count=2, seconds=60) as workers:
        long = [workers.ask(**asked(ENDLESS)) for _ in range(3)]
        quick = {**asked(SMALL), "long": False}
        assert [workers.ask(**quick).result(60).status for _ in range(5)] == [200] * 5
        assert not any(future.done() for future in long)
        workers.close()
        assert long[0].result(60).status == 503


def test_what_nobody_wants_any_more_is_not_begun(graph: Graph) -> None:
    begun = []

    async def gone() -> bool:
        begun.append(True)
        return True

    with working(graph, count=1, seconds=1) as workers:
        assert small(workers) == 200
        first = workers.ask(**asked(ENDLESS))
        left = [workers.ask(**asked(ENDLESS), gone=gone) for _ in range(10)]
        assert small(workers) == 200
        assert first.result(60).status == 504 and len(begun) == 10
        assert all(isinstance(each.exception(60), ServiceError) for each in left)


def test_a_job_that_was_given_up_does_not_answer_the_next_one(graph: Graph) -> None:
    with working(graph, count=1, seconds=60) as workers:
        assert small(workers) == 200
        given_up = workers.ask(count)
        workers.wait(asyncio.sleep(0))
        given_up.cancel()
        found = workers.ask(**asked("ASK {}")).result(60)
        assert json.loads(found.body)["boolean"] is True


def test_closing_answers_what_waits_and_leaves_no_process_and_no_file(graph: Graph) -> None:
    before = children(os.getpid())
    with working(graph, count=1, waiting=5) as workers:
        room = Path(workers.workers._room.name)
        assert small(workers) == 200
        futures = [workers.ask(**asked(ENDLESS)) for _ in range(4)]
        pids = workers.pids()
        workers.close()
        assert futures[0].result(60).status == 503
        assert all("closing" in str(future.exception(60)) for future in futures[1:])
        assert not room.exists()
        with pytest.raises(ServiceError, match="closing"):
            workers.ask(**asked(SMALL)).result(60)
    left = set(children(os.getpid())) - set(before)
    assert not left & set(pids) and len(left) <= 1  # the resource tracker of multiprocessing stays


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which signals a process blocks")
def test_an_interrupt_from_the_terminal_reaches_no_worker_that_starts_up(graph: Graph) -> None:
    with working(graph) as workers:
        for pid in workers.pids():
            (blocked,) = re.findall(r"^SigBlk:\s*(\w+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
            assert int(blocked, 16) & 1 << signal.SIGINT - 1
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_killed_workers_leave_no_descriptors(graph: Graph) -> None:
    with working(graph, count=1, seconds=60) as workers:
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
    with working(moved, count=1, seconds=60) as workers:
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
