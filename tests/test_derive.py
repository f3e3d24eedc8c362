"""Rule 7 on resolved nodes alone: which tenures follow from moves, and which moves from tenures."""

from __future__ import annotations

from graph.derive import derive
from graph.resolve import Node
from ontology import CONCEPT, ID, local, vocabulary


def move(
    slug: str, start: str = "", goal: str = "", first: str = "", last: str = "", status: str = "", who: str = "acme"
) -> Node:
    values = {
        "organization": ID + "organization/" + who,
        "fromPlace": start and ID + "place/" + start,
        "toPlace": goal and ID + "place/" + goal,
        "notBefore": first,
        "notAfter": last,
        "status": status and CONCEPT + status,
    }
    return Node(f"{ID}event/{slug}", "HeadquartersMove", {name: (each,) for name, each in values.items() if each})


def tenure(slug: str, place: str, who: str = "acme", **bounds: str) -> Node:
    values = {"organization": ID + "organization/" + who, "place": place and ID + "place/" + place, **bounds}
    return Node(f"{ID}tenure/{slug}", "HeadquartersTenure", {name: (each,) for name, each in values.items() if each})


def follows(*nodes: Node) -> dict[str, dict[str, str]]:
    """What each derived node holds beside its organization, by its slug."""
    return {
        local(node.iri): {name: local(each) for name, (each,) in node.values.items() if name != "organization"}
        for node in derive(nodes, vocabulary())
    }


def test_a_move_gives_a_tenure_on_each_side_with_its_bounds() -> None:
    out = move("out", "beijing", "singapore", "2025-06-01", "2025-06-30")
    assert list(follows(out).items()) == [
        ("out-destination", {"place": "singapore", "validFrom": "2025-06-01", "heldFrom": "2025-06-30"}),
        ("out-origin", {"place": "beijing", "heldTo": "2025-06-01", "validTo": "2025-06-30"}),
    ]
    for node in derive([out], vocabulary()):
        assert (node.type, node.derived_from) == ("HeadquartersTenure", (out.iri,))
    assert follows(move("in", goal="tokyo", last="2024-12-31")) == {
        "in-destination": {"place": "tokyo", "heldFrom": "2024-12-31"}
    }
    assert follows(move("planned", "beijing", "tokyo", status="planned")) == {}
    assert len(follows(move("done", "beijing", "tokyo", status="completed"))) == 2


def test_a_stated_tenure_is_bounded_and_never_loosened() -> None:
    out = move("out", "beijing", "united-states", "2025-01-01", "2025-12-31")
    old, new = tenure("old", "beijing", heldTo="2025-02-01"), tenure("new", "palo-alto", heldFrom="2025-03-01")
    assert follows(out, old, new) == {}
    assert (old.values["heldTo"], old.values["validTo"]) == (("2025-02-01",), ("2025-12-31",))
    assert (new.values["validFrom"], new.values["heldFrom"]) == (("2025-01-01",), ("2025-03-01",))
    assert (old.bounded_by, new.bounded_by, new.derived_from) == ((out.iri,), (out.iri,), ())


def test_a_bound_that_is_stated_or_cannot_be_met_stays() -> None:
    out = move("out", "beijing", "singapore", "2025-01-01", "2025-12-31")
    stated = tenure("stated", "singapore", validFrom="2025-03-01", heldFrom="2025-03-31")
    still = tenure("still", "beijing", heldTo="2026-07-10")
    before = tenure("before", "singapore", heldFrom="2020-01-01")
    assert "out-destination" not in follows(out, stated, still, before)
    assert [node.bounded_by for node in (stated, still, before)] == [(), (), ()]
    assert (stated.values["validFrom"], "validTo" in still.values) == (("2025-03-01",), False)


def test_tenures_of_another_time_or_organization_are_not_those_of_a_move() -> None:
    back = move("back", "singapore", "beijing", "2025-01-01", "2025-12-31")
    gone = tenure("gone", "beijing", validTo="2024-12-31")
    later = tenure("later", "singapore", validFrom="2026-01-01")
    other = tenure("other", "singapore", who="bolt")
    assert {"back-origin", "back-destination"} <= follows(back, gone, later, other).keys()
    assert (gone.bounded_by, later.bounded_by, other.bounded_by) == ((), (), ())


