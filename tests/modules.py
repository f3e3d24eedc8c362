"""The modules of the project, and what each of them imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    _name(path): path
    for path in (*ROOT.glob("graph/**/*.py"), *ROOT.glob("ontology/*.py"), *ROOT.glob("queries/*.py"), ROOT / "cli.py")
}
"""The file of each module, by its name."""


def _imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """What a module imports, also late; not for types alone, nor to show an object in a notebook."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.FunctionDef) and child.name == "_repr_html_":
            continue
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        yield from _imports(child)


def _needed(name: str) -> set[str]:
    found: set[str] = set()
    for node in _imports(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {each if each in MODULES else str(node.module) for each in whole}
    return (found & MODULES.keys()) - {name}


NEEDED = {name: _needed(name) for name in MODULES}
"""The modules that each module imports."""
