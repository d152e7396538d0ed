"""What people leave out of a sketch: whole regions, the inner lines, or all but those.

Works on ink, float32 (N, H, W), 0 for bare paper and 1 for a full line.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.sketch.draws import Draws
from maquette_recipe.sketch.filters import dilated

_FLOOD_SIDE: Final = 64
_FLOOD_STEPS: Final = 96


def partial(ink: Tensor, draws: Draws) -> Tensor:
    """A drawing that stops somewhere: one side of a wavy front is not drawn yet."""
    x, y = draws.plane()
    angle = draws.uniform(0, 2 * torch.pi)
    front = torch.cos(angle) * x + torch.sin(angle) * y + 0.25 * draws.smooth(60)[:, 0]
    return ink * ((draws.uniform(0.1, 0.5) - front) * 12).clamp(0, 1)


def outline_or_inside(ink: Tensor, draws: Draws) -> Tensor:
    """Only the silhouette, or only the lines within it, by chance.

    The silhouette is the ink beside the paper that can be reached from the edge of the picture.
    """
    side = _FLOOD_SIDE
    small = F.adaptive_max_pool2d(ink[:, None], (side, side))
    free = (small < 0.35).float()
    reached = torch.zeros_like(free)
    reached[:, :, 0] = reached[:, :, -1] = 1
    reached[..., 0] = reached[..., -1] = 1
    reached *= free
    for _ in range(_FLOOD_STEPS):
        # Four neighbours only: a flood with eight leaks through slanted lines.
        around = F.pad(reached, (1, 1, 1, 1))
        tall = torch.maximum(around[..., :-2, 1:-1], around[..., 2:, 1:-1])
        wide = torch.maximum(around[..., 1:-1, :-2], around[..., 1:-1, 2:])
        reached = torch.maximum(reached, torch.maximum(tall, wide) * free)
    outer = F.interpolate(dilated(reached), ink.shape[1:], mode="bilinear")[:, 0]
    outer = (2 * outer).clamp(0, 1)
    silhouette = (draws.uniform(0, 1) < 0.65).float()
    return ink * torch.lerp(1 - outer, outer, silhouette)
