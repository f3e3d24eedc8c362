"""Puts parameters into a query: a token is replaced by the escaped term, the same way for every engine.

A parameter is a variable named in the grlc convention, `?_name_type`: `?_organization_iri`,
`?_year_integer`, `?_since_date`, `?_text_string`, `?_share_number`, `?_open_boolean`. Tokens inside
strings, IRIs and comments are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import UsageError
from ontology import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    Term = NamedNode | Literal

TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|\#[^\n]*"
    r"|[?$](?P<variable>_\w+)",
    re.DOTALL,
)
"""Strings, IRIs and comments of a query, within which nothing else is meant; and parameters."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query: the token as it stands, its name and its type."""

    token: str
    name: str
    type: str


def parameters(text: str) -> list[Parameter]:
    """The parameters that a query text uses, in order of first use.

    Raises:
        UsageError: if a token names no known type.
    """
    found: dict[str, Parameter] = {}
    for match in TOKENS.finditer(text):
        token = match["variable"]
        if token:
            name, _, kind = token[1:].rpartition("_")
            if not name or kind not in TYPES:
                raise UsageError(f"the parameter ?{token} has no type; end its name with one of {', '.join(TYPES)}")
            found[token] = Parameter(token, name, kind)
    return list(found.values())


def bind(text: str, values: Mapping[str, Term]) -> str:
    """Replace every parameter token by its term.

    Args:
        text: a query.
        values: terms by parameter name; each parameter of the text has one.

    Returns:
        The query without parameters.

    Raises:
        UsageError: if a value is missing.
    """
    tokens = {p.token: p for p in parameters(text)}

    def replace(match: re.Match[str]) -> str:
        token = match["variable"]
        if not token:
            return match[0]
        parameter = tokens[token]
        if parameter.name not in values:
            raise UsageError(f"the parameter '{parameter.name}' is missing; give {parameter.name}=…")
        return str(values[parameter.name])

    return TOKENS.sub(replace, text)


def words(text: str) -> str:
    """The keywords, names and signs of a query: its text without strings, IRIs and comments."""
    return TOKENS.sub(lambda match: match[0] if match["variable"] else " ", text)


def iri(text: str) -> NamedNode:
    """An absolute IRI as a term; raises ValueError for anything that is none."""
    if not _IRI.fullmatch(text):
        raise ValueError(f"'{text}' is no absolute IRI")
    from pyoxigraph import NamedNode

    return NamedNode(text)


def _typed(name: str, pattern: str, example: str) -> Callable[[str], Term]:
    def convert(text: str) -> Term:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(f"'{text}' is no {name}, such as {example}")
        return _literal(text, name)

    return convert


def _day(text: str) -> Term:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no day, such as 2025-06-18") from None
    return _literal(day.isoformat(), "date")


def _string(text: str) -> Literal:
    return _literal(text, "string")


def _literal(text: str, datatype: str) -> Literal:
    from pyoxigraph import Literal, NamedNode

    return Literal(text, datatype=NamedNode(_XSD + datatype))


TYPES: dict[str, Callable[[str], Term]] = {
    "iri": iri,
    "string": _string,
    "integer": _typed("integer", r"[+-]?\d{1,18}", "2025"),
    "number": _typed("decimal", r"[+-]?\d{1,18}(\.\d{1,18})?", "0.5"),
    "date": _day,
    "boolean": _typed("boolean", "true|false", "true"),
}
"""How the text of a parameter becomes a term, by the type in its name; each raises ValueError."""
