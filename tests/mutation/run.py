"""Which wrong changes of a module its tests let pass.

    python tests/mutation/run.py [module[::function] …]

Prints what no test notices and equivalents.csv does not explain, and exits with 1 if there is any. What whole modules
give is kept in results.csv, of which docs/mutants.md shows a table.

The tests of a module are collected once. Each change is then made in a process forked from there: the code of the
functions concerned is replaced where they are, so that nothing is imported anew, and only those tests run that call
one of them, the quickest first, until one fails. A change is noticed too when the tests take far longer than without.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import io
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutation.changes import Change, changes  # noqa: E402
from mutation.live import Calls, outermost, put  # noqa: E402
from mutation.targets import TARGETS  # noqa: E402

SPARE = 5
"""Seconds of processor time that tests may take beyond three times what they take without a change."""

LONG = 3
"""Seconds of processor time, with calls traced, from which a test is not asked: shorter ones should notice."""

EQUIVALENTS = Path(__file__).with_name("equivalents.csv")
"""Changes that change nothing that anyone can see: module, function, before, after, and why."""

RESULTS = Path(__file__).with_name("results.csv")
"""Per module: changes, how many were noticed, how many are equivalent, and how many are left."""

_ARGUMENTS = ("-s", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0")

Tests = dict[str, list[tuple[float, pytest.Item]]]
"""Per function the tests that call it and what each costs."""


class Run:
    """A plugin in whose stead of a run of tests stand the runs of all changes of a module."""

    def __init__(self, name: str, function: str) -> None:
        self.name, self.path = name, str(ROOT / name)
        importlib.import_module(name.removesuffix(".py").replace("/", "."))
        known = equivalents().get(name, {})
        every = [each for each in changes(Path(self.path)) if each.function.startswith(function)]
        self.wanted = [each for each in every if each.key not in known]
        self.count = len(every)
        self.passed: list[Change] = []
        self.calls: Calls | None = None

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """True when all is done; None in a process that goes on to run tests itself.

        No test runs here: threads of a store would be missing in the processes that are forked later.
        """
        with tempfile.TemporaryFile() as answer:
            process = os.fork()
            if process == 0:
                self.calls = Calls(self.path)
                self.answer = os.dup(answer.fileno())
                session.config.pluginmanager.register(self.calls)
                return None
            if os.waitpid(process, 0)[1]:
                raise session.Interrupted("tests fail without any change")
            answer.seek(0)
            tests = _tests(session.items, *pickle.load(answer))
        running: dict[int, Change] = {}
        for change in self.wanted:
            function = outermost(change.function)
            if function not in tests:
                self._pass(change)
                continue
            if len(running) == (os.cpu_count() or 1):
                self._wait(running)
            process = os.fork()
            if process == 0:
                room = os.environ["PYTEST_DEBUG_TEMPROOT"]
                os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.mkdtemp(dir=room)  # pytest sweeps the rooms of others
                session.items = [item for _, item in tests[function]]
                session.config.option.maxfail = 1
                _limit(3 * sum(cost for cost, _ in tests[function]) + SPARE)
                put(self.path, change.code)
                return None
            running[process] = change
        while running:
            self._wait(running)
        return True

    def numbers(self) -> dict[str, int]:
        """How many changes were made, how many a test noticed, how many are equivalent, and how many are left."""
        equivalent, left = self.count - len(self.wanted), len(self.passed)
        noticed = self.count - equivalent - left
        return {"changes": self.count, "noticed": noticed, "equivalent": equivalent, "not noticed": left}

    def _wait(self, running: dict[int, Change]) -> None:
        process, status = os.wait()
        change = running.pop(process)
        if status == 0:
            self._pass(change)

    def _pass(self, change: Change) -> None:
        self.passed.append(change)
        words = f"{self.name}:{change.line}: {change.function}: {change.before}  ->  {change.after}"
        print(words, file=sys.__stdout__, flush=True)


def _tests(items: list[pytest.Item], called: dict[str, set[str]], seconds: dict[str, float]) -> Tests:
    """Per function the tests that call it, the quickest first; long ones only where there are no others."""
    found: Tests = defaultdict(list)
    for item in items:
        names = [item.nodeid, *getattr(item, "fixturenames", ())]
        cost = sum(seconds.get(name, 0) for name in names)
        for function in set().union(*(called.get(name, ()) for name in names)):
            found[function].append((cost, item))
    for several in found.values():
        several.sort(key=lambda pair: (pair[0], pair[1].nodeid))
        several[:] = [pair for pair in several if pair[0] < LONG] or several
    return found


def _limit(seconds: float) -> None:
    """End this process by a signal when it has used the seconds, or has waited for far longer."""
    most = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    signal.alarm(20 * most)


def equivalents() -> dict[str, dict[tuple[str, str, str], str]]:
    """Per module, function, before and after: why the change changes nothing."""
    found: dict[str, dict[tuple[str, str, str], str]] = defaultdict(dict)
    with EQUIVALENTS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found[row["module"]][row["function"], row["before"], row["after"]] = row["why"]
    return found


def measure(name: str, function: str) -> Run:
    """Run all changes of a module, or of one function, each in a process of its own."""
    run, owner, out = Run(name, function), os.getpid(), io.StringIO()
    files = [str(ROOT / name), *(str(ROOT / "tests" / f"test_{test}.py") for test in TARGETS[name])]
    with tempfile.TemporaryDirectory() as room:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = room
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = pytest.main([*_ARGUMENTS, *files], plugins=[run])
        if os.getpid() != owner:
            if run.calls:
                with os.fdopen(run.answer, "wb") as answer:
                    pickle.dump((dict(run.calls.called), dict(run.calls.seconds)), answer)
                if code:
                    print(out.getvalue(), file=sys.__stderr__, flush=True)
            os._exit(int(code))
    if code:
        sys.exit(f"{name}: its tests fail without any change, or cannot be collected\n{out.getvalue()}")
    return run


def keep(run: Run) -> None:
    """Put the numbers of a module into results.csv, in the order of TARGETS."""
    with RESULTS.open(encoding="utf-8", newline="") as file:
        rows = {row["module"]: row for row in csv.DictReader(file)}
    rows[run.name] = {"module": run.name, **{name: str(number) for name, number in run.numbers().items()}}
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[run.name]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name] for name in TARGETS if name in rows)


def main() -> int:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("CHUHAI_DATA", None)
    missed = 0
    for wanted in sys.argv[1:] or TARGETS:
        name, _, function = wanted.partition("::")
        start = time.monotonic()
        run = measure(name, function)
        if not function:
            keep(run)
        numbers = ", ".join(f"{number} {words}" for words, number in run.numbers().items())
        print(f"{wanted}: {numbers}, {time.monotonic() - start:.0f} s", flush=True)
        missed += len(run.passed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
