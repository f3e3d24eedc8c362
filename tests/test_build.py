"""From facts to a store: the same bytes each time, in the right graphs, never half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from folders import cut, folder, moved, node, raised, source
from pyoxigraph import BlankNode, Literal, Quad
from shell import ROOT

from graph import store
from graph.build import Built, build, n_quads
from graph.errors import ChuhaiError, DataError
from graph.folder import FOLDER
from graph.load import KEPT
from graph.resolve import ENTERING
from ontology import CHUHAI, EDITORIAL, ID, ONTOLOGY, RDF_TYPE, REGISTER, RESOLVED, SOURCE, context, expand, local

SEED = "seed-2025-10-24"
DATES = ("notBefore", "notAfter", "validFrom", "heldFrom", "heldTo", "validTo")


@pytest.fixture(scope="module")
def built() -> Built:
    return build()


@pytest.fixture(scope="module")
def seed() -> Built:
    return build(only={SEED})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return folder(tmp_path / "facts", source("a", moved()))


def python(code: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def by_graph(quads: list[Quad]) -> dict[str, list[Quad]]:
    found = defaultdict(list)
    for quad in quads:
        found[quad.graph_name.value].append(quad)
    return found


def destinations(graph: store.Graph) -> set[str]:
    """Where the moves of an open graph go; the graph is closed."""
    query = f"SELECT ?place {{ GRAPH <{RESOLVED}> {{ ?move <{CHUHAI}toPlace> ?place }} }}"
    found = {local(row["place"].value) for row in graph.quads.query(query)}
    graph.index.close()
    return found


# The quads


def test_everything_that_is_handed_to_json_ld_is_a_term_of_the_context(built: Built) -> None:
    keys = {key for document in built.facts.documents for node in [document, *document["@graph"]] for key in node}
    assert keys <= {*context(), "@id", "@type", "@graph"}


def test_every_statement_of_the_packaged_facts_reaches_the_quads(built: Built) -> None:
    assert set(built.facts.origin) <= {quad.subject.value for quad in built.quads}


def test_the_hash_seed_changes_no_byte() -> None:
    code = "import sys; from graph.build import build, n_quads; sys.stdout.buffer.writelines(n_quads(build().quads))"
    runs = [python(code, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    first, second = (run.communicate()[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert first.count(b"\n") > 1_000
    assert first == second


def test_n_quads_are_sorted_without_repeats_and_can_be_read_back(built: Built) -> None:
    from pyoxigraph import RdfFormat, parse

    lines = b"".join(n_quads([*built.quads, *built.quads])).decode().splitlines()
    assert lines == sorted(set(lines))
    assert set(parse("\n".join(lines), format=RdfFormat.N_QUADS)) == set(built.quads)


def test_there_are_no_blank_nodes(built: Built) -> None:
    assert not [q for q in built.quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_every_quad_is_in_a_graph_of_the_project(built: Built) -> None:
    slugs = {path.stem for path in (FOLDER / "sources").glob("*.yaml")}
    named = {SOURCE + slug for slug in slugs} | {REGISTER, RESOLVED, ONTOLOGY}
    assert by_graph(built.quads).keys() - {EDITORIAL} == named


def test_a_source_graph_holds_its_statements_and_itself_only(built: Built) -> None:
    for name, quads in by_graph(built.quads).items():
        if name.startswith(SOURCE):
            types = {q.subject.value: local(q.object.value) for q in quads if q.predicate.value == RDF_TYPE}
            assert {q.subject.value for q in quads} == types.keys()
            assert types.pop(name) == "Source"
            assert set(types.values()) == {"Statement"}
            assert all(subject.startswith(name + "#") for subject in types)


def test_language_tags_are_lower_case(built: Built) -> None:
    tags = {q.object.language for q in built.quads if isinstance(q.object, Literal) and q.object.language}
    assert {"en", "zh-hans"} <= tags
    assert all(tag == tag.lower() for tag in tags)


def test_dates_are_days_and_nothing_else(built: Built) -> None:
    for quad in built.quads:
        if local(quad.predicate.value) in DATES and isinstance(quad.object, Literal):
            assert quad.object.datatype.value.endswith("#date")
            assert len(quad.object.value) == 10


def test_the_resolved_graph_holds_no_event_that_only_rumours_or_denials_tell_of(built: Built) -> None:
    told = defaultdict(set)
    for statement, values in statements(built).items():
        assert statement.startswith(SOURCE)
        if "aboutType" in values:
            told[values["about"]].add(local(values["statementKind"]))
    unproven = {thing for thing, kinds in told.items() if not kinds & ENTERING}
    assert unproven
    registered = {q.subject.value for q in built.quads if q.graph_name.value == REGISTER}
    resolved = {q.subject.value for q in built.quads if q.graph_name.value == RESOLVED}
    assert not (unproven - registered) & resolved


def test_every_event_that_a_fact_tells_of_is_in_the_resolved_graph(built: Built) -> None:
    kinds = ((v["about"], local(v["statementKind"])) for v in statements(built).values() if "aboutType" in v)
    resolved = {q.subject.value for q in built.quads if q.graph_name.value == RESOLVED}
    assert {thing for thing, kind in kinds if kind in ENTERING} <= resolved


def test_arguments_never_become_edges(built: Built) -> None:
    arguments = [
        (statement, values)
        for statement, values in statements(built).items()
        if local(values["statementKind"]) in ("opinion", "causal", "forecast")
    ]
    assert arguments
    allowed = {"type", "statementKind", "about", "locator", "speaker", "paraphrase", "identifier", "wasAttributedTo"}
    for _, values in arguments:
        assert values.keys() <= allowed


def statements(built: Built) -> dict[str, dict[str, str]]:
    """One value of each property of each statement."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in built.quads:
        if quad.graph_name.value.startswith(SOURCE) and "#" in quad.subject.value:
            found[quad.subject.value][local(quad.predicate.value)] = quad.object.value
    return found


