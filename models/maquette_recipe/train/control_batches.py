"""What the ControlNet learns from: pictures with captions and with sketches made afresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from transformers import CLIPTokenizer

from maquette_recipe.captions import caption
from maquette_recipe.data.latents import LatentSampler, LatentSet
from maquette_recipe.nets.base import tokenize
from maquette_recipe.nets.control import BLANK
from maquette_recipe.sketch.augment import Level, augment


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
    """`latents` (N, C, h, w) float32, `tokens` (N, L), `sketches` (M, 3, H, W) in 0..1 of the last
    M samples."""

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
    count: int, dropout: Dropout, clean_fraction: float, bare: int = 0,
) -> Batch:  # fmt: skip
    """Random pictures, each with a caption and, but for the first `bare`, a sketch made afresh."""
    chosen = sampler.draw(rng, count)
    no_caption, no_sketch = dropout.draw(rng, count)
    said = [
        "" if silent else caption(data.latents.scenes[row], rng).text
        for row, silent in zip(chosen, no_caption, strict=True)
    ]
    sketches = torch.empty(0)
    if bare < count:
        lines = torch.from_numpy(data.lines(chosen[bare:]))
        sketches = mixed_sketches(lines, rng, clean_fraction)
        sketches[torch.from_numpy(no_sketch[bare:])] = BLANK
        sketches = sketches.contiguous(memory_format=torch.channels_last)
    latents = torch.from_numpy(data.latents.latents[chosen]).float()
    return Batch(
        latents.contiguous(memory_format=torch.channels_last),
        tokenize(tokenizer, said),
        sketches,
    )
