"""The SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013), case by case, and real clients of it."""

from __future__ import annotations

import subprocess
from typing import Any

import httpx
import pytest
from pyoxigraph import RdfFormat, parse, parse_query_results

from graph import limits
from graph.server.sparql import RDF, RESULTS
from ontology import REGISTER, RESOLVED, SOURCE

SELECT = "SELECT ?s ?l { ?s a chuhai:Product ; skos:prefLabel ?l } ORDER BY ?s ?l LIMIT 3"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SEED, OTHER = SOURCE + "seed-2025-10-24", SOURCE + "sohu-technology-zhipu-layoffs"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}


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
