"""Whether the model copies: each picture's nearest training picture, against held-out renders'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor
from torch.nn import functional as F

PIXEL_SIZE: Final = 64
"""Side of the pictures that are compared pixel by pixel."""
CLOSE: Final = 0.01
"""Share of held-out renders that lie closer to training than what is called suspiciously close."""
_CHUNK: Final = 256


def pixel_vectors(pictures: Tensor) -> Tensor:
    """Pictures (N, 3, H, W) in 0..1 as uint8 (N, 12288), averaged over areas to 64 × 64."""
    small = F.interpolate(pictures, (PIXEL_SIZE, PIXEL_SIZE), mode="area")
    return (small * 255).round().clamp(0, 255).byte().flatten(1)


def nearest(queries: Tensor, pool: Tensor) -> tuple[Tensor, Tensor]:
    """Root-mean-square distance (N,) and row (N,) of the nearest of `pool` (M, D).

    `queries` is (N, D). Bytes count as 0..1. Both are compared in parts, so that millions of
    pairs fit in memory.
    """
    best = torch.full((len(queries),), torch.inf)
    row = torch.zeros(len(queries), dtype=torch.long)
    asked = _values(queries)
    for start in range(0, len(pool), _CHUNK):
        distances = torch.cdist(asked, _values(pool[start : start + _CHUNK]))
        least, index = distances.min(1)
        closer = least < best
        best = torch.where(closer, least, best)
        row = torch.where(closer, start + index, row)
    return best / queries.shape[1] ** 0.5, row


def _values(vectors: Tensor) -> Tensor:
    return vectors.float() / 255 if vectors.dtype == torch.uint8 else vectors.float()


@dataclass(frozen=True, slots=True)
class NeighbourCheck:
    """Distances to the nearest training picture, of generated pictures (N,) and of held-out
    renders (M,), and the training rows `nearest` (N,) of the generated ones."""

    made: Tensor
    held_out: Tensor
    nearest: Tensor

    @property
    def ratio(self) -> float:
        """Mean distance of generated pictures over that of held-out renders; copies give 0."""
        return float(self.made.mean() / self.held_out.mean())

    @property
    def suspicious(self) -> float:
        """Share of generated pictures closer to training than all but 1 % of held-out renders."""
        return float((self.made < self.held_out.quantile(CLOSE)).float().mean())

    def closest(self, count: int) -> list[tuple[int, int]]:
        """(generated row, training row) of the closest pairs, closest first."""
        rows = self.made.argsort()[:count]
        return [(int(i), int(self.nearest[i])) for i in rows]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "ratio": round(self.ratio, 4),
            "least": round(float(self.made.min()), 5),
            "least_held_out": round(float(self.held_out.min()), 5),
            "suspicious_share": round(self.suspicious, 4),
        }


def check_neighbours(made: Tensor, held_out: Tensor, training: Tensor) -> NeighbourCheck:
    """Nearest neighbours of generated (N, D) and held-out (M, D) among training vectors (T, D)."""
    distances, rows = nearest(made, training)
    return NeighbourCheck(distances, nearest(held_out, training)[0], rows)
