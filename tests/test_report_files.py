"""The files of a report: inert whatever the data holds, and the same in each format."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
import shell
from browsing import Tags
from click.testing import Result
from folders import moved, source
from reported import hostile, report_of
from shell import failure

from graph.report import markdown, page
from graph.report.parts import Report, Sources
from graph.report.steps import STEPS


def drawings(html: str) -> list[ET.Element]:
    return [ET.fromstring(text) for text in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_a_page_holds_no_script_and_asks_for_nothing(report: Report, tmp_path: Path, which: str) -> None:
    html = page.render(report if which == "report" else hostile(tmp_path))
    tags = Tags(html)
    ids = tags.values("id")
    assert not tags.names() & {"script", "img", "iframe", "object", "embed", "base", "form", "input"}
    for tag, attributes in tags.tags:
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in attributes)
        href = attributes.get("href") or ""
        if tag == "link":
            assert href == "data:,"
        elif href.startswith("#"):
            assert href[1:] in ids
        elif href:
            assert tag == "a" and re.match(r"https?://|data:text/csv;charset=utf-8,[\w.%/~-]*$", href)
    policy = next(a["content"] or "" for tag, a in tags.tags if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    assert len(ids) == len(set(ids))


def test_hostile_text_arrives_as_text(tmp_path: Path) -> None:
    report = hostile(tmp_path)
    html = page.render(report)
    assert "hit()" in html and "<script" not in html.replace("&lt;script", "")
    assert drawings(html)
    text = markdown.render(report)
    assert not re.search(r"(?<!\\)<(?!https?://)", text)
    assert not re.search(r"(?<!\\)\]\(javascript", text)


def test_a_figure_is_named_and_described_and_its_table_and_csv_say_the_same(report: Report) -> None:
    html = page.render(report)
    for drawing in drawings(html):
        names = {e.get("id"): e for e in drawing.iter()}
        assert drawing.get("role") == "img"
        assert names[drawing.get("aria-labelledby")].text
        assert drawing.get("aria-describedby") in names
    charts = [figure for figure in report.figures() if figure.chart]
    assert len(drawings(html)) == 2 * len(charts) > 10
    links = {a["download"]: a["href"] or "" for _, a in Tags(html).tags if "download" in a}
    with_rows = [figure for figure in report.figures() if figure.data.rows]
    assert set(links) == {f"{figure.key}.csv" for figure in with_rows}
    for figure in with_rows:
        rows = list(csv.reader(io.StringIO(unquote(links[f"{figure.key}.csv"].partition(",")[2]))))
        assert rows[0] == list(figure.data.columns)
        assert len(rows) - 1 == len(figure.data.rows) == len(figure.shown.rows)


def test_markdown_has_the_same_figures_with_as_many_cells_in_each_row(report: Report) -> None:
    import markdown as reader

    text = markdown.render(report)
    html = reader.markdown(text, extensions=["tables"])
    tables = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    with_rows = [figure for figure in report.figures() if figure.shown.rows]
    assert len(tables) == len(with_rows)
    for figure, table in zip(with_rows, tables, strict=True):
        assert table.count("<tr>") == len(figure.shown.rows) + 1
        assert table.count("<td") == len(figure.shown.rows) * len(figure.shown.columns)
    for figure in report.figures():
        assert f"**{markdown.text(figure.title)}**" in text
    assert html.count("<h2>") == len(STEPS) + 2


def test_sources_link_to_web_addresses_only(tmp_path: Path) -> None:
    report = report_of(tmp_path, source("one", moved(), url="https://one.example/a?b='c'"), source("two", moved()))
    assert page.render(report).count('href="https://one.example/a?b=&#x27;c&#x27;" rel="noopener noreferrer"') == 1
    assert "](<https://one.example/a?b='c'>)" in markdown.render(report)
    unlinked = [source._replace(url="javascript:hit()", title={}) for source in report.sources()]
    changed = dataclasses.replace(report, parts=(Sources(tuple(unlinked)),))
    assert 'href="javascript' not in page.render(changed)
    assert "](<" not in markdown.render(changed)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_does_not_depend_on_the_hash_seed(facts: Path, tmp_path: Path, form: str) -> None:
    written = []
    for seed in ("1", "2"):
        path = tmp_path / f"report-{seed}.{form}"
        run = shell.start(facts, "report", "-o", str(path), environment={"PYTHONHASHSEED": seed})
        assert run.returncode == 0, run.stderr
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_report_is_written_whole_or_not_at_all(run: Callable[..., Result], tmp_path: Path) -> None:
    message = failure(run("report", "-o", str(tmp_path / "none" / "report.html")), 1)
    assert "none/report.html" in message
    (tmp_path / "folder").mkdir()
    failure(run("report", "-o", str(tmp_path / "folder")), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_the_name_of_a_file_says_its_format(run: Callable[..., Result], tmp_path: Path) -> None:
    for name, options, start in (
        ("a.md", (), "# "), ("b.html", (), "<!DOCTYPE"),
        ("c.txt", ("--format", "md"), "# "), ("d.md", ("-f", "html"), "<!D"),
    ):  # fmt: skip
        result = run("report", "-o", str(tmp_path / name), *options)
        assert re.fullmatch(rf".*{name}: \d+ figures and tables, \d+ sources\n", result.stdout)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_heavy_packages_are_imported_late() -> None:
    code = "import sys, graph.report.gather, graph.report.page, graph.report.markdown; print(*sys.modules)"
    modules = subprocess.run([*shell.CHUHAI[:1], "-c", code], cwd=shell.ROOT, capture_output=True, check=True).stdout
    assert not {"jinja2", "numpy", "networkx", "igraph"} & set(modules.decode().split())
