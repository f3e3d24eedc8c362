"""Writes plain tables of any size, to be imported: the same arguments give the same bytes.

What the rows tell has the shapes and the shares of the packaged facts. Who takes part has heavy tails: the number of a
thing is drawn from a Pareto distribution, so that a few are told of by hundreds. Four documents tell of the same
events, each in tables of its own, and differ on every ninth; a quarter of the organizations has an identifier of
elsewhere, by which the next table knows it again. The tables are those of the ready templates; what these cannot tell
is in a table of its own, with the mapping others.yaml.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import NamedTuple

from generate import names

DOCUMENTS = 4
QUADS_A_ROW = 13.6
"""Of the finished graph, for each row that tells of an event: what is said, what holds, and the things told of."""

PLACES = ("shenzhen", "beijing", "singapore", "los-angeles", "mainland-china", "hong-kong", "tokyo", "shanghai")
SHAPES = (
    *("investments",) * 8, *("posts",) * 5, *("headquarters",) * 4, *("rankings",) * 4, *("went",) * 3,
    *("rounds",) * 4, "relocations", "operation", "presence", "acquisition", "observation",
)  # fmt: skip
"""What the events are, in turn: the name of a template, or what others.yaml calls it."""

PLACES_IN_A_LIST = 50
_OTHERS = str(Path(__file__).with_name("others.yaml"))
_COLUMNS = {
    "rounds": "id,organization,series,amount,currency,announced,status,source",
    "investments": "id,investors,organization,round,part,amount,currency,source",
    "posts": "id,person,organization,role,source",
    "headquarters": "id,organization,place,since,until,source",
    "rankings": "ranking,position,product,source",
    "relocations": "id,organization,from,to,when,status,source",
    "others": "id,shape,person,organization,goal,product,place,amount,when,source",
}
"""Of the tables that tell of events, in the order in which they are imported: investments speak of rounds."""


class Table(NamedTuple):
    """A table, the mapping by which it is imported, and the slug of the import."""

    file: Path
    mapping: str
    source: str = ""


def write(room: Path, quads: int) -> list[Table]:
    """Write tables that give a graph of about so many quads, in the order in which they are to be imported."""
    room.mkdir(parents=True)
    rows = int(quads / QUADS_A_ROW)
    things = {"organization": rows // 8, "person": rows // 8, "product": rows // 20}
    bringing = []
    for number in range(DOCUMENTS):
        bringing += [_things(room, kind, number, things[kind]) for kind in ("organization", "person")]
    told = [table for number in range(DOCUMENTS) for table in _events(room, number, rows // DOCUMENTS, things)]
    return [*bringing, _documents(room), *told]


def _write(file: Path, columns: str, rows: Iterator[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(columns.split(","))
        writer.writerows(rows)


def _things(room: Path, kind: str, number: int, count: int) -> Table:
    """The table of what one document brings: organizations that all know, and those that it alone knows."""

    def rows() -> Iterator[list[str]]:
        for one in range(count):
            shared = kind == "organization" and one % 4 == 0
            if shared or one % DOCUMENTS == number:
                english, chinese, _ = names(kind, one)
                site = [f"https://example.org/id/{one}" if shared else ""] * (kind == "organization")
                yield [thing(kind, one, number), english, chinese if one % 3 == 0 else "", *site]

    template = {"organization": "organizations", "person": "people"}[kind]
    file = room / f"{template}-{number}.csv"
    _write(file, "id,name_en,name_zh" + ",website" * (kind == "organization"), rows())
    return Table(file, template, file.stem)


def _documents(room: Path) -> Table:
    file = room / "sources.csv"
    rows = (
        [
            f"table-{n}",
            "dataset",
            f"Made-up table {n}",
            f"https://example.org/{n}",
            publisher,
            f"2026-0{n + 1}-15",
            "en",
        ]
        for n, publisher in enumerate(("1-5", "2-6", "3-7", "1-9"))
    )
    _write(file, "id,kind,title_en,url,publisher,published,language", rows)
    return Table(file, "sources", "made-up-documents")


def _events(room: Path, number: int, events: int, things: dict[str, int]) -> list[Table]:
    """The tables in which one document tells of the events."""
    tables = [Table(room / f"{n}-{number}.csv", _OTHERS if n == "others" else n, f"{n}-{number}") for n in _COLUMNS]
    varied = Random(number)
    with ExitStack() as stack:
        writers = {}
        for table, (name, columns) in zip(tables, _COLUMNS.items(), strict=True):
            opened = stack.enter_context(table.file.open("w", encoding="utf-8", newline=""))
            writers[name] = csv.DictWriter(opened, columns.split(","), lineterminator="\n")
            writers[name].writeheader()
        for event in range(events):
            shape = SHAPES[event % len(SHAPES)]
            row = {**_row(event, shape, number, things, varied), "source": f"table-{number}"}
            writers[shape if shape in writers else "others"].writerow(row)
    return tables


def thing(kind: str, one: int, number: int) -> str:
    """A thing as a document calls it: what has no identifier of elsewhere is brought by one of them alone."""
    return f"{number if kind == 'organization' and one % 4 == 0 else one % DOCUMENTS}-{one}"


def _row(event: int, shape: str, number: int, things: dict[str, int], varied: Random) -> dict[str, object]:
    """What a document tells of an event; who takes part follows from the event, the rest may differ."""
    random = Random(event)

    def one(kind: str) -> int:
        return int(things[kind] * (random.paretovariate(0.7) - 1) / 50) % things[kind]

    def some(kind: str) -> str:
        return thing(kind, one(kind), number)

    organization, year = some("organization"), 2012 + random.randrange(13) + (varied.randrange(9) == 0)
    place, goal = random.choice(PLACES), random.choice(PLACES)
    amount = random.choice((5, 20, 75, 300)) * (1 + (varied.randrange(9) == 0)) * 1_000_000
    money = {"amount": amount, "currency": "USD"}
    if shape == "investments":
        investor = thing("organization", one("organization"), 0)
        whole = (event // len(SHAPES) - 1) * len(SHAPES) + SHAPES.index("rounds")
        part = "lead" if event % 5 == 0 else ""
        told = {"investors": investor, "round": whole if whole > 0 else "", "part": part, **money}
        return {"id": event, "organization": organization, **told}
    if shape == "posts":
        return {"id": event, "person": some("person"), "organization": organization,
                "role": random.choice(("co-founder", "chief-executive"))}  # fmt: skip
    if shape == "headquarters":
        return {"id": event, "organization": organization, "place": place, "since": year, "until": ""}
    if shape == "rankings":
        ranking, position = divmod(event // len(SHAPES) * SHAPES.count(shape) + event % 4, PLACES_IN_A_LIST)
        return {"ranking": f"list-{ranking}", "position": position + 1, "product": f"app-{one('product')}"}
    if shape == "rounds":
        return {"id": event, "organization": organization, "series": "series-a", **money, "announced": year,
                "status": "completed"}  # fmt: skip
    if shape == "relocations":
        return {"id": event, "organization": organization, "from": place, "to": goal, "when": year,
                "status": "completed"}  # fmt: skip
    row: dict[str, object] = {"id": event, "shape": shape, "organization": organization}
    if shape == "went":
        return {**row, "person": some("person"), "goal": some("organization"), "when": year}
    if shape == "acquisition":
        return {**row, "goal": some("organization"), "amount": amount, "when": year}
    if shape == "observation":
        return {**row, "amount": amount, "when": year}
    return {**row, "product": f"app-{one('product')}", "place": place if shape == "presence" else ""}
