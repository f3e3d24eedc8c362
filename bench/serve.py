"""How many queries `chuhai serve` answers in a second, beside `oxigraph serve-read-only`, and what its pages cost.

    python bench/serve.py [--seconds N] [--rounds N] [--clients 4]

Both servers read the same build of the packaged facts, one after the other within each round, asked by the same
clients: threads, each with one connection that stays open. Eight named queries, from a fraction of a millisecond to
some 70, are asked with the values given here, by GET, for JSON; both have to give the same number of rows. Chuhai
answers with all its limits on: in processes that can be killed, and with the whole answer before its first byte.

A page (`/id/…` as HTML) and a call of /api/neighbours are set against their bare query: one SPARQL text over the same
server and the same connections that gives the rows which they show. Exit code 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote, urlencode

from timing import judged

import queries
from ontology import ID, RESOLVED

AIM = 0.5
"""Of the throughput of Oxigraph's own server: the median of the eight queries."""

COST = 3.0
"""A page or a call may take this many times its bare query."""

QUERIES = {
    "departures": {"organization": "organization/openai"},
    "headquarters-on": {"organization": "organization/heygen", "day": "2025-01-01"},
    "headquarters-moves": {},
    "relocation-facets": {},
    "market-presences": {},
    "disputed-values": {},
    "labels-of": {},
    "headquarters-tenures": {},
}
THINGS = ("organization/heygen", "product/manus", "organization/butterfly-effect", "person/xiao-hong")

SHOWN = """
SELECT ?node ?p ?o ?source WHERE {{
  {{ GRAPH <{graph}> {{ <{thing}> ?p ?o }} BIND(<{thing}> AS ?node) }}
  UNION {{ GRAPH <{graph}> {{ ?node ?in <{thing}> . ?node ?p ?o }} }}
  UNION {{ GRAPH <{graph}> {{ ?node ?in <{thing}> }} GRAPH ?source {{ ?o chuhai:about ?node }} }}
}}
"""
"""What a page shows: the thing, what it takes part in, and which statement of which source tells of that."""

JOINED = """
SELECT ?node ?type ?end ?label ?source WHERE {{
  {{ GRAPH <{graph}> {{ ?node ?in <{thing}> ; a ?type ; ?out ?end . ?end skos:prefLabel ?label }} }}
  UNION {{ GRAPH <{graph}> {{ ?node ?in <{thing}> }} GRAPH ?source {{ ?statement chuhai:about ?node }} }}
}}
"""
"""What a call for neighbours tells: what joins the thing to others, their labels, and which sources tell of it."""


class Load(NamedTuple):
    """What many requests came to: requests in a second, and the milliseconds of each."""

    rate: float
    times: list[float]

    def at(self, percent: int) -> float:
        return quantiles(self.times, n=100)[percent - 1] if len(self.times) > 1 else self.times[0]


class Client:
    """One connection that stays open; it reads an answer to its end and no more."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, request: bytes) -> bytes:
        """The body of the answer to a GET; it has to be 200."""
        self.socket.sendall(request)
        data = self.socket.recv(262_144)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self.socket.recv(262_144)
        head, parts, size = data[:end].lower(), [data[end + 4 :]], len(data) - end - 4
        assert b" 200 " in head[:20], data[:500]
        if length := re.search(rb"content-length: (\d+)", head):
            while size < int(length[1]):
                parts.append(self.socket.recv(262_144))
                size += len(parts[-1])
        else:
            while not parts[-1].endswith(b"0\r\n\r\n"):
                parts.append(self.socket.recv(262_144))
        return b"".join(parts)


def request(path: str, accept: str, **given: str) -> bytes:
    target = f"{path}?{urlencode(given)}" if given else path
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


def load(address: tuple[str, int], asked: list[bytes], clients: int, seconds: float) -> Load:
    """Ask in turn for so many seconds, with so many clients at once."""
    until = perf_counter() + seconds

    def one(number: int) -> list[float]:
        client = Client(address)
        times: list[float] = []
        with closing(client.socket):
            while not times or perf_counter() < until:
                start = perf_counter()
                client.get(asked[(number + len(times)) % len(asked)])
                times.append(perf_counter() - start)
        return times

    start = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = [time for found in pool.map(one, range(clients)) for time in found]
    return Load(len(times) / (perf_counter() - start), [time * 1000 for time in times])


@contextmanager
def running(command: list[str], ready: str, log: Path) -> Iterator[tuple[str, int]]:
    """A server, by its address on loopback, which it says once it is ready."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            while not (found := re.search(ready, log.read_text(encoding="utf-8"))):
                assert process.poll() is None, log.read_text(encoding="utf-8")
            yield "127.0.0.1", int(found[1])
        finally:
            process.terminate()
            process.wait(60)


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def merged(loads: list[Load]) -> Load:
    return Load(median(each.rate for each in loads), [time for each in loads for time in each.times])


