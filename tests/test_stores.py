"""The conformance suite of stores: the same facts, behind a SPARQL service, answer as the embedded store does.

It runs on an Oxigraph server; with CHUHAI_TEST_ENGINES=oxigraph,virtuoso also on a Virtuoso. Named queries on
rdflib's own engine stand in test_queries.py, which reads the same asserted answers.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import engines
import pytest
import services
import shell
from folders import folder, moved, raised, source
from pyoxigraph import QuerySolutions
from test_queries import ANSWERS, FOLDERS, request

import queries
from graph import answers, limits
from graph.engines import VIRTUOSO
from graph.errors import ChuhaiError, UsageError
from graph.moment import NOW, Moment, moment
from graph.opened import Opened
from graph.publish import Published, publish
from graph.remote import open_service
from graph.server import copies
from graph.service import Service
from graph.store import Graph, in_memory
from ontology import CHUHAI, GRAPH, REGISTER, RESOLVED, SOURCE

CHOSEN = os.environ.get("CHUHAI_TEST_ENGINES", "oxigraph").split(",")

FOREIGN = "INSERT DATA { GRAPH <http://example.org/theirs> { <http://e/a> <http://e/b> <http://e/c> } }"


@pytest.fixture(scope="module", params=CHOSEN)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running engine, with its credentials in the environment."""
    login = {"CHUHAI_STORE_USER": "dba", "CHUHAI_STORE_PASSWORD": "dba"}
    with pytest.MonkeyPatch.context() as patch, services.ENGINES[request.param](tmp_path_factory.mktemp("db")) as found:
        for name, value in login.items():
            patch.setenv(name, value)
        yield found


@pytest.fixture(scope="module", params=FOLDERS)
def pair(request: pytest.FixtureRequest, address: str, graph: Graph, later_graph: Graph) -> tuple[str, Graph, Graph]:
    """The name of a folder of answers, its graph here, and the same one behind the service."""
    here = dict(zip(FOLDERS, (graph, later_graph), strict=True))[request.param]
    publish(here, request.param, Service(address))
    return request.param, here, open_service(address)


def test_a_named_query_answers_as_asserted(pair: tuple[str, Graph, Graph]) -> None:
    name, _, there = pair
    ask = engines.pyoxigraph(there.quads)  # type: ignore[arg-type]
    refused = there.engine.wrong_queries
    differing = []
    for path in (path for path in ANSWERS if path.parent.name == name):
        if path.stem.partition("--")[0] in refused:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            columns, *rows = csv.reader(file)
        if ask(request(path)[1]) != (columns, rows):
            differing.append(path.stem)
    assert differing == []


MOMENTS = [NOW, moment("2025-08"), moment(None, "2025-09"), moment("2026-01", "2026-01")]


@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_lookups_are_the_same_at_every_moment(pair: tuple[str, Graph, Graph], at: Moment) -> None:
    _, here, there = pair
    for name in ("Manus", "organization/butterfly-effect", "智谱"):
        told = [Opened(graph, "zh", at).lookup(name) for graph in (here, there)]
        assert told[0].as_dict() == told[1].as_dict()


def test_paths_networks_and_sources_are_the_same(pair: tuple[str, Graph, Graph]) -> None:
    _, here, there = pair
    sides = [Opened(graph) for graph in (here, there)]
    paths = [each.paths("Manus", "Singapore", hubs=True) for each in sides]
    assert paths[0] and paths[0] == paths[1]
    assert [*answers.sources(sides[0]).rows] == [*answers.sources(sides[1]).rows]
    for name in ("whole", "investment", "co-investment", "headquarters-flow"):
        drawn = [sorted(each.network(name).edges(data=True), key=str) for each in sides]
        assert drawn[0] == drawn[1]


def test_the_whole_graph_of_another_day_is_the_same(pair: tuple[str, Graph, Graph]) -> None:
    _, here, there = pair
    rows = [Opened(graph, at=moment("2025-08", "2025-09")).query("counts").rows for graph in (here, there)]
    assert [list(map(str, row)) for row in rows[0]] == [list(map(str, row)) for row in rows[1]]


