"""Where the imports of a folder of facts lie, and what each says of itself.

An import is a folder: `import.json`, its manifest, and `statements.nq`, what one source document says and the things
that it brings, as N-Quads in which all lines of one subject stand together. It comes and goes by a rename.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from functools import cached_property
from hashlib import file_digest
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from graph.errors import ChuhaiError
from graph.folder import MANIFEST, imports_folder
from graph.identities import Match
from ontology import EXACT_MATCH, REGISTER, SOURCE

_REGISTERED = f" <{REGISTER}> .\n".encode()


class Import:
    """One import, by its folder.

    Attributes:
        slug: of its source document.
        statements: the file of its quads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name
        self.statements = folder / "statements.nq"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the import says of itself: `source`, `file`, `mapping`, `statements` and `rows`.

        Raises:
            ChuhaiError: if it cannot be read.
        """
        try:
            found = json.loads((self.folder / MANIFEST).read_bytes())
            return {name: found[name] for name in ("source", "file", "mapping", "statements", "rows")}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ChuhaiError(f"its {MANIFEST} cannot be read ({error})") from None

    def check(self) -> None:
        """Make sure that the statements are those of the manifest.

        Raises:
            ChuhaiError: if they are not.
        """
        wanted = self.manifest["statements"]["sha256"]
        try:
            with self.statements.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ChuhaiError(f"its {self.statements.name} cannot be read ({error.strerror})") from None
        if found != wanted:
            raise ChuhaiError(f"its {self.statements.name} is damaged: it is not what was imported")

    def matches(self) -> Iterator[Match]:
        """The things that the import brings, each with its identifiers of elsewhere, if any."""
        start = f"<{EXACT_MATCH}> <".encode()
        with self.statements.open("rb") as file:
            for line in file:
                if line.endswith(_REGISTERED):
                    thing, _, rest = line[1:].partition(b"> ")
                    match = rest[len(start) :].partition(b">")[0] if rest.startswith(start) else b""
                    yield Match(thing.decode(), match.decode())

    def told(self, statements: Collection[str]) -> Iterator[str]:
        """Which of some statements the import brings, by IRI."""
        wanted = {f"<{each}>".encode() for each in statements}
        with self.statements.open("rb") as file:
            for head, _ in groupby(file, key=lambda line: line[: line.index(b">") + 1]):
                if head in wanted:
                    yield head[1:-1].decode()


def imports(facts: Path) -> list[Import]:
    """The imports of a folder of facts, by slug."""
    return [Import(path.parent) for path in sorted(imports_folder(facts).glob(f"[!.]*/{MANIFEST}"))]


class LeftOut(NamedTuple):
    """Why a statement of an import, or the whole import, is not in a graph.

    `statement` is its IRI, that of the source document for the whole; `slug` is that of the import.
    """

    statement: str
    problem: str
    slug: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the import is there."""
        return self.statement == SOURCE + self.slug


def left_out(index: sqlite3.Connection) -> Iterator[LeftOut]:
    """What of the imports could not enter a graph when it was built, by import and statement."""
    rows = index.execute("SELECT statement, problem, import FROM left_out ORDER BY import, statement")
    return (LeftOut(*row) for row in rows)


def counts_left_out(index: sqlite3.Connection) -> dict[str, int | None]:
    """How many statements of each import are not in a graph, by slug; None for one that was left out whole."""
    query = "SELECT import, count(*), max(statement = ? || import) FROM left_out GROUP BY import ORDER BY import"
    return {slug: None if whole else count for slug, count, whole in index.execute(query, (SOURCE,))}
