"""LoRAs of a recipe: checked, named in its id by what changes a pixel, told in the `parameters`."""

import math

import msgspec
import pytest

from maquette.core.errors import RecipeError
from maquette.core.lora import MAX_LORAS, LoraUse
from maquette.core.model_ref import ModelRef
from maquette.core.recipe import Recipe, check_recipe
from maquette.core.record import record_id_for
from maquette.provenance.ingredients import ingredients_of
from maquette.provenance.parameters import read_parameters, recipe_of, write_parameters

INK = LoraUse("Ink", "ab" * 32, 0.75)
CLAY = LoraUse("Clay 陶土", "cd" * 32, -1)


def recipe(*loras: LoraUse) -> Recipe:
    return Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=256,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef("model", name="Model"),
        loras=loras,
    )


def test_recipes_without_loras_keep_the_id_that_they_had() -> None:
    fields = msgspec.to_builtins(recipe())
    del fields["loras"]
    old = msgspec.convert(fields, Recipe)
    assert record_id_for(old) == record_id_for(recipe()) == "F9998379"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ((LoraUse("renamed", INK.digest, 0.75), CLAY), True),
        ((INK, LoraUse("Clay", CLAY.digest, -1.0)), True),
        ((INK, CLAY, LoraUse("Off", "ef" * 32, 0)), True),
        ((CLAY, INK), False),
        ((INK,), False),
        ((LoraUse("Ink", INK.digest, 0.5), CLAY), False),
    ],
)
def test_the_id_follows_from_what_changes_a_pixel(other: tuple[LoraUse, ...], same: bool) -> None:
    assert (record_id_for(recipe(*other)) == record_id_for(recipe(INK, CLAY))) is same


@pytest.mark.parametrize(
    ("loras", "words"),
    [
        ([LoraUse("a", "", 2.01)], "between -2 and 2"),
        ([LoraUse("a", "", math.nan)], "between -2 and 2"),
        ([LoraUse(str(n), f"{n:064d}") for n in range(MAX_LORAS + 1)], "At most 8"),
        ([INK, CLAY, LoraUse("Ink again", INK.digest)], "there twice"),
    ],
)
def test_what_cannot_be_used_is_said(loras: list[LoraUse], words: str) -> None:
    with pytest.raises(RecipeError, match=words) as caught:
        check_recipe(recipe(*loras))
    assert caught.value.field == "loras"


def test_other_programs_read_them_in_the_prompt_and_we_read_theirs() -> None:
    text = write_parameters(recipe(INK, CLAY), "Maquette 1")
    assert text.splitlines()[0] == "a mug <lora:Ink:0.75> <lora:Clay 陶土:-1>"
    read = recipe_of(read_parameters(text))
    assert read is not None
    assert read.prompt == "a mug"
    assert read.loras == (LoraUse("Ink", "", 0.75), LoraUse("Clay 陶土", "", -1))


def test_a_name_cannot_end_its_tag_and_a_weight_beyond_use_is_cut() -> None:
    text = write_parameters(recipe(LoraUse("a>b:c\nd", "", 1)), "Maquette 1")
    read = recipe_of(read_parameters(text.replace("d:1>", "d:99>")))
    assert read is not None
    assert read.loras == (LoraUse("a_b_c_d", "", 2.0),)


def test_the_manifest_names_by_digest_what_was_added() -> None:
    named = ingredients_of(recipe(INK, LoraUse("Off", "ef" * 32, 0), LoraUse("Unknown", "")))
    assert [(each.role, each.digest, each.name) for each in named] == [("lora", INK.digest, "")]
