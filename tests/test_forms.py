"""Names looked up in an index of nothing but names: in which order they are found, and by which of their forms."""

from __future__ import annotations

import sqlite3

import pytest

from graph import names, naming
from graph.errors import AmbiguousNameError, NotFoundError
from graph.names import Name
from graph.naming import Names


def listed(*all_names: Name) -> sqlite3.Connection:
    """An index of names alone."""
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS staged")
    connection.execute("CREATE TABLE links (node TEXT, property TEXT, target TEXT)")
    index = Names(connection)
    for thing in sorted({name.thing for name in all_names}):
        index.add([name for name in all_names if name.thing == thing])
    index.close()
    return connection


def called(name: str, slug: str, language: str = "en", role: str = "label", mentions: int = 0) -> Name:
    return Name(name, language, role, slug if "/" in slug else f"organization/{slug}", mentions)


def found(index: sqlite3.Connection, text: str) -> list[tuple[str, str]]:
    """The slug of each thing that a text is a form of, and how."""
    return [(name.thing.partition("/")[2], name.way) for name in names.find(index, text)]


def near(index: sqlite3.Connection, text: str) -> list[tuple[str, str]]:
    """The slug of each thing that a text only comes near to, and how."""
    return [(name.thing.partition("/")[2], name.way) for name in names.near(index, text)]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ｃｈａｒ．ＡＩ", "charai"),
        ("Straße", "strasse"),
        ("Zhì Pǔ", "zhipu"),
        ("智谱 AI", "智谱ai"),
        ("йод", "йод"),
        ("!?", ""),
    ],
)
def test_a_key_is_folded_and_bare(name: str, key: str) -> None:
    assert names.key(name) == key


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (" Acme ", "Acme"), ("Acme Inc.", "Acme"), ("Acme, Inc", "Acme"), ("Acme Co., Ltd.", "Acme"),
        ("Acme S.A.S.", "Acme"), ("极致集团, 有限公司", "极致"), ("有限公司", "有限公司"), ("Inc", "Inc"),
        ("Incorporated Ideas", "Incorporated Ideas"),
    ],
)  # fmt: skip
def test_a_legal_form_is_left_out_as_often_as_there_is_one(name: str, short: str) -> None:
    assert names.without_legal_form(name) == short


def test_labels_come_before_aliases_and_former_names_and_the_often_told_first() -> None:
    index = listed(
        called("Acme", "g", role="formerName", mentions=9),
        called("Acme", "f", role="alias", mentions=9),
        called("Acme", "e", mentions=2),
        called("ACME", "d"),
        called("Acme", "c"),
        called("Acme Inc.", "a", mentions=9),
    )
    order = [("e", "written"), ("c", "written"), ("d", "written"), ("f", "written"), ("g", "written"), ("a", "short")]
    assert found(index, " acme ") == order
    assert found(index, "Acme Ltd") == order


def test_of_one_thing_names_are_in_order_of_language_and_name() -> None:
    index = listed(
        *(called(name, "a", language) for name, language in (("ACME", "zh-hans"), ("aCme", "en"), ("Acme", "en")))
    )
    assert [(n.language, n.name) for n in names.find(index, "acme")] == [
        ("en", "Acme"),
        ("en", "aCme"),
        ("zh-hans", "ACME"),
    ]


def test_pinyin_stands_for_a_name_only_where_nothing_is_written_so() -> None:
    index = listed(called("智谱", "zhipu", "zh-hans"), called("月", "yue", "zh-hans"), called("Yue", "other"))
    assert found(index, "zhipu") == found(index, "zhi4 pu3") == [("zhipu", "pinyin")]
    assert found(index, "yue") == [("other", "written")]
    assert found(index, "yue4") == [("yue", "pinyin")]
    assert found(index, "zhi9pu") == found(index, "zhi4pu33") == []


def test_a_character_read_otherwise_and_a_family_name_last_are_forms_too() -> None:
    index = listed(called("单", "person/shan", "zh-hans"), called("De Freitas Daniel", "person/daniel"))
    assert found(index, "dan") == [("shan", "pinyin")]
    assert found(index, "shan") == found(index, "chan") == found(index, "shan4") == [("shan", "reading")]
    assert found(index, "daniel de freitas") == [("daniel", "order")]


def test_several_names_of_one_thing_side_by_side_are_sure_and_all_must_be_of_one() -> None:
    index = listed(
        called("阶跃星辰", "step", "zh-hans"),
        called("StepFun", "step", role="alias"),
        called("StepFun", "game"),
        called("Moon Shot", "moon"),
        called("Fez", "place/fez"),
    )
    assert names.find(index, "阶跃星辰 (StepFun)")[0].name == "阶跃星辰"
    assert found(index, "阶跃星辰 (StepFun)") == [("step", "written")]
    assert found(index, "StepFun Moon Shot") == found(index, "阶跃星辰 StepFun X") == []
    for text in ("阶跃星辰 StepFun X", "StepFun 阶跃星辰 X", "阶跃星辰 StepFun Fez"):
        assert near(index, text) == [("step", "part")]
    assert near(index, "StepFun Moon Shot") == [("moon", "part")]
    assert near(index, "Moon Shot of the far side of the world") == []
    assert all(name.certain for name in names.find(index, "阶跃星辰 (StepFun)"))
    assert not any(name.certain for name in names.near(index, "阶跃星辰 StepFun X"))


