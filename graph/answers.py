"""What each command of the command line answers, as a table or as text."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

from pyoxigraph import NamedNode

from graph.columns import translated
from graph.counts import counted
from graph.errors import ChuhaiError, UsageError
from graph.folder import FOLDER
from graph.opened import Opened
from graph.writers import Cell, Table
from ontology import ID, SPACE, compact, in_language


def query(opened: Opened, request: str, parameters: Sequence[str], is_text: bool) -> Table:
    """The answer to a named query, a file or a text."""
    values = values_of(parameters)
    if not is_text and request.endswith(".rq"):
        request, is_text = Path(request).read_text(encoding="utf-8"), True
    return opened.query(request, values, is_text)


def values_of(parameters: Sequence[str]) -> dict[str, str]:
    """Parameters written name=value, by name; raises UsageError for what is none."""
    values = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise UsageError(f"'{parameter}' is no parameter; write name=value")
        values[name] = value
    return values


def queries_table(language: str) -> Table:
    """The catalogue of named queries."""
    import queries

    rows: list[list[Cell]] = []
    catalogue = queries.catalogue().values()
    for named in catalogue:
        given = " ".join(f"{p.name}={named.defaults.get(p.name, '…')}" for p in named.parameters)
        rows.append([named.name, given, named.summary])
    table = translated(Table(["name", "parameters", "answers"], rows), language)
    table.words = {**table.words, **{named.summary: named.summaries for named in catalogue}}
    return table


def query_text(name: str) -> str:
    """One named query: its header and its text."""
    import queries

    return queries.named(name).text


def explore(
    opened: Opened, output: Path, seed: int, focus: Sequence[str], depth: int, network: str, asked: str | None
) -> str:
    """Write the explorer and say where it is, what it holds and what it leaves out.

    Args:
        opened: the graph.
        output: the file.
        seed: of the layout.
        focus: names of the things to begin from; the most central ones when empty and nothing is asked.
        depth: how many steps from them.
        network: a key of networks.PROJECTIONS.
        asked: a named query; the things of its answer are begun from too.
    """
    from graph import profile
    from graph.explorer import gather, page

    roots = [profile.find(opened.graph, name).thing for name in focus]
    if asked is not None:
        roots += _things(opened.query(asked))
    view = gather.gather(opened.whole, opened.language, seed, roots, depth, network, opened.moment)
    size = page.write(view, output)
    numbers = {"thing": len(view["nodes"]), "fact": len(view["facts"]), "statement": len(view["statements"])}
    comma, semicolon = ("、", "；") if opened.language == "zh-hans" else (", ", "; ")
    left = f"{semicolon}{in_language(view['left'], opened.language)}" if view["left"] else ""
    return f"{output}: {counted(numbers, opened.language)}{comma}{size / 1e6:.2f} MB{left}"


def _things(table: Table) -> list[str]:
    """The things in the cells of an answer."""
    cells = {cell.value for row in table.rows for cell in row if isinstance(cell, NamedNode)}
    found = sorted(compact(iri) for iri in cells if iri.startswith(ID))
    kinds = {"organization", "person", "product", "place", "ranking", "legal-entity"}
    return [thing for thing in found if thing.partition("/")[0] in kinds]


def report(opened: Opened, output: Path, form: str) -> str:
    """Write the report in a format, "html" or "md", and say where it is."""
    from graph.files import write_bytes
    from graph.report import markdown, page

    made = opened.report()
    write_bytes(output, (page.render(made) if form == "html" else markdown.render(made)).encode())
    numbers = {"figure or table": len(made.figures()), "source": len(made.sources())}
    return f"{output}: {counted(numbers, opened.language)}"


def build(facts: Path | None, output: Path | None, language: str) -> str:
    """Build the store, and N-Quads where asked for, and say what is in it."""
    from graph import store
    from graph.build import n_quads
    from graph.files import write_bytes

    try:
        place = store.build(facts or FOLDER)
    except OSError as error:
        what = f"{error.strerror}: {error.filename}" if error.filename else error
        raise ChuhaiError(f"no store can be kept ({what}); mend that, or set CHUHAI_DATA to another folder") from None
    with closing(store.open_build(place)) as graph:
        if output is not None:
            write_bytes(output, n_quads(graph.quads))
        (told,) = graph.index.execute("SELECT count(DISTINCT iri) FROM statements").fetchone()
        (held,) = graph.index.execute("SELECT count(*) FROM nodes").fetchone()
        numbers = counted({"statement": told, "resolved node": held, "quad": len(graph.store)}, language)
        return f"built: {numbers}" if language == "en" else f"已构建：{numbers}"


def publish(facts: Path | None, address: str, update: str | None, takeover: bool, language: str) -> str:
    """Publish the graph to a SPARQL service and say what became of it."""
    from graph import store
    from graph.folder import content_key
    from graph.publish import publish as publish_to
    from graph.service import Service

    folder = facts or FOLDER
    try:
        service = Service(address, update)
        done = publish_to(store.open_graph(folder), content_key(folder), service, store.progress, takeover)
    finally:
        store.progress("")
    held = counted({"triple": done.triples}, language)
    if language == "en":
        return f"{address}: {held}; graphs put {done.put}, dropped {done.dropped}, kept {done.kept}"
    return f"{address}：{held}；命名图写入 {done.put} 个、移除 {done.dropped} 个、保留 {done.kept} 个"


def new_source(facts: Path | None, url: str, given: Mapping[str, str | None], language: str) -> str:
    """Begin the file of a source document; say where it is and what comes next."""
    from graph import skeleton

    path = skeleton.write(facts or FOLDER, url, {name: text for name, text in given.items() if text is not None})
    check = "chuhai validate" if facts is None else f"chuhai validate --facts {shlex.quote(str(facts))}"
    if language == "en":
        return f"{path}\nnext: write there what the document says, then: {check}"
    return f"{path}\n接下来：在其中写下文献所述，然后：{check}"


def validate(facts: Path | None, language: str) -> tuple[Table, int]:
    """Every finding about the facts, and how many are errors."""
    from graph.validate import validate as find

    findings = find(facts or FOLDER)
    rows: list[list[Cell]] = [[f.severity, f.file, f.line, f.statement, f.problem, f.remedy] for f in findings]
    table = Table(["severity", "file", "line", "statement", "problem", "remedy"], rows)
    return translated(table, language, "error", "warning"), sum(f.severity == "error" for f in findings)


def changes(facts: Path | None, old: str, new: str | None, status: bool, language: str) -> Table:
    """What differs between two versions of the facts, one row a change."""
    from graph import changes as versions
    from graph.versions import opened

    folder = facts or FOLDER
    with opened(old, folder) as before, opened(new, folder) if new else nullcontext(folder) as after:
        first, second = versions.read(before, old), versions.read(after, new or str(folder))
    rows: list[list[Cell]] = []
    words: set[str] = set()
    for change in versions.compare(first, second):
        if not status or change.change in versions.STATUS:
            behind = ["; ".join(map(compact, s)) for s in (change.old_statements, change.new_statements)]
            values = [_joined(v) for v in (change.old, change.new)]
            rows.append([change.change, NamedNode(change.of), change.property, *values, *behind])
            words |= {change.change, change.property}
    columns = ["change", "of", "property", "old", "new", "old_statements", "new_statements"]
    return translated(Table(columns, rows, label=second.labels(language)), language, *words)


def _joined(values: Sequence[str]) -> Cell:
    """One value as it is, several as one text."""
    if len(values) == 1 and values[0].startswith(SPACE):
        return NamedNode(values[0])
    return "; ".join(map(compact, values)) or None


def stats(opened: Opened) -> Table:
    """How much is in the graph, kind by kind, and how much of the imports its build left out."""
    from graph.imports import counts_left_out

    table, graph = opened.query("counts"), opened.graph
    left = counts_left_out(graph.index) if graph.facts or isinstance(graph.place, Path) else {}  # no service knows
    rows: list[list[Cell]] = []
    chinese = {}
    for slug, count in left.items():
        what = f"imports left out: {slug}" if count is None else f"statements of the import {slug} left out"
        chinese[what] = f"略去的导入：{slug}" if count is None else f"导入 {slug} 中略去的陈述"
        rows.append([what, 1 if count is None else count])
    table.rows = [*table.rows, *rows]
    table.words = {**table.words, **{what: {"en": what, "zh-hans": said} for what, said in chinese.items()}}
    return table


def sources(opened: Opened) -> Table:
    """Every source document."""
    from ontology import CHUHAI, RDF_TYPE, SOURCE, vocabulary

    rows: list[list[Cell]] = []
    for source in opened.reader.sources():
        iri = SOURCE + source.iri.removeprefix("source/")
        pattern = (NamedNode(RDF_TYPE), NamedNode(CHUHAI + "Statement"), NamedNode(iri))
        told = sum(1 for _ in opened.graph.quads.quads_for_pattern(None, *pattern))
        kind = in_language(vocabulary().concepts[source.kind].label, opened.language)
        published = source.published or "undated"
        rows.append([source.iri, source.publisher_label, published, source.language, kind, told, source.url])
    table = Table(["source", "publisher", "published", "language", "kind", "statements", "url"], rows)
    return translated(table, opened.language, "undated")
