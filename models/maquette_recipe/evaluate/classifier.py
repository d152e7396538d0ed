"""A small network that names the attributes of a picture, trained on renders only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.train.budget import learning_rate_factor
from maquette_recipe.train.checkpoint import load_checkpoint, save_checkpoint
from maquette_recipe.world import COLOURS, FORMS, MATERIALS, SETTINGS, VIEWS, Attributes

CHECKPOINT: Final = "judge.pt"
INPUT_SIZE: Final = 64
LABELS: Final = {
    "form": FORMS, "colour": COLOURS, "material": MATERIALS, "setting": SETTINGS, "view": VIEWS,
}  # fmt: skip
"""The attributes that can be judged, with their classes."""


class Judge(nn.Module):
    """Strided convolutions and one linear head per attribute."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = 3
        for width, stride in ((24, 2), (48, 2), (64, 1), (96, 2), (128, 1)):
            layers += [
                nn.Conv2d(before, width, 3, stride, 1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            ]
            before = width
        self.features = nn.Sequential(*layers)
        self.hidden = nn.Sequential(nn.Linear(2 * before, 256), nn.ReLU(inplace=True))
        self.heads = nn.ModuleDict(
            {name: nn.Linear(256, len(classes)) for name, classes in LABELS.items()}
        )

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Logits by attribute from pictures (N, 3, H, W) in 0..1 of any size."""
        x = F.interpolate(pictures, (INPUT_SIZE, INPUT_SIZE), mode="area") * 2 - 1
        x = self.features(x)
        x = self.hidden(torch.cat([x.mean((2, 3)), x.amax((2, 3))], dim=1))
        return {name: head(x) for name, head in self.heads.items()}


def label_indices(scenes: list[Attributes]) -> dict[str, Tensor]:
    """Class indices (N,) by attribute."""
    return {
        name: torch.tensor([classes.index(getattr(s, name)) for s in scenes])
        for name, classes in LABELS.items()
    }


def small_pictures(pictures: Pictures) -> Tensor:
    """All pictures area-averaged to the network's input size, uint8 (N, 3, S, S)."""
    parts = []
    for array in pictures.arrays:
        x = torch.from_numpy(np.array(array)).permute(0, 3, 1, 2).float()
        parts.append(F.interpolate(x, (INPUT_SIZE, INPUT_SIZE), mode="area").to(torch.uint8))
    return torch.cat(parts)


def _augment(batch: Tensor) -> Tensor:
    """Mirror, soften, shift the brightness and add noise, so that blur alone decides nothing."""
    if torch.rand(()) < 0.5:
        batch = batch.flip(-1)
    if torch.rand(()) < 0.5:
        soft = F.avg_pool2d(batch, 3, 1, 1, count_include_pad=False)
        batch = torch.lerp(batch, soft, float(torch.rand(())))
    gain = 1 + 0.1 * (torch.rand(len(batch), 1, 1, 1) - 0.5)
    return (batch * gain + 0.02 * torch.randn_like(batch)).clamp(0, 1)


def train_judge(
    pictures: Path, work: Path, seed: int, *, epochs: int = 4, batch: int = 64
) -> Iterator[dict[str, Any]]:
    """Train the judge unless it is there; yields a report per epoch."""
    if load_checkpoint(work / CHECKPOINT):
        return
    source = open_pictures(pictures, validation=False)
    data, labels = small_pictures(source), label_indices(source.scenes)
    torch.manual_seed(seed)
    judge = Judge()
    optimizer = torch.optim.AdamW(judge.parameters(), lr=2e-3, weight_decay=0.02)
    steps = epochs * (len(data) // batch)
    step, loss = 0, torch.zeros(())
    for epoch in range(epochs):
        for rows in torch.randperm(len(data))[: len(data) // batch * batch].view(-1, batch):
            for group in optimizer.param_groups:
                group["lr"] = 2e-3 * learning_rate_factor(step, step / steps, 100)
            logits = judge(_augment(data[rows].float() / 255))
            loss = torch.stack([F.cross_entropy(logits[n], labels[n][rows]) for n in LABELS]).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            step += 1
        kept = open_pictures(pictures, validation=True)
        judge.eval()
        yield {"epoch": epoch + 1, "loss": float(loss.detach()), **judge_accuracy(judge, kept)}
        judge.train()
    save_checkpoint(work / CHECKPOINT, {"model": judge.state_dict()})


@torch.no_grad()
def predict(judge: Judge, pictures: Tensor) -> dict[str, Tensor]:
    """Class indices (N,) by attribute for pictures (N, 3, H, W) in 0..1."""
    parts = [judge(chunk) for chunk in pictures.split(64)]
    return {n: torch.cat([p[n].argmax(-1) for p in parts]) for n in LABELS}


def judge_accuracy(judge: Judge, pictures: Pictures) -> dict[str, float]:
    """Share of rendered pictures that are named right, by attribute."""
    predicted = predict(judge, small_pictures(pictures).float() / 255)
    truth = label_indices(pictures.scenes)
    return {n: float((predicted[n] == truth[n]).float().mean()) for n in LABELS}


def load_judge(work: Path) -> Judge:
    """The trained judge, in evaluation mode."""
    state = load_checkpoint(work / CHECKPOINT)
    if state is None:
        raise FileNotFoundError(f"no {CHECKPOINT} in {work}; run `evaluate` to train it")
    judge = Judge()
    judge.load_state_dict(state["model"])
    return judge.eval()
