"""Commands for those who keep the facts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graph.commands.options import facts_option, format_option, language_option, offer, print_table


@click.command()
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Also write the graph as sorted N-Quads.")
@language_option
@facts_option
def build(output: Path | None, language: str, facts: Path | None) -> None:
    """Build the store from the facts; a broken fact leaves the previous build.

    \b
    chuhai build
    chuhai build --facts my-facts --output graph.nq
    """
    from graph import answers

    click.echo(answers.build(facts, output, language))


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--status", is_flag=True, help="Only changes of editorial status: withdrawn, reclassified, overruled …")
@language_option
@format_option
@facts_option
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

    table = answers.changes(facts, old, new, status, language)
    if table.rows or form != "table":
        print_table(table, form)
    else:
        click.echo("no changes" if language == "en" else "没有变化")


@click.command("new-source")
@click.argument("url")
@click.option("--id", "slug", help="Name of the file; by default publisher, date and topic.")
@click.option(
    "--publisher", shell_complete=offer("organization"), help="Who published it first: a name, or organization/slug."
)
@click.option("--published", help="2025, 2025-06 or 2025-06-18; undated by default.")
@click.option("--language", "written", help="Language it is written in: en, zh-hans, …")
@click.option("--kind", help="How much weight it has; news-report by default.")
@click.option("--title", help="Its title, in its own language.")
@language_option
@facts_option
def new_source(
    url: str, facts: Path | None, language: str, slug: str | None, written: str | None, **given: str | None
) -> None:
    """Begin the file of a source document, with an example to fill in.

    Publisher and language are those of the documents here from the same site, unless given.

    \b
    chuhai new-source https://www.malaymail.com/news/2025/08/01/manus-hires --facts my-facts
    chuhai new-source https://example.com/1 --publisher 36氪 --language zh-hans --title Manus招人 --facts my-facts
    """
    from graph import answers

    click.echo(answers.new_source(facts, url, {"id": slug, "language": written, **given}, language))


@click.command()
@click.option("--store", required=True, envvar="CHUHAI_STORE", help="Address of a SPARQL 1.1 service.")
@click.option("--update", help="Its address for updates; …/update beside …/query by default.")
@click.option("--takeover", is_flag=True, help="Take the place of a publication that died, or is to be stopped.")
@language_option
@facts_option
def publish(store: str, update: str | None, takeover: bool, language: str, facts: Path | None) -> None:
    """Bring a SPARQL service to hold the graph, source by source; what is there already stays.

    Each graph is read back and compared. When it is interrupted, commands refuse to read the mixture, and the
    next call goes on. One publication goes on at a time. Credentials: CHUHAI_STORE_USER and CHUHAI_STORE_PASSWORD,
    CHUHAI_STORE_TOKEN, or netrc.

    \b
    chuhai publish --store http://localhost:7878/query
    """
    from graph import answers

    click.echo(answers.publish(facts, store, update, takeover, language))


@click.command()
@language_option
@format_option
@facts_option
def validate(language: str, form: str, facts: Path | None) -> None:
    """Check the facts and imports: every entry, what a build leaves out, the SHACL shapes, and likely doubles.

    The graph is built where that was not done yet. Findings name file, line, statement and remedy; exit code 5 if any
    is an error.

    \b
    chuhai validate
    chuhai validate --facts my-facts --format json
    """
    from graph import answers

    table, errors = answers.validate(facts, language)
    if table.rows or form != "table":
        print_table(table, form)
    else:
        click.echo("no findings" if language == "en" else "没有发现问题")
    if errors:
        sys.exit(5)
