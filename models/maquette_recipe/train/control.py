"""Training the sketch ControlNet on a finished base model, which stays as it is.

After ControlNet (arXiv:2302.05543): the copy of the encoder learns with the base model's own
objective. Captions and sketches are left out separately, as in InstructPix2Pix (arXiv:2211.09800,
section 3.2.1), so that either can guide alone; a left-out sketch is blank paper.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from diffusers import ControlNetModel
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import Config, ControlConfig
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.nets.architecture import build_unet, suit_attention
from maquette_recipe.nets.base import BaseModel, tokenize
from maquette_recipe.nets.control import BLANK, ControlledBase, build_control
from maquette_recipe.sketch.augment import Level, augment
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.diffusion import build_diffusion, draw_task
from maquette_recipe.train.ema import WeightAverage
from maquette_recipe.train.loop import PlannedTrainer
from maquette_recipe.train.muon import MuonWithAdamW
from maquette_recipe.train.parallel import build_accelerator, step_seed

CHECKPOINT = "control.pt"
LOG = "control.jsonl"
_VALIDATION_SEED = 2345
_VALIDATION_BATCHES = 2
_VALIDATION_COUNT = 64


class Drawings(Protocol):
    """Where line drawings come from; rendered pictures do."""

    def lines(self, index: int) -> np.ndarray:
        """The drawing (H, W) uint8 of picture `index`, dark lines on white."""
        ...


@dataclass(frozen=True, slots=True)
class Drawn:
    """Latents and the drawings they were rendered from."""

    latents: LatentSet
    pictures: Drawings
    """What `latents.source` counts."""

    def lines(self, chosen: np.ndarray) -> np.ndarray:
        """Drawings (N, H, W) uint8 of rows `chosen` of the latents, mirrored like them."""
        drawings = []
        for row in chosen:
            drawing = self.pictures.lines(int(self.latents.source[row]))
            drawings.append(drawing[:, ::-1] if self.latents.mirrored[row] else drawing)
        return np.stack(drawings)


@dataclass(frozen=True, slots=True)
class Batch:
    """`latents` (N, C, h, w) float32, `tokens` (N, L), `sketches` (N, 3, H, W) in 0..1."""

    latents: Tensor
    tokens: Tensor
    sketches: Tensor

    def to(self, device: torch.device) -> Batch:
        """The batch on another device."""
        return Batch(self.latents.to(device), self.tokens.to(device), self.sketches.to(device))


@dataclass(frozen=True, slots=True)
class Dropout:
    """Shares of samples that lack their caption alone, their sketch alone, or both."""

    caption: float
    sketch: float
    both: float

    def draw(self, rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Which samples have no caption and which have no sketch, (N,) bool each."""
        place = rng.random(count)
        no_caption = place < self.both + self.caption
        alone = (place >= self.both + self.caption) & (
            place < self.both + self.caption + self.sketch
        )
        return no_caption, alone | (place < self.both)


def mixed_sketches(lines: Tensor, rng: np.random.Generator, clean_fraction: float) -> Tensor:
    """Sketches (N, 3, H, W) in 0..1 from drawings (N, H, W) uint8, a random share of them clean."""
    clean = rng.random(len(lines)) < clean_fraction
    count, height, width = lines.shape
    sketches = torch.empty(count, 3, height, width, device=lines.device)
    parts: tuple[tuple[Level, np.ndarray], ...] = (("clean", clean), ("augmented", ~clean))
    for level, rows in parts:
        if rows.any():
            index = torch.from_numpy(np.flatnonzero(rows)).to(lines.device)
            sketches[index] = augment(lines[index], rng, level)
    return sketches


def draw_batch(
    data: Drawn, sampler: LatentSampler, tokenizer: CLIPTokenizer, rng: np.random.Generator,
    count: int, dropout: Dropout, clean_fraction: float,
) -> Batch:  # fmt: skip
    """Random pictures, each with a caption and a sketch made afresh."""
    chosen = sampler.draw(rng, count)
    no_caption, no_sketch = dropout.draw(rng, count)
    said = [
        "" if silent else caption(data.latents.scenes[row], rng).text
        for row, silent in zip(chosen, no_caption, strict=True)
    ]
    sketches = mixed_sketches(torch.from_numpy(data.lines(chosen)), rng, clean_fraction)
    sketches[torch.from_numpy(no_sketch)] = BLANK
    latents = torch.from_numpy(data.latents.latents[chosen]).float()
    return Batch(
        latents.contiguous(memory_format=torch.channels_last),
        tokenize(tokenizer, said),
        sketches.contiguous(memory_format=torch.channels_last),
    )


