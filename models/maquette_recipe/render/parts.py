"""What every product form is made of: named parts, drawn proportions, a distance function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import torch
from torch import Tensor

Params = Mapping[str, Tensor]
"""Proportions of a form, one value per point."""
Distances = dict["Part", Tensor]


class Part(IntEnum):
    """A surface's role. Only `MAIN` takes the scene's colour and material."""

    MAIN = 0
    DARK = 1
    LIGHT = 2
    METAL = 3
    LEAF = 4
    FLAME = 5


@dataclass(frozen=True, slots=True)
class Form:
    """A parametric product form standing on the plane y = 0 and facing +z.

    `ranges` gives the uniform range of every proportion; `distance(x, y, z, q)` the distance to
    each part; `bounds(q)` the height of the centre and the radius of a bounding sphere; `step` is
    the share of the distance that a ray may safely advance; `turns` the yaw ranges in degrees,
    facing the camera and turned to a side.
    """

    name: str
    ranges: Mapping[str, tuple[float, float]]
    distance: Callable[[Tensor, Tensor, Tensor, Params], Distances]
    bounds: Callable[[Params], tuple[Tensor, Tensor]]
    step: float = 0.95
    turns: tuple[tuple[float, float], tuple[float, float]] = ((-12.0, 12.0), (25.0, 48.0))

    def sample(self, rng: np.random.Generator, count: int) -> dict[str, Tensor]:
        """Draw proportions for `count` objects."""
        return {
            name: torch.from_numpy(rng.uniform(low, high, count).astype(np.float32))
            for name, (low, high) in self.ranges.items()
        }


FAR: Final = 1e3


def nearest(distances: Distances) -> Tensor:
    """Distance to the closest part."""
    values = list(distances.values())
    closest = values[0]
    for value in values[1:]:
        closest = torch.minimum(closest, value)
    return closest


def nearest_part(distances: Distances) -> Tensor:
    """Index of the closest part, int64."""
    keys = torch.tensor([int(k) for k in distances], device=next(iter(distances.values())).device)
    return keys[torch.stack(list(distances.values())).argmin(dim=0)]
