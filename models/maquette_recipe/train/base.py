"""Training the base model: UNet and text encoder together, on cached latents."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import BaseConfig, Config
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.nets.architecture import suit_attention
from maquette_recipe.nets.base import BaseModel, build_base, tokenize
from maquette_recipe.nets.carry_over import (
    LatentMaps,
    carry_over_text,
    carry_over_unet,
    maps_from,
)
from maquette_recipe.train.autoencoder import load_autoencoder, some_pictures
from maquette_recipe.train.budget import Budget, RunLog, learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.train.diffusion import Diffusion, build_diffusion, draw_task
from maquette_recipe.train.ema import WeightAverage
from maquette_recipe.train.loop import PlannedTrainer
from maquette_recipe.train.muon import MuonWithAdamW
from maquette_recipe.train.parallel import build_accelerator, step_seed
from maquette_recipe.train.text import CHECKPOINT as TEXT_CHECKPOINT
from maquette_recipe.train.text import AttributeHeads, caption_labels, end_token, naming_loss

CHECKPOINT = "base.pt"
LOG = "base.jsonl"
_VALIDATION_SEED = 1234
_MAP_PICTURES = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """`latents` (N, C, h, w) float32, `tokens` (N, L), and what each caption states."""

    latents: Tensor
    tokens: Tensor
    labels: dict[str, Tensor]

    def to(self, device: torch.device) -> Batch:
        """The batch on another device."""
        labels = {name: value.to(device) for name, value in self.labels.items()}
        return Batch(self.latents.to(device), self.tokens.to(device), labels)


class TaughtBase(nn.Module):
    """The base model and the heads that keep its text encoder naming attributes."""

    def __init__(self, base: BaseModel, heads: AttributeHeads) -> None:
        super().__init__()
        self.base = base
        self.heads = heads

    def forward(
        self, noisy: Tensor, timesteps: Tensor, tokens: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Velocities (N, C, h, w) and logits by attribute."""
        velocity, states = self.base(noisy, timesteps, tokens)
        return velocity, self.heads(states, tokens)


@dataclass(frozen=True, slots=True)
class Losses:
    """The weighted error of the velocity and the error in naming attributes."""

    diffusion: Tensor
    naming: Tensor


def draw_batch(
    data: LatentSet, sampler: LatentSampler, tokenizer: CLIPTokenizer, rng: np.random.Generator,
    count: int, dropout: float,
) -> Batch:  # fmt: skip
    """Random pictures, each with a caption drawn afresh; `dropout` is the share without one."""
    chosen = sampler.draw(rng, count)
    scenes = [data.scenes[i] for i in chosen]
    said = [None if rng.random() < dropout else caption(scene, rng) for scene in scenes]
    latents = torch.from_numpy(data.latents[chosen]).float()
    return Batch(
        latents.contiguous(memory_format=torch.channels_last),
        tokenize(tokenizer, ["" if c is None else c.text for c in said]),
        caption_labels(scenes, said),
    )


def batch_losses(
    model: torch.nn.Module, batch: Batch, diffusion: Diffusion, gamma: float, power: float = 1.0
) -> Losses:
    """Losses of a :class:`TaughtBase` at random timesteps."""
    task = draw_task(diffusion, batch.latents, gamma, power)
    predicted, logits = model(task.noisy, task.timesteps, batch.tokens)
    return Losses(task.loss(predicted), naming_loss(logits, batch.labels))


@torch.no_grad()
def validation_loss(
    model: torch.nn.Module, data: LatentSet, tokenizer: CLIPTokenizer, diffusion: Diffusion,
    config: BaseConfig, device: torch.device,
) -> float:  # fmt: skip
    """Loss on kept-aside pictures with fixed captions, timesteps and noise."""
    rng = np.random.default_rng(_VALIDATION_SEED)
    sampler = LatentSampler(data, config.styled_share)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_VALIDATION_SEED)
        losses = []
        for _ in range(2):
            batch = draw_batch(data, sampler, tokenizer, rng, 64, 0.0).to(device)
            losses.append(
                float(batch_losses(model, batch, diffusion, config.min_snr_gamma).diffusion)
            )
    return float(np.mean(losses))


