"""A style is put on a prompt and taken off again."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.errors import StyleError
from maquette.core.lora import LoraUse
from maquette.core.style import (
    Phrasing,
    Style,
    StyleGroup,
    Words,
    check_style,
    put_on,
    ref_of,
    take_off,
)
from maquette.core.style_ref import StyleRef

OIL = Style(
    id="oil",
    name=Words("Oil painting", "油画"),
    group=StyleGroup.PAINT,
    prompt=Words("an oil painting of {prompt}, warm light", "{prompt}，油画风格"),
    negative=Words("photo", "照片"),
)
LORA = LoraUse("Ink", "ab" * 32)


def style(prompt: str, negative: str = "") -> Style:
    return Style(
        id="s",
        name=Words("S"),
        group=StyleGroup.INK,
        prompt=Words(prompt),
        negative=Words(negative),
    )


def changed(**changes: Any) -> Style:
    return msgspec.structs.replace(OIL, **changes)


@pytest.mark.parametrize(
    ("written", "run"),
    [
        (
            Phrasing("a red mug"),
            Phrasing("an oil painting of a red mug, warm light", "photo"),
        ),
        (
            Phrasing("a red mug.", "blue"),
            Phrasing("an oil painting of a red mug, warm light", "blue, photo"),
        ),
        (Phrasing("红色马克杯"), Phrasing("红色马克杯，油画风格", "照片")),
        (Phrasing("a {prompt}"), Phrasing("an oil painting of a {prompt}, warm light", "photo")),
    ],
)
def test_a_style_is_put_on_in_the_language_of_the_prompt(written: Phrasing, run: Phrasing) -> None:
    assert put_on(OIL, written) == run


@pytest.mark.parametrize(
    ("fragment", "language", "run"),
    [
        ("an oil painting of {prompt}", "en", "an oil painting"),
        ("{prompt}, oil on canvas", "en", "oil on canvas"),
        ("oil on canvas", "en", "oil on canvas"),
        ("{prompt}的油画", "zh", "油画"),
    ],
)
def test_without_a_prompt_the_style_stands_alone(fragment: str, language: str, run: str) -> None:
    assert put_on(style(fragment), Phrasing(""), language).prompt == run
    assert take_off(style(fragment), Phrasing(run)) == Phrasing("")


def test_words_without_a_place_go_behind_the_prompt() -> None:
    assert put_on(style("oil on canvas"), Phrasing("a mug,")).prompt == "a mug, oil on canvas"
    assert put_on(style("油画风格"), Phrasing("一个杯子")).prompt == "一个杯子，油画风格"


def test_a_style_without_words_leaves_the_prompt_as_it_is() -> None:
    plain = msgspec.structs.replace(style(""), steps=30)
    assert put_on(plain, Phrasing("a mug, ", "x")) == Phrasing("a mug, ", "x")


@pytest.mark.parametrize(
    "worn",
    [
        OIL,
        style("oil on canvas"),
        style("{prompt}, a {prompt} by night"),
        style("pixel art, {prompt}", "{prompt} and dust"),
    ],
)
@given(
    prompt=st.text("ab{}promt, 红杯，.", max_size=20).map(lambda text: text.strip(" ,.，")),
    negative=st.sampled_from(["", "blue", "dust"]),
)
def test_what_is_put_on_can_be_taken_off(worn: Style, prompt: str, negative: str) -> None:
    written = Phrasing(prompt, negative)
    run = put_on(worn, written)
    bare = take_off(worn, run)
    assert bare is not None
    assert put_on(worn, bare) == run


def test_a_prompt_that_was_changed_keeps_its_style() -> None:
    assert take_off(OIL, Phrasing("a watercolour of a mug", "photo")) is None
    assert take_off(OIL, Phrasing("an oil painting of a mug, warm light")) is None


def test_a_recipe_is_labelled_with_id_and_english_name() -> None:
    assert ref_of(OIL) == StyleRef("oil", "Oil painting")
    assert ref_of(changed(name=Words(zh="油画"))).name == "油画"


def test_good_styles_pass() -> None:
    check_style(OIL)
    check_style(changed(prompt=Words(), negative=Words(), loras=(LORA,)))
    check_style(changed(prompt=Words(), negative=Words(), steps=30, guidance_scale=0.5))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "../x"}, "id"),
        ({"id": "x" * 65}, "id"),
        ({"name": Words(" ")}, "needs a name"),
        ({"name": Words("x" * 81)}, "80 characters"),
        ({"author": "a\x00b"}, "plain text"),
        ({"prompt": Words("m" * 2001)}, "2,000 characters"),
        ({"prompt": Words("{prompt}" * 9)}, "8 places"),
        ({"prompt": Words("{prompt}"), "negative": Words()}, "needs words"),
        ({"description": Words("d" * 401)}, "400 characters"),
        ({"loras": (LORA,) * 9}, "8 LoRAs"),
        ({"loras": (LoraUse("Ink", "ab" * 32, 2.5),)}, "weights from -2 to 2"),
        ({"loras": (LoraUse("Ink", "ab" * 32, float("nan")),)}, "weights"),
        ({"loras": (LoraUse("Ink", "../ink"),)}, "LoRAs"),
        ({"steps": 0}, "steps"),
        ({"guidance_scale": float("inf")}, "guidance"),
    ],
)
def test_what_no_style_can_say_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(StyleError, match=says):
        check_style(changed(**changes))
