"""Reads one YAML file as plain text values that remember their lines.

Every scalar stays a string, so that `2025-06` or `no` means what was written. Repeated keys, anchors,
aliases, deep nesting and oversized files are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from graph import limits
from graph.errors import DataError, Finding

_TOO_DEEP = ("nested too deep", f"keep within {limits.FACT_FILE_DEPTH} levels")


class Record(dict[str, Any]):
    """A mapping that knows the line (from 1) of itself and of each of its keys."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def read(path: Path, name: str) -> Record:
    """Read a YAML file whose top level is a mapping.

    Args:
        path: the file.
        name: how findings call it.

    Returns:
        The mapping; values are strings, lists and further Records.

    Raises:
        DataError: with one finding, if the file cannot be read as such.
    """
    import yaml  # late, here and below: an answer from a built store reads no YAML

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if path.stat().st_size > limits.FACT_FILE_BYTES:
            raise _error(name, 0, "the file is too large", f"keep it under {limits.FACT_FILE_BYTES:,} bytes")
        data = path.read_bytes()
        return _document(yaml.parse(data.decode("utf-8"), Loader=loader), name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(name, line, f"not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        if "nesting depth" in (error.problem or ""):  # a bound of libyaml's own, met as it reads ahead
            raise _error(name, line, *_TOO_DEEP) from None
        problem = f"malformed YAML, {error.problem or 'unreadable'}"
        raise _error(name, line, problem, "check indentation, quotes and colons there") from None
    except (yaml.YAMLError, ValueError) as error:
        line = data.count(b"\n", 0, getattr(error, "position", 0)) + 1
        problem = f"malformed YAML, {str(error).splitlines()[0]}"
        raise _error(name, line, problem, "remove the characters it names") from None
    except OSError as error:
        raise _error(name, 0, f"cannot be read ({error.strerror})", "check the path and its rights") from None


def _document(events: Iterator[Any], name: str) -> Record:
    """The one document of a stream. Events instead of composed nodes: composing recurses without a limit."""
    import yaml

    found = None
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent) and found is not None:
            raise _error(name, line, "a second document in the file", "remove the '---' between them")
        if not isinstance(event, yaml.NodeEvent):
            continue
        if not isinstance(event, yaml.MappingStartEvent):
            break
        found = _value(event, events, name, 1)
    if not isinstance(found, Record):
        raise _error(name, 1, "no mapping at the top", "begin with 'source:' or 'things:'")
    return found


def _value(event: Any, events: Iterator[Any], name: str, depth: int) -> Any:
    import yaml

    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _error(name, line, "anchors and aliases are not allowed", "write the value out")
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if depth > limits.FACT_FILE_DEPTH:
        raise _error(name, line, *_TOO_DEEP)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events, name, depth + 1) for item in _until(yaml.SequenceEndEvent, events)]
    record = Record(line)
    for key_event in _until(yaml.MappingEndEvent, events):
        key_line = key_event.start_mark.line + 1
        key = _value(key_event, events, name, depth + 1)
        if not isinstance(key, str):
            raise _error(name, key_line, "a key that is no plain word", "write 'key: value'")
        if key in record:
            raise _error(name, key_line, f"the key '{key}' stands twice", "keep one of them")
        record.lines[key] = key_line
        record[key] = _value(next(events), events, name, depth + 1)
    return record


def _until(end: type[Any], events: Iterator[Any]) -> Iterator[Any]:
    return takewhile(lambda event: not isinstance(event, end), events)


def _error(name: str, line: int, problem: str, remedy: str) -> DataError:
    return DataError([Finding(name, line, "", problem, remedy)])
