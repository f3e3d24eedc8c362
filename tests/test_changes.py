"""Two versions of the facts: every kind of difference is told, with what is behind it, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import shell
from folders import THINGS, argued, folder, moved, raised, said, source
from shell import commit, failure

from graph.changes import STATUS, Change, compare, read
from ontology import compact

MOVE = "event/acme-move"
DECISION = {
    "on": MOVE,
    "property": "toPlace",
    "choose": "a#one",
    "reason": {"en": "The filing says so."},
    "decided": "2025-11-01",
}
WITHDRAWAL = {"withdraw": "a#two", "reason": {"en": "Taken back."}, "decided": "2025-11-02"}
SPLIT = source("a", moved(to="place/singapore")), source("b", moved(to="place/tokyo"), published="2025-02")

Sources = tuple[tuple[str, str], ...]
Row = tuple[str, ...]


def row(change: Change) -> Row:
    """A change in short words."""

    values = (change.old, change.new, change.old_statements, change.new_statements)
    return (change.change, compact(change.of), change.property, *(" ".join(map(compact, v)) for v in values))


def rows(path: Path, old: Sources, new: Sources, before: Any = None, after: Any = None, **options: Any) -> list[Row]:
    """The changes between two made-up versions, without the statements behind where there are none."""
    first = folder(path / "old", *old, editorial=before)
    second = folder(path / "new", *new, editorial=after, **options)
    found = compare(read(first, "old"), read(second, "new"))
    return [
        tuple(row(change)) if change.new_statements or change.old_statements else row(change)[:5] for change in found
    ]


def test_equal_versions_have_no_changes(tmp_path: Path) -> None:
    assert rows(tmp_path, SPLIT, SPLIT) == []


def test_the_order_of_entries_is_no_change(tmp_path: Path) -> None:
    old, new = source("a", moved(), raised("two")), source("a", raised("two"), moved())
    assert rows(tmp_path, (old,), (new,)) == []


def test_new_and_removed_sources_statements_and_things(tmp_path: Path) -> None:
    old = source("a", moved(), raised("two"))
    new = (source("a", moved()), source("b", argued()))
    tide = {"id": "organization/tide", "label": {"en": "Tide"}}
    assert rows(tmp_path, (old,), new, things=[*THINGS, tide]) == [
        ("new", "organization/tide", "about", "", ""),
        ("new", "source/b", "about", "", ""),
        ("new", "source/b#one", "about", "", "organization/acme"),
        ("removed", "source/a#two", "about", "event/acme-round", ""),
    ]


def test_a_changed_value_is_told_and_what_it_decides(tmp_path: Path) -> None:
    old, new = (source("a", raised(amount=f"USD {n}000000")) for n in (5, 6))
    assert rows(tmp_path, (old,), (new,)) == [
        ("changed", "source/a#one", "amount", "5000000", "6000000"),
        ("re-decided", "event/acme-round", "amount", "5000000", "6000000", "source/a#one", "source/a#one"),
    ]


def test_a_head_and_a_label_that_were_mended_are_told(tmp_path: Path) -> None:
    old, new = source("a", moved()), source("a", moved(), publisher="organization/herald")
    things = [*THINGS[1:], {"id": "organization/acme", "label": {"en": "Acme"}}]
    assert rows(tmp_path, (old,), (new,), things=things) == [
        ("changed", "organization/acme", "label", "en: organization/acme", "en: Acme"),
        ("changed", "source/a", "publisher", "organization/daily", "organization/herald"),
    ]


def test_a_withdrawal_and_its_lifting_carry_the_reason(tmp_path: Path) -> None:
    facts = (source("a", moved(), raised("two")),)
    reason = "2025-11-02: Taken back."
    withdrawn = {"withdrawals": [WITHDRAWAL]}
    assert rows(tmp_path / "1", facts, facts, after=withdrawn) == [("withdrawn", "source/a#two", "", "", reason)]
    assert rows(tmp_path / "2", facts, facts, before=withdrawn) == [("restored", "source/a#two", "", reason, "")]
    assert rows(tmp_path / "3", facts, facts, before=withdrawn, after=withdrawn) == []


def test_a_fact_that_became_a_rumour_holds_no_longer(tmp_path: Path) -> None:
    fact, rumour = (source("a", moved(kind=kind)) for kind in ("fact", "rumour"))
    kinds = "concept:fact", "concept:rumour"
    told = rows(tmp_path / "1", (fact,), (rumour,))
    assert told == [
        ("reclassified", "source/a#one", "statementKind", *kinds),
        ("no longer held", MOVE, "", "", ""),
    ]
    back = rows(tmp_path / "2", (rumour,), (fact,))
    assert back == [
        ("reclassified", "source/a#one", "statementKind", *reversed(kinds)),
        ("newly held", MOVE, "", "", ""),
    ]


def test_a_decision_overrules_one_statement_and_upholds_the_other(tmp_path: Path) -> None:
    told = rows(tmp_path, SPLIT, SPLIT, after={"decisions": [DECISION]})
    assert told == [
        ("overruled", "source/b#one", "toPlace", "", "place/singapore"),
        ("upheld", "source/a#one", "toPlace", "place/tokyo", ""),
        ("re-decided", MOVE, "toPlace", "place/tokyo", "place/singapore", "source/b#one", "source/a#one"),
        ("re-decided", "tenure/acme-move-destination", "place", "place/tokyo", "place/singapore", MOVE, MOVE),
    ]


def test_a_source_that_disagrees_marks_the_property(tmp_path: Path) -> None:
    told = rows(tmp_path, SPLIT[:1], SPLIT)
    assert ("overruled", "source/a#one", "toPlace", "", "place/tokyo") in told
    assert ("re-decided", MOVE, "disputed", "", "toPlace") in told


def test_a_statement_that_never_held_has_changed_no_status(tmp_path: Path) -> None:
    told = rows(tmp_path, SPLIT[1:], SPLIT)
    assert ("re-decided", MOVE, "disputed", "", "toPlace") in told
    assert not [change for change in told if change[0] in STATUS]


def test_a_denial_marks_what_it_denies(tmp_path: Path) -> None:
    denial = said("no", about=MOVE, type="HeadquartersMove", kind="denial", denies="a#one")
    plain, denied = (source("a", moved()),), (source("a", moved(), denial),)
    assert ("denied", MOVE, "deniedIn", "", "source/a#no") in rows(tmp_path / "1", plain, denied)
    assert ("denial lifted", MOVE, "deniedIn", "source/a#no", "") in rows(tmp_path / "2", denied, plain)


def test_a_derived_value_names_what_it_follows_from(tmp_path: Path) -> None:
    told = rows(tmp_path, (source("a", moved(when="2024")),), (source("a", moved(when="2025")),))
    (tenure,) = [change for change in told if change[1].startswith("tenure/") and change[2] == "validFrom"]
    assert tenure[3:] == ("2024-01-01", "2025-01-01", MOVE, MOVE)


# On the command line


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a folder of facts in it, changed since its last commit; there were none at its first."""
    facts = folder(tmp_path / "repository" / "data" / "facts", source("a", moved(), raised("two")))
    shell.git(facts, "init", "-q", str(tmp_path / "repository"))
    shell.git(facts, "commit", "-q", "--allow-empty", "-m", "no facts yet")
    shell.git(facts, "tag", "empty")
    commit(tmp_path / "repository")
    return folder(facts, source("a", moved(kind="rumour"), raised("two", amount="USD 5")))


