"""What may go wrong around a server that runs: it stays up, tells the truth, and leaks nothing.

CHUHAI_TEST_REQUESTS sets how many mixed requests one test sends; .ci/full sends 2,000.
"""

from __future__ import annotations

import os
import pty
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import shell
from folders import folder, moved, source
from serving import children, connect, descriptors, logged, served

from graph import limits
from graph.store import folder_for

REQUESTS = int(os.environ.get("CHUHAI_TEST_REQUESTS", "120"))
TABLE = {"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 3000"}
ENDLESS = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"}
HUNGRY = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"}
WRONG = {"query": "SELECT"}


def kill_workers(process: Any) -> None:
    """Kill all the processes that answer."""
    for pid in children(process.pid):
        if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)


def moves(client: httpx.Client) -> httpx.Response:
    return client.get("/api/queries/headquarters-moves")


# The store is replaced while it is served


def test_what_was_opened_is_served_until_a_signal_has_the_newer_state_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    facts = folder(tmp_path, source("one", moved()))
    with served(facts) as (client, process):
        first = moves(client)
        tag = first.headers["etag"]
        assert len(first.json()["rows"]) == 1
        again = {"if-none-match": tag}
        assert client.get("/api/queries", headers=again).status_code == 304

        process.send_signal(signal.SIGHUP)
        assert logged(process, "no newer state")

        other = moved("two", about="event/bolt-move", organization="organization/bolt")
        folder(tmp_path, source("one", moved(), other))
        shutil.rmtree(folder_for(facts))
        kill_workers(process)  # new ones open what was opened before
        while moves(client).status_code == 500:  # the process that was asked had ended
            pass
        assert (moves(client).content, moves(client).headers["etag"]) == (first.content, tag)

        process.send_signal(signal.SIGHUP)
        assert logged(process, "a newer state")
        second = moves(client)
        assert len(second.json()["rows"]) == 2
        assert second.headers["etag"] != tag
        assert client.get("/api/queries", headers=again).status_code == 200

        (facts / "sources" / "one.yaml").write_text("broken", encoding="utf-8")
        shutil.rmtree(folder_for(facts))
        process.send_signal(signal.SIGHUP)
        assert "one.yaml" in logged(process, "served on")
        assert (moves(client).content, moves(client).headers["etag"]) == (second.content, second.headers["etag"])
        while len(children(process.pid)) > limits.SERVE_WORKERS + 1:  # those of the state before go
            pass


def test_on_a_terminal_a_hang_up_stops_the_server(facts: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*shell.CHUHAI, "serve", "--port", "0"], stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "CHUHAI_FACTS": str(facts), "TMPDIR": str(tmp_path)}, text=True,
    )  # fmt: skip
    assert process.stdout and "serving at" in process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    assert process.returncode == 0 and not list(tmp_path.iterdir())


def test_a_worker_killed_in_the_middle_of_a_query_is_replaced(facts: Path) -> None:
    with served(facts) as (client, process), ThreadPoolExecutor(1) as pool:
        before = {pid: _spent(pid) for pid in children(process.pid)}
        long = pool.submit(client.get, "/sparql", params=ENDLESS)
        busy = None
        while busy is None and not long.done():
            busy = next((pid for pid, spent in before.items() if _spent(pid) > spent + 20), None)
        assert busy is not None
        os.kill(busy, signal.SIGKILL)
        assert long.result().status_code == 500
        assert [moves(client).status_code for _ in range(4)] == [200] * 4
        assert busy not in children(process.pid)