def test_names_in_a_text_are_sought_in_words_that_are_enough_of_it_and_not_too_many() -> None:
    index = listed(
        called("Yi", "yi"), called("伊", "yi", "zh-hans"), called("Ant", "ant"), called("Acme", "acme"),
        called("Acme Town", "place/acme-town"), called("Gadget", "gadget"),
    )  # fmt: skip
    assert near(index, "Ant Xx") == near(index, "Xx Ant") == [("ant", "part")]
    assert near(index, "Yi Xxx") == near(index, "伊 Xxx") == []
    assert near(index, "Acme Qqqqqqqq") == []  # a third
    assert near(index, "Acme Qqqqqqq") == [("acme", "part")]
    assert near(index, "Qqq Acme Town") == []
    assert near(index, "Acme Town Gadget") == [("gadget", "part")]
    assert found(index, "Acme" + " acme" * 11) == [("acme", "written")]
    assert found(index, "Acme" + " acme" * 12) == []


def test_the_beginning_of_a_name_is_near_if_one_thing_alone_bears_it() -> None:
    index = listed(
        called("East Spring Fund", "east"), called("East Spring Fund II", "east", role="alias"),
        called("West End", "west"), called("West Hill", "hill"), called("Sun Moon Star", "sun"),
        called("蝴蝶效应", "butterfly", "zh-hans"), called("大海 Sea Fund", "sea", "zh-hans"),
    )  # fmt: skip
    assert near(index, "East Spring") == near(index, "east") == [("east", "beginning")]
    assert near(index, "hudie") == near(index, "蝴蝶") == [("butterfly", "beginning")]
    assert near(index, "dahai") == near(index, "dahai sea") == [("sea", "beginning")]
    for text in ("West", "East Spr", "Sun", "hud", "hudiex"):
        assert near(index, text) == []


def test_a_name_that_sounds_alike_or_is_of_another_trade_is_near() -> None:
    index = listed(
        called("张弓", "zhang", "zh-hans"), called("章鱼", "octopus", "zh-hans"), called("红俊", "jun", "zh-hans"),
        called("张三AI", "san", "zh-hans"), called("张", "z", "zh-hans"), called("Yu", "person/yu"),
        called("Mellon", "b"), called("mellon", "a", role="alias", mentions=9),
        called("Kimo", "kimo"), called("Kimm", "kimm", role="alias"),
    )  # fmt: skip
    assert near(index, "章弓") == [("zhang", "sound")]
    assert near(index, "章三AI") == [("san", "sound")]
    assert near(index, "章引") == []  # nothing here says how the second one is read
    assert near(index, "红俊科技") == [("jun", "part")]
    assert near(index, "鱼") == []  # one character
    assert near(index, "melon") == [("b", "spelling"), ("a", "spelling")]
    assert near(index, "kimmo") == [("kimo", "spelling"), ("kimm", "spelling")]
    with pytest.raises(NotFoundError, match=r"did you mean Kimo, Kimm\?"):
        names.resolve(index, "kimmo")


def test_words_in_another_order_are_near() -> None:
    index = listed(called("De Freitas Daniel", "daniel"), called("China Mainland Fund Ltd", "fund"))
    assert near(index, "Daniel De Freitas") == near(index, "Freitas Daniel De") == [("daniel", "words")]
    assert near(index, "Fund China Mainland") == [("fund", "words")]
    assert near(index, "Freitas De Daniel") == []


def test_what_is_near_is_given_once_for_each_thing() -> None:
    index = listed(
        called("Mellon", "one", mentions=1), called("MELLON", "one", role="alias"), called("Mellon", "two", mentions=2)
    )
    assert near(index, "melon") == [("two", "spelling"), ("one", "spelling")]
    assert near(index, "m") == near(index, "") == []


def test_an_identifier_names_its_thing_by_its_label_and_so_does_the_one_that_went() -> None:
    index = listed(called("Acme", "acme"), called("Alias", "acme", role="alias"), called("Old/New", "old"))
    index.execute(
        "INSERT INTO links VALUES ('https://w3id.org/chuhai/id/organization/acme', 'exactMatch',"
        " 'https://w3id.org/chuhai/id/organization/gone')"
    )
    for text in ("organization/acme", "organization/gone"):
        assert [(n.name, n.thing) for n in names.find(index, text)] == [("Acme", "organization/acme")]
    assert found(index, "old/new") == [("old", "written")]
    assert found(index, "organization/none") == []


def test_other_names_and_the_keys_that_they_do_not_show() -> None:
    index = listed(
        called("Zhipu AI", "z"),
        called("智谱", "z", "zh-hans"),
        called("智譜", "z", "zh-hant"),
        called("Z.ai", "z", role="alias"),
    )
    assert names.other_names(index, "organization/z") == ["智譜", "Z.ai"]
    assert names.read_keys(index, "organization/z") == ["zhipu"]


