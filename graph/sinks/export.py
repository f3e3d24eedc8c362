"""Takes the graph, or a part of it, out as files that other tools read: one registry of formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from pyoxigraph import NamedNode

from graph import profile
from graph.errors import NotFoundError, UsageError
from graph.files import naming, replacing, replacing_folder
from graph.opened import Opened
from graph.sinks import jsonld, package, pages, rdf, tabular, ties
from graph.sinks.about import Export, about
from graph.sinks.part import part
from ontology import ID, compact


class File(NamedTuple):
    """A format of one file: its ending, and what writes it and says what was written."""

    ending: str
    write: Callable[[Export, IO[bytes]], str]


class Folder(NamedTuple):
    """A format of many files: what fills an empty folder and says what was written."""

    write: Callable[[Export, Path], str]


FORMATS: dict[str, File | Folder] = {
    "turtle": File(".ttl", rdf.turtle),
    "trig": File(".trig", rdf.trig),
    "n-quads": File(".nq", rdf.n_quads),
    "json-ld": File(".jsonld", jsonld.write),
    "graphml": File(".graphml", ties.graphml),
    "gexf": File(".gexf", ties.gexf),
    "csv": Folder(tabular.csv_tables),
    "parquet": Folder(tabular.parquet_tables),
    "markdown": Folder(pages.write),
}
"""Every format by its name on the command line."""


class Choice(NamedTuple):
    """A part: the things of some names and the nodes in the answer of a named query, and how far around them."""

    focus: Sequence[str] = ()
    query: str = ""
    parameters: Mapping[str, str] = {}
    steps: int = 1


def write(
    opened: Opened,
    out: str | Path,
    form: str = "",
    choice: Choice = Choice(),  # noqa: B008 - it cannot be changed
    evidence: bool = False,
    for_spreadsheet: bool = False,
) -> str:
    """Write the graph as it was at its moment, or a part of it; what is written is whole or is not there.

    Args:
        opened: an open graph; its moment and language hold.
        out: a file, or a folder for csv, parquet and markdown; "-" is standard output.
        form: a key of FORMATS; by the ending of `out` when "".
        choice: the part; the whole unless it names something.
        evidence: in Turtle also what the documents say.
        for_spreadsheet: in CSV no cell that a spreadsheet would take for a formula.

    Returns:
        A line that says what was written; "" after standard output.

    Raises:
        UsageError: for an unknown format or query, a wrong parameter, or a folder with other files in it.
        NotFoundError, AmbiguousNameError: for a name that means nothing, or several things.
        ChuhaiError: if a package is missing that the format takes.
        OSError: if it cannot be written there; what stood there before stays.

    >>> import graph
    >>> from tempfile import mkdtemp
    >>> room = Path(mkdtemp())
    >>> files = {
    ...     "register/things.yaml": "things: [{id: organization/acme, label: {en: Acme}}]",
    ...     "sources/one.yaml": "source: {id: one, kind: news-report, title: {en: One}, url: 'https://one.example/',"
    ...     " publisher: organization/acme, published: undated, language: en}\\nstatements: [{key: a, kind: fact,"
    ...     " at: ¶1, about: observation/acme-staff, type: Observation, subject: organization/acme,"
    ...     " metric: headcount, count: 7}]",
    ... }
    >>> for name, text in files.items():
    ...     (room / name).parent.mkdir()
    ...     size = (room / name).write_text(text)
    >>> opened = graph.open(room)
    >>> write(opened, room / "acme.ttl", choice=Choice(focus=["Acme"])).removeprefix(str(room))
    '/acme.ttl: 15 triples'
    >>> print((room / "acme.ttl").read_text().splitlines()[1].partition(";")[0])
    # This is a part of it: Acme and what is told of it (--steps 1)
    """
    form = form or _by_ending(Path(out))
    if form not in FORMATS:
        raise UsageError(f"'{form}' is no format; one of: {', '.join(FORMATS)}")
    writer, to_stdout = FORMATS[form], str(out) == "-"
    if isinstance(writer, Folder):
        if to_stdout:
            raise UsageError(f"{form} is a folder of files; say where it shall stand")
        package.check_place(Path(out))
    with TemporaryDirectory(prefix="chuhai-") as room:
        export = _export(opened, choice, evidence, for_spreadsheet, Path(room))
        if to_stdout and isinstance(writer, File):
            with naming("standard output"):
                writer.write(export, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            return ""
        if isinstance(writer, File):
            with replacing(Path(out)) as file:
                done = writer.write(export, file)
        else:
            with replacing_folder(Path(out)) as folder:
                done = writer.write(export, folder)
        return f"{out}: {done}"


def _by_ending(path: Path) -> str:
    endings = {each.ending: name for name, each in FORMATS.items() if isinstance(each, File)}
    if path.suffix.lower() not in endings:
        raise UsageError(f"{path}: the name does not say which format; give --format, one of: {', '.join(FORMATS)}")
    return endings[path.suffix.lower()]


def _export(opened: Opened, choice: Choice, evidence: bool, for_spreadsheet: bool, room: Path) -> Export:
    said = about(opened.graph, opened.language, opened.moment)
    if not (choice.focus or choice.query):
        return Export(opened.whole, opened, said, evidence, for_spreadsheet)
    roots = [profile.find(opened.graph, name).thing for name in choice.focus]
    if roots:
        said = said.limited("focus", ", ".join(map(opened.label, roots)), choice.steps)
    if choice.query:
        found = opened.query(choice.query, choice.parameters)
        cells = {cell.value for row in found.rows for cell in row if isinstance(cell, NamedNode)}
        roots += [compact(iri) for iri in cells if iri.startswith(ID)]
        given = " ".join(f"{name}={value}" for name, value in sorted(choice.parameters.items()))
        said = said.limited("query", f"{choice.query} {given}".strip(), choice.steps)
        if not roots:
            raise NotFoundError(f"the answer of {choice.query} names nothing that could go out; try its parameters")
    return Export(part(opened.whole, roots, choice.steps, room), opened, said, evidence, for_spreadsheet)
