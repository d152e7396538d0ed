"""Several losses of one output, each with its share of the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor

_MEMORY: Final = 0.95
"""Of the running lengths of gradients."""


class GradientShares:
    """Adds gradients, scaled to shares of one loss's by their mean lengths per sample (as in
    arXiv:2012.09841, equation 7)."""

    def __init__(self, measure: str) -> None:
        self._measure = measure
        self.lengths: dict[str, float] = {}
        """Running mean lengths by loss."""

    def total(
        self, losses: Mapping[str, Tensor], shares: Mapping[str, float], output: Tensor
    ) -> Tensor:
        """The sum of the gradients of `losses` at `output` (N, ...); that of the measure has
        share 1."""
        total = torch.zeros_like(output)
        for name, loss in losses.items():
            gradient = torch.autograd.grad(loss, output, retain_graph=True)[0]
            lengths = gradient.flatten(1).norm(dim=1)
            if not bool(lengths.any()):
                continue  # it had nothing to say
            length = float(lengths[lengths > 0].mean())
            self.lengths[name] = _MEMORY * self.lengths.get(name, length) + (1 - _MEMORY) * length
            scale = self.lengths[self._measure] / self.lengths[name]
            total += shares.get(name, 1.0) * scale * gradient
        return total
