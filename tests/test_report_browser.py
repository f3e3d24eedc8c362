"""The page of a report in a browser and on paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, barriers, watched
from reported import FIGURES, hostile

from graph.report import page
from graph.report.parts import Report


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Visit]:
    """Opens the pages of reports."""
    path = tmp_path / "report.html"
    with watched(chromium, path.as_uri(), "data:") as visit:

        def open_page(html: str, width: int = 1440, **options: Any) -> Any:
            path.write_text(html, encoding="utf-8")
            return visit(path.as_uri(), width, **options)

        yield open_page


_CLASHES = """() => [...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).flatMap(svg => {
  const name = svg.querySelector('title').textContent, frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = texts.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
    || b.top < frame.top - 2 || b.bottom > frame.bottom + 2).map(([t]) => [name, t, 'out']);
  const both = texts.flatMap(([t, a], i) => texts.slice(0, i).filter(([, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3).map(([u]) => [name, t, u]));
  return [...out, ...both];
})"""


def figures(report: Report) -> str:
    """A page of made-up figures alone."""
    first = report.figures()[0]
    parts = [dataclasses.replace(first, key=f"f-{key}", title=key, chart=chart) for key, chart in FIGURES.items()]
    return page.render(dataclasses.replace(report, parts=tuple(parts)))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("which", ["en", "zh", "figures"])
def test_no_text_of_a_figure_touches_another_or_leaves_it(
    visit: Visit, report: Report, chinese_report: Report, which: str, width: int
) -> None:
    html = figures(report) if which == "figures" else page.render(report if which == "en" else chinese_report)
    opened = visit(html, width)
    assert opened.evaluate(_CLASHES) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visible = opened.evaluate("[...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).length")
    assert visible * 2 == opened.locator("svg").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, report: Report, scheme: str) -> None:
    assert barriers(visit(page.render(report), color_scheme=scheme)) == []


def test_hostile_text_does_nothing_in_a_browser(visit: Visit, tmp_path: Path) -> None:
    opened = visit(page.render(hostile(tmp_path / "facts")))
    assert opened.locator("script, img").count() == 0
    assert "hit()" in opened.locator("main").inner_text()


def test_a_table_opens_and_its_csv_is_saved_without_script(visit: Visit, report: Report) -> None:
    opened = visit(page.render(report), java_script_enabled=False)
    figure = opened.locator("figure#moves")
    figure.locator("summary").first.click()
    figure.locator("table").wait_for()
    with opened.expect_download() as download:
        figure.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "moves.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("from,to,moves,undisputed\n")


def test_paper_shows_the_wide_figures_and_the_tables(visit: Visit, report: Report) -> None:
    opened = visit(page.render(report), width=390)
    opened.emulate_media(media="print")
    assert opened.locator("svg.wide").first.is_visible() and not opened.locator("svg.narrow").first.is_visible()
    assert opened.locator("figure#moves table").is_visible()
