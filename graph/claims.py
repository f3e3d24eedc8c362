"""Every reported aggregate beside what the graph gives, with a verdict; and statements that cannot all be true.

The rules are general and stand in two tables: RULES on single aggregates, and those of `graph.contradictions` on
statements that are set against one another. Documents and the command read both.
"""

from __future__ import annotations

from graph import arithmetic as sums
from graph import definitions as fits
from graph.aggregates import Aggregate, Known
from graph.errors import NotFoundError
from graph.findings import AGREES, DIFFERS, NOTE, UNCHECKED, UNFIT, WRONG, Checked, Rule, apply
from graph.reading import Reader
from graph.store import Graph
from ontology import compact, expand

RULES = (
    Rule("share-off", WRONG, sums.share_off, {
        "en": "{count} of {whole} is {exact} %, printed as {printed} %: {gap} points apart",
        "zh-hans": "{count}/{whole} 为 {exact}%，印作{printed}%，相差 {gap} 个百分点",
    }),
    Rule("over-whole", WRONG, sums.over_whole, {
        "en": "{count} are counted out of {whole}",
        "zh-hans": "计数 {count} 多于总数 {whole}",
    }),
    Rule("members-over", WRONG, sums.members_over, {
        "en": "{named} members are named, {count} are counted: {members}",
        "zh-hans": "点名 {named} 个，只计 {count} 个：{members}",
    }),
    Rule("population-off", WRONG, sums.population_off, {
        "en": "it counts out of {whole}, while the same document counts {counted} for {population}",
        "zh-hans": "以 {whole} 为总数，而同一文献计“{population}”为 {counted}",
    }),
    Rule("parts-off", WRONG, sums.parts_off, {
        "en": "the parts do not add up: {sum} = {total}, against {whole} ({parts})",
        "zh-hans": "各部分之和不符：{sum} = {total}，而总数为 {whole}（{parts}）",
    }),
    Rule("label-undefined", UNFIT, fits.label_undefined, {
        "en": "“{criterion}” is a label, used without a definition",
        "zh-hans": "“{criterion}”只是名目，未给定义",
    }),
    Rule("threshold-undated", UNFIT, fits.threshold_undated, {
        "en": "the threshold is on {metric}, but neither the list nor the criterion says as of when",
        "zh-hans": "门槛依{metric}划定，榜单与标准均未说明截至何时",
    }),
    Rule("threshold-on-unlisted", UNFIT, fits.threshold_on_unlisted, {
        "en": "not listed, so without a market value: {companies}",
        "zh-hans": "未上市，因而没有市值：{companies}",
    }),
    Rule("compared-unlike", UNFIT, fits.compared_unlike, {
        "en": "set beside {other} ({by}); not alike, or not stated: {differs}",
        "zh-hans": "与{other}（{by}）并列；不同或未说明：{differs}",
    }),
    Rule("sources-differ", DIFFERS, fits.sources_differ, {
        "en": "sources give {values}",
        "zh-hans": "各来源所给为 {values}",
    }),
    Rule("member-fails", DIFFERS, fits.member_fails, {
        "en": "named as a member, but does not meet it by what the graph holds: {members}",
        "zh-hans": "被点名，但据图谱不满足标准：{members}",
    }),
    Rule("counted-otherwise", DIFFERS, fits.counted_otherwise, {
        "en": "printed {printed}, the graph allows {low} to {high}: off by {by}",
        "zh-hans": "印作 {printed}，图谱所容为 {low} 至 {high}，相差 {by}",
    }),
    Rule("counted-alike", AGREES, fits.counted_alike, {
        "en": "every place is decided, and {low} meet it",
        "zh-hans": "各席均已判定，满足者 {low} 个",
    }),
    Rule("no-number", UNCHECKED, fits.no_number, {
        "en": "the source gives no number",
        "zh-hans": "来源未给数字",
    }),
    Rule("members-under", UNCHECKED, sums.members_under, {
        "en": "{count} are counted, {named} named ({members}): not both, if the names are meant to be all",
        "zh-hans": "计 {count} 个，点名 {named} 个（{members}）：若点名意在穷尽，则二者不能同时为真",
    }),
    Rule("no-definition", UNCHECKED, fits.no_definition, {
        "en": "no definition of “{criterion}” by which the graph could count",
        "zh-hans": "“{criterion}”没有可据以计数的定义",
    }),
    Rule("undecided", UNCHECKED, fits.undecided, {
        "en": "{known}: so {bounds}",
        "zh-hans": "{known}，故{bounds}",
    }),
    Rule("lacking", UNCHECKED, fits.lacking, {
        "en": "not known of {members}: {what}",
        "zh-hans": "尚不知：{members}（{what}）",
    }),
    Rule("unnamed", UNCHECKED, fits.unnamed, {
        "en": "missing: {left}",
        "zh-hans": "缺：{left}",
    }),
    Rule("meeting", NOTE, fits.meeting, {
        "en": "meeting it here: {members}",
        "zh-hans": "据图谱满足者：{members}",
    }),
    Rule("part-of-list", NOTE, fits.part_of_list, {
        "en": "out of {whole} of the {size} places, read as the first {whole}",
        "zh-hans": "总数为 {size} 席中的 {whole} 席，按前 {whole} 席理解",
    }),
    Rule("borrowed-definition", NOTE, fits.borrowed_definition, {
        "en": "no definition of its own; counted by that of {source}",
        "zh-hans": "自身未给定义，按 {source} 的定义计数",
    }),
    Rule("share-kept", NOTE, sums.share_kept, {
        "en": "{count} of {whole} is {exact} %, as printed",
        "zh-hans": "{count}/{whole} 为 {exact}%，与所印相符",
    }),
    Rule("parts-kept", NOTE, sums.parts_kept, {
        "en": "the counts of the document add up: {sum} = {whole}",
        "zh-hans": "文中各项相加无误：{sum} = {whole}",
    }),
)  # fmt: skip
"""The rules on single aggregates, the gravest verdict first."""


