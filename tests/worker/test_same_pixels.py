"""Our denoising loop gives the pixels of diffusers' own pipelines, bit for bit, before marking."""

from pathlib import Path

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

SIZE = (320, 256)  # width, height


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


def load(path: Path, tmp_path: Path, dtype: torch.dtype) -> Pipeline:
    cache = tmp_path / "digests.json"
    return load_model(str(path), torch.device("cpu"), dtype, cache, lambda _stage, _part: None)


def ours(pipeline: Pipeline, wanted: Recipe, start: np.ndarray | None = None) -> np.ndarray:
    return make_image(pipeline, wanted, start, lambda *_: None, Run(CancelToken()))


def reference(pipe, wanted: Recipe, **inputs: object) -> np.ndarray:
    """What `pipe` gives with the same settings and the memory layout that the worker uses."""
    pipe.set_progress_bar_config(disable=True)
    pipe.unet.to(memory_format=torch.channels_last)
    pipe.vae.to(memory_format=torch.channels_last)
    if wanted.sampler == Sampler.DPMPP_2M:
        pipe.scheduler = DPMSolverMultistepScheduler.from_config(pipe.scheduler.config)
    image = pipe(
        wanted.prompt,
        negative_prompt=wanted.negative_prompt or None,
        num_inference_steps=wanted.steps,
        guidance_scale=wanted.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(wanted.seed),
        **inputs,
    ).images[0]
    return np.asarray(image)


SIZED = {"width": SIZE[0], "height": SIZE[1]}


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
    sd_folder: Path, tmp_path: Path, dtype: torch.dtype, changes: dict[str, object]
) -> None:
    wanted = recipe(str(sd_folder), **changes)
    pipe = StableDiffusionPipeline.from_pretrained(
        sd_folder, dtype=dtype, safety_checker=None, requires_safety_checker=False
    )
    expected = reference(pipe, wanted, **SIZED)
    assert np.array_equal(ours(load(sd_folder, tmp_path, dtype), wanted), expected)


@pytest.mark.parametrize("changes", [{}, {"negative_prompt": ""}, {"sampler": Sampler.DPMPP_2M}])
def test_sdxl(sdxl_folder: Path, tmp_path: Path, changes: dict[str, object]) -> None:
    wanted = recipe(str(sdxl_folder), **changes)
    pipe = StableDiffusionXLPipeline.from_pretrained(sdxl_folder, add_watermarker=False)
    expected = reference(pipe, wanted, **SIZED)
    assert np.array_equal(ours(load(sdxl_folder, tmp_path, torch.float32), wanted), expected)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_built_in_model(tmp_path: Path, dtype: torch.dtype) -> None:
    folder, info = built_in_model()
    width, height = info.default_size
    wanted = recipe(str(folder), width=width, height=height)
    pipe = StableDiffusionPipeline.from_pretrained(folder, dtype=dtype)
    expected = reference(pipe, wanted, width=width, height=height)
    assert np.array_equal(ours(load(folder, tmp_path, dtype), wanted), expected)


@pytest.mark.parametrize("strength", [0.3, 0.75, 1.0])
def test_image_to_image(sd_folder: Path, tmp_path: Path, strength: float) -> None:
    start = np.random.default_rng(3).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    wanted = recipe(str(sd_folder), start=StartImage("", strength))
    pipe = StableDiffusionImg2ImgPipeline.from_pretrained(
        sd_folder, safety_checker=None, requires_safety_checker=False
    )
    expected = reference(pipe, wanted, image=Image.fromarray(start), strength=strength)
    made = ours(load(sd_folder, tmp_path, torch.float32), wanted, start)
    assert np.array_equal(made, expected)


def test_image_to_image_with_sdxl(sdxl_folder: Path, tmp_path: Path) -> None:
    start = np.random.default_rng(3).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    wanted = recipe(str(sdxl_folder), start=StartImage("", 0.6))
    pipe = StableDiffusionXLImg2ImgPipeline.from_pretrained(sdxl_folder, add_watermarker=False)
    expected = reference(pipe, wanted, image=Image.fromarray(start), strength=0.6)
    made = ours(load(sdxl_folder, tmp_path, torch.float32), wanted, start)
    assert np.array_equal(made, expected)
