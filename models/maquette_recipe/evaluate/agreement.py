"""How well a picture follows the drawing it was made from: edge F1 and chamfer distance.

Boundary precision, recall and F1 with a tolerance follow Martin, Fowlkes and Malik (Learning to
Detect Natural Image Boundaries, 2004). How strong a gradient must be to count as an edge is for
nobody to say, so F1 is taken as in their benchmark (Arbeláez et al., Contour Detection and
Hierarchical Image Segmentation, 2011, section 3.1) in two ways: at the best strength for every
picture ("OIS" there) and at one strength for all ("ODS"). The chamfer distance is the symmetric
mean of Barrow et al. (Parametric Correspondence and Chamfer Matching, 1977).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor

from maquette_recipe.evaluate.edges import FIXED_STRENGTH, STRENGTHS, picture_edges

TOLERANCE: Final = 2.0
"""Pixels at 256 × 256 that an edge may lie beside its line."""
MARGIN: Final = 6.0
"""Pixels around the drawn object in which edges still count."""
INK: Final = 0.5
"""Brightness below which a pixel of a drawing belongs to a line."""


@dataclass(frozen=True, slots=True)
class Match:
    """`precision`: share of edge pixels near a line; `recall`: share of line pixels near an edge;
    `f1`: their harmonic mean; `chamfer`: mean distance in pixels, both ways."""

    precision: float
    recall: float
    f1: float
    chamfer: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of N pictures, each (N,): `f1` at the best edge strength for each picture, with its
    `precision`, `recall` and `chamfer`; `f1_fixed` at one strength for all."""

    precision: Tensor
    recall: Tensor
    f1: Tensor
    chamfer: Tensor
    f1_fixed: Tensor

    def means(self) -> dict[str, float]:
        """Averages over the pictures, by name."""
        return {field.name: float(getattr(self, field.name).mean()) for field in fields(self)}


class Drawing:
    """A clean drawing (H, W) bool, true on lines, ready to be compared with edges."""

    def __init__(self, ink: np.ndarray) -> None:
        self.ink = ink
        self._to_line = _distances(ink)
        # A drawing says nothing about shadows, table and wall.
        self.region = _distances(np.asarray(ndimage.binary_fill_holes(ink))) <= MARGIN
        """Where edges count: what the lines enclose and `MARGIN` pixels around it."""

    def compare(self, edges: np.ndarray) -> Match:
        """The match of edges (H, W) bool; none at all are as far away as the picture is long."""
        counted = edges & self.region
        if not counted.any() or not self.ink.any():
            return Match(0.0, 0.0, 0.0, math.hypot(*edges.shape))
        to_line, to_edge = self._to_line[counted], _distances(counted)[self.ink]
        precision = float((to_line <= TOLERANCE).mean())
        recall = float((to_edge <= TOLERANCE).mean())
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return Match(precision, recall, f1, float(to_line.mean() + to_edge.mean()) / 2)


def _distances(mask: np.ndarray) -> np.ndarray:
    """Distance of every pixel to the nearest one of `mask`, (H, W), in pixels."""
    return np.asarray(ndimage.distance_transform_edt(~mask))


def sketch_agreement(pictures: Tensor, lines: Tensor) -> Agreement:
    """How well pictures (N, 3, H, W) follow clean drawings (N, H, W), dark on white, all 0..1.

    Raises ValueError when sizes differ.
    """
    if pictures.shape[-2:] != lines.shape[-2:] or len(pictures) != len(lines):
        raise ValueError(f"pictures {tuple(pictures.shape)} and lines {tuple(lines.shape)} differ")
    best: list[Match] = []
    fixed: list[float] = []
    for picture, ink in zip(pictures, (lines < INK).cpu().numpy(), strict=True):
        drawing = Drawing(ink)
        matches = [drawing.compare(edges) for edges in picture_edges(picture[None], STRENGTHS)[0]]
        best.append(max(matches, key=lambda match: match.f1))
        fixed.append(matches[STRENGTHS.index(FIXED_STRENGTH)].f1)
    return Agreement(
        *(torch.tensor([getattr(m, field.name) for m in best]) for field in fields(Match)),
        f1_fixed=torch.tensor(fixed),
    )