def test_what_begins_so_is_given_once_for_each_thing_and_no_more_than_asked() -> None:
    index = listed(
        called("Dahab", "b", mentions=2),
        called("Dahabi", "b", role="alias"),
        called("大海", "sea", "zh-hans"),
        called("Adah", "c"),
    )
    assert [n.thing for n in names.beginning(index, "dah", 5)] == ["organization/b", "organization/sea"]
    assert [n[3::2] for n in names.beginning(index, "dah", 1)] == [("organization/b", "beginning")]
    assert names.beginning(index, "!", 5) == []


def test_suggestions_are_near_names_or_those_that_begin_or_end_alike() -> None:
    kimi = called("Kimi", "kimi"), called("Kimi Two", "two")
    index = listed(called("Manus  AI", "manus"), *kimi, called("Moonshot", "moon"), called("Yi", "yi"))
    assert names.suggest(index, "Mansu AI") == ["Manus AI"]
    assert names.suggest(index, "moons") == names.suggest(index, "mo") == ["Moonshot"]
    assert names.suggest(index, "yix") == ["Yi"]
    assert names.suggest(index, "kimi or manus") == ["Kimi"]
    assert names.suggest(index, "kimilike") == names.suggest(index, "Kimi" + "q" * 60) == ["Kimi"]
    assert names.suggest(index, "Kiimi or else") == names.suggest(index, "kimi qqqqqqqqqqq") == ["Kimi"]
    assert names.suggest(index, "zzz") == names.suggest(index, "k") == []


def test_one_thing_is_meant_or_several_are_named() -> None:
    alias = called("Acme", "product/acme", role="alias")
    index = listed(*(called("Acme", slug) for slug in "fbdaec"), alias, called("Bolt", "bolt"))
    several = tuple(f"organization/{slug}" for slug in "abcdef")
    with pytest.raises(AmbiguousNameError, match=f"names several things: {', '.join(several)}; name one") as caught:
        names.resolve(index, "acme")
    assert caught.value.candidates == several
    assert names.resolve(index, "acme", frozenset({"product"})).thing == "product/acme"
    with pytest.raises(AmbiguousNameError, match="organization/one, organization/two"):
        names.resolve(listed(called("Twin", "one"), called("Twin", "two")), "twin")
    with pytest.raises(NotFoundError, match=r"nothing here is named 'blot'; did you mean Bolt\?"):
        names.resolve(index, "blot")
    assert names.resolve(index, "blot", surely=False).thing == "organization/bolt"
    assert names.candidates(index, "bolt", surely=False)[0].certain
    with pytest.raises(NotFoundError, match="try another spelling, or a part of the name"):
        names.resolve(index, "zzzz")


def test_a_traditional_label_by_hand_stands_instead_of_the_computed_ones() -> None:
    index = listed(
        called("云谷", "valley", "zh-hans"), called("芸谷", "valley", "zh-hant"),
        called("云上谷", "valley", "zh-hans", role="alias"), called("雲下谷", "valley", "zh-hant", role="alias"),
        called("云山", "hill", "zh-hans"), called("雲河", "hill", "zh-hant", role="alias"), called("云南", "south"),
    )  # fmt: skip
    assert found(index, "芸谷") == found(index, "雲上谷") == [("valley", "written")]
    assert found(index, "雲山") == [("hill", "written")]
    assert found(index, "雲谷") == found(index, "雲南") == []
    assert naming.simplified("雲谷") == "云谷"


def test_readings_are_of_short_names_and_of_characters_alone() -> None:
    index = listed(
        called("阶跃星单", "four", "zh-hans"), called("阶跃星辰单", "five", "zh-hans"),
        called("女娲 AI", "nv", "zh-hans"),
        called("㐀鿿", "ends", "zh-hans"), called("Ada Byron", "person/ada"), called("Ada Lovelace", "works"),
        called("Иван Петров", "person/ivan", "ru"),
    )  # fmt: skip
    assert found(index, "jieyuexingdan") == [("four", "pinyin")]
    assert found(index, "jieyuexingshan") == [("four", "reading")]
    assert found(index, "jieyuexingchenshan") == []
    assert found(index, "nvwa ai") == found(index, "nuwa ai") == [("nv", "pinyin")]
    assert found(index, "byron ada") == [("ada", "order")]
    assert found(index, "Петров Иван") == [("ivan", "order")]
    assert found(index, "lovelace ada") == []
    read = dict(index.execute("SELECT character, reading FROM readings"))
    assert set(read) == set("阶跃星辰单女娲㐀鿿") | set("階躍單媧")
    assert read["娲"] == "wa"


def test_each_form_is_written_once_and_nothing_without_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "_ROWS", 1)
    index = listed(called("!!!", "a"), called("! Inc", "b"), *(called(name, "c") for name in ("E", "D", "F", "C", "G")))
    assert [key for (key,) in index.execute("SELECT key FROM names ORDER BY rowid")] == ["inc", *"cdefg"]
