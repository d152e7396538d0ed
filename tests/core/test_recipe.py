"""What a recipe may hold."""

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.errors import RecipeError
from maquette.core.recipe import (
    MAX_SEED,
    ModelRef,
    Recipe,
    StartImage,
    check_recipe,
    draw_seed,
)
from maquette.core.record import record_id_for
from maquette.core.style_ref import StyleRef

GOOD = Recipe(
    prompt="a mug",
    seed=1,
    width=512,
    height=768,
    steps=20,
    guidance_scale=7.0,
    model=ModelRef("maquette-mini"),
)


def changed(**changes: Any) -> Recipe:
    return msgspec.structs.replace(GOOD, **changes)


@pytest.mark.parametrize(
    "recipe",
    [
        GOOD,
        changed(prompt="", negative_prompt=""),
        changed(prompt="m" * 10_000),
        changed(seed=0),
        changed(seed=MAX_SEED),
        changed(steps=1),
        changed(guidance_scale=0),
        changed(start=StartImage("", 1.0)),
    ],
)
def test_good_recipes_pass(recipe: Recipe) -> None:
    check_recipe(recipe, latent_factor=16)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("prompt", {"prompt": "m" * 10_001}),
        ("negative_prompt", {"negative_prompt": "m" * 10_001}),
        ("width", {"width": 520}),
        ("width", {"width": 0}),
        ("height", {"height": 1 << 40}),
        ("seed", {"seed": -1}),
        ("seed", {"seed": MAX_SEED + 1}),
        ("steps", {"steps": 0}),
        ("steps", {"steps": 151}),
        ("guidance_scale", {"guidance_scale": math.nan}),
        ("guidance_scale", {"guidance_scale": -0.1}),
        ("guidance_scale", {"guidance_scale": math.inf}),
        ("strength", {"start": StartImage("", 0.0)}),
        ("strength", {"start": StartImage("", math.nan)}),
        ("strength", {"start": StartImage("", 1.1)}),
    ],
)
def test_a_bad_value_is_named_in_one_sentence(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(RecipeError) as error:
        check_recipe(changed(**changes), latent_factor=16)
    assert error.value.field == field
    assert error.value.message.endswith(".")


@given(st.integers(256, 4096), st.sampled_from([8, 16, 32]))
def test_the_nearest_size_that_is_offered_is_allowed(width: int, factor: int) -> None:
    try:
        check_recipe(changed(width=width), factor)
    except RecipeError as error:
        offered = int(error.message.split("; ")[1].split()[0])
        check_recipe(changed(width=offered), factor)
        assert abs(offered - width) <= factor / 2


def test_seeds_are_drawn_from_the_whole_range() -> None:
    seeds = {draw_seed() for _ in range(200)}
    assert len(seeds) > 190
    assert all(0 <= seed <= MAX_SEED for seed in seeds)


def test_a_style_is_a_label_that_changes_no_id() -> None:
    labelled = changed(style=StyleRef("oil", "Oil painting"))
    assert record_id_for(labelled) == record_id_for(GOOD)
    assert msgspec.json.decode(msgspec.json.encode(labelled), type=Recipe) == labelled


def test_recipes_from_before_there_were_styles_are_read() -> None:
    older = msgspec.to_builtins(GOOD)
    del older["style"]
    assert msgspec.convert(older, Recipe) == GOOD