def test_the_resolved_graph_names_everything_that_it_speaks_of(built: Built) -> None:
    quads = by_graph(built.quads)[RESOLVED]
    named = {q.subject.value for q in quads if q.predicate.value.endswith("#prefLabel")}
    things = {q.object.value for q in quads if str(q.object).startswith(f"<{ID}")}
    things |= {q.subject.value for q in by_graph(built.quads)[REGISTER]}
    kinds = ("event", "tenure", "membership", "presence", "control", "operation", "rivalry", "integration", "supply")
    happened = tuple(f"{ID}{kind}/" for kind in (*kinds, "entry", "aggregate", "observation", "assessment"))
    assert {thing for thing in things if not thing.startswith(happened)} <= named


def test_a_folder_of_other_facts_holds_none_of_the_packaged_ones(tmp_path: Path) -> None:
    quads = build(folder(tmp_path, source("a", moved()))).quads
    assert not [q for q in quads if "butterfly-effect" in str(q.subject)]


# The seed alone


def test_the_seed_does_not_say_that_butterfly_effect_is_in_singapore(seed: Built) -> None:
    company = expand("organization/butterfly-effect")
    own = [n for n in seed.nodes if any(v == company for v in n.values.get("organization", ()))]
    assert own
    assert not [n for n in own if n.type in ("HeadquartersMove", "HeadquartersTenure")]


def test_the_seed_dates_the_deregistration_of_heygen_and_not_its_move(seed: Built) -> None:
    move = node(seed, "event/heygen-hq-to-los-angeles")
    assert not set(DATES) & move.values.keys()
    end = node(seed, "event/heygen-china-entity-deregistered").values
    assert (end["notBefore"][0], end["notAfter"][0]) == ("2023-01-01", "2023-12-31")
    derived = [n for n in seed.nodes if expand("event/heygen-hq-to-los-angeles") in n.derived_from]
    assert len(derived) == 2
    assert not [n for n in derived if set(DATES) & n.values.keys()]


