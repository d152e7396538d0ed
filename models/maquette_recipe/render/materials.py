"""Materials: how a surface answers light. Colours are linear RGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.primitives import length2
from maquette_recipe.render.settings import Colour, Setting, colour, environment

PALETTE: Final = {
    "red": (0.62, 0.018, 0.02), "orange": (0.85, 0.22, 0.012), "yellow": (0.87, 0.6, 0.02),
    "green": (0.045, 0.33, 0.055), "teal": (0.0, 0.36, 0.36), "blue": (0.015, 0.09, 0.58),
    "purple": (0.2, 0.03, 0.42), "pink": (0.86, 0.22, 0.42), "white": (0.86, 0.86, 0.85),
    "black": (0.012, 0.012, 0.014), "grey": (0.21, 0.215, 0.22), "brown": (0.165, 0.06, 0.022),
    "gold": (0.95, 0.62, 0.2), "silver": (0.86, 0.87, 0.88), "copper": (0.83, 0.37, 0.22),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Material:
    """`base` reflectance at normal incidence, `roughness` of its mirror, both in 0..1."""

    base: float
    roughness: float
    metal: bool = False
    glass: bool = False
    sheen: float = 0.0
    grain: bool = False
    weave: bool = False
    glaze: bool = False


MATERIALS_OPTICS: Final = {
    "glossy": Material(0.055, 0.02),
    "matte": Material(0.03, 0.75),
    "ceramic": Material(0.05, 0.2, glaze=True),
    "metal": Material(0.9, 0.06, metal=True),
    "wood": Material(0.03, 0.5, grain=True),
    "glass": Material(0.06, 0.0, glass=True),
    "fabric": Material(0.015, 0.95, sheen=0.5, weave=True),
}


@dataclass(frozen=True, slots=True)
class Surface:
    """N surface points: (N, 3) vectors in world space and `local` positions, (N,) light terms."""

    local: Tensor
    normal: Tensor
    view: Tensor
    light: Tensor
    shadow: Tensor
    occlusion: Tensor


def _pattern(material: Material, albedo: Tensor, local: Tensor) -> Tensor:
    """Albedo (N, 3) with the material's texture."""
    x, y, z = local.unbind(-1)
    if material.grain:
        rings = length2(x + 0.5 + 0.06 * torch.sin(2.3 * y), z + 0.3)
        bands = torch.sin(38.0 * rings + 2.5 * torch.sin(1.7 * y + 4.0 * x))
        fine = torch.sin(170.0 * rings + 9.0 * x + 3.0 * torch.sin(5.0 * y))
        tone = 1.0 + 0.16 * bands + 0.05 * fine
        warm = torch.tensor([0.05, 0.022, 0.006], device=albedo.device)
        return (albedo * 0.9 + warm) * tone[:, None].clamp_min(0.3)
    if material.weave:
        threads = torch.sin(150.0 * (x + z)) * torch.sin(150.0 * y)
        cloud = torch.sin(17.0 * x + 5.0 * y) * torch.sin(13.0 * z - 9.0 * y)
        return albedo * (1 + 0.16 * threads + 0.07 * cloud)[:, None]
    if material.glaze:
        pooled = torch.sin(3.1 * y + 1.3 * torch.sin(2.0 * x + z))
        return (albedo * 0.92 + 0.03) * (1 + 0.07 * pooled)[:, None]
    return albedo.expand(len(local), 3)


def shade_main(surface: Surface, material: Material, tint: Colour, setting: Setting) -> Tensor:
    """Radiance (N, 3) of the object's main part."""
    base = colour(tint, surface.normal)
    facing = (-(surface.normal * surface.view).sum(-1)).clamp(0, 1)
    mirror = surface.view + 2 * facing[:, None] * surface.normal
    fresnel = (1 - facing) ** 5
    shine = environment(setting, mirror, surface.light, material.roughness)
    visible = (0.25 + 0.75 * surface.occlusion)[:, None]
    if material.metal:
        edge = base + (1 - base) * fresnel[:, None]
        shade = (0.72 + 0.28 * surface.shadow)[:, None]
        return shine * edge * visible * shade + 0.14 * _diffuse(
            surface, base.expand_as(shine), setting
        )
    albedo = _pattern(material, base, surface.local)
    mix = material.base + (1 - material.base) * fresnel * (1 - 0.8 * material.roughness)
    gloss = shine * mix[:, None] * visible
    diffuse = _diffuse(surface, albedo, setting)
    if material.glass:
        bent = surface.view - 0.42 * surface.normal * facing[:, None]
        bent = torch.nn.functional.normalize(bent, dim=-1)
        through = (
            environment(setting, bent, surface.light, 0.25) * 0.6
            + colour(setting.wall, bent) * 0.45
        )
        thickness = 0.3 + 0.9 * (1 - facing)
        filtered = through * (0.04 + base) ** thickness[:, None]
        return 0.72 * filtered + 0.28 * diffuse + 1.6 * gloss
    sheen = material.sheen * (1 - facing) ** 3
    fuzz = (0.3 * albedo + 0.1) * (sheen * surface.occlusion * setting.ambient)[:, None]
    return diffuse + gloss + fuzz


def _diffuse(surface: Surface, albedo: Tensor, setting: Setting) -> Tensor:
    wrapped = ((surface.normal * surface.light).sum(-1) * 0.88 + 0.12).clamp_min(0)
    key = 1.15 * setting.key * wrapped * surface.shadow
    sky = 0.5 + 0.5 * surface.normal[:, 1]
    ambient = setting.ambient * (0.35 + 0.45 * sky) * surface.occlusion
    bounce = colour(setting.floor, albedo) * (0.4 * (1 - sky) * surface.occlusion)[:, None]
    return albedo * ((key + ambient)[:, None] + bounce)


DARK_PLASTIC: Final = (0.02, 0.02, 0.023)
IVORY: Final = (0.8, 0.78, 0.72)
STEEL: Final = (0.75, 0.76, 0.78)
LEAF: Final = (0.05, 0.25, 0.04)


def shade_leaf(surface: Surface, setting: Setting) -> Tensor:
    """Radiance of foliage: matt green with paler edges."""
    return shade_main(surface, Material(0.03, 0.6), LEAF, setting)


def shade_flame(surface: Surface) -> Tensor:
    """Radiance of a candle flame, whiter in the middle."""
    facing = (-(surface.normal * surface.view).sum(-1)).clamp(0, 1)[:, None]
    outer = torch.tensor([1.6, 0.55, 0.08], device=facing.device)
    inner = torch.tensor([2.6, 2.0, 1.0], device=facing.device)
    return outer + (inner - outer) * facing * facing
