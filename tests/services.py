"""SPARQL services for tests, on loopback: real engines in processes of their own, and one that errs as it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

READY = {"oxigraph": "Listening for requests", "virtuoso": "Server online at"}

_VIRTUOSO = """
[Database]
DatabaseFile={room}/v.db
ErrorLogFile={room}/v.log
LockFile={room}/v.lck
TransactionFile={room}/v.trx
xa_persistent_file={room}/v.pxa
[TempDatabase]
DatabaseFile={room}/t.db
TransactionFile={room}/t.trx
[Parameters]
ServerPort=127.0.0.1:{other}
NumberOfBuffers=20000
[HTTPServer]
ServerPort=127.0.0.1:{port}
ServerThreads=4
[SPARQL]
ResultSetMaxRows=10000000
"""


@contextmanager
def oxigraph(room: Path) -> Iterator[str]:
    """An Oxigraph server on an empty store in memory: the address of its queries."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    port = _free_port()
    with _running([program, "serve", "--bind", f"127.0.0.1:{port}"], READY["oxigraph"]):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(room: Path) -> Iterator[str]:
    """A Virtuoso on a new database in `room`: the address that asks for name and password (dba, dba) by Digest."""
    port, other = _free_port(), _free_port()
    (room / "virtuoso.ini").write_text(_VIRTUOSO.format(room=room, port=port, other=other), encoding="utf-8")
    with _running(["virtuoso-t", "+foreground", "+configfile", str(room / "virtuoso.ini")], READY["virtuoso"]):
        yield f"http://127.0.0.1:{port}/sparql-auth"


ENGINES: dict[str, Callable[[Path], Any]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@contextmanager
def _running(command: list[str], ready: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if ready in line:
            break
    else:
        raise AssertionError("".join(said))
    rest = threading.Thread(target=process.stdout.read, daemon=True)
    rest.start()
    try:
        yield
    finally:
        process.kill()
        process.wait(60)
        rest.join(60)
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


class Scripted(ThreadingHTTPServer):
    """Answers every request as told; keeps the requests: method, path, headers, body."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Any], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[tuple[str, str, Mapping[str, str], bytes]] = []
        self.released = threading.Event()
        """Set at the end; an answer that keeps a client waiting waits for it."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/query"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        self.server.answer(self)

    do_GET = do_POST = _any  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


def send(handler: Any, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
    """Answer with a status, headers (name_of for Name-Of) and a body, of which another length may be claimed."""
    handler.send_response(status)
    for name, value in {"content_type": "application/sparql-results+json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = length is not None


@contextmanager
def scripted(answer: Callable[[Any], None]) -> Iterator[Scripted]:
    """A service that answers as told."""
    server = Scripted(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
