"""A style image goes through the real worker: into the picture, its record and its manifest."""

from collections.abc import Callable

import numpy as np
import pytest
from tests.process.conftest import Engine

from maquette.core.errors import JobFailed
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import Recipe
from maquette.core.style_image import StyleImage
from maquette.state.pictures import read_pixels


def test_the_picture_takes_the_colours_and_names_the_image(
    engine: Engine, recipe: Callable[..., Recipe]
) -> None:
    reference = np.random.default_rng(4).integers(0, 90, (256, 256, 3)).astype(np.uint8)
    reference[..., 2] += 160
    digest = pixel_digest(reference)
    asked = recipe(like=StyleImage(digest, 0.8))
    made = engine.run(engine.client.generate("like", "11112222", asked, images={digest: reference}))
    plain = engine.run(engine.client.generate("plain", "11113333", recipe()))
    with_it, without = (read_pixels(each.file).mean((0, 1)) for each in (made, plain))
    assert with_it[2] - with_it[0] > 60 + without[2] - without[0]
    assert made.record.recipe.like == asked.like
    assert b"Style image" in made.manifest


def test_a_style_image_that_does_not_come_is_named(
    engine: Engine, recipe: Callable[..., Recipe]
) -> None:
    asked = recipe(like=StyleImage("ab" * 32))
    with pytest.raises(JobFailed, match="style image"):
        engine.run(engine.client.generate("like", "11114444", asked))
