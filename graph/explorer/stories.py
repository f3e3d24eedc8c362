"""Stories: ordered lists of views with a few sentences each, in YAML files beside this module."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from urllib.parse import parse_qs

from graph.explorer.view import Story
from ontology import vocabulary

_NAMING = ("at", "focus", "path", "open")
"""What in the state of a view names things."""


def shipped() -> list[Story]:
    """The stories of the package, by the names of their files."""
    import yaml

    found = []
    for file in sorted((files("graph.explorer") / "stories").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            read = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
            found.append(Story(id=file.name.removesuffix(".yaml"), title=read["title"], steps=read["steps"]))
    return found


def things(told: Iterable[Story]) -> frozenset[str]:
    """The things that some stories show."""
    states = (parse_qs(step["state"]) for story in told for step in story["steps"])
    named = (part for state in states for name in _NAMING for given in state.get(name, ()) for part in given.split(","))
    return frozenset(filter(is_drawn, named))


def is_drawn(name: str) -> bool:
    """Whether `kind/slug` is of a thing that the explorer draws."""
    kind = name.partition("/")[0]
    return any(cls.slug_kind == kind for cls in vocabulary().classes.values() if cls.shape)
