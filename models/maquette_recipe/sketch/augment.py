"""Sketches for training and for the evaluation, made from clean line drawings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.sketch.draws import Draws
from maquette_recipe.sketch.omissions import outline_or_inside, partial
from maquette_recipe.sketch.paper import colours, grained, ruled, sheet
from maquette_recipe.sketch.photo import jpeg, lit, noisy, shadowed, softened
from maquette_recipe.sketch.strokes import (
    broken,
    doubled,
    lens,
    overshoot,
    pressed,
    resample,
    widened,
    wobble,
)  # fmt: skip

Level = Literal["clean", "augmented"]
"""`clean`: the drawing as it is, on white or inverted. `augmented`: all that this package knows."""

INVERTED_SHARE: Final = 0.3
"""Of clean sketches: light lines on black, as edge detectors give them."""
_DARKEST_LINE: Final = 0.9
"""Ink of a clean drawing's full line; drawings keep a little short of black."""
_CPU_PART: Final = 8
"""Sketches at a time whose fields stay in a core's cache."""


def augment(lines: Tensor, rng: np.random.Generator, level: Level = "augmented") -> Tensor:
    """Sketches (N, 3, H, W) float32 in 0..1 from drawings (N, H, W) uint8, dark lines on white.

    Runs on the device of `lines`; every sketch is treated differently. H and W are multiples of 8.
    Raises ValueError for another level.
    """
    if level == "clean":
        return _clean(lines, rng)
    if level != "augmented":
        raise ValueError(f"unknown level {level!r}")
    if lines.device.type != "cpu":
        return _augmented(lines, rng)
    return torch.cat([_augmented(part, rng) for part in lines.split(_CPU_PART)])


def evaluation_sketches(lines: np.ndarray, seed: int, level: Level, first: int = 0) -> Tensor:
    """Sketches (N, 3, H, W) float32 in 0..1 that depend on nothing but the arguments.

    `lines` (N, H, W) uint8, dark on white. Sketch i depends on `seed`, on `first` + i and on its
    own drawing, so that it does not matter in what portions an evaluation asks for them.
    """
    return torch.cat(
        [
            augment(torch.from_numpy(drawing[None].copy()), np.random.default_rng([seed, i]), level)
            for i, drawing in enumerate(lines, first)
        ]
    )


def _clean(lines: Tensor, rng: np.random.Generator) -> Tensor:
    paper = lines.float() / 255
    inverted = torch.from_numpy(rng.random(len(lines)) < INVERTED_SHARE).to(lines.device)
    paper = torch.where(inverted[:, None, None], 1 - paper, paper)
    return paper[:, None].expand(-1, 3, -1, -1).contiguous()


def _augmented(lines: Tensor, rng: np.random.Generator) -> Tensor:
    count, height, width = lines.shape
    draws = Draws(rng, count, height, width, lines.device)
    ink = ((255 - lines.float()) / (255 * _DARKEST_LINE)).clamp_max(1)
    ink = _some(ink, draws, 0.08, outline_or_inside)
    ink = _some(ink, draws, 0.10, partial)
    grid = lens(draws)
    strokes = resample(ink, grid + wobble(draws, 1.3, 0.5))
    twice = draws.chosen(0.3)
    if len(twice):
        again = doubled(ink[twice], grid[twice], draws.among(len(twice)))
        strokes[twice] = torch.maximum(strokes[twice], again)
    ink = _some(strokes, draws, 0.3, lambda s, d: torch.maximum(s, overshoot(s, d)))
    ink = widened(ink, draws)
    ink = _some(ink, draws, 0.35, broken)
    tooth = draws.grain()
    ink = grained(pressed(ink, draws), tooth, draws)
    pen, colour = colours(draws)
    paper = sheet(colour, tooth, draws)
    paper = _some(paper, draws, 0.15, ruled)
    picture = torch.lerp(paper, pen, ink[:, None])
    for share, effect in ((0.5, lit), (0.25, shadowed), (0.5, softened), (0.4, noisy), (0.2, jpeg)):
        picture = _some(picture, draws, share, effect)
    return picture.clamp(0, 1)


def _some(
    batch: Tensor, draws: Draws, share: float, effect: Callable[[Tensor, Draws], Tensor]
) -> Tensor:
    """The batch with `effect` on `share` of its sketches."""
    chosen = draws.chosen(share)
    if len(chosen) == 0:
        return batch
    return batch.index_copy(0, chosen, effect(batch[chosen], draws.among(len(chosen))))
