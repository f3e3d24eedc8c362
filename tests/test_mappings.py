"""What a mapping makes of the rows of a table, and what is wrong with a mapping."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from folders import folder, raised, source
from tables import ROUND, TENURE, held, mapping, statements, whole, write

from graph import sources
from graph.errors import DataError, Finding, UsageError
from graph.sources import folder as kept
from graph.sources.mapping import names, read
from graph.sources.statements import Statements


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, beside which rejects are written."""
    monkeypatch.chdir(tmp_path)
    return folder(tmp_path / "facts", source("old", raised()))


def test_rows_of_a_json_file_stand_where_a_ready_mapping_says(facts: Path, tmp_path: Path) -> None:
    place = {"country_code": "it", "pricing": "free", "genre": "news", "index": 5, "total": 100}
    path = tmp_path / "apps.json"
    path.write_text(json.dumps({"com.one": [place], "com.two": [{**place, "index": 6}]}), encoding="utf-8")
    assert sources.bring_file(path, "app-store-top-apps", facts).manifest["rows"]["imported"] == 2


@pytest.mark.parametrize("without", ["attested", "since"])
def test_what_is_checked_once_gives_the_lines_and_reasons_that_each_row_checked_anew_gives(
    tmp_path: Path, facts: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    post = {
        "name": "post", "about": "membership/{prefix}-{id}", "type": "Membership", "person": "{person}",
        "organization": "{org}", "role": {"column": "role", "separator": ";"}, "since": "{since}", "until": "{until}",
        "attested": "{attested}", "words": "{words}", "kind": "{kind}",
    }  # fmt: skip
    del post[without]
    mine = mapping(tmp_path, post, key=["id"], things=[{"id": "person/p", "label": {"en": "P"}}])
    values = {
        "person": ("person/p", "organization/acme", "person/nobody", "person/No", ""),
        "org": ("organization/acme", "acme", "place/singapore"),
        "role": ("founder", "founder; co-founder", "cook", ""),
        "since": ("2020", "2021-05", "2021-02-30", ""),
        "until": ("2020-06", "2022/..", ""),
        "attested": ("2021", "2019", ""),
        "words": ('said "so" \\ there', "", "灯坊"),
        "kind": ("fact", "rumour", "denial", "opinion", "guess"),
    }
    chosen = random.Random(1)
    rows = [[f"r{at}", *map(chosen.choice, values.values())] for at in range(400)]
    table = write(tmp_path / "t.csv", ["id", *values], *rows)

    def ends() -> list[Any]:
        done = sources.bring_file(table, mine, facts, account=tmp_path / "account.csv")
        return [done.manifest, done.reasons, (tmp_path / "account.csv").read_text(encoding="utf-8")]

    once = ends()
    assert min(once[0]["rows"]["imported"], once[0]["rows"]["rejected"]) > 5
    monkeypatch.setattr(Statements, "made", lambda self, record, source: None)
    assert once == ends()


def test_an_address_that_no_store_takes_is_no_identifier(tmp_path: Path, facts: Path) -> None:
    table = write(
        tmp_path / "t.csv",
        ["id", "name_en", "website"],
        ["a", "A", "https://a.example/[x]"],
        ["b", "B", "https://b.example/"],
    )
    done = sources.bring_file(table, "organizations", facts)
    assert [(end, count) for end, _, count in done.reasons] == [("rejected", 1)]
    assert "is no address" in done.reasons[0][1].of("en")


def test_a_row_that_speaks_of_nothing_known_is_rejected_and_so_is_what_rests_on_it(tmp_path: Path, facts: Path) -> None:
    unit = {
        "name": "u",
        "about": "control/{prefix}-{id}",
        "type": "Control",
        "organization": "organization/{prefix}-{id}",
    }
    mine = mapping(
        tmp_path,
        {**unit, "controller": {"column": "parent", "as": "organization"}},
        key=["id"],
        things=[{"id": "organization/{prefix}-{id}", "label": {"en": "{id}"}}],
    )
    rows = [["c", "b"], ["b", "a"], ["a", "organization/acme"], ["z", "y"], ["y", "nobody"], ["q", "p"], ["p", "q"]]
    table = write(tmp_path / "t.csv", ["id", "parent"], *rows)
    account = tmp_path / "account.csv"
    done = sources.bring_file(table, mine, facts, account=account)
    assert done.manifest["rows"] == {"read": 7, "imported": 5, "repaired": 0, "rejected": 2, "duplicate": 0}
    lines = account.read_text(encoding="utf-8").splitlines()[1:]
    assert lines == [
        "4,rejected,nothing is known of organization/t-y",
        "5,rejected,nothing is known of organization/t-nobody",
    ]


def test_a_thing_with_two_names_keeps_both_and_other_dirt_stays_text(tmp_path: Path, facts: Path) -> None:
    mine = mapping(tmp_path, things=[{"id": "organization/{prefix}-{id}", "label": {"en": "{name}"}}])
    names = [
        '=cmd|" /C calc"!A0',
        "Robert'); DROP TABLE",
        "<script>alert(1)</script>",
        'quote " and \\ back',
        "line\nbreak",
    ]
    rows = [["a", "Beta"], ["a", "Alpha"], *[[str(at), name] for at, name in enumerate(names)]]
    done = sources.bring_file(write(tmp_path / "t.csv", ["id", "name"], *rows), mine, facts)
    assert done.manifest["rows"]["rejected"] == 0
    text = whole(facts).decode()
    assert (
        '<https://w3id.org/chuhai/id/organization/t-a> <http://www.w3.org/2004/02/skos/core#altLabel> "Beta"@en' in text
    )
    assert 'quote \\" and \\\\ back' in text and '"line break"@en' in text


def test_several_investors_of_a_cell_are_several_statements(tmp_path: Path, facts: Path) -> None:
    who = {"column": "who", "as": "one", "separator": ","}
    mine = mapping(
        tmp_path,
        {
            "name": "part",
            "each": who,
            "about": "event/{prefix}-{id}-{one}",
            "type": "Investment",
            "organization": "organization/acme",
            "investor": "organization/{prefix}-{one}",
        },
        things=[{"each": who, "id": "organization/{prefix}-{one}", "label": {"en": "{one}"}}],
        key=["id"],
    )
    table = write(tmp_path / "t.csv", ["id", "who"], ["1", "Tide Capital, Inc., Bolt, undisclosed"], ["2", "Bolt"])
    done = sources.bring_file(table, mine, facts)
    assert done.manifest["statements"]["count"] == 3


def test_a_map_or_a_condition_decides_and_an_unknown_word_is_rejected(tmp_path: Path, facts: Path) -> None:
    mine = mapping(
        tmp_path,
        {
            **ROUND,
            "amount": "USD 1",
            "when": "2021",
            "status": {"column": "s", "map": {"Done": "completed", "open": ""}},
        },
        {**TENURE, "if": {"column": "place", "not": ["Mars"]}, "require": "place"},
        key=["id"],
    )
    rows = [["1", "DONE", "Singapore"], ["2", "open", "Mars"], ["3", "odd", "Singapore"], ["4", "", ""]]
    done = sources.bring_file(write(tmp_path / "t.csv", ["id", "s", "place"], *rows), mine, facts)
    assert done.manifest["rows"]["rejected"] == 1
    assert sorted(statements(facts)) == ["event/t-1", "event/t-2", "event/t-4", "tenure/t-1"]


def test_everything_wrong_in_a_mapping_is_told_at_once_with_line_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        "prefix: t\nkey: [id]\ntable: {dates: american}\nplaces: {Mars: mars}\nsource: {}\nstatements:\n"
        "  - name: a\n    about: event/x-{id}\n    type: FundingRoud\n"
        "  - name: a\n    about: event/x-{id}\n    type: FundingRound\n    amout: '{x}'\n    when: {colum: day}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as raised:
        read(str(file))
    assert [(f.line, f.problem) for f in raised.value.findings] == [
        (3, "'american' as dates"),
        (4, "'mars' is no place"),
        (9, "'FundingRoud' is no type"),
        (10, "'a' stands twice"),
        (13, "unknown key 'amout'"),
        (14, "neither column nor text, or both"),
        (14, "unknown key 'colum'"),
    ]
    assert all(isinstance(f, Finding) and f.remedy for f in raised.value.findings)


def test_a_column_that_the_table_has_not_is_told_before_a_row_is_read(tmp_path: Path, facts: Path) -> None:
    mine = mapping(tmp_path, ROUND, key=["id"])
    table = write(tmp_path / "t.csv", ["id", "amounts", "day"])
    with pytest.raises(DataError, match=r"mine.yaml:1: the table has no column 'amount'; did you mean 'amounts'\?"):
        sources.bring_file(table, mine, facts)


@pytest.mark.parametrize("name", names())
def test_every_ready_mapping_reads(name: str) -> None:
    found = read(name)
    assert found.about and (found.things or found.statements)


def test_windows_of_headquarters_are_tenures_and_a_move_lies_between_two(tmp_path: Path, facts: Path) -> None:
    rows = [
        ["7", "CA", "1994-01-04", "2001-05-06"],
        ["7", "TX", "2001-08-01", "2018-10-10"],
        ["8", "K3", "2000-01-01", "2000-01-01"],
    ]
    table = write(
        tmp_path / "hq.csv", ["cik", "ba_state", "min_date", "max_date"], *rows, ["9", "ZZ", "2000-01-01", "2000-01-02"]
    )
    done = sources.bring_file(table, "state-hq", facts)
    assert done.manifest["rows"] == {"read": 4, "imported": 3, "repaired": 0, "rejected": 1, "duplicate": 0}
    tenures = {values["place"][0]: values for values in held(facts, "HeadquartersTenure").values()}
    assert sorted(tenures) == ["place/california", "place/hong-kong", "place/texas"]
    california = tenures["place/california"]
    assert (california["validFrom"], california["validTo"]) == (("1994-01-04",), ("2001-05-06",))
    move, *others = held(facts, "HeadquartersMove").values()
    assert not others and (move["fromPlace"], move["toPlace"]) == (("place/california",), ("place/texas",))


def test_an_empty_identifier_is_told_by_its_column(facts: Path, tmp_path: Path) -> None:
    table = write(tmp_path / "o.csv", ["id", "name_en"], ["a", "Ada"], ["", "Bo"])
    sources.bring_file(table, "organizations", facts, account=tmp_path / "account.csv")
    lines = (tmp_path / "account.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["2,rejected,there is no id: a column of 'id' is empty"]


def test_a_statement_of_a_table_may_be_told_by_a_document_of_another(tmp_path: Path, facts: Path) -> None:
    columns = ["id", "title_en", "url", "publisher", "published", "language"]
    row = ["gazette-1", "Acme raises", "https://gazette.example/1", "organization/gazette", "March 2025", "en"]
    sources.bring_file(write(tmp_path / "s.csv", columns, row), "sources", facts)
    table = write(
        tmp_path / "r.csv",
        ["id", "organization", "amount", "currency", "announced", "source"],
        ["1", "organization/acme", "5 million", "USD", "2025-02", "gazette-1"],
        ["2", "organization/acme", "1 million", "USD", "2024", ""],
        ["3", "organization/acme", "2 million", "USD", "2023", "herald"],
    )
    done = sources.bring_file(table, "rounds", facts)
    assert done.manifest["rows"] == {"read": 3, "imported": 0, "repaired": 2, "rejected": 1, "duplicate": 0}
    text = (facts / "imports/rounds/statements.nq").read_text(encoding="utf-8")
    assert text.count("<https://w3id.org/chuhai/source/own-gazette-1> .") == 10
    with pytest.raises(UsageError, match="drop 'rounds' first"):
        kept.drop(facts / "imports", "sources")
    assert held(facts, "FundingRound")["event/own-round-1"]["amount"] == ("5000000",)


def test_rdf_of_others_comes_in_by_class_and_property(tmp_path: Path, facts: Path) -> None:
    file = tmp_path / "theirs.ttl"
    file.write_text(
        "@prefix schema: <https://schema.org/> . @prefix x: <http://x.example/> .\n"
        'x:1 a schema:Organization ; schema:name "Lantern"@en, "灯坊"@zh ; x:city "Singapore" ; schema:member x:2 .\n'
        'x:2 a schema:Person ; schema:name "Ada"@en .\n',
        encoding="utf-8",
    )
    mine = mapping(
        tmp_path,
        {**TENURE, "organization": "organization/{prefix}-{id}", "place": "{http://x.example/city}"},
        table={"class": "schema:Organization"},
        things=[
            {
                "id": "organization/{prefix}-{id}",
                "label": {"en": "{schema:name@en}", "zh-hans": "{schema:name@zh}"},
                "exactMatch": "{id}",
            }
        ],
    )
    done = sources.bring_file(file, mine, facts)
    assert done.manifest["rows"] == {"read": 1, "imported": 1, "repaired": 0, "rejected": 0, "duplicate": 0}
    assert "灯坊" in (facts / "imports/mine/statements.nq").read_text(encoding="utf-8")
