"""Importing tables: every row accounted for, the whole put in place or not at all."""

from __future__ import annotations

import ast
import csv
import functools
import json
import os
import random
import re
import resource
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from folders import THINGS, folder, moved, raised, source
from pyoxigraph import RdfFormat, parse
from shell import COMMANDS, ROOT, examples, failure, invoke
from tables import ROUND, assert_adds_up, held, mapping, mend, statements, whole, write

from graph import quads, sources
from graph.errors import ChuhaiError, NotFoundError, UsageError
from graph.load import load
from graph.sources import folder as kept
from graph.sources import importing, reasons
from graph.sources.mapping import names
from graph.sources.tables import REASON
from ontology import context

COLUMNS = ["id", "amount", "day"]
ROWS = [["a", "USD 5", "2021"], ["b", "USD 6", "2022-03"], ["c", "EUR 7.5", "2023-01-02"]]


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, beside which rejects are written."""
    monkeypatch.chdir(tmp_path)
    return folder(tmp_path / "facts", source("old", raised()))


@pytest.fixture
def bring(tmp_path: Path, facts: Path) -> Any:
    """Imports rows by the mapping of rounds."""
    mine = mapping(tmp_path, ROUND, key=["id"])

    def bring(*rows: list[str], **options: Any) -> importing.Outcome:
        table = write(tmp_path / "table.csv", COLUMNS, *rows)
        done = sources.bring_file(table, options.pop("mapping", mine), facts, **options)
        assert_adds_up(done, len(rows))
        return done

    return bring


def written(facts: Path) -> dict[str, bytes]:
    """Every file of the imports of a folder, by its path."""
    return {str(p): p.read_bytes() for p in (facts / "imports").glob("[!.]*/*") if p.is_file()}


def test_nodes_are_written_as_the_json_ld_parser_would() -> None:
    facts = load()
    ours = {line for d in facts.documents for node in d["@graph"] for line in quads.lines(node, d["@id"])}
    document = json.dumps({"@context": context(), "@graph": facts.documents}, ensure_ascii=False)
    assert ours == {f"{quad} ." for quad in parse(document.encode(), format=RdfFormat.JSON_LD)}


def test_a_row_is_a_statement_that_the_build_holds_to(bring: Any, facts: Path) -> None:
    done = bring(*ROWS)
    assert done.manifest["rows"] == {"read": 3, "imported": 3, "repaired": 0, "rejected": 0, "duplicate": 0}
    assert statements(facts) == {
        "event/t-a": "5 USD 2021-01-01 2021-12-31",
        "event/t-b": "6 USD 2022-03-01 2022-03-31",
        "event/t-c": "7.5 EUR 2023-01-02 2023-01-02",
    }
    round_ = held(facts, "FundingRound")["event/t-c"]
    assert (round_["amount"], round_["organization"]) == (("7.5",), ("organization/acme",))


def test_importing_twice_or_in_another_order_changes_nothing(bring: Any, facts: Path) -> None:
    rows = [[str(at), f"USD {at}", "2021"] for at in range(1, 60)] + [
        ["1", "USD 1", "2021"],
        ["x", "USD 1,234", "2021"],
    ]
    first = bring(*rows)
    before = written(facts)
    again = bring(*rows)
    assert written(facts) == before
    assert again.change == (0, 0, 0)
    random.Random(1).shuffle(rows)
    bring(*rows)
    after = written(facts)
    assert [path for path in before if after[path] != before[path]] == [str(facts / "imports/mine/import.json")]
    assert first.manifest["rows"] == {"read": 61, "imported": 59, "repaired": 0, "rejected": 1, "duplicate": 1}


def test_without_a_key_the_order_of_rows_changes_nothing_either(bring: Any, facts: Path, tmp_path: Path) -> None:
    mine = mapping(tmp_path / "other", ROUND)
    bring(*ROWS, mapping=mine)
    before = (facts / "imports/mine/statements.nq").read_bytes()
    bring(*reversed(ROWS), mapping=mine)
    assert (facts / "imports/mine/statements.nq").read_bytes() == before


def test_an_import_is_replaced_whole_and_says_what_changes(bring: Any, facts: Path) -> None:
    bring(*ROWS)
    done = bring(["a", "USD 5", "2021"], ["b", "USD 7", "2022-03"], ["d", "USD 1", "2021"])
    assert done.change == (1, 1, 1)
    assert sorted(statements(facts)) == ["event/t-a", "event/t-b", "event/t-d"]


def test_a_replacement_that_lacks_what_others_speak_of_is_refused(tmp_path: Path, facts: Path) -> None:
    people = ["uuid", "name"]
    sources.bring_file(write(tmp_path / "p.csv", people, ["1", "Ada"], ["2", "Bo"]), "crunchbase-people", facts)
    sources.bring_file(write(tmp_path / "o.csv", people, ["9", "Acme"]), "crunchbase-organizations", facts)
    columns = ["uuid", "person_uuid", "org_uuid", "title", "started_on", "ended_on"]
    sources.bring_file(write(tmp_path / "j.csv", columns, ["x", "1", "9", "CEO", "", ""]), "crunchbase-jobs", facts)
    before = written(facts)
    with pytest.raises(UsageError, match="speaks of person/crunchbase-1"):
        sources.bring_file(write(tmp_path / "p.csv", people, ["2", "Bo"]), "crunchbase-people", facts)
    assert written(facts) == before
    done = sources.bring_file(write(tmp_path / "p.csv", people, ["1", "Ada"]), "crunchbase-people", facts)
    assert done.manifest["rows"]["imported"] == 1


def test_a_dry_run_says_what_would_change_and_writes_nothing(bring: Any, facts: Path, tmp_path: Path) -> None:
    bring(*ROWS)
    before = written(facts)
    done = bring(["a", "no", "2021"], ["e", "USD 7", "2021"], dry_run=True)
    assert done.change == (1, 3, 0)
    assert written(facts) == before
    assert not list(tmp_path.glob("*.rejects.*"))


def test_rejected_rows_are_mended_and_fed_again(bring: Any, facts: Path, tmp_path: Path) -> None:
    done = bring(["a", "USD 5", "2021"], ["b", "five", "2021"], ["c", "USD 6", "3/4/2020"])
    assert done.rejects is not None
    with open(done.rejects, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [REASON, *COLUMNS]
    assert [row[1:] for row in rows[1:]] == [["b", "five", "2021"], ["c", "USD 6", "3/4/2020"]]
    assert "five" in rows[1][0] and "two ways" in rows[2][0]
    mend(done.rejects, "amount", "USD 5")
    mend(done.rejects, "day", "2021-03")
    for _ in range(2):
        again = sources.bring_file(done.rejects, str(tmp_path / "mine.yaml"), facts)
        assert again.manifest["rows"]["imported"] == 2
    assert kept.slugs(facts / "imports") == ["mine", "mine-mended-1"]
    assert sorted(statements(facts, "mine-mended-1")) == ["event/t-b", "event/t-c"]


def test_rows_that_contradict_one_another_under_one_key_are_both_rejected(bring: Any, facts: Path) -> None:
    done = bring(["a", "USD 5", "2021"], ["a", "USD 6", "2021"], ["b", "USD 5", "2021"])
    assert done.manifest["rows"]["rejected"] == 2
    assert list(statements(facts)) == ["event/t-b"]


def test_one_import_speaks_of_what_another_brings_and_keeps_it_from_going(tmp_path: Path, facts: Path) -> None:
    people = write(tmp_path / "people.csv", ["uuid", "name"], ["1", "Ada"], ["2", "Bo"])
    orgs = write(tmp_path / "orgs.csv", ["uuid", "name"], ["9", "Acme"], ["8", "Bolt"])
    jobs = write(
        tmp_path / "jobs.csv",
        ["uuid", "person_uuid", "org_uuid", "title", "started_on", "ended_on"],
        ["x", "1", "9", "CEO", "2020-01-01", ""],
        ["y", "1", "8", "Head of Fun", "2020-05-01", "2022-03-07"],
        ["z", "3", "8", "CEO", "", ""],
    )
    sources.bring_file(people, "crunchbase-people", facts)
    sources.bring_file(orgs, "crunchbase-organizations", facts)
    done = sources.bring_file(jobs, "crunchbase-jobs", facts)
    assert done.manifest["rows"] == {"read": 3, "imported": 0, "repaired": 2, "rejected": 1, "duplicate": 0}
    assert not held(facts, "PersonnelMove")
    posts = held(facts, "Membership")
    ceo, other = posts["membership/crunchbase-x"], posts["membership/crunchbase-y"]
    assert (ceo["validFrom"], ceo["heldFrom"]) == (("2020-01-01",), ("2020-12-31",))
    assert ceo["role"] == ("concept:chief-executive",)
    assert (other["heldFrom"], other["validTo"]) == (("2020-05-31",), ("2022-03-07",))
    with pytest.raises(UsageError, match="drop 'crunchbase-jobs' first"):
        kept.drop(facts / "imports", "crunchbase-people")
    kept.drop(facts / "imports", "crunchbase-jobs")
    kept.drop(facts / "imports", "crunchbase-people")
    with pytest.raises(NotFoundError, match="crunchbase-organizations"):
        kept.drop(facts / "imports", "crunchbase-people")


def test_a_file_that_changes_while_it_is_read_is_not_imported(
    bring: Any, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(*ROWS)
    before = written(facts)
    settle = importing.Spool.settle

    def replaced(spool: importing.Spool) -> None:
        write(tmp_path / "table.csv", COLUMNS, ["a", "USD 1", "2021"])
        settle(spool)

    monkeypatch.setattr(importing.Spool, "settle", replaced)
    with pytest.raises(ChuhaiError, match="changed while it was read"):
        bring(["z", "USD 9", "2020"])
    assert written(facts) == before


def test_a_table_without_rows_is_a_mistake_and_changes_nothing(bring: Any, facts: Path, tmp_path: Path) -> None:
    bring(*ROWS)
    before = written(facts)
    with pytest.raises(ChuhaiError, match=r"table\.csv: no rows .*nothing was imported.*chuhai imports --drop mine"):
        bring()
    (tmp_path / "table.jsonl").write_bytes(b"\n")
    for dry_run in (False, True):
        with pytest.raises(ChuhaiError, match="no rows"):
            sources.bring_file(tmp_path / "table.jsonl", str(tmp_path / "mine.yaml"), facts, dry_run=dry_run)
    assert written(facts) == before


def test_what_cannot_be_read_is_one_line(facts: Path, tmp_path: Path) -> None:
    mine = mapping(tmp_path, ROUND)
    told = functools.partial(invoke, facts, "import")
    assert "No such file" in failure(told(str(tmp_path / "no.csv"), "--mapping", mine), 1)
    (tmp_path / "odd.doc").write_text("x")
    assert "a table ends in" in failure(told(str(tmp_path / "odd.doc"), "--mapping", mine), 2)
    (tmp_path / "t.csv").write_text("id,amount,day\n")
    assert "did you mean 'rounds'" in failure(told(str(tmp_path / "t.csv"), "--mapping", "round"), 3)
    assert "needs a mapping" in failure(told(str(tmp_path / "t.csv")), 2)
    assert "no slug" in failure(told(str(tmp_path / "t.csv"), "--mapping", mine, "--source", "../x"), 2)
    (tmp_path / "t.parquet").write_text("x")
    assert "no Parquet" in failure(told(str(tmp_path / "t.parquet"), "--mapping", mine), 1)
    assert "have a source 'old'" in failure(told(str(tmp_path / "t.csv"), "--mapping", mine, "--source", "old"), 2)


def test_a_full_disk_leaves_the_import_before(bring: Any, facts: Path, tmp_path: Path) -> None:
    bring(*ROWS)
    before = written(facts)
    table = write(tmp_path / "big.csv", COLUMNS, *([str(at), "USD 5", "2021"] for at in range(2_000)))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))  # noqa: E731
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from cli import commands; commands()"
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(table), "--mapping", str(tmp_path / "mine.yaml")],
        env={**os.environ, "CHUHAI_FACTS": str(facts)}, cwd=ROOT, preexec_fn=limit, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and b"Traceback" not in done.stderr and done.stderr.count(b"\n") == 1
    assert written(facts) == before


def test_a_killed_import_leaves_the_one_before_and_the_next_cleans_up(bring: Any, facts: Path, tmp_path: Path) -> None:
    bring(*ROWS)
    before = written(facts)
    paths = [str(tmp_path / "table.csv"), str(tmp_path / "mine.yaml"), str(facts)]
    code = f"""
