"""Pictures on their way from noise, as the sampler with guidance makes them."""

from __future__ import annotations

import numpy as np
import torch
from diffusers import UniPCMultistepScheduler
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.config import Config, RefineConfig
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.nets.architecture import build_scheduler
from maquette_recipe.nets.base import tokenize
from maquette_recipe.train.diffusion import Diffusion
from maquette_recipe.train.naming import Labels, asked_labels


class Rollouts:
    """`plan.rollouts` pictures in as many groups as the sampler has steps, each at another step.

    Every call of :meth:`advance` takes all of them one step further; a group that is finished
    begins anew with other captions. Those that begin half-way begin as renders with noise.
    """

    def __init__(
        self, config: Config, data: LatentSet, plan: RefineConfig, tokenizer: CLIPTokenizer,
        diffusion: Diffusion, rng: np.random.Generator, device: torch.device,
    ) -> None:  # fmt: skip
        self._config, self._data = config, data
        self._english_share, count = plan.english_share, plan.rollouts
        self._sampler, self._tokenizer = LatentSampler(data, plan.styled_share), tokenizer
        steps = config.sampler.steps
        self._rows = [
            torch.from_numpy(r) for r in np.array_split(np.arange(count), steps) if len(r)
        ]
        self._ways = [self._way() for _ in self._rows]
        self._steps = list(range(len(self._rows)))
        self.timesteps = torch.zeros(count, dtype=torch.long, device=device)
        """Timesteps (N,) that they are at."""
        self.tokens = tokenize(tokenizer, [""] * count).to(device)
        """What they are to show, (N, L)."""
        self.labels: Labels = {}
        """The same for the critic."""
        rendered = self._renew(torch.arange(count), rng)
        for group in range(len(self._rows)):
            self._tell_timesteps(group)
        self.noisy = diffusion.noised(rendered, torch.randn_like(rendered), self.timesteps)
        """Latents (N, C, h, w) as they are now."""

    def __len__(self) -> int:
        return len(self.noisy)

    @torch.no_grad()
    def advance(self, velocity: Tensor, rng: np.random.Generator) -> None:
        """One step of the sampler by the guided velocities (N, C, h, w)."""
        noisy = self.noisy.clone()
        for group, rows in enumerate(self._rows):
            way, step = self._ways[group], self._steps[group]
            noisy[rows], *_ = way.step(
                velocity[rows], way.timesteps[step], noisy[rows], return_dict=False
            )
            self._steps[group] = step + 1
            if self._steps[group] == len(way.timesteps):
                self._ways[group], self._steps[group] = self._way(), 0
                self._renew(rows, rng)
                noisy[rows] = torch.randn_like(noisy[rows])
            self._tell_timesteps(group)
        self.noisy = noisy

    def _way(self) -> UniPCMultistepScheduler:
        """A sampler of its own for a group: it remembers earlier steps."""
        scheduler = build_scheduler(self._config.diffusion)
        scheduler.set_timesteps(self._config.sampler.steps)
        return scheduler

    def _tell_timesteps(self, group: int) -> None:
        self.timesteps[self._rows[group]] = int(self._ways[group].timesteps[self._steps[group]])

    def _renew(self, rows: Tensor, rng: np.random.Generator) -> Tensor:
        """Other captions for some; returns latents of renders that show them."""
        chosen = self._sampler.draw(rng, len(rows))
        scenes = [self._data.scenes[i] for i in chosen]
        said = [
            caption(scene, rng, language="en" if rng.random() < self._english_share else "zh")
            for scene in scenes
        ]
        device = self.tokens.device
        self.tokens[rows] = tokenize(self._tokenizer, [c.text for c in said]).to(device)
        for name, values in asked_labels(scenes, said).items():
            mine = self.labels.setdefault(name, torch.zeros_like(self.timesteps))
            mine[rows] = values.to(device)
        return torch.from_numpy(self._data.latents[chosen]).float().to(device)
