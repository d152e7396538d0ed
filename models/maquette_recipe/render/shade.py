"""Deferred shading: one traced geometry becomes pictures in any colour, material and setting."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.materials import (
    DARK_PLASTIC,
    IVORY,
    MATERIALS_OPTICS,
    PALETTE,
    STEEL,
    Material,
    Surface,
    shade_flame,
    shade_leaf,
    shade_main,
)
from maquette_recipe.render.parts import Part
from maquette_recipe.render.settings import SETTINGS_LIGHT, Setting, ground_picture
from maquette_recipe.render.trace import GeometryBuffer
from maquette_recipe.world import Attributes


def tone_map(radiance: Tensor) -> Tensor:
    """Linear radiance to display values in 0..1: a soft shoulder, then the sRGB curve."""
    knee = 0.75
    over = (radiance - knee).clamp_min(0)
    bounded = torch.minimum(radiance, torch.full_like(radiance, knee)) + (1 - knee) * (
        1 - torch.exp(-over / (1 - knee))
    )
    bounded = bounded.clamp(0, 1)
    low = bounded * 12.92
    high = 1.055 * bounded.clamp_min(1e-5) ** (1 / 2.4) - 0.055
    return torch.where(bounded <= 0.0031308, low, high)


def _surface(buffer: GeometryBuffer, chosen: Tensor) -> Surface:
    return Surface(
        local=buffer.local[chosen],
        normal=buffer.normal[chosen],
        view=buffer.view[chosen],
        light=buffer.light[buffer.owner[chosen]],
        shadow=buffer.shadow[chosen],
        occlusion=buffer.occlusion[chosen],
    )


def _shade_part(surface: Surface, part: Part, scene: Attributes, setting: Setting) -> Tensor:
    if part is Part.MAIN:
        material = MATERIALS_OPTICS[scene.material]
        return shade_main(surface, material, PALETTE[scene.colour], setting)
    if part is Part.DARK:
        return shade_main(surface, Material(0.04, 0.3), DARK_PLASTIC, setting)
    if part is Part.LIGHT:
        return shade_main(surface, Material(0.03, 0.5), IVORY, setting)
    if part is Part.METAL:
        return shade_main(surface, Material(0.9, 0.15, metal=True), STEEL, setting)
    if part is Part.LEAF:
        return shade_leaf(surface, setting)
    return shade_flame(surface)


@torch.no_grad()
def shade(buffer: GeometryBuffer, item: int, scenes: list[Attributes]) -> Tensor:
    """Pictures (L, 3, G, G) in 0..1 of object `item` in the looks of `scenes`.

    Only colour, material and setting of a scene are read; the rest is in the geometry.
    """
    s, g = buffer.samples, buffer.grid
    mine = (buffer.owner == item).nonzero()[:, 0]
    cells = buffer.index[mine] - item * s * s
    part = buffer.part[mine]
    groups = [(p, (part == p).nonzero()[:, 0]) for p in Part]
    groups = [(p, rows) for p, rows in groups if len(rows)]
    surfaces = [(p, rows, _surface(buffer, mine[rows])) for p, rows in groups]
    coverage = torch.zeros(s * s, device=part.device)
    coverage[cells] = 1.0
    coverage = F.avg_pool2d(coverage.view(1, 1, s, s), s // g)
    light = buffer.light[item].expand(g * g, 3)
    pictures = []
    for scene in scenes:
        setting = SETTINGS_LIGHT[scene.setting]
        back = ground_picture(
            setting, buffer.ground[item], buffer.ground_view[item], buffer.ground_hit[item],
            buffer.ground_light[item], buffer.ground_occlusion[item], buffer.radius[item],
        )  # fmt: skip
        back = tone_map(back).T.reshape(1, 3, g, g)
        front = torch.zeros(s * s, 3, device=light.device)
        for p, rows, surface in surfaces:
            front[cells[rows]] = tone_map(_shade_part(surface, p, scene, setting))
        front = F.avg_pool2d(front.T.reshape(1, 3, s, s), s // g)
        pictures.append(back * (1 - coverage) + front)
    return torch.cat(pictures).clamp(0, 1)
