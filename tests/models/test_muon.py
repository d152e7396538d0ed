"""The optimiser trains every weight, each by its rule."""

from __future__ import annotations

import copy

import torch
from torch import nn

from maquette_recipe.train.muon import MuonWithAdamW, split_weights


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(5, 8)
        self.conv_in = nn.Conv2d(3, 8, 3)
        self.conv = nn.Conv2d(8, 6, 3)
        self.norm = nn.GroupNorm(2, 6)
        self.linear = nn.Linear(6, 4)

    def forward(self, pictures: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        x = self.conv_in(pictures) + self.table(words)[:, :, None, None]
        return self.linear(self.norm(self.conv(x)).mean((2, 3)))


def net() -> Net:
    torch.manual_seed(0)
    return Net().to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def loss(model: Net) -> torch.Tensor:
    torch.manual_seed(1)
    pictures, words = torch.randn(16, 3, 8, 8), torch.randint(5, (16,))
    return (model(pictures, words) - torch.randn(16, 4)).square().mean()


def test_only_hidden_matrices_are_made_orthogonal():
    model = net()
    hidden, rest = split_weights(model)
    assert [id(w) for w in hidden] == [id(model.conv.weight), id(model.linear.weight)]
    assert len(hidden) + len(rest) == len(list(model.parameters()))


def test_every_weight_is_trained():
    model = net()
    before = copy.deepcopy(model.state_dict())
    optimizer = MuonWithAdamW(model, lr=1e-2, weight_decay=0.0)
    first = loss(model)
    for _ in range(40):
        loss(model).backward()
        optimizer.step(1e-2)
    assert loss(model).item() < 0.5 * first.item()
    assert all(not torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(weight.grad is None for weight in model.parameters())


def test_an_update_of_a_convolution_is_orthogonal_and_as_large_as_adamws():
    model = net()
    before = model.conv.weight.detach().clone()
    optimizer = MuonWithAdamW(model, lr=1e-2, weight_decay=0.0)
    loss(model).backward()
    optimizer.step(1e-2)
    change = (model.conv.weight.detach() - before).flatten(1)
    values = torch.linalg.svdvals(change)
    assert float(values.max() / values.min()) < 3
    assert 0.5 < float(change.square().mean().sqrt()) / (0.2 * 1e-2) < 1.5
