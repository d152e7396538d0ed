"""Sketches behind saved pictures: kept by digest, checked on reading, never lost too early."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.errors import SaveError
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe
from maquette.library.ingredients import Ingredients


def picture(seed: int, height: int = 256, width: int = 320) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


SKETCH, LOCK = picture(1), picture(2)
NAME, LOCK_NAME = pixel_digest(SKETCH), pixel_digest(LOCK)


@pytest.fixture
def ingredients(tmp_path: Path) -> Ingredients:
    store = Ingredients(tmp_path / "ingredients")
    store.keep({NAME: SKETCH, LOCK_NAME: LOCK})
    return store


def file_of(ingredients: Ingredients, digest: str) -> Path:
    path = ingredients.path(digest)
    assert path is not None
    return path


def recipe(width: int = 320, height: int = 256) -> Recipe:
    return Recipe(
        prompt="a mug",
        seed=1,
        width=width,
        height=height,
        steps=1,
        guidance_scale=1.0,
        model=ModelRef("maquette-mini"),
        controls=(Control(ControlKind.SKETCH, NAME),),
        kept=Kept(LOCK_NAME),
    )


def test_what_was_kept_comes_back_pixel_by_pixel(ingredients: Ingredients) -> None:
    found, missing = ingredients.images_of(recipe())
    assert missing == 0
    assert np.array_equal(found[NAME], SKETCH)
    assert np.array_equal(found[LOCK_NAME], LOCK)
    with Image.open(file_of(ingredients, NAME)) as image:  # any program can read it
        assert (image.format, image.size) == ("PNG", (320, 256))


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_damaged_image_is_none_and_is_kept_anew(ingredients: Ingredients, content: bytes) -> None:
    file_of(ingredients, NAME).write_bytes(content)
    assert ingredients.pixels(NAME) is None
    assert ingredients.images_of(recipe())[1] == 1
    ingredients.keep({NAME: SKETCH})
    assert ingredients.pixels(NAME) is not None


def test_another_picture_under_its_name_is_none(ingredients: Ingredients) -> None:
    Image.fromarray(picture(9)).save(file_of(ingredients, NAME))
    assert ingredients.pixels(NAME) is None


def test_a_bomb_is_refused_before_it_is_decoded(ingredients: Ingredients) -> None:
    path = file_of(ingredients, NAME)
    Image.new("1", (30_000, 30_000)).save(path)
    assert ingredients.pixels(NAME) is None


def test_blank_paper_of_another_shape_is_the_same_paper(tmp_path: Path) -> None:
    blank = np.full((256, 512, 3), 255, np.uint8)
    store = Ingredients(tmp_path)
    store.keep({pixel_digest(blank): blank})
    tall = recipe(256, 512)
    control = Control(ControlKind.SKETCH, pixel_digest(blank))
    tall = Recipe(**{**fields(tall), "controls": (control,), "kept": None})
    found, missing = store.images_of(tall)
    assert (missing, found[pixel_digest(blank)].shape) == (0, (512, 256, 3))


def fields(value: Recipe) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "ab" * 31, "ab" * 32 + "\n"])
def test_a_stranger_s_digest_leads_nowhere(ingredients: Ingredients, digest: str) -> None:
    assert ingredients.path(digest) is None
    assert ingredients.pixels(digest) is None
    ingredients.keep({digest: SKETCH})
    ingredients.forget([digest])


def test_a_fresh_image_is_not_removed(ingredients: Ingredients) -> None:
    ingredients.forget([NAME])
    assert ingredients.pixels(NAME) is not None  # their picture may be on its way
    for digest in (NAME, LOCK_NAME):
        an_hour_ago = time.time() - 4000
        os.utime(file_of(ingredients, digest), (an_hour_ago, an_hour_ago))
    ingredients.keep({LOCK_NAME: LOCK})  # needed again
    ingredients.forget([NAME, LOCK_NAME])
    assert ingredients.pixels(NAME) is None
    assert ingredients.pixels(LOCK_NAME) is not None


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SaveError, match="is not there and cannot be made"):
        Ingredients(tmp_path / "file").keep({NAME: SKETCH})
