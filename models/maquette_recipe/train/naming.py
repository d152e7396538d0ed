"""Labels and losses of what latents show: by attribute, where a picture shows it beyond doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.captions import Caption
from maquette_recipe.nets.critic import CRITIC_NAMES
from maquette_recipe.shown import IGNORED, label_indices
from maquette_recipe.world import Attributes

Labels = dict[str, Tensor]
"""Class indices (N,) by attribute; `IGNORED` where the picture cannot tell."""


def shown_labels(scenes: list[Attributes]) -> Labels:
    """What pictures of the scenes show."""
    labels = label_indices(scenes)
    return {name: labels[name] for name in CRITIC_NAMES}


def asked_labels(scenes: list[Attributes], said: Sequence[Caption]) -> Labels:
    """What pictures of the scenes show and their captions ask for."""
    labels = shown_labels(scenes)
    for name, values in labels.items():
        silent = torch.tensor([name not in c.named for c in said], dtype=torch.bool)
        values[silent] = IGNORED
    return labels


def naming_error(
    logits: Mapping[str, Tensor], labels: Labels, weights: Mapping[str, float] | None = None
) -> Tensor:
    """Mean cross entropy of all that can be told, each attribute with its weight (or 1)."""
    weights = weights or {}
    parts = [
        weights.get(name, 1.0)
        * F.cross_entropy(logits[name], values, ignore_index=IGNORED, reduction="sum")
        for name, values in labels.items()
    ]
    told = torch.stack([(values != IGNORED).sum() for values in labels.values()]).sum()
    return torch.stack(parts).sum() / told.clamp_min(1)


def likeness_error(better: list[Tensor], worse: list[Tensor]) -> Tensor:
    """The relativistic loss (arXiv:1807.00734, in the paired form of section 3) of the first's
    places looking more real than the second's, averaged over levels."""
    levels = [F.softplus(w - b).mean() for b, w in zip(better, worse, strict=True)]
    return torch.stack(levels).mean()
