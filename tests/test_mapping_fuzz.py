"""Whatever stands in a mapping, and whatever in a row: findings and reasons, and no traceback."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables import HEAD

from graph.errors import ChuhaiError
from graph.sources.cells import CellError
from graph.sources.mapping import DOCUMENT, TABLE, THING, TOP, read
from graph.sources.rows import Rows
from graph.sources.tables import Row

_KEYS = (
    *(*TOP, *TABLE, *THING, *DOCUMENT),
    *(
        "name",
        "about",
        "type",
        "organization",
        "amount",
        "when",
        "since",
        "place",
        "role",
        "paraphrase",
        "in",
        "require",
    ),
    *("column", "text", "as", "map", "default", "separator", "currency", "precision", "within", "unknown", "is", "not"),
)
_TEXTS = st.sampled_from(
    (
        *(
            "a",
            "{a}",
            "{a}, {b}",
            "organization/{prefix}-{a}",
            "event/{prefix}-{a}",
            "{",
            "}",
            "{}",
            "{{a}}",
            "",
            "true",
        ),
        *("Membership", "FundingRound", "Ranking", "date", "amount", "place", "person", "coarse", "1950", "leave-out"),
    )
)
_VALUES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=6,
)
_ENTRIES = st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=6), max_size=2)
_CELLS = st.one_of(
    *(st.text(max_size=8), st.none(), st.floats(), st.integers(), st.booleans()),
    *(
        st.lists(st.text(max_size=3), max_size=2),
        st.lists(st.dictionaries(st.text(max_size=2), st.integers()), max_size=2),
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statement=st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5),
    other=st.dictionaries(st.sampled_from(TOP), _VALUES | _ENTRIES, max_size=3),
    cells=st.dictionaries(st.sampled_from(("a", "b", "a.b")), _CELLS),
)
def test_no_mapping_and_no_row_break_the_reading(
    tmp_path: Path, statement: dict[str, Any], other: dict[str, Any], cells: dict[str, Any]
) -> None:
    path = tmp_path / "mine.yaml"
    fixed = {"name": "s", "about": "event/{prefix}-{a}", "type": "FundingRound"}
    whole = {"prefix": "t", "source": HEAD, "statements": [{**fixed, **statement}], **other}
    path.write_text(json.dumps(whole), encoding="utf-8")
    with suppress(ChuhaiError):
        rows = Rows(read(str(path)), "mine")
        with suppress(CellError):
            rows.first(rows.mapping.head)
        with suppress(CellError):
            rows.given(Row(1, cells))
