"""Sketches behind saved pictures: kept by digest, checked on reading, never lost too early."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maquette.core.errors import SaveError
from maquette.core.pixels import Pixels, pixel_digest
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


def test_what_was_kept_comes_back_pixel_by_pixel(ingredients: Ingredients) -> None:
    for digest, pixels in ((NAME, SKETCH), (LOCK_NAME, LOCK)):
        found = ingredients.pixels(digest)
        assert found is not None
        assert np.array_equal(found, pixels)
    with Image.open(file_of(ingredients, NAME)) as image:  # any program can read it
        assert (image.format, image.size) == ("PNG", (320, 256))


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_damaged_image_is_none_and_is_kept_anew(ingredients: Ingredients, content: bytes) -> None:
    file_of(ingredients, NAME).write_bytes(content)
    assert ingredients.pixels(NAME) is None
    ingredients.keep({NAME: SKETCH})
    assert ingredients.pixels(NAME) is not None


def test_another_picture_under_its_name_is_none(ingredients: Ingredients) -> None:
    Image.fromarray(picture(9)).save(file_of(ingredients, NAME))
    assert ingredients.pixels(NAME) is None


def test_a_bomb_is_refused_before_it_is_decoded(ingredients: Ingredients) -> None:
    path = file_of(ingredients, NAME)
    Image.new("1", (30_000, 30_000)).save(path)
    assert ingredients.pixels(NAME) is None


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
