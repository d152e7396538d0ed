"""Training lowers the loss, goes on exactly where it stopped, and trains the right target."""

from __future__ import annotations

import dataclasses
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from accelerate.state import AcceleratorState
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import Config, UNetConfig, load_config
from maquette_recipe.data.generate import render_shard
from maquette_recipe.data.latents import LatentSet
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.nets.tokenizer import build_tokenizer
from maquette_recipe.train.ablation import ARMS, arm_config, train_arm
from maquette_recipe.train.autoencoder import load_autoencoder, train_autoencoder
from maquette_recipe.train.base import BaseTrainer, load_base
from maquette_recipe.train.batches import drawn_batches
from maquette_recipe.train.budget import Budget, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint
from maquette_recipe.train.decoder import same_crops, train_decoder
from maquette_recipe.train.diffusion import build_diffusion, stratified_timesteps
from maquette_recipe.train.losses import psnr, ssim
from maquette_recipe.train.text import NAMED, caption_labels, train_text
from maquette_recipe.world import COLOURS, FORMS, Attributes, Thing, sample_attributes

STEPS = 12


@pytest.fixture(autouse=True)
def fresh_accelerator() -> None:
    """Every run may choose its own precision."""
    forget_precision()


def forget_precision() -> None:
    AcceleratorState._reset_state(reset_partial_state=True)


