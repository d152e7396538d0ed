"""Depth maps from traced geometry."""

from __future__ import annotations

import torch
from torch import Tensor

from maquette_recipe.render.trace import GeometryBuffer


@torch.no_grad()
def depth_map(buffer: GeometryBuffer, size: int) -> Tensor:
    """Nearness uint8 (B, 1, size, size): 0 is background, 1 to 255 the objects from far to near.

    Every picture's range is used in full. Pixels are not antialiased: one belongs to the objects
    if half of its samples do, and has the depth of the nearest of them.
    """
    count, s = len(buffer.light), buffer.samples
    far = torch.full((count,), -torch.inf, device=buffer.depth.device)
    far = far.scatter_reduce(0, buffer.owner, buffer.depth, "amax")
    near = torch.full_like(far, torch.inf)
    near = near.scatter_reduce(0, buffer.owner, buffer.depth, "amin")
    span = (far - near).clamp_min(1e-6)[buffer.owner]
    nearness = 1 + 254 * (far[buffer.owner] - buffer.depth) / span
    grid = torch.zeros(count * s * s, device=buffer.depth.device)
    grid[buffer.index] = nearness
    grid = grid.view(count, 1, s, s)
    ratio = s // size
    covered = torch.nn.functional.avg_pool2d((grid > 0).float(), ratio) >= 0.5
    nearest = torch.nn.functional.max_pool2d(grid, ratio)
    return (nearest * covered).round().to(torch.uint8)
