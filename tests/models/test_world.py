"""Held-out combinations stay held out, and mirror images are described as such."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import maquette_recipe
from maquette_recipe.config import NEWEST, PUBLISHED, load_config, published_config
from maquette_recipe.render.batch import draw_looks
from maquette_recipe.world import (
    FORMS,
    MATERIALS,
    METALS,
    MOODS,
    SETTINGS,
    Attributes,
    allowed_colours,
    is_held_out,
    sample_attributes,
)

RECIPES = Path(maquette_recipe.__file__).parent / "recipes"


def test_held_out_combinations_are_never_sampled_for_training() -> None:
    rng = np.random.default_rng(0)
    for _ in range(1500):
        scene = sample_attributes(rng)
        assert not is_held_out(scene.form, scene.colour, scene.material)
    for form in FORMS:
        scene = sample_attributes(rng, form=form)
        for look in draw_looks(rng, scene, 30, held_out=False):
            assert not is_held_out(look.form, look.colour, look.material)


def test_held_out_sampling_gives_only_held_out_combinations() -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        scene = sample_attributes(rng, held_out=True)
        assert is_held_out(scene.form, scene.colour, scene.material)


def test_a_fair_part_of_all_combinations_is_held_out() -> None:
    every = [(f, c, m) for f in FORMS for m in MATERIALS for c in allowed_colours(m)]
    share = sum(is_held_out(*combination) for combination in every) / len(every)
    assert 0.05 < share < 0.12
    assert {f for f, c, m in every if is_held_out(f, c, m)} == set(FORMS)


def test_noble_colours_are_metals_only() -> None:
    rng = np.random.default_rng(2)
    for _ in range(800):
        scene = sample_attributes(rng)
        assert scene.colour in allowed_colours(scene.material)
        assert scene.material in METALS or scene.colour not in ("gold", "silver", "copper")


def test_mirroring_swaps_sides_and_is_its_own_inverse() -> None:
    scene = Attributes("car", "red", "glossy", "grey", "eye", "left", "right")
    mirrored = scene.mirrored()
    assert (mirrored.turn, mirrored.light) == ("right", "left")
    assert mirrored.mirrored() == scene


def test_looks_of_one_geometry_vary_in_mood_and_second_colour() -> None:
    rng = np.random.default_rng(3)
    scene = sample_attributes(rng, form="mug")
    looks = draw_looks(rng, scene, 120, held_out=False)
    assert {look.mood for look in looks} == set(MOODS)
    assert {look.setting for look in looks[: len(SETTINGS)]} == set(SETTINGS)
    assert {bool(look.accent) for look in looks} == {True, False}
    assert {(look.view, look.turn, look.light) for look in looks} == {
        (scene.view, scene.turn, scene.light)
    }


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_version_has_a_recipe_that_can_be_read(path: Path) -> None:
    assert load_config(path).version == path.stem


def test_the_published_and_the_newest_recipe_are_among_them() -> None:
    assert published_config().version == PUBLISHED
    assert load_config().version == NEWEST
