"""A server on loopback for tests: the command itself, as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
from shell import CHUHAI


@contextmanager
def served(
    facts: Path | None, *options: str, log: IO[str] | int = subprocess.PIPE, **changed: int
) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A client of `chuhai serve` on a free port, and the process; in the end it is asked to stop, and must.

    `log` takes its stderr; `changed` are limits of the server's own process with other values.
    """
    environment = {**os.environ, **({"CHUHAI_FACTS": str(facts)} if facts else {})}
    program = f"from graph import limits; vars(limits).update({changed}); import cli; cli.commands(prog_name='chuhai')"
    command = [*([sys.executable, "-c", program] if changed else CHUHAI), "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout
    said = process.stdout.readline()
    address = re.search(r"http://\S+", said)
    assert address, process.communicate()
    try:
        with httpx.Client(base_url=address[0], timeout=60) as client:
            yield client, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 0


def logged(process: subprocess.Popen[str], words: str) -> str:
    """The next line of the log of a server that has these words in it."""
    assert process.stderr
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"the log ended without '{words}'")


def children(pid: int) -> list[int]:
    """The processes that a process started and that are still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def descriptors(pid: int) -> int:
    """How many files and connections a process holds open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def connect(client: httpx.Client) -> socket.socket:
    """A bare connection to the server of a client."""
    return socket.create_connection((client.base_url.host, client.base_url.port or 80))


def rest(connection: socket.socket) -> bytes:
    """What still comes through a connection until the other side ends it."""
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except ConnectionResetError:
        pass
    return received
