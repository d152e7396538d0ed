"""Our denoising loop gives the pixels of diffusers' own pipelines, bit for bit, before marking."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import (
    DPMSolverMultistepScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLPipeline,
)
from PIL import Image

from maquette.core.model_files import built_in_model
from maquette.core.recipe import ModelRef, Recipe, Sampler, StartImage
from maquette.worker.cancel import CancelToken
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_to_image import Run, make_image

SIZE = (192, 128)  # width, height
SIZED = {"width": SIZE[0], "height": SIZE[1]}

Load = Callable[..., Any]


def recipe(model: str, **changes: object) -> Recipe:
    settings = {
        "prompt": "a red ceramic mug",
        "negative_prompt": "blurry",
        "seed": 7,
        "width": SIZE[0],
        "height": SIZE[1],
        "steps": 4,
        "guidance_scale": 5.0,
        "model": ModelRef(model),
    }
    return Recipe(**(settings | changes))


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """(folder, dtype) to our pipeline, which stays loaded as it does in a worker."""
    digests = tmp_path_factory.mktemp("digests") / "digests.json"

    @cache
    def loaded(folder: Path, dtype: torch.dtype = torch.float32) -> Pipeline:
        return load_model(str(folder), torch.device("cpu"), dtype, digests, lambda *_: None)

    return loaded


@pytest.fixture(scope="module")
def load_theirs() -> Load:
    """(kind, folder, dtype) to diffusers' pipeline, in the memory layout that the worker uses."""

    @cache
    def loaded(kind: Any, folder: Path, dtype: torch.dtype = torch.float32) -> Any:
        is_sdxl = kind in (StableDiffusionXLPipeline, StableDiffusionXLImg2ImgPipeline)
        unsaid = {"add_watermarker": False} if is_sdxl else {"safety_checker": None}
        pipe = kind.from_pretrained(folder, dtype=dtype, **unsaid)
        pipe.set_progress_bar_config(disable=True)
        pipe.unet.to(memory_format=torch.channels_last)
        pipe.vae.to(memory_format=torch.channels_last)
        return pipe

    return loaded


def ours(pipeline: Pipeline, wanted: Recipe, start: np.ndarray | None = None) -> np.ndarray:
    return make_image(pipeline, wanted, start, lambda *_: None, Run(CancelToken()))


def reference(pipe: Any, wanted: Recipe, **inputs: object) -> np.ndarray:
    """What `pipe` gives with the same settings."""
    own = pipe.scheduler
    if wanted.sampler == Sampler.DPMPP_2M:
        pipe.scheduler = DPMSolverMultistepScheduler.from_config(own.config)
    image = pipe(
        wanted.prompt,
        negative_prompt=wanted.negative_prompt or None,
        num_inference_steps=wanted.steps,
        guidance_scale=wanted.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(wanted.seed),
        **inputs,
    ).images[0]
    pipe.scheduler = own
    return np.asarray(image)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sampler": Sampler.DPMPP_2M},
        {"guidance_scale": 1.0},
        {"negative_prompt": ""},
        {"prompt": "", "steps": 1},
        {"prompt": "a very long prompt about mugs " * 40},
        {"prompt": "一个红色的杯子 🙂"},
    ],
    ids=["unipc", "dpm", "unguided", "no-negative", "empty", "long", "chinese"],
)
def test_stable_diffusion(
    sd_folder: Path, load: Load, load_theirs: Load, dtype: torch.dtype, changes: dict[str, object]
) -> None:
    wanted = recipe(str(sd_folder), **changes)
    pipe = load_theirs(StableDiffusionPipeline, sd_folder, dtype)
    expected = reference(pipe, wanted, **SIZED)
    assert np.array_equal(ours(load(sd_folder, dtype), wanted), expected)


@pytest.mark.parametrize("changes", [{}, {"negative_prompt": ""}, {"sampler": Sampler.DPMPP_2M}])
def test_sdxl(sdxl_folder: Path, load: Load, load_theirs: Load, changes: dict[str, object]) -> None:
    wanted = recipe(str(sdxl_folder), **changes)
    pipe = load_theirs(StableDiffusionXLPipeline, sdxl_folder)
    expected = reference(pipe, wanted, **SIZED)
    assert np.array_equal(ours(load(sdxl_folder), wanted), expected)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_built_in_model(load: Load, load_theirs: Load, dtype: torch.dtype) -> None:
    folder, info = built_in_model()
    width, height = info.default_size
    wanted = recipe(str(folder), width=width, height=height)
    pipe = load_theirs(StableDiffusionPipeline, folder, dtype)
    expected = reference(pipe, wanted, width=width, height=height)
    assert np.array_equal(ours(load(folder, dtype), wanted), expected)


def noise() -> np.ndarray:
    """A start image."""
    return np.random.default_rng(3).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)


@pytest.mark.parametrize("strength", [0.3, 0.75, 1.0])
def test_image_to_image(sd_folder: Path, load: Load, load_theirs: Load, strength: float) -> None:
    start = noise()
    wanted = recipe(str(sd_folder), start=StartImage("", strength))
    pipe = load_theirs(StableDiffusionImg2ImgPipeline, sd_folder)
    expected = reference(pipe, wanted, image=Image.fromarray(start), strength=strength)
    assert np.array_equal(ours(load(sd_folder), wanted, start), expected)


def test_image_to_image_with_sdxl(sdxl_folder: Path, load: Load, load_theirs: Load) -> None:
    start = noise()
    wanted = recipe(str(sdxl_folder), start=StartImage("", 0.6))
    pipe = load_theirs(StableDiffusionXLImg2ImgPipeline, sdxl_folder)
    expected = reference(pipe, wanted, image=Image.fromarray(start), strength=0.6)
    assert np.array_equal(ours(load(sdxl_folder), wanted, start), expected)
