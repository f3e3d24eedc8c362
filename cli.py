"""The command line: `chuhai`, or `python cli.py`. One short function a command, no logic of its own."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from graph.opened import Opened
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
    """Turns the errors of the library into exit codes; completes words in the shells."""

    def main(self, *args: Any, **options: Any) -> Any:
        if "_CHUHAI_COMPLETE" in os.environ:
            from graph import shells

            shells.register()
        return super().main(*args, **options)

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


def _offer(what: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]:
    """Completes an argument in a shell; `what` is a key of graph.completion.OFFERS."""

    def offer(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem[str]]:
        from graph import shells

        return shells.items(what, ctx.params, begun)

    return offer


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


def _on_graph(at_a_moment: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command an open graph, with the options that say which: facts, language, and two days."""

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(
            facts: Path | None, language: str, as_of: str | None = None, known_by: str | None = None, **given: Any
        ) -> None:
            from graph.opened import open_graph

            opened = open_graph(facts, as_of, known_by, language)
            click.get_current_context().call_on_close(opened.close)
            command(opened, **given)

        for option in (_facts, _language, *(_MOMENT if at_a_moment else ())):
            run = option(run)
        return run

    return wrap


_MOMENT = (
    click.option("--known-by", metavar="DATE", help="Hear only documents published by then."),
    click.option("--as-of", metavar="DATE", help="What held on that day, month or year (its last day)."),
)


def _meant(opened: Opened, name: str) -> str:
    """The name; where it means several things and a person is there to ask, the one that is picked."""
    from graph.errors import AmbiguousNameError
    from graph.profile import find

    if "/" in name:
        return name
    try:
        find(opened.graph, name)
    except AmbiguousNameError as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        from graph.screen import clean

        for number, candidate in enumerate(error.candidates, 1):
            click.echo(f"{number}  {candidate}  {clean(opened.label(candidate))}", err=True)
        picked = click.prompt(f"{name}: which one", type=click.IntRange(1, len(error.candidates)), err=True)
        return error.candidates[int(picked) - 1]
    return name


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
@click.argument("name", shell_complete=_offer("thing"))
@click.option("--sources", is_flag=True, help="Every line, and every source with address and added words.")
@_format
@_on_graph()
def lookup(opened: Opened, name: str, sources: bool, form: str) -> None:
    """What is known of a thing, who says so, and where sources differ.

    NAME is a name in English, Simplified or Traditional Chinese, in pinyin, or an identifier such as
    product/manus; the nearest name will do. Marked and kept apart are rumours (?), denials (✗), other
    figures that can be true beside the one above (≈) and values that cannot (≠).

    \b
    chuhai lookup 智谱
    chuhai lookup Manus --sources
    chuhai lookup Manus --as-of 2026-01 --known-by 2026-01
    chuhai lookup product/kimi --format json
    """
    from graph.lookup import lookup as look_up

    click.echo(look_up(opened, _meant(opened, name), form, sources), nl=False)


@commands.command()
@click.argument("start", shell_complete=_offer("thing"))
@click.argument("end", shell_complete=_offer("thing"))
@click.option("--steps", default=4, show_default=True, type=click.IntRange(1, 8), help="How long a path may be.")
@click.option("--count", default=3, show_default=True, type=click.IntRange(1, 50), help="How many paths.")
@click.option("--through-hubs", is_flag=True, help="Also through places, rankings and criteria.")
@click.option("--sources", is_flag=True, help="Every source with its address.")
@_format
@_on_graph()
def path(
    opened: Opened, start: str, end: str, steps: int, count: int, through_hubs: bool, sources: bool, form: str
) -> None:
    """How two things hang together: the shortest paths, each step with its sources.

    \b
    chuhai path Manus HeyGen
    chuhai path HeyGen 蝴蝶效应 --steps 5 --count 5
    """
    from graph import reports

    found = opened.paths(_meant(opened, start), _meant(opened, end), steps, count, through_hubs)
    if form == "table":
        click.echo(reports.path_screen(opened.reader, found, sources), nl=False)
    else:
        _print(reports.path_table(opened.reader, found), form)


@commands.command()
@click.argument("names", nargs=-1, required=True, shell_complete=_offer("thing"))
@_format
@_on_graph()
def compare(opened: Opened, names: tuple[str, ...], form: str) -> None:
    """Put two things or more side by side.

    \b
    chuhai compare Manus Genspark
    chuhai compare 智谱 MiniMax Kimi --lang zh
    """
    from graph import reports

    profiles = opened.compare([_meant(opened, name) for name in names])
    if form == "table":
        click.echo(reports.compare_screen(profiles, opened.language), nl=False)
    else:
        _print(reports.compare_table(profiles), form)


