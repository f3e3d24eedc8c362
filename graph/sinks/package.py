"""A folder of files with a datapackage.json that says what they are and hold (Data Package, version 2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from graph.errors import UsageError
from graph.sinks.about import About
from graph.sinks.tables import Column, Sheet
from ontology import in_language, vocabulary

PACKAGE = "datapackage.json"
LISTS = "The values of a list are joined by |; a \\ stands before each | and \\ of a value."
"""How CSV has a list, in words."""


def check_place(folder: Path) -> None:
    """Whether an export may stand there: what it would replace must be an export, with no file of others in it.

    Raises:
        UsageError: naming the first file of others, or the path if it is no folder.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is a file of that name; name a folder")
    try:
        known = {PACKAGE, *(each["path"] for each in json.loads((folder / PACKAGE).read_bytes())["resources"])}
    except (OSError, ValueError, LookupError, TypeError):
        known = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            raise UsageError(f"{path}: no export wrote this, so the folder is not replaced; name another folder")


def describe(folder: Path, about: About, resources: Iterable[dict[str, Any]], notes: Iterable[str] = ()) -> None:
    """Write the description of a folder whose files stand in it.

    Args:
        folder: that was written.
        about: what the export says of itself; what limits it stands under "partOf" and "selection".
        resources: of each file its name and path, and what else there is to say.
        notes: how values are written, in words.
    """
    title = in_language(about.title, about.language)
    said: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "chuhai",
        "title": title,
        "id": about.iri,
        "version": about.version,
        "description": "\n\n".join(["\n".join(about.lines()), *notes]),
        "licenses": [{"path": about.licence}] if about.licence else [],
    }
    if about.limits:
        said["title"] = f"{title} ({about.part()})".strip()
        said |= {"id": about.name(), "partOf": about.iri, "selection": list(about.limits)}
    found = {name: value for name, value in said.items() if value}
    found["resources"] = [resource | _measured(folder / resource["path"]) for resource in resources]
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(text + "\n", encoding="utf-8")


def _measured(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "hash": f"sha256:{file_digest(file, 'sha256').hexdigest()}"}


def resource(sheet: Sheet, form: str, every: Iterable[Sheet]) -> dict[str, Any]:
    """A table as a resource: its fields, its key, and which of them name rows of which other table."""
    cls = vocabulary().classes[sheet.type]
    schema = {
        "fields": [_field(column, form) for column in sheet.columns],
        "missingValues": [""],
        "primaryKey": ["id"],
        "foreignKeys": list(_keys(sheet, {each.type: each.name for each in every})),
    }
    found = {
        "name": sheet.name,
        "path": f"{sheet.name}.{form}",
        "title": cls.label["en"],
        "description": cls.definition["en"],
        "type": "table",
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
        "schema": {name: value for name, value in schema.items() if value},
    }
    return found | ({"encoding": "utf-8"} if form == "csv" else {})


def _field(column: Column, form: str) -> dict[str, Any]:
    is_text = column.many and form == "csv"
    kind = "array" if column.many and not is_text else {"decimal": "number"}.get(column.kind, column.kind)
    said = {
        "name": column.name,
        "type": "string" if is_text else kind,
        "description": f"{column.meaning} {LISTS if is_text else ''}".strip(),
        "rdfType": column.predicate,
    }
    return {name: value for name, value in said.items() if value}


def _keys(sheet: Sheet, tables: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Which columns name things: those are in every export, while what is told of them may be left out of one."""
    from graph.sinks.part import kinds

    for column in sheet.columns:
        (target,) = column.targets if len(column.targets) == 1 else ("",)
        if target in tables and not column.many and (target in kinds() or target == "Source"):
            resource = "" if tables[target] == sheet.name else tables[target]
            yield {"fields": [column.name], "reference": {"resource": resource, "fields": ["id"]}}