import os, signal
from pathlib import Path
from graph import sources
from graph.sources import importing
importing.Spool.settle = lambda spool: os.kill(os.getpid(), signal.SIGKILL)
sources.bring_file(Path({paths[0]!r}), {paths[1]!r}, Path({paths[2]!r}))"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert written(facts) == before and len(list((facts / "imports/.kept").iterdir())) == 2
    bring(*ROWS)
    assert written(facts) == before and len(list((facts / "imports/.kept").iterdir())) == 1


def test_where_no_import_can_be_kept_it_is_said_how_to_mend_that(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with (
        pytest.raises(ChuhaiError, match=r"no import can be kept there .*CHUHAI_DATA"),
        kept.writing(tmp_path / "data"),
    ):
        pass


def test_two_imports_at_once_do_not_mix(facts: Path, bring: Any) -> None:
    with kept.writing(facts / "imports"), pytest.raises(ChuhaiError, match="another import"):
        bring(*ROWS)


def test_an_export_of_ours_comes_back_as_the_same_graph(tmp_path: Path) -> None:
    words = {"en": "It moved.", "zh-hans": ["迁了。", "搬了。"]}
    move = moved(when="2025-H1", words="in spring", status="completed", paraphrase=words)
    theirs = folder(tmp_path / "theirs", source("one", move), source("two", raised()))
    export = tmp_path / "export.nq"
    export.write_bytes(whole(theirs))
    empty = tmp_path / "empty"
    (empty / "sources").mkdir(parents=True)
    done = sources.bring_file(export, None, empty, source="theirs")
    assert done.manifest["rows"]["rejected"] == 0
    assert whole(empty) == whole(theirs)
    with pytest.raises(UsageError, match="is in the graph already"):
        sources.bring_file(export, None, theirs, source="theirs")


def test_the_commands_tell_what_they_did(facts: Path, tmp_path: Path) -> None:
    template = invoke(facts, "mappings", "organizations", "--template").stdout
    assert template.startswith("id,name_en,name_zh,")
    table = tmp_path / "o.csv"
    table.write_text("id,name_en,headquarters\nlantern,Lantern,Singapore\norganization/acme,Acme,Tokyo\nx,,Tokyo\n")
    told = invoke(facts, "import", "o.csv", "--mapping", "organizations")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:2] == ["o.csv (utf-8, commas) → organizations", "3 rows: 2 imported, 1 rejected"]
    assert "organizations.rejects.csv; mend them" in told.stdout
    told = invoke(facts, "import", "o.csv", "--mapping", "organizations", "--lang", "zh")
    assert told.stdout.splitlines()[1] == "3 行：收录 2、退回 1"
    assert "退回：没有名称：" in told.stdout and "修正后收录" not in told.stdout
    listed = json.loads(invoke(facts, "imports", "--format", "json").stdout)
    assert [(row["import"], row["rows"], row["rejected"]) for row in listed] == [("organizations", 3, 1)]
    assert "Lantern" in invoke(facts, "lookup", "Lantern").stdout
    assert invoke(facts, "imports", "--drop", "organizations").stdout == "organizations dropped: 2 statements\n"
    assert invoke(facts, "imports").stdout == "no imports\n"
    failure(invoke(facts, "lookup", "Lantern"), 3)
    assert {row["mapping"] for row in json.loads(invoke(facts, "mappings", "--format", "json").stdout)} == set(names())


