"""Two phrasings are mixed in every step, and at either end one of them is there alone."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from maquette.core.pixels import Pixels
from maquette.core.prompt_blend import PromptBlend
from maquette.core.recipe import ModelRef, Recipe
from maquette.worker.cancel import CancelToken
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_encoding import encode_recipe
from maquette.worker.text_to_image import Run, make_image

FIRST = Recipe(
    prompt="oil painting of a mug",
    negative_prompt="photo",
    seed=5,
    width=64,
    height=64,
    steps=2,
    guidance_scale=4.0,
    model=ModelRef(id="tiny"),
)
SECOND = msgspec.structs.replace(FIRST, prompt="blueprint of a mug", negative_prompt="dark")


def blend(share: float) -> Recipe:
    second = PromptBlend(SECOND.prompt, share, SECOND.negative_prompt)
    return msgspec.structs.replace(FIRST, blend=second)


@pytest.fixture(scope="module")
def pipeline(sd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    cache = tmp_path_factory.mktemp("cache") / "d.json"
    return load_model(str(sd_folder), torch.device("cpu"), torch.float32, cache, lambda *_: None)


def made(pipeline: Pipeline, recipe: Recipe) -> Pixels:
    return make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken()))


def distance(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(float) - other.astype(float)).mean())


def test_a_blend_lies_between_and_nears_the_second_with_its_share(pipeline: Pipeline) -> None:
    first, second = made(pipeline, FIRST), made(pipeline, SECOND)
    quarter, most = made(pipeline, blend(0.25)), made(pipeline, blend(0.75))
    whole = distance(first, second)
    assert 0 < distance(quarter, first) < distance(most, first) < whole
    assert 0 < distance(most, second) < distance(quarter, second) < whole
    assert np.array_equal(quarter, made(pipeline, blend(0.25)))


def test_near_the_ends_it_is_nearly_the_pure_one(pipeline: Pipeline) -> None:
    assert distance(made(pipeline, blend(1e-6)), made(pipeline, FIRST)) < 0.05
    assert distance(made(pipeline, blend(1 - 1e-6)), made(pipeline, SECOND)) < 0.05


def test_without_guidance_there_is_no_negative_row(pipeline: Pipeline) -> None:
    told = encode_recipe(pipeline, blend(0.5), guided=False)
    assert (told.rows, told.share) == (2, 0.5)
    assert encode_recipe(pipeline, blend(0.5), guided=True).rows == 3
    plain = msgspec.structs.replace(FIRST, guidance_scale=1.0)
    mixed = msgspec.structs.replace(blend(0.5), guidance_scale=1.0)
    assert distance(made(pipeline, plain), made(pipeline, mixed)) > 0
