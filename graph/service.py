"""A client of SPARQL 1.1 services: questions and updates by HTTP, whole answers or an error.

An answer is read to its end, a long one onto disk, before any of it is given: one that is cut short, malformed, or
longer than limits.STORE_ANSWER_BYTES is an error, never a shorter answer. Credentials come from the environment
(CHUHAI_STORE_TOKEN, or CHUHAI_STORE_USER and CHUHAI_STORE_PASSWORD) or from netrc, and stand in no message.
"""

from __future__ import annotations

import json
import netrc
import os
import re
import weakref
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from time import monotonic
from urllib.parse import urlencode, urlsplit

import httpx
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from graph import engines, limits
from graph.engines import Engine
from graph.errors import ChuhaiError, StoreError, UsageError
from queries.binder import words

Answer = QuerySolutions | QueryBoolean | list[Triple]

_FORM = "application/x-www-form-urlencoded"
_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_LONGEST_ADDRESS = 2_000
_HELD_BYTES = 1_000_000
_FORM_OF_QUERY = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


class Service:
    """One SPARQL service, by the address of its queries and that of its updates.

    `engine` is known once it has answered.
    """

    def __init__(self, address: str, update: str | None = None, seconds: float = limits.STORE_SECONDS) -> None:
        parts = urlsplit(address)
        if parts.username or parts.password:
            raise UsageError(
                "an address with a password in it ends up in logs; put the password into CHUHAI_STORE_PASSWORD or netrc"
            )
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise UsageError(f"'{address}' is no address of a SPARQL service; give http://host:port/query")
        self.address = address
        self.updates = update or os.environ.get("CHUHAI_STORE_UPDATE") or _address_of_updates(address)
        self.engine: Engine = engines.UNTESTED
        self.seconds = seconds
        self._client = httpx.Client(
            auth=_Credentials(parts.hostname), timeout=seconds, headers={"Accept-Encoding": "identity"}
        )
        weakref.finalize(self, self._client.close)

    def query(self, text: str, dataset: Iterable[tuple[str, str]] = ()) -> Answer:
        """The whole answer to a query.

        Args:
            text: of a query.
            dataset: pairs of "default-graph-uri" or "named-graph-uri" and an IRI.

        Raises:
            UsageError: where the service finds fault with the query.
            ChuhaiError: where it cannot be reached, refuses, fails, or its answer is not whole.
        """
        found = _FORM_OF_QUERY.search(words(text))
        form = found[1].upper() if found else ""
        gives_triples = form in ("CONSTRUCT", "DESCRIBE")
        wanted = _TRIPLES if gives_triples else _RESULTS
        asked = urlencode([("query", text), *dataset])
        if len(self.address) + len(asked) < _LONGEST_ADDRESS:
            joint = "&" if urlsplit(self.address).query else "?"
            data = self._send("GET", f"{self.address}{joint}{asked}", None, {"Accept": wanted})
        else:
            data = self._send("POST", self.address, asked.encode(), {"Accept": wanted, "Content-Type": _FORM})
        if fault := _fault(data, gives_triples):
            raise self._error(f"its answer is cut short or malformed ({fault}); nothing of it is used")
        if gives_triples:
            return [Triple(q.subject, q.predicate, q.object) for q in parse(data.begun(), format=RdfFormat.N_TRIPLES)]
        answer = parse_query_results(data.begun(), format=QueryResultsFormat.JSON)
        if form == "ASK" and isinstance(answer, QuerySolutions):  # Virtuoso gives a row for true, none for false
            truth = b'{"head":{},"boolean":%s}' % (b"true" if any(True for _ in answer) else b"false")
            return parse_query_results(truth, format=QueryResultsFormat.JSON)
        return answer

    def update(self, text: str) -> None:
        """Carry out an update; whether all of it at once is up to the service.

        Raises:
            ChuhaiError: as for a query.
        """
        self._send("POST", self.updates, urlencode({"update": text}).encode(), {"Content-Type": _FORM})

    def _send(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> _Data:
        try:
            with self._client.stream(method, address, content=body, headers=headers) as response:
                self.engine = engines.behind(response.headers)
                data = self._read(response)
        except httpx.TimeoutException:
            raise self._error(f"no answer within {self.seconds:g} s; ask for less, or try later") from None
        except httpx.RemoteProtocolError as error:
            raise self._error(f"its answer is cut short ({error}); nothing of it is used") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._error(f"cannot be reached ({error}); check the address and that it runs") from None
        self._check(response, data)
        return data

    def _read(self, response: httpx.Response) -> _Data:
        until, data, size = monotonic() + self.seconds, _Data(_HELD_BYTES), 0
        for chunk in response.iter_bytes():
            data.write(chunk)
            size += len(chunk)
            if size > limits.STORE_ANSWER_BYTES:
                raise self._error(f"its answer is longer than {limits.STORE_ANSWER_BYTES:,} bytes; ask for less")
            if monotonic() > until:
                raise httpx.ReadTimeout("")
        return data

    def _check(self, response: httpx.Response, data: _Data) -> None:
        status, headers = response.status_code, response.headers
        said = _first_line(data.begun().read(2_000))
        if status == 400:
            raise UsageError(f"the query failed at {self.address}: {said or 'bad request'}")
        if status in (401, 403):
            where = "CHUHAI_STORE_USER and CHUHAI_STORE_PASSWORD, CHUHAI_STORE_TOKEN, or netrc"
            raise self._error(f"access refused ({status}); check {where}")
        if status == 404:
            raise self._error("nothing answers there (404); give the address of its queries, such as …/query")
        if not response.is_success:
            raise self._error(f"it failed ({status}{': ' + said if said else ''}); see its log, or try later")
        if "x-sql-state" in headers or "x-sparql-maxrows" in headers:
            raise self._error("it gave only a part of the answer, by its own limits; ask for less, or raise them")
        is_framed = "content-length" in headers or "transfer-encoding" in headers
        if not is_framed and _TRIPLES in headers.get("content-type", ""):
            raise self._error("it does not say where its answer ends, which could be cut short; use HTTP/1.1")

    def _error(self, problem: str) -> ChuhaiError:
        return StoreError(self.address, problem)


class _Data(SpooledTemporaryFile[bytes]):
    """The bytes of an answer, on disk where they are many; they go with whoever reads them last."""

    def begun(self) -> _Data:
        """The same, to be read from its beginning."""
        self.seek(0)
        return self

    def __del__(self) -> None:
        self.close()


def _fault(data: _Data, is_triples: bool) -> str:
    """What is wrong with an answer, read to its end; "" for nothing."""
    try:
        if is_triples:
            deque(parse(data.begun(), format=RdfFormat.N_TRIPLES), 0)
        elif isinstance(answer := parse_query_results(data.begun(), format=QueryResultsFormat.JSON), QuerySolutions):
            deque(answer, 0)
        else:
            json.loads(data.begun().read())
    except (SyntaxError, ValueError) as error:
        return str(error).partition("\n")[0]
    return ""


class _Credentials(httpx.Auth):
    """A bearer token at once; else name and password, when and how the service asks for them."""

    def __init__(self, host: str) -> None:
        self._token = os.environ.get("CHUHAI_STORE_TOKEN", "")
        self._login = _login(host)
        self._known: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
            return
        if self._known is None:
            response = yield request
            if response.status_code != 401 or self._login is None:
                return
            is_digest = response.headers.get("www-authenticate", "").lower().startswith("digest")
            self._known = (httpx.DigestAuth if is_digest else httpx.BasicAuth)(*self._login)
        yield from self._known.auth_flow(request)


def _login(host: str) -> tuple[str, str] | None:
    """Name and password for a host: of the environment, else of netrc."""
    if user := os.environ.get("CHUHAI_STORE_USER"):
        return user, os.environ.get("CHUHAI_STORE_PASSWORD", "")
    with suppress(OSError, netrc.NetrcParseError):
        if found := netrc.netrc(os.environ.get("NETRC")).authenticators(host):
            return found[0], found[2]
    return None


def _address_of_updates(address: str) -> str:
    """Where a service takes updates: …/update beside …/query, else the address itself."""
    return re.sub(r"/(query|sparql)$", lambda m: "/update" if m[1] == "query" else m[0], address)


def _first_line(data: bytes) -> str:
    """What a service says of a failure, its first line cut to a readable length."""
    text = data.decode(errors="replace").strip().partition("\n")[0]
    return "" if text.startswith("<") else "".join(c if c.isprintable() else " " for c in text).strip()[:200]
