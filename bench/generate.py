"""Writes a folder of made-up facts of any size: the same arguments give the same bytes.

    python bench/generate.py FOLDER [--sources 200] [--statements 40] [--things 2000] [--part 0]

The shapes are those of real entries; the names are invented, in both scripts, and the documents say so. Most events
are told by several sources, some of which differ, so that the resolver has the work that real facts give it. One
organization takes part in every 32nd event, as the best documented ones do; an abbreviation is borne by several
things. Parts differ in all their things, so that a large ecosystem can be made of many of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

SYLLABLES = [start + end for start in "bcdfghklmnprstvxz" for end in ("a", "e", "i", "o", "en", "or")]
TRADES = ("AI", "Labs", "Capital", "Robotics", "Systems", "Ventures", "Technologies", "Health", "Cloud", "")
FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国辉玉兰志红春梅海燕斌波宁鑫浩宇晨轩子涵欣怡佳俊思源天翔"
    "云飞雪松林森山川江河星月光远航致新启智慧博达信诚安康泰和润泽深蓝蜂鸟竹鹿石木火土金水风雷青白紫橙墨书画诗琴棋"
)
CHINESE_TRADES = ("科技", "智能", "资本", "机器人", "网络", "创投", "数据", "")
SHARES = {"organization": 10, "person": 5, "product": 4, "legal-entity": 1}
"""How the things of the register divide into kinds, in twentieths."""

PLACES = ("shenzhen", "beijing", "singapore", "los-angeles", "mainland-china", "hong-kong", "tokyo")
KINDS = ("fact", "fact", "fact", "fact", "reported-figure", "fact", "rumour", "fact")
SHAPES = (
    "HeadquartersMove", "HeadquartersTenure", "Membership", "Investment", "WorkforceChange", "FundingRound",
    "Observation", "MarketPresence", "Operation", "PersonnelMove", "argument",
)  # fmt: skip


def generate(folder: Path, sources: int, statements: int, things: int, part: int = 0) -> None:
    """Write sources/*.yaml and register/*.yaml of one part into a folder."""
    register = {kind: range(part * n, (part + 1) * n) for kind, s in SHARES.items() if (n := max(1, things * s // 20))}
    for room in ("register", "sources"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    lines = ["things:"]
    lines += [line for kind, numbers in register.items() for number in numbers for line in _thing(kind, number)]
    _write(folder / "register" / f"made-up-{part}.yaml", lines)
    events = max(1, sources * statements // 3)
    for number in range(part * sources, (part + 1) * sources):
        lines = _head(number, register)
        random = Random(number)
        for key, event in enumerate(random.sample(range(events), min(statements, events))):
            lines += _statement(key, part * events + event, random, register)
        _write(folder / "sources" / f"made-up-{number:05}.yaml", lines)


def names(kind: str, number: int) -> tuple[str, str, str]:
    """The English and the Chinese name of a thing, which it bears alone, and an abbreviation that it shares."""
    one = number * len(SHARES) + list(SHARES).index(kind)
    latin, given = _spread(one, SYLLABLES, 3), _spread(one, GIVEN, 3)
    abbreviation = "".join(_spread(number // 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4))
    if kind == "person":
        return f"{latin[0]}{latin[1]} {latin[2]}".title(), FAMILIES[one % len(FAMILIES)] + "".join(given), abbreviation
    english = f"{''.join(latin).title()} {TRADES[one % len(TRADES)]}".strip()
    return english, "".join(given) + CHINESE_TRADES[one // 7 % len(CHINESE_TRADES)], abbreviation


def _spread(number: int, signs: Sequence[str], count: int) -> list[str]:
    """So many signs, other ones for every number up to the number of their combinations; neighbours are unlike."""
    signs = list(dict.fromkeys(signs))
    number = (number * 7919 + 421_337) % len(signs) ** count
    return [signs[number // len(signs) ** place % len(signs)] for place in range(count)]


def _write(path: Path, lines: list[str]) -> None:
    path.write_bytes(("\n".join(lines) + "\n").encode())


def _slug(kind: str, number: int) -> str:
    return f"{kind}/made-up-{number}"


def _thing(kind: str, number: int) -> list[str]:
    english, chinese, abbreviation = names(kind, number)
    lines = [f"  - id: {_slug(kind, number)}", f"    label: {{en: {english}, zh-hans: {chinese}}}"]
    if number % 3 == 0:
        lines.append(f"    alias: {{en: [{abbreviation}]}}")
    return lines


def _head(number: int, register: Mapping[str, range]) -> list[str]:
    publishers = register["organization"][:40]
    return [
        "source:",
        f"  id: made-up-{number:05}",
        f"  kind: {('news-report', 'commentary')[number % 2]}",
        f'  title: {{en: "Made-up document {number}, for measuring", zh-hans: 虚构文件{number}，仅供测量}}',
        f"  url: https://example.org/made-up/{number}",
        f"  publisher: {_slug('organization', publishers[number % len(publishers)])}",
        f"  published: 2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "  language: zh-hans",
        "",
        "statements:",
    ]


def _statement(key: int, event: int, random: Random, register: Mapping[str, range]) -> list[str]:
    """What one source tells of one event; who takes part follows from the event, the rest may differ."""
    shape = SHAPES[event % len(SHAPES)]
    taking_part = {kind: _slug(kind, numbers[event * 7 % len(numbers)]) for kind, numbers in register.items()}
    organization, person, product = (taking_part[k] for k in ("organization", "person", "product"))
    organizations = register["organization"]
    if event % 32 == 0:
        organization = _slug("organization", organizations[0])
    other = _slug("organization", organizations[(event * 11 + 1) % len(organizations)])
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
    parser.add_argument("--part", type=int, default=0, help="which other part of a larger ecosystem")
    given = parser.parse_args()
    generate(given.folder, given.sources, given.statements, given.things, given.part)


if __name__ == "__main__":
    main()
