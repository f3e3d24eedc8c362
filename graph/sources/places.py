"""Finds places of the ontology by their names in both scripts and by codes. What it does not know it does not guess."""

from __future__ import annotations

from functools import cached_property

from ontology.records import Vocabulary

_ALSO = {
    "united-states": "usa|us|u.s.|u.s.a.|america|united states of america|美利坚合众国",
    "united-kingdom": "uk|u.k.|britain|great britain",
    "united-arab-emirates": "uae|u.a.e.|阿拉伯联合酋长国",
    "south-korea": "korea|republic of korea|korea, republic of|korea, south",
    "hong-kong": "hong kong sar|hong kong s.a.r.|hongkong|中国香港|香港特别行政区",
    "macao": "macau|中国澳门|澳门特别行政区",
    "taiwan": "中国台湾|臺灣|taiwan, province of china",
    "new-york": "new york city|nyc",
    "washington": "washington, d.c.|washington d.c.|washington dc|district of columbia",
    "czechia": "czech republic",
    "netherlands": "the netherlands|holland",
    "russia": "russian federation",
    "turkey": "turkiye",
    "vietnam": "viet nam",
    "iran": "iran, islamic republic of",
    "myanmar-burma": "myanmar|burma",
    "cote-divoire": "ivory coast|cote d'ivoire|côte d'ivoire",
    "bengaluru": "bangalore",
    "xian": "xi'an|xian",
    "georgia-united-states": "georgia",
    "new-york-state": "new york",
    "washington-state": "washington",
}
"""Other names, set apart by bars."""

_ENDINGS = ("特别行政区", "自治区", "市", "省", "州")
_ISO3 = dict(pair.split(":") for pair in (
    *("USA:US", "GBR:GB", "CHN:CN", "HKG:HK", "MAC:MO", "TWN:TW", "SGP:SG", "JPN:JP", "KOR:KR", "DEU:DE"),
    *("FRA:FR", "ITA:IT", "ESP:ES", "NLD:NL", "BEL:BE", "CHE:CH", "AUT:AT", "SWE:SE", "NOR:NO", "DNK:DK"),
    *("FIN:FI", "POL:PL", "CZE:CZ", "PRT:PT", "IRL:IE", "GRC:GR", "HUN:HU", "ROU:RO", "BGR:BG", "EST:EE"),
    *("LVA:LV", "LTU:LT", "LUX:LU", "RUS:RU", "UKR:UA", "TUR:TR", "ISR:IL", "ARE:AE", "SAU:SA", "QAT:QA"),
    *("EGY:EG", "ZAF:ZA", "NGA:NG", "KEN:KE", "GHA:GH", "IND:IN", "PAK:PK", "BGD:BD", "LKA:LK", "IDN:ID"),
    *("MYS:MY", "THA:TH", "VNM:VN", "PHL:PH", "AUS:AU", "NZL:NZ", "CAN:CA", "MEX:MX", "BRA:BR", "ARG:AR"),
    *("CHL:CL", "COL:CO", "PER:PE", "CYM:KY", "BMU:BM", "VGB:VG", "CYP:CY", "MLT:MT", "ISL:IS", "HRV:HR"),
    *("SVN:SI", "SVK:SK"),
))  # fmt: skip
"""Codes of three letters for codes of two."""


class Places:
    """The places of the ontology by name; `own` are further names that a mapping declares: name, slug."""

    def __init__(self, words: Vocabulary, own: dict[str, str]) -> None:
        self._words = words
        self._own = {name.casefold(): slug for name, slug in own.items()}
        self._found: dict[str, tuple[str, bool] | None] = {}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        iso3 = {two: three for three, two in _ISO3.items()}
        for place in self._words.places.values():
            names = {place.name.replace("-", " "), *place.label.values(), place.code}
            names |= {label.partition(",")[0] for label in place.label.values()}
            names.add(iso3.get(place.code, ""))
            names.update(_ALSO.get(place.name, "").split("|"))
            for name in names - {""}:
                found.setdefault(name.casefold(), []).append(place.name)
        return found

    def find(self, text: str, within: str = "") -> tuple[str, bool] | None:
        """The place that a text names: by its slug, a name, a code, or a list of places each within the next.

        Args:
            text: such as "Singapore", "深圳市", "US-CA", "Boston, Massachusetts, United States".
            within: slug of an area in which it is to lie, as for codes of the states of one; "" for any.

        Returns:
            The slug, and whether it is coarser than the text: the city is not known here, but what it lies within.
            None where nothing of it is known, or it could be several places.
        """
        key = f"{text}\n{within}"
        if key not in self._found:
            if len(self._found) > 100_000:
                self._found.clear()
            self._found[key] = self._find(text, within)
        return self._found[key]

    def _find(self, text: str, within: str) -> tuple[str, bool] | None:
        candidates = self._named(text, within)
        if len(candidates) == 1:
            return candidates[0], False
        for slug in candidates:  # New York, be it the city or the state, is in the state
            if all(slug in self._words.containing(other) for other in candidates):
                return slug, True
        parts = [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
        for at in range(len(parts) if len(parts) > 1 else 0):
            fitting = self._named(parts[at], within)
            for part in parts[at + 1 :]:
                outer = set(self._named(part, ""))
                fitting = [slug for slug in fitting if not outer or outer & self._words.containing(slug)]
            if len(fitting) == 1:
                return fitting[0], at > 0
            for slug in fitting:
                if all(slug in self._words.containing(other) for other in fitting):
                    return slug, True
        return None

    def _named(self, text: str, within: str) -> list[str]:
        folded = text.casefold().removeprefix("place/")
        if (own := self._own.get(folded)) is not None:
            return [own]
        if within and (code := self._words.places[within].code):
            exact = [p.name for p in self._words.places.values() if p.code == f"{code}-{text.upper()}"]
            if exact:
                return exact
        found = [text] if text in self._words.places else self._names.get(folded, [])
        for ending in _ENDINGS if not found else ():
            if folded.endswith(ending):
                found = self._names.get(folded.removesuffix(ending), [])
                break
        return [slug for slug in dict.fromkeys(found) if not within or within in self._words.containing(slug)]