def test_a_tenure_begun_by_one_move_is_ended_by_the_next() -> None:
    out = move("out", "beijing", "singapore", "2020-01-01", "2020-12-31")
    on = move("on", "singapore", "tokyo", "2024-01-01", "2024-12-31")
    for order in ([out, on], [on, out]):
        found = follows(*order)
        assert sorted(found) == ["on-destination", "out-destination", "out-origin"]
        between = {"validFrom": "2020-01-01", "heldFrom": "2020-12-31", "heldTo": "2024-01-01", "validTo": "2024-12-31"}
        assert found["out-destination"] == {"place": "singapore", **between}
    between_node = next(node for node in derive([on, out], vocabulary()) if local(node.iri) == "out-destination")
    assert (between_node.derived_from, between_node.bounded_by) == ((out.iri, on.iri), ())


def test_without_dates_no_tenure_is_taken_for_that_of_another_move() -> None:
    out = move("out", "beijing", "singapore")
    back = move("back", "singapore", "beijing", "2024-01-01", "2024-12-31")
    assert len(follows(back, out)) == 4
    again = move("again", "tokyo", "beijing", "2026-01-01", "2026-12-31")
    assert "again-destination" in follows(back, again)
    odd = tenure("odd", "")
    assert len(follows(out, odd)) == 2


def test_a_tenure_of_the_very_day_of_a_move_is_that_of_the_move() -> None:
    for days, found in ((("2025-01-01", "2025-12-31"), []), ((), ["b-arrival"])):
        old, new = tenure("b", "beijing", validFrom="2025-12-31"), tenure("s", "singapore", validTo="2025-01-01")
        assert list(follows(move("out", "beijing", "singapore", *days), old, new)) == found


def test_coming_back_begins_a_tenure_of_its_own() -> None:
    out = move("out", "beijing", "singapore", "2020-01-01", "2020-12-31")
    back = move("back", "singapore", "beijing", "2024-01-01", "2024-12-31")
    assert sorted(follows(out, back)) == ["back-destination", "out-destination", "out-origin"]


def test_the_nearest_later_tenure_gives_the_move_between() -> None:
    old = tenure("old", "beijing", heldTo="2023-01-01", validTo="2023-12-31")
    new = tenure("new", "singapore", validFrom="2024-05-01", heldFrom="2024-05-31", validTo="2024-09-30")
    last = tenure("last", "tokyo", validFrom="2025-01-01")
    found = follows(old, new, last)
    assert found == {
        "new-arrival": {"fromPlace": "beijing", "toPlace": "singapore", "status": "completed",
                        "notBefore": "2023-01-01", "notAfter": "2024-05-31"},
        "last-arrival": {"fromPlace": "singapore", "toPlace": "tokyo", "status": "completed"},
    }  # fmt: skip
    arrival = next(node for node in derive([old, new, last], vocabulary()) if local(node.iri) == "new-arrival")
    assert (arrival.type, arrival.derived_from) == ("HeadquartersMove", (old.iri, new.iri))


def test_no_move_follows_where_one_is_told_or_none_is_sure() -> None:
    old = tenure("old", "beijing", validTo="2023-12-31")
    new = tenure("new", "singapore", validFrom="2024-05-01")
    cancelled = {"status": "cancelled"}
    assert follows(old, new, move("told", "beijing", "singapore", **cancelled)) == {}
    assert follows(old, new, move("told", "", "singapore", **cancelled)) == {}
    assert list(follows(old, new, move("told", "tokyo", "singapore", **cancelled))) == ["new-arrival"]
    assert list(follows(old, new, move("told", "beijing", "tokyo", **cancelled))) == ["new-arrival"]
    assert list(follows(old, new, move("told", "beijing", **cancelled))) == ["new-arrival"]
    assert follows(old, tenure("new", "singapore", validFrom="2023-06-01")) == {}
    assert follows(old, tenure("new", "singapore")) == {}
    assert follows(old, tenure("new", "mainland-china", validFrom="2024-05-01")) == {}
    assert list(follows(old, tenure("new", "tokyo", validFrom="2023-12-31"))) == ["new-arrival"]
    assert follows(old, tenure("new", "tokyo", who="bolt", validFrom="2024-05-01")) == {}
