"""Where the imports of a folder of facts lie, and what each says of itself.

An import is a folder: `import.json`, its manifest, and `statements.nq`, what one source document says and the things
that it brings, as N-Quads in which all lines of one subject stand together. It comes and goes by a rename.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.errors import ChuhaiError
from graph.folder import MANIFEST, imports_folder


class Import:
    """One import, by its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the import says of itself: `source`, `file`, `mapping`, `statements` and `rows`.

        Raises:
            ChuhaiError: if it cannot be read.
        """
        try:
            found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_bytes())
        except (OSError, ValueError) as error:
            raise ChuhaiError(
                f"{self.folder}: its {MANIFEST} cannot be read ({error}); import the table again"
            ) from None
        return found

    @property
    def statements(self) -> Path:
        """The file of its quads."""
        return self.folder / "statements.nq"


def imports(facts: Path) -> Iterator[Import]:
    """The imports of a folder of facts, in the order of their slugs."""
    for path in sorted(imports_folder(facts).glob(f"[!.]*/{MANIFEST}")):
        yield Import(path.parent)
