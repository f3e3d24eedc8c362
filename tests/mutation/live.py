"""Code of a module that is already imported: which tests call it, and how it is replaced where it is."""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest


class Calls:
    """A plugin that notes per test and fixture the functions of a file that it calls, and its seconds."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.called = defaultdict[str, set[str]](set)
        self.seconds = defaultdict[str, float](float)
        self._now: list[set[str]] = []

    def _trace(self, frame: FrameType, event: str, arg: object) -> None:
        if frame.f_code.co_filename == self.path:
            self._now[-1].add(outermost(frame.f_code.co_qualname))

    @contextlib.contextmanager
    def _noting(self, name: str) -> Iterator[None]:
        self._now.append(set())
        start = time.process_time()
        yield
        self.seconds[name] += time.process_time() - start
        self.called[name] |= self._now.pop()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        with self._noting(fixturedef.argname):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        forget(self.path)
        with self._noting(item.nodeid):
            sys.settrace(self._trace)
            try:
                return (yield)
            finally:
                sys.settrace(None)


def outermost(function: str) -> str:
    """The function or method in which a function was made."""
    return function.partition(".<locals>")[0]


def put(path: str, changed: CodeType) -> None:
    """Let every function of a file run the code that a changed module gives it, wherever the function is held."""
    new = {(code.co_qualname, code.co_firstlineno): code for code in _codes(changed)}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == path:
            code = new[each.__code__.co_qualname, each.__code__.co_firstlineno]
            if code != each.__code__:
                each.__code__ = code
    forget(path)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def forget(path: str) -> None:
    """Empty the caches of a file's functions."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            wrapped = each.__wrapped__
            if isinstance(wrapped, FunctionType) and wrapped.__code__.co_filename == path:
                each.cache_clear()
