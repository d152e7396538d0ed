"""What linear codes of patches keep of renders: the most that a model behind one could show.

The shipped encoder is such a code, 16 components of 16 × 16 patches
(:mod:`maquette_recipe.nets.linear_code`). Decoding is linear here too; a trained decoder adds a
little.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.agreement import sketch_agreement
from maquette_recipe.evaluate.classifier import predict, scene_accuracy
from maquette_recipe.evaluate.measure import Say, Setup
from maquette_recipe.evaluate.reference import (
    STYLED_SHARE,
    held_out_sketches,
    reference_pictures,
)
from maquette_recipe.nets.linear_code import principal_components
from maquette_recipe.train.autoencoder import some_pictures
from maquette_recipe.train.losses import psnr

CODES: Final = (
    (16, 16), (16, 32), (16, 48), (16, 64), (16, 96), (8, 4), (8, 8), (8, 16),
)  # fmt: skip
"""Pixels along one side of a patch, and components that are kept of it."""
_FITTED_ON: Final = 500
_SKETCHES: Final = 48
_SHOWN: Final = ("form", "colour", "material", "style")


@dataclass(frozen=True, slots=True)
class Components:
    """All principal components of square patches, the most important first.

    `mean` (3 p p,), `vectors` (3 p p, 3 p p) with one component per column.
    """

    patch: int
    mean: Tensor
    vectors: Tensor

    def through(self, pictures: Tensor, count: int) -> Tensor:
        """Pictures (N, 3, H, W) in 0..1 as `count` components give them back."""
        rows = F.pixel_unshuffle(pictures, self.patch).permute(0, 2, 3, 1) - self.mean
        kept = self.vectors[:, :count]
        back = (rows @ kept @ kept.T + self.mean).permute(0, 3, 1, 2)
        return F.pixel_shuffle(back, self.patch).clamp(0, 1)


def fit_components(pictures: Tensor, patch: int) -> Components:
    """Components of the patches of `pictures` (N, 3, H, W) in 0..1."""
    rows = F.pixel_unshuffle(pictures, patch).permute(0, 2, 3, 1).flatten(0, 2)
    mean, _, vectors = principal_components(rows)
    return Components(patch, mean, vectors)


def measure_codes(setup: Setup, work: Path, count: int, say: Say) -> list[dict[str, Any]]:
    """One row per code of :data:`CODES`: PSNR, what the judge still names right in `count`
    held-out renders, and the edge F1 of renders with their drawings."""
    held_out = open_pictures(work / "held-out")
    references, scenes = reference_pictures(held_out, count, setup.config.seed)
    drawn = held_out_sketches(held_out, _SKETCHES, setup.config.seed)
    lines = torch.from_numpy(drawn.lines).float() / 255
    examples = some_pictures(
        open_pictures(work / "pictures", validation=False), _FITTED_ON, STYLED_SHARE
    )
    fitted = {patch: fit_components(examples, patch) for patch in {patch for patch, _ in CODES}}
    rows = []
    for patch, channels in CODES:
        coded = fitted[patch].through(references, channels)
        right = scene_accuracy(predict(setup.judge, coded), scenes)
        edges = sketch_agreement(fitted[patch].through(drawn.renders, channels), lines)
        row = {"patch": patch, "channels": channels, "psnr": float(psnr(coded, references))}
        row |= {name: right[name] for name in _SHOWN} | {"edge_f1": edges.means()["f1"]}
        rows.append({name: round(value, 4) for name, value in row.items()})
        say(str(rows[-1]))
    return rows
