"""Parameters in query texts: replaced where they are meant, and never able to change what is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import engines
import pytest
from engines import Engine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from pyparsing import ParseException, ParseFatalException

import queries
from graph.errors import UsageError
from queries.binder import TYPES, bind, iri, parameters, words

ECHO = "SELECT ?x WHERE { VALUES ?x { ?_text_string } }"
MATCH = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STR(?o) = ?_text_string) }"
A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")

HOSTILE = {
    "double quote": '"',
    "single quote": "'",
    "three quotes": '""" } #',
    "backslash": "\\",
    "backslash before the end": 'a\\"',
    "newline": 'a\nb } DROP ALL #"',
    "carriage return": 'a\r"b',
    "end of the query": '"> . } DROP ALL #',
    "closing brace": '" ) } ; DROP ALL #',
    "another pattern": '") || true || ("" = "',
    "escaped quote": "\\u0022",
    "escaped quote and more": "\\u0022) || true || (\\u0022\\u0022 = \\u0022",
    "escaped backslash and quote": '\\u005c\\u0022) || true #"',
    "long escape": "\\U00000022) || true #",
    "escaped newline": "\\u000a } DROP ALL #",
    "line separator": "a\u2028b } DROP ALL #",
    "NUL": "a\0b",
    "direction override": "\u202e\u2066",
    "token": "?_text_string ?_other_iri $1 \\1 \\g<0>",
    "comment": "# nothing",
    "very long": 'x"\\' * 100_000,
}


@pytest.fixture(scope="module", params=list(engines.ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    """A store of two statements, of which none says anything hostile."""
    store = Store()
    store.extend([Quad(A, B, Literal("one"), A), Quad(B, A, Literal("two"), B)])
    return engines.ENGINES[request.param](store)


def text(value: str) -> Mapping[str, Literal]:
    return {"text": Literal(value)}


@pytest.mark.parametrize(
    "around",
    [
        '"?_a_string"',
        "'?_a_string'",
        '"""two " quotes ?_a_string\n"""',
        "'''an ' apostrophe ?_a_string\n'''",
        '"an escaped \\" quote ?_a_string"',
        "<https://example.org/?_a_string>",
        "# ?_a_string in a comment\n",
        "# an apostrophe's and a quote\" and ?_a_string\n",
    ],
)
def test_a_token_in_a_string_an_iri_or_a_comment_stays(around: str) -> None:
    query = f"SELECT * {{ ?s ?p {around} }}"
    assert parameters(query) == []
    assert bind(query, {}) == query


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("\"a\" ?_a_string 'b'", '"a" "x" \'b\''),
        ('<https://e.org/#x> ?_a_string # "', '<https://e.org/#x> "x" # "'),
        ("?n<?_a_string", '?n<"x"'),
        ("?n < ?_a_string && ?m > 2", '?n < "x" && ?m > 2'),
        ("$_a_string ?_a_string", '"x" "x"'),
        ('# it\'s\n?_a_string "?_a_string"', '# it\'s\n"x" "?_a_string"'),
        ("?a_string ?x_a_string", "?a_string ?x_a_string"),
    ],
)
def test_a_token_elsewhere_is_replaced_each_time(query: str, bound: str) -> None:
    assert bind(query, {"a": Literal("x")}) == bound


def test_the_words_of_a_query_are_what_is_no_string_iri_or_comment() -> None:
    query = """SELECT ?_a_iri{?s<https://e.org/limit>"LIMIT 1"} # LIMIT 2"""
    assert words(query) == "SELECT ?_a_iri{?s  }  "


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_comes_back_as_it_went_in(value: str) -> None:
    store = Store()
    assert engines.pyoxigraph(store)(bind(ECHO, text(value))) == (["x"], [[value]])


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_finds_nothing_more_on_any_engine(engine: Engine, value: str) -> None:
    refusal: tuple[type[Exception], ...] = (ParseException, ParseFatalException) if "\\" in value else ()
    with contextlib.suppress(*refusal):  # rdflib reads \uXXXX before it reads strings, and then refuses some
        assert engine(bind(MATCH, text(value)))[1] == []


