"""Begins the file of a source document: its head filled in, one example statement commented out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph import yamlfile
from graph.entries import SLUG, Checker
from graph.errors import ChuhaiError, DataError, NotFoundError, UsageError
from graph.files import write_bytes
from graph.folder import files
from graph.load import document
from graph.names import key
from graph.yamlfile import Record
from ontology import vocabulary

_WORDS_OF_A_TOPIC = 4
_IDLE = re.compile(r"an|and|as|at|by|for|from|in|is|its|of|on|or|over|that|the|to|with|html?|index|amp|[a-z]")
_TEXT = """\
# What one document says, and nothing else: docs/editors-guide.md shows how.
# Once a statement stands below, `chuhai validate` checks the file.
source:
  id: {id}  # the name of this file
  kind: {kind}  # {kinds}
  title: {title}  # as the document has it
  url: {url}
  publisher: {publisher}  # who published it first
  published: {published}  # 2025, 2025-06 or 2025-06-18, as far as it says; or undated, never a guess
  language: {language}

# An example: take away "# " before each line, write what this document says for each …, and leave out
# what it does not say. docs/ontology.md lists the types and what each of them takes.
statements:
#   - key: hq-move  # a name of your own, once in this file
#     about: event/…  # what happened; every source that tells of it writes the same
#     type: HeadquartersMove
#     organization: organization/…  # things stand in register/
#     from: place/…
#     to: place/…
#     when: …  # 2025, 2025-06, ../2025-06 for by June, 2023-10/2024-03
#     kind: fact  # or rumour, denial, reported-figure, opinion, causal, forecast
#     at: …  # where it stands, such as ¶3
"""


def write(folder: Path, url: str, given: Mapping[str, str]) -> Path:
    """Write the skeleton of a source document into a folder of facts.

    Args:
        folder: of facts; the file goes into its sources/.
        url: of the document.
        given: what is known of it by key: id, publisher (identifier or name), published, language, kind,
            title. What is missing is taken from documents of the same site, or from the address.

    Returns:
        The file.

    Raises:
        UsageError: where something is missing or not as the loader wants it.
        NotFoundError: for a publisher that is not in the register.
        ChuhaiError: where the document or the file is there already.
    """
    known = files(folder)
    if "site-packages" in folder.resolve().parts:
        raise UsageError(f"{folder}: facts of an installed package; copy that folder and name the copy by --facts")
    address = _address(url)
    if address is None or not address.host:
        raise UsageError(f"'{url}' is no web address; write https://…")
    head = Record(0)
    head.update(kind="news-report", published="undated", url=url)
    head.update(_as_on_the_site(known, address))
    head.update({name: _line(text) for name, text in given.items()})
    missing = [f"--{name}" for name in ("publisher", "language") if not head.get(name)]
    if missing:
        raise UsageError(f"no document of {address.host} is here to learn from; give {' and '.join(missing)}")
    head["publisher"] = _publisher(known, head["publisher"])
    topic = _topic(head.get("title", "")) or _topic(urlsplit(url).path)
    missing = [f"--{name}" for name in ("id", "title") if not head.get(name)]
    if missing and not topic:
        raise UsageError(f"the address has no words to make a name of; give {' and '.join(missing)}")
    head.setdefault("title", topic.replace("-", " "))
    head.setdefault("id", _identifier(head, topic))
    path = folder / "sources" / f"{head['id']}.yaml"
    _check(head)
    if path.exists():
        raise ChuhaiError(f"{path}: stands there already; give another --id")
    write_bytes(path, _text(head).encode())
    return path


class _Address(NamedTuple):
    """What of an address tells documents apart: no protocol, www, fragment or tracking."""

    host: str
    rest: str


def _address(url: str) -> _Address | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    query = urlencode([pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_")])
    return _Address((parts.hostname or "").removeprefix("www."), parts.path.rstrip("/") + query)


def _line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _as_on_the_site(known: list[Path], address: _Address) -> dict[str, str]:
    """Publisher and language of most documents here that come from the same site, first-hand.

    Raises ChuhaiError if one of them is the same document.
    """
    found: Counter[tuple[str, str]] = Counter()
    for path, record in _records(known, "sources", address.host):
        head = record.get("source")
        if not isinstance(head, Record) or not isinstance(head.get("url"), str):
            continue
        its = _address(head["url"])
        if its == address:
            raise ChuhaiError(f"{path}: has this address already; add to that file")
        if its is not None and its.host == address.host and head.get("repost") != "true":
            found[str(head.get("publisher")), str(head.get("language"))] += 1
    if not found:
        return {}
    publisher, language = min(found, key=lambda pair: (-found[pair], *pair))
    return {"publisher": publisher, "language": language}


def _records(known: list[Path], room: str, words: str) -> Iterator[tuple[Path, Record]]:
    """The files of a room of the facts that hold some words, read; broken ones are left to `chuhai validate`."""
    for path in known:
        if path.parent.name == room and words in path.read_text(encoding="utf-8", errors="replace").casefold():
            try:
                yield path, yamlfile.read(path, path.name)
            except DataError:
                continue


def _publisher(known: list[Path], text: str) -> str:
    """The identifier of a registered organization that was given by identifier or label."""
    wanted = key(text)
    organizations = set()
    for _, record in _records(known, "register", ""):
        things = record.get("things")
        for thing in things if isinstance(things, list) else []:
            identifier = thing.get("id") if isinstance(thing, Record) else None
            if not isinstance(identifier, str) or not identifier.startswith("organization/"):
                continue
            label = thing.get("label")
            names = label.values() if isinstance(label, Record) else ()
            if identifier == text or wanted in {key(name) for name in names if isinstance(name, str)}:
                organizations.add(identifier)
    if len(organizations) > 1:
        raise UsageError(f"'{text}' names several publishers: {', '.join(sorted(organizations))}; name one of them")
    if organizations:
        return organizations.pop()
    identifier = text if text.startswith("organization/") else "organization/…"
    entry = f"- {{id: {identifier}, label: {{en: …}}}}"
    raise NotFoundError(f"'{text}' is not in the register; add '{entry}' under 'things:' in a file of register/")


def _topic(text: str) -> str:
    """A few telling words of a title, or of the last part of a path that has any, as a slug."""
    for part in reversed(text.split("/")):
        words = re.findall(r"[a-z][a-z0-9]*", part.casefold())
        if telling := [word for word in words if not _IDLE.fullmatch(word)]:
            return "-".join(telling[:_WORDS_OF_A_TOPIC])
    return ""


def _identifier(head: Record, topic: str) -> str:
    date = "" if head["published"] == "undated" else re.sub(r"[^a-z0-9]+", "-", head["published"].casefold())
    parts = (head["publisher"].partition("/")[2], date.strip("-"), topic)
    return "-".join(part for part in parts if part)


def _check(head: Record) -> None:
    """What the loader says about a head, as a wrong call."""
    if not SLUG.fullmatch(head["id"]):
        raise UsageError(f"'{head['id']}' is no identifier; use lower-case letters, digits and hyphens")
    checker = Checker("", vocabulary())
    described = Record(0)
    described.update(head, title=_title(head))
    document(described, head["id"], checker)
    if checker.findings:
        raise UsageError("; ".join(dict.fromkeys(f"{f.problem}, {f.remedy}" for f in checker.findings)))


def _title(head: Record) -> Record:
    title = Record(0)
    title[head["language"]] = head["title"]
    title.lines[head["language"]] = 0
    return title


def _text(head: Record) -> str:
    kinds = ", ".join(sorted(vocabulary().concepts_of("source-kind")))
    shown = {name: json.dumps(head[name], ensure_ascii=False) for name in ("url", "title")}
    title = f"{{{head['language']}: {shown['title']}}}"
    return _TEXT.format(**{**head, "url": shown["url"], "title": title, "kinds": kinds})
