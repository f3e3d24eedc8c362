"""The words of a name, as far as they can tell one thing from another."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.names import key, without_legal_form
from graph.naming import simplified

_RUNS = re.compile("[\u3400-\u9fff]+|[^\\W_\u3400-\u9fff]+")


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """Latin words and pairs of Chinese characters, folded, in Simplified characters, without legal form.

    A name of one Chinese character is its own word; so is what is left of a name that is all legal form.

    >>> words("Butterfly Effect Pte. Ltd.")
    ('butterfly', 'effect')
    >>> words("蝴蝶效應")
    ('蝴蝶', '蝶效', '效应')
    """
    plain = unicodedata.normalize("NFKC", name)
    plain = plain if plain.isascii() else simplified(plain)
    found: list[str] = []
    for run in _RUNS.findall(without_legal_form(plain) or plain):
        if "\u3400" <= run[0] <= "\u9fff":
            found += [run[at : at + 2] for at in range(max(len(run) - 1, 1))]
        else:
            found.append(key(run))
    return tuple(dict.fromkeys(word for word in found if word))


@lru_cache(maxsize=100_000)
def joined(name: str) -> str:
    """The whole name as one word, for those that are written apart elsewhere: OpenAI, Open AI."""
    plain = name if name.isascii() else simplified(name)
    return key(without_legal_form(plain)) or key(plain)
