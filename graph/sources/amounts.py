"""Reads figures as tables write them and gives them as fact files do: `about USD 1200000`, `over 60`.

Thousands are separated by commas, points, spaces, apostrophes or in the Indian manner; where a figure can be read in
two ways, the mapping has to say how its table writes numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from graph.figures import DIGITS
from graph.sources.cells import CellError

_QUALIFIERS = {
    "about": (
        "about",
        "around",
        "approximately",
        "approx.",
        "approx",
        "circa",
        "ca.",
        "~",
        "≈",
        "nearly",
        "近",
        "约",
        "大约",
    ),
    "over": ("over", "more than", "above", "exceeding", ">", "超过", "超", "逾"),
    "under": ("under", "less than", "below", "<", "不足", "不到", "低于"),
}
_BEFORE = {word: name for name, words in _QUALIFIERS.items() for word in words}
_AFTER = {"+": "over", "多": "over", "余": "over", "左右": "about"}
_CURRENCIES = {
    **dict.fromkeys(("US$", "USD$", "U.S.$", "美元", "美金", "US dollars", "dollars US"), "USD"),
    **dict.fromkeys(("人民币", "元人民币", "RMB", "CN¥", "元", "yuan"), "CNY"),
    **dict.fromkeys(("€", "欧元", "euros", "euro"), "EUR"),
    **dict.fromkeys(("£", "英镑"), "GBP"),
    **dict.fromkeys(("HK$", "港元", "港币"), "HKD"),
    **dict.fromkeys(("S$", "新元", "新加坡元"), "SGD"),
    **dict.fromkeys(("NT$", "新台币"), "TWD"),
    **dict.fromkeys(("日元", "JP¥"), "JPY"),
    **dict.fromkeys(("韩元", "₩"), "KRW"),
    **dict.fromkeys(("₹", "Rs.", "Rs", "卢比"), "INR"),
    **dict.fromkeys(("A$", "AU$", "澳元"), "AUD"),
    **dict.fromkeys(("C$", "CA$", "加元"), "CAD"),
}
_CODES = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z$])")
_ISO_4217 = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND
TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF XXX YER ZAR ZMW
"""
_UNITS = {
    **dict.fromkeys(("k", "thousand", "thsd", "千"), 10**3),
    **dict.fromkeys(("m", "mn", "mm", "mio", "mio.", "million", "millions", "百万"), 10**6),
    **dict.fromkeys(("b", "bn", "billion", "billions", "十亿"), 10**9),
    **dict.fromkeys(("tn", "trillion", "万亿"), 10**12),
    **dict.fromkeys(("lakh", "lakhs"), 10**5),
    **dict.fromkeys(("crore", "crores", "千万"), 10**7),
    "万": 10**4,
    "亿": 10**8,
}
_VAGUE = re.compile(
    r"[数几两]?[十百千]*[数几][十百千万亿]+|several|multi-?million|undisclosed|(?:seven|eight|nine)[ -]figure", re.I
)
_NUMBER = re.compile(r"\d[\d.,'’   ]*\d|\d")
_WORDS = sorted(_CURRENCIES, key=len, reverse=True)
_LONGEST_FIRST = sorted(_BEFORE, key=len, reverse=True)


def read(text: str, currency: str = "", style: str = "", symbols: dict[str, str] | None = None) -> str:
    """A sum of money as a fact file writes it.

    Args:
        text: a clean cell.
        currency: ISO 4217 code where the cell names none; "" for "XXX".
        style: how the table writes numbers, "1,234.56" or "1.234,56"; "" where it is not said.
        symbols: what a sign such as $ or ¥ stands for in this table.

    Returns:
        The figure, or "" where the cell has words and no number ("数千万元").

    Raises:
        CellError: if it cannot be read in one way.

    >>> read("USD 1.2M"), read("5000万人民币"), read("12,34,567", "INR"), read("数千万元")
    ('USD 1200000', 'CNY 50000000', 'INR 1234567', '')
    """
    if _VAGUE.search(text):
        return ""
    code, rest = _currency(text, symbols or {})
    qualifier, number = _figure(rest, text, style)
    if code and currency and code != currency:
        raise CellError("other currency", text=text, currency=code, other=currency)
    return " ".join(filter(None, (qualifier, code or currency or "XXX", number)))


