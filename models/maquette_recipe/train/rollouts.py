"""Pictures on their way from noise, as a sampler with guidance makes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import Config
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.nets.architecture import build_scheduler
from maquette_recipe.nets.base import tokenize
from maquette_recipe.train.diffusion import Diffusion
from maquette_recipe.train.naming import Labels, asked_labels


class Rollouts:
    """`count` pictures, each at a stage of its own of the sampler's steps.

    Every call of :meth:`advance` takes each of them one step of DDIM (arXiv:2010.02502, equation 12
    without noise) further; those that are finished begin anew with another caption.
    """

    def __init__(
        self, config: Config, data: LatentSet, styled_share: float, tokenizer: CLIPTokenizer,
        diffusion: Diffusion, count: int, device: torch.device,
    ) -> None:  # fmt: skip
        scheduler = build_scheduler(config.diffusion)
        scheduler.set_timesteps(config.sampler.steps)
        self._levels = torch.cat([scheduler.timesteps.long(), torch.zeros(1, dtype=torch.long)])
        self._levels = self._levels.to(device)
        self._data, self._sampler = data, LatentSampler(data, styled_share)
        self._tokenizer, self._diffusion, self._device = tokenizer, diffusion, device
        self._stage = torch.arange(count, device=device) % config.sampler.steps
        self.noisy = torch.zeros(count, *data.latents.shape[1:], device=device)
        """Latents (N, C, h, w) as they are now."""
        self.tokens = tokenize(tokenizer, [""] * count).to(device)
        """What they are to show, (N, L)."""
        self.labels: Labels = {}
        """The same for the critic."""

    def __len__(self) -> int:
        return len(self.noisy)

    @property
    def timesteps(self) -> Tensor:
        """Timesteps (N,) that they are at."""
        return self._levels[self._stage]

    def state_dict(self) -> dict[str, Any]:
        """Where they all are."""
        return {
            "noisy": self.noisy, "stage": self._stage, "tokens": self.tokens, "labels": self.labels
        }  # fmt: skip

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        self.noisy, self._stage, self.tokens = (
            state[name].to(self._device) for name in ("noisy", "stage", "tokens")
        )
        self.labels = {name: v.to(self._device) for name, v in state["labels"].items()}

    def begin(self, rng: np.random.Generator) -> None:
        """Fill all stages: pictures that are half made begin as renders with noise."""
        latents = self._renew(torch.arange(len(self)), rng)
        noise = torch.randn_like(self.noisy)
        self.noisy = self._diffusion.noised(latents, noise, self.timesteps)

    @torch.no_grad()
    def advance(self, estimate: Tensor, rng: np.random.Generator) -> None:
        """One step towards the estimated latents (N, C, h, w)."""
        now, later = self.timesteps, self._levels[self._stage + 1]
        noise = self._diffusion.noise_in(self.noisy, estimate, now)
        self.noisy = self._diffusion.noised(estimate, noise, later)
        self._stage = self._stage + 1
        finished = torch.nonzero(self._stage == len(self._levels) - 1).flatten()
        if len(finished):
            self._stage[finished] = 0
            self._renew(finished, rng)
            self.noisy[finished] = torch.randn_like(self.noisy[finished])

    def _renew(self, rows: Tensor, rng: np.random.Generator) -> Tensor:
        """Other captions for some; returns latents of renders that show them."""
        chosen = self._sampler.draw(rng, len(rows))
        scenes = [self._data.scenes[i] for i in chosen]
        said = [caption(scene, rng) for scene in scenes]
        self.tokens[rows] = tokenize(self._tokenizer, [c.text for c in said]).to(self._device)
        for name, values in asked_labels(scenes, said).items():
            mine = self.labels.setdefault(
                name, torch.zeros(len(self), dtype=torch.long, device=self._device)
            )
            mine[rows] = values.to(self._device)
        return torch.from_numpy(self._data.latents[chosen]).float().to(self._device)
