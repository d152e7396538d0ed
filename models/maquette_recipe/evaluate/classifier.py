"""A small network that names the attributes of a picture, and whose features pictures are compared
by.

It learns from renders and styled renders only (:mod:`maquette_recipe.evaluate.learning`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from maquette_recipe.shown import IGNORED, LABELS, label_indices
from maquette_recipe.world import MATERIALS, Attributes

WEIGHTS: Final = "judge.safetensors"
SHIPPED: Final = Path(__file__).with_name(WEIGHTS)
"""A trained judge, so that an evaluation needs no training folder."""
INPUT_SIZE: Final = 128
SURFACE_SIZE: Final = 256
"""Side in pixels at which materials are told: at 128 a weave and the grain of leather are gone."""
FEATURES: Final = 224
_CLASSES: Final = "classes"


class Judge(nn.Module):
    """Two networks: one for what a picture shows, one for what its object is made of.

    The first has convolutions on 4 × 4 patches, read at two depths, and one linear head per
    attribute; its features are those that pictures are compared by, and it learns materials for
    their sake only. The second, `surface`, looks at the whole resolution and names the material.

    Mean and spread over 16 × 16 positions know texture (material, style). The last layer's mean
    and maximum know parts wherever they are, and its 4 × 4 map knows where they are, without which
    forms are learned several times more slowly.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texture = nn.Sequential(
            _block(3, 48, kernel=6, stride=4, padding=1),
            _block(48, 64, kernel=3, stride=2, padding=1),
            _block(64, 96, kernel=3, stride=1, padding=1),
        )
        self.shape = nn.Sequential(
            _block(96, 128, kernel=3, stride=2, padding=1),
            _block(128, 128, kernel=3, stride=1, padding=1),
        )
        self.place = _block(128, 64, kernel=1, stride=1, padding=0)
        self.hidden = nn.Sequential(
            nn.Linear(2 * 96 + 2 * 128 + 16 * 64, FEATURES), nn.ReLU(inplace=True)
        )
        self.heads = nn.ModuleDict(
            {name: nn.Linear(FEATURES, len(classes)) for name, classes in LABELS.items()}
        )
        self.surface = Surface()

    def features(self, pictures: Tensor) -> Tensor:
        """Penultimate features (N, 224) of pictures (N, 3, H, W) in 0..1 of any size."""
        texture = self.texture(resized(pictures, INPUT_SIZE) * 4 - 2)
        shape = self.shape(texture)
        spread = texture.var((2, 3), unbiased=False).add(1e-4).sqrt()
        where = F.max_pool2d(self.place(shape), 2).flatten(1)
        return self.hidden(
            torch.cat(
                [texture.mean((2, 3)), spread, shape.mean((2, 3)), shape.amax((2, 3)), where], 1
            )
        )

    def small(self, pictures: Tensor) -> dict[str, Tensor]:
        """Logits (N, classes) by attribute, by the first network alone."""
        hidden = self.features(pictures)
        return {name: head(hidden) for name, head in self.heads.items()}

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Logits (N, classes) by attribute of pictures (N, 3, H, W) in 0..1 of any size."""
        return self.small(pictures) | {"material": self.surface(resized(pictures, SURFACE_SIZE))}


class Surface(nn.Module):
    """Names the material of what is in the middle.

    Mean, spread and maximum over all positions: a material is the same wherever it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fine = nn.Sequential(
            _block(3, 24, kernel=5, stride=2, padding=2),
            _block(24, 48, kernel=3, stride=2, padding=1),
            _block(48, 96, kernel=3, stride=2, padding=1),
        )
        self.coarse = nn.Sequential(
            _block(96, 128, kernel=3, stride=2, padding=1),
            _block(128, 128, kernel=3, stride=1, padding=1),
        )
        self.head = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(2 * 96 + 2 * 128, 128), nn.ReLU(inplace=True),
            nn.Linear(128, len(MATERIALS)),
        )  # fmt: skip

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, materials) of pictures (N, 3, 256, 256), or of parts of them."""
        fine = self.fine(pictures * 4 - 2)
        coarse = self.coarse(fine)
        spread = fine.var((2, 3), unbiased=False).add(1e-4).sqrt()
        return self.head(
            torch.cat([fine.mean((2, 3)), spread, coarse.mean((2, 3)), coarse.amax((2, 3))], 1)
        )


def _block(before: int, width: int, *, kernel: int, stride: int, padding: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, width, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
    )


def resized(pictures: Tensor, size: int) -> Tensor:
    """Pictures (N, 3, H, W) averaged over areas to `size` pixels each way."""
    if pictures.shape[-2:] == (size, size):
        return pictures
    return F.interpolate(pictures, (size, size), mode="area")


@torch.no_grad()
def predict(judge: Judge, pictures: Tensor) -> dict[str, Tensor]:
    """Class indices (N,) by attribute, on the CPU, for pictures (N, 3, H, W) in 0..1."""
    device = next(judge.parameters()).device
    parts = [judge(chunk.to(device)) for chunk in pictures.split(64)]
    return {name: torch.cat([part[name].argmax(-1) for part in parts]).cpu() for name in LABELS}


def scene_accuracy(predicted: dict[str, Tensor], scenes: list[Attributes]) -> dict[str, float]:
    """Share of pictures named right, by attribute, of those that tell it; (N,) class indices."""
    result = {}
    for name, truth in label_indices(scenes).items():
        if name not in predicted:
            continue
        known = truth != IGNORED
        if known.any():
            result[name] = float((predicted[name] == truth)[known].float().mean())
    return result


@torch.no_grad()
def picture_features(judge: Judge, pictures: Tensor) -> Tensor:
    """Penultimate features (N, 224), on the CPU, of pictures (N, 3, H, W) in 0..1."""
    device = next(judge.parameters()).device
    return torch.cat([judge.features(chunk.to(device)).cpu() for chunk in pictures.split(64)])


def save_judge(judge: Judge, path: Path) -> None:
    """Write the weights in half precision, the running statistics in full, and the classes."""
    state = {
        name: value.half() if name in dict(judge.named_parameters()) else value
        for name, value in judge.state_dict().items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {name: value.detach().cpu().contiguous() for name, value in state.items()}
    save_file(tensors, path, metadata={_CLASSES: json.dumps(LABELS)})


def load_judge(work: Path | None = None, device: str = "cpu") -> Judge:
    """The judge trained in `work`, or else the shipped one, in evaluation mode.

    Raises FileNotFoundError when there is neither, ValueError when the file is damaged or knows
    other classes than this version of the world.
    """
    paths = [SHIPPED] if work is None else [work / WEIGHTS, SHIPPED]
    path = next((p for p in paths if p.exists()), None)
    if path is None:
        raise FileNotFoundError("there is no trained judge; run `train judge` first")
    return read_judge(path).to(device).eval()


def read_judge(path: Path) -> Judge:
    """The judge in a file. Raises ValueError when it is damaged or knows other classes."""
    try:
        with safe_open(path, framework="pt") as file:
            classes = json.loads((file.metadata() or {}).get(_CLASSES, "{}"))
            state = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        raise ValueError(f"{path} is damaged: {error}") from error
    if classes != {name: list(values) for name, values in LABELS.items()}:
        raise ValueError(f"{path} was trained on another world; run `train judge` again")
    judge = Judge()
    judge.load_state_dict(state)
    return judge
