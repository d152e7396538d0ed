"""Training the critic on renders: it names what noisy latents show.

The UNet learns from it later (:mod:`maquette_recipe.train.refine`). The judge of the evaluation has
no part in that: it never sees latents, and the critic never sees pictures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.config import Config, CriticConfig
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.nets.architecture import build_unet
from maquette_recipe.nets.base import BaseModel
from maquette_recipe.nets.critic import CRITIC_NAMES, Critic
from maquette_recipe.shown import IGNORED
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.diffusion import build_diffusion, stratified_timesteps
from maquette_recipe.train.loop import PlannedTrainer
from maquette_recipe.train.naming import Labels, naming_error, shown_labels
from maquette_recipe.train.parallel import build_accelerator, step_seed

CHECKPOINT: Final = "critic.pt"
LOG: Final = "critic.jsonl"
_VALIDATION_SEED: Final = 3456
_VALIDATION_COUNT: Final = 512
_VALIDATION_TIMESTEPS: Final = (0, 500)


@dataclass(frozen=True, slots=True)
class Shown:
    """`latents` (N, C, h, w) of renders and what they show."""

    latents: Tensor
    labels: Labels

    def to(self, device: torch.device) -> Shown:
        """The same on another device."""
        moved = {name: values.to(device) for name, values in self.labels.items()}
        return Shown(self.latents.to(device), moved)


def draw_shown(
    data: LatentSet, sampler: LatentSampler, rng: np.random.Generator, count: int
) -> Shown:
    """Random renders."""
    chosen = sampler.draw(rng, count)
    latents = torch.from_numpy(data.latents[chosen]).float()
    return Shown(
        latents.contiguous(memory_format=torch.channels_last),
        shown_labels([data.scenes[i] for i in chosen]),
    )


def drawn_timesteps(plan: CriticConfig, count: int) -> Tensor:
    """Timesteps (count,) that the critic learns at."""
    return stratified_timesteps(count, plan.noisiest, plan.timestep_power)


class CriticTrainer(PlannedTrainer[Shown]):
    """Holds the critic, its optimiser and plan; goes on from the checkpoint in `work` if there is
    one, otherwise the critic starts from the UNet of `base`.

    Raises ValueError for a recipe without a plan for the critic.
    """

    def __init__(
        self, work: Path, config: Config, base: BaseModel, training: LatentSet,
        validation: LatentSet, *, device: str = "cpu",
        clock: Callable[[], float] = time.monotonic, mixed_precision: str = "bf16",
        workers: int = 0, compiled: bool = False,
    ) -> None:  # fmt: skip
        self._plan = plan = planned(config)
        budget = Budget(plan.seconds, clock=clock)
        super().__init__(
            build_accelerator(device, mixed_precision), budget, RunLog(work / LOG), plan.batch,
            plan.save_every_seconds, workers,
        )  # fmt: skip
        self._work, self._config = work, config
        self._training, self._validation = training, validation
        self._sampler = LatentSampler(training, plan.styled_share)
        torch.manual_seed(config.seed)
        critic = Critic(base.unet).requires_grad_(True)
        critic.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        if compiled:
            critic.compile()
        self._critic = self._accelerator.prepare(critic)
        self._optimizer = torch.optim.AdamW(
            self._critic.parameters(), lr=plan.learning_rate, betas=(0.9, 0.99),
            weight_decay=plan.weight_decay, fused=True,
        )  # fmt: skip
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            self.critic.load_state_dict(state["model"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step, self.samples, budget.spent = state["step"], state["samples"], state["spent"]
        self._diffusion = build_diffusion(config.diffusion, self._accelerator.device)
        self._critic.train()

    @property
    def critic(self) -> Critic:
        """The critic with its current weights."""
        return self._accelerator.unwrap_model(self._critic)

    def draw(self, step: int) -> Shown:
        """Random renders."""
        rng = np.random.default_rng([self._config.seed, 9, step, self._accelerator.process_index])
        return draw_shown(self._training, self._sampler, rng, self._plan.batch)

    def train_step(self) -> dict[str, float]:
        """One optimiser step on fresh noise."""
        shown = self.next_batch().to(self._accelerator.device)
        rank = self._accelerator.process_index
        torch.manual_seed(step_seed(self._config.seed, self.step, rank))
        timesteps = drawn_timesteps(self._plan, len(shown.latents)).to(shown.latents.device)
        with self._accelerator.autocast():
            named, _ = self._critic(self._noised(shown, timesteps), timesteps)
        loss = naming_error(named, shown.labels)
        self._accelerator.backward(loss)
        self._accelerator.clip_grad_norm_(self._critic.parameters(), 1.0)
        rate = self._plan.learning_rate * learning_rate_factor(
            self.step, self._budget.progress, self._plan.warmup_steps
        )
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return {"loss": float(loss.detach())}

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Shares of kept-aside renders that are named right, without noise and with much."""
        self._critic.eval()
        sampler = LatentSampler(self._validation, self._plan.styled_share)
        rng = np.random.default_rng(_VALIDATION_SEED)
        shown = draw_shown(self._validation, sampler, rng, _VALIDATION_COUNT)
        shown = shown.to(self._accelerator.device)
        right: dict[str, float] = {}
        with torch.random.fork_rng():
            for timestep in _VALIDATION_TIMESTEPS:
                torch.manual_seed(_VALIDATION_SEED)
                timesteps = torch.full((len(shown.latents),), timestep).to(shown.latents.device)
                named, _ = self._critic(self._noised(shown, timesteps), timesteps)
                for name in CRITIC_NAMES:
                    told = shown.labels[name] != IGNORED
                    same = named[name].argmax(1) == shown.labels[name]
                    right[f"{name}/{timestep}"] = float(same[told].float().mean())
        self._critic.train()
        return right

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"step": self.step, "samples": self.samples, "spent": self._budget.spent,
             "model": self.critic.state_dict(), "optimizer": self._optimizer.state_dict()},
        )  # fmt: skip

    def _noised(self, shown: Shown, timesteps: Tensor) -> Tensor:
        noise = torch.randn_like(shown.latents)
        return self._diffusion.noised(shown.latents, noise, timesteps)


def planned(config: Config) -> CriticConfig:
    """The recipe's plan for the critic. Raises ValueError if it has none."""
    if config.critic is None:
        raise ValueError(f"the recipe of {config.version} has no [critic]; take another --config")
    return config.critic


def load_critic(work: Path, config: Config) -> Critic:
    """The trained critic. Raises FileNotFoundError if there is none in `work`."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        raise FileNotFoundError(f"no {CHECKPOINT} in {work}; run `train critic` first")
    unet = build_unet(config.unet, config.autoencoder.latent_channels, config.text.width)
    critic = Critic(unet).requires_grad_(True)
    critic.load_state_dict(state["model"])
    return critic
