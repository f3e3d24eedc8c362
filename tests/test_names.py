"""Names: one thing under each of its names, in every script; suggestions and candidates otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import folder, raised, said, source

from graph import names, profile
from graph.errors import AmbiguousNameError, NotFoundError
from graph.store import Graph, in_memory


def organization(slug: str, **labels: str) -> dict[str, Any]:
    return {"id": f"organization/{slug}", "label": labels}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Zhipu AI", "organization/zhipu"),
        ("智谱", "organization/zhipu"),
        ("智譜", "organization/zhipu"),
        ("智譜華章", "organization/zhipu"),
        ("Z.ai", "organization/zhipu"),
        ("zhipu ai", "organization/zhipu"),
        ("ZHIPUAI", "organization/zhipu"),
        ("ＺＨＩＰＵ　ＡＩ", "organization/zhipu"),
        ("organization/zhipu", "organization/zhipu"),
        ("月之暗面", "organization/moonshot-ai"),
        ("阿里", "organization/alibaba"),
        ("字節跳動", "organization/bytedance"),
        ("谷歌", "organization/google"),
        ("Sequoia China", "organization/hongshan"),
        ("twitter", "organization/x"),
        ("qqmusic", "product/qq-music"),
        ("Kimi", "product/kimi"),
        ("Manus", "product/manus"),
        ("Manus AI", "organization/butterfly-effect"),
        ("騰訊元寶", "product/tencent-yuanbao"),
        ("肖弘", "person/xiao-hong"),
        ("新加坡", "place/singapore"),
        ("mainland china", "place/mainland-china"),
        ("HeyGen leaves Shenzhen", "case/heygen"),
        ("criterion/big-tech", "criterion/big-tech"),
    ],
)
def test_a_name_leads_to_its_thing(graph: Graph, text: str, thing: str) -> None:
    assert profile.find(graph, text).thing == thing


@pytest.mark.parametrize(
    ("text", "role", "language"),
    [
        ("智譜", "label", "zh-hant"),
        ("智谱", "label", "zh-hans"),
        ("z.ai", "alias", "en"),
        ("Twitter", "formerName", "en"),
    ],
)
def test_a_match_says_which_name_it_was(graph: Graph, text: str, role: str, language: str) -> None:
    found = profile.find(graph, text)
    assert (found.role, found.language) == (role, language)


@pytest.mark.parametrize(
    ("text", "meant"), [("Kimmi Chat", "Kimi"), ("智谱清言AI", "智谱清言"), ("智谱清言的", "智谱清言")]
)
def test_an_unknown_name_is_answered_with_similar_ones(graph: Graph, text: str, meant: str) -> None:
    with pytest.raises(NotFoundError, match=f"nothing here is named '{text}'; did you mean .*{meant}") as caught:
        names.resolve(graph.index, text)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("text", ["", " ", "!?", "zzzzzzzz", "organization/nothing", "/", "'; DROP TABLE names; --"])
def test_a_name_like_no_other_is_answered_with_advice(graph: Graph, text: str) -> None:
    with pytest.raises(NotFoundError, match=r"try another spelling|did you mean"):
        profile.find(graph, text)


def test_a_label_goes_before_an_alias(tmp_path: Path) -> None:
    alias = {"id": "organization/bolt", "label": {"en": "Bolt"}, "alias": {"en": ["Acme"]}}
    small = in_memory(folder(tmp_path, things=[organization("acme", en="Acme"), alias]))
    assert profile.find(small, "acme").thing == "organization/acme"


def test_two_things_of_one_label_are_candidates(tmp_path: Path) -> None:
    twins = [organization("acme-one", en="Acme One", **{"zh-hans": "极致"}), organization("bolt", en="极致")]
    small = in_memory(folder(tmp_path, things=twins))
    with pytest.raises(AmbiguousNameError, match="'极致' names several things") as caught:
        profile.find(small, "极致")
    assert caught.value.candidates == ("organization/acme-one", "organization/bolt")
    assert caught.value.exit_code == 4


def test_a_product_and_its_maker_of_one_name_count_as_one(tmp_path: Path) -> None:
    things = [
        organization("acme", en="Acme"),
        {"id": "product/acme", "label": {"en": "Acme"}},
        organization("daily", en="D"),
    ]
    makes = said(about="operation/acme", type="Operation", organization="organization/acme", product="product/acme")
    small = in_memory(folder(tmp_path, source("one", makes), things=things))
    assert profile.find(small, "Acme").thing == "organization/acme"


def test_a_product_and_an_organization_of_one_slug_and_name_count_as_one(tmp_path: Path) -> None:
    things = [organization("acme", en="Acme"), {"id": "product/acme", "label": {"en": "Acme"}}]
    assert profile.find(in_memory(folder(tmp_path, things=things)), "Acme").thing == "organization/acme"


def test_a_product_and_a_stranger_of_one_name_are_two(tmp_path: Path) -> None:
    things = [organization("acme", en="Acme"), {"id": "product/acme-game", "label": {"en": "Acme"}}]
    small = in_memory(folder(tmp_path, things=things))
    with pytest.raises(AmbiguousNameError):
        profile.find(small, "Acme")


def test_a_traditional_label_given_by_hand_stands_instead_of_the_computed_ones(tmp_path: Path) -> None:
    by_hand = organization("valley", en="Valley", **{"zh-hans": "云谷", "zh-hant": "芸谷"})
    computed = organization("hill", en="Hill", **{"zh-hans": "云山"})
    small = in_memory(folder(tmp_path, things=[by_hand, computed]))
    assert names.resolve(small.index, "芸谷").thing == "organization/valley"
    assert names.resolve(small.index, "雲山").thing == "organization/hill"
    assert names.find(small.index, "雲谷") == []


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("张弓", "written"), ("張弓", "written"), ("zhang gong", "pinyin"), ("Zhāng Gōng", "pinyin"),
        ("章弓", "sound"), ("张弓 先生", "part"),
    ],
)  # fmt: skip
def test_a_chinese_name_of_two_characters_bears_every_form_but_a_typing_error(
    tmp_path: Path, text: str, way: str
) -> None:
    person = {"id": "person/zhang-gong", "label": {"en": "Gordon", "zh-hans": "张弓"}}
    small = in_memory(folder(tmp_path, things=[person, organization("long", en="Long", **{"zh-hans": "章鱼弓箭"})]))
    assert profile.find(small, text)[3::2] == ("person/zhang-gong", way)
    assert names.candidates(small.index, "张引", surely=False) == []


@pytest.mark.parametrize(("text", "thing"), [("x", "x"), ("X Inc.", "x"), ("Yi", "yi"), ("伊", "yi"), ("yī", "yi")])
def test_names_of_one_or_two_letters_are_found_only_in_full(tmp_path: Path, text: str, thing: str) -> None:
    short = [organization("x", en="X"), organization("yi", en="Yi", **{"zh-hans": "伊"})]
    small = in_memory(folder(tmp_path, things=short))
    assert names.resolve(small.index, text).thing == f"organization/{thing}"
    for other in ("z", "yo", "X Robotics", "Yi Robotics", "xx"):
        assert names.candidates(small.index, other, surely=False) == []


def test_a_label_of_one_thing_that_is_an_alias_of_another_means_each_where_the_kind_says_so(tmp_path: Path) -> None:
    maker = {"id": "organization/bolt", "label": {"en": "Bolt"}, "alias": {"en": ["Gadget"]}}
    small = in_memory(folder(tmp_path, things=[maker, {"id": "product/gadget", "label": {"en": "Gadget"}}]))
    assert [n.thing for n in names.find(small.index, "gadget")] == ["product/gadget", "organization/bolt"]
    assert names.resolve(small.index, "gadget").thing == "product/gadget"
    assert names.resolve(small.index, "gadget", frozenset({"organization"})).thing == "organization/bolt"


def test_names_of_one_thing_side_by_side_are_a_sure_match_and_those_of_several_are_not(graph: Graph) -> None:
    assert profile.find(graph, "智谱 (Zhipu)").certain
    found = profile.find(graph, "Google Gemini")
    assert (found.thing, found.way) == ("product/gemini", "part")
    assert profile.find(graph, "智谱 Example").way == "part"


def test_a_name_in_another_trade_is_near_and_never_sure(tmp_path: Path) -> None:
    things = [organization("hongjun", en="Hongjun", **{"zh-hans": "红俊"}), organization("near", en="红军科技")]
    small = in_memory(folder(tmp_path, things=things))
    assert [(n.thing, n.way) for n in names.near(small.index, "红俊科技")] == [("organization/hongjun", "part")]
    assert names.find(small.index, "红俊科技") == []
    assert names.resolve(small.index, "红俊有限公司").thing == "organization/hongjun"


def test_of_several_names_in_a_text_the_last_one_that_is_enough_of_it_counts(tmp_path: Path) -> None:
    things = [
        organization("moon", en="Moon", **{"zh-hans": "月之暗面"}),
        {"id": "product/kimi", "label": {"en": "Kimi"}},
    ]
    small = in_memory(folder(tmp_path, things=things))
    assert [n.thing for n in names.near(small.index, "月之暗面kimi")] == ["organization/moon"]


@pytest.mark.parametrize(("text", "meant", "other"), [("melon", "mellon", "mekon"), ("mleon", "melon", "mlron")])
def test_of_equally_near_names_a_letter_left_out_or_swapped_is_likelier_than_one_replaced(
    tmp_path: Path, text: str, meant: str, other: str
) -> None:
    small = in_memory(folder(tmp_path, things=[organization(slug, en=slug) for slug in (meant, other)]))
    assert [n.name for n in names.near(small.index, text)] == [meant]


@pytest.mark.parametrize("text", ["Robotics of Singapore", "Xiamen Robotics"])
def test_a_place_in_a_name_is_not_its_thing(graph: Graph, text: str) -> None:
    with pytest.raises(NotFoundError):
        profile.find(graph, text)


def test_the_first_words_of_a_name_stand_for_it_if_for_no_other(tmp_path: Path) -> None:
    things = [organization("east", en="East Spring Fund"), organization("west", en="West End"),
              organization("weston", en="West Ender Fund")]  # fmt: skip
    small = in_memory(folder(tmp_path, things=things))
    assert profile.find(small, "East Spring")[3::2] == ("organization/east", "beginning")
    assert profile.find(small, "west end").thing == "organization/west"
    for text in ("West", "East Spr"):
        assert names.candidates(small.index, text, surely=False) == []


def test_the_beginning_of_a_name_in_pinyin_stands_for_it_if_for_no_other(tmp_path: Path) -> None:
    things = [
        organization("butterfly", en="Butterfly Effect", **{"zh-hans": "蝴蝶效应"}),
        organization("sea", en="Sea", **{"zh-hans": "大海"}),
        organization("seal", en="Seal", **{"zh-hans": "大海豹"}),
    ]
    small = in_memory(folder(tmp_path, things=things))
    assert profile.find(small, "hudie")[3::2] == ("organization/butterfly", "beginning")
    assert profile.find(small, "húdié xiào").thing == "organization/butterfly"
    for half in ("hudi", "hudiex"):  # within a character it is only a suggestion
        assert names.candidates(small.index, half, surely=False) == []
        assert names.suggest(small.index, half) == ["蝴蝶效应"]


def test_what_is_typed_begins_names_in_every_script_the_most_told_of_first(tmp_path: Path) -> None:
    things = [
        organization("sea", en="Ocean", **{"zh-hans": "大海"}),
        organization("seal", en="Dahab"),
        organization("other", en="Adah"),
        "organization/acme",
        "organization/daily",
    ]
    told = [
        raised("a", about="event/a", organization="organization/seal"),
        raised("b", organization="organization/acme"),
    ]
    small = in_memory(folder(tmp_path, source("one", *told), things=things))
    found = names.beginning(small.index, "dah", 5)
    assert [(n.name, n.thing, n.way) for n in found] == [
        ("Dahab", "organization/seal", "beginning"),
        ("大海", "organization/sea", "beginning"),
    ]
    assert len(names.beginning(small.index, "dah", 1)) == 1
    assert names.beginning(small.index, "!", 5) == []


def test_of_equally_many_errors_the_one_that_keeps_the_letters_is_nearer(tmp_path: Path) -> None:
    small = in_memory(folder(tmp_path, things=[organization("mi", en="Xiaomi"), organization("i", en="Xiaoi")]))
    assert profile.find(small, "Xiamoi").thing == "organization/mi"


def test_a_kind_settles_which_of_two_is_meant(graph: Graph) -> None:
    assert names.resolve(graph.index, "HeyGen", frozenset({"product"})).thing == "product/heygen"
    assert names.resolve(graph.index, "HeyGen", frozenset({"organization"})).thing == "organization/heygen"


def test_a_key_that_is_only_punctuation_finds_nothing(tmp_path: Path) -> None:
    small = in_memory(folder(tmp_path, things=[organization("plus", en="+++")]))
    with pytest.raises(NotFoundError):
        names.resolve(small.index, "!!!")


def test_other_names_leave_out_the_two_labels(graph: Graph) -> None:
    found = names.other_names(graph.index, "organization/zhipu")
    assert {"Zhipu", "Z.ai", "智谱AI", "智譜"} <= set(found)
    assert not {"Zhipu AI", "智谱"} & set(found)
