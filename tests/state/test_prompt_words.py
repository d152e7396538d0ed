"""Words that chips put into a prompt, in both languages."""

import pytest

from maquette.state.prompt_words import ChipKind, chips, own_look, put, says, take


def chip(kind, word):
    return next(each for each in chips(ChipKind(kind)) if each.word == word)


@pytest.mark.parametrize(
    ("prompt", "kind", "word", "expected"),
    [
        ("a mug", "look", "blue_glass", "a blue glass mug"),
        ("a mug", "colour", "orange", "an orange mug"),
        ("an orange vase and a blue bowl", "colour", "red", "a red vase and a blue bowl"),
        ("a red ceramic mug on a wooden table", "material", "marble",
         "a red marble mug on a wooden table"),
        ("a red ceramic mug on a wooden table", "look", "polished_copper",
         "a polished copper mug on a wooden table"),
        ("espresso mug, polished copper, dark studio", "colour", "red",
         "espresso mug, red metal, dark studio"),
        ("a mug on a wooden table", "background", "white", "a mug on a white background"),
        ("espresso mug, warm key light from the left, dark studio", "background", "white",
         "espresso mug, warm key light from the left, white background"),
        ("a mug in warm light", "light", "soft", "a mug in soft light"),
        ("a vase of glass", "material", "marble", "a vase of marble"),
        ("", "look", "blue_glass", "blue glass"),
        ("一个红色的陶瓷马克杯放在木桌上", "colour", "blue", "一个蓝色的陶瓷马克杯放在木桌上"),
        ("一个红色的陶瓷马克杯放在木桌上", "background", "white",
         "一个红色的陶瓷马克杯放在白色背景前"),
        ("一只杯子", "look", "blue_glass", "一只蓝色玻璃杯子"),
        ("一只杯子", "light", "soft", "一只杯子，柔光"),
    ],
)  # fmt: skip
def test_a_word_takes_the_place_of_the_earlier_one(prompt, kind, word, expected):
    wanted = chip(kind, word)
    changed = put(prompt, wanted)
    assert changed == expected
    assert says(changed, wanted)
    assert put(changed, wanted) == changed


@pytest.mark.parametrize(
    ("prompt", "kind", "word", "expected"),
    [
        ("a blue glass mug", "look", "blue_glass", "a mug"),
        ("an orange mug", "colour", "orange", "a mug"),
        ("a vase of glass on a white table", "material", "glass", "a vase on a white table"),
        ("a mug, in soft light", "light", "soft", "a mug"),
        ("a mug, white background, oil painting", "background", "white", "a mug, oil painting"),
        ("一个红色的杯子放在木桌上，水墨画", "background", "wood", "一个红色的杯子，水墨画"),
        ("一个红色的陶瓷马克杯", "colour", "red", "一个陶瓷马克杯"),
    ],
)
def test_a_word_can_be_taken_out_again(prompt, kind, word, expected):
    wanted = chip(kind, word)
    assert says(prompt, wanted)
    assert take(prompt, wanted) == expected


def test_the_wood_of_a_table_is_not_what_the_mug_is_made_of():
    assert not says("a mug on a wooden table", chip("material", "wood"))
    assert says("a wooden mug", chip("material", "wood"))


def test_words_inside_other_words_do_not_count():
    assert not says("an infrared photo of a smuggled thing", chip("colour", "red"))


def test_own_words_go_before_the_thing_and_find_their_colour():
    look = own_look("hammered brass")
    assert put("a red ceramic mug", look) == "a hammered brass mug"
    assert look.swatch.startswith("#")


def test_a_very_long_prompt_is_not_searched_to_its_end():
    prompt = "a mug, " + "x" * 9_000
    assert put(prompt, chip("look", "blue_glass")).startswith("a blue glass mug")
