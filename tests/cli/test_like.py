"""`--like`: the style image as typed, checked before anything is made."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maquette.cli.wishes import Wishes, draw_up
from maquette.core.errors import ImageError, InputError
from maquette.core.model_info import BUILT_IN
from maquette.core.recipe import recipe_images
from maquette.core.record import record_id_for
from maquette.state.pictures import fit_pixels


def wishes(like: Path | None, strength: int | None = None) -> Wishes:
    return Wishes(
        prompt="a mug",
        negative="",
        count=2,
        seed=1,
        size="320x256",
        steps=None,
        guidance=None,
        sampler="",
        model="",
        start=None,
        strength=None,
        like=like,
        like_strength=strength,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(0, 255, (50, 70, 3)).astype(np.uint8)
    path = tmp_path / "叶 leaves.png"
    Image.fromarray(pixels).save(path)
    return path


def test_it_is_fitted_and_named_by_all_recipes(file: Path) -> None:
    drawn = draw_up(wishes(file, 40), BUILT_IN)
    pixels = fit_pixels(np.asarray(Image.open(file)), 320, 256)
    for recipe in drawn.recipes:
        assert recipe.like is not None
        assert recipe.like.strength == 0.4
        assert recipe_images(recipe) == (recipe.like.digest,)
        assert np.array_equal(drawn.images[recipe.like.digest], pixels)


def test_of_strength_zero_nothing_is_left(file: Path) -> None:
    drawn = draw_up(wishes(file, 0), BUILT_IN)
    without = draw_up(wishes(None), BUILT_IN)
    assert drawn == without
    with_it = draw_up(wishes(file), BUILT_IN).recipes[0]
    assert record_id_for(with_it) != record_id_for(without.recipes[0])


@pytest.mark.parametrize("strength", [-1, 101])
def test_a_strength_out_of_range_is_refused(file: Path, strength: int) -> None:
    with pytest.raises(InputError, match=f"0 to 100, not {strength}"):
        draw_up(wishes(file, strength), BUILT_IN)


def test_a_strength_alone_is_refused() -> None:
    with pytest.raises(InputError, match="--like"):
        draw_up(wishes(None, 50), BUILT_IN)


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "style.png"
    with pytest.raises(ImageError, match=r"style\.png"):
        draw_up(wishes(path), BUILT_IN)
    path.write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(ImageError, match=r"style\.png"):
        draw_up(wishes(path), BUILT_IN)
