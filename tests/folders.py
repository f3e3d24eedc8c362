"""Small folders of facts for tests: a register of made-up things, and sources with one statement a line."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.build import Built, build
from graph.errors import DataError, Finding
from graph.load import load
from graph.resolve import Node
from ontology import expand, local

THINGS = (
    *("organization/acme", "organization/bolt", "organization/daily", "organization/gazette", "organization/herald"),
    *("person/ada", "product/gadget", "product/widget", "legal-entity/acme-ltd"),
    *("ranking/top", "criterion/big", "case/acme"),
)
FIRST_LINE = 3
"""Where the first statement of a source stands; each further one stands on the next line."""

Statement = dict[str, Any]


def said(key: str = "one", **values: Any) -> Statement:
    """A statement of fact; a trailing underscore is dropped (`from_`), None leaves a key out."""
    entry = {"key": key, "kind": "fact", "at": "¶1", **values}
    return {name.rstrip("_"): value for name, value in entry.items() if value is not None}


def moved(key: str = "one", **values: Any) -> Statement:
    """A statement of the move of Acme from Beijing to Singapore."""
    told = {"type": "HeadquartersMove", "about": "event/acme-move", "organization": "organization/acme"}
    return said(key, **{**told, "from_": "place/beijing", "to": "place/singapore", **values})


def sat(key: str = "one", **values: Any) -> Statement:
    """A statement of the headquarters of Acme in Singapore."""
    told = {"type": "HeadquartersTenure", "about": "tenure/acme", "organization": "organization/acme"}
    return said(key, **{**told, "place": "place/singapore", **values})


def based(organization: str, place: str, **values: Any) -> Statement:
    """A statement of the headquarters of an organization in a place."""
    told = {"about": f"tenure/{organization}-{place}", "organization": f"organization/{organization}"}
    return sat(f"{organization}-{place}", **told, place=f"place/{place}", **values)


def raised(key: str = "one", **values: Any) -> Statement:
    """A statement of a funding round of Acme."""
    told = {"type": "FundingRound", "about": "event/acme-round", "organization": "organization/acme"}
    return said(key, **{**told, **values})


def controls(key: str, controller: str, organization: str, **values: Any) -> Statement:
    """A statement of control."""
    ends = {"controller": f"organization/{controller}", "organization": f"organization/{organization}"}
    return said(key, about=f"control/{key}", type="Control", **ends, **values)


def bought(key: str, acquirer: str, organization: str, **values: Any) -> Statement:
    """A statement of an acquisition."""
    ends = {"acquirer": f"organization/{acquirer}", "organization": f"organization/{organization}"}
    return said(key, about=f"event/{key}", type="Acquisition", **ends, **values)


def invested(key: str, investor: str, **values: Any) -> Statement:
    """A statement of an investment in Acme, in its round."""
    told = {"organization": "organization/acme", "round": "event/acme-round", **values}
    return said(key, about=f"event/{key}", type="Investment", investor=f"organization/{investor}", **told)


def went(key: str, origin: str, to: str, **values: Any) -> Statement:
    """A statement of the move of Ada between two organizations."""
    told = {"person": "person/ada", "from_": f"organization/{origin}", "to": f"organization/{to}", **values}
    return said(key, about=f"event/{key}", type="PersonnelMove", **told)


def cut(key: str = "one", **values: Any) -> Statement:
    """A statement of a layoff at Acme."""
    told = {"type": "WorkforceChange", "about": "event/acme-cut", "organization": "organization/acme"}
    return said(key, **{**told, "subtype": "layoff", **values})


def argued(key: str = "one", **values: Any) -> Statement:
    """An opinion about Acme."""
    words = {"en": "It is said.", "zh-hans": "据说。"}
    return said(key, **{"kind": "opinion", "about": "organization/acme", "paraphrase": words, **values})


def source(slug: str, *statements: Statement, **head: Any) -> tuple[str, str]:
    """The name and the text of a source file: `source:`, `statements:`, then a line for each statement."""
    about = {
        "id": slug,
        "kind": "news-report",
        "title": {"en": slug},
        "url": f"https://{slug}.example/",
        "publisher": "organization/daily",
        "published": "2025-01-01",
        "language": "en",
        **head,
    }
    shown = {name: value for name, value in about.items() if value is not None}
    lines = [f"source: {_flow(shown)}", "statements:", *(f"  - {_flow(entry)}" for entry in statements)]
    return slug, "\n".join(lines) + "\n"


def folder(
    path: Path, *sources: tuple[str, str], things: Iterable[str | Statement] = THINGS, editorial: Any = None
) -> Path:
    """Write a folder of facts and return it; a thing is an identifier or a whole register entry."""
    (path / "register").mkdir(parents=True, exist_ok=True)
    (path / "sources").mkdir(exist_ok=True)
    entries = [{"id": t, "label": {"en": t}} if isinstance(t, str) else t for t in things]
    lines = ["things:", *(f"  - {_flow(entry)}" for entry in entries)]
    (path / "register" / "things.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for slug, text in sources:
        (path / "sources" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    if editorial is not None:
        (path / "editorial.yaml").write_text(_flow(editorial) + "\n", encoding="utf-8")
    return path


def with_text(path: Path, text: str | bytes) -> Path:
    """Write a sound folder of facts with one more source file, `a`, of this text; return it."""
    folder(path, source("sound", moved()))
    (path / "sources" / "a.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def imported(
    facts: Path,
    slug: str,
    *statements: Statement,
    things: Iterable[str | Statement] = (),
    known: Iterable[str] = (),
    **head: Any,
) -> Path:
    """Write an import of statements and of things that it brings beside a folder of facts; return its folder.

    `known` are things that were in the register when it was made.
    """
    from pyoxigraph import RdfFormat, parse

    from ontology import REGISTER, SOURCE, context

    place = facts / "imports" / slug
    brought = [{"id": t, "label": {"en": t}} if isinstance(t, str) else t for t in things]
    with tempfile.TemporaryDirectory() as room:
        made = load(folder(Path(room), source(slug, *statements, **head), things=[*brought, *known, *THINGS]))
    kept = {REGISTER: {expand(str(t["id"])) for t in brought}}
    lines = [
        f"{quad} .\n"
        for quad in parse(json.dumps({"@context": context(), "@graph": made.documents}), format=RdfFormat.JSON_LD)
        if quad.graph_name.value == SOURCE + slug or quad.subject.value in kept[REGISTER]
    ]
    place.mkdir(parents=True, exist_ok=True)
    data = "".join(lines).encode()
    (place / "statements.nq").write_bytes(data)
    told = {"sha256": hashlib.sha256(data).hexdigest(), "count": len(statements), "quads": len(set(lines))}
    rows = {"read": len(statements), "imported": len(statements), "repaired": 0, "rejected": 0, "duplicate": 0}
    manifest = {
        "source": slug,
        "file": {"name": f"{slug}.csv", "sha256": ""},
        "mapping": {},
        "statements": told,
        "rows": rows,
    }
    (place / "import.json").write_text(json.dumps(manifest, sort_keys=True), encoding="utf-8")
    return place


def findings(path: Path) -> tuple[Finding, ...]:
    """What the loader finds wrong in a folder; nothing when it loads."""
    try:
        load(path)
    except DataError as error:
        return error.findings
    return ()


def only_finding(path: Path) -> Finding:
    """The one thing that the loader finds wrong; it names a file and says how to mend it."""
    found = findings(path)
    assert len(found) == 1, "\n".join(map(str, found)) or "nothing found"
    assert found[0].file
    assert found[0].problem
    assert found[0].remedy
    assert "\n" not in str(found[0])
    return found[0]


def node(built: Built, reference: str) -> Node:
    """The resolved node of `kind/slug`."""
    return next(n for n in built.nodes if n.iri == expand(reference))


def told(path: Path, *sources: tuple[str, str], editorial: Any = None) -> Built:
    """Build a folder of these sources."""
    return build(folder(path, *sources, editorial=editorial))


def resolved(path: Path, reference: str, *sources: tuple[str, str], editorial: Any = None) -> Node:
    """Build a folder of these sources and return one node of it."""
    return node(told(path, *sources, editorial=editorial), reference)


def iris(built: Built) -> set[str]:
    """The resolved nodes, each as `kind/slug`."""
    return {each.iri.removeprefix(expand("")) for each in built.nodes}


def one(found: Node, name: str) -> str | None:
    """The single value of a property, shortened; None when there is none."""
    values = found.values.get(name, ())
    assert len(values) <= 1
    return local(values[0]) if values else None


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
