"""How different the pictures of one caption are, against renders of one scene."""

from __future__ import annotations

import torch
from torch import Tensor

from maquette_recipe.evaluate.intervals import Estimate, mean_interval


def mean_pairwise(features: Tensor) -> float:
    """Mean Euclidean distance between all pairs of features (K, D). K is at least 2."""
    return float(torch.pdist(features.float()).mean())


def diversity(groups: Tensor) -> Estimate:
    """Mean over captions of :func:`mean_pairwise`, with its interval.

    `groups` (C, K, D): features of K pictures of each of C captions, C at least 2.
    """
    return mean_interval([mean_pairwise(group) for group in groups])


def diversity_ratio(made: Tensor, rendered: Tensor) -> Estimate:
    """Mean over captions of the diversity of generated pictures as a share of that of renders.

    Both (C, K, D), caption by caption. Below 1, the model shows fewer variants than the renderer.
    """
    ratios = [
        mean_pairwise(ours) / max(mean_pairwise(real), 1e-9)
        for ours, real in zip(made, rendered, strict=True)
    ]
    return mean_interval(ratios)
