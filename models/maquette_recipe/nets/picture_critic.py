"""A network that names what pictures are made of and tells rendered ones from decoded ones."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

from maquette_recipe.shown import LABELS

PICTURE_CRITIC_NAMES: Final = ("material", "style")
"""What it names."""
_WIDTHS: Final = (32, 64, 128, 128)
_GROUPS: Final = 8
_HIDDEN: Final = 192


class PictureCritic(nn.Module):
    """A discriminator of patches (arXiv:1611.07004) that also names classes (arXiv:1610.09585).

    It has no memory of where things are: materials are named by mean and spread of its finer
    levels, which know texture, and by mean and maximum of the coarsest.
    """

    def __init__(self) -> None:
        super().__init__()
        first, *widths = _WIDTHS
        self.first = nn.Sequential(nn.Conv2d(3, first, 5, 2, 2), nn.SiLU())
        self.levels = nn.ModuleList(
            [_level(i, o) for i, o in zip(_WIDTHS[:-1], widths, strict=True)]
        )
        self.patches = nn.ModuleList([nn.Conv2d(width, 1, 3, padding=1) for width in widths])
        self.hidden = nn.Sequential(nn.Linear(2 * sum(widths), _HIDDEN), nn.SiLU(), nn.Dropout(0.1))
        self.heads = nn.ModuleDict(
            {name: nn.Linear(_HIDDEN, len(LABELS[name])) for name in PICTURE_CRITIC_NAMES}
        )

    def forward(self, pictures: Tensor) -> tuple[dict[str, Tensor], list[Tensor]]:
        """Of pictures (N, 3, H, W) in 0..1: logits (N, classes) by name, and for every level how
        real its places look (N, places), higher for renders."""
        maps, seen = [], self.first(4 * pictures - 2)
        for level in self.levels:
            seen = level(seen)
            maps.append(seen)
        *finer, coarsest = [part.float() for part in maps]
        known: list[Tensor] = []
        for part in finer:
            known += [part.mean((2, 3)), part.var((2, 3), unbiased=False).add(1e-4).sqrt()]
        known += [coarsest.mean((2, 3)), coarsest.amax((2, 3))]
        hidden = self.hidden(torch.cat(known, 1))
        named = {name: head(hidden).float() for name, head in self.heads.items()}
        real = [
            head(part).float().flatten(1) for head, part in zip(self.patches, maps, strict=True)
        ]
        return named, real


def _level(given: int, made: int) -> nn.Sequential:
    """Half the resolution."""
    return nn.Sequential(
        nn.Conv2d(given, made, 3, stride=2, padding=1), nn.GroupNorm(_GROUPS, made), nn.SiLU()
    )
