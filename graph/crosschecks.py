"""Checks across facts and imports, once all is said: one class for each node, and nothing told of that is not there.

The facts were checked as a whole when they were loaded; the statements of an import when it was made, and the facts may
have changed since. So what does not fit any more of an import is left out, and kept on record; the facts stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

from graph.errors import DataError, Finding
from graph.imports import LeftOut
from graph.index import Index
from ontology import ID, compact

_CONFLICTS = """
SELECT about, iri, json_extract(said, '$.aboutType') AS type FROM statements
WHERE type > '' AND about IN (
    SELECT about FROM statements GROUP BY about
    HAVING count(*) > 1 AND count(DISTINCT nullif(json_extract(said, '$.aboutType'), '')) > 1
) ORDER BY about, iri
"""
_KIND = f"substr(thing, {len(ID) + 1}, instr(substr(thing, {len(ID) + 1}), '/') - 1)"
_MISSING = f"""
SELECT statement, thing FROM (SELECT thing, statement FROM mentions UNION ALL SELECT about, iri FROM statements)
WHERE NOT EXISTS (SELECT 1 FROM register WHERE iri = thing)
AND ({_KIND} IN (SELECT value FROM json_each(?)) OR NOT EXISTS (SELECT 1 FROM statements WHERE about = thing))
"""


def check(index: Index, origin: Mapping[str, tuple[str, int, str]], imports: bool) -> None:
    """Leave out what of the imports does not fit.

    Args:
        index: in which all is told.
        origin: file, line and key of the facts' statements, by IRI.
        imports: whether there are any.

    Raises:
        DataError: if the facts take one node for several classes.
    """
    findings: list[Finding] = []
    wrong: list[LeftOut] = []

    def is_imported(statement: str) -> bool:
        return statement not in origin

    rows = index.connection.execute(_CONFLICTS).fetchall()
    for about, group in groupby(rows, itemgetter(0)):
        (first, kept), *others = sorted(
            ((iri, type_name) for _, iri, type_name in group), key=lambda s: (is_imported(s[0]), s)
        )
        for iri, type_name in others:
            if type_name == kept:
                continue
            problem = f"'{compact(about)}' is a {type_name} here and a {kept} in {compact(first)}"
            if is_imported(iri):
                wrong.append(LeftOut(iri, problem))
            else:
                findings.append(Finding(*origin[iri], problem, "use one type, or another slug"))
    if findings:
        raise DataError(findings)
    while imports:
        index.leave_out(wrong)
        missing = index.connection.execute(_MISSING, (index.kinds,)).fetchall()
        wrong = [
            LeftOut(statement, f"'{compact(thing)}' is not there any more")
            for statement, thing in sorted(missing)
            if is_imported(statement)
        ]
        if not wrong:
            return