def told(*arguments: str, facts: Path) -> list[dict[str, str]]:
    result = shell.invoke(facts, "changes", *arguments, "-f", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_revision_is_compared_with_the_facts_as_they_are(repository: Path) -> None:
    changes = told("HEAD", facts=repository)
    assert [(r["change"], r["property"]) for r in changes] == [
        ("reclassified", "statementKind"),
        ("changed", "amount"),
        ("changed", "currency"),
        ("re-decided", "amount"),
        ("re-decided", "currency"),
        ("no longer held", ""),
    ]
    assert changes[0]["of"] == "https://w3id.org/chuhai/source/a#one"
    assert changes[3]["new_statements"] == "source/a#two"


def test_two_revisions_are_compared(repository: Path) -> None:
    commit(repository.parents[1])
    assert told("HEAD~1", "HEAD", facts=repository) == told("HEAD~1", facts=repository) != []
    assert told("HEAD", facts=repository) == []
    assert shell.invoke(repository, "changes", "HEAD").stdout == "no changes\n"


def test_only_changes_of_status_are_told_where_wanted(repository: Path) -> None:
    changes = told("HEAD", "--status", facts=repository)
    assert [r["change"] for r in changes] == ["reclassified"]
    assert {r["change"] for r in changes} <= set(STATUS)


def test_a_folder_goes_before_a_revision(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.parent)
    (repository.parent / "facts").rename(repository.parent / "HEAD")
    assert told("HEAD", facts=repository.parent / "HEAD") == []


def test_people_read_labels_and_machines_identifiers(repository: Path) -> None:
    assert "fact" in shell.invoke(repository, "changes", "HEAD", "--lang", "en").stdout.splitlines()[2]
    assert "事实" in shell.invoke(repository, "changes", "HEAD", "--lang", "zh").stdout.splitlines()[2]
    first = json.loads(shell.invoke(repository, "changes", "HEAD", "-f", "json").stdout)[0]
    assert (first["old"], first["new"]) == tuple(f"https://w3id.org/chuhai/concept/{k}" for k in ("fact", "rumour"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("v9",), "'v9' is neither a folder nor a revision"),
        (("HEAD", "v9"), "'v9' is neither a folder nor a revision"),
        (("--", "--since=yesterday"), "'--since=yesterday' is neither a folder nor a revision"),
        (("HEAD~9",), "'HEAD~9' is neither a folder nor a revision"),
        (("empty",), "'empty' has no folder data/facts; name a later revision, or a folder"),
    ],
)
def test_what_is_no_version_is_named(repository: Path, arguments: tuple[str, ...], words: str) -> None:
    before = sorted(repository.rglob("*"))
    assert words in failure(shell.invoke(repository, "changes", *arguments), 3)
    assert sorted(repository.rglob("*")) == before


def test_a_revision_needs_a_repository(tmp_path: Path) -> None:
    alone = folder(tmp_path, source("a", moved()))
    assert "no git repository holds" in failure(shell.invoke(alone, "changes", "HEAD"), 3)
    for version in (str(alone), "HEAD"):
        assert "nowhere: no facts there" in failure(shell.invoke(alone, "changes", version, "--facts", "nowhere"), 1)


def test_without_git_folders_can_still_be_compared(repository: Path, tmp_path: Path) -> None:
    without = {"PATH": str(tmp_path)}
    assert "git is not installed" in failure(shell.invoke(repository, "changes", "HEAD", **without), 1)
    assert shell.invoke(repository, "changes", str(repository), **without).exit_code == 0


def test_a_broken_version_is_named_with_file_and_line(repository: Path) -> None:
    folder(repository, source("a", moved(when="2025-13")))
    commit(repository.parents[1])
    folder(repository, source("a", moved()))
    message = failure(shell.invoke(repository, "changes", "HEAD"), 5)
    assert message.startswith("chuhai: HEAD: sources/a.yaml:3: [one] '2025-13' has no month 13")
