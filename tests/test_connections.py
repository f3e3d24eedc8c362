"""Clients that come in crowds, send half a request, or do not read: nobody else waits, and nothing is kept for them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import children, connect, descriptors, logged, rest, served

from graph import limits

ASK = {"query": "ASK {}"}


@pytest.fixture(scope="module")
def server(facts: Path) -> Iterator[tuple[httpx.Client, Any]]:
    with served(facts) as found:
        yield found


def half(client: httpx.Client) -> socket.socket:
    """A connection that has sent the beginning of a request."""
    connection = connect(client)
    head = "Host: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 99"
    connection.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\nASK".encode())
    return connection


def deaf(client: httpx.Client) -> tuple[socket.socket, bytes]:
    """A connection that has asked for a large table and read no more than the beginning of it, and that beginning."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.connect((client.base_url.host, client.base_url.port or 80))
    query = httpx.QueryParams({"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 20000"})
    connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    begun = connection.recv(1024)
    assert begun.startswith(b"HTTP/1.1 200")
    return connection, begun


def assert_cut(connection: socket.socket, begun: bytes) -> None:
    """The client can tell that its answer was cut."""
    size = int(begun.lower().partition(b"content-length: ")[2].split()[0])
    assert 0 < len(begun.partition(b"\r\n\r\n")[2] + rest(connection)) < size


def at_rest(client: httpx.Client, pid: int) -> int:
    """How many descriptors a server has once it has left everybody who does not go on."""
    while True:
        before = descriptors(pid)
        with connect(client) as silent:
            assert rest(silent) == b""
        if descriptors(pid) == before:
            return before


def test_clients_that_send_half_a_request_or_stop_reading_hold_nobody_up(server: tuple[httpx.Client, Any]) -> None:
    client, _ = server
    with half(client), deaf(client)[0]:
        assert client.get("/sparql", params=ASK).json()["boolean"] is True


def test_clients_that_do_not_go_on_are_left(facts: Path) -> None:
    with served(facts, SERVE_STALLED_SECONDS=1) as (client, process):
        with half(client) as waiting:
            assert waiting.recv(12) == b"HTTP/1.1 408"
        before = at_rest(client, process.pid)
        connection, begun = deaf(client)
        with connection:
            while descriptors(process.pid) > before:
                pass
            assert_cut(connection, begun)
        assert client.get("/sparql", params=ASK).status_code == 200


def test_connections_beyond_the_limit_are_told_to_come_again(facts: Path) -> None:
    with served(facts, SERVE_CONNECTIONS=3) as (client, _), ExitStack() as held:
        assert client.get("/limits").status_code == 200
        others = [held.enter_context(connect(client)) for _ in range(4)]
        others[-1].sendall(b"GET /limits HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = rest(others[-1])
        assert answer.startswith(b"HTTP/1.1 503") and b"retry-after: 5" in answer.lower()
        assert b"application/problem+json" in answer and b"content-security-policy" in answer.lower()
        assert client.get("/limits").status_code == 200  # who was there before is answered
        more = [held.enter_context(connect(client)) for _ in range(4)]
        assert rest(more[-1]) == b""  # beyond twice as many nothing is held
        held.close()
        while len(client.get("/limits").content) < 500:
            pass


def test_a_client_that_trickles_its_next_request_is_left(facts: Path) -> None:
    gone = suppress(ConnectionResetError, BrokenPipeError)
    with served(facts, SERVE_STALLED_SECONDS=1) as (client, _), connect(client) as slow, gone:
        slow.sendall(b"GET /limits HTTP/1.1\r\nHost: a\r\n\r\n")
        slow.settimeout(0.05)
        for _ in range(600):
            slow.sendall(b"G")
            with suppress(TimeoutError):
                while slow.recv(65536):
                    pass
                return
        pytest.fail("a client that trickles is still there")


def test_answers_that_nobody_reads_are_not_all_kept(facts: Path) -> None:
    with served(facts, SERVE_UNREAD_BYTES=1_000_000) as (client, process), ExitStack() as held:
        clients = [deaf(client) for _ in range(4)]
        for connection, _ in clients:
            held.enter_context(connection)
        assert "did not read" in logged(process, "a client")
        assert_cut(*clients[0])


def test_a_hundred_clients_at_once_are_answered_or_told_to_come_again(server: tuple[httpx.Client, Any]) -> None:
    client, process = server
    query = {"query": "SELECT ?s ?l { ?s a chuhai:Product ; skos:prefLabel ?l } ORDER BY ?s ?l LIMIT 3"}
    client.get("/sparql", params=query)
    before, workers = descriptors(process.pid), children(process.pid)
    many = httpx.Client(base_url=client.base_url, timeout=60, limits=httpx.Limits(max_connections=100))
    with many, ThreadPoolExecutor(100) as pool:
        found = list(pool.map(lambda _: many.get("/sparql", params=query), range(100)))
    assert {r.status_code for r in found} <= {200, 503}
    assert sum(r.status_code == 200 for r in found) >= limits.SERVE_WORKERS
    assert all(r.headers["retry-after"].isdigit() for r in found if r.status_code == 503)
    assert len({r.content for r in found if r.status_code == 200}) == 1
    assert client.get("/sparql", params=query).status_code == 200
    assert children(process.pid) == workers
    assert descriptors(process.pid) <= before + 2
