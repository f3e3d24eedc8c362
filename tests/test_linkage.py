"""Which things of an import are things that are known: what is proposed, why, and what people decide of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import pytest
from click.testing import Result
from folders import folder, imported, moved, sat, source
from shell import invoke

from graph.folder import imports_folder
from graph.linkage.comparing import LEVELS, Record, compare, weight

THINGS = [
    {"id": "organization/daily", "label": {"en": "The Daily"}},
    {"id": "organization/acme", "label": {"en": "Acme Robotics", "zh-hans": "顶峰机器人"}},
    {"id": "organization/lantern", "label": {"en": "Lantern Labs"}},
    {"id": "organization/amber", "label": {"en": "Amber Labs"}},
    {"id": "person/ada", "label": {"en": "Ada Zhang"}},
    *({"id": f"organization/other-{n}", "label": {"en": f"{name} Labs"}} for n, name in enumerate("QWERTYUIOP")),
]
NEW = [
    {"id": "organization/t-1", "label": {"en": "Acme Robotics Pte. Ltd."}},
    {"id": "organization/t-2", "label": {"en": "Zephyr Labs"}},
    {"id": "organization/t-3", "label": {"zh-hant": "頂峰機器人有限公司", "en": "Summit"}},
    {"id": "organization/t-4", "label": {"en": "Lanterm Labs"}},
    {"id": "person/t-5", "label": {"en": "Ada Zhang"}},
]


def share(some: Collection[str]) -> float:
    """Nine of ten names have "labs" in them; every other word is in one of a thousand."""
    return 0.9 if set(some) == {"labs"} else 0.001


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A few things that are known, and an import of things of which some are the same."""
    monkeypatch.setenv("CHUHAI_DATA", str(tmp_path / "data"))
    made = folder(tmp_path / "facts", source("a", moved()), things=THINGS)
    imported(made, "table", sat(about="tenure/t-1", organization="organization/t-1"), things=NEW)
    return made


def proposed(result: Result) -> dict[tuple[str, str], float]:
    assert result.exit_code == 0, result.output
    return {(row["new"], row["known"]): row["probability"] for row in json.loads(result.stdout)}


def test_a_rare_word_speaks_for_one_thing_and_a_common_one_does_not() -> None:
    assert weight("Lantern Labs", "Lantern", share) > 7
    assert weight("Lantern Labs", "Amber Labs", share) < 0
    assert weight("Open AI", "OpenAI Inc.", share) > weight("OpenAI Japan", "OpenAI Europe", share)
    assert weight("Lantern Labs", "Lanterm Labs", share) < weight("Lantern Labs", "Lantern Labs", share)


def test_names_that_share_nothing_weigh_what_the_level_says() -> None:
    of_one, of_two = LEVELS["otherwise"]
    assert 2 ** weight("Acme", "Bolt", share) == pytest.approx(of_one / of_two)


def test_people_places_and_sites_are_told_apart_as_evidence() -> None:
    beside = {"people": {"adazhang": "Ada Zhang"}}
    one = Record("a", ["Acme"], frozenset({"singapore"}), beside, frozenset({"acme.example"}))
    other = Record("b", ["Acme"], frozenset({"mainland-china"}), beside, frozenset({"acme.example"}))
    found = {each.field: each.bits for each in compare(one, other, share)}
    assert found["people"] > 0
    assert found["site"] > 0
    assert found["places"] < 0


def test_what_is_likely_one_is_proposed_and_a_shared_common_word_is_not(facts: Path) -> None:
    found = proposed(invoke(facts, "reconcile", "table", "--format", "json"))
    for pair in (("t-1", "acme"), ("t-3", "acme"), ("t-4", "lantern")):
        assert tuple(f"organization/{slug}" for slug in pair) in found
    assert ("person/t-5", "person/ada") in found
    assert not [pair for pair in found if "organization/t-2" in pair]


def test_the_same_becomes_one_and_two_again_when_undone(facts: Path) -> None:
    pair = ("organization/t-1", "organization/acme")
    assert invoke(facts, "reconcile", "--same", *pair).exit_code == 0
    merged = json.loads(invoke(facts, "lookup", "Acme Robotics Pte. Ltd.", "--format", "json").stdout)
    assert merged["thing"] == "organization/acme"
    assert pair not in proposed(invoke(facts, "reconcile", "--format", "json"))
    assert invoke(facts, "reconcile", "--undo", *pair).exit_code == 0
    assert json.loads(invoke(facts, "lookup", pair[0], "--format", "json").stdout)["thing"] == pair[0]
    assert invoke(facts, "reconcile", "--undo", *pair).exit_code == 3


def test_what_is_different_is_not_proposed_again_and_decisions_can_be_taken_elsewhere(
    facts: Path, tmp_path: Path
) -> None:
    pair = ("person/t-5", "person/ada")
    invoke(facts, "reconcile", "--different", *pair)
    assert pair not in proposed(invoke(facts, "reconcile", "--format", "json"))
    kept = tmp_path / "decisions.json"
    (imports_folder(facts) / "identities.json").rename(kept)
    assert pair in proposed(invoke(facts, "reconcile", "--format", "json"))
    assert invoke(facts, "reconcile", "--apply", str(kept)).exit_code == 0
    assert pair not in proposed(invoke(facts, "reconcile", "--format", "json"))


def test_a_person_decides_in_the_terminal_and_can_go_back(facts: Path) -> None:
    result = invoke(facts, "reconcile", "table", "--kind", "person", "--decide", stdin="s\n")
    assert result.exit_code == 0, result.output
    assert "Ada Zhang" in result.stderr
    told = json.loads((imports_folder(facts) / "identities.json").read_text(encoding="utf-8"))
    assert told == {"different": [], "same": {"person/t-5": "person/ada"}}
    result = invoke(facts, "reconcile", "table", "--kind", "organization", "--decide", stdin="d\nb\nq\n")
    assert result.exit_code == 0, result.output
    assert json.loads((imports_folder(facts) / "identities.json").read_text(encoding="utf-8")) == told


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["nothing"], 3, "no import 'nothing'"),
        (["--same", "person/ada", "organization/acme"], 2, "no two things of one kind"),
        (["--same", "organization/none", "organization/acme"], 3, "organization/none"),
    ],
)
def test_what_cannot_be_decided_is_one_clear_line(facts: Path, arguments: list[str], code: int, word: str) -> None:
    result = invoke(facts, "reconcile", *arguments)
    assert result.exit_code == code, result.output
    assert word in result.stderr


def test_a_file_of_decisions_that_says_otherwise_is_refused(facts: Path) -> None:
    path = imports_folder(facts) / "identities.json"
    for text in ("[]", '{"same": {"person/ada": "organization/acme"}}', "{", '{"different": [["a"]]}'):
        path.write_text(text, encoding="utf-8")
        result = invoke(facts, "reconcile")
        assert result.exit_code == 5, (text, result.output)
        assert len(result.stderr.splitlines()) <= 2


def test_things_that_share_people_and_products_are_likelier_one(tmp_path: Path) -> None:
    """What a source tells of both weighs beside their names."""
    plain = Record("a", ["Lantern"])
    told = Record("b", ["Lantern"], beside={"people": {"adazhang": "Ada"}, "products": {"glow": "Glow"}})
    alone = sum(each.bits for each in compare(plain, told, share))
    assert sum(each.bits for each in compare(told, told, share)) > alone + 15