TEXTS = [
    "SELECT ?p WHERE { ?p a chuhai:Product } ORDER BY ?p",
    "SELECT ?p ?g WHERE { ?p a chuhai:Product . GRAPH ?g { ?s chuhai:about ?p } } ORDER BY ?p ?g",
    "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/chuhai/graph/register> WHERE { ?s skos:prefLabel ?o }",
    "SELECT ?s WHERE { ?s skos:prefLabel 'GRAPH FROM'@en } # GRAPH",
    "PREFIX c: <https://w3id.org/chuhai/ontology#> SELECT ?x WHERE { ?x a c:Ranking } ORDER BY ?x",
    'ASK { ?product skos:prefLabel "Manus"@en }',
    'ASK { ?product skos:prefLabel "Nobody"@en }',
    "CONSTRUCT { ?p a chuhai:Product } WHERE { ?p a chuhai:Product }",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_sees_the_resolved_graph_and_the_others_by_name(pair: tuple[str, Graph, Graph], text: str) -> None:
    _, here, there = pair
    rows = [Opened(graph).query(text, is_text=True).rows for graph in (here, there)]
    assert sorted(map(str, rows[0])) == sorted(map(str, rows[1]))


# Publishing


@pytest.fixture
def small(tmp_path: Path) -> Graph:
    return in_memory(
        folder(tmp_path / "small", source("one", moved(when="2025-06")), source("two", raised(when="2024")))
    )


@pytest.fixture
def other(tmp_path: Path) -> Graph:
    """The small graph without one source, with another statement in the other, and a third."""
    return in_memory(
        folder(tmp_path / "other", source("one", moved(when="2025-07")), source("three", raised(when="2023")))
    )


def held(service: Service) -> dict[str, int]:
    answer = service.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(answer, QuerySolutions)
    return {g.value: int(n.value) for g, n in answer}


def of_graph(graph: Graph) -> dict[str, int]:
    counts: dict[str, int] = {}
    for quad in graph.quads:
        name = quad.graph_name.value  # type: ignore[union-attr]
        counts[name] = counts.get(name, 0) + 1
    return counts


def ours(service: Service) -> dict[str, int]:
    known = (SOURCE, RESOLVED, REGISTER, GRAPH + "ontology", GRAPH + "editorial")
    return {name: count for name, count in held(service).items() if name.startswith(known)}


def test_publishing_again_does_nothing(address: str, small: Graph) -> None:
    service = Service(address)
    publish(small, "a", service)
    assert ours(service) == of_graph(small)
    again = publish(small, "a", service)
    assert again == Published(0, 0, len(of_graph(small)), sum(of_graph(small).values()))


def test_a_source_is_replaced_another_dropped_and_what_others_put_there_stays(
    address: str, small: Graph, other: Graph
) -> None:
    service = Service(address)
    publish(small, "a", service)
    service.update(FOREIGN)
    done = publish(other, "b", service)
    assert (done.put, done.dropped) == (3, 1)  # one, three and the resolved graph; two
    assert ours(service) == of_graph(other)
    assert held(service)["http://example.org/theirs"] == 1
    timeline = [Opened(graph).query("headquarters-moves").rows for graph in (other, open_service(address))]
    assert str(timeline[0]) == str(timeline[1])


class Failing(Service):
    """A service that stops taking updates after so many."""

    left = 0

    def update(self, text: str) -> None:
        if self.left == 0:
            raise ChuhaiError("the store is gone")
        self.left -= 1
        super().update(text)


@pytest.mark.parametrize("after", range(8))
def test_an_interrupted_publication_is_read_by_nobody_and_goes_on(
    address: str, small: Graph, other: Graph, after: int
) -> None:
    publish(small, "a", Service(address))
    failing = Failing(address)
    failing.left = after
    with pytest.raises(ChuhaiError, match="the store is gone") as caught:
        publish(other, "b", failing)
    if after < 2:
        assert Opened(open_service(address)).lookup("organization/acme")  # nothing was done: it is the old state
    else:
        assert "half published" in str(caught.value)
        with pytest.raises(ChuhaiError, match="half published: it goes from build a to build b"):
            open_service(address)
    if after > 0:
        with pytest.raises(ChuhaiError, match=f"published to by .*process {os.getpid()}, since 20.* ago; if it"):
            publish(other, "b", Service(address))
    done = publish(other, "b", Service(address), takeover=True)
    assert done.put == 3 - max(0, min(2, (after - 2) // 2))  # two updates a source, after a lease and a beginning
    assert ours(Service(address)) == of_graph(other)
    assert Opened(open_service(address)).lookup("organization/acme")


def test_until_the_end_others_see_the_resolved_graph_as_it_was(address: str, small: Graph, other: Graph) -> None:
    publish(small, "a", Service(address))
    seen: set[tuple[str, ...]] = set()
    days = f"SELECT ?day WHERE {{ GRAPH <{RESOLVED}> {{ ?move <{CHUHAI}notBefore> ?day }} }}"

    class Watched(Service):
        def update(self, text: str) -> None:
            super().update(text)
            answer = Service(address).query(days)
            assert isinstance(answer, QuerySolutions)
            seen.add(tuple(sorted(row["day"].value for row in answer)))

    publish(other, "b", Watched(address))
    assert seen == {("2024-01-01", "2025-06-01"), ("2023-01-01", "2025-07-01")}
    assert GRAPH + "coming" not in held(Service(address))


def test_of_two_publications_at_once_one_goes_on(address: str, small: Graph, other: Graph) -> None:
    publish(small, "a", Service(address))
    ready, outcomes = Barrier(2), {}

    class Together(Service):
        def update(self, text: str) -> None:
            if not outcomes.setdefault(self, ""):
                outcomes[self] = "begun"
                ready.wait(60)
            super().update(text)

    def run(graph: Graph, key: str) -> str:
        try:
            publish(graph, key, Together(address))
        except ChuhaiError as error:
            return str(error)
        return key

    third = in_memory(folder(small.facts.parent / "third", source("four", moved(when="2021"))))  # type: ignore[union-attr]
    with ThreadPoolExecutor(2) as pool:
        told = [*pool.map(run, (other, third), ("b", "c"))]
    won = [index for index, text in enumerate(told) if text in ("b", "c")]
    assert len(won) == 1
    assert "is being published to by" in told[1 - won[0]]
    assert ours(Service(address)) == of_graph((other, third)[won[0]])
    assert Opened(open_service(address)).lookup("organization/acme")


KILLED = """
import sys
from graph.publish import publish
from graph.server import copies
from graph.service import Service
from graph.store import in_memory

class Hanging(Service):
    left = 4
    def update(self, text):
        self.left -= 1
        if self.left == 0:
            print("hangs", flush=True)
            sys.stdin.read()
        super().update(text)

publish(in_memory(__import__("pathlib").Path(sys.argv[1])), "b", Hanging(sys.argv[2]))
"""


def test_after_a_publication_was_killed_the_next_waits_or_takes_over(
    address: str, small: Graph, other: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small, "a", Service(address))
    command = [sys.executable, "-c", KILLED, str(other.facts), address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"hangs\n"
        process.kill()
    with pytest.raises(ChuhaiError, match=f"process {process.pid}, since .* --takeover"):
        publish(other, "b", Service(address))
    with pytest.raises(ChuhaiError, match="half published"):
        open_service(address)
    monkeypatch.setattr(limits, "PUBLISH_SILENT_SECONDS", -1)
    publish(other, "b", Service(address))
    assert ours(Service(address)) == of_graph(other)
    assert Opened(open_service(address)).lookup("organization/acme")


def test_who_was_taken_over_stops(address: str, small: Graph, other: Graph) -> None:
    publish(small, "a", Service(address))

    class Ousted(Service):
        left = 4

        def update(self, text: str) -> None:
            self.left -= 1
            if self.left == 0:
                publish(small, "a", Service(address), takeover=True)
            super().update(text)

    with pytest.raises(ChuhaiError, match="took away the lease"):
        publish(other, "b", Ousted(address))
    publish(small, "a", Service(address))
    assert ours(Service(address)) == of_graph(small)


def test_what_others_changed_is_told_and_mended(address: str, small: Graph) -> None:
    service = Service(address)
    publish(small, "c", service)
    service.update(f"INSERT DATA {{ GRAPH <{SOURCE}two> {{ <http://e/a> <http://e/b> <http://e/c> }} }}")
    with pytest.raises(ChuhaiError, match="1 graphs hold more or less than was told"):
        Opened(open_service(address)).lookup("organization/acme")
    assert publish(small, "c", service).put == 1
    assert Opened(open_service(address)).lookup("organization/acme")


def test_a_store_without_a_record_is_read_as_it_is(address: str, small: Graph) -> None:
    service = Service(address)
    publish(small, "a", service)
    service.update(f"DROP SILENT GRAPH <{GRAPH}publication>")
    told = [Opened(graph).lookup("organization/acme").as_dict() for graph in (small, open_service(address))]
    assert told[0] == told[1]


@pytest.mark.parametrize("at", MOMENTS[:3], ids=str)
def test_a_store_that_is_too_large_to_copy_answers_as_a_copy_does(
    pair: tuple[str, Graph, Graph], at: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, here, there = pair
    monkeypatch.setattr(limits, "STORE_TRIPLES", 100)
    sides = [Opened(graph, "zh", at) for graph in (here, open_service(str(there.quads)))]

    def told(ask: Callable[[Opened], Any]) -> list[Any]:
        found = []
        for opened in sides:
            try:
                found.append(ask(opened))
            except ChuhaiError as error:
                found.append(str(error))
        return found

    for name in ("Manus", "organization/butterfly-effect", "智谱", "智譜", "xinjiapo", "Zhpu", "Meta"):
        one, other = told(lambda opened, name=name: opened.lookup(name).as_dict())
        assert one == other
        one, other = told(lambda opened, name=name: [line.as_dict() for line in opened.timeline(name)[0]])
        assert one == other
    one, other = told(lambda opened: opened.paths("Manus", "Singapore", hubs=True))
    assert one == other
    one, other = told(lambda opened: opened.why("Manus", "HeadquartersMove"))
    assert one == other


def test_of_a_store_that_is_too_large_to_copy_the_whole_is_refused(
    address: str, small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small, "large", Service(address))
    monkeypatch.setattr(limits, "STORE_TRIPLES", 100)
    opened = Opened(open_service(address))
    assert [str(r[0]) for r in opened.query("SELECT ?x WHERE { ?x a chuhai:HeadquartersMove }").rows]
    with pytest.raises(ChuhaiError, match=r"needs the whole graph, and of http.* no copy is kept"):
        answers.sources(opened)
    with pytest.raises(ChuhaiError, match="needs the whole graph"):
        copies.copy(opened.graph)
    with pytest.raises(ChuhaiError, match="more than 100 are not copied"):
        Opened(open_service(address), at=moment("2025")).query("headquarters-moves")
    Service(address).update(f"DROP SILENT GRAPH <{GRAPH}publication>")
    assert (
        Opened(open_service(address)).lookup("organization/acme").as_dict()
        == Opened(small).lookup("organization/acme").as_dict()
    )


def test_what_an_engine_answers_wrongly_is_refused_by_name_and_in_texts(later_graph: Graph) -> None:
    wrong = Graph(later_graph.index, later_graph.quads, None, VIRTUOSO)
    with pytest.raises(ChuhaiError, match="Virtuoso answers 'headquarters-in' wrongly or not at all"):
        Opened(wrong).query("headquarters-in")
    with pytest.raises(ChuhaiError, match="with COALESCE"):
        Opened(wrong).query("SELECT (coalesce(?a, 1) AS ?b) WHERE { ?a ?b ?c }")
    assert Opened(wrong).query("headquarters-moves").rows
    assert VIRTUOSO.wrong_queries < set(queries.catalogue())


def test_counts_are_refused_where_the_engine_counts_wrongly() -> None:
    most = VIRTUOSO.exact_counts_to
    assert most
    for text in ("SELECT (COUNT(*) AS ?n) {}", "SELECT ?a { ?a ?b ?c } group by ?a", "SELECT (sum(?a) AS ?n) {}"):
        VIRTUOSO.check(text, most)
        with pytest.raises(ChuhaiError, match="count wrongly"):
            VIRTUOSO.check(text, most + 1)
    VIRTUOSO.check("SELECT ?count ?sum { ?s ?count ?sum }", most + 1)


# The command line


def test_commands_take_an_address_or_a_folder_of_a_build(address: str, facts: Path, tmp_path: Path) -> None:
    line = shell.invoke(facts, "publish", "--store", address).stdout
    assert line.startswith(f"{address}: ")
    line = shell.invoke(facts, "publish", "--store", address, "--lang", "zh").stdout
    assert line.startswith(f"{address}：") and "个三元组；命名图写入 0 个、移除 0 个、保留" in line
    (build,) = [path for path in Path(os.environ["CHUHAI_DATA"]).glob("stores/*facts0*/*") if path.name[0] != "."]
    shutil.copytree(build, tmp_path / "build")
    for command in (("lookup", "Manus"), ("query", "headquarters-moves", "-f", "csv"), ("network", "ownership")):
        expected = shell.invoke(facts, *command)
        assert expected.exit_code == 0
        for store in (address, str(tmp_path / "build")):
            assert shell.invoke(facts, *command, "--store", store).stdout == expected.stdout
    assert shell.invoke(facts, "lookup", "Manus", CHUHAI_STORE=address).exit_code == 2


def test_facts_on_the_command_line_outrank_a_store_of_the_environment(facts: Path) -> None:
    gone = {"CHUHAI_FACTS": None, "CHUHAI_STORE": "http://127.0.0.1:9/query"}
    assert shell.invoke(facts, "lookup", "Manus", "--facts", str(facts), **gone).exit_code == 0


def test_a_folder_without_a_build_is_refused(facts: Path, tmp_path: Path) -> None:
    assert "no store there" in shell.failure(shell.invoke(facts, "stats", "--store", str(tmp_path)), 1)


def test_what_a_store_cannot_give_is_refused(address: str, small: Graph, facts: Path) -> None:
    publish(small, "a", Service(address))
    assert "dataset.yaml" in shell.failure(shell.invoke(facts, "describe", "--store", address), 2)
    with pytest.raises(UsageError, match="reached by its address"):
        Opened(open_service(address)).dataset()
