"""Places of the vocabulary: what lies within what, codes, coordinates, and the words for areas."""

from __future__ import annotations

import math
import re

import pytest
from pyoxigraph import RdfFormat, parse

from ontology import FOLDER, PREFIXES, vocabulary
from ontology.records import Place

WORDS = vocabulary()
SKOS = PREFIXES["skos"]
TRIPLES = [quad.triple for quad in parse(path=FOLDER / "places.ttl", format=RdfFormat.TURTLE)]
SEPARATE_AREAS = ("hong-kong", "macao", "taiwan", "singapore")


def test_no_place_lies_within_itself() -> None:
    for place in WORDS.places.values():
        assert all(place.name not in WORDS.containing(outer) for outer in place.within), place.name


def test_places_lie_within_places() -> None:
    assert {outer for place in WORDS.places.values() for outer in place.within} <= WORDS.places.keys()


@pytest.mark.parametrize("area", SEPARATE_AREAS)
def test_these_areas_stand_beside_mainland_china(area: str) -> None:
    assert "mainland-china" not in WORDS.containing(area)
    assert area not in WORDS.containing("mainland-china")
    assert "outside-mainland-china" in WORDS.containing(area)


def test_the_separate_areas_do_not_lie_within_one_another() -> None:
    for area in SEPARATE_AREAS:
        assert WORDS.containing(area) & set(SEPARATE_AREAS) == {area}


def test_no_place_lies_both_inside_and_outside_of_mainland_china() -> None:
    for name in WORDS.places:
        assert not {"mainland-china", "outside-mainland-china"} <= WORDS.containing(name)


def test_place_codes_are_used_once() -> None:
    codes = [t.object.value for t in TRIPLES if t.predicate.value == SKOS + "notation"]
    matches = [t.object.value for t in TRIPLES if t.predicate.value == SKOS + "exactMatch"]
    assert len(set(codes)) == len(codes)
    assert len(set(matches)) == len(matches)


def test_every_place_with_a_code_or_an_entry_elsewhere_has_a_point() -> None:
    coded = {
        t.subject.value.rpartition("/")[2]
        for t in TRIPLES
        if t.predicate.value in (SKOS + "notation", SKOS + "exactMatch")
    }
    pointed = {p.name for p in WORDS.places.values() if p.latitude is not None and p.longitude is not None}
    assert pointed == coded | {"mainland-china"}
    assert all((p.latitude is None) == (p.longitude is None) for p in WORDS.places.values())


def test_coordinates_are_decimal_degrees_of_two_to_four_places() -> None:
    texts = [t.object.value for t in TRIPLES if t.predicate.value.endswith(("/latitude", "/longitude"))]
    assert texts and not [text for text in texts if not re.fullmatch(r"-?\d{1,3}\.\d{2,4}", text)]
    assert {t.object.datatype.value for t in TRIPLES if t.predicate.value.endswith("itude")} == {
        PREFIXES["xsd"] + "decimal"
    }


def kilometres(one: Place, other: Place) -> float:
    """The great-circle distance by the haversine formula, on a sphere of 6371 km."""
    assert one.latitude is not None and one.longitude is not None
    assert other.latitude is not None and other.longitude is not None
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


WIDE = {"united-states": 7800, "canada": 4200, "mainland-china": 2700, "india": 1800}
"""The farthest that a place may lie from the capital of the area; 800 km in all others."""


@pytest.mark.parametrize("place", [p for p in WORDS.places.values() if p.latitude], ids=lambda place: place.name)
def test_a_place_lies_near_the_capital_of_the_area_it_is_within(place: Place) -> None:
    assert place.latitude is not None and place.longitude is not None
    assert abs(place.latitude) < 66 and abs(place.longitude) <= 180
    for outer in (WORDS.places[name] for name in place.within):
        if outer.latitude is not None:
            assert kilometres(place, outer) <= WIDE.get(outer.name, 800)


def test_areas_lie_in_the_right_quarter_of_the_globe() -> None:
    quarters = {
        **dict.fromkeys(("united-states", "united-kingdom", "cayman-islands"), (True, False)),
        **dict.fromkeys(("australia", "kenya", "fiji"), (False, True)),
        "brazil": (False, False),
        "japan": (True, True),
    }
    for area, (north, east) in quarters.items():
        place = WORDS.places[area]
        assert place.latitude is not None and place.longitude is not None
        assert (place.latitude > 0, place.longitude > 0) == (north, east), area


def test_no_wording_on_sovereignty() -> None:
    assert "Country" not in WORDS.classes
    labels = [text.lower() for place in WORDS.places.values() for text in place.label.values()]
    assert not [text for text in labels if "country" in text or "国家" in text or "province" in text or "省" in text]


def test_a_market_area_says_how_the_word_is_used() -> None:
    noted = {t.subject.value.rpartition("/")[2] for t in TRIPLES if t.predicate.value == SKOS + "scopeNote"}
    assert {"global", "mainland-china", "outside-mainland-china", "europe-and-america"} <= noted
