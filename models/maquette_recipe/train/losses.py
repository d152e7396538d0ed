"""Reconstruction losses and image quality measures. Pictures are (N, 3, H, W) in 0..1."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

_C1: Final = 0.01**2
_C2: Final = 0.03**2
_WINDOW: Final = 7


def _local_mean(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, _WINDOW, stride=1)


def ssim(a: Tensor, b: Tensor) -> Tensor:
    """Mean structural similarity with a 7 × 7 box window (Wang et al. 2004); 1 is equal."""
    mean_a, mean_b = _local_mean(a), _local_mean(b)
    var_a = _local_mean(a * a) - mean_a * mean_a
    var_b = _local_mean(b * b) - mean_b * mean_b
    both = _local_mean(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + _C1) * (2 * both + _C2)
    bottom = (mean_a * mean_a + mean_b * mean_b + _C1) * (var_a + var_b + _C2)
    return (top / bottom).mean()


def psnr(a: Tensor, b: Tensor) -> Tensor:
    """Peak signal-to-noise ratio in dB, averaged over the pictures."""
    error = (a - b).square().flatten(1).mean(1).clamp_min(1e-10)
    return (-10 * torch.log10(error)).mean()


def gradient_loss(a: Tensor, b: Tensor, scales: int = 3) -> Tensor:
    """L1 between horizontal and vertical differences at several resolutions."""
    total = torch.zeros((), device=a.device)
    for level in range(scales):
        if level:
            a, b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
        difference = a - b
        total = total + difference.diff(dim=-1).abs().mean() + difference.diff(dim=-2).abs().mean()
    return total / scales


def reconstruction_loss(output: Tensor, target: Tensor) -> Tensor:
    """L1, multi-scale gradients and structural dissimilarity together."""
    return (
        F.l1_loss(output, target)
        + 1.0 * gradient_loss(output, target)
        + 0.15 * (1 - ssim(output, target))
    )