def tick_clock() -> Callable[[], float]:
    """A clock that moves on by half a second at every look, so that plans are exact."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 0.5
        return now

    return clock


@pytest.fixture(scope="module")
def config() -> Config:
    recipe = load_config()
    replace = msgspec.structs.replace
    return replace(
        recipe,
        text=replace(recipe.text, captions=500, merges=150, width=32, layers=1, heads=2),
        unet=UNetConfig((32, 64), layers_per_block=1, head_width=16),
        base=replace(
            recipe.base, batch=8, warmup_steps=2, seconds=1000.0, learning_rate=2e-3, ema_decay=0.5
        ),
        autoencoder=replace(recipe.autoencoder, decoder_width=24, batch=2, crop=32),
    )


@pytest.fixture(scope="module")
def tokenizer(config: Config) -> CLIPTokenizer:
    return build_tokenizer(config.text, config.seed)


@pytest.fixture(scope="module")
def latents(config: Config) -> LatentSet:
    rng = np.random.default_rng(0)
    scenes = [sample_attributes(rng) for _ in range(32)]
    channels = config.autoencoder.latent_channels
    means = rng.normal(size=(32, channels, 1, 1)) * np.ones((1, 1, 8, 8))
    source = np.arange(32, dtype=np.int32)
    return LatentSet(means.astype(np.float16), scenes, source, np.zeros(32, dtype=bool))


def trainer(work: Path, config: Config, tokenizer: CLIPTokenizer, data: LatentSet) -> BaseTrainer:
    return BaseTrainer(
        work, config, tokenizer, data, data, clock=tick_clock(), mixed_precision="no"
    )


def test_loss_falls_and_resume_continues_exactly(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, latents: LatentSet
) -> None:
    straight = trainer(tmp_path / "a", config, tokenizer, latents)
    list(straight.run(2 * STEPS))
    first = trainer(tmp_path / "b", config, tokenizer, latents)
    before = list(first.run(STEPS))[-1]["validation"]
    second = trainer(tmp_path / "b", config, tokenizer, latents)
    assert second.step == STEPS
    after = list(second.run(STEPS))[-1]["validation"]
    assert after < before
    for name, value in straight.model.state_dict().items():
        assert torch.equal(value, second.model.state_dict()[name]), name
    averaged = load_base(tmp_path / "b", config, tokenizer)
    state = load_checkpoint(tmp_path / "b" / "base.pt")
    assert state is not None
    weight = averaged.unet.conv_in.weight
    assert torch.equal(weight, state["average"]["unet.conv_in.weight"])


@pytest.mark.skipif(sys.platform != "linux", reason="batches are drawn ahead by forked processes")
def test_batches_drawn_ahead_by_processes_are_the_same_ones() -> None:
    def draw(step: int) -> torch.Tensor:
        return torch.from_numpy(np.random.default_rng(step).random(3))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking a process with threads
        ahead = drawn_batches(draw, 5, 2)
        found = [next(ahead) for _ in range(9)]
        del ahead
    for here, there in zip(drawn_batches(draw, 5, 0), found, strict=False):
        assert torch.equal(here, there)


def render_some(folder: Path, config: Config) -> None:
    """Two pictures to train on and two to validate with."""
    render = msgspec.structs.replace(
        config.render, size=48, supersample=1, batch=1, shard_batches=1, looks=2
    )
    for number in (0, 36):
        render_shard(folder, number, render, 0, held_out=False, device="cpu")


def test_autoencoder_trains_on_rendered_shards(tmp_path: Path, config: Config) -> None:
    render_some(tmp_path / "pictures", config)
    assert len(open_pictures(tmp_path / "pictures", validation=True)) == 2
    plan = msgspec.structs.replace(config.autoencoder, seconds=1.0, crop=32)
    final = list(train_autoencoder(tmp_path / "pictures", tmp_path, plan, seed=0))[-1]
    assert final["step"] > 0
    assert np.isfinite(final["psnr"])
    assert load_checkpoint(tmp_path / "autoencoder.pt") is not None


def test_decoder_is_trained_on_the_base_models_estimates(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, latents: LatentSet
) -> None:
    pictures = tmp_path / "pictures"
    render_some(pictures, config)
    short = msgspec.structs.replace(config.autoencoder, seconds=1.0, crop=32)
    list(train_autoencoder(pictures, tmp_path, short, seed=0))
    forget_precision()
    list(trainer(tmp_path, config, tokenizer, latents).run(2))
    forget_precision()
    before = load_autoencoder(tmp_path, config.autoencoder).state_dict()
    plan = msgspec.structs.replace(config.decoder, seconds=1.0, batch=2, crop=2)
    recipe = msgspec.structs.replace(config, decoder=plan)
    final = list(train_decoder(pictures, tmp_path, recipe, tokenizer))[-1]
    assert final["step"] > 0
    assert final["psnr_exact"] != final["psnr_estimated"]
    after = load_autoencoder(tmp_path, config.autoencoder).state_dict()
    for name, value in after.items():
        # The encoder makes the latents that the base model was trained on.
        assert torch.equal(value, before[name]) is name.startswith("encoder."), name
    again = list(train_decoder(pictures, tmp_path, recipe, tokenizer))
    assert [report["step"] for report in again] == [final["step"]]


def test_crops_of_latents_and_pictures_belong_together() -> None:
    rng = np.random.default_rng(0)
    latents = torch.arange(16.0).view(1, 1, 4, 4).repeat(3, 2, 1, 1)
    pictures = latents[:, :1].repeat_interleave(8, 2).repeat_interleave(8, 3)
    small, large = same_crops(latents, pictures, rng, 2)
    assert small.shape == (3, 2, 2, 2)
    assert torch.equal(large[:, :, ::8, ::8], small[:, :1])


def test_last_timestep_is_pure_noise_and_still_weighs(config: Config) -> None:
    diffusion = build_diffusion(config.diffusion)
    assert diffusion.alpha[-1] < 1e-3
    assert diffusion.alpha[0] > 0.99
    weights = diffusion.weight(torch.arange(1000), gamma=5.0)
    assert torch.isfinite(weights).all()
    assert weights[-1] == pytest.approx(1.0)
    assert weights[0] < 0.1
    assert bool((weights.diff() >= -1e-6).all())


@pytest.mark.parametrize("arm", ARMS)
def test_a_prediction_and_noised_latents_give_the_latents_back(config: Config, arm: str) -> None:
    diffusion = build_diffusion(arm_config(config, arm).diffusion)
    x, noise, t = torch.randn(3, 8, 4, 4), torch.randn(3, 8, 4, 4), torch.tensor([0, 300, 800])
    noisy, predicted = diffusion.noised(x, noise, t), diffusion.target(x, noise, t)
    assert torch.allclose(diffusion.original(noisy, predicted, t), x, atol=1e-3)


def test_the_baseline_is_ddpm_and_only_the_schedule_differs(config: Config) -> None:
    ours, theirs = (arm_config(config, arm) for arm in ARMS)
    baseline = build_diffusion(theirs.diffusion)
    assert baseline.predicts_noise
    assert baseline.alpha[-1] > 1e-3  # some signal is left at the last timestep
    assert bool((baseline.weight(torch.arange(1000), theirs.base.min_snr_gamma) == 1).all())
    same = msgspec.structs.replace(
        theirs,
        diffusion=ours.diffusion,
        base=msgspec.structs.replace(
            theirs.base,
            min_snr_gamma=ours.base.min_snr_gamma,
            timestep_power=ours.base.timestep_power,
        ),
    )
    assert same == ours
    with pytest.raises(ValueError, match="no arm"):
        arm_config(config, "other")


def test_an_arm_trains_for_its_planned_steps_and_resumes(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer, latents: LatentSet
) -> None:
    plan = msgspec.structs.replace(config.ablation, block_out_channels=(32, 64), steps=4)
    small = msgspec.structs.replace(config, ablation=plan)
    reports = list(train_arm(tmp_path, small, "ddpm", tokenizer, latents, latents))
    assert reports[-1]["step"] == plan.steps
    again = list(train_arm(tmp_path, small, "ddpm", tokenizer, latents, latents))
    assert [report["step"] for report in again] == [plan.steps]


def test_timesteps_cover_the_range() -> None:
    drawn = stratified_timesteps(50, 1000).sort().values
    assert drawn.min() >= 0
    assert drawn.max() <= 999
    assert bool((drawn // 20 == torch.arange(50)).all())


def test_budget_does_not_count_a_suspended_process() -> None:
    times = iter([0.0, 1.0, 500.0, 501.0])
    budget = Budget(10.0, clock=lambda: next(times))
    budget.start()
    assert [budget.tick(), budget.tick(), budget.tick()] == [1.0, 20.0, 1.0]


def test_learning_rate_warms_up_and_ends_at_zero() -> None:
    assert learning_rate_factor(0, 0.0, 10) == pytest.approx(0.1)
    assert learning_rate_factor(50, 0.0, 10) == 1
    assert learning_rate_factor(50, 1.0, 10) == pytest.approx(0)


def test_quality_measures_of_equal_pictures() -> None:
    picture = torch.rand(2, 3, 32, 32)
    assert float(ssim(picture, picture)) == pytest.approx(1.0, abs=1e-4)
    assert float(psnr(picture, picture + 0.1)) == pytest.approx(20, abs=1e-3)


def test_text_encoder_learns_to_name_attributes(
    tmp_path: Path, config: Config, tokenizer: CLIPTokenizer
) -> None:
    plan = msgspec.structs.replace(config.text, steps=60, batch=16, learning_rate=3e-3)
    reports = list(train_text(tmp_path, tokenizer, plan, seed=0))
    assert reports[-1]["loss"] < reports[0]["loss"]
    assert list(train_text(tmp_path, tokenizer, plan, seed=0)) == []


def test_unsaid_attributes_are_not_taught() -> None:
    rng = np.random.default_rng(0)
    scene = sample_attributes(rng)
    said = caption(scene, rng, names=frozenset({"form", "colour"}))
    labels = caption_labels([scene, scene], [said, None])
    assert labels["form"].tolist() == [FORMS.index(scene.form), -100]
    assert labels["setting"].tolist() == [-100, -100]
    assert labels["style"].tolist() == [-100, -100]


def test_companions_and_accents_are_taught_where_they_are_told() -> None:
    rng = np.random.default_rng(0)
    scene = Attributes("mug", "red", "ceramic", "wood", "eye", "front", "front")
    vase = dataclasses.replace(scene, others=(Thing("vase", "blue", "glass"),))
    two_tone = dataclasses.replace(scene, accent="white")
    scenes = [scene, vase, two_tone, vase]
    names = [frozenset({"form", "colour", "accent", "others"})] * 3 + [frozenset({"form"})]
    said = [caption(s, rng, names=n) for s, n in zip(scenes, names, strict=True)]
    labels = caption_labels(scenes, [*said])
    white, second = NAMED["accent"].index("white"), NAMED["second_form"].index("vase")
    assert labels["accent"].tolist() == [0, 0, white, -100]
    assert labels["second_form"].tolist() == [0, second, 0, -100]
    assert labels["second_colour"].tolist() == [-100, COLOURS.index("blue"), -100, -100]
    assert labels["second_material"].tolist() == [-100] * 4
    assert labels["third_form"].tolist() == [0, 0, 0, -100]
