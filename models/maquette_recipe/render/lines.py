"""Line drawings from traced geometry: silhouettes, depth steps, creases and part borders."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.trace import GeometryBuffer

CREASE: Final = 0.75
"""Cosine between neighbouring normals below which an edge is drawn."""
DEPTH_STEP: Final = 0.035
"""Depth step, as a share of the object's radius, above which an edge is drawn."""


@torch.no_grad()
def line_drawing(buffer: GeometryBuffer, size: int) -> Tensor:
    """Dark antialiased lines on white, (B, 1, size, size) in 0..1."""
    count, s = len(buffer.light), buffer.samples
    flat = count * s * s
    device = buffer.depth.device
    mask = torch.zeros(flat, device=device)
    mask[buffer.index] = 1.0
    depth = torch.full((flat,), 0.0, device=device)
    depth[buffer.index] = buffer.depth / buffer.radius[buffer.owner]
    part = torch.full((flat,), -1.0, device=device)
    part[buffer.index] = buffer.part.float()
    normal = torch.zeros(flat, 3, device=device)
    normal[buffer.index] = buffer.normal
    view = torch.zeros(flat, device=device)
    view[buffer.index] = (-(buffer.normal * buffer.view).sum(-1)).clamp(0.15, 1)
    grids = [t.view(count, s, s) for t in (mask, depth, part, view)]
    mask, depth, part, facing = grids
    normal = normal.view(count, s, s, 3)
    edge = torch.zeros(count, s, s, dtype=torch.bool, device=device)
    for axis in (1, 2):
        a, b = slice(0, s - 1), slice(1, s)
        first = tuple(a if i == axis else slice(None) for i in range(3))
        second = tuple(b if i == axis else slice(None) for i in range(3))
        both = (mask[first] > 0) & (mask[second] > 0)
        crease = both & ((normal[first] * normal[second]).sum(-1) < CREASE)
        allowed = DEPTH_STEP / torch.minimum(facing[first], facing[second])
        step = both & ((depth[first] - depth[second]).abs() > allowed)
        border = (mask[first] != mask[second]) | (both & (part[first] != part[second]))
        edge[first] |= crease | step | border
    thick = F.max_pool2d(edge[:, None].float(), 3, stride=1, padding=1)
    return 1 - 0.92 * F.interpolate(thick, size=(size, size), mode="area")
