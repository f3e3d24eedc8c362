"""The command line: `chuhai`, or `python cli.py`. One short function a command, no logic of its own."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graph.store import Graph
    from graph.writers import Table

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown", "turtle", "jsonld")


class _Failure(click.ClickException):
    """An error of ours as click shows it: one clear line, and its exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it on the class

    def show(self, file: Any = None) -> None:
        from graph.screen import clean

        for line in self.message.split("\n"):
            click.echo(f"chuhai: {clean(line)}", err=True)


class _Commands(click.Group):
    """Turns the errors of the library into exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        from graph.errors import ChuhaiError

        try:
            return super().invoke(ctx)
        except ChuhaiError as error:
            raise _Failure(str(error), error.exit_code) from None
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            ctx.exit(0)
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise _Failure(f"{what}; check the path and its rights", 1) from None
        except UnicodeError as error:
            raise _Failure(f"text that is not UTF-8 ({error}); convert it, or set PYTHONUTF8=1", 2) from None
        except ModuleNotFoundError as error:
            missing = str(error.name).partition(".")[0]
            raise _Failure(f"this needs {missing}; install it with: pip install 'chuhai[all]'", 1) from None


_facts = click.option(
    "--facts",
    type=click.Path(path_type=Path),
    envvar="CHUHAI_FACTS",
    help="Folder of facts; the packaged one by default.",
)
_language = click.option(
    "--lang", "language", default="en", envvar="CHUHAI_LANG", show_default=True,
    type=click.Choice(["en", "zh"]), help="Language of labels and words.",
)  # fmt: skip
_format = click.option(
    "--format",
    "-f",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(_FORMATS),
    help="Format of the output.",
)


_as_of = click.option(
    "--as-of", metavar="DATE", help="What held on that day, month or year (its last day)."
)  # fmt: skip
_known_by = click.option("--known-by", metavar="DATE", help="Hear only documents published by then.")


def _open(facts: Path | None) -> Graph:
    from graph import folder, store

    graph = store.open_graph(facts or folder.FOLDER)
    click.get_current_context().call_on_close(graph.index.close)
    return graph


def _open_at(facts: Path | None, as_of: str | None, known_by: str | None) -> Graph:
    from graph.moment import moment
    from graph.past import past

    when = moment(as_of, known_by)
    graph = past(_open(facts), when)
    click.get_current_context().call_on_close(graph.index.close)
    return graph


def _tag(language: str) -> str:
    return "zh-hans" if language == "zh" else language


def _print(table: Table, form: str) -> None:
    from graph import writers

    click.echo(writers.write(table, form), nl=False)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chuhai")
def commands() -> None:
    """Ask an evidence-first knowledge graph of the AI startup ecosystem.

    \b
    chuhai lookup Manus
    chuhai query headquarters-moves
    chuhai explore --output chuhai.html
    """
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@commands.command()
@click.argument("name")
@click.option("--sources", is_flag=True, help="Every line, and every source with address and added words.")
@_as_of
@_known_by
@_language
@_format
@_facts
def lookup(
    name: str,
    sources: bool,
    as_of: str | None,
    known_by: str | None,
    language: str,
    form: str,
    facts: Path | None,
) -> None:
    """What is known of a thing, who says so, and where sources differ.

    NAME is a name in English, Simplified or Traditional Chinese, or an identifier such as
    product/manus. Marked and kept apart are rumours (?), denials (✗), other figures that can be true
    beside the one above (≈) and values that cannot (≠).

    \b
    chuhai lookup 智谱
    chuhai lookup Manus --sources
    chuhai lookup Manus --as-of 2026-01 --known-by 2026-01
    chuhai lookup product/kimi --format json
    """
    from graph.lookup import lookup as look_up
    from graph.moment import moment

    when = moment(as_of, known_by)
    click.echo(look_up(_open(facts), name, _tag(language), form, sources, when), nl=False)


@commands.command()
@click.argument("request")
@click.argument("parameters", nargs=-1)
@_as_of
@_known_by
@_language
@_format
@_facts
def query(
    request: str,
    parameters: tuple[str, ...],
    as_of: str | None,
    known_by: str | None,
    language: str,
    form: str,
    facts: Path | None,
) -> None:
    """Answer a SPARQL query: a named one, a file, standard input (-), or a text.

    PARAMETERS of a named query are written name=value; an organization, product or place may be given
    by name. A text or file sees the resolved graph as default graph and may use the project's prefixes
    (chuhai:, concept:, id:, source:, graph: and the usual ones) without declaring them.

    \b
    chuhai query headquarters-moves
    chuhai query departures organization=智谱
    chuhai query rumours-and-denials --known-by 2025-07
    chuhai query 'SELECT ?p WHERE { ?p a chuhai:Product }' --format csv
    chuhai query questions.rq --format json
    """
    from graph import answers

    text = sys.stdin.read() if request == "-" else request
    _print(answers.query(_open_at(facts, as_of, known_by), text, parameters, _tag(language), request == "-"), form)


@commands.command()
@click.argument("name", required=False)
@_format
def queries(name: str | None, form: str) -> None:
    """List the named queries; with NAME, show one with its parameters and text.

    \b
    chuhai queries
    chuhai queries headquarters-on
    """
    from graph import answers

    if name:
        click.echo(answers.query_text(name), nl=False)
    else:
        _print(answers.queries_table(), form)


@commands.command()
@click.argument("projection", default="whole")
@click.option(
    "--measure",
    "-m",
    default="degree",
    show_default=True,
    help="degree, betweenness, pagerank, components, communities.",
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many rows.")
@_as_of
@_known_by
@_language
@_format
@_facts
def network(
    projection: str,
    measure: str,
    top: int,
    as_of: str | None,
    known_by: str | None,
    language: str,
    form: str,
    facts: Path | None,
) -> None:
    """Measure a network: whole, ownership, employment, product-parent, product-market or headquarters-flow.

    The second score leaves disputed edges out: what differs hangs on them. Communities are numbered, the
    largest first.

    \b
    chuhai network whole --measure betweenness
    chuhai network headquarters-flow --measure pagerank --format csv
    chuhai network whole --measure communities
    """
    from graph import answers

    _print(answers.network(_open_at(facts, as_of, known_by), projection, measure, top, _tag(language)), form)


@commands.command()
@click.option(
    "--output", "-o", default="chuhai.html", show_default=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the layout.")
@_as_of
@_known_by
@_language
@_facts
def explore(
    output: Path, seed: int, as_of: str | None, known_by: str | None, language: str, facts: Path | None
) -> None:
    """Write the graph explorer: one HTML file that works without a network.

    \b
    chuhai explore --output chuhai.html
    chuhai explore --lang zh
    """
    from graph import answers

    click.echo(answers.explore(_open_at(facts, as_of, known_by), output, _tag(language), seed))


@commands.command()
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Also write the graph as sorted N-Quads.")
@_facts
def build(output: Path | None, facts: Path | None) -> None:
    """Build the store from the facts; a broken fact leaves the previous build.

    \b
    chuhai build
    chuhai build --facts my-facts --output graph.nq
    """
    from graph import answers

    click.echo(answers.build(facts, output))


@commands.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--status", is_flag=True, help="Only changes of editorial status: withdrawn, reclassified, overruled …")
@_language
@_format
@_facts
def changes(old: str, new: str | None, status: bool, language: str, form: str, facts: Path | None) -> None:
    """Tell two versions of the facts apart: statements, and the values that hold.

    OLD and NEW are folders of facts, or revisions of the git repository that holds them; NEW is the facts as
    they are now unless given. Both are read by the rules of today. An identifier stands for what changed: a
    source, a statement, a thing, or an event or situation of which another value holds (re-decided).

    \b
    chuhai changes HEAD --facts my-facts
    chuhai changes my-facts --status --format csv
    """
    from graph import answers

    table = answers.changes(facts, old, new, status, _tag(language))
    if table.rows or form != "table":
        _print(table, form)
    else:
        click.echo("no changes")


@commands.command("new-source")
@click.argument("url")
@click.option("--id", "slug", help="Name of the file; by default publisher, date and topic.")
@click.option("--publisher", help="Who published it first: a name, or organization/slug.")
@click.option("--published", help="2025, 2025-06 or 2025-06-18; undated by default.")
@click.option("--language", "written", help="Language it is written in: en, zh-hans, …")
@click.option("--kind", help="How much weight it has; news-report by default.")
@click.option("--title", help="Its title, in its own language.")
@_facts
def new_source(url: str, facts: Path | None, slug: str | None, written: str | None, **given: str | None) -> None:
    """Begin the file of a source document, with an example to fill in.

    Publisher and language are those of the documents here from the same site, unless given.

    \b
    chuhai new-source https://www.malaymail.com/news/2025/08/01/manus-hires --facts my-facts
    chuhai new-source https://example.com/1 --publisher 36氪 --language zh-hans --title Manus招人 --facts my-facts
    """
    from graph import answers

    click.echo(answers.new_source(facts, url, {"id": slug, "language": written, **given}))


@commands.command()
@_format
@_facts
def validate(form: str, facts: Path | None) -> None:
    """Check the facts: every entry, the SHACL shapes, and likely doubles.

    Findings name file, line, statement and remedy; exit code 5 if any is an error.

    \b
    chuhai validate
    chuhai validate --facts my-facts --format json
    """
    from graph import answers

    table, errors = answers.validate(facts)
    if table.rows or form != "table":
        _print(table, form)
    else:
        click.echo("no findings")
    if errors:
        sys.exit(5)


@commands.command()
@_language
@_format
@_facts
def describe(language: str, form: str, facts: Path | None) -> None:
    """Describe the dataset: what it is, what it covers, how much it holds.

    Turtle and JSON-LD give the description in DCAT and VoID, with a count for each class and property.

    \b
    chuhai describe
    chuhai describe --format turtle
    """
    from graph import description

    _print(description.describe(_open(facts), _tag(language)), form)


@commands.command()
@_format
@_facts
def stats(form: str, facts: Path | None) -> None:
    """Count what is in the graph, kind by kind.

    \b
    chuhai stats
    chuhai stats --format csv
    """
    from graph import asking

    _print(asking.ask_named(_open(facts), "counts", {}), form)


@commands.command()
@_language
@_format
@_facts
def sources(language: str, form: str, facts: Path | None) -> None:
    """List the source documents with publisher, date, kind and number of statements.

    \b
    chuhai sources
    chuhai sources --format csv
    """
    from graph import answers

    _print(answers.sources(_open(facts), _tag(language)), form)


if __name__ == "__main__":
    commands(prog_name="chuhai")
