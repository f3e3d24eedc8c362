"""What a stranger's query may not do is refused, however it is written."""

from __future__ import annotations

from collections.abc import Iterator
from socket import create_server, socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ServiceError, UsageError
from graph.server import checks, sparql
from graph.store import Graph

HERE = {"http://here.example/", "http://here.example/#one"}
GAPS = ["", " ", "\n", "\t", "# a comment\n", "# '\n", '# "\n', "#SERVICE\n"]


def check(text: str) -> bool:
    return checks.names_graphs(checks.plain_lines(text), HERE.__contains__)


def cased(word: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([c.lower(), c.upper()]) for c in word)).map("".join)


@settings(deadline=None)
@given(
    service=cased("SERVICE"), silent=st.sampled_from(["", " SILENT", " silent"]), gap=st.sampled_from(GAPS),
    address=st.sampled_from(["<http://a.example/>", "?where", "service:service", "<relative>"]),
    around=st.sampled_from([
        "{{ {} }}", "{{ {{ {} }} }}", "{{ ?s ?p 1 . {} }}", "{{ ?s ?p 'it''s' {} }}".replace("''", ""),
        "{{ OPTIONAL {{ {} }} }}", "{{ {{}} UNION {{ {} }} }}", "{{ FILTER EXISTS {{ {} }} }}",
        "{{ FILTER NOT EXISTS {{ {} }} }}", "{{ {{ SELECT * {{ {} }} }} }}", "{{ GRAPH ?g {{ {} }} }}",
        "{{ MINUS {{ {} }} }}", "{{ ?s ?p '''\n' service # ''' . {} }}", '{{ ?s ?p "# no comment" . {} }}',
        "{{ ?s ?p <http://a.example/#b> . {} }}", "{{ BIND(EXISTS {{ {} }} AS ?x) }}",
    ]),
    form=st.sampled_from(["SELECT * WHERE ", "ASK ", "CONSTRUCT { ?s ?p ?o } WHERE ", "DESCRIBE ?s WHERE "]),
)  # fmt: skip
def test_service_is_refused_wherever_and_however_it_is_written(
    service: str, silent: str, gap: str, address: str, around: str, form: str
) -> None:
    gap = gap if address.startswith(("<", "?")) else gap or " "
    call = f"{service}{silent}{gap or ' ' if silent and address[0] == 's' else gap}{address} {{ ?s ?p ?o }}"
    with pytest.raises(ServiceError) as refused:
        check("PREFIX service: <http://a.example/service> " + form + around.format(call))
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://a.example/> {}' }",
        'SELECT * { ?s ?p """\n SERVICE <http://a.example/> {} """ }',
        "SELECT * { ?service ?p ?o } # SERVICE <http://a.example/> {}",
        "PREFIX service: <http://a.example/> SELECT * { ?s service:service service: }",
        "PREFIX from: <http://a.example/> SELECT ?from { ?from from:from <http://from.example/> }",
        "SELECT * { ?s chuhai:fromPlace ?o }",
        "SELECT * { <http://a.example/service> ?p ?o }",
        "SELECT * { ?s ?p '\\u0027 . SERVICE <http://a.example/> {} #' }",
    ],
)
def test_words_that_call_nothing_are_let_through(text: str) -> None:
    assert not check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * # a comment\rWHERE { SERVICE <http://a.example/> {} }",
        "SELECT * { SERVICE\r\n<http://a.example/> {} }",
    ],
)
def test_a_carriage_return_ends_a_comment(text: str) -> None:
    with pytest.raises(ServiceError):
        check(text)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p <http://a.example/\\u003E . SERVICE \\u003C> }"])
def test_escapes_over_which_parsers_differ_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="escapes"):
        check(text)


@pytest.mark.parametrize("opening", ["{" * 5000, "(" * 5000])
def test_a_query_nested_beyond_measure_is_an_error(opening: str) -> None:
    with pytest.raises(UsageError):
        check(f"SELECT * FROM <http://here.example/> {{ FILTER {opening}")


def test_from_is_seen_and_graphs_that_are_not_held_are_refused() -> None:
    assert check("SELECT * FROM <http://here.example/> { ?s ?p ?o }")
    assert check("SELECT * FROM <http://here.example/#one> { ?s a <http://here.example/#C> . { ?s ?p ?o } }")
    assert check("PREFIX h: <http://here.example/> SELECT * FROM NAMED h: { GRAPH ?g { ?s ?p ?o } }")
    for clause in ("FROM<http://a.example/>", "from named <http://a.example/>", "FROM graph:none"):
        with pytest.raises(UsageError, match="there is no graph"):
            check(f"SELECT * {clause} WHERE {{ ?s ?p ?o }}")


@pytest.fixture
def outside() -> Iterator[socket]:
    """Where another service on this machine would be called."""
    with create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def _address(listening: socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def _nobody_called(listening: socket) -> bool:
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_call_that_passed_the_check_would_reach_nobody(
    graph: Graph, outside: socket, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "names_graphs", lambda *_: False)
    text = f"SELECT * {{ SERVICE {silent} <{_address(outside)}> {{ ?s ?p ?o }} }}"
    if silent:
        sparql.answer(graph, text, (), (), "")
    else:
        with pytest.raises(UsageError, match="failed"):
            sparql.answer(graph, text, (), (), "")
    assert _nobody_called(outside)


@pytest.mark.parametrize("text", ["LOAD <{}>", "LOAD SILENT <{}>", "INSERT DATA {{ <{}> a 1 }}", "CLEAR ALL"])
def test_an_update_is_no_query(graph: Graph, outside: socket, text: str) -> None:
    before = len(graph.quads)
    with pytest.raises(UsageError, match="syntax error"):
        sparql.answer(graph, text.format(_address(outside)), (), (), "")
    assert _nobody_called(outside)
    assert len(graph.quads) == before