def test_lovart_has_a_tenure_in_the_seed_and_no_move(seed: Built) -> None:
    company = expand("organization/lovart")
    own = [n for n in seed.nodes if any(v == company for v in n.values.get("organization", ()))]
    assert [n.iri for n in own if n.type == "HeadquartersTenure"] == [expand("tenure/lovart-san-francisco")]
    assert not [n for n in own if n.type == "HeadquartersMove"]


def test_the_officers_who_left_zhipu_have_no_names_in_the_seed(seed: Built) -> None:
    moves = [n for n in seed.nodes if n.type == "PersonnelMove"]
    assert len(moves) == 3
    assert not [n for n in moves if "person" in n.values]
    assert not [n for n in seed.nodes if n.type == "Membership"]


def test_every_date_in_the_seed_comes_from_its_words(seed: Built) -> None:
    """An event is dated by the words of the text; a state only by the day on which the text attests it."""
    for found in seed.nodes:
        dates = {found.values[name][0] for name in DATES if name in found.values}
        if "notBefore" in found.values or "notAfter" in found.values:
            assert "dateText" in found.values, found.iri
        elif dates:
            assert dates == {"2025-10-24"}, found.iri


@pytest.mark.parametrize("undated", ["event/zhipu-layoffs-2025", "ranking/a16z-mobile-top-50-2025"])
def test_vague_words_in_the_seed_give_no_date(seed: Built, undated: str) -> None:
    assert "dateText" in node(seed, undated).values
    assert not set(DATES) & node(seed, undated).values.keys()


# The store


