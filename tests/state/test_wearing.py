"""A style on the panel: what it brings is seen there, and is gone again with it."""

import msgspec

from maquette.core.lora import LoraUse
from maquette.core.model_info import BUILT_IN, ModelFamily, ModelInfo
from maquette.core.recipe import Sampler
from maquette.core.style import Style, StyleGroup, Words
from maquette.core.style_ref import StyleRef
from maquette.state.draft import draft_recipes, session_from
from maquette.state.lora_choice import LoraChoice
from maquette.state.session import Session
from maquette.state.wearing import take_style_off, wear

MODEL = ModelInfo(id=BUILT_IN, name="Mini", family=ModelFamily.MINI, latent_factor=16, digest="ab")
LORA = LoraUse("Ink", "ab" * 32, 0.5)
INK = Style(
    id="ink", name=Words("Ink"), group=StyleGroup.INK, prompt=Words("an ink drawing of {prompt}"),
    negative=Words("photo"), loras=(LORA,), steps=30, sampler=Sampler.DPMPP_2M,
)  # fmt: skip
PANEL = Session(prompt="a mug", steps=12, guidance_scale=3.0, seed=5)


def test_a_recipe_has_the_whole_text_the_numbers_and_the_loras() -> None:
    session = wear(PANEL, INK)
    assert session.prompt == "a mug"
    assert (session.steps, session.guidance_scale) == (30, 3.0)
    (recipe,) = draft_recipes(session, MODEL, 5)
    assert (recipe.prompt, recipe.negative_prompt) == ("an ink drawing of a mug", "photo")
    assert (recipe.steps, recipe.sampler, recipe.loras) == (30, Sampler.DPMPP_2M, (LORA,))
    assert recipe.style == StyleRef("ink", "Ink")


def test_taken_off_the_panel_is_as_it_was() -> None:
    assert take_style_off(wear(PANEL, INK)) == PANEL
    assert take_style_off(wear(wear(PANEL, INK), msgspec.structs.replace(INK, steps=50))) == PANEL


def test_what_was_changed_meanwhile_and_other_loras_stay() -> None:
    mine = LoraChoice(name="Mine", digest="cd" * 32)
    worn = wear(msgspec.structs.replace(PANEL, loras=(mine,)), INK)
    assert [row.name for row in worn.loras] == ["Ink", "Mine"]
    bare = take_style_off(msgspec.structs.replace(worn, steps=31))
    assert bare.steps == 31
    assert bare.loras == (mine,)


def test_a_recipe_laid_out_has_its_style_on_and_the_prompt_as_typed() -> None:
    (recipe,) = draft_recipes(wear(PANEL, INK), MODEL, 5)
    session = session_from(recipe, Session(), {"ink": INK}.get)
    assert session.prompt == "a mug"
    assert session.style is not None
    assert draft_recipes(session, MODEL, 5) == (recipe,)


def test_without_its_style_a_recipe_is_laid_out_word_by_word() -> None:
    (recipe,) = draft_recipes(wear(PANEL, INK), MODEL, 5)
    other = msgspec.structs.replace(INK, prompt=Words("{prompt}, ink"))
    for find in ({}.get, {"ink": other}.get):
        session = session_from(recipe, wear(PANEL, INK), find)
        assert session.prompt == "an ink drawing of a mug"
        assert session.style is None
        (again,) = draft_recipes(session, MODEL, 5)
        assert again == msgspec.structs.replace(recipe, style=None)


def test_a_desk_keeps_the_style() -> None:
    worn = wear(PANEL, INK)
    assert msgspec.json.decode(msgspec.json.encode(worn), type=Session) == worn