def claims(graph: Graph, reader: Reader) -> list[Checked]:
    """Check every reported aggregate, and what is said against what.

    Args:
        graph: an open graph.
        reader: of that graph.

    Returns:
        Each aggregate exactly once, by list and criterion, then what cannot all be true.
    """
    from graph.contradictions import contradictions

    known = Known(graph, reader)
    return [*(check(aggregate, known) for aggregate in known.aggregates), *contradictions(known)]


def check(aggregate: Aggregate, known: Known) -> Checked:
    """One aggregate with everything that the rules find."""
    bounds: tuple[int, int | None] | None = None
    members: tuple[str, ...] = ()
    if known.judge.reading(aggregate.criterion) and aggregate.ranking:
        found = known.recount(aggregate)
        bounds, members = (found.low, found.high), found.meeting
    findings = apply(RULES, aggregate, known)
    return Checked((aggregate.iri,), aggregate.told, findings, aggregate.exact("count"), bounds, members)


def chosen(
    checked: list[Checked], reader: Reader, thing: str = "", source: str = "", verdict: str = ""
) -> list[Checked]:
    """Those of a thing, of a source, of a verdict.

    Args:
        checked: what was checked.
        reader: of the same graph.
        thing: `kind/slug` of a thing or node; a claim is of all that it, its list and its criterion name.
        source: `source/slug`, or the slug.
        verdict: a key of VERDICTS.

    Raises:
        NotFoundError: for a source that is not here.
    """
    document = expand(source if source.startswith("source/") else f"source/{source}") if source else ""
    if source and document not in {expand(each.iri) for each in reader.sources()}:
        raise NotFoundError(f"there is no source '{compact(document)}'; see `chuhai sources`")
    iri = expand(thing) if thing else ""
    return [
        claim
        for claim in checked
        if (not iri or iri in _named_in(claim, reader))
        and (not document or document in {statement.source for statement in claim.told})
        and (not verdict or claim.verdict == verdict)
    ]


def _named_in(claim: Checked, reader: Reader) -> set[str]:
    found = {*claim.nodes, *claim.members}
    for node in claim.nodes:
        values = [value for texts in reader.node(node).values() for value in texts]
        near = [reader.node(value) for value in values if "/ranking/" in value or "/criterion/" in value]
        found |= {*values, *(value for held in near for texts in held.values() for value in texts)}
    return found
