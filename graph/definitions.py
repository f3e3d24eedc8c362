"""Rules on whether the criterion of a count fits what it is applied to, and what the graph counts by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil, floor

from graph import figures
from graph.aggregates import Aggregate, Known
from graph.criteria import named
from graph.figures import Figure
from graph.findings import Value
from graph.values import text
from ontology import Labels, compact, expand, local

Found = Iterator[Mapping[str, Value]]

_LACKING = {
    "maker": {"en": "who makes it", "zh-hans": "开发运营方"},
    "basedIn": {"en": "the headquarters in the period of the list", "zh-hans": "榜单所涉时期的总部"},
    "mainMarketIn": {"en": "the main market", "zh-hans": "主要市场"},
    "first-listing": {"en": "all members of the edition before", "zh-hans": "上一期榜单的全部成员"},
    "threshold": {"en": "the value by the day of the list", "zh-hans": "榜单当日的数值"},
}
"""What is missing where a member is undecided, by how the criterion is decided."""

ASPECTS: Mapping[str, Labels] = {
    "criterion": {"en": "criterion", "zh-hans": "标准"},
    "metric": {"en": "metric", "zh-hans": "指标"},
    "scope": {"en": "market", "zh-hans": "市场范围"},
    "period": {"en": "period", "zh-hans": "时期"},
    "population": {"en": "population", "zh-hans": "总体"},
}


def label_undefined(claim: Aggregate, known: Known) -> Found:
    """The count goes by a label, and its documents give no definition of it."""
    told = [s for s in known.reader.told(claim.criterion) if s.source in claim.sources]
    is_label = any(local(text(s.values, "subtype") or "") == "label" for s in told)
    if is_label and not claim.sources & _defining(claim, known):
        yield {"criterion": claim.criterion}


def no_definition(claim: Aggregate, known: Known) -> Found:
    """Nothing is recorded of the criterion by which the graph could count."""
    if not known.judge.reading(claim.criterion) and not any(label_undefined(claim, known)):
        yield {"criterion": claim.criterion}


def borrowed_definition(claim: Aggregate, known: Known) -> Found:
    """The documents give no definition of their own; the graph counts by that of another document."""
    giving = _defining(claim, known)
    if giving and not claim.sources & giving:
        yield {"source": compact(min(giving))}


def threshold_undated(claim: Aggregate, known: Known) -> Found:
    """A threshold on a value that changes is applied to a list of which no period is given."""
    values = known.reader.node(claim.criterion)
    if known.judge.reading(claim.criterion) == "threshold" and not any(known.judge.period(claim.ranking)):
        yield {"metric": values["metric"][0]}


def threshold_on_unlisted(claim: Aggregate, known: Known) -> Found:
    """A threshold on market value is applied where companies are in question that are not listed.

    In question are the groups of the members of the list; of a list without members, those of the other lists of
    that market. A company without a market value whose price private deals set, and without a first day of
    trading, has none to compare.
    """
    criterion = known.reader.node(claim.criterion)
    if known.judge.reading(claim.criterion) != "threshold" or local(criterion["metric"][0]) != "market-value":
        return
    groups = sorted({group for thing in _in_question(claim, known) if (group := _group(thing, claim, known))})
    if unlisted := tuple(group for group in groups if _is_unlisted(group, known)):
        yield {"companies": unlisted}


def part_of_list(claim: Aggregate, known: Known) -> Found:
    """The count is out of fewer places than the list has, and no criterion says which."""
    size, whole = known.size(claim.ranking), claim.exact("outOf")
    if size is not None and whole is not None and whole < size and not claim.population:
        yield {"whole": whole, "size": size}


def compared_unlike(claim: Aggregate, known: Known) -> Found:
    """One document sets its share beside that of another list by a criterion, metric, market or period that differs.

    Only shares by a label or a threshold are asked: what is counted by makers, places or editions stands on its own.
    """
    if known.judge.reading(claim.criterion) not in ("", "threshold"):
        return
    for row in known.rows("incomparable-counts"):
        pairs = [(row["ranking"], row["criterion"]), (row["otherRanking"], row["otherCriterion"])]
        own = (compact(claim.ranking), compact(claim.criterion))
        if own in pairs and expand(row["source"]) in claim.sources:
            other = pairs[1 - pairs.index(own)]
            if known.judge.reading(expand(other[1])) in ("", "threshold"):
                yield {"other": expand(other[0]), "by": expand(other[1]), "differs": aspects(row["differs"])}


def sources_differ(claim: Aggregate, known: Known) -> Found:
    """Sources give figures for the same count that cannot both be true."""
    for name in claim.values.get("disputed", ()):
        given = sorted({s.values[local(name)][0] for s in claim.told if local(name) in s.values})
        yield {"values": " / ".join(given)}


def member_fails(claim: Aggregate, known: Known) -> Found:
    """A member that the source names does not meet the criterion by what the graph holds."""
    failing = [m for m in claim.members if known.judge.meets(m, claim.ranking, claim.criterion) is False]
    if failing:
        yield {"members": tuple(failing)}


def counted_otherwise(claim: Aggregate, known: Known) -> Found:
    """No number of members that the graph allows agrees with the printed one."""
    if (counted := _counted(claim, known)) and not counted[2]:
        low, high, _ = counted
        needed = _nearest(claim)
        by = low - needed if low > needed else needed - high
        yield {"low": low, "high": high, "by": by, "printed": _print(claim)}


def counted_alike(claim: Aggregate, known: Known) -> Found:
    """Every place of the list is decided, and the number agrees with the printed one."""
    counted = _counted(claim, known)
    if counted and counted[2] and counted[0] == counted[1]:
        yield {"low": counted[0]}


def undecided(claim: Aggregate, known: Known) -> Found:
    """The printed number lies within what the graph allows, but not every place of the list is decided."""
    counted = _counted(claim, known)
    if not known.judge.reading(claim.criterion) or (counted and (not counted[2] or counted[0] == counted[1])):
        return
    found = known.recount(claim)
    low, fail, high = found.low, len(found.failing), found.high
    yield {
        "known": {
            "en": f"of the members known here {low} meet it, {fail} do not"
            if low + fail
            else "no member is known here",
            "zh-hans": f"所知成员中 {low} 个满足，{fail} 个不满足" if low + fail else "尚无已知成员",
        },
        "bounds": {
            "en": f"between {low} and {high}" if high is not None else f"{low} or more",
            "zh-hans": f"介于 {low} 与 {high} 之间" if high is not None else f"至少 {low}",
        },
    }


def meeting(claim: Aggregate, known: Known) -> Found:
    """The members that meet the criterion by what the graph holds, by name."""
    found = known.recount(claim)
    if known.judge.reading(claim.criterion) and found.meeting:
        yield {"members": found.meeting}


def lacking(claim: Aggregate, known: Known) -> Found:
    """What the graph would need to know of members that are named, to decide them."""
    how = _decided_by(claim, known)[1]
    found = known.recount(claim)
    if how in _LACKING and found.undecided:
        yield {"what": _LACKING[how], "members": found.undecided}


def unnamed(claim: Aggregate, known: Known) -> Found:
    """Places of the list that no source here fills."""
    found = known.recount(claim)
    if not claim.ranking:
        yield {"left": {"en": "whom it counts: there is no list of them", "zh-hans": "所计对象：没有相应名单"}}
    elif found.unnamed is None:
        yield {"left": {"en": "how many places the list has", "zh-hans": "榜单席位数"}}
    elif found.unnamed:
        size = known.size(claim.ranking) or claim.exact("outOf") or found.unnamed
        left = max(0, size - len(known.judge.entries(claim.ranking)))
        if left:
            some = {"en": f"the members at {left} of {size} places", "zh-hans": f"{size} 席中 {left} 席的成员"}
            every = {"en": f"all {size} members of the list", "zh-hans": f"榜单全部 {size} 席的成员"}
            yield {"left": every if left == size else some}


def no_number(claim: Aggregate, known: Known) -> Found:
    """The source gives neither a count nor a share."""
    if "count" not in claim.values and "share" not in claim.values:
        yield {}


def _decided_by(claim: Aggregate, known: Known) -> tuple[str, str]:
    """The criterion that decides, through a complement, and how it does."""
    criterion = claim.criterion
    how = known.judge.reading(criterion)
    if how == "complementOf":
        criterion = known.reader.node(criterion)[how][0]
        how = known.judge.reading(criterion)
    return criterion, how


def _defining(claim: Aggregate, known: Known) -> set[str]:
    """The documents that say how the criterion is decided."""
    criterion, how = _decided_by(claim, known)
    name = "subtype" if how == "first-listing" else how
    return {s.source for s in known.reader.told(criterion) if name in s.values}


def aspects(names: str) -> Mapping[str, str]:
    """The words of `incomparable-counts` for what differs, in each language."""
    found = [ASPECTS[name] for name in names.split()]
    return {"en": ", ".join(each["en"] for each in found), "zh-hans": "、".join(each["zh-hans"] for each in found)}


def _in_question(claim: Aggregate, known: Known) -> list[str]:
    own = [*claim.members, *(named(entry) for entry in known.judge.entries(claim.ranking))]
    scope = text(known.reader.node(claim.ranking), "scope")
    if own or scope is None:
        return own
    lists = [node for name, node in known.reader.neighbours(scope) if name == "scope"]
    return [named(entry) for ranking in lists for entry in known.judge.entries(ranking)]


def _group(thing: str, claim: Aggregate, known: Known) -> str:
    group = known.judge.groups.group_of(compact(thing), *known.judge.period(claim.ranking)).group
    return expand(group) if group else ""


def _is_unlisted(group: str, known: Known) -> bool:
    nodes = [known.reader.node(node) for _, node in known.reader.neighbours(group)]
    metrics = {local(values["metric"][0]) for values in nodes if "amount" in values and "metric" in values}
    trading = any(local(text(values, "subtype") or "") == "first-trading" for values in nodes)
    return "valuation" in metrics and "market-value" not in metrics and not trading


def _print(claim: Aggregate) -> Value:
    """The printed number; a share with what it is a share of."""
    if (counted := claim.figure("count")) is not None:
        return counted
    share, whole = claim.figure("share") or Figure(Decimal(0)), claim.exact("outOf")
    percent = share._replace(number=(share.number * 100).normalize())
    return {
        "en": f"{figures.show(percent)} % of {whole}",
        "zh-hans": f"{whole} 的{figures.show(percent, 'zh-hans')}%",
    }


def _nearest(claim: Aggregate) -> int:
    """The number of members in the middle of what the print allows, or the first that it allows beyond its bound."""
    counted, share, whole = claim.figure("count"), claim.figure("share"), claim.exact("outOf")
    printed = counted or share or Figure(Decimal(0))
    number = printed.number if counted else printed.number * (whole or 0)
    if printed.qualifier == "over":
        return floor(number) + 1
    return ceil(number) - 1 if printed.qualifier == "under" else round(number)


def _counted(claim: Aggregate, known: Known) -> tuple[int, int, bool] | None:
    """The bounds that the graph gives, and whether a number within them agrees with the printed one.

    None where nothing can be said: no definition, or no printed number. A list of unknown size has no upper bound
    below the printed number.
    """
    has_number = "count" in claim.values or ("share" in claim.values and claim.exact("outOf"))
    if not known.judge.reading(claim.criterion) or not has_number:
        return None
    found, nearest = known.recount(claim), _nearest(claim)
    high = found.high if found.high is not None else max(found.low, nearest) + 1
    return found.low, high, claim.allows(min(max(nearest, found.low), high))
