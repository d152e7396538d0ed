"""Settings: the surroundings of an object, their light and what mirrors see of them.

Colours are linear RGB in 0..1, radiance may exceed 1 before tone mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.primitives import smoothstep

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Floor and wall colours and the strengths of key and ambient light."""

    floor: Colour
    wall: Colour
    key: float
    ambient: float
    planks: bool = False


SETTINGS_LIGHT: Final = {
    "grey": Setting((0.42, 0.42, 0.43), (0.34, 0.345, 0.36), 1.0, 0.62),
    "white": Setting((0.86, 0.86, 0.87), (0.93, 0.93, 0.94), 0.95, 0.8),
    "dark": Setting((0.035, 0.036, 0.042), (0.016, 0.017, 0.021), 1.15, 0.4),
    "wood": Setting((0.33, 0.17, 0.08), (0.52, 0.47, 0.4), 1.0, 0.6, planks=True),
    "beige": Setting((0.68, 0.54, 0.38), (0.76, 0.64, 0.48), 1.0, 0.68),
    "blue": Setting((0.36, 0.53, 0.74), (0.44, 0.62, 0.82), 1.0, 0.68),
}


def colour(value: Colour, like: Tensor) -> Tensor:
    """A colour as a tensor (3,) on the device of `like`."""
    return torch.tensor(value, device=like.device)


def planks(x: Tensor, z: Tensor, base: Tensor) -> Tensor:
    """Colour (N, 3) of a plank floor at (x, z); `base` (3,) is its mean colour."""
    row = torch.floor(z / 0.62 + 0.31)
    tone = 0.9 + 0.2 * torch.frac(torch.sin(row * 12.9898) * 43758.547).abs()
    wave = torch.sin(9.0 * (z + 0.05 * torch.sin(2.1 * x + row)) + 3.0 * torch.sin(0.7 * x + row))
    fine = torch.sin(47.0 * z + 2.5 * torch.sin(1.3 * x + 2.0 * row))
    seam = (torch.frac(z / 0.62 + 0.31 + 100.0) - 0.5).abs()
    dark = 1 - 0.55 * smoothstep(0.482, 0.496, seam)
    return base * (tone * (1 + 0.10 * wave + 0.05 * fine) * dark)[:, None]


def wall(setting: Setting, view: Tensor) -> Tensor:
    """Backdrop radiance (N, 3) in the directions `view` (N, 3)."""
    base = colour(setting.wall, view)
    return base * (1.04 - 0.55 * view[:, 1:2].clamp(-0.3, 1)).clamp(0.3, 1.2)


def environment(setting: Setting, direction: Tensor, light: Tensor, roughness: float) -> Tensor:
    """Radiance (N, 3) that a surface of this roughness (0..1) mirrors from `direction` (N, 3).

    A studio: floor below, wall around, a wide soft box overhead, a strip box on the key light's
    side and a dimmer one opposite. `light` (N, 3) points to the key light.
    """
    floor, back = colour(setting.floor, direction), colour(setting.wall, direction)
    up = direction[:, 1]
    soft = 0.05 + 0.7 * roughness
    above = smoothstep(-soft, soft, up)[:, None]
    radiance = floor * 0.75 * (1 - above) + (0.55 * back + 0.04) * above
    key_side = torch.sign(light[:, 0] + 1e-3)
    side = direction[:, 0] * key_side
    tall = smoothstep(-0.25 - soft, -0.15 + soft, up) * smoothstep(0.85 + soft, 0.75 - soft, up)
    strip = smoothstep(0.52 - soft, 0.6 + soft, side) * smoothstep(0.95 + soft, 0.88 - soft, side)
    rim = smoothstep(-0.66 + soft, -0.74 - soft, side) * smoothstep(
        -0.97 - soft, -0.92 + soft, side
    )
    roof = smoothstep(0.74 - soft, 0.86 + soft, up)
    dim = 1.0 - 0.45 * roughness
    strength = (1.9 * strip + 0.8 * rim) * tall + 1.5 * roof
    fill = 0.16 * smoothstep(0.2 - soft, 0.7 + soft, direction[:, 2]) * above[:, 0]
    return radiance + (dim * setting.key * (strength + fill))[:, None]


def ground_picture(
    setting: Setting, ground: Tensor, view: Tensor, hit: Tensor, light: Tensor, open_sky: Tensor,
    radius: Tensor,
) -> Tensor:  # fmt: skip
    """Radiance (N, 3) of floor and backdrop without the object.

    `ground`, `view` (N, 3); `hit`, `light`, `open_sky` (N,) from the geometry buffer; `radius` is
    the object's.
    """
    base = colour(setting.floor, ground)
    x, z = ground[:, 0], ground[:, 2]
    albedo = planks(x, z, base) if setting.planks else base.expand(len(ground), 3)
    away = ground.norm(dim=-1) / radius
    pool = 0.8 + 0.3 * torch.exp(-(away * away) / 9.0)
    lit = (0.62 * light + 0.42 * open_sky) * pool
    floor = albedo * lit[:, None]
    depth = (-z) / radius
    far = smoothstep(2.6, 6.5, depth) if not setting.planks else smoothstep(4.2, 4.6, depth)
    far = torch.where(hit, far, torch.ones_like(far))[:, None]
    return floor * (1 - far) + wall(setting, view) * far