def _spent(pid: int) -> int:
    """How much time of the processor a process has had, in hundredths of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11])


def test_the_log_tells_no_query_unless_asked(facts: Path) -> None:
    hidden = {"query": "ASK { ?hidden ?p ?o }"}
    for options, told in (((), False), (("--log-queries",), True)):
        with served(facts, *options) as (client, process):
            client.get("/sparql", params=hidden)
            client.post("/sparql", data=hidden)
            process.terminate()
            _, log = process.communicate(timeout=60)
        assert log.count("/sparql") == 2 and ("hidden" in log) is told


def test_an_address_that_is_taken_is_one_clear_line(client: httpx.Client, run: Any) -> None:
    result = run("serve", "--port", str(client.base_url.port))
    assert result.exit_code == 1
    assert "cannot listen" in result.stderr and "--port" in result.stderr


# Nothing can be written any more


def test_a_full_disk_stops_nothing(facts: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full, served(facts, log=full) as (client, process):
        assert client.get("/limits").status_code == 200
        for pid in (process.pid, *children(process.pid)):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
        for _ in range(2):
            assert client.get("/sparql", params=TABLE).status_code == 200
            assert client.get("/api/search", params={"q": "HeyGne"}).status_code == 200
            assert client.get("/id/organization/heygen", headers={"accept": "text/html"}).status_code == 200
            assert client.get("/api/queries/headquarters-moves", params={"as_of": "2025-01"}).status_code == 200
            kill_workers(process)
            while client.get("/sparql", params=TABLE).status_code == 500:
                pass
        process.send_signal(signal.SIGHUP)
        assert client.get("/sparql", params=TABLE).status_code == 200


def test_no_room_for_the_copy_is_one_line(facts: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    for name in ("os.link", "shutil.copy2"):
        monkeypatch.setattr(name, full)
    result = run("serve", "--port", "0")
    assert result.exit_code == 1
    assert "No space left" in result.stderr and "TMPDIR" in result.stderr and result.stderr.count("\n") == 1


# Many requests of all kinds


@pytest.fixture
def busy(facts: Path) -> Iterator[tuple[httpx.Client, Any]]:
    with open(os.devnull, "w", encoding="utf-8") as log, served(facts, log=log, SERVE_SECONDS=2) as found:
        yield found


def test_many_requests_of_all_kinds_leave_nothing_behind(busy: tuple[httpx.Client, Any]) -> None:
    client, process = busy
    tag = {"if-none-match": client.get("/api/queries").headers["etag"]}

    def leave(number: int) -> int:
        """Ask, and go away before the answer, or in the midst of it."""
        with connect(client) as connection:
            connection.sendall(f"GET /sparql?{httpx.QueryParams(TABLE)} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            if number % 2:
                connection.recv(100)
        return 0

    kinds = {
        10: lambda: client.get("/sparql", params=TABLE).status_code,
        9: lambda: client.get("/sparql", params=WRONG).status_code,
        8: lambda: client.get("/api/queries", headers=tag).status_code,
        7: lambda: client.get("/id/organization/heygen", headers={"accept": "text/html"}).status_code,
        6: lambda: client.post("/sparql", data={"query": "ASK {}"}).status_code,
        5: lambda: client.get("/id/organization/nobody").status_code,
    }
    as_expected: list[bool] = []
    expected = {10: 200, 9: 400, 8: 304, 7: 200, 6: 200, 5: 404}

    def one(number: int) -> None:
        if number % 100 == 50:
            assert client.get("/sparql", params=ENDLESS).status_code in (503, 504)
        elif number % 100 == 75:
            assert client.get("/sparql", params=HUNGRY).status_code in (500, 503, 504)
        elif number % 11 == 0:
            leave(number)
        else:
            kind = 5 + number % 6
            found = kinds[kind]()
            assert found in (expected[kind], 503, 504)
            as_expected.append(found == expected[kind])

    def send(first: int, last: int) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(one, range(first, last)))
        while len(children(process.pid)) != limits.SERVE_WORKERS + 1 or client.get("/limits").status_code != 200:
            pass

    send(0, REQUESTS // 4)
    before = descriptors(process.pid), memory(process.pid)
    send(REQUESTS // 4, REQUESTS)
    after = descriptors(process.pid), memory(process.pid)
    assert sum(as_expected) > 0.5 * len(as_expected)
    assert after[0] <= before[0] + 8, (before, after)  # connections of this client that stay open
    assert after[1] <= before[1] * 1.3 + 8_000_000, (before, after)


def memory(pid: int) -> int:
    """Bytes that a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
