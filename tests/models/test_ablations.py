"""The ablations: every sampler finds the picture that a perfect model knows; curves are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import torch
from PIL import Image

from maquette_recipe.config import Config, SamplerName, load_config
from maquette_recipe.evaluate.ablation_plots import plot_schedules, plot_settings
from maquette_recipe.evaluate.codes import fit_components
from maquette_recipe.evaluate.samplers import SCHEDULE, build_sampler
from maquette_recipe.nets.architecture import build_scheduler
from maquette_recipe.train.ablation import ARMS, arm_config
from maquette_recipe.train.diffusion import build_diffusion


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


@pytest.mark.parametrize("arm", ARMS)
@pytest.mark.parametrize("name", get_args(SamplerName))
def test_a_perfect_model_is_sampled_to_its_picture(
    config: Config, arm: str, name: SamplerName
) -> None:
    plan = arm_config(config, arm).diffusion
    diffusion = build_diffusion(plan)
    sampler = build_sampler(name, build_scheduler(plan).config)
    sampler.set_timesteps(20)
    random = torch.Generator().manual_seed(0)
    picture = torch.randn(1, 4, 4, 4, generator=random)
    latents = torch.randn(1, 4, 4, 4, generator=random) * sampler.init_noise_sigma
    for t in sampler.timesteps:
        at = torch.tensor([int(t)])
        noise = (latents - diffusion.alpha[at] * picture) / diffusion.sigma[at]
        predicted = diffusion.target(picture, noise, at)
        latents = sampler.step(predicted, t, latents).prev_sample
    assert float((latents - picture).abs().mean()) < 0.1


def test_a_sampler_keeps_the_models_noise_schedule(config: Config) -> None:
    own = build_scheduler(config.diffusion)
    for name in get_args(SamplerName):
        other = build_sampler(name, own.config)
        assert {key: other.config[key] for key in SCHEDULE if key in other.config}.items() <= (
            {key: own.config[key] for key in SCHEDULE}.items()
        )
        assert torch.allclose(other.alphas_cumprod[:-1], own.alphas_cumprod[:-1])


def test_curves_are_drawn(tmp_path: Path) -> None:
    rows = [
        {"steps": steps, "guidance": 3.0, "name": name, "distance": 10.0 / steps, "form": 0.5}
        for name in ("ddim", "unipc")
        for steps in (4, 10, 50)
    ]
    plot_settings(rows, "steps", tmp_path / "steps.png")
    ratio = {"value": 0.6, "low": 0.5, "high": 0.75}
    arms = [
        {"steps": steps, "published": {"distance": 3.0}, "ddpm": {"distance": 5.0},
         "folds": {"ratio": ratio}}
        for steps in (10, 20)
    ]  # fmt: skip
    plot_schedules(arms, tmp_path / "schedules.png")
    for name in ("steps.png", "schedules.png"):
        with Image.open(tmp_path / name) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20


def test_a_code_of_all_components_gives_pictures_back_and_fewer_give_less() -> None:
    torch.manual_seed(0)
    pictures = torch.rand(6, 3, 16, 16)
    components = fit_components(pictures, 4)
    assert torch.allclose(components.through(pictures, 48), pictures, atol=1e-4)
    errors = [float((components.through(pictures, n) - pictures).square().mean()) for n in (4, 24)]
    assert errors[0] > errors[1] > 0
