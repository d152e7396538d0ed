"""Dividing a picture into cells: jittered Voronoi cells, facets, cubes, and their mean colours."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.styles.filters import REFERENCE
from maquette_recipe.styles.texture import coordinates, random


@dataclass(frozen=True, slots=True)
class Cells:
    """`index` (H, W) of `count` cells, and `gap` (H, W), the distance in reference pixels to the
    border with the next cell."""

    index: Tensor
    gap: Tensor
    count: int


def voronoi(rng: np.random.Generator, like: Tensor, spacing: float, jitter: float) -> Cells:
    """Voronoi cells of grid points moved by up to `jitter` (0..0.5) of `spacing` (Worley 1996).

    With small `jitter` the cells are nearly square tiles.
    """
    height, width = like.shape[-2:]
    x, y = coordinates(like)
    x, y = x / spacing, y / spacing
    rows, columns = math.ceil(REFERENCE / spacing), math.ceil(REFERENCE * width / height / spacing)
    moved = torch.from_numpy(rng.uniform(-jitter, jitter, (2, rows + 4, columns + 4))).to(x)
    at_row, at_column = y[:, 0].long(), x[0].long()
    first = torch.full_like(x, 1e9)
    second = torch.full_like(x, 1e9)
    index = torch.zeros(height, width, dtype=torch.long, device=like.device)
    ids = torch.arange((rows + 4) * (columns + 4), device=like.device).view(rows + 4, columns + 4)
    for down in (-1, 0, 1):
        row = at_row + down
        for across in (-1, 0, 1):
            column = at_column + across
            shift = moved.index_select(1, row + 2).index_select(2, column + 2)
            dx = x - (column[None] + 0.5 + shift[0])
            dy = y - (row[:, None] + 0.5 + shift[1])
            far = torch.sqrt(dx * dx + dy * dy)
            second = torch.minimum(second, torch.maximum(first, far))
            index = torch.where(
                far < first, ids.index_select(0, row + 2).index_select(1, column + 2), index
            )
            first = torch.minimum(first, far)
    return Cells(index, (second - first) * spacing * 0.5, ids.numel())


def means(values: Tensor, index: Tensor, count: int) -> Tensor:
    """Mean of (C, H, W) over every cell, (C, count); cells without pixels have 0."""
    flat = index.flatten()
    total = torch.zeros(values.shape[0] + 1, count, device=values.device)
    ones = torch.ones_like(values[:1])
    total.index_add_(1, flat, torch.cat([values, ones]).flatten(1))
    return total[:-1] / total[-1].clamp_min(1)


def facets(rng: np.random.Generator, edge: Tensor, spacing: float) -> tuple[Tensor, int]:
    """Triangles between grid points that move to nearby edges: indices (H, W) and their count.

    `edge` (H, W) is how much of an outline is at a pixel. Every grid cell gives one vertex: where
    its strongest edge is, or at random where there is none.
    """
    height, width = edge.shape
    scale = REFERENCE / height
    cell = max(2, round(spacing / scale))
    rows, columns = math.ceil(height / cell), math.ceil(width / cell)
    padded = F.pad(edge[None, None], (0, columns * cell - width, 0, rows * cell - height))
    noisy = padded + 1e-4 * random(rng, tuple(padded.shape), edge)
    strongest, place = F.max_pool2d(noisy, cell, return_indices=True)
    wide = columns * cell
    snapped = torch.stack([place[0, 0] % wide, place[0, 0] // wide]).float() + 0.5
    grid = torch.stack(
        [
            torch.arange(columns, device=edge.device).expand(rows, columns),
            torch.arange(rows, device=edge.device)[:, None].expand(rows, columns),
        ]
    )
    middle = (grid + 0.5) * cell
    loose = middle + 0.22 * cell * random(rng, (2, rows, columns), edge).clamp(-1.6, 1.6)
    vertex = torch.where(strongest[0, 0] > 0.25, snapped, loose)
    # A ring of points outside, so that facets reach the rim.
    far = F.pad(middle[None], (1, 1, 1, 1), mode="replicate")[0]
    far[0, :, 0] -= cell
    far[0, :, -1] += cell
    far[1, 0] -= cell
    far[1, -1] += cell
    far[:, 1:-1, 1:-1] = vertex
    ys = torch.arange(height, device=edge.device)
    xs = torch.arange(width, device=edge.device)
    base_row, base_column = (ys - cell // 2).div(cell, rounding_mode="floor"), (
        xs - cell // 2
    ).div(cell, rounding_mode="floor")  # fmt: skip
    px, py = xs + 0.5 + 0.0 * ys[:, None], ys[:, None] + 0.5 + 0.0 * xs
    index = torch.zeros(height, width, dtype=torch.long, device=edge.device)
    best = torch.full((height, width), -1e9, device=edge.device)
    flips = torch.from_numpy(rng.random((rows + 1, columns + 1)) < 0.5).to(edge.device)
    ids = torch.arange(2 * (rows + 1) * (columns + 1), device=edge.device)
    ids = ids.view(2, rows + 1, columns + 1)
    a, b, c, d = far[:, :-1, :-1], far[:, :-1, 1:], far[:, 1:, 1:], far[:, 1:, :-1]
    # Corners of both triangles of a quad, with the diagonal a-c or b-d.
    sides = (
        _sides(torch.where(flips, torch.stack([a, b, c]), torch.stack([a, b, d]))),
        _sides(torch.where(flips, torch.stack([a, c, d]), torch.stack([b, c, d]))),
    )
    for down in (-1, 0, 1):
        row = (base_row + down + 1).clamp(0, rows)
        for across in (-1, 0, 1):
            column = (base_column + across + 1).clamp(0, columns)
            for half in (0, 1):
                line = sides[half].index_select(2, row).index_select(3, column)
                inside = (line[:, 0] * px + line[:, 1] * py + line[:, 2]).amin(0)
                own = ids[half].index_select(0, row).index_select(1, column)
                index = torch.where(inside > best, own, index)
                best = torch.maximum(best, inside)
    return index, ids.numel()


def _sides(corners: Tensor) -> Tensor:
    """Triangles (3, 2, R, C) as sides (3, 3, R, C): a x + b y + c is the distance inside."""
    start, end = corners, corners.roll(-1, 0)
    ex, ey = (end - start).unbind(1)
    scale = torch.rsqrt(ex * ex + ey * ey + 1e-6)
    a, b = -ey * scale, ex * scale
    return torch.stack([a, b, -(a * start[:, 0] + b * start[:, 1])], 1)


def cubes(like: Tensor, size: float) -> tuple[Tensor, Tensor, Tensor, int]:
    """A plane of isometric cubes: cell (H, W), face (H, W), edge distance (H, W), cell count.

    Cubes seen from a corner have hexagonal outlines that tile the plane; a hexagon's middle joins
    three rhombic faces, 0 above, 1 right, 2 left. `size` is an edge's length.
    """
    x, y = coordinates(like)
    wide, high = math.sqrt(3) * size, 3 * size
    candidates = []
    columns = math.ceil(float(x[0, -1]) / wide) + 2
    rows = math.ceil(REFERENCE / high) + 2
    for lattice in (0, 1):
        column = torch.round(x / wide - 0.5 * lattice)
        row = torch.round(y / high - 0.5 * lattice)
        dx = x - (column + 0.5 * lattice) * wide
        dy = y - (row + 0.5 * lattice) * high
        cell = ((row + 1) * columns + column + 1) * 2 + lattice
        candidates.append((dx, dy, cell))
    (ax, ay, a), (bx, by, b) = candidates
    nearer = ax * ax + ay * ay < bx * bx + by * by
    dx, dy = torch.where(nearer, ax, bx), torch.where(nearer, ay, by)
    cell = torch.where(nearer, a, b).long()
    # Faces meet along the rays straight down and up to both sides.
    turn = torch.atan2(dx, -dy)
    face = torch.where(turn.abs() < math.pi / 3, 0, torch.where(turn > 0, 1, 2))
    k = math.sqrt(3) / 2
    rising, falling = (0.5 * dx + k * dy).abs(), (0.5 * dx - k * dy).abs()
    beside = torch.minimum(dx.abs(), torch.where(face == 1, rising, falling))
    inner = torch.where(face == 0, torch.minimum(rising, falling), beside)
    hexagon = k * size - torch.maximum(dx.abs(), torch.maximum(rising, falling))
    return cell, face, torch.minimum(inner, hexagon.clamp_min(0)), rows * columns * 2 + 4
