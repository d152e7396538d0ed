"""Two styles are blended by share, and a recipe says all of it."""

import msgspec
import pytest

from maquette.core.errors import RecipeError, StyleError
from maquette.core.lora import LoraUse
from maquette.core.prompt_blend import PromptBlend
from maquette.core.recipe import ModelRef, Recipe, Sampler, check_recipe
from maquette.core.record import record_id_for
from maquette.core.style import (
    Phrasing,
    SecondWords,
    Style,
    StyleGroup,
    Words,
    check_style,
    put_on,
    ref_of,
    take_off,
)
from maquette.core.style_blend import Numbers, as_own, blended, style_label, unblended
from maquette.core.style_ref import StyleRef

INK, GLAZE = LoraUse("Ink", "ab" * 32, 0.8), LoraUse("Glaze", "cd" * 32, 1.0)
OIL = Style(
    id="oil",
    name=Words("Oil painting", "油画"),
    group=StyleGroup.PAINT,
    prompt=Words("an oil painting of {prompt}, warm light", "{prompt}，油画风格"),
    negative=Words("photo", "照片"),
    steps=20,
    guidance_scale=4.0,
    sampler=Sampler.UNIPC,
    loras=(INK,),
)
PLAN = Style(
    id="plan",
    name=Words("Blueprint", "蓝图"),
    group=StyleGroup.INK,
    prompt=Words("a blueprint of {prompt}", "{prompt}，蓝图"),
    steps=30,
    loras=(LoraUse("Ink", "ab" * 32, 1.0), GLAZE),
)
PANEL = Numbers(steps=24, guidance_scale=6.0, sampler=Sampler.DPMPP_2M)


def recipe(phrasing: Phrasing, style: Style) -> Recipe:
    return Recipe(
        prompt=phrasing.prompt,
        negative_prompt=phrasing.negative,
        seed=7,
        width=256,
        height=256,
        steps=20,
        guidance_scale=5.0,
        model=ModelRef(id="maquette-mini"),
        style=ref_of(style),
        blend=phrasing.blend,
    )


def test_the_ends_are_the_styles_as_they_are() -> None:
    assert blended(OIL, PLAN, 0, PANEL) is OIL
    assert blended(OIL, PLAN, 1, PANEL) is PLAN


def test_numbers_lie_between_and_loras_go_with_the_share() -> None:
    quarter = blended(OIL, PLAN, 0.25, PANEL)
    assert (quarter.steps, quarter.guidance_scale) == (22, 4.5)
    assert quarter.sampler is Sampler.UNIPC
    assert blended(OIL, PLAN, 0.75, PANEL).sampler is Sampler.DPMPP_2M
    assert [(each.name, each.weight) for each in quarter.loras] == [("Ink", 0.85), ("Glaze", 0.25)]


def test_what_neither_says_is_left_to_the_panel() -> None:
    bare = {"steps": None, "guidance_scale": None, "sampler": None}
    first, second = (msgspec.structs.replace(each, **bare) for each in (OIL, PLAN))
    blend = blended(first, second, 0.5, PANEL)
    assert (blend.steps, blend.guidance_scale, blend.sampler) == (None, None, None)


def test_a_prompt_is_put_on_in_both_and_taken_off_again() -> None:
    blend = blended(OIL, PLAN, 0.25, PANEL)
    run = put_on(blend, Phrasing("a mug", "blurry"))
    assert run.prompt == "an oil painting of a mug, warm light"
    assert run.blend == PromptBlend(
        "a blueprint of a mug", 0.25, "blurry", StyleRef("plan", "Blueprint")
    )
    assert take_off(blend, run) == Phrasing("a mug", "blurry")
    assert take_off(OIL, run) is None  # it would leave the other one out
    assert style_label(recipe(run, blend)) == "Oil painting + Blueprint"


def test_words_that_both_say_alike_are_no_blend() -> None:
    twin = msgspec.structs.replace(OIL, id="twin")
    run = put_on(blended(OIL, twin, 0.5, PANEL), Phrasing("a mug"))
    assert run.blend is None


def test_a_blend_can_be_a_style_of_its_own() -> None:
    own = as_own(blended(OIL, PLAN, 0.5, PANEL), "1234")
    assert own.name == Words("Oil painting + Blueprint", "油画 + 蓝图")
    run = put_on(own, Phrasing("a mug"))
    assert run.blend is not None
    assert run.blend.style is None
    assert ref_of(own) == StyleRef("1234", "Oil painting + Blueprint")
    assert msgspec.json.decode(msgspec.json.encode(own), type=Style) == own


@pytest.mark.parametrize(
    "second",
    [
        SecondWords(prompt=Words("x"), share=1.5),
        SecondWords(prompt=Words("x"), share=0.5, id="../x"),
        SecondWords(prompt=Words("x"), share=0.5, name=Words("x" * 100)),
        SecondWords(prompt=Words("x" * 3000), share=0.5),
    ],
)
def test_a_stranger_s_blend_is_looked_at(second: SecondWords) -> None:
    check_style(msgspec.structs.replace(OIL, second=SecondWords(prompt=Words("x"), share=0.5)))
    with pytest.raises(StyleError):
        check_style(msgspec.structs.replace(OIL, second=second))


def test_a_blend_of_blends_is_refused() -> None:
    blend = as_own(blended(OIL, PLAN, 0.5, PANEL), "1234")
    with pytest.raises(StyleError, match="two styles that are not blends"):
        blended(blend, OIL, 0.5, PANEL)


def test_too_many_loras_together_are_refused() -> None:
    eight = tuple(LoraUse(f"L{n}", f"{n:064x}") for n in range(8))
    full = msgspec.structs.replace(OIL, loras=eight)
    with pytest.raises(StyleError, match="more than 8 LoRAs"):
        blended(full, PLAN, 0.5, PANEL)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.5, float("nan")])
def test_a_share_outside_is_refused(share: float) -> None:
    asked = recipe(Phrasing("a", "", PromptBlend("b", share)), OIL)
    with pytest.raises(RecipeError, match="between 0 and 1") as caught:
        check_recipe(asked)
    assert caught.value.field == "style"


def test_the_id_follows_from_the_blend_but_not_from_its_labels() -> None:
    plain = recipe(Phrasing("a mug"), OIL)
    blends = [
        recipe(Phrasing("a mug", "", PromptBlend("a plan", share, "", ref)), OIL)
        for share, ref in ((0.25, None), (0.5, None), (0.5, StyleRef("plan")))
    ]
    ids = [record_id_for(each) for each in (plain, *blends)]
    assert len(set(ids)) == 3
    assert ids[2] == ids[3]


def test_a_recipe_of_before_there_were_blends_reads_and_keeps_its_id() -> None:
    plain = recipe(Phrasing("a mug"), OIL)
    fields = msgspec.to_builtins(plain)
    del fields["blend"]
    assert msgspec.convert(fields, Recipe) == plain
    assert record_id_for(plain) == "1FB74A4D"


def test_a_blend_of_unknown_styles_is_told_apart_by_what_both_say() -> None:
    run = put_on(blended(OIL, PLAN, 0.25, PANEL), Phrasing("a red mug", "blurry"))
    asked = recipe(run, OIL)
    told = unblended(asked)
    assert told is not None
    bare, style = told
    again = put_on(style, bare)
    assert bare.prompt == "of a red mug"  # the longest words that both have
    assert (again.prompt, again.negative) == (asked.prompt, asked.negative_prompt)
    assert run.blend is not None
    assert again.blend == msgspec.structs.replace(run.blend, style=None)
