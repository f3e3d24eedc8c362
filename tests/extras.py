"""Which tests need which extra of the package, so that those of the core pass where nothing else is installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

import pytest

_PROBES = {
    "docs": "sphinx", "explorer": "pyvis", "networks": "igraph", "notebook": "pandas", "rdflib": "rdflib",
    "report": "jinja2", "serve": "starlette", "store": "httpx", "tables": "pyarrow",
}  # fmt: skip
"""A module that each extra brings."""

_NEEDS = {
    "docs": ("docs",),
    "explorer": ("explorer_page", "gather", "map"),
    "networks": (
        "claims", "claims_told", "completion", "contradicted", "contradictions", "criteria", "flow_rows",
        "flows", "kernels", "markets", "measured", "measures", "migration", "movement", "moves", "network_files",
        "networks", "overseas", "places", "relocation", "resampling", "seats", "seen", "series", "ties",
    ),
    "notebook": ("notebook",),
    "rdflib": ("binder", "checks", "description", "export", "export_rdf", "queries"),
    "report": ("charts", "report", "report_browser", "report_files"),
    "serve": (
        "behind", "bounds", "chinese", "connections", "editor", "faults", "live", "openapi", "pages", "parts",
        "protocol", "reconciliation", "service", "workers",
    ),
    "store": ("client", "stores"),
    "tables": ("bringing", "export_tables", "known", "linkage", "mappings", "tables"),
}  # fmt: skip
"""Files of tests that need an extra as a whole, by the extra."""

_COMMANDS = {
    "claims": "networks", "explore": "explorer", "network": "networks", "overseas": "networks", "rankings": "networks",
    "report": "report",
}  # fmt: skip
"""Commands that need an extra, by which tests that are given them as parameters need it too."""


def is_missing(extra: str) -> bool:
    """Whether an extra is not installed."""
    return find_spec(_PROBES[extra]) is None


def left_out() -> dict[str, list[str]]:
    """The files of tests that are not collected here, by the extra that is not installed."""
    return {extra: [f"test_{name}.py" for name in names] for extra, names in _NEEDS.items() if is_missing(extra)}


def of_parameters(values: Iterable[object]) -> str | None:
    """The extra that a command among the parameters of a test needs."""
    for value in values:
        words = value.removeprefix("chuhai ").split() if isinstance(value, str) else value
        if isinstance(words, (list, tuple)) and words and isinstance(words[0], str):
            if words[0] in _COMMANDS:
                return _COMMANDS[words[0]]
            if any(str(word).endswith((".gexf", ".graphml")) for word in words):
                return "networks"
    return None


def needs(extra: str) -> pytest.MarkDecorator:
    """Mark a test, or one of its parameters, that needs an extra where its file does not."""
    return pytest.mark.skipif(is_missing(extra), reason=f"chuhai[{extra}] is not installed")