class ControlTrainer(PlannedTrainer[Batch]):
    """Holds the ControlNet, its optimiser, average and plan.

    Goes on from the checkpoint in `work` if there is one; otherwise it starts from `base`, which
    is never changed.
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
        self._model = self._accelerator.prepare(ControlledBase(base, control))
        suit_attention(base.unet)
        self._average = WeightAverage(self.control, plan.ema_decay)
        self._optimizer = MuonWithAdamW(
            self.control, lr=plan.learning_rate, weight_decay=plan.weight_decay
        )
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            self.control.load_state_dict(state["model"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step, self.samples, budget.spent = state["step"], state["samples"], state["spent"]
        self._diffusion = build_diffusion(config.diffusion, self._accelerator.device)
        self._model.train()

    @property
    def control(self) -> ControlNetModel:
        """The ControlNet with its current (not averaged) weights."""
        return self._accelerator.unwrap_model(self._model).control

    def draw(self, step: int) -> Batch:
        """Random pictures with captions and sketches."""
        plan, rank = self._config.control, self._accelerator.process_index
        rng = np.random.default_rng([self._config.seed, 7, step, rank])
        return draw_batch(
            self._training, self._sampler, self._tokenizer, rng, plan.batch, _dropout(plan),
            plan.clean_fraction,
        )  # fmt: skip

    def train_step(self) -> dict[str, float]:
        """One optimiser step on a fresh batch."""
        plan, rank = self._config.control, self._accelerator.process_index
        batch = self.next_batch().to(self._accelerator.device)
        torch.manual_seed(step_seed(self._config.seed, self.step, rank))
        factor = learning_rate_factor(self.step, self._budget.progress, plan.warmup_steps)
        loss = self._loss(batch, plan.timestep_power)
        self._accelerator.backward(loss)
        self._accelerator.clip_grad_norm_(self.control.parameters(), 1.0)
        self._optimizer.step(plan.learning_rate * factor)
        self._average.update(self.control, self.step)
        return {"loss": float(loss.detach())}

    @torch.no_grad()
    def validate(self) -> dict[str, float]:
        """Losses on kept-aside pictures with augmented sketches and with blank paper instead.

        Captions, sketches, timesteps and noise are the same every time.
        """
        plan, device = self._config.control, self._accelerator.device
        sampler = LatentSampler(self._validation.latents, plan.styled_share)
        losses = {"validation": 0.0, "validation_blank": 0.0}
        with torch.random.fork_rng():
            for number in range(_VALIDATION_BATCHES):
                rng = np.random.default_rng([_VALIDATION_SEED, number])
                batch = draw_batch(
                    self._validation, sampler, self._tokenizer, rng, _VALIDATION_COUNT,
                    Dropout(0, 0, 0), 0.0,
                ).to(device)  # fmt: skip
                blank = Batch(batch.latents, batch.tokens, torch.full_like(batch.sketches, BLANK))
                for name, shown in (("validation", batch), ("validation_blank", blank)):
                    torch.manual_seed(_VALIDATION_SEED + number)
                    losses[name] += float(self._loss(shown, 1.0)) / _VALIDATION_BATCHES
        return losses

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"model": self.control.state_dict(), "average": self._average.state_dict(),
             "optimizer": self._optimizer.state_dict(), "step": self.step,
             "samples": self.samples, "spent": self._budget.spent},
        )  # fmt: skip

    def _loss(self, batch: Batch, power: float) -> Tensor:
        gamma = self._config.control.min_snr_gamma
        task = draw_task(self._diffusion, batch.latents, gamma, power)
        return task.loss(self._model(task.noisy, task.timesteps, batch.tokens, batch.sketches))


def _dropout(plan: ControlConfig) -> Dropout:
    return Dropout(plan.caption_dropout, plan.sketch_dropout, plan.both_dropout)


def load_control(work: Path, config: Config) -> ControlNetModel | None:
    """The trained ControlNet with its averaged weights, in evaluation mode, or None."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        return None
    unet = build_unet(config.unet, config.autoencoder.latent_channels, config.text.width)
    control = build_control(config, unet)
    control.load_state_dict(state["average"], strict=False)
    return control.eval()
