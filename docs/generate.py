"""What the documents quote from the code: each function returns the text of one generated block.

The documents call these through cog; `cog --check` fails when a document is behind the code.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import tempfile
from collections import Counter
from pathlib import Path

from click import Context, Group
from click.testing import CliRunner

from cli import commands

if "CHUHAI_DATA" not in os.environ:
    _DATA = tempfile.TemporaryDirectory(prefix="chuhai-docs-")  # lasts as long as the module, and goes with it
    os.environ["CHUHAI_DATA"] = _DATA.name


README = Path(__file__).parent.parent / "README.md"

TABLE = """
id,name_en,name_zh,alias,former_name,website,wikidata,headquarters,since,until,source
lantern,Lantern,灯坊,,,https://lantern.example,,Singapore,2024-03,,
moonshot,Moonshot,月之暗面,,,,,Beijing,2023,,
kite,Kite Works,风筝工坊,,,,,Atlantis,2021,,
"""
"""Organizations that the tour and a guide import: a new one, one that the graph knows, one that cannot be placed."""


def readme_block(number: int) -> str:
    """A shell block of the README, which CI runs; the first is 1."""
    found = re.findall(r"^```sh\n.*?^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(found[number - 1])


def run(line: str) -> str:
    """The output of a command line that begins with `chuhai`, in a code block."""
    result = CliRunner().invoke(commands, shlex.split(line)[1:], prog_name="chuhai")
    return f"```console\n$ {line}\n{result.output.rstrip()}\n```"


def table(line: str) -> str:
    """The output of a command as a Markdown table."""
    result = CliRunner().invoke(commands, [*shlex.split(line)[1:], "--format", "markdown"], prog_name="chuhai")
    return result.output.rstrip()


def coverage() -> str:
    """A sentence on the version of the dataset and the time that it covers."""
    result = CliRunner().invoke(commands, ["describe", "--format", "json"], prog_name="chuhai")
    value = {row["what"]: row["value"] for row in json.loads(result.output)}
    return (
        f"Version {value['version']}: events from {value['first event']} to {value['last event']}, told by "
        f"{value['source documents']} documents. Those with a date were published from {value['first publication']} "
        f"to {value['last publication']}."
    )


def commands_help() -> str:
    """The help of every command."""
    assert isinstance(commands, Group)
    blocks = []
    for name in commands.list_commands(Context(commands)):
        result = CliRunner().invoke(commands, [name, "--help"], prog_name="chuhai", terminal_width=80)
        blocks.append(f"## chuhai {name}\n\n```text\n{result.output.rstrip()}\n```")
    return "\n\n".join(blocks)


def query_catalogue() -> str:
    """Every named query with what it answers, its parameters and its text."""
    from queries import catalogue

    blocks = []
    for query in catalogue().values():
        given = [
            f"- `{p.name}` ({p.type})"
            + (f", `{query.defaults[p.name]}` by default" if p.name in query.defaults else "")
            for p in query.parameters
        ]
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
        parts = [
            f"## {query.name}",
            f"{query.summary}.",
            query.description,
            f"Competency questions: {query.question}.",
            "\n".join(["Parameters:", "", *given]) if given else "",
            f"```sparql\n{body}\n```",
        ]
        blocks.append("\n\n".join(part for part in parts if part))
    return "\n\n".join(blocks)


def ontology_terms() -> str:
    """Classes, properties and concept schemes as tables."""
    from ontology import vocabulary
    from ontology.documentation import tables

    words = vocabulary()
    lines = []
    for found in tables(words):
        lines += [f"## {found.title}", "", f"| {' | '.join(found.heads)} |", "|---" * len(found.heads) + "|"]
        lines += [f"| `{name}` | {' | '.join(cells)} |" for name, cells in found.rows.items()] + [""]
    lines += ["## Concepts", "", "| scheme | concepts |", "|---|---|"]
    for scheme, labels in words.schemes.items():
        members = ", ".join(f"`{c.name}`" for c in words.concepts.values() if c.scheme == scheme)
        lines.append(f"| {labels['en']} (`{scheme}`) | {members} |")
    return "\n".join(lines)


def ontology_edges() -> str:
    """Things and the events and situations that join them, as a table read from the edge hints."""
    from ontology import vocabulary

    words = vocabulary()
    lines = ["| from | by | to |", "|---|---|---|"]
    for name, cls in words.classes.items():
        if cls.edge is not None:
            ends = (", ".join(sorted(words.properties[p].targets)) for p in (cls.edge.source, cls.edge.target))
            lines.append(f"| {next(ends)} | `{name}` | {next(ends)} |")
    return "\n".join(lines)


def claims() -> str:
    """What each numbered claim of the seed became: statements of the fact file that carry its number."""
    from graph import yamlfile
    from graph.folder import FOLDER

    record = yamlfile.read(FOLDER / "sources" / "seed-2025-10-24.yaml", "seed")
    became: dict[str, list[str]] = {}
    for statement in record["statements"]:
        refs = statement.get("ref", [])
        for ref in refs if isinstance(refs, list) else [refs]:
            about = statement["about"]
            about = ", ".join(about) if isinstance(about, list) else about
            words = f"{statement['kind']} `{statement['key']}` ({statement['at']}) about {about}"
            became.setdefault(ref, []).append(words)
    for ref in record["source"]["ref"]:
        became.setdefault(ref, []).append("description of the document")
    lines = ["| claim | became |", "|---|---|"]
    lines += [f"| {ref} | {'; '.join(words)} |" for ref, words in sorted(became.items())]
    return "\n".join(lines)


def formats() -> str:
    """The names of the output formats."""
    from graph.writers import FORMATS

    return ", ".join(f"`{name}`" for name in FORMATS)


def limits_table() -> str:
    """The table of limits, with the sentence that explains each."""
    from graph import limits

    lines = ["| limit | value | meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {value:,} | {words} |" for name, value, words in limits.table()]
    return "\n".join(lines)


def claim_rules() -> str:
    """Every verdict, and the rules on single counts and on what is set against what."""
    from graph import claims, contradictions
    from graph.findings import VERDICTS

    verdicts = [f"| `{name}` | {words['en']} | {words['zh-hans']} |" for name, words in VERDICTS.items()]
    blocks = ["\n".join(["| verdict | heading | 中文 |", "|---|---|---|", *verdicts])]
    for rules in (claims.RULES, contradictions.RULES):
        rows = [f"| `{rule.name}` | {rule.verdict or 'remark'} | {rule.summary} |" for rule in rules]
        blocks.append("\n".join(["| rule | verdict | what it looks for |", "|---|---|---|", *rows]))
    return "\n\n".join(blocks)


def networks_table() -> str:
    """Every network with its direction, the weight of its ties, and what it leaves out."""
    from graph.projections import PROJECTIONS

    lines = ["| network | is | direction | weight of a tie | left out beside that |", "|---|---|---|---|---|"]
    for name, each in PROJECTIONS.items():
        direction = "directed" if each.directed else "undirected"
        words = " | ".join(text.en for text in (each.weight, each.left_out))
        lines.append(f"| `{name}` | {each.summary.en} | {direction} | {words} |")
    return "\n".join(lines)


def measures_table() -> str:
    """Every measure with the first sentence of its docstring, its scale, and the networks that it fits."""
    from graph.measures import MEASURES
    from graph.projections import PROJECTIONS

    lines = ["| measure | is | scale | of |", "|---|---|---|---|"]
    for name, each in MEASURES.items():
        fitting = [p for p, projection in PROJECTIONS.items() if each.fits(projection)]
        of = "all" if len(fitting) == len(PROJECTIONS) else ", ".join(f"`{p}`" for p in fitting)
        words = " ".join((each.function.__doc__ or "").partition("\n")[0].split())
        lines.append(f"| `{name}` | {words} | {each.scale.en} | {of} |")
    return "\n".join(lines)


def ready_mappings() -> str:
    """The ready mappings: what each is for, and the columns that it reads."""
    from graph.sources import mapping

    lines = ["| mapping | for | columns |", "|---|---|---|"]
    for name in mapping.names():
        found = mapping.read(name)
        columns = ", ".join(f"`{column}`" for column in found.columns)
        lines.append(f"| `{name}` | {found.about.removeprefix('Template: ')} | {columns} |")
    return "\n".join(lines)


def ready_mapping(name: str) -> str:
    """One ready mapping, as it is written."""
    from graph.sources import mapping

    return f"```yaml\n{mapping.text(name).rstrip()}\n```"


def table_formats() -> str:
    """Which endings are read as which format."""
    from graph.sources.tables import FORMATS

    kinds: dict[str, list[str]] = {}
    for ending, kind in FORMATS.items():
        kinds.setdefault(kind, []).append(f"`{ending}`")
    return "\n".join(["| format | endings |", "|---|---|", *(f"| {k} | {' '.join(e)} |" for k, e in kinds.items())])


def missing_words() -> str:
    """The words that mean nothing in a cell."""
    from graph.sources.cells import MISSING

    return ", ".join(f"`{word}`" for word in sorted(MISSING))


def fact(source: str, key: str) -> str:
    """One statement of a fact file, as it is written."""
    from graph.folder import FOLDER

    text = (FOLDER / "sources" / f"{source}.yaml").read_text(encoding="utf-8")
    found = re.search(rf"^  - key: {key}\n(?:    .*\n)*", text, re.MULTILINE)
    assert found
    return f"```yaml\n# sources/{source}.yaml\n{found[0].rstrip()}\n```"


def rules() -> str:
    """The rules of resolution, as the module that follows them states them."""
    from graph import resolve

    return (resolve.__doc__ or "").partition("\n")[2].strip()


def published_sources() -> str:
    """What each formula was published as: every public function whose docstring names a year of publication."""
    from graph import concentration, gravity, kernels, migration, resampling

    lines = ["| function | gives | published |", "|---|---|---|"]
    for module in (kernels, resampling, migration, gravity, concentration):
        for name, function in vars(module).items():
            if getattr(function, "__module__", "") != module.__name__ or name.startswith("_") or not callable(function):
                continue
            first, *rest = re.split(r"\n\s*\n", function.__doc__ or "")
            told = [" ".join(part.split()) for part in (first, *rest) if re.search(r"\b(1[89]|20)\d\d\b", part)]
            if told:
                summary = " ".join(first.split())
                published = " ".join(part.removeprefix("Source: ") for part in told if part != summary)
                lines.append(f"| `{name}` | {summary} | {published} |".replace("|x|", "\\|x\\|"))
    return "\n".join(lines)


def rate_by_hand(area: str) -> str:
    """How the out rate of an area and its interval come about, in words."""
    from graph.migration import poisson_interval
    from ontology import expand

    result = CliRunner().invoke(commands, ["overseas", "rates", "--format", "json"], prog_name="chuhai")
    rows = json.loads(result.output)
    (row,) = (row for row in rows if row["area"] == expand(area) and row["measure"] == "out rate")
    moves, base = int(row["moves"]), int(row["base"])
    low, high = poisson_interval(moves)
    name = area.partition("/")[2].replace("-", " ").title()
    return (
        f"Take the line “{name}, out rate”. {moves} organizations moved away, of {base} that can have been there when "
        f"the period began: {moves} / {base} × 1,000 = {moves / base * 1000:.3g} in a thousand, over the whole period "
        f"and not a year. How sure is that? {moves} events of a Poisson process are compatible, at 95 %, with any mean "
        f"from {low:.3g} to {high:.3g} (Garwood 1936); divided by {base}, with {low / base * 1000:.2g} to "
        f"{high / base * 1000:.2g} in a thousand. The interval is most of the answer."
    )


def mutants() -> str:
    """What tests let pass of small wrong changes, module by module, and why some change nothing."""
    folder = Path(__file__).parent.parent / "tests" / "mutation"
    results, explained = (
        list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))
        for name in ("results.csv", "equivalents.csv")
    )
    heads = list(results[0])
    total = ["**all**", *(str(sum(int(row[head]) for row in results)) for head in heads[1:])]
    rows = [[f"`{row['module']}`", *list(row.values())[1:]] for row in results]
    whys = Counter(row["why"] for row in explained)
    return "\n\n".join(
        [
            _markdown(heads, [*rows, total]),
            _markdown(["why a change is equivalent", "changes"], [[why, str(n)] for why, n in sorted(whys.items())]),
        ]
    )


def _markdown(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
