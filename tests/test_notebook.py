"""In a notebook: what an answer shows there is safe and whole, tables become DataFrames, and ours runs."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
import shell
from folders import folder, raised, said, source
from nbclient import NotebookClient
from pyoxigraph import Literal, NamedNode

from graph import html, limits, writers
from graph.errors import ChuhaiError
from graph.opened import Opened
from graph.profile import Line, Profile
from graph.store import Graph, in_memory
from graph.writers import Table
from ontology import ID

NOTEBOOK = shell.ROOT / "docs" / "notebook.ipynb"
TAGS = {"h3", "h4", "small", "p", "b", "span", "a", "table", "thead", "tbody", "tr", "td", "th", "ol", "li", "br"}
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=y>\u202eevil\x1b[31m"


class Page(HTMLParser):
    """What a browser would make of some HTML: its text, its links, and that every tag is one of ours and closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.links, self.hints, self.open = "", [], [], []  # type: ignore[var-annotated]
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        if tag != "br":
            self.open.append(tag)
        for name, value in attributes:
            assert name in ("href", "title", "rel", "style")
            if name == "href":
                assert str(value).startswith(("http://", "https://"))
                self.links.append(value)
            if name == "title":
                self.hints.append(value)
            if name == "style":
                assert value == "text-align: left"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def lines(found: Profile) -> Iterator[Line]:
    for group in (*found.sections.values(), found.unsettled, found.arguments):
        for line in group:
            yield from (line, *line.others)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["Manus", "智谱", "HeyGen", "Singapore", "person/xiao-hong"])
def test_a_profile_shows_every_line_with_its_mark_and_sources(graph: Graph, name: str, language: str) -> None:
    found = Opened(graph, language).lookup(name)
    page = Page(found._repr_html_())
    assert page.text.startswith(found.label)
    for line in lines(found):
        assert line.words in page.text
        assert line.note in page.text and line.speaker in page.text and line.when in page.text
        if line.mark:
            assert f"{line.mark} {line.words}" in page.text
    cited = sum(len(line.citations) for line in lines(found))
    assert len(page.links) == cited + len(found.sources)
    assert page.links[cited:] == [source.url for source in found.sources]
    assert all(word in page.text for word in found.disputed)


def test_marks_say_what_they_mean_in_the_language_of_the_answer(graph: Graph) -> None:
    for language, words in (("en", {"rumour", "denial"}), ("zh", {"传闻", "否认"})):
        assert words <= set(Page(Opened(graph, language).lookup("Manus")._repr_html_()).hints)


def test_a_profile_says_how_it_was_found_and_of_which_moment_it_is(tmp_path: Path, graph: Graph) -> None:
    near = Page(Opened(graph).lookup("Mnaus")._repr_html_()).text
    assert "no such name; the nearest is “Manus”" in near
    small = folder(tmp_path, source("one", raised(when="2025")))
    asked = ["--as-of", "2025-06", "--known-by", "2025-09"]
    data = json.loads(shell.invoke(small, "lookup", "organization/acme", *asked, "-f", "json").stdout)
    assert data["moment"] == {"as_of": "2025-06-30", "known_by": "2025-09-30"}
    from graph import open as opened

    text = Page(opened(small, as_of="2025-06", known_by="2025-09").lookup("organization/acme")._repr_html_()).text
    assert "as of 30 June 2025" in text and "as published by 30 September 2025" in text
    assert "nothing is known yet" in Page(opened(small).lookup("person/ada")._repr_html_()).text


@pytest.fixture
def hostile(tmp_path: Path) -> Opened:
    words = {"en": HOSTILE, "zh-hans": HOSTILE}
    things = ["organization/daily", {"id": "organization/acme", "label": {"en": HOSTILE}}]
    cut = {"about": "event/acme-cut", "type": "WorkforceChange", "organization": "organization/acme"}
    told = (
        said(**cut, subtype="layoff", paraphrase=words),
        said("two", kind="rumour", speaker=HOSTILE, paraphrase=words, at=HOSTILE, **cut),
        said("three", kind="opinion", about="organization/acme", speaker=HOSTILE, paraphrase=words),
    )
    address = "https://example.org/?a=1&b='x"
    return Opened(in_memory(folder(tmp_path, source("one", *told, title={"en": HOSTILE}, url=address), things=things)))


