"""The whole graph of another moment: as from the documents of that time alone, made once, shared, not kept for ever."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from folders import Statement, cut, folder, invested, moved, raised, sat, source
from pyoxigraph import RdfFormat, parse

from graph import index as indexes
from graph import limits, resolved, store, whole
from graph.holding import Holding, holding
from graph.index import Index
from graph.lines import subjects
from graph.lookup import description
from graph.moment import Moment
from graph.opened import Opened
from graph.reading import Reader
from graph.server import api, copies
from graph.server.answer import Answer
from graph.server.workers import Workers
from graph.store import Graph, in_memory
from graph.terms import iri
from graph.whole import past
from ontology import REGISTER, RESOLVED

MOMENTS = [
    Moment("2022-06-30"), Moment(None, "2023-12-31"), Moment("2022-06-30", "2025-06-30"), Moment(None, "2024-06-30"),
    Moment("2024-06-30", "2024-06-30"),
]  # fmt: skip
TABLES = ("nodes", "labels", "links", "statements", "mentions", "decisions", "sources", "names", "pieces", "readings")
PLACES = ("place/beijing", "place/singapore", "place/tokyo", "place/hong-kong")
DATES = ("2021", "2022-03", "2023-05-01", "2024-H1", "../2024-02", None)


def drawn(path: Path, seed: int) -> Path:
    """A folder of facts drawn at random: copies of copies, denials, moves and tenures that follow from one another."""
    draw = random.Random(seed)
    said: list[str] = []
    sources: list[tuple[str, str]] = []
    for slug in [f"s{number:02}" for number in range(14)]:
        statements: list[Statement] = []
        for key in "abcd":
            organization = draw.choice(("organization/acme", "organization/bolt"))
            number, when = draw.randrange(3), draw.choice(DATES)
            told = {"when": when, "organization": organization, "status": draw.choice(("announced", "completed", None))}
            a, b = draw.sample(PLACES, 2)
            makers = (
                lambda k, a=a, b=b, t=told, n=number: moved(k, about=f"event/move-{n}", from_=a, to=b, **t),
                lambda k, a=a, w=when, o=organization, n=number: sat(
                    k, about=f"tenure/sat-{n}", place=a, organization=o, since=w
                ),
                lambda k, t=told, n=number: cut(k, about=f"event/cut-{n}", **{**t, "count": draw.randrange(10, 99)}),
                lambda k, w=when, n=number: raised(k, about="event/acme-round", when=w, amount="USD 700000.5"),
                lambda k, n=number: invested(k, "bolt"),
            )
            made = draw.choice(makers)(key)
            if draw.random() < 0.2 and said:
                made = {**made, "kind": "denial", "denies": draw.choice([made["about"], *said])}
            elif draw.random() < 0.2:
                made["kind"] = "rumour"
            else:
                said.append(f"{slug}#{key}")
            statements.append(made)
        head = {"published": draw.choice(("undated", "2022", "2023-03-01", "2024-01", "2024-12-31", "2025-05"))}
        if sources and draw.random() < 0.5:
            head["copyOf"] = f"source/{draw.choice(sources)[0]}"
        publisher = draw.choice(("organization/daily", "organization/gazette", "organization/herald"))
        sources.append(source(slug, *statements, publisher=publisher, **head))
    return folder(path, *sources)


def slowly(facts: Path, graph: Graph, at: Moment) -> set[str]:
    """The quads that the documents of a time give by themselves, of the nodes that held on the day."""
    documents = Reader(graph).sources()
    known = {s.iri.partition("/")[2] for s in documents if not at.known_by or "" < s.published_by <= at.known_by}
    built = in_memory(facts, only=known)
    held: Holding = holding(built)
    if at.as_of is not None:
        for node, values in [*held.on(at.as_of)]:
            node.values = dict(values)
        held.nodes = [node for node, _ in held.on(at.as_of)]
    index, lines = Index(":memory:"), list[str]()
    for subject in subjects(sorted(f"{q} .\n" for q in built.quads if iri(q.graph_name) == REGISTER)):
        index.tell(subject)
    index.told(resolved.places())
    resolved.write(index, held.nodes, lines.extend)
    held_then = [line for line in lines if line.endswith(f" <{RESOLVED}> .\n")]
    told = [q for q in built.quads if iri(q.graph_name) != RESOLVED]
    return {str(q) for q in [*told, *parse("".join(held_then), format=RdfFormat.N_QUADS)]}


@pytest.mark.parametrize("seed", [0, 2])
def test_a_moment_is_what_its_documents_alone_give(tmp_path: Path, seed: int) -> None:
    facts = drawn(tmp_path, seed)
    graph = in_memory(facts)
    for at in MOMENTS:
        then = past(graph, at)
        assert {str(q) for q in then.quads} == slowly(facts, graph, at), at
        again = indexes.write(then.quads)
        for table in TABLES:
            rows = [sorted(index.execute(f"SELECT * FROM {table}")) for index in (then.index, again)]
            assert rows[0] == rows[1], (at, table)
        reader, whole_reader = Opened(graph, at=at).reader, Reader(then)
        for node in [row[0] for row in then.index.execute("SELECT iri FROM nodes UNION SELECT target FROM links")]:
            assert reader.neighbours(node) == whole_reader.neighbours(node), (at, node)
            assert description(reader, node).triples == description(whole_reader, node).triples, (at, node)


@pytest.fixture
def built(tmp_path: Path) -> Graph:
    """A build of its own, in a folder."""
    return store.open_build(store.build(drawn(tmp_path, 3)))


def kept(graph: Graph) -> list[Path]:
    assert isinstance(graph.place, Path)
    return sorted((graph.place.parent / "moments").iterdir())


def test_a_moment_of_a_build_is_made_once_and_the_build_stays_as_it_was(
    built: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {str(q) for q in built.quads}
    first = past(built, MOMENTS[4])
    monkeypatch.setattr(whole, "difference", None)
    again = past(store.open_build(built.place.parent), MOMENTS[4])  # type: ignore[union-attr]
    assert again.place == first.place
    assert {str(q) for q in again.quads} == {str(q) for q in first.quads} != before
    assert {str(q) for q in store.open_build(built.place.parent).quads} == before  # type: ignore[union-attr]


def test_the_moments_asked_for_last_are_kept_and_an_open_one_stays_readable(
    built: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOMENTS", 2)
    first = past(built, MOMENTS[0])
    quads = {str(q) for q in first.quads}
    for at in MOMENTS[1:4]:
        past(built, at)
    assert first.place.parent not in kept(built)  # type: ignore[union-attr]
    assert len(kept(built)) == 2
    assert {str(q) for q in first.quads} == quads
    assert Reader(first).sources()


def test_where_none_can_be_kept_it_is_made_in_memory(built: Graph) -> None:
    expected = {str(q) for q in past(built, MOMENTS[3]).quads}
    (built.place.parent / "moments").rename(built.place.parent / "aside")  # type: ignore[union-attr]
    (built.place.parent / "moments").write_text("no folder")  # type: ignore[union-attr]
    found = past(built, MOMENTS[3])
    assert {str(q) for q in found.quads} == expected
    assert not isinstance(found.place, Path)


def test_what_was_left_half_made_is_no_answer(built: Graph) -> None:
    expected = {str(q) for q in past(built, MOMENTS[2]).quads}
    (found,) = kept(built)
    (found / "index.sqlite").unlink()
    assert {str(q) for q in past(built, MOMENTS[2]).quads} == expected


def test_a_moment_is_made_once_for_all_workers_of_a_server(built: Graph) -> None:
    copy = copies.copy(built)
    job = {"job": api.named_query, "when": {"as_of": "2024"}, "query": "headquarters-moves", "parameters": {}}

    async def answers() -> list[Answer]:
        workers = Workers(copy, count=2)
        try:
            found = await asyncio.gather(*(workers.ask(**job) for _ in range(6)))
            assert len([*Path(copy.room.name).glob("moments/*")]) == 1
            return found
        finally:
            await workers.close()

    found = asyncio.run(answers())
    assert {answer.status for answer in found} == {200}
    assert len({answer.body for answer in found}) == 1
    assert not Path(copy.room.name).exists()
