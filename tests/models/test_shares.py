"""Shares of the gradient of several losses."""

from __future__ import annotations

import torch

from maquette_recipe.train.shares import GradientShares


def test_losses_have_their_shares_of_the_gradient_whatever_their_scale() -> None:
    output = torch.zeros(4, 3, requires_grad=True)
    losses = {
        "first": output[:, 0].sum(), "loud": 1000 * output[:, 1].sum(),
        "silent": 0 * output.sum(),
    }  # fmt: skip
    balance = GradientShares("first")
    total = balance.total(losses, {"loud": 0.5}, output)
    assert torch.allclose(total, torch.tensor([1.0, 0.5, 0.0]).expand(4, 3))
    assert set(balance.lengths) == {"first", "loud"}
