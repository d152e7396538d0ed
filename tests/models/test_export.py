"""The shipped folder: complete, unchanged, an ordinary pipeline that makes a picture."""

from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open

import maquette_models
from maquette_recipe.config import published_config
from maquette_recipe.export import fit_preview
from maquette_recipe.nets.architecture import build_scheduler

MODEL = Path(str(maquette_models.default_model()))
SHIPPED_LIMIT = 60_000_000


@pytest.fixture(scope="module")
def pipeline() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from diffusers import StableDiffusionPipeline

        made = StableDiffusionPipeline.from_pretrained(MODEL, local_files_only=True)
    made.set_progress_bar_config(disable=True)
    return made


def test_manifest_matches_every_shipped_file() -> None:
    listed = maquette_models.manifest()["files"]
    found = {
        path.relative_to(MODEL).as_posix(): path
        for path in MODEL.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert set(listed) == set(found)
    for name, path in found.items():
        assert path.stat().st_size == listed[name]["size"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name]["sha256"]
    assert sum(path.stat().st_size for path in found.values()) < SHIPPED_LIMIT


def test_description_agrees_with_the_recipe() -> None:
    described = json.loads((MODEL / "maquette.json").read_text("utf-8"))
    recipe = published_config()
    assert described["version"] == recipe.version
    assert described["id"] == maquette_models.DEFAULT_MODEL == MODEL.name
    assert described["default_steps"] == recipe.sampler.steps
    assert described["default_guidance"] == recipe.sampler.guidance
    assert described["default_size"] in described["sizes"]
    factor = described["latent_factor"]
    assert all(side % factor == 0 for size in described["sizes"] for side in size)


def test_weights_are_half_precision_and_safe() -> None:
    index = json.loads((MODEL / "model_index.json").read_text("utf-8"))
    assert index["safety_checker"] == [None, None]
    assert index["requires_safety_checker"] is False
    assert not list(MODEL.rglob("*.bin"))
    for part in ("unet", "vae", "text_encoder"):
        (weights,) = (MODEL / part).glob("*.safetensors")
        with safe_open(weights, "pt") as file:
            kinds = {file.get_tensor(name).dtype for name in file.keys()}  # noqa: SIM118
        assert kinds == {torch.float16}


def test_scheduler_ends_at_pure_noise_with_trailing_steps() -> None:
    config = json.loads((MODEL / "scheduler" / "scheduler_config.json").read_text("utf-8"))
    assert config["_class_name"] == "UniPCMultistepScheduler"
    assert config["prediction_type"] == "v_prediction"
    assert config["rescale_betas_zero_snr"] is True
    assert config["timestep_spacing"] == "trailing"
    scheduler = build_scheduler(published_config().diffusion)
    assert float(scheduler.alphas_cumprod[-1]) < 1e-6
    scheduler.set_timesteps(10)
    assert int(scheduler.timesteps[0]) == 999


def test_preview_projection_has_the_documented_shape() -> None:
    with safe_open(MODEL / "preview.safetensors", "pt") as file:
        patch = int(file.metadata()["patch"])
        weight, bias = file.get_tensor("weight"), file.get_tensor("bias")
    assert weight.shape == (3 * patch * patch, published_config().autoencoder.latent_channels)
    assert bias.shape == (3 * patch * patch,)


def test_preview_fit_recovers_a_linear_map() -> None:
    latents = torch.randn(6, 8, 5, 5)
    weight, bias = 0.05 * torch.randn(48, 8), torch.full((48,), 0.5)
    patches = torch.einsum("oc,nchw->nohw", weight, latents) + bias[:, None, None]
    pictures = torch.nn.functional.pixel_shuffle(patches, 4)
    large = torch.nn.functional.interpolate(pictures, scale_factor=4, mode="nearest")
    fitted = fit_preview(latents, large)
    assert torch.allclose(fitted.weight, weight, atol=1e-4)
    assert torch.allclose(fitted.bias, bias, atol=1e-4)


@pytest.mark.parametrize("prompt", ["a red ceramic mug on a wooden table", "木桌上的蓝色花瓶 😀"])
def test_pipeline_makes_a_picture(pipeline: Any, prompt: str) -> None:
    seed = torch.Generator().manual_seed(7)
    picture = pipeline(
        prompt, num_inference_steps=4, guidance_scale=3.0, height=256, width=256, generator=seed
    ).images[0]
    assert picture.size == (256, 256)
    low, high = zip(*picture.getextrema(), strict=True)
    assert max(high) - min(low) > 60


def test_pipeline_takes_other_sizes(pipeline: Any) -> None:
    output = pipeline("a vase", num_inference_steps=2, height=272, width=320, output_type="pt")
    assert output.images.shape == (1, 3, 272, 320)
    assert torch.isfinite(output.images).all()
