"""Exponential moving average of weights, in float32."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class WeightAverage:
    """Keeps a smoothed copy of a module's parameters.

    The effective decay starts low and rises to `decay`, so that the start is forgotten quickly.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self._decay = decay
        self._average = {k: v.detach().clone().float() for k, v in module.named_parameters()}

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Move the average towards the module's weights; `step` counts from 0."""
        decay = min(self._decay, (1 + step) / (10 + step))
        current = [p.detach() for p in module.parameters()]
        torch._foreach_lerp_(list(self._average.values()), current, 1 - decay)

    def state_dict(self) -> dict[str, Tensor]:
        """The smoothed weights by parameter name."""
        return self._average

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Go on from saved smoothed weights."""
        for name, value in state.items():
            self._average[name].copy_(value)
