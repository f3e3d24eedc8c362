"""Errors that a user meets: one clear line each, and the exit code of the command line.

Exit codes: 1 failure, 2 usage, 3 not found, 4 ambiguous, 5 invalid data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph import limits


class ChuhaiError(Exception):
    """Something failed for a reason that the user can understand; its text is one line."""

    exit_code = 1


class UsageError(ChuhaiError):
    """The request itself is wrong: an unknown query, a missing parameter, a syntax error."""

    exit_code = 2


class NotFoundError(ChuhaiError):
    """Nothing in the graph has that name."""

    exit_code = 3


class AmbiguousNameError(ChuhaiError):
    """A name that several things bear equally well; `candidates` are their identifiers."""

    exit_code = 4

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class StoreError(ChuhaiError):
    """A store that someone else runs did not answer, or not wholly; `problem` says why without saying where it is."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(f"the store at {address}: {problem}")
        self.problem = problem


class ServiceError(ChuhaiError):
    """A request that the server does not answer; `status` is that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Finding(NamedTuple):
    """One thing wrong in the data: where, what, and how to mend it.

    `line` counts from 1, 0 when unknown; `statement` is a key, "" for the file as a whole.
    """

    file: str
    line: int
    statement: str
    problem: str
    remedy: str
    severity: str = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        who = f" [{self.statement}]" if self.statement else ""
        level = "" if self.severity == "error" else f"{self.severity}: "
        text = f"{where}:{who} {level}{self.problem}; {self.remedy}"
        return "".join(c if c.isprintable() else " " for c in text)


class DataError(ChuhaiError):
    """Facts that cannot enter the graph; `findings` say which and why."""

    exit_code = 5

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        shown = [str(f) for f in self.findings[: limits.FINDINGS]]
        if rest := len(self.findings) - len(shown):
            shown.append(f"… {rest} more findings; `chuhai validate` lists them all")
        super().__init__("\n".join(shown))
