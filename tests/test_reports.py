"""Paths, comparisons, timelines and reasons: on made-up facts for the rules, on real ones for the screens."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import shell
from extras import needs
from folders import cut, folder, moved, raised, said, sat, source

from graph import terminal
from graph.errors import NotFoundError, UsageError
from graph.opened import Opened
from graph.paths import Step
from graph.store import in_memory
from ontology import compact

ACME, BOLT, DAILY = "organization/acme", "organization/bolt", "organization/daily"


def invested(key: str, investor: str, organization: str, **values: Any) -> dict[str, Any]:
    about = f"event/{investor.split('/')[1]}-in-{organization.split('/')[1]}"
    return said(key, type="Investment", about=about, investor=investor, organization=organization, **values)


def opened(path: Path, *sources: tuple[str, str], **given: Any) -> Opened:
    return Opened(in_memory(folder(path, *sources, **given)))


def things(paths: list[list[Step]]) -> list[list[str]]:
    return [[compact(path[0].start), *(compact(step.end) for step in path)] for path in paths]


# Paths


def test_the_shortest_path_comes_first_and_then_the_next(tmp_path: Path) -> None:
    told = (
        invested("one", ACME, BOLT),
        invested("two", ACME, DAILY),
        invested("three", DAILY, BOLT),
    )
    graph = opened(tmp_path, source("a", *told))
    assert things(graph.paths(ACME, BOLT)) == [[ACME, BOLT], [ACME, DAILY, BOLT]]
    assert things(graph.paths(BOLT, ACME)) == [[BOLT, ACME], [BOLT, DAILY, ACME]]
    assert things(graph.paths(ACME, BOLT, count=1)) == [[ACME, BOLT]]
    assert things(graph.paths(ACME, BOLT, steps=1)) == [[ACME, BOLT]]


def test_a_path_names_every_node_that_makes_a_step(tmp_path: Path) -> None:
    deal = said("two", type="Acquisition", about="event/deal", acquirer=ACME, organization=BOLT)
    graph = opened(tmp_path, source("a", invested("one", ACME, BOLT), deal))
    (path,) = graph.paths(ACME, BOLT)
    assert [compact(node) for node in path[0].nodes] == ["event/deal", "event/acme-in-bolt"]


def test_a_place_joins_nothing_unless_asked(tmp_path: Path) -> None:
    here = [sat("one"), sat("two", about="tenure/bolt", organization=BOLT)]
    graph = opened(tmp_path, source("a", *here))
    with pytest.raises(NotFoundError, match="no path of 4 steps or fewer from organization/acme to organization/bolt"):
        graph.paths(ACME, BOLT)
    assert things(graph.paths(ACME, BOLT, hubs=True)) == [[ACME, "place/singapore", BOLT]]
    assert things(graph.paths(ACME, "place/singapore")) == [[ACME, "place/singapore"]]


def test_rumours_make_no_path(tmp_path: Path) -> None:
    graph = opened(tmp_path, source("a", invested("one", ACME, BOLT, kind="rumour")))
    with pytest.raises(NotFoundError):
        graph.paths(ACME, BOLT)


def test_a_path_of_another_day_uses_what_held_then(tmp_path: Path) -> None:
    facts = folder(tmp_path, source("a", invested("one", ACME, BOLT, when="2024-06"), published="2024-07-01"))
    command = ("path", ACME, BOLT, "--as-of")
    assert shell.invoke(facts, *command, "2024").exit_code == 0
    assert "no path" in shell.failure(shell.invoke(facts, *command, "2023"), 3)


def test_a_path_to_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="both names mean the same thing"):
        opened(tmp_path, source("a", sat())).paths(ACME, ACME)


def test_too_many_things_within_reach_are_a_clear_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = opened(tmp_path, source("a", invested("one", ACME, BOLT), invested("two", BOLT, DAILY)))
    monkeypatch.setattr("graph.limits.PATH_THINGS", 1)
    with pytest.raises(UsageError, match="ask for fewer --steps"):
        graph.paths(ACME, DAILY)


# Timelines


def test_a_timeline_is_in_order_and_leaves_the_undated_out(tmp_path: Path) -> None:
    told = raised("one", when="2024-05", amount="USD 5"), moved("two", when="2023"), cut("three")
    lines, sources = opened(tmp_path, source("a", *told)).timeline(ACME)
    assert [line.begin for line in lines if not line.derived] == ["2023-01-01", "2024-05-01"]
    assert [s.iri for s in sources] == ["source/a"]


def test_the_timeline_of_a_place_holds_what_happened_within_it(tmp_path: Path) -> None:
    told = moved("one", to="place/shenzhen", when="2023"), cut("two", place="place/tokyo", when="2024")
    graph = opened(tmp_path, source("a", *told))
    lines, _ = graph.timeline_of_place("mainland China")
    assert {line.begin for line in lines} == {"2023-01-01"}
    assert all("organization/acme" in line.words for line in lines)
    assert graph.timeline_of_place("Tokyo")[0][0].caption == "workforce"


def test_a_timeline_wants_a_name_or_a_place(facts: Path) -> None:
    for arguments in ([], ["Manus", "--place", "Singapore"]):
        assert "give a NAME, or --place" in shell.invoke(facts, "timeline", *arguments).output


# Reasons


def test_what_was_chosen_is_told_with_the_rule_that_chose_it(tmp_path: Path) -> None:
    press = source("a", raised(amount="USD 5000000"), published="2025-01-01")
    filing = source("b", raised(amount="USD 7000000"), kind="exchange-filing", publisher=BOLT, published="2024-01-01")
    rumour = source("c", raised(amount="USD 9000000", kind="rumour"))
    found = opened(tmp_path, press, filing, rumour).why(ACME, "amount")
    assert [(r.value, r.held, r.agrees, r.kind) for r in found] == [
        ("USD 7 million", True, True, "fact"),
        ("USD 5 million", False, False, "fact"),
        ("USD 9 million", False, False, "rumour"),
    ]
    assert found[0].rule == "official document"
    assert found[0].disputed


@pytest.mark.parametrize(
    ("others", "rule"),
    [
        ([], "only account"),
        ([source("b", raised(amount="about USD 5000000"))], "most precise of compatible values"),
        (
            [
                source("b", raised(amount="USD 7000000"), publisher=BOLT),
                source("c", raised(amount="USD 7000000"), publisher="organization/gazette"),
            ],
            "more independent sources",
        ),
        ([source("b", raised(amount="USD 7000000"), publisher=BOLT, published="2026-01-01")], "later document"),
        ([source("b", raised(amount="USD 7000000"), publisher=BOLT)], "name of the source"),
    ],
)
def test_each_rule_is_named(tmp_path: Path, others: list[tuple[str, str]], rule: str) -> None:
    found = opened(tmp_path, source("a", raised(amount="USD 5000000")), *others).why("event/acme-round", "amount")
    assert {r.rule for r in found if r.held} == {rule}


def test_a_decision_of_the_editors_is_told_with_its_reason(tmp_path: Path) -> None:
    decision = {"choose": "a#one", "on": "event/acme-round", "property": "amount", "reason": {"en": "Seen the deed."}}
    facts = folder(
        tmp_path,
        source("a", raised(amount="USD 5000000")),
        source("b", raised(amount="USD 7000000"), kind="exchange-filing"),
        editorial={"decisions": [{**decision, "decided": "2025-11-01"}]},
    )
    text = shell.invoke(facts, "why", ACME, "amount").stdout
    assert "held by: decision of the editors · disputed" in " ".join(text.split())
    assert "Seen the deed." in text


def test_a_property_that_nobody_gives_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no source gives 'colour' here; ask for one of: .*amount"):
        opened(tmp_path, source("a", raised(amount="USD 5"))).why(ACME, "colour")


def test_a_kind_of_event_can_be_asked_for_in_either_language(tmp_path: Path) -> None:
    graph = opened(tmp_path, source("a", raised(amount="USD 5")), source("b", raised(amount="USD 7")))
    assert graph.why(ACME, "round") == graph.why(ACME, "轮次") == graph.why(ACME, "FundingRound")


# Screens and formats

COMMANDS = {
    "path": ["path", "Manus", "HeyGen"],
    "compare": ["compare", "Manus", "HeyGen", "智谱"],
    "timeline": ["timeline", "Manus"],
    "timeline of a place": ["timeline", "--place", "Singapore"],
    "why": ["why", "Manus", "workforce"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_screens_fit_80_columns(facts: Path, command: str, language: str) -> None:
    text = shell.on_terminal(facts, *COMMANDS[command], CHUHAI_LANG=language, NO_COLOR="1")
    assert max(map(terminal.width, text.splitlines())) <= 80
    assert "\033" not in text
    assert text == shell.invoke(facts, *COMMANDS[command], "--lang", language).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_machines_get_rows_with_sources(facts: Path, command: str) -> None:
    text = shell.invoke(facts, *COMMANDS[command], "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert rows == [
        {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in row.items()}
        for row in json.loads(shell.invoke(facts, *COMMANDS[command], "--format", "json").stdout)
    ]
    cited = {"sources", "statement"} & rows[0].keys()
    assert all(row[name] or "derived" in str(row) for row in rows for name in cited) or command.startswith("timeline")


def test_a_comparison_wants_two_names(facts: Path) -> None:
    assert "needs two names" in shell.failure(shell.invoke(facts, "compare", "Manus"), 2)


def test_every_thing_of_a_comparison_has_its_column(facts: Path) -> None:
    rows = list(csv.reader(io.StringIO(shell.invoke(facts, "compare", "Manus", "HeyGen", "-f", "csv").stdout)))
    assert rows[0] == ["section", "what", "product/manus", "organization/heygen"]
    assert ["headquarters", "headquarters"] in [row[:2] for row in rows]


def test_a_hostile_name_steers_no_terminal(tmp_path: Path) -> None:
    evil = {"id": BOLT, "label": {"en": "Bolt \x1b[31mred"}}
    facts = folder(tmp_path, source("a", invested("one", ACME, BOLT)), things=[ACME, DAILY, evil])
    for command in (["path", ACME, BOLT], ["compare", ACME, BOLT], ["timeline", BOLT], ["why", ACME, "investor"]):
        assert "\033" not in shell.invoke(facts, *command).stdout


# Choosing


def test_an_ambiguous_name_is_a_choice_on_a_terminal(tmp_path: Path) -> None:
    twins = [{"id": ACME, "label": {"en": "Twin"}}, {"id": BOLT, "label": {"en": "Twin"}}, DAILY]
    facts = folder(tmp_path, source("a", sat()), things=twins)
    failed = shell.failure(shell.invoke(facts, "lookup", "Twin"), 4)
    assert "organization/acme, organization/bolt" in failed
    text = shell.on_terminal(facts, "lookup", "Twin", typed="2\n")
    assert "2  organization/bolt  Twin" in text


# Python


@needs("notebook")
def test_python_gives_what_the_command_line_gives(facts: Path) -> None:
    import graph as chuhai

    opened_facts = chuhai.open(facts, lang="zh")
    found = opened_facts.lookup("智譜")
    assert json.loads(shell.invoke(facts, "lookup", "智譜", "--lang", "zh", "-f", "json").stdout) == json.loads(
        json.dumps(found.as_dict())
    )
    assert opened_facts.query("headquarters-moves").rows
    assert opened_facts.query("departures", {"organization": "智谱"}).rows
    assert "product/manus" in opened_facts.network("whole")
    assert len(opened_facts.dataset()) > 0
    opened_facts.close()


def test_an_unknown_language_is_refused(facts: Path) -> None:
    import graph as chuhai

    with pytest.raises(UsageError, match="'fr' is no language"):
        chuhai.open(facts, lang="fr")
