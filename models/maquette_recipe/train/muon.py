"""Muon for the hidden matrices and AdamW for everything else.

Muon makes the momentum of a matrix orthogonal before it becomes an update (Jordan et al. 2024,
"Muon: an optimizer for hidden layers in neural networks"). For equal compute it leaves diffusion
models at a clearly lower loss than AdamW (arXiv:2510.19376, and measured again on this UNet).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class MuonWithAdamW:
    """One optimiser for all trained weights of `module`, in place.

    Build it when the module lies on its device: Muon updates through views of the weights.
    """

    def __init__(self, module: nn.Module, *, lr: float, weight_decay: float) -> None:
        self._hidden, rest = split_weights(module)
        self._rows = [nn.Parameter(as_rows(weight.data)) for weight in self._hidden]
        self._parts: tuple[torch.optim.Optimizer, ...] = (
            # Updates as large as AdamW's (arXiv:2502.16982), so that one learning rate serves both.
            torch.optim.Muon(
                self._rows, lr=lr, weight_decay=weight_decay, adjust_lr_fn="match_rms_adamw"
            ),
            torch.optim.AdamW(
                rest, lr=lr, betas=(0.9, 0.99), weight_decay=weight_decay, fused=True
            ),
        )

    def step(self, lr: float) -> None:
        """Update all weights with the learning rate `lr` and forget their gradients."""
        for weight, rows in zip(self._hidden, self._rows, strict=True):
            rows.grad = None if weight.grad is None else as_rows(weight.grad)
            weight.grad = None
        for part in self._parts:
            for group in part.param_groups:
                group["lr"] = lr
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        """Momenta of both parts."""
        return {str(i): part.state_dict() for i, part in enumerate(self._parts)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from saved momenta."""
        for i, part in enumerate(self._parts):
            part.load_state_dict(state[str(i)])


def as_rows(weight: Tensor) -> Tensor:
    """A weight (out, in) or channels-last (out, in, h, w) as a matrix (out, ...) on its storage.

    Raises RuntimeError for a memory layout that allows no such view.
    """
    return weight if weight.ndim == 2 else weight.permute(0, 2, 3, 1).view(len(weight), -1)


def split_weights(module: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Hidden matrices, and all other trained weights, of `module`.

    Embedding tables and the layers that touch latents or logits are no hidden matrices.
    """
    hidden: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    for name, child in module.named_modules():
        end = name.endswith(("conv_in", "conv_out")) or "heads" in name.split(".")
        matrix = isinstance(child, (nn.Linear, nn.Conv2d)) and not end
        for key, weight in child.named_parameters(recurse=False):
            (hidden if matrix and key == "weight" else rest).append(weight)
    return hidden, rest