class BaseTrainer(PlannedTrainer[Batch]):
    """Holds model, optimiser, average and plan.

    Goes on from the checkpoint in `work` if there is one; otherwise it takes over what it can of
    the exported pipeline folder `warm_start`, or starts a fresh UNet. A taught text encoder in
    `work` is used in both cases.
    """

    def __init__(
        self,
        work: Path,
        config: Config,
        tokenizer: CLIPTokenizer,
        training: LatentSet,
        validation: LatentSet,
        *,
        warm_start: Path | None = None,
        device: str = "cpu",
        clock: Callable[[], float] = time.monotonic,
        mixed_precision: str = "bf16",
        workers: int = 0,
        compiled: bool = False,
    ) -> None:
        plan = config.base
        super().__init__(
            build_accelerator(device, mixed_precision), Budget(plan.seconds, clock=clock),
            RunLog(work / LOG), plan.batch, plan.save_every_seconds, workers,
        )  # fmt: skip
        self._work, self._config, self._tokenizer = work, config, tokenizer
        self._training, self._validation = training, validation
        self._sampler = LatentSampler(training, plan.styled_share)
        torch.manual_seed(config.seed)
        base = build_base(config, tokenizer)
        heads = AttributeHeads(config.text.width, end_token(tokenizer))
        taught = load_checkpoint(work / TEXT_CHECKPOINT)
        if warm_start:
            self.samples = self._carry_over(base, warm_start)
        if taught:
            base.text_encoder.load_state_dict(taught["model"])
            heads.load_state_dict(taught["heads"])
        self._model = self._accelerator.prepare(TaughtBase(base, heads))
        suit_attention(self.model.unet)
        if compiled:
            self.model.unet.compile()
        # On the model's device from here on: average and optimiser work in place.
        self._average = WeightAverage(self.model, plan.ema_decay)
        self._optimizer = MuonWithAdamW(
            self._taught, lr=plan.learning_rate, weight_decay=plan.weight_decay
        )
        state = load_checkpoint(work / CHECKPOINT)
        if state:
            self.model.load_state_dict(state["model"])
            self._taught.heads.load_state_dict(state["heads"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step, self._budget.spent = state["step"], state["spent"]
            self.samples = state["samples"]
        self._diffusion = build_diffusion(config.diffusion, self._accelerator.device)
        self._model.train()

    @property
    def model(self) -> BaseModel:
        """The module with its current (not averaged) weights."""
        return self._taught.base

    @property
    def _taught(self) -> TaughtBase:
        return self._accelerator.unwrap_model(self._model)

    def _carry_over(self, base: BaseModel, folder: Path) -> int:
        """Start from the exported `folder`; returns how many samples it was trained on."""
        carry_over_unet(base.unet, folder, maps_to_work(self._work, self._config, folder))
        carry_over_text(base.text_encoder, self._tokenizer, folder)
        return samples_described(folder)

    def draw(self, step: int) -> Batch:
        """Random pictures with captions."""
        plan, rank = self._config.base, self._accelerator.process_index
        rng = np.random.default_rng([self._config.seed, 3, step, rank])
        return draw_batch(
            self._training, self._sampler, self._tokenizer, rng, plan.batch, plan.caption_dropout
        )

    def train_step(self) -> dict[str, float]:
        """One optimiser step on a fresh batch; its diffusion loss and naming loss."""
        plan = self._config.base
        batch = self.next_batch().to(self._accelerator.device)
        rank = self._accelerator.process_index
        torch.manual_seed(step_seed(self._config.seed, self.step, rank))
        factor = learning_rate_factor(self.step, self._budget.progress, plan.warmup_steps)
        losses = batch_losses(
            self._model, batch, self._diffusion, plan.min_snr_gamma, plan.timestep_power
        )
        self._accelerator.backward(losses.diffusion + plan.naming_weight * losses.naming)
        self._accelerator.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step(plan.learning_rate * factor)
        self._average.update(self.model, self.step)
        return {"loss": float(losses.diffusion.detach()), "naming": float(losses.naming.detach())}

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self._work / CHECKPOINT,
            {"model": self.model.state_dict(), "heads": self._taught.heads.state_dict(),
             "average": self._average.state_dict(),
             "optimizer": self._optimizer.state_dict(), "step": self.step,
             "samples": self.samples, "spent": self._budget.spent},
        )  # fmt: skip

    def validate(self) -> dict[str, float]:
        """Loss on kept-aside pictures."""
        loss = validation_loss(
            self._taught, self._validation, self._tokenizer, self._diffusion, self._config.base,
            self._accelerator.device,
        )  # fmt: skip
        return {"validation": loss}


def maps_to_work(work: Path, config: Config, folder: Path) -> LatentMaps:
    """Maps between the latents of the exported `folder` and those in `work`, which has pictures
    and an autoencoder."""
    vae = load_autoencoder(work, config.autoencoder)
    pictures = open_pictures(work / "pictures", validation=True)
    return maps_from(folder, vae, some_pictures(pictures, _MAP_PICTURES))


def load_base(work: Path, config: Config, tokenizer: CLIPTokenizer) -> BaseModel:
    """The base model with its averaged weights, in evaluation mode."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        raise FileNotFoundError(f"no {CHECKPOINT} in {work}; run `train base` first")
    model = build_base(config, tokenizer)
    model.load_state_dict(state["average"], strict=False)
    return model.eval()


def samples_described(folder: Path) -> int:
    """Samples that the exported `folder` was trained on, 0 where it does not say."""
    path = folder / "maquette.json"
    return json.loads(path.read_text("utf-8")).get("trained_samples", 0) if path.exists() else 0


def samples_trained(work: Path) -> int:
    """Samples that the base model in `work` was trained on, with those of what it started from."""
    state = load_checkpoint(work / CHECKPOINT)
    return int(state["samples"]) if state else 0
