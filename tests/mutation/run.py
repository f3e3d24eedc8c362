"""Which wrong changes of a module its tests let pass.

    python tests/mutation/run.py [module …]

Prints what no test notices and equivalents.csv does not explain, and exits with 1 if there is any. The tests of a
module are collected once. Each change is then made in a process forked from there: the code of the functions
concerned is replaced where they are, so that nothing is imported anew, and only those tests run that call one of
them, the quickest first, until one fails. A change is noticed too when the tests take far longer than without it.
"""

from __future__ import annotations

import contextlib
import csv
import importlib
import io
import os
import pickle
import resource
import shutil
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

EQUIVALENTS = Path(__file__).with_name("equivalents.csv")
"""Changes that change nothing that anyone can see: module, function, before, after, and why."""

Tests = dict[str, list[tuple[float, pytest.Item]]]
"""Per function the tests that call it and what each costs."""


class Run:
    """A plugin in whose stead of a run of tests stand the runs of all changes of a module."""

    def __init__(self, name: str) -> None:
        self.name, self.path = name, str(ROOT / name)
        importlib.import_module(name.removesuffix(".py").replace("/", "."))
        known = equivalents().get(name, {})
        every = list(changes(Path(self.path)))
        self.count = len(every)
        self.wanted = [change for change in every if (change.function, change.before, change.after) not in known]
        self.passed: list[Change] = []
        self.calls: Calls | None = None
        self.folder = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """True when all is done; None in a process that goes on to run tests itself.

        Changes of what fixtures of the session call are made first; for the others these fixtures are set up once.
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
            called, seconds, shared = pickle.load(answer)
        tests = _tests(session.items, called, seconds)
        early = set[str]().union(*(called[name] for name in shared))
        running: dict[int, Change] = {}
        for change in sorted(self.wanted, key=lambda change: outermost(change.function) not in early):
            function = outermost(change.function)
            if function not in tests:
                self._pass(change)
                continue
            if function not in early and shared:
                _set_up(session, shared)
                shared = set()
            if len(running) == (os.cpu_count() or 1):
                self._wait(running)
            process = os.fork()
            if process == 0:
                session.items = [item for _, item in tests[function]]
                session.config.option.maxfail = 1
                _limit(3 * sum(cost for cost, _ in tests[function]) + SPARE)
                put(self.path, change.code)
                self.folder = _own_data()
                return None
            running[process] = change
        while running:
            self._wait(running)
        return True

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
    """Per function the tests that call it, the quickest first."""
    found: Tests = defaultdict(list)
    for item in items:
        names = [item.nodeid, *getattr(item, "fixturenames", ())]
        cost = sum(seconds.get(name, 0) for name in names)
        for function in set().union(*(called.get(name, ()) for name in names)):
            found[function].append((cost, item))
    for several in found.values():
        several.sort(key=lambda pair: (pair[0], pair[1].nodeid))
    return found


def _set_up(session: pytest.Session, fixtures: set[str]) -> None:
    """Run one test for each fixture of the session; what belongs to the session stays."""
    left = set(fixtures)
    for item in session.items:
        if own := left.intersection(getattr(item, "fixturenames", ())):
            left -= own
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=session)


def _own_data() -> str:
    """A copy of the data folder, so that no process builds what another one reads."""
    if "CHUHAI_DATA" not in os.environ:
        return ""
    copy = tempfile.mkdtemp(dir=os.environ["PYTEST_DEBUG_TEMPROOT"])
    shutil.copytree(os.environ["CHUHAI_DATA"], copy, dirs_exist_ok=True)
    os.environ["CHUHAI_DATA"] = copy
    return copy


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


def measure(name: str, tests: tuple[str, ...]) -> Run:
    """Run all changes of a module, each in a process of its own."""
    run, owner, out = Run(name), os.getpid(), io.StringIO()
    files = [str(ROOT / name), *(str(ROOT / "tests" / f"test_{test}.py") for test in tests)]
    with tempfile.TemporaryDirectory() as room:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = room
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = pytest.main(["-s", "-p", "no:cacheprovider", *files], plugins=[run])
        if os.getpid() != owner:
            if run.calls:
                with os.fdopen(run.answer, "wb") as answer:
                    pickle.dump((dict(run.calls.called), dict(run.calls.seconds), run.calls.shared), answer)
                if code:
                    print(out.getvalue(), file=sys.__stderr__, flush=True)
            shutil.rmtree(run.folder, ignore_errors=True)
            os._exit(int(code))
    if code:
        sys.exit(f"{name}: its tests fail without any change, or cannot be collected\n{out.getvalue()}")
    return run


def main() -> int:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("CHUHAI_DATA", None)
    names, missed = sys.argv[1:] or list(TARGETS), 0
    for name in names:
        start = time.monotonic()
        run = measure(name, TARGETS[name])
        passed, explained = len(run.passed), run.count - len(run.wanted)
        noticed = run.count - explained - passed
        print(f"{name}: {run.count} changes, {noticed} noticed, {explained} equivalent, {passed} not noticed", end=" ")
        print(f"in {time.monotonic() - start:.0f} s", flush=True)
        missed += passed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
