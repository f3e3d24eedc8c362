"""The SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013), case by case, and real clients of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import RdfFormat, parse, parse_query_results
from serving import children, descriptors, rest, served

from graph import limits
from graph.server.sparql import RDF, RESULTS
from ontology import REGISTER, RESOLVED, SOURCE

SELECT = "SELECT ?s ?l { ?s a chuhai:Product ; skos:prefLabel ?l } ORDER BY ?s ?l LIMIT 3"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SEED, OTHER = SOURCE + "seed-2025-10-24", SOURCE + "sohu-technology-zhipu-layoffs"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}


@pytest.fixture(scope="module")
def server(facts: Path) -> Iterator[tuple[httpx.Client, Any]]:
    with served(facts) as found:
        yield found


@pytest.fixture
def client(server: tuple[httpx.Client, Any]) -> httpx.Client:
    return server[0]


def ask(client: httpx.Client, query: str, **more: Any) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more})


def number(response: httpx.Response) -> int:
    """The one number that a query for a count is answered with."""
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


# Section 2.1: query operation


def test_the_three_ways_to_send_a_query_give_one_answer(client: httpx.Client) -> None:
    by_get = ask(client, SELECT)
    by_form = client.post("/sparql", data={"query": SELECT})
    directly = client.post("/sparql", content=SELECT, headers=QUERY)
    with_charset = client.post(
        "/sparql", content=SELECT, headers={"content-type": QUERY["content-type"] + "; charset=UTF-8"}
    )
    assert by_get.status_code == 200 and len(by_get.json()["results"]["bindings"]) == 3
    assert by_get.content == by_form.content == directly.content == with_charset.content


def test_a_query_in_chinese_arrives_by_every_way(client: httpx.Client) -> None:
    text = "ASK { FILTER(STRLEN('智谱') = 2) }"
    for response in (
        ask(client, text),
        client.post("/sparql", data={"query": text}),
        client.post("/sparql", content=text.encode(), headers=QUERY),
    ):
        assert response.json()["boolean"] is True


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ([("query", "ASK {}"), ("query", "ASK {}")], 400),
        ([("query", "ASK {")], 400),
        ([("query", "")], 400),
        ([("default-graph-uri", RESOLVED)], 400),
        ([("query", "INSERT DATA { <http://a.example/> a 1 }")], 400),
        ([("query", "CLEAR ALL")], 400),
        ([("update", "CLEAR ALL")], 403),
        ([("update", "CLEAR ALL"), ("update", "CLEAR ALL")], 403),
        ([("update", "CLEAR ALL"), ("query", "ASK {}")], 403),
        ([("query", "ASK {}"), ("using-graph-uri", RESOLVED)], 403),
        ([("query", "SELECT * { SERVICE <http://a.example/> {} }")], 403),
        ([("query", "SELECT * FROM <http://a.example/> { ?s ?p ?o }")], 400),
        ([("query", "ASK {}"), ("default-graph-uri", "http://a.example/")], 400),
        ([("query", "ASK {}"), ("named-graph-uri", "no IRI")], 400),
    ],
)
def test_a_wrong_request_has_its_status_by_get_and_by_form(
    client: httpx.Client, params: list[tuple[str, str]], status: int
) -> None:
    body = httpx.QueryParams(params)
    for response in (client.get("/sparql", params=body), client.post("/sparql", content=str(body), headers=FORM)):
        problem = response.json()
        assert (response.status_code, problem["status"]) == (status, status)
        assert response.headers["content-type"] == "application/problem+json"
        assert problem["detail"] and "\n" not in problem["detail"]


def test_a_body_that_is_no_query_has_its_status(client: httpx.Client) -> None:
    for content, kind, status in (
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"ASK {}", "application/sparql-query; charset=utf-16", 415),
        (b"ASK { \xff }", "application/sparql-query", 415),
        (b"query=%FF", FORM["content-type"], 400),
        (b"CLEAR ALL", "application/sparql-update", 403),
        ("CLEAR ALL".encode("utf-16"), "application/sparql-update; charset=utf-16", 403),
        (b"CLEAR NOTHING", "application/sparql-update", 403),
        (b"CLEAR ALL", "text/plain", 415),
        (b"update=CLEAR+ALL", "", 415),
        ("ASK {}".encode("utf-16"), "application/sparql-query", 415),
        (b"update=CLEAR+ALL", FORM["content-type"], 403),
        (b"", FORM["content-type"], 400),
    ):
        response = client.post("/sparql", content=content, headers={"content-type": kind})
        assert response.status_code == status, (content, kind, response.text)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert set(response.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD", "POST"}


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": "ASK {}"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(ask(client, "ASK {}").content))


# Section 2.1.4: the dataset


def test_a_query_sees_the_resolved_graph_unless_it_says_otherwise(client: httpx.Client) -> None:
    resolved = number(ask(client, COUNT))
    assert resolved == number(ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{RESOLVED}> {{ ?s ?p ?o }} }}"))
    assert number(ask(client, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) > 5
    register = number(ask(client, f"SELECT (COUNT(*) AS ?n) FROM <{REGISTER}> {{ ?s ?p ?o }}"))
    assert 0 < register < resolved
    assert register == number(ask(client, COUNT, **{"default-graph-uri": REGISTER}))


def test_the_protocol_names_the_dataset_against_the_query(client: httpx.Client) -> None:
    text = f"SELECT (COUNT(*) AS ?n) FROM <{RESOLVED}> {{ ?s ?p ?o }}"
    assert number(ask(client, text, **{"default-graph-uri": SEED})) == number(
        ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{SEED}> {{ ?s ?p ?o }} }}")
    )


def test_several_default_graphs_are_merged_and_others_are_out_of_sight(client: httpx.Client) -> None:
    both = {"default-graph-uri": [SEED, OTHER]}
    graphs = f"VALUES ?g {{ <{SEED}> <{OTHER}> }} GRAPH ?g {{ ?s ?p ?o }}"
    union = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s ?p ?o {{ {graphs} }} }} }}"
    assert number(ask(client, COUNT, **both)) == number(ask(client, union)) > 0
    assert number(ask(client, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **both)) == 0


def test_named_graphs_alone_leave_the_default_graph_empty(client: httpx.Client) -> None:
    named = {"named-graph-uri": [SEED, OTHER]}
    assert number(ask(client, COUNT, **named)) == 0
    assert number(ask(client, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **named)) == 2
    by_form = client.post("/sparql", data={"query": "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {} }", **named})
    assert number(by_form) == 2
    by_body = client.post(
        "/sparql", params=named, content="SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {} }", headers=QUERY
    )
    assert number(by_body) == 2


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_whole_dataset_holds_against_that_of_the_query_by_every_way(client: httpx.Client, way: str) -> None:
    graphs = [("default-graph-uri", SEED), ("named-graph-uri", OTHER)]
    own = f"FROM <{RESOLVED}> FROM NAMED <{REGISTER}>"
    text = f"SELECT (COUNT(DISTINCT ?g) AS ?n) {own} {{ ?s ?p ?o . {{ GRAPH ?g {{}} }} }}"
    alone = f"SELECT (COUNT(*) AS ?n) {own} {{ ?s ?p ?o }}"
    found = []
    for query in (text, alone):
        pairs = httpx.QueryParams([*graphs, ("query", query)])
        if way == "get":
            found.append(number(client.get("/sparql", params=pairs)))
        elif way == "form":
            found.append(number(client.post("/sparql", content=str(pairs), headers=FORM)))
        else:
            dataset = httpx.QueryParams(graphs)
            found.append(number(client.post("/sparql", params=dataset, content=query, headers=QUERY)))
    assert found == [1, number(ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{SEED}> {{ ?s ?p ?o }} }}"))]


def test_a_dataset_in_the_address_of_a_form_counts_and_two_queries_are_refused(client: httpx.Client) -> None:
    in_address = client.post("/sparql", params={"default-graph-uri": REGISTER}, data={"query": COUNT})
    assert number(in_address) == number(ask(client, COUNT, **{"default-graph-uri": REGISTER}))
    for response in (
        client.post("/sparql", params={"query": "ASK {}"}, data={"query": COUNT}),
        client.post("/sparql", params={"query": "ASK {}"}, content=COUNT, headers=QUERY),
    ):
        assert response.status_code == 400


# Section 2.1.5 and 2.1.6: formats and statuses


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("SELECT (1 AS ?value) {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        ("DESCRIBE <http://a.example/>", "text/turtle"),
        ("CONSTRUCT { <http://a.example/> a 1 } WHERE {}", "text/turtle"),
    ],
)
def test_each_form_of_a_query_has_a_format_of_its_own_kind(client: httpx.Client, text: str, media: str) -> None:
    for response in (ask(client, text), client.post("/sparql", data={"query": text})):
        assert (response.status_code, response.headers["content-type"]) == (200, media)


@pytest.mark.parametrize("media", RESULTS)
def test_a_table_comes_in_the_format_that_is_accepted(client: httpx.Client, media: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    if "csv" in media:
        assert response.text.startswith("s,l\r\n") and response.text.count("\r\n") == 4
    else:
        found = parse_query_results(response.content, format=RESULTS[media])
        assert len(list(found)) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("media", RDF)
@pytest.mark.parametrize("form", ["CONSTRUCT { ?s skos:prefLabel ?l }", "DESCRIBE ?s"])
def test_a_graph_comes_in_the_format_that_is_accepted(client: httpx.Client, media: str, form: str) -> None:
    text = f"{form} WHERE {{ SELECT ?s ?l {{ ?s a chuhai:Product ; skos:prefLabel ?l }} ORDER BY ?s ?l LIMIT 2 }}"
    response = client.get("/sparql", params={"query": text}, headers={"accept": media})
    assert response.headers["content-type"] == media
    assert len(set(parse(response.content, format=RDF[media]))) >= 2


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/html, text/tab-separated-values;q=0.5", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_the_liked_best_of_what_is_offered_is_sent(client: httpx.Client, accept: str, media: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize("accept", ["text/html", "image/png;q=0.4", "text/turtle", "text/csv;q=0", "nonsense"])
def test_what_cannot_be_accepted_is_406(client: httpx.Client, accept: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert response.status_code == 406 and "text/csv" in response.json()["detail"]


def test_the_service_describes_itself(client: httpx.Client) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for media in RDF:
        response = client.get("/sparql", headers={"accept": media})
        assert (response.status_code, response.headers["content-type"]) == (200, media)
    told = {
        (str(q.subject), str(q.predicate), str(q.object)) for q in parse(response.content, format=RdfFormat.RDF_XML)
    }
    endpoint = f"<{client.base_url.join('/sparql')}>"
    assert (endpoint, f"<{sd}supportedLanguage>", f"<{sd}SPARQL11Query>") in told
    assert (endpoint, f"<{sd}endpoint>", endpoint) in told
    assert f"<{SEED}>" in {o for _, p, o in told if p == f"<{sd}name>"}


def test_an_answer_is_kept_as_long_as_the_build(client: httpx.Client) -> None:
    first = ask(client, SELECT)
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get("/sparql", params={"query": SELECT}, headers={"if-none-match": '"other"'})
    assert other.content == first.content
    assert "etag" not in ask(client, "ASK {").headers


def test_pages_of_other_sites_may_read(client: httpx.Client) -> None:
    assert ask(client, "ASK {}").headers["access-control-allow-origin"] == "*"
    asked = {"origin": "https://a.example", "access-control-request-method": "POST"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]


def test_sizes_are_limited(client: httpx.Client) -> None:
    assert ask(client, "ASK {} #" + "x" * limits.SERVE_URL_BYTES).status_code == 414
    assert client.post("/sparql", content="ASK {} #" + "x" * limits.SERVE_URL_BYTES, headers=QUERY).status_code == 200
    large = client.post("/sparql", content="ASK {} #" + "x" * limits.SERVE_BODY_BYTES, headers=QUERY)
    assert large.status_code == 413
    many = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert many.status_code == 413 and "limit" in many.json()["detail"].lower()


# Real clients


def test_sparqlwrapper_asks(client: httpx.Client) -> None:
    from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

    wrapper = SPARQLWrapper(str(client.base_url.join("/sparql")))
    wrapper.setQuery(SELECT)
    for form in (JSON, XML, CSV):
        wrapper.setReturnFormat(form)
        assert wrapper.query().convert()
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 3
    wrapper.setQuery("CONSTRUCT WHERE { ?s a chuhai:Product }")
    wrapper.setReturnFormat(TURTLE)
    assert b"chuhai:Product" in wrapper.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_through_its_sparql_store(client: httpx.Client, method: str) -> None:
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(str(client.base_url.join("/sparql")), method=method)
    graph = Graph(store, identifier=URIRef(REGISTER))
    found = graph.query("SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } LIMIT 5")
    assert len(list(found)) == 5


def test_curl_asks(client: httpx.Client) -> None:
    address = str(client.base_url.join("/sparql"))
    given = ["--silent", "--show-error", "--fail", "--header", "Accept: text/csv"]
    out = subprocess.run(
        ["curl", *given, "--data-urlencode", f"query={SELECT}", address], capture_output=True, check=True
    )
    assert out.stdout.startswith(b"s,l\r\n")
    failed = subprocess.run(
        ["curl", *given, "--data-urlencode", "query=ASK {", address], capture_output=True, check=False
    )
    assert failed.returncode == 22


# Faults


def test_clients_that_send_half_a_request_or_stop_reading_hold_nobody_up(server: tuple[httpx.Client, Any]) -> None:
    client, _ = server
    where = (client.base_url.host, client.base_url.port or 80)
    with socket.create_connection(where) as half, socket.create_connection(where) as deaf:
        head = "Host: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 99"
        half.sendall(f"POST /sparql HTTP/1.1\r\n{head}\r\n\r\nASK".encode())
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        large = "SELECT%20*%20%7B%20GRAPH%20?g%20%7B?s%20?p%20?o%7D%20%7D%20LIMIT%2020000"
        deaf.sendall(f"GET /sparql?query={large} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert deaf.recv(12) == b"HTTP/1.1 200"
        assert ask(client, "ASK {}").json()["boolean"] is True


def test_clients_that_do_not_go_on_are_left(facts: Path) -> None:
    with served(facts, SERVE_STALLED_SECONDS=1) as (client, process):
        where = (client.base_url.host, client.base_url.port or 80)
        with socket.create_connection(where) as half:
            half.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n")
            half.sendall(b"Content-Length: 99\r\n\r\nASK")
            assert half.recv(12) == b"HTTP/1.1 408"
        before = _at_rest(process.pid, where)
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            deaf.connect(where)
            large = "SELECT%20*%20%7B%20GRAPH%20?g%20%7B?s%20?p%20?o%7D%20%7D%20LIMIT%2050000"
            deaf.sendall(f"GET /sparql?query={large} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            begun = deaf.recv(1024)
            size = int(begun.lower().partition(b"content-length: ")[2].split()[0])
            while descriptors(process.pid) > before:
                pass
            assert len(begun) + len(rest(deaf)) < size
        assert ask(client, "ASK {}").status_code == 200


def _at_rest(pid: int, where: tuple[str, int]) -> int:
    """How many descriptors a server has once it has left everybody who does not go on."""
    while True:
        before = descriptors(pid)
        with socket.create_connection(where) as silent:
            assert rest(silent) == b""
        if descriptors(pid) == before:
            return before


def test_a_hundred_clients_at_once_are_answered_or_told_to_come_again(server: tuple[httpx.Client, Any]) -> None:
    client, process = server
    ask(client, "ASK {}")
    before, workers = descriptors(process.pid), children(process.pid)
    many = httpx.Client(base_url=client.base_url, timeout=60, limits=httpx.Limits(max_connections=100))
    with many, ThreadPoolExecutor(100) as pool:
        found = list(pool.map(lambda _: ask(many, SELECT), range(100)))
    assert {r.status_code for r in found} <= {200, 503}
    assert sum(r.status_code == 200 for r in found) >= limits.SERVE_WORKERS
    assert all(r.headers["retry-after"].isdigit() for r in found if r.status_code == 503)
    assert len({r.content for r in found if r.status_code == 200}) == 1
    assert ask(client, SELECT).status_code == 200
    assert children(process.pid) == workers
    assert descriptors(process.pid) <= before + 2


def test_a_worker_killed_in_the_middle_of_a_query_is_replaced(server: tuple[httpx.Client, Any]) -> None:
    client, process = server
    ask(client, "ASK {}")
    before = {pid: _spent(pid) for pid in children(process.pid)}
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(ask, client, ENDLESS)
        busy = None
        while busy is None and not long.done():
            busy = next((pid for pid, spent in before.items() if _spent(pid) > spent + 20), None)
        assert busy is not None
        os.kill(busy, signal.SIGKILL)
        assert long.result().status_code == 500
    assert [ask(client, "ASK {}").status_code for _ in range(4)] == [200] * 4
    assert busy not in children(process.pid)


def _spent(pid: int) -> int:
    """How much time of the processor a process has had, in hundredths of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11])


def test_the_log_tells_no_query_unless_asked(facts: Path) -> None:
    for options, told in (((), False), (("--log-queries",), True)):
        with served(facts, *options) as (client, process):
            ask(client, "ASK { ?hidden ?p ?o }")
            client.post("/sparql", data={"query": "ASK { ?hidden ?p ?o }"})
            process.terminate()
            _, log = process.communicate(timeout=60)
        assert log.count("/sparql") == 2 and ("hidden" in log) is told


def test_an_address_that_is_taken_is_one_clear_line(server: tuple[httpx.Client, Any], run: Any) -> None:
    client, _ = server
    result = run("serve", "--port", str(client.base_url.port))
    assert result.exit_code == 1
    assert "cannot listen" in result.stderr and "--port" in result.stderr
