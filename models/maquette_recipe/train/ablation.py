"""Training the arms of the ablation: equal networks, data, seeds and steps, other schedules.

The baseline is DDPM as first published (arXiv:2006.11239): noise prediction, the linear schedule,
equal loss weights, uniform timesteps. The other arm is the published recipe.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from transformers import CLIPTokenizer

from maquette_recipe.config import Config, DiffusionConfig
from maquette_recipe.data.latents import LatentSet
from maquette_recipe.train.base import BaseTrainer
from maquette_recipe.train.text import CHECKPOINT as TAUGHT_TEXT

ARMS: Final = ("published", "ddpm")
_SAVE_EVERY: Final = 100


class StepClock:
    """Counts its readings, so that a plan in seconds becomes one in steps: equal for all arms,
    whatever else the machine does."""

    def __init__(self) -> None:
        self._readings = 0.0

    def __call__(self) -> float:
        """One more than at the last call."""
        self._readings += 1.0
        return self._readings


def arm_config(config: Config, arm: str) -> Config:
    """The recipe of one arm, with the smaller network of the ablation.

    Raises ValueError for a name that is not in :data:`ARMS`.
    """
    plan, replace = config.ablation, msgspec.structs.replace
    small = replace(
        config,
        unet=replace(config.unet, block_out_channels=plan.block_out_channels),
        base=replace(config.base, seconds=float(plan.steps), save_every_seconds=_SAVE_EVERY),
    )
    if arm == "published":
        return small
    if arm != "ddpm":
        raise ValueError(f"there is no arm {arm!r}; use {' or '.join(ARMS)}")
    return replace(
        small,
        diffusion=DiffusionConfig(
            prediction="epsilon", schedule="linear", beta_start=1e-4, beta_end=0.02,
            zero_terminal_snr=False, spacing="leading",
        ),
        base=replace(small.base, min_snr_gamma=0.0, timestep_power=1.0),
    )  # fmt: skip


def arm_folder(work: Path, arm: str) -> Path:
    """Where an arm's checkpoints are."""
    return work / "ablation" / arm


def train_arm(
    work: Path, config: Config, arm: str, tokenizer: CLIPTokenizer,
    training: LatentSet, validation: LatentSet, device: str = "cpu", *, compiled: bool = False,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Train one arm from a fresh UNet and the taught text encoder in `work`, or go on; yields
    reports."""
    folder = arm_folder(work, arm)
    folder.mkdir(parents=True, exist_ok=True)
    if (work / TAUGHT_TEXT).exists():
        shutil.copy(work / TAUGHT_TEXT, folder / TAUGHT_TEXT)
    trainer = BaseTrainer(
        folder, arm_config(config, arm), tokenizer, training, validation, device=device,
        clock=StepClock(), compiled=compiled,
    )  # fmt: skip
    yield from trainer.run()
