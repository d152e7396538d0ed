"""Training the base model: UNet and text encoder together, on cached latents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import BaseConfig, Config
from maquette_recipe.data.latents import LatentSet
from maquette_recipe.nets.base import BaseModel, build_base, tokenize
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.diffusion import Diffusion, build_diffusion, stratified_timesteps
from maquette_recipe.train.ema import WeightAverage
from maquette_recipe.train.parallel import agreed, build_accelerator, step_seed

CHECKPOINT = "base.pt"
LOG = "base.jsonl"
_REPORT_EVERY = 20
_VALIDATION_SEED = 1234


@dataclass(frozen=True, slots=True)
class Batch:
    """`latents` (N, C, h, w) float32 and `tokens` (N, L)."""

    latents: Tensor
    tokens: Tensor


def draw_batch(
    data: LatentSet, tokenizer: CLIPTokenizer, rng: np.random.Generator, count: int, dropout: float
) -> Batch:
    """Random pictures, each with a caption drawn afresh; `dropout` is the share without one."""
    chosen = rng.integers(len(data), size=count)
    texts = [
        "" if rng.random() < dropout else caption(data.scenes[int(i)], rng).text for i in chosen
    ]
    latents = torch.from_numpy(data.latents[chosen]).float()
    return Batch(latents.contiguous(memory_format=torch.channels_last), tokenize(tokenizer, texts))


def diffusion_loss(
    model: torch.nn.Module, batch: Batch, diffusion: Diffusion, gamma: float
) -> Tensor:
    """Weighted squared error of the predicted velocity at random timesteps."""
    latents = batch.latents
    timesteps = stratified_timesteps(len(latents), len(diffusion.alpha)).to(latents.device)
    noise = torch.randn_like(latents)
    noisy = diffusion.noised(latents, noise, timesteps)
    target = diffusion.velocity(latents, noise, timesteps)
    predicted = model(noisy, timesteps, batch.tokens).float()
    error = (predicted - target).square().mean(dim=(1, 2, 3))
    return (error * diffusion.weight(timesteps, gamma)).mean()


@torch.no_grad()
def validation_loss(
    model: torch.nn.Module, data: LatentSet, tokenizer: CLIPTokenizer, diffusion: Diffusion,
    config: BaseConfig, device: torch.device,
) -> float:  # fmt: skip
    """Loss on kept-aside pictures with fixed captions, timesteps and noise."""
    rng = np.random.default_rng(_VALIDATION_SEED)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_VALIDATION_SEED)
        losses = []
        for _ in range(2):
            batch = draw_batch(data, tokenizer, rng, 64, 0.0)
            moved = Batch(batch.latents.to(device), batch.tokens.to(device))
            losses.append(float(diffusion_loss(model, moved, diffusion, config.min_snr_gamma)))
    return float(np.mean(losses))


class BaseTrainer:
    """Holds model, optimiser, average and plan; :meth:`run` trains until the plan is used up."""

    def __init__(
        self,
        work: Path,
        config: Config,
        tokenizer: CLIPTokenizer,
        training: LatentSet,
        validation: LatentSet,
        *,
        device: str = "cpu",
        clock: Callable[[], float] = time.monotonic,
        mixed_precision: str = "bf16",
    ) -> None:
        self._work, self._config, self._tokenizer = work, config, tokenizer
        self._training, self._validation = training, validation
        self._accelerator = build_accelerator(device, mixed_precision)
        torch.manual_seed(config.seed)
        model = build_base(config, tokenizer)
        plan = config.base
        self._optimizer = torch.optim.AdamW(
            model.parameters(), lr=plan.learning_rate, betas=(0.9, 0.99),
            weight_decay=plan.weight_decay, fused=True,
        )  # fmt: skip
        self.step = self.samples = 0
        self._budget = Budget(plan.seconds, clock=clock)
        self._average = WeightAverage(model, plan.ema_decay)
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            model.load_state_dict(state["model"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step, self._budget.spent = state["step"], state["spent"]
            self.samples = state.get("samples", self.step * 32)
        self._model, self._optimizer = self._accelerator.prepare(model, self._optimizer)
        self._diffusion = build_diffusion(self._accelerator.device)
        self._log = RunLog(work / LOG)

    @property
    def model(self) -> BaseModel:
        """The module with its current (not averaged) weights."""
        return self._accelerator.unwrap_model(self._model)

    def train_step(self) -> float:
        """One optimiser step; returns the loss."""
        plan, device = self._config.base, self._accelerator.device
        rank = self._accelerator.process_index
        rng = np.random.default_rng([self._config.seed, 3, self.step, rank])
        torch.manual_seed(step_seed(self._config.seed, self.step, rank))
        batch = draw_batch(self._training, self._tokenizer, rng, plan.batch, plan.caption_dropout)
        batch = Batch(batch.latents.to(device), batch.tokens.to(device))
        factor = learning_rate_factor(self.step, self._budget.progress, plan.warmup_steps)
        for group in self._optimizer.param_groups:
            group["lr"] = plan.learning_rate * factor
        loss = diffusion_loss(self._model, batch, self._diffusion, plan.min_snr_gamma)
        self._accelerator.backward(loss)
        self._accelerator.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._average.update(self.model, self.step)
        self.step += 1
        self.samples += self._batch
        return float(loss.detach())

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"model": self.model.state_dict(), "average": self._average.state_dict(),
             "optimizer": self._optimizer.state_dict(), "step": self.step,
             "samples": self.samples, "spent": self._budget.spent},
        )  # fmt: skip

    def run(self, max_steps: int | None = None) -> Iterator[dict[str, Any]]:
        """Train until the plan ends (or for `max_steps` more steps); yields reports."""
        plan = self._config.base
        last = None if max_steps is None else self.step + max_steps
        self._model.train()
        self._budget.start()
        saved_at, recent = self._budget.spent, []
        since = self._budget.spent
        while not self._budget.over and (last is None or self.step < last):
            recent.append(self.train_step())
            self._budget.tick()
            self._budget.spent = agreed(self._accelerator, self._budget.spent)
            if self.step % _REPORT_EVERY == 0 and self._accelerator.is_main_process:
                took = max(self._budget.spent - since, 1e-9)
                report = {
                    "step": self.step, "samples": self.samples,
                    "loss": float(np.mean(recent)), "spent": self._budget.spent,
                    "per_second": len(recent) * self._batch / took,
                }  # fmt: skip
                if self._budget.spent - saved_at >= plan.save_every_seconds:
                    report["validation"] = self._validate()
                    self.save()
                    saved_at = self._budget.spent
                self._log.write(**report)
                yield report
                recent, since = [], self._budget.spent
                self._budget.start()
        if not self._accelerator.is_main_process:
            return
        self.save()
        final = {"step": self.step, "samples": self.samples,
                 "spent": self._budget.spent, "validation": self._validate()}  # fmt: skip
        self._log.write(**final)
        yield final

    @property
    def _batch(self) -> int:
        """Samples per step, over all processes."""
        return self._config.base.batch * self._accelerator.num_processes

    def _validate(self) -> float:
        with self._accelerator.autocast():
            return self._validation_loss()

    def _validation_loss(self) -> float:
        return validation_loss(
            self.model, self._validation, self._tokenizer, self._diffusion, self._config.base,
            self._accelerator.device,
        )  # fmt: skip


def load_base(work: Path, config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    """The base model with its averaged weights, in evaluation mode."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        raise FileNotFoundError(f"no {CHECKPOINT} in {work}; run `train base` first")
    model = build_base(config, tokenizer)
    model.load_state_dict(state["average"], strict=False)
    return model.eval()
