"""The screen of a lookup: what a reader must find on it, and what machines get."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from folders import folder, said, source
from pyoxigraph import NamedNode, RdfFormat, parse
from shell import steering

from graph import limits, profile, screen, terminal
from graph.names import Name
from graph.opened import Opened
from graph.reading import Reader
from graph.store import Graph, in_memory
from ontology import expand

Run = Callable[..., Result]

CITED = re.compile(r" {2}(\[\d+\])+(\+\d+)?$")
KEYS = {
    *("thing", "type", "type_label", "label", "labels", "matched", "role", "way", "moment", "language", "with"),
    *("sections", "unsettled", "arguments", "sources", "disputed"),
}
LINE = {
    *("caption", "words", "when", "status", "mark", "kind", "speaker", "note", "derived", "possibly", "begin", "about"),
    *("citations", "others"),
}


def look(run: Run, *arguments: str) -> str:
    """What a lookup prints; it succeeds without a warning."""
    result = run("lookup", *arguments)
    assert result.exit_code == 0
    assert result.stderr == ""
    return str(result.stdout)


def unwrapped(text: str) -> str:
    """The text without citations and line ends, so that a wrapped sentence is whole."""
    return " ".join(" ".join(CITED.sub("", line) for line in text.splitlines()).split())


def line_with(text: str, words: str) -> str:
    found = [line for line in text.splitlines() if words in line]
    assert len(found) == 1, text
    return found[0]


def section(text: str, title: str) -> str:
    """The lines below one title."""
    part = re.search(rf"^{title}\n((?: .*\n)+)", text, re.MULTILINE)
    assert part, text
    return part[1]


def all_lines(data: dict[str, list[profile.Line]], *more: list[profile.Line]) -> list[profile.Line]:
    told = [line for part in (*data.values(), *more) for line in part]
    return [each for line in told for each in (line, *line.others)]


def test_manus_shows_what_sources_say_of_its_company_too(run: Run) -> None:
    text = look(run, "Manus")
    head, second = text.splitlines()[:2]
    assert head.startswith("Manus ") and head.endswith("product")
    assert second.strip() == "read together with Butterfly Effect"
    assert re.search(r"made by +Butterfly Effect +\[", section(text, "What it is"))
    assert CITED.search(line_with(text, "Singapore — since May 2025"))
    assert CITED.search(line_with(text, "mainland China → Singapore — May 2025"))
    assert "derived" in line_with(text, "mainland China — until May 2025")
    assert "Xiao Hong · founder" in section(text, "People")
    assert "USD 75 million" in section(text, "Money and control")


def test_manus_shows_the_two_accounts_of_the_layoff_side_by_side(run: Run) -> None:
    text = section(look(run, "Manus"), "Relocation and workforce")
    held, other = line_with(text, "layoff · all"), line_with(text, "≠ layoff · part")
    assert text.index(held) < text.index(other)
    assert not set(re.findall(r"\[\d+\]", held)) & set(re.findall(r"\[\d+\]", other))


def test_manus_keeps_rumours_and_denials_apart_from_facts(run: Run) -> None:
    text = look(run, "Manus", "--sources")
    apart = section(text, "Not settled")
    assert "? All of a team of 120" in apart
    assert "✗ There was no moving of a headquarters" in apart
    assert "✗ The company denies that access to chips was the reason" in apart
    assert not re.search(r"^ .*[?✗] ", text.partition("Not settled")[0], re.MULTILINE)
    assert not re.search("[?✗] ", section(text, "Argued about it"))


def test_manus_shows_who_is_credited_and_what_is_argued(run: Run) -> None:
    text = look(run, "Manus", "--sources")
    assert "(a person familiar with the matter, as Huxiu quoted)" in unwrapped(section(text, "Not settled"))
    assert "carried along by it. (the author)" in unwrapped(section(text, "Argued about it"))


def test_what_a_company_said_in_words_is_no_source_for_a_figure(run: Run) -> None:
    text = look(run, "Manus", "--sources")
    assert "adjusted some business teams" in unwrapped(section(text, "Also said"))
    assert line_with(text, "layoff · all").endswith("  [1]")
    assert line_with(text, "[1] ").startswith("[1] 3188025.com.cn, 24 October 2025")


def test_the_last_line_is_the_coverage(run: Run) -> None:
    text = look(run, "Manus")
    left = sum(map(int, re.findall(r"^\S.*  … (\d+) more$", text, re.MULTILINE)))
    whole = f"5 sources, the latest of 24 October 2025 · disputed: workforce · {left} more: --sources"
    assert left > 0 and unwrapped(text).endswith(whole)
    assert look(run, "Kimi", "--sources").splitlines()[-1] == "1 source, the latest of 24 October 2025"


def test_sources_are_listed_in_short_form_unless_all_is_asked_for(run: Run) -> None:
    few, every = look(run, "Manus"), look(run, "Manus", "--sources")
    listed = set(re.findall(r"\[(\d+)\]\xa0", few))
    assert listed == set(re.findall(r"\[(\d+)\]", few.partition("[1]\xa0")[0]))
    assert "[1]\xa03188025.com.cn\xa02025-10-24" in few
    assert "http" not in few
    addresses = re.findall(r"^    (https?://\S+)$", every, re.MULTILINE)
    assert len(addresses) == len(set(addresses)) == 5
    assert "more: --sources" not in every
    assert unwrapped(every).count("(read in a repost)") == 4


def test_no_line_is_left_out_uncounted(graph: Graph) -> None:
    found = profile.profile(Reader(graph), profile.find(graph, "ranking/aicpb-china-top-20"))
    line = replace(all_lines(found.sections, [], [])[0], words="said", when="", others=[])
    others = [replace(line, mark=mark) for mark in "≈≠≠"]
    lists = [replace(line, caption=caption) for caption in "ab" * 40]
    sections = {"what": [replace(line, others=others)], "lists": lists}
    found = replace(found, sections=sections, unsettled=[], arguments=[replace(line, mark="") for _ in range(40)])
    few, every = screen.show_profile(found, "en"), screen.show_profile(found, "en", all_sources=True)
    shown = {name: section(few, name + ".*").splitlines() for name in ("What it is", "Lists", "Argued about it")}
    assert sum("said" in row for row in shown["What it is"]) == 4
    for name, count in (("Lists", 80), ("Argued about it", 40)):
        left = re.search(f"^{name}  … (\\d+) more$", few, re.MULTILINE)
        assert left and int(left[1]) == count - len(shown[name]) > 0
    assert len(few.splitlines()) <= limits.PROFILE_SCREEN
    assert sum(bool(CITED.search(line)) for line in every.splitlines()) == 124 and "more: --sources" not in every


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_best_documented_things_fit_on_one_screen(whole_graph: Graph, language: str) -> None:
    query = "SELECT DISTINCT thing FROM names WHERE thing NOT LIKE 'place/%' ORDER BY mentions DESC, thing LIMIT 150"
    reader = Reader(whole_graph, language)
    for (thing,) in whole_graph.index.execute(query).fetchall():
        found = profile.profile(reader, Name(thing, "en", "label", thing))
        text = screen.show_profile(found, language)
        rows = text.splitlines()
        assert len(rows) <= limits.PROFILE_SCREEN and max(map(terminal.width, rows)) <= 80, text
        told = {**found.sections, "unsettled": found.unsettled, "arguments": found.arguments}
        for name, lines in told.items():
            assert not lines or section(text, f"{screen.title(name, language)}.*"), text
        shown = sum(bool(CITED.search(row)) for row in rows)
        assert shown >= 20 or shown == len(all_lines(told)), text


def test_a_source_without_a_date_says_so(run: Run) -> None:
    assert "TechNode, undated: " in look(run, "Manus", "--sources")


@pytest.mark.parametrize("name", ["智谱", "智譜", "Zhipu", "organization/zhipu"])
def test_zhipu_is_found_by_any_of_its_names(run: Run, name: str) -> None:
    text = look(run, name)
    assert text.startswith("Zhipu AI  智谱 ")
    assert "layoff · about 100 — third quarter of 2025 · in progress" in unwrapped(text)
    assert "closing of a unit · Zhipu product-research centre" in unwrapped(section(text, "Relocation and workforce"))
    assert "? The centre was said to have been dissolved on the spot" in section(text, "Not settled")
    assert "✗ The company says that untrue rumours on the net" in section(text, "Not settled")
    assert "chief strategy officer — 2025" in section(text, "People")
    assert "over CNY 40 billion" in section(text, "Figures")
    assert ("matched “" in text) == (name == "Zhipu" or name == "智譜")


def test_a_match_by_another_name_is_named(run: Run) -> None:
    assert look(run, "Twitter").splitlines()[1] == "  matched “Twitter” (former name)"


def test_heygen_has_left_shenzhen_on_a_day_that_nobody_gives(run: Run) -> None:
    text = look(run, "HeyGen")
    assert re.search(r"makes +HeyGen +\[", section(text, "What it is"))
    assert "Shenzhen → Los Angeles  " in text
    assert "Shenzhen — since 2020 · until a move without a date" in text
    assert "Los Angeles — derived" in text
    assert "deregistration" in text


def test_kimi_shows_its_rank_and_its_rivals(run: Run) -> None:
    text = look(run, "Kimi")
    assert re.search(r"made by +Moonshot AI", text)
    assert "by monthly users, July 2025 · rank 19" in unwrapped(text)
    assert "rank over 20" in unwrapped(text)
    assert all(f" {rival} — seen 24 October 2025 " in text for rival in ("DeepSeek", "Doubao", "Tencent Yuanbao"))


def test_a_thing_of_which_nothing_is_told_says_so(run: Run) -> None:
    text = look(run, "Tokyo")
    assert "nothing is known yet" in text
    assert text.splitlines()[-1] == "0 sources"


def test_chinese_is_asked_for_and_given(run: Run) -> None:
    text = look(run, "Manus", "--lang", "zh")
    assert text.splitlines()[0].endswith("产品")
    assert "开发运营        蝴蝶效应" in text
    assert "中国大陆 → 新加坡 — 2025年5月" in text
    assert "≠ 裁员 · 部分" in text
    assert "✗ 不存在总部搬迁的问题" in text
    assert text.splitlines()[-1] == "5 个来源, 最新 2025年10月24日 · 有分歧: 人员 · 另有 3 条：--sources"


def test_the_language_may_come_from_the_environment(run: Run) -> None:
    assert "新加坡" in run("lookup", "Manus", CHUHAI_LANG="zh").stdout


def test_an_unknown_language_is_refused_with_the_known_ones(run: Run) -> None:
    result = run("lookup", "Manus", "--lang", "fr")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'fr' is not one of 'en', 'zh'" in result.stderr


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_thing_has_a_screen_of_80_columns_with_a_source_on_each_line(graph: Graph, language: str) -> None:
    things = [row[0] for row in graph.index.execute("SELECT DISTINCT thing FROM names ORDER BY thing")]
    assert len(things) > 100
    for thing in things:
        found = profile.profile(Reader(graph, language), Name(thing, "en", "label", thing))
        text = re.sub(r"^ +https?://\S+\n", "", screen.show_profile(found, language, all_sources=True), flags=re.M)
        assert max(terminal.width(line) for line in text.splitlines()) <= 80, text
        assert not steering(text)
        assert not re.search(r"→ ?(\(|·|$)|· ·|: $", unwrapped(text)), text
        told = all_lines(found.sections, found.unsettled, found.arguments)
        assert all(line.citations and (line.words or line.when) for line in told), text
        assert sum(bool(CITED.search(line)) for line in text.splitlines()) == len(told), text


def test_every_source_on_a_screen_is_cited_and_the_other_way_round(graph: Graph) -> None:
    for name in ("Manus", "智谱", "HeyGen", "case/manus"):
        found = profile.profile(Reader(graph), profile.find(graph, name))
        told = all_lines(found.sections, found.unsettled, found.arguments)
        assert {c.source for line in told for c in line.citations} == set(range(1, len(found.sources) + 1))
        assert all(c.locator for line in told for c in line.citations)


def test_json_has_the_documented_keys(run: Run) -> None:
    data = json.loads(look(run, "Manus", "--format", "json"))
    assert set(data) == KEYS
    assert (data["thing"], data["type"], data["label"]) == ("product/manus", "Product", "Manus")
    assert data["with"] == {"organization/butterfly-effect": "Butterfly Effect"}
    lines = [line for part in (*data["sections"].values(), data["unsettled"], data["arguments"]) for line in part]
    assert all(set(line) == LINE for line in lines)
    assert {"rumour", "denial"} == {line["kind"] for line in data["unsettled"]}
    assert [other["mark"] for line in lines for other in line["others"]] == ["≠", "≈"]
    assert all(source["url"].startswith("http") for source in data["sources"])


@pytest.mark.parametrize(("form", "rdf"), [("turtle", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)])
def test_rdf_is_about_the_thing(run: Run, form: str, rdf: RdfFormat) -> None:
    triples = list(parse(look(run, "Manus", "--format", form), format=rdf))
    manus = NamedNode(expand("product/manus"))
    about = {triple.subject for triple in triples}
    assert manus in about
    assert about == {manus} | {triple.subject for triple in triples if triple.object == manus}


def test_a_table_for_machines_names_mark_and_sources(run: Run) -> None:
    first, *rows = look(run, "Manus", "--format", "jsonl").splitlines()
    assert set(json.loads(first)) == {"section", "mark", "caption", "words", "when", "status", "speaker", "sources"}
    assert {json.loads(row)["mark"] for row in rows} == {"", "≈", "≠", "?", "✗"}
    assert all(json.loads(row)["sources"].startswith("source/") for row in rows)


def test_founders_are_told_of_before_others(tmp_path: Path) -> None:
    post = {"type": "Membership", "organization": "organization/acme"}
    told = (
        said("one", **post, about="membership/ada", person="person/ada", role="adviser", since="2019"),
        said("two", **post, about="membership/bea", person="person/bea", role="founder", since="2024"),
    )
    things = ["organization/acme", "organization/daily", "person/ada", "person/bea"]
    found = Opened(in_memory(folder(tmp_path, source("a", *told), things=things))).lookup("organization/acme")
    assert [line.words.partition(" ")[0] for line in found.sections["people"]] == ["person/bea", "person/ada"]
