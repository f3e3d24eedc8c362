"""The client of SPARQL services: whole answers or one clear line, and credentials that are told to nobody else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import services
import shell
from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph import limits
from graph.errors import ChuhaiError, UsageError
from graph.service import Service

WHOLE = b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"uri","value":"http://e/1"}},{"b":{"type":"literal","value":"\\u51fa\\u6d77","xml:lang":"zh-hans"}}]}}'
TRIPLES = b'<http://e/1> <http://e/p> "x" .\n<http://e/2> <http://e/p> "y" .\n'
SELECT = "SELECT ?a ?b WHERE { ?a ?b ?c }"


def whole(handler: Any) -> None:
    services.send(handler, 200, WHOLE)


def error(answer: Any, query: str = SELECT, seconds: float = 60) -> str:
    """The one line by which a query fails."""
    with services.scripted(answer) as server:
        service = Service(server.address, seconds=seconds)
        with pytest.raises(ChuhaiError) as caught:
            service.query(query)
    assert "\n" not in str(caught.value)
    assert server.address in str(caught.value)
    return str(caught.value)


def test_an_answer_comes_as_terms_with_unbound_cells_as_none() -> None:
    with services.scripted(whole) as server:
        answer = Service(server.address).query(SELECT)
    assert isinstance(answer, QuerySolutions)
    assert [list(row) for row in answer] == [
        [NamedNode("http://e/1"), None],
        [None, Literal("出海", language="zh-hans")],
    ]


def test_a_short_query_is_a_get_and_a_long_one_a_form() -> None:
    with services.scripted(whole) as server:
        service = Service(server.address)
        service.query(SELECT)
        service.query(SELECT + "#" * 3000)
        service.update("CLEAR ALL")
    assert [(method, path.partition("?")[0]) for method, path, *_ in server.requests] == [
        ("GET", "/query"),
        ("POST", "/query"),
        ("POST", "/update"),
    ]
    assert server.requests[2][3] == b"update=CLEAR+ALL"


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 7))
def test_an_answer_that_ends_early_is_an_error_wherever_it_ends(cut: int) -> None:
    assert "cut short or malformed" in error(lambda handler: services.send(handler, 200, WHOLE[:cut]))


@pytest.mark.parametrize("end", ["}", "\nThe SPARQL operation has been cancelled"])
def test_an_answer_with_something_after_its_end_is_an_error(end: str) -> None:
    assert "cut short or malformed" in error(lambda handler: services.send(handler, 200, WHOLE + end.encode()))


def test_an_answer_shorter_than_it_said_is_an_error_even_at_a_line_end() -> None:
    half = TRIPLES[: TRIPLES.index(b"\n") + 1]

    def short(handler: Any) -> None:
        services.send(handler, 200, half, len(TRIPLES), content_type="application/n-triples")

    assert "cut short" in error(short, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_triples_without_a_said_end_are_an_error() -> None:
    def endless(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\n\r\n" + TRIPLES)
        handler.close_connection = True

    assert "where its answer ends" in error(endless, "DESCRIBE <http://e/1>")


def test_chunks_that_stop_are_an_error() -> None:
    def stopping(handler: Any) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nTransfer-Encoding: chunked\r\n\r\n"
        handler.wfile.write(head + b"%x\r\n" % len(WHOLE) + WHOLE + b"\r\n")
        handler.close_connection = True

    assert "cut short" in error(stopping)


@pytest.mark.parametrize("name", ["X_SQL_State", "X_SPARQL_MaxRows"])
def test_a_part_that_the_service_owns_up_to_is_an_error(name: str) -> None:
    assert "only a part" in error(lambda handler: services.send(handler, 200, WHOLE, **{name: "10000"}))


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, r"failed \(500: out of memory\)"), (503, r"failed \(503"), (302, r"failed \(302"), (404, "nothing answers")],
)
def test_a_failing_service_is_one_line_with_its_reason(status: int, words: str) -> None:
    assert re.search(words, error(lambda handler: services.send(handler, status, b"out of memory\nmore")))


def test_a_page_in_place_of_an_answer_is_an_error() -> None:
    assert "malformed" in error(lambda handler: services.send(handler, 200, b"<html>Login</html>"))


def test_a_query_that_the_service_faults_is_a_wrong_request() -> None:
    def answer(handler: Any) -> None:
        services.send(handler, 400, b"error at 1:5")

    with services.scripted(answer) as server, pytest.raises(UsageError, match="error at 1:5"):
        Service(server.address).query(SELECT)


def test_an_answer_that_does_not_come_is_given_up() -> None:
    def late(handler: Any) -> None:
        handler.server.released.wait(60)

    assert "no answer within 0.2 s" in error(late, seconds=0.2)


def test_an_answer_that_trickles_is_given_up() -> None:
    def trickling(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not handler.server.released.wait(0.02):
            handler.wfile.write(b" ")

    assert "no answer within 0.3 s" in error(trickling, seconds=0.3)


def test_an_answer_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STORE_ANSWER_BYTES", 50)
    assert "longer than 50 bytes" in error(whole)


def test_a_service_that_is_not_there_is_one_line(facts: Path) -> None:
    with services.scripted(whole) as server:
        address = server.address
    line = shell.failure(shell.invoke(facts, "stats", "--store", address), 1)
    assert "cannot be reached" in line


@pytest.mark.parametrize("address", ["http://ada:secret@127.0.0.1/query", "http://", "ftp://example.org/"])
def test_an_address_that_cannot_be_used_is_refused_without_repeating_a_password(facts: Path, address: str) -> None:
    line = shell.failure(shell.invoke(facts, "stats", "--store", address), 2)
    assert "secret" not in line


# Credentials


def challenge(scheme: str) -> Any:
    """A service that asks for name and password: ada, s3cret."""

    def answer(handler: Any) -> None:
        given = handler.headers.get("authorization", "")
        if _is_right(given, handler):
            services.send(handler, 200, WHOLE)
        else:
            services.send(handler, 401, b"no", WWW_Authenticate=scheme)

    return answer


DIGEST = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'


def _is_right(given: str, handler: Any) -> bool:
    if given.startswith("Basic "):
        return given == "Basic YWRhOnMzY3JldA=="
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', given))
    if not given.startswith("Digest "):
        return False
    first, second = (hashlib.md5(t.encode()).hexdigest() for t in ("ada:r:s3cret", f"GET:{handler.path}"))
    text = f"{first}:n:{told['nc']}:{told['cnonce']}:auth:{second}"
    return told["response"] == hashlib.md5(text.encode()).hexdigest()


@pytest.mark.parametrize("scheme", ['Basic realm="r"', DIGEST])
def test_name_and_password_are_given_when_and_as_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("CHUHAI_STORE_USER", "ada")
    monkeypatch.setenv("CHUHAI_STORE_PASSWORD", "s3cret")
    with services.scripted(challenge(scheme)) as server:
        service = Service(server.address)
        service.query(SELECT)
        service.query(SELECT)
    assert "Authorization" not in {k.title() for k in server.requests[0][2]}
    assert "Authorization" in {k.title() for k in server.requests[-1][2]}


def test_name_and_password_of_netrc_are_those_of_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password s3cret\n", encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with services.scripted(challenge("Basic")) as server:
        Service(server.address).query(SELECT)
    (tmp_path / "netrc").write_text("machine example.org login ada password s3cret\n", encoding="utf-8")
    assert "access refused" in error(challenge("Basic"))


def test_a_token_is_sent_as_bearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUHAI_STORE_TOKEN", "t0ken")
    with services.scripted(whole) as server:
        Service(server.address).query(SELECT)
    assert {k.title(): v for k, v in server.requests[0][2].items()}["Authorization"] == "Bearer t0ken"


@pytest.mark.parametrize("scheme", ["Basic", DIGEST])
def test_wrong_credentials_are_refused_in_a_line_without_them(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("CHUHAI_STORE_USER", "ada")
    monkeypatch.setenv("CHUHAI_STORE_PASSWORD", "wr0ng")
    line = error(challenge(scheme))
    assert "access refused (401)" in line
    assert "wr0ng" not in line
