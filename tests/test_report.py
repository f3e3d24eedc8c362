"""The report of a graph: true to the data it rests on, in words that both languages have."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shlex
import string
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import Result
from folders import cut, moved, said, source
from reported import report_of

import graph.report
from graph.drawing.charts import Flows
from graph.opened import open_graph
from graph.report import markdown, page
from graph.report.gather import gather
from graph.report.parts import Figure, Heading, Listing, Paragraph, Report
from graph.report.steps import STEPS
from graph.report.tell import fill
from graph.store import Graph
from ontology import in_language

MODULES = [importlib.import_module(f"graph.report.{m.name}") for m in pkgutil.iter_modules(graph.report.__path__)]


def texts(report: Report, role: str) -> str:
    return " ".join(part.text for part in report.parts if isinstance(part, Paragraph) and part.role == role)


def test_every_step_says_what_the_article_says_what_the_graph_gives_and_how_far_that_carries(report: Report) -> None:
    steps: dict[str, list[str]] = {}
    for part in report.parts:
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


def test_the_first_sources_give_these_findings(report: Report) -> None:
    found = texts(report, "finding")
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
    report = report_of(tmp_path, source("one", *facts))
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
    report = report_of(tmp_path, source("one", moved()), source("two", denial))
    (moves,) = (figure for figure in report.figures() if figure.key == "moves")
    assert "without disputed moves: 0" in moves.footer
    assert isinstance(moves.chart, Flows) and moves.chart.links == (("Beijing", "Singapore", 1, 0),)


def test_a_graph_without_facts_gives_a_short_true_report(tmp_path: Path) -> None:
    report = report_of(tmp_path, source("one", said(about="organization/acme", type="Organization")))
    assert "The article is not among the sources" in texts(report, "lead")
    assert "1 source document with 1 statement" in texts(report, "lead")
    assert "No source here tells of a relocation case." in texts(report, "finding")
    assert not any(isinstance(part, Listing) and part.role == "claim" for part in report.parts)
    assert "<svg" not in page.render(report)
    assert markdown.render(report).count("\n## ") == len(STEPS) + 1 + bool(report.sources())


def test_a_figure_says_its_base_its_command_and_its_sources(report: Report) -> None:
    assert len(report.figures()) > 10
    for figure in report.figures():
        assert figure.footer[0].startswith("base: ") and re.search(r"\d", figure.footer[0])
        assert figure.command.startswith("chuhai ")
        assert figure.covered.startswith("sources: ")
        assert bool(figure.cites) == bool(re.match(r"sources: [1-9]", figure.covered))
        assert set(figure.cites) <= set(range(1, len(report.sources()) + 1))
    keys = [part.key for part in report.parts if isinstance(part, Figure | Heading)]
    assert len(keys) == len(set(keys))


def test_the_command_of_a_figure_works(facts: Path, run: Callable[..., Result]) -> None:
    for command in sorted({figure.command for figure in gather(open_graph(facts, lang="zh")).figures()}):
        result = run(*shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.stderr)


def test_the_command_of_a_figure_keeps_moment_and_language(facts: Path) -> None:
    commands = [figure.command for figure in gather(open_graph(facts, as_of="2025-08", lang="zh")).figures()]
    assert commands
    assert all(command.endswith(" --as-of 2025-08-31 --lang zh") for command in commands)


def test_a_report_of_a_day_knows_only_what_was_published_by_then(facts: Path) -> None:
    then = gather(open_graph(facts, known_by="2025-07-31"))
    assert "Only documents published by 31 July 2025 are heard." in texts(then, "lead")
    assert all(source.published_by <= "2025-07-31" for source in then.sources())


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


def test_a_chinese_report_has_no_english_words(graph: Graph, chinese_report: Report) -> None:
    labels = " ".join(texts for (texts,) in graph.index.execute("SELECT texts FROM labels"))
    names = set(re.findall("[A-Za-z]+", labels))
    for part in chinese_report.parts:
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
    words = "{n:none is|one is|* are} left of {m:move|moves}"
    assert [fill(words, n=n, m=n) for n in (0, 1, 1200)] == [
        "none is left of 0 moves",
        "one is left of 1 move",
        "1,200 are left of 1,200 moves",
    ]


def test_labels_of_the_report_are_given_in_its_language(chinese_report: Report) -> None:
    assert in_language(STEPS[0].question, "zh-hans") in [p.text for p in chinese_report.parts if isinstance(p, Heading)]
