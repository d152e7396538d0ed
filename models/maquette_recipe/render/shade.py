"""Deferred shading: one traced geometry becomes pictures in any colour, material and setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.clear import shadow_stain
from maquette_recipe.render.materials import (
    DARK_PLASTIC,
    IVORY,
    LEAF,
    PALETTE,
    SHADERS,
    STEEL,
    shade_flame,
    shade_material,
    shader_of,
)
from maquette_recipe.render.parts import Part
from maquette_recipe.render.settings import Colour, Stage, stage_of
from maquette_recipe.render.surface import Surface, surfaces_of, turn_of
from maquette_recipe.render.surroundings import ground_picture
from maquette_recipe.render.trace import GeometryBuffer
from maquette_recipe.world import Attributes

FITTINGS: Final = {
    Part.DARK: ("glossy", DARK_PLASTIC),
    Part.LIGHT: ("matte", IVORY),
    Part.METAL: ("metal", STEEL),
    Part.LEAF: ("matte", LEAF),
}
"""Material and colour of the parts that no scene changes."""

ACCENT_SHARE: Final = (0.35, 0.5)
"""Range of the share of a two-tone object's height that has the second colour."""


def tone_map(radiance: Tensor) -> Tensor:
    """Linear radiance to display values in 0..1: a long shoulder (Reinhard et al. 2002) above a
    knee, then the sRGB curve. Only infinite radiance becomes white."""
    knee = 0.5
    over = (radiance - knee).clamp_min(0)
    bounded = radiance.clamp(0, knee) + (1 - knee) * over / (over + (1 - knee))
    low = bounded * 12.92
    high = 1.055 * bounded.clamp_min(1e-5) ** (1 / 2.4) - 0.055
    return torch.where(bounded <= 0.0031308, low, high)


@dataclass(frozen=True, slots=True)
class _Patch:
    """The points of one part of one thing of a picture; `cells` (N,) are their samples."""

    part: Part
    thing: int
    cells: Tensor
    surface: Surface


def _patches(buffer: GeometryBuffer, item: int) -> list[_Patch]:
    s = buffer.samples
    mine = (buffer.owner == item).nonzero()[:, 0]
    patches = []
    for thing in range(3):
        rows = mine[buffer.thing[mine] == thing]
        if len(rows) == 0:
            continue
        part = buffer.part[rows]
        main = rows[part == Part.MAIN]
        heights = buffer.local[main if len(main) else rows, 1]
        span = heights.amin(), heights.amax()
        yaw = turn_of(buffer.position[rows], buffer.local[rows])
        for kind in Part:
            chosen = rows[part == kind]
            if len(chosen):
                surface = surfaces_of(buffer, chosen, yaw, span, item)
                cells = buffer.index[chosen] - item * s * s
                patches.append(_Patch(kind, thing, cells, surface))
    return patches


def _planar(value: Colour, like: Tensor) -> Tensor:
    return torch.tensor(value, device=like.device)[:, None]


def _accent_share(radius: Tensor) -> Tensor:
    """Share of the height that is painted, () in `ACCENT_SHARE`; one value for one geometry."""
    low, high = ACCENT_SHARE
    return low + (high - low) * torch.frac(radius * 37.0)


def _shade_patch(patch: _Patch, scene: Attributes, stage: Stage) -> Tensor:
    surface = patch.surface
    if patch.part is Part.FLAME:
        return shade_flame(surface)
    if patch.part is not Part.MAIN:
        material, value = FITTINGS[patch.part]
        return shade_material(surface, SHADERS[material], _planar(value, surface.height), stage)
    if patch.thing:
        other = scene.others[patch.thing - 1]
        tint = _planar(PALETTE[other.colour], surface.height)
        return shade_material(surface, shader_of(other.material, other.colour), tint, stage)
    tint = _planar(PALETTE[scene.colour], surface.height)
    if scene.accent:
        painted = surface.height < _accent_share(surface.radius)
        tint = torch.where(painted, _planar(PALETTE[scene.accent], surface.height), tint)
    return shade_material(surface, shader_of(scene.material, scene.colour), tint, stage)


@torch.no_grad()
def shade(buffer: GeometryBuffer, item: int, scenes: list[Attributes]) -> Tensor:
    """Pictures (L, 3, G, G) in 0..1 of object `item` in the looks of `scenes`.

    Only colour, material, accent, companions, setting and mood of a scene are read; the rest is in
    the geometry. A traced companion k takes the look of `others[k - 1]`.
    """
    s, g = buffer.samples, buffer.grid
    patches = _patches(buffer, item)
    device = buffer.light.device
    coverage = torch.zeros(s * s, device=device)
    for patch in patches:
        coverage[patch.cells] = 1.0
    coverage = F.avg_pool2d(coverage.view(1, 1, s, s), s // g)
    pictures = []
    for scene in scenes:
        stage = stage_of(scene, device)
        stain = shadow_stain(scene.material, _planar(PALETTE[scene.colour], coverage))
        back = ground_picture(
            stage, buffer.ground[item], buffer.ground_view[item], buffer.ground_hit[item],
            buffer.ground_light[item], buffer.ground_occlusion[item], buffer.radius[item],
            None if scene.others else stain,
        )  # fmt: skip
        back = tone_map(back).view(1, 3, g, g)
        front = torch.zeros(3, s * s, device=device)
        for patch in patches:
            front[:, patch.cells] = tone_map(_shade_patch(patch, scene, stage))
        front = F.avg_pool2d(front.view(1, 3, s, s), s // g)
        pictures.append(back * (1 - coverage) + front)
    return torch.cat(pictures).clamp(0, 1)
