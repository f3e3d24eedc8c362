"""What holds for every answer, whatever is asked for: headers, and no way out of the graph."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import httpx
import pytest
from serving import connect, rest

from graph.server import app, routes

PATHS = sorted(
    {route.path for route in routes.routes(app.Service(None, "1"))}  # type: ignore[arg-type]
    | {
        "/sparql",
        "/sparql?query=ASK%20%7B%7D",
        "/sparql?query=ASK",
        "/none",
        "/api/profile?name=Manus",
        "/id/product/manus",
    }
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "access-control-allow-origin": "*",
}


@pytest.mark.parametrize("path", PATHS)
def test_every_response_keeps_browsers_in_bounds(client: httpx.Client, path: str) -> None:
    where = re.sub(r"\{[^}]*\}", "x", path)
    asked: list[tuple[str, dict[str, Any]]] = [
        ("GET", {}), ("HEAD", {}), ("OPTIONS", {}), ("POST", {"data": {"query": "x"}}), ("DELETE", {}),
        ("GET", {"headers": {"accept": "text/html"}}), ("GET", {"headers": {"accept": "image/png"}}),
        ("GET", {"params": {"x": "y" * 17_000}}),
    ]  # fmt: skip
    for method, given in asked:
        response = client.request(method, where, **given)
        assert response.status_code < 500, (method, given, response.text)
        assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS, (method, given)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors" in policy and "unsafe-eval" not in policy
        scripts = re.findall(r"(?:script-src|default-src)[^;]*", policy)
        assert not any("unsafe-inline" in each or "http" in each or "*" in each for each in scripts)
        assert "server" not in response.headers


@pytest.mark.parametrize(
    "target",
    [
        *(b"/../../../etc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc%2fpasswd", b"//etc/passwd"),
        *(b"/id/../../../etc/passwd", b"/id/%2e%2e%2f%2e%2e%2fetc%2fpasswd", b"/id/..%5c..%5cetc"),
        *(b"/id/product/manus%00", b"/static/../x"),
        *(b"/style.css/../../worker.py", b"/style.css%2f..%2fworker.py", b"/source/..%2f..%2fregister", b"/%00"),
        *(b"/concept/%ff%fe", b"/id/%c0%ae%c0%ae/etc", b"/api/%2e%2e/limits", b"/api/queries/..%2f..%2fbuild"),
        *(b"http://other.example/etc/passwd", b"/id/product/manus/../../../etc/passwd"),
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_graph(client: httpx.Client, target: bytes) -> None:
    status, body = raw(client, b"GET " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert status == 404, body
    assert b"root:" not in body and b"import" not in body


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /\xff HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /limits\x00 HTTP/1.1",
        b"POST * HTTP/1.1",
    ],
)
def test_what_is_no_request_is_refused(client: httpx.Client, request_line: bytes) -> None:
    status, _ = raw(client, request_line + b"\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert 400 <= status < 500


def test_headers_without_end_are_refused(client: httpx.Client) -> None:
    status, _ = raw(client, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 20_000)
    assert 400 <= status < 500
    assert client.get("/limits").status_code == 200


def raw(client: httpx.Client, request: bytes) -> tuple[int, bytes]:
    """The status and the whole answer to some bytes; 400 where the connection was ended."""
    with connect(client) as connection:
        with suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(request)
        received = rest(connection)
    return int(received.split(maxsplit=2)[1]) if received else 400, received
