"""Content negotiation: which of the media types on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import ServiceError


def best(accept: str, offers: Iterable[str]) -> str:
    """The media type that an Accept header prefers; of equals, the one offered first.

    Args:
        accept: the header; "" accepts all.
        offers: media types, the most natural one first; parameters do not count.

    Raises:
        ServiceError: 406 if none is acceptable.

    >>> best("text/*;q=0.5, text/csv;q=0.1, application/json;q=0.4", ["application/json", "text/csv", "text/turtle"])
    'text/turtle'
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    known = list(offers)
    liked = max(known, key=lambda offer: _quality(offer, ranges))
    if _quality(liked, ranges) <= 0:
        raise ServiceError(406, f"there is no '{accept}' of this; there are {', '.join(known)}")
    return liked


def _range(part: str) -> tuple[str, float]:
    """A media range and its quality; one that is no number counts as 0."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
    try:
        return name, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return name, 0.0


def _quality(offer: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The quality of the most specific range that an offer falls in; 0 where there is none."""
    essence = offer.partition(";")[0]
    specific = ("*/*", essence.partition("/")[0] + "/*", essence)
    found = [(specific.index(name), quality) for name, quality in ranges if name in specific]
    return max(found)[1] if found else 0.0
