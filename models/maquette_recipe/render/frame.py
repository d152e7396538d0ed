"""Framing: how far the camera stands away so that everything just fits into the picture."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.render.camera import FIELD_OF_VIEW, Pose
from maquette_recipe.render.placed import Placed

PROBES: Final = 28
"""Points along one side of the grid on which an object's box is looked for."""


@torch.no_grad()
def box_of(thing: Placed) -> tuple[Tensor, Tensor]:
    """Lowest and highest corners (B, 3) in world space of what a turned object fills.

    The distance field is probed on a grid over the bounding sphere, so that the box is much
    closer to the object than the sphere is.
    """
    centre, radius = thing.sphere()
    steps = torch.linspace(-1, 1, PROBES, device=radius.device)
    grid = torch.stack(torch.meshgrid(steps, steps, steps, indexing="ij"), -1).view(1, -1, 3)
    points = centre[:, None] + grid * radius[:, None, None]
    owner = torch.arange(len(radius), device=radius.device)
    owner = owner.repeat_interleave(grid.shape[1])
    half_cell = radius / (PROBES - 1)
    inside = thing.distance(points.view(-1, 3), owner) < half_cell[owner]
    inside = inside.view(len(radius), -1, 1)
    low = torch.where(inside, points, torch.inf).amin(1)
    high = torch.where(inside, points, -torch.inf).amax(1)
    return low, high


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """Objects in B pictures from left to right, with their boxes around the floor's middle.

    `corners` (B, 8 K, 3) are those of the K objects' boxes in world space; `centre` (B,) is the
    height of the middle of all boxes.
    """

    things: list[Placed]
    corners: Tensor
    centre: Tensor

    @classmethod
    def around(cls, things: Sequence[Placed], low: Tensor, high: Tensor) -> Frame:
        """Move things with boxes from `low` to `high`, both (B, K, 3), over the floor's middle."""
        middle = (low.amin(1) + high.amax(1)) / 2
        floor = middle * middle.new_tensor([1.0, 0.0, 1.0])
        moved = [
            dataclasses.replace(thing, offset=thing.offset - floor[:, [0, 2]]) for thing in things
        ]
        ends = torch.stack([low - floor[:, None], high - floor[:, None]])  # (2, B, K, 3)
        corners = [
            torch.stack([ends[i, ..., 0], ends[j, ..., 1], ends[k, ..., 2]], -1)
            for i, j, k in itertools.product((0, 1), repeat=3)
        ]
        return cls(moved, torch.cat(corners, 1), middle[:, 1])

    def radius(self, pose: Pose) -> Tensor:
        """Radius (B,) of the sphere to trace with, so that the boxes just reach to `pose.fill`."""
        count, each, _ = self.corners.shape
        owner = torch.arange(count, device=self.corners.device).repeat_interleave(each)
        return fitting_radius(self.corners.reshape(-1, 3), owner, self.centre, pose)


def fitting_radius(points: Tensor, owner: Tensor, centre: Tensor, pose: Pose) -> Tensor:
    """Radius (B,) of spheres around the height `centre` (B,), with which the camera stands so far
    away that world points (N, 3) of pictures `owner` (N,) just reach to `pose.fill`."""
    sin, cos = torch.sin(pose.elevation)[owner], torch.cos(pose.elevation)[owner]
    x, y, z = points.unbind(-1)
    y = y - centre[owner]
    towards, up = y * sin + z * cos, y * cos - z * sin
    slope = pose.fill * np.tan(np.radians(FIELD_OF_VIEW) / 2)
    needed = torch.maximum(x.abs(), up.abs()) / slope[owner] + towards
    distance = torch.zeros_like(centre).scatter_reduce(0, owner, needed, "amax")
    return distance * torch.sin(torch.atan(slope))