def test_an_honest_text_finds_its_row_on_every_engine(engine: Engine) -> None:
    assert engine(bind(MATCH, text("one")))[1] == [["https://example.org/a"]]


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_comes_back_as_it_went_in(value: str) -> None:
    assert engines.pyoxigraph(Store())(bind(ECHO, text(value)))[1] == [[value]]


@given(st.text(alphabet="\"'\\u0022nU5cC\n#}{>< ?_text_string", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_of_dangerous_characters_stays_one_value(value: str) -> None:
    bound = bind(f"SELECT ?x ?y WHERE {{ VALUES (?x ?y) {{ (?_text_string {Literal('end')}) }} }}", text(value))
    assert engines.pyoxigraph(Store())(bound)[1] == [[value, "end"]]


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/a b",
        "https://example.org/a>",
        "https://example.org/> . } DROP ALL #",
        'https://example.org/"',
        "https://example.org/\\u003e",
        "https://example.org/a\nb",
        "https://example.org/\0",
        "https://example.org/{x}",
        "no scheme",
        "",
    ],
)
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no absolute IRI"):
        iri(value)


@pytest.mark.parametrize("value", ["organization/a b", "organization/a>", "https://example.org/a b"])
def test_a_query_refuses_what_is_no_iri_in_one_line(value: str) -> None:
    with pytest.raises(UsageError, match=r"parameter 'organization': .* is no absolute IRI") as caught:
        queries.named("departures").bind({"organization": value})
    assert "\n" not in str(caught.value)


def test_an_iri_in_any_script_is_taken() -> None:
    assert iri("https://example.org/智谱?a=1&b=(2)#c") == NamedNode("https://example.org/智谱?a=1&b=(2)#c")


@pytest.mark.parametrize(
    ("kind", "given", "term"),
    [
        ("integer", "-5", '"-5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "+0.5", '"+0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", "2025-06-18", '"2025-06-18"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("boolean", "true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("string", "智谱", '"智谱"'),
    ],
)
def test_a_text_becomes_a_term_of_its_type(kind: str, given: str, term: str) -> None:
    assert str(TYPES[kind](given)) == term


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("integer", "1.5"),
        ("integer", "一"),
        ("integer", "١"),
        ("integer", "9" * 19),
        ("integer", "1 } DROP ALL #"),
        ("integer", "1\n"),
        ("number", "1e5"),
        ("number", "NaN"),
        ("number", ".5"),
        ("date", "2025-02-30"),
        ("date", "2025-6-1"),
        ("date", "20250601"),
        ("date", "2025-W23-1"),
        ("date", "2025-06"),
        ("boolean", "True"),
        ("boolean", "1"),
    ],
)
def test_a_text_of_another_type_is_refused_with_an_example(kind: str, given: str) -> None:
    with pytest.raises(ValueError, match=r"is no .*, such as "):
        TYPES[kind](given)


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(UsageError, match="the parameter 'text' is missing"):
        bind(ECHO, {})
    with pytest.raises(UsageError, match="'departures' needs the parameter 'organization'"):
        queries.named("departures").bind({})


def test_an_unknown_parameter_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"has no parameter 'when'; it takes organization \(iri\), day \(date\)"):
        queries.named("headquarters-on").bind({"when": "2025-06-18"})
    with pytest.raises(UsageError, match="it takes none"):
        queries.named("single-source").bind({"x": "1"})


def test_a_mistyped_parameter_is_named_with_what_is_wrong() -> None:
    with pytest.raises(UsageError, match="parameter 'day': 'June' is no day, such as 2025-06-18"):
        queries.named("headquarters-on").bind({"organization": "organization/heygen", "day": "June"})


@pytest.mark.parametrize("query", ["?_year", "?_year_gyear", "?__iri"])
def test_a_parameter_without_a_known_type_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="has no type; end its name with one of iri, string"):
        parameters(query)


def test_a_default_stands_in_and_gives_way() -> None:
    query = queries.named("headquarters-in")
    assert "<https://w3id.org/chuhai/id/place/outside-mainland-china>" in query.bind({})
    assert "<https://w3id.org/chuhai/id/place/japan>" in query.bind({"area": "place/japan"})
