"""Tells in which encoding a text file is written."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from graph import limits
from graph.errors import ChuhaiError, UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOLD_APART = ["gb18030", "big5", "cp1252", "cp1251", "shift_jis", "euc_kr", "latin_1"]
_CHUNK = 1 << 20


def encoding_of(file: BinaryIO, name: str) -> str:
    """The encoding of a file: by its mark, else UTF-8 if all of it is, else what a sample of it looks like.

    Raises:
        ChuhaiError: if it cannot be told.
    """
    begin = file.read(limits.IMPORT_SAMPLE_BYTES)
    for mark, encoding in _MARKS:
        if begin.startswith(mark):
            return encoding
    for encoding, zeros in (("utf-16-le", begin[1::2]), ("utf-16-be", begin[::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.4 * len(zeros):
            return encoding
    sample = _not_utf8(begin, file)
    if not sample:
        return "utf-8"
    try:
        from charset_normalizer import from_bytes
    except ModuleNotFoundError:
        raise ChuhaiError(
            f"{name} is not UTF-8; name its --encoding, or install: pip install 'chuhai[tables]'"
        ) from None
    found = from_bytes(sample, cp_isolation=_TOLD_APART, threshold=0.4)
    best = found.best()
    if best is None:
        raise ChuhaiError(f"{name} is not UTF-8, and its encoding cannot be told; name it: --encoding gb18030")
    as_likely = [each.encoding for each in found if (each.chaos, each.coherence) == (best.chaos, best.coherence)]
    if len(as_likely) > 1:
        raise ChuhaiError(f"{name} is not UTF-8, and may be {' or '.join(as_likely)}; name it with --encoding")
    return str(best.encoding)


def _not_utf8(begin: bytes, file: BinaryIO) -> bytes:
    """A sample that holds the lines which are not UTF-8; empty where all is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk, tail = begin, b""
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            whole = tail + chunk + file.read(limits.IMPORT_SAMPLE_BYTES)
            lines = [line for line in whole.splitlines(keepends=True) if not line.isascii()]
            return b"".join(lines)[: limits.IMPORT_SAMPLE_BYTES]
        tail, chunk = chunk[-4096:], file.read(_CHUNK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return tail
    return b""


def check(encoding: str) -> str:
    """The name of an encoding that somebody asks for.

    Raises:
        UsageError: if there is none of that name.
    """
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(f"no encoding '{encoding}'; utf-8, gb18030, big5, utf-16, cp1252 …") from None
