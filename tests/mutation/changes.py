"""Small wrong changes of a module: one at a time, in the bodies of its functions."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import NamedTuple, cast

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr,
}  # fmt: skip
_CALLED = {"sorted": "list", "min": "max", "max": "min", "any": "all", "all": "any"}


class Change(NamedTuple):
    """One wrong change: the function that it stands in, its line, the words before and after, and the code to run.

    `before` is numbered where a function has the same words more than once, so that function, before and after
    name a change whatever is added above it.
    """

    function: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def key(self) -> tuple[str, str, str]:
        """What names a change in its module."""
        return self.function, self.before, self.after


def changes(path: Path) -> Iterator[Change]:
    """Every change of a module: comparisons and operators turned into their neighbours; parts of conditions left out;
    conditions held to be true and to be false; numbers one more; strings empty; statements, keyword arguments and the
    order of `sorted` left out; least for most and any for all.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    met = Counter[tuple[str, str, str]]()
    for function, node, field, place in list(_places(tree, "", False)):
        held = getattr(node, field)
        old = held if place is None else held[place]
        for new in _instead(node, field, old):
            _put(node, field, place, new)
            before, after = _words(old), _words(new)
            met[function, before, after] += 1
            number = met[function, before, after]
            code = compile(ast.fix_missing_locations(tree), str(path), "exec")
            yield Change(function, old.lineno, before + (f" #{number}" if number > 1 else ""), after, code)
            _put(node, field, place, old)


def _places(node: ast.AST, function: str, inside: bool) -> Iterator[tuple[str, ast.AST, str, int | None]]:
    """Where a node hangs that may be changed: the function, the parent, the field and the place in the field."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns") or (isinstance(node, _SCOPES) and field != "body"):
            continue  # what is read once, when the module is imported
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.keyword) and child.arg == "strict":
                continue  # an invariant is said twice
            if not isinstance(child, ast.AST) or (
                isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            ):
                continue
            if inside:
                yield function, node, field, place
            if isinstance(child, _SCOPES):
                own = f"{function}{'.<locals>' if inside else ''}.{getattr(child, 'name', '<lambda>')}".strip(".")
                yield from _places(child, own, inside or not isinstance(child, ast.ClassDef))
            else:
                yield from _places(child, function, inside)


_SCOPES = (ast.FunctionDef, ast.ClassDef, ast.Lambda)


def _instead(parent: ast.AST, field: str, node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    if field in ("test", "ifs"):
        yield from (ast.copy_location(ast.Constant(held), cast(ast.expr, node)) for held in _held(parent))
    match node:
        case ast.Compare(left, [op, *ops], right):
            yield ast.copy_location(ast.Compare(left, [_COMPARED[type(op)](), *ops], right), node)
            if ops:
                yield ast.copy_location(ast.Compare(left, [op, *(_COMPARED[type(o)]() for o in ops)], right), node)
        case ast.BinOp(left, op, right) if type(op) in _COUNTED and not _joins(node):
            yield ast.copy_location(ast.BinOp(left, _COUNTED[type(op)](), right), node)
        case ast.AugAssign(target, op, value) if type(op) in _COUNTED:
            yield ast.copy_location(ast.AugAssign(target, _COUNTED[type(op)](), value), node)
        case ast.BoolOp(op, values):
            for number in range(len(values)):
                rest = values[:number] + values[number + 1 :]
                yield ast.copy_location(ast.BoolOp(op, rest) if len(rest) > 1 else rest[0], node)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield operand
        case ast.Constant(bool() as value):
            yield ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(int() | float() as value):
            yield ast.copy_location(ast.Constant(value + 1), node)
        case ast.Constant(str() as value) if value and not isinstance(parent, ast.JoinedStr):
            yield ast.copy_location(ast.Constant(""), node)
        case ast.Expr(ast.Call()) | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.copy_location(ast.Pass(), node)
        case ast.Call(ast.Name(name), args, keywords) if name in _CALLED and not (name == "sorted" and keywords):
            yield ast.copy_location(ast.Call(ast.Name(_CALLED[name], ast.Load()), args, keywords), node)
    if isinstance(node, ast.Call):
        for number in (n for n, keyword in enumerate(node.keywords) if keyword.arg != "strict"):
            fewer = node.keywords[:number] + node.keywords[number + 1 :]
            yield ast.copy_location(ast.Call(node.func, node.args, fewer), node)


def _held(parent: ast.AST) -> tuple[bool, ...]:
    """A loop that never ends and a filter that keeps nothing say little."""
    return (
        (False,)
        if isinstance(parent, ast.While)
        else (True,)
        if isinstance(parent, ast.comprehension)
        else (True, False)
    )


def _joins(node: ast.BinOp) -> bool:
    """Whether it joins or fills strings or lists, which have no difference or quotient."""
    ends = (node.left, node.right)
    return any(
        isinstance(end, ast.JoinedStr | ast.List) or isinstance(getattr(end, "value", None), str) for end in ends
    )


def _put(node: ast.AST, field: str, place: int | None, new: ast.AST) -> None:
    if place is None:
        setattr(node, field, new)
    else:
        getattr(node, field)[place] = new


def _words(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())
