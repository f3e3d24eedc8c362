"""Rules on whether the figures of a source add up among themselves; nothing but the source is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from graph.aggregates import Aggregate, Known, share_fits
from graph.findings import Value

Found = Iterator[Mapping[str, Value]]


def share_off(claim: Aggregate, known: Known) -> Found:
    """The printed share is not count divided by out-of, at the precision to which it is printed."""
    count, whole, share = claim.exact("count"), claim.exact("outOf"), claim.figure("share")
    if count is not None and whole and share is not None and not share_fits(count, whole, share):
        gap = abs(Decimal(count) / whole - share.number) * 100
        yield {"count": count, "whole": whole, "exact": percent(count, whole), "printed": share._replace(
            number=(share.number * 100).normalize()), "gap": f"{gap:.1f}"}  # fmt: skip


def share_kept(claim: Aggregate, known: Known) -> Found:
    """The printed share is count divided by out-of: the arithmetic holds."""
    count, whole, share = claim.exact("count"), claim.exact("outOf"), claim.figure("share")
    if count is not None and whole and share is not None and share_fits(count, whole, share):
        yield {"count": count, "whole": whole, "exact": percent(count, whole)}


def over_whole(claim: Aggregate, known: Known) -> Found:
    """More are counted than there are to count from, or than the list has places."""
    count, whole, size = claim.exact("count"), claim.exact("outOf"), known.size(claim.ranking)
    if count is not None and whole is not None and count > whole:
        yield {"count": count, "whole": whole}
    elif whole is not None and size is not None and whole > size:
        yield {"count": whole, "whole": size}


def members_over(claim: Aggregate, known: Known) -> Found:
    """The source names more members than it counts."""
    count = claim.exact("count")
    if count is not None and len(claim.members) > count:
        yield {"count": count, "named": len(claim.members), "members": claim.members}


def members_under(claim: Aggregate, known: Known) -> Found:
    """The source names some members, but fewer than it counts: which others it means is not known."""
    count = claim.exact("count")
    if count is not None and 0 < len(claim.members) < count:
        yield {"count": count, "named": len(claim.members), "members": claim.members}


def population_off(claim: Aggregate, known: Known) -> Found:
    """The population from which members are counted has another size where the same document counts it."""
    whole = claim.exact("outOf")
    for other in known.aggregates:
        counted = other.exact("count")
        is_population = other.criterion == claim.population and other.ranking == claim.ranking and not other.population
        if is_population and other.sources & claim.sources and None not in (whole, counted) and whole != counted:
            yield {"whole": whole or 0, "counted": counted or 0, "population": claim.population}


def parts_off(claim: Aggregate, known: Known) -> Found:
    """Parts that exclude one another do not add up to their whole, within one document and list.

    A criterion and its complement make up the whole; products of several makers are as many as those of each
    together; parts of which none can be another are together no more than the whole.
    """
    whole = claim.exact("outOf")
    beside = [other for other in known.beside(claim) if other.exact("count") is not None]
    count = claim.exact("count")
    for other in beside:
        if count is not None and whole and is_complement(claim, other, known):
            if (total := count + (other.exact("count") or 0)) != whole:
                yield _parts([claim, other], total, whole)
            return
    if parts := parts_by_maker(claim, beside, known):
        total = sum(part.exact("count") or 0 for part in parts)
        if not claim.allows(total):
            share = claim.figure("share")
            printed = int(share.number * whole) if count is None and share and whole else count
            yield _parts(parts, total, printed or 0)
    exclusive = [claim, *(other for other in beside if exclude(claim, other, known))]
    if count is not None and whole and all(exclude(a, b, known) for a, b in combinations(exclusive, 2)):
        total = sum(part.exact("count") or 0 for part in exclusive)
        if len(exclusive) > 1 and total > whole:
            yield _parts(exclusive, total, whole)


def parts_kept(claim: Aggregate, known: Known) -> Found:
    """The counts of one document by several criteria add up to the whole that each of them gives."""
    whole, count = claim.exact("outOf"), claim.exact("count")
    beside = [other for other in known.beside(claim) if other.exact("count") and other.exact("outOf") == whole]
    total = (count or 0) + sum(other.exact("count") or 0 for other in beside)
    if count is not None and beside and total == whole:
        parts = sorted([claim, *beside], key=lambda part: (-(part.exact("count") or 0), part.iri))
        yield {"sum": " + ".join(str(part.exact("count")) for part in parts), "whole": whole}


def percent(count: int, whole: int) -> str:
    """A share in per cent, to a tenth."""
    return f"{Decimal(100 * count) / whole:.1f}".removesuffix(".0")


def is_complement(one: Aggregate, other: Aggregate, known: Known) -> bool:
    """Whether the criterion of one is the complement of that of the other."""
    return any(
        known.reader.node(a.criterion).get("complementOf") == (b.criterion,) for a, b in ((one, other), (other, one))
    )


def parts_by_maker(claim: Aggregate, beside: list[Aggregate], known: Known) -> list[Aggregate]:
    """The counts by single makers that together make up a count by several; none where one is missing."""
    makers = known.reader.node(claim.criterion).get("maker", ())
    by_maker = {known.reader.node(other.criterion).get("maker", ()): other for other in beside}
    parts = [by_maker[maker,] for maker in makers if (maker,) in by_maker]
    return parts if len(makers) > 1 and len(parts) == len(makers) else []


def exclude(one: Aggregate, other: Aggregate, known: Known) -> bool:
    """Whether nothing can be counted under both: complements, or places of which neither lies within the other."""
    a, b = (known.reader.node(each.criterion) for each in (one, other))
    if is_complement(one, other, known):
        return True
    for name in ("basedIn", "mainMarketIn"):
        if name in a and name in b:
            one_place, other_place = a[name][0], b[name][0]
            return one_place not in known.reader.containing(other_place) and other_place not in known.reader.containing(
                one_place
            )
    return False


def _parts(parts: list[Aggregate], total: int, whole: int) -> Mapping[str, Value]:
    return {
        "sum": " + ".join(str(part.exact("count")) for part in parts),
        "total": total,
        "whole": whole,
        "parts": tuple(part.criterion for part in parts),
    }
