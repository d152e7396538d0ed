"""How well a picture follows the drawing it was made from: edge F1 and chamfer distance.

Boundary precision and recall with a tolerance follow Martin, Fowlkes and Malik (Learning to Detect
Natural Image Boundaries, 2004); the chamfer distance is the symmetric mean of Barrow et al.
(Parametric Correspondence and Chamfer Matching, 1977).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.evaluate.edges import EdgeSettings, picture_edges, spread_within

TOLERANCE: Final = 2.0
"""Pixels at 256 × 256 that an edge may lie beside its line."""
MARGIN: Final = 6
"""Pixels around the drawn object in which edges still count."""
INK: Final = 0.5
"""Brightness below which a pixel of a drawing belongs to a line."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`precision`: share of edge pixels near a line; `recall`: share of line pixels near an edge;
    `f1`: their harmonic mean; `chamfer`: mean distance in pixels, both ways. Each (N,)."""

    precision: Tensor
    recall: Tensor
    f1: Tensor
    chamfer: Tensor

    def means(self) -> dict[str, float]:
        """Averages over the pictures, by name."""
        return {
            name: float(getattr(self, name).mean())
            for name in ("precision", "recall", "f1", "chamfer")
        }


def drawn_region(ink: Tensor) -> Tensor:
    """The drawn object and `MARGIN` pixels around it, (N, H, W) bool, from its lines.

    A drawing says nothing about shadows, table and wall, so edges outside do not count. What the
    lines enclose is found from the picture's border inwards.
    """
    border = torch.zeros_like(ink)
    border[:, [0, -1]] = True
    border[:, :, [0, -1]] = True
    inside = ~spread_within(border, ~ink)
    side = 2 * MARGIN + 1
    return F.max_pool2d(inside[:, None].float(), side, 1, MARGIN)[:, 0].bool()


def _near(mask: Tensor, distance: float) -> Tensor:
    """Pixels with a pixel of `mask` within `distance`, (N, H, W) bool."""
    reach = math.floor(distance)
    x = torch.arange(-reach, reach + 1, device=mask.device)
    disc = (x[:, None].square() + x.square() <= distance**2).float()
    return F.conv2d(mask[:, None].float(), disc[None, None], padding=reach)[:, 0] > 0.5


def _chamfer(edges: Tensor, ink: Tensor) -> float:
    """Mean of both mean nearest distances between two masks (H, W), in pixels.

    An empty mask is as far away as the picture is long.
    """
    first, second = edges.nonzero().float(), ink.nonzero().float()
    if not len(first) or not len(second):
        return math.hypot(*edges.shape)
    distances = torch.cdist(first, second)
    return float((distances.amin(1).mean() + distances.amin(0).mean()) / 2)


def compare_edges(edges: Tensor, ink: Tensor) -> Agreement:
    """Agreement of edge pixels with line pixels, both (N, H, W) bool."""
    near_line, near_edge = _near(ink, TOLERANCE), _near(edges, TOLERANCE)
    precision = (edges & near_line).sum((1, 2)) / edges.sum((1, 2)).clamp_min(1)
    recall = (ink & near_edge).sum((1, 2)) / ink.sum((1, 2)).clamp_min(1)
    f1 = 2 * precision * recall / (precision + recall).clamp_min(1e-9)
    chamfer = torch.tensor([_chamfer(e, i) for e, i in zip(edges, ink, strict=True)])
    return Agreement(precision.cpu(), recall.cpu(), f1.cpu(), chamfer)


@torch.no_grad()
def sketch_agreement(
    pictures: Tensor, lines: Tensor, settings: EdgeSettings | None = None
) -> Agreement:
    """How well pictures (N, 3, H, W) follow clean drawings (N, H, W), dark on white, all 0..1.

    Raises ValueError when sizes differ.
    """
    if pictures.shape[-2:] != lines.shape[-2:] or len(pictures) != len(lines):
        raise ValueError(f"pictures {tuple(pictures.shape)} and lines {tuple(lines.shape)} differ")
    ink = lines < INK
    return compare_edges(picture_edges(pictures, settings) & drawn_region(ink), ink)
