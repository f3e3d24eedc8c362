"""Whatever stands in a file or is typed: every parser of ours answers, or says in one line what is wrong; none hangs.

CHUHAI_FUZZ is how many examples each takes; `.ci/full` takes more.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import queries
from graph import dates, figures, identities, names, store, yamlfile
from graph.errors import ChuhaiError
from graph.folder import FOLDER
from graph.linkage.comparing import weight
from graph.load import load
from graph.sources import amounts, cells, days, places, read_table
from graph.sources.cells import CellError
from graph.store import Graph
from ontology import vocabulary

fuzzed = settings(
    max_examples=int(os.environ.get("CHUHAI_FUZZ", "40")),
    deadline=timedelta(seconds=30),  # nothing takes so long but what hangs
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

PIECES = (
    *(b"", b" ", b"\n", b"\t", b":", b"- ", b"#", b"|", b">", b"'", b'"', b"{", b"}", b"[", b"]", b",", b"?_x_iri"),
    *(b"\x00", b"\xff", b"\xe2\x80\xae", "出海".encode(), b"&a", b"*a", b"!!x", b"<<: ", b"..", b"/", b"\\", b"{{"),
    *(b"#+ ", b"9" * 40, b"-1", b"1e999", b"2025-13-40", b"organization/", b"kind: rumour", b"[" * 60),
)
"""What tends to break parsers of text."""

EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 8), st.sampled_from(PIECES) | st.binary(max_size=4)),
    min_size=1,
    max_size=6,
)
WORDS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        (
            "Manus",
            "智谱",
            "USD",
            "约",
            "2025",
            "-",
            "/",
            "..",
            "million",
            "万",
            "1,5",
            "H1",
            "春",
            ",",
            ".",
            "\u3000",
            "'",
        )
    ),
    max_size=8,
).map("".join)


def edited(text: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """A text with pieces put in the place of others."""
    for where, length, piece in edits:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


def sample(pattern: str, folder: Path) -> list[bytes]:
    """Some real files, small ones first."""
    return [path.read_bytes() for path in sorted(folder.glob(pattern), key=lambda p: (p.stat().st_size, p.name))[::60]]


SOURCES = sample("sources/*.yaml", FOLDER)
QUERIES = sample("*.rq", queries.FOLDER) + [path.read_bytes() for path in sorted(queries.FOLDER.glob("*.rq"))[:3]]


@pytest.fixture(scope="module")
def index() -> Iterator[Graph]:
    graph = store.open_graph()
    yield graph
    graph.close()


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register, and one source that is written over."""
    room = tmp_path_factory.mktemp("facts")
    shutil.copytree(FOLDER / "register", room / "register")
    (room / "sources").mkdir()
    return room


def one_line(error: ChuhaiError) -> None:
    assert str(error).strip()
    for finding in getattr(error, "findings", ()):
        assert "\n" not in str(finding)


@fuzzed
@given(st.sampled_from(SOURCES), EDITS)
def test_a_fact_file_is_read_or_its_faults_are_named(tmp_path: Path, text: bytes, edits: Any) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(edited(text, edits))
    try:
        assert isinstance(yamlfile.read(path, "one.yaml"), dict)
    except ChuhaiError as error:
        one_line(error)


@settings(fuzzed, max_examples=max(fuzzed.max_examples // 4, 5))
@given(st.sampled_from(SOURCES), EDITS)
def test_a_folder_of_facts_is_loaded_or_its_faults_are_named(facts: Path, text: bytes, edits: Any) -> None:
    (facts / "sources" / "one.yaml").write_bytes(edited(text, edits))
    try:
        load(facts)
    except ChuhaiError as error:
        one_line(error)


@fuzzed
@given(st.sampled_from(QUERIES), EDITS)
def test_a_query_file_is_read_and_bound_or_refused(tmp_path: Path, text: bytes, edits: Any) -> None:
    path = tmp_path / "one.rq"
    path.write_bytes(edited(text, edits))
    with suppress(UnicodeDecodeError):
        try:
            named = queries.read(path)
            named.bind({parameter.name: "organization/x" for parameter in named.parameters})
        except ChuhaiError as error:
            one_line(error)


@fuzzed
@given(WORDS)
def test_a_text_is_looked_up(index: Graph, text: str) -> None:
    assert isinstance(names.candidates(index.index, text, surely=False), list)
    assert isinstance(names.suggest(index.index, text), list)


@fuzzed
@given(WORDS, WORDS)
def test_two_names_are_compared_alike_either_way(one: str, other: str) -> None:
    assert weight(one, other, lambda some: 0.01) == pytest.approx(weight(other, one, lambda some: 0.01))


@pytest.mark.parametrize(
    "parse",
    [dates.parse, figures.parse, amounts.read, amounts.count, days.read, cells.clean, cells.truth],
    ids=lambda f: f"{f.__module__}.{f.__name__}",
)
@fuzzed
@given(text=WORDS)
def test_a_value_is_read_or_refused(parse: Callable[[str], object], text: str) -> None:
    with suppress(ValueError, CellError):
        assert parse(text) is not None


@fuzzed
@given(WORDS)
def test_a_place_is_found_or_not(text: str) -> None:
    with suppress(CellError):
        places.Places(vocabulary(), {}).find(text)


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "csv.gz", "xlsx", "parquet"])
@fuzzed
@given(st.sampled_from((b"a,b\n1,2\n", b'[{"a": 1}]', b'{"a": 1}\n', b"a\tb\n1\t2\n", b"PK\x03\x04", b"PAR1")), EDITS)
def test_a_table_is_read_or_refused(tmp_path: Path, ending: str, text: bytes, edits: Any) -> None:
    path = tmp_path / f"one.{ending}"
    path.write_bytes(edited(text, edits))
    try:
        assert list(read_table(path)) is not None
    except ChuhaiError as error:
        one_line(error)


@fuzzed
@given(st.just(b'{"same": {"person/a": "person/b"}, "different": [["person/a", "person/b"]]}'), EDITS)
def test_a_file_of_decisions_is_read_or_refused(tmp_path: Path, text: bytes, edits: Any) -> None:
    path = tmp_path / "identities.json"
    path.write_bytes(edited(text, edits))
    try:
        identities.read(path)
    except ChuhaiError as error:
        one_line(error)