def count(text: str, style: str = "") -> str:
    """A plain figure as a fact file writes it; a percentage is a part of one.

    >>> count("1 234 567"), count("60+"), count("33%")
    ('1234567', 'over 60', '0.33')
    """
    is_share = text.endswith(("%", "‰"))
    qualifier, number = _figure(text.rstrip("%‰"), text, style)
    if is_share:
        number = _written(Decimal(number) / (100 if text.endswith("%") else 1000), text)
    return f"{qualifier} {number}".strip()


def _currency(text: str, symbols: dict[str, str]) -> tuple[str, str]:
    """The code of the currency that a text names, and the text without it."""
    for found in _CODES.findall(text):
        if found in _ISO_4217:
            return found, text.replace(found, " ", 1)
    for word in (*symbols, *_WORDS):
        if word in text:
            return symbols.get(word) or _CURRENCIES[word], text.replace(word, " ", 1)
    if sign := next((c for c in text if c in "$¥￥"), None):
        raise CellError("sign of several currencies", text=text, sign=sign)
    return "", text


@lru_cache(1_000)
def _figure(rest: str, whole: str, style: str) -> tuple[str, str]:
    """The qualifier and the digits of a figure."""
    rest = rest.strip()
    if rest.startswith("("):
        raise CellError("no figure", text=whole)
    qualifier = ""
    for word in _LONGEST_FIRST:
        if rest.lower().startswith(word):
            qualifier, rest = _BEFORE[word], rest[len(word) :].strip()
            break
    match = _NUMBER.match(rest)
    if match is None:
        raise CellError("no figure", text=whole)
    number, tail = _digits(match[0], whole, style), rest[match.end() :].strip()
    for word, name in _AFTER.items():
        if word in tail:
            qualifier, tail = name, tail.replace(word, "", 1).strip()
    if tail:
        unit = _UNITS.get(tail.lower())
        if unit is None:
            raise CellError("beside the number", text=whole, rest=tail)
        number *= unit
    return qualifier, _written(number, whole)


def _written(number: Decimal, whole: str) -> str:
    found = f"{number.normalize():f}"
    if len(found.replace(".", "")) > DIGITS:
        raise CellError("many digits", text=whole, most=str(DIGITS))
    return found


def _digits(text: str, whole: str, style: str) -> Decimal:
    """The value of a run of digits with separators.

    >>> _digits("1.234.567,89", "", ""), _digits("1,234.5", "", ""), _digits("12,34,567", "", "")
    (Decimal('1234567.89'), Decimal('1234.5'), Decimal('1234567'))
    """
    bare = re.sub(r"(?<=\d)['’   ](?=\d{3}(?!\d))", "", text)
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        mark = max(".,", key=bare.rindex)
    elif points + commas == 1:
        used = "." if points else ","
        after = len(bare) - bare.index(used) - 1
        before = bare.index(used)
        can_group = after == 3 and before <= 3 and bare[0] != "0"
        if can_group and not style:
            raise CellError("two readings", text=whole, one="numbers: 1,234.56", other="numbers: 1.234,56")
        mark = (style[-3] if style else used) if can_group else used
    else:
        mark = "," if points > 1 else "."
    group = "," if mark == "." else "."
    head, _, tail = bare.partition(mark)
    pieces = head.split(group)
    middle = {len(piece) for piece in pieces[1:-1]}
    good = len(pieces) == 1 or (
        len(pieces[-1]) == 3
        and ((middle <= {3} and 1 <= len(pieces[0]) <= 3) or (middle == {2} and 1 <= len(pieces[0]) <= 2))
    )
    if not good or not all(piece.isdecimal() and piece.isascii() for piece in [*pieces, tail or "0"]):
        raise CellError("no number", text=whole)
    return Decimal("".join(pieces) + (f".{tail}" if tail else ""))