def test_data_is_text_and_nothing_else(hostile: Opened) -> None:
    shown = [
        hostile.lookup("organization/acme")._repr_html_(),
        hostile.query("SELECT * { ?s skos:prefLabel ?o FILTER(CONTAINS(?o, 'script')) }")._repr_html_(),
    ]
    for markup in shown:
        page = Page(markup)
        assert "<script>alert(1)</script>\"'&<img src=x onerror=y>evil" in page.text
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", markup)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " https://example.org", "data:text/html,x", "//example.org", ""]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert Page(html.link("words", address, "hint")).links == []
    assert Page(Table(["url"], [[Literal(address)]])._repr_html_()).links == []
    assert Page(html.link("words", "https://example.org/?a=1&b=2")).links == ["https://example.org/?a=1&b=2"]


def test_a_table_shows_labels_with_identifiers_as_hints(graph: Graph) -> None:
    table = Opened(graph, "zh").query("headquarters-moves")
    page = Page(table._repr_html_())
    assert "洛杉矶" in page.text
    assert ID + "place/los-angeles" in page.hints
    assert page.links == []
    addresses = Opened(graph).query("SELECT ?url { GRAPH ?s { ?s schema:url ?url } }")
    assert sorted(Page(addresses._repr_html_()).links) == sorted(str(writers.plain(row[0])) for row in addresses.rows)


def test_a_long_table_is_cut_and_says_so() -> None:
    page = Page(Table(["n"], [[n] for n in range(limits.HTML_ROWS + 1234)], caption="counted\nas of now")._repr_html_())
    assert page.text.startswith("countedas of now")
    assert str(limits.HTML_ROWS - 1) in page.text and str(limits.HTML_ROWS) not in page.text.replace("1,234", "")
    assert page.text.endswith("… 1,234")


def test_a_data_frame_holds_what_csv_holds(graph: Graph) -> None:
    table = Opened(graph).query("headquarters-moves")
    frame = table.to_pandas()
    rows = list(csv.DictReader(io.StringIO(writers.write(table, "csv"))))
    assert list(frame.columns) == list(rows[0])
    assert [
        {k: "" if v == "" else str(v) for k, v in row.items()}
        for row in frame.fillna("").astype(object).to_dict("records")
    ] == rows
    assert str(frame["sources"].dtype) == "Int64"


def test_what_is_missing_in_a_data_frame_is_missing() -> None:
    number = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    frame = Table(["n", "t"], [[Literal("2025", datatype=number), None], [None, "智谱"]]).to_pandas()
    assert frame["n"].sum() == 2025
    assert frame.isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert Table(["a", "b"], []).to_pandas().shape == (0, 2)


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ChuhaiError, match=r"this needs pandas; install it with: pip install 'chuhai\[notebook\]'"):
        Table(["a"], [[1]]).to_pandas()


def test_the_notebook_is_kept_without_outputs() -> None:
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_the_notebook_runs_and_answers(tmp_path: Path) -> None:
    document = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(document)
    place: dict[str, Any] = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(document, timeout=300, kernel_name="python3", resources=place).execute()
    cells = [cell for cell in document.cells if cell.cell_type == "code"]
    shown = {cell.source.splitlines()[-1]: "".join(map(_shown, cell.outputs)) for cell in cells}
    assert all(shown[cell.source.splitlines()[-1]] for cell in cells)
    assert "Zhipu AI" in Page(shown['g.lookup("智谱")']).text
    assert "Los Angeles" in Page(shown['g.query("headquarters-moves")']).text
    assert len(Page(shown["told"]).links) > 10
    assert "Benchmark" in shown["[g.label(investor) for investor in shared]"]
    assert "official document" in "".join(shown.values()) or "most precise" in "".join(shown.values())
    (dates,) = (text for text in shown.values() if text.startswith("2021-06"))
    assert dates.splitlines() == ["2021-06 ['Shenzhen']", "2024-06 ['Los Angeles']"]


def _shown(output: Any) -> str:
    assert output.output_type != "error"
    if output.output_type == "stream":
        assert output.name == "stdout", output.text
        return str(output.text)
    return str(output.data.get("text/html") or output.data["text/plain"])
