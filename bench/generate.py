"""Writes a folder of made-up facts of any size: the same arguments give the same bytes.

    python bench/generate.py FOLDER [--sources 200] [--statements 40] [--things 2000]

The shapes are those of real entries; the names are invented and say so. Most events are told by several
sources, some of which differ, so that the resolver has the work that real facts give it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

ENGLISH = ("Zorbel", "Quandry", "Vexilo", "Mirapond", "Tuskfern", "Oblivar", "Plimsoul", "Harquint", "Wendolo", "Yip")
CHINESE = ("佐贝", "匡德瑞", "维希洛", "米拉塘", "塔斯芬", "奥布瓦", "普林索", "哈昆特", "温多罗", "伊普")
SHARES = {"organization": 10, "person": 5, "product": 4, "legal-entity": 1}
"""How the things of the register divide into kinds, in twentieths."""

PLACES = ("shenzhen", "beijing", "singapore", "los-angeles", "mainland-china", "hong-kong", "tokyo")
KINDS = ("fact", "fact", "fact", "fact", "reported-figure", "fact", "rumour", "fact")
SHAPES = (
    "HeadquartersMove", "HeadquartersTenure", "Membership", "Investment", "WorkforceChange", "FundingRound",
    "Observation", "MarketPresence", "Operation", "PersonnelMove", "argument",
)  # fmt: skip


def generate(folder: Path, sources: int, statements: int, things: int) -> None:
    """Write sources/*.yaml and register/made-up.yaml into a folder."""
    register = {kind: max(1, things * share // 20) for kind, share in SHARES.items()}
    (folder / "register").mkdir(parents=True)
    (folder / "sources").mkdir()
    lines = ["things:"]
    lines += [line for kind, count in register.items() for number in range(count) for line in _thing(kind, number)]
    _write(folder / "register" / "made-up.yaml", lines)
    events = max(1, sources * statements // 3)
    for number in range(sources):
        lines = _head(number, register)
        random = Random(number)
        for key, event in enumerate(random.sample(range(events), min(statements, events))):
            lines += _statement(key, event, random, register)
        _write(folder / "sources" / f"made-up-{number:05}.yaml", lines)


def _write(path: Path, lines: list[str]) -> None:
    path.write_bytes(("\n".join(lines) + "\n").encode())


def _slug(kind: str, number: int) -> str:
    return f"{kind}/{ENGLISH[number % 10].lower()}-{number}"


def _thing(kind: str, number: int) -> list[str]:
    english, chinese = ENGLISH[number % 10], CHINESE[number % 10]
    lines = [
        f"  - id: {_slug(kind, number)}",
        f"    label: {{en: Fictional {english} {number}, zh-hans: 虚构{chinese}{number}号}}",
    ]
    if number % 3 == 0:
        lines.append(f"    alias: {{en: [{english} of Nowhere {number}], zh-hans: [乌有{chinese}{number}]}}")
    return lines


def _head(number: int, register: dict[str, int]) -> list[str]:
    return [
        "source:",
        f"  id: made-up-{number:05}",
        f"  kind: {('news-report', 'commentary')[number % 2]}",
        f'  title: {{en: "Made-up document {number}, for measuring", zh-hans: 虚构文件{number}，仅供测量}}',
        f"  url: https://example.org/made-up/{number}",
        f"  publisher: {_slug('organization', number % min(40, register['organization']))}",
        f"  published: 2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "  language: zh-hans",
        "",
        "statements:",
    ]


def _statement(key: int, event: int, random: Random, register: dict[str, int]) -> list[str]:
    """What one source tells of one event; who takes part follows from the event, the rest may differ."""
    shape = SHAPES[event % len(SHAPES)]
    taking_part = {kind: _slug(kind, event * 7 % count) for kind, count in register.items()}
    organization, person, product = (taking_part[k] for k in ("organization", "person", "product"))
    other = _slug("organization", (event * 11 + 1) % register["organization"])
    place, former = (PLACES[(event + offset) % len(PLACES)] for offset in (0, 1))
    day = f"2024-{random.choice((event % 12 + 1, event % 12 + 1, event % 12 + 1, 12)):02}"
    kind = KINDS[random.randrange(len(KINDS))]
    bodies = {
        "HeadquartersMove": [f"from: place/{former}", f"to: place/{place}", f"when: {day}", "status: completed"],
        "HeadquartersTenure": [f"place: place/{place}", f"since: {event % 9 + 2012}", "words: 早年"],
        "Membership": [f"person: {person}", "role: [co-founder, chief-product-officer]", f"attested: {day}"],
        "Investment": ["subtype: lead", f"investor: {other}"],
        "WorkforceChange": ["subtype: layoff", f"place: place/{place}", f"outOf: {event % 200 + 50}",
                            f"share: about 0.{random.randint(1, 3)}", "words: 近日", "status: in-progress"],
        "FundingRound": [f"amount: USD {random.choice((75, 75, 80))}000000", f"when: {day}"],
        "Observation": [f"subject: {organization}", "metric: valuation", "amount: USD 500000000"],
        "MarketPresence": [f"product: {product}", f"place: place/{place}", "metric: use", "primary: false",
                           "attested: 2025-08-22"],
        "Operation": [f"product: {product}"],
        "PersonnelMove": [f"from: {organization}", "fromRole: chief-strategy-officer", "when: 2025",
                          "status: completed"],
    }  # fmt: skip
    slugs = {"HeadquartersTenure": "tenure", "Membership": "membership", "Observation": "observation",
             "MarketPresence": "presence", "Operation": "operation"}  # fmt: skip
    lines = [f"  - key: told-{key}"]
    if shape == "argument":
        lines += [f"    about: [{organization}, {other}]", "    kind: opinion", "    speaker: a made-up author"]
    else:
        lines += [f"    about: {slugs.get(shape, 'event')}/made-up-{event}", f"    type: {shape}"]
        if shape not in ("Observation", "MarketPresence", "PersonnelMove"):
            lines.append(f"    organization: {organization}")
        lines += [f"    {line}" for line in bodies[shape]]
        lines.append(f"    kind: {kind}")
    lines.append(f"    at: ¶{key + 1}")
    if shape == "argument" or key % 4 == 0:
        lines.append('    paraphrase: {en: "An invented sentence, as long as many are.", zh-hans: 一句虚构的转述。}')
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a folder of made-up facts.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--statements", type=int, default=40, help="of each source")
    parser.add_argument("--things", type=int, default=2_000, help="in the register")
    given = parser.parse_args()
    generate(given.folder, given.sources, given.statements, given.things)


if __name__ == "__main__":
    main()