def test_a_build_is_opened_by_whoever_comes_next(data: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = store.build(facts)
    assert first.is_relative_to(data)
    assert destinations(store.open_graph(facts)) == {"singapore"}
    assert list(first.parent.glob("[!.]*")) == [first]
    assert capsys.readouterr().err == ""


def test_facts_touched_but_not_changed_give_the_same_build(data: Path, facts: Path) -> None:
    first = store.build(facts)
    store.open_graph(facts)
    for path in (facts / "sources").iterdir():
        os.utime(path, (1, 1))
    store.open_graph(facts)
    assert list(first.parent.glob("[!.]*")) == [first]


def test_changed_facts_give_another_build_and_the_one_before_is_kept(data: Path, facts: Path) -> None:
    builds = [store.build(facts)]
    for place in ("tokyo", "paris"):
        folder(facts, source("a", moved(to=f"place/{place}")))
        assert destinations(store.open_graph(facts)) == {place}
        builds.append(store.build(facts))
    assert len(set(builds)) == 3
    assert sorted(builds[0].parent.glob("[!.]*")) == sorted(builds[1:])


def test_a_stray_file_among_the_builds_is_let_be(data: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store.build(facts).parent / "notes").write_text("not a build", encoding="utf-8")
    folder(facts, source("a", moved(to="place/tokyo")))
    assert destinations(store.open_graph(facts)) == {"tokyo"}
    assert capsys.readouterr().err == ""


def test_a_broken_fact_leaves_the_previous_build_usable(
    data: Path, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.build(facts)
    folder(facts, source("a", moved(when="2025-13")), source("b", cut(count="USD 5")))
    assert destinations(store.open_graph(facts)) == {"singapore"}
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("chuhai: sources/a.yaml:3: [one] '2025-13' has no month 13")
    assert "previous build" in line


def test_building_broken_facts_fails_and_leaves_the_previous_build(data: Path, facts: Path) -> None:
    previous = store.build(facts)
    folder(facts, source("a", moved(when="2025-13")))
    with pytest.raises(DataError, match="no month 13"):
        store.build(facts)
    assert {path.name for path in previous.parent.iterdir()} <= {previous.name, KEPT}
    assert (previous / "index.sqlite").exists()


def test_broken_facts_without_a_previous_build_are_an_error(data: Path, facts: Path) -> None:
    folder(facts, source("a", moved(when="2025-13")))
    with pytest.raises(DataError, match="no month 13"):
        store.open_graph(facts)


def test_mended_facts_are_built_anew(data: Path, facts: Path) -> None:
    store.build(facts)
    folder(facts, source("a", moved(when="2025-13")))
    store.open_graph(facts).index.close()
    folder(facts, source("a", moved(to="place/tokyo")))
    assert destinations(store.open_graph(facts)) == {"tokyo"}


def test_where_nothing_can_be_written_the_graph_is_built_in_memory(
    data: Path, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    assert destinations(store.open_graph(facts)) == {"singapore"}
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("chuhai: no store can be kept (")
    assert "CHUHAI_DATA" in line.partition("building in memory each time; ")[2]
    assert str(data) in line


def test_building_where_nothing_can_be_written_fails(data: Path, facts: Path) -> None:
    data.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OSError):
        store.build(facts)


def test_a_build_that_breaks_off_leaves_nothing(data: Path, facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.index.Index.finish", fail)
    with pytest.raises(OSError, match="no space left"):
        store.build(facts)
    assert [path for path in data.rglob("*") if path.is_file() and path.name != KEPT] == []


def test_two_processes_that_build_at_once_both_succeed(data: Path, facts: Path) -> None:
    code = "import sys; from pathlib import Path; from graph import store; print(store.build(Path(sys.argv[1])))"
    runs = [python(code, str(facts)) for _ in range(2)]
    outputs = [run.communicate() for run in runs]
    assert [(run.returncode, err) for run, (_, err) in zip(runs, outputs, strict=True)] == [(0, b"")] * 2
    assert outputs[0][0] == outputs[1][0]
    built = Path(outputs[0][0].decode().strip())
    assert {path.name for path in built.parent.iterdir()} <= {built.name, ".stamp", KEPT}
    assert destinations(store.open_graph(facts)) == {"singapore"}


def test_who_builds_second_takes_the_build_of_the_first(data: Path, facts: Path) -> None:
    first = store.build(facts)
    made = (first / "index.sqlite").stat().st_mtime_ns
    assert store.build(facts) == first
    assert (first / "index.sqlite").stat().st_mtime_ns == made
    assert {path.name for path in first.parent.iterdir()} <= {first.name, ".stamp", KEPT}


def test_two_folders_of_facts_have_stores_of_their_own(data: Path, facts: Path, tmp_path: Path) -> None:
    other = folder(tmp_path / "other", source("a", moved(to="place/tokyo")))
    assert store.build(facts).parent != store.build(other).parent
    assert destinations(store.open_graph(facts)) == {"singapore"}
    assert destinations(store.open_graph(other)) == {"tokyo"}


@pytest.mark.parametrize("damaged", ["quads", "index.sqlite"])
def test_a_damaged_store_is_named_with_what_to_do(data: Path, facts: Path, damaged: str) -> None:
    place = store.build(facts) / damaged
    for path in place.iterdir() if place.is_dir() else [place]:
        path.write_bytes(b"not what it was")
    with pytest.raises(ChuhaiError, match="delete that folder"):
        store.open_graph(facts).quads  # noqa: B018


def test_a_store_opened_twice_is_read_by_both(data: Path, facts: Path) -> None:
    store.build(facts)
    one, other = store.open_graph(facts), store.open_graph(facts)
    assert destinations(one) == destinations(other) == {"singapore"}


def test_in_memory_takes_only_the_sources_that_are_named(tmp_path: Path) -> None:
    facts = folder(tmp_path, source("a", moved()), source("b", moved(to="place/tokyo"), raised("two")))
    assert destinations(store.in_memory(facts, only=["a"])) == {"singapore"}


def test_the_index_counts_how_often_statements_speak_of_a_thing(tmp_path: Path) -> None:
    graph = store.in_memory(folder(tmp_path, source("a", moved(), raised("two"))))
    rows = dict(graph.index.execute("SELECT thing, mentions FROM names WHERE role = 'label' AND language = 'en'"))
    graph.index.close()
    assert rows["organization/acme"] == 2
    assert rows["organization/bolt"] == 0
    assert rows["place/singapore"] == 1
