"""A style image: its colours are taken over by strength, and the model stays as it was."""

import numpy as np
import pytest
import torch
from torch import Tensor

from maquette.core.model_info import BUILT_IN
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe, Sampler
from maquette.core.style_image import StyleImage
from maquette.worker.cancel import CancelToken
from maquette.worker.image_to_image import encode
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.schedule import Scheduler, make_scheduler, original_terms, set_steps
from maquette.worker.style_reference import StyleReference
from maquette.worker.text_to_image import Run, make_image

SIDE = 256
KINDS = ("v_prediction", "epsilon", "sample")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    cache = tmp_path_factory.mktemp("cache") / "d.json"
    return load_model(BUILT_IN, torch.device("cpu"), torch.float32, cache, lambda *_: None)


def stripes(seed: int = 5) -> Pixels:
    """Dark blue and bright green, in bands of odd widths, with some grain."""
    bands = np.random.default_rng(seed).integers(0, 2, SIDE // 8).repeat(8)
    colours = np.array([[10, 20, 120], [120, 240, 90]], np.float32)
    grain = np.random.default_rng(seed + 1).normal(0, 8, (SIDE, SIDE, 3))
    return (colours[bands][:, None] + grain).clip(0, 255).astype(np.uint8)


def plain() -> Pixels:
    return np.full((SIDE, SIDE, 3), (200, 120, 60), np.uint8)


def style(pipeline: Pipeline, pixels: Pixels, strength: float = 1.0) -> StyleReference:
    return StyleReference(pipeline, StyleImage(pixel_digest(pixels), strength), pixels, 3)


def step_of(pipeline: Pipeline, kind: str) -> tuple[Scheduler, Tensor, Tensor, Tensor]:
    """A scheduler, one of its timesteps, latents and a prediction, all by the same seed."""
    config = pipeline.scheduler_config | {"prediction_type": kind}
    scheduler = make_scheduler(Sampler.UNIPC, config)
    timestep = set_steps(scheduler, 10, pipeline.device)[5]
    generator = torch.Generator().manual_seed(9)
    shape = 1, pipeline.unet.config["in_channels"], SIDE // 16, SIDE // 16
    latents, prediction = torch.randn((2, *shape), generator=generator)
    return scheduler, timestep, latents, prediction


def estimate(scheduler: Scheduler, timestep: Tensor, latents: Tensor, prediction: Tensor) -> Tensor:
    kept, slope = original_terms(scheduler, timestep)
    return kept * latents + slope * prediction


def covariance(latents: Tensor) -> np.ndarray:
    return np.cov(latents[0].flatten(1).numpy(), bias=True)


@pytest.mark.parametrize("kind", KINDS)
@torch.inference_mode()
def test_the_estimate_gets_the_references_colours_and_textures(
    pipeline: Pipeline, kind: str
) -> None:
    scheduler, timestep, latents, prediction = step_of(pipeline, kind)
    styled = style(pipeline, stripes()).styled(prediction, latents, scheduler, timestep)
    got = estimate(scheduler, timestep, latents, styled)
    wanted = encode(pipeline, stripes(), torch.Generator())
    assert torch.allclose(got.mean((2, 3)), wanted.mean((2, 3)), atol=1e-3)
    shape = covariance(got) / np.trace(covariance(got))
    assert np.allclose(shape, covariance(wanted) / np.trace(covariance(wanted)), atol=2e-3)


@torch.inference_mode()
def test_less_strength_is_nearer_to_the_picture_without(pipeline: Pipeline) -> None:
    scheduler, timestep, latents, prediction = step_of(pipeline, "v_prediction")
    moved = [
        float((style(pipeline, stripes(), s).styled(prediction, latents, scheduler, timestep)
               - prediction).norm())
        for s in (0.25, 0.5, 1.0)
    ]  # fmt: skip
    assert 0 < moved[0] < moved[1] < moved[2]


@torch.inference_mode()
def test_a_plain_reference_leaves_the_subject_its_contrast(pipeline: Pipeline) -> None:
    scheduler, timestep, latents, prediction = step_of(pipeline, "v_prediction")
    styled = style(pipeline, plain()).styled(prediction, latents, scheduler, timestep)
    before = np.trace(covariance(estimate(scheduler, timestep, latents, prediction)))
    after = np.trace(covariance(estimate(scheduler, timestep, latents, styled)))
    assert after > 0.35 * before
    assert bool(torch.isfinite(styled).all())


@torch.inference_mode()
def test_an_estimate_without_any_contrast_breaks_nothing(pipeline: Pipeline) -> None:
    scheduler, timestep, latents, _ = step_of(pipeline, "sample")
    styled = style(pipeline, plain()).styled(
        torch.zeros_like(latents), latents, scheduler, timestep
    )
    assert bool(torch.isfinite(styled).all())


def made(pipeline: Pipeline, like: StyleImage | None, pixels: Pixels) -> Pixels:
    recipe = Recipe(
        prompt="a red ceramic mug",
        seed=11,
        width=SIDE,
        height=SIDE,
        steps=4,
        guidance_scale=3.0,
        model=ModelRef(BUILT_IN),
        like=like,
    )
    images = {like.digest: pixels} if like else {}
    return make_image(pipeline, recipe, None, lambda *_: None, Run(CancelToken()), images)


def test_the_picture_takes_the_colours_over_and_none_at_strength_zero(pipeline: Pipeline) -> None:
    pixels = stripes()
    digest = pixel_digest(pixels)
    without = made(pipeline, None, pixels)
    assert np.array_equal(made(pipeline, StyleImage(digest, 0.0), pixels), without)
    like = made(pipeline, StyleImage(digest, 0.8), pixels)

    def distance(picture: Pixels) -> float:
        """Between mean colours."""
        return float(np.abs(picture.mean((0, 1)) - pixels.mean((0, 1))).sum())

    assert distance(like) < 0.6 * distance(without)
    assert np.array_equal(made(pipeline, None, pixels), without)
