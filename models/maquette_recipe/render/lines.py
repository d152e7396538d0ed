"""Line drawings from traced geometry: silhouettes, depth steps, creases and part borders."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.parts import Part
from maquette_recipe.render.trace import GeometryBuffer

CREASE: Final = 0.75
"""Cosine between neighbouring normals below which an edge is drawn."""
FAINT_CREASE: Final = 0.9
"""Cosine below which an edge is drawn where it goes on from one that is drawn."""
DEPTH_STEP: Final = 0.035
"""Depth step, as a share of the object's radius, above which an edge is drawn."""
FAINT_STEP: Final = 0.018
"""Depth step above which an edge is drawn where it goes on from one that is drawn."""
CONTINUE: Final = 24
"""How many samples an edge may go on for."""
SHORTEST: Final = 5
"""Edges with fewer samples than this around them are specks and are not drawn."""


def _continued(strong: Tensor, faint: Tensor) -> Tensor:
    """Edges (B, S, S) that are strong, or faint and reached from strong ones (hysteresis, Canny
    1986, "A Computational Approach to Edge Detection")."""
    edge = strong
    for _ in range(CONTINUE // 2):
        near = F.max_pool2d(edge[:, None].float(), 5, stride=1, padding=2)[:, 0] > 0
        edge = edge | (near & faint)
    return edge


@torch.no_grad()
def line_drawing(buffer: GeometryBuffer, size: int) -> Tensor:
    """Dark antialiased lines on white, (B, 1, size, size) in 0..1."""
    count, s = len(buffer.light), buffer.samples
    device = buffer.depth.device

    def spread(values: Tensor, empty: float = 0.0) -> Tensor:
        grid = torch.full((count * s * s, *values.shape[1:]), empty, device=device)
        grid[buffer.index] = values.float()
        return grid.view(count, s, s, *values.shape[1:])

    mask = spread(torch.ones_like(buffer.depth))
    depth = spread(buffer.depth / buffer.radius[buffer.owner])
    surface = spread(buffer.thing * len(Part) + buffer.part, -1.0)
    facing = spread((-(buffer.normal * buffer.view).sum(-1)).clamp(0.15, 1))
    normal = spread(buffer.normal)
    strong = torch.zeros(count, s, s, dtype=torch.bool, device=device)
    faint = strong.clone()
    for axis in (1, 2):
        first = tuple(slice(0, s - 1) if i == axis else slice(None) for i in range(3))
        second = tuple(slice(1, s) if i == axis else slice(None) for i in range(3))
        both = (mask[first] > 0) & (mask[second] > 0)
        bend = (normal[first] * normal[second]).sum(-1)
        step = (depth[first] - depth[second]).abs()
        step = step * torch.minimum(facing[first], facing[second])
        border = surface[first] != surface[second]  # silhouettes, parts, objects
        strong[first] |= border | (both & ((bend < CREASE) | (step > DEPTH_STEP)))
        faint[first] |= both & ((bend < FAINT_CREASE) | (step > FAINT_STEP))
    edge = _continued(strong, faint).float()[:, None]
    around = F.avg_pool2d(edge, 9, stride=1, padding=4, divisor_override=1)
    edge = edge * (around >= SHORTEST)
    thick = F.max_pool2d(edge, 3, stride=1, padding=1)
    return 1 - 0.92 * F.interpolate(thick, size=(size, size), mode="area")
