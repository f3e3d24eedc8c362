"""Reading tables of every format and encoding."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph import limits, sources
from graph.errors import ChuhaiError, UsageError
from graph.sources.cells import text_of
from graph.sources.reasons import Reason
from graph.sources.tables import REASON, Options, Table

ROWS = [["name", "city"], ["灯坊", "上海"], ["Lantern, Inc.", "New York"], ["two\nlines", 'a "quote"']]
TEXT = 'name,city\n灯坊,上海\n"Lantern, Inc.",New York\n"two\nlines","a ""quote"""\n'
READ = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


def rows(path: Path, **options: Any) -> list[dict[str, Any]]:
    return [row.cells for row in sources.read_table(path, **options)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_is_told_by_its_mark_or_its_bytes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert rows(path) == READ


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "公司名称,所在城市\n月之暗面科技有限公司,北京市海淀区\n商汤科技,上海市徐汇区\n" * 20),
        ("big5", "公司名稱,所在城市\n聯發科技股份有限公司,新竹市\n廣達電腦,桃園市龜山區\n" * 20),
        ("cp1252", "société,ville\nFrançaise d’énergie,Besançon\nMünchener Rück,Köln\n" * 20),
    ],
)
def test_another_encoding_is_told_from_a_sample_and_named(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(("id,x\n" * 1).encode() + b"1,2\n" * 20_000 + text.encode(encoding))
    table = Table(path, Options())
    cells = "".join(str(row.cells) for row in table)
    assert text.split("\n")[1].split(",")[0] in cells
    assert "utf-8" not in table.how


def test_too_few_characters_to_tell_encodings_apart_are_not_guessed_at(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("name\n星河引擎\n木棉机器人\n".encode("gb18030"))
    with pytest.raises(ChuhaiError, match="may be euc_kr or gb18030; name it with --encoding"):
        rows(path)
    assert rows(path, encoding="gb18030") == [{"name": "星河引擎"}, {"name": "木棉机器人"}]


def test_an_encoding_that_is_asked_for_is_taken_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    assert rows(path, encoding="gb18030") == READ
    with pytest.raises(ChuhaiError, match="not utf-8 at byte"):
        rows(path, encoding="utf-8")
    with pytest.raises(UsageError, match="no encoding 'klingon'"):
        rows(path, encoding="klingon")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_first_lines(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        delimiter.join(["a", "b", "c"]) + "\n" + delimiter.join(["1,5" if delimiter != "," else "1", "2", "3"])
    )
    assert [list(row) for row in rows(path)] == [["a", "b", "c"]]


def test_a_sample_that_ends_within_a_line_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    count = limits.IMPORT_SAMPLE_BYTES // 10
    path.write_text("a,b\r\n" + "".join(f"{at},灯{'x' * (at % 7)}\r\n" for at in range(count)), newline="")
    found = rows(path)
    assert [row["a"] for row in found] == [str(at) for at in range(count)]
    assert all(row["b"] == f"灯{'x' * (at % 7)}" for at, row in enumerate(found))


def test_ragged_rows_say_so_and_empty_ones_are_none(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(f"{REASON}\ta\tb\n\t1\t2\n\n\t3\n\t\t\n\t4\t5\t6\n")
    found = list(sources.read_table(path))
    assert [(row.number, row.problem and row.problem.of("en")) for row in found] == [
        (1, None),
        (2, "2 cells under 3 columns"),
        (3, "4 cells under 3 columns"),
    ]


def test_a_quotation_mark_that_is_not_closed_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"2\n' + "3,4\n" * 3_000)
    with pytest.raises(ChuhaiError, match="line 2 on does not end"):
        rows(path)
    path.write_text('a,b\n1,"' + "x" * (limits.IMPORT_QUOTED_CHARACTERS + 1))
    with pytest.raises(ChuhaiError, match="not closed there"):
        rows(path)


def test_a_quotation_mark_that_is_open_at_the_end_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"2"\n3,"open\n4,5')
    first, last = sources.read_table(path)
    assert (first.cells, first.problem) == ({"a": "1", "b": "2"}, None)
    assert last.raw == ("3", "open\n4,5")
    assert last.problem == Reason("open quotation")
    path.write_text('a,"b\n')
    with pytest.raises(ChuhaiError, match="header is not closed"):
        rows(path)


def test_two_columns_of_one_name_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\ufeffa, a,,b\n1,2,3,4\n")
    assert rows(path) == [{"a": "1", "a (2)": "2", "column 3": "3", "b": "4"}]


@pytest.mark.parametrize(
    ("records", "value"),
    [
        ("[]", [{"a": 1, "b": {"c": "x"}}, {"a": 2.5}]),
        ("companies.[]", {"meta": 1, "companies": [{"a": 1, "b": {"c": "x"}}, {"a": 2.5}]}),
        ("{key}.[]", {"k": [{"a": 1, "b": {"c": "x"}}], "l": [{"a": 2.5}]}),
        ("data.{key}", {"data": {"k": {"a": 1, "b": {"c": "x"}}, "l": {"a": 2.5}}}),
    ],
)
def test_json_rows_stand_where_the_mapping_says(tmp_path: Path, records: str, value: Any) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(value))
    found = [{key: text_of(cell) for key, cell in row.items() if key != "key"} for row in rows(path, records=records)]
    assert found == [{"a": "1", "b.c": "x"}, {"a": "2.5"}]


def test_json_lines_and_gzip(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{json.dumps(row)}\n" for row in READ).encode()))
    assert rows(path) == READ
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ChuhaiError, match="broken gzip"):
        rows(path)


def test_a_workbook_gives_values_and_dates_and_whole_numbers(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "founded", "staff", "share"])
    sheet.append(["灯坊", date(2021, 3, 5), 40, 0.5])
    sheet.append(["Kite", datetime(2022, 1, 1), 7.0, None])
    second = book.create_sheet("二")
    second.append(["a"])
    second.append(["x"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    assert [[text_of(cell) for cell in row.values()] for row in rows(path)] == [
        ["灯坊", "2021-03-05", "40", "0.5"],
        ["Kite", "2022-01-01", "7", ""],
    ]
    assert rows(path, sheet="二") == [{"a": "x"}]
    with pytest.raises(UsageError, match="has no sheet 'x'; there is: Sheet, 二"):
        rows(path, sheet="x")


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    from pyarrow import parquet, table

    path = tmp_path / "t.parquet"
    parquet.write_table(table({"a": list(range(5_000)), "b": [{"c": date(2021, 3, 5)}] * 5_000}), path)
    found = rows(path)
    assert len(found) == 5_000
    assert found[4_999] == {"a": 4_999, "b.c": date(2021, 3, 5)}


@pytest.mark.parametrize("name", ["t.json", "t.jsonl", "t.xlsx", "t.parquet", "t.csv", "t.ttl"])
def test_a_file_that_is_not_what_its_name_says_is_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"" if name == "t.csv" else b"\x00\x01 neither \xff")
    with pytest.raises(ChuhaiError) as raised:
        rows(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("sample", [1, 4, 5, 8, 9, 100])
def test_lines_may_end_in_any_way_wherever_the_sample_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, sample: int
) -> None:
    monkeypatch.setattr(limits, "IMPORT_SAMPLE_BYTES", sample)
    table = tmp_path / "old.csv"
    table.write_bytes(end.join(["a,b", "1,2", "3,4", ""]).encode())
    assert [row.cells for row in sources.read_table(table)] == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
