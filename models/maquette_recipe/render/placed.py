"""Objects that stand in a scene: a form with its proportions, its turn, its size and its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import Distances, Form, nearest

BOUNDS_SLACK: Final = 1.12
"""Bounding spheres are drawn this much wider before they are relied on."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One object of the same form in each of B pictures.

    `params` holds the form's proportions, each (B,); `yaw` (B,) radians about the vertical axis;
    `scale` (B,) world units per object unit; `offset` (B, 2) the place on the floor, x and z.
    """

    form: Form
    params: Mapping[str, Tensor]
    yaw: Tensor
    scale: Tensor
    offset: Tensor

    @classmethod
    def alone(cls, form: Form, params: Mapping[str, Tensor], yaw: Tensor) -> Placed:
        """An object in its own size in the middle of the floor."""
        return cls(form, params, yaw, torch.ones_like(yaw), yaw.new_zeros(len(yaw), 2))

    def pick(self, item: int) -> Placed:
        """The object of one picture, as a batch of one."""
        one = slice(item, item + 1)
        return Placed(
            self.form,
            {name: values[one] for name, values in self.params.items()},
            self.yaw[one],
            self.scale[one],
            self.offset[one],
        )

    def sphere(self) -> tuple[Tensor, Tensor]:
        """Centre (B, 3) and radius (B,) of a bounding sphere in world space, with slack."""
        height, radius = self.form.bounds(self.params)
        centre = torch.stack([self.offset[:, 0], height * self.scale, self.offset[:, 1]], -1)
        return centre, radius * self.scale * BOUNDS_SLACK

    def _each(self, values: Tensor, owner: Tensor) -> Tensor:
        """One value per point; a batch of one is spread without copying."""
        return values.expand(len(owner)) if len(values) == 1 else values[owner]

    def local(self, points: Tensor, owner: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """World points (N, 3) of pictures `owner` (N,) in the object's own frame and units."""
        scale = self._each(self.scale, owner)
        cos, sin = self._each(self.yaw.cos(), owner), self._each(self.yaw.sin(), owner)
        x = (points[:, 0] - self._each(self.offset[:, 0], owner)) / scale
        z = (points[:, 2] - self._each(self.offset[:, 1], owner)) / scale
        return cos * x - sin * z, points[:, 1] / scale, sin * x + cos * z

    def parts(self, points: Tensor, owner: Tensor) -> Distances:
        """Distances of world points to each part, in object units."""
        q = {name: self._each(values, owner) for name, values in self.params.items()}
        return self.form.distance(*self.local(points, owner), q)

    def distance(self, points: Tensor, owner: Tensor) -> Tensor:
        """How far a ray may safely advance from world points (N, 3), in world units."""
        scale = self._each(self.scale, owner)
        return nearest(self.parts(points, owner)) * (self.form.step * scale)


def sphere_gap(thing: Placed, points: Tensor, owner: Tensor) -> Tensor:
    """Distance of points (N, 3) to the bounding sphere of `thing`, a lower bound."""
    centre, radius = thing.sphere()
    return (points - centre[owner]).norm(dim=-1) - radius[owner]


def room(things: Sequence[Placed], points: Tensor, owner: Tensor, reach: float) -> Tensor:
    """Distance (N,) from points to the nearest object, `reach` where that is farther."""
    nearest_one = torch.full((len(points),), reach, device=points.device)
    for thing in things:
        rows = (sphere_gap(thing, points, owner) < reach).nonzero()[:, 0]
        distance = thing.distance(points[rows], owner[rows])
        nearest_one[rows] = torch.minimum(nearest_one[rows], distance)
    return nearest_one
