"""Every operation of /api in one table: it routes and checks requests, and describes itself in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import queries
from graph import limits
from graph.errors import UsageError
from graph.server import api, schemas
from graph.server.worker import Job

_OPENAPI_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


class Parameter(NamedTuple):
    """A parameter of a request: its name, what it means, its type, what stands in for it, and its bounds."""

    name: str
    meaning: str
    type: str = "string"
    default: Any = None
    required: bool = False
    least: int = 0
    most: int = 1_000_000
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> Any:
        """The value that a text stands for; raises UsageError if it stands for none."""
        if self.choices and text not in self.choices:
            raise UsageError(f"'{self.name}' is one of {', '.join(self.choices)}, not '{text}'")
        if self.type == "boolean":
            if text not in ("true", "false"):
                raise UsageError(f"'{self.name}' is true or false, not '{text}'")
            return text == "true"
        if self.type == "integer":
            if not (text.isascii() and text.isdigit() and len(text) < 10 and self.least <= int(text) <= self.most):
                raise UsageError(f"'{self.name}' is a whole number from {self.least} to {self.most:,}, not '{text}'")
            return int(text)
        return text

    def described(self) -> dict[str, Any]:
        """The parameter in OpenAPI."""
        schema: dict[str, Any] = {"type": self.type}
        if self.type == "integer":
            schema |= {"minimum": self.least, "maximum": self.most}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.default is not None:
            schema["default"] = self.default
        found = {"name": self.name, "in": "query", "description": self.meaning, "schema": schema}
        return found | ({"required": True} if self.required else {})


class Operation(NamedTuple):
    """What is answered under /api/ and a path, by which job."""

    path: str
    job: Job
    meaning: str
    parameters: tuple[Parameter, ...] = ()


WHEN = (
    Parameter("lang", "Language of labels and words.", default="en", choices=("en", "zh")),
    Parameter("as_of", "What held on that day, month or year."),
    Parameter("known_by", "By documents published by then."),
)
"""Parameters of every operation."""

_NAME = Parameter("name", "A name in any script, or kind/slug.", required=True)
_LIMIT = Parameter("limit", "How many at most.", "integer", 50, least=1, most=limits.SERVE_LISTED)

OPERATIONS = (
    Operation("search", api.search, "Things by their names", (
        Parameter("q", "A name in any script, or its beginning.", required=True),
        Parameter("kind", "Only things of this kind, such as organization."), _LIMIT,
    )),
    Operation("profile", api.look_up, "What is known of a thing, and who says so", (_NAME,)),
    Operation("neighbours", api.neighbours, "What is joined to a thing, and how many there are", (
        _NAME, _LIMIT, Parameter("offset", "How many to pass over.", "integer", 0),
    )),
    Operation("path", api.path, "The shortest paths between two things", (
        Parameter("start", "A name.", required=True), Parameter("end", "Another name.", required=True),
        Parameter("steps", "How long a path may be.", "integer", 4, least=1, most=8),
        Parameter("count", "How many paths.", "integer", 3, least=1, most=50),
        Parameter("hubs", "Also through places, rankings and criteria.", "boolean", False),
    )),
    Operation("queries", api.catalogue, "The named queries"),
)  # fmt: skip


def arguments(
    parameters: Sequence[Parameter], given: Sequence[tuple[str, str]], own: Sequence[str] | None = ()
) -> tuple[dict[str, str], dict[str, Any]]:
    """The moment and language of a request, and its other arguments, checked.

    Args:
        parameters: of the operation, beside WHEN.
        given: the fields of the request.
        own: names that are let through as they are.

    Raises:
        UsageError: for what is unknown, missing, given twice or wrong.
    """
    known = {p.name: p for p in (*WHEN, *parameters)}
    read: dict[str, Any] = {}
    for name, text in given:
        if name in read:
            raise UsageError(f"'{name}' is given twice")
        if name in known:
            read[name] = known[name].read(text)
        elif own and name in own:
            read[name] = text
        else:
            raise UsageError(f"there is no parameter '{name}'; there are {', '.join([*known, *(own or ())])}")
    for parameter in parameters:
        if parameter.required and not read.get(parameter.name):
            raise UsageError(f"the parameter '{parameter.name}' is missing")
    when = {p.name: read.pop(p.name) for p in WHEN if p.name in read}
    return when, read


def openapi(version: str) -> Mapping[str, Any]:
    """The description of /api in OpenAPI 3.1; the operations for named queries are made from the catalogue."""
    found = [*OPERATIONS, *(_of_query(query) for query in queries.catalogue().values())]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chuhai", "version": version},
        "paths": {f"/api/{o.path}": {"get": _described(o)} for o in found},
    }


def _of_query(query: queries.NamedQuery) -> Operation:
    given = tuple(
        Parameter(p.name, p.type, _OPENAPI_TYPES.get(p.type, "string"), query.defaults.get(p.name),
                  required=p.name not in query.defaults)
        for p in query.parameters
    )  # fmt: skip
    return Operation(f"queries/{query.name}", api.named_query, query.summary, given)


def _described(operation: Operation) -> dict[str, Any]:
    of_query = operation.path.startswith("queries/")
    schema = schemas.TABLE if of_query else schemas.ANSWERS[operation.path]
    refusal = {"content": {"application/problem+json": {"schema": schemas.PROBLEM}}}
    codes = {"300": "several things have that name", "400": "the request is wrong", "404": "nothing has that name",
             "413": "the answer is too large", "414": "the address is too long",
             "500": "the request failed, or took too much memory", "502": "the store behind the server failed",
             "503": "too many requests; come again", "504": "the request took too long"}  # fmt: skip
    answers: dict[str, Any] = {code: {"description": words, **refusal} for code, words in codes.items()}
    answers["200"] = {"description": "the answer", "content": {"application/json": {"schema": schema}}}
    answers["304"] = {"description": "as before"}
    return {
        "operationId": operation.path.replace("/", "-"),
        "summary": operation.meaning,
        "parameters": [p.described() for p in (*operation.parameters, *WHEN)],
        "responses": dict(sorted(answers.items())),
    }
