"""A network that learns, with its optimiser and the average of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from maquette_recipe.train.budget import learning_rate_factor
from maquette_recipe.train.ema import WeightAverage


@dataclass(frozen=True, slots=True)
class Pace:
    """What networks that learn together share."""

    warmup_steps: int
    weight_decay: float
    ema_decay: float


class Taught:
    """A network that AdamW (arXiv:1711.05101) teaches."""

    def __init__(
        self, network: nn.Module, learning_rate: float, pace: Pace, *, momentum: float = 0.9,
        fades: bool = True,
    ) -> None:  # fmt: skip
        self.network = network
        self._learning_rate, self._pace, self._fades = learning_rate, pace, fades
        self._average = WeightAverage(network, pace.ema_decay)
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=learning_rate, betas=(momentum, 0.99),
            weight_decay=pace.weight_decay, fused=True,
        )  # fmt: skip

    def learn(self, step: int, progress: float) -> None:
        """One step by the gradients at hand, with warm-up; the learning rate falls to zero as
        `progress` goes to 1, if it fades."""
        factor = learning_rate_factor(
            step, progress if self._fades else 0.0, self._pace.warmup_steps
        )
        for group in self._optimizer.param_groups:
            group["lr"] = self._learning_rate * factor
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._average.update(self.network, step)

    def state_dict(self, name: str) -> dict[str, Any]:
        """For a checkpoint in which the network has this name."""
        return {
            name: self.network.state_dict(), f"{name}_average": self._average.state_dict(),
            f"{name}_optimizer": self._optimizer.state_dict(),
        }  # fmt: skip

    def load_state_dict(self, name: str, state: dict[str, Any]) -> None:
        """Go on from a checkpoint in which the network has this name."""
        self.network.load_state_dict(state[name])
        self._average.load_state_dict(state[f"{name}_average"])
        self._optimizer.load_state_dict(state[f"{name}_optimizer"])
