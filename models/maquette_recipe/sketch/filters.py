"""Three by three neighbourhoods by whole-picture shifts, which is several times faster on a CPU
than torch's pooling and small convolutions."""

from __future__ import annotations

import torch
from torch import Tensor


def dilated(field: Tensor) -> Tensor:
    """The largest of each (..., H, W) element's 3 x 3 neighbourhood."""
    for axis in (-1, -2):
        size = field.shape[axis]
        wider = field.clone()
        for own, other in ((0, 1), (1, 0)):
            part = wider.narrow(axis, own, size - 1)
            torch.maximum(part, field.narrow(axis, other, size - 1), out=part)
        field = wider
    return field


def blurred(field: Tensor) -> Tensor:
    """(..., H, W) blurred by the binomial kernel (1 2 1) / 4 along both axes."""
    for axis in (-1, -2):
        size = field.shape[axis]
        softer = field * 0.5
        softer.narrow(axis, 0, size - 1).add_(field.narrow(axis, 1, size - 1), alpha=0.25)
        softer.narrow(axis, 1, size - 1).add_(field.narrow(axis, 0, size - 1), alpha=0.25)
        for edge in (0, size - 1):
            softer.narrow(axis, edge, 1).add_(field.narrow(axis, edge, 1), alpha=0.25)
        field = softer
    return field
