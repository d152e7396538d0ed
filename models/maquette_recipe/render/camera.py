"""Cameras: where the picture is taken from and the ray through every sample."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.render.parts import Form
from maquette_recipe.world import Attributes

ELEVATIONS: Final = {"eye": (4.0, 10.0), "three_quarter": (20.0, 29.0), "above": (46.0, 58.0)}
"""Camera elevation ranges in degrees."""
LIGHT_AZIMUTHS: Final = {"left": (-62.0, -40.0), "right": (40.0, 62.0), "front": (-18.0, 18.0)}
FIELD_OF_VIEW: Final = 26.0
FILL: Final = (0.72, 0.92)
ROW_FILL: Final = (0.86, 0.94)
"""Ranges of :attr:`Pose.fill` for single objects and for rows."""
LARGEST: Final = 0.95
"""What :attr:`Pose.fill` and :attr:`Pose.shift` together stay below."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Camera and light for B objects; angles in radians, lengths in object units, all (B,)."""

    elevation: Tensor
    yaw: Tensor
    """Turn of the object about its vertical axis."""
    fill: Tensor
    """Share of half the picture that the objects' boxes reach to from its middle."""
    shift: Tensor
    """Offset of the objects in the picture, (B, 2), as a share of half the picture."""
    light: Tensor
    """Unit vectors towards the key light, in camera-aligned world space, (B, 3)."""

    def pick(self, item: int) -> Pose:
        """The pose of one picture, as a batch of one."""
        return Pose(*(getattr(self, f.name)[item : item + 1] for f in fields(self)))

    def to(self, device: torch.device) -> Pose:
        """The same on another device."""
        return Pose(*(getattr(self, f.name).to(device) for f in fields(self)))


def sample_yaw(rng: np.random.Generator, form: Form, turn: str) -> float:
    """Draw the turn of an object in degrees, within what the word says."""
    front, side = form.turns
    yaw = rng.uniform(*front) if turn == "front" else rng.uniform(*side)
    backwards = turn == "left" or (turn == "front" and rng.random() < 0.5)
    return -yaw if backwards else yaw


def sample_pose(
    rng: np.random.Generator, form: Form, scenes: list[Attributes],
    fill: tuple[float, float] = FILL,
) -> Pose:  # fmt: skip
    """Draw camera and light within what each scene's attributes say."""
    rows = []
    for scene in scenes:
        elevation = rng.uniform(*ELEVATIONS[scene.view])
        yaw = sample_yaw(rng, form, scene.turn)
        azimuth = np.radians(rng.uniform(*LIGHT_AZIMUTHS[scene.light]))
        height = np.radians(rng.uniform(42.0, 58.0))
        light = (
            np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)
        )  # fmt: skip
        size = rng.uniform(*fill)
        shift = min(0.05, LARGEST - size)
        rows.append((
            np.radians(elevation), np.radians(yaw), size,
            rng.uniform(-shift, shift), rng.uniform(-shift, shift), *light,
        ))  # fmt: skip
    table = torch.tensor(np.asarray(rows, dtype=np.float32))
    return Pose(table[:, 0], table[:, 1], table[:, 2], table[:, 3:5], table[:, 5:8])


@dataclass(frozen=True, slots=True)
class Rays:
    """Rays of B pictures: origin (B, 3), unit directions (B, size*size, 3), world space."""

    origin: Tensor
    direction: Tensor

    @property
    def side(self) -> int:
        """Rays along one side of a picture."""
        return math.isqrt(self.direction.shape[1])


def pixel_spread(size: int) -> float:
    """Radius at distance 1 of a cone that holds all rays of one of size × size pixels."""
    return float(np.sqrt(2) * np.tan(np.radians(FIELD_OF_VIEW) / 2) / size)


def camera_rays(pose: Pose, centre: Tensor, radius: Tensor, size: int) -> Rays:
    """Rays through the middle of every sample of size × size pictures.

    `centre` (B,) is the height over the floor's middle that the camera looks at; a sphere of
    `radius` (B,) around that point fills `pose.fill` of the picture.
    """
    half = np.tan(np.radians(FIELD_OF_VIEW) / 2)
    distance = radius / torch.sin(torch.atan(pose.fill * half))
    sin, cos = torch.sin(pose.elevation), torch.cos(pose.elevation)
    zero = torch.zeros_like(sin)
    back = torch.stack([zero, sin, cos], -1)  # from the object to the camera
    up = torch.stack([zero, cos, -sin], -1)
    right = torch.tensor([1.0, 0.0, 0.0], device=sin.device).expand_as(up)
    target = torch.stack([zero, centre, zero], -1)
    origin = target + back * distance[:, None]
    steps = (torch.arange(size, device=sin.device) + 0.5) / size * 2 - 1
    v, u = torch.meshgrid(-steps, steps, indexing="ij")
    u = u.flatten()[None] - pose.shift[:, :1]
    v = v.flatten()[None] - pose.shift[:, 1:]
    direction = (
        -back[:, None]
        + (half * u)[..., None] * right[:, None]
        + (half * v)[..., None] * up[:, None]
    )
    return Rays(origin, torch.nn.functional.normalize(direction, dim=-1))