_GIVEN = {
    path: tree
    for path in Path(reasons.__file__).parent.glob("*.py")
    if path.name != "reasons.py" and (tree := ast.parse(path.read_text(encoding="utf-8")))
}


def test_a_reason_that_is_raised_has_values_for_its_words_in_both_languages() -> None:
    calls = [node for tree in _GIVEN.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in calls:
        if getattr(call.func, "id", "") in ("CellError", "_reason") and isinstance(call.args[0], ast.Constant):
            words = reasons.REASONS[str(call.args[0].value)].values()
            rooms = [set(re.findall(r"{(\w+)}", text)) for text in words]
            assert rooms == [{value.arg for value in call.keywords}] * 2, ast.unparse(call)


def test_every_reason_is_one_that_is_given() -> None:
    texts = {node.value for tree in _GIVEN.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert reasons.REASONS.keys() <= texts


def test_reasons_are_counted_by_what_is_the_same_in_many_rows(tmp_path: Path, facts: Path) -> None:
    table = write(
        tmp_path / "o.csv", ["id", "name_en", "headquarters"],
        ["a", "A", "Atlantis"], ["b", "B", "Lemuria"], ["c", " C", "Singapore"], ["c", " C", "Singapore"],
    )  # fmt: skip
    account = tmp_path / "account.csv"
    done = sources.bring_file(table, "organizations", facts, account=account, rejects=tmp_path / "r.csv")
    assert [(end, reason.of("zh-hans"), count) for end, reason, count in done.reasons] == [
        ("rejected", "headquarters 列的 '…' 不是已知地点，或可指多处", 2),
        ("duplicate", "与第 … 行相同", 1),
        ("repaired", "name_en 列：多余空格已去除", 1),
    ]
    assert account.read_text(encoding="utf-8").splitlines()[1:] == [
        "1,rejected,\"'Atlantis' in headquarters is no place known here, or several\"",
        "2,rejected,\"'Lemuria' in headquarters is no place known here, or several\"",
        "3,repaired,stray spaces in name_en",
        "4,duplicate,the same as row 3",
    ]


def test_what_help_shows_of_tables_works_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moonshot = {"id": "organization/moonshot-ai", "label": {"en": "Moonshot AI"}}
    things = [*THINGS, "organization/crunchbase", moonshot]
    facts = folder(tmp_path / "my-facts", source("old", raised()), things=things)
    monkeypatch.chdir(tmp_path)
    brought = [{"id": "organization/{prefix}-{id}", "label": {"en": "{name}"}}]
    mapping(tmp_path, prefix="fund-2025", key=["id"], things=brought)
    investor = {"id": "kimi", "name": "Moonshot AI Ltd."}
    Path("investors.jsonl").write_text(json.dumps(investor) + "\n", encoding="utf-8")
    columns = ("uuid", "org_uuid", "investment_type", "raised_amount", "raised_amount_currency_code", "announced_on")
    write(tmp_path / "funding_rounds.csv", [*columns], ["1", "2", "seed", "5", "USD", "2021-02-03"])
    invoke(folder(tmp_path / "other", source("new", raised("two"))), "build", "--output", "graph.nq")
    head = invoke(facts, "mappings", "people", "--template").stdout
    Path("people.csv").write_text(f"{head}ann,Ann{',' * (head.count(',') - 1)}\n", encoding="utf-8")
    for name in ("import", "reconcile", "imports"):
        for example in examples(COMMANDS[name]):
            done = invoke(facts, *shlex.split(example)[1:], stdin="l\n")
            assert done.exit_code == 0 and done.output.strip(), (example, done.stdout, done.stderr)