def rows(address: tuple[str, int], asked: bytes) -> int:
    client = Client(address)
    with closing(client.socket):
        return client.get(asked).count(b'"type":')


def beside_oxigraph(own: tuple[str, int], peer: tuple[str, int], given: argparse.Namespace) -> float:
    """Print a row for each query; the median of the ratios."""
    json = "application/sparql-results+json"
    print("| query | requests/s | p50 ms | p99 ms | oxigraph: requests/s | p50 ms | p99 ms | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    ratios = []
    for name, values in QUERIES.items():
        text = queries.named(name).bind(values)
        asked = [request("/sparql", json, query=text)], [request("/query", json, query=text)]
        assert rows(own, asked[0][0]) == rows(peer, asked[1][0]) > 0, name
        found: tuple[list[Load], list[Load]] = [], []
        for _ in range(given.rounds):
            found[0].append(load(own, asked[0], given.clients, given.seconds))
            found[1].append(load(peer, asked[1], given.clients, given.seconds))
        ours, theirs = merged(found[0]), merged(found[1])
        ratios.append(ours.rate / theirs.rate)
        cells = [f"{v:.0f} | {each.at(50):.1f} | {each.at(99):.1f}" for each in (ours, theirs) for v in (each.rate,)]
        print(f"| {name} | {' | '.join(cells)} | {ratios[-1]:.2f} |", flush=True)
    return median(ratios)


def beside_bare(own: tuple[str, int], given: argparse.Namespace) -> dict[str, float]:
    """Print a row for pages and one for neighbours; the cost of each."""
    kinds = {
        "pages": ([request(f"/id/{thing}", "text/html") for thing in THINGS], SHOWN),
        "neighbours": ([request("/api/neighbours", "*/*", name=thing, limit="200") for thing in THINGS], JOINED),
    }
    print("\n| | p50 ms | bare query, p50 ms | ratio of requests/s |")
    print("|---|---:|---:|---:|")
    costs = {}
    for name, (asked, text) in kinds.items():
        bare = [
            request("/sparql", "*/*", query=text.format(thing=ID + quote(thing), graph=RESOLVED)) for thing in THINGS
        ]
        found: tuple[list[Load], list[Load]] = [], []
        for _ in range(given.rounds):
            found[0].append(load(own, asked, given.clients, given.seconds))
            found[1].append(load(own, bare, given.clients, given.seconds))
        whole, floor = merged(found[0]), merged(found[1])
        costs[name] = floor.rate / whole.rate
        print(f"| {name} | {whole.at(50):.1f} | {floor.at(50):.1f} | {costs[name]:.2f} |", flush=True)
    return costs


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure chuhai serve beside oxigraph serve-read-only.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of each query, each round, each server")
    parser.add_argument("--clients", type=int, default=4, help="at once")
    given = parser.parse_args()
    tools = Path(sys.executable).parent
    for setting in ("CHUHAI_FACTS", "CHUHAI_STORE"):
        os.environ.pop(setting, None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHUHAI_DATA"] = folder
        from graph import store

        place, room, port = store.build(), Path(folder), free_port()
        chuhai = [str(tools / "chuhai"), "serve", "--port", "0"]
        program = shutil.which("oxigraph", path=str(tools)) or "oxigraph"
        oxigraph = [program, "serve-read-only", "--location", str(place / "quads"), "--bind", f"127.0.0.1:{port}"]
        with (
            running(chuhai, r"serving at http://127\.0\.0\.1:(\d+)", room / "chuhai.log") as own,
            running(oxigraph, rf"Listening.*:({port})", room / "oxigraph.log") as peer,
        ):
            ratio, costs = beside_oxigraph(own, peer, given), beside_bare(own, given)
    print()
    met = [judged("requests per second, median of eight queries", "oxigraph serve-read-only", ratio, least=AIM)]
    met += [judged(f"time of {name}", "their bare query", cost, most=COST) for name, cost in costs.items()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
