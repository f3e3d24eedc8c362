"""Pages as a browser takes them: their tags, what they ask for and complain of, and what axe finds on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

Visit = Callable[..., Any]


class Tags(HTMLParser):
    """All start tags of a page with their attributes, and the texts inside each kind of tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags:
            self.texts.setdefault(self.tags[-1][0], []).append(data)

    def names(self) -> set[str]:
        """Every kind of tag."""
        return {tag for tag, _ in self.tags}

    def values(self, attribute: str) -> list[str]:
        """What stands in an attribute, tag by tag."""
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


@contextmanager
def watched(chromium: Any, *own: str, unheard: tuple[str, ...] = ()) -> Iterator[Visit]:
    """Opens addresses, each in a context of its own.

    In the end no page called `hit()`, asked for an address that begins otherwise than all of `own`, or complained in
    words that begin otherwise than all of `unheard`.
    """
    asked: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []

    def visit(address: str, width: int = 1400, height: int = 860, **options: Any) -> Any:
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield visit
    hits = [page.evaluate("window.hits") for context in contexts for page in context.pages]
    for context in contexts:
        context.close()
    assert not any(hits)
    assert [address for address in asked if not address.startswith(own)] == []
    assert [complaint[:200] for complaint in complaints if not complaint.startswith(unheard)] == []


def barriers(page: Any, **options: Any) -> list[tuple[str, str]]:
    """What axe finds on a page: each rule that is broken, and by which element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}, **options).response["violations"]
    return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]
