"""Commands for those who bring their own tables."""

from __future__ import annotations

from pathlib import Path

import click

from graph.commands.options import facts_option, format_option, language_option, print_table


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--mapping", "-m", help="What its rows become: a name (`chuhai mappings`), or a FILE.yaml.")
@click.option("--source", help="Slug of the import; that of the mapping by default.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where rejected rows go; SLUG.rejects.csv by default.")
@click.option("--account", type=click.Path(path_type=Path), help="Also write what became of each row and why, as CSV.")
@click.option("--encoding", help="Of a text file; told from the file by default.")
@click.option("--sheet", help="Of a workbook; the first by default.")
@click.option("--dry-run", is_flag=True, help="Do all but write, and show what would change.")
@click.option("--no-build", is_flag=True, help="Leave the build of the store to the next command.")
@language_option
@facts_option
def import_(
    file: Path,
    mapping: str | None,
    source: str | None,
    rejects: Path | None,
    account: Path | None,
    encoding: str | None,
    sheet: str | None,
    dry_run: bool,
    no_build: bool,
    language: str,
    facts: Path | None,
) -> None:
    """Bring a table in: CSV, TSV, JSON, JSON Lines, a workbook or Parquet, or RDF.

    Each row is imported, repaired, rejected or a duplicate, and told of. The import is a source of its own; one of
    the same slug is replaced whole. Readers see the graph before or after. RDF without a mapping is an export of ours.

    \b
    chuhai import people.csv --mapping people --dry-run
    chuhai import investors.jsonl --mapping mine.yaml --source fund-2025 --facts my-facts
    chuhai import graph.nq --source theirs --facts my-facts
    """
    from graph import sources, store
    from graph.folder import FOLDER
    from graph.sources import telling

    done = sources.bring_file(
        file, mapping, facts or FOLDER, source=source or "", rejects=rejects, account=account,
        encoding=encoding or "", sheet=sheet or "", dry_run=dry_run, tell=store.progress,
    )  # fmt: skip
    click.echo(telling.outcome(done, dry_run, language))
    if not (dry_run or no_build):
        store.build(facts or FOLDER)


@click.command()
@click.option("--drop", "slug", metavar="SLUG", help="Take this one out.")
@language_option
@format_option
@facts_option
def imports(slug: str | None, language: str, form: str, facts: Path | None) -> None:
    """List what was imported and how much of it the last build left out, or take an import out whole.

    \b
    chuhai imports
    chuhai imports --drop fund-2025 --facts my-facts
    """
    from graph.sources import telling

    if slug is not None:
        click.echo(telling.drop(facts, slug, language))
        return
    table = telling.imports_table(facts, language)
    if table.rows or form != "table":
        print_table(table, form)
    else:
        click.echo("no imports" if language == "en" else "没有导入")


@click.command()
@click.argument("name", required=False)
@click.option("--template", is_flag=True, help="Print the header of a table for it instead.")
@language_option
@format_option
def mappings(name: str | None, template: bool, language: str, form: str) -> None:
    """List the ready mappings, or print one to copy and change, or the header of a table for it.

    \b
    chuhai mappings
    chuhai mappings people --template
    chuhai mappings people
    """
    from graph.sources import mapping, telling

    if name is None:
        print_table(telling.mappings_table(language), form)
    else:
        click.echo(telling.template(name) if template else mapping.text(name), nl=False)
