"""Figures as sources print them: a number, whether it is about, over or under, and a currency.

A fact file writes `count: over 60`, `share: about 0.33`, `amount: USD 75000000`,
`amount: about CNY 500000000`. Currencies are ISO 4217 codes; XXX where the source names none.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_FORM = re.compile(r"(?:(about|over|under) )?(?:([A-Z]{3}) )?(\d+(?:\.\d+)?)", re.ASCII)
DIGITS = 18
"""Longer numbers do not fit the xsd:decimal of the stores."""
_ROUND_FROM = Decimal(1000)
"""Exact figures below this are taken as counted, not rounded: 19 is not 20."""


class Figure(NamedTuple):
    """A printed figure; `qualifier` is "", "about", "over" or "under"; `currency` "" for plain numbers."""

    number: Decimal
    qualifier: str = ""
    currency: str = ""

    def compatible(self, other: Figure) -> bool:
        """Whether both can be prints of one true value, equal at the coarser rounding.

        Nothing is converted, so figures in different currencies never contradict one another. A rounded
        figure may lie anywhere within its rounding: "over 2 billion" and "2 billion" can both be true.
        """
        if self.currency != other.currency:
            return True
        bounded = {"over", "under"}
        if self.qualifier in bounded or other.qualifier in bounded:
            return self._bounds_allow(other) and other._bounds_allow(self)
        coarse, fine = sorted((self, other), key=lambda f: -f._step())
        return coarse._rounded(fine.number) == coarse.number

    def precision(self) -> tuple[int, Decimal]:
        """Sorts finer figures first: exact, then about by rounding step, then bounds, the tighter first."""
        if self.qualifier in ("over", "under"):
            return (2, -self.number if self.qualifier == "over" else self.number)
        return (int(self.qualifier != ""), self._step())

    @property
    def _is_rounded(self) -> bool:
        return self.qualifier == "about" or self.number >= _ROUND_FROM

    def _step(self) -> Decimal:
        """The unit to which the figure is rounded, read off its trailing zeros; 1 for small exact ones."""
        exponent = int(self.number.normalize().as_tuple().exponent)
        return Decimal(1).scaleb(exponent if self._is_rounded else min(exponent, 0))

    def _rounded(self, number: Decimal) -> Decimal:
        step = self._step()
        return (number / step).to_integral_value(ROUND_HALF_UP) * step

    def _bounds_allow(self, other: Figure) -> bool:
        slack = other._step() / 2 if other._is_rounded else Decimal(0)
        if self.qualifier == "over":
            return other.qualifier == "over" or other.number + slack > self.number
        if self.qualifier == "under":
            return other.qualifier == "under" or other.number - slack < self.number
        return True


def parse(text: str) -> Figure:
    """Read a figure.

    Args:
        text: such as "60", "over 60", "about 0.33", "USD 75000000".

    Raises:
        ValueError: with a message that says what is wrong.

    >>> parse("over 60")
    Figure(number=Decimal('60'), qualifier='over', currency='')
    >>> parse("about USD 500000000").compatible(parse("USD 512000000"))
    True
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is no figure such as 60, over 60, about 0.33 or USD 75000000")
    qualifier, currency, number = match.groups()
    if len(number.replace(".", "")) > DIGITS:
        raise ValueError(f"'{text}' has more than {DIGITS} digits")
    return Figure(Decimal(number), qualifier or "", currency or "")


def show(figure: Figure, language: str = "en") -> str:
    """The figure in words, large sums shortened without losing a digit.

    >>> show(parse("USD 75000000"))
    'USD 75 million'
    >>> show(parse("over 60"), "zh-hans")
    '超过60'
    """
    chinese = language.startswith("zh")
    steps = [(10**8, "亿"), (10**4, "万")] if chinese else [(10**9, " billion"), (10**6, " million")]
    number = f"{figure.number:f}"
    for size, name in steps:
        scaled = (figure.number / size).normalize()
        if figure.number >= size and len(scaled.as_tuple().digits) <= 4:
            number = f"{scaled:f}{name}"
            break
    else:
        if figure.number >= 10_000 and figure.number == figure.number.to_integral():
            number = f"{int(figure.number):,}"
    names = {"about": "约", "over": "超过", "under": "不足"} if chinese else {}
    qualifier = names.get(figure.qualifier, figure.qualifier and figure.qualifier + " ")
    currency = f"{figure.currency} " if figure.currency else ""
    return f"{qualifier}{currency}{number}"
