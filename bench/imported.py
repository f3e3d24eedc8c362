"""Writes imports of any size beside a folder of facts: the same arguments give the same bytes.

The statements have the shapes and the shares of the packaged facts. Who takes part has heavy tails: the number of a
thing is drawn from a Pareto distribution, so that a few are told of by thousands. Four imports tell of the same events
in turn, and differ on every ninth; a quarter of the organizations has an identifier of elsewhere, by which the next
import knows it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from generate import names

from ontology import CHUHAI, CONCEPT, ID, PREFIXES, RDF_TYPE, REGISTER, SOURCE

IMPORTS = 4
QUADS_A_STATEMENT = 12.1
"""Of the finished graph: what is said, what holds, and the things told of."""

PLACES = ("shenzhen", "beijing", "singapore", "los-angeles", "mainland-china", "hong-kong", "tokyo", "shanghai")
SHAPES = (
    *("investment",) * 8, *("membership",) * 5, *("tenure",) * 4, *("entry",) * 4, *("went",) * 3, *("round",) * 4,
    "move", "operation", "presence", "acquisition", "observation",
)  # fmt: skip
_XSD = PREFIXES["xsd"]


def write(imports: Path, quads: int) -> int:
    """Write imports that give a graph of about so many quads; how many statements they make."""
    statements = int(quads / QUADS_A_STATEMENT)
    for number in range(IMPORTS):
        _write(imports / f"made-up-{number}", number, statements // IMPORTS, statements)
    return statements // IMPORTS * IMPORTS


def _write(place: Path, number: int, statements: int, whole: int) -> None:
    place.mkdir(parents=True, exist_ok=True)
    digest, count = hashlib.sha256(), 0
    with (place / "statements.nq").open("wb") as file:
        for lines in _subjects(place.name, number, statements, whole):
            data = "".join(lines).encode()
            count += len(lines)
            digest.update(data)
            file.write(data)
    manifest = {
        "source": place.name,
        "file": {"name": f"{place.name}.csv", "bytes": 0, "sha256": ""},
        "mapping": {"name": "made-up", "sha256": ""},
        "statements": {"sha256": digest.hexdigest(), "count": statements, "quads": count},
        "rows": {"read": statements, "imported": statements, "repaired": 0, "rejected": 0, "duplicate": 0},
    }
    (place / "import.json").write_text(json.dumps(manifest, sort_keys=True), encoding="utf-8")


def _subjects(slug: str, number: int, statements: int, whole: int) -> Iterator[list[str]]:
    """The lines of each subject: the document, the things, the statements."""
    things = {"organization": whole // 8, "person": whole // 8, "product": whole // 20, "ranking": whole // 4000 + 1}
    graph = SOURCE + slug
    schema, dcterms = PREFIXES["schema"], PREFIXES["dcterms"]
    day = f"2026-0{number + 1}-15"
    yield _lines(graph, graph, {
        RDF_TYPE: f"<{CHUHAI}Source>", dcterms + "title": f'"Made-up table {number}"@en',
        dcterms + "type": f"<{CONCEPT}database>", schema + "url": f'"https://example.org/{slug}"^^<{_XSD}anyURI>',
        CHUHAI + "publisher": f"<{ID}organization/{slug}-0>", schema + "datePublished": f'"{day}"',
        CHUHAI + "notBefore": f'"{day}"^^<{_XSD}date>', CHUHAI + "notAfter": f'"{day}"^^<{_XSD}date>',
        schema + "inLanguage": '"en"',
    })  # fmt: skip
    skos = PREFIXES["skos"]
    classes = {"organization": "Organization", "person": "Person", "product": "Product", "ranking": "Ranking"}
    for kind, count in things.items():
        for one in range(count):
            shared = kind == "organization" and one % 4 == 0
            if one and not shared and one % IMPORTS != number:
                continue
            english, chinese, _ = names("product" if kind == "ranking" else kind, one)
            told = {RDF_TYPE: f"<{CHUHAI}{classes[kind]}>", skos + "prefLabel": f'"{english}"@en'}
            lines = _lines(_thing(slug, kind, one), REGISTER, told)
            if one % 3 == 0:
                lines += _lines(_thing(slug, kind, one), REGISTER, {skos + "prefLabel": f'"{chinese}"@zh-hans'})
            if shared:
                match = {skos + "exactMatch": f"<https://example.org/id/{one}>"}
                lines += _lines(_thing(slug, kind, one), REGISTER, match)
            yield lines
    random = Random(number)
    events = max(1, statements * 3 // 4)
    for key in range(statements):
        told = {RDF_TYPE: f"<{CHUHAI}Statement>", **_statement(slug, key % events, things, random)}
        told[CHUHAI + "locator"] = f'"row {key + 2}"'
        yield _lines(f"{graph}#row-{key + 2}", graph, told)


def _lines(subject: str, graph: str, values: dict[str, str]) -> list[str]:
    return [f"<{subject}> <{name}> {value} <{graph}> .\n" for name, value in values.items()]


def _thing(slug: str, kind: str, one: int) -> str:
    """A thing as the import calls it: what has no identifier of elsewhere is brought by one of the imports alone."""
    if one and not (kind == "organization" and one % 4 == 0):
        slug = f"made-up-{one % IMPORTS}"
    return f"{ID}{kind}/{slug}-{one}"


def _statement(slug: str, event: int, things: dict[str, int], varied: Random) -> dict[str, str]:
    """What a row tells of an event; who takes part follows from the event, the rest may differ."""
    random = Random(event)
    shape = SHAPES[event % len(SHAPES)]

    def one(kind: str) -> str:
        return f"<{_thing(slug, kind, int(things[kind] * (random.paretovariate(0.7) - 1) / 50) % things[kind])}>"

    def place() -> str:
        return f"<{ID}place/{random.choice(PLACES)}>"

    def days(first: str, last: str) -> dict[str, str]:
        year = 2012 + random.randrange(13) + (varied.randrange(9) == 0)
        found = {first: f"{year}-01-01", last: f"{year}-12-31"}
        return {CHUHAI + name: f'"{day}"^^<{_XSD}date>' for name, day in found.items()}

    def amount() -> dict[str, str]:
        number = random.choice((5, 20, 75, 300)) * (1 + (varied.randrange(9) == 0)) * 1_000_000
        return {"amount": f'"{number}"^^<{_XSD}decimal>', "currency": '"USD"'}

    def concept(name: str) -> str:
        return f"<{CONCEPT}{name}>"

    type_name, about, kind = "", "event", "fact"
    own: dict[str, str] = {"organization": one("organization")}
    dated: dict[str, str] = {}
    if shape == "investment":
        type_name, own["investor"] = "Investment", one("organization")
        if event >= len(SHAPES):
            own["round"] = f"<{ID}event/made-up-{(event // len(SHAPES) - 1) * len(SHAPES) + SHAPES.index('round')}>"
    elif shape == "membership":
        type_name, about = "Membership", "membership"
        own |= {"person": one("person"), "role": concept(random.choice(("co-founder", "chief-executive")))}
    elif shape == "tenure":
        type_name, about, own["place"], dated = "HeadquartersTenure", "tenure", place(), days("validFrom", "heldFrom")
    elif shape == "entry":
        type_name, about, kind = "RankingEntry", "entry", "reported-figure"
        own |= {"ranking": one("ranking"), "position": f'"{event % 50 + 1}"^^<{_XSD}integer>'}
    elif shape == "went":
        type_name, own = "PersonnelMove", {"person": one("person"), "fromOrganization": one("organization")}
        own |= {"toOrganization": one("organization"), "status": concept("completed")}
        dated = days("notBefore", "notAfter")
    elif shape == "round":
        type_name, dated = "FundingRound", days("notBefore", "notAfter")
        own |= {**amount(), "subtype": concept("series-a"), "status": concept("completed")}
    elif shape == "move":
        type_name, dated = "HeadquartersMove", days("notBefore", "notAfter")
        own |= {"fromPlace": place(), "toPlace": place(), "status": concept("completed")}
    elif shape == "operation":
        type_name, about, own["product"] = "Operation", "operation", one("product")
    elif shape == "presence":
        type_name, about = "MarketPresence", "presence"
        own = {"product": one("product"), "place": place(), "metric": concept("use")}
    elif shape == "acquisition":
        type_name, own["acquirer"], dated = "Acquisition", one("organization"), days("notBefore", "notAfter")
        own |= {**amount(), "status": concept("completed")}
    else:
        type_name, about, kind = "Observation", "observation", "reported-figure"
        own = {"subject": one("organization"), "metric": concept("valuation"), **amount()}
        dated = days("notBefore", "notAfter")
    told = {"about": f"<{ID}{about}/made-up-{event}>", "aboutType": f"<{CHUHAI}{type_name}>", **own}
    return {CHUHAI + name: value for name, value in {**told, "statementKind": concept(kind)}.items()} | dated