@commands.command()
@click.argument("name", required=False, shell_complete=_offer("thing"))
@click.option("--place", shell_complete=_offer("place"), help="What happened in a place, and in the places within it.")
@click.option("--sources", is_flag=True, help="Every source with its address.")
@_format
@_on_graph()
def timeline(opened: Opened, name: str | None, place: str | None, sources: bool, form: str) -> None:
    """What happened to a thing, or in a place, in order of time; undated events are left out.

    \b
    chuhai timeline Manus
    chuhai timeline --place Singapore
    """
    from graph import reports

    if (name is None) == (place is None):
        raise click.UsageError("give a NAME, or --place PLACE")
    lines, cited = opened.timeline(_meant(opened, name)) if name else opened.timeline_of_place(str(place))
    if form == "table":
        click.echo(reports.timeline_screen(lines, cited, opened.language, sources), nl=False)
    else:
        _print(reports.timeline_table(lines, cited), form)


@commands.command()
@click.argument("subject", shell_complete=_offer("subject"))
@click.argument("name", metavar="PROPERTY", shell_complete=_offer("property"))
@click.option("--sources", is_flag=True, help="Every source with its address.")
@_format
@_on_graph()
def why(opened: Opened, subject: str, name: str, sources: bool, form: str) -> None:
    """Why a value holds: what every source says, and by which rule one was chosen.

    SUBJECT is a thing by any name, or an event or situation such as event/manus-hq-to-singapore. PROPERTY
    is one of theirs (amount, place, when …), or a kind of event or situation (headquarters, acquisition …).

    \b
    chuhai why Manus workforce
    chuhai why event/manus-hq-to-singapore when
    """
    from graph import reports

    reasons = opened.why(_meant(opened, subject), name)
    if form == "table":
        click.echo(reports.why_screen(opened.reader, reasons, sources), nl=False)
    else:
        _print(reports.why_table(reasons), form)


@commands.command()
@click.argument("request", shell_complete=_offer("request"))
@click.argument("parameters", nargs=-1, shell_complete=_offer("parameter"))
@_format
@_on_graph()
def query(opened: Opened, request: str, parameters: tuple[str, ...], form: str) -> None:
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
    _print(answers.query(opened, text, parameters, request == "-"), form)


@commands.command()
@click.argument("name", required=False, shell_complete=_offer("query"))
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
@click.argument("projection", default="whole", shell_complete=_offer("projection"))
@click.option(
    "--measure",
    "-m",
    default="degree",
    show_default=True,
    shell_complete=_offer("measure"),
    help="degree, betweenness, pagerank, components, communities.",
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many rows.")
@_format
@_on_graph()
def network(opened: Opened, projection: str, measure: str, top: int, form: str) -> None:
    """Measure a network: whole, ownership, employment, product-parent, product-market or headquarters-flow.

    The second score leaves disputed edges out: what differs hangs on them. Communities are numbered, the
    largest first.

    \b
    chuhai network whole --measure betweenness
    chuhai network headquarters-flow --measure pagerank --format csv
    chuhai network whole --measure communities
    """
    from graph import answers

    _print(answers.network(opened, projection, measure, top), form)


@commands.command()
@click.option(
    "--output", "-o", default="chuhai.html", show_default=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the layout.")
@_on_graph()
def explore(opened: Opened, output: Path, seed: int) -> None:
    """Write the graph explorer: one HTML file that works without a network.

    \b
    chuhai explore --output chuhai.html
    chuhai explore --lang zh
    """
    from graph import answers

    click.echo(answers.explore(opened, output, seed))


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

    table = answers.changes(facts, old, new, status, "zh-hans" if language == "zh" else language)
    if table.rows or form != "table":
        _print(table, form)
    else:
        click.echo("no changes")


@commands.command("new-source")
@click.argument("url")
@click.option("--id", "slug", help="Name of the file; by default publisher, date and topic.")
@click.option(
    "--publisher", shell_complete=_offer("organization"), help="Who published it first: a name, or organization/slug."
)
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
@_format
@_on_graph(at_a_moment=False)
def describe(opened: Opened, form: str) -> None:
    """Describe the dataset: what it is, what it covers, how much it holds.

    Turtle and JSON-LD give the description in DCAT and VoID, with a count for each class and property.

    \b
    chuhai describe
    chuhai describe --format turtle
    """
    from graph import description

    _print(description.describe(opened.graph, opened.language), form)


@commands.command()
@_format
@_on_graph()
def stats(opened: Opened, form: str) -> None:
    """Count what is in the graph, kind by kind.

    \b
    chuhai stats
    chuhai stats --format csv
    """
    _print(opened.query("counts"), form)


@commands.command()
@_format
@_on_graph(at_a_moment=False)
def sources(opened: Opened, form: str) -> None:
    """List the source documents with publisher, date, kind and number of statements.

    \b
    chuhai sources
    chuhai sources --format csv
    """
    from graph import answers

    _print(answers.sources(opened), form)


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script with which a shell completes commands, names, queries and their parameters.

    Names are completed in every script, by pinyin too, out of the last build of the graph. Install it with
    one of these, then open a new shell:

    \b
    bash:  chuhai completion bash >> ~/.bashrc
    zsh:   chuhai completion zsh >> ~/.zshrc
    fish:  chuhai completion fish > ~/.config/fish/completions/chuhai.fish

    \b
    chuhai completion bash
    """
    from graph import shells

    click.echo(shells.script(shell), nl=False)


if __name__ == "__main__":
    commands(prog_name="chuhai")
