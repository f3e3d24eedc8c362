"""What people decided of things that look alike: a file beside the imports that can be undone and applied again.

    imports/identities.json    {"same": {"organization/a": "organization/b"}, "different": [["person/a", "person/b"]]}

The build makes one thing of those that are the same: the second stays. What the first was told of is not lost: without
the line, the next build has two things again.
"""

from __future__ import annotations

import json
from pathlib import Path

from graph.errors import NotFoundError, UsageError
from graph.files import write_bytes
from graph.folder import IDENTITIES, imports_folder
from graph.identities import read


class Decisions:
    """The decisions of a folder of facts.

    Args:
        facts: the folder.
        file: another file of decisions than that of the folder.

    Attributes:
        same: from a thing to the one that it is, as `kind/slug`.
        different: pairs of things that are two.

    Raises:
        DataError: if the file is none of decisions.
    """

    def __init__(self, facts: Path, file: Path | None = None) -> None:
        self.path = file or imports_folder(facts) / IDENTITIES
        found = read(self.path)
        self.same: dict[str, str] = dict(found.same)
        self.different: set[frozenset[str]] = {frozenset(pair) for pair in found.different}

    def settle(self, new: str, known: str, same: bool) -> None:
        """Decide that a thing is another one, which stays, or that they are two; what was decided of them before goes.

        Raises:
            UsageError: for things of two kinds, or one and the same.
        """
        if new.partition("/")[0] != known.partition("/")[0] or new == known:
            raise UsageError(f"'{new}' and '{known}' are no two things of one kind")
        self._forget(new, known)
        if same:
            self.same[new] = known
        else:
            self.different.add(frozenset((new, known)))

    def undo(self, one: str, other: str) -> None:
        """Take back what was decided of two things.

        Raises:
            NotFoundError: if nothing was.
        """
        if not self._forget(one, other):
            raise NotFoundError(f"nothing was decided of '{one}' and '{other}'; see `chuhai reconcile --decisions`")

    def _forget(self, one: str, other: str) -> bool:
        pair = frozenset((one, other))
        gone = [thing for thing, kept in self.same.items() if frozenset((thing, kept)) == pair]
        for thing in gone:
            del self.same[thing]
        was = pair in self.different
        self.different.discard(pair)
        return was or bool(gone)

    def add(self, others: Decisions) -> int:
        """Take over the decisions of another file; gives how many were new. Where both decide, the other's holds."""
        before = len(self.same) + len(self.different)
        for new, known in others.same.items():
            self.settle(new, known, same=True)
        for one, other in map(sorted, others.different):
            self.settle(one, other, same=False)
        return len(self.same) + len(self.different) - before

    def write(self) -> None:
        """Write the file whole, in order of the names.

        Raises:
            OSError: if it cannot be written; what stood there stays.
        """
        found = {"different": sorted(map(sorted, self.different)), "same": dict(sorted(self.same.items()))}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(self.path, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
