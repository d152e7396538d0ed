"""Training the sketch ControlNet on a base model.

After ControlNet (arXiv:2302.05543): the copy of the encoder learns with the base model's own
objective. The base model stays as it is; or, where it is not finished, its UNet learns on beside
the ControlNet, and a share of the samples is left to it alone, so that it goes on making pictures
without any sketch. Captions and sketches are left out separately, as in InstructPix2Pix
(arXiv:2211.09800, section 3.2.1), so that either can guide alone; a left-out sketch is blank paper.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import ControlNetModel
from torch import nn
from transformers import CLIPTokenizer

from maquette_recipe.config import Config, ControlConfig
from maquette_recipe.data.latents import LatentSampler
from maquette_recipe.nets.architecture import suit_attention
from maquette_recipe.nets.base import BaseModel
from maquette_recipe.nets.carry_over import carry_over_control
from maquette_recipe.nets.control import BLANK, ControlledBase, build_control
from maquette_recipe.train.base import maps_to_work
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.control_batches import Batch, Drawn, Dropout, draw_batch
from maquette_recipe.train.diffusion import Diffusion, build_diffusion, draw_task
from maquette_recipe.train.ema import WeightAverage
from maquette_recipe.train.loop import PlannedTrainer
from maquette_recipe.train.muon import MuonWithAdamW
from maquette_recipe.train.parallel import build_accelerator, step_seed

CHECKPOINT = "control.pt"
LOG = "control.jsonl"
_VALIDATION_SEED = 2345
_VALIDATION_BATCHES = 2
_VALIDATION_COUNT = 64


class ControlTrainer(PlannedTrainer[Batch]):
    """Holds the ControlNet, its optimiser, average and plan; and those of a UNet that learns on.

    Goes on from the checkpoint in `work` if there is one; otherwise it starts from `base`, which
    is changed only if the plan says that its UNet learns, and from the ControlNet of the exported
    pipeline folder `warm_start` if there is one.
    """

    def __init__(
        self,
        work: Path,
        config: Config,
        tokenizer: CLIPTokenizer,
        base: BaseModel,
        training: Drawn,
        validation: Drawn,
        *,
        device: str = "cpu",
        clock: Callable[[], float] = time.monotonic,
        mixed_precision: str = "bf16",
        workers: int = 0,
        warm_start: Path | None = None,
        compiled: bool = False,
    ) -> None:
        plan = config.control
        budget = Budget(plan.seconds, clock=clock)
        super().__init__(
            build_accelerator(device, mixed_precision), budget, RunLog(work / LOG), plan.batch,
            plan.save_every_seconds, workers,
        )  # fmt: skip
        self._work, self._config, self._tokenizer = work, config, tokenizer
        self._training, self._validation = training, validation
        self._sampler = LatentSampler(training.latents, plan.styled_share)
        torch.manual_seed(config.seed)
        control = build_control(config, base.unet)
        if warm_start:
            carry_over_control(control, warm_start, maps_to_work(work, config, warm_start))
        learns = plan.unet_learning_rate > 0
        self._bare = round(plan.bare_share * plan.batch)
        self._model = self._accelerator.prepare(ControlledBase(base, control, train_unet=learns))
        suit_attention(base.unet)
        if compiled:
            base.unet.compile()
            self.control.compile()
        networks: list[tuple[str, nn.Module, float]] = [("", self.control, plan.learning_rate)]
        if learns:
            networks.append(("unet_", base.unet, plan.unet_learning_rate))
        self._taught = [
            _Taught(
                prefix, network, rate, WeightAverage(network, plan.ema_decay),
                MuonWithAdamW(network, lr=rate, weight_decay=plan.weight_decay),
            )
            for prefix, network, rate in networks
        ]  # fmt: skip
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            for part in self._taught:
                part.load_state_dict(state)
            self.step, self.samples, budget.spent = state["step"], state["samples"], state["spent"]
        self._diffusion = build_diffusion(config.diffusion, self._accelerator.device)
        self._model.train()

    @property
    def control(self) -> ControlNetModel:
        """The ControlNet with its current (not averaged) weights."""
        return self._accelerator.unwrap_model(self._model).control

    @property
    def base(self) -> BaseModel:
        """The base model, whose UNet may be learning too."""
        return self._accelerator.unwrap_model(self._model).base

    def draw(self, step: int) -> Batch:
        """Random pictures with captions and sketches."""
        plan, rank = self._config.control, self._accelerator.process_index
        rng = np.random.default_rng([self._config.seed, 7, step, rank])
        return draw_batch(
            self._training, self._sampler, self._tokenizer, rng, plan.batch, control_dropout(plan),
            plan.clean_fraction, self._bare,
        )  # fmt: skip

    def train_step(self) -> dict[str, float]:
        """One optimiser step on a fresh batch."""
        plan, rank = self._config.control, self._accelerator.process_index
        batch = self.next_batch().to(self._accelerator.device)
        torch.manual_seed(step_seed(self._config.seed, self.step, rank))
        factor = learning_rate_factor(self.step, self._budget.progress, plan.warmup_steps)
        task = draw_task(self._diffusion, batch.latents, plan.min_snr_gamma, plan.timestep_power)
        predicted = self._model(task.noisy, task.timesteps, batch.tokens, batch.sketches)
        loss = task.loss(predicted)
        self._accelerator.backward(loss)
        for part in self._taught:
            self._accelerator.clip_grad_norm_(part.network.parameters(), 1.0)
            part.optimizer.step(part.learning_rate * factor)
            part.average.update(part.network, self.step)
        return {"loss": float(loss.detach())}

    def validate(self) -> dict[str, float]:
        """Losses on kept-aside pictures (:func:`steering_losses`)."""
        return steering_losses(
            self._model, self._diffusion, self._config.control, self._validation, self._tokenizer,
            self._accelerator.device,
        )  # fmt: skip

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"step": self.step, "samples": self.samples, "spent": self._budget.spent}
            | {key: value for part in self._taught for key, value in part.state_dict().items()},
        )


@dataclass(frozen=True, slots=True)
class _Taught:
    """One network that learns, with its optimiser and average; `prefix` is for the checkpoint."""

    prefix: str
    network: nn.Module
    learning_rate: float
    average: WeightAverage
    optimizer: MuonWithAdamW

    def state_dict(self) -> dict[str, Any]:
        """What the checkpoint keeps of it."""
        return {
            f"{self.prefix}model": self.network.state_dict(),
            f"{self.prefix}average": self.average.state_dict(),
            f"{self.prefix}optimizer": self.optimizer.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        self.network.load_state_dict(state[f"{self.prefix}model"])
        self.average.load_state_dict(state[f"{self.prefix}average"])
        self.optimizer.load_state_dict(state[f"{self.prefix}optimizer"])


def control_dropout(plan: ControlConfig) -> Dropout:
    """What samples lack."""
    return Dropout(plan.caption_dropout, plan.sketch_dropout, plan.both_dropout)


@torch.no_grad()
def steering_losses(
    model: nn.Module, diffusion: Diffusion, plan: ControlConfig, validation: Drawn,
    tokenizer: CLIPTokenizer, device: torch.device,
) -> dict[str, float]:  # fmt: skip
    """Losses of a :class:`ControlledBase` on kept-aside pictures with augmented sketches, with
    blank paper, and without the ControlNet.

    Captions, sketches, timesteps and noise are the same every time.
    """
    sampler = LatentSampler(validation.latents, plan.styled_share)
    losses = {"validation": 0.0, "validation_blank": 0.0, "validation_bare": 0.0}
    with torch.random.fork_rng():
        for number in range(_VALIDATION_BATCHES):
            rng = np.random.default_rng([_VALIDATION_SEED, number])
            batch = draw_batch(
                validation, sampler, tokenizer, rng, _VALIDATION_COUNT, Dropout(0, 0, 0), 0.0
            ).to(device)
            blank = Batch(batch.latents, batch.tokens, torch.full_like(batch.sketches, BLANK))
            bare = Batch(batch.latents, batch.tokens, batch.sketches[:0])
            for name, shown in zip(losses, (batch, blank, bare), strict=True):
                torch.manual_seed(_VALIDATION_SEED + number)
                task = draw_task(diffusion, shown.latents, plan.min_snr_gamma, 1.0)
                predicted = model(task.noisy, task.timesteps, shown.tokens, shown.sketches)
                losses[name] += float(task.loss(predicted)) / _VALIDATION_BATCHES
    return losses
