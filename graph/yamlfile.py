"""Reads one YAML file as plain text values that remember their lines.

Every scalar stays a string, so that `2025-06` or `no` means what was written. Repeated keys, anchors,
aliases and oversized files are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from graph import limits
from graph.errors import DataError, Finding

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
    try:
        if path.stat().st_size > limits.FACT_FILE_BYTES:
            raise _error(name, 0, "the file is too large", f"keep it under {limits.FACT_FILE_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8")
        node = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        raise _error(name, 0, f"not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = f"malformed YAML, {error.problem or 'unreadable'}"
        raise _error(name, line, problem, "check indentation, quotes and colons there") from None
    except (yaml.YAMLError, ValueError) as error:
        problem = f"malformed YAML, {str(error).splitlines()[0]}"
        raise _error(name, 0, problem, "remove the characters it names") from None
    except OSError as error:
        raise _error(name, 0, f"cannot be read ({error.strerror})", "check the path and its rights") from None
    if not isinstance(node, yaml.MappingNode):
        raise _error(name, 1, "no mapping at the top", "begin with 'source:' or 'things:'")
    record = _convert(node, name, set())
    assert isinstance(record, Record)
    return record


def _convert(node: yaml.Node, name: str, seen: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise _error(name, line, "anchors and aliases are not allowed", "write the value out")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, name, seen) for item in node.value]
    record = Record(line)
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _error(name, key_line, "a key that is no plain word", "write 'key: value'")
        key = key_node.value
        if key in record:
            raise _error(name, key_line, f"the key '{key}' stands twice", "keep one of them")
        record.lines[key] = key_line
        record[key] = _convert(value_node, name, seen)
    return record


def _error(name: str, line: int, problem: str, remedy: str) -> DataError:
    return DataError([Finding(name, line, "", problem, remedy)])
