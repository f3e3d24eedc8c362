"""What may go wrong around a server that runs: it stays up, tells the truth, and leaks nothing.

CHUHAI_TEST_REQUESTS sets how many mixed requests one test sends; .ci/full sends 2,000.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from folders import folder, moved, source
from serving import children, descriptors, rest, served

from graph import limits
from graph.store import folder_for

REQUESTS = int(os.environ.get("CHUHAI_TEST_REQUESTS", "120"))
TABLE = {"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 3000"}
ENDLESS = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"}
HUNGRY = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"}
WRONG = {"query": "SELECT"}


def told(process: Any, words: str) -> str:
    """The next line of the log that has these words in it."""
    for line in process.stderr:
        if words in line:
            return str(line)
    raise AssertionError(f"the log ended without '{words}'")


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
        assert told(process, "no newer state")

        other = moved("two", about="event/bolt-move", organization="organization/bolt")
        folder(tmp_path, source("one", moved(), other))
        shutil.rmtree(folder_for(facts))
        kill_workers(process)  # new ones open what was opened before
        while moves(client).status_code == 500:  # the process that was asked had ended
            pass
        assert (moves(client).content, moves(client).headers["etag"]) == (first.content, tag)

        process.send_signal(signal.SIGHUP)
        assert told(process, "a newer state")
        second = moves(client)
        assert len(second.json()["rows"]) == 2
        assert second.headers["etag"] != tag
        assert client.get("/api/queries", headers=again).status_code == 200

        (facts / "sources" / "one.yaml").write_text("broken", encoding="utf-8")
        shutil.rmtree(folder_for(facts))
        process.send_signal(signal.SIGHUP)
        assert "one.yaml" in told(process, "served on")
        assert (moves(client).content, moves(client).headers["etag"]) == (second.content, second.headers["etag"])
        while len(children(process.pid)) > limits.SERVE_WORKERS + 1:  # those of the state before go
            pass


def test_on_a_terminal_a_hang_up_stops_the_server(facts: Path, tmp_path: Path) -> None:
    import pty
    import subprocess

    import shell

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


# Too many connections, and clients that do not go on


def test_connections_beyond_the_limit_are_told_to_come_again(facts: Path) -> None:
    with served(facts, SERVE_CONNECTIONS=3) as (client, _), ExitStack() as held:
        assert client.get("/limits").status_code == 200
        where = (client.base_url.host, client.base_url.port or 80)
        others = [held.enter_context(socket.create_connection(where)) for _ in range(4)]
        others[-1].sendall(b"GET /limits HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = rest(others[-1])
        assert answer.startswith(b"HTTP/1.1 503") and b"retry-after: 5" in answer.lower()
        assert b"application/problem+json" in answer and b"content-security-policy" in answer.lower()
        assert client.get("/limits").status_code == 200  # who was there before is answered
        more = [held.enter_context(socket.create_connection(where)) for _ in range(4)]
        assert rest(more[-1]) == b""  # beyond twice as many nothing is held
        held.close()
        while len(client.get("/limits").content) < 500:
            pass


def test_a_client_that_trickles_its_next_request_is_left(facts: Path) -> None:
    with served(facts, SERVE_STALLED_SECONDS=1) as (client, _):
        where = (client.base_url.host, client.base_url.port or 80)
        with socket.create_connection(where) as slow:
            slow.sendall(b"GET /limits HTTP/1.1\r\nHost: a\r\n\r\n")
            slow.settimeout(0.05)
            try:
                for _ in range(600):
                    slow.sendall(b"GET /limits HTTP/1.1\r\nX: "[:1])
                    try:
                        while slow.recv(65536):
                            pass
                        break
                    except TimeoutError:
                        pass
                else:
                    raise AssertionError("a client that trickles is still there")
            except (ConnectionResetError, BrokenPipeError):
                pass


def test_answers_that_nobody_reads_are_not_all_kept(facts: Path) -> None:
    with served(facts, SERVE_UNREAD_BYTES=1_000_000) as (client, process), ExitStack() as held:
        where = (client.base_url.host, client.base_url.port or 80)
        query = str(httpx.QueryParams({"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 15000"}))
        deaf = []
        for _ in range(4):
            each = held.enter_context(socket.socket())
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            each.connect(where)
            each.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            head = each.recv(1024)
            assert head.startswith(b"HTTP/1.1 200")
            deaf.append((each, head))
        assert "did not read" in told(process, "a client")
        first, head = deaf[0]
        size = int(head.lower().partition(b"content-length: ")[2].split()[0])
        body = head.partition(b"\r\n\r\n")[2] + rest(first)
        assert 0 < len(body) < size  # it can tell that its answer was cut


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
    where = (client.base_url.host, client.base_url.port or 80)
    tag = {"if-none-match": client.get("/api/queries").headers["etag"]}

    def leave(number: int) -> int:
        """Ask, and go away before the answer, or in the midst of it."""
        with socket.create_connection(where) as connection:
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
