"""The report: true to the data it rests on, inert whatever that holds, and readable in a browser and on paper."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import io
import pkgutil
import re
import string
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import shell
from click.testing import Result
from folders import THINGS, cut, folder, moved, raised, said, source
from shell import failure

import graph.report
from graph.drawing import draw
from graph.drawing.charts import Around, Axis, Flows, Mark, Neighbour, Row, Rows, Slope, counts, ranks, shares, spans
from graph.drawing.svg import width, wrap
from graph.opened import Opened
from graph.report import markdown, page
from graph.report.gather import gather
from graph.report.parts import Figure, Heading, Listing, Paragraph, Report, Sources
from graph.report.steps import STEPS
from graph.store import Graph, in_memory
from ontology import in_language

CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = (
    "</title></svg></style><script>hit()</script><img src=x onerror=hit()>]]> \"'&amp; ) [a](javascript:hit()) {{7*7}}"
)
MODULES = [importlib.import_module(f"graph.report.{m.name}") for m in pkgutil.iter_modules(graph.report.__path__)]
LONG = "A list with a long name that nobody would print on one line, third edition of the year 2025"


# The report of a graph


@pytest.fixture(scope="module")
def made(graph: Graph) -> Report:
    return gather(Opened(graph))


@pytest.fixture(scope="module")
def chinese(graph: Graph) -> Report:
    return gather(Opened(graph, "zh"))


def of(path: Path, *sources: tuple[str, str], language: str = "en", **options: Any) -> Report:
    """The report of a small folder of facts."""
    return gather(Opened(in_memory(folder(path, *sources, **options)), language))


def texts(report: Report, role: str) -> str:
    return " ".join(part.text for part in report.parts if isinstance(part, Paragraph) and part.role == role)


def test_every_step_says_what_the_article_says_what_the_graph_gives_and_how_far_that_carries(made: Report) -> None:
    steps: dict[str, list[str]] = {}
    for part in made.parts:
        if isinstance(part, Heading):
            steps[part.key] = []
        elif steps and isinstance(part, Paragraph | Listing):
            steps[[*steps][-1]].append(part.role)
    for step in STEPS:
        assert steps[step.key][0] == "claim"
        assert "finding" in steps[step.key]
    assert list(steps) == [*(step.key for step in STEPS), "unknown", "sources"]


def test_each_claim_of_the_steps_is_a_statement_of_the_article(seed_graph: Graph) -> None:
    rows = seed_graph.index.execute("SELECT DISTINCT iri FROM statements").fetchall()
    keys = {iri.partition("#")[2] for (iri,) in rows}
    assert [key for step in STEPS for key in step.claims if key not in keys] == []


def test_the_first_sources_give_these_findings(made: Report) -> None:
    found = texts(made, "finding")
    assert "2 headquarters moves that happened or are under way" in found
    assert "without disputed ones one remains" in found
    assert "2 moves lead from inside mainland China to outside it, 0 moves lead the other way" in found
    assert "2 relocation cases with 8 facets" in found


def test_counts_are_those_of_the_facts(tmp_path: Path) -> None:
    facts = (
        moved("a", when="2025-06", status="completed"),
        moved(
            "b", about="event/bolt-move", organization="organization/bolt", from_="place/singapore", to="place/beijing"
        ),
        moved("c", about="event/daily-move", organization="organization/daily", from_=None),
        moved("d", about="event/herald-move", organization="organization/herald", status="cancelled"),
        cut("e", outOf="120", count="80", place="place/beijing", when="2025"),
        cut("f", about="event/bolt-cut", organization="organization/bolt", count="10"),
    )
    report = of(tmp_path, source("one", *facts))
    found = texts(report, "finding")
    assert "The graph holds 2 headquarters moves that happened or are under way" in found
    assert "1 move leads from inside mainland China to outside it, 1 move leads the other way" in found
    assert "2 layoffs and unit closures as facts; for one a source gives both" in found
    lacking = [text for part in report.parts if isinstance(part, Listing) for text, _ in part.items]
    assert any("from where or to where 1 headquarters move went" in text for text in lacking)
    assert any("what part of the staff went in 1 layoff or closure" in text for text in lacking)
    assert any("the rate of leaving behind 1 move out of mainland China" in text for text in lacking)
    (moves,) = (figure for figure in report.figures() if figure.key == "moves")
    assert moves.cites == (1,)
    assert [row[2:] for row in moves.data.rows] == [[1, 1], [1, 1]]


def test_a_denied_move_is_left_out_of_what_is_undisputed(tmp_path: Path) -> None:
    denial = moved("no", kind="denial", denies="event/acme-move", from_=None, to=None, organization=None)
    report = of(tmp_path, source("one", moved()), source("two", denial))
    (moves,) = (figure for figure in report.figures() if figure.key == "moves")
    assert "without disputed moves: 0" in moves.footer
    assert isinstance(moves.chart, Flows) and moves.chart.links == (("Beijing", "Singapore", 1, 0),)


def test_a_graph_without_facts_gives_a_short_true_report(tmp_path: Path) -> None:
    report = of(tmp_path, source("one", said(about="organization/acme", type="Organization")))
    assert "The article is not among the sources" in texts(report, "lead")
    assert "1 source document with 1 statement" in texts(report, "lead")
    assert "No source here tells of a relocation case." in texts(report, "finding")
    assert not any(isinstance(part, Listing) and part.role == "claim" for part in report.parts)
    assert "<svg" not in page.render(report)
    assert markdown.render(report).count("\n## ") == len(STEPS) + 1 + bool(report.sources())


def test_a_figure_says_its_base_its_command_and_its_sources(made: Report) -> None:
    assert len(made.figures()) > 10
    for figure in made.figures():
        assert figure.footer[0].startswith("base: ") and re.search(r"\d", figure.footer[0])
        assert figure.command.startswith("chuhai ")
        assert figure.covered.startswith("sources: ")
        assert bool(figure.cites) == bool(re.match(r"sources: [1-9]", figure.covered))
        assert set(figure.cites) <= set(range(1, len(made.sources()) + 1))
    keys = [part.key for part in made.parts if isinstance(part, Figure | Heading)]
    assert len(keys) == len(set(keys))


def test_the_command_of_a_figure_works(facts: Path, run: Callable[..., Result]) -> None:
    import shlex

    from graph.opened import open_graph

    for command in sorted({figure.command for figure in gather(open_graph(facts, lang="zh")).figures()}):
        result = run(*shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.stderr)


def test_the_command_of_a_figure_keeps_moment_and_language(facts: Path) -> None:
    from graph.opened import open_graph

    commands = [figure.command for figure in gather(open_graph(facts, as_of="2025-08", lang="zh")).figures()]
    assert commands
    assert all(command.endswith(" --as-of 2025-08-31 --lang zh") for command in commands)


def test_a_report_of_a_day_knows_only_what_was_published_by_then(facts: Path, run: Callable[..., Result]) -> None:
    from graph.opened import open_graph

    then = gather(open_graph(facts, known_by="2025-07-31"))
    assert "Only documents published by 31 July 2025 are heard." in texts(then, "lead")
    assert all(source.published_by <= "2025-07-31" for source in then.sources())


# Its words


def words() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of the report in its languages, with where it stands."""

    def labels(where: str, value: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        if isinstance(value, Mapping) and set(value) == {"en", "zh-hans"}:
            yield where, value
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                yield from labels(f"{where} {key}", inner)

    for module in MODULES:
        for name, value in vars(module).items():
            if name.isupper() or name.startswith("_"):
                yield from labels(f"{module.__name__}.{name}", value)
    for step in STEPS:
        yield step.key, step.question


WORDS = dict(words())


def test_there_are_words_to_look_at() -> None:
    assert len(WORDS) > 150


@pytest.mark.parametrize("where", WORDS)
def test_words_state_no_number_and_put_the_same_values_into_both_languages(where: str) -> None:
    text = WORDS[where]
    values = []
    for language in ("en", "zh-hans"):
        parts = list(string.Formatter().parse(text[language]))
        assert not any(re.search(r"\d", literal) for literal, *_ in parts)
        values.append({name for _, name, *_ in parts if name})
    assert values[0] == values[1] or values[1] < values[0]
    assert re.search(r"[\u4e00-\u9fff]", text["zh-hans"]) or where.endswith(("pagerank", "cheirank"))
    assert not re.search(r"\bcaus(es|ed|ing) |\bbecause of\b|\bdrives?\b|\bled to\b", text["en"])


LATIN = re.compile(r"PageRank|CheiRank|E-I|CSV|HHI|CR|\b[Nn]\b")


def test_a_chinese_report_has_no_english_words(graph: Graph, chinese: Report) -> None:
    labels = " ".join(texts for (texts,) in graph.index.execute("SELECT texts FROM labels"))
    names = set(re.findall("[A-Za-z]+", labels))
    for part in chinese.parts:
        found = []
        if isinstance(part, Heading | Paragraph):
            found = [part.text]
        elif isinstance(part, Listing):
            found = [text for text, _ in part.items]
        elif isinstance(part, Figure):
            found = [part.title, part.description, part.footer[0], part.covered, *part.shown.heads()]
        for text in found:
            left = [w for w in re.findall("[A-Za-z]{2,}", LATIN.sub("", text)) if w not in names]
            assert left == [], text


def test_numbers_take_the_right_form_of_a_noun() -> None:
    from graph.report.tell import fill

    words = "{n:none is|one is|* are} left of {m:move|moves}"
    assert [fill(words, n=n, m=n) for n in (0, 1, 1200)] == [
        "none is left of 0 moves",
        "one is left of 1 move",
        "1,200 are left of 1,200 moves",
    ]


# Its files


class Tags(HTMLParser):
    """The start tags of a page with their attributes, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        self.ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def drawings(html: str) -> list[ET.Element]:
    return [ET.fromstring(text) for text in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def hostile(path: Path) -> Report:
    """The report of facts with hostile text wherever text can stand."""
    label = {"en": HOSTILE, "zh-hans": "中文" + HOSTILE}
    things = [{"id": thing, "label": label} for thing in THINGS]
    facts = (moved(when="2025-06"), cut("b", when="2025"), raised("c"))
    listed = (
        said("d", about="ranking/top", type="Ranking", size="2", publisher="organization/daily"),
        said("e", about="entry/x", type="RankingEntry", ranking="ranking/top", product="product/gadget", position="1"),
        said(
            "f", about="event/left", type="PersonnelMove", from_="organization/acme", person="person/ada"
        ),
        said("g", about="event/case", type="MarketChange", subtype="market-exit", organization="organization/acme",
             case="case/acme", place="place/singapore", when="2025-07"),
    )  # fmt: skip
    head = {"title": {"en": HOSTILE}, "url": "https://one.example/?a='&b=%22"}
    return of(path, source("one", *facts, *listed, **head), things=things)


@pytest.mark.parametrize("which", ["made", "hostile"])
def test_a_page_holds_no_script_and_asks_for_nothing(made: Report, tmp_path: Path, which: str) -> None:
    html = page.render(made if which == "made" else hostile(tmp_path))
    tags = Tags(html)
    assert not {tag for tag, _ in tags.tags} & {"script", "img", "iframe", "object", "embed", "base", "form", "input"}
    for tag, attributes in tags.tags:
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in attributes)
        href = attributes.get("href") or ""
        if tag == "link":
            assert href == "data:,"
        elif href.startswith("#"):
            assert href[1:] in tags.ids
        elif href:
            assert tag == "a" and re.match(r"https?://|data:text/csv;charset=utf-8,[\w.%/~-]*$", href)
    policy = next(a["content"] or "" for tag, a in tags.tags if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    assert len(tags.ids) == len(set(tags.ids))


def test_hostile_text_arrives_as_text(tmp_path: Path) -> None:
    report = hostile(tmp_path)
    html = page.render(report)
    assert "hit()" in html and "<script" not in html.replace("&lt;script", "")
    assert drawings(html)
    text = markdown.render(report)
    assert not re.search(r"(?<!\\)<(?!https?://)", text)
    assert not re.search(r"(?<!\\)\]\(javascript", text)


def test_a_figure_is_named_and_described_and_its_table_and_csv_say_the_same(made: Report) -> None:
    html = page.render(made)
    for drawing in drawings(html):
        names = {e.get("id"): e for e in drawing.iter()}
        assert drawing.get("role") == "img"
        assert names[drawing.get("aria-labelledby")].text
        assert drawing.get("aria-describedby") in names
    charts = [figure for figure in made.figures() if figure.chart]
    assert len(drawings(html)) == 2 * len(charts) > 10
    links = {a["download"]: a["href"] or "" for _, a in Tags(html).tags if "download" in a}
    with_rows = [figure for figure in made.figures() if figure.data.rows]
    assert set(links) == {f"{figure.key}.csv" for figure in with_rows}
    for figure in with_rows:
        rows = list(csv.reader(io.StringIO(unquote(links[f"{figure.key}.csv"].partition(",")[2]))))
        assert rows[0] == list(figure.data.columns)
        assert len(rows) - 1 == len(figure.data.rows) == len(figure.shown.rows)


def test_markdown_has_the_same_figures_with_as_many_cells_in_each_row(made: Report) -> None:
    import markdown as reader

    text = markdown.render(made)
    html = reader.markdown(text, extensions=["tables"])
    tables = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    with_rows = [figure for figure in made.figures() if figure.shown.rows]
    assert len(tables) == len(with_rows)
    for figure, table in zip(with_rows, tables, strict=True):
        assert table.count("<tr>") == len(figure.shown.rows) + 1
        assert table.count("<td") == len(figure.shown.rows) * len(figure.shown.columns)
    for figure in made.figures():
        assert text.count(f"**{markdown.text(figure.title)}**") >= 1
    assert len(re.findall(r"<h2>", html)) == len(STEPS) + 2


def test_sources_link_to_web_addresses_only(tmp_path: Path) -> None:
    report = of(tmp_path, source("one", moved(), url="https://one.example/a?b='c'"), source("two", moved()))
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


# Its figures

SHOWN = {
    "bars": counts(
        [Row(LONG, (Mark("sure", 0, 7), Mark("maybe", 7, 30)), "7 – 30", "第一组"), Row("b", (), "")], [("sure", LONG)]
    ),
    "shares": shares([Row("c", (Mark("sure", 0, 0.4), Mark("open", 0.4, 1)), "2 of 5 (about 40 %)", LONG)]),
    "spans": spans(
        [Row("d", (Mark("sure", 2025.1, 2025.2),), "一月", "", "/id/d"), Row("e", (Mark("maybe", 2016, 2024.9),), LONG)]
    ),
    "ranks": ranks(
        [Row("f", (Mark("range", 1, 33), Mark("dot", 3, 3), Mark("ring", 4, 4)), "3 (1–33)")], [("range", "x")]
    ),
    "slope": Slope(
        ("2020", "mid-2022 edition", "2024"),
        ((LONG, (0.4, None, 0.39)), ("b", (0.4, 0.41, None)), ("中", (None, 0.4, 0.4))),
        ((0.39, "39%"), (0.4, "40%"), (0.41, "41%")),
    ),
    "flows": Flows(
        (("Beijing", "Singapore", 30, 29), (LONG, "Singapore", 1, 1), ("Beijing", "新加坡" * 9, 2, 2)), ("from", "to")
    ),
    "nothing": Rows((), Axis(0, 1), ()),
    "around": Around(
        LONG,
        tuple(
            Neighbour(LONG if n % 2 else "b", shape, "#fff", "投资 · investor", "#000", n == 1, "/id/b")
            for n, shape in enumerate(("dot", "square", "star", "box", "triangle"))
        ),
    ),
    "alone": Around("中文", ()),
}


@pytest.mark.parametrize("room", [draw.WIDE, draw.NARROW])
@pytest.mark.parametrize("name", SHOWN)
def test_a_figure_is_an_svg_whose_parts_stand_within_it(name: str, room: float) -> None:
    root = ET.fromstring(draw.draw(SHOWN[name], "k", HOSTILE, "", room))
    height = float((root.get("viewBox") or "").split()[3])
    for element in root.iter():
        assert element.tag in (
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "path",
            "rect",
            "circle",
            "text",
            "tspan",
            "a",
        )
        if element.tag == "rect":
            x, y, length = (float(element.get(key) or 0) for key in ("x", "y", "width"))
            assert x >= 0 and x + length <= room + 0.5 and 0 <= y <= height
        if element.tag == "circle":
            assert 0 <= float(element.get("cx") or -1) <= room and 0 <= float(element.get("cy") or -1) <= height


def test_a_text_is_never_taken_for_narrower_than_it_is() -> None:
    assert width("中文，") == 39
    assert width("iii") < width("MMM")
    assert all(width(line) <= 60 for line in wrap(LONG + "中国大陆以外的榜单", 60, 9))
    assert wrap("Antidisestablishmentarianism", 60)[0].endswith("…")


# The browser


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the page of a report; in the end no page asked for more or complained."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []
    path = tmp_path / "report.html"

    def open_page(html: str, width: int = 1440, **options: Any) -> Any:
        path.write_text(html, encoding="utf-8")
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        shown = contexts[-1].new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda message: complaints.append(message.text))
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.goto(path.as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
    assert complaints == []


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


def shown(charts: Mapping[str, Any], made: Report) -> str:
    """A page of made-up figures."""
    first = made.figures()[0]
    figures = [dataclasses.replace(first, key=f"f-{key}", title=key, chart=chart) for key, chart in charts.items()]
    return page.render(dataclasses.replace(made, parts=tuple(figures)))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("which", ["en", "zh", "figures"])
def test_no_text_of_a_figure_touches_another_or_leaves_it(
    visit: Callable[..., Any], made: Report, chinese: Report, which: str, width: int
) -> None:
    html = shown(SHOWN, made) if which == "figures" else page.render(made if which == "en" else chinese)
    opened = visit(html, width)
    assert opened.evaluate(_CLASHES) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visible = opened.evaluate("[...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).length")
    assert visible * 2 == opened.locator("svg").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Callable[..., Any], made: Report, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visit(page.render(made), color_scheme=scheme)).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_hostile_text_does_nothing_in_a_browser(visit: Callable[..., Any], tmp_path: Path) -> None:
    opened = visit(page.render(hostile(tmp_path / "facts")))
    assert opened.locator("script, img").count() == 0
    assert "hit()" in opened.locator("main").inner_text()


def test_a_table_opens_and_its_csv_is_saved_without_script(visit: Callable[..., Any], made: Report) -> None:
    opened = visit(page.render(made), java_script_enabled=False)
    figure = opened.locator("figure#moves")
    figure.locator("summary").first.click()
    figure.locator("table").wait_for()
    with opened.expect_download() as download:
        figure.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "moves.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("from,to,moves,undisputed\n")


def test_paper_shows_the_wide_figures_and_the_tables(visit: Callable[..., Any], made: Report) -> None:
    opened = visit(page.render(made), width=390)
    opened.emulate_media(media="print")
    assert opened.locator("svg.wide").first.is_visible() and not opened.locator("svg.narrow").first.is_visible()
    assert opened.locator("figure#moves table").is_visible()


def test_labels_of_the_report_are_given_in_its_language(chinese: Report) -> None:
    assert in_language(STEPS[0].question, "zh-hans") in [p.text for p in chinese.parts if isinstance(p, Heading)]
